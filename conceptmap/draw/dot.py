"""DOT text of a picture. Labels and tooltips are the only text from documents in it, and always escaped."""

from collections.abc import Iterable

from graphviz import Digraph

from conceptmap.draw.apart import apart
from conceptmap.draw.labels import LINE_WIDTH, columns, wrapped
from conceptmap.draw.names import line_name, node_name
from conceptmap.draw.picture import Box, Line, Picture
from conceptmap.draw.styles import EDGE, FONT, FRAME, NODE, attributes, kind_class, kind_style, quoted, relation_style

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
_NODE = NODE | {"margin": "0.16,0.09", "height": "0.42"}
_GRID = {"layout": "neato", "splines": "true"}
_CELL = (3.3, 1.5)
"""Inches from one column and row to the next."""

_CELL_WIDTH = 22

_SAMPLE_LENGTH = 0.55
_SAMPLE = {"fixedsize": "true", "width": "0.42", "height": "0.26", "penwidth": "1.2"}


def draw_dot(picture: Picture, *, tooltips: bool = True) -> str:
    """The picture as a DOT graph: one cluster a day; every node and edge with id, class and tooltip.

    Who gives the drawing titles of their own can do without the tooltips.
    What is to be read first comes last: laid out from left to right, `dot` stacks from the bottom up.
    """
    placed = _GRID if any(box.cell for box in picture.boxes) else {}
    graph = Digraph("map", graph_attr=_GRAPH | placed, node_attr=_NODE, edge_attr=EDGE)
    styles = {kind.name: attributes(kind_style(kind)) for kind in picture.kinds}
    boxes = {box.id: (box.group, _box(box, styles[box.kind.name], tooltips)) for box in reversed(picture.boxes)}
    graph.body += [text for group, text in boxes.values() if group not in picture.days]
    for group in sorted(picture.days, reverse=True):
        graph.body += _frame(group, picture.days[group], [text for one, text in boxes.values() if one == group])
    graph.body += [
        f"\t{node_name(one)} -> {node_name(other)} [style=invis weight=0]\n" for one, other in apart(picture)
    ]
    heaviest = max((line.weight for line in picture.lines), default=1)
    graph.body += [_line(line, heaviest, tooltips) for line in reversed(picture.lines)]
    return str(graph.source)


def draw_legend(picture: Picture) -> str:
    """A DOT graph of samples: a column of empty boxes, one a kind, and a chain of lines, one a relation."""
    graph = Digraph("legend", node_attr=_NODE, edge_attr=EDGE, graph_attr={"layout": "neato", "notranslate": "true"})
    for row, kind in enumerate(picture.kinds):
        style = kind_style(kind) | _SAMPLE | {"class": kind_class(kind), "id": f"legend_kind_{row}"}
        graph.body.append(f'\tk{row} [label="" pos="0,{row + 1}!" {attributes(style)}]\n')
    for column in range(len(picture.relations) + 1):
        place = f"{column * _SAMPLE_LENGTH:g},0!"
        graph.body.append(f'\tr{column} [label="" pos="{place}" shape=point style=invis width=0 height=0]\n')
    for column, relation in enumerate(picture.relations):
        style = relation_style(relation, backwards=False) | {"id": f"legend_relation_{column}"}
        graph.body.append(f"\tr{column} -> r{column + 1} [{attributes(style)}]\n")
    return str(graph.source)


def box_title(box: Box) -> str:
    """What a box is, in words.

    >>> from ontology.vocabulary import read_vocabulary
    >>> box_title(Box("yeast", "Yeast", read_vocabulary().kinds["Concept"], 2))
    'Yeast (Concept, day 2)'
    """
    day = f", day {box.day}" if box.day is not None else ""
    detail = f", {box.detail}" if box.detail else ""
    return f"{box.label} ({box.kind.name}{day}{detail})"


def line_title(line: Line, source: str, target: str) -> str:
    """What a line says, in words."""
    relation = line.relation.name if line.relation else "is joined to"
    return f"{source} {relation} {target}".strip()


def line_about(line: Line) -> str:
    """What else is said of a line: its dimensions with their values, and notes."""
    values = [f"{dimension}: {values}" if values else dimension for dimension, values in line.dimensions.items()]
    return "\n".join([*values, *([line.about] if line.about else [])])


def _frame(day: int, title: str, members: Iterable[str]) -> list[str]:
    """A day's boxes in a frame of their own, which has room around it."""
    style = FRAME | {"margin": "12"} | {"id": f"day_{day}", "class": f"day day_{day}"}
    label = quoted([*wrapped(title, 40, 2), ""], LEFT)
    return [
        f'\tsubgraph cluster_around_{day} {{ peripheries=0; margin=7; label=""; id=around_{day}\n',
        f"\tsubgraph cluster_day_{day} {{\n",
        f"\t\tgraph [label={label} {attributes(style)}]\n",
        *(f"\t{member}" for member in members),
        "\t} }\n",
    ]


def _box(box: Box, style: str, tooltips: bool) -> str:
    lines = [*wrapped(box.label, _CELL_WIDTH if box.cell else LINE_WIDTH), *([box.detail] if box.detail else [])]
    name = node_name(box.id)
    words = f"label={quoted(lines)}" + (_tooltip(box_title(box), box.about) if tooltips else "")
    return f"\t{name} [id={name} {words} {style} {attributes(_box_style(box, lines))}]\n"


def _box_style(box: Box, lines: list[str]) -> dict[str, str]:
    """What one box has of its own: its classes, its size and, on a grid, its place."""
    style = {"class": kind_class(box.kind), "height": f"{len(lines) * FONT_SIZE * 1.2 / 72 + 0.25:.2f}"}
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
    style = relation_style(line.relation, backwards) if line.relation else _weight_style(line.weight / heaviest)
    words = f'id="{line_name(line)}"' + (_tooltip(line_title(line, "", ""), line_about(line)) if tooltips else "")
    return f"\t{node_name(tail)} -> {node_name(head)} [{words} {attributes(style)}]\n"


def _weight_style(share: float) -> dict[str, str]:
    return {"color": NEUTRAL, "dir": "none", "penwidth": f"{1 + 4 * share:.1f}", "class": "between"}


def _tooltip(*parts: str) -> str:
    text = "\n".join(filter(None, parts))
    short = text if len(text) <= MOST_TOOLTIP else text[:MOST_TOOLTIP] + "…"
    return f" tooltip={quoted(short.split(chr(10)))}"
