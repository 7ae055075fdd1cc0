"""Logseq: what it keeps for itself is not read, tasks are tasks, and references lead to blocks by their identifiers."""

import re
from urllib.parse import unquote

from conceptmap.notes.page.dialects.dialect import Dialect, Page, blank, outside_code, replaced

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_REFERENCE = re.compile(rf"\(\(({_UUID})\)\)")
_MACRO = re.compile(
    r"\{\{\s*(?:query|cards|renderer|function|namespace|video|youtube|twitter|tweet|vimeo|bilibili|pdf|img|zotero[\w-]*)"
    r"\b[^{}]*\}\}"
)
_KEPT_MACRO = re.compile(r"\{\{\s*(?:embed|cloze)\s([^{}]*)\}\}")
_MACHINERY = re.compile(
    r"(?:collapsed|background-color|heading|logseq\.[\w.-]+|card-[\w-]+|created-at|updated-at|query-[\w-]+)::"
    r"|(?:DEADLINE|SCHEDULED|CLOCK):|#\+(?:BEGIN|END)_\w+|:END:|:LOGBOOK:"
)
_ID = re.compile(rf"id::\s*({_UUID})\s*")
_TASK = re.compile(
    r"\A(?P<head>[ \t]*[-*+][ \t]+)"
    r"(?P<state>TODO|DOING|LATER|NOW|WAITING|WAIT|IN-PROGRESS|DONE|CANCELED|CANCELLED)(?=\s)"
)
_PROPERTY = re.compile(r"([A-Za-z][\w-]*)::(?:\s+(.*))?")
_BULLET = re.compile(r"[ \t]*[-*+](?:[ \t]+|\Z)")
_HEADING_BLOCK = re.compile(r"[ \t]*[-*+][ \t]+#{1,6}[ \t]+\S")


def _plain(page: Page) -> None:
    """Blank out what Logseq keeps for itself, write tasks and references as Markdown does, note the ids of blocks."""
    folders = page.path.replace("\\", "/").split("/")[:-1]
    page.is_list = bool(folders) and folders[-1] in ("pages", "journals")
    page.is_journal = bool(folders) and folders[-1] == "journals"
    _read_title(page)
    logged = False
    for index, line in list(outside_code(page.lines)):
        bullet = _BULLET.match(line)
        words = (line[bullet.end() :] if bullet else line).strip()
        logged = words == ":LOGBOOK:" or (logged and words != ":END:")
        if logged or _MACHINERY.match(words):
            page.lines[index] = bullet[0].rstrip() if bullet else ""
        elif found := _ID.fullmatch(words):
            page.anchors[found[1]], page.is_list = index, True
            page.lines[index] = ""
        else:
            page.is_list = page.is_list or _HEADING_BLOCK.match(line) is not None
            page.lines[index] = _marked(line)


def _read_title(page: Page) -> None:
    """The title that the properties on top of a page give it."""
    for index, line in enumerate(page.lines):
        found = _PROPERTY.fullmatch(line.strip())
        if found is None:
            break
        if found[1].lower() == "title" and found[2]:
            page.title, page.lines[index] = found[2].strip(), ""


def _marked(line: str) -> str:
    """A line with its task as a box, and its references and macros as links and words."""
    if "((" in line:
        line = replaced(_REFERENCE, line, lambda found: f"[[{found[1]}]]")
    if "{{" in line:
        line = replaced(_MACRO, replaced(_KEPT_MACRO, line, lambda found: found[1]))
    return _TASK.sub(_box, line, count=1)


def _box(task: re.Match[str]) -> str:
    done = task["state"] in ("DONE", "CANCELED", "CANCELLED")
    return f"{task['head']}{'[x]' if done else '[ ]'}{blank(task['state'])[3:]}"


def is_reference(name: str) -> bool:
    """Whether the name of a link is the identifier of a block."""
    return re.fullmatch(_UUID, name) is not None


def _page_name(stem: str) -> str:
    """The name of a page, which its file spells without slashes: `Messier___M31`, `Messier%2FM31`."""
    stem = unquote(stem) if re.search("%[0-9A-Fa-f]{2}", stem) else stem
    return stem.replace("___", "/")


DIALECT = Dialect("Logseq", plain=_plain, page_name=_page_name)
