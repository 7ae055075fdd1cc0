"""Questions that the map must answer: how they are listed, and how answers compare with those wanted."""

import pytest

from conceptmap.ask import Answer, Found
from conceptmap.competency import AskedQuestion, ask_all, judged
from conceptmap.notes import read_question_list
from graphs.view import View
from ontology.errors import InvalidQuestions
from ontology.model import CompetencyQuestion
from small_maps import document, edge, node, view


def listed(*lines: str) -> list[tuple[str, tuple[str, ...] | None, int | None]]:
    questions = read_question_list("questions.md", "\n".join(lines).encode())
    return [(one.ask, one.answers, one.line) for one in questions]


def problems_of(*lines: str) -> list[str]:
    with pytest.raises(InvalidQuestions) as raised:
        listed(*lines)
    return str(raised.value).split("\n")


def test_each_item_of_a_list_is_a_question_and_the_items_under_it_are_the_answers_wanted() -> None:
    lines = ["# Salt", "", "Why so?", "1. what is **salt**", "   part of?", "   - Sea", "   - [[Soup|soup]]", "2. why?"]
    assert listed(*lines[:2], *lines[3:]) == [("what is salt part of?", ("Sea", "soup"), 3), ("why?", None, 7)]


@pytest.mark.parametrize("word", ["nothing", "Nothing", "*nothing*"])
def test_nothing_as_the_only_answer_means_that_the_map_must_know_none(word: str) -> None:
    assert listed("- why?", f"  - {word}") == [("why?", (), 1)]
    assert listed("- why?", f"  - {word}", "  - Sea")[0][1] == (word.strip("*"), "Sea")


def test_front_matter_and_other_text_are_no_questions() -> None:
    said = ["---", "title: Salt", "---", "These matter.", "", "* why?", "", "  Since we sell it.", "", "| a |", "|---|"]
    assert listed(*said) == [("why?", None, 6)]


def test_what_may_be_meant_as_a_question_and_is_none_is_a_problem_with_its_place() -> None:
    assert problems_of("# Salt", "", "What is salt?", "", "- why?", "-") == [
        "questions.md:3:1: this question is no item of a list; begin its line with '- '",
        "questions.md:6:1: this item holds no question; write the question behind '- '",
    ]
    assert problems_of("nothing yet") == [
        "questions.md:1:1: the file lists no questions; begin each on a line of its own with '- '"
    ]


@pytest.fixture(scope="module")
def salt() -> View:
    nodes = (node("Salt", aliases=["Halite"]), node("Sea"), node("Soup"), node("Table salt"), node("Sea salt"))
    return view(document(3, *nodes, edge("Salt", "part of", "Sea"), edge("Salt", "part of", "Soup")))


def asked(view: View, ask: str, *answers: str) -> AskedQuestion:
    (found,) = ask_all(view, "questions.md", [CompetencyQuestion(ask=ask, answers=answers or None)])
    return found


def test_a_question_without_answers_wanted_is_answered_by_any(salt: View) -> None:
    assert asked(salt, "what is salt part of?").is_answered
    found = asked(salt, "what does salt require?")
    assert (found.outcome, found.why) == ("unanswered", "The map does not say what Salt requires.")


@pytest.mark.parametrize("wanted", [("Sea", "Soup"), ("soup", "SEA!")])
def test_answers_wanted_may_come_in_any_order_and_spelling(salt: View, wanted: tuple[str, ...]) -> None:
    assert asked(salt, "what is salt part of?", *wanted).is_answered


def test_an_answer_may_be_called_by_an_alias(salt: View) -> None:
    assert asked(salt, "what is part of the sea?", "halite").is_answered


def test_answers_that_lack_and_answers_that_nobody_wants_are_named(salt: View) -> None:
    found = asked(salt, "what is salt part of?", "Sea", "Lake")
    assert (found.outcome, found.why) == ("other answers", "missing 'Lake'; unexpected 'Soup'")
    assert asked(salt, "what does salt require?", "Sea").missing == ("Sea",)


def test_a_question_that_must_have_no_answer_is_as_wanted_where_the_map_says_so(salt: View) -> None:
    def found(ask: str) -> AskedQuestion:
        return ask_all(salt, "", [CompetencyQuestion(ask=ask, answers=())])[0]

    assert found("what does salt require?").is_answered
    assert found("what is salt part of?").why == "unexpected 'Sea', 'Soup'"


def test_a_question_that_the_map_asks_back_is_ambiguous() -> None:
    several = view(document(1, node("Sea salt"), node("Rock salt"), node("Sea"), edge("Sea salt", "part of", "Sea")))
    assert asked(several, "what is salt part of?").outcome == "ambiguous"


SOUP = Found("soup", "Soup", "Concept")
HOURS = Found(None, "2.5 hours", None, of="Soup")


@pytest.mark.parametrize(
    "wanted, answer, why",
    [
        (["yes"], Answer("", "answered", "", answers=(SOUP,), verdict="yes"), ""),
        (["Yes", "soup"], Answer("", "answered", "", answers=(SOUP,), verdict="yes"), ""),
        (["soup"], Answer("", "answered", "", answers=(SOUP,), verdict="yes"), ""),
        (["no"], Answer("", "answered", "", answers=(SOUP,), verdict="yes"), "missing 'no'; unexpected 'yes'"),
        (
            ["yes", "Sea"],
            Answer("", "answered", "", answers=(SOUP,), verdict="yes"),
            "missing 'Sea'; unexpected 'Soup'",
        ),
        ([], Answer("", "answered", "", verdict="no"), "unexpected 'no'"),
        (["2.5 hours"], Answer("", "answered", "", answers=(HOURS,)), ""),
        (["Soup: 2.5 hours"], Answer("", "answered", "", answers=(HOURS,)), ""),
        (
            ["25 hours"],
            Answer("", "answered", "", answers=(HOURS,)),
            "missing '25 hours'; unexpected 'Soup: 2.5 hours'",
        ),
    ],
)
def test_yes_or_no_and_values_are_answers_too(wanted: list[str], answer: Answer, why: str) -> None:
    assert judged("", CompetencyQuestion(ask="", answers=tuple(wanted)), answer).why == why
