"""How something is done: `how do I do A?` is answered by what the notes say of the method A."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from conceptmap.ask.form import Form, Query, Wanted
from conceptmap.ask.forms.describe import Describe
from conceptmap.ask.found import Found, Piece
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.sparql import ShortNames
from graphs.view import View
from ontology.terms import METHOD


@dataclass(frozen=True, slots=True)
class Done(Query):
    """What the notes say of a method, which is how it is done; nothing where they only name it."""

    node: str
    gives: ClassVar[frozenset[Wanted]] = frozenset(["way", "any"])

    def find(self, view: View) -> list[Found]:
        """The method, where a text tells of it."""
        is_told = view.node(self.node).text and view.kind(self.node) in view.vocabulary.within([METHOD])
        return Describe(self.node).find(view) if is_told else []

    def pieces(self, view: View) -> Iterator[Piece]:
        """The method."""
        return Describe(self.node).pieces(view)

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The text behind the name."""
        return Describe(self.node).sentence(view, found)

    def lead(self, view: View) -> str:
        """The name."""
        return view.node(self.node).label

    def missing(self, view: View) -> str:
        """`how NODE is done`."""
        return f"how {view.node(self.node).label} is done"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The method and its text."""
        return Describe(self.node).patterns(view, names)


def _read(question: ParsedQuestion) -> Iterator[Query]:
    if not question.asks_for("done") or len(question.named) != 1 or METHOD not in question.view.vocabulary.kinds:
        return
    topic, kinds = question.named[0], question.view.vocabulary.within([METHOD])
    methods = question.nodes(topic, kinds)
    yield Done(question.node(topic, kinds if methods else ()))


DONE = Form(
    "how it is done",
    _read,
    cues={"done": "how to carry out; how carry out; how to perform; how perform"},
    examples={"how something is done": ["how do I do RRT?"]},
)
