"""The blocks of a lesson: one model for proper Markdown and for pages whose lists a scraper flattened.

A page becomes headings, texts, lists with the words above them, tables, trees and formulas. While a rule reads one of
them, it may hand a piece of it (a sentence, an item, a question) on to the rules that read such pieces.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from conceptmap.notes.lesson.list_intros import Intro
from conceptmap.notes.lesson.words import chain_of
from conceptmap.notes.page.inline import plain
from conceptmap.notes.page.markdown import Block, Code, Formula, Heading, Items, Line, Paragraph, Quote, Table
from conceptmap.notes.page.tree import TreeNode, is_tree, read_tree

MAX_OPENING = 6
"""Blocks at the top of a page in which its unit and its opening words stand."""

MAX_ROOT = 80
"""Characters of the line above a flattened tree that is taken for its root; a longer one is a sentence."""

MAX_ASKED = 6
"""Lines below `→ Question:` in a flattened tree that may belong to the question."""


class LessonBlock:
    """Anything that rules read: a block of a page, or a piece that a rule hands on."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Piece(LessonBlock):
    """Words, and the line that is cited for them."""

    text: str
    line: Line

    @classmethod
    def of(cls, line: Line) -> Self:
        """All words of a line."""
        return cls(line.text, line)


class LessonHeading(Piece):
    """A heading."""


@dataclass(frozen=True, slots=True)
class LessonText(Piece):
    """A paragraph of running text; `quoted`: in a quotation; `opening`: among the first blocks of its page."""

    quoted: bool = False
    opening: bool = False


@dataclass(frozen=True, slots=True)
class LessonList(LessonBlock):
    """A list; `line`: the words above it (a cue, a sentence that ends in a colon, or a heading), perhaps none.

    `nested`: the lists below its items, each below the words of its item.
    """

    line: Line
    items: tuple[Line, ...]
    ordered: bool = False
    nested: tuple["LessonList", ...] = ()


@dataclass(frozen=True, slots=True)
class IntroducedList(LessonList):
    """A list whose words above it say what its items are."""

    intro: Intro = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class NestedList(LessonList):
    """A list below an item of another whose words do not say what it holds; `outer`: what the other list says."""

    outer: Intro | None = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class LessonTable(LessonBlock):
    """A table."""

    table: Table


@dataclass(frozen=True, slots=True)
class LessonTree(LessonBlock):
    """A tree diagram."""

    roots: tuple[TreeNode, ...]


class LessonFormula(Piece):
    """A formula that stands by itself, in LaTeX."""


@dataclass(frozen=True, slots=True)
class NamesGiven(LessonBlock):
    """The place behind all trees and tables and before any other block; with the words of the whole page."""

    words: tuple[Piece, ...]


class PageEnd(LessonBlock):
    """The end of the page, when all of its names are known."""


class Sentence(Piece):
    """A sentence of a text that no rule has read as a whole."""


class Statement(Sentence):
    """A sentence that asks nothing."""


class Item(Piece):
    """An item of a list that nothing introduces."""


class Thread(Piece):
    """Something to think about: an item of a list of questions and ideas."""


class Question(Piece):
    """A question that the page asks."""


class PromptedQuestion(Piece):
    """A question that a prompt wants something written about."""


@dataclass(frozen=True, slots=True)
class Told(LessonBlock):
    """What a piece of evidence tells; `node`: the key of the evidence."""

    text: str
    line: Line
    node: str


_TREE_MARK = re.compile(r"[│┃├└┣┗]|[|`+][-─]{2,4}\s*(?=[^\s|+:─-])")
_MARKED = re.compile(r"\[[^\[\]]{1,30}\]\s")
"""An item that says what it is: a task `[x]`, a remark `[fact]`, a reference `[3]`."""
_ARROW_MARK = re.compile(r"(?:→|⇒|->|=>)\s*\S")
_BULLET = re.compile(r"\s+[-•*–▪◦]\s+")
_RUN = re.compile(r"[:：]\s+[-•*–▪◦]\s+(?=\S)")
_COUNTED = re.compile(r"[:：]\s+1[.)]\s+(?=\S)")
_NUMBER = re.compile(r"\s+(\d{1,2})[.)]\s+(?=\S)")
_NAVIGATION = re.compile(r"[^\w\[!]*!?\[[^\]]*\]\([^)]*\)\W*")
_TAG = re.compile(r"</?(?!(?:b|i|u|em|strong|a|span|mark|sub|sup|small)\b)[A-Za-z]|(?:import|export)\s.*\bfrom\s+['\"]")


def lesson_blocks(blocks: Sequence[Block]) -> list[LessonBlock]:
    """The blocks of a lesson, in the order of its page."""
    scraped = not any(isinstance(block, Heading | Items) for block in blocks)
    found = enumerate(_lesson_blocks(blocks, scraped))
    return [replace(one, opening=number < MAX_OPENING) if isinstance(one, LessonText) else one for number, one in found]


def words_of_blocks(blocks: Sequence[LessonBlock]) -> Iterator[Piece]:
    """The words of headings, texts and lists; trees and tables give names, which are counted by themselves."""
    for block in blocks:
        if isinstance(block, LessonList):
            yield Piece(" ".join(line.text for line in (block.line, *block.items)), block.line)
            yield from words_of_blocks(
                [LessonList(one.items[0], one.items[1:], nested=one.nested) for one in block.nested]
            )
        elif isinstance(block, LessonHeading | LessonText):
            yield block


def _lesson_blocks(blocks: Sequence[Block], scraped: bool) -> Iterator[LessonBlock]:
    """One block after another; the last words before a list are held back until it is known whether they lead it."""
    held: LessonHeading | LessonText | None = None
    for block in blocks:
        if isinstance(block, Items):
            yield from _list(block, held)
            held = None
            continue
        if held is not None:
            yield held
        held = None
        for one in _block(block, scraped):
            if held is not None:
                yield held
            held = one if isinstance(one, LessonHeading | LessonText) else None
            if held is None:
                yield one
    if held is not None:
        yield held


def _block(block: Block, scraped: bool) -> Iterator[LessonBlock]:
    """What a block that is no list becomes."""
    match block:
        case Heading():
            yield LessonHeading.of(_plain(block.line))
        case Paragraph():
            yield from _paragraph(block.lines, scraped)
        case Quote():
            for one in _lesson_blocks(block.blocks, scraped):
                yield replace(one, quoted=True) if isinstance(one, LessonText) else one
        case Table():
            yield LessonTable(block)
            yield from _paragraph(block.behind, scraped=True)
        case Formula():
            yield LessonFormula(block.text, block.line)
        case Code() if is_tree(block):
            yield LessonTree(tuple(read_tree(block.lines).roots))


def _list(block: Items, above: LessonHeading | LessonText | None) -> Iterator[LessonBlock]:
    """A list; what stands above it leads it, if that is a heading or ends in a colon."""
    items, nested = _items(block)
    heading = isinstance(above, LessonHeading)
    leads = above is not None and (heading or above.text.endswith((":", "：")))
    if above is not None and (heading or (not leads and items)):
        yield above
    if items:
        line = above.line if above is not None and leads else items[0]._replace(text="")
        yield from _led(line, items, block.ordered, nested)


def _led(
    line: Line, items: tuple[Line, ...], ordered: bool, nested: tuple[LessonList, ...] = ()
) -> Iterator[LessonBlock]:
    """A list below the words that lead it; sentences before the last of them are a text of their own."""
    before, last = _last_sentence(line.text)
    if before:
        yield LessonText.of(line._replace(text=before))
    yield LessonList(line._replace(text=last), items, ordered, nested)


def _last_sentence(text: str) -> tuple[str, str]:
    end = max(text.rfind(". ", 0, -1), text.rfind("? ", 0, -1), text.rfind("! ", 0, -1))
    return (text[: end + 1], text[end + 2 :]) if end > 0 else ("", text)


def _plain(line: Line) -> Line:
    return line._replace(text=plain(line.text))


def _items(items: Items) -> tuple[tuple[Line, ...], tuple[LessonList, ...]]:
    """The words of each item, and the lists that are nested in them; tasks, remarks and references are no items."""
    lines: list[Line] = []
    nested: list[LessonList] = []
    for item in items.items:
        if item.head and _MARKED.match(plain(item.head.lines[0].text)):
            continue
        above: Line | None = None
        for block in item.blocks:
            if isinstance(block, Paragraph):
                above = _plain(_joined(block.lines))
                lines.append(above)
            elif isinstance(block, Items):
                inner, deeper = _items(block)
                if above is not None and inner:
                    nested.append(LessonList(above, inner, block.ordered, deeper))
                else:
                    lines += inner
                    nested += deeper
    if not nested and all(_NAVIGATION.fullmatch(line.text) for line in _written(items)):
        return (), ()
    return tuple(lines), tuple(nested)


def _written(items: Items) -> Iterator[Line]:
    """The lines of the items as they are written, without those of lists that are nested in them."""
    for item in items.items:
        yield from (line for block in item.blocks if isinstance(block, Paragraph) for line in block.lines)


def _joined(lines: Sequence[Line]) -> Line:
    return lines[0]._replace(text=" ".join(line.text for line in lines)) if len(lines) > 1 else lines[0]


def _paragraph(lines: Sequence[Line], scraped: bool) -> Iterator[LessonBlock]:
    """The blocks of a paragraph: on a scraped page every line is one, and trees have lost their code block."""
    lines = [line for line in lines if not _TAG.match(line.text)]
    index = 0
    while index < len(lines):
        if (end := _tree_end(lines, index)) > index:
            yield LessonTree(tuple(read_tree(lines[index:end], flattened=True).roots))
            index = end
            continue
        end = index + 1
        while end < len(lines) and not scraped and not _breaks(lines[end - 1], lines[end]):
            if _tree_end(lines, end) > end:
                break
            end += 1
        yield from _said(_plain(_joined(lines[index:end])))
        index = end


def _breaks(one: Line, other: Line) -> bool:
    """Whether a line break in a paragraph of Markdown also ends a text: words that lead, a list, a chain of arrows."""
    apart = any(_RUN.search(line.text) or chain_of(line.text) for line in (one, other))
    return apart or one.text.endswith((":", "："))


def _said(line: Line) -> Iterator[LessonBlock]:
    """A line of text, or the list that was flattened into it."""
    if (run := _RUN.search(line.text)) is not None:
        items = _BULLET.split(line.text[run.end() :])
    elif (run := _COUNTED.search(line.text)) is not None:
        items = _counted(line.text[run.end() :])
    else:
        yield LessonText.of(line)
        return
    above = line._replace(text=line.text[: run.start() + 1])
    lines = tuple(line._replace(text=item.strip()) for item in items if item.strip())
    yield from _led(above, lines, run.re is _COUNTED)


def _counted(text: str) -> list[str]:
    """The steps of `salt it 2. warm it 3. …`, split_at_colon only where the numbers go on."""
    items, begin, wanted = [], 0, 2
    for number in _NUMBER.finditer(text):
        if int(number[1]) == wanted:
            items.append(text[begin : number.start()])
            begin, wanted = number.end(), wanted + 1
    return [*items, text[begin:]]


def _tree_end(lines: Sequence[Line], start: int) -> int:
    """The line behind the tree that begins at a line; the same line if none does."""
    here = lines[start].text
    if not _TREE_MARK.match(here) and not (
        start + 1 < len(lines) and _is_root(here) and _TREE_MARK.match(lines[start + 1].text)
    ):
        return start
    index, asking = start, 0
    while index < len(lines):
        text = lines[index].text
        if _TREE_MARK.match(text):
            asking = 0
        elif _ARROW_MARK.match(text):
            asking = MAX_ASKED if text.endswith((":", "：")) else 0
        elif asking:
            asking = 0 if text.rstrip().endswith(("?", ".")) else asking - 1
        elif not (index + 1 < len(lines) and _is_root(text) and _TREE_MARK.match(lines[index + 1].text)):
            break
        index += 1
    return index


def _is_root(text: str) -> bool:
    return len(text) <= MAX_ROOT and not text.endswith((".", ":", "：", "?", "!"))
