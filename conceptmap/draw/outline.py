"""The picture as an outline in words: each node and each edge once, day by day."""

from collections.abc import Iterator

from conceptmap.draw.picture import Box, Line, Picture


def draw_outline(picture: Picture) -> str:
    """Days, under them their nodes, under each node the edges that begin there; in the form of nested lists."""
    lines = [picture.heading, *([picture.remark] if picture.remark else [])]
    labels = {box.id: box.label for box in picture.boxes}
    starting: dict[str, list[Line]] = {}
    for line in picture.lines:
        starting.setdefault(line.source, []).append(line)
    for title, boxes in _groups(picture):
        lines += ["", title] if title else [""]
        for box in boxes:
            lines.append(f"- {box.label} ({box.detail or box.kind.name})")
            lines += [f"  - {edge}" for line in starting.get(box.id, ()) for edge in _edges(line, labels[line.target])]
    return "\n".join(lines)


def _groups(picture: Picture) -> Iterator[tuple[str, list[Box]]]:
    for day in sorted(picture.days):
        yield picture.days[day], [box for box in picture.boxes if box.group == day]
    if rest := [box for box in picture.boxes if box.group not in picture.days]:
        yield "", rest


def _edges(line: Line, target: str) -> list[str]:
    if line.relation is None:
        return [f"{line.weight} edge{'' if line.weight == 1 else 's'} with {target}"]
    dimensions = [f" in {name}" + (f": {values}" if values else "") for name, values in line.dimensions.items()]
    return [f"{line.relation.name} {target}{dimension}" for dimension in dimensions or [""]]
