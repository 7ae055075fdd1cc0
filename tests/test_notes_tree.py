"""Trees are read as they are drawn, and as people draw them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.draw import draw_text
from conceptmap.notes.page.markdown import Code, Line
from conceptmap.notes.page.tree import MAX_DEPTH, TreeNode, is_tree, read_tree
from ontology.rules import completed
from ontology.vocabulary import Vocabulary, read_vocabulary
from small_notes import known, read

VOCABULARY = read_vocabulary()
Shape = tuple[str, list["Shape"]]


def code(text: str, info: str = "") -> Code:
    lines = tuple(Line(line, number, 1, "") for number, line in enumerate(text.split("\n"), 1))
    return Code(info, lines, len(lines))


def shape(drawn: TreeNode) -> str:
    """A tree as one line: Root(child, child(grandchild), >arrow)."""
    inner = ", ".join(map(shape, drawn.children))
    asked = " ".join(line.text for line in drawn.asked)
    label = (">" if drawn.mark == "arrow" else "") + drawn.label + (f"@{drawn.day}" if drawn.day is not None else "")
    return label + (f"?{asked}" if asked else "") + (f"({inner})" if inner else "")


TREES = {
    "A\n│\n├── B\n│   └── C\n└── D": "A(B(C), D)",
    "A (Day 3)\n│\n├── B (Day 2)\n│\nC": "A@3(B@2); C",
    "A\n│ → B:\n│   why\n│   so?\n│\nC\n→ D:\n  when?": "A(>B?why so?); C(>D?when?)",
    "A\n│\n├── B\n│   → C: (Day 2)\n│     why?\n└── D\n    → E: is it?": "A(B(>C@2?why?), D(>E: is it?))",
    "A\n├─ B\n│  └─ C\n│     └─ D\n└─ E": "A(B(C(D)), E)",
    "A\n|-- B\n|   `-- C\n`-- D": "A(B(C), D)",
    "A\n+-- B\n|   +-- C\n+-- D": "A(B(C), D)",
    "  A\n  │\n  └── B": "A(B)",
    "A\n└── a long\n    label\n└── B": "A(a long label(B))",
    "A\n│\n├── B\n│ │\n│ └── C\n│ │\n│ ├── D\n│ └── E\n│\nF\n│\n└── G\n→ H:\nI?\nJ?": "A(B(C(D, E))); F(G(>H?I? J?))",
    "├── A\n└── B": "A; B",
    "": "",
}


@pytest.mark.parametrize(("text", "expected"), TREES.items())
def test_a_tree_is_read_with_its_depth(text: str, expected: str) -> None:
    assert "; ".join(map(shape, read_tree(code(text).lines).roots)) == expected


@pytest.mark.parametrize(
    ("text", "info", "expected"),
    [
        ("A\n└── B", "", True),
        ("A\n└── B", "text", True),
        ("A\n└── B", "bash", False),
        ("A", "tree", True),
        ("A", "", False),
        ("A\n│\nB", "", True),
        ("A | B", "", False),
        ("src/\n├── main.py", "", False),
        (".\n├── main.py", "", False),
        ("┌───┐\n│ A │\n├── ┤", "", False),
        ("a = b\n- c", "", False),
        ("| A | B |\n|---|---|\n| a | b |", "", False),
        ("gate a ──•──\n│\n▼", "", False),
    ],
)
def test_only_trees_are_taken_for_trees(text: str, info: str, expected: bool) -> None:
    assert is_tree(code(text, info)) is expected


def test_a_tree_is_read_to_a_limited_depth(vocabulary: Vocabulary) -> None:
    rows = "\n".join(" " * 2 * n + f"└── N{n}" for n in range(MAX_DEPTH + 50))
    reading = read(vocabulary, f"# Day 1: A\n\n```\nRoot\n{rows}\n```\n")
    assert [warning.what for warning in reading.warnings] == [
        f"left out: the tree is more than {MAX_DEPTH} levels deep"
    ]


LABELS = [f"{letter}{number}" for number in range(6) for letter in "ABCDEFGH"]


@st.composite
def drawn(draw: st.DrawFn) -> str:
    """A tree with labels of its own, drawn the plainest way."""
    count = draw(st.integers(1, 12))
    parents = [draw(st.integers(-1, n - 1)) for n in range(count)]
    children = {n: [child for child in range(count) if parents[child] == n] for n in range(-1, count)}

    def rows(node: int, indent: str) -> list[str]:
        found: list[str] = []
        for child in children[node]:
            mark = f" (Day {draw(st.integers(1, 6))})" if draw(st.booleans()) else ""
            found += [f"{indent}├── {LABELS[child]}{mark}", *rows(child, indent + "│   ")]
        if not children[node] and node >= 0 and draw(st.booleans()):
            found += [f"{indent}→ Asks {LABELS[node]}:", f"{indent}  What of {LABELS[node]}?"]
        return found

    return "\n".join(row for root in children[-1] for row in (LABELS[root], "│", *rows(root, ""), "│"))


@given(drawn())
def test_what_is_drawn_is_read_as_it_was(tree: str) -> None:
    first = redrawn(tree)
    assert redrawn(first) == first
    for label in (word for word in LABELS if word in tree):
        assert label in first


def redrawn(tree: str) -> str:
    reading = read(VOCABULARY, f"# A page\n\n```tree\n{tree}\n```\n", path="day-7.md")
    assert reading.problems == ()
    assert reading.warnings == ()
    return draw_text(known(VOCABULARY, completed(reading.notes[0].document)))


def test_the_shared_tree_is_drawn_again_as_it_was(shared: Path) -> None:
    tree = (shared / "course" / "day-26-diagram.txt").read_text("utf-8")
    note = f"# Day 26\n\n## Claim: The Bitter Lesson\n\n## Later\n\n```\n{tree}\n```\n"
    reading = read(VOCABULARY, note, path="day-26.md")
    assert reading.problems == ()
    assert draw_text(known(VOCABULARY, completed(reading.notes[0].document))) == tree.rstrip("\n")
