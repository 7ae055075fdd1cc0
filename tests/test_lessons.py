"""Lessons that nobody annotated: what rules find, how well, and that nothing is invented."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.atlas import open_atlas
from conceptmap.notes import NoteFile, Reading, read_notes
from conceptmap.notes.lesson import RULES, class_of, rule_classes
from conceptmap.notes.lesson.lesson_blocks import Sentence
from conceptmap.notes.lesson.list_intros import list_intros_of
from conceptmap.notes.lesson.state import LessonState, Rule
from conceptmap.notes.rule_classes import IN_TYPED_NOTES, UNKNOWN, RuleClass
from graphs.fold import Fold
from graphs.view import View
from lesson_scores import gold_of, lesson_document, score
from ontology.model import Document, Edge, Node
from ontology.terms import ABOUT, CONCEPT
from ontology.vocabulary import read_vocabulary

VOCABULARY = read_vocabulary()
MANUAL = Path(__file__).parent.parent / "docs" / "lessons.md"


def reading(text: str, name: str = "page.md") -> Reading:
    known = View(Fold(VOCABULARY), VOCABULARY)
    return read_notes([NoteFile(name, text.encode(), 9)], vocabulary=VOCABULARY, known=known, map="course")


def sentences(document: Document) -> set[str]:
    labels = {node.id: node.label for node in document.nodes}
    return {f"{labels[edge.source]} | {edge.relation} | {labels[edge.target]}" for edge in document.edges}


@pytest.mark.parametrize(
    ("name", "nodes", "edges"),
    [
        ("biology.md", 0.9, 0.7),
        ("biology.txt", 0.9, 0.7),
        ("law.md", 0.9, 0.85),
        ("law.txt", 0.9, 0.85),
        ("cooking.md", 0.86, 0.75),
        ("cooking.txt", 0.86, 0.75),
    ],
)
def test_a_lesson_is_right_in_most_places(name: str, nodes: float, edges: float) -> None:
    found = score(lesson_document(VOCABULARY, name), gold_of(name))
    assert found.nodes >= nodes, found
    assert found.edges >= edges, found


@pytest.mark.parametrize("name", ["biology", "law", "cooking"])
def test_both_forms_of_a_page_say_the_same(name: str) -> None:
    one, other = (lesson_document(VOCABULARY, f"{name}{suffix}") for suffix in (".md", ".txt"))
    assert sentences(one) == sentences(other)


@pytest.mark.parametrize("name", ["biology.txt", "law.md"])
def test_all_that_is_found_is_derived_with_its_rule_and_line(name: str) -> None:
    document = lesson_document(VOCABULARY, name)
    items: list[Node | Edge] = [*document.nodes, *document.edges]
    for item in items:
        assert item.origin.how == "derived"
        assert class_of(item.origin.rule) != UNKNOWN
        assert item.origin.lines is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bread rises because: - yeast makes gas - gluten holds it", "Yeast makes gas | supports | Bread rises"),
        ("Bread rises because:\n\n- yeast makes gas\n- gluten holds it", "Gluten holds it | supports | Bread rises"),
        ("A loaf consists of: - a crust - a crumb", "Crumb | part of | Loaf"),
        ("Rising depends on: - live yeast - warm water", "Rising | requires | Live yeast"),
        ("Special cases of dough: - brioche dough - pizza dough", "Pizza dough | example of | Dough"),
        ("How dough is made:\n\n1. Mix the flour\n2. Knead the dough", "Mix the flour | leads to | Knead the dough"),
        ("more time → more acid → more flavour", "More time | leads to | More acid"),
        ("Consider: - Ovens: deck oven vs fan oven", "Deck oven | contrasts with | Fan oven"),
        ('Write 200+ words: "Why does cold dough taste better?"', "Day 9 | asks | Why does cold dough taste better?"),
        ("Day 3 showed: - Proofing: dough rests until it is doubled", "Proofing | introduced on | Day 3"),
        ("Day 3 showed: - Crumb = the inside of a loaf", "Crumb = the inside of a loaf | about | Crumb"),
        ("Next come sourdough starters (Day 12).", "Sourdough starters | introduced on | Day 12"),
        ("Claim: Time wins.\n\nBut: - Strong dough needs it", "Strong dough needs it | opposes | Time wins"),
        ("Evidence: - Ovens: Steam ovens replaced brick ovens", "Steam ovens | contrasts with | Brick ovens"),
        ("Sourdough requires patience.", "Sourdough | requires | Patience"),
    ],
)  # fmt: skip
def test_a_device_is_read_as_an_edge(text: str, said: str) -> None:
    assert said in sentences(reading(text).notes[0].document)


@pytest.mark.parametrize(
    "text",
    [
        "## Contents\n\n- [Install](#install)\n- [Usage](#usage)",
        "```python\n# Evidence: - a thing - another thing\nx = 1 -> 2\n```",
        "<Tab>Evidence: - one - two</Tab>",
        "import Tabs from '@theme/Tabs'",
        "You can install it with one of the following:\n\n- pip\n- conda",
        "It was slow because:\n\n- the battery was low",
        "I was late because:\n\n- the bus was full",
        "| Option | Default | Meaning |\n|---|---|---|\n| a | 1 | first |",
        "Today I went for a walk. Nothing happened. Why?",
        "Features:\n\n- Fast\n- Small",
        "Contact: - mail@example.org - http://example.org",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    document = reading(text).notes[0].document
    assert [node.label for node in document.nodes] == []
    assert document.edges == ()


UNTYPED = "## Yeast\n\nBread rises because: - yeast makes gas - gluten holds it\n"


def test_a_section_with_fields_is_read_by_its_syntax_alone_and_the_others_by_rule() -> None:
    found = sentences(reading(f"## Dough\n- requires:: [[Yeast]]\n\n{UNTYPED}").notes[0].document)
    supports = {"Yeast makes gas | supports | Bread rises", "Gluten holds it | supports | Bread rises"}
    supports |= {"Gluten holds it | about | Gluten", "Yeast makes gas | about | Yeast"}
    assert found == {"Dough | requires | Yeast"} | supports


@pytest.mark.parametrize("typed", ["- requires:: [[Dough]]", "[[Dough]] -> [[Yeast]]"])
def test_what_stands_in_a_typed_section_is_argued_by_no_rule(typed: str) -> None:
    found = sentences(reading(f"## Dough\n\nA text.\n\n{UNTYPED}{typed}\n").notes[0].document)
    assert not any("supports" in sentence for sentence in found)


def test_a_page_whose_sections_are_mostly_typed_is_read_by_its_syntax_alone() -> None:
    typed = "## Dough\n- requires:: [[Yeast]]\n\n## Claim: Time helps\n\n"
    found = sentences(reading(typed + UNTYPED).notes[0].document)
    assert found == {"Dough | requires | Yeast"}


def test_links_switch_no_rule_off() -> None:
    found = sentences(reading(f"## Dough\n\nIt needs [[Yeast]].\n\n{UNTYPED}").notes[0].document)
    assert "Yeast makes gas | supports | Bread rises" in found


def test_text_below_a_table_without_an_empty_line_is_no_row() -> None:
    text = "| Aspect | Rye | Wheat |\n|---|---|---|\n| Crumb | dense | open |\nLoaves rise because: - yeast makes gas\n"
    assert "Yeast makes gas | supports | Loaves rise" in sentences(reading(text).notes[0].document)


@pytest.mark.parametrize(
    ("words", "relation", "inverse"),
    [
        ("Historical evidence", "supports", True),
        ("The case for scaling", "supports", True),
        ("Where it breaks down", "opposes", True),
        ("On the other hand", "opposes", True),
        ("A policy is built from", "part of", True),
        ("The stack has three layers", "part of", True),
        ("Kinds of attention", "example of", True),
        ("Diffusion builds on", "requires", False),
        ("It assumes", "requires", False),
        ("What follows", "leads to", False),
        ("The law forecasts", "predicts", False),
        ("On Day 5 we learned", "introduced on", False),
    ],
)
def test_a_lead_names_its_relation(words: str, relation: str, inverse: bool) -> None:
    lead = list_intros_of(VOCABULARY).read(f"{words}:")
    assert lead is not None
    assert (lead.relation, lead.inverse) == (relation, inverse)


@given(st.text(alphabet='abcI (),.:?!-→=|│├└─\n"$123', max_size=400))
def test_no_page_stops_the_rules(text: str) -> None:
    for note in reading(text).notes:
        lines = text.count("\n") + 1
        assert all(item.origin.lines and item.origin.lines[1] <= lines for item in note.document.edges)


@pytest.mark.parametrize(
    "unit",
    ["is not ", "A. ", '" ', "x: - ", "Day 5 showed: - between ", "(", "(Day 3) ", "a → ", "a, ", " ", "1. do 2. do "],
)
def test_long_pages_take_time_in_proportion(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.perf_counter()
        reading("Consider: - " + unit * times)
        return time.perf_counter() - start

    seconds(100)
    assert seconds(8_000) < 40 * max(min(seconds(1_000), seconds(1_000)), 0.004)


@pytest.fixture
def toy() -> Iterator[RuleClass]:
    """A rule for words in capitals before an exclamation mark, in the table as long as a test runs."""
    cheer = RuleClass("cheer", 40)

    def read_cheer(state: LessonState, piece: Sentence) -> bool:
        shouted = re.match(r"([A-Z]{4,})!", piece.text)
        if shouted:
            state.edge(state.today(piece.line), ABOUT, state.node(shouted[1], CONCEPT, piece.line), piece.line)
        return shouted is not None

    row = Rule(cheer, Sentence, read_cheer)
    RULES.insert(0, row)
    yield cheer
    RULES.remove(row)


def test_a_rule_is_a_function_and_a_row(toy: RuleClass, tmp_path: Path) -> None:
    note = tmp_path / "day-3.md"
    note.write_text("The oven is hot.\n\nBREAD! It rises.\n")
    with open_atlas("sqlite://") as atlas:
        course = atlas["course"]
        course.load(note)
        (edge,) = course.view().edges()
        assert (edge.source, edge.relation, edge.target) == ("day-3", ABOUT, "bread")
        assert edge.assertions[0].item.origin.rule == "cheer"
        assert edge.assertions[0].item.origin.lines == (3, 3)
        guessed = [check.what for check in course.check() if check.rule == "guessed"]
    assert guessed == ["'Day 3' about 'BREAD' (rule: cheer)"]
    assert rule_classes()[-1] == class_of("cheer") == toy


def test_the_rules_read_what_their_rows_say() -> None:
    for rule in RULES:
        _, block, _ = get_type_hints(rule.read).values()
        reads = rule.reads if isinstance(rule.reads, tuple) else (rule.reads,)
        assert all(issubclass(one, get_args(block) or (block,)) for one in reads), rule.read


def test_the_classes_of_rules_differ_in_name_and_doubt() -> None:
    classes = rule_classes()
    assert len({one.name for one in classes}) == len({one.doubt for one in classes}) == len(classes)
    assert {one.name for one in classes if not one.guesses} == {one.name for one in IN_TYPED_NOTES}


def test_the_manual_names_every_class_of_rules_for_lessons() -> None:
    rows = re.findall(r"^\| ([a-z ,]+) \|", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    names = [name for row in rows[1:] for name in row.split(", ")]
    assert sorted(names) == sorted({rule.rule_class.name for rule in RULES})


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        # MAX_OPENING: a unit stands among the first six blocks
        (
            "Rye.\n\n" * 5 + "Week 4 — Baking, Ovens",
            "Day 9 | part of | Week 4",
            ("Rye.\n\n" * 6 + "Week 4 — Baking, Ovens", "Day 9 | part of | Week 4"),
        ),
        # MAX_SUBJECTS: a question is about three of the names that it holds
        (
            "| Aspect | Rye | Wheat | Oats | Barley |\n|---|---|---|---|---|\n| Crumb | a | b | c | d |\n\n"
            "Questions:\n\n- Do rye, wheat, oats, barley rise?",
            "Do rye, wheat, oats, barley rise? | about | Oats",
            (None, "Do rye, wheat, oats, barley rise? | about | Barley"),
        ),
        # SHARED_LETTERS: forms of one word begin with the same five letters
        (
            "```\nStarter (Day 3)\n└── Loaf\n```\n\nQuestions:\n\n- Does the start of it (Day 3) help?",
            "Does the start of it (Day 3) help? | about | Starter",
            (
                "```\nStarter (Day 3)\n└── Loaf\n```\n\nQuestions:\n\n- Do stars of it (Day 3) help?",
                "Do stars of it (Day 3) help? | about | Starter",
            ),
        ),
    ],
)  # fmt: skip
def test_limits_of_rules_are_where_they_say(text: str, said: str, unsaid: tuple[str | None, str]) -> None:
    other, missing = unsaid
    found = sentences(reading(text).notes[0].document)
    assert said in found
    assert missing not in (sentences(reading(other).notes[0].document) if other else found)
