"""How kinds and relations look in DOT, and how words are written so that they stay words."""

from collections.abc import Iterable, Mapping

from graphviz import escape, nohtml
from graphviz.quoting import quote

from conceptmap.draw.names import word_name
from ontology.vocabulary import Kind, Relation

FONT = "Helvetica"
FRAME = {"style": "rounded,filled", "fillcolor": "#f6f7f9", "color": "#c3ccd4", "fontcolor": "#47525c"}
NODE = {"fontname": FONT, "fontsize": "14", "penwidth": "1.4"}
EDGE = {"fontname": FONT, "fontsize": "11", "arrowsize": "0.8"}
_WIDTHS = {"solid": "1.4", "dashed": "1.5", "dotted": "1.6", "bold": "2.8"}
_ROOM = {"cds": "0.24,0.14"}
"""Shapes that cut into their corners need more room around the words."""


def kind_style(kind: Kind) -> dict[str, str]:
    """The shape and colours of a kind."""
    shape, style = ("box", "rounded,filled") if kind.shape == "rounded" else (kind.shape, "filled")
    room = {"margin": _ROOM[shape]} if shape in _ROOM else {}
    return {"shape": shape, "style": style, "fillcolor": kind.fill, "color": kind.stroke, "fontcolor": "#1b1b1b"} | room


def kind_class(kind: Kind) -> str:
    """The class of a kind's boxes."""
    return f"kind_{word_name(kind.name)}"


def relation_style(relation: Relation, backwards: bool) -> dict[str, str]:
    """The line and arrows of a relation; `backwards` where the edge is written from its target."""
    arrow = {"dir": "back", "arrowtail": relation.arrow} if backwards else {"arrowhead": relation.arrow}
    if relation.symmetric:
        arrow = {"dir": "both", "arrowhead": relation.arrow, "arrowtail": relation.arrow}
    named = {"class": f"relation_{word_name(relation.name)}"}
    width = _WIDTHS.get(relation.line_style, _WIDTHS["solid"])
    return {"style": relation.line_style, "color": relation.color, "penwidth": width, **arrow, **named}


def attributes(values: Mapping[str, str]) -> str:
    """Attributes whose values are not from documents."""
    return " ".join([f'{name}="{value}"' for name, value in values.items()])


def quoted(lines: Iterable[str], end: str = r"\n") -> str:
    """Lines as a quoted DOT string that shows exactly these characters."""
    return str(quote(nohtml(end.join([escape(line).replace("&", "&amp;") for line in lines]))))
