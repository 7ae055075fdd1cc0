"""The recipes for build servers, hooks and editors: what they run works, and what they read is what is written."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conceptmap.notes import NOTE_SUFFIXES
from dialogues import in_process
from test_reporters import REMARKS, VIM_FORMAT, said
from transcripts import blocks

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "continuous-integration.md"
BLOCKS = {
    language: [one.text for one in blocks(PAGE.read_text()) if one.language == language]
    for language in ("yaml", "make", "json", "vim")
}
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(one)


def commands() -> list[list[str]]:
    """The commands of the recipes in order, each once."""
    found = [one for text in BLOCKS["yaml"] for one in strings(yaml.safe_load(text))]
    found += [line.strip() for text in BLOCKS["make"] for line in text.splitlines()]
    found += strings(json.loads(BLOCKS["json"][0]))
    found.append(BLOCKS["vim"][0].partition("makeprg=")[2].replace("\\ ", " "))
    found.append(" ".join([HOOK["entry"], "notes/"]))
    return [shlex.split(one)[1:] for one in dict.fromkeys(found) if one.startswith("conceptmap ")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with notes, and a store of its own that no recipe may touch."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'mine.db'}")
    assert in_process(["init", "notes"], "")[0] == 0
    return tmp_path


def test_every_command_of_the_recipes_runs_on_sound_notes_and_loads_refuse_a_wrong_one(folder: Path) -> None:
    assert len(commands()) >= 4
    for command in commands():
        assert (command, in_process(command, "")[0]) == (command, 0)
    (folder / "notes" / "day-02.md").write_text("---\nday: two\n---\n## Milk\n", encoding="utf-8")
    for command in commands():
        assert (command, in_process(command, "")[0]) == (command, 3 if command[0] == "load" else 0)
    assert not (folder / "mine.db").exists()
    (issue,) = json.loads((folder / "gl-code-quality-report.json").read_text())
    assert (issue["location"], issue["check_name"]) == ({"path": "notes/day-02.md", "lines": {"begin": 2}}, "day")


def test_the_hook_is_whole_and_runs_where_a_note_changes() -> None:
    assert {"id", "name", "description", "entry", "language"} <= set(HOOK)
    assert all(re.search(HOOK["files"], f"notes/day-1{ending}") for ending in NOTE_SUFFIXES)
    assert not re.search(HOOK["files"], "setup.py")
    (used,) = [one for text in BLOCKS["yaml"] for one in (yaml.safe_load(text).get("repos") or ())]
    assert used["hooks"][0]["id"] == HOOK["id"]


def test_the_problem_matcher_reads_what_is_written() -> None:
    (task,) = json.loads(BLOCKS["json"][0])["tasks"]
    pattern = re.compile(task["problemMatcher"]["pattern"]["regexp"])
    found = [match.groups() for line in said("text").splitlines() if (match := pattern.match(line))]
    assert [one[:4] for one in found] == [
        ("notes/day 2.md", "6", "3", "error"),
        ("/srv/a:b,c.md", "2", None, "note"),
    ]
    assert REMARKS[2].line is None


def test_the_format_for_vim_is_the_one_that_vim_was_given() -> None:
    assert VIM_FORMAT in BLOCKS["vim"][0].splitlines()
