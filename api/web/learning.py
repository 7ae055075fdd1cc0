"""Learning on the page: what can be learned next, plans, and what a learner has learned of a node that is shown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

from api.web.form_input import Form
from conceptmap.learning import Frontier, Plan, StudyDay, is_to_learn
from conceptmap.map import CourseMap
from conceptmap.values import FoldedNode, Mark, View
from ontology.errors import UnknownNode

MOST_LISTED = 20
"""Nodes that can be learned next and are listed: nobody learns more of them before looking again."""
MOST_RINGED = 500
"""Nodes that a drawing marks as the next: a larger map is drawn as dots, which bear no marks."""
MOST_NAMED = 3
"""Nodes that are named in a sentence before the others are counted."""
MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class LearningPage:
    """What can be learned next, the plan that was asked for, and what is learned, the newest mark first.

    `opens` has for each node that can be learned next names of what can be learned right after it. `days` are those of
    the plan, or one with all of it; `wrong` says what is wrong with what was asked, by its field.
    """

    frontier: Frontier
    opens: Mapping[str, tuple[str, ...]]
    learned: tuple[FoldedNode, ...]
    gone: int
    plan: Plan | None
    days: tuple[StudyDay, ...]
    wrong: dict[str, str]


@dataclass(frozen=True, slots=True)
class LearnerCard:
    """What a learner has learned and can learn next, as ids; and how the node stands that is shown.

    `lacks` is what is to be learned before it, in order.
    """

    learned: tuple[str, ...]
    next: tuple[str, ...]
    node: FoldedNode | None = None
    is_learned: bool = False
    lacks: tuple[FoldedNode, ...] = ()


def may_learn(view: View, node: FoldedNode) -> bool:
    """Whether a node is shown with what marks it as learned."""
    return view.has_node(node.id) and is_to_learn(view, node.id)


def learning_page(course: CourseMap, given: Form, marks: Iterable[Mark] = ()) -> LearningPage:
    """The page for one who has these marks; it begins where there are none."""
    found = course.learned(marks)
    view, wrong = course.view(), {}
    per_day, plan = _minutes(given["per_day"]), None
    if given["per_day"] and per_day is None:
        wrong["per_day"] = f"a number of minutes from 1 to {MOST_MINUTES}"
    if given["for"]:
        try:
            plan = course.plan(given["for"], found.nodes, per_day)
        except UnknownNode as error:
            wrong["for"] = str(error)
    days = plan.days or ((StudyDay(plan.steps, plan.minutes),) if plan.steps else ()) if plan else ()
    newest = sorted(found.nodes.items(), key=lambda one: one[1].time, reverse=True)
    frontier = course.next_to_learn(found.nodes, MOST_LISTED)
    return LearningPage(
        frontier,
        {one.step.node.id: tuple(view.node(id_).label for id_ in one.at_once[:MOST_NAMED]) for one in frontier.nodes},
        tuple(view.node(node) for node, _ in newest),
        len(found.gone),
        plan,
        days,
        wrong,
    )


def learner_card(course: CourseMap, marks: Iterable[Mark], focus: str) -> LearnerCard:
    """What a learner's marks say of the map, and of the node that is shown, if one is that can be learned."""
    learned = course.learned(marks).nodes
    ready = tuple(one.step.node.id for one in course.next_to_learn(learned, MOST_RINGED).nodes)
    node = course.node(focus) if focus else None
    if node is None or not may_learn(course.view(), node):
        return LearnerCard(tuple(learned), ready)
    steps = course.plan(node.id, learned).steps
    lacks = tuple(step.node for step in steps if step.node.id != node.id)
    return LearnerCard(tuple(learned), ready, node, node.id in learned, lacks)


def changed_marks(course: CourseMap, form: Form, marks: Collection[Mark]) -> tuple[list[str], list[str]]:
    """The ids to mark, and those under which the marks to take away are kept, as a form has them.

    Raises `UnknownNode`.
    """
    learned = course.learned(marks).nodes
    wanted = dict.fromkeys(course.node(name).id for name in form.all("learn"))
    kept = [one for name in form.all("unlearn") for one in course.marked_as(name, marks)]
    return [one for one in wanted if one not in learned], list(dict.fromkeys(kept))


def said_of(added: int, taken: int) -> str:
    """What became of a form with marks, in words."""
    words = [f"{added} marked as learned"] * bool(added) + [f"{taken} no longer marked"] * bool(taken)
    return ", ".join(words) or "No mark was changed"


def _minutes(text: str) -> float | None:
    try:
        minutes = float(text)
    except ValueError:
        return None
    return minutes if isfinite(minutes) and 1 <= minutes <= MOST_MINUTES else None
