"""Words: the index of a map's names, facets and dimensions by the words they hold.

The index finds by phrase, by word or by misspelt word. It follows its fold, so that asking costs what the question is
long, not what the map is large. A facet is a short text in a node's data, such as a domain or trait.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial
from itertools import chain, islice
from typing import Generic, Literal, NamedTuple, TypeVar

import Stemmer

from graphs.fold import Asserted, Fold, NodeAssertions, visible
from graphs.postings import Postings, drained
from graphs.spelling import plain
from graphs.view import FoldedNode, View
from ontology.hints import holding
from ontology.model import Node
from ontology.names import name_key

MAX_FACET = 40
"""Characters of a text in a node's data up to which it is a name, such as a domain; longer ones are sentences."""

STOP_WORDS = frozenset(
    """
    a an the is are was were be been being do does did has have had it its and or of to by for in on at with from
    """.split()
)
"""Words that tell no name from another."""

MAX_NEAR_WORDS = 25
"""So many words are taken for what a misspelt one may mean; farther ones than these are nobody's guess."""
MAX_ALIKE_WORDS = 40
"""So many words that look like a given one are followed to the names that hold them."""
SHORTEST_ALIKE = 3
"""Letters of a word from which on others can be like it: of two letters too many words have one."""
MAX_INITIALS = 6
"""Words of the longest name that has a short form of their first letters."""
SHORTEST_BASE = 4
"""Letters of a word from which on others may be derived: `corn` and `corner`, but not `let` and `letter`."""
ENDINGS = "er or r est ness ment ist ism ity al y ing ion ation ive able ish ic ian".split()
"""Endings by which English derives words from others, beside those that a stemmer takes off; none that denies."""
SHORTEST_SHARED = 4
"""Letters with which two words of one family begin: `ferment` and `fermentation`."""
MAX_FAMILY = 200
"""So many stems that begin as one does are looked through for its family."""
_BARE = frozenset(["", "e", "i", "y", "d"])
_DERIVED = frozenset(
    """
    abl able al age anc ance anci ant ar ari ary ate at ation ativ ator dom ed en enc ence ency ent er erat ful hood
    ial ian ibl ic ical if ifi ify ility ing ion ior iour ish ism ist ite iti ity iv ive ivi iz izat ize ment ness or
    ory ous r sion ship ss st t th tion tur ture ual ur ure us ution
    """.split()
)
"""Endings of stems behind what the words of a family share; none that denies."""
_OF_ACTION = frozenset("at ation ativ ator er ibl ion iv ive or s sion t tion ur ure".split())
"""Those of which two words of a family may have different ones: `decorat` and `decorator`."""
_IRREGULAR = """
    lose loss; choose choice; decide decision; prove proof; grow growth; die death; live life; sell sale; give gift;
    strong strength; long length; wide width; deep depth; high height; succeed success; exceed excess;
    describe description; receive reception;
    perceive perception; destroy destruction; expand expansion; extend extension; divide division;
    permit permission; conclude conclusion; solve solution; absorb absorption; assume assumption; consume consumption;
    explain explanation; maintain maintenance; include inclusion; believe belief; vary variety; clear clarity
"""
"""Words of one family of which one changes more than its ending."""
MAX_NEAR_NAMES = 50
"""So many of the nearest names are looked at in the map: some may be of a later day, or the ids of nodes."""
MAX_COMPARED = 1_000
"""Names that are compared letter by letter with a given one: some 2 ms. Those with its rarer words come first."""

Sort = Literal["name", "facet", "dimension"]
Entry = TypeVar("Entry", bound="str | IndexedName")


class IndexedName(NamedTuple):
    """Something that has a name: `key` is its name key; `field` is the data key of a facet."""

    sort: Sort
    key: str
    field: str = ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of an English word in plain spelling (Porter's second algorithm, as in Snowball).

    Other words stay as they are.
    """
    return word if not word.isascii() or word.isdecimal() else str(Stemmer.Stemmer("english").stemWord(plain(word)))


def _roots_of(words: Iterable[str]) -> dict[str, str]:
    """The stem of each of many words, of the light ones nothing: one stemmer for all is five times quicker."""
    roots = {word: "" if word in STOP_WORDS else word for word in words}
    ordinary = [word for word in roots if word.isascii() and not word.isdecimal() and roots[word]]
    spelled = list(map(plain, ordinary))
    roots.update(zip(ordinary, Stemmer.Stemmer("english").stemWords(spelled), strict=True))
    return roots


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The stems of words without the light ones; where all are light, of all.

    >>> stems(["the", "scaling", "laws"])
    ('scale', 'law')
    """
    words = tuple(words)
    return tuple([stem(word) for word in words if word not in STOP_WORDS]) or tuple(map(stem, words))


def told_stems(node: FoldedNode, *, values: bool = False) -> set[str]:
    """The stems of the words of a node's names and text; `values`: and of the values of its fields."""
    held = [one for value in node.data.values() for one in (value if isinstance(value, list) else [value])]
    texts = (*node.names, node.text or "", *(map(str, held) if values else ()))
    return set(stems(name_key(" ".join(texts)).split()))


def phrase_key(roots: Iterable[str]) -> str:
    """What phrases with the same stems share, in whatever order, so that `A by B` finds `B-A`."""
    return " ".join(sorted(roots))


class _Table(Generic[Entry]):
    """Entries by the stems of their words, all of them or each. An entry is named by its key."""

    def __init__(self, entries: Iterable[tuple[Entry, str]], roots_of: Mapping[str, str]) -> None:
        """`entries` each with its key, and the stem of each of their words, which of a light word is empty."""
        phrases: dict[str, tuple[Entry, ...]] = {}
        postings: dict[str, list[Entry]] = defaultdict(list)
        for entry, key in entries:
            roots = [root for word in key.split() if (root := roots_of[word])] or [stem(word) for word in key.split()]
            phrase = phrase_key(roots)
            held = phrases.get(phrase)
            phrases[phrase] = (entry,) if held is None else (*held, entry)
            for root in set(roots):
                postings[root].append(entry)
        self.phrases: Postings[str, Entry] = Postings(drained(phrases))
        self.postings: Postings[str, Entry] = Postings(drained(postings))

    def copied(self) -> "_Table[Entry]":
        """The same, to be changed by itself."""
        copy = _Table[Entry]((), {})
        copy.phrases, copy.postings = self.phrases.copied(), self.postings.copied()
        return copy

    def add(self, entry: Entry, key: str) -> bool:
        """Take up an entry; false where it is there already."""
        roots = stems(key.split())
        is_new = self.phrases.add(phrase_key(roots), entry)
        for root in set(roots) if is_new else ():
            self.postings.add(root, entry)
        return is_new

    def discard(self, entry: Entry, key: str) -> bool:
        """Forget an entry; false where it is not there."""
        roots = stems(key.split())
        is_there = self.phrases.discard(phrase_key(roots), entry)
        for root in set(roots) if is_there else ():
            self.postings.discard(root, entry)
        return is_there


class WordIndex:
    """The names of a map, its facets, and its dimensions (of which the sources of their edges are the owners)."""

    def __init__(self, fold: Fold) -> None:
        self._bind(fold)
        self._read: dict[str, NodeAssertions] = dict(fold.nodes)
        owners: dict[IndexedName, list[str]] = defaultdict(list)
        self._others: dict[str, frozenset[IndexedName]] = {}
        compared = {key.source for key in fold.edges if key.dimension}
        for node, said in fold.nodes.items():
            has_some = node in compared or any(one.item.data for one in said)
            if has_some and (others := frozenset(self._other_entries(node))):
                self._others[node] = others
                for entry in others:
                    owners[entry].append(node)
        self._owners = Postings(owners.items())
        keys = chain(self._names, (entry.key for entry in owners))
        self._words: dict[str, int] = dict(Counter(chain.from_iterable(map(str.split, keys))))
        roots_of = _roots_of(self._words)
        self._named = _Table[str](((name, name) for name in self._names), roots_of)
        self._other = _Table[IndexedName](((entry, entry.key) for entry in owners), roots_of)
        self._letters: Postings[str, str] | None = None  # made when a word is first misspelt
        self._initials: Postings[str, str] | None = None  # made when a short form is first asked for

    def follow(self, touched: Set[str]) -> None:
        """Look again at the entries of these nodes."""
        for node in touched:
            before = _names_of(self._read.pop(node, ()))
            if said := self._nodes.get(node, ()):
                self._read[node] = said
            self._follow_names(before, _names_of(said))
            self._follow_others(node)

    def copied(self, fold: Fold) -> "WordIndex":
        """The same for a copy of the fold."""
        copy = WordIndex.__new__(WordIndex)
        copy._bind(fold)
        copy._read, copy._others, copy._words = self._read.copy(), self._others.copy(), self._words.copy()
        copy._owners, copy._named, copy._other = self._owners.copied(), self._named.copied(), self._other.copied()
        copy._letters = self._letters.copied() if self._letters else None
        copy._initials = None if self._initials is None else self._initials.copied()
        return copy

    def knows(self, word: str) -> bool:
        """Whether some entry has this very word."""
        return word in self._words

    def knows_stem(self, root: str) -> bool:
        """Whether some entry has a word of this stem."""
        return root in self._named.postings or root in self._other.postings

    def stems_starting(self, letters: str, limit: int) -> list[str]:
        """The first stems of words in names that begin with these letters."""
        return list(self._named.postings.starting(letters)[:limit])

    def phrase(self, roots: Iterable[str]) -> list[IndexedName]:
        """The entries whose words have these stems, no more and no less, in whatever order."""
        key = phrase_key(roots)
        named, others = self._named.phrases[key], self._other.phrases[key]
        return [*(IndexedName("name", name) for name in named), *others] if named or others else []

    def holders(self, root: str) -> Iterator[IndexedName]:
        """The entries that have a word of this stem."""
        yield from (IndexedName("name", name) for name in self._named.postings[root])
        yield from self._other.postings[root]

    def names_of(self, root: str) -> Sequence[str]:
        """The keys of the names that have a word of this stem."""
        return self._named.postings[root]

    def has_name(self, root: str, name: str) -> bool:
        """Whether a name, given by its key, has a word of this stem."""
        return self._named.postings.has(root, name)

    def count(self, root: str) -> int:
        """How many entries have a word of this stem."""
        return len(self._named.postings[root]) + len(self._other.postings[root])

    def owners(self, entry: IndexedName) -> Iterable[str]:
        """The nodes that own an entry on whatever day."""
        return self._names.get(entry.key, ()) if entry.sort == "name" else self._owners[entry]

    def owners_in(self, view: View, entry: IndexedName) -> Iterator[str]:
        """The nodes that own an entry as of the view's day: what only a later day says names nothing yet."""
        for node in self.owners(entry):
            if view.as_of is None or self._owned_by(node, entry, view.as_of):
                yield node

    def parted(self, word: str) -> tuple[str, str] | None:
        """The stems of the two words of which one is written together, where a name has both; None if none has.

        The longest first word counts, of two words with at least three letters.
        """
        for place in range(len(word) - SHORTEST_ALIKE, SHORTEST_ALIKE - 1, -1):
            first, second = stem(word[:place]), stem(word[place:])
            fewer, other = sorted((first, second), key=lambda root: len(self._named.postings[root]))
            if any(self._named.postings.has(other, name) for name in self._named.postings[fewer][:MAX_COMPARED]):
                return first, second
        return None

    def derived(self, root: str) -> str | None:
        """A stem that some entry has and that is one ending longer or shorter than this one: of `warm`, `warmer`."""
        return next(filter(self.knows_stem, _relatives(root)), None)

    def family(self, root: str) -> list[str]:
        """The stems in names, but its own, of words of one family with a stem: of `ferment`, `fermentation`."""
        starting = self._named.postings.starting(root[:SHORTEST_SHARED])[:MAX_FAMILY]
        alike = {*starting, *filter(self.knows_stem, _irregular().get(root, ()))}
        return sorted(other for other in alike if other != root and akin(root, other))

    def initialled(self, letters: str) -> list[IndexedName]:
        """The names whose words, perhaps but the last, begin so: of `vla`, Vision-language-action model."""
        if self._initials is None:
            initials: dict[str, list[str]] = defaultdict(list)
            for name in self._names:
                for form in _initials_of(name):
                    initials[form].append(name)
            self._initials = Postings(drained(initials))
        return [IndexedName("name", name) for name in self._initials[letters]]

    def near_words(self, word: str) -> list[str]:
        """The words of entries that this one may be a misspelling of, nearest first (see `edits_allowed`)."""
        allowed = edits_allowed(word)
        # A mistake touches at most three pairs of letters: of a swap the one in the middle and those beside it. So of
        # some more pairs than that, a word that is meant has the rest: those that the fewest words have.
        rare = sorted(letter_pairs(word), key=self._words_with)[: 3 * allowed + 2] if allowed else []
        shared = self._sharing(rare)
        alike = sorted(one for one, count in shared.items() if count >= len(rare) - 3 * allowed)
        if not alike:
            return []
        from rapidfuzz import process  # noqa: PLC0415 (that only a word that nobody knows must pay)
        from rapidfuzz.distance import OSA  # noqa: PLC0415 (likewise)

        found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=allowed, limit=MAX_NEAR_WORDS)
        return [other for other, _, _ in found]

    def names_like(self, name: str) -> list[str]:
        """The keys of the names to compare with a name: those that hold a word like one of its words, the rarest first.

        A word is like another that has its stem, or half of the pairs of letters of the shorter of both. No more than
        `MAX_COMPARED`.
        """
        words = name_key(name).split()
        telling = [word for word in words if word not in STOP_WORDS] or words
        held = [list(self._holding(word)) for word in dict.fromkeys(telling)]
        rare_first = sorted(held, key=lambda lists: sum(map(len, lists)))
        return list(islice(dict.fromkeys(chain.from_iterable(chain.from_iterable(rare_first))), MAX_COMPARED))

    def names_misspelt(self, name: str) -> list[str]:
        """The keys of names that hold each word of a name, or one that it may be a misspelling of; the shortest first.

        A single misspelt word is unlike a long name that holds it, letter by letter: `varoa` and `Varroa destructor`.
        """
        held: set[str] | None = None
        for word in {word: None for word in name_key(name).split() if word not in STOP_WORDS}:
            roots = {stem(word)} if self.knows_stem(stem(word)) else set(map(stem, self.near_words(word)))
            some = set(islice(chain.from_iterable(self._named.postings[root] for root in sorted(roots)), MAX_COMPARED))
            held = some if held is None else held & some
        return sorted(held or (), key=lambda key: (len(key), key))

    def _holding(self, word: str) -> Iterator[Sequence[str]]:
        """For each word that is like a word, the names that hold it, the likest first."""
        roots = dict.fromkeys([stem(word)])
        if len(word) >= SHORTEST_ALIKE and not word.isdecimal():
            pairs = letter_pairs(word)
            shared = self._sharing(pairs)
            least = len(pairs) / 2
            alike = [one for one, count in shared.items() if count >= least or 2 * count > len(one)]
            alike.sort(key=lambda one: (-shared[one] / (len(pairs) + len(one)), one))
            roots |= dict.fromkeys(map(stem, alike[:MAX_ALIKE_WORDS]))
        return (self._named.postings[root] for root in roots)

    def _sharing(self, pairs: Iterable[str]) -> Counter[str]:
        """The words that have some of these pairs of letters, and how many."""
        letters = self._pairs
        return Counter(chain.from_iterable(letters[pair] for pair in pairs))

    def _words_with(self, pair: str) -> int:
        return len(self._pairs[pair])

    @property
    def _pairs(self) -> Postings[str, str]:
        """The words that have each pair of letters."""
        if self._letters is None:
            letters: dict[str, list[str]] = defaultdict(list)
            for word in self._words:
                for pair in _pairs_kept(word):
                    letters[pair].append(word)
            self._letters = Postings(drained(letters))
        return self._letters

    def _bind(self, fold: Fold) -> None:
        """Look at the tables of a fold; not at the fold, which holds its followers and would not be let go."""
        self._nodes, self._outgoing, self._edges = fold.nodes, fold.outgoing, fold.edges
        self._names = fold.names

    def _follow_names(self, before: Set[str], after: Set[str]) -> None:
        for name in before - after:
            if name not in self._names and self._named.discard(name, name):
                self._count_words(name, -1)
                self._follow_initials(name, known=False)
        for name in after - before:
            if self._named.add(name, name):
                self._count_words(name, 1)
                self._follow_initials(name, known=True)

    def _follow_initials(self, name: str, *, known: bool) -> None:
        if self._initials is not None:
            change = self._initials.add if known else self._initials.discard
            for form in _initials_of(name):
                change(form, name)

    def _follow_others(self, node: str) -> None:
        before = self._others.pop(node, frozenset())
        after = frozenset(self._other_entries(node))
        if after:
            self._others[node] = after
        for entry in before - after:
            self._owners.discard(entry, node)
            if entry not in self._owners:
                self._other.discard(entry, entry.key)
                self._count_words(entry.key, -1)
        for entry in after - before:
            if entry not in self._owners:
                self._other.add(entry, entry.key)
                self._count_words(entry.key, 1)
            self._owners.add(entry, node)

    def _count_words(self, key: str, change: int) -> None:
        for word in key.split():
            if left := self._words.get(word, 0) + change:
                self._words[word] = left
            else:
                del self._words[word]
            if self._letters is not None:
                change_letters = self._letters.add if word in self._words else self._letters.discard
                for pair in _pairs_kept(word):
                    change_letters(pair, word)

    def _owned_by(self, node: str, entry: IndexedName, as_of: int) -> bool:
        if entry.sort == "name":
            return entry.key in _names_of([one for one in self._nodes[node] if one.day <= as_of])
        return entry in self._other_entries(node, as_of)

    def _other_entries(self, node: str, as_of: int | None = None) -> Iterator[IndexedName]:
        """A node's facets, and the dimensions of the edges that start at it."""
        for asserted in self._nodes.get(node, ()):
            if as_of is None or asserted.day <= as_of:
                for field, value in asserted.item.data.items():
                    for one in value if isinstance(value, list) else [value]:
                        if isinstance(one, str) and 0 < len(one) <= MAX_FACET:
                            yield IndexedName("facet", name_key(one), field)
        for key in self._outgoing.get(node, ()):
            if key.dimension:
                said = self._edges[key]
                if visible(said if as_of is None else tuple(one for one in said if one.day <= as_of)):
                    yield IndexedName("dimension", name_key(key.dimension))


def _names_of(said: Iterable[Asserted[Node]]) -> set[str]:
    """The keys of all names that assertions give their node."""
    return {name_key(name) for one in said for name in (one.item.id, one.item.label, *one.item.aliases)}


def _initials_of(name: str) -> set[str]:
    """The short forms of a name of several words: their first letters, light words apart; also without the last."""
    words = [word for word in name.split() if word not in STOP_WORDS]
    if not 2 <= len(words) <= MAX_INITIALS or not all(map(str.isalpha, words)):
        return set()
    letters = "".join(word[0] for word in words)
    return {letters, letters[:-1]} if len(words) > SHORTEST_ALIKE else {letters}


def _relatives(root: str) -> Iterator[str]:
    """Stems of words that may be derived from the word of a stem, or it from theirs."""
    for ending in ENDINGS:
        yield stem(root + ending)
        base = root.removesuffix(ending)
        if base != root and len(base) >= SHORTEST_BASE:
            yield from (base, f"{base}e", base[:-1] if base[-1] == base[-2] else base)


@lru_cache(maxsize=50_000)
def akin(root: str, other: str) -> bool:
    """Whether two stems are likely of words of one family, by how they begin and end.

    >>> akin("ferment", "fermenter"), akin("general", "generat"), akin("corn", "cornet")
    (True, False, False)
    """
    if other in _irregular().get(root, ()):
        return True
    shared = next((at for at, (one, two) in enumerate(zip(root, other, strict=False)) if one != two), None)
    shared = min(len(root), len(other)) if shared is None else shared
    if shared < SHORTEST_SHARED:
        return root == other
    ends = {root[shared:], other[shared:]}
    doubled = {end[1:] if end[:1] == root[shared - 1] else end for end in ends}  # `plan`, `planner`
    return any(
        both <= _BARE | _DERIVED and (not both.isdisjoint(_BARE) or both <= _OF_ACTION) for both in (ends, doubled)
    )


@lru_cache(maxsize=1)
def _irregular() -> Mapping[str, frozenset[str]]:
    """The stems of the families that no ending tells, by each of them."""
    families = [frozenset(map(stem, words.split())) for words in _IRREGULAR.split(";")]
    return {root: family for family in families for root in family}


def edits_allowed(word: str) -> int:
    """How many typing mistakes (a letter wrong, missing, too many, or two swapped) a word of this length may hold."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def letter_pairs(word: str) -> set[str]:
    """The pairs of letters that stand together in a word, its beginning and end counted as letters.

    >>> sorted(letter_pairs("ape"))
    [' a', 'ap', 'e ', 'pe']
    """
    padded = f" {word} "
    return {padded[start : start + 2] for start in range(len(word) + 1)}


def _pairs_kept(word: str) -> Set[str]:
    """The pairs by which a word is found; a number is none that another is a misspelling of."""
    return frozenset() if word.isdecimal() else letter_pairs(word)


def word_index(view: View) -> WordIndex:
    """The word index of a view's map (of all days), made when first asked for."""
    _ = view.names  # the fold makes one thing at a time, and the index needs its names
    return view.fold.follower(WordIndex, lambda: WordIndex(view.fold))


def nearest_names(view: View, name: str, limit: int) -> list[str]:
    """The keys of the names that are nearest to this one as of the view's day, nearest first."""
    index = word_index(view)
    known = filter(partial(_is_name, view, index), index.names_like(name))
    return holding(name, sorted(known), limit=limit) or _misspelt(view, index, name, limit)


def nearest_labels(view: View, name: str, limit: int = 3) -> list[str]:
    """The labels that are nearest to this name, nearest first; where none is near, those of the nearest aliases."""
    view.count(len(view.names))
    index = word_index(view)
    keys = holding(name, sorted(index.names_like(name)), limit=MAX_NEAR_NAMES)
    labels = {spelling: node.label for node in _named(view, keys) for spelling in node.names}
    found = holding(name, labels, limit=4 * limit)  # of one node several names may be near
    near = [one for one in found if labels[one] == one] or [labels[spelling] for spelling in found]
    near = near or [node.label for key in _misspelt(view, index, name, limit) for node in _named(view, [key])]
    return list(dict.fromkeys(near))[:limit]


def _misspelt(view: View, index: WordIndex, name: str, limit: int) -> list[str]:
    return list(islice(filter(partial(_is_name, view, index), index.names_misspelt(name)), limit))


def _is_name(view: View, index: WordIndex, key: str) -> bool:
    """Whether something is called so as of the view's day."""
    return any(index.owners_in(view, IndexedName("name", key)))


def _named(view: View, keys: Iterable[str]) -> list[FoldedNode]:
    """The nodes that the view has of those with these names, in the order of their ids."""
    return [
        view.node(one) for one in sorted({one for key in keys for one in view.names.get(key, ())}) if view.has_node(one)
    ]
