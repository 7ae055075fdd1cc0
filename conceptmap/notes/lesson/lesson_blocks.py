"""The passages of a lesson: one model for proper Markdown and for pages whose lists a scraper flattened."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from conceptmap.notes.page.blocks import Block, Code, Formula, Heading, Items, Line, Paragraph, Quote, Table
from conceptmap.notes.page.inline import plain
from conceptmap.notes.page.tree import Twig, is_tree, read_tree

MAX_ROOT = 80
MAX_ASKED = 6


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading."""

    line: Line


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of running text; `quoted`: in a quotation."""

    line: Line
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with the words above it: a cue, a sentence that ends in a colon, or a heading; perhaps nothing."""

    lead: Line
    items: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A table."""

    table: Table


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tree diagram."""

    roots: tuple[Twig, ...]


@dataclass(frozen=True, slots=True)
class Displayed:
    """A formula that stands by itself."""

    formula: str
    line: Line


Passage: TypeAlias = Headed | Said | Listed | Compared | Drawn | Displayed

_TREE_MARK = re.compile(r"[│┃├└┣┗]|[|`+][-─]{2}")
_ARROW_MARK = re.compile(r"(?:→|⇒|->|=>)\s*\S")
_BULLET = re.compile(r"\s+[-•*–▪◦]\s+")
_RUN = re.compile(r"[:：]\s+[-•*–▪◦]\s+(?=\S)")
_COUNTED = re.compile(r"[:：]\s+1[.)]\s+(?=\S)")
_NUMBER = re.compile(r"\s+(\d{1,2})[.)]\s+(?=\S)")
_NAVIGATION = re.compile(r"\W*!?\[[^\]]*\]\([^)]*\)\W*")
_TAG = re.compile(r"</?(?!(?:b|i|u|em|strong|a|span|mark|sub|sup|small)\b)[A-Za-z]|(?:import|export)\s.*\bfrom\s+['\"]")


def passages_of(blocks: Sequence[Block]) -> list[Passage]:
    """All passages of a page, in its order."""
    scraped = not any(isinstance(block, Heading | Items) for block in blocks)
    return list(_passages(blocks, scraped))


def _passages(blocks: Sequence[Block], scraped: bool) -> Iterator[Passage]:
    held: Headed | Said | None = None
    for block in blocks:
        if isinstance(block, Items):
            yield from _list(block, held)
            held = None
            continue
        if held is not None:
            yield held
        passages = list(_block(block, scraped))
        last = passages.pop() if passages and isinstance(passages[-1], Headed | Said) else None
        held = last if isinstance(last, Headed | Said) else None
        yield from passages
    if held is not None:
        yield held


def _block(block: Block, scraped: bool) -> Iterator[Passage]:
    """The passages of a block that is no list."""
    match block:
        case Heading():
            yield Headed(_words(block.line))
        case Paragraph():
            yield from _paragraph(block.lines, scraped)
        case Quote():
            for passage in _passages(block.blocks, scraped):
                yield replace(passage, quoted=True) if isinstance(passage, Said) else passage
        case Table():
            yield Compared(block)
            yield from _paragraph(block.behind, scraped=True)
        case Formula():
            yield Displayed(block.text, block.line)
        case Code() if is_tree(block):
            yield Drawn(tuple(read_tree(block.lines).roots))


def _list(block: Items, above: Headed | Said | None) -> Iterator[Passage]:
    """A list; what stands above it is its lead, if that is a heading or ends in a colon."""
    lines = list(_item_lines(block))
    items = tuple(map(_words, lines)) if not all(_NAVIGATION.fullmatch(line.text) for line in lines) else ()
    if isinstance(above, Headed) or (above is not None and not above.line.text.endswith((":", "：")) and items):
        yield above
    if not items:
        return
    led = above is not None and (isinstance(above, Headed) or above.line.text.endswith((":", "：")))
    lead = above.line if above is not None and led else items[0]._replace(text="")
    yield from _led(lead, items, block.ordered)


def _led(lead: Line, items: tuple[Line, ...], ordered: bool) -> Iterator[Passage]:
    """A list below its lead; sentences before the lead's last are said by themselves."""
    head, last = _last_sentence(lead.text)
    if head:
        yield Said(lead._replace(text=head))
    yield Listed(lead._replace(text=last), items, ordered)


def _last_sentence(text: str) -> tuple[str, str]:
    end = max(text.rfind(". ", 0, -1), text.rfind("? ", 0, -1), text.rfind("! ", 0, -1))
    return (text[: end + 1], text[end + 2 :]) if end > 0 else ("", text)


def _words(line: Line) -> Line:
    return line._replace(text=plain(line.text))


def _item_lines(items: Items) -> Iterator[Line]:
    """The words of each item, nested ones behind the one that holds them, as a scraper would have flattened them."""
    for item in items.items:
        for block in item.blocks:
            if isinstance(block, Paragraph):
                yield _joined(block.lines)
            elif isinstance(block, Items):
                yield from _item_lines(block)


def _joined(lines: Sequence[Line]) -> Line:
    return lines[0]._replace(text=" ".join(line.text for line in lines)) if len(lines) > 1 else lines[0]


def _paragraph(lines: Sequence[Line], scraped: bool) -> Iterator[Passage]:
    """The passages of a paragraph: on a scraped page every line is one, and trees have lost their code block."""
    lines = [line for line in lines if not _TAG.match(line.text)]
    index = 0
    while index < len(lines):
        if (end := _tree_end(lines, index)) > index:
            yield Drawn(tuple(read_tree(lines[index:end], flattened=True).roots))
            index = end
            continue
        end = index + 1
        while end < len(lines) and not scraped and not _breaks(lines[end - 1], lines[end]):
            if _tree_end(lines, end) > end:
                break
            end += 1
        yield from _said(_words(_joined(lines[index:end])))
        index = end


def _breaks(one: Line, other: Line) -> bool:
    """Whether a line break in a paragraph of Markdown also ends what is said: a lead or a flattened list."""
    return one.text.endswith((":", "：")) or bool(_RUN.search(one.text)) or bool(_RUN.search(other.text))


def _said(line: Line) -> Iterator[Passage]:
    """A line of text, or the list that was flattened into it."""
    if (run := _RUN.search(line.text)) is not None:
        items = _BULLET.split(line.text[run.end() :])
    elif (run := _COUNTED.search(line.text)) is not None:
        items = _counted(line.text[run.end() :])
    else:
        yield Said(line)
        return
    lead = line._replace(text=line.text[: run.start() + 1])
    lines = tuple(line._replace(text=item.strip()) for item in items if item.strip())
    yield from _led(lead, lines, bool(_COUNTED.search(line.text)) and not _RUN.search(line.text))


def _counted(text: str) -> list[str]:
    """The steps of `salt it 2. warm it 3. …`, parted only where the numbers go on."""
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


def line_of(passage: Passage) -> Line:
    """The line where a passage begins."""
    match passage:
        case Listed():
            return passage.lead
        case Compared():
            return passage.table.rows[0][0]
        case Drawn():
            return passage.roots[0].line if passage.roots else Line("", 1, 1, "")
        case _:
            return passage.line


def text_of(passage: Passage) -> str:
    """The words of a passage; none of trees and tables, whose names are read by themselves."""
    match passage:
        case Listed():
            return " ".join((passage.lead.text, *(item.text for item in passage.items)))
        case Headed() | Said():
            return passage.line.text
        case _:
            return ""
