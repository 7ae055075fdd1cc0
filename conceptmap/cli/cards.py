"""Nodes, hits, checks and maps as lines of text and as JSON."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from conceptmap.cli.terminal import Span, counted, line

if TYPE_CHECKING:
    from conceptmap.card import Card, Link, Saying
    from conceptmap.check import Check
    from conceptmap.values import Citation, FoldedNode, Hit, View

WHERE = {"label": "by its label", "alias": "by an alias", "text": "in its text", "near": "by a similar name"}


def place(citation: "Citation") -> str:
    """Where a citation points: `day-02.md:14`, a range of lines, or only the part."""
    if citation.lines is None:
        return citation.file
    first, last = citation.lines
    return f"{citation.file}:{first}" + (f"-{last}" if last != first else "")


def cite_lines(cites: "Iterable[Citation]", indent: str) -> None:
    """One line per citation: the day, the place, and the words there."""
    for citation in cites:
        quote = f"  “{' '.join(citation.quote.split())}”" if citation.quote else ""
        line(indent, (f"day {citation.day}, {place(citation)}{quote}", "dim"))


def titled(node: "FoldedNode", day: int | None) -> tuple[Span, ...]:
    """A node's label with its kind and day."""
    return ((node.label, "bold"), (f"  {node.kind}" + (f", day {day}" if day is not None else ""), "cyan"))


def show_card(card: "Card") -> None:
    """A card, from the node's own words to where they stand."""
    node = card.node
    line(*titled(node, card.day), (f"  {node.id}", "dim"))
    if node.aliases:
        line("also called ", "; ".join(node.aliases))
    for text in (node.text, f"formula: {node.formula}" if node.formula else None):
        if text:
            line()
            line(text)
    if node.data:
        line()
    for key, value in node.data.items():
        line(f"{key}: ", "; ".join(map(str, value)) if isinstance(value, list) else str(value))
    cite_lines((saying.cite for saying in card.sayings if not saying.node.mention), "  ")
    for label, links in card.groups().items():
        line()
        line((label, "green"))
        for link in links:
            _show_link(link)
    _show_former(card.former_sayings())


def _show_link(link: "Link") -> None:
    compared = f"  {link.edge.dimension}: {' | '.join(link.values or ())}" if link.edge.dimension else ""
    note = f"  ({link.edge.note})" if link.edge.note else ""
    line("  ", *titled(link.other, None), compared, note)
    cite_lines(link.cites, "    ")


def _show_former(sayings: "list[Saying]") -> None:
    if sayings:
        line()
        line(("other wordings", "green"))
    for saying in sayings:
        line(
            "  ",
            (saying.node.label, "bold"),
            *(f"  {text}" for text in (saying.node.text, saying.node.formula) if text),
        )
        cite_lines([saying.cite], "    ")


def show_hit(hit: "Hit") -> None:
    """A found node and where its words are."""
    line(*titled(hit.node, hit.day), f"  {WHERE[hit.where]}")
    cite_lines(hit.cites, "  ")


def show_check(found: "Check") -> None:
    """One thing to look at, like a compiler's message."""
    at = f"{place(found.cites[0])}: " if found.cites else ""
    line((at, "dim"), (found.rule, "yellow"), f": {found.what}")


def map_row(name: str, view: "View") -> tuple[Span, ...]:
    """A map's size in words."""
    days = view.days()
    stretch = f" ({days[0]} to {days[-1]})" if len(days) > 1 else f" ({days[0]})" if days else ""
    edges = sum(1 for _ in view.edge_keys())
    return (
        (name, "bold"),
        counted(len(days), "day") + stretch,
        counted(len(view.node_ids()), "node"),
        counted(edges, "edge"),
    )
