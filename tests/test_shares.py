"""Shares of edges: published and calculated figures, and that they add up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.meaning.methods import METHODS, Method
from conceptmap.meaning.scores import scores_in
from conceptmap.meaning.shares import MOST_EXACT, Voices, shares_of
from test_scores import debate


def lesson(supports: int, opposes: int, base: float = 0.5) -> dict[tuple[str, str], float]:
    """The shares of edges at X, of which so many speak for it and against it, by method."""
    names = [f"S{number}" for number in range(supports)], [f"A{number}" for number in range(opposes)]
    bases = dict.fromkeys(["X", *names[0], *names[1]], base)
    found = scores_in(debate(bases, " ".join(f"{one}>X" for one in names[0]), " ".join(f"{one}>X" for one in names[1])))
    shares = shares_of(found["X"], found)
    return {(key.source, name): one for key, share in shares.items() for name, one in share.shares.items()}


def test_shares_of_five_for_and_one_against_are_as_calculated() -> None:
    found = lesson(5, 1)
    assert found["S0", "dfquad"] == pytest.approx(0.0969, abs=1e-4)
    assert found["A0", "dfquad"] == pytest.approx(-0.25, abs=1e-4)
    assert found["S0", "quadratic-energy"] == pytest.approx(0.0977, abs=1e-4)
    assert found["A0", "quadratic-energy"] == pytest.approx(-0.0885, abs=1e-4)


@given(st.integers(0, 5), st.integers(0, 5), st.floats(0, 1))
def test_shares_add_up_to_the_move_from_where_it_starts(supports: int, opposes: int, base: float) -> None:
    names = [f"S{number}" for number in range(supports)], [f"A{number}" for number in range(opposes)]
    bases = {"X": base, **{one: (index + 1) / 7 for index, one in enumerate((*names[0], *names[1]))}}
    scores = scores_in(
        debate(bases, " ".join(f"{one}>X" for one in names[0]), " ".join(f"{one}>X" for one in names[1]))
    )
    found = shares_of(scores["X"], scores)
    for name, strength in scores["X"].strengths.items():
        assert sum(one.shares[name] for one in found.values()) == pytest.approx((strength or 0) - base, abs=1e-9)
        assert all(one.errors[name] == 0 for one in found.values())


def test_beyond_that_shares_are_drawn_with_their_error_and_still_add_up() -> None:
    count = MOST_EXACT + 8
    found = lesson(count, 1)
    assert sum(one for (_, name), one in found.items() if name == "dfquad") == pytest.approx(0.25, abs=1e-6)
    alike = [one for (source, name), one in found.items() if name == "quadratic-energy" and source.startswith("S")]
    assert max(alike) - min(alike) < 0.02


def test_without_an_edge_a_node_is_as_strong_as_if_it_had_never_been_said() -> None:
    said = debate({"X": 0.5, "S": 0.5, "T": 0.9, "A": 0.4}, "S>X T>X", "A>X")
    scores = scores_in(said)
    found = {key.source: share for key, share in shares_of(scores["X"], scores).items()}
    for one in ("S", "T", "A"):
        assert found[one].without == pytest.approx(scores_in(said.without([one]))["X"].strengths)


def test_nothing_has_a_share_where_nothing_is_said() -> None:
    scores = scores_in(debate({"X": 0.5}))
    assert shares_of(scores["X"], scores) == {}


def test_what_speaks_for_an_argument_lifts_its_step_not_its_premises() -> None:
    said = debate(
        {"p": 0.5, "q": 0.2, "argument": 0.6, "backing": 0.5, "doubt": 0.5},
        supports="backing>argument",
        opposes="doubt>argument",
        premises="p>argument q>argument",
    )
    scores = scores_in(said)
    argument = scores["argument"]
    assert argument.starts["dfquad"] == pytest.approx(0.06)
    assert argument.strengths["dfquad"] == pytest.approx(0.06)
    shares = shares_of(argument, scores)
    assert [round(one.without["dfquad"], 3) for one in shares.values()] == [0.03, 0.08]
    assert sum(one.shares["dfquad"] for one in shares.values()) == pytest.approx(0, abs=1e-9)


@given(st.sampled_from(list(METHODS.values())), *[st.floats(0, 1)] * 4)
def test_one_voice_stands_for_two(method: Method, base: float, one: float, other: float, against: float) -> None:
    joined = method.joined(one, other)
    assert method.strength(base, [joined], [against]) == pytest.approx(method.strength(base, [one, other], [against]))
    assert method.strength(base, [against], [joined]) == pytest.approx(method.strength(base, [against], [one, other]))


@pytest.mark.parametrize("name", METHODS)
def test_of_many_voices_the_shares_cost_no_more_than_the_orders_that_are_drawn(name: str) -> None:
    counts = []
    for count in (300, 3000):
        called = [0]

        def counting(one: float, other: float, called: list[int] = called) -> float:
            called[0] += 1
            return METHODS[name].joined(one, other)

        voices = Voices(replace(METHODS[name], joined=counting), 0.5, 1.0, [0.01] * count, count)
        voices.drawn()
        voices.worths_without_one()
        counts.append(called[0])
    assert counts[1] < 2 * counts[0]
