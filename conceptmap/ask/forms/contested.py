"""Claims by how they stand: `which claims are contested?`, `which claims rest on one piece of evidence?`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from conceptmap.ask.filters import kinds_of
from conceptmap.ask.form import Account, Form, Query, Verdict, Wanted
from conceptmap.ask.forms.strength import standings, statement
from conceptmap.ask.found import Found, NodeName, Piece, cited, in_course_order
from conceptmap.ask.lexicon import KindWord, Noun
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.saying import listed
from conceptmap.ask.words import IGNORABLE
from graphs.view import FoldedEdge, View
from ontology.terms import CLAIM, EVIDENCE, SUPPORTS


@dataclass(frozen=True, slots=True)
class Contested(Query):
    """The claims with about as much for them as against them."""

    def find(self, view: View) -> list[Found]:
        """The claims, cited by what speaks for and against them."""
        scores, standing = standings(view)
        claims = view.vocabulary.within([CLAIM])
        return in_course_order(
            [
                cited(view, view.node(node), edges=(*score.supports, *score.opposes))
                for node, score in scores.items()
                if standing[node] == "contested" and view.kind(node) in claims
            ]
        )

    def account(self, view: View) -> Account:
        """Claims."""
        return Account(kinds=frozenset([CLAIM]))

    def pieces(self, view: View) -> Iterator[Piece]:
        """That they are contested."""
        yield Piece("kinds", (CLAIM,))
        yield Piece("standing", "contested")

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The claims, each with how many speak for it and against it."""
        from conceptmap.meaning.weighing import counts_in_words  # noqa: PLC0415 (most questions need none of it)

        scores = standings(view)[0]
        each = [f"{one.label} ({counts_in_words(scores[one.id])})" for one in found if one.id]
        return f"{self.lead(view)}: {listed(each)}."

    def lead(self, view: View) -> str:
        """What is listed."""
        return "Contested, with about as much against them as for them"

    def missing(self, view: View) -> str:
        """That none is."""
        return "of any claim that about as much speaks against it as for it"


@dataclass(frozen=True, slots=True)
class IsContested(Query):
    """Whether a statement is contested."""

    node: str
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def find(self, view: View) -> list[Found]:
        """What speaks for it and against it; nothing where nothing does."""
        score = standings(view)[0].get(self.node)
        edges = (*score.supports, *score.opposes) if score else ()
        return [cited(view, view.node(edge.other(self.node)), edges=(edge,)) for edge in edges]

    def pieces(self, view: View) -> Iterator[Piece]:
        """The statement."""
        yield Piece("of", NodeName.of(view, self.node))
        yield Piece("standing", "contested")

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes or no."""
        return ("yes" if standings(view)[1][self.node] == "contested" else "no") if found else None

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """How it stands instead, where it is not contested."""
        from conceptmap.meaning.weighing import counts_in_words  # noqa: PLC0415 (most questions need none of it)

        scores, standing = standings(view)
        lead = "Yes" if standing[self.node] == "contested" else "No"
        return f"{lead}: {self.lead(view)} is {standing[self.node]}: {counts_in_words(scores[self.node])}."

    def lead(self, view: View) -> str:
        """The statement."""
        return f"“{view.node(self.node).label}”"

    def missing(self, view: View) -> str:
        """`whether A is contested`."""
        return f"whether {self.lead(view)} is contested: nothing is said for or against it"


@dataclass(frozen=True, slots=True)
class OnOneLeg(Query):
    """The claims that lose all their support with one piece of evidence."""

    def find(self, view: View) -> list[Found]:
        """The claims, those that are held up first; cited by the evidence."""
        standing = standings(view)[1]
        legs = self._legs(view)
        found = in_course_order([cited(view, view.node(node), edges=edges) for node, (_, edges) in legs.items()])
        named = [replace(one, dimension=f"rests on “{view.node(legs[one.id or ''][0]).label}”") for one in found]
        return sorted(named, key=lambda one: standing[one.id or ""] != "held up")

    def _legs(self, view: View) -> dict[str, tuple[str, tuple[FoldedEdge, ...]]]:
        """By claim the one leaf that it rests on, and the edges by which anything supports the claim."""
        from conceptmap.meaning.debate import debate_of  # noqa: PLC0415 (most questions need none of it)
        from conceptmap.meaning.fragility import ground_of, legs_of  # noqa: PLC0415

        debate = debate_of(view)
        ground, claims = ground_of(view, debate), view.vocabulary.within([CLAIM])
        return {
            node: (leg, tuple(debate.for_(node).values()))
            for node, leg in legs_of(ground, debate.bases).items()
            if view.kind(node) in claims and debate.for_(node)
        }

    def account(self, view: View) -> Account:
        """Claims, evidence and support."""
        return Account(kinds=frozenset([CLAIM, EVIDENCE]), relations=frozenset([SUPPORTS]))

    def pieces(self, view: View) -> Iterator[Piece]:
        """That they rest on one piece of evidence."""
        yield Piece("kinds", (CLAIM,))
        yield Piece("rest on", "one piece of evidence")

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The claims; those that are not held up all the same apart."""
        standing = standings(view)[1]
        up = [one.label for one in found if standing[one.id or ""] == "held up"]
        rest = [f"{one.label} ({standing[one.id or '']})" for one in found if standing[one.id or ""] != "held up"]
        return f"{self.lead(view)}: {listed([*up, *rest])}."

    def lead(self, view: View) -> str:
        """What is listed."""
        return "All that supports them rests on one thing"

    def missing(self, view: View) -> str:
        """`which claims rest on one piece of evidence`."""
        return "of any claim that it rests on one piece of evidence alone"


def _read(question: ParsedQuestion) -> Iterator[Query]:
    if not question.asks_for("contested"):
        return
    if question.named:
        if question.is_yes_or_no:
            yield IsContested(statement(question, question.named[0]))
    elif question.view.vocabulary.within([CLAIM]).issuperset(kinds_of(question)):
        yield Contested()


def _read_leg(question: ParsedQuestion) -> Iterator[Query]:
    if question.named or question.is_yes_or_no or not any(word.kind == CLAIM for _, word in question.cues(KindWord)):
        return
    if question.asks_for("fragile") or (question.asks_for("rest") and _names_one_piece(question)):
        yield OnOneLeg()


def _names_one_piece(question: ParsedQuestion) -> bool:
    """Whether a word for one stands before evidence: `just one piece of evidence`, `a single reason`."""
    for span in question.spans:
        nouns = [one for one in span.meanings if isinstance(one, Noun) and one.source and one.relation.name == SUPPORTS]
        kinds = [one for one in span.meanings if isinstance(one, KindWord) and one.kind == EVIDENCE]
        if nouns or kinds:
            for word in reversed(question.words[: span.start]):
                if word.text in _ONE:
                    return True
                if word.text not in IGNORABLE:
                    break
    return False


_ONE = frozenset("one 1 single sole only".split())

CONTESTED = Form(
    "contested",
    _read,
    cues={
        "contested": """
            contested; disputed; controversial; debated; in dispute; under dispute; up for debate; hotly debated;
            in doubt; undecided; open to debate; open to dispute; evenly balanced; divided; contentious
        """
    },
    examples={"what is contested": ["is the bitter lesson contested?"]},
)
ONE_LEG = Form(
    "one leg",
    _read_leg,
    cues={
        "rest": """
            rest; stand; hang; depend; lean; hinge; rest on; stand on; hang on; depend on; lean on; hinge on; rely on
        """,
        "fragile": "fragile; shaky; on one leg; hang by thread; easiest to topple; easily toppled; easy to topple",
    },
    examples={"what rests on little": ["which claims rest on one piece of evidence?"]},
)
