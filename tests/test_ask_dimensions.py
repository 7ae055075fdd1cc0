"""Two things that are compared: asked for by words that tell in what, which of them has more, whether one has much."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.map import CourseMap

NOTES = """---
day: 1
course: paint
---
# Day 1: Paints

## Oil paint
Pigment in linseed oil.

## Chalk paint
Pigment in glue.

## Varnish
- about:: [[Oil paint]]
- heated to:: 90 °C
- minutes:: 20

## Method: Sanding
## Lacquer
- heated to:: 60 °C
- minutes:: 45

## Claim: Oil paint dries slower than chalk paint
- about:: [[Oil paint]]

## Two paints

| Dimension | Oil paint | Chalk paint |
|---|---|---|
| Drying time | Two days | One hour |
| Shelf life | Five years | Six months |
| Sanding effort | Once | Every coat |
| Solvent | Required | Little or none |
| Crack growth | Linear in age | Quadratic in age |
| Acidity | pH 5 | pH 8 |
| Smell | Sharp, lasting | Faint |
| Look on bare wood | Warm, deep | Chalky |
"""


@pytest.fixture(scope="module")
def paint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CourseMap]:
    note = tmp_path_factory.mktemp("notes") / "day-1.md"
    note.write_text(NOTES, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        course = atlas["paint"]
        course.load(Path(note))
        yield course


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("does oil paint keep longer than chalk paint?", "yes"),
        ("does chalk paint keep longer than oil paint?", "no"),
        ("does chalk paint dry faster than oil paint?", "yes"),
        ("does oil paint dry slower than chalk paint?", "yes"),
        ("do cracks grow faster with chalk paint than with oil paint?", "yes"),
        ("do cracks grow faster with oil paint than with chalk paint?", "no"),
        ("does oil paint need less solvent than chalk paint?", "no"),
        ("does chalk paint take more sanding effort than oil paint?", "yes"),
        ("is oil paint more acidic than chalk paint?", "yes"),
        ("does chalk paint need a lot of solvent?", "no"),
        ("does oil paint need any solvent?", "yes"),
        ("does oil paint need hardly any solvent?", "no"),
    ],
)
def test_yes_and_no_are_told_by_what_two_are_compared_in(paint: CourseMap, question: str, verdict: str) -> None:
    assert paint.ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("which keeps longer, oil paint or chalk paint?", "Oil paint"),
        ("which of oil paint and chalk paint dries faster?", "Chalk paint"),
        ("oil paint vs chalk paint: which one needs less solvent?", "Chalk paint"),
        ("oil paint or chalk paint, which needs solvent?", "Oil paint"),
        ("varnish vs lacquer: which one is made at the lower temperature?", "Lacquer"),
        ("which takes more time, varnish or lacquer?", "Lacquer"),
    ],
)
def test_the_one_of_two_that_has_more_or_less(paint: CourseMap, question: str, label: str) -> None:
    assert [one.label for one in paint.ask(question).answers] == [label]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("how long does oil paint keep compared with chalk paint?", ["Five years", "Six months"]),
        ("how do oil paint and chalk paint differ when the wood is bare?", ["Warm, deep", "Chalky"]),
        ("oil paint or chalk paint, what is the difference in how acidic they are?", ["pH 5", "pH 8"]),
        ("which smells more, oil paint or chalk paint?", ["Sharp, lasting", "Faint"]),
    ],
)
def test_both_values_where_the_words_tell_in_what(paint: CourseMap, question: str, values: list[str]) -> None:
    assert [one.label for one in paint.ask(question).answers] == values


@pytest.mark.parametrize(
    "question",
    [
        "does oil paint keep wet longer than chalk paint?",
        "do cracks shrink faster with chalk paint than with oil paint?",
        "do stains grow faster with chalk paint than with oil paint?",
        "does chalk paint need a lot of water?",
        "does chalk paint waste a lot of solvent?",
        "does chalk paint need any solvent?",
        "does oil paint need a lot of solvent?",
        "does varnish need a lot of solvent?",
        "does varnish dry faster than oil paint?",
        "does oil paint smell more than chalk paint?",
        "which keeps wet longer, oil paint or chalk paint?",
        "which of oil paint and varnish keeps longer?",
        "which takes longer to sand, varnish or lacquer?",
        "which needs less water, oil paint or chalk paint?",
        "how long does oil paint stink compared with chalk paint?",
        "how do oil paint and chalk paint differ when the wood is painted?",
        "does oil paint keep longer than chalk paint in winter?",
    ],
)
def test_a_word_that_tells_of_no_dimension_leaves_it_unanswered(paint: CourseMap, question: str) -> None:
    assert paint.ask(question).status != "answered"
