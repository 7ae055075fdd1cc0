"""Reading Mermaid flowcharts: boxes as nodes, arrows as edges, subgraphs as days or as what their nodes are part of."""

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NoReturn

from conceptmap.draw.labels import safe_name
from conceptmap.formats.format import Given, Reading, SentFile
from conceptmap.formats.given import GivenEdge, GivenNode, decoded, given
from conceptmap.notes.page.front import titled_day
from ontology.errors import InvalidDocument, Problem
from ontology.model import MAX_DAY
from ontology.names import is_id
from ontology.terms import CONCEPT, PART_OF

SUFFIXES: Final = (".mmd", ".mermaid")
MOST_EDGES: Final = 100_000
"""Edges of one file: `a & b --> c & d` has as many as its sides multiplied."""

DEEPEST: Final = 500
"""Subgraphs in each other; a chart that is looked at has three or four."""

_KIND = re.compile(
    r"(?:flowchart|flowchart-elk|graph)(?:[ \t]+(?:TB|TD|BT|RL|LR|<|>|\^|v))?[ \t]*(?:;|$)", re.MULTILINE
)
_OTHERS: Final = {
    "sequenceDiagram": "a sequence diagram",
    "classDiagram": "a class diagram",
    "stateDiagram": "a state diagram",
    "erDiagram": "an entity relationship diagram",
    "gantt": "a Gantt chart",
    "pie": "a pie chart",
    "journey": "a user journey",
    "gitGraph": "a Git graph",
    "mindmap": "a mindmap",
    "timeline": "a timeline",
    "quadrantChart": "a quadrant chart",
    "requirementDiagram": "a requirement diagram",
    "C4": "a C4 diagram",
    "sankey": "a Sankey diagram",
    "xychart": "an XY chart",
    "block": "a block diagram",
    "packet": "a packet diagram",
    "kanban": "a Kanban board",
    "architecture": "an architecture diagram",
    "zenuml": "a ZenUML diagram",
    "radar": "a radar chart",
    "treemap": "a treemap",
}
"""What the first word of other kinds of diagram begins with."""

_ID = re.compile(r"(?:[\w./\\$#!?+*'`^,]|:(?!::)|=(?!=)|-(?![-.])|~(?!~~))+")
_SHAPES: Final = (
    ("(((", (")))",)),
    ("((", ("))",)),
    ("([", ("])",)),
    ("(-", ("-)",)),
    ("[(", (")]",)),
    ("[[", ("]]",)),
    ("[/", ("/]", "\\]")),
    ("[\\", ("\\]", "/]")),
    ("{{", ("}}",)),
    ("{", ("}",)),
    ("(", (")",)),
    ("[", ("]",)),
    (">", ("]",)),
)
_ARROW = re.compile(r"(?:[<xo](?=[-=]))?(?:--+[-xo>]|==+[=xo>]|-\.+-[xo>]?|~~~+)")
_OPENING = re.compile(r"(?:[<xo](?=[-=]))?(--|==|-\.)(?=\s*\S)")
_CLOSING: Final = {"--": re.compile(r"--+[-xo>]"), "==": re.compile(r"==+[=xo>]"), "-.": re.compile(r"\.+-[xo>]?")}
_SPACE = re.compile(r"[ \t]*")
_EDGE_ID = re.compile(r"[\w-]+@(?=[<xo]?[-=~])")
_LOOKS = re.compile(r"(?:style|linkStyle|click|direction|accTitle|accDescr|interpolate)\b[^\n]*")
_CODE = re.compile(r"#(\d+|\w+);")
_DATA = re.compile(r"@\{([^{}]*)\}")
_DATA_LABEL = re.compile(r"""label:\s*(?:"([^"]*)"|'([^']*)'|([^,\n}]+))""")
_OWN = re.compile(r"^[ \t]*classDef kind_", re.MULTILINE)
"""What stands in a chart that went out from here."""

_NUMBER = re.compile(r"day[ _-]?(\d{1,5})\b", re.IGNORECASE)


@dataclass(slots=True)
class _Box:
    """A node: its label, its class, its subgraph."""

    label: str
    classes: list[str] = field(default_factory=list)
    group: "_Group | None" = None


@dataclass(slots=True)
class _Group:
    """A subgraph, and the one that it is in."""

    key: str
    title: str
    line: int
    above: "_Group | None" = None

    @property
    def day(self) -> int | None:
        """The day that its title names."""
        found = titled_day(self.title)
        if found is not None:
            return found.day
        number = _NUMBER.fullmatch(self.title.strip())
        return int(number[1]) if number and int(number[1]) <= MAX_DAY else None


def read_mermaid(files: Sequence[SentFile], reading: Reading) -> Given:
    """The nodes and edges of flowcharts. Raises `InvalidDocument` with the line of what is not read."""
    nodes: list[GivenNode] = []
    edges: list[GivenEdge] = []
    warnings: list[Problem] = []
    for number, file in enumerate(one for one in files if one.path.lower().endswith(SUFFIXES)):
        reader = _Reader(file.path, decoded(file), f"{number}:")
        reader.read()
        nodes += reader.nodes(reading)
        edges += reader.edges()
        warnings += reader.warnings
    if not nodes:
        what = "there is no node in it"
        raise InvalidDocument([Problem(file=files[0].path, what=what, hint="write some: flowchart LR, then a --> b")])
    found = given(nodes, edges, reading)
    return replace(found, warnings=(*warnings, *found.warnings))


class _Reader:
    """Reads one chart from its first character to its last."""

    def __init__(self, path: str, text: str, prefix: str) -> None:
        self._path = path
        self._prefix = prefix
        self._is_own = _OWN.search(text) is not None
        self._text = _blanked(text)
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", self._text))]
        self._at = 0
        self._boxes: dict[str, _Box] = {}
        self._groups: dict[str, _Group] = {}
        self._inside: list[_Group] = []
        self._edges: list[tuple[str, str, str]] = []
        self.warnings: list[Problem] = []

    def _line(self, at: int | None = None) -> int:
        return bisect_right(self._line_starts, self._at if at is None else at)

    def _fail(self, what: str, hint: str, line: int | None = None) -> NoReturn:
        problem = Problem(file=self._path, line=line or self._line(), column=None, what=what, hint=hint)
        raise InvalidDocument([problem])

    def read(self) -> None:
        """Read the whole chart. Raises `InvalidDocument`."""
        self._head()
        while self._skip_blank():
            self._statement()
        if self._inside:
            opened = self._inside[-1]
            self._fail(f"the subgraph {opened.title!r} has no end", "write `end` behind its nodes", opened.line)

    def _skip_blank(self) -> bool:
        found = re.compile(r"[\s;]*").match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _head(self) -> None:
        """What kind of diagram it is."""
        if not self._skip_blank():
            self._fail("there is no diagram in it", "begin it with: flowchart LR", 1)
        if found := _KIND.match(self._text, self._at):
            self._at = found.end()
            return
        first = self._text[self._at :].split(None, 1)[0]
        other = next((words for word, words in _OTHERS.items() if first.startswith(word)), None)
        if other:
            self._fail(f"this is {other} ({first})", "flowcharts are read: flowchart LR, graph TD")
        self._fail(f"{first[:30]!r} begins no flowchart", "begin it with: flowchart LR")

    def _statement(self) -> None:
        end = self._text.find("\n", self._at)
        rest = self._text[self._at : end if end >= 0 else len(self._text)]
        word = re.match(r"[A-Za-z]+", rest)
        first = word[0] if word and not rest[word.end() : word.end() + 1].strip("; \t") else ""
        if first == "subgraph":
            self._subgraph(rest)
        elif first == "end":
            if not self._inside:
                self._fail("`end` without a subgraph", "take it out")
            self._inside.pop()
            self._at += 3
        elif first in ("class", "classDef"):
            self._classes(first, rest)
        elif found := _LOOKS.match(self._text, self._at):
            self._at = found.end()
            if rest.startswith("accDescr") and "{" in rest and "}" not in rest:
                self._at = max(self._text.find("}", self._at) + 1, self._at)
        else:
            self._chain()

    def _subgraph(self, rest: str) -> None:
        line = self._line()
        words = rest[len("subgraph") :].strip().rstrip(";").strip()
        self._at += len(rest)
        found = re.fullmatch(r"(\S*?)\s*\[(.*)\]", words)
        key, title = (found[1], _label(found[2])) if found else (words, _label(words))
        if len(self._inside) >= DEEPEST:
            self._fail(f"more than {DEEPEST} subgraphs in each other", "lift the inner ones", line)
        key = key.strip('"') or title or f"subgraph {line}"
        group = _Group(key, title or key, line, self._inside[-1] if self._inside else None)
        self._groups[key] = group
        self._inside.append(group)

    def _classes(self, first: str, rest: str) -> None:
        """`class a,b name` says of nodes what `classDef` says how to paint."""
        self._at += len(rest)
        found = re.fullmatch(r"class\s+(\S+(?:\s*,\s*\S+)*)\s+([\w-]+)\s*;?", rest.strip())
        for name in re.split(r"\s*,\s*", found[1]) if first == "class" and found else ():
            if name in self._boxes and found:
                self._boxes[name].classes.append(found[2])

    # Chains of nodes and arrows

    def _chain(self) -> None:
        before = self._nodes()
        while True:
            self._spaces()
            if self._ended():
                return
            arrow, label = self._arrow()
            self._spaces(over_lines=True)
            after = self._nodes()
            if len(self._edges) + len(before) * len(after) > MOST_EDGES:
                self._fail(f"more than {MOST_EDGES:,} edges", "import it in pieces")
            if arrow.startswith("~"):
                self._tell("~~~ joins nothing: it only places", "take it out, or write -->")
            else:
                self._edges += [(one, label, other) for one in before for other in after]
            before = after

    def _tell(self, what: str, hint: str) -> None:
        self.warnings.append(Problem(file=self._path, line=self._line(), column=None, what=what, hint=hint))

    def _spaces(self, *, over_lines: bool = False) -> None:
        pattern = re.compile(r"\s*") if over_lines else _SPACE
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _ended(self) -> bool:
        return self._at >= len(self._text) or self._text[self._at] in "\n;"

    def _nodes(self) -> list[str]:
        """One node, or several joined by `&`."""
        names = [self._node()]
        while True:
            self._spaces()
            if not self._text.startswith("&", self._at):
                return names
            self._at += 1
            self._spaces(over_lines=True)
            names.append(self._node())

    def _node(self) -> str:
        found = _ID.match(self._text, self._at)
        if found is None:
            there = self._text[self._at : self._at + 20].split("\n")[0]
            self._fail(f"a node is missing before {there!r}" if there else "a node is missing", "write a name: a --> b")
        name = found[0]
        self._at = found.end()
        label = self._shape(name)
        if data := _DATA.match(self._text, self._at):
            self._at = data.end()
            said = _DATA_LABEL.search(data[1])
            label = _label(next(filter(None, said.groups()), "")) if said else label
            if label is None and name not in self._boxes and self._is_edge_data(data[1]):
                return name
        box = self._boxes.get(name)
        if box is None and name not in self._groups:
            box = self._boxes[name] = _Box(label or name)
        if box is not None:
            box.label = label or box.label
            box.group = box.group or (self._inside[-1] if self._inside else None)
        if kind := re.compile(r":::([\w-]+(?:,[\w-]+)*)").match(self._text, self._at):
            self._at = kind.end()
            if box is not None:
                box.classes += kind[1].split(",")
        return name

    @staticmethod
    def _is_edge_data(data: str) -> bool:
        """Whether data belong to an arrow that has an id, and say how it looks."""
        return re.search(r"\b(?:animat\w+|curve)\s*:", data) is not None

    def _shape(self, name: str) -> str | None:
        """The label in the brackets behind a name."""
        for opening, closings in _SHAPES:
            if not self._text.startswith(opening, self._at):
                continue
            begin = self._at + len(opening)
            quoted = re.compile(r'\s*"([^"]*)"\s*').match(self._text, begin)
            stop = quoted.end() if quoted else begin
            if not quoted:
                plain = re.compile(r'[^\n"\[\]{}|]*').match(self._text, begin)
                limit = plain.end() if plain else begin
                ends = [at for one in closings if (at := self._text.find(one, begin, limit + len(one))) >= 0]
                stop = min(ends, default=-1)
            closing = next((one for one in closings if stop >= 0 and self._text.startswith(one, stop)), None)
            if closing is None:
                if opening in ("(-", "[/", "[\\"):
                    continue
                hint = f'write {name}{opening}"label"{closings[0]}, with quotes around brackets and signs'
                self._fail(f"the label of {name!r} is not closed, or has signs that need quotes", hint)
            self._at = stop + len(closing)
            return _label(quoted[1] if quoted else self._text[begin:stop])
        return None

    def _arrow(self) -> tuple[str, str]:
        """An arrow and its label."""
        if found := _EDGE_ID.match(self._text, self._at):
            self._at = found.end()
        if found := _ARROW.match(self._text, self._at):
            self._at = found.end()
            self._spaces()
            label = re.compile(r'\|\s*(?:"([^"]*)"|([^|\n]*))\s*\|').match(self._text, self._at)
            if label:
                self._at = label.end()
            elif self._text.startswith("|", self._at):
                self._fail("the label of an arrow is not closed", "write -->|label|")
            return found[0], _label(label[1] or label[2] or "") if label else ""
        if found := _OPENING.match(self._text, self._at):
            end = self._text.find("\n", found.end())
            quoted = re.compile(r'\s*"([^"]*)"\s*').match(self._text, found.end())
            closed = _CLOSING[found[1]].search(
                self._text, quoted.end() if quoted else found.end(), end if end >= 0 else len(self._text)
            )
            if closed:
                self._at = closed.end()
                return closed[0], _label(quoted[1] if quoted else self._text[found.end() : closed.start()])
        there = self._text[self._at : self._at + 30].split("\n")[0]
        self._fail(f"{there!r} is no arrow", "write -->, ---, -.-> or ==>, with a label as -->|label|")

    # Nodes and edges

    def nodes(self, reading: Reading) -> list[GivenNode]:
        """A node for each box, and for each subgraph that is no day."""
        kinds = {kind.lower().replace(" ", "_"): kind for kind in reading.vocabulary.kinds}
        found = []
        for name, box in self._boxes.items():
            kind = next((kinds[one[5:]] for one in box.classes if one[:5] == "kind_" and one[5:] in kinds), None)
            plain = [one for one in box.classes if not one.startswith("kind_")]
            kind = kind or next((kinds[one.lower()] for one in plain if one.lower() in kinds), None)
            found.append(GivenNode(self._prefix + name, box.label, id=self._id(name), kind=kind, days=_days(box.group)))
        for name, group in self._groups.items():
            if group.day is None:
                found.append(GivenNode(self._prefix + name, group.title, kind=CONCEPT, days=_days(group.above)))
        return found

    def _id(self, name: str) -> str | None:
        """The id that a name stands for, in a chart that went out from here."""
        if not self._is_own or not name.startswith("n_"):
            return None
        id = re.sub(r"__([0-9a-f]+)_|_", lambda found: chr(int(found[1], 16)) if found[1] else "-", name[2:])
        return id if is_id(id) and safe_name(id) == name[2:] else None

    def edges(self) -> list[GivenEdge]:
        """The arrows, and what is part of subgraphs. Those to the subgraph of a day join nothing."""
        found = []
        ends = {name: _days(box.group) for name, box in self._boxes.items()}
        ends |= {name: _days(group.above) for name, group in self._groups.items() if group.day is None}
        for source, label, target in self._edges:
            if source in ends and target in ends:
                days = max((ends[source], ends[target]), key=lambda one: one[:1])
                found.append(GivenEdge(self._prefix + source, label, self._prefix + target, days=days))
            else:
                self._tell(f"an arrow from {source!r} to {target!r}, which is a day, joins nothing", "join its nodes")
        parts = [(name, box.group) for name, box in self._boxes.items()]
        parts += [(name, group.above) for name, group in self._groups.items() if group.day is None]
        for name, above in parts:
            if above is not None and above.day is None and above.key != name:
                found.append(GivenEdge(self._prefix + name, PART_OF, self._prefix + above.key, days=_days(above)))
        return found


def _days(group: _Group | None) -> tuple[int, ...]:
    """The day of the nearest subgraph that is one."""
    while group is not None:
        if group.day is not None:
            return (group.day,)
        group = group.above
    return ()


def _blanked(text: str) -> str:
    """The text without front matter, directives and comments, every line in its place."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if front := re.match(r"\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", text, re.DOTALL):
        text = "\n" * front[0].count("\n") + text[front.end() :]
    kept, at = [], 0
    while (start := text.find("%%{", at)) >= 0 and (end := text.find("}%%", start)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return re.sub(r"^[ \t]*%%[^\n]*", "", "".join([*kept, text[at:]]), flags=re.MULTILINE)


def _label(text: str) -> str:
    """The words of a label: codes and line breaks read, quotes and Markdown's backticks taken off."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = text[1:-1]
    text = re.sub(r"<br\s*/?>|\\n", " ", text)
    text = _CODE.sub(lambda found: html.unescape(f"&{'#' if found[1].isdigit() else ''}{found[1]};"), text)
    return " ".join(text.split())
