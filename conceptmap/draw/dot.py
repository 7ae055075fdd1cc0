"""DOT text of a picture. Labels and tooltips are the only text from documents in it, and always escaped."""

from collections.abc import Iterable, Mapping

from graphviz import Digraph, escape, nohtml
from graphviz.quoting import quote

from conceptmap.draw.apart import apart
from conceptmap.draw.labels import LINE_WIDTH, columns, wrapped
from conceptmap.draw.names import line_name, node_name, word_name
from conceptmap.draw.picture import Box, Line, Picture
from ontology.vocabulary import Kind, Relation

FONT = "Helvetica"
FONT_SIZE = 14
MOST_TOOLTIP = 600
NEUTRAL = "#5b6770"
LEFT = r"\l"

_GRAPH = {
    "id": "map",
    "rankdir": "LR",
    "bgcolor": "transparent",
    "fontname": FONT,
    "fontsize": "13",
    "nodesep": "0.24",
    "ranksep": "0.5",
    "outputorder": "edgesfirst",
    "labeljust": "l",
    "margin": "0",
    "pad": "0",
}
_NODE = {"fontname": FONT, "fontsize": str(FONT_SIZE), "margin": "0.16,0.09", "height": "0.42", "penwidth": "1.4"}
_EDGE = {"fontname": FONT, "fontsize": "11", "arrowsize": "0.8"}
_GRID = {"layout": "neato", "splines": "true"}
_CELL = (3.3, 1.5)
"""Inches from one column and row to the next."""

_CELL_WIDTH = 22

_FRAME = {"style": "rounded,filled", "fillcolor": "#f6f7f9", "color": "#c3ccd4", "fontcolor": "#47525c", "margin": "12"}
_WIDTHS = {"solid": "1.4", "dashed": "1.5", "dotted": "1.6", "bold": "2.8"}
_ROOM = {"cds": "0.24,0.14"}
"""Shapes that cut into their corners need more room around the words."""

_SAMPLE_LENGTH = 0.55
_SAMPLE = {"fixedsize": "true", "width": "0.42", "height": "0.26", "penwidth": "1.2"}


def draw_dot(picture: Picture, *, tooltips: bool = True) -> str:
    """The picture as a DOT graph: one cluster a day; every node and edge with id, class and tooltip.

    Who gives the drawing titles of their own can do without the tooltips.
    What is to be read first comes last: laid out from left to right, `dot` stacks from the bottom up.
    """
    placed = _GRID if any(box.cell for box in picture.boxes) else {}
    graph = Digraph("map", graph_attr=_GRAPH | placed, node_attr=_NODE, edge_attr=_EDGE)
    styles = {kind.name: _attributes(_kind_style(kind)) for kind in picture.kinds}
    boxes = {box.id: (box.day, _box(box, styles[box.kind.name], tooltips)) for box in reversed(picture.boxes)}
    graph.body += [text for day, text in boxes.values() if day not in picture.days]
    for day in sorted(picture.days, reverse=True):
        graph.body += _frame(day, picture.days[day], [text for one, text in boxes.values() if one == day])
    graph.body += [
        f"\t{node_name(one)} -> {node_name(other)} [style=invis weight=0]\n" for one, other in apart(picture)
    ]
    heaviest = max((line.weight for line in picture.lines), default=1)
    graph.body += [_line(line, heaviest, tooltips) for line in reversed(picture.lines)]
    return str(graph.source)


def draw_legend(picture: Picture) -> str:
    """A DOT graph of samples: a column of empty boxes, one a kind, and a chain of lines, one a relation."""
    graph = Digraph("legend", node_attr=_NODE, edge_attr=_EDGE, graph_attr={"layout": "neato", "notranslate": "true"})
    for row, kind in enumerate(picture.kinds):
        style = _kind_style(kind) | _SAMPLE | {"class": _kind_class(kind), "id": f"legend_kind_{row}"}
        graph.body.append(f'\tk{row} [label="" pos="0,{row + 1}!" {_attributes(style)}]\n')
    for column in range(len(picture.relations) + 1):
        place = f"{column * _SAMPLE_LENGTH:g},0!"
        graph.body.append(f'\tr{column} [label="" pos="{place}" shape=point style=invis width=0 height=0]\n')
    for column, relation in enumerate(picture.relations):
        style = _relation_style(relation, backwards=False) | {"id": f"legend_relation_{column}"}
        graph.body.append(f"\tr{column} -> r{column + 1} [{_attributes(style)}]\n")
    return str(graph.source)


def box_title(box: Box) -> str:
    """What a box is, in words."""
    day = f", day {box.day}" if box.day is not None else ""
    detail = f", {box.detail}" if box.detail else ""
    return f"{box.label} ({box.kind.name}{day}{detail})" + (f"\n{box.about}" if box.about else "")


def line_title(line: Line, source: str, target: str) -> str:
    """What a line says, in words."""
    relation = line.relation.name if line.relation else "is joined to"
    values = [f"{dimension}: {values}" if values else dimension for dimension, values in line.dimensions.items()]
    return "\n".join([f"{source} {relation} {target}".strip(), *values, *([line.about] if line.about else [])])


def _frame(day: int, title: str, members: Iterable[str]) -> list[str]:
    """A day's boxes in a frame of their own, which has room around it."""
    style = _FRAME | {"id": f"day_{day}", "class": f"day day_{day}"}
    label = _quoted([*wrapped(title, 40, 2), ""], LEFT)
    return [
        f'\tsubgraph cluster_around_{day} {{ peripheries=0; margin=7; label=""; id=around_{day}\n',
        f"\tsubgraph cluster_day_{day} {{\n",
        f"\t\tgraph [label={label} {_attributes(style)}]\n",
        *(f"\t{member}" for member in members),
        "\t} }\n",
    ]


def _box(box: Box, style: str, tooltips: bool) -> str:
    lines = [*wrapped(box.label, _CELL_WIDTH if box.cell else LINE_WIDTH), *([box.detail] if box.detail else [])]
    name = node_name(box.id)
    words = f"label={_quoted(lines)}" + (_tooltip(box_title(box)) if tooltips else "")
    return f"\t{name} [id={name} {words} {style} {_attributes(_box_style(box, lines))}]\n"


def _box_style(box: Box, lines: list[str]) -> dict[str, str]:
    """What one box has of its own: its classes, its size and, on a grid, its place."""
    style = {"class": _kind_class(box.kind), "height": f"{len(lines) * FONT_SIZE * 1.2 / 72 + 0.25:.2f}"}
    if box.day is not None:
        style["class"] += f" day_{box.day}"
    if box.focus:
        style["class"] += " focus"
        style["penwidth"] = "3.5"
    if not box.label.isascii():
        style["width"] = f"{max(map(columns, lines)) * FONT_SIZE * 0.56 / 72 + 0.3:.2f}"
    if box.cell:
        x, y = box.cell[0] * _CELL[0], -box.cell[1] * _CELL[1]
        style |= {"pos": f"{x:g},{y:g}!", "shape": "box", "style": "rounded,filled", "width": "2.4"}
    return style


def _line(line: Line, heaviest: int, tooltips: bool) -> str:
    backwards = line.first != line.source
    tail, head = (line.target, line.source) if backwards else (line.source, line.target)
    style = _relation_style(line.relation, backwards) if line.relation else _weight_style(line.weight / heaviest)
    words = f'id="{line_name(line)}"' + (_tooltip(line_title(line, "", "")) if tooltips else "")
    return f"\t{node_name(tail)} -> {node_name(head)} [{words} {_attributes(style)}]\n"


def _weight_style(share: float) -> dict[str, str]:
    return {"color": NEUTRAL, "dir": "none", "penwidth": f"{1 + 4 * share:.1f}", "class": "between"}


def _kind_style(kind: Kind) -> dict[str, str]:
    shape, style = ("box", "rounded,filled") if kind.shape == "rounded" else (kind.shape, "filled")
    room = {"margin": _ROOM[shape]} if shape in _ROOM else {}
    return {"shape": shape, "style": style, "fillcolor": kind.fill, "color": kind.stroke, "fontcolor": "#1b1b1b"} | room


def _kind_class(kind: Kind) -> str:
    return f"kind_{word_name(kind.name)}"


def _relation_style(relation: Relation, backwards: bool) -> dict[str, str]:
    arrow = {"dir": "back", "arrowtail": relation.arrow} if backwards else {"arrowhead": relation.arrow}
    if relation.symmetric:
        arrow = {"dir": "both", "arrowhead": relation.arrow, "arrowtail": relation.arrow}
    named = {"class": f"relation_{word_name(relation.name)}"}
    width = _WIDTHS.get(relation.line_style, _WIDTHS["solid"])
    return {"style": relation.line_style, "color": relation.color, "penwidth": width, **arrow, **named}


def _attributes(values: Mapping[str, str]) -> str:
    """Attributes whose values are not from documents."""
    return " ".join([f'{name}="{value}"' for name, value in values.items()])


def _quoted(lines: Iterable[str], end: str = r"\n") -> str:
    """Lines as a quoted DOT string that shows exactly these characters."""
    return str(quote(nohtml(end.join([escape(line).replace("&", "&amp;") for line in lines]))))


def _tooltip(text: str) -> str:
    short = text if len(text) <= MOST_TOOLTIP else text[:MOST_TOOLTIP] + "…"
    return f" tooltip={_quoted(short.split(chr(10)))}"
