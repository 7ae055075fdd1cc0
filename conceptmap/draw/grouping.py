"""Grouping: the frames of a picture, which are days, units of the course, or none."""

from dataclasses import replace

from conceptmap.draw.picture import Picture
from conceptmap.draw.selection import Grouping
from graphs.view import View


def grouped(picture: Picture, view: View, group: Grouping) -> Picture:
    """The picture, which comes in frames by day, in frames of another kind.

    A day of several units stands in the first of them; a day of none keeps a frame of its own.
    """
    if group == "day" or any(box.cell for box in picture.boxes):
        return picture
    if group == "none":
        return replace(picture, boxes=tuple(replace(box, group=None) for box in picture.boxes), days={})
    unit = _units(view)
    firsts: dict[str, int] = {}
    for day in sorted(unit):
        firsts.setdefault(unit[day], day)
    frame = {day: firsts[unit[day]] if day in unit else day for day in picture.days}
    titles = {frame[day]: unit.get(day, title) for day, title in picture.days.items()}
    boxes = [replace(box, group=None if box.group is None else frame[box.group]) for box in picture.boxes]
    return replace(picture, boxes=tuple(boxes), days=titles)


def _units(view: View) -> dict[int, str]:
    """The unit of each day that has one."""
    found: dict[int, str] = {}
    for document in view.documents():
        if document.units:
            found.setdefault(document.day, document.units[0])
    return found
