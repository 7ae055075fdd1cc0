"""What asking keeps of a map from question to question: the replies are those of a map that nobody asked before."""

from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import ask
from conceptmap.ask import kept as kept_module
from conceptmap.ask.kept import Kept, kept, told_of
from conceptmap.map import CourseMap
from graphs.fold import Event
from graphs.view import View
from ontology.vocabulary import read_vocabulary
from small_maps import VOCABULARY, document, edge, fold, node, put

NOTES = {
    1: "# Day 1\n\n## Concept: Rye\n- proofing_time:: 40 min\n\n## Concept: Crumb\n- requires:: [[Rye]]\n",
    2: "# Day 2\n\n## Concept: Rye\n- proofing_time:: 50 min\n\n## Concept: Crust\n- requires:: [[Rye]]\n",
}
QUESTIONS = (
    "how long does rye proof?",
    "what requires rye?",
    "which concept is required by the most things?",
    "what makes the loaf of rye so dear?",
    "whats the deal with crumb and crust in town",
)


def told(view: View, question: str) -> object:
    reply = ask(view, question)
    return reply.sentence, reply.answers, reply.candidates, reply.offers


def loaded(course: CourseMap, folder: Path, days: int) -> View:
    for day in range(1, days + 1):
        (folder / f"day-0{day}.md").write_text(NOTES[day], encoding="utf-8")
    course.load(folder)
    return course.view()


def test_a_question_is_answered_anew_once_a_note_says_otherwise(tmp_path: Path) -> None:
    with open_atlas("sqlite://") as atlas, open_atlas("sqlite://") as other:
        for question in QUESTIONS:
            told(loaded(atlas["bread"], tmp_path, 1), question)
        asked, fresh = (loaded(one["bread"], tmp_path, 2) for one in (atlas, other))
        assert [told(asked, question) for question in QUESTIONS] == [told(fresh, question) for question in QUESTIONS]
        assert "50" in ask(asked, QUESTIONS[0]).sentence


def test_a_question_as_of_a_day_has_the_answer_of_that_day(tmp_path: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        view = loaded(atlas["bread"], tmp_path, 2)
        newest = [told(view, question) for question in QUESTIONS]
        early = [told(view.up_to(1), question) for question in QUESTIONS]
        assert early != newest
        assert newest == [told(view, question) for question in QUESTIONS]
        assert early == [told(view.up_to(1), question) for question in QUESTIONS]


def events() -> list[Event]:
    return [put(1, document(1, node("Yeast", text="It rises."), node("Bread"), edge("bread", "requires", "yeast")))]


def test_an_entry_lets_go_of_what_was_kept() -> None:
    bread = fold(*events())
    assert told_of(View(bread, VOCABULARY), "yeast") == {"yeast", "rise"}
    bread.apply(put(2, document(2, node("Yeast", text="It sleeps."))))
    assert "sleep" in told_of(View(bread, VOCABULARY), "yeast")


def test_each_vocabulary_and_each_day_has_what_is_kept_for_it() -> None:
    bread = fold(*events())
    seen: list[tuple[str, int | None]] = []

    def made(view: View, name: str) -> int:
        seen.append((view.vocabulary.digest, view.as_of))
        return len(seen)

    other = read_vocabulary()
    views = [View(bread, VOCABULARY), View(bread, other), View(bread, VOCABULARY, 1)]
    assert [kept(made, view, "yeast") for view in (*views, *views)] == [1, 2, 3, 1, 2, 3]


def test_there_is_an_end_to_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "MAX_KEPT", 2)
    view = View(fold(*events()), VOCABULARY)
    for number in range(5):
        assert kept(lambda _, one: one, view, number) == number
    assert len(view.follower(Kept).of(VOCABULARY)) <= 2
