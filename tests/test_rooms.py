"""What the rooms may know of each other, as far as the contracts of imports in pyproject.toml do not say it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = [file for floor in ("api", "conceptmap") for file in sorted((ROOT / floor).rglob("*.py"))]


def _folds(file: Path) -> Iterator[str]:
    """Where a file takes the fold out of something, or imports its class."""
    for node in ast.walk(ast.parse(file.read_text())):
        at = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Attribute) and node.attr == "fold":
            yield f"{at}: {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom) and any(one.name == "Fold" for one in node.names):
            yield f"{at}: {ast.unparse(node)}"


def test_outside_graphs_maps_are_read_through_views_never_through_folds() -> None:
    assert len(FILES) > 50
    assert [found for file in FILES for found in _folds(file)] == []
