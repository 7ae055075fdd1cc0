"""Wanting: a question by its words: what each weighs, what they suggest, and which nodes have them in their names."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import islice, pairwise
from math import log
from typing import NamedTuple

from conceptmap.ask.naming import tellers, told_by
from conceptmap.ask.suggesting import Cues, Sense, of_kind, suggestions
from conceptmap.ask.words import BE, IGNORABLE, OPENERS, QUESTION_WORDS, REQUESTS
from graphs.view import FoldedNode, View
from graphs.words import STOP_WORDS, IndexedName, WordIndex, stem, stems, word_index
from ontology.names import name_key
from ontology.terms import DAY

MAX_POSTINGS = 300
"""A word that more names have tells too little to look at all of them."""
MAX_NAMES = 60
"""So many of the names that share words with the question are looked at closely."""
MAX_NODES = 8
"""What can be asked about so many nodes is looked at; a question names one or two, the others only look like them."""
MAX_ENDINGS = 20
"""So many words that begin as the one that is being typed are looked for."""
NAMED_IN_PART = 0.1
"""What words of a name count beside the share that they are of it: little, so that a whole name comes first."""
LIGHT = 0.6
"""What an everyday word weighs of what others do that as many names have."""
WHOLE = 0.9
"""The share of a name from which on it is named by itself."""
TOLD = 0.3
"""What a word in a node's text counts of one in its name."""
VALUED = 0.5
"""What the words of a long value of a node count of those of a name."""
LEAST_TOLD = 3
"""A value of so many words tells of its node; shorter ones are shared by many."""
MAX_OWNERS = 5
"""So many of the nodes that have a value are looked at."""
SHORTEST_CUT = 4
"""Letters of the shortest word that is cut short: `prereq`."""
LONGEST_TOLD = 1_000
"""Letters of a text that are looked through for words of the question."""
LEAVING_OUT = frozenset(
    """
    not no other besides except excluding exception barring ignoring omitting apart without aside else isnt arent nor
    instead
    """.split()
)
"""Words that leave something out of what is asked for."""
_JOINING = frozenset("and or both also plus two".split())
"""Words that join two things that are asked for."""
_ADDING = frozenset("and also plus".split())
"""Those that ask for one thing beside another."""
_NOUN_BEFORE = frozenset("the any some no a an its their his her this all other what which".split())
_NOUN_BEHIND = frozenset("of for to behind against".split())
"""Words beside a noun that is a verb too: `the support of A`."""
_COMPARING = frozenset(
    "differ differs different difference compare compared comparison versus vs contrast unlike".split()
)
_COUNTING = frozenset(
    ["how many", "how much", "how long", "how hot", "number of", "amount of", "the number", "count the"]
)
_DATING = frozenset(["which day", "what day", "what date", "day did", "day was"])
_IN_WORDS = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    )
    for number, word in enumerate(words.split(), 1)
}
_DAYS = frozenset("day days lesson lessons week weeks session sessions lecture lectures class note notes".split())
"""Words beside which a number is one of days: `the seventh day`, `day three`."""
_SECOND = re.compile(
    r"(?<=\w)(?P<joint>[,;.:?]?\s+(?:and\s+)?|[,;.:?]\s*)(?=(?:what|which|who|when|where|why|how|in which|on which)\b)",
    re.IGNORECASE,
)
"""Where a second question begins; the first word of the first has nothing before it."""
_WHEN_TOO = re.compile(r"(?:\band|\bor|\bsince|\buntil|\btill|\bby|[,;:.?])\s+when\b", re.IGNORECASE)
"""`when` that asks beside another question word, or what is dated by another word."""
_PRONOUNS = frozenset("it its they them their this that these those one he she him her".split())
_ASKERS = frozenset("you u i we".split())
"""Words behind which `can` or `could` asks for something."""
_AGREED = frozenset("correct right true so".split())
"""Words with which a statement ends that is a question."""


class Named(NamedTuple):
    """What of a question's words a name has, how much they weigh, and their share of the name."""

    mask: int
    weight: float
    share: float

    @property
    def score(self) -> float:
        """How likely the name is meant."""
        return self.weight * (NAMED_IN_PART + self.share)


class Said(NamedTuple):
    """A phrase of the question that suggests a relation: its words, their place, which end it asks for as it stands."""

    mask: int
    place: int
    sense: Sense


@dataclass(frozen=True, slots=True)
class Suggested:
    """The words that suggest a family of questions, and where phrases for a relation stand."""

    mask: int
    phrases: tuple[Said, ...] = ()


_NOTHING = Suggested(0)
_UNNAMED = Named(0, 0.0, 0.0)


class Wanted:
    """A question by its words. Sets of its words are bits of a number, one for each stem."""

    def __init__(self, view: View, question: str, plain: str = "", *, unfinished: bool = False) -> None:
        """`plain` is the question in plainer words, where it was read (see `framing`)."""
        self.question, self.unfinished, self._view = question, unfinished, view
        self.index: WordIndex = word_index(view)
        self._known = suggestions(view.vocabulary)
        self.words = name_key((plain or question).replace("w/o", "without")).split()
        self.last = self.words[-1] if self.words else ""
        self._places: dict[str, int] = {}
        when = {"when"} - self.asking
        for place, word in enumerate(self.words):
            if word not in STOP_WORDS and word not in when:
                self._places.setdefault(stem(self._corrected(word)), place)
                if word in _IN_WORDS and not _DAYS.isdisjoint(self.words[max(0, place - 1) : place + 2]):
                    self._places.setdefault(_IN_WORDS[word], place)
        if unfinished and question[-1:].isalnum():
            begun = self.index.stems_starting(self.last, MAX_ENDINGS)
            begun += [root for root in self._known.families if root.startswith(self.last)]
            for root in begun:
                self._places.setdefault(root, len(self.words) - 1)
        self.roots = tuple(self._places)
        self._bits = {root: 1 << number for number, root in enumerate(self.roots)}
        self._light = {stem(word) for word in self.words if word in IGNORABLE | QUESTION_WORDS}
        self._telling = [(f" {root}", bit) for root, bit in self._bits.items() if root not in self._light]
        self._weights = {bit: self._weight(root) for root, bit in self._bits.items()}
        self._weighed: dict[int, float] = {0: 0.0}
        self.total = sum(self._weights.values()) or 1.0
        self._masks: dict[Cues, int] = {}
        self._texts: dict[str, int] = {}
        self._suggested = self._suggestions()
        self.values: list[str] = []
        self._valued: dict[str, float] = {}
        self.named = self._owners(view)
        telling = self._tellers(view)
        likely = {node: name.score for node, name in self.named.items()}
        for node, weight in telling.items():
            likely[node] = likely.get(node, 0.0) + TOLD * weight
            self.named.setdefault(node, _UNNAMED)
        for node, weight in self._valued.items():
            likely[node] = likely.get(node, 0.0) + VALUED * weight
            self.named.setdefault(node, _UNNAMED)
        self.nodes = nlargest(MAX_NODES, likely, likely.__getitem__)

    # What its words say.

    def weight(self, mask: int) -> float:
        """What some of the words weigh together."""
        known = self._weighed.get(mask)
        if known is None:
            low = mask & -mask
            known = self._weighed[mask] = self._weights[low] + self.weight(mask ^ low)
        return known

    def suggested(self, family: str) -> Suggested:
        """The words that suggest a family of questions."""
        return self._suggested.get(family, _NOTHING)

    def mask(self, phrases: Cues) -> int:
        """The words of the phrases that the question says whole."""
        if not phrases:
            return 0
        known = self._masks.get(phrases)
        if known is None:
            known = 0
            for one in phrases:
                if one <= self._bits.keys():
                    known |= self.mask_of(one)
            self._masks[phrases] = known
        return known

    def mask_of(self, roots: Iterable[str]) -> int:
        """Those of some stems that the question has."""
        bits, mask = self._bits, 0
        for root in roots:
            mask |= bits.get(root, 0)
        return mask

    def names_of(self, nodes: Iterable[str]) -> int:
        """The words of the question that the names of some nodes have."""
        mask = 0
        for node in nodes:
            if (name := self.named.get(node)) is not None:
                mask |= name.mask
        return mask

    def told(self, text: str) -> int:
        """The words of the question that a text has, as far as their stems tell."""
        if not text:
            return 0
        said = f" {text[:LONGEST_TOLD].casefold()}"
        mask = 0
        for root, bit in self._telling:
            if root in said:
                mask |= bit
        return mask

    def text_of(self, node: str) -> int:
        """The words of the question that a node's text and values have."""
        known = self._texts.get(node)
        if known is None:
            known = self._texts[node] = self.told(" ".join(_told_by(self._view.node(node))))
        return known

    def place(self, mask: int) -> float:
        """Where some of the words stand, on the average."""
        places = [self._places[root] for root, bit in self._bits.items() if bit & mask]
        return sum(places) / len(places) if places else 0.0

    @property
    def leaves_out(self) -> bool:
        """Whether something of what is asked for is left out."""
        return not LEAVING_OUT.isdisjoint(self.words)

    @property
    def joins(self) -> bool:
        """Whether two things may be asked at once."""
        return not _JOINING.isdisjoint(self.words)

    @property
    def adds(self) -> bool:
        """Whether something is asked beside something else: `and`, but not `or`."""
        return not _ADDING.isdisjoint(self.words) or ("as", "well") in pairwise(self.words)

    @cached_property
    def asks_twice(self) -> bool:
        """Whether there are two question words, so that two questions are asked."""
        return sum(word in self.asking for word in self.words) > 1

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds that the question says, and those below them."""
        said = [kind for kind in self._view.vocabulary.kinds if kind != DAY and self.suggested(of_kind(kind)).mask]
        return self._view.vocabulary.within(said)

    def share_of_kinds(self, nodes: Sequence[str]) -> float:
        """What share of some nodes is of a kind that the question says."""
        return sum(self._view.kind(node) in self.kinds for node in nodes) / len(nodes)

    @cached_property
    def several(self) -> int:
        """How many of the likeliest nodes the question names whole, by words of their own."""
        found, known = 0, 0
        for node in self.nodes:
            name = self.named[node]
            if name.share >= WHOLE and not name.mask & known:
                found, known = found + 1, known | name.mask
        return found

    def joined(self, one: str, other: str) -> bool:
        """Whether `and` or the like stands between the names of two nodes."""
        first, last = sorted(self.place(self.named[node].mask) for node in (one, other))
        return not _JOINING.isdisjoint(self.words[int(first) : int(last) + 1])

    @property
    def asks_for_way(self) -> bool:
        """Whether a way from one thing to another may be asked for."""
        return self.sort == "way" or bool(self.suggested("way").mask)

    def parts(self) -> tuple[str, ...]:
        """The two questions that are asked at once; none, where they are not told apart.

        What the second calls `it` has its name in the first.
        """
        found = _SECOND.search(self.question)
        if found is None:
            return ()
        first, second = self.question[: found.start()], self.question[found.end("joint") :]
        if not _PRONOUNS.isdisjoint(name_key(second).split()):
            names = self.mask_of(root for root in self.roots if self.nodes and self._in_first_name(root))
            said = (word for word in name_key(first).split() if self.mask_of([stem(word)]) & names)
            second = f"{second} {' '.join(said)}"
        return first, second

    def _in_first_name(self, root: str) -> bool:
        return bool(self.named[self.nodes[0]].mask & self._bits[root])

    def differ(self, one: str, other: str) -> bool:
        """Whether the question has words for each of two nodes that are not the other's."""
        first, second = self.names_of([one]), self.names_of([other])
        return bool(first & ~second and second & ~first)

    def apart(self, *nodes: str) -> bool:
        """Whether the question names each of these nodes by words of its own."""
        masks = [self.named[node].mask for node in nodes if node in self.named]
        united = 0
        for mask in masks:
            if mask & united:
                return False
            united |= mask
        return len(masks) == len(nodes)

    @cached_property
    def sort(self) -> str:
        """What sort of answer the question wants, by its words."""
        words = self.words
        first = words[0] if words else ""
        pairs = {*map(" ".join, pairwise(words))}
        if not _COUNTING.isdisjoint(pairs):
            return "number"
        if "when" in self.asking or not _DATING.isdisjoint(pairs):
            return "day"
        if "why" in words or not {"how come", "reasons for", "reason for"}.isdisjoint(pairs):
            return "why"
        if not _COMPARING.isdisjoint(words):
            return "compare"
        if not {"who", "whom", "whose"}.isdisjoint(words):
            return "who"
        asks = not QUESTION_WORDS.isdisjoint(words)
        if self._asks_whether(first, asks):
            return "whether"
        if not {"define", "definition", "explain", "meaning", "mean", "meant"}.isdisjoint(words):
            return "text"
        if pairs & {"what is", "whats", "what s"} and len(words) <= 5:
            return "text"
        if self._is_name_alone:
            return "text"
        return "way" if first == "how" else "things"

    @cached_property
    def asking(self) -> frozenset[str]:
        """The question words that ask: `when` does where no other stands before it, or `and`, a comma or the like."""
        said = [word for word in self.words if word in QUESTION_WORDS]
        opened = self.words[:1] and self.words[0] in OPENERS
        subordinate = "when" in said and (opened or said[0] != "when") and not _WHEN_TOO.search(self.question)
        return frozenset(said) - ({"when"} if subordinate else frozenset())

    def _asks_whether(self, first: str, asks: bool) -> bool:
        """Whether yes or no is asked for, by the first word or by the last."""
        if first in REQUESTS and not _ASKERS.isdisjoint(self.words[1:2]):
            return False
        opened = first in OPENERS and "anything" not in self.words
        return not asks and (opened or not _AGREED.isdisjoint(self.words[-1:]))

    @cached_property
    def _comes_from(self) -> bool:
        """Whether it is asked from what, or out of what, something comes."""
        pairs = pairwise(self.words)
        return any(
            one in ("from", "of") and other in QUESTION_WORDS
            for one, other in pairs
            if one == "from" or "out" in self.words
        )

    @property
    def _is_name_alone(self) -> bool:
        """Whether the question has but a name."""
        heavy = self.mask_of(root for root in self.roots if root not in self._light)
        return bool(self.nodes) and heavy != 0 and not heavy & ~self.named[self.nodes[0]].mask

    # How it is taken apart.

    def _corrected(self, word: str) -> str:
        """A word as it is, if it is known, else the word that it is cut short from, else the nearest word of a name."""
        root = stem(word)
        families = self._known.families
        if root in families or self.index.knows_stem(root) or self.index.knows(word) or word in IGNORABLE:
            return word
        if len(root) >= SHORTEST_CUT and not self.unfinished and (whole := self._known.shortest(root)):
            return whole
        return next(iter(self.index.near_words(word)), word)

    def _weight(self, root: str) -> float:
        """What a word tells: the more, the fewer names have it; of a word for relations, the fewer relations."""
        names, families = self.index.count(root), self._known.families.get(root, 0)
        by_names = 1 / (1 + log(1 + names)) if names else 0.0
        weight = max(by_names, 1 / (1 + log(1 + families)) if families else 0.0, 0.4)
        return weight * (LIGHT if root in self._light else 1.0)

    def _suggestions(self) -> Mapping[str, Suggested]:
        masks: dict[str, int] = {}
        phrases: dict[str, list[Said]] = {}
        bits = self._bits
        for first in self.roots:
            for family, roots, sense in self._known.by_root.get(first, ()):
                if len(roots) > 1 and not roots <= bits.keys():
                    continue
                mask = self.mask_of(roots)
                masks[family] = masks.get(family, 0) | mask
                if sense:
                    place = min(self._places[root] for root in roots)
                    phrases.setdefault(family, []).append(Said(mask, place, self._as_said(sense, place)))
        return {family: Suggested(mask, tuple(phrases.get(family, ()))) for family, mask in masks.items()}

    def _as_said(self, sense: Sense, place: int) -> Sense:
        """The sense of a phrase where it stands: a verb may be a noun there, or passive."""
        if sense not in ("verb", "inverse"):
            return sense
        before = self.words[place - 1] if place else ""
        behind = self.words[place + 1 : place + 3]
        if before in _NOUN_BEFORE and behind[:1] and behind[0] in _NOUN_BEHIND:
            return "source" if sense == "verb" else "target"
        word = self.words[place] if place < len(self.words) else ""
        if self._comes_from and sense == "verb":
            return "inverse"
        is_participle = word.endswith(("ed", "en", "t", "wn")) and not BE.isdisjoint(self.words[:place])
        if "by" in behind or (is_participle and not {"did", "does", "do"} & set(self.words[:place])):
            return "inverse" if sense == "verb" else "verb"
        return sense

    def _owners(self, view: View) -> dict[str, Named]:
        """The nodes whose names have words of the question, each with the name that has most of them."""
        shared: dict[IndexedName, float] = {}
        for root, bit in self._bits.items():
            if self.index.count(root) <= MAX_POSTINGS:
                weight = self._weights[bit]
                for entry in self.index.holders(root):
                    shared[entry] = shared.get(entry, 0.0) + weight
        found: dict[str, Named] = {}
        best = nlargest(MAX_NAMES, shared, shared.__getitem__) if len(shared) > MAX_NAMES else shared
        values: dict[str, float] = {}
        for entry in best:
            held = _roots_of(entry.key)
            mask = self.mask_of(held)
            name = Named(mask, self.weight(mask), mask.bit_count() / len(held))
            if entry.sort == "facet":
                values[entry.key] = name.score
                if len(held) >= LEAST_TOLD:
                    for node in islice(self.index.owners_in(view, entry), MAX_OWNERS):
                        self._valued[node] = max(self._valued.get(node, 0.0), name.score)
                continue
            for node in self.index.owners_in(view, entry):
                if node not in found or name.score > found[node].score:
                    found[node] = name
        self.values = nlargest(MAX_NAMES, values, values.__getitem__)
        for root in () if self.unfinished else self._unknown():
            if teller := told_by(view, [root]):
                found.setdefault(teller, Named(self._bits[root], self._weights[self._bits[root]], 0.0))
        return found

    def _tellers(self, view: View) -> dict[str, float]:
        """The nodes whose texts have words of the question, and what these weigh."""
        found: dict[str, float] = {}
        for root, bit in self._bits.items() if not self.unfinished else ():
            if root not in self._light:
                for node in tellers(view, root):
                    found[node] = found.get(node, 0.0) + self._weights[bit]
        return found

    def _unknown(self) -> Iterator[str]:
        """The words that say something, and that no name and no phrase has."""
        for root in self.roots:
            if root not in self._light and not self.index.knows_stem(root) and root not in self._known.families:
                yield root


@lru_cache(maxsize=20_000)
def _roots_of(key: str) -> frozenset[str]:
    return frozenset(stems(key.split()))


def _told_by(node: FoldedNode) -> Iterator[str]:
    """What a node says beside its names: its text, and the values of its fields."""
    held = (one for value in node.data.values() for one in (value if isinstance(value, list) else [value]))
    yield node.text or ""
    yield from (one for one in held if isinstance(one, str))
