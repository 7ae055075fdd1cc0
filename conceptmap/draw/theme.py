"""The style sheet of a drawing: the vocabulary's colours on light paper, and colours made from them for dark."""

from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

from conceptmap.draw.labels import word_name
from ontology.vocabulary import Kind, Relation

FONTS = "Helvetica, Arial, Liberation Sans, Arimo, sans-serif"
_FILL, _STROKE = 0.17, 0.75
"""Lightness on dark paper: with these, every hue keeps a contrast of 4.5 to paper and panel."""

SHAPES = ("path", "polygon", "polyline", "ellipse")


@dataclass(frozen=True, slots=True)
class Paper:
    """The colours that belong to no kind or relation."""

    paper: str
    ink: str
    quiet: str
    frame: str
    panel: str
    neutral: str


LIGHT = Paper(paper="#ffffff", ink="#1b1b1b", quiet="#47525c", frame="#c3ccd4", panel="#f6f7f9", neutral="#5b6770")
DARK = Paper(paper="#14181c", ink="#f0f2f4", quiet="#b4bec7", frame="#46525d", panel="#1c2228", neutral="#98a5af")


def style_sheet(kinds: Sequence[Kind], relations: Sequence[Relation], *, others: bool = False) -> str:
    """The rules for light, then those that dark mode puts in their place; `others`: also for undeclared kinds."""
    light = _rules(LIGHT, [(k.name, k.fill, k.stroke) for k in kinds], [(r.name, r.color) for r in relations], others)
    dark_kinds = [(k.name, toned(k.fill, _FILL), toned(k.stroke, _STROKE)) for k in kinds]
    dark_relations = [(r.name, toned(r.color, _STROKE)) for r in relations]
    dark = _rules(DARK, dark_kinds, dark_relations, others)
    return f".edge path {{ stroke-linecap: round; }}\n{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _rules(paper: Paper, kinds: list[tuple[str, str, str]], relations: list[tuple[str, str]], others: bool) -> str:
    rules = [
        f".paper {{ fill: {paper.paper}; }}",
        f"svg.map text {{ fill: {paper.ink}; }}",
        f"svg.map .quiet, svg.map .name, svg.map .day text {{ fill: {paper.quiet}; }}",
        f".words text, svg.map text.name {{ stroke: {paper.panel}; stroke-width: 5px; paint-order: stroke; }}",
        f"svg.map .bare text {{ stroke: {paper.paper}; }}",
        f".cluster path {{ fill: {paper.panel}; stroke: {paper.frame}; }}",
        f".between path, .stand path {{ stroke: {paper.neutral}; }}",
    ]
    if others:  # any kind and relation; the rules of those that are known stand behind, and count
        rules += [f"[class*=kind_] {one} {{ fill: {paper.paper}; stroke: {paper.neutral}; }}" for one in SHAPES]
        rules += [f"[class*=relation_] {one} {{ fill: {paper.neutral}; stroke: {paper.neutral}; }}" for one in SHAPES]
    for name, fill, stroke in kinds:
        shapes = ", ".join(f".kind_{word_name(name)} {shape}" for shape in SHAPES)
        rules.append(f"{shapes} {{ fill: {fill}; stroke: {stroke}; }}")
    for name, color in relations:
        shapes = ", ".join(f".relation_{word_name(name)} {shape}" for shape in SHAPES)
        rules.append(f"{shapes} {{ fill: {color}; stroke: {color}; }}")
    rules.append(f"svg.map .ghost text {{ fill: {paper.quiet}; }}")
    rules.append(".hollow { fill: none !important; }")
    return "\n".join(rules)


def toned(color: str, lightness: float) -> str:
    """A colour of the same hue in another lightness (0 to 1), a little quieter.

    >>> toned("#e8f1fb", 0.2)
    '#17324f'
    """
    hue, _, saturation = rgb_to_hls(*_rgb(color))
    return _hex(hls_to_rgb(hue, lightness, min(saturation, 0.55)))


def _rgb(color: str) -> tuple[float, float, float]:
    return int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255


def _hex(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb)
