"""Diaries: files of several days, each under a heading that names its day or its date."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conceptmap.notes.outline.syntax import field_of
from conceptmap.notes.page.dialects import is_packed
from conceptmap.notes.page.front import named_day
from conceptmap.notes.page.markdown import Block, Heading, Items, Line, Paragraph
from conceptmap.notes.page.sequence import date_in, prefix_of, spelled_in
from conceptmap.notes.pages import Page, heading_day, words_of
from conceptmap.notes.values import Findings


@dataclass(frozen=True, slots=True)
class DayOfDiary:
    """A day of a diary: where its heading stands, among the blocks and in the file, and what that says."""

    index: int
    line: int
    day: int | None
    date: datetime.date | None
    title: str


def days_in(page: Page) -> list[DayOfDiary]:
    """The days of a diary, where several headings of one level name their day, or all of one level a date each."""
    if not _may_be_diary(page):
        return []
    headings = [(index, block) for index, block in enumerate(page.blocks) if isinstance(block, Heading)]
    days = _of_top_level([(block.level, found) for index, block in headings if (found := _day_section(index, block))])
    if len(days) > 1 or _is_placed(page):
        return days if len(days) > 1 else []
    dated = [(block.level, found) for index, block in headings if (found := _date_section(index, block))]
    dates = _of_top_level(dated)
    top = min((level for level, _ in dated), default=0)
    alike = [block for _, block in headings if block.level == top]
    return dates if len(alike) == len({one.date for one in dates}) > 1 else []


def _of_top_level(found: Sequence[tuple[int, DayOfDiary]]) -> list[DayOfDiary]:
    top = min((level for level, _ in found), default=0)
    return [section for level, section in found if level == top]


def _day_section(index: int, block: Heading) -> DayOfDiary | None:
    titled = heading_day(block)
    return DayOfDiary(index, block.line.number, titled.day, None, titled.title) if titled else None


def _date_section(index: int, block: Heading) -> DayOfDiary | None:
    """A heading that is a date, perhaps with a title behind a separator."""
    words = words_of(block)
    when, rest = date_in(words), words[prefix_of(words) :].lstrip(" ,.)")
    title = rest.lstrip(" |–—:-")
    is_date = when is not None and prefix_of(words) > 0 and (not rest or title != rest)
    return DayOfDiary(index, block.line.number, None, when, title) if is_date else None


def _may_be_diary(page: Page) -> bool:
    file = page.file
    return file.day is None and page.front.day is None and named_day(file.path) is None and not is_packed(file.path)


def _is_placed(page: Page) -> bool:
    """Whether a page's name says its own place or date, so that dates in it are not its days."""
    return any(spelled_in(name)[1] for name in page.where.split("/")[-2:])


def report_preamble(page: Page, first: int, findings: Findings) -> None:
    """Syntax before a diary's first day would be lost without a word."""
    for block in page.blocks:
        if block.last >= first:
            break
        lines = list(_lines(block))
        if any(field_of(line) for line in lines):
            where = lines[0].position
            findings.problem(page.file.path, where, "this stands before the first day", "move it under a day's heading")


def _lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield from block.lines
    elif isinstance(block, Items):
        for item in block.items:
            for inner in item.blocks:
                yield from _lines(inner)
