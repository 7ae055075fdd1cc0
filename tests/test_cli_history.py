"""`conceptmap history`: whole in a narrow terminal, one entry a line in a pipe."""

import re
from pathlib import Path

import pytest

from dialogues import in_process
from test_cli import at_terminal

LONG = "day-01-" + "-".join(["a-very-long-name"] * 8) + ".md"
AUTHOR = "ada-" + "of-the-long-name-" * 5 + "x"


@pytest.fixture(autouse=True)
def _history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.delenv("CONCEPTMAP_MAP", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    Path(LONG).write_text("# Day 1: Tea\n## Tea\n- requires:: [[Water]]\n\n## Water\n", encoding="utf-8")
    Path("day-02.md").write_text("## Milk\n", encoding="utf-8")
    assert in_process(["load", "."], "")[0] == 0
    assert in_process(["rename", "Tea", "Black tea", "--by", AUTHOR], "")[0] == 0


def shown(columns: int) -> list[str]:
    return at_terminal("history", COLUMNS=str(columns), TERM="dumb").replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("columns", [40, 80])
def test_on_a_narrow_terminal_every_entry_is_whole_and_no_line_too_long(columns: int) -> None:
    lines = shown(columns)
    assert [line for line in lines if len(line) > columns] == []
    said = "".join("".join(lines).split())
    assert all("".join(one.split()) in said for one in (LONG, f"by {AUTHOR}", "nodes and edges: 4 added"))
    assert [line[:7] for line in lines if not line.startswith(" ")] == ["entry 3", "entry 2", "entry 1"]


def test_a_wide_terminal_and_a_pipe_have_an_entry_a_line() -> None:
    status, out, _ = in_process(["history"], "")
    assert (status, shown(400)) == (0, out.splitlines())
    assert len(out.splitlines()) == 3
    assert all(re.match(r"entry \d+  \S+Z  day \d ", line) for line in out.splitlines())
