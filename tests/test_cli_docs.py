"""The page on the command line says of every command what the program itself says."""

from pathlib import Path

import pytest

from conceptmap.cli.program import COMMANDS
from dialogues import in_process

PAGE = Path(__file__).parent.parent / "docs" / "command-line.md"
START = "Made from the program; a test compares it.\n"
NAMES = [command.name for command in COMMANDS]


def reference() -> str:
    """The help of the program and of every command, as Markdown."""
    sections = [f"\n### conceptmap\n\n{_help()}", *(f"\n### conceptmap {name}\n\n{_help(name)}" for name in NAMES)]
    return "".join(sections)


def _help(*words: str) -> str:
    status, text, _ = in_process([*words, "--help"], "")
    assert status == 0
    lines = (line.rstrip() for line in text.strip("\n").splitlines())
    return "```text\n" + "\n".join(lines) + "\n```\n"


def test_the_reference_is_what_help_prints(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page = PAGE.read_text(encoding="utf-8")
    above, start, below = page.partition(START)
    if pytestconfig.getoption("rewrite_transcripts"):
        PAGE.write_text(above + start + reference(), encoding="utf-8")
        return
    assert below == reference()


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_explained_and_tried(name: str) -> None:
    above = PAGE.read_text(encoding="utf-8").partition(START)[0]
    assert f"| `{name}" in above
    # One is all about its exit status, one about a picture's path, one needs a service, and two do not end.
    if name not in ("check", "demo", "push", "serve", "mcp"):
        assert f"$ conceptmap {name} " in above or f"$ conceptmap {name}\n" in above
