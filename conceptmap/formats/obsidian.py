"""An Obsidian vault: a note for each node in a folder for each kind, its relations below its text as links.

What people need not see of a node or edge (its place on the drawn map, other days) stands in comments, as JSON.
"""

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from conceptmap.formats.format import Format, Given, Reader, SentFile, TextFile
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from conceptmap.formats.format import Reading
    from graphs.view import FoldedEdge, FoldedNode, View
    from ontology.values import JsonValue

RELATIONS: Final = "relations"
"""What the comment says that stands between a node's text and its relations."""

LONGEST_NAME = 120
"""Characters of a file's name: with its folders it stays below what every file system takes."""

_MOST_BYTES = 180
_FORBIDDEN = re.compile(r'[\[\]#^|\\/:*?"<>%\x00-\x1f]')
"""What file systems, or the links of Obsidian, do not take in a name."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever the ending."""

_SIGNS = re.compile(r"[\[\]%^#|`<>*_~$&\\]")
_BLOCK = re.compile(r"\s\^[\w-]+\s*\Z")
"""The id of a block, behind its last word."""

_ONE_LINE = 10_000
"""Columns from which on YAML would break a value."""

_OWN_KEYS = frozenset("id kind title aliases alias days formula mention".split())
_READ_OTHERWISE = frozenset("day day_name date course part units unit questions tags tag".split())
"""Keys of the front matter of notes that mean something there."""


def write_vault(view: "View", base: str | None = None) -> list[TextFile]:
    """A note for each node; `base` plays no part."""
    names = note_names(view)
    edges: dict[str, list[FoldedEdge]] = defaultdict(list)
    for edge in view.edges():
        edges[edge.source].append(edge)
    return [
        TextFile(f"{_cleaned(node.kind) or 'Node'}/{names[node.id]}.md", _pieces(view, node, names, edges[node.id]))
        for node in view.nodes()
    ]


def note_names(view: "View") -> dict[str, str]:
    """The name of each node's file, by its id: its label as far as files and links take it; no two alike."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for node in view.nodes():
        name = _cleaned(node.label)
        tried = (name, f"{name} ({node.id})".strip(), *(f"{node.id} {number}" for number in range(2, 1000)))
        name = next(one for one in tried if one and _key(one) not in taken and not _RESERVED.fullmatch(one))
        taken.add(_key(name))
        names[node.id] = name
    return names


def _key(name: str) -> str:
    """What two names share that one folder cannot hold both of."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _cleaned(label: str) -> str:
    """A label as the name of a file that a link can name."""
    from conceptmap.notes.page.dialects import NOTE_SUFFIXES
    from conceptmap.notes.page.inline import links_in

    name = _short(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", label)))
    links = links_in(f"[[{name}]]")
    if name and not ([link.name for link in links] == [name] and not name.lower().endswith(NOTE_SUFFIXES)):
        name = _short(
            "".join(char if unicodedata.category(char)[0] in "LMN" or char in " -'" else " " for char in name)
        )
    return name


def _short(name: str) -> str:
    name = " ".join(name.split())[:LONGEST_NAME]
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    return name.strip(" .")


def _pieces(view: "View", node: "FoldedNode", names: dict[str, str], edges: "Sequence[FoldedEdge]") -> Iterator[str]:
    """A node's note: its front matter, its text, then a comment and its relations."""
    front, hidden = _front(view, node, names[node.id])
    lines = ["---", front, "---", ""]
    if node.text:
        lines += [node.text, ""]
    lines.append(f"%% {RELATIONS}{f' {_json(hidden)}' if hidden else ''} %%")
    relations = [_line(edge, names, _home_day(view, node)) for edge in edges]
    yield "\n".join([*lines, *([""] if relations else []), *relations, ""])


def _front(view: "View", node: "FoldedNode", name: str) -> tuple[str, dict[str, Any]]:
    """The front matter, and what it cannot hold, or people need not see."""
    import yaml

    days = said_on(node)
    data: dict[str, Any] = {"id": node.id, "kind": node.kind}
    hidden: dict[str, Any] = {}
    said = {
        "title": node.label if node.label != name else None,
        "aliases": list(node.aliases),
        "days": [day for day in days if day is not None],
        "formula": node.formula,
        "mention": not node.defined or None,
    }
    data |= {key: value for key, value in said.items() if value not in (None, [])}
    if None in days:
        hidden["undated"] = True
    if view.introduced_on(node.id) != next((day for day in days if day is not None), None):
        hidden["introduced"] = view.introduced_on(node.id)
    hidden |= {"derived": True} if node.is_derived else {}
    hidden |= {"place": node.place} if node.place is not None else {}
    fits = {key: value for key, value in node.data.items() if key not in _OWN_KEYS | _READ_OTHERWISE}
    data |= fits
    front = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_ONE_LINE).rstrip()
    read = front_again(front)
    lost = [key for key in data if key not in read or read[key] != data[key] or type(read[key]) is not type(data[key])]
    if lost or len(fits) < len(node.data):
        hidden["data"] = {key: value for key, value in node.data.items() if key in lost or key not in fits}
        hidden |= {key: data[key] for key in lost if key in _OWN_KEYS}
        data = {key: value for key, value in data.items() if key not in lost}
        front = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_ONE_LINE).rstrip()
    return front, {key: value for key, value in hidden.items() if value != {}}


def front_again(text: str) -> "dict[str, JsonValue]":
    """What a front matter says when it is read."""
    from conceptmap.notes.page.front import read_front_matter
    from conceptmap.notes.values import Findings

    front = read_front_matter("note.md", ("---", *text.split("\n"), "---"), Findings())
    own: dict[str, JsonValue] = {"title": front.title, "aliases": list(front.aliases)}
    return {**front.data, **{key: value for key, value in own.items() if value}}


def said_on(item: "FoldedNode | FoldedEdge") -> list[int | None]:
    """The days whose documents name a node or edge; None for what is undated, which comes first."""
    days = {None if one.undated else one.day for one in item.assertions}
    return sorted(days, key=lambda day: -1 if day is None else day)


def _home_day(view: "View", node: "FoldedNode") -> int | None:
    """The day that a relation is of where its line does not say so: that on which its note's node comes in."""
    introduced = view.introduced_on(node.id)
    return introduced if introduced is not None else next(iter(said_on(node)))


def _line(edge: "FoldedEdge", names: dict[str, str], home: int | None) -> str:
    """A relation: its name, a link, words for people, what they need not see, and an id for links to the line."""
    from conceptmap.notes.outline.syntax import field_of
    from conceptmap.notes.page.markdown import Line

    hidden: dict[str, Any] = {}
    if edge.dimension is not None or edge.values is not None:
        hidden["dimension"] = edge.dimension
        hidden["values"] = [edge.values.source, edge.values.target] if edge.values else None
    field = f"{edge.relation}:: [[{names[edge.target]}]]"
    words = edge.note or ""
    line = f"{field} {words}".rstrip()
    read = field_of(Line.read(line)) if "\n" not in words and "%%" not in words and not _BLOCK.search(line) else None
    plain = read and read.key == edge.relation and [(one.name, one.note) for one in read.targets]
    if plain != [(names[edge.target], edge.note)] or hidden:
        hidden |= {"relation": edge.relation, "note": edge.note}
        line = f"{field} {_seen(edge)}".rstrip()
    if (days := said_on(edge)) != [home]:
        hidden["days"] = days
    hidden |= {"derived": True} if edge.how == "derived" else {}
    hidden |= {"place": edge.place} if edge.place is not None else {}
    hidden |= {"parent": edge.parent} if edge.parent is not None else {}
    id = hashlib.sha256(str(edge.key).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"- {line}{f' %%{_json(hidden)}%%' if hidden else ''} ^r{id}"


def _seen(edge: "FoldedEdge") -> str:
    """What people see behind the link of an edge whose words could mean something to Markdown."""
    values = f": {edge.values.source} / {edge.values.target}" if edge.values else ""
    words = " - ".join(filter(None, (f"{edge.dimension}{values}" if edge.dimension else "", edge.note)))
    return " ".join(_SIGNS.sub(" ", words).split())


def _json(value: dict[str, Any]) -> str:
    """JSON that ends no comment."""
    return json.dumps(value, ensure_ascii=False).replace("%", "\\u0025")


def _read(files: Sequence[SentFile], reading: "Reading") -> Given:
    from conceptmap.formats.vault import read_vault

    return read_vault(files, reading)


FORMAT = Format(
    "obsidian",
    "a vault for Obsidian: a note for each node, with links, in a folder",
    write_vault,
    keeps=Kept.but(node=["cites"], edge=["cites"]),
    is_folder=True,
    reader=Reader(_read, (".md",)),
)
