"""Yes or no of two: `is A longer than B?`, `is the D of A lower than that of B?`, `does A have more parts than B?`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from conceptmap.ask.amounts.fields import Held, held_by, is_called, near, of_measure
from conceptmap.ask.amounts.levels import level_of, more_or_less
from conceptmap.ask.amounts.measures import BY_NAME, COMPARATIVES, counted, measures_in
from conceptmap.ask.amounts.quantities import SCALE, Quantity
from conceptmap.ask.dimensions import asked_in
from conceptmap.ask.form import Account, Composed, Form, Query, Verdict, Wanted
from conceptmap.ask.found import Found, NodeName, Piece, cited, stated_edges
from conceptmap.ask.lexicon import Noun
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic
from conceptmap.ask.sought import Sought, sought, with_verbs
from conceptmap.ask.sparql import NoSparql, ShortNames
from conceptmap.ask.words import IGNORABLE
from graphs.fields import field_words
from graphs.view import FoldedEdge, View
from graphs.words import STOP_WORDS, stem, stems
from ontology.names import day_id, name_key
from ontology.vocabulary import Relation

ALIKE = frozenset("same equal equally identical identically alike".split())
"""Words that ask whether two have as much of something."""


@dataclass(frozen=True, slots=True)
class OfTwo(Query):
    """Whether a node has more than another (`order` 1), less (-1) or as much (0)."""

    node: str
    other: str
    order: int
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def pieces(self, view: View) -> Iterator[Piece]:
        """The two, and what is asked of them."""
        yield Piece("source", NodeName.of(view, self.node))
        yield Piece("target", NodeName.of(view, self.other))
        yield Piece("compared", {1: "more", 0: "as much", -1: "less"}[self.order])

    def account(self, view: View) -> Account:
        """The two nodes."""
        return Account(nodes=frozenset([self.node, self.other]))

    def lead(self, view: View) -> str:
        """Both."""
        return f"{view.node(self.node).label} and {view.node(self.other).label}"

    def _missing(self, view: View, what: str) -> str:
        """That what is asked is not said."""
        more = {1: "more", 0: "as much", -1: "less"}[self.order]
        than = "as" if self.order == 0 else "than"
        return f"whether {view.node(self.node).label} has {more} {what} {than} {view.node(self.other).label}"

    def _verdict(self, sign: int) -> Verdict:
        return "yes" if sign == self.order else "no"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Two things are compared by the program."""
        raise NoSparql("SPARQL knows no units, and what two things have is compared by the program")


@dataclass(frozen=True, slots=True)
class HasMore(OfTwo):
    """The same by value, in fields, or in the first of the measures that both have."""

    fields: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def find(self, view: View) -> list[Found]:
        """The two values."""
        pair = self._pair(view)
        return [one.found for one in pair.held] if pair else []

    def account(self, view: View) -> Account:
        """The words of the values' fields, too."""
        pair = self._pair(view)
        named = [field_words(one.field) for one in (pair.held if pair else ())]
        return OfTwo.account(self, view) | Account(stems=frozenset(stems(" ".join(named).split())))

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes or no, as the two values are."""
        pair = self._pair(view)
        return self._verdict(pair.sign) if pair else None

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes or no, and the two values."""
        name = field_words(found[0].dimension or "")
        said = ", ".join(f"{one.of} {one.label}" for one in found)
        return f"{str(self.verdict(view, found)).capitalize()}: {f'{name}: ' if name else ''}{said}."

    def missing(self, view: View) -> str:
        """`whether A has more time than B`."""
        nouns = [*map(field_words, self.fields), *(BY_NAME[one].noun for one in self.measures if one in BY_NAME)]
        return self._missing(view, (nouns or ["of that"])[0])

    def _pair(self, view: View) -> "_Pair | None":
        for measure in self.measures or ("",):
            for some in (held_by, near):
                one, other = (self._held(some(view, node), measure) for node in (self.node, self.other))
                if found := _compared(one, other, measure, self.words):
                    return found
        return None

    def _held(self, held: Iterable[Held], measure: str) -> list[Held]:
        several = of_measure(held, measure) if measure else [one for one in held if name_key(one.field) in self.fields]
        return [one for one in several if one.quantity or level_of(one.found.label)]


class _Pair(NamedTuple):
    """The values that decide, and how the first compares with the second."""

    held: tuple[Held, Held]
    sign: int


def _compared(one: Sequence[Held], other: Sequence[Held], measure: str, words: Sequence[str]) -> _Pair | None:
    """The values of two nodes in the fields that both have, or the one that each has; None where they disagree.

    Where the name of a field has words that the question has, too, it is that.
    """
    shared = {held.field for held in one} & {held.field for held in other}
    plain = {field for field in shared if is_called(field, measure, only=True)}
    pairs = [
        (mine, theirs)
        for mine in one
        for theirs in other
        if (mine.field == theirs.field and mine.field in (plain or shared))
        or (not shared and len(one) == len(other) == 1)
    ]
    meant = [pair for pair in pairs if words and set(words) & set(stems(field_words(pair[0].field).split()))]
    pairs = meant or pairs
    signs = [_sign(mine, theirs) for mine, theirs in pairs]
    if not signs or len(set(signs)) != 1 or signs[0] is None:
        return None
    return _Pair(pairs[0], signs[0])


_ACID = frozenset(map(stem, "acid acidic acidity sour sourness".split()))
"""What there is more of, the lower the pH."""


def _sign(one: Held, other: Held) -> int | None:
    """1 where the first is more, -1 where it is less, 0 where they are the same; None where nothing tells."""
    if one.quantity is None or other.quantity is None:
        levels = level_of(one.found.label), level_of(other.found.label)
        return more_or_less(levels[0], levels[1]) if levels[0] and levels[1] else None
    sign = _sign_of(one.quantity, other.quantity)
    turned = one.quantity.dimension == f"{SCALE}ph" and not _ACID.isdisjoint(stems(field_words(one.field).split()))
    return -sign if sign and turned else sign


def _sign_of(one: Quantity, other: Quantity) -> int | None:
    if one.dimension != other.dimension:
        return None
    if (one.low, one.high) == (other.low, other.high):
        return 0
    if one.low >= other.low and one.high >= other.high:
        return 1
    return -1 if one.low <= other.low and one.high <= other.high else None


@dataclass(frozen=True, slots=True)
class HasMoreJoined(OfTwo):
    """The same by the number of edges of a relation; `inverse`: as its targets."""

    relation: Relation
    inverse: bool = False

    def find(self, view: View) -> list[Found]:
        """The two nodes, cited by what is counted; none where neither has any."""
        edges = [self._edges(view, node) for node in (self.node, self.other)]
        nodes = (self.node, self.other) if any(edges) else ()
        return [cited(view, view.node(node), edges=some) for node, some in zip(nodes, edges, strict=False)]

    def account(self, view: View) -> Account:
        """The relation too."""
        return OfTwo.account(self, view) | Account(relations=frozenset([self.relation.name]))

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes or no by number."""
        one, other = self._numbers(view)
        return self._verdict((one > other) - (one < other))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes or no, and the two numbers."""
        one, other = self._numbers(view)
        counts = f"{view.node(self.node).label} {one}, {view.node(self.other).label} {other}"
        return f"{str(self.verdict(view, found)).capitalize()}: {self._says}: {counts}."

    def missing(self, view: View) -> str:
        """`whether A has more … than B`."""
        return self._missing(view, f"of “{self._says}”")

    @property
    def _says(self) -> str:
        return self.relation.inverse_says if self.inverse else self.relation.says

    def _numbers(self, view: View) -> tuple[int, int]:
        return len(self._edges(view, self.node)), len(self._edges(view, self.other))

    def _edges(self, view: View, node: str) -> list[FoldedEdge]:
        return list(stated_edges(view, node, self.relation, inverse=not self.inverse))


class _Said(NamedTuple):
    """A comparison as it is said: its words, which way it goes, what it may be of, and where the second begins."""

    places: frozenset[int]
    order: int
    measures: tuple[str, ...]
    second: int


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    if not question.is_yes_or_no:
        return
    for said in _said(question):
        rest = question.hiding(said.places)
        yield from _of_joined(question, rest, said)
        found: list[Composed] = []
        for ends, one in _told(question, rest, said):
            told = HasMore(*ends, said.order, (name_key(one.fields[0]),))
            found.append(Composed(told, (question.part((said.places | one.places).__contains__),)))
        sought_for = (*_asked(rest), with_verbs(question, Sought(said.places, (), said.measures)))
        for one in sought_for if not found else ():
            if (one.fields or one.measures) and (two := _ends(rest, said.second, one)):
                fields, taken = tuple(map(name_key, one.fields)), said.places | one.places
                query = HasMore(*two, said.order, fields, one.measures, _beside(rest, one))
                found.append(Composed(query, (question.part(taken.__contains__),)))
        found.sort(key=lambda one: not one.query.exists(question.view))
        yield from found


def _said(question: ParsedQuestion) -> Iterator[_Said]:
    """The comparatives before `than`, and the words for as much."""
    words = [one.text for one in question.words]
    visible = question.places
    than = next((place for place in sorted(visible) if words[place] == "than"), None)
    if than is not None:
        degrees = [one for one in question.once("measures", lambda: list(measures_in(words))) if one.compares]
        taken: set[int] = set()
        for one in degrees:
            places = frozenset(range(one.start, one.end))
            if places <= visible and one.end <= than:
                taken |= places
                yield _Said(places | {than}, one.order, one.measures, than)
        for place in sorted(visible):
            order = COMPARATIVES.get(words[place])
            if order and place < than:
                noun = place + 1
                is_noun = noun < than and words[noun] not in STOP_WORDS and noun in visible
                measures = (counted(words[noun]),) if is_noun else ()
                yield _Said(frozenset([place, than]), order, measures, than)
        return
    alike = next((place for place in sorted(visible) if words[place] in ALIKE), None)
    joins = [one.start for one in question.cue_spans("and")]
    if alike is not None and joins:
        yield _Said(frozenset([alike, joins[0]]), 0, (), joins[0])


def _asked(rest: ParsedQuestion) -> Iterator[Sought]:
    """The fields and measures that are named beside the comparison."""
    for topic in rest.topics:
        dimensions = [entry.key for entry in topic.entries("dimension")]
        if dimensions and topic.whole:
            yield Sought(frozenset(range(topic.start, topic.end)), tuple(dimensions))
    yield from (one for one in sought(rest) if not one.order and one.measures != ("number",))


class _Told(NamedTuple):
    """Two things, and the dimension in which they are compared that is asked for."""

    ends: tuple[str, str]
    asked: Sought


def _told(question: ParsedQuestion, rest: ParsedQuestion, said: _Said) -> list[_Told]:
    """The dimension in which the two are compared that all other words tell: `do errors grow faster with A than …?`."""
    dimensions = [topic for topic in rest.topics if question.names_dimension(topic) or not topic.whole]
    split = [topic for topic in question.topics if not said.places.isdisjoint(range(topic.start, topic.end))]
    asking = frozenset(place for topic in (*dimensions, *split) for place in range(topic.start, topic.end))
    ends, within = _ends(rest, said.second, Sought(asking)), frozenset[int]()
    if ends is None:
        named = [one for topic in split for one in _names_in(question, topic, said)]
        beside = [topic for topic in rest.topics if topic.whole and asking.isdisjoint(range(topic.start, topic.end))]
        named += [(topic.start, topic.end, node) for topic in beside for node, _ in question.nodes(topic)]
        nodes = [node for _, _, node in sorted(named)]
        if len(nodes) != 2 or not named:
            return []
        ends, within = (nodes[0], nodes[1]), frozenset(place for start, end, _ in named for place in range(start, end))
    named_at = {place for topic in rest.topics for place in range(topic.start, topic.end)} - asking
    told = question.places - named_at - within - {said.second}
    asked = asked_in(question, told, ends)
    if len(asked) != 1 or asked[0].order != said.order:
        return []
    return [_Told(ends, Sought(question.places - named_at, (asked[0].dimension,)))]


def _names_in(question: ParsedQuestion, topic: Topic, said: _Said) -> Iterator[tuple[int, int, str]]:
    """The things that a longer name names on both sides of a comparative: of the claim `A keeps longer than B` both."""
    at = min(said.places)
    for first, last in ((topic.start, at), (said.second + 1, topic.end)):
        runs = [(start, end) for start in range(first, last) for end in range(start + 1, last + 1)]
        for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
            nodes = question.view.named(" ".join(word.text for word in question.words[start:end]))
            if len(nodes) == 1:
                yield start, end, nodes[0]
                break


def _beside(rest: ParsedQuestion, asked: Sought) -> tuple[str, ...]:
    """The stems of the words that nothing explains."""
    loose = (place for place in rest.loose if place not in asked.places)
    return stems(rest.words[place].text for place in loose if rest.words[place].text not in IGNORABLE)


def _of_joined(question: ParsedQuestion, rest: ParsedQuestion, said: _Said) -> Iterator[Composed]:
    """`Does A have more parts than B?`."""
    start = min(said.places)
    for span, noun in rest.cues(Noun):
        if span.start == start + 1 and said.order and (ends := _ends(rest, said.second, Sought(frozenset()))):
            query = HasMoreJoined(*ends, said.order, noun.relation, inverse=noun.source)
            yield Composed(query, (question.part(said.places.__contains__),))
            return


def _ends(rest: ParsedQuestion, second: int, asked: Sought) -> tuple[str, str] | None:
    """The two that are compared: the first that is named before a place, and the first behind it."""
    topics = [
        topic
        for topic in rest.topics
        if topic.entries("name") and asked.places.isdisjoint(range(topic.start, topic.end))
    ]
    # Of a side that has a whole name, some words of names name nothing.
    sides = [[topic for topic in topics if (topic.start > second) == is_behind] for is_behind in (False, True)]
    named = [topic for side in sides for topic in ([one for one in side if one.whole] or side)]
    ends: list[tuple[int, str]] = [(topic.start, _node(rest, topic, asked)) for topic in named]
    days = ((one.start, day_id(one.said.first)) for one in rest.days if one.said.first == one.said.last)
    ends += [(start, node) for start, node in days if rest.view.has_node(node)]
    before = [node for start, node in sorted(ends) if start < second]
    behind = [node for start, node in sorted(ends) if start > second]
    if len(before) != 1 or len(behind) != 1 or before == behind:
        return None
    return before[0], behind[0]


def _node(rest: ParsedQuestion, topic: Topic, asked: Sought) -> str:
    """The node that a topic means; of several the one that has a value. Raises `Ambiguous`."""
    try:
        return rest.node(topic)
    except Ambiguous as several:
        having = [one for one in several.candidates if _has(rest.view, one, asked)]
        if len(having) == 1:
            return having[0]
        raise


def _has(view: View, node: str, asked: Sought) -> bool:
    held = list(held_by(view, node))
    measured = (one for measure in asked.measures for one in of_measure(held, measure))
    return any(name_key(one.field) in map(name_key, asked.fields) for one in held) or any(True for _ in measured)


EXCEEDS = Form(
    "yes-no",
    _read,
    examples={"whether one has more": ["does the third prompt need more words than the first prompt?"]},
)
