"""Days that no line joins to the rest of a picture: which box each is to stand behind."""

from collections import Counter
from collections.abc import Iterator

from conceptmap.draw.picture import Picture

SMALL = 1 / 3


def apart(picture: Picture) -> Iterator[tuple[str, str]]:
    """Pairs of boxes, the second to stand right of the first.

    Graphviz puts whatever nothing holds on the far left, where time begins. So where lines join most days to one
    group, a small later group stands behind the day before it. Groups of about one size stay side by side.
    """
    members: dict[int, list[str]] = {}
    for box in picture.boxes:
        if box.day is not None:
            members.setdefault(box.day, []).append(box.id)
    group = _groups(picture, sorted(members))
    if len(set(group.values())) < 2:
        return
    sizes = Counter(group[day] for day, boxes in members.items() for _ in boxes)
    largest = max(sizes, key=lambda first: (sizes[first], -first))
    for first in sorted(set(group.values()) - {largest}):
        before = [day for day in members if group[day] == largest and day < first]
        if before and sizes[first] <= SMALL * sizes[largest]:
            yield members[max(before)][-1], members[first][0]


def _groups(picture: Picture, days: list[int]) -> dict[int, int]:
    """For each day the first day of its group."""
    group = {day: day for day in days}
    day_of = {box.id: box.day for box in picture.boxes}
    for line in picture.lines:
        one, other = day_of[line.source], day_of[line.target]
        if one is not None and other is not None and group[one] != group[other]:
            low, high = sorted((group[one], group[other]))
            group = {day: low if first == high else first for day, first in group.items()}
    return group
