"""MyST, the Markdown of books and lectures: what stands in directives is text, code, a formula, or structure alone."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from conceptmap.notes.page.dialects.dialect import Dialect, Page

Content = Literal["text", "code", "formula", "nothing"]

_CODE = frozenset(
    "code code-block code-cell sourcecode literalinclude raw eval-rst mermaid graphviz parsed-literal doctest "
    "jupyter-execute bash c cpp css dot html java javascript js julia latex matlab octave ojs perl python r ruby scala "
    "sh sql stan text".split()
)
"""Directives whose content is code or another language; names of languages are chunks of R Markdown."""

_NOTHING = frozenset(
    "toctree tableofcontents contents bibliography include image index glue iframe video list-table csv-table only "
    "meta embed nb-exec-table exercise-end solution-end".split()
)
"""Directives that say how pages are connected, or whose content is data: no words of the page."""

_FORMULA = ("math", "align", "equation")
_OPENING = re.compile(r"[ \t]*(`{3,}|~{3,}|:{3,})[ \t]*\{([\w:.+-]+)\}[ \t]*(.*)", re.DOTALL)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,}|:{3,})[ \t]*(.*)", re.DOTALL)
_OPTION = re.compile(r"[ \t]*:([\w-]+):(?:[ \t]+(.*))?")
_NAMED_OPTION = re.compile(r"[ \t]*(?:name|label):[ \t]*(\S+)[ \t]*")
_TARGET = re.compile(r"[ \t]*\(([^()\s][^()]*)\)=[ \t]*")
_BREAK = re.compile(r"\+\+\+(?:\s.*)?|%(?:\s.*)?", re.DOTALL)

LINKS = frozenset(("doc", "ref", "term", "any", "download"))
"""Roles that lead to a page, to what a label stands before, or to a term."""

_NO_WORDS = ("cite", "footcite", "numref", "eq", "prf:ref", "bibliography", "glue")
_TITLED = re.compile(r"(.*\S)\s*<([^<>]+)>\s*", re.DOTALL)


class Role(NamedTuple):
    """What a role such as ``{ref}`the tides <tides>` `` means: the words shown, and the name it leads to, if any."""

    words: str
    name: str | None = None
    formula: bool = False


def read_role(name: str, content: str) -> Role:
    """The meaning of a role, whose name is lower case.

    >>> read_role("ref", "the tides <tides-label>"), read_role("doc", "/moon"), read_role("cite", "darwin1898")
    (Role(words='the tides', name='^tides-label', formula=False), Role(words='moon', name='/moon', formula=False), \
Role(words='', name=None, formula=False))
    """
    titled = _TITLED.fullmatch(content)
    words, target = (titled[1], titled[2].strip()) if titled else (content.strip(), content.strip())
    if name == "math":
        return Role(content, formula=True)
    if name.startswith(_NO_WORDS):
        return Role(words if titled else "")
    if name not in LINKS or not target:
        return Role(words)
    if name == "term":
        return Role(words, target)
    if name in ("doc", "download"):
        path = target if target.startswith(("/", ".")) else f"./{target}"
        return Role(
            words if titled else re.sub(r"[-_]", " ", target.rpartition("/")[2]), path if name == "doc" else None
        )
    return Role(words if titled else "", f"^{target}")


@dataclass(slots=True)
class _Open:
    """A directive or code block that is not closed yet; `options`: its options may still follow."""

    fence: str
    content: Content
    options: bool
    block: bool = False

    def is_closed_by(self, line: str) -> bool:
        found = _FENCE.fullmatch(line)
        return found is not None and found[1].startswith(self.fence) and not found[2].strip()


def _plain(page: Page) -> None:
    """Blank out the lines that open and close directives, their options, targets and breaks; note names and targets."""
    if page.path.lower().endswith((".qmd", ".rmd")):
        return
    opened: list[_Open] = []
    for index, line in enumerate(page.lines):
        top = opened[-1] if opened else None
        if top and top.is_closed_by(line):
            opened.pop()
            page.lines[index] = {"code": line, "formula": "$$"}.get(top.content, "")
        elif top and top.options and _is_option(page, index, top):
            page.lines[index] = ""
        elif top and top.content != "text":
            top.options = False
            page.lines[index] = "" if top.content == "nothing" else line
        else:
            if top:
                top.options = False
            _read_line(page, index, line, opened)
    _put_targets_before_what_they_name(page)


def _put_targets_before_what_they_name(page: Page) -> None:
    """Let each target name the next line that is left, which mostly is a heading."""
    targets = {index: name for name, index in page.anchors.items()}
    below = len(page.lines) - 1
    for index in reversed(range(len(page.lines))):
        if page.lines[index].strip():
            below = index
        elif index in targets:
            page.anchors[targets[index]] = below


def _read_line(page: Page, index: int, line: str, opened: list[_Open]) -> None:
    """A line of text: what it opens is put on those opened."""
    fenced = "```" in line or ":::" in line or "~~~" in line
    if fenced and (found := _OPENING.fullmatch(line)):
        content = _content(found[2].lower())
        opened.append(_Open(found[1], content, content != "code"))
        page.lines[index] = {"code": line, "formula": f"$$ {found[3]}".rstrip()}.get(content, "")
    elif fenced and (found := _FENCE.fullmatch(line)) and found[1][0] != ":" and "`" not in found[2]:
        opened.append(_Open(found[1], "code", options=False))
    elif fenced and found and found[1][0] == ":":
        page.lines[index] = ""
    elif "=" in line and (found := _TARGET.fullmatch(line)):
        page.anchors[f"^{found[1].strip()}"] = index
        page.lines[index] = ""
    elif line[:1] in ("+", "%") and _BREAK.fullmatch(line):
        page.lines[index] = ""


def _content(name: str) -> Content:
    if name in _CODE:
        return "code"
    if name in _NOTHING:
        return "nothing"
    return "formula" if name in _FORMULA else "text"


def _is_option(page: Page, index: int, top: _Open) -> bool:
    """Whether a line belongs to the options of a directive: `:name: value`, or lines between two lines of hyphens."""
    line = page.lines[index]
    found = _NAMED_OPTION.fullmatch(line) if top.block else None
    if option := _OPTION.fullmatch(line):
        found = option if option[1] in ("name", "label") and option[2] else None
        if found:
            page.anchors[f"^{option[2].strip()}"] = index
        return True
    if found:
        page.anchors[f"^{found[1]}"] = index
    if line.strip() == "---":
        top.options, top.block = not top.block, not top.block
        return True
    return top.block


DIALECT = Dialect("MyST", plain=_plain)
