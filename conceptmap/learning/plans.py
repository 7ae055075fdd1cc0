"""Plans: what is to be learned before a node, in which order and on which days; and what can be learned next.

What a node requires is all that the relation `requires` reaches from it. A plan for it is that, and the node itself,
without what is learned. All that is required can never be put off for something else, so no plan is shorter.
"""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import islice
from math import inf

from graphs.view import FoldedNode, View
from graphs.walks import reach
from ontology.errors import WrongArguments
from ontology.study_fields import MINUTES, goals_in, minutes_in
from ontology.terms import HUBS, QUESTION, REQUIRES

Place = tuple[int, str, int, str]
"""Where a node stands in the course: the day in the order of days, the note, the line, and its id."""


@dataclass(frozen=True, slots=True)
class Step:
    """A node that is to be learned; `needs` are those of the plan that it directly requires.

    `minutes` is None where nothing says how long it takes, or `unread` is what says it and is no number.
    """

    node: FoldedNode
    introduced: int | None
    minutes: float | None
    unread: str | None
    goals: tuple[str, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What is to be learned on one day, and how long it takes as far as that is known."""

    steps: tuple[Step, ...]
    minutes: float


@dataclass(frozen=True)
class Plan:
    """What is to be learned before a node and, last, the node itself; nothing where it is learned.

    Without a target it is all of the map that can be learned. `learned`: what of it is learned already; `circles`:
    nodes that require each other, so that none can be first.
    """

    target: FoldedNode | None
    steps: tuple[Step, ...]
    learned: tuple[FoldedNode, ...]
    circles: tuple[tuple[FoldedNode, ...], ...]
    is_learned: bool
    per_day: float | None = None

    @property
    def minutes(self) -> float:
        """How long it takes, without the steps of which nothing says so."""
        return sum(step.minutes for step in self.steps if step.minutes is not None)

    @property
    def untimed(self) -> tuple[Step, ...]:
        """The steps of which nothing says how long they take."""
        return tuple(step for step in self.steps if step.minutes is None)

    @property
    def too_long(self) -> tuple[Step, ...]:
        """The steps that take longer than a day has minutes."""
        if self.per_day is None:
            return ()
        return tuple(step for step in self.steps if step.minutes is not None and step.minutes > self.per_day)

    @cached_property
    def days(self) -> tuple[StudyDay, ...]:
        """The steps by days, in their order: a new day begins where one step more would take too long.

        One that is longer than a day has a day of its own. Without minutes for a day there are none.
        """
        if self.per_day is None:
            return ()
        days: list[list[Step]] = []
        used = 0.0
        for step in self.steps:
            takes = step.minutes or 0.0
            if not days or (takes and used and used + takes > self.per_day):
                days.append([])
                used = 0.0
            days[-1].append(step)
            used += takes
        return tuple(StudyDay(tuple(one), sum(step.minutes or 0.0 for step in one)) for one in days)


@dataclass(frozen=True, slots=True)
class NextNode:
    """A node that can be learned now, those not learned that require it, and which of them can be learned after it."""

    step: Step
    unlocks: tuple[str, ...]
    at_once: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """The first of the nodes that can be learned now, in the order of the course.

    `open` counts all of them, `waiting` those that require what is not learned.
    """

    nodes: tuple[NextNode, ...]
    open: int
    waiting: int


def plan_of(view: View, target: str | None = None, learned: Collection[str] = (), per_day: float | None = None) -> Plan:
    """The plan for a node, else for the whole map. Raises `UnknownNode`, or `WrongArguments` for no minutes."""
    if per_day is not None and not (0 < per_day < inf):
        raise WrongArguments(f"{per_day} is no number of minutes for a day; write one such as 30")
    done = {view.leads_to(one) for one in learned}
    if target is None:
        node, closure = None, list(_to_learn(view))
    else:
        node = view.node(target)
        closure = [node.id, *reach(view, node.id, REQUIRES)] if node.id not in done else [node.id]
    wanted = {one for one in closure if one not in done}
    needs = {one: tuple(other for other in _required_by(view, one) if other in wanted) for one in wanted}
    order = _Order(view)
    circles: list[tuple[str, ...]] = []
    steps = [_step(view, one, needs[one]) for one in _sorted(needs, order, circles)]
    return Plan(
        node,
        tuple(steps),
        tuple(view.node(one) for one in sorted(done.intersection(closure), key=order.place)),
        tuple(tuple(map(view.node, circle)) for circle in circles),
        is_learned=not steps,
        per_day=per_day,
    )


def next_in(view: View, learned: Collection[str] = (), limit: int | None = None) -> Frontier:
    """What can be learned now: what is not learned, and all that it requires is. First what the course has first.

    Nodes that require each other wait for each other: a plan for one of them says so.
    """
    done = {view.leads_to(one) for one in learned}
    left = {one for one in _to_learn(view) if one not in done}
    waiting = _waiting(view, _required_somewhere(view) - done)
    ready = sorted(left - waiting, key=_Order(view).place)
    nodes = (
        NextNode(_step(view, one), _unlocked_by(view, one, done), _at_once(view, one, done))
        for one in islice(ready, limit)
    )
    return Frontier(tuple(nodes), len(ready), len(left & waiting))


def _to_learn(view: View) -> Iterator[str]:
    """The nodes that somebody learns: of kinds that require and are required, and whatever else is required.

    Days, units and sources are none by themselves, nor are questions.
    """
    kinds, required = _kinds_to_learn(view), _required_somewhere(view)
    return (node for node in view.node_ids() if node in required or view.kind(node) in kinds)


def is_to_learn(view: View, node: str) -> bool:
    """Whether a node of the view is one that somebody learns, so that it can be marked where nodes are shown."""
    return view.kind(node) in _kinds_to_learn(view) or any(
        map(view.sees, view.neighbours(REQUIRES, inverse=True)[node].values())
    )


def _kinds_to_learn(view: View) -> Set[str]:
    relation, kinds = view.vocabulary.relations[REQUIRES], view.vocabulary.kinds.keys()
    return ((relation.sources or kinds) & (relation.targets or kinds)) - HUBS - {QUESTION}


def _required_somewhere(view: View) -> Set[str]:
    """The nodes that some node requires."""
    table = view.all_neighbours(REQUIRES, inverse=True)
    return {node for node, days in table.items() if any(map(view.sees, days.values()))}


def _waiting(view: View, unlearned: Collection[str]) -> set[str]:
    """The nodes that require, by whatever steps, one that is not learned."""
    table = view.neighbours(REQUIRES, inverse=True)
    found: set[str] = set()
    frontier = list(unlearned)
    while frontier:
        for other, day in table[frontier.pop()].items():
            if view.sees(day) and other not in found:
                found.add(other)
                frontier.append(other)
    return found


def _unlocked_by(view: View, node: str, done: Set[str]) -> tuple[str, ...]:
    return tuple(one for one in reach(view, node, REQUIRES, inverse=True) if one not in done)


def _at_once(view: View, node: str, done: Set[str]) -> tuple[str, ...]:
    """What can be learned when this node is: those for which nothing else that they require is missing."""
    table = view.neighbours(REQUIRES, inverse=True)
    seen, frontier, found = {node}, [node], []
    for one in frontier:
        for other in (each for each, day in table[one].items() if view.sees(day) and each not in seen):
            seen.add(other)
            if other in done:
                frontier.append(other)
            elif _lacks_only(view, other, node, done):
                found.append(other)
    return tuple(found)


def _lacks_only(view: View, node: str, lacking: str, done: Set[str]) -> bool:
    """Whether a node requires but one that is not learned."""
    seen, frontier = {node}, [node]
    for one in frontier:
        for other in _required_by(view, one):
            if other not in done and other != lacking:
                return False
            if other not in seen:
                seen.add(other)
                frontier.append(other)
    return True


def _required_by(view: View, node: str) -> Iterator[str]:
    """What a node itself requires."""
    return (other for other, day in view.neighbours(REQUIRES)[node].items() if view.sees(day))


def _step(view: View, node: str, needs: Sequence[str] = ()) -> Step:
    found = view.node(node)
    said = found.data.get(MINUTES)
    minutes = minutes_in(said)
    unread = None if said is None or minutes is not None else str(said)
    return Step(found, view.introduced_on(node), minutes, unread, goals_in(found.data), tuple(needs))


class _Order:
    """The order of the course: of two nodes that could come first, the one that it has first does."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._ranks = {day: rank for rank, day in enumerate(view.days_in_order())}

    def place(self, node: str) -> Place:
        """Where a node stands: on its first day, where it is defined, else mentioned."""
        first = self._view.node(node).sayings[0]
        day = self._view.introduced_on(node)
        lines = first.item.origin.lines
        rank = self._ranks.get(day, day) if day is not None else -1
        return rank, first.part, lines[0] if lines else 0, node


def _sorted(needs: dict[str, tuple[str, ...]], order: _Order, circles: list[tuple[str, ...]]) -> Iterator[str]:
    """Nodes, each behind what it needs; of those that may come next the first of the course. Circles are noted."""
    left = {node: set(required) for node, required in needs.items()}
    unlocks: dict[str, list[str]] = {node: [] for node in needs}
    for node, required in needs.items():
        for one in required:
            unlocks[one].append(node)
    ready = [order.place(node) for node, required in left.items() if not required]
    heapify(ready)
    while left:
        if not ready:  # all that is left is in a circle, or behind one
            circle = _first_circle(left, order)
            circles.append(circle)
            for node in circle:
                left[node] -= set(circle)
            ready = [order.place(node) for node in circle if not left[node]]
        node = heappop(ready)[-1]
        del left[node]
        yield node
        for other in unlocks[node]:
            if other in left and node in left[other]:
                left[other].remove(node)
                if not left[other]:
                    heappush(ready, order.place(other))


def _first_circle(left: dict[str, set[str]], order: _Order) -> tuple[str, ...]:
    """Nodes that require each other and nothing else that is left, in the order of the course."""
    from networkx import DiGraph, strongly_connected_components  # noqa: PLC0415 (only own vocabularies have circles)

    graph: DiGraph[str] = DiGraph([(node, other) for node, required in left.items() for other in required])
    ends = [one for one in strongly_connected_components(graph) if all(left[node] <= one for node in one)]
    first = min((node for one in ends for node in one), key=order.place)
    return tuple(sorted(next(one for one in ends if first in one), key=order.place))
