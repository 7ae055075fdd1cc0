"""The commands that read a map: show, search, path, requires, check and maps."""

from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import AsJson, AsOf, At, MapName, Store, known_kind, opened_atlas, opened_course
from conceptmap.cli.terminal import message, show_json, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptmap.atlas import Atlas
    from conceptmap.map import CourseMap

Words = Annotated[list[str], typer.Argument(metavar="NODE", help="An id, label or alias.")]
FOUND_NOTHING = 1


def show(
    context: typer.Context,
    node: Words,
    *,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    history: Annotated[bool, typer.Option("--history", help="How it came to be so, entry by entry.")] = False,
    json: AsJson = False,
) -> None:
    """Show all that is said of a node.

    Its kind, day and text, its relations both ways, and the lines of the notes that say so.
    """
    from conceptmap.card import card_of
    from conceptmap.cli.cards import show_card
    from conceptmap.cli.histories import show_node_history
    from conceptmap.shapes.changes import node_history_shape
    from conceptmap.shapes.nodes import card_shape

    with opened_course(context, name, store, as_of, at) as course:
        if history:
            found = course.node_history(" ".join(node))
            return show_json(node_history_shape(found)) if json else show_node_history(found)
        card = card_of(course.view(), course.node(" ".join(node)).id)
    show_json(card_shape(card)) if json else show_card(card)


def search(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words, or beginnings of words.")],
    *,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only nodes of this kind.")] = None,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Find nodes by words.

    Names come first, then texts; where no node holds every word, the nearest names.
    """
    from conceptmap.cli.cards import show_hit
    from conceptmap.shapes.nodes import hit_shape

    with opened_course(context, name, store, as_of, at) as course:
        view = course.view()
        hits = course.search(" ".join(text), known_kind(view.vocabulary, kind) if kind else None)
    if json:
        show_json(list(map(hit_shape, hits)))
    for hit in hits if not json else ():
        show_hit(hit)
    if not hits:
        message(f"the map says nothing of {' '.join(text)!r}")
        raise typer.Exit(FOUND_NOTHING)


def path(
    context: typer.Context,
    start: Annotated[str, typer.Argument(metavar="A", help="A node: id, label or alias.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Another node.")],
    *,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Show how two nodes hang together.

    A shortest path, edges read both ways, not through days, units or sources.
    """
    from conceptmap.cli.walks import show_path
    from conceptmap.shapes.nodes import path_shape

    with opened_course(context, name, store, as_of, at) as course:
        view, walk = course.view(), course.path(start, end)
        if json:
            show_json(path_shape(view, walk))
        elif walk is not None:
            show_path(view, walk)
    if walk is None:
        message(f"no path joins {start!r} and {end!r}")
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
    """Show what must be understood first.

    Everything that a node requires, and what that requires in turn, step by step.
    """
    from conceptmap.cli.walks import show_requirements
    from conceptmap.shapes.nodes import requirements_shape
    from ontology.terms import REQUIRES

    with opened_course(context, name, store, as_of, at) as course:
        view, start = course.view(), course.node(" ".join(node))
        found = course.reached(start.id, REQUIRES)
        show_json(requirements_shape(view, start, found)) if json else show_requirements(view, start, found)


def check(
    context: typer.Context,
    *,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """List what to look at again.

    Nodes that nobody defines or that nothing is joined to, and claims that one node both supports and opposes.
    """
    from conceptmap.cli.cards import show_check
    from conceptmap.shapes.nodes import check_shape

    with opened_course(context, name, store, as_of, at) as course:
        found = course.check()
    if json:
        show_json(list(map(check_shape, found)))
    for one in found if not json else ():
        show_check(one)
    if found:
        message(f"{len(found)} to look at" if len(found) > 1 else "one to look at")
        raise typer.Exit(FOUND_NOTHING)
    message("nothing to look at")


def maps(
    context: typer.Context, *, store: Store = None, as_of: AsOf = None, at: At = None, json: AsJson = False
) -> None:
    """List the maps of the store.

    Each with its days, and how many nodes and edges it has.
    """
    from conceptmap.cli.cards import map_row
    from conceptmap.shapes.maps import map_shape

    with opened_atlas(context, store) as atlas:
        views = {course.name: course.as_of(as_of).view() for course in _courses(atlas, at)}
        if json:
            show_json([map_shape(name, view) for name, view in views.items()])
        else:
            table([map_row(name, view) for name, view in views.items()])
    if not views:
        message("the store is empty; load some notes first")


def _courses(atlas: "Atlas", at: str | None) -> "Iterator[CourseMap]":
    """Every map as it stood at a moment, without those that came later."""
    from ontology.errors import UnknownEntry

    for name in atlas.maps():
        try:
            yield atlas[name].at(at)
        except UnknownEntry:
            continue
