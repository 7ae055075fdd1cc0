"""Silencing: comments in notes that say which rules are to say nothing of a line, a section or a whole note."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from conceptmap.coach.advice import Advice
from conceptmap.coach.check import Check
from graphs.fold import PartKey
from graphs.view import Citation
from ontology.hints import near_or_all

SILENCER = "silencer"
"""The name of the rule that comments are told by which silence nothing, or cannot be read."""
HELP = "A comment that silences a rule names one, and there is something to silence."

MARK = "conceptmap:"
_COMMENT = re.compile(r"<!--\s*conceptmap\b(?P<said>.*?)-->")
_SAID = re.compile(r"\s*:\s*skip\s+(?P<rules>[^()]+?)\s*(?:\(.*\))?\s*")
_HEADING = re.compile(r"(#{1,6})\s")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Note:
    """A note as its lines: numbered from `first`, with the number of its last line of front matter."""

    key: PartKey
    lines: tuple[str, ...]
    first: int = 1
    front: int = 0
    undated: bool = False


@dataclass(slots=True)
class Silencer:
    """A comment: where it stands, the lines that it is for, and the rules that it names; none: it cannot be read.

    `used` are the rules that it silenced. One for a `whole` note silences also what is said of no line.
    """

    note: Note
    line: int
    lines: range
    rules: tuple[str, ...]
    whole: bool = False
    used: set[str] = field(default_factory=set)

    def silences(self, check: Check) -> bool:
        """Whether it is for what a check cites; it is told that it was needed."""
        found = check.rule in self.rules and any(map(self._covers, check.cites))
        if found:
            self.used.add(check.rule)
        return found

    def _covers(self, cite: Citation) -> bool:
        if (cite.day, cite.file) != self.note.key:
            return False
        return self.whole if cite.lines is None else self.whole or cite.lines[0] in self.lines


def silencers_in(note: Note) -> Iterator[Silencer]:
    """The silencers of a note.

    One beside other words is for that line. One alone is for its section with all that is below it; above the second
    heading, or below the title, for the whole note.
    """
    headings = list(_headings(note))
    for number, line in _outside_code(note):
        for comment in _COMMENT.finditer(line):
            said = _SAID.fullmatch(comment["said"])
            rules = tuple(filter(None, re.split(r"[\s,]+", said["rules"]))) if said else ()
            alone = not _COMMENT.sub("", line).strip(" \t-*+>")
            section, whole = _section(note, headings, number)
            yield Silencer(note, number, section if alone else range(number, number + 1), rules, alone and whole)


def _section(note: Note, headings: Sequence[tuple[int, int]], number: int) -> tuple[range, bool]:
    """The lines of the section around a line, and whether that is the whole note."""
    end = note.first + len(note.lines)
    above = [one for one in headings if one[0] < number]
    if not above or (len(above) == 1 and above[0][1] == 1):
        return range(note.first, end), True
    begin, level = above[-1]
    last = next((line for line, other in headings if line > begin and other <= level), end)
    return range(begin, last), False


def _headings(note: Note) -> Iterator[tuple[int, int]]:
    """The lines of headings, with their levels."""
    for number, line in _outside_code(note):
        if found := _HEADING.match(line):
            yield number, len(found[1])


def _outside_code(note: Note) -> Iterator[tuple[int, str]]:
    """The numbered lines of a note that stand in no block of code and not in the front matter."""
    fence = ""
    for number, line in enumerate(note.lines, note.first):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if opened and opened[1].startswith(fence) else fence
        elif opened:
            fence = opened[1]
        elif number > note.front:
            yield number, line


def left(checks: Iterable[Check], silencers: Sequence[Silencer]) -> list[Check]:
    """The checks that nobody silenced."""
    return [one for one in checks if not [silencer for silencer in silencers if silencer.silences(one)]]


def idle(silencers: Iterable[Silencer], asked: Collection[str], known: Mapping[str, object]) -> Iterator[Check]:
    """What is wrong with silencers themselves, where the rules of these names were `asked` for."""
    for one in silencers:
        unknown = [rule for rule in one.rules if rule not in known]
        unused = [rule for rule in one.rules if rule in asked and rule not in one.used]
        if not one.rules:
            yield _told(one, "this comment silences nothing: it is no list of rules", "<!-- conceptmap: skip RULE -->")
        for rule in unknown:
            yield _told(one, f"this comment names no rule: there is no {rule!r}; {near_or_all(rule, list(known))}")
        for rule in unused:
            yield _told(one, f"this comment silences nothing: {rule!r} finds nothing here")


def _told(one: Silencer, what: str, markdown: str | None = None) -> Check:
    key = one.note.key
    quote = one.note.lines[one.line - one.note.first].strip()
    cite = Citation(key.day, key.part, (one.line, one.line), quote, "stated", one.note.undated)
    advice = Advice(markdown, key, one.line, "instead of") if markdown else None
    return Check(SILENCER, "", what, (cite,), "warning", advice, HELP)
