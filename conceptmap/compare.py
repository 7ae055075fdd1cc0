"""Two points in time of a map compared: the diff with what it takes to read it, and as one picture."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphs.diff import Diff, diff
from graphs.view import View

if TYPE_CHECKING:
    from conceptmap.draw import Renderer


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two views of a map."""

    before: View
    after: View
    diff: Diff

    @property
    def title(self) -> str:
        """The map's name and the two points in time: their days, and their entries where these differ."""
        names = {view.map for view in (self.before, self.after) if view.map}
        points = f"{self._point(self.before)} → {self._point(self.after)}"
        return f"{' '.join(sorted(names))}: {points}" if names else points

    def label(self, node: str) -> str:
        """The label of a node that either view has, the newer one if it can be."""
        return (self.after if self.after.has_node(node) else self.before).node(node).label

    def draw(self, *, whole: bool = False, renderer: "Renderer | None" = None) -> str:
        """One SVG of both drawn maps, or, `whole`, of all that differs and what is next to it."""
        # Graphviz and XML are imported when a picture is asked for: the text must not wait.
        from conceptmap.draw.difference import draw_difference  # noqa: PLC0415

        return draw_difference(self.before, self.after, self.diff, self.title, whole=whole, renderer=renderer)

    def _point(self, view: View) -> str:
        words = []
        if self.before.day != self.after.day or self.before.entry == self.after.entry:
            words.append("nothing" if view.day is None else f"day {view.day}")
        if self.before.entry != self.after.entry:
            words.append(f"entry {view.entry}")
        return ", ".join(words)


def compare(before: View, after: View) -> Comparison:
    """The comparison of two views of a map."""
    return Comparison(before, after, diff(before, after))
