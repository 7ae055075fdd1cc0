"""What the rooms may know of each other, as far as the contracts of imports in pyproject.toml do not say it."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest

from conceptmap.atlas import Atlas
from conceptmap.map import CourseMap

ROOT = Path(__file__).parent.parent
FILES = [file for floor in ("api", "conceptmap") for file in sorted((ROOT / floor).rglob("*.py"))]


def _folds(file: Path) -> Iterator[str]:
    """Where a file takes the fold out of something, or imports its class."""
    text = file.read_text()
    for node in ast.walk(ast.parse(text)) if "fold" in text.lower() else ():
        at = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Attribute) and node.attr == "fold":
            yield f"{at}: {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom) and any(one.name == "Fold" for one in node.names):
            yield f"{at}: {ast.unparse(node)}"


def test_outside_graphs_maps_are_read_through_views_never_through_folds() -> None:
    assert len(FILES) > 50
    assert [found for file in FILES for found in _folds(file)] == []


def _notebook() -> str:
    """The Python of the page on notebooks, as a program."""
    page = (ROOT / "docs" / "notebooks.md").read_text()
    return "\n".join(re.findall(r"^(?:>>>|\.\.\.) (.*)$", page, re.M))


@pytest.mark.parametrize("way_in", [Atlas, CourseMap])
def test_every_way_in_is_used_by_the_program_the_service_or_notebooks(way_in: type) -> None:
    """Notebooks are a door too: what only they need must stand on their page, whose examples are run."""
    trees = [
        ast.parse(file.read_text())
        for door in ("api", "conceptmap/cli", "conceptmap/mcp")
        for file in (ROOT / door).rglob("*.py")
    ]
    trees.append(ast.parse(_notebook()))
    used = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    public = {
        name
        for name, value in inspect.getmembers(way_in)
        if not name.startswith("_") and (callable(value) or isinstance(value, property | cached_property))
    }
    assert len(public) > 15
    assert public - used == set()
