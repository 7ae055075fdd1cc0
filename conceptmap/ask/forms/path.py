"""A way between two things: `how do you get from A to B?`, `trace the chain from A to B`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from conceptmap.ask.form import Account, Form, Query, Wanted
from conceptmap.ask.forms.related import relation_cues
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.sparql import NoSparql, ShortNames
from conceptmap.ways import best_walk
from graphs.view import FoldedEdge, View
from graphs.walks import Path, reach, steps_to


@dataclass(frozen=True, slots=True)
class PathBetween(Query):
    """How one node is reached from another."""

    start: str
    end: str
    forwards: bool = False
    """Only along the arrows: whether there is a way is asked."""
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "way", "truth"])

    def find(self, view: View) -> list[Found]:
        """The nodes of a chain of one transitive relation, where there is one: it explains more than a shorter mix."""
        path = self._way(view)
        if path is None:
            return []
        edges = (*path.edges[:1], *path.edges)
        return [
            cited(view, view.node(node), edges=(edge,), path=path.nodes[: number + 1] if number > 1 else ())
            for number, (node, edge) in enumerate(zip(path.nodes, edges, strict=False))
        ]

    def account(self, view: View) -> Account:
        """The relations on the way, too."""
        path = self._way(view)
        relations = frozenset(edge.relation for edge in path.edges) if path else frozenset[str]()
        return Query.account(self, view) | Account(relations=relations)

    def pieces(self, view: View) -> Iterator[Piece]:
        """The two ends."""
        yield Piece("from", NodeName.of(view, self.start))
        yield Piece("to", NodeName.of(view, self.end))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The labels on the way."""
        return f"{' → '.join(one.label for one in found)}."

    def lead(self, view: View) -> str:
        """`From START to END`."""
        return f"From {view.node(self.start).label} to {view.node(self.end).label}"

    def missing(self, view: View) -> str:
        """`how START and END are joined`."""
        return f"how {view.node(self.start).label} and {view.node(self.end).label} are joined"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The nodes of every chain between the ends, in no order."""
        path = self._chain(view)
        if path is None:
            raise NoSparql("no chain of one relation joins the two, and SPARQL finds no shortest path")
        backwards = "" if path.edges[0].source == self.start else "^"
        step = f"{backwards}{names.relation(path.edges[0].relation)}*"
        return [f"{names.node(self.start)} {step} ?node .", f"?node {step} {names.node(self.end)} ."]

    def _way(self, view: View) -> Path | None:
        return self._chain(view) or (None if self.forwards else best_walk(view, self.start, self.end))

    def _chain(self, view: View) -> Path | None:
        """A shortest chain of one transitive relation from start to end, forwards or backwards."""
        for relation in view.vocabulary.relations.values():
            for inverse in ((False,) if self.forwards else (False, True)) if relation.transitive else ():
                came_from = reach(view, self.start, relation.name, inverse=inverse)
                if self.end in came_from:
                    nodes = steps_to(came_from, self.start, self.end)
                    steps = (pair[::-1] if inverse else pair for pair in pairwise(nodes))
                    return Path(nodes, tuple(_edge(view, *step, relation.name) for step in steps))
        return None


def _edge(view: View, source: str, target: str, relation: str) -> FoldedEdge:
    return view.edges_along(source, target, relation)[0]


_ELSEWHERE = frozenset("under over inside outside near without against during despite".split())
"""Prepositions by which a name is no end of a way."""


def _read(question: ParsedQuestion) -> Iterator[Query]:
    topics = [topic for topic in question.topics if topic.entries("name")]
    if len(topics) < 2:
        return
    first, last = topics[0], topics[1]
    if question.is_asked_for(first.start):
        return  # `which of the gaps has to do with A?` asks for one of them
    between = (first.preposition, last.preposition) == ("from", "to") and not relation_cues(question)
    if first.preposition == "to" or last.preposition == "from":
        first, last = last, first
    if question.word_before(last.start) in _ELSEWHERE:
        return  # `what does A end up as under B?` asks for the end
    if question.asks_for("path") or between:
        yield PathBetween(question.node(first), question.node(last), forwards=question.is_yes_or_no)


PATH = Form(
    "path",
    _read,
    cues={
        "chain": "",
        "path": """
            have to do with; has to do with; chain; trace; sequence; line of thought; path; get from; go from; way
            from; lead from; come from to; connect; connected; connection; relate; related; relation between;
            relationship; link between; linked; links; linking; by way of; causal
            chain; route; reach from; join; get to; get you to; through; via;
            intermediate; stage; in between; stop on the way; step between; walk; walk through; walk from; station;
            stop between; stop along; stop from; move from;
            pass through; end up; end up as; end up with; end up in; end up at; end with; end at;
            until; arrive at; all the way; all the way to; bring from; bring to; take from
        """,
    },
    examples={"a way between two things": ["how do you get from information theory to scaling laws?"]},
)
