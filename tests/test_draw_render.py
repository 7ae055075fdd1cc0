import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conceptmap.draw import Renderer, Selection, draw_svg, find_renderer, picture_of
from drawn_maps import robot_view
from graphs.bounds import Deadline
from ontology.errors import AnswerTooLate, DrawingFailed, DrawingTooLate

Program = Callable[..., str]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Makes a program out of lines of Python."""

    def make(*lines: str) -> str:
        path = tmp_path / "renderer"
        path.write_text("\n".join([f"#!{sys.executable}", "import os, sys, time", *lines]), encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return make


def test_graphviz_pure_is_found_beside_python_without_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert Path(find_renderer().program).name.startswith("graphviz-pure")


def test_a_setting_overrides_and_a_wrong_one_is_an_error(program: Program) -> None:
    mine = program("sys.exit(0)")
    assert find_renderer(mine) == Renderer(mine)
    with pytest.raises(DrawingFailed, match="no program"):
        find_renderer("/nowhere/dot")


def test_nothing_found_is_an_error_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(DrawingFailed, match="pip install graphviz-pure"):
        find_renderer()


def test_drawing_answers_with_svg() -> None:
    assert find_renderer().render("digraph { a -> b }").svg.rstrip().endswith("</svg>")


def test_warnings_are_kept_apart(program: Program) -> None:
    drawn = Renderer(program("sys.stdin.read(); print('<svg/>'); print('odd font', file=sys.stderr)")).render(
        "digraph {}"
    )
    assert (drawn.svg.strip(), drawn.warnings) == ("<svg/>", "odd font")


def test_an_error_is_never_half_a_picture(program: Program) -> None:
    broken = program("print('<svg>'); print('lost an edge', file=sys.stderr); sys.exit(1)")
    with pytest.raises(DrawingFailed, match="status 1: lost an edge"):
        Renderer(broken).render("digraph {}")
    with pytest.raises(DrawingFailed, match="syntax error"):
        find_renderer().render("digraph {")


def test_a_program_that_hangs_is_killed_at_the_deadline(program: Program) -> None:
    with pytest.raises(DrawingFailed, match=r"longer than 0\.3 s"):
        Renderer(program("time.sleep(30)"), deadline=0.3).render("digraph {}")


def test_it_is_killed_at_a_deadline_that_somebody_keeps(program: Program) -> None:
    hanging = Renderer(program("time.sleep(30)"))
    with Deadline.after(0.3).kept(), pytest.raises(DrawingTooLate):
        hanging.render("digraph {}")
    with Deadline(0.0, clock=lambda: 1.0).kept(), pytest.raises(AnswerTooLate):
        Renderer("no-such-program").render("digraph {}")  # it is not even started


def test_a_program_that_hangs_after_closing_its_outputs_is_killed_too(program: Program) -> None:
    silent = program("os.close(1); os.close(2); time.sleep(30)")
    with pytest.raises(DrawingFailed, match="longer than"):
        Renderer(silent, deadline=0.3).render("digraph {}")


def test_a_program_that_writes_without_end_is_stopped(program: Program) -> None:
    endless = program("while True: sys.stdout.write('x' * 65536)")
    with pytest.raises(DrawingFailed, match="larger than 1000000 bytes"):
        Renderer(endless, most_bytes=1_000_000).render("digraph {}")


def test_a_program_that_does_not_read_its_input_fails_by_its_status(program: Program) -> None:
    with pytest.raises(DrawingFailed, match="status 3"):
        Renderer(program("sys.exit(3)")).render("digraph { }" + " " * 1_000_000)


def test_a_program_that_cannot_start_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DrawingFailed, match="cannot be started"):
        Renderer(str(tmp_path)).render("digraph {}")


def test_the_environment_is_not_handed_on(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    told = Renderer(program("sys.stdin.read(); print(sorted(os.environ))")).render("digraph {}").svg
    assert "SECRET" not in told
    assert "SERVER_NAME" in told


def test_an_answer_that_is_no_svg_is_an_error(program: Program) -> None:
    picture = picture_of(robot_view(), Selection())
    with pytest.raises(DrawingFailed, match="did not answer with the SVG drawing"):
        draw_svg(picture, Renderer(program("sys.stdin.read(); print('hello')")))


def test_a_program_off_the_limits_leaves_no_process_behind(program: Program, tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    hanging = program(f"open({str(noted)!r}, 'w').write(str(os.getpid())); time.sleep(30)")
    with pytest.raises(DrawingFailed):
        Renderer(hanging, deadline=0.5).render("digraph {}")
    with pytest.raises(ProcessLookupError):
        os.kill(int(noted.read_text(encoding="utf-8")), 0)
