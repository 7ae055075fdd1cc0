"""The outline of a page that needs no syntax: its sections, the terms that they define, and lists in lists."""

import calendar
import re
from collections.abc import Iterator, Sequence
from html.entities import html5

from conceptmap.notes.lesson.words import (
    ARTICLES,
    FUNCTION_WORDS,
    PRONOUNS,
    SPEAKERS,
    bracketed,
    concept_key,
    is_length_of_time,
    is_name,
    lower_words,
    sentences_of,
    without_article,
)
from conceptmap.notes.outline.syntax import Entry, Grammar, Section, label_of, without_anchor
from conceptmap.notes.page.front import titled_day
from conceptmap.notes.page.inline import is_task, plain
from conceptmap.notes.page.markdown import Block, Heading, Item, Items, Paragraph, Table, described
from ontology.names import without_pictographs

MAX_GIST = 300
"""Characters of a gist: a sentence or two. A longer first sentence is no gist, and is not cut to become one."""

MAX_LINE = 5000
"""Characters of a line or heading that is looked through for terms, so that a line of a megabyte costs no minutes."""

MAX_TOLD = 3000
"""Characters behind a term in which its first sentence ends: a gist with all its markup and addresses."""

MAX_BEFORE = 40
"""Characters before a term that are looked at for `is called a`."""

LINES_OF_GIST = 8
"""Lines in which the first sentence about a term ends."""

MAX_WORDS_OF_ROW = 4
"""Words of a cell that names what its row describes."""

MAX_WORDS_OF_HEADING = 9
"""Words of a heading that may name a topic; a longer one is a sentence."""

_GENERIC = frozenset(
    concept_key(words)
    for words in (
        "abstract|acknowledgement|agenda|analysis|answer|appendix|attribution|background|basics|bibliography|"
        "changelog|code|conclusion|content|credit|data|dataset|definition|discussion|example|exercise|faq|"
        "further reading|glossary|goal|homework|implementation|installation|intro|introduction|journal|key point|"
        "learn more|learned|learning|learning goal|learning objective|learning outcome|license|link|literature|log|"
        "misc|more|next step|note|objective|observation|other|outcome|outline|overview|plan|prerequisite|problem|"
        "progress|question|reading|reading list|recap|reference|reflection|related|relation|remark|resource|result|"
        "see also|setup|solution|source|start here|summary|table of contents|tag|takeaway|task|thought|tip|to do|"
        "to-do|today|todo|tomorrow|usage|warning|yesterday"
    ).split("|")
)
"""Headings that say what a section is for, and not what it is of: structure, but no topics. They are those of text
books, logs and note templates."""

_BEFORE_GENERIC = frozenset("some my our your main key more other next this last few the a an".split())
"""Words that make no topic of a generic heading: `Some definitions`, `Next week`."""

_ASKING = frozenset("what how why when where who which whose".split())
"""First words of headings that ask, and name a topic only as `What is …`."""

_CALENDAR = frozenset(
    word.lower()
    for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
    for word in names
    if word
) | {"day", "week", "month", "year", "lecture", "chapter", "part", "section", "step", "lesson"}
"""Words that, with numbers alone, say when or in which place a section stands."""

_NUMBER = r"\d{1,4}(?:\.\d{1,4}){0,6}"
_NUMBERED = re.compile(
    rf"(?:(?:chapter|lecture|part|section|step|week|lesson)\s{{1,9}}{_NUMBER}[.):]?|\(?{_NUMBER}[.):]"
    r"|\d{1,4}(?:\.\d{1,4}){1,6})\s{0,9}[-–—:]?\s{1,9}",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[a-z]?\d+(?:st|nd|rd|th|[a-z])?|[ivx]+", re.IGNORECASE)
_ASKED = re.compile(r"what(?:'s|’s| is| are)\s+(.+?)\?*", re.IGNORECASE)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_LAYOUT = frozenset("left right text textbf mathbf mathrm mathcal mathbb boldsymbol quad".split())
"""Commands of LaTeX that only set how the next words look."""

_MATH = re.compile(r"(?<!\$)\$++([^$]+)\$+")
_REFERENCE = re.compile(
    r"\s*(?:\[\^?[\w,;:@ .-]+\]|\{[#.:%][^{}]*\}|\\?@ref\([\w:-]+\)"
    r"|(?<![\w.])@(?:(?:fig|tbl|sec|eq|lst|thm|lem|def|exm|exr)-[\w-]+|[A-Za-z][\w:-]*\d{4}[a-z]?\b))"
)
"""References as books, Quarto and R Markdown write them: `[12]`, `[@key]`, `@fig-tides`, `@darwin1898`."""

_BOLD = re.compile(r"(?:\*\*|__)(?=\S)(.{1,80}?)(?<=\S)(?:\*\*|__)")
_BEHIND_TERM = re.compile(r"\s*(?:[:–—=]|-\s)\s*|\s+(?=(?:is|are|means|refers to|denotes)\b)")
_APART = re.compile(r":(?![\w/])|\s+[-–—]\s+|\s*—\s*")
_LINKED = re.compile(r"\[([^\[\]]{1,80})\]\([^()\s]{0,2000}\)")
"""A Markdown link at the head of an item: its words are a term or none, whatever signs they hold."""
_NAMED = re.compile(r"(?:\b(?:called|termed|named|known as|referred to as)(?: an?| the)?|\A(?:an?|the)?)\s*\Z", re.I)


def sections_of(blocks: Sequence[Block], grammar: Grammar) -> list[Section]:
    """The sections of a page, in its order; what stands before its first heading belongs to none."""
    found: list[Section] = []
    open_sections: list[Section] = []
    for block in blocks:
        if isinstance(block, Heading):
            while open_sections and open_sections[-1].level >= block.level:
                open_sections.pop()
            parent = open_sections[-1] if open_sections else None
            number = block.line.number
            topic, duration = _topic(block, grammar)
            section = Section(topic, block.line, number, block.last, block.level, parent, duration)
            open_sections.append(section)
            found.append(section)
        elif found:
            _read(block, found[-1], grammar)
            found[-1].last = block.last
    return found


def readable(text: str) -> str:
    r"""Words as a label: without Markdown, references and signs that no font need have, formulas as they are spoken.

    >>> readable(r"🚀 **Decay** of $\lambda_{max}$ [12]")
    'Decay of λ_max'
    """
    words = _REFERENCE.sub("", plain(text)).replace("**", "")
    words = _MATH.sub(lambda math: _COMMAND.sub(_spoken, math[1]).translate({ord("{"): None, ord("}"): None}), words)
    return without_pictographs(words)


def _spoken(command: re.Match[str]) -> str:
    """The sign of a command, by its name in HTML, which mostly is that of LaTeX; else its name."""
    name = command[1]
    return html5.get(f"{name};") or ("" if name in _LAYOUT else f" {name} ")


def _topic(block: Heading, grammar: Grammar) -> tuple[str, str | None]:
    """The topic that a heading names, empty where it is furniture, a date or a sentence; and how long it takes."""
    if len(block.line.text) > MAX_LINE:
        return "", None
    words = readable(label_of(without_anchor(block.line)).whole)
    if "day" in words.lower() and (titled := titled_day(words)):
        words = titled.title or ""
    words = _NUMBERED.sub("", words, count=1).strip(" :：.-–—|")
    timed = bracketed(words)
    duration = timed.inside if timed.inside and is_length_of_time(timed.inside) else None
    words = timed.words if duration else words
    prefix, colon, rest = words.partition(":")
    if colon and is_generic(prefix):
        words = rest.strip()
    if asked := _ASKED.fullmatch(words):
        words = without_article(asked[1])
    said = lower_words(words)
    names = said and said[0] not in _ASKING and said[-1] not in FUNCTION_WORDS and PRONOUNS.isdisjoint(said)
    topic = words if names and _is_topic(words, MAX_WORDS_OF_HEADING) and grammar.cue(words) is None else ""
    return topic, duration


def is_generic(words: str) -> bool:
    """Whether a heading says what its section is for, and not what it is of: `Exercises`, `Some references`."""
    said = words.lower().split()
    begin, end = 0, len(said)
    while end - begin > 1 and said[begin] in _BEFORE_GENERIC:
        begin += 1
    while end - begin > 1 and _COUNTED.fullmatch(said[end - 1]):
        end -= 1
    return concept_key(" ".join(said[begin:end])) in _GENERIC


def _is_topic(words: str, longest: int) -> bool:
    said = lower_words(words)
    if not 0 < len(said) <= longest or not any(map(str.isalpha, words)) or words.endswith(("?", "!", "…")):
        return False
    if is_generic(words) or not SPEAKERS.isdisjoint(said):
        return False
    return not all(word in _CALENDAR | _BEFORE_GENERIC or _COUNTED.fullmatch(word) for word in said)


def _read(block: Block, section: Section, grammar: Grammar) -> None:
    if isinstance(block, Paragraph):
        text = " ".join(line.text for line in block.lines)
        if section.gist is None and not section.entries and section.last == section.line.number:
            section.gist = _gist(text)
        section.entries += _terms(block)
    elif isinstance(block, Items):
        section.entries += _listed(block, grammar)
    elif isinstance(block, Table):
        section.entries += _rows(block)


def _gist(text: str) -> str | None:
    """The first sentence, if it is one and says something of its own."""
    words = readable(text)
    first = next(iter(sentences_of(words)), "")
    whole = first.endswith((".", "!", "。")) and len(first) <= MAX_GIST and len(lower_words(first)) > 3
    return first if whole and "://" not in first and "::" not in first else None


def _terms(block: Paragraph) -> Iterator[Entry]:
    """The bold words that running text defines: at the head of a line before what they mean, or behind `called`."""
    for index, line in enumerate(block.lines):
        for bold in _BOLD.finditer(line.masked) if len(line.text) <= MAX_LINE else ():
            before, behind = line.text[: bold.start()], line.text[bold.end() :]
            inner = line.text[slice(*bold.span(1))]
            label = readable(inner).rstrip(" :：.")
            if not is_name(label, 5) or not _is_topic(label, 5) or not _NAMED.search(before[-MAX_BEFORE:]):
                continue
            named = bool(before.strip()) and before.strip().lower() not in ARTICLES
            defined = inner.rstrip().endswith((":", "：")) or _BEHIND_TERM.match(behind)
            if named or (defined and behind.strip()):
                whole = " ".join(one.text[:MAX_LINE] for one in block.lines[index : index + LINES_OF_GIST])
                yield Entry(label, line, line.number, None if named else _said(inner, behind, whole))


def _said(inner: str, behind: str, whole: str) -> str | None:
    """What a line says of the term at its head: the words behind a colon, or the whole sentence around a verb."""
    apart = inner.rstrip().endswith((":", "：")) or behind.lstrip()[:1] in (":", "–", "—", "-", "=")
    text = whole.split(inner, 1)[1].lstrip("*_ :–—-=") if apart else whole
    said = sentences_of(readable(text[:MAX_TOLD]))
    first = said[0] if said and (len(text) <= MAX_TOLD or len(said) > 1) else ""
    ended = apart or first.endswith((".", "!", "。"))
    return first if ended and 0 < len(first) <= MAX_GIST and not first.endswith(":") else None


def _rows(table: Table) -> Iterator[Entry]:
    """The things that a table describes, where its rows are names."""
    found = described(table)
    labels = [readable(cell.text) for cell, _ in found]
    if all(_is_topic(label, MAX_WORDS_OF_ROW) and is_name(label, MAX_WORDS_OF_ROW) for label in labels):
        for label, (cell, data) in zip(labels, found, strict=True):
            if sum(map(str.isalpha, label)) > 1:
                yield Entry(label, cell, cell.number, listed=True, data=data)


def _listed(items: Items, grammar: Grammar) -> Iterator[Entry]:
    """The items of a list that are terms with their meaning, or names above a list of names."""
    heads = [item.head for item in items.items]
    if items.ordered or any(head is None or is_task(head.lines[0].text) for head in heads):
        return
    for item in items.items:
        if entry := _item(item, grammar):
            yield entry


def _item(item: Item, grammar: Grammar) -> Entry | None:
    line = item.blocks[0].lines[0] if isinstance(item.blocks[0], Paragraph) else None
    if line is None or "::" in line.masked or len(line.text) > MAX_LINE:
        return None
    name, rest = _parted(line.text)
    label = bracketed(readable(name).strip("*_ :.–—-")).words
    if not is_name(label, 5) or not _is_topic(label, 5) or grammar.cue(label) or "://" in line.text[: len(name) + 3]:
        return None
    below = [entry for block in item.blocks[1:] if isinstance(block, Items) for entry in _names(block, grammar)]
    said = readable(rest.strip("*_ "))
    gist = next(iter(sentences_of(said)), "") if len(lower_words(said)) > 2 else ""
    if not below and not gist:
        return None
    return Entry(label, line, item.last, gist if 0 < len(gist) <= MAX_GIST else None, True, below)


def _parted(text: str) -> tuple[str, str]:
    """A term and what an item says of it: behind a colon or a dash, or behind a bold term and a verb."""
    if linked := _LINKED.match(text):
        apart = _BEHIND_TERM.match(text, linked.end())
        return (linked[1], text[apart.end() :]) if apart else (text, "")
    apart = _APART.search(text)
    if apart is not None:
        return text[: apart.start()], text[apart.end() :]
    bold = _BOLD.match(text)
    behind = _BEHIND_TERM.match(text, bold.end()) if bold else None
    return (bold[1], text[behind.end() :]) if bold and behind else (text, "")


def _names(items: Items, grammar: Grammar) -> Iterator[Entry]:
    """The items below an item, where all of them are names or terms."""
    found: list[Entry] = []
    if items.ordered:
        return
    for item in items.items:
        head = item.head
        entry = _item(item, grammar) if head else None
        if (
            entry is None
            and head
            and _is_topic(label := bracketed(readable(head.lines[0].text).rstrip(".")).words, 4)
            and is_name(label)
        ):
            entry = Entry(label, head.lines[0], item.last, listed=True)
        if entry is None or head is None or is_task(head.lines[0].text):
            return
        found.append(entry)
    yield from found
