"""The picture as an outline in words: each node and each edge once, day by day."""

from collections.abc import Iterator

from conceptmap.draw.picture import DrawnEdge, DrawnNode, Picture
from conceptmap.plain_words import counted


def draw_outline(picture: Picture) -> str:
    """Days, under them their nodes, under each node the edges that begin there; in the form of nested lists."""
    lines = [picture.heading, *([picture.notice] if picture.notice else [])]
    labels = {node.id: node.label for node in picture.nodes}
    starting: dict[str, list[DrawnEdge]] = {}
    for edge in picture.edges:
        starting.setdefault(edge.source, []).append(edge)
    for title, nodes in _groups(picture):
        lines += ["", title] if title else [""]
        for node in nodes:
            lines.append(f"- {node.label} ({node.detail or node.kind.name})")
            lines += [f"  - {one}" for edge in starting.get(node.id, ()) for one in _said(edge, labels[edge.target])]
    return "\n".join(lines)


def _groups(picture: Picture) -> Iterator[tuple[str, list[DrawnNode]]]:
    for day in sorted(picture.days):
        yield picture.days[day], [node for node in picture.nodes if node.group == day]
    if rest := [node for node in picture.nodes if node.group not in picture.days]:
        yield "", rest


def _said(edge: DrawnEdge, target: str) -> list[str]:
    if edge.relation is None:
        return [f"{counted(edge.weight, 'edge')} with {target}"]
    dimensions = [f" in {name}" + (f": {values}" if values else "") for name, values in edge.dimensions.items()]
    return [f"{edge.relation.name} {target}{dimension}" for dimension in dimensions or [""]]
