"""The help of the program and of every command: for people, at 80 columns, the same wherever it goes."""

import re
import subprocess
import sys

import pytest

from conceptmap.cli.program import COMMANDS
from dialogues import in_process
from test_cli import PROGRAM, at_terminal

NAMES = [command.name for command in COMMANDS]
LEAKS = re.compile(
    r"<\w+>|\b(?:TEXT|INTEGER|FLOAT|PATH:|None|bool|str|int)\b|<=|>=|\{\w|[a-z]\.\.\.$|\[\]", re.MULTILINE
)
"""What says more of the program than of what it does: types, formulas, cut lines, braces around what is needed."""


def help_of(*words: str) -> str:
    status, text, errors = in_process([*words, "--help"], "")
    assert (status, errors) == (0, "")
    return text


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("name", [None, *NAMES])
def test_help_fits_80_columns_and_leaks_no_types(name: str | None) -> None:
    text = help_of(*([name] if name else []))
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert text.startswith(" ".join(filter(None, ["Usage: conceptmap", name, ""])))
    assert LEAKS.findall(re.sub(r"\{(\w+\|)+\w+\}|COMMAND \[ARGS\]\.\.\.", "", text)) == []


def test_the_program_lists_every_command_with_its_whole_line() -> None:
    said = " ".join(help_of().split())
    for command in COMMANDS:
        first = (command.function.__doc__ or "").partition("\n")[0]
        assert f" {command.name} {first}" in said


@pytest.mark.parametrize("name", [one.name for one in COMMANDS if one.choices])
def test_each_choice_of_a_registry_has_its_line(name: str) -> None:
    command = next(one for one in COMMANDS if one.name == name)
    said = " ".join(help_of(name).split())
    for choices in command.choices.values():
        assert all(f" {word} {choice.help}" in said for word, choice in choices.items())


def test_a_terminal_shows_the_help_that_a_pipe_gets() -> None:
    assert at_terminal("load", "--help", COLUMNS="80").replace("\r\n", "\n") == help_of("load")


def test_the_package_can_be_run_by_its_name() -> None:
    run = [sys.executable, "-m", "conceptmap", "shew"]
    said = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    same = subprocess.run([PROGRAM, "shew"], capture_output=True, text=True, timeout=60, check=False)
    assert (said.returncode, said.stdout, said.stderr) == (same.returncode, same.stdout, same.stderr)
    assert said.stderr.startswith("Usage: conceptmap [OPTIONS] COMMAND")
