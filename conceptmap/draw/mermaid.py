"""The picture as a Mermaid flowchart, for places that render Markdown."""

from conceptmap.draw.labels import word_name
from conceptmap.draw.picture import DrawnEdge, DrawnNode, Picture, frame_name, node_name

_PLAIN = frozenset(" ,.:?!=+()'’/@-")
_ARROWS = {"solid": "-->", "bold": "==>", "dashed": "-.->", "dotted": "-.->"}
_PLAIN_LINES = {"solid": "---", "bold": "===", "dashed": "-.-", "dotted": "-.-"}
_SHAPES = {
    "rounded": ("(", ")"),
    "cds": (">", "]"),
    "hexagon": ("{{", "}}"),
    "ellipse": ("([", "])"),
    "component": ("[[", "]]"),
    "cylinder": ("[(", ")]"),
}


def draw_mermaid(picture: Picture) -> str:
    """The picture as a flowchart, a subgraph a day. Every label is quoted, and its marks written as codes."""
    lines = ["---", f"title: {_front(picture.heading)}", "---", "flowchart LR"]
    for day in sorted(picture.days):
        lines.append(f'  subgraph {frame_name(day)}["{escaped(picture.days[day])}"]')
        lines += [f"    {_node(node)}" for node in picture.nodes if node.group == day]
        lines.append("  end")
    lines += [f"  {_node(node)}" for node in picture.nodes if node.group not in picture.days]
    lines += [f"  {_edge(edge)}" for edge in picture.edges]
    for kind in picture.kinds:
        lines.append(f"  classDef kind_{word_name(kind.name)} fill:{kind.fill},stroke:{kind.stroke},color:#1b1b1b")
    if picture.notice:
        lines.append(f"  %% {picture.notice}")
    return "\n".join(lines)


def _node(node: DrawnNode) -> str:
    left, right = _SHAPES.get(node.kind.shape, ("[", "]"))
    label = f"{node.label}, {node.detail}" if node.detail else node.label
    return f'{node.name}{left}"{escaped(label)}"{right}:::kind_{word_name(node.kind.name)}'


def _edge(edge: DrawnEdge) -> str:
    """An arrow from the end that is read first, so that Mermaid puts it left; if need be under the inverse name."""
    backwards = edge.first != edge.source
    ends = [node_name(end) for end in (edge.source, edge.target)]
    if edge.relation is None:
        return f'{ends[0]} ---|"{edge.weight}"| {ends[1]}'
    table = _PLAIN_LINES if edge.relation.symmetric else _ARROWS
    arrow = table.get(edge.relation.line_style, table["solid"])
    words = ", ".join([edge.relation.inverse if backwards else edge.relation.name, *edge.dimensions])
    first, second = reversed(ends) if backwards else ends
    return f'{first} {arrow}|"{escaped(words)}"| {second}'


def escaped(text: str) -> str:
    """The text with every mark that Mermaid or Markdown could read as syntax written as its code.

    >>> escaped('say "<b>"')
    'say #34;#60;b#62;#34;'
    """
    codes = "".join(c if c.isalnum() or not c.isascii() or c in _PLAIN else f"#{ord(c)};" for c in text)
    first = codes.split(" ", 1)[0]
    if first in ("-", "+") or (first[-1:] in (".", ")") and first[:-1].isdigit()):
        return codes.replace(first, f"{first[:-1]}#{ord(first[-1])};", 1)
    return codes


def _front(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
