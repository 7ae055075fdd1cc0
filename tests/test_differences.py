"""A difference in every form: the same words on the command line and over HTTP."""

import json
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from conceptmap.atlas import Atlas, open_atlas
from conceptmap.cli.program import COMMANDS
from conceptmap.differences import DIFF_FORMS, DiffForm
from conceptmap.differences.as_markdown import LONGEST
from conceptmap.values import PartKey
from dialogues import in_process
from services import MAP, NOTES, Served, served

LATER = """---
day: 3
course: bread
---
## Claim: A no-knead dough is <b>quick</b> @ada #12 | ``` now
- opposes:: [[Time beats kneading]]

## Yeast
A fungus that lives on sugar.
- kind:: Concept
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = f"sqlite:///{tmp_path_factory.mktemp('store') / 'maps.db'}"
    with open_atlas(store) as atlas:
        fill(atlas)
    with served(store, "t") as service:
        yield service, store


def fill(atlas: Atlas) -> None:
    atlas["bread"].read_notes(PartKey(2, "day-02.md"), NOTES.encode()).put()
    atlas["bread"].read_notes(PartKey(3, "day-03.md"), LATER.encode()).put()


@pytest.mark.parametrize("form", ["text", "markdown", "svg"])
def test_the_command_line_and_the_service_write_the_same(service: tuple[Served, str], form: str) -> None:
    found, store = service
    _, printed, _ = in_process(["diff", "2", "3", "--format", form, "--store", store], "")
    answers = [
        found.get(f"{MAP}/diff?from=2&to=3&format={form}"),
        found.get(f"{MAP}/diff{DIFF_FORMS[form].suffixes[0]}?from=2&to=3"),
        found.get(f"{MAP}/diff?from=2&to=3", headers={"Accept": DIFF_FORMS[form].media_type}),
    ]
    assert [one.status_code for one in answers] == [200, 200, 200]
    assert {one.text.rstrip("\n") for one in answers} == {printed.rstrip("\n")}
    assert all(one.headers["content-type"].startswith(DIFF_FORMS[form].media_type) for one in answers)


def test_json_stays_what_a_client_gets_that_accepts_anything(service: tuple[Served, str]) -> None:
    found, store = service
    for accept in ("*/*", "text/html,*/*;q=0.8", ""):
        assert "added" in found.get(f"{MAP}/diff?from=2&to=3", headers={"Accept": accept}).json()
    _, printed, _ = in_process(["diff", "2", "3", "--format", "json", "--store", store], "")
    assert json.loads(printed) == found.get(f"{MAP}/diff.json?from=2&to=3").json()
    assert found.get(f"{MAP}/diff?from=2&to=3", headers={"Accept": "text/csv"}).status_code == 406
    assert found.get(f"{MAP}/diff?from=2&to=3&format=haiku").status_code == 400
    assert found.get(f"{MAP}/diff.haiku?from=2&to=3").status_code == 400


def test_markdown_is_a_heading_a_sum_and_blocks_that_places_colour(service: tuple[Served, str]) -> None:
    text = service[0].get(f"{MAP}/diff.md?from=2&to=3").text
    assert text.startswith("### bread: day 2 → day 3\n\n2 nodes and 1 edge added; 1 node changed; ")
    tokens = MarkdownIt().parse(text)
    assert [one.info for one in tokens if one.type == "fence"] == ["diff"] * 3
    lines = [line for one in tokens if one.type == "fence" for line in one.content.splitlines()]
    assert "- ▼ weakened +1 → 0 (1 for, 1 against)  Time beats kneading" in lines
    assert any(line.startswith("+ A no-knead dough is") and "@ada #12 | ``` now" in line for line in lines)
    assert any(line.startswith("! Yeast") for line in lines)
    outside = "".join(one.content for one in tokens if one.type == "inline")
    assert "@" not in outside and "no-knead" not in outside and "<b>quick" not in outside


def test_words_of_a_note_never_leave_their_block_or_their_heading(tmp_path: Path) -> None:
    evil = "x ````` y\u2028## z"
    with open_atlas("sqlite://") as atlas:
        nodes = "".join(f"## Claim: {evil} {number}\n\n" for number in range(3))
        (tmp_path / "lecture.md").write_text(
            f"---\nday: 1\nday_name: '@ada <script> # | Lecture'\ncourse: bread\n---\n{nodes}", encoding="utf-8"
        )
        atlas["bread"].load(tmp_path / "lecture.md")
        text = DIFF_FORMS["markdown"].text(atlas["bread"].diff(0, 1))
    tokens = MarkdownIt().parse(text)
    assert "@" not in text.splitlines()[0] and "<script" not in text.splitlines()[0]
    assert [one.type for one in tokens].count("heading_open") == 1
    assert sum(one.content.count("x ````` y") for one in tokens if one.type == "fence") == 3


def test_markdown_is_never_too_long_for_a_comment_and_counts_what_is_left_out(tmp_path: Path) -> None:
    label = "word " * 90
    notes = "".join(f"## Claim: {label}{number}\n- about:: [[Bread]]\n\n" for number in range(300))
    (tmp_path / "long.md").write_text(f"---\nday: 1\ncourse: bread\n---\n{notes}", encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].load(tmp_path / "long.md")
        text = DIFF_FORMS["markdown"].text(atlas["bread"].diff(0, 1))
    assert LONGEST // 2 < len(text) <= LONGEST
    assert "lines more" in text and text.count("<details>") == text.count("</details>") == 2


def test_nothing_that_differs_is_said(tmp_path: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        fill(atlas)
        assert DIFF_FORMS["markdown"].text(atlas["bread"].diff(3, 3)).endswith("\n\nnothing differs\n")


def test_every_list_of_forms_is_that_of_the_registry(
    service: tuple[Served, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, store = service
    registered = DiffForm("haiku", "in three lines", lambda _, whole: [f"{whole}\n"], (".haiku",), "text/haiku")
    monkeypatch.setitem(DIFF_FORMS, "haiku", registered)
    assert found.get(f"{MAP}/diff.haiku?from=2&to=3").text == "False\n"
    assert found.get(f"{MAP}/diff?from=2&to=3", headers={"Accept": "text/haiku"}).text == "False\n"
    assert in_process(["diff", "2", "3", "--format", "haiku", "--store", store], "")[1] == "False\n"
    assert "haiku in three lines" in " ".join(in_process(["diff", "--help"], "")[1].split())
    assert next(one for one in COMMANDS if one.function.__name__ == "diff").choices["form"] is DIFF_FORMS
