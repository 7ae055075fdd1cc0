"""Links that say a place, such as the path of a note and a heading in it: each is led to the name of what is there."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from posixpath import dirname, normpath
from typing import NamedTuple

from conceptmap.notes.outline.syntax import Outline, Section, Target, Topic
from conceptmap.notes.page.dialects import is_reference, page_name, without_suffix
from conceptmap.notes.page.inline import plain
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.page.sequence import date_in
from conceptmap.notes.values import Findings
from graphs.fold import PartKey
from graphs.view import View
from ontology.model import MAX_LABEL
from ontology.names import day_label, name_key

_PLACE = re.compile(r"([^#^]+)((?:#[^\s#^][^#^]*)*)(?:#?\^([\w-]+))?")
_RELATIVE = ("./", "../", "/")
"""What the name of a Markdown link begins with."""

_SIGNS = re.compile(r"[\W_]+")

MOST_OF_ONE_NAME = 100
"""Sections of one name that are looked through for the one below other headings."""


class _Place(NamedTuple):
    """What a link says of where it leads: a path or name of a note, headings in it, the id of a block."""

    path: str
    headings: tuple[str, ...]
    block: str | None


class _Note(NamedTuple):
    """A note that links may lead to: its folders and file name, what it is called, its outlines if it is read now."""

    path: tuple[str, ...]
    name: str
    outlines: tuple[Outline, ...] = ()


def lead_links(outlines: Sequence[Outline], known: View, findings: Findings) -> None:
    """Give each link that says a place the name of the node there; two notes of one name get names of their own.

    A link to a heading that is no topic leads to what it stands in, one to a block likewise. A path that no note has
    is left as a name.
    """
    apart = _tell_apart(outlines, known)
    places = _Places(outlines, known, findings, apart)
    for outline in outlines:
        places.lead(outline)


def _tell_apart(outlines: Sequence[Outline], known: View) -> set[str]:
    """Put the folder before the names of undated notes that are called alike and lie in different folders.

    Answers the keys of the names that several have.
    """
    apart: set[str] = set()
    alike: defaultdict[str, list[Outline]] = defaultdict(list)
    for outline in outlines:
        if outline.undated:
            alike[name_key(outline.page.label)].append(outline)
    stored = {PartKey(outline.day, outline.part) for outline in outlines}
    for same in alike.values():
        several = len({dirname(outline.part) for outline in same}) > 1
        for outline in same:
            page, folder = outline.page, _folder(outline.part)
            name = f"{folder}/{page.label}"
            if not folder or len(name) > MAX_LABEL:
                continue
            if several or known.named(name) or _is_taken(page.label, known, stored):
                apart.add(name_key(page.label))
                page.aliases.append(page.label)
                page.label = name
    return apart


def _is_taken(label: str, known: View, replaced: set[PartKey]) -> bool:
    """Whether a stored note that is not read now is called so."""
    key = name_key(label)
    parts = {PartKey(one.day, one.part) for node in known.named(label) for one in known.said_of_node(node)}
    titles = (known.document(part) for part in parts - replaced if known.undated(part))
    return any(document and document.title and name_key(document.title) == key for document in titles)


class _Places:
    """The notes that are read together and those that are stored, by the names of their files."""

    def __init__(self, outlines: Sequence[Outline], known: View, findings: Findings, apart: Set[str]) -> None:
        self._known = known
        self._apart = apart
        self._findings = findings
        self._by_outline: dict[int, _Parts] = {}
        self._labels = {name_key(name) for outline in outlines for name in _names(outline)}
        self._anchors = {anchor: outline for outline in outlines for anchor in outline.anchors}
        own = {name_key(topic.label) for one in outlines for topic in one.topics if not _is_link(topic.line)}
        called = ((name_key(name), _page(one)) for one in outlines if one.undated for name in one.page.aliases)
        self._pages = {key: page for key, page in called if key not in own and key not in apart}
        self._dates = {
            **{one.date: day_label(one.day) for one in known.documents() if one.date and not one.undated},
            **{one.date.isoformat(): _page(one) for one in outlines if one.date and not one.undated},
        }
        self._notes: defaultdict[str, list[_Note]] = defaultdict(list)
        files: defaultdict[str, list[Outline]] = defaultdict(list)
        for outline in outlines:
            files[outline.path].append(outline)
        for path, parts in files.items():
            self._add(_Note(_segments(path), _page(parts[0]), tuple(parts)))
        read = {(outline.day, outline.part) for outline in outlines}
        for key in known.parts():
            if key not in read and (name := self._stored(key)):
                self._add(_Note(_segments(key.part), name))

    def _parts(self, outline: Outline) -> "_Parts":
        """The sections and items of a note, read when they are first asked for."""
        parts = self._by_outline.get(id(outline))
        if parts is None:
            parts = self._by_outline[id(outline)] = _Parts(outline)
        return parts

    def _add(self, note: _Note) -> None:
        self._notes[note.path[-1]].append(note)

    def _stored(self, key: PartKey) -> str | None:
        """What a stored note is called."""
        document = self._known.document(key)
        if document is None or not document.undated:
            return day_label(key.day)
        folder = _folder(key.part)
        apart = f"{folder}/{document.title}"
        return apart if folder and self._known.named(apart) else document.title

    def lead(self, outline: Outline) -> None:
        """Lead all links of a note; a Markdown link to a file that is no note here is given up: no path is a name."""
        for topic in outline.topics:
            if topic.heading and _is_link(topic.line):
                topic.label = self._led(Target(topic.label, topic.line.position, None), outline).name
        outline.statements = [
            statement._replace(
                subject=statement.subject and self._led(statement.subject, outline),
                targets=tuple(
                    one for target in statement.targets if not _is_lost((one := self._led(target, outline)).name)
                ),
            )
            for statement in outline.statements
        ]
        outline.arrows = [
            arrow._replace(source=self._led(arrow.source, outline), target=self._led(arrow.target, outline))
            for arrow in outline.arrows
        ]
        outline.cues = [
            cue._replace(
                items=tuple(item._replace(target=item.target and self._led(item.target, outline)) for item in cue.items)
            )
            for cue in outline.cues
        ]
        said_as = ((words, self._led(target, outline)) for words, target in outline.said_as.items())
        outline.said_as = {words: target for words, target in said_as if not _is_lost(target.name)}
        prose = [(topic, self._led(target, outline), line) for topic, target, line in outline.prose]
        outline.prose = [one for one in prose if not _is_lost(one[1].name)]
        for _, target, _ in prose:
            if _is_lost(target.name) and not target.name.startswith("^"):
                what = f"the link to {target.name.removeprefix('./')!r} leads nowhere"
                self._findings.warn(outline.path, target.position, what, "correct it, or load that note too")

    def _led(self, target: Target, here: Outline) -> Target:
        """The link with the name of what stands where it leads; as it is, where it says no place that is known."""
        name = target.name
        if at := here if name in here.anchors else self._anchors.get(name):
            return target._replace(name=self._parts(at).at_line(at.anchors[name]))
        if (date := date_in(name)) and (of_date := self._dates.get(date.isoformat())):
            return target._replace(name=of_date)
        is_path, place, key = name.startswith(_RELATIVE), _place(name), name_key(name)
        if key in self._pages and not is_path:
            return target._replace(name=self._pages[key])
        if place is None or (key in self._labels and key not in self._apart and not is_path):
            return target
        if notes := self._notes_at(place.path, here):
            return target._replace(name=self._in_note(notes[0], place))
        if is_path or self._known.named(name):
            return target
        inner = next((one for one in reversed(place.headings) if name_key(one) in self._labels), None)
        return target._replace(name=inner or place.path.strip())

    def _notes_at(self, path: str, here: Outline) -> list[_Note]:
        """The notes that a path means, the nearest to a note first."""
        folder = dirname(here.path)
        below = normpath(f"{folder}/{path}") if path.startswith(_RELATIVE) else path
        for wanted in dict.fromkeys((_segments(below), _segments(path.lstrip("./")))):
            found = [note for note in self._notes[wanted[-1]] if _ends_alike(note.path, wanted)] if wanted[-1] else []
            if found:
                own = _segments(f"{folder}/x")[:-1]
                return sorted(found, key=lambda note: (note.path[:-1] != own, len(note.path), note.path))
        return []

    def _in_note(self, note: _Note, place: _Place) -> str:
        """The name of the heading or block that a link means, else of its note."""
        for outline in note.outlines:
            if place.block and (line := outline.anchors.get(f"^{place.block}")):
                return self._parts(outline).at_line(line)
            if place.headings and (section := self._parts(outline).section(place.headings)):
                return self._parts(outline).of_section(section)
        heading = place.headings[-1] if place.headings and not note.outlines else ""
        return heading if heading and self._known.named(heading) else note.name


def _is_link(line: Line) -> bool:
    """Whether a line is one link and nothing else, so that what it heads is what the link leads to."""
    return len(line.links) == 1 and (line.links[0].start, line.links[0].end) == (0, len(line.text))


def _is_lost(name: str) -> bool:
    """Whether a link that leads to nothing says a path or an identifier, which are no names."""
    return name.startswith((*_RELATIVE, "^")) or is_reference(name)


def _place(name: str) -> _Place | None:
    found = _PLACE.fullmatch(name)
    if found is None:
        return None
    headings = tuple(one.strip() for one in found[2].split("#")[1:])
    return _Place(without_suffix(found[1].strip()), headings, found[3])


def _segments(path: str) -> tuple[str, ...]:
    """The folders and the name of a note as they are compared."""
    *folders, name = without_suffix(path.replace("\\", "/")).split("/")
    return (*(name_key(folder) for folder in folders if folder not in ("", ".")), name_key(page_name(name)))


def _folder(path: str) -> str:
    return dirname(path).rpartition("/")[2]


def _ends_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two paths are one, as far as both go up."""
    length = min(len(one), len(other))
    return one[-length:] == other[-length:]


def _names(outline: Outline) -> Iterator[str]:
    """The names that a note gives to what stands in it; its file's name is none of them."""
    for topic in outline.topics:
        yield from (topic.label, *topic.aliases, *([topic.explicit_id] if topic.explicit_id else ()))
    yield from (section.label for section in outline.sections)


def _page(outline: Outline) -> str:
    return outline.page.label if outline.undated else day_label(outline.day)


class _Parts:
    """The sections and items of a note, by their words and their lines."""

    def __init__(self, outline: Outline) -> None:
        self._page = _page(outline)
        self._sections = outline.sections
        self._lines = [section.line.number for section in outline.sections]
        self._named: defaultdict[str, list[Section]] = defaultdict(list)
        for section in outline.sections:
            for words in dict.fromkeys(_spellings(section)):
                self._named[words].append(section)
        self._headings = {topic.line.number: topic for topic in outline.topics if topic.heading}
        self._items: dict[int, Topic] = {}
        for topic in outline.topics:
            if topic.declared and not topic.heading:
                for line in range(topic.line.number, topic.last + 1):
                    self._items.setdefault(line, topic)

    def section(self, headings: Sequence[str]) -> Section | None:
        """The section of a heading, by its words or its anchor; where several headings are named, below the others."""
        *above, last = map(_letters, headings)
        found = self._named[last][:MOST_OF_ONE_NAME] if last in self._named else []
        return next(
            (one for one in found if all(any(head in _spellings(up) for up in _above(one)) for head in above)), None
        )

    def at_line(self, line: int) -> str:
        """The name of the item that a line belongs to, else of its section."""
        if (item := self._items.get(line)) is not None:
            return item.explicit_id or item.label
        behind = bisect_right(self._lines, line)
        return self.of_section(self._sections[behind - 1]) if behind else self._page

    def of_section(self, section: Section) -> str:
        """The name of the topic that a section is, else of the one around it, at last of the note."""
        for one in (section, *_above(section)):
            topic = self._headings.get(one.line.number)
            if topic and topic.declared:
                return topic.explicit_id or topic.label
            if topic and topic.title:
                break
            if one.label:
                return one.label
        return self._page


def _spellings(section: Section) -> tuple[str, str]:
    return _letters(section.label), _letters(plain(section.line.text))


def _letters(words: str) -> str:
    return _SIGNS.sub("", words).casefold()


def _above(section: Section) -> Iterator[Section]:
    while section.parent is not None:
        section = section.parent
        yield section
