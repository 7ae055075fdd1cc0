"""From a file to its notes: the day, the part and the title of each, from the spellings people use."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from markdown_it import MarkdownIt

from conceptmap.notes.outline.fields import field_of, label_of, without_anchor
from conceptmap.notes.outline.topics import Outline, Topic
from conceptmap.notes.page.blocks import Block, Heading, Items, Line, Paragraph
from conceptmap.notes.page.front import FrontMatter, is_part, read_front_matter
from conceptmap.notes.page.markdown import Source, read_blocks, read_source
from conceptmap.notes.values import NOTE_SUFFIXES, Findings, NoteFile
from ontology.model import MAX_DAY, MAX_LABEL

_SEPARATOR = r"[|–—:·-]"
_DAY_FIRST = re.compile(rf"day\s+(\d{{1,5}})(?!\w)\s*(?:{_SEPARATOR}\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_DAY_LAST = re.compile(r"(?:\s-|[|–—:·])\s?day\s(\d{1,5})\Z", re.IGNORECASE)
_SPELLED = re.compile(r"(?<![a-z])day[\s_.-]*(\d{1,5})(?!\d)", re.IGNORECASE)
_SHORT = re.compile(r"d[_-]?(\d{1,4})(?![0-9a-z])", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"(\d{1,3})(?:[-_. ](?!\d)|$)")
_GENERIC = ("readme", "index", "notes")


class Titled(NamedTuple):
    """A heading that names its day: `Day 7: Bread`, `Bread | Day 7`."""

    day: int
    title: str


class Named(NamedTuple):
    """A day that a path spells; `plainly`: with the word "day", so that it may not be contradicted."""

    day: int
    plainly: bool


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
    return Titled(int(day), title.strip(" |–—:·-")) if int(day) <= MAX_DAY else None


def named_day(path: str) -> Named | None:
    """The day that a file's name spells, else (for `readme` and its like) its folder's.

    >>> named_day("notes/day-07.md"), named_day("07_bread/readme.md")
    (Named(day=7, plainly=True), Named(day=7, plainly=False))
    >>> named_day("2026-11-24.md") is None
    True
    """
    stem, folder = _stem_and_folder(path)
    generic = stem.lower() in _GENERIC
    for name in (stem, folder):
        if (spelled := _SPELLED.search(name)) and int(spelled[1]) <= MAX_DAY:
            return Named(int(spelled[1]), plainly=True)
    name = folder if generic else stem
    if short := _SHORT.match(name) or _NUMBER_FIRST.match(name):
        return Named(int(short[1]), plainly=False)
    return None


def named_title(path: str) -> str | None:
    """The words of a file name behind its day: `Day 7 - Bread.md` is about bread."""
    stem, folder = _stem_and_folder(path)
    name = folder if stem.lower() in _GENERIC else stem
    for spelling in (_SPELLED, _SHORT, _NUMBER_FIRST):
        if found := spelling.match(name):
            words = " ".join(name[found.end() :].replace("_", " ").split()).strip(" |–—:·-")
            return (words if " " in words else words.replace("-", " ")) or None
    return None


def part_of(path: str) -> str:
    """The part that a file is: its name, with its folder's where the name says nothing.

    >>> part_of("notes/day-07.md"), part_of("notes/day-07/README.md")
    ('day-07.md', 'day-07/README.md')
    """
    *folders, name = path.replace("\\", "/").rstrip("/").split("/")
    generic = name.rsplit(".", 1)[0].lower() in _GENERIC
    return f"{folders[-1]}/{name}" if generic and folders and folders[-1] not in ("", ".", "..") else name


def _stem_and_folder(path: str) -> tuple[str, str]:
    *folders, name = path.replace("\\", "/").rstrip("/").split("/")
    return name.rsplit(".", 1)[0] if "." in name[1:] else name, folders[-1] if folders else ""


Note: TypeAlias = tuple[Outline, Sequence[Block]]
"""One day's note: its outline, which nothing has been read into yet, and its blocks."""


def split_notes(file: NoteFile, parser: MarkdownIt, findings: Findings) -> list[Note]:
    """The note that a file is, or the notes of each day of a diary; none if it is no notes file."""
    if file.part is None and not file.path.lower().endswith(NOTE_SUFFIXES):
        hint = f"notes end in {', '.join(NOTE_SUFFIXES)}"
        findings.problem(file.path, (1, 1), "this is no notes file", hint)
        return []
    source = read_source(file.path, file.body, findings)
    front = read_front_matter(file.path, source.lines, findings)
    blocks = read_blocks(parser, file.path, source.lines[front.end :], front.end + 1, findings)
    part = file.part or front.part or part_of(file.path)
    if not is_part(part):
        findings.problem(file.path, (1, 1), f"{part!r} is no part name", "rename the file")
        return []
    notes = _diary(source, front, part, blocks) if _may_be_diary(file, front) else []
    if len(notes) > 1:
        _report_preamble(blocks, notes[0][0], findings)
    return notes or _single(file, source, front, part, blocks, findings)


def _may_be_diary(file: NoteFile, front: FrontMatter) -> bool:
    named = named_day(file.path)
    return file.day is None and front.day is None and not (named and named.plainly)


def _outline(source: Source, front: FrontMatter, day: int, part: str, title: str | None) -> Outline:
    page = Topic("", Line("", front.end + 1, 1, ""), front.end + 1, title=True)
    title = " ".join(title.split())[:MAX_LABEL] if title and title.strip() else None
    outline = Outline(source, day, part, page, title, front.units, dict(front.data), last=len(source.lines))
    outline.own_part = front.part is not None
    outline.course = (front.course, front.at["course"]) if front.course else None
    return outline


def _diary(source: Source, front: FrontMatter, part: str, blocks: Sequence[Block]) -> list[Note]:
    """One note a section, where several headings of one level name their day."""
    headings = [(index, block) for index, block in enumerate(blocks) if isinstance(block, Heading)]
    dated = [(index, block, titled) for index, block in headings if (titled := _heading_day(block))]
    top = min((block.level for _, block, _ in dated), default=0)
    found = [one for one in dated if one[1].level == top]
    if len(found) < 2:
        return []
    notes: list[Note] = []
    for number, (index, block, titled) in enumerate(found):
        end = found[number + 1][0] if number + 1 < len(found) else len(blocks)
        outline = _outline(source, front, titled.day, part, titled.title or front.title)
        outline.first = block.line.number
        outline.last = found[number + 1][1].line.number - 1 if number + 1 < len(found) else len(source.lines)
        outline.page.line = outline.page.line._replace(number=outline.first)
        notes.append((outline, blocks[index:end]))
    return notes


def _heading_day(block: Heading) -> Titled | None:
    return titled_day(_words(block)) if "day" in block.line.text.lower() else None


def _words(block: Heading) -> str:
    text = without_anchor(block.line.text)
    return label_of(text, block.line.masked[: len(text)]).whole


def _single(
    file: NoteFile, source: Source, front: FrontMatter, part: str, blocks: Sequence[Block], findings: Findings
) -> list[Note]:
    """The one note of a file; read even if its day is not known, for its other problems and for its names."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    first = headings[0] if headings else None
    named = named_day(file.path)
    titled = _heading_day(first) if first and (first.level == 1 or not (named and named.plainly)) else None
    inner = next((found for block in headings if (found := _heading_day(block))), None)
    if front.day is not None and named and named.plainly and named.day != front.day and file.day is None:
        what = f"the front matter says day {front.day}, the file name day {named.day}"
        findings.problem(file.path, front.at["day"], what, "correct one of them")
    says = (titled.day if titled else None, named.day if named else None, inner.day if inner else None)
    day = next((one for one in (file.day, front.day, *says) if one is not None), None)
    if day is None and "day" not in front.at:
        hint = f"load --day N {file.path}, or write 'day: N' in its front matter"
        findings.problem(file.path, (1, 1), "the note does not say which day it is of", hint)
    heading = _title(first, (titled, inner), day)
    title = front.title or heading or named_title(file.path)
    outline = _outline(source, front, MAX_DAY if day is None else day, part, title)
    outline.dayless = day is None
    return [(outline, blocks)]


def _title(first: Heading | None, titled: Sequence[Titled | None], day: int | None) -> str | None:
    """The title that a heading gives: without the day that it names, if it names this one."""
    own = next((one for one in titled if one and one.day == day), None)
    if own is not None:
        return own.title
    return _words(first) if first is not None and first.level == 1 else None


def _report_preamble(blocks: Sequence[Block], first: Outline, findings: Findings) -> None:
    """Syntax before a diary's first day would be lost without a word."""
    for block in blocks:
        if block.last >= first.first:
            break
        lines = list(_lines(block))
        if any(field_of(line) for line in lines):
            where = lines[0].position
            findings.problem(first.path, where, "this stands before the first day", "move it under a day's heading")


def _lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield from block.lines
    elif isinstance(block, Items):
        for item in block.items:
            for inner in item.blocks:
                yield from _lines(inner)


def report_duplicates(outlines: Sequence[Outline], findings: Findings) -> None:
    """One day has one note, unless a note names its part: a copy with the old day must not slip in."""
    parts: dict[tuple[int, str], Outline] = {}
    days: dict[int, Outline] = {}
    for outline in (one for one in outlines if not one.dayless):
        same = parts.setdefault((outline.day, outline.part), outline)
        other = outline if outline.own_part else days.setdefault(outline.day, outline)
        if same is not outline:
            _report_duplicate(outline, same, f"part {outline.part!r} of day {outline.day}", findings)
        elif other is not outline:
            _report_duplicate(outline, other, f"day {outline.day}", findings)


def _report_duplicate(outline: Outline, other: Outline, what: str, findings: Findings) -> None:
    place = f"{other.path}:{other.first}:1"
    hint = "correct the day, or name this note's part in its front matter (part: NAME)"
    findings.problem(outline.path, (outline.first, 1), f"duplicate day: {what} is at {place} already", hint)


def report_courses(outlines: Sequence[Outline], findings: Findings) -> None:
    """Notes that are loaded together belong to one course."""
    first = next((outline for outline in outlines if outline.course), None)
    for outline in outlines:
        if first is not None and first.course and outline.course and outline.course[0] != first.course[0]:
            what = f"the course is {outline.course[0]!r} here, but {first.course[0]!r} in {first.path}"
            findings.problem(outline.path, outline.course[1], what, "load one course at a time")
