"""What scores do whatever is said: properties, and the definitions tried by brute force."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.meaning.debate import Debate
from conceptmap.meaning.grounded import labels_of
from conceptmap.meaning.methods import METHODS, Method, dfquad, quadratic_energy, strengths_of
from test_scores import debate

Move = Callable[[float, Sequence[float], Sequence[float]], float]
Edges = dict[tuple[str, str], int]

UNIT = st.floats(0, 1, allow_nan=False)
MANY = st.lists(UNIT, max_size=6)
moves = pytest.mark.parametrize("move", [dfquad, quadratic_energy])
methods = pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))


def made(bases: Mapping[str, float], edges: Edges) -> Debate:
    """A debate of edges with 1 (for), -1 (against) or 0 (premise)."""
    said = {
        sign: " ".join(f"{one}>{other}" for (one, other), its in edges.items() if its == sign) for sign in (1, -1, 0)
    }
    return debate(dict(bases), said[1], said[-1], said[0])


@st.composite
def debates(draw: st.DrawFn, *, circles: bool = True, signs: tuple[int, ...] = (1, -1, 0)) -> Debate:
    """Small debates, with circles or where each node depends on earlier ones alone."""
    nodes = "abcdefg"[: draw(st.integers(2, 7))]
    pairs = [(one, other) for one, other in product(nodes, nodes) if one != other and (circles or one < other)]
    edges = draw(st.dictionaries(st.sampled_from(pairs), st.sampled_from(signs), max_size=10))
    # In maps only Arguments have premises, and nothing that follows from an Argument is a premise of it.
    edges = {ends: sign for ends, sign in edges.items() if sign or ends[0] < ends[1]}
    return made({node: draw(st.sampled_from((0.0, 0.2, 0.5, 0.9, 1.0))) for node in nodes}, edges)


@moves
@given(base=UNIT, supports=MANY, opposes=MANY)
def test_a_strength_is_from_0_to_1_on_whatever_side(
    move: Move, base: float, supports: list[float], opposes: list[float]
) -> None:
    assert -1e-12 <= move(base, supports, opposes) <= 1 + 1e-12


@moves
@given(base=UNIT)
def test_what_nothing_is_said_of_is_worth_its_base(move: Move, base: float) -> None:
    assert move(base, [], []) == base
    assert move(base, [0.0], [0.0]) == pytest.approx(base)


@moves
@given(base=UNIT, supports=MANY, opposes=MANY, more=UNIT)
def test_one_more_that_supports_never_weakens_and_one_that_opposes_never_strengthens(
    move: Move, base: float, supports: list[float], opposes: list[float], more: float
) -> None:
    before = move(base, supports, opposes)
    assert move(base, [*supports, more], opposes) >= before - 1e-12
    assert move(base, supports, [*opposes, more]) <= before + 1e-12


@moves
@given(base=UNIT, supports=MANY, opposes=MANY)
def test_for_and_against_are_mirror_images(
    move: Move, base: float, supports: list[float], opposes: list[float]
) -> None:
    assert move(1 - base, opposes, supports) == pytest.approx(1 - move(base, supports, opposes), abs=1e-9)


@methods
@given(said=debates(), data=st.data())
def test_neither_names_nor_the_order_of_what_is_said_matter(method: Method, said: Debate, data: st.DataObject) -> None:
    nodes = list(said.bases)
    renamed = dict(zip(nodes, data.draw(st.permutations(nodes)), strict=True))
    edges = [
        (renamed[one], renamed[node], sign)
        for sign, ties in ((1, said.supports), (-1, said.opposes), (0, said.premises))
        for node, speakers in ties.items()
        for one in speakers
    ]
    mixed = data.draw(st.permutations(edges))
    other = made(
        {renamed[node]: base.value for node, base in said.bases.items()},
        {(one, node): sign for one, node, sign in mixed},
    )
    ours, theirs = strengths_of(said, method), strengths_of(other, method)
    assert {renamed[node]: value for node, value in ours.items()} == pytest.approx(theirs, abs=1e-6)


@methods
@given(said=debates(circles=False))
def test_strengths_are_those_of_the_definition_where_nothing_turns(method: Method, said: Debate) -> None:
    found = strengths_of(said, method)

    def by_definition(node: str) -> float:
        supports, opposes, premises = (
            [by_definition(one) for one in ties]
            for ties in (said.for_(node), said.against(node), said.premises_of(node))
        )
        return prod(premises) * method.strength(said.bases[node].value, supports, opposes)

    assert found == pytest.approx({node: by_definition(node) for node in said.bases}, abs=1e-9)


@methods
@given(said=debates(circles=False))
def test_an_argument_is_never_stronger_than_its_premises(method: Method, said: Debate) -> None:
    found = strengths_of(said, method)
    for node, premises in said.premises.items():
        weakest = min(found[one] or 0.0 for one in premises)
        assert (found[node] or 0.0) <= weakest + 1e-9


@given(said=debates())
def test_grounded_labels_are_the_least_of_all_that_fit_the_definition(said: Debate) -> None:
    """The labelling whose `in` and `out` every complete labelling has (Caminada 2006), found by trying all."""
    nodes = list(said.bases)

    def fits(labels: Mapping[str, str]) -> bool:
        for node in nodes:
            against = [labels[one] for one in said.against(node)]
            premises = [labels[one] for one in said.premises_of(node)]
            is_out = "in" in against or "out" in premises
            is_in = set(against) <= {"out"} and set(premises) <= {"in"}
            if labels[node] != ("out" if is_out else "in" if is_in else "undecided"):
                return False
        return True

    tried = (dict(zip(nodes, one, strict=True)) for one in product(("in", "out", "undecided"), repeat=len(nodes)))
    complete = [labels for labels in tried if fits(labels)]
    least = {node: complete[0][node] if len({one[node] for one in complete}) == 1 else "undecided" for node in nodes}
    assert labels_of(said) == least


@methods
def test_a_long_circle_comes_to_rest_or_has_no_number(method: Method) -> None:
    nodes = [f"n{number}" for number in range(300)]
    ring = {(one, other): -1 for one, other in zip(nodes, [*nodes[1:], nodes[0]], strict=True)}
    found = strengths_of(made(dict.fromkeys(nodes, 0.5), ring), method)
    values = set(found.values())
    assert values == {None} or max(abs(one - next(iter(found.values()))) for one in found.values()) < 1e-5  # type: ignore[operator]


def test_two_that_oppose_each_other_hold_each_other_down_alike() -> None:
    found = strengths_of(debate({"a": 0.5, "b": 0.5}, opposes="a>b b>a"), METHODS["dfquad"])
    assert found == pytest.approx({"a": 1 / 3, "b": 1 / 3}, abs=1e-5)
