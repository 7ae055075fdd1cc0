"""The JSON Schema of front matter says of values what the reader says of them, as far as a schema can."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import conceptmap
from conceptmap.notes import front_matter_schema
from conceptmap.notes.page.front import FrontMatter, read_front_matter
from conceptmap.notes.page.front_keys import CANONICAL, KEYS
from conceptmap.notes.values import Findings
from dialogues import in_process
from test_notes_problems import WRONG
from transcripts import blocks

ROOT = Path(__file__).parent.parent
VALIDATOR = jsonschema.Draft202012Validator(front_matter_schema())

# What no schema can say is left out: floats that are whole numbers (a schema takes 7.0 for 7), characters that nobody
# sees, words that YAML takes for nothing inside of lists.
WORDS = st.text("ab7 .#/?é", max_size=8) | st.sampled_from(
    ["", " ", "x" * 500, "x" * 501, "x" * 256, "day.MD", "../a", "b/..", "07"]
)
SCALARS = st.booleans() | st.integers(-3, 100_001) | st.sampled_from([0.5, -7.25]) | WORDS
VALUES = st.none() | st.recursive(
    SCALARS,
    lambda some: (
        st.lists(some, max_size=3) | st.dictionaries(st.sampled_from(["ask", "answers", "b"]), some, max_size=2)
    ),
)
ASKED = st.fixed_dictionaries(
    {"ask": SCALARS}, optional={"answers": SCALARS | st.lists(SCALARS, max_size=3), "why": SCALARS}
)
FRONTS = st.dictionaries(st.sampled_from([*CANONICAL, "author", "a b"]), VALUES, max_size=2) | st.builds(
    lambda asked: {"questions": asked}, ASKED | st.lists(ASKED | SCALARS, max_size=3)
)


def read(front: dict[str, Any]) -> tuple[FrontMatter, list[str]]:
    """What the reader makes of a mapping, and what is wrong with it."""
    findings = Findings()
    text = yaml.safe_dump(front, allow_unicode=True, width=10_000)
    found = read_front_matter("note.md", ("---", *text.splitlines(), "---"), findings)
    return found, [str(one) for one in (*findings.problems, *findings.warnings)]


@given(FRONTS)
@example({"day": "7"})
@example({"day": 7, "questions": ["what?", {"ask": "what?", "answers": []}]})
@example({"part": ".."})
def test_what_the_schema_accepts_the_reader_accepts_and_the_other_way_round(front: dict[str, Any]) -> None:
    _, problems = read(front)
    assert VALIDATOR.is_valid(front) == (problems == []), problems


@pytest.mark.parametrize("name", CANONICAL)
def test_every_declared_key_is_read_and_not_kept_as_data(name: str) -> None:
    values = {"day": 7, "date": "2026-11-24", "tags": "day3", "questions": ["what is rye?"]}
    found, problems = read({name: values.get(CANONICAL[name], "rye")})
    assert problems == []
    assert found != read({})[0]
    assert (name in found.data) == (CANONICAL[name] in ("tags", "bibliography"))


def test_a_key_that_is_not_declared_is_kept() -> None:
    assert read({"author": "Ada"})[0].data == {"author": "Ada"}


def test_front_matter_of_the_sample_course_and_of_the_documentation_is_valid() -> None:
    notes = [file.read_text(encoding="utf-8") for file in Path(conceptmap.__file__).parent.rglob("*.md")]
    notes += [
        one.text
        for page in (ROOT / "docs").glob("*.md")
        for one in blocks(page.read_text())
        if one.language == "markdown"
    ]
    fronts = [yaml.load(one.split("---\n")[1], yaml.BaseLoader) for one in notes if one.startswith("---\n")]
    assert len(fronts) > 9
    for front in fronts:
        VALIDATOR.validate(front)


def test_notes_with_a_wrong_value_are_refused_by_the_schema_too() -> None:
    wrong = [
        note
        for note, problems in WRONG
        if any("whole number" in one or "one line of at most" in one for one in problems)
    ]
    assert wrong
    for note in wrong:
        text = note if isinstance(note, str) else note.decode()
        assert not VALIDATOR.is_valid(yaml.safe_load(text.split("---\n")[1]))


def test_the_command_prints_the_schema_with_words_for_every_key(tmp_path: Path) -> None:
    file = tmp_path / "front.schema.json"
    assert in_process(["schema", "front-matter", "-o", str(file)], "") == (0, "", "")
    schema = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == front_matter_schema()
    assert all(one["description"] for one in schema["properties"].values())
    assert json.loads(in_process(["schema", "front-matter"], "")[1]) == schema
    assert [*schema["properties"]] == [*CANONICAL] and len(KEYS) < len(CANONICAL)
