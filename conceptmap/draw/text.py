"""The text diagram: the drawn map as an indented tree of lines."""

from textwrap import wrap

from conceptmap.draw.hanging import drawn_branches
from conceptmap.draw.labels import drawn_label, standing
from conceptmap.draw.scope import Selection
from conceptmap.draw.tree import Branch
from graphs.view import View
from ontology.errors import DrawingFailed

QUESTION_WIDTH = 48
"""Columns of a question beside the tree, as the sample course draws it."""
MAX_LEVELS = 100
"""So deep may a tree be: its indent is 400 columns then, wider than any window."""


def draw_text(view: View, selection: Selection | None = None) -> str:
    """The drawn map as text, without a line end at its end; where no note draws a tree, what is part of what.

    "(Day N)" stands behind a root and behind a node whose day is not its parent's, except for the day the view
    stands at. A root keeps its trunk down to the next one. A branch that only asks a question is an aside: `→`.
    With a focus, that node is the root; its depth does not matter here. Raises `DrawingFailed` where a selection
    is no tree, or the tree is too deep to indent.
    """
    selection = selection or Selection()
    if selection.whole or selection.kinds or selection.relations:
        raise DrawingFailed("the text diagram shows the drawn map only; choose the format outline, svg or mermaid")
    hung = drawn_branches(view, focus=selection.focus)
    if hung is None:
        return f"{view.size} nodes are too many to draw as one tree; choose the format outline, or a day (--as-of)."
    if hung.roots:
        tree = _Tree(view)
        for root in hung.roots:
            tree.add_root(root, trunk=root is not hung.roots[-1])
        remark = hung.remark("--focus shows a node with what is under it")
        return "\n".join([*tree.lines, *(("", remark) if remark else ())])
    what = "Nothing" if selection.focus is None else drawn_label(view.node(selection.focus))
    return f"{what} is{'' if selection.focus is None else ' not'} placed on the map {standing(view)}."


class _Tree:
    def __init__(self, view: View) -> None:
        self._view = view
        self.lines: list[str] = []

    def add_root(self, root: Branch, *, trunk: bool) -> None:
        self.lines.append(self._titled(root, None))
        waiting: list[str | tuple[Branch, str]] = [*reversed(self._under(root, "", trunk))]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                self.lines.append(item)
            else:
                waiting.extend(reversed(self._under(*item, trunk=False)))
        if trunk:
            self.lines.append("│")

    def _under(self, node: Branch, indent: str, trunk: bool) -> list[str | tuple[Branch, str]]:
        """The lines right under a node, and in their places the children whose own lines are still to come."""
        if len(indent) > 4 * MAX_LEVELS:
            raise DrawingFailed(
                f"the tree is more than {MAX_LEVELS} levels deep; draw it as an outline or with a focus"
            )
        children = [child for child in node.children if not child.asked]
        found: list[str | tuple[Branch, str]] = [indent + "│"] if children else []
        for child in children:
            ends = child is children[-1] and not trunk
            found.append(f"{indent}{'└── ' if ends else '├── '}{self._titled(child, node)}")
            found.append((child, indent + ("    " if ends else "│   ")))
        aside = indent + ("│ " if trunk else "")
        return found + [aside + line for child in node.children if child.asked for line in self._aside(child, node)]

    def _aside(self, child: Branch, parent: Branch) -> list[str]:
        assert child.asked is not None
        question = self._titled(child.asked, child)
        words = wrap(question, QUESTION_WIDTH, break_long_words=False, break_on_hyphens=False)
        return [f"→ {drawn_label(child.node)}:{self._mark(child, parent)}", *(f"  {line}" for line in words)]

    def _titled(self, branch: Branch, parent: Branch | None) -> str:
        return drawn_label(branch.node) + self._mark(branch, parent)

    def _mark(self, branch: Branch, parent: Branch | None) -> str:
        known = parent is not None and branch.day == parent.day
        return "" if known or branch.day in (self._view.day, None) else f" ({self._view.day_label(branch.day)})"
