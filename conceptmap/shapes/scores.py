"""Scores of claims: how strong they are, what weighs for and against them, and what if something falls."""

from collections.abc import Callable, Iterable
from typing import Literal

from typing_extensions import TypedDict

from conceptmap.meaning.belief import BeliefStep
from conceptmap.meaning.fragility import Fall
from conceptmap.meaning.scores import Score
from conceptmap.meaning.shares import Share
from conceptmap.meaning.verdict import Standing
from conceptmap.meaning.weighing import ClaimRow, Voice, Weighing
from conceptmap.meaning.what_if import Flip, WhatIf
from conceptmap.shapes.nodes import CitationShape, EdgeShape, NodeStub, citation_shape, edge_shape
from graphs.view import FoldedEdge, FoldedNode, View

Label = Literal["in", "out", "undecided"]
Strengths = dict[str, float | None]
"""By method; null where a circle comes to no rest."""


class ScoreShape(TypedDict):
    """How strong a node is by each method, and how many edges say so.

    `base` is what it is worth by itself, `assumed` where nobody says so; `starts` is where each method starts, which
    for an argument is the base times the strengths of its premises.
    """

    node: NodeStub
    base: float
    assumed: bool
    starts: Strengths
    strengths: Strengths
    label: Label
    disagree: bool
    counts: "CountsShape"


class CountsShape(TypedDict):
    """How many edges speak for a node and against it, and how many do not count since they are only asked."""

    supports: int
    opposes: int
    asked: int


class ClaimShape(ScoreShape):
    """A claim in the list; `falls_with` is how much evidence must fall to take all its support away."""

    standing: Standing
    falls_with: int | None


class ClaimList(TypedDict):
    """Claims: where methods disagree first, last those with nothing for or against them."""

    claims: list[ClaimShape]
    next: str | None


class FallShape(TypedDict):
    """Nodes whose fall is enough; `exact`: no smaller set is. `alone` are those of which each is enough by itself."""

    nodes: list[NodeStub]
    exact: bool
    alone: list[NodeStub]


class FragilityShape(TypedDict):
    """What a node rests on: what takes all its support away, the same where what is out counts as fallen, and by method
    the fewer that bring it back to where it starts.
    """

    fall: FallShape | None
    firm: FallShape | None
    back: dict[str, FallShape]


class ShareShape(TypedDict):
    """What an edge adds by each method, with the standard error of that, and how strong its node is without it."""

    shares: dict[str, float]
    errors: dict[str, float]
    without: dict[str, float]


class VoiceShape(TypedDict):
    """What speaks for or against a node: the edge, who speaks and how strong that one is, and where it is said."""

    edge: EdgeShape
    note: str | None
    node: NodeStub
    base: float
    assumed: bool
    strengths: Strengths
    label: Label
    share: ShareShape | None
    cites: list[CitationShape]


class WeighingShape(ScoreShape):
    """A node weighed. `words` say it in sentences; `without` are nodes taken away, `before` its strengths with them."""

    standing: Standing
    words: list[str]
    supports: list[VoiceShape]
    opposes: list[VoiceShape]
    premises: list[VoiceShape]
    asked: list[VoiceShape]
    heard: list[VoiceShape]
    fragility: FragilityShape
    without: list[NodeStub]
    before: Strengths | None


class WeighedShape(TypedDict):
    """The same in one field: agents read the fields of all tools before their first question."""

    weighing: WeighingShape


class StepShape(TypedDict):
    """A day that changed a node: its score as of that day, and the edges at it that came and went."""

    day: int
    score: ScoreShape
    came: list["SharedEdge"]
    went: list[EdgeShape]


class SharedEdge(EdgeShape):
    """An edge that came, and what it adds; null where it does not count."""

    share: ShareShape | None


class BeliefShape(TypedDict):
    """The days that changed how strong a node is, in order."""

    node: NodeStub
    days: list[StepShape]


class FlipShape(TypedDict):
    """A claim that changes sides or its label, or loses all that it rests on."""

    node: NodeStub
    change: Literal["falls", "rises"]
    loses_all: bool
    before: Strengths
    after: Strengths
    labels: list[Label]
    standings: list[Standing]


class WhatIfShape(TypedDict):
    """What becomes of claims if nodes fall: arguments that break, claims that fall and rise, and that only move."""

    fallen: list[NodeStub]
    broken: list[NodeStub]
    flips: list[FlipShape]
    weaker: list[NodeStub]
    stronger: list[NodeStub]


def stub(node: FoldedNode) -> NodeStub:
    """A node by name."""
    return {"id": node.id, "label": node.label, "kind": node.kind}


def score_shape(score: Score, node: FoldedNode) -> ScoreShape:
    """A score as every answer gives it; strengths to six digits, which all of them have in common."""
    return {
        "node": stub(node),
        "base": score.base,
        "assumed": score.assumed,
        "starts": _rounded(score.starts.items()),
        "strengths": _rounded(score.strengths.items()),
        "label": score.label,
        "disagree": score.disagree,
        "counts": {"supports": len(score.supports), "opposes": len(score.opposes), "asked": len(score.asked)},
    }


def _rounded(strengths: Iterable[tuple[str, float | None]]) -> Strengths:
    return {method: None if one is None else round(one, 6) for method, one in strengths}


def claim_shape(row: ClaimRow) -> ClaimShape:
    """A row of the list of claims."""
    return {
        **score_shape(row.score, row.node),
        "standing": row.standing,
        "falls_with": row.fall.size if row.fall else None,
    }


def weighing_shape(view: View, found: Weighing) -> WeighingShape:
    """A node weighed."""
    named = _stubs(view)
    fragility = found.fragility
    return {
        **score_shape(found.score, found.node),
        "standing": found.standing,
        "words": found.words,
        "supports": list(map(_voice, found.supports)),
        "opposes": list(map(_voice, found.opposes)),
        "premises": list(map(_voice, found.premises)),
        "asked": list(map(_voice, found.asked)),
        "heard": list(map(_voice, found.heard)),
        "fragility": {
            "fall": _fall(fragility.fall, named) if fragility.fall else None,
            "firm": _fall(fragility.firm, named) if fragility.firm else None,
            "back": {method: _fall(one, named) for method, one in fragility.back.items()},
        },
        "without": list(map(stub, found.without)),
        "before": _rounded(found.before.strengths.items()) if found.before else None,
    }


def _voice(voice: Voice) -> VoiceShape:
    return {
        "edge": edge_shape(voice.edge),
        "note": voice.edge.note,
        "node": stub(voice.node),
        "base": voice.score.base,
        "assumed": voice.score.assumed,
        "strengths": _rounded(voice.score.strengths.items()),
        "label": voice.score.label,
        "share": _share(voice.share) if voice.share else None,
        "cites": list(map(citation_shape, voice.cites)),
    }


def _share(share: Share) -> ShareShape:
    return {
        "shares": {name: round(one, 6) for name, one in share.shares.items()},
        "errors": {name: round(one, 6) for name, one in share.errors.items()},
        "without": {name: round(one, 6) for name, one in share.without.items()},
    }


def _fall(fall: Fall, named: Callable[[Iterable[str]], list[NodeStub]]) -> FallShape:
    return {"nodes": named(fall.leaves), "exact": fall.exact, "alone": named(fall.alone)}


def _stubs(view: View) -> Callable[[Iterable[str]], list[NodeStub]]:
    return lambda nodes: [stub(view.node(one)) for one in nodes]


def belief_shape(node: FoldedNode, steps: Iterable[BeliefStep]) -> BeliefShape:
    """The history of a node's score."""
    return {
        "node": stub(node),
        "days": [
            {
                "day": one.day,
                "score": score_shape(one.score, node),
                "came": [_shared(edge, one.shares.get(edge.key)) for edge in one.came],
                "went": list(map(edge_shape, one.went)),
            }
            for one in steps
        ],
    }


def _shared(edge: FoldedEdge, share: Share | None) -> SharedEdge:
    return {**edge_shape(edge), "share": _share(share) if share else None}


def what_if_shape(view: View, found: WhatIf) -> WhatIfShape:
    """What becomes of the claims of a view."""
    named = _stubs(view)
    return {
        "fallen": named(found.fallen),
        "broken": named(found.broken),
        "flips": [_flip(view, one) for one in found.flips],
        "weaker": named(found.weaker),
        "stronger": named(found.stronger),
    }


def _flip(view: View, flip: Flip) -> FlipShape:
    return {
        "node": stub(view.node(flip.node)),
        "change": "rises" if flip.rises else "falls",
        "loses_all": flip.loses_all,
        "before": _rounded(flip.before.strengths.items()),
        "after": _rounded(flip.after.strengths.items()),
        "labels": [flip.before.label, flip.after.label],
        "standings": list(flip.standings or ()),
    }
