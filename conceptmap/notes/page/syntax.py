"""The explicit syntax inside a line: links, fields, arrows, ids and kind prefixes, each with its column."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from conceptmap.notes.page.blocks import Line
from conceptmap.notes.page.masking import masked, without_comments
from conceptmap.notes.page.source import without_unsafe

MAX_KEY = 60
MAX_WORDS_OF_CHAIN = 10

_LINK = re.compile(r"(!?)\[\[([^\[\]\n]+)\]\]")
_ARROW = re.compile(r"\s*(?:-{1,2}>|→|⟶|⇒|=>)\s*")
_ARROW_SIGN = re.compile(r"-{1,2}>|→|⟶|⇒|=>")
_ID = re.compile(r"\{#([^\s{}]+)\}\s*\Z")
_KEY = re.compile(r"[^\W\d_][\w'’ -]*")
_SEPARATORS = re.compile(r"[\s,;&+.]*(?:\band\b)?[\s,;&+.]*")
_CHECKBOX = re.compile(r"\[[ xX]\]\s+")
_ANCHOR = re.compile(r"[a-z0-9_-]+")
_MARKUP = re.compile(r"[*_`\\!\[<&~]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MD_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)([^*_~]+)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]+)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"(`+)([^`]+)\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Link(NamedTuple):
    """A wiki link: the name it leads to, the words shown, and where it stands in its line's text (0-based)."""

    name: str
    shown: str
    start: int
    end: int


class Target(NamedTuple):
    """A link as an end of an edge, with what is said of it."""

    name: str
    position: tuple[int, int]
    note: str | None


class Field(NamedTuple):
    """`key:: value`, perhaps behind a subject of its own; `value` as written, `targets` its links."""

    key: str
    value: str
    line: Line
    column: int
    targets: tuple[Target, ...]
    subject: Target | None


class Label(NamedTuple):
    """The words of a heading or item: all of them, those before and behind the first colon, and the explicit id."""

    whole: str
    prefix: str
    rest: str
    id: str | None


def links_of(line: Line) -> list[Link]:
    """The links of a line, embeds (`![[…]]`) left out.

    >>> links_of(Line("see [[Yeast|the yeasts]]", 1, 1, "see [[Yeast|the yeasts]]"))[0][:2]
    ('Yeast', 'the yeasts')
    """
    if "[[" not in line.masked:
        return []
    found = (_link(match) for match in _LINK.finditer(line.masked) if not match[1])
    return [link for link in found if link.name]


def _link(match: re.Match[str]) -> Link:
    name, _, shown = match[2].replace("\\|", "|").partition("|")
    name = name.strip()
    if name.startswith("#"):
        name = name.lstrip("#").strip()
    return Link(name, shown.strip() or name, *match.span())


def field_of(line: Line) -> Field | None:
    """The field that a line is, if it is one.

    >>> field = field_of(Line("requires:: [[Yeast]] to rise", 1, 1, "requires:: [[Yeast]] to rise"))
    >>> field.key, field.targets[0].name, field.targets[0].note
    ('requires', 'Yeast', 'to rise')
    """
    middle = line.masked.find("::")
    if middle < 1:
        return None
    start, subject = 0, None
    if (own := _LINK.match(line.masked)) and own.end() <= middle:
        link = _link(own)
        start, subject = own.end(), Target(link.name, (line.number, line.column), None)
    raw = line.masked[start:middle]
    key = raw.strip().strip("*_").strip()
    after = middle + 2
    while line.masked[after : after + 1] in ("*", "_"):
        after += 1
    next_char = line.masked[after : after + 1]
    if len(key) > MAX_KEY or not _KEY.fullmatch(key) or not (next_char in ("", "[") or next_char.isspace()):
        return None
    column = line.column + start + len(raw) - len(raw.lstrip())
    value = line.text[after:].strip()
    return Field(" ".join(key.split()), value, line, column, _targets(line, after), subject)


def _targets(line: Line, after: int) -> tuple[Target, ...]:
    """The links behind a position, each with its note: words behind the last alone are said of all."""
    links = [link for link in links_of(line) if link.start >= after]
    if not links:
        return ()
    ends = [*(link.start for link in links[1:]), len(line.text)]
    notes = [_note(line.text[link.end : end]) for link, end in zip(links, ends, strict=True)]
    if not any(notes[:-1]):
        notes = [notes[-1]] * len(links)
    return tuple(Target(link.name, _at(line, link), note) for link, note in zip(links, notes, strict=True))


def _note(text: str) -> str | None:
    if _SEPARATORS.fullmatch(text):
        return None
    return shown(text).strip(" ,;:–—-") or None


def _at(line: Line, link: Link) -> tuple[int, int]:
    return line.number, line.column + link.start


def arrows_of(line: Line) -> list[tuple[Target, Target]]:
    """The pairs that `[[A]] -> [[B]] -> [[C]]` joins; words behind the chain are its note."""
    if "[[" not in line.masked or not ("->" in line.masked or "=>" in line.masked or _ARROW_SIGN.search(line.masked)):
        return []
    links = links_of(line)
    joined = [
        (one, other)
        for one, other in pairwise(links)
        if (between := line.masked[one.end : other.start]).strip() and _ARROW.fullmatch(between)
    ]
    note = _note(line.text[links[-1].end :]) if joined and links[0].start == 0 else None
    return [
        (Target(one.name, _at(line, one), None), Target(other.name, _at(line, other), note)) for one, other in joined
    ]


def chain_of(line: Line) -> list[str]:
    """The parts of a line that is nothing but short names joined by arrows.

    >>> chain_of(Line("compute → lower loss → skill", 1, 1, "compute → lower loss → skill"))
    ['compute', 'lower loss', 'skill']
    """
    if "<!--" in line.text or not _ARROW_SIGN.search(line.masked):
        return []
    parts = [plain(part).strip(" .") for part in _ARROW_SIGN.split(line.text)]
    fine = all(part and len(part.split()) <= MAX_WORDS_OF_CHAIN and not re.search(r"[.:;?!]\s", part) for part in parts)
    return parts if fine and len(parts) > 1 else []


def prose_links(line: Line) -> Iterator[Target]:
    """The links of a line of running text."""
    return (Target(link.name, _at(line, link), None) for link in links_of(line))


def label_of(text: str, blanked: str) -> Label:
    """Take the id off a heading or item and part it at its colon; the prefix is empty where there is none.

    >>> label_of("Claim: Time beats kneading {#time}", "Claim: Time beats kneading {#time}")[1:]
    ('Claim', 'Time beats kneading', 'time')
    """
    text, id = _without_id(text, blanked)
    if link := _LINK.fullmatch(text):
        name = _link(link).name
        return Label(name, "", name, id)
    whole = plain(_CHECKBOX.sub("", text, count=1) if text.startswith("[") else text)
    prefix, colon, rest = whole.replace("：", ":", 1).partition(":")
    if not colon or len(prefix) > MAX_KEY:
        return Label(whole, "", whole, id)
    return Label(whole, prefix.strip(), rest.strip(), id)


def _without_id(text: str, blanked: str) -> tuple[str, str | None]:
    found = _ID.search(blanked) if blanked.rstrip().endswith("}") else None
    return (text[: found.start()].rstrip(), found[1]) if found else (text, None)


def without_anchor(text: str) -> str:
    """A heading's text without an anchor behind it, such as `[[install]]`."""
    if not text.endswith("]]"):
        return text
    start = text.rfind("[[")
    return text[:start].rstrip() if start > 0 and _ANCHOR.fullmatch(text[start + 2 : -2]) else text


def without_stop(label: str) -> str:
    """An item's words without the full stop that ends them; an ellipsis or abbreviation keeps its own."""
    return label[:-1] if label.endswith(".") and label.count(".") == 1 else label


def plain(text: str) -> str:
    """Words without Markdown: links as shown, emphasis, code marks, tags and escapes gone, entities read.

    >>> plain("The **bitter** [[Lesson|lesson]] of `C++` &amp; A*")
    'The bitter lesson of C++ & A*'
    """
    if _MARKUP.search(text):
        text = shown(text)
        text = _MD_LINK.sub(lambda match: "" if match[1] else match[2], text)
        text = _TAG.sub("", text)
        text = _CODE.sub(lambda match: match[2].strip(), text)
        for _ in range(2):
            text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
        text = without_unsafe(html.unescape(_ESCAPE.sub(r"\1", text)))
    return " ".join(text.split())


def shown(text: str) -> str:
    """Running text as it is read: wiki links by their words, embeds and comments gone, code and the rest as written.

    >>> shown("the [[Yeast|yeasts]] in `[[code]]`")
    'the yeasts in `[[code]]`'
    """
    if "<!--" in text:
        text = without_comments(text)
    if "[[" not in text:
        return text
    kept, position = [], 0
    for match in _LINK.finditer(masked(text)):
        kept += [text[position : match.start()], "" if match[1] else _link(match).shown]
        position = match.end()
    return "".join(kept) + text[position:]
