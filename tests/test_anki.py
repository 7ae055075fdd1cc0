"""Anki: what is on cards, that the map answers what they ask, and that their ids stay."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from msgspec import structs

from conceptmap.ask import ask
from conceptmap.atlas import open_atlas
from conceptmap.formats import FORMATS
from conceptmap.formats.anki import Card, cards_of
from exchange import written
from graphs.view import View
from made_documents import BREAD
from small_maps import document, edge, node, origin, view

GOLDEN = Path(__file__).parent / "golden" / "formats" / "bread.anki.tsv"


@pytest.fixture(scope="module")
def course() -> Iterator[View]:
    with open_atlas("sqlite://") as atlas:
        atlas["ai"].load(Path(__file__).parent.parent / "conceptmap" / "course")
        yield atlas["ai"].view()


def rows(one: View) -> list[list[str]]:
    """The columns of the lines that are no heads, as Anki splits them."""
    lines = written(FORMATS["anki"], one)[0].data.decode().split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def shown_nodes(card: Card) -> set[str]:
    return {fact.id for fact in card.facts if fact.what == "node"}


def test_a_map_comes_out_as_in_its_golden_file() -> None:
    assert written(FORMATS["anki"], view(BREAD))[0].data.decode() == GOLDEN.read_text("utf-8")


def test_the_map_answers_every_card_of_the_sample_course_with_all_that_is_behind(course: View) -> None:
    cards = list(cards_of(course))
    assert len(cards) > 200
    for card in cards:
        question = unescape(card.front)
        reply = ask(course, question)
        assert reply.status == "answered", question
        about = {one.id for one in reply.understood.about} if reply.understood else set()
        assert shown_nodes(card) <= {answer.id for answer in reply.answers} | about, question


def test_every_card_cites_a_line(course: View) -> None:
    assert all(re.search(r"<small>day \d+, day-\d\d\.md:\d+", card.back) for card in cards_of(course))


def test_ids_stay_where_labels_texts_and_other_nodes_change() -> None:
    first = document(1, node("Yeast", text="A fungus."), node("Dough"), edge("Dough", "requires", "Yeast"))
    yeast = structs.replace(node("Yeast", text="A living fungus."), label="Baker's yeast")
    then = document(1, node("Bran"), yeast, node("Dough"), node("Flour"), edge("Dough", "requires", "Yeast"))
    before, after = ({one.id: one for one in cards_of(view(each))} for each in (first, then))
    assert before.keys() == after.keys() and len(before) == 2
    assert sorted(one.front for one in after.values()) == ["What does Dough require?", "What is Baker&#x27;s yeast?"]


def test_a_card_is_one_line_of_four_columns_whatever_the_words() -> None:
    words = 'a\tb\n\n<b>c</b> "d" & \\(e\\)\nf\u2028g'
    one = view(document(1, node("#Yeast <i>", text=words, formula="a\tb\nc"), node("Dough", text="x")))
    found = rows(one)
    assert [len(row) for row in found] == [4] * 3
    assert all("<b>" not in row[2] and "<i>" not in row[1] for row in found)
    assert len({row[0] for row in found}) == 3


def test_what_has_too_many_answers_is_no_card() -> None:
    parts = [f"Part {number}" for number in range(9)]
    one = view(document(1, node("Whole"), *map(node, parts), *(edge(part, "part of", "Whole") for part in parts)))
    fronts = [card.front for card in cards_of(one)]
    assert "What is part of Whole?" not in fronts
    assert len(fronts) == 9


def test_cards_are_of_the_day_that_is_looked_at(course: View) -> None:
    early = {card.id for card in cards_of(course.up_to(5))}
    assert early and early < {card.id for card in cards_of(course)}
    assert not any("day-26" in row[2] for row in rows(course.up_to(5)))


def test_what_no_card_shows_is_lost_and_nothing_else_is_as_a_whole() -> None:
    one = view(
        document(
            1,
            node("Yeast", text="A fungus.", origin=origin(1)),
            node("Dough", origin=origin(2)),
            node("Salt", origin=origin(3)),
            edge("Dough", "requires", "Yeast"),
            edge("Dough", "about", "Salt"),
        )
    )
    whole = {loss.fact.id for loss in FORMATS["anki"].losses(one) if not loss.fact.field}
    assert whole == {"salt", "dough about salt"}
    fields = {(loss.fact.id, loss.fact.field) for loss in FORMATS["anki"].losses(one) if loss.fact.field}
    assert {("yeast", "kind"), ("dough", "kind")} <= fields
    assert not {("yeast", "text"), ("yeast", "label")} & fields
