"""Reading an Obsidian vault: each note is a node, each link an edge, under the key of its line where it has one."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname, normpath
from typing import Any, Final

from markdown_it import MarkdownIt

from conceptmap.formats.format import Given, Reading, SentFile
from conceptmap.formats.given import GivenEdge, GivenNode, given
from conceptmap.formats.obsidian import RELATIONS, front_again
from conceptmap.notes import NoteFile
from conceptmap.notes.outline.inline_fields import inline_fields
from conceptmap.notes.outline.syntax import Field, field_of
from conceptmap.notes.page.dialects import without_suffix
from conceptmap.notes.page.front import FrontMatter
from conceptmap.notes.page.inline import Link, links_in
from conceptmap.notes.page.markdown import Block, Code, Formula, Heading, Items, Line, Quote, Table, markdown_parser
from conceptmap.notes.pages import Page, read_page
from conceptmap.notes.values import Findings
from ontology.errors import InvalidDocument, Problem
from ontology.model import MAX_DAY, MAX_LABEL, End, EndValues
from ontology.names import is_id, name_key
from ontology.values import JsonValue

_NOTES: Final = (".md", ".markdown")
_OWN = re.compile(rf"%% {RELATIONS}(?: (\{{.*\}}))? %%")
_HIDDEN = re.compile(r"(?:\s*%%(\{.*\})%%)?(?:\s+\^[\w-]+)?\s*\Z")
_ITEM = re.compile(r"\s*[-*+]\s+")
_RELATIVE = ("./", "../", "/")
_KINDS: Final = ("kind", "type")
"""Keys of the front matter that may say what a note is."""

_MOST_PLACES: Final = 1_000_000
"""What a place on the drawn map may be."""


@dataclass(slots=True)
class _Note:
    """A note of the vault: its path, what its page says, and the name by which its node is known here."""

    path: str
    label: str
    page: Page | None = None
    own: int | None = None
    aliases: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The folders and the name as links are compared with them."""
        return _steps(self.path)


@dataclass(slots=True)
class _Links:
    """Where the links of a vault lead, and what had to be said of them."""

    notes: Mapping[str, Sequence[_Note]]
    aliases: Mapping[str, Sequence[_Note]]
    warnings: list[Problem]
    missing: dict[str, GivenNode] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def target(self, link: Link, line: Line, here: _Note) -> str | None:
        """The key of the node that a link leads to; None where it leads to its own note."""
        name = link.name
        if line.text[link.start : link.end].startswith("[[#"):
            return None
        path = re.split(r"#(?=[^\s#])|\^", name, maxsplit=1)[0].strip() or here.path
        found = self._named(path, here)
        if not found and (found := list(self.aliases.get(name_key(path), ()))):
            shorter = without_suffix(found[0].path.rpartition("/")[2])
            what = f"[[{path}]] is another name of {found[0].path}, which Obsidian does not follow"
            self._tell(f"alias {name_key(path)}", line, here, what, f"write [[{shorter}|{path}]]")
        if len(found) > 1:
            what = f"[[{path}]] may be {found[0].path} or {found[1].path}; the first is taken"
            self._tell(f"two {path} {dirname(here.path)}", line, here, what, "write the folder before the name")
        if found:
            return found[0].path if found[0] is not here else None
        label = path.rpartition("/")[2].lstrip(".") or path
        key = name_key(label[:MAX_LABEL])
        days = _days(here.page.front) if here.page else ()
        self.missing.setdefault(key, GivenNode(key=key, label=label, mention=True, days=days))
        return key

    def _named(self, path: str, here: _Note) -> list[_Note]:
        """The notes that a path means; of those whose paths end so, only the nearest to the root."""
        below = normpath(f"{dirname(here.path)}/{path}") if path.startswith(_RELATIVE[:2]) else path
        for wanted in dict.fromkeys((_steps(below), _steps(path.lstrip("./")))):
            found = [one for one in self.notes.get(wanted[-1], ()) if one.steps[-len(wanted) :] == wanted]
            if found:
                least = min(len(one.steps) for one in found)
                return [one for one in found if len(one.steps) == least]
        return []

    def _tell(self, key: str, line: Line, here: _Note, what: str, hint: str) -> None:
        if key not in self._told:
            self._told.add(key)
            self.warnings.append(Problem(file=here.path, line=line.number, column=line.column, what=what, hint=hint))


def read_vault(files: Sequence[SentFile], reading: Reading) -> Given:
    """The notes of a vault as nodes, their links as edges. Raises `InvalidDocument` where there is no note."""
    warnings: list[Problem] = []
    parser = markdown_parser()
    notes = [
        _read_note(file, parser, warnings)
        for file in sorted(files, key=lambda one: one.path)
        if file.path.lower().endswith(_NOTES)
    ]
    if not notes:
        what = "there is no note in it"
        hint = "name the folder of a vault, whose notes end in .md"
        raise InvalidDocument([Problem(file=files[0].path, what=what, hint=hint)])
    _tell_apart(notes)
    links = _Links(
        _by(notes, lambda one: [one.steps[-1]]), _by(notes, lambda one: map(name_key, one.aliases)), warnings
    )
    nodes, edges = [], []
    for note in notes:
        node, own = _Reader(note, links, reading).read()
        nodes.append(node)
        edges += own
    nodes += links.missing.values()
    found = given(nodes, edges, reading)
    return replace(found, warnings=(*warnings, *found.warnings))


def _by(notes: Sequence[_Note], keys: Any) -> Mapping[str, Sequence[_Note]]:
    found: dict[str, list[_Note]] = defaultdict(list)
    for note in notes:
        for key in dict.fromkeys(keys(note)):
            found[key].append(note)
    return found


def _steps(path: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFC", without_suffix(path.replace("\\", "/"))).casefold()
    return tuple(step.strip() for step in plain.split("/") if step not in ("", "."))


def _read_note(file: SentFile, parser: MarkdownIt, warnings: list[Problem]) -> _Note:
    """A note as far as its blocks; one that cannot be read is a name alone, which is said."""
    findings = Findings()
    data = file.data
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    stem = without_suffix(file.path.rpartition("/")[2])
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = "this is not UTF-8, so only its name is taken"
        warnings.append(Problem(file=file.path, line=line, column=None, what=what, hint="save it as UTF-8"))
        return _Note(file.path, stem)
    page = read_page(NoteFile(file.path, data, part="note.md"), parser, findings)
    warnings += [*findings.problems, *findings.warnings]
    note = _Note(file.path, stem, page)
    if page is None:
        return note
    title = page.front.title
    separators = [number for number, line in enumerate(page.source.lines, 1) if _OWN.fullmatch(line)]
    if separators and is_id(str(page.front.data.get("id"))):
        note.own = separators[-1]
        note.label = title or stem
    elif title and not any(map(str.isalpha, stem)):
        note.label = title  # a number that tells nothing by itself
    else:
        note.aliases = (title,) if title and name_key(title) != name_key(stem) else ()
    note.aliases += page.front.aliases
    return note


def _tell_apart(notes: Sequence[_Note]) -> None:
    """Put the folders before the names of notes that are called alike, except before the one nearest to the root."""
    others = [one for one in notes if one.own is None]
    for same in _by(others, lambda one: [name_key(one.label)]).values():
        same = sorted(same, key=lambda one: (len(one.steps), one.path))  # noqa: PLW2901  (the nearest first)
        nearest = len(same) > 1 and len(same[1].steps) > len(same[0].steps)
        for note in same[nearest:] if len(same) > 1 else ():
            note.label = "/".join([*_folders(note, same), note.label])
    for same in _by(others, lambda one: [name_key(one.label)]).values():
        for number, note in enumerate(same[1:], 2):
            note.label = f"{note.label} ({number})"


def _folders(note: _Note, same: Sequence[_Note]) -> list[str]:
    """The folders above a note, as many as tell it from the others of its name."""
    folders = note.path.split("/")[:-1]
    for count in range(1, len(folders)):
        end = note.steps[-count - 1 : -1]
        if not any(one.steps[-count - 1 : -1] == end for one in same if one is not note):
            return folders[-count:]
    return folders


class _Reader:
    """Reads one note: the fields and links of its lines."""

    def __init__(self, note: _Note, links: _Links, reading: Reading) -> None:
        self._note = note
        self._links = links
        self._vocabulary = reading.vocabulary
        self._edges: list[GivenEdge] = []
        self._data: dict[str, JsonValue] = {}
        self._fields: set[int] = set()
        self._days = _days(note.page.front) if note.page else ()

    def read(self) -> tuple[GivenNode, list[GivenEdge]]:
        page = self._note.page
        if page is None:
            return GivenNode(key=self._note.path, label=self._note.label, mention=True), []
        if self._note.own is not None:
            return self._own(page, self._note.own), self._edges
        front = self._front(page)
        for line in _lines(page.blocks):
            self._line(line, page)
        node = GivenNode(
            key=self._note.path,
            label=self._note.label,
            kind=self._kind(front),
            aliases=self._note.aliases,
            text=self._text(page),
            data={**self._data, **front, "file": self._note.path},
            days=_days(page.front),
        )
        return node, self._edges

    # What others write

    def _kind(self, front: dict[str, JsonValue]) -> str | None:
        """The kind that the front matter says, if there is such a kind; another word stays where it stands."""
        for key in _KINDS:
            if isinstance(word := front.get(key), str) and (kind := self._vocabulary.kind(word)):
                del front[key]
                return kind.name
        return None

    def _front(self, page: Page) -> dict[str, JsonValue]:
        """What the front matter says, without its links: these are edges under their key."""
        front, lines = page.front, page.source.lines
        data = dict(front.data)
        places = sorted((line, key) for key, (line, _) in front.at.items())
        ends = [*(line - 1 for line, _ in places[1:]), front.end - 1]
        for (first, key), end in zip(places, ends, strict=False):
            region = Line.read(" ".join(lines[first - 1 : max(first, end)]), first)
            if key in ("aliases", "alias") or not (links := links_in(region.text)):
                continue
            for link in links:
                self._edge(link, region, key)
            rest = data.get(key)
            values = rest if isinstance(rest, list) else [rest]
            if all(isinstance(one, str) and re.fullmatch(r"\s*(\[\[[^\[\]]+\]\][\s,;]*)+", one) for one in values):
                data.pop(key, None)
        more: dict[str, JsonValue] = {"units": list(front.units), "course": front.course, "part": front.part}
        more |= {"day_name": front.day_name, "date": front.date.isoformat() if front.date else None}
        more |= {"questions": [one.ask for one in front.questions]}
        if _days(front):
            data.pop("days", None)
        return {**{key: value for key, value in more.items() if value}, **data}

    def _line(self, line: Line, page: Page) -> None:
        """The fields of a line, then its links."""
        whole = field_of(line)
        if whole is not None and whole.subject is None:
            self._field(whole, line)
            if page.source.lines[line.number - 1].strip(" \t-*+") == line.text.strip(" \t-*+"):
                self._fields.add(line.number)
            return
        taken: list[tuple[int, int]] = []
        for one in inline_fields(line):
            inside = [link for link in line.links if one.start <= link.start and link.end <= one.end]
            for link in inside:
                self._edge(link, line, one.field.key)
            if not inside:
                self._say(one.field.key, one.field.value)
            taken.append((one.start, one.end))
        for link in line.links:
            if not any(start <= link.start and link.end <= end for start, end in taken):
                self._edge(link, line, "")

    def _field(self, found: Field, line: Line) -> None:
        links = [link for link in line.links if link.start >= line.masked.index("::")]
        for link, target in zip(links, found.targets, strict=False):
            self._edge(link, line, found.key, target.note)
        if not links:
            self._say(found.key, found.value)

    def _say(self, key: str, value: str) -> None:
        there = self._data.get(key)
        if value and there is None:
            self._data[key] = value
        elif value:
            self._data[key] = [*(there if isinstance(there, list) else [there]), value]

    def _edge(self, link: Link, line: Line, label: str, note: str | None = None) -> None:
        target = self._links.target(link, line, self._note)
        if target is not None:
            self._edges.append(GivenEdge(self._note.path, label, target, note=note, days=self._days))

    def _text(self, page: Page) -> str | None:
        """The note below its front matter, without the lines that are fields."""
        lines = enumerate(page.source.lines[page.front.end :], page.front.end + 1)
        return "\n".join(line for number, line in lines if number not in self._fields).strip("\n").rstrip() or None

    # What `export` wrote

    def _own(self, page: Page, separator: int) -> GivenNode:
        """A node that went out from here: what stands above its relations is its text, with links as they are."""
        lines, front = page.source.lines, page.front
        found = _OWN.fullmatch(lines[separator - 1])
        hidden = _object(found[1] if found else None)
        said = {**front_again("\n".join(lines[1 : front.end - 1])), **hidden}
        own_data = {key: value for key, value in front.data.items() if key not in _FIELDS}
        days = (*((None,) if hidden.get("undated") else ()), *_days(front))
        first = next((day for day in days if day is not None), None)
        introduced = _whole(hidden["introduced"]) if "introduced" in hidden else first
        home = introduced if introduced is not None else next(iter(days), None)
        for number, text in enumerate(lines[separator:], separator + 1):
            self._relation(text, number, (home,) if days else ())
        text = "\n".join(lines[front.end : separator - 1])
        return GivenNode(
            key=self._note.path,
            label=_words(said.get("title")) or self._note.label,
            id=str(said["id"]),
            kind=_words(said.get("kind")),
            aliases=tuple(map(str, _list(said.get("aliases")))),
            text=text.removeprefix("\n").removesuffix("\n") or None,
            formula=_words(said.get("formula")),
            data={**own_data, **_object(hidden.get("data"))},
            days=days,
            introduced=introduced,
            mention=said.get("mention") is True,
            derived=hidden.get("derived") is True,
            place=_whole(hidden.get("place"), _MOST_PLACES),
        )

    def _relation(self, text: str, number: int, days: tuple[int | None, ...]) -> None:
        """A line below the text: what its comment says counts before what people see."""
        end = _HIDDEN.search(text)
        hidden = _object(end[1] if end else None)
        seen = _ITEM.sub("", text[: end.start()] if end else text, count=1)
        line = Line.read(seen, number)
        found = field_of(line)
        values = [str(one) for one in _list(hidden.get("values"))]
        parent: End | None = "source" if hidden.get("parent") == "source" else "target"
        for count, link in enumerate(line.links):
            target = self._links.target(link, line, self._note)
            note = found.targets[count].note if found and count < len(found.targets) else None
            if target is None:
                continue
            self._edges.append(
                GivenEdge(
                    source=self._note.path,
                    label=_words(hidden.get("relation")) or (found.key if found else ""),
                    target=target,
                    dimension=_words(hidden.get("dimension")),
                    values=EndValues(source=values[0], target=values[1]) if len(values) == 2 else None,
                    note=_words(hidden.get("note", note)),
                    days=_days_of(hidden["days"]) if "days" in hidden else days,
                    derived=hidden.get("derived") is True,
                    place=_whole(hidden.get("place"), _MOST_PLACES),
                    parent=parent if "parent" in hidden else None,
                )
            )


_FIELDS: Final = frozenset("id kind title aliases alias days formula mention".split())


def _object(said: object) -> dict[str, Any]:
    """What a comment says; nothing where it is no JSON object."""
    try:
        value = json.loads(said) if isinstance(said, str) else said
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []


def _words(said: object) -> str | None:
    return said if isinstance(said, str) else None if said is None else str(said)


def _whole(said: object, most: int = MAX_DAY) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= most else None


def _days_of(said: object) -> tuple[int | None, ...]:
    return tuple(day if day is None else _whole(day) for day in _list(said))


def _days(front: FrontMatter) -> tuple[int, ...]:
    said = front.data.get("days")
    listed = said if isinstance(said, list) else [said]
    days = [front.day, *listed]
    return tuple(dict.fromkeys(day for day in map(_whole, days) if day is not None))


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    """The lines of running text of blocks, from top to bottom; code and formulas hold no links."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        match block:
            case Heading():
                yield block.line
            case Code() | Formula():
                pass
            case Items():
                waiting += [inner for item in reversed(block.items) for inner in reversed(item.blocks)]
            case Quote():
                waiting += reversed(block.blocks)
            case Table():
                yield from (Line.read(*cell[:3]) for row in block.rows for cell in row)
                yield from block.behind
            case _:
                yield from block.lines
