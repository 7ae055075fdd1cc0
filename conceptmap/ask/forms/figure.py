"""A number in a sentence: `by how much did A beat B?`, `how precisely did the detector find the objects?`.

The sentence is found by its words, which must say all that the question says (see `telling`).
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import ClassVar, NamedTuple

from conceptmap.ask.amounts.measures import BY_NAME
from conceptmap.ask.amounts.quantities import Placed, Quantity, quantities_in
from conceptmap.ask.amounts.texts import numbers_of
from conceptmap.ask.amounts.units import COUNTED, number_of
from conceptmap.ask.form import Account, Composed, Form, Query, Wanted
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.kept import told_of
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.sparql import NoSparql, ShortNames
from conceptmap.ask.telling import LIGHT, heavy, roots_at, runs_as, telling, untold, words_beside
from conceptmap.ask.words import DEGREES, OPENERS, QUESTION_WORDS
from graphs.view import View, cite
from graphs.words import stem
from ontology.names import name_key

MIN_TOLD = 2
"""So many words must tell of a thing that is not named: one alone is told of too much."""
MOST_BEFORE, MOST_BEHIND = 3, 4
"""So many words before a number, and so many with it and behind, may say what it is a number of."""
TIMES = frozenset([number_of("times"), number_of("fold"), "share"])
"""Dimensions of numbers that say how many times as much something is."""


@dataclass(frozen=True, slots=True)
class Figure(Query):
    """The number in the words of a node that goes with some words, given by their stems; `said` says the question.

    It is of the first of the measures that gives any. `relative` wants how many times as much, `bounding` how near, and
    `of` the stem of a noun that must stand beside it (`how high was the success`), `by` wants it behind that word.
    """

    node: str
    measures: tuple[str, ...]
    words: frozenset[str]
    said: str = ""
    relative: bool = False
    bounding: bool = False
    of: str = ""
    by: bool = False
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "number", "way"])

    def find(self, view: View) -> list[Found]:
        """The number with what it counts; the node where several may be meant."""
        node = view.node(self.node)
        for measure in self.measures:
            of = measure if measure in BY_NAME or measure.startswith(COUNTED) else ""
            if found := list(numbers_of(view, node, self.words, of, self._accepts)) if measure else self._any(view):
                return found
        return []

    def _any(self, view: View) -> list[Found]:
        """The one number of whatever measure; the node where there are several."""
        node = view.node(self.node)
        for text in (*node.names, node.text or ""):
            found = [one for one in quantities_in(text) if self._accepts(one.quantity) and self._is_beside(text, one)]
            if self.by:
                found = [one for one in found if text[: one.start].endswith("by ") or _compares(text[one.end :])]
            if len(found) == 1:
                said = node.sayings[-1]
                label = text[found[0].start : found[0].end]
                return [Found(None, label, None, day=said.day, cites=(cite(said),), of=node.label)]
            if found:
                return [cited(view, node)]
        return []

    def _accepts(self, quantity: Quantity) -> bool:
        known = [one.quantity for one in quantities_in(self.said)]
        if quantity in known or (not quantity.unit and quantity.low == quantity.high <= 1):
            return False  # what the question says itself; and `one` and `half`, which mostly count nothing
        if self.relative:
            return quantity.dimension in TIMES
        return not self.bounding or quantity.low == -inf

    def _is_beside(self, text: str, number: Placed) -> bool:
        """Whether the noun stands right before or behind a number."""
        before, behind = name_key(text[: number.start]).split(), name_key(text[number.start :]).split()
        return not self.of or self.of in map(stem, (*before[-MOST_BEFORE:], *behind[:MOST_BEHIND]))

    def account(self, view: View) -> Account:
        """The node and the words."""
        return Account(nodes=frozenset([self.node]), stems=self.words)

    def pieces(self, view: View) -> Iterator[Piece]:
        """The node and the measures."""
        yield Piece("measures", self.measures)
        yield Piece("of", NodeName.of(view, self.node))

    def lead(self, view: View) -> str:
        """The sentence."""
        return view.node(self.node).label

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The sentence, and the number where it is told from others."""
        return f"{self.lead(view)}." if found[0].id == self.node else Query.sentence(self, view, found)

    def missing(self, view: View) -> str:
        """`how much that is …`."""
        return f"how much that is by “{self.lead(view)}”"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Numbers in sentences are read by the program alone."""
        raise NoSparql("SPARQL does not read numbers in sentences")


def _compares(behind: str) -> bool:
    """Whether a word right behind a number compares: `two fingers higher`."""
    words = name_key(behind).split()[:2]
    return any(word.endswith("er") or word in ("more", "less", "better", "worse") for word in words)


class _Asked(NamedTuple):
    """What number is asked for, and the places of the words that say so."""

    places: frozenset[int]
    relative: bool = False
    bounding: bool = False
    of: str = ""
    by: bool = False


_EXACT = frozenset("precisely accurately exactly closely close near precise accurate tightly".split())
_EXACTNESS = frozenset("precision accuracy exactness tolerance".split())
_FACTORS = frozenset("factor times multiple speedup".split())
_CHANGES = frozenset("gain speedup improvement increase reduction advantage acceleration".split())
_MARGINS = frozenset("percentage percent margin amount share extent proportion".split())
_GREAT = frozenset("high great large big low small good bad strong".split())
"""Adjectives that say of any number how great it is."""


_RATES = frozenset("rate score level percentage ratio figure value number count reading result".split())
"""Nouns that behind another one say that a number of that is asked for: `success rate`."""
_SHARES = frozenset("share percentage proportion fraction percent".split())
_TRIALS = frozenset(map(stem, "trial attempt try tries case run test time".split()))
"""What a share is of, where it says how often something came out so."""
_WELL = frozenset("well successful successfully good badly poorly".split())
"""Words behind `how` that ask for whatever number says how it went."""
_NEEDING = frozenset("need needs needed take takes took use uses used require requires required want wanted".split())

_PRECISELY = re.compile(r"\bhow (precisely|exactly)\b", re.IGNORECASE)
"""Words that mostly ask nothing, and are passed over: `how exactly does A work?`."""


def _asked(question: ParsedQuestion) -> Iterator[_Asked]:
    """What number a question asks for."""
    words = [word.said for word in question.words]
    dropped = "how" in words and _PRECISELY.search(question.whole)
    for at in sorted(question.places):
        first, second, third = (words[at + n] if at + n < len(words) else "" for n in range(3))
        before = words[at - 1] if at else ""
        if first == "how":
            if dropped:
                yield _Asked(frozenset([at]), bounding=True)
            yield from _how(question, at, before, second, third)
        elif first in ("what", "which"):
            if third in _RATES and second not in LIGHT | OPENERS | DEGREES:
                yield _Asked(frozenset([at, at + 2]), of=question.words[at + 1].stem)
            if second in _SHARES and third == "of":
                trials = {place for place in question.places if stem(question.words[place].said) in _TRIALS}
                yield _Asked(frozenset([at, at + 1, *trials]), relative=True)
            if second in _EXACTNESS or second in _FACTORS:
                yield _Asked(frozenset([at, at + 1]), second in _FACTORS, second in _EXACTNESS)
            elif second in _MARGINS:
                yield _Asked(frozenset([at, at + 1]), by=before == "by")
        elif second in _CHANGES and first not in LIGHT | OPENERS:
            yield _Asked(frozenset([at + 1]), relative=True)


def _how(question: ParsedQuestion, at: int, before: str, second: str, third: str) -> Iterator[_Asked]:
    """`How much faster`, `by how much`, `how many times`, `how precisely`, `how high`, `how successful`."""
    if second == "much":
        if third in ("more", "less", "better", "worse") or third.endswith("er"):
            yield _Asked(frozenset([at, at + 1]), relative=True)
        elif before == "by":
            yield _Asked(frozenset([at - 1, at, at + 1]), by=True)
        elif third and third not in LIGHT | OPENERS | DEGREES:
            needing = {place for place in question.places if question.words[place].text in _NEEDING}
            yield _Asked(frozenset([at, at + 1, *needing]), of=question.words[at + 2].stem)
    elif second == "many" and third in ("times", "of"):
        yield _Asked(frozenset([at, at + 1, at + 2]), relative=third == "times")
    elif second in _EXACT:
        yield _Asked(frozenset([at, at + 1]), bounding=True)
    elif second in _GREAT:
        behind = [place for place in heavy(question, question.places) if place > at + 1]
        rates = {place for place in behind[1:2] if question.words[place].text in _RATES}
        if behind:
            yield _Asked(frozenset([at, at + 1, *rates]), of=question.words[behind[0]].stem)
        if second in _WELL or not behind:
            yield _Asked(frozenset([at, at + 1]))
    elif second in _WELL:
        yield _Asked(frozenset([at, at + 1]))
    elif second not in LIGHT | OPENERS | DEGREES | _OTHERS:
        yield _Asked(frozenset([at]))


_OTHERS = frozenset("long often far come about".split())
"""Words behind `how` that ask for something else."""


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    if question.is_yes_or_no and QUESTION_WORDS.isdisjoint(question.words[place].text for place in question.places):
        return
    for asked in _asked(question):
        roots = _roots(question, question.places - asked.places)
        figure = figure_of(question, roots, ("",))
        if figure is None:
            continue
        exact = replace(figure, relative=asked.relative, bounding=asked.bounding, of=asked.of, by=asked.by)
        if exact.find(question.view):
            yield Composed(exact, (question,))
            return


def figure_of(rest: ParsedQuestion, roots: Sequence[str], measures: tuple[str, ...]) -> Figure | None:
    """The number in the one sentence that says all that these stems say, on the sides where they do."""
    view = rest.view
    if len(set(roots)) < MIN_TOLD or rest.days:
        return None
    said = frozenset(roots)
    told = [one for one in telling(view, roots) if not untold(view, one, roots, words_beside(view, one, ()))]
    each = (Figure(one, measures, said & told_of(view, one, values=True), rest.whole) for one in told)
    found = [one for one in each if len(told) == 1 or any(number.id is None for number in one.find(view))]
    if len(found) != 1 or not runs_as(rest, view.node(found[0].node).label):
        return None
    return found[0] if found[0].find(view) else None


def _roots(question: ParsedQuestion, places: Collection[int]) -> Sequence[str]:
    """The stems that must be told; not of a word beside a name that is told of what it names: `the Pro edition`."""
    view, words = question.view, question.words
    beside = {topic.end: topic for topic in question.topics if topic.whole}

    def is_told_beside(place: int) -> bool:
        nodes = question.nodes(beside[place]) if place in beside else ()
        return any(words[place].stem in told_of(view, node) for node, _ in nodes)

    said = [place for place in heavy(question, places) if words[place].text not in _ONLY and not is_told_beside(place)]
    return roots_at(question, said)


_ONLY = frozenset("only just merely nothing".split())

FIGURE = Form("value", _read)
