"""The SVG of a picture: all is decided here, Graphviz paints it, and what it painted goes once through `_Painted`.

picture -> layout -> parts -> DOT -> Graphviz -> SVG
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from html import escape
from typing import TypeVar
from xml.parsers.expat import ExpatError, ParserCreate

from rich.cells import cell_len

from conceptmap.draw.dot import painted_dot, turned_lines
from conceptmap.draw.labels import breadth, wrapped
from conceptmap.draw.layout import Arrangement, Layout, laid_out, lowered_words
from conceptmap.draw.line_words import names_on_lines
from conceptmap.draw.parts import Part, parts_of
from conceptmap.draw.picture import Picture, frame_name
from conceptmap.draw.render import Renderer, rendered
from conceptmap.draw.routes import Point
from conceptmap.draw.theme import FONTS, style_sheet
from ontology.errors import DrawingFailed
from ontology.terms import DAY

SPACE = 16
"""Pixels that are free at the sides of the page, and between what stands on it."""
LETTER = 6.6
"""About how wide a letter of the size 12 is, in pixels."""
_LEAST_WIDTH = 360
"""The width of a small phone: there a heading still finds room."""
_SAMPLE = 52
"""How far the words of a legend stand behind the place of their sample."""
_ROW = 24
"""From one row of a legend to the next."""
_ROWS = 3
"""So many rows of a legend find room above a timeline before they move it."""
_TITLE_SIZE = 13
"""Pixels: the titles of frames are quieter than the nodes in them."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a key: its words, and the SVG of its sample, which stands to the upper right of (0, 0)."""

    words: str
    sample: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What a drawing has besides its picture: rules of style, a key above it, and SVG upon it as wide as `reach`."""

    style: str = ""
    key: Sequence[Entry] = ()
    upon: str = ""
    reach: float = 0.0


def draw_svg(
    picture: Picture,
    renderer: Renderer,
    *,
    arrangement: Arrangement = "map",
    inline: bool = False,
    decorate: Callable[[Part], Part] | None = None,
) -> str:
    """The picture as an SVG that explains itself. Raises `DrawingFailed`.

    A file is one image to those who do not see it; `inline`, as a part of a page, it is a group of nodes that can take
    the keyboard's focus, the first one by Tab. A page that makes links of the parts, or says more of them, gives
    `decorate`, and brings the style sheet itself.
    """
    layout = laid_out(picture, arrangement)
    styled = decorate is not None and inline
    return paint(
        picture,
        layout,
        renderer,
        arrangement=arrangement,
        inline=inline,
        decorate=decorate or _as_it_is,
        styled=styled,
        named=True,
    )


def _as_it_is(part: Part) -> Part:
    return part


def paint(
    picture: Picture,
    layout: Layout,
    renderer: Renderer,
    *,
    arrangement: Arrangement = "map",
    inline: bool = False,
    decorate: Callable[[Part], Part] = _as_it_is,
    styled: bool = False,
    named: bool = False,
    extras: Extras = Extras(),
) -> str:
    """The SVG of a picture that is laid out already. Raises `DrawingFailed`.

    `styled`: its page has the style sheet; `named`: its relations are named on their lines.
    """
    parts = {part.name: part for part in map(decorate, parts_of(picture, layout, inline=inline))}
    page = _Page(picture, layout, arrangement, extras)
    dot = painted_dot(picture, layout, parts, page.samples)
    lowered = lowered_words(picture, layout)
    painted = _Painted(parts, turned_lines(picture, layout), lowered).read(rendered(renderer, dot))
    style = "" if styled else f"{style_sheet(picture.kinds, picture.relations)}{extras.style}"
    described = " ".join([_description(picture), *(f"{one.words[:1].upper()}{one.words[1:]}." for one in extras.key)])
    return "".join(
        [
            f'<svg class="map" role="{"group" if inline else "img"}" aria-labelledby="map_title" '
            f'aria-describedby="map_description" font-family="{FONTS}" xmlns="http://www.w3.org/2000/svg" '
            f'width="{page.width:.0f}" height="{page.height:.0f}" viewBox="0 0 {page.width:.0f} {page.height:.0f}">',
            f'<title id="map_title">{escape(picture.heading)}</title>',
            f'<desc id="map_description">{escape(described)}</desc>',
            f"<style>{escape(style, quote=False)}</style>" if style else "",
            '<rect class="paper" width="100%" height="100%" fill="#ffffff"/>',
            *page.above,
            f'<g id="map" transform="translate({SPACE} {page.top:g})">',
            *painted,
            _frame_titles(picture, layout, parts),
            _names(layout, parts) if named else "",
            extras.upon,
            "</g>",
            *page.below,
            "</svg>\n",
        ]
    )


def _description(picture: Picture) -> str:
    nodes = sum(node.kind.name != DAY for node in picture.nodes)  # days are told of by themselves, as frames show them
    counts = f"{nodes} nodes and {len(picture.edges)} edges"
    dated = {node.day for node in picture.nodes} - {None}
    days = f" in {len(dated)} days" if dated else ""
    return f"A concept map of {counts}{days}. {picture.notice}".strip()


class _Page:
    """What stands on the page around the drawing, from the top down: heading, remark and key; drawing; legend.

    A timeline is long, so its legend comes first, in a place that is kept large enough for a legend that grows.
    `samples` gives the middle of each sample of the legend, as the drawing measures, whose corner is (SPACE, `top`).
    """

    def __init__(self, picture: Picture, layout: Layout, arrangement: Arrangement, extras: Extras) -> None:
        self.width = max(layout.width + 1, _LEAST_WIDTH, extras.reach) + 2 * SPACE
        self.above: list[str] = []
        self.below: list[str] = []
        self.samples: dict[str, Point] = {}
        self._y = 0.0
        self._head(picture)
        if extras.key:
            self._y += 14 - _ROW
            self.above.append('<g id="key">')
            for x, entry in self._rows([[(one.words, one) for one in extras.key]]):
                self.above.append(f'<g transform="translate({x:g} {self._y:g})">{entry.sample}</g>')
                self.above.append(_text(entry.words, x + _SAMPLE - 6, self._y))
            self.above.append("</g>")
            self._y += 20
        if arrangement == "timeline" and layout.is_routed:
            top = self._y
            middles = self._legend(picture, layout, self.above)
            self._y = max(self._y, top + _ROWS * _ROW) + SPACE
            self.top = self._y
            self._y += layout.height + 1
        else:
            self.top = self._y
            self._y += layout.height + 1
            middles = self._legend(picture, layout, self.below)
        self.samples = {name: (x - SPACE, y - self.top) for name, (x, y) in middles.items()}
        self.height = self._y + SPACE

    def _head(self, picture: Picture) -> None:
        self._y += SPACE + 14
        room = (self.width - 2 * SPACE) / LETTER
        for line in wrapped(picture.heading, int(room * 0.7)):
            self.above.append(_text(line, SPACE, self._y, size=16, weight="bold"))
            self._y += 20
        for line in wrapped(picture.notice, int(room)) if picture.notice else ():
            self.above.append(_text(line, SPACE, self._y, css="quiet"))
            self._y += 18

    def _legend(self, picture: Picture, layout: Layout, texts: list[str]) -> dict[str, Point]:
        """Put the words of a legend in rows, as wide as the page; returns the middle of each sample by its name."""
        kinds = [(kind.name, f"legend_kind_{row}") for row, kind in enumerate(picture.kinds)]
        relations = [(one.name, f"legend_relation_{row}") for row, one in enumerate(picture.relations)]
        if len(kinds) + len(relations) < 2:
            return {}
        if layout.proxies:
            kinds.append(("stands for a node far from here", "legend_ghost"))
        self._y += 30 - _ROW
        words = {name: word for word, name in (*kinds, *relations)}
        middles: dict[str, Point] = {}
        for x, name in self._rows([kinds, relations]):
            texts.append(_text(words[name], x + _SAMPLE - 6, self._y, css="quiet"))
            middles[name] = (x + 20, self._y - 4)
        return middles

    def _rows(self, blocks: Sequence[Sequence[tuple[str, Item]]]) -> Iterator[tuple[float, Item]]:
        """Words with their samples in rows, each block in rows of its own: how far right each item stands."""
        for block in filter(None, blocks):
            x, self._y = float(SPACE), self._y + _ROW
            for words, item in block:
                width = _SAMPLE + cell_len(words) * LETTER + 18
                if x + width > self.width and x > SPACE:
                    x, self._y = float(SPACE), self._y + _ROW
                yield x, item
                x += width


def _text(words: str, x: float, y: float, *, size: int = 12, weight: str = "", css: str = "", anchor: str = "") -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    bold += f' text-anchor="{anchor}"' if anchor else ""
    named = f' class="{css}"' if css else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{bold}{named}>{escape(words)}</text>'


def _frame_titles(picture: Picture, layout: Layout, parts: Mapping[str, Part]) -> str:
    """The titles of the frames; they are painted last, so that no edge crosses them out."""
    pieces = ['<g class="day words" aria-hidden="true">']
    for group, rect in sorted(layout.frames.items()):
        part = parts[frame_name(group)]
        pieces.append(f'<g class="{part.classes}"{part.more}>')
        lines = wrapped(picture.days[group], (rect.width - 24) / _TITLE_SIZE, 2, measure=breadth)
        for row, line in enumerate(lines):
            pieces.append(_text(line, rect.x + 12, rect.y + 19 + 16 * row, size=_TITLE_SIZE))
        pieces.append("</g>")
    return "".join([*pieces, "</g>"]) if layout.frames else ""


def _names(layout: Layout, parts: Mapping[str, Part]) -> str:
    """The names of relations; each is there as long as one of the lines that it stands on."""
    css = "names" if layout.frames else "names bare"
    pieces = [f'<g class="{css}" aria-hidden="true" pointer-events="none">']
    for name in names_on_lines(layout):
        lines = [parts[edge] for edge in name.edges]
        since = min(
            (one.attributes["data-since"] for one in lines if "data-since" in one.attributes), key=int, default=""
        )
        css = "name later" if all("later" in one.classes.split() for one in lines) else "name"
        shown = f' data-since="{since}"' if since else ""
        for words, (x, y) in name.baselines:
            pieces.append(_text(words, x, y, css=css, anchor="middle").replace("<text", f"<text{shown}", 1))
        if name.back:
            pieces.append(f'<path{shown} d="{name.mark()}" class="{css}"/>')
    return "".join([*pieces, "</g>"]) if len(pieces) > 1 else ""


def _turned(path: str) -> str:
    """A curve (`M x,y C x,y x,y ...`) from its other end."""
    start, _, rest = path.removeprefix("M").partition("C")
    *points, end = [start, *rest.split()]
    return f"M{end}C{' '.join(reversed(points))}"


class _Painted:
    """Reads what Graphviz painted, once and in its order, and writes the groups of our parts with all that they say.

    Of Graphviz's own marks stay the shapes and words; those that are hollow are named so for the style sheet, and
    words take their font from the page. What is `lowered` has its words so many pixels farther down.
    """

    def __init__(self, parts: Mapping[str, Part], turned: Set[str], lowered: Mapping[str, float]) -> None:
        self._parts = parts
        self._turned = turned
        self._lowered = lowered
        self._open: Part | None = None
        self._in_words = False
        self._pieces: list[str] = []

    def read(self, svg: str) -> list[str]:
        """The groups as pieces of SVG. Raises `DrawingFailed` where it is none, or not the one of these parts."""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        try:
            parser.Parse(svg, True)
        except (ExpatError, KeyError) as error:
            raise DrawingFailed(f"Graphviz did not answer with the SVG drawing that was asked for ({error})") from error
        return self._pieces

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "g" and attributes["id"] != "map":
            name = attributes["id"]
            self._open = self._parts.get(name) or Part(name, attributes["class"])
            self._pieces.append(self._open.opening(attributes["class"]))
        elif tag == "text":
            self._in_words = True
            if self._open and (lower := self._lowered.get(self._open.name)):
                attributes["y"] = f"{float(attributes['y']) + lower:.2f}"
            kept = "".join([f' {name}="{attributes[name]}"' for name in ("x", "y", "text-anchor", "font-size")])
            self._pieces.append(f"<text{kept}>")
        elif tag not in ("svg", "g", "title"):
            if tag == "path" and self._open and self._open.name in self._turned:
                attributes["d"] = _turned(attributes["d"])
            shape = "".join([f' {name}="{escape(value)}"' for name, value in attributes.items()])
            hollow = ' class="hollow"' if attributes["fill"] == "none" else ""
            self._pieces.append(f"<{tag}{shape}{hollow}/>")

    def _end(self, tag: str) -> None:
        if tag == "text":
            self._in_words = False
            self._pieces.append("</text>")
        elif tag == "g" and self._open:
            self._pieces.append(self._open.closing())
            self._open = None

    def _words(self, text: str) -> None:
        if self._in_words:
            self._pieces.append(escape(text, quote=False))
