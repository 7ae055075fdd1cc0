"""Files as far as their blocks: what a page is called, where it stands, and the days that its headings name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from conceptmap.notes.outline.sections import is_generic
from conceptmap.notes.outline.syntax import label_of, without_anchor
from conceptmap.notes.page.dialects import BIBLIOGRAPHY_SUFFIXES, NOTE_SUFFIXES, plain_markdown
from conceptmap.notes.page.front import FrontMatter, Titled, is_part, part_of, read_front_matter, titled_day
from conceptmap.notes.page.list_pages import lifted
from conceptmap.notes.page.markdown import Block, Heading, Source, read_blocks, read_source
from conceptmap.notes.values import Findings, NoteFile

MAX_CHARACTERS = 2_000_000
"""Characters of a note that is read: a thousand printed pages. Of plain text that many are read in some ten seconds."""

MAX_LINES = 100_000
"""Lines with words of a note that is read: each may be a block of its own, and blocks take longer than words."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file that is read as far as its blocks.

    `anchors`: the lines that links may name; `markdown`: all lines as Markdown, the front matter blank; `is_list`: it
    is one nested list, whose name is that of its file.
    """

    file: NoteFile
    source: Source
    front: FrontMatter
    part: str
    blocks: Sequence[Block]
    anchors: Mapping[str, int]
    markdown: tuple[str, ...]
    is_list: bool = False

    @property
    def is_named(self) -> bool:
        """Whether the file names its part, or whoever sends it does."""
        return self.file.part is not None or self.front.part is not None

    @property
    def first(self) -> Heading | None:
        """The first heading."""
        return next((block for block in self.blocks if isinstance(block, Heading)), None)

    @property
    def headline(self) -> str | None:
        """The heading at its top, if that names the page: one such as `Usage` says what is below it."""
        first = self.first
        words = words_of(first) if first and first.level == 1 and not self.is_list else ""
        return words if words and not is_generic(words) else None

    @property
    def title(self) -> str | None:
        """What the page is called: in the front matter, else by its headline."""
        return self.front.title or self.headline

    @property
    def where(self) -> str:
        """The path that tells where it stands in a sequence: the one that names the most folders."""
        typed = self.file.path.replace("\\", "/").split("/")
        paths = ["/".join(typed if typed[0] else typed[-2:]), self.file.place or "", "" if self.is_named else self.part]
        return max(paths, key=lambda path: path.count("/"))


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note's bytes as lines, from the first of its file on: as they were typed, and as plain Markdown.

    What a dialect adds to Markdown is read or blank in `markdown`, where every word keeps its place, and so is the
    front matter, which ends with the line of the number `front` (0: there is none).
    """

    lines: tuple[str, ...]
    markdown: tuple[str, ...]
    front: int


def text_of(path: str, body: bytes) -> NoteText:
    """The lines of a note, however it is written; what is wrong in it is passed over."""
    ignored = Findings()
    lines = read_source(path, body, ignored).lines
    front = read_front_matter(path, lines, ignored).end
    plain = plain_markdown(path, lines[front:])
    return NoteText(lines, ("",) * front + tuple(plain.lines), front)


def read_page(file: NoteFile, parser: MarkdownIt, findings: Findings) -> Page | None:
    """A file as far as its blocks; None if it is no notes file."""
    if file.part is None and not file.path.lower().endswith(NOTE_SUFFIXES):
        hint = f"notes end in {', '.join(NOTE_SUFFIXES)}"
        findings.problem(file.path, (1, 1), "this is not a notes file", hint)
        return None
    source = read_source(file.path, file.body, findings)
    if file.path.lower().endswith(BIBLIOGRAPHY_SUFFIXES):
        part = file.part or (file.place if file.place and is_part(file.place) else part_of(file.path))
        return Page(file, source, FrontMatter(), part, (), {}, ())
    if _is_too_long(source, findings):
        return None
    front = read_front_matter(file.path, source.lines, findings)
    plain = plain_markdown(file.path, source.lines[front.end :])
    blocks = read_blocks(parser, file.path, plain.lines, front.end + 1, findings)
    part = file.part or front.part or (file.place if file.place and is_part(file.place) else part_of(file.path))
    if not is_part(part):
        findings.problem(file.path, (1, 1), f"{part!r} is no part name", "rename the file")
        return None
    front.title = front.title or plain.title
    anchors = {name: index + front.end + 1 for name, index in plain.anchors.items()}
    blocks = lifted(blocks, journal=plain.is_journal) if plain.is_list else blocks
    lines = ("",) * front.end + tuple(plain.lines)
    return Page(file, source, front, part, blocks, anchors, lines, plain.is_list)


def _is_too_long(source: Source, findings: Findings) -> bool:
    """Whether a note is more than is read of one, and that is told where it becomes so."""
    characters = lines = 0
    for number, line in enumerate(source.lines, 1):
        characters += len(line) + 1
        lines += bool(line.strip())
        if characters > MAX_CHARACTERS or lines > MAX_LINES:
            what = f"the note goes on here; {MAX_LINES:,} lines and {MAX_CHARACTERS:,} characters of one are read"
            findings.problem(source.path, (number, 1), what, "split it into several notes")
            return True
    return False


def heading_day(block: Heading) -> Titled | None:
    """The day that a heading names, with the rest of its words."""
    return titled_day(words_of(block)) if "day" in block.line.text.lower() else None


def words_of(block: Heading) -> str:
    """The words of a heading, without an id."""
    return label_of(without_anchor(block.line)).whole
