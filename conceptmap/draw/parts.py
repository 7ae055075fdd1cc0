"""The parts of a drawing in the order in which they are read, each with its title and what else is said of it."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from conceptmap.draw.dot import box_title, line_about, line_title
from conceptmap.draw.labels import breadth, wrapped
from conceptmap.draw.layout import Layout
from conceptmap.draw.names import ghost_name, line_name, node_name
from conceptmap.draw.picture import Box, Line, Picture

SVG = "http://www.w3.org/2000/svg"
_TITLE_SIZE = 13


class Parts:
    """What Graphviz drew of a picture: its groups, by id."""

    def __init__(self, picture: Picture, layout: Layout | None, found: Mapping[str, Element]) -> None:
        self._picture = picture
        self._layout = layout
        self._found = found
        self._labels = {box.id: box.label for box in picture.boxes}

    def in_order(self, *, inline: bool) -> list[Element]:
        """Frames; then the boxes as the argument runs, each line behind the later of its ends; then words of frames.

        Where lines may run under boxes (on a grid), they come first. `inline`, boxes can take the keyboard's focus.
        """
        parts = [*self._frames(), *self._boxes_and_lines(inline), *self._ghosts()]
        return [*parts, self._frame_words() if self._layout else raised_words(parts)]

    def _frames(self) -> Iterator[Element]:
        for group, title in sorted(self._picture.days.items()):
            frame = self._found[f"day_{group}"]
            describe(frame, title)
            yield frame

    def _boxes_and_lines(self, inline: bool) -> Iterator[Element]:
        rank = {box.id: place for place, box in enumerate(self._picture.boxes)}
        behind: dict[int, list[Line]] = {}
        for line in self._picture.lines:
            place = max(rank[line.source], rank[line.target]) if self._layout else -1
            behind.setdefault(place, []).append(line)
        yield from map(self._line, behind.get(-1, ()))
        for place, box in enumerate(self._picture.boxes):
            part = self._box(box)
            if inline:
                part.attrib |= {"role": "img", "tabindex": "-1" if place else "0"}
            yield part
            yield from map(self._line, behind.get(place, ()))

    def _box(self, box: Box) -> Element:
        part = self._found[node_name(box.id)]
        day = f" of day {box.day}" if box.day is not None else ""
        describe(part, box_title(box), box.about or f"{box.kind.name}{day}")
        return part

    def _line(self, line: Line) -> Element:
        part = self._found[line_name(line)]
        title = line_title(line, self._labels[line.source], self._labels[line.target])
        describe(part, title, line_about(line) or f"since day {line.day}")
        return part

    def _ghosts(self) -> Iterator[Element]:
        """Stand-ins say nothing of their own: who hears the picture hears of their lines."""
        for ghost in self._layout.ghosts.values() if self._layout else ():
            part = self._found[ghost_name(ghost.of, ghost.group)]
            describe(part, self._labels[ghost.of])
            part.set("aria-hidden", "true")
            yield part

    def _frame_words(self) -> Element:
        """The titles of the frames; they are painted last, so that no line crosses them out."""
        assert self._layout
        words = Element("g", {"class": "day words", "aria-hidden": "true"})
        for group, rect in sorted(self._layout.frames.items()):
            lines = wrapped(self._picture.days[group], (rect.width - 24) / _TITLE_SIZE, 2, measure=breadth)
            frame = SubElement(words, "g", {"class": f"day_{group}"})
            for row, line in enumerate(lines):
                place = {"x": f"{rect.x + 12:g}", "y": f"{rect.y + 19 + 16 * row:g}", "font-size": str(_TITLE_SIZE)}
                SubElement(frame, "text", place).text = line
        words.set("transform", f"translate(0 {-self._layout.height - 1:g})")
        return words


def raised_words(parts: list[Element]) -> Element:
    """The words of the frames, taken out of them."""
    words = Element("g", {"class": "day words"})
    for frame in parts:
        if (frame.get("class") or "").startswith("cluster"):
            for text in frame.findall(f"{{{SVG}}}text"):
                frame.remove(text)
                words.append(text)
    return words


def describe(group: Element, title: str = "", about: str = "") -> None:
    """Put a title, and what else is said, in the place of Graphviz's title."""
    found = group.find(f"{{{SVG}}}title")
    if found is not None:
        group.remove(found)
    for tag, words in (("desc", about), ("title", title)):
        if words:
            element = Element(tag)
            element.text = words
            group.insert(0, element)
