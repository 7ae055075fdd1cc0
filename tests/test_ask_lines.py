"""What the lines behind an answer say counts: a remark on an edge that is a relation's verb, words of a cited line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import Answer
from conceptmap.ask import ask as ask_with_offers
from graphs.view import View

LESSON = """# Day 3: Lamps

**Main thesis:** Light gets cheaper every decade.

**What backs it:**

- Streets: In Lyon the electric lamp replaced the gas lamp
- Docks: Steel hulls outlived wooden hulls
- Homes: A kilowatt hour costs less than a candle
"""


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder: Path = tmp_path_factory.mktemp("lamps")
    (folder / "day-03.md").write_text(LESSON, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        atlas["lamps"].load(folder)
        yield atlas["lamps"].view()


def ask(view: View, question: str) -> Answer:
    return ask_with_offers(view, question, offering=False)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("what replaced gas lamps?", ["Electric lamp"]),
        ("what took over from the gas lamps?", ["Electric lamp"]),
        ("what did electric lamps replace?", ["Gas lamp"]),
        ("what did gas lamps replace?", []),
        ("what replaced electric lamps?", []),
    ],
)
def test_a_contrast_that_the_notes_call_replacing_answers_what_replaced_what(
    view: View, question: str, answers: list[str]
) -> None:
    assert [one.label for one in ask(view, question).answers] == answers


def test_what_a_remark_says_has_no_sparql(view: View) -> None:
    reply = ask_with_offers(view, "what replaced gas lamps?", explained=True)
    assert "remark on an edge" in (reply.explanation or "")


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("what replaced gas lamps in Lyon?", "answered"),
        ("what replaced gas lamps in Paris?", "unknown"),
        ("what replaced gas lamps in homes?", "unknown"),
    ],
)
def test_words_that_restrict_a_question_are_taken_up_by_the_cited_line_alone(
    view: View, question: str, status: str
) -> None:
    assert ask(view, question).status == status


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("what did wooden hulls outlive?", []),
        ("what outlived steel hulls?", []),
        ("what did steel hulls outlive?", ["Steel hulls outlived wooden hulls"]),
        ("what outlived wooden hulls?", ["Steel hulls"]),
    ],
)
def test_what_a_sentence_tells_is_not_turned_round(view: View, question: str, answers: list[str]) -> None:
    assert [one.label for one in ask(view, question).answers] == answers
