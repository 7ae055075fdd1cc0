"""The smallest set of evidence whose fall takes all support of a claim away."""

from itertools import chain, combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.meaning import fall_sizes
from conceptmap.meaning.fragility import MOST_LEAVES, Fall, Ground, fall_of, legs_of


def stands(ground: Ground, node: str, fallen: frozenset[str]) -> bool:
    """Whether a node stands, from the meaning of the words alone: what stands grows from the leaves until it stays."""
    names = {node, *ground.supporters, *ground.premises}
    names |= set(chain.from_iterable((*ground.supporters.values(), *ground.premises.values())))
    leaves = {one for one in names - {node} if one in ground.standing or not ground.below(one)}
    up = leaves - fallen
    while True:
        more = {
            one
            for one in names - leaves - up
            if (ground.premises.get(one) and all(below in up for below in ground.premises[one]))
            or (not ground.premises.get(one) and any(below in up for below in ground.supporters.get(one, ())))
        }
        if not more:
            return node in up
        up |= more


def by_trying(ground: Ground, node: str) -> int | None:
    """The size of the smallest set, by trying all sets."""
    if not stands(ground, node, frozenset()):
        return None
    leaves = sorted(ground.cone(node).leaves)
    return next(
        size
        for size in range(len(leaves) + 1)
        if any(not stands(ground, node, frozenset(some)) for some in combinations(leaves, size))
    )


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    """Up to ten leaves, and claims and arguments that stand on each other in any way, circles too."""
    leaves = [f"e{number}" for number in range(draw(st.integers(1, 10)))]
    inner = [f"n{number}" for number in range(draw(st.integers(1, 7)))]
    joint = draw(st.sets(st.sampled_from(inner)))
    below = {one: draw(st.lists(st.sampled_from([*leaves, *inner]), max_size=4)) for one in inner}
    return Ground(
        {one: some for one, some in below.items() if one not in joint},
        {one: some for one, some in below.items() if one in joint},
        draw(st.sets(st.sampled_from(leaves + inner[1:]), max_size=2)),
    )


@given(grounds())
def test_fragility_equals_what_trying_all_sets_finds(ground: Ground) -> None:
    found = fall_of(ground, "n0")
    assert (found and found.size) == by_trying(ground, "n0")
    if found is not None:
        assert found.exact
        assert not stands(ground, "n0", frozenset(found.leaves))
        each = {one for one in ground.cone("n0").leaves if not stands(ground, "n0", frozenset((one,)))}
        assert set(found.alone) == each


def test_all_evidence_must_fall_where_each_counts_alone() -> None:
    ground = Ground({"claim": ["a", "b", "inner"], "inner": ["b", "c"]}, {})
    assert fall_of(ground, "claim") == Fall(("a", "b", "c"))


def test_one_premise_is_enough_where_they_count_only_together() -> None:
    ground = Ground({"claim": ["argument"]}, {"argument": ["a", "b"]})
    assert fall_of(ground, "claim") == Fall(("a",), alone=("a", "b"))


def test_what_nothing_supports_cannot_lose_its_support() -> None:
    assert fall_of(Ground({}, {}), "claim") is None
    assert fall_of(Ground({"claim": ["other"], "other": ["claim"]}, {}), "claim") is None


def test_evidence_stands_by_itself_whatever_supports_it() -> None:
    ground = Ground({"claim": ["evidence"], "evidence": ["source"]}, {}, frozenset({"evidence"}))
    assert fall_of(ground, "claim") == Fall(("evidence",), alone=("evidence",))


def test_of_more_leaves_than_can_be_tried_a_set_that_is_enough_is_told_as_at_most() -> None:
    names = [f"e{number:02}" for number in range(MOST_LEAVES + 5)]
    pairs = {f"argument {one} {other}": [one, other] for one, other in combinations(names, 2)}
    found = fall_of(Ground({"claim": list(pairs)}, pairs), "claim")
    assert found is not None
    assert not found.exact
    assert found.size == len(names) - 1


@pytest.mark.parametrize("count", [MOST_LEAVES // 2, 100])
def test_it_is_exact_beyond_that_where_no_two_ways_share_a_leaf(count: int) -> None:
    pairs = {f"argument {number}": [f"a{number}", f"b{number}"] for number in range(count)}
    found = fall_of(Ground({"claim": list(pairs)}, pairs), "claim")
    assert found is not None
    assert found.exact
    assert found.size == count


def test_pairs_of_as_many_leaves_as_are_tried_are_solved_exactly() -> None:
    names = [f"e{number:02}" for number in range(MOST_LEAVES)]
    joined = {f"argument {one} {other}": [one, other] for one, other in combinations(names, 2)}
    found = fall_of(Ground({"claim": list(joined)}, joined), "claim")
    assert found is not None
    assert found.size == len(names) - 1


@given(grounds())
def test_what_rests_on_one_leaf_is_found_for_all_at_once(ground: Ground) -> None:
    names = {*ground.supporters, *ground.premises}
    nodes = sorted(names | set(chain.from_iterable((*ground.supporters.values(), *ground.premises.values()))))
    legs = legs_of(ground, nodes)
    for node in names - ground.standing:
        fall = fall_of(ground, node)
        assert legs.get(node) == (fall.leaves[0] if fall and fall.size == 1 else None)


@given(grounds(), st.sampled_from([1, 3, fall_sizes.MOST_BITS]))
def test_how_much_must_fall_is_found_for_all_at_once(ground: Ground, bits: int) -> None:
    nodes = [f"n{number}" for number in range(7)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fall_sizes, "MOST_BITS", bits)
        found = fall_sizes.fall_sizes(ground, nodes)
    for node in nodes:
        fall, size = fall_of(ground, node), found[node]
        assert (fall and (fall.size, fall.exact, len(fall.alone))) == (size and (size.size, size.exact, size.alone))


def test_a_chain_of_ten_thousand_claims_rests_on_its_end() -> None:
    ground = Ground({f"n{number}": [f"n{number + 1}"] for number in range(10_000)}, {})
    assert set(legs_of(ground, [f"n{number}" for number in range(10_001)]).values()) == {"n10000"}


@pytest.mark.parametrize(("arguments", "premises"), [(200, 3), (400, 4)])
def test_arguments_that_share_their_premises_in_every_way_are_searched_within_bounds(
    arguments: int, premises: int
) -> None:
    lot = Random(1)
    joins = {f"a{number}": [f"e{one}" for one in lot.sample(range(24), premises)] for number in range(arguments)}
    ground = Ground({"n0": list(joins)}, joins)
    found = fall_of(ground, "n0")
    assert found is not None
    assert not found.exact
    assert not stands(ground, "n0", frozenset(found.leaves))


def test_arguments_of_many_leaves_each_with_its_own_are_searched_within_bounds() -> None:
    joins = {f"a{number}": [f"e{number}", f"f{number}"] for number in range(1500)}
    ground = Ground({"n0": list(joins)}, joins)
    found = fall_of(ground, "n0")
    assert found is not None
    assert not stands(ground, "n0", frozenset(found.leaves))
