"""What to write: a line of Markdown that an author can paste, and where it goes."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from graphs.fold import PartKey
from graphs.view import Citation, FoldedNode

Way = Literal["below", "instead of"]

_HEADING = re.compile(r"\s*(?:>\s*)*#{1,6}\s")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d+[.)])\s+")
_FIELD = re.compile(r"(?P<before>(?:\[\[[^\[\]]*\]\]\s*)?)(?P<key>[^\[\]:]+?)\s*::?\s*(?P<targets>\[\[.*)")
_TARGET = re.compile(r"\[\[(?P<name>[^\[\]|]*)[^\[\]]*\]\][^\[]*")
_NO_NAME = re.compile(r"[\[\]|#^\n]")


@dataclass(frozen=True, slots=True)
class Advice:
    """Markdown to write `below` a line of a note, or `instead of` it; empty: the line goes.

    It is a field of the node called `subject` whose lines begin at line `begin`, if these are known: a field that does
    not stand below its node names it. Line 0 stands for the head of the note.
    """

    markdown: str
    key: PartKey
    line: int
    way: Way = "below"
    subject: str = ""
    begin: int = 0

    @property
    def place(self) -> str:
        """The line as citations give it."""
        return f"{self.key.part}:{self.line}" if self.line else f"the title of {self.key.part}"

    def __str__(self) -> str:
        """What to do, on one line."""
        if not self.markdown:
            return f"take out {self.place}"
        return f"write {self.way} {self.place}: {self.markdown.replace(chr(10), ' / ')}"

    def fitted(self, lines: tuple[str, ...], first: int) -> "Advice":
        """The same as it fits the note whose lines these are, from number `first` on: indented, without its subject."""
        at = self.begin - first
        if not self.begin or not 0 <= at < len(lines):
            return self
        item, heading = _ITEM.match(lines[at]), _HEADING.match(lines[at])
        if self.way == "instead of":
            sign = heading or item
            indent = item[1] if item else ""
            said = self.markdown.splitlines()
            fits = [sign.group() + one[3:] if sign and one.startswith("## ") else indent + one for one in said]
            return replace(self, markdown="\n".join(fits))
        if not self.subject or not (item or heading):
            return self
        bare = self.markdown.replace(f"[[{self.subject}]] ", "", 1)
        indent = " " * item.end() if item else ""
        return replace(self, markdown=indent + bare, subject="")


def link_name(node: FoldedNode) -> str:
    """What links call a node: its label, or its id where no link can hold that."""
    return node.id if _NO_NAME.search(node.label) else node.label


def field_below(cite: Citation, subject: FoldedNode, relation: str, target: str) -> Advice | None:
    """To write a field of a node below its lines; None where these are not known."""
    if cite.lines is None:
        return None
    name = link_name(subject)
    key = PartKey(cite.day, cite.file)
    return Advice(f"- [[{name}]] {relation}:: [[{target}]]", key, cite.lines[1], "below", name, cite.lines[0])


def heading_below(cite: Citation, markdown: str) -> Advice | None:
    """To write a heading, with what stands below it, below these lines."""
    return Advice(f"\n{markdown}", PartKey(cite.day, cite.file), cite.lines[1]) if cite.lines else None


def renamed(cite: Citation, markdown: str) -> Advice | None:
    """To write these headings in place of the first of these lines: as items, where that is one."""
    if cite.lines is None:
        return None
    return Advice(markdown, PartKey(cite.day, cite.file), cite.lines[0], "instead of", begin=cite.lines[0])


def field_without(cite: Citation, targets: set[str], relation: str = "") -> Advice | None:
    """The line of a field without the targets of these names; with a relation, that has them in its place.

    None where the quotation is no such field, as of a list below a cue.
    """
    field = _FIELD.fullmatch((cite.quote or "").strip())
    if field is None or cite.lines is None or cite.lines[0] != cite.lines[1]:
        return None
    named = [
        (found["name"].strip(), found.group().strip().rstrip(",").rstrip())
        for found in _TARGET.finditer(field["targets"])
    ]
    gone = [said for name, said in named if name in targets]
    kept = [said for name, said in named if name not in targets]
    if not gone:
        return None
    said = [f"- {field['before']}{field['key']}:: {', '.join(kept)}"] if kept else []
    said += [f"- {field['before']}{relation}:: {', '.join(gone)}"] if relation else []
    line = cite.lines[0]
    return Advice("\n".join(said), PartKey(cite.day, cite.file), line, "instead of", begin=line)
