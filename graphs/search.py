"""Search: nodes by the words that their names and texts hold, best first.

The index gives the nodes that hold a word in the order in which they are shown, so that the first page costs what it
shows. It follows its fold.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from heapq import merge
from itertools import chain, groupby, islice, pairwise
from typing import NamedTuple

from graphs.fold import Fold, NodeAssertions
from graphs.postings import Postings, drained
from graphs.view import Citation, FoldedNode, View, cite, fold_node
from graphs.words import nearest_labels
from ontology.model import Node
from ontology.names import name_key

MAX_NEAR = 5
"""So many labels are shown where no node holds the words: what a misspelling may mean, no list of its own."""
FEW_OF_KIND = 500
"""Nodes of a kind up to which all of them are read, some 5 ms: by its words one might read many more of other kinds."""
MANY = 2_000
"""Nodes from which on it is quicker to take the first of several sorted lists one by one than to unite the lists."""
READING = 20
"""Reading a node again for a word takes as long as looking up so many nodes of a list."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found, where (in `label`, `alias` or `text`, or `near` for a misspelling), and its citation."""

    node: FoldedNode
    where: str
    day: int | None
    cites: tuple[Citation, ...]


class Rank(NamedTuple):
    """How well a node holds the words: lower is better, of the same the first id."""

    tier: int
    length: int
    node: str


TIERS = ("label", "alias", "text")
"""Where the words are, by tiers from 1 on; in tier 0 they are a whole name."""


class Wording(NamedTuple):
    """All that is searched of a node; its gist, which stands on the map, is of its text."""

    label: str
    aliases: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, said: NodeAssertions) -> "Wording":
        """The wording of a node that is said so."""
        node: FoldedNode | Node = said[0].item if len(said) == 1 and not said[0].item.aliases else fold_node(said)
        texts = (node.text, node.data.get("gist"))
        return cls(node.label, tuple(node.aliases), "\n\n".join(one for one in texts if one and isinstance(one, str)))

    @property
    def tiers(self) -> tuple[str, str, str]:
        """The words of the label, of the aliases and of the text (which is Markdown), as name keys."""
        text = self.text.replace("*", " ")
        return words_in(self.label), words_in(" ".join(self.aliases)), words_in(text)


class SearchIndex:
    """For each word the nodes that have it in their label, their aliases and their text; what earlier days said apart.

    A node stands in a list by how many words the label (the aliases, the text) has, then by its id: as it is shown.
    """

    def __init__(self, fold: Fold) -> None:
        self._nodes = fold.nodes
        self._read: dict[str, NodeAssertions] = dict(fold.nodes)
        tiers: tuple[dict[str, list[str]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
        former: dict[str, list[str]] = defaultdict(list)
        for node, said in fold.nodes.items():
            for lists, words in zip(tiers, Wording.of(said).tiers, strict=True):
                place = _place(words, node)
                for word in set(words.split()):
                    lists[word].append(place)
            for word in _former_words(said):
                former[word].append(node)
        self.tiers = tuple(Postings(drained(lists)) for lists in tiers)
        self.former = Postings(drained(former))

    def follow(self, touched: Set[str]) -> None:
        """Look again at these nodes."""
        for node in touched:
            before, after = self._read.pop(node, ()), self._nodes.get(node, ())
            if after:
                self._read[node] = after
            olds, news = (Wording.of(said).tiers if said else ("", "", "") for said in (before, after))
            for postings, old, new in zip(self.tiers, olds, news, strict=True):
                if old != new:
                    _change(postings, _posts(old, node), _posts(new, node))
            _change(self.former, *({(word, node) for word in _former_words(said)} for said in (before, after)))

    def copied(self, fold: Fold) -> "SearchIndex":
        """The same for a copy of the fold."""
        copy = SearchIndex.__new__(SearchIndex)
        copy._nodes, copy._read = fold.nodes, self._read.copy()
        copy.tiers, copy.former = tuple(one.copied() for one in self.tiers), self.former.copied()
        return copy

    def is_current(self, node: str, day: int | None) -> bool:
        """Whether a node was worded on a day (None: the newest) as it is now."""
        said = self._nodes[node]
        if day is None or said[-1].day <= day:
            return True
        return said[0].day <= day and not _differs(said, day)


def search_index(view: View) -> SearchIndex:
    """The search index of a view's map (of all days), made when first asked for."""
    return view.fold.follower(SearchIndex, lambda: SearchIndex(view.fold))


def search(view: View, text: str, kinds: Collection[str] = (), limit: int | None = None) -> list[Hit]:
    """Nodes that hold every word of the text: whole names, then labels, aliases, texts; else the nearest names.

    Only nodes of these kinds, if any are given. At most `limit`; what these cost does not grow with the map.
    """
    words = name_key(text).split()
    if not words:
        return []
    found = [_hit(view, rank) for rank in islice(ranked(view, words, kinds), limit)]
    return found or _near(view, text, kinds)[:limit]


def ranked(view: View, words: Sequence[str], kinds: Collection[str] = ()) -> Iterator[Rank]:
    """The nodes (of some kinds) that hold all these words, best first."""
    kinds = view.vocabulary.within(kinds)
    of_kinds = [view.ids_of_kind(kind) for kind in kinds]
    if kinds and sum(map(len, of_kinds)) <= FEW_OF_KIND:
        ids = dict.fromkeys(chain.from_iterable(of_kinds))
        return iter(rank for rank in _matching(view, words, ids) if view.kind(rank.node) in kinds)
    found = _by_index(view, words)
    return (rank for rank in found if view.kind(rank.node) in kinds) if kinds else found


def matched(node: FoldedNode, words: Sequence[str]) -> Rank | None:
    """How well a node holds the words; None where it does not."""
    for rank, name in enumerate(map(name_key, node.names)):
        if name == " ".join(words):
            return Rank(0, rank, node.id)
    for tier, text in enumerate(Wording.of(node.assertions).tiers, 1):
        held = text.split()
        if all(any(one.startswith(word) for one in held) for word in words):
            return Rank(tier, len(held), node.id)
    return None


def words_in(text: str) -> str:
    """The words of a text as a name key, which is not kept: a text is seldom read twice."""
    return name_key.__wrapped__(text) if text else ""


def _by_index(view: View, words: Sequence[str]) -> Iterator[Rank]:
    """Whole names, then tier by tier; what was worded otherwise on the view's day stands where it belongs."""
    index = search_index(view)
    whole = [rank for rank in _matching(view, words, view.names.get(" ".join(words), ())) if not rank.tier]
    yield from whole
    seen = {rank.node for rank in whole}
    tiers = (_in_tier(view, index, number, words) for number in (1, 2, 3))
    former = [rank for rank in _former(view, index, words) if rank.node not in seen]
    for rank in merge(chain.from_iterable(tiers), former):
        if rank.node not in seen:
            seen.add(rank.node)
            yield rank


def _in_tier(view: View, index: SearchIndex, tier: int, words: Sequence[str]) -> Iterator[Rank]:
    """The nodes that hold the words in a tier, and were worded on the view's day as they are now."""

    def holds(word: str, place: str) -> bool:
        held = Wording.of(view.node(place[1:]).assertions).tiers[tier - 1].split()
        return any(one.startswith(word) for one in held)

    for place in _holding_all(index.tiers[tier - 1], words, holds):
        if index.is_current(place[1:], view.as_of):
            yield Rank(tier, ord(place[0]), place[1:])


def _holding_all(
    postings: Postings[str, str], words: Sequence[str], holds: Callable[[str, str], bool]
) -> Iterator[str]:
    """The places that have for each word one that begins with it, in order."""
    lists = {word: [postings[key] for key in postings.starting(word)] for word in words}
    sizes = {word: sum(map(len, held)) for word, held in lists.items()}
    first, *others = sorted(lists, key=lambda word: sizes[word])
    found = _united(lists[first], sizes[first])
    for word in others:
        if sizes[word] <= READING * sizes[first]:
            found = filter(set(chain.from_iterable(lists[word])).__contains__, found)
        else:
            found = filter(partial(holds, word), found)
    return found


def _united(lists: Sequence[Sequence[str]], size: int) -> Iterator[str]:
    """The items of several sorted lists in order, each once; `size`: of all lists together."""
    if len(lists) == 1:
        return iter(lists[0])
    if size > max(MANY, 4 * len(lists)):
        return (item for item, _ in groupby(merge(*lists)))
    return iter(sorted(set(chain.from_iterable(lists))))


def _former(view: View, index: SearchIndex, words: Sequence[str]) -> list[Rank]:
    """What only an earlier wording holds that was the newest on the view's day."""
    if view.as_of is None:
        return []
    lists = [[index.former[key] for key in index.former.starting(word)] for word in words]
    fewest = min(lists, key=lambda held: sum(map(len, held)))
    nodes = {node for held in fewest for node in held if not index.is_current(node, view.as_of)}
    return _matching(view, words, nodes)


def _matching(view: View, words: Sequence[str], nodes: Iterable[str]) -> list[Rank]:
    """Those of some nodes that hold the words, best first."""
    found = (matched(view.node(node), words) for node in nodes if view.has_node(node))
    return sorted(rank for rank in found if rank is not None)


def _near(view: View, text: str, kinds: Collection[str]) -> list[Hit]:
    """The nodes (of some kinds) whose labels are nearest to a text."""
    near = {label: number for number, label in enumerate(nearest_labels(view, text, limit=MAX_NEAR))}
    ids = {node for label in near for node in view.names.get(name_key(label), ()) if view.has_node(node)}
    kinds = view.vocabulary.within(kinds)
    nodes = [node for node in map(view.node, ids) if node.label in near and (not kinds or node.kind in kinds)]
    return [_hit_of(view, node, "near") for node in sorted(nodes, key=lambda node: (near[node.label], node.id))]


def _hit(view: View, rank: Rank) -> Hit:
    where = TIERS[rank.tier - 1] if rank.tier else "alias" if rank.length else "label"
    return _hit_of(view, view.node(rank.node), where)


def _hit_of(view: View, node: FoldedNode, where: str) -> Hit:
    return Hit(node, where, view.introduced_on(node.id), (cite(node.sayings[-1]),))


# What the index holds of a node.


def _place(words: str, node: str) -> str:
    """What sorts by the number of words, then by the node: the number as a character, and the node's id."""
    return f"{chr(words.count(' ') + 1)}{node}"


def _posts(words: str, node: str) -> set[tuple[str, str]]:
    """A place in the list of each word."""
    return {(word, _place(words, node)) for word in words.split()}


def _change(postings: Postings[str, str], old: Set[tuple[str, str]], new: Set[tuple[str, str]]) -> None:
    for word, item in old - new:
        postings.discard(word, item)
    for word, item in new - old:
        postings.add(word, item)


def _former_words(said: NodeAssertions) -> set[str]:
    """The words of what a node was on earlier days, where that is worded otherwise than now."""
    if not said or said[0].day == said[-1].day:
        return set()
    newest = Wording.of(said)
    found: set[str] = set()
    is_defined, is_news = False, True
    for end, (one, later) in enumerate(pairwise(said), 1):
        is_defined = is_defined or not one.item.mention
        # A mere mention tells nothing where something is defined; a node may be mentioned on very many days.
        is_news = is_news or not (is_defined and one.item.mention and not one.item.aliases)
        if is_news and later.day > one.day:
            is_news = False
            wording = Wording.of(said[:end])
            if wording != newest:
                found.update(word for words in wording.tiers for word in words.split())
    return found


def _differs(said: NodeAssertions, day: int) -> bool:
    """Whether a node was worded on a day otherwise than now."""
    until = tuple(one for one in said if one.day <= day)
    return Wording.of(until) != Wording.of(said)
