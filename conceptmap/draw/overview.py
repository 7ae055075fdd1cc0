"""The overview of a map that is too large to read: its days, and how strongly they are joined."""

from collections import Counter

from conceptmap.draw.picture import Box, Line, Picture, group_titles, heading
from conceptmap.draw.selection import Selection
from graphs.view import View
from ontology.names import day_id
from ontology.terms import DAY
from ontology.vocabulary import Kind

MOST_DAYS = 60
DAYS_IN_ROW = 6


def overview(view: View, selection: Selection) -> Picture:
    """One box a day (a stretch of days, where they are many) in rows, and lines that count the edges between them."""
    days = {node: view.introduced_on(node) or 0 for node in selection.node_ids(view)}
    stretch = _stretches(sorted(set(days.values())))
    joins: Counter[tuple[int, int]] = Counter()
    for edge in filter(selection.takes_edge, view.edge_keys()):
        if edge.source in days and edge.target in days:
            ends = sorted((stretch[days[edge.source]], stretch[days[edge.target]]))
            joins[ends[0], ends[1]] += ends[0] != ends[1]
    boxes = _day_boxes(view, stretch, Counter(stretch[day] for day in days.values()))
    heaviest = sorted(+joins, key=lambda ends: (-joins[ends], ends))
    kept = sorted(heaviest[: 2 * len(boxes)])
    lines = [
        Line(day_id(a), day_id(b), day_id(a), None, about=f"{joins[a, b]} edges", weight=joins[a, b]) for a, b in kept
    ]
    return Picture(heading(view), _remark(len(days), len(heaviest) - len(kept)), tuple(boxes), tuple(lines), {})


def _stretches(days: list[int]) -> dict[int, int]:
    """Each day's stretch, named by its first day."""
    length = -(-len(days) // MOST_DAYS)
    return {day: days[i - i % length] for i, day in enumerate(days)}


def _day_boxes(view: View, stretch: dict[int, int], sizes: Counter[int]) -> list[Box]:
    kind = view.vocabulary.kinds.get(DAY) or Kind(
        name=DAY, iri="", order=0, shape="box", fill="#ffffff", stroke="#555555"
    )
    titles = group_titles(view, stretch)
    boxes = []
    for row, (first, size) in enumerate(sorted(sizes.items())):
        last = max(day for day, start in stretch.items() if start == first)
        label = titles[first] if first == last else f"Days {first} to {last}"
        count = f"{size} node{'' if size == 1 else 's'}"
        cell = (row % DAYS_IN_ROW, row // DAYS_IN_ROW)
        boxes.append(Box(day_id(first), label, kind, None, detail=count, cell=cell))
    return boxes


def _remark(nodes: int, left_out: int) -> str:
    links = f" ({left_out} thin ones are left out)" if left_out else ""
    return (
        f"{nodes} nodes are too many to read at once, so this shows the days; the thicker a line{links}, "
        "the more edges it stands for. Choose a focus to see nodes."
    )
