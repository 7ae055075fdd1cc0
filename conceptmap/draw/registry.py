"""The formats of drawings, each once: command line, service and documentation are derived from `DRAWINGS`.

A format is one file that writes a picture, and one entry here. This module is imported by `conceptmap --help`, so what
takes long to import is imported by the functions that need it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from conceptmap.draw.layout import Arrangement
    from conceptmap.draw.picture import Picture
    from conceptmap.draw.render import Renderer
    from conceptmap.draw.selection import Selection
    from graphs.view import View

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is painted. `inline`, it is part of a page; without a renderer one is looked for."""

    arrangement: "Arrangement" = "map"
    inline: bool = False
    renderer: "Renderer | None" = None


@dataclass(frozen=True, slots=True)
class Drawing(Generic[Subject]):
    """A format of drawings, made in two steps, so that the map need not be held while the second one runs.

    `choose` takes from a view what a selection asks for, mostly a `Picture`; `write` makes text or bytes of it. A
    picture for the eye (`is_picture`) is painted by Graphviz, which may take long, and has a `Look`; for other formats
    that says nothing. Suffixes begin with a dot, the usual one first; the service offers a format by its suffixes.
    """

    name: str
    help: str
    choose: "Callable[[View, Selection], Subject]"
    write: Callable[[Subject, Look], str | bytes]
    suffixes: tuple[str, ...] = ()
    media_type: str = "text/plain"
    is_picture: bool = False


def readable_picture(view: "View", selection: "Selection") -> "Picture":
    """What is drawn for people to look at; where it would be too much to see, its days. Raises `UnknownNode`."""
    from conceptmap.draw.scope import picture_of

    return picture_of(view, selection)


def complete_picture(view: "View", selection: "Selection") -> "Picture":
    """The same with nothing left out, for what is read and not looked at. Raises `UnknownNode`."""
    from conceptmap.draw.scope import picture_of

    return picture_of(view, selection, readable=False)


def _text_diagram(view: "View", selection: "Selection") -> str:
    from conceptmap.draw.text import draw_text

    return draw_text(view, selection) + "\n"


def _as_text(text: str, look: Look) -> str:
    return text


def _as_outline(picture: "Picture", look: Look) -> str:
    from conceptmap.draw.outline import draw_outline

    return draw_outline(picture) + "\n"


def _as_mermaid(picture: "Picture", look: Look) -> str:
    from conceptmap.draw.mermaid import draw_mermaid

    return draw_mermaid(picture) + "\n"


def _as_dot(picture: "Picture", look: Look) -> str:
    from conceptmap.draw.dot import draw_dot

    return draw_dot(picture)


def _as_svg(picture: "Picture", look: Look) -> str:
    from conceptmap.draw.render import find_renderer
    from conceptmap.draw.svg import draw_svg

    return draw_svg(picture, look.renderer or find_renderer(), arrangement=look.arrangement, inline=look.inline)


def _as_png(picture: "Picture", look: Look) -> bytes:
    from conceptmap.draw.png import draw_png

    return draw_png(_as_svg(picture, look))


DRAWINGS: dict[str, Drawing[Any]] = {
    one.name: one
    for one in (
        Drawing("text", "the tree of the drawn map, as text", _text_diagram, _as_text, (".txt",), "text/plain"),
        Drawing(
            "svg",
            "a picture that follows light and dark mode and needs nothing else",
            readable_picture,
            _as_svg,
            (".svg",),
            "image/svg+xml",
            is_picture=True,
        ),
        Drawing(
            "png",
            "the same picture in pixels (needs the package resvg-py)",
            readable_picture,
            _as_png,
            (".png",),
            "image/png",
            is_picture=True,
        ),
        Drawing(
            "dot", "for Graphviz, which lays it out", readable_picture, _as_dot, (".dot", ".gv"), "text/vnd.graphviz"
        ),
        Drawing(
            "mermaid",
            "a flowchart, for places that render Markdown",
            readable_picture,
            _as_mermaid,
            (".mmd", ".mermaid"),
            "text/vnd.mermaid",
        ),
        Drawing("outline", "each node and each edge once, in words", complete_picture, _as_outline),
    )
}
"""The formats by their names, in the order in which they are listed; what is added, also at run time, is there."""


def by_suffix() -> dict[str, Drawing[Any]]:
    """The formats by the suffixes of files and addresses, such as `.svg`."""
    return {suffix: one for one in DRAWINGS.values() for suffix in one.suffixes}


def draw(
    view: "View",
    format: str = "text",
    selection: "Selection | None" = None,
    renderer: "Renderer | None" = None,
    *,
    arrangement: "Arrangement" = "map",
    inline: bool = False,
) -> str | bytes:
    """The view in a format of `DRAWINGS`: PNG as bytes, all others as text that ends with a line end.

    The text diagram shows the drawn map, or with a focus the branches under it; the outline leaves nothing out.
    `renderer` serves pictures; None looks for one. Raises `DrawingFailed` (also for a format that is not there), and
    `UnknownNode` for a focus that is not there. Pictures are arranged as a map or as a timeline; `inline` makes an SVG
    that is part of a page.
    """
    from conceptmap.draw.selection import Selection
    from ontology.errors import DrawingFailed
    from ontology.hints import no_such

    if format not in DRAWINGS:
        raise DrawingFailed(no_such("format", format, DRAWINGS))
    drawing = DRAWINGS[format]
    chosen = drawing.choose(view, selection or Selection())
    drawn: str | bytes = drawing.write(chosen, Look(arrangement, inline, renderer))
    return drawn
