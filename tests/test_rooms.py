"""What the rooms may know of each other, as far as the contracts of imports in pyproject.toml do not say it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _reaching_through(file: Path) -> Iterator[str]:
    """Where a file takes the fold out of something that is no ledger."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Attribute) and node.attr == "fold":
            owner = ast.unparse(node.value)
            if not owner.endswith("ledger"):
                yield f"{file.relative_to(ROOT)}:{node.lineno}: {owner}.fold"


def test_outside_graphs_nobody_reaches_through_a_view_to_its_fold() -> None:
    files = [file for floor in ("api", "conceptmap") for file in sorted((ROOT / floor).rglob("*.py"))]
    assert len(files) > 50
    assert [found for file in files for found in _reaching_through(file)] == []
