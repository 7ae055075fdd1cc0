"""How many: `how many claims support A?`, `the number of methods on day 26`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from conceptmap.ask.form import Account, Composed, Form, Query, Wanted
from conceptmap.ask.forms.combined import Holding
from conceptmap.ask.forms.path import PathBetween
from conceptmap.ask.forms.related import Related
from conceptmap.ask.found import Found, Piece
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.sorts import are_of_sort
from conceptmap.ask.spans import Span
from conceptmap.ask.sparql import NoSparql, ShortNames
from conceptmap.ask.words import IGNORABLE, QUESTION_WORDS
from graphs.view import View
from graphs.words import stem, told_stems


@dataclass(frozen=True, slots=True)
class Count(Query):
    """How many answers a query has."""

    counted: Query
    gives: ClassVar[frozenset[Wanted]] = frozenset(["number"])

    def find(self, view: View) -> list[Found]:
        """The number as a value, cited by all that is counted; nothing where there is nothing to count."""
        found = self.counted.find(view)
        if not found:
            return []
        cites = tuple(dict.fromkeys(cite for one in found for cite in one.cites))
        return [Found(None, str(len(found)), None, cites=cites)]

    def exists(self, view: View) -> bool:
        """Whether there is something to count."""
        return self.counted.exists(view)

    def account(self, view: View) -> Account:
        """What the counted query takes up."""
        return self.counted.account(view)

    def pieces(self, view: View) -> Iterator[Piece]:
        """Those of the counted query."""
        yield from self.counted.pieces(view)

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The number, and what was counted."""
        counted = self.counted.find(view)
        there_are = "There is one" if len(counted) == 1 else f"There are {len(counted)}"
        return f"{there_are}. {self.counted.sentence(view, counted)}"

    def lead(self, view: View) -> str:
        """What is counted."""
        return f"How many: {self.counted.lead(view)}"

    def missing(self, view: View) -> str:
        """How many there are of what would be counted."""
        return f"how many there are: {self.counted.missing(view)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """A count binds no node."""
        raise NoSparql("a number is answered, which stands at no node")


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    if not question.asks_for("count") or any(_is_compound(question, one) for one in question.cue_spans("count")):
        return
    counting = {place for one in question.cue_spans("count", "total") for place in range(one.start, one.end)}
    counting |= {place for place in question.loose if question.words[place].text in _A_NUMBER}
    rest = question.hiding(counting)
    if rest.is_empty:
        return
    nouns = _counted_nouns(question)
    starts = {one.end for one in question.cue_spans("count")}
    # What stands behind `how many` calls all that is counted: it is not one of them.
    counted = [topic for topic in rest.named if topic.start in starts]
    itself = {node for topic in counted for node, _ in rest.nodes(topic)}
    named = {node for topic in rest.named for node, _ in rest.nodes(topic)}
    for query in rest.read():
        # Those whose texts hold a word are not all that it may be said of. Of a way, the ends are no steps; and
        # what is named itself is not counted: `how many champions did A beat?`.
        counts = "any" in query.gives and not isinstance(query, PathBetween | Holding)
        keys = query.keys(rest.view) if counts else set()
        of_it = isinstance(query, Related) and query.anchor in itself
        heads = nouns if of_it else nouns | {stem(topic.words.rpartition(" ")[2]) for topic in counted}
        if keys - named and keys.isdisjoint(itself) and _are_called(rest.view, keys, heads):
            yield Composed(Count(query), (rest, question.part(counting.__contains__)))


def _is_compound(question: ParsedQuestion, count: Span) -> bool:
    """Whether something's own number is asked for, which is a value: `the word count of A`."""
    before = question.word_before(count.start)
    said = question.text(count).startswith("count") and count.end - count.start > 1
    return said and before != "" and before not in IGNORABLE | QUESTION_WORDS


_A_NUMBER = frozenset("number figure digit digits".split())
"""Words that ask again for a number: `how many …, just the number please`."""


def _counted_nouns(question: ParsedQuestion) -> frozenset[str]:
    """The stems of words behind `how many` that nothing explains: what is counted must be told of by them."""
    loose = {one.start for one in question.spans if one.loose}
    places = [one.end for one in question.cue_spans("count") if one.end in loose]
    return frozenset(question.words[place].stem for place in places if question.words[place].text not in IGNORABLE)


def _are_called(view: View, nodes: Collection[str], nouns: frozenset[str]) -> bool:
    """Whether some nodes are what nouns call them: of that sort, or told of by these words."""
    of_sort = not nouns or all(are_of_sort(view, nodes, noun) for noun in nouns)
    return of_sort or all(view.has_node(one) and nouns <= told_stems(view.node(one), values=True) for one in nodes)


COUNT = Form(
    "count",
    _read,
    cues={"count": "how many; number of; count; count of; total number of; in how many"},
    examples={"how many": ["how many pieces of evidence support the bitter lesson?"]},
)
