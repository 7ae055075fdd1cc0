"""Claims weighed in words, what falls with a piece of evidence, and how strong a claim was from day to day."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.meaning import scores_of
from conceptmap.meaning.belief import belief_of
from conceptmap.meaning.debate import debate_behind
from conceptmap.meaning.scores import scores_in
from conceptmap.meaning.weighing import claims_of, weigh
from conceptmap.meaning.what_if import what_if
from graphs.view import View
from ontology.errors import WrongArguments
from ontology.model import Document, Node
from small_maps import VOCABULARY, document, edge, fold, node, put


def view_of(*documents: Document) -> View:
    return View(fold(*(put(number, one) for number, one in enumerate(documents, 1))), VOCABULARY)


def claims(*labels: str) -> list[Node]:
    return [node(one, "Claim") for one in labels]


def evidence(*labels: str, **said: Any) -> list[Node]:
    return [node(one, "Evidence", **said) for one in labels]


ROADS = view_of(
    document(1, *claims("Lanes fill"), *evidence("Cities"), edge("Cities", "supports", "Lanes fill")),
    document(
        2,
        *claims("Driver costs", "Charge works", "Charge"),
        *evidence("Loops", "Stockholm", "London"),
        node("Who costs pays", "Argument"),
        node("And the poor", "Question"),
        edge("Loops", "supports", "Driver costs"),
        edge("Stockholm", "supports", "Charge works"),
        edge("London", "supports", "Charge works"),
        edge("Driver costs", "premise of", "Who costs pays"),
        edge("Charge works", "premise of", "Who costs pays"),
        edge("Who costs pays", "supports", "Charge"),
        edge("And the poor", "opposes", "Charge"),
    ),
    document(
        3,
        *claims("Lanes help", "Trams"),
        *evidence("First year"),
        edge("First year", "supports", "Lanes help"),
        edge("Lanes fill", "opposes", "Lanes help"),
        edge("Lanes help", "opposes", "Lanes fill"),
    ),
)


def test_a_claim_is_told_in_words_before_any_number() -> None:
    assert weigh(ROADS, "charge").words == [
        "one for, none against; one is only asked and does not count",
        "it loses all its support if this falls: “Loops”",
    ]
    assert weigh(ROADS, "charge-works").words == [
        "two for, none against",
        "it loses all its support only if both fall",
    ]
    assert weigh(ROADS, "trams").words == ["nothing for or against it"]


def test_how_a_claim_stands_is_told_in_a_word() -> None:
    rows = claims_of(ROADS)
    assert {row.node.id: row.standing for row in rows.rows(rows.scores)} == {
        "lanes-fill": "contested",
        "lanes-help": "contested",
        "charge-works": "held up",
        "charge": "held up",
        "driver-costs": "held up",
    }
    assert weigh(ROADS, "trams").standing == "not discussed"


def test_why_methods_disagree_is_said_with_who_speaks() -> None:
    said = view_of(
        document(
            1,
            *claims("A"),
            *evidence("X", "Y", "Z"),
            *(edge(one, "supports", "A") for one in ("X", "Y")),
            edge("Z", "opposes", "A"),
        )
    )
    found = weigh(said, "a")
    assert found.words == [
        "two for, one against",
        "it loses all its support only if both fall",
        "it is back where it started, by DF-QuAD and quadratic energy, if any one of these falls: “X”, “Y”",
        "methods disagree: DF-QuAD and quadratic energy have it stronger than it starts, but by labels it is out:"
        " “Z” speaks against it, and nothing that stands answers that",
    ]


def test_what_is_out_already_is_no_leg_to_stand_on() -> None:
    said = view_of(
        document(
            1,
            *claims("A"),
            *evidence("X", "Y", "Z"),
            *(edge(one, "supports", "A") for one in ("X", "Y")),
            edge("Z", "opposes", "Y"),
        )
    )
    assert weigh(said, "a").words[-1] == "as “Y” is out already, it is enough that this falls: “X”"


def test_a_node_is_weighed_as_if_others_had_never_been_said() -> None:
    found = weigh(ROADS, "charge-works", ["london"])
    assert found.before is not None
    assert (len(found.supports), len(found.before.supports)) == (1, 2)
    assert found.score == scores_of(ROADS, ["london"])["charge-works"]
    assert weigh(ROADS, "who-costs-pays", ["driver-costs"]).words == ["it falls itself"]


def test_claims_are_listed_where_methods_disagree_first_and_bare_ones_apart() -> None:
    found = claims_of(ROADS)
    rows = found.rows(found.scores)
    assert [row.node.id for row in rows] == ["lanes-fill", "lanes-help", "charge-works", "charge", "driver-costs"]
    assert [row.fall and row.fall.size for row in rows] == [1, 1, 2, 1, 1]
    assert [score.node for score in found.bare] == ["trams"]


def test_what_falls_with_evidence_and_what_rises_is_told() -> None:
    found = what_if(ROADS, ["cities"])
    assert {(flip.node, flip.rises, flip.loses_all) for flip in found.flips} == {
        ("lanes-fill", False, True),
        ("lanes-help", True, False),
    }
    loops = what_if(ROADS, ["loops"])
    assert loops.broken == ("who-costs-pays",)
    assert [flip.node for flip in loops.flips] == ["charge", "driver-costs"]
    assert what_if(ROADS, ["london"]).flips == ()
    assert what_if(ROADS, ["london"]).weaker == ("charge", "charge-works")


def test_the_history_of_a_claim_has_the_days_that_changed_it() -> None:
    steps = belief_of(ROADS, "lanes-fill")
    assert [step.day for step in steps] == [1, 3]
    assert [[one.source for one in step.came] for step in steps] == [["cities"], ["lanes-help"]]
    assert steps[1].before == steps[0].score
    assert [step.day for step in belief_of(ROADS.up_to(2), "lanes-fill")] == [1]


NAMES = ["a", "b", "c", "d"]
EDGES = st.tuples(st.sampled_from(NAMES), st.sampled_from(["supports", "opposes"]), st.sampled_from(NAMES))
DAYS = st.lists(st.lists(EDGES.filter(lambda one: one[0] != one[2]), max_size=4), min_size=1, max_size=5)


@given(DAYS, st.data())
def test_history_equals_scoring_each_snapshot_by_itself(
    days: list[list[tuple[str, str, str]]], data: st.DataObject
) -> None:
    weights = st.sampled_from([None, "0.2", "0.9"])
    documents = [
        document(
            number,
            *(
                node(one, "Claim", data={"weight": worth} if (worth := data.draw(weights)) else {})
                for one in (NAMES if number == 1 else data.draw(st.lists(st.sampled_from(NAMES), unique=True)))
            ),
            *(edge(*one) for one in dict.fromkeys(said)),
        )
        for number, said in enumerate(days, 1)
    ]
    view = view_of(*documents)
    steps = {step.day: step.score for step in belief_of(view, "a")}
    before = None
    for day in view.days():
        score = scores_of(view.up_to(day))["a"]
        if day in steps:
            assert steps[day] == score
        elif before is not None:
            assert (score.strengths, score.label, score.base) == (before.strengths, before.label, before.base)
        before = score


def test_to_take_away_what_speaks_for_nothing_names_what_is_meant() -> None:
    said = view_of(
        document(
            1,
            *claims("A"),
            node("Deep Blue"),
            *evidence("Deep Blue won"),
            edge("Deep Blue won", "supports", "A"),
            edge("Deep Blue won", "about", "Deep Blue"),
        )
    )
    for work in (lambda: what_if(said, ["deep-blue"]), lambda: weigh(said, "a", ["deep-blue"])):
        with pytest.raises(WrongArguments, match=r"neither for nor against anything.*did you mean 'Deep Blue won'"):
            work()


def test_what_stood_on_the_fallen_alone_does_not_come_to_stand_by_itself() -> None:
    assert weigh(ROADS, "charge", ["loops"]).words[1] == "what supports it rests on nothing that stands"


@given(st.lists(EDGES.filter(lambda one: one[0] != one[2]), max_size=10))
def test_a_node_is_as_strong_in_the_debate_behind_it_as_in_all(said: list[tuple[str, str, str]]) -> None:
    view = view_of(document(1, *claims(*NAMES), *(edge(*one) for one in dict.fromkeys(said))))
    scores = scores_of(view)
    assert {one: scores_in(debate_behind(view, [one]))[one] for one in NAMES} == scores
