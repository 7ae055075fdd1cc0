"""Problems as people and programs get them: one reporter a form, the same for every command that reports."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conceptmap.cli.program import COMMANDS
from conceptmap.reporters import REPORTERS, Remark, Reporter, remarks_of
from conceptmap.reporters.rules import OTHER, rule_of
from dialogues import in_process
from ontology.errors import Problem
from test_notes_problems import WRONG

NOTE = "---\nday: 2\ncourse: bread\n---\n## Fermentation\n- kind:: Methd\n- requires:: Yeast\n"
SOUND = "---\nday: 1\ncourse: bread\n---\n## Yeast\nLives on sugar.\n- alias:: Yeats\n- suports:: [[Salt]]\n"
REMARKS = (
    Remark("notes/day 2.md", 6, 3, "unknown-kind", "error", "unknown kind 'Methd'", "did you mean 'Method'?"),
    Remark("/srv/a:b,c.md", 2, None, "alone", "note", "100 % alone\n::error::really?"),
    Remark("notes/ü.md", None, None, "question", "warning", "the map no longer answers 'Why?'"),
)


VIM_FORMAT = r"set errorformat=%f:%l:%c:\ %t%*[a-z]:\ %m,%f:%l:\ %t%*[a-z]:\ %m,%f:\ %t%*[a-z]:\ %m"
"""As it stands in docs/continuous-integration.md."""


def said(form: str, *remarks: Remark) -> str:
    return "".join(REPORTERS[form].write(remarks or REMARKS))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of notes, of which one is wrong, two folders down, and a store of its own."""
    notes = tmp_path / "course" / "notes"
    notes.mkdir(parents=True)
    (notes / "day-01.md").write_text(SOUND, encoding="utf-8")
    (notes / "day-02.md").write_text(NOTE, encoding="utf-8")
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def places(data: Any) -> list[tuple[str, int | None, str, str]]:
    return [(one["path"], one["line"], one["severity"], one["rule"]) for one in data["problems"]]


def test_text_is_a_line_each_as_compilers_write_them() -> None:
    assert said("text").splitlines() == [
        "notes/day 2.md:6:3: error: unknown kind 'Methd'; did you mean 'Method'? [unknown-kind]",
        "/srv/a:b,c.md:2: note: 100 % alone ::error::really? [alone]",
        "notes/ü.md: warning: the map no longer answers 'Why?' [question]",
    ]


def test_json_has_every_field_and_nothing_but_ascii() -> None:
    first, _, last = json.loads(said("json"))["problems"]
    assert first == {
        "path": "notes/day 2.md",
        "line": 6,
        "column": 3,
        "rule": "unknown-kind",
        "severity": "error",
        "what": "unknown kind 'Methd'",
        "hint": "did you mean 'Method'?",
    }
    assert (last["line"], last["column"]) == (None, None)
    assert said("json").isascii() and said("sarif").isascii()


def test_an_annotation_is_one_command_whatever_a_note_says_and_errors_come_first() -> None:
    assert said("github", *REMARKS[::-1]).splitlines() == [
        "::error file=notes/day 2.md,line=6,col=3,title=unknown-kind::unknown kind 'Methd'; did you mean 'Method'?",
        "::warning file=notes/ü.md,title=question::the map no longer answers 'Why?'",
        "::notice file=/srv/a%3Ab%2Cc.md,line=2,title=alone::100 %25 alone%0A::error::really?",
    ]


def test_sarif_has_what_its_standard_requires() -> None:
    log = json.loads(said("sarif"))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    (run,) = log["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert (run["tool"]["driver"]["name"], run["columnKind"]) == ("conceptmap", "unicodeCodePoints")
    assert [rules[one["ruleIndex"]]["id"] for one in results] == [one["ruleId"] for one in results]
    assert [one["level"] for one in results] == ["error", "note", "warning"]
    physical = [one["locations"][0]["physicalLocation"] for one in results]
    assert [one["artifactLocation"]["uri"] for one in physical] == [
        "notes/day%202.md",
        "file:///srv/a%3Ab%2Cc.md",
        "notes/%C3%BC.md",
    ]
    assert [one.get("region") for one in physical] == [{"startLine": 6, "startColumn": 3}, {"startLine": 2}, None]
    assert all(one["message"]["text"] for one in results)


# What GitLab's documentation asks of a report, as a schema: it publishes none.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^[a-z-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("remarks", [(), REMARKS], ids=["nothing", "something"])
def test_a_code_quality_report_has_what_gitlab_asks_for(remarks: tuple[Remark, ...]) -> None:
    issues = json.loads("".join(REPORTERS["gitlab"].write(remarks)))
    jsonschema.validate(issues, CODE_QUALITY)
    assert [one["severity"] for one in issues] == ["major", "info", "minor"][: len(remarks)]
    assert [one["location"]["path"] for one in issues] == [one.path for one in remarks]


def test_a_fingerprint_stays_when_lines_are_added_and_differs_for_the_same_words_twice() -> None:
    first = REMARKS[0]
    prints = [one["fingerprint"] for one in json.loads(said("gitlab", first, replace(first, line=9), REMARKS[1]))]
    below = [one["fingerprint"] for one in json.loads(said("gitlab", replace(first, line=16), replace(first, line=19)))]
    assert len(set(prints)) == 3 and below == prints[:2]


def test_text_is_read_by_an_editor_as_it_is(folder: Path) -> None:
    if not (vim := shutil.which("vim")):
        pytest.skip("NOT CHECKED: no Vim here to read the lines as its list of errors")
    (folder / "problems.txt").write_text(said("text"), encoding="utf-8")
    fields = """ . '|' . """.join(["bufname(v:val.bufnr)", "v:val.lnum", "v:val.col", "v:val.type"])
    ask = f"""writefile(map(getqflist(), "{fields}"), 'read')"""
    command = [
        vim,
        "-Nes",
        "-u",
        "NONE",
        "-c",
        VIM_FORMAT,
        "-c",
        "cgetfile problems.txt",
        "-c",
        f"call {ask}",
        "-c",
        "q",
    ]
    subprocess.run(command, check=False, timeout=60, cwd=folder)
    assert (folder / "read").read_text(encoding="utf-8").splitlines() == [
        "notes/day 2.md|6|3|e", "/srv/a:b,c.md|2|0|n", "notes/ü.md|0|0|w",
    ]  # fmt: skip


@pytest.mark.parametrize("remarks", [(), REMARKS], ids=["nothing", "something"])
def test_sarif_is_valid_by_its_official_schema(remarks: tuple[Remark, ...]) -> None:
    schema = os.environ.get("CONCEPTMAP_SARIF_SCHEMA")
    if not schema:
        pytest.skip("NOT CHECKED: CONCEPTMAP_SARIF_SCHEMA names no copy of OASIS's sarif-schema-2.1.0.json")
    log = json.loads("".join(REPORTERS["sarif"].write(remarks)))
    jsonschema.validate(log, json.loads(Path(schema).read_text(encoding="utf-8")))


def test_every_problem_of_notes_and_every_check_has_a_rule() -> None:
    messages = [re.sub(r"^\d+:\d+: ", "", one) for _, problems in WRONG for one in problems]
    assert [one for one in messages if rule_of(one.rpartition("; ")[0] or one) is OTHER] == []


def test_what_a_name_says_is_no_rule() -> None:
    assert [one.rule for one in remarks_of([Problem(file="a", what="unknown kind 'no UTF-8'")], "error")] == [
        "unknown-kind"
    ]


@pytest.mark.parametrize("command", ["load", "check"])
def test_every_list_of_forms_is_that_of_the_registry(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    registered = Reporter("haiku", "in three lines", lambda remarks: iter([f"{len(remarks)} problems\n"]), (".haiku",))
    monkeypatch.setitem(REPORTERS, "haiku", registered)
    monkeypatch.setenv("COLUMNS", "100")
    _, text, _ = in_process([command, "--help"], "")
    assert all(name in text for name in REPORTERS)
    assert re.search(r"haiku +in three lines", text)
    assert next(one for one in COMMANDS if one.function.__name__ == command).choices["report"] is REPORTERS


def test_load_reports_paths_as_they_were_given_and_keeps_stdout_for_the_report(folder: Path) -> None:
    status, text, beside = in_process(["load", "course/notes", "--report", "json"], "")
    assert (status, places(json.loads(text))) == (
        3,
        [
            ("course/notes/day-01.md", 8, "warning", "unknown-relation"),
            ("course/notes/day-02.md", 6, "error", "unknown-kind"),
            ("course/notes/day-02.md", 7, "error", "no-target"),
        ],
    )
    assert "bread: 1 added" in beside and "1 note refused; the others are stored" in beside and "Methd" not in beside
    status, text, _ = in_process(["load", str(folder / "course" / "notes"), "--report", "text"], "")
    assert f"{folder}/course/notes/day-02.md:6:3: error: unknown kind 'Methd'" in text


def test_a_report_in_a_file_has_the_form_of_its_suffix_and_leaves_stdout_as_it_is(folder: Path) -> None:
    status, text, _ = in_process(["load", "course/notes", "-o", "problems.sarif"], "")
    assert (status, text.splitlines()[0]) == (3, "bread: 1 added")
    assert len(json.loads((folder / "problems.sarif").read_text())["runs"][0]["results"]) == 3
    status, _, beside = in_process(["load", "course/notes", "-o", "problems.xml"], "")
    assert status == 2 and ".sarif (or say which with --report)" in " ".join(beside.split())
    assert in_process(["load", "course/notes", "-o", "problems"], "")[0] == 2


def test_a_load_that_stores_nothing_reports_too(folder: Path) -> None:
    for more in (["course/notes", "--strict"], ["course/notes/day-02.md"], ["nowhere"]):
        status, text, beside = in_process(["load", *more, "--report", "json"], "")
        assert (status, beside.splitlines()) == (3, ["nothing was stored"])
        assert len(json.loads(text)["problems"]) > 0
    status, text, _ = in_process(["load", "course/notes/day-01.md", "--report", "sarif"], "")
    assert (status, json.loads(text)["runs"][0]["results"][0]["ruleId"]) == (0, "unknown-relation")


def test_checks_are_reported_at_the_files_that_were_loaded(folder: Path) -> None:
    in_process(["load", "course/notes"], "")
    status, text, beside = in_process(["check", "--report", "json"], "")
    assert (status, beside.strip()) == (1, "to look at: 2 warnings")
    assert ("course/notes/day-01.md", 8, "warning", "undefined") in places(json.loads(text))
    (folder / "course").rename(folder / "moved")
    _, text, _ = in_process(["check", "--report", "json"], "")
    assert ("day-01.md", 8, "warning", "undefined") in places(json.loads(text))


def test_questions_of_a_file_are_reported(folder: Path) -> None:
    in_process(["load", "course/notes"], "")
    (folder / "questions.md").write_text("- What is yeast?\n- What supports salt?\n", encoding="utf-8")
    status, text, _ = in_process(["check", "--questions", "questions.md", "--report", "github"], "")
    assert (status, text.partition("::'")[0]) == (1, "::warning file=questions.md,line=2,title=unanswered")
