"""The program as the shell sees it: exit statuses, streams, terminals, interrupts, and how soon it is there."""

import os
import pty
import shlex
import signal
import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import get_args

import pytest

import conceptmap
from conceptmap.atlas import open_atlas
from conceptmap.cli import admin
from conceptmap.cli.failures import explain
from conceptmap.cli.program import COMMANDS, Command
from conceptmap.disk import find_notes
from dialogues import in_process
from graphs.tokens import SCOPES
from ontology.errors import (
    ConceptMapError,
    DrawingFailed,
    InvalidDocument,
    MapNotChosen,
    Problem,
    RefusedWrite,
    StaleRevision,
    StoreCorrupted,
    StoreUnavailable,
    UnknownMap,
    UnknownNode,
)

PROGRAM = str(Path(sys.executable).with_name("conceptmap"))
COURSE = str(Path(conceptmap.__file__).parent / "course")
LATER = (
    "graphviz",
    "networkx",
    "rapidfuzz",
    "rdflib",
    "markdown_it",
    "fastapi",
    "conceptmap.draw.picture",
    "conceptmap.notes",
    "rich",
)
NOTE = "# Day 1: Tea\n## Tea\nA drink.\n- requires:: [[Water]]\n\n## Water\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a note, and a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.delenv("CONCEPTMAP_MAP", raising=False)
    (tmp_path / "tea.md").write_text(NOTE, encoding="utf-8")
    return tmp_path


def shell(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [PROGRAM, *arguments], capture_output=True, env={**os.environ, **environment}, timeout=60, check=False
    )


def at_terminal(*arguments: str, typed: str = "", **environment: str) -> str:
    """What the program shows on a terminal at which something is typed."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [PROGRAM, *arguments],
        stdin=follower, stdout=follower, stderr=follower,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    )  # fmt: skip
    os.close(follower)
    os.write(leader, typed.encode())
    shown = b""
    try:
        while chunk := os.read(leader, 65_536):
            shown += chunk
    except OSError:  # the way Linux says that a terminal is closed
        pass
    os.close(leader)
    process.wait(timeout=60)
    return shown.decode()


def test_the_installed_program_loads_and_reads(folder: Path) -> None:
    assert shell("load", "tea.md").returncode == 0
    shown = shell("show", "tea")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert shown.stdout.decode().startswith("Tea  Concept, day 1  tea\n")


def test_scopes_of_tokens_are_those_that_there_are() -> None:
    assert sorted(get_args(admin.Scope)) == sorted(SCOPES)


def test_the_version_is_that_of_the_package() -> None:
    assert in_process(["--version"], "") == (0, f"conceptmap {metadata.version('conceptmap')}\n", "")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InvalidDocument([Problem(file="day-01.md", what="wrong")]), 3),
        (RefusedWrite("no"), 3),
        (StaleRevision(1, "day-01.md", 2, 3), 3),
        (UnknownMap("tea", ["coffee"]), 2),
        (MapNotChosen(["coffee", "tea"]), 2),
        (UnknownNode("tee", ["tea"]), 1),
        (DrawingFailed("no Graphviz"), 1),
        (StoreUnavailable("locked"), 4),
        (StoreCorrupted("entry 3"), 4),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_has_its_words_and_its_exit_status(
    error: ConceptMapError, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(error) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(str(error))
    assert shown.err.endswith("nothing was stored\n") == (status == 3)


def test_a_mistake_of_the_program_leaves_its_trace_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert explain(ZeroDivisionError("division by zero")) == 70
    (report,) = tmp_path.iterdir()
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
    shown = capsys.readouterr().err
    assert str(report) in shown
    assert "Traceback" not in shown


def test_a_port_in_use_is_answered_with_what_to_do(folder: Path) -> None:
    assert in_process(["load", "tea.md"], "")[0] == 0
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        status, _, said = in_process(["serve", "--port", str(port)], "")
    assert status == 2
    assert f"port {port} is in use by " in said and "--port 0" in said
    if Path("/proc/net/tcp").exists():
        assert f"(process {os.getpid()})" in said
    else:
        assert "another program" in said


def test_a_map_that_only_the_environment_names_is_said_where_the_notes_name_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "tea.md").write_text("---\ncourse: tea\n---\n## Tea\n", encoding="utf-8")
    monkeypatch.setenv("CONCEPTMAP_MAP", "coffee")
    assert "the notes say 'course: tea', but CONCEPTMAP_MAP says 'coffee'" in in_process(["load", "tea.md"], "")[2]
    assert "CONCEPTMAP_MAP" not in in_process(["load", "tea.md", "--map", "milk"], "")[2]


def test_without_any_store_the_first_steps_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONCEPTMAP_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    status, _, said = in_process(["draw"], "")
    assert status == 4
    assert said.startswith("there are no maps yet") and "conceptmap demo" in said


def test_control_characters_of_an_argument_do_not_reach_the_terminal(folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    status, _, err = in_process(["search", "\x1b[2J\udcff"], "")
    assert status == 1
    assert "\x1b" not in err


def test_an_interrupt_ends_with_130_and_no_trace(folder: Path) -> None:
    os.mkfifo("slow.md")
    # A shell that runs the tests in the background lets programs ignore interrupts, but not what is handled here.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen([PROGRAM, "load", "slow.md"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    writer = os.open("slow.md", os.O_WRONLY)  # returns when the program has begun to read
    signal.signal(signal.SIGINT, former)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    os.close(writer)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_a_closed_pipe_is_quiet(folder: Path) -> None:
    in_process(["load", COURSE], "")
    process = subprocess.Popen([PROGRAM, "export"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.read(1) == b"{"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) in (0, 141)
    process.stderr.close()


WRITING = (
    "--version",
    "--help",
    "ask 'what is tea?'",
    "export --format jsonld",
    "export --format trig",
    "draw --format png",
    "history",
)


@pytest.mark.parametrize("words", WRITING)
def test_a_reader_that_went_away_is_no_mistake(words: str, folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    command = f"set -o pipefail; {PROGRAM} {words} | true"
    done = subprocess.run(["bash", "-c", command], stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode in (0, 141), done.stderr) == (True, b"")


@pytest.mark.parametrize(
    ("closed", "status"),
    [
        ("load tea.md >&- 2>&-", 0),
        ("export >&- 2>&- <&-", 0),
        ("ask <&-", 0),
        ("ask 'what is tea?' <&-", 0),
        ("show tee 2>&-", 1),
        ("shew 2>&-", 2),
    ],
)
def test_closed_streams_are_no_mistake(closed: str, status: int, folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    done = subprocess.run(f"{PROGRAM} {closed}", shell=True, capture_output=True, timeout=60, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (status, False)
    assert in_process(["show", "tea"], "")[0] == 0


@pytest.mark.parametrize("words", WRITING)
def test_a_full_disk_is_said(words: str, folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    in_process(["load", "tea.md"], "")
    for unheard in ("", " 2>/dev/full"):
        command = f"{PROGRAM} {words} >/dev/full{unheard}"
        done = subprocess.run(command, shell=True, stderr=subprocess.PIPE, timeout=60, check=False)
        said = b"" if unheard else b"cannot go on: no space left on device\n"
        assert (done.returncode, done.stderr) == (2, said)


def test_what_is_typed_need_not_be_utf8(folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    done = subprocess.run([PROGRAM, "ask"], input=b"what is t\xffa?\n", capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_output_is_utf8_whatever_the_locale_says(folder: Path) -> None:
    in_process(["load", COURSE], "")
    drawn = shell("draw", LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert drawn.returncode == 0
    assert "└── " in drawn.stdout.decode("utf-8")


def test_a_file_gets_the_same_bytes_as_a_pipe(folder: Path) -> None:
    in_process(["load", COURSE], "")
    assert shell("draw", "-o", "map.svg").returncode == 0
    assert (folder / "map.svg").read_bytes() == shell("draw", "--format", "svg").stdout
    assert shell("draw", "-o", "map.png").returncode == 0
    assert (folder / "map.png").read_bytes().startswith(b"\x89PNG")


def test_colours_are_for_terminals_that_want_them(folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    assert "\x1b[36m" in at_terminal("show", "tea")
    assert "\x1b[36m" not in at_terminal("show", "tea", NO_COLOR="1")
    assert "\x1b" not in at_terminal("show", "tea", TERM="dumb")


def test_long_lines_are_not_wrapped_on_a_terminal(folder: Path) -> None:
    words = " ".join(["word"] * 100)
    (folder / "long.md").write_text(f"# Day 2: Long\n## Claim: Long\n{words}\n", encoding="utf-8")
    in_process(["load", "tea.md", "long.md"], "")
    assert words in at_terminal("show", "long", COLUMNS="40")


def test_a_terminal_gets_no_bytes_of_a_picture(folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    shown = at_terminal("draw", "--format", "png", TERM="dumb")
    assert "-o FILE" in shown
    assert "PNG" not in shown.split("Error")[0]


def test_questions_can_be_typed_one_after_another(folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    leader, follower = pty.openpty()
    process = subprocess.Popen([PROGRAM, "ask"], stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.write(leader, b"what is tea?\n\nwhat is a car?\nexit\n")
    out, err = process.communicate(timeout=60)
    os.close(leader)
    os.close(follower)
    assert (process.returncode, err.count(b"Traceback")) == (0, 0)
    assert "A drink." in out.decode()


def test_the_demo_draws_asks_and_leaves_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    status, out, _ = in_process(["demo"], "")
    assert status == 0
    assert "Information Theory (Day 5)\n│\n" in out
    assert "day 26, day-26.md:" in out
    picture = Path(out.splitlines()[-1].removeprefix("The picture: "))
    assert picture.read_text(encoding="utf-8").rstrip().endswith("</svg>")


def test_progress_shows_on_a_terminal_only(folder: Path) -> None:
    assert "reading 1 note" in at_terminal("load", "tea.md")
    assert shell("load", "tea.md").stderr == b"next: conceptmap draw\n"


def test_progress_is_told_with_a_count(folder: Path) -> None:
    (folder / "rice.md").write_text("# Rice\nA grain.\n", encoding="utf-8")
    told: list[tuple[int, int]] = []
    with open_atlas(folder / "maps.db") as atlas:
        files = find_notes([folder]).files
        atlas["tea"].load_notes(files, told=lambda *one: told.append(one))
        assert told == [(0, 2), (1, 2), (1, 2), (2, 2)]
        told.clear()
        atlas.verify(lambda *one: told.append(one))
        assert told == [(1, 2), (2, 2)]
        told.clear()
        atlas.back_up(folder / "copy.db", lambda *one: told.append(one))
        assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_examples_of_the_help_can_be_typed(command: Command, folder: Path) -> None:
    for example in command.examples:
        assert command.name in example.split()
        status, _, err = in_process([*shlex.split(example.split(" > ")[0]), "--help"], "")
        assert (status, err) == (0, "")


def test_help_waits_for_nothing_heavy() -> None:
    heavy = {"pydantic", "psycopg", "pyoxigraph", "rapidfuzz", "graphviz", "rdflib", "rich"}
    code = f"""
import sys
from conceptmap.cli.program import run
run(["--help"])
sys.exit(str({heavy} & {{*sys.modules}}))
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr == "set()\n"


def test_a_question_waits_for_no_drawing_and_no_rdf(folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    code = f"""
import sys
from conceptmap.cli.program import run
assert run(["ask", "what is tea?"]) == 0
sys.exit(bool({set(LATER)} & {{*sys.modules}}))
"""
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0


def test_a_renamed_file_and_one_that_is_gone_are_said_before_and_when_a_folder_is_loaded(folder: Path) -> None:
    (folder / "rice.md").write_text("# Rice\nA grain.\n", encoding="utf-8")
    in_process(["load", "."], "")
    (folder / "tea.md").rename(folder / "chai.md")
    (folder / "rice.md").unlink()
    for more in (["--dry-run"], []):
        status, out, err = in_process(["load", ".", *more], "")
        assert (status, out.splitlines()[0].startswith("course: 1 renamed")) == (0, True)
        assert "  day 1  chai.md  renamed from tea.md" in out
        assert "files gone: rice.md; the map still has what they said, and --prune removes it" in err


def test_what_is_gone_ends_where_somebody_says_so(folder: Path) -> None:
    (folder / "rice.md").write_text("# Rice\nA grain.\n", encoding="utf-8")
    in_process(["load", "."], "")
    (folder / "rice.md").unlink()
    assert in_process(["load", ".", "--prune"], "")[0] == 2
    assert "  undated  rice.md  removed" in in_process(["load", ".", "--prune", "--dry-run"], "")[1]
    assert in_process(["show", "rice"], "")[0] == 0
    assert "  undated  rice.md  removed" in in_process(["load", ".", "--prune", "--yes"], "")[1]
    assert in_process(["show", "rice"], "")[0] == 1
    assert in_process(["load", ".", "--prune"], "")[0] == 0


@pytest.mark.parametrize(("answer", "left"), [("y", 1), ("n", 0)])
def test_at_a_terminal_it_is_asked_before_anything_is_pruned(folder: Path, answer: str, left: int) -> None:
    (folder / "rice.md").write_text("# Rice\nA grain.\n", encoding="utf-8")
    in_process(["load", "."], "")
    (folder / "rice.md").unlink()
    shown = at_terminal("load", ".", "--prune", typed=f"{answer}\n")
    assert "gone: rice.md" in shown and "Remove from the map what 1 file said? [y/N]" in shown
    assert in_process(["show", "rice"], "")[0] == left


def test_a_folder_that_stands_as_it_is_is_loaded_without_the_reader(folder: Path) -> None:
    in_process(["load", "."], "")
    code = """
import sys
from conceptmap.cli.program import run
assert run(["load", "."]) == 0
sys.exit(bool({"markdown_it", "yaml", "pydantic", "conceptmap.notes.reader"} & {*sys.modules}))
"""
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0


def test_a_library_call_that_reads_a_map_does_without_pydantic(folder: Path) -> None:
    in_process(["load", "tea.md"], "")
    code = """
import sys
import os
from conceptmap.atlas import open_atlas
with open_atlas(os.environ["CONCEPTMAP_STORE"]) as atlas:
    assert atlas["course"].ask("what is tea?")
sys.exit("pydantic" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_load_of_many_notes_ends_with_what_was_read_of_all(folder: Path) -> None:
    for number in range(2, 14):
        lines = "\n".join(f"> Hm {line}.\n" for line in range(number))
        (folder / f"day-{number}.md").write_text(f"# Day {number}\n\n{lines}\n", encoding="utf-8")
    said = in_process(["load", "."], "")[1].splitlines()[-1]
    assert said == (
        "13 notes: 17 of 107 lines read, 15 nodes, 1 edge; "
        "unread lines: day-13.md (13), day-12.md (12), day-11.md (11) and 9 more"
    )
