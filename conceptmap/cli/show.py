"""The commands that read a map: show, search, path, requires and maps."""

from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import (
    AsJson,
    AsOf,
    At,
    MapName,
    Store,
    known_kind,
    opened_atlas,
    opened_course,
)
from conceptmap.cli.terminal import STYLES, Span, line, message, show_json, table, time_of
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptmap.card import Card, Link, Saying
    from conceptmap.history import NodeHistory
    from conceptmap.structure import Standing
    from conceptmap.values import Citation, Extent, FoldedEdge, FoldedNode, Hit, NodeStep, View, Walk
    from conceptmap.ways import Ways

Words = Annotated[
    list[str],
    typer.Argument(metavar="NODE...", help="An id, label or alias.", autocompletion=completing.nodes),
]
FOUND_NOTHING = 1
"""The exit status where there is nothing to show."""
WHERE = {"label": "by its label", "alias": "by an alias", "text": "in its text", "near": "by a similar name"}


def show(
    context: typer.Context,
    node: Words,
    *,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    history: Annotated[bool, typer.Option("--history", help="The stored changes (entries) that made it so.")] = False,
    json: AsJson = False,
) -> None:
    """Show everything that the notes say about a node.

    Its kind, day and text, its relations both ways, and the lines of the notes that say so.
    """
    from conceptmap.shapes.changes import node_history_shape
    from conceptmap.shapes.nodes import card_shape

    with opened_course(context, name, store, as_of, at) as course:
        if history:
            found = course.node_history(" ".join(node))
            return show_json(node_history_shape(found)) if json else _show_node_history(found)
        view, card = course.view(), course.card(" ".join(node))
        show_json(card_shape(card)) if json else _show_card(card, view, course.standing(card.node.id))


def search(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="WORD...", help="Words, or beginnings of words.")],
    *,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="Only nodes of this kind, such as Claim.", autocompletion=completing.kinds
        ),
    ] = None,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Find nodes by words.

    Names come first, then texts; where no node holds every word, the nearest names.
    """
    from conceptmap.shapes.nodes import hit_shape

    with opened_course(context, name, store, as_of, at) as course:
        view = course.view()
        hits = course.search(" ".join(text), [known_kind(view.vocabulary, kind)] if kind else ())
    if json:
        show_json(list(map(hit_shape, hits)))
    for hit in hits if not json else ():
        _show_hit(hit, view)
    if not hits:
        message(f"the map says nothing about {' '.join(text)!r}")
        raise typer.Exit(FOUND_NOTHING)


def path(
    context: typer.Context,
    start: Annotated[
        str, typer.Argument(metavar="A", help="A node: id, label or alias.", autocompletion=completing.node)
    ],
    end: Annotated[str, typer.Argument(metavar="B", help="Another node.", autocompletion=completing.node)],
    *,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=10, help="How many ways at most.")] = 3,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Show how two nodes are connected.

    The best chain of relations between them, one of the shortest, and others that really differ. Relations are read in
    either direction; not by way of days, units or sources.
    """
    from conceptmap.shapes.nodes import path_shape

    with opened_course(context, name, store, as_of, at) as course:
        view, ways = course.view(), course.ways(start, end, limit)
        if json:
            show_json(path_shape(view, ways))
        elif ways.found:
            _show_ways(view, ways)
    if not ways.found:
        message(f"nothing connects {start!r} and {end!r}")
        raise typer.Exit(FOUND_NOTHING)


def requires(
    context: typer.Context,
    node: Words,
    *,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Show what must be understood before a node.

    Everything that it requires, and what that requires in turn, step by step.
    """
    from conceptmap.shapes.nodes import requirements_shape
    from ontology.terms import REQUIRES

    with opened_course(context, name, store, as_of, at) as course:
        view, start = course.view(), course.node(" ".join(node))
        found = course.reached(start.id, REQUIRES)
        show_json(requirements_shape(view, start, found)) if json else _show_requirements(view, start, found)


def maps(
    context: typer.Context, *, store: Store = None, as_of: AsOf = None, at: At = None, json: AsJson = False
) -> None:
    """List the maps of the store.

    Each with its days, and how many nodes and edges it has.
    """
    from conceptmap.shapes.maps import map_shape

    with opened_atlas(context, store) as atlas:
        extents = atlas.extents(as_of, at)
    if json:
        show_json([map_shape(name, extent) for name, extent in extents.items()])
    else:
        table([_map_row(name, extent) for name, extent in extents.items()])
    if not extents:
        message("there is no map yet: the store is empty; load notes first: conceptmap load NOTES")


def cite_lines(cites: "Iterable[Citation]", indent: str) -> None:
    """One line per citation: the day if it has one, the place, whether a rule read it, and the words there."""
    for citation in cites:
        quote = f"  “{' '.join(citation.quote.split())}”" if citation.quote else ""
        line(indent, (f"{citation.where}{by_rule(citation)}{quote}", "dim"))


def by_rule(citation: "Citation") -> str:
    """What is said where a rule read it, which may be wrong."""
    return "  (read by rule)" if citation.how == "derived" else ""


def _titled(node: "FoldedNode", day: int | None = None, view: "View | None" = None) -> tuple[Span, ...]:
    """A node's label with its kind and day."""
    when = "" if view is None or day is None else f", {view.day_in_words(day)}"
    return ((node.label, "bold"), (f"  {node.kind}{when}", "cyan"))


def _show_card(card: "Card", view: "View", standing: "Standing | None") -> None:
    """A card, from the node's own words to where they stand."""
    from conceptmap.overview import standing_lines

    node = card.node
    line(*_titled(node, card.day, view), (f"  {node.id}", "dim"))
    if node.aliases:
        line("also called ", "; ".join(node.aliases))
    for text in (_plain(node.text), f"formula: {node.formula}" if node.formula else None):
        if text:
            line()
            line(text)
    if node.data:
        line()
    for key, value in node.data.items():
        line(f"{key}: ", "; ".join(map(str, value)) if isinstance(value, list) else str(value))
    cite_lines((saying.cite for saying in card.sayings if not saying.node.mention), "  ")
    for said in standing_lines(standing):
        line()
        line(said)
    for label, links in card.groups().items():
        line()
        line((label, "green"))
        for link in links:
            _show_link(link)
    _show_former(card.former_sayings())


def _show_link(link: "Link") -> None:
    compared = f"  {link.edge.dimension}: {' | '.join(link.values or ())}" if link.edge.dimension else ""
    note = f"  ({link.edge.note})" if link.edge.note else ""
    line("  ", *_titled(link.other), compared, note)
    cite_lines(link.cites, "    ")


def _show_former(sayings: "list[Saying]") -> None:
    if sayings:
        line()
        line(("other wordings", "green"))
    for saying in sayings:
        line(
            "  ",
            (saying.node.label, "bold"),
            *(f"  {text}" for text in (_plain(saying.node.text), saying.node.formula) if text),
        )
        cite_lines([saying.cite], "    ")


def _show_hit(hit: "Hit", view: "View") -> None:
    """A found node and where its words are."""
    line(*_titled(hit.node, hit.day, view), f"  {WHERE[hit.where]}")
    cite_lines(hit.cites, "  ")


def _map_row(name: str, extent: "Extent") -> tuple[Span, ...]:
    """A map's size in words."""
    words = [counted(extent.undated, "undated note")] if extent.undated else []
    if extent.names or not words:
        first, last = extent.names or ("", "")
        stretch = f" ({first} to {last})" if len(extent.days) > 1 else f" ({first})" if extent.days else ""
        words.insert(0, counted(len(extent.days), "day") + stretch)
    return (
        (name, "bold"),
        " and ".join(words),
        counted(extent.nodes, "node"),
        counted(extent.edges, "edge"),
    )


def _show_ways(view: "View", ways: "Ways") -> None:
    """The best way step by step, the others as sentences with the lines that say so."""
    from conceptmap.ways import CUT

    _show_path(view, ways.found[0].walk)
    if len(ways.found) > 1:
        line()
        line(("other ways", "green"))
    for way in ways.found[1:]:
        line("  ", way.told)
        cite_lines(way.cites, "    ")
    if ways.is_cut:
        message(CUT)


def _show_path(view: "View", walk: "Walk") -> None:
    """Each node under the one before, with the relation as it reads on the way."""
    from conceptmap.values import cite

    for step, node in enumerate(walk.nodes):
        if step:
            edge = walk.edges[step - 1]
            line("  ", (_said(view, edge, walk.nodes[step - 1]), "green"))
            cite_lines(map(cite, edge.assertions), "    ")
        line(*_titled(view.node(node), view.introduced_on(node), view))


def _show_requirements(view: "View", start: "FoldedNode", found: dict[str, str]) -> None:
    """The chain as an indented list: each node under the one that requires it."""
    from conceptmap.card import step_cites
    from ontology.terms import REQUIRES

    if not found:
        line((start.label, "bold"), " requires nothing")
        return
    line((start.label, "bold"), f" requires {counted(len(found), 'thing')}")
    waiting = [(node, 1) for node in reversed(_required_by(start.id, found))]
    while waiting:
        node, depth = waiting.pop()
        line("  " * depth, *_titled(view.node(node), view.introduced_on(node), view))
        cite_lines(step_cites(view, found[node], REQUIRES, node), "  " * depth + "  ")
        waiting.extend((one, depth + 1) for one in reversed(_required_by(node, found)))


def _required_by(node: str, found: dict[str, str]) -> list[str]:
    return [one for one, before in found.items() if before == node]


def _said(view: "View", edge: "FoldedEdge", before: str) -> str:
    from conceptmap.card import reading

    name = reading(view, edge, before)
    return f"{name} ({edge.dimension})" if edge.dimension else name


def _show_node_history(found: "NodeHistory") -> None:
    """When a node was first seen and last touched, then each entry that touched it, with the node as it then stood."""
    node = found.last_known
    line(
        (node.label if node else found.id, "bold"), (f"  {node.kind}" if node else "", "cyan"), (f"  {found.id}", "dim")
    )
    for words, step in (("first seen  ", found.first_seen), ("last touched", found.last_touched)):
        line(f"{words}  entry {step.entry.sequence}, {time_of(step.entry)}, day {step.entry.day}, {step.entry.part}")
    for step, before in zip_longest(found.steps, found.steps[1:]):
        line()
        _show_node_step(step)
        if step.node is None:
            line("  nothing is said about it any more")
        elif before is None or before.node is None or _words(step.node) != _words(before.node):
            _show_node(step.node)


def _show_node_step(step: "NodeStep") -> None:
    entry = step.entry
    by = f", by {entry.author}" if entry.author else ""
    where = f", {time_of(entry)}, day {entry.day}, {entry.part} revision {entry.revision}{by}: "
    mention = " as a mention" if step.said and step.said.mention else ""
    if step.said and step.said.became:
        mention = f", {step.said.label!r} merged into {step.said.became!r}"
    elif step.said and step.said.correction:
        mention = " as a correction"
    line((f"entry {entry.sequence}", "bold"), where, (step.status, STYLES[step.status]), mention)


def _show_node(node: "FoldedNode") -> None:
    also = f"  also called {'; '.join(node.aliases)}" if node.aliases else ""
    line("  ", (node.label, "bold"), (f"  {node.kind}", "cyan"), also)
    for text in (_plain(node.text), f"formula: {node.formula}" if node.formula else None):
        for one in (text or "").splitlines():
            line("  ", one)
    for key, value in node.data.items():
        line(f"  {key}: ", "; ".join(map(str, value)) if isinstance(value, list) else str(value))


def _plain(text: str | None) -> str | None:
    """A text as words."""
    if text is None:
        return None
    from conceptmap.plain_words import plain_words

    return plain_words(text)


def _words(node: "FoldedNode") -> tuple[object, ...]:
    return node.label, node.kind, node.aliases, node.text, node.formula, dict(node.data)
