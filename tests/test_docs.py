"""The documentation is true: its commands run, its examples hold, its links lead somewhere."""

import doctest
import re
from pathlib import Path

import pytest

import transcripts

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"(?<!!)!?\[[^\]\[]*\]\(([^)\s]+)\)")


def names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


def with_block(language: str) -> list[Path]:
    return [page for page in PAGES if any(block.language == language for block in transcripts.blocks(page.read_text()))]


@pytest.fixture
def beside_the_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that sees the sample course where a clone has it, with a store of its own."""
    (tmp_path / "conceptmap").mkdir()
    (tmp_path / "conceptmap" / "course").symlink_to(ROOT / "conceptmap" / "course")
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.delenv("CONCEPTMAP_MAP", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", with_block(transcripts.CONSOLE), ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(page: Path, beside_the_course: Path) -> None:
    for block in transcripts.blocks(page.read_text()):
        if block.file:
            (beside_the_course / block.file).write_text(block.text)
    for command in transcripts.commands(page.read_text()):
        if command.words[0] == "conceptmap":
            printed = transcripts.run(command, beside_the_course)
            assert transcripts.matches(command.output, printed), f"{page.name}:{command.line} printed:\n{printed}"


@pytest.mark.parametrize("page", with_block("pycon"), ids=lambda page: page.name)
def test_python_examples_hold(page: Path, beside_the_course: Path) -> None:
    examples = "\n".join(block.text for block in transcripts.blocks(page.read_text()) if block.language == "pycon")
    test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_lead_to_files_that_exist(page: Path) -> None:
    targets = [target.split("#")[0] for target in _LINK.findall(page.read_text())]
    missing = [one for one in targets if one and "://" not in one and not (page.parent / one).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_make_targets_that_are_named_exist(page: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    named = re.findall(r"(?:^\$ |`)make ([a-z]+)", page.read_text(), re.M)
    assert set(named) <= set(targets)


def test_every_command_on_the_first_screen_is_run() -> None:
    typed = {
        command.words[1] for command in transcripts.commands((ROOT / "README.md").read_text()) if len(command.words) > 1
    }
    assert {"load", "ask", "draw", "show", "export"} <= typed


def test_the_picture_of_the_readme_is_what_the_program_draws(beside_the_course: Path) -> None:
    for command in ("conceptmap load conceptmap/course", "conceptmap draw --as-of 26 -o day-26.svg"):
        transcripts.run(transcripts.Command(0, tuple(command.split()), ""), beside_the_course)
    drawn = (beside_the_course / "day-26.svg").read_bytes()
    assert drawn == (ROOT / "docs" / "day-26.svg").read_bytes(), "draw docs/day-26.svg anew"
