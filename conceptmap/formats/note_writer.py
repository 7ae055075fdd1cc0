"""Writing a document as a typed note that loads back to the same nodes and edges: a start for correcting by hand."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import yaml
from msgspec import structs

from conceptmap.formats.node_text import TextWriter, fenced
from conceptmap.notes import NOTE_SUFFIXES
from conceptmap.notes.page.tree import MAX_DEPTH
from graphs.joined import joined_documents
from graphs.view import FoldedNode, View
from ontology.model import CompetencyQuestion, Document, Edge, Node
from ontology.names import day_id, day_number, name_key, node_id
from ontology.terms import CONCEPT, DAY, PART_OF, UNIT

_ONE_LINE = 10_000
"""Columns from which on YAML would break a value; the front matter has one line for each key."""
_SPECIAL = re.compile(r"[*_`\\\[\]<&~{}#$|]|^[-+>=\d]|(?<=\w):(?=:)")
_UNLINKABLE = re.compile(r"[\[\]|#\n<>`&\\*_~$]")
_MARKDOWN = (".md", ".markdown", ".txt")
"""What the names of notes in plain Markdown end in, which is how all are written."""

_KEY = re.compile(r"[^\W\d_][\w'’ -]{0,59}")
_INDENT = "    "
_DAY_MARK = re.compile(r"\(day\s\d+\)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedNote:
    """A note: its day and part, the name of its file (without folders), and what makes its text."""

    day: int
    part: str
    name: str
    pieces: Callable[[], Iterator[str]]

    @property
    def text(self) -> str:
        """The whole note."""
        return "".join(self.pieces())


def typed_notes(view: View) -> list[TypedNote]:
    """A typed note for each document that the view sees, by day and part; their texts are made when asked for."""
    documents = _as_shown(list(map(_without_ways, joined_documents(view))), view)
    defined = {node.id for document in documents for node in document.nodes if not node.mention}
    names = _Names(view)
    written: set[str] = set()
    notes = []
    for document in documents:
        orphans = {node.id for node in document.nodes} - defined - written
        orphans -= names.mentioned(document)
        written |= orphans
        notes.append(
            TypedNote(document.day, document.part, _file_name(document), partial(_pieces, document, names, orphans))
        )
    return notes


def _without_ways(document: Document) -> Document:
    """The document without ids that lead to others: notes have no words for these, and the names are aliases there."""
    if all(node.became is None for node in document.nodes):
        return document
    return document.with_assertions(tuple(node for node in document.nodes if node.became is None), document.edges)


def _as_shown(documents: list[Document], view: View) -> list[Document]:
    """The documents as corrections and refusals make the map show them: notes have no words for these two."""
    corrected = {node.id: view.node(node.id) for one in documents for node in one.nodes if node.correction}
    refused = {view.folded_key(edge.key) for one in documents for edge in one.edges if edge.refusal}
    if not corrected and not refused:
        return documents
    hidden = {key for key in refused if view.edge(key) is None}
    return [
        one.with_assertions(
            tuple(_corrected(node, corrected[node.id]) if node.id in corrected else node for node in one.nodes),
            tuple(edge for edge in one.edges if not edge.refusal and view.folded_key(edge.key) not in hidden),
        )
        for one in documents
    ]


def _corrected(node: Node, shown: FoldedNode) -> Node:
    """A definition with the label and text that the map shows; its own label is one of its other names."""
    if node.mention:
        return node
    aliases = node.aliases if node.label in (shown.label, *node.aliases) else (*node.aliases, node.label)
    return structs.replace(node, label=shown.label, aliases=aliases, text=shown.text if node.text else None)


def _pieces(document: Document, names: "_Names", orphans: set[str]) -> Iterator[str]:
    return _Writer(document, names, orphans).pieces()


def _file_name(document: Document) -> str:
    name = document.part
    if not name.lower().endswith(NOTE_SUFFIXES):
        name = f"day-{document.day}-{node_id(name)}.md"
    elif not name.lower().endswith(_MARKDOWN):
        name = f"{name}.md"
    return name.replace("/", "-")


class _Names:
    """How a link names a node: by its label where that means no other, else by its id; and how texts are written."""

    def __init__(self, view: View) -> None:
        self.texts = TextWriter(view.vocabulary)
        self._meant: dict[str, set[str]] = {}
        self._labels: dict[str, str] = {}
        for node in view.nodes():
            self._labels[node.id] = node.label
            for name in (node.id, node.label, *node.aliases):
                self._meant.setdefault(name_key(name), set()).add(node.id)

    def link(self, node: str, label: str) -> str:
        """A link to a node."""
        label = self._labels.get(node, label)
        fine = (
            not _UNLINKABLE.search(label) and label not in self._labels and self._meant.get(name_key(label)) == {node}
        )
        if fine or (day_number(node) is not None and label == f"Day {day_number(node)}"):
            return f"[[{label}]]"
        shown = _UNLINKABLE.sub(" ", label).strip()
        return f"[[{node}|{shown}]]" if shown else f"[[{node}]]"

    def mentioned(self, document: Document) -> set[str]:
        """The nodes that a document's links mention as they are: concepts that the links call by their labels."""
        linked = {edge.target for edge in document.edges if edge.dimension is None}
        nodes = (node for node in document.nodes if node.id in linked and node.kind == CONCEPT and node.place is None)
        return {
            node.id
            for node in nodes
            if node.id == node_id(node.label) and self.link(node.id, node.label) == f"[[{node.label}]]"
        }

    def is_plain(self, node: str, label: str) -> bool:
        """Whether a label by itself, in a table or a tree, means this node and no other."""
        return self._meant.get(name_key(label)) == {node}


class NoteWords:
    """Single nodes and edges as typed notes say them, with links as the map of a view reads them."""

    def __init__(self, view: View) -> None:
        self._names = _Names(view)

    def node_blocks(self, document: Document, node: Node) -> Iterator[list[str]]:
        """The section of a node of a document, without its edges: with its text as it is, then in a block."""
        alone = document.with_assertions((node,), ())
        whole = "\n".join(_Writer(alone, self._names, set())._node(node))
        yield whole.rstrip("\n").split("\n")
        if node.text:
            lines = list(_Writer(alone, self._names, set())._node(structs.replace(node, text=None)))
            yield [lines[0], *fenced(node.text).split("\n"), "", *lines[1:]]

    def field(self, document: Document, edge: Edge) -> str:
        """An edge as a field of its source."""
        return _Writer(document, self._names, set())._field(edge)

    def line(self, document: Document, edge: Edge) -> str:
        """An edge as a line by itself."""
        writer = _Writer(document, self._names, set())
        return f"{writer._link(edge.source)} {writer._field(edge)}"

    def table(self, document: Document, edge: Edge) -> list[str]:
        """An edge that compares its ends, as a table."""
        alone = document.with_assertions(document.nodes, (edge,))
        return "\n".join(_Writer(alone, self._names, set())._tables()).split("\n")

    def texts(self, text: str) -> Iterator[list[str]]:
        """A node's text below its heading, line by line: as it is, then in a block."""
        yield text.split("\n")
        yield [*fenced(text).split("\n"), ""]

    @staticmethod
    def plain(text: str, more: str = "") -> str:
        """A label so that none of its signs means anything in a line."""
        return _encoded(text, more) if more or _SPECIAL.search(text) else text


class _Writer:
    """Writes one document."""

    def __init__(self, document: Document, names: _Names, orphans: set[str]) -> None:
        self._document = document
        self._names = names
        self._nodes: Mapping[str, Node] = {node.id: node for node in document.nodes}
        self._own = day_id(document.day)
        self._units = {node_id(unit): unit for unit in self._unit_names()}
        self._written = [
            node
            for node in document.nodes
            if (not node.mention or node.id in orphans) and node.kind != DAY and not self._in_front(node)
        ]
        self._edges: dict[str, list[Edge]] = {}
        for edge in document.edges:
            self._edges.setdefault(edge.source, []).append(edge)

    def pieces(self) -> Iterator[str]:
        """The note block by block."""
        yield self._front()
        for block in self._blocks():
            if block:
                yield f"\n\n{block}"
        yield "\n"

    def _blocks(self) -> Iterator[str]:
        """All that stands below the front matter."""
        headed = {node.id for node in self._written}
        yield from self._day()
        for node in self._written:
            yield "\n".join(self._node(node))
        for edge in self._document.edges:
            if edge.source not in headed and edge.source != self._own and self._is_field(edge):
                yield f"{self._link(edge.source)} {self._field(edge)}"
        yield from self._tables()
        yield from self._tree()

    def _unit_names(self) -> Iterator[str]:
        yield from self._document.units
        for edge in self._document.edges:
            target = self._nodes.get(edge.target)
            if edge.source == day_id(self._document.day) and edge.relation == PART_OF and target is not None:
                fine = target.kind == UNIT and target.id == node_id(target.label) and not (target.text or target.data)
                if fine and not edge.note and target.label not in self._document.units:
                    yield target.label

    def _in_front(self, node: Node) -> bool:
        """Whether the front matter says all of a unit."""
        return node.id in self._units and not (node.text or node.aliases or node.formula or node.data)

    def _front(self) -> str:
        document = self._document
        data: dict[str, object] = {} if document.undated else {"day": document.day}
        if document.day_name:
            data["day_name"] = document.day_name
        if document.date:
            data["date"] = document.date
        if document.title:
            data["title"] = document.title
        data["course"] = document.map
        if not document.part.lower().endswith(NOTE_SUFFIXES):
            data["part"] = document.part
        if self._units:
            data["units"] = list(self._units.values())
        if document.questions:
            data["questions"] = list(map(_question, document.questions))
        data |= {key: value for key, value in document.data.items() if key not in data}
        return "---\n" + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_ONE_LINE).rstrip() + "\n---"

    def _day(self) -> list[str]:
        """What the day itself says, above the first heading."""
        day = self._nodes.get(self._own)
        lines = [f"- alias:: {_encoded(alias, ',')}" for alias in day.aliases] if day and not day.mention else []
        for edge in self._edges.get(self._own, ()):
            if self._is_field(edge) and not (edge.relation == PART_OF and edge.target in self._units):
                lines.append(f"- {self._field(edge)}")
        return ["\n".join(lines)] if lines else []

    def _node(self, node: Node) -> Iterator[str]:
        id = (
            f" {{#{node.id}}}"
            if node.id != node_id(node.label) or not self._names.is_plain(node.id, node.label)
            else ""
        )
        heading, fields = f"## {node.kind}: {_label(node.label)}{id}", list(self._fields(node))
        yield heading
        if node.text:
            yield f"{self._names.texts.written(node.text, heading, fields)}\n"
        yield from fields

    def _fields(self, node: Node) -> Iterator[str]:
        for alias in node.aliases:
            yield f"- alias:: {_encoded(alias, ',')}"
        if node.formula:
            yield f"- formula:: {' '.join(node.formula.split())}"
        for key, value in node.data.items():
            for one in value if isinstance(value, list) else [value]:
                if _KEY.fullmatch(key):
                    yield f"- {key}:: {' '.join(str(one).split())}"
        for edge in self._edges.get(node.id, ()):
            if self._is_field(edge):
                yield f"- {self._field(edge)}"

    @staticmethod
    def _is_field(edge: Edge) -> bool:
        return edge.dimension is None

    def _field(self, edge: Edge) -> str:
        note = f" {_encoded(' '.join(edge.note.split()), '')}" if edge.note else ""
        return f"{edge.relation}:: {self._link(edge.target)}{note}"

    def _link(self, node: str) -> str:
        return self._names.link(node, self._nodes[node].label)

    def _tables(self) -> Iterator[str]:
        """Comparisons by dimension, a table for each two nodes."""
        rows: dict[tuple[str, str], list[Edge]] = {}
        for edge in self._document.edges:
            if edge.dimension is not None and edge.values is not None:
                rows.setdefault((edge.source, edge.target), []).append(edge)
        for (source, target), edges in rows.items():
            labels = [_cell(self._nodes[end].label) for end in (source, target)]
            head = [f"| Dimension | {labels[0]} | {labels[1]} |", "|---|---|---|"]
            yield "\n".join(head + [_row(edge) for edge in edges])

    def _tree(self) -> list[str]:
        """The tree of what the document places on the drawn map."""
        below: dict[str, list[tuple[int, str]]] = {}
        placed: set[str] = set()
        for edge in self._document.edges:
            if edge.place is not None and edge.parent is not None:
                ends = (edge.source, edge.target) if edge.parent == "source" else (edge.target, edge.source)
                below.setdefault(ends[0], []).append((edge.place, ends[1]))
                placed.add(ends[1])
        roots = [(node.place or 0, node.id) for node in self._document.nodes if node.place is not None]
        roots += [(len(below), node) for node in below if node not in placed and (self._nodes[node].place is None)]
        lines = [line for _, root in sorted(roots) for line in self._twigs(root, below)]
        return ["\n".join(["```", *lines, "```"])] if lines else []

    def _twigs(self, root: str, below: Mapping[str, list[tuple[int, str]]]) -> Iterator[str]:
        """A root and all below it, each node once, to the depth that is read."""
        if not self._drawable(root):
            return
        seen: set[str] = {root}
        yield self._nodes[root].label
        waiting = [("", child, last) for child, last in reversed(_lasts(below.get(root, ())))]
        while waiting:
            indent, node, last = waiting.pop()
            if node in seen or not self._drawable(node) or len(indent) >= len(_INDENT) * MAX_DEPTH:
                continue
            seen.add(node)
            yield f"{indent}{'└── ' if last else '├── '}{self._nodes[node].label}"
            deeper = indent + (_INDENT if last else "│   ")
            waiting += [(deeper, child, end) for child, end in reversed(_lasts(below.get(node, ())))]

    def _drawable(self, node: str) -> bool:
        label = self._nodes[node].label
        plain = self._names.is_plain(node, label) and not _SPECIAL.search(label.replace("*", ""))
        return plain and not _DAY_MARK.search(label)


def _question(question: CompetencyQuestion) -> object:
    """A question as front matter says it."""
    return question.ask if question.answers is None else {"ask": question.ask, "answers": list(question.answers)}


def _lasts(children: Iterable[tuple[int, str]]) -> list[tuple[str, bool]]:
    ordered = [node for _, node in sorted(children)]
    return [(node, number == len(ordered)) for number, node in enumerate(ordered, 1)]


def _row(edge: Edge) -> str:
    values = edge.values
    cells = (edge.dimension or "", values.source if values else "", values.target if values else "")
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return _label(" ".join(text.split()))


def _label(label: str) -> str:
    """A label in a heading or cell: as it is where that reads back as the same, else with its signs as entities."""
    return _encoded(label, "") if _SPECIAL.search(label) else label


def _encoded(text: str, more: str) -> str:
    special = re.compile(rf"[*_`\\\[\]<&~{{}}#$|!{more}]|^[-+>=\d]|:(?=:)")
    return special.sub(lambda sign: "".join(f"&#{ord(char)};" for char in sign[0]), text)
