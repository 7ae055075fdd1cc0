"""The guide to the format of notes says what the reader does."""

import re
from pathlib import Path

import pytest

from ontology.model import Document, Edge
from ontology.vocabulary import Vocabulary
from small_notes import read

GUIDE = (Path(__file__).parent.parent / "docs" / "notes-format.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
EXAMPLES = [(BLOCKS[n][1], *BLOCKS[n + 1]) for n in range(len(BLOCKS) - 1) if BLOCKS[n][0] == "markdown"]


def sentence(document: Document, edge: Edge) -> str:
    label = {node.id: node.label for node in document.nodes}
    said = f"{label[edge.source]} {edge.relation} {label[edge.target]}"
    return f"{said} in {edge.dimension}: {edge.values.source}, {edge.values.target}" if edge.values else said


@pytest.mark.parametrize(("note", "kind", "expected"), EXAMPLES)
def test_an_example_of_the_guide_says_what_the_guide_shows(
    note: str, kind: str, expected: str, vocabulary: Vocabulary
) -> None:
    day = re.search(r"day: (\d)|Day (\d):", note)
    number = (day[1] or day[2]) if day else "1"
    reading = read(vocabulary, note, path=f"day-{number}.md")
    document = reading.notes[0].document
    said = [str(problem) for problem in (*reading.problems, *reading.warnings)]
    if kind == "edges":
        assert said == []
        said = [sentence(document, edge) for edge in document.edges]
    assert said == expected.splitlines()


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) == 6
