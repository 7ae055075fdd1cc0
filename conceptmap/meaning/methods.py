"""Methods that say in a number how strong a node is by what speaks for and against it.

Each is a function of what a node is worth by itself and of the strengths of what speaks for and against it, and is used
on every node after those that it depends on. Nodes that depend on each other in a circle are moved step by step from
what they are worth by themselves to where nothing moves any more (Potyka, "Continuous dynamical systems for weighted
bipolar argumentation", KR 2018).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, prod
from operator import add

from conceptmap.meaning.debate import Debate
from graphs.bounds import check_deadline

Strengths = Mapping[str, float | None]
"""By node: a strength from 0 to 1; None where it is in, or depends on, a circle that comes to no rest."""

STEP = 0.1
"""How much of the way to where it should be a node of a circle moves at once. Small enough to stay near the path."""

AT_REST = 1e-6
"""A circle is at rest where no node is further than this from where it should be: below what is ever shown."""

MOST_STEPS = 10_000
"""What is not at rest by then turns for good: what settles needs a few hundred."""


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name, what it is called, who published it, and its function (base, for, against) -> strength.

    `joined` is how strong a voice is that stands for two: the function gives the same for it as for the two.
    """

    name: str
    title: str
    source: str
    strength: Callable[[float, Sequence[float], Sequence[float]], float]
    joined: Callable[[float, float], float]


def _either(one: float, other: float) -> float:
    """How strong two voices are together, as `_joined` has it."""
    return one + other - one * other


def _joined(strengths: Sequence[float]) -> float:
    """How strong voices are together, if each leaves so much of the doubt that the others leave."""
    return 1 - prod([1 - one for one in sorted(strengths)])


def dfquad(base: float, supports: Sequence[float], opposes: Sequence[float]) -> float:
    """Rago, Toni, Aurisicchio and Baroni 2016: the stronger side moves the base by what it is stronger.

    >>> dfquad(0.5, [0.5], []), dfquad(0.5, [], [0.5]), dfquad(0.5, [0.5], [0.5])
    (0.75, 0.25, 0.5)
    """
    gain = _joined(supports) - _joined(opposes)
    return base + (1 - base) * gain if gain >= 0 else base + base * gain


def quadratic_energy(base: float, supports: Sequence[float], opposes: Sequence[float]) -> float:
    """Potyka 2018: what speaks for a node, less what speaks against it, moves the base the more slowly the further.

    >>> quadratic_energy(0.5, [0.5, 0.5], []), quadratic_energy(0.5, [], [1.0])
    (0.75, 0.25)
    """
    energy = fsum(supports) - fsum(opposes)
    moved = energy * energy / (1 + energy * energy)
    return base + (1 - base) * moved if energy >= 0 else base - base * moved


METHODS: Mapping[str, Method] = {
    one.name: one
    for one in (
        Method("dfquad", "DF-QuAD", "Rago, Toni, Aurisicchio and Baroni, KR 2016", dfquad, _either),
        Method("quadratic-energy", "quadratic energy", "Potyka, KR 2018", quadratic_energy, add),
    )
}
"""The methods by name, in the order in which they are shown. Their numbers are never averaged: each means its own."""


def strengths_of(debate: Debate, method: Method) -> dict[str, float | None]:
    """How strong every node of a debate is by a method."""
    found: dict[str, float | None] = {}
    for nodes, turns in debate.components:
        check_deadline()
        if turns:
            found.update(_settled(debate, method, nodes, found))
        else:
            found[nodes[0]] = strength(debate, method, nodes[0], found)
    return found


def start_of(debate: Debate, node: str, strengths: Strengths) -> float | None:
    """How strong a node is before anything is said for or against it; None where that is undecided.

    It is its base; of an Argument, that times the strengths of its premises, which count only together.
    """
    premises = _known(debate.premises_of(node), strengths)
    return None if premises is None else debate.bases[node].value * prod(sorted(premises))


def strength(debate: Debate, method: Method, node: str, strengths: Strengths) -> float | None:
    """How strong a node is, given the strengths of those that it depends on; None where one has none.

    What speaks for or against an Argument bears on its step alone: it is never stronger than its premises.
    """
    premises = _known(debate.premises_of(node), strengths)
    supports = _known(debate.for_(node), strengths)
    opposes = _known(debate.against(node), strengths)
    if premises is None or supports is None or opposes is None:
        return None
    return prod(sorted(premises)) * method.strength(debate.bases[node].value, supports, opposes)


def _known(nodes: Collection[str], strengths: Strengths) -> list[float] | None:
    """The strengths of nodes; None where one has none."""
    known = [one for node in nodes if (one := strengths[node]) is not None]
    return known if len(known) == len(nodes) else None


def _settled(debate: Debate, method: Method, nodes: Sequence[str], before: Strengths) -> dict[str, float | None]:
    """The strengths of nodes that depend on each other in a circle; None for all where they come to no rest."""
    behind = sorted({one for node in nodes for one in debate.heard_by(node)} - set(nodes))
    known = _known(behind, before)
    if known is None:
        return dict.fromkeys(nodes)
    place = {node: index for index, node in enumerate([*nodes, *behind])}
    rows = [
        tuple(
            [place[one] for one in ties] for ties in (debate.premises_of(node), debate.for_(node), debate.against(node))
        )
        for node in nodes
    ]
    bases, move = [debate.bases[node].value for node in nodes], method.strength
    now = [*bases, *known]
    for _ in range(MOST_STEPS):
        check_deadline()
        wanted = [
            prod(sorted(now[one] for one in premises))
            * move(base, [now[one] for one in supports], [now[one] for one in opposes])
            for base, (premises, supports, opposes) in zip(bases, rows, strict=True)
        ]
        if max(abs(one - is_now) for one, is_now in zip(wanted, now, strict=False)) < AT_REST:
            return dict(zip(nodes, wanted, strict=True))
        now[: len(nodes)] = [is_now + STEP * (one - is_now) for one, is_now in zip(wanted, now, strict=False)]
    return dict.fromkeys(nodes)
