"""What learners have learned, plans and what can be learned next, as JSON."""

from typing_extensions import TypedDict

from conceptmap.learning import Frontier, Learned, Plan, Step
from conceptmap.shapes.nodes import CitationShape, NodeStub, citation_shape
from graphs.learners import Mark
from graphs.view import FoldedNode, View, cite


class MarkShape(TypedDict):
    """That a node is learned: the id that it had when that was said, when (RFC 3339, UTC), and by whom."""

    marked: str
    time: str
    by: str


class LearnedNode(NodeStub, MarkShape):
    """A node that is learned."""


class LearnedShape(TypedDict):
    """All that a learner has learned of a map, oldest first.

    `later` are nodes that come on later days than the one that is looked at, `gone` those that the map no longer has.
    """

    map: str
    learner: str
    learned: list[LearnedNode]
    later: list[MarkShape]
    gone: list[MarkShape]


def learned_shape(view: View, map: str, learner: str, learned: Learned) -> LearnedShape:
    """What a learner has learned of a map."""
    return {
        "map": map,
        "learner": learner,
        "learned": [{**_stub(view.node(node)), **_mark_shape(mark)} for node, mark in learned.nodes.items()],
        "later": [_mark_shape(one) for one in learned.later],
        "gone": [_mark_shape(one) for one in learned.gone],
    }


class StepShape(NodeStub):
    """A node that is to be learned, the day that introduces it, and the line that says most of it.

    `minutes` is null where nothing says how long it takes, or what says it (`unread`) is no number. `needs` are the ids
    of those in the plan that it requires itself.
    """

    day: int | None
    minutes: float | None
    unread: str | None
    goals: list[str]
    needs: list[str]
    cite: CitationShape


class StudyDayShape(TypedDict):
    """What is to be learned on one day: ids in order, and their minutes together."""

    minutes: float
    nodes: list[str]


class PlanShape(TypedDict):
    """What is to be learned before a node and, last, the node; without a node all of the map that can be learned.

    `is_learned`: all of it is learned, so there is nothing to do; `learned` are ids of what of it is learned.
    `untimed` and `too_long` are ids of steps: without a time, and with a longer one than a day has. `circles` are nodes
    that require each other, so that none can be first.
    """

    node: NodeStub | None
    is_learned: bool
    steps: list[StepShape]
    minutes: float
    untimed: list[str]
    too_long: list[str]
    per_day: float | None
    days: list[StudyDayShape]
    learned: list[str]
    circles: list[list[str]]


def plan_shape(plan: Plan) -> PlanShape:
    """A plan."""
    return {
        "node": _stub(plan.target) if plan.target else None,
        "is_learned": plan.is_learned,
        "steps": list(map(_step_shape, plan.steps)),
        "minutes": _plain(plan.minutes),
        "untimed": [step.node.id for step in plan.untimed],
        "too_long": [step.node.id for step in plan.too_long],
        "per_day": None if plan.per_day is None else _plain(plan.per_day),
        "days": [{"minutes": _plain(day.minutes), "nodes": [one.node.id for one in day.steps]} for day in plan.days],
        "learned": [node.id for node in plan.learned],
        "circles": [[node.id for node in circle] for circle in plan.circles],
    }


class NextShape(StepShape):
    """A node that can be learned now.

    `unlocks` are ids of what is not learned and requires it; `at_once` are those of them that lack nothing else.
    """

    unlocks: list[str]
    at_once: list[str]


class FrontierShape(TypedDict):
    """What can be learned now, first what the course has first.

    `open` counts all that can be, `waiting` what requires something that is not learned.
    """

    nodes: list[NextShape]
    open: int
    waiting: int


def frontier_shape(found: Frontier) -> FrontierShape:
    """What can be learned now."""
    nodes: list[NextShape] = [
        {**_step_shape(one.step), "unlocks": list(one.unlocks), "at_once": list(one.at_once)} for one in found.nodes
    ]
    return {"nodes": nodes, "open": found.open, "waiting": found.waiting}


def _step_shape(step: Step) -> StepShape:
    return {
        **_stub(step.node),
        "day": step.introduced,
        "minutes": None if step.minutes is None else _plain(step.minutes),
        "unread": step.unread,
        "goals": list(step.goals),
        "needs": list(step.needs),
        "cite": citation_shape(cite(step.node.sayings[0])),
    }


def _stub(node: FoldedNode) -> NodeStub:
    return {"id": node.id, "label": node.label, "kind": node.kind}


def _mark_shape(mark: Mark) -> MarkShape:
    return {"marked": mark.node, "time": mark.time, "by": mark.by}


def _plain(minutes: float) -> float:
    """Whole minutes without a point."""
    return int(minutes) if minutes == int(minutes) else round(minutes, 3)
