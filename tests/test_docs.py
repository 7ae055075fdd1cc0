"""The documentation is true: its commands run, its examples hold, its links lead somewhere."""

import doctest
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import docs_site
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
            (beside_the_course / block.file).parent.mkdir(exist_ok=True)
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


def places(page: Path) -> set[str]:
    """The anchors of a page's headings, by GitHub's rule; the second of one name ends with -1."""
    seen: Counter[str] = Counter()
    found = set()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text())
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            shown = "".join(one.content for one in inline.children or () if one.type in ("text", "code_inline"))
            name = re.sub(r"[^\w\- ]", "", shown.strip().lower()).replace(" ", "-")
            found.add(f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1
    return found


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_lead_to_files_and_headings_that_exist(page: Path) -> None:
    lost = []
    for link in _LINK.findall(page.read_text()):
        path, _, place = link.partition("#")
        target = page.parent / path if path else page
        is_there = target.exists() and (not place or target.suffix != ".md" or place in places(target))
        if "://" not in link and not is_there:
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_make_targets_that_are_named_exist(page: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    named = re.findall(r"(?:^\$ |`)make ([a-z]+)", page.read_text(), re.M)
    assert set(named) <= set(targets)


def test_every_page_stands_in_the_navigation_once() -> None:
    navigation = docs_site.navigation()
    assert navigation.get(docs_site.UNSAID, []) == [], "say in docs/navigation.toml for whom these pages are"
    offered = [name for names in navigation.values() for name in names]
    assert sorted([docs_site.START, *offered]) == sorted(docs_site.pages().values())


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
