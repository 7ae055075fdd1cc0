"""Words: the index of a map's names, facets and dimensions, and search for nodes by the words they hold.

The index finds by phrase, by word or by misspelt word. It follows its fold, so that asking costs what the question is
long, not what the map is large. A facet is a short text in a node's data, such as a domain or trait.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from graphs.fold import Fold
from graphs.view import Citation, FoldedNode, View, cite
from ontology.hints import nearest
from ontology.names import name_key

MAX_FACET = 40
"""Characters of a text in a node's data up to which it is a name, such as a domain; longer ones are sentences."""

STOP_WORDS = frozenset(
    """
    a an the is are was were be been being do does did has have had it its and or of to by for in on at with from
    """.split()
)
"""Words that tell no name from another."""

Sort = Literal["name", "facet", "dimension"]
Key = TypeVar("Key")
Held = TypeVar("Held")


class IndexedName(NamedTuple):
    """Something that has a name: `key` is its name key; `field` is the data key of a facet."""

    sort: Sort
    key: str
    field: str = ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of an English word (Porter's second algorithm, as in Snowball); other words stay as they are."""
    return word if not word.isascii() else str(Stemmer.Stemmer("english").stemWord(word))


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The stems of words without the light ones; where all are light, of all.

    >>> stems(["the", "scaling", "laws"])
    ('scale', 'law')
    """
    words = tuple(words)
    return tuple(stem(word) for word in words if word not in STOP_WORDS) or tuple(map(stem, words))


def phrase_key(words: Iterable[str]) -> tuple[str, ...]:
    """What phrases with the same words share: their stems, in no order, so that `A by B` finds `B-A`."""
    return tuple(sorted(stems(words)))


class WordIndex:
    """Entries by their stems, the nodes that own each (a dimension: the source of its edges), and nodes by kind."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._entries_of: dict[str, frozenset[IndexedName]] = {}
        self._kind_of: dict[str, str] = {}
        self.kinds: dict[str, set[str]] = {}
        self.owners: dict[IndexedName, set[str]] = {}
        self.phrases: dict[tuple[str, ...], set[IndexedName]] = {}
        self.postings: dict[str, set[IndexedName]] = {}
        self._words: dict[str, int] = defaultdict(int)
        self._by_length: dict[int, set[str]] = defaultdict(set)
        self.follow(fold.nodes.keys())

    def follow(self, touched: Set[str]) -> None:
        """Look again at the entries of these nodes."""
        for node in touched:
            before = self._entries_of.get(node, frozenset())
            after = frozenset(self._entries(node))
            for entry in before - after:
                self._disown(entry, node)
            for entry in after - before:
                self._own(entry, node)
            if after:
                self._entries_of[node] = after
            else:
                self._entries_of.pop(node, None)
            self._sort(node)

    def copied(self, fold: Fold) -> "WordIndex":
        """The same for a copy of the fold."""
        return WordIndex(fold)

    def knows(self, word: str) -> bool:
        """Whether some entry has this very word."""
        return word in self._words

    def owners_in(self, view: View, entry: IndexedName) -> Iterator[str]:
        """The nodes that own an entry as of the view's day: what only a later day says names nothing yet."""
        for node in self.owners.get(entry, ()):
            if view.as_of is None or entry in self._entries(node, view.as_of):
                yield node

    def near_words(self, word: str) -> list[str]:
        """The words of entries that this one may be a misspelling of, nearest first (see `edits_allowed`)."""
        allowed = edits_allowed(word)
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        near: list[tuple[float, str]] = []
        for length in lengths if allowed else ():
            found = process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=5
            )
            near += [(distance, other) for other, distance, _ in found]
        return [other for _, other in sorted(near)]

    def _sort(self, node: str) -> None:
        """Note a node's kind, which all its documents agree on."""
        assertions = self._fold.nodes.get(node)
        kind = assertions[-1].item.kind if assertions else None
        if (former := self._kind_of.pop(node, None)) is not None:
            _remove(self.kinds, former, node)
        if kind is not None:
            self._kind_of[node] = kind
            self.kinds.setdefault(kind, set()).add(node)

    def _entries(self, node: str, as_of: int | None = None) -> Iterator[IndexedName]:
        for asserted in self._fold.nodes.get(node, ()):
            if as_of is not None and asserted.day > as_of:
                continue
            item = asserted.item
            for name in (item.id, item.label, *item.aliases):
                yield IndexedName("name", name_key(name))
            for field, value in item.data.items():
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, str) and 0 < len(one) <= MAX_FACET:
                        yield IndexedName("facet", name_key(one), field)
        for key in self._fold.outgoing.get(node, ()):
            if key.dimension and (as_of is None or self._fold.edges[key][0].day <= as_of):
                yield IndexedName("dimension", name_key(key.dimension))

    def _own(self, entry: IndexedName, node: str) -> None:
        owners = self.owners.setdefault(entry, set())
        if not owners:
            words = entry.key.split()
            self.phrases.setdefault(phrase_key(words), set()).add(entry)
            for one in set(stems(words)):
                self.postings.setdefault(one, set()).add(entry)
            for word in words:
                self._words[word] += 1
                self._by_length[len(word)].add(word)
        owners.add(node)

    def _disown(self, entry: IndexedName, node: str) -> None:
        owners = self.owners[entry]
        owners.discard(node)
        if owners:
            return
        del self.owners[entry]
        words = entry.key.split()
        _remove(self.phrases, phrase_key(words), entry)
        for one in set(stems(words)):
            _remove(self.postings, one, entry)
        for word in words:
            self._words[word] -= 1
            if not self._words[word]:
                del self._words[word]
                self._by_length[len(word)].discard(word)


def edits_allowed(word: str) -> int:
    """How many typing mistakes (a letter wrong, missing, too many, or two swapped) a word of this length may hold."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def word_index(view: View) -> WordIndex:
    """The word index of a view's map (of all days), made when first asked for."""
    return view.fold.follower(WordIndex, lambda: WordIndex(view.fold))


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found, where (in `label`, `alias` or `text`, or `near` for a misspelling), and its citation."""

    node: FoldedNode
    where: str
    day: int | None
    cites: tuple[Citation, ...]


def search(view: View, text: str, kind: str | None = None) -> list[Hit]:
    """Nodes that hold every word of the text: whole names, then labels, aliases, texts; else the nearest names."""
    words = name_key(text).split()
    if not words:
        return []
    ranked = []
    for node in view.nodes(kind):
        if (found := _match(node, words)) is not None:
            ranked.append((found, node))
    if not ranked:
        near = {label: index for index, label in enumerate(nearest_labels(view, text, limit=5))}
        ranked = [((4, near[node.label], "near"), node) for node in view.nodes(kind) if node.label in near]
    ranked.sort(key=lambda one: (one[0][:2], one[1].id))
    return [_hit(view, node, where) for (_, _, where), node in ranked]


def nearest_labels(view: View, name: str, limit: int = 3) -> list[str]:
    """The labels whose name (or an alias of theirs) is nearest to this one, nearest first."""
    labels = {spelling: node.label for node in view.nodes() for spelling in node.names}
    found = nearest(name, labels, limit=4 * limit, holding=True)  # of one node several names may be near
    return list(dict.fromkeys(labels[spelling] for spelling in found))[:limit]


def _remove(table: dict[Key, set[Held]], key: Key, held: Held) -> None:
    table[key].discard(held)
    if not table[key]:
        del table[key]


def _match(node: FoldedNode, words: list[str]) -> tuple[int, int, str] | None:
    """How well a node holds the words: lower is better; None where it does not."""
    for rank, name in enumerate(map(name_key, node.names)):
        if name == " ".join(words):
            return (0, rank, "label" if rank == 0 else "alias")
    for where, text in (("label", node.label), ("alias", " ".join(node.aliases)), ("text", node.text or "")):
        held = name_key(text).split()
        if all(any(one.startswith(word) for one in held) for word in words):
            return ({"label": 1, "alias": 2, "text": 3}[where], len(held), where)
    return None


def _hit(view: View, node: FoldedNode, where: str) -> Hit:
    return Hit(node, where, view.introduced_on(node.id), (cite(node.sayings[-1]),))
