"""Citing: nodes as answers, with the lines that say so."""

from collections.abc import Sequence
from dataclasses import replace

from conceptmap.ask.answer import Found, Named
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite


def cited(
    view: View,
    node: FoldedNode,
    *,
    edges: Sequence[FoldedEdge] = (),
    way: Sequence[str] = (),
    cites: tuple[Citation, ...] = (),
) -> Found:
    """A node as an answer; it is cited by the edges that lead to it, else by what defines it."""
    own = tuple(cite(edge.assertions[-1]) for edge in edges) or (cite(node.sayings[-1]),)
    steps = tuple(Named(one, view.node(one).label) for one in way)
    day = view.introduced_on(node.id)
    return Found(
        node.id, node.label, node.kind, node.aliases, node.text, day, steps, cites or tuple(dict.fromkeys(own))
    )


def in_course_order(found: Sequence[Found]) -> list[Found]:
    """Each node once, by day and line of its first citation."""
    once: dict[tuple[str | None, str, str | None], Found] = {}
    for one in found:
        same = once.setdefault((one.id, one.label, one.of), one)
        once[one.id, one.label, one.of] = replace(same, cites=tuple(dict.fromkeys((*same.cites, *one.cites))))

    def place(one: Found) -> tuple[int, str, int, str]:
        first = one.cites[0]
        return first.day, first.file, first.lines[0] if first.lines else 0, one.label

    return sorted(once.values(), key=place)
