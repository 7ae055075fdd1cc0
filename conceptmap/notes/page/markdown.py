"""From a file's bytes to blocks: the block model, decoding, and the block structure, by markdown-it-py."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from conceptmap.notes.page.dialects import unpacked
from conceptmap.notes.page.inline import UNSAFE, Link, links_in, masked, plain
from conceptmap.notes.values import Findings
from ontology.names import name_key

_ATTRIBUTES = frozenset(
    "meaning description default notes note example examples type value link url purpose comment usage status".split()
)
"""Heads of further columns that describe the row, so that the columns are no things to compare."""

_DIMENSIONS = frozenset(
    "aspect attribute characteristic criterion criteria difference dimension factor feature measure metric parameter "
    "point property quality question trait".split()
)
"""Heads of a first column whose rows are ways to compare the other columns; an empty head is one too. Any other word
says what kind of thing each row is: then the columns describe the rows."""

MAX_DESCRIBED = 30
"""Rows of a table that describes things, one screen; a longer one is a data set."""

MAX_NESTING = 60
"""Depth of lists and quotations, counting list and item apart; deeper is a problem, since blocks are read by calls in
calls, and no note that is meant to be read nests thirty lists."""

MAX_FIGURES = 30
"""Characters of a cell that may be a number with its unit and signs, such as `$1,234.50 ± 0.05 kg`."""

_BRANCHES = ("├─", "└─", "┣━", "┗━")
"""Signs that begin a line of a tree and of nothing else."""

CODE_INDENT = 4
"""Spaces before the lines of an indented code block."""

_FORMULA_LABEL = re.compile(r"\s*\([^()\s]+\)")
_FIGURES = re.compile(r"\W*\d[\d\W]*[^\W\d]{0,3}\W*")
_SYMBOL = re.compile(r"[\d.]*\$[^$]+\$")
"""A cell that is a formula, perhaps with a number before it: `0.2$x_1$`."""

_FORMULA_ENDS = "lines that close a formula"


class Line(NamedTuple):
    """The words of one line, without indent and markers, and where they begin in the file (1-based).

    `masked`: its text with code, formulas and comments blanked out: syntax is looked for there, words are taken from
    `text`; `links`: its wiki links.
    """

    text: str
    number: int
    column: int
    masked: str
    links: tuple[Link, ...] = ()

    @classmethod
    def read(cls, text: str, number: int = 1, column: int = 1) -> "Line":
        """A line that is read by itself: no code or formula goes over its ends."""
        return cls(text, number, column, masked(text), links_in(text))

    @property
    def position(self) -> tuple[int, int]:
        """Line and column."""
        return self.number, self.column

    @staticmethod
    def joined(lines: Sequence["Line"]) -> "Line":
        """Several lines as one, with spaces between them, at the place of the first."""
        links, begin = [], 0
        for line in lines:
            links += [link.moved(begin) for link in line.links]
            begin += len(line.text) + 1
        text, masked = " ".join(line.text for line in lines), " ".join(line.masked for line in lines)
        return lines[0]._replace(text=text, masked=masked, links=tuple(links))

    def until(self, end: int) -> "Line":
        """What stands before a place of the text, without spaces at its end."""
        text = self.text[:end].rstrip()
        links = tuple(link for link in self.links if link.end <= len(text))
        return self._replace(text=text, masked=self.masked[: len(text)], links=links)

    def place_of(self, link: Link) -> tuple[int, int]:
        """Line and column where one of its links begins."""
        return self.number, self.column + link.start


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    line: Line
    last: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of running text."""

    lines: tuple[Line, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with all that is nested under it."""

    blocks: tuple["Block", ...]
    last: int

    @property
    def head(self) -> "Paragraph | None":
        """The paragraph that the item begins with, if it begins with one."""
        first = self.blocks[0] if self.blocks else None
        return first if isinstance(first, Paragraph) else None


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered`: its items are numbered."""

    items: tuple[Item, ...]
    last: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first row is the header, all rows have as many cells, in which no syntax is looked for.

    `behind`: lines without a bar that stand directly below it, which Markdown takes for rows of one cell.
    """

    rows: tuple[tuple[Line, ...], ...]
    last: int
    behind: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A code block with its info string; its lines keep their indent."""

    info: str
    lines: tuple[Line, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Formula:
    """Display mathematics, without its dollar signs."""

    text: str
    line: Line
    last: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple["Block", ...]
    last: int


Block: TypeAlias = Heading | Paragraph | Items | Table | Code | Formula | Quote


def compared(table: Table) -> list[str]:
    """The labels of the things that a table compares; empty if it is no comparison, or its cells are mostly numbers."""
    first, *others = (plain(cell.text) for cell in table.rows[0])
    keys = {name_key(label) for label in others}
    fine = len(others) >= 2 and _is_in_words(table) and keys.isdisjoint(_ATTRIBUTES)
    return others if fine and _is_dimension(first) else []


def described(table: Table) -> list[tuple[Line, dict[str, str]]]:
    """The rows of a table that says of each what its columns are named for; empty if it compares, or counts things."""
    first, *others = (plain(cell.text) for cell in table.rows[0])
    if not first or _is_dimension(first) or not _is_in_words(table) or len(table.rows) > MAX_DESCRIBED + 1:
        return []
    values = [[plain(cell.text) for cell in row[1:]] for row in table.rows[1:]]
    said = ({name: value for name, value in zip(others, row, strict=True) if value} for row in values)
    return list(zip((row[0] for row in table.rows[1:]), said, strict=True))


def _is_dimension(head: str) -> bool:
    words = name_key(head).removesuffix("s").split()
    return len(head) < 2 or (bool(words) and words[-1] in _DIMENSIONS)


def _is_in_words(table: Table) -> bool:
    """Whether all columns have heads of their own, and most cells behind the first are no numbers."""
    heads = [name_key(plain(cell.text)) for cell in table.rows[0][1:]]
    cells = [cell.text.strip() for row in table.rows[1:] for cell in row[1:] if cell.text.strip()]
    figures = sum(
        len(cell) <= MAX_FIGURES and (_FIGURES.fullmatch(cell) is not None or _SYMBOL.fullmatch(cell) is not None)
        for cell in cells
    )
    return bool(cells) and all(heads) and len(set(heads)) == len(heads) and 2 * figures <= len(cells)


@dataclass(frozen=True)
class Source:
    """A file as text lines, without line ends; `body` is the bytes as they came."""

    path: str
    body: bytes
    lines: tuple[str, ...]

    def bytes_of(self, first: int, last: int) -> bytes:
        """The bytes of the 1-based lines first..last."""
        return b"".join(self._byte_lines[first - 1 : last])

    @cached_property
    def _byte_lines(self) -> list[bytes]:
        return self.body.splitlines(keepends=True)


def read_source(path: str, body: bytes, findings: Findings) -> Source:
    """Decode a file. Bad bytes and unsafe characters are problems, and read on as U+FFFD; page breaks are spaces."""
    whole = _decoded(path, body, findings).replace("\r\n", "\n").replace("\r", "\n")
    whole = whole.replace("\f", " ").replace("\v", " ")
    text = "\n".join(unpacked(path, whole, findings) or ())
    if UNSAFE.search(text):
        text = _cleaned(path, text, findings)
    return Source(path, body, tuple(text.split("\n")))


def _decoded(path: str, body: bytes, findings: Findings) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if body.startswith(b"\xef\xbb\xbf") else 0)
        before = body[:start].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        position = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = f"the byte 0x{body[start]:02x} is not UTF-8"
        findings.problem(path, position, what, "save the file in the encoding UTF-8")
        return body.decode("utf-8-sig", "replace")


def _cleaned(path: str, text: str, findings: Findings) -> str:
    found = list(UNSAFE.finditer(text))
    start = found[0].start()
    position = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    more = f", nor {len(found) - 1} more of its kind" if len(found) > 1 else ""
    what = f"the character U+{ord(found[0].group()):04X} is not allowed here{more}"
    findings.problem(path, position, what, "remove it")
    return UNSAFE.sub("\ufffd", text)


def markdown_parser() -> MarkdownIt:
    """A parser of blocks: CommonMark, tables and display mathematics. To be made once and handed around."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").disable("reference")
    parser.block.ruler.before("fence", "formula", _formula_rule, {"alt": ["paragraph", "blockquote", "list"]})
    return parser


def read_blocks(parser: MarkdownIt, path: str, lines: Sequence[str], first: int, findings: Findings) -> list[Block]:
    """The blocks of a file's lines, which begin at the 1-based line `first` of the file."""
    text = "\n".join(lines)
    ends = [number for number, line in enumerate(lines) if _without_label(line).endswith("$$")] if "$$" in text else []
    tokens: list[Token] = []
    parser.block.parse(text, parser, {_FORMULA_ENDS: ends}, tokens)
    deep = next((token for token in tokens if token.level >= MAX_NESTING - 1 and token.map), None)
    if deep is not None and deep.map is not None:
        what = f"nested more than {MAX_NESTING // 2 - 1} levels deep"
        findings.problem(path, (deep.map[0] + first, 1), what, "lift the inner lists")
    return _Converter(tokens, lines, first).blocks()


def _without_label(text: str) -> str:
    """A formula or its last line without the label by which MyST refers to it: `$$ (growth)`."""
    text = text.rstrip()
    begin = text.rfind("$$") if text.endswith(")") else -1
    return text[: begin + 2] if begin >= 0 and _FORMULA_LABEL.fullmatch(text, begin + 2) else text


def _formula_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$` at the head of a line, up to the next line that ends with `$$`; looked up, so that it stays linear."""
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    first = _without_label(state.src[begin:stop])
    if not first.startswith("$$") or state.is_code_block(start):
        return False
    if len(first) > 4 and first.endswith("$$"):
        last = start
    else:
        ends: list[int] = state.env[_FORMULA_ENDS]
        found = bisect_left(ends, start + 1)
        if found == len(ends) or ends[found] >= end:
            return False
        last = ends[found]
    if silent:
        return True
    token = state.push("formula", "", 0)
    content = _without_label(state.getLines(start, last + 1, state.tShift[start], False))
    token.content = content.strip().removeprefix("$$").removesuffix("$$").strip()
    token.map = [start, last + 1]
    state.line = last + 1
    return True


class _Converter:
    """Walks the tokens once, from left to right."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str], first: int) -> None:
        self._tokens = tokens
        self._lines = lines
        self._first = first
        self._next = 0
        self._readers: dict[str, Callable[[Token], Block]] = {
            "heading_open": self._heading,
            "paragraph_open": self._paragraph,
            "bullet_list_open": self._list,
            "ordered_list_open": self._list,
            "blockquote_open": self._quote,
            "table_open": self._table,
            "fence": self._code,
            "code_block": self._code,
            "formula": self._formula,
        }

    def blocks(self, until: str = "") -> list[Block]:
        """The blocks up to a closing token, which is taken too."""
        found: list[Block] = []
        while self._next < len(self._tokens):
            token = self._take()
            if token.type == until:
                break
            if reader := self._readers.get(token.type):
                found.append(reader(token))
        return found

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _span(self, token: Token) -> tuple[int, int]:
        """First and last line of a token, 0-based in these lines; blank lines at the end do not count."""
        start, end = token.map or (0, 1)
        end = min(end, len(self._lines))
        while end > start + 1 and not self._lines[end - 1].strip(" \t>"):
            end -= 1
        return start, end - 1

    def _heading(self, token: Token) -> Heading:
        lines = self._text_lines(self._take())
        self._take()
        _, last = self._span(token)
        return Heading(int(token.tag[1]), Line.joined(lines), last + self._first)

    def _paragraph(self, token: Token) -> Paragraph | Code:
        """Running text; or the code block that its author meant by indenting a tree, which below a list is none."""
        lines = self._text_lines(self._take())
        self._take()
        edge = min(line.column for line in lines)
        if edge <= CODE_INDENT or not any(line.text.startswith(_BRANCHES) for line in lines):
            return Paragraph(tuple(lines), lines[-1].number)
        drawn = (Line(" " * (line.column - edge) + line.text, line.number, 1, "") for line in lines)
        return Code("", tuple(drawn), lines[-1].number)

    def _text_lines(self, inline: Token) -> list[Line]:
        start = inline.map[0] if inline.map else 0
        blanked, links = masked(inline.content), links_in(inline.content)
        lines, begin, behind = [], 0, 0
        for number, text in enumerate(inline.content.split("\n"), start + self._first):
            end, first = begin + len(text), behind
            while behind < len(links) and links[behind].start < end:
                behind += 1
            own = tuple(link.moved(-begin) for link in links[first:behind])
            lines.append(self._line(number, text, blanked[begin:end], own))
            begin = end + 1
        return lines

    def _line(self, number: int, text: str, blanked: str, links: tuple[Link, ...]) -> Line:
        indent = len(text) - len(text.lstrip())
        if indent or text[-1:].isspace():
            text, blanked = text.strip(), blanked[indent:].rstrip()
            links = tuple(link.moved(-indent) for link in links)
        return Line(text, number, self._column(number, text), blanked, links)

    def _list(self, token: Token) -> Items:
        close = token.type.replace("_open", "_close")
        items: list[Item] = []
        while (inner := self._take()).type != close:
            _, last = self._span(inner)
            items.append(Item(tuple(self.blocks("list_item_close")), last + self._first))
        return Items(tuple(items), self._span(token)[1] + self._first, token.type == "ordered_list_open")

    def _quote(self, token: Token) -> Quote:
        return Quote(tuple(self.blocks("blockquote_close")), self._span(token)[1] + self._first)

    def _table(self, token: Token) -> Table:
        rows: list[tuple[Line, ...]] = []
        cells: list[Line] = []
        end = 0
        while (inner := self._take()).type != "table_close":
            if inner.type == "tr_open":
                cells, end = [], 0
            elif inner.type == "inline":
                number = (inner.map[0] if inner.map else 0) + self._first
                column = self._column(number, inner.content, end)
                cells.append(Line(inner.content, number, column, ""))
                end = column - 1 + len(inner.content)
            elif inner.type == "tr_close":
                rows.append(tuple(cells))
        own = self._barred(rows)
        behind = ((line.number, self._lines[line.number - self._first].strip()) for line, *_ in rows[own:])
        lines = tuple(Line.read(text, number, self._column(number, text)) for number, text in behind)
        return Table(tuple(rows[:own]), self._span(token)[1] + self._first, lines)

    def _barred(self, rows: Sequence[tuple[Line, ...]]) -> int:
        """How many rows are the table's own: all, or where its header begins with a bar, those that do so too."""
        barred = [self._lines[row[0].number - self._first].lstrip(" \t>").startswith("|") for row in rows]
        return barred.index(False) if barred and barred[0] and not all(barred) else len(rows)

    def _column(self, number: int, text: str, after: int = 0) -> int:
        """The 1-based column of a text behind others of its line; where it has escaped bars, of what is before them."""
        index = number - self._first
        whole = self._lines[index] if index < len(self._lines) else ""
        found = whole.find(text, after)
        return max(found if found >= 0 else whole.find(text.partition("|")[0], after), 0) + 1

    def _code(self, token: Token) -> Code:
        start, last = self._span(token)
        skip = 1 if token.type == "fence" else 0
        lines = [
            Line(text, start + skip + index + self._first, 1, "")
            for index, text in enumerate(token.content.rstrip("\n").split("\n"))
        ]
        return Code(token.info.strip(), tuple(lines), last + self._first)

    def _formula(self, token: Token) -> Formula:
        start, last = self._span(token)
        return Formula(
            token.content, self._line(start + self._first, self._lines[start].strip(" \t>"), "", ()), last + self._first
        )
