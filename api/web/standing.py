"""What pages show of how statements stand: a sentence first, then what weighs, what would topple them, and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from conceptmap.card import reading
from conceptmap.map import CourseMap
from conceptmap.meaning.belief import BeliefStep
from conceptmap.meaning.methods import METHODS
from conceptmap.meaning.scores import Score, digits
from conceptmap.meaning.turns import Turn, turns_of
from conceptmap.meaning.verdict import IN_WORDS, Standing
from conceptmap.meaning.weighing import ClaimRow, Voice, Weighing, counts_in_words
from conceptmap.values import FoldedEdge, FoldedNode, View
from ontology.terms import ARGUMENT, CLAIM

MOST_WEIGHED = 2_000
"""Nodes of the largest map whose cards weigh, in 0.1 s: the cards of a larger one lead to the page that does."""

MOST_ROWS = 500
"""Claims that the list shows: a longer one is for programs."""


@dataclass(frozen=True, slots=True)
class Group:
    """What speaks one way: `title` says which, `counts` whether it counts."""

    title: str
    voices: tuple[Voice, ...]
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Stands:
    """A statement weighed: how it stands, in a word and in sentences, and all that weighs."""

    weighing: Weighing

    @property
    def standing(self) -> Standing:
        """How it stands, in a word."""
        return self.weighing.standing

    @property
    def meaning(self) -> str:
        """What that word means."""
        return IN_WORDS[self.standing]

    @property
    def counts(self) -> str:
        """How many speak for it and against it."""
        return counts_in_words(self.weighing.score)

    @property
    def rests(self) -> list[str]:
        """What would topple it, each a sentence."""
        told = self.weighing.words[1:]
        return list(map(_sentence, told[:-1] if self.weighing.score.disagree else told))

    @property
    def why(self) -> str:
        """Why methods disagree, where they do."""
        told = self.weighing.words[-1].removeprefix("methods disagree: ")
        return _sentence(told) if self.weighing.score.disagree else ""

    @property
    def groups(self) -> list[Group]:
        """What speaks for it, against it, its premises, and what does not count."""
        found = self.weighing
        groups = [
            Group("For", found.supports),
            Group("Against", found.opposes),
            Group("Premises, which count only together", found.premises),
            Group("Only asked, not counted", found.asked, counts=False),
            Group("Heard already, not counted again", found.heard, counts=False),
        ]
        return [one for one in groups if one.voices]

    @property
    def numbers(self) -> str:
        """How strong it is by each method, and where that starts."""
        return numbers_of(self.weighing.score)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def numbers_of(score: Score) -> str:
    """How strong a statement is by each method, its label, and what it is worth by itself."""
    told = [f"{METHODS[name].title} {digits(one)}" for name, one in score.strengths.items()]
    start = f"from {score.base:g}{', which is assumed' if score.assumed else ', as the notes say'}"
    return f"{', '.join(told)}, {start}; {score.label} by grounded labels"


def percent(voice: Voice) -> int:
    """How much a voice adds or takes away, of a hundred, by the first method; of a premise how strong it is itself."""
    told = voice.share.shares if voice.share else voice.score.strengths
    return round(100 * abs(next((one for one in told.values() if one is not None), 0.0)))


def adds(voice: Voice) -> str:
    """What a voice adds or takes away by each method, and how strong it is itself, in words."""
    score = voice.score
    is_assumed = score.assumed and not (score.supports or score.opposes or score.premises)
    itself = f"itself {digits(next(iter(score.strengths.values())))}{' (assumed)' if is_assumed else ''}"
    if voice.share is None:
        return itself
    shares = voice.share.shares
    verb = "adds" if sum(shares.values()) >= 0 else "takes"
    told = ", ".join(f"{abs(one):.2f} by {METHODS[name].title}" for name, one in shares.items())
    return f"{verb} {told}; {itself}"


def may_stand(view: View, node: FoldedNode) -> bool:
    """Whether it is a statement that others speak for or against: a claim, an Argument, or anything that they do."""
    if node.kind in view.vocabulary.within([CLAIM, ARGUMENT]):
        return True
    weighing = [one.name for one in view.vocabulary.relations.values() if one.polarity]
    return any(any(view.edges_to(node.id, name)) for name in weighing)


def stands(course: CourseMap, node: FoldedNode) -> Stands | None:
    """How a statement stands, for its card; None for other nodes, and in maps that take long to weigh."""
    view = course.view()
    if view.size > MOST_WEIGHED or not may_stand(view, node):
        return None
    return Stands(course.weigh(node.id))


@dataclass(frozen=True, slots=True)
class Then:
    """A day that changed a statement: how much spoke for and against it, how strong that left it, and what was new."""

    day: int
    counts: str
    numbers: str
    changes: tuple[str, ...]


def _then(view: View, node: str, step: BeliefStep) -> Then:
    def said(edge: FoldedEdge) -> str:
        return f"{reading(view, edge, node)} {view.node(edge.other(node)).label}"

    changes = [f"new: {said(one)}" for one in step.came] + [f"gone: {said(one)}" for one in step.went]
    if not changes and step.before is not None:
        changes = ["nothing new at it: what speaks for or against it changed"]
    return Then(step.day, counts_in_words(step.score), numbers_of(step.score), tuple(changes))


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A statement with all that weighs, what would fall with it, and the days that changed it, newest first."""

    node: FoldedNode
    stands: Stands
    turns: Sequence[Turn]
    labels: dict[str, FoldedNode]
    steps: Sequence[Then]


def claim_page(course: CourseMap, name: str) -> ClaimPage:
    """The page of a statement. Raises `UnknownNode`."""
    view, node = course.view(), course.node(name)
    turns = turns_of(view, node.id)
    steps = course.belief(node.id) if view.size <= MOST_WEIGHED else []
    return ClaimPage(
        node,
        Stands(course.weigh(node.id)),
        turns,
        {one.node: view.node(one.node) for one in turns},
        [_then(view, node.id, one) for one in reversed(steps)],
    )


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """The claims that anything is said of, those to look at first; the others by name; how many are left out."""

    rows: Sequence[ClaimRow]
    bare: Sequence[FoldedNode]
    more: int


def claims_page(course: CourseMap) -> ClaimsPage:
    """The list: where methods disagree, then what is contested, then what rests on least, then the rest."""
    claims = course.claims()
    rows = claims.rows(claims.scores[:MOST_ROWS])
    rows.sort(key=_to_look_at)
    view = course.view()
    bare = [view.node(one.node) for one in claims.bare[:MOST_ROWS]]
    return ClaimsPage(rows, bare, len(claims.scores) + len(claims.bare) - len(rows) - len(bare))


def _to_look_at(row: ClaimRow) -> tuple[bool, bool, int]:
    size = row.fall.size if row.fall else 0
    return not row.score.disagree, row.standing != "contested", size or 1_000
