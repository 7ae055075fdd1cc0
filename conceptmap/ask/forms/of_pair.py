"""Which of two that are compared has more: `which keeps longer, A or B?`; whether one has much: `does A need much D?`.

What is asked for is told by all words (see `dimensions`), and held against numbers, or words that say how much.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from conceptmap.ask.amounts.fields import Held, held_by
from conceptmap.ask.amounts.levels import LITTLE, MUCH, NOTHING, SOME, Level, level_of
from conceptmap.ask.dimensions import asked_in, pair_of
from conceptmap.ask.form import Account, Composed, Form, Query, Verdict, Wanted
from conceptmap.ask.forms.compare import Compare
from conceptmap.ask.forms.exceeds import HasMore
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.sparql import NoSparql, ShortNames
from conceptmap.ask.words import IGNORABLE
from graphs.fields import field_words
from graphs.view import View
from graphs.words import stems
from ontology.names import name_key


@dataclass(frozen=True, slots=True)
class MoreOfPair(Query):
    """Which of two has more (`order` 1) in a dimension, or less (-1)."""

    nodes: tuple[str, str]
    dimension: str
    order: int

    def find(self, view: View) -> list[Found]:
        """The one that has, cited by the line that compares them."""
        compared = HasMore(*self.nodes, self.order, (name_key(self.dimension),))
        values = compared.find(view)
        verdict = compared.verdict(view, values) if values else None
        if verdict is None or self._is_even(view):
            return []
        at = 0 if verdict == "yes" else 1
        one = cited(view, view.node(self.nodes[at]), cites=values[at].cites)
        return [replace(one, text=f"{field_words(self.dimension)}: {values[at].label}")]

    def account(self, view: View) -> Account:
        """The two, and the words of the dimension."""
        return Account(nodes=frozenset(self.nodes), stems=frozenset(stems(field_words(self.dimension).split())))

    def pieces(self, view: View) -> Iterator[Piece]:
        """The two, the dimension, and which way."""
        yield Piece("of", tuple(NodeName.of(view, node) for node in self.nodes))
        yield Piece("dimension", self.dimension)
        yield Piece("values", "the greatest" if self.order > 0 else "the least")

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The one, and both values."""
        values = HasMore(*self.nodes, self.order, (name_key(self.dimension),)).find(view)
        return (
            f"{found[0].label}: {field_words(self.dimension)}: {', '.join(f'{one.of} {one.label}' for one in values)}."
        )

    def lead(self, view: View) -> str:
        """`A or B, by D`."""
        return f"{' or '.join(view.node(node).label for node in self.nodes)}, by {field_words(self.dimension)}"

    def missing(self, view: View) -> str:
        """`which has more D, A or B`."""
        more = "more" if self.order > 0 else "less"
        return (
            f"which has {more} {field_words(self.dimension)}, {' or '.join(view.node(one).label for one in self.nodes)}"
        )

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Two values are compared by the program."""
        raise NoSparql("SPARQL knows no units, and what two things have is compared by the program")

    def _is_even(self, view: View) -> bool:
        return HasMore(*self.nodes, 0, (name_key(self.dimension),)).verdict(view, []) == "yes"


def _read_which(question: ParsedQuestion) -> Iterator[Composed]:
    """`Which of A and B needs less D?`, `A or B: which keeps longer?`; both values where nobody can tell which."""
    if question.is_yes_or_no or question.days or {"which", "what", "who"}.isdisjoint(question.question_words):
        return
    if (pair := pair_of(question)) is None:
        return
    nodes, named = pair
    joining = {place for one in question.cue_spans("and", "or") for place in range(one.start, one.end)}
    joining |= {place for place in question.places if question.words[place].text in _OF_TWO}
    asked = asked_in(question, question.places - named - joining, nodes)
    if len(asked) == 1 and (asked[0].order or asked[0].needs):
        one, whole = asked[0], question.part(question.places.__contains__)
        more = MoreOfPair(nodes, one.dimension, one.order or 1)
        told = more.exists(question.view) and (one.order or _needs_none(question.view, more))
        yield Composed(more if told else Compare(nodes, name_key(one.dimension)), (whole,))


def _needs_none(view: View, more: MoreOfPair) -> bool:
    """Whether the other of the two may do without."""
    values = HasMore(*more.nodes, 1, (name_key(more.dimension),)).find(view)
    levels = [level_of(one.label) for one in values]
    return any(level and level.low == 0 for level in levels) and any(level and SOME.holds(level) for level in levels)


_OF_TWO = frozenset("two both between vs versus either against one".split())
"""Words that say that it is one of two."""


@dataclass(frozen=True, slots=True)
class HasLevel(Query):
    """Whether a thing has so much of what it is compared in with others."""

    node: str
    dimension: str
    asked: Level
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def find(self, view: View) -> list[Found]:
        """The value, where it says so or excludes it."""
        held = self._held(view)
        return [held.found] if held and self._is_so(held) is not None else []

    def account(self, view: View) -> Account:
        """The node, and the words of the dimension."""
        named = frozenset(view.named(self.dimension))
        told = frozenset(stems(field_words(self.dimension).split()))
        return Account(nodes=named | {self.node}, stems=told)

    def pieces(self, view: View) -> Iterator[Piece]:
        """The node and the dimension."""
        yield Piece("source", NodeName.of(view, self.node))
        yield Piece("dimension", self.dimension)

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes where the value lies within what is asked, no where it lies wholly apart."""
        held = self._held(view)
        so = self._is_so(held) if held else None
        return None if so is None else "yes" if so else "no"

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes or no, and the value."""
        said = f"{view.node(self.node).label}, {field_words(self.dimension)}: {found[0].label}"
        return f"{str(self.verdict(view, found)).capitalize()}: {said}."

    def lead(self, view: View) -> str:
        """`A, D`."""
        return f"{view.node(self.node).label}, {field_words(self.dimension)}"

    def missing(self, view: View) -> str:
        """`whether A has so much D`."""
        return f"whether {view.node(self.node).label} has so much {field_words(self.dimension)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """What a value says is told by the program."""
        raise NoSparql("SPARQL does not know how much the words of a value say")

    def _held(self, view: View) -> Held | None:
        return next((one for one in held_by(view, self.node) if one.field == self.dimension), None)

    def _is_so(self, held: Held) -> bool | None:
        level = level_of(held.found.label)
        if level is None or (not self.asked.holds(level) and not self.asked.is_apart(level)):
            return None
        return self.asked.holds(level)


_PHRASES: Sequence[tuple[str, Level]] = (
    ("a great deal of", MUCH),
    ("a good deal of", MUCH),
    ("a lot of", MUCH),
    ("lots of", MUCH),
    ("plenty of", MUCH),
    ("loads of", MUCH),
    ("tons of", MUCH),
    ("heaps of", MUCH),
    ("masses of", MUCH),
    ("large amounts of", MUCH),
    ("a large amount of", MUCH),
    ("much", MUCH),
    ("many", MUCH),
    ("hardly any", LITTLE),
    ("barely any", LITTLE),
    ("next to no", LITTLE),
    ("almost no", LITTLE),
    ("very little", LITTLE),
    ("only little", LITTLE),
    ("little", LITTLE),
    ("no", NOTHING),
    ("any", SOME),
    ("some", SOME),
)
"""How much may be asked for, longer phrases before shorter ones."""


def _read_level(question: ParsedQuestion) -> Iterator[Composed]:
    """`Does A need a lot of D?`."""
    if not question.is_yes_or_no or question.days:
        return
    words = [word.text for word in question.words]
    names = [topic for topic in question.named if topic.whole and not question.names_dimension(topic)]
    at = _phrase(question, words)
    if len(names) != 1 or at is None or len(question.nodes(names[0])) != 1:
        return
    start, end, level = at
    rest = question.places.difference(range(start, end), range(names[0].start, names[0].end))
    node = question.nodes(names[0])[0][0]
    asked = asked_in(question, rest, (node,))
    # What there is much of must stand right behind.
    if len(asked) == 1 and asked[0].told and not asked[0].order and words[end] not in IGNORABLE:
        yield Composed(HasLevel(node, asked[0].dimension, level), (question.part(question.places.__contains__),))


def _phrase(question: ParsedQuestion, words: Sequence[str]) -> tuple[int, int, Level] | None:
    for phrase, level in _PHRASES:
        length = len(phrase.split())
        for start in sorted(question.places):
            if words[start : start + length] == phrase.split() and start + length in question.places:
                return start, start + length, level
    return None


WHICH_MORE = Form("by value", _read_which)
LEVEL = Form("yes-no", _read_level)
