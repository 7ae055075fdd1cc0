"""What a note says of itself: its front matter, and the day, part and title that its name or a heading spells."""

import datetime
import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from pydantic import TypeAdapter, ValidationError

from conceptmap.notes.page.dialects import NOTE_SUFFIXES, page_name
from conceptmap.notes.page.front_keys import CANONICAL
from conceptmap.notes.page.questions import read_questions
from conceptmap.notes.page.sequence import NO_YEAR, date_in, spelled_in, step_in
from conceptmap.notes.values import Findings, Position
from ontology.model import MAX_DAY, MAX_LABEL, CompetencyQuestion, Part, unsafe_character
from ontology.names import is_id, node_id, visible
from ontology.values import JsonValue

MAX_FRONT_MATTER = 20_000
"""Characters: some hundred lines. YAML is read slowly, and this much of it in less than a second."""

MAX_DEPTH = 20
"""Levels of lists and mappings; nothing below the second is kept, and each takes a part of the interpreter's stack."""

_SEPARATOR = r"[|–—:·-]"
_DAY_FIRST = re.compile(rf"day\s+([0-9]{{1,5}})(?!\w)\s*(?:{_SEPARATOR}\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_DAY_LAST = re.compile(r"(?:\s-|[|–—:·,])\s?day\s([0-9]{1,5})(?:\s\([^()]*\))?\Z", re.IGNORECASE)
_DAY_TAG = re.compile(r"#?(?:\w+/)*day[-_/]?([0-9]{1,5})", re.IGNORECASE)
GENERIC = ("readme", "index", "notes")
"""File names that say nothing: their folder is asked for the day, the part and the title."""

_KEY = re.compile(r"\w[\w -]*")
_PLAIN_VALUE = re.compile(r"\s+[^\s\[\]{}*&!|>'\"%@`#,-]")
"""A value of YAML that begins as words do, so that a line of broken YAML can be read as them."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,30}\.[0-9]{1,30}")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(slots=True)
class FrontMatter:
    """What the front matter says; `end` is its last line (0: there is none), `at` where each key stands."""

    day: int | None = None
    tagged_day: int | None = None
    day_name: str | None = None
    date: datetime.date | None = None
    title: str | None = None
    course: str | None = None
    part: str | None = None
    units: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    questions: tuple[CompetencyQuestion, ...] = ()
    data: dict[str, JsonValue] = field(default_factory=dict)
    end: int = 0
    at: dict[str, Position] = field(default_factory=dict)


def read_front_matter(path: str, lines: tuple[str, ...], findings: Findings) -> FrontMatter:
    """Read the mapping at the head of a note; what is wrong with it is a problem with its line."""
    if lines[0].rstrip() != "---":
        return FrontMatter()
    end = next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), None)
    if end is None:
        findings.problem(path, (1, 1), "the front matter is not closed", "end it with a line of three hyphens: ---")
        return FrontMatter()
    return _Reader(path, findings).read("\n".join(lines[1 : end - 1]), end)


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which can grow a few bytes into gigabytes, and without tags, which can run code."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it bare
        if self.flow_level + len(self.indents) > MAX_DEPTH:
            raise yaml.composer.ComposerError(None, None, "this is nested too deeply", event.start_mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise yaml.composer.ComposerError(None, None, "anchors and aliases are not read here", event.start_mark)
        if event.tag is not None:
            raise yaml.composer.ComposerError(None, None, "tags are not read here", event.start_mark)
        return super().compose_node(parent, index)


class _Reader:
    """Takes the known keys out of a mapping and keeps the others."""

    def __init__(self, path: str, findings: Findings) -> None:
        self._path = path
        self._findings = findings
        self._front = FrontMatter()

    def read(self, text: str, end: int) -> FrontMatter:
        self._front.end = end
        for key, node in self._pairs(text):
            position = _position(node)
            self._front.at[key] = position
            match CANONICAL.get(key):
                case "day":
                    self._front.day = self._day(node)
                case "day_name":
                    self._front.day_name = self._label(key, node)
                case "date" if (
                    isinstance(node, yaml.ScalarNode) and (found := date_in(node.value)) and found.year != NO_YEAR
                ):
                    self._front.date = found
                case "title":
                    self._front.title = self._label(key, node)
                case "course":
                    course = self._label(key, node)
                    self._front.course = course if course is None or is_id(course) else node_id(course)
                case "part":
                    self._front.part = self._part(node)
                case "units":
                    self._front.units = self._labels(key, node)
                case "aliases":
                    self._front.aliases += self._aliases(node)
                case "questions" if not isinstance(node, yaml.ScalarNode) or isinstance(_value(node), str):
                    self._front.questions = read_questions(self._path, node, self._findings)
                case "tags":
                    self._front.tagged_day = self._tagged_day(node)
                    self._keep(key, node)
                case _:
                    self._keep(key, node)
        return self._front

    def _problem(self, position: Position, what: str, hint: str = "") -> None:
        self._findings.problem(self._path, position, what, hint)

    def _pairs(self, text: str) -> Iterator[tuple[str, yaml.Node]]:
        node = self._composed(text)
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode):
            self._problem(
                _position(node), "the front matter is no list of keys and values", "write lines such as 'day: 7'"
            )
            return
        seen: set[str] = set()
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if any(map(unsafe_character, _words(key_node, value))):
                self._problem(
                    _position(key_node), "an escape here stands for a character that is not allowed", "remove it"
                )
            elif not key or not key.strip() or len(key) > MAX_LABEL or key == "<<":
                self._problem(_position(key_node), "a key of the front matter is a short word", "write 'key: value'")
            elif key in seen:
                self._problem(_position(key_node), f"{key!r} stands twice in the front matter", "keep one of them")
            else:
                seen.add(key)
                yield key, value

    def _composed(self, text: str) -> yaml.Node | None:
        if len(text) > MAX_FRONT_MATTER:
            self._problem((1, 1), f"the front matter is longer than {MAX_FRONT_MATTER} characters", "shorten it")
            return None
        try:
            return yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            position = (mark.line + 2, mark.column + 1) if mark else (1, 1)
            what = f"the front matter is not valid YAML: {error.problem or error.context}"
            if not isinstance(error, yaml.composer.ComposerError):
                self._findings.warn(self._path, position, what, "correct it; lines that can be read are kept")
                return _line_by_line(text)
            self._problem(position, what, "correct it")  # what is not read here on purpose
        except (yaml.YAMLError, RecursionError, ValueError):
            self._problem((1, 1), "the front matter is not YAML that can be read", "write lines such as 'day: 7'")
        return None

    def _day(self, node: yaml.Node) -> int | None:
        said = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if re.fullmatch(r"[0-9]{1,9}", said) and int(said) <= MAX_DAY:
            return int(said)
        shown = repr(node.value) if isinstance(node, yaml.ScalarNode) else "a list or mapping"
        hint = f"count the days, and write the date as 'date: {said}'" if date_in(said) else "write 'day: 7'"
        self._problem(_position(node), f"the day is a whole number from 0 to {MAX_DAY}, not {shown}", hint)
        return None

    def _tagged_day(self, node: yaml.Node) -> int | None:
        """The day that a tag names, such as `day3`."""
        tags = " ".join(_words(node)).replace(",", " ").split()
        days = (int(found[1]) for tag in tags if (found := _DAY_TAG.fullmatch(tag)))
        return next((day for day in days if day <= MAX_DAY), None)

    def _label(self, key: str, node: yaml.Node) -> str | None:
        text = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else None
        if text is None or len(text) > MAX_LABEL or (text and not visible(text)):
            what = f"{key!r} is one line of at most {MAX_LABEL} characters, one of which can be seen"
            self._problem(_position(node), what, f"write '{key}: some words'")
            return None
        return text or None

    def _labels(self, key: str, node: yaml.Node) -> tuple[str, ...]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        labels = (self._label(key, one) for one in nodes)
        return tuple(dict.fromkeys(label for label in labels if label))

    def _aliases(self, node: yaml.Node) -> tuple[str, ...]:
        """Other names of the note: a list, or words with commas between; what is no short line is left out."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        scalars = [one for one in nodes if isinstance(one, yaml.ScalarNode)]
        listed = isinstance(node, yaml.SequenceNode)
        names = [name for one in scalars for name in ([one.value] if listed else one.value.split(","))]
        names = [" ".join(name.split()) for name in names]
        return tuple(dict.fromkeys(name for name in names if visible(name) and len(name) <= MAX_LABEL and name != "~"))

    def _part(self, node: yaml.Node) -> str | None:
        part = self._label("part", node)
        if part is None:
            return None
        if part.lower().endswith(NOTE_SUFFIXES):
            self._problem(_position(node), f"the part {part!r} reads as a file name", "leave the file's ending out")
            return None
        if not is_part(part):
            self._problem(_position(node), f"{part!r} is no part name", "use a short word")
            return None
        return part

    def _keep(self, key: str, node: yaml.Node) -> None:
        value = _value(node)
        if value is not None:
            self._front.data[key] = value


def is_part(text: str) -> bool:
    """Whether a text can name a part."""
    try:
        TypeAdapter(Part).validate_python(text)
    except ValidationError:
        return False
    return True


def _position(node: yaml.Node) -> Position:
    return node.start_mark.line + 2, node.start_mark.column + 1


def _words(*nodes: yaml.Node) -> Iterator[str]:
    """The words of scalars and of lists of scalars."""
    for node in nodes:
        if isinstance(node, yaml.ScalarNode):
            yield node.value
        elif isinstance(node, yaml.SequenceNode):
            yield from (one.value for one in node.value if isinstance(one, yaml.ScalarNode))


def _line_by_line(text: str) -> yaml.MappingNode:
    """The pairs that lines of a broken mapping say by themselves; other lines are left out."""
    pairs: list[tuple[yaml.Node, yaml.Node]] = []
    for number, line in enumerate(text.split("\n")):
        key, colon, value = line.partition(":")
        quoted = f"{key}: {json.dumps(value.strip())}" if _PLAIN_VALUE.match(value) else ""
        for tried in filter(None, (line, quoted)) if colon and _KEY.fullmatch(key) else ():
            with suppress(yaml.YAMLError, RecursionError, ValueError):
                loader = _Loader(tried)
                loader.line = number  # where the line stands, so that what is wrong with it is told there
                node = loader.get_single_node()
                pairs += node.value if isinstance(node, yaml.MappingNode) else []
                break
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs)


def _value(node: yaml.Node) -> JsonValue:
    """A scalar, or a list of scalars, as JSON; anything deeper is not kept (None)."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(one) for one in node.value if isinstance(one, yaml.ScalarNode)] or None
    if not isinstance(node, yaml.ScalarNode):
        return None
    text = str(node.value)
    if node.style is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


class Titled(NamedTuple):
    """A heading that names its day: `Day 7: Bread`, `Bread | Day 7`."""

    day: int
    title: str


def titled_day(text: str) -> Titled | None:
    """The day and title of a heading that begins with its day, or ends with it behind a separator.

    >>> titled_day("Why bread rises | Day 7")
    Titled(day=7, title='Why bread rises')
    >>> titled_day("Day 7 of the course went well") is None
    True
    """
    text = " ".join(text.split())
    if (first := _DAY_FIRST.fullmatch(text)) and (not first[2] or re.match(_SEPARATOR, text[first.end(1) :].lstrip())):
        return _titled(first[1], first[2])
    if last := _DAY_LAST.search(text):
        return _titled(last[1], text[: last.start()])
    return None


def _titled(day: str, title: str) -> Titled | None:
    return Titled(int(day), title.strip(" |–—:·,-")) if int(day) <= MAX_DAY else None


def named_day(path: str) -> int | None:
    """The day that a file's name spells with the word in full, else that its folder's does.

    >>> named_day("notes/day-07.md"), named_day("07_bread/readme.md")
    (7, None)
    """
    steps = (step_in(name) for name in _stem_and_folder(path) if "day" in name.lower())
    return next((step.number for step in steps if step and step.word == "day" and step.number <= MAX_DAY), None)


def named_title(path: str) -> str | None:
    """The words of a file name behind its place in a sequence or its date: `Day 7 - Bread.md` is about bread.

    >>> named_title("notes/lec07-cold-dough.md"), named_title("2026-11-24 Rye.md"), named_title("07.md")
    ('cold dough', 'Rye', None)
    """
    name = stem_of(path)
    first, behind = spelled_in(name)
    if not behind:
        return None
    words = " ".join((name[behind:] if not first else name[:first]).replace("_", " ").split()).strip(" |–—:·-")
    return (words if " " in words else words.replace("-", " ")) or None


def stem_of(path: str) -> str:
    """What a file is called, without its ending: its folder's name where its own says nothing."""
    stem, folder = _stem_and_folder(path)
    return folder if folder and stem.lower() in GENERIC else stem


def part_of(path: str) -> str:
    """The part that a file is: its name, with its folder's where the name says nothing.

    >>> part_of("notes/day-07.md"), part_of("notes/day-07/README.md")
    ('day-07.md', 'day-07/README.md')
    """
    *folders, name = path.replace("\\", "/").rstrip("/").split("/")
    generic = name.rsplit(".", 1)[0].lower() in GENERIC
    return f"{folders[-1]}/{name}" if generic and folders and folders[-1] not in ("", ".", "..") else name


def _stem_and_folder(path: str) -> tuple[str, str]:
    *folders, name = unicodedata.normalize("NFC", path).replace("\\", "/").rstrip("/").split("/")
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    return page_name(stem), page_name(folders[-1]) if folders else ""
