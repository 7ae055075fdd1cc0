"""CSV: tables of nodes, of edges, and of where each is said, in the way of RFC 4180.

Tables of other programs are read as well: columns are known by the names that Gephi, Neo4j and spreadsheets give them.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from conceptmap.formats.format import Format, Reader, TextFile
from conceptmap.formats.loss import Fact, Kept, Loss

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, Reading, SentFile
    from conceptmap.formats.given import GivenCite, GivenEdge, GivenNode
    from graphs.view import FoldedEdge, FoldedNode, View
    from ontology.errors import Problem
    from ontology.model import How

Kind = TypeVar("Kind", dict[str, Any], list[Any])

NODES: Final = ("id", "label", "kind", "aliases", "days", "introduced", "text", "formula", "data", "mention", "place")
EDGES: Final = (
    *("id", "source", "relation", "target", "dimension", "source_value", "target_value", "note", "days"),
    *("how", "place", "parent"),
)
CITES: Final = ("item", "day", "file", "first", "last", "quote", "how", "rule", "mention")

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "nodeid", "node id", "key"),
    "label": ("label", "name", "title", "concept", "node"),
    "kind": ("kind", "type", "category", "group", "class", "labels"),
    "text": ("text", "description", "definition", "gist", "summary", "notes"),
    "source": ("source", "from", "start", "start_id", "start id", "source id", "subject"),
    "target": ("target", "to", "end", "end_id", "end id", "target id", "object"),
    "relation": ("relation", "label", "relationship", "predicate", "type", "link", "name"),
    "note": ("note", "description", "comment"),
}
"""What other programs call these columns, the likeliest first; case does not count, nor Neo4j's `:ID`, `:LABEL`."""

_LARGEST_CELL = 1_000_000
"""Characters of a cell; Python's own limit is below the length of a node's text."""


def write_csv(view: "View", base: str | None = None) -> list[TextFile]:
    """The tables `nodes.csv`, `edges.csv` and `cites.csv`; `base` plays no part."""
    return [
        TextFile("nodes.csv", _table(NODES, (_node_row(view, node) for node in view.nodes()))),
        TextFile("edges.csv", _table(EDGES, map(_edge_row, view.edges()))),
        TextFile("cites.csv", _table(CITES, _cite_rows(view))),
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table, row by row, with line feeds, which all readers of the format take."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else cell for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _said_on(item: "FoldedNode | FoldedEdge") -> str:
    days = sorted({-1 if one.undated else one.day for one in item.assertions})
    return json.dumps([None if day < 0 else day for day in days])


def _node_row(view: "View", node: "FoldedNode") -> list[object]:
    introduced = view.introduced_on(node.id)
    return [
        *(node.id, node.label, node.kind, _json(node.aliases), _said_on(node), introduced, node.text, node.formula),
        *(_json(dict(node.data)), "" if node.defined else "yes", node.place),
    ]


def _edge_row(edge: "FoldedEdge") -> list[object]:
    values = (edge.values.source, edge.values.target) if edge.values else (None, None)
    ends = (str(edge.key), edge.source, edge.relation, edge.target, edge.dimension)
    return [*ends, *values, edge.note, _said_on(edge), edge.how, edge.place, edge.parent]


def _cite_rows(view: "View") -> Iterator[list[object]]:
    for node in view.nodes():
        for one in node.assertions:
            origin = one.item.origin
            yield [
                *(node.id, None if one.undated else one.day, one.part, *(origin.lines or (None, None)), origin.quote),
                *(origin.how, origin.rule, "yes" if one.item.mention else ""),
            ]
    for edge in view.edges():
        for said in edge.assertions:
            origin = said.item.origin
            place = (None if said.undated else said.day, said.part, *(origin.lines or (None, None)))
            yield [str(edge.key), *place, origin.quote, origin.how, origin.rule, ""]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that was read: its columns by the names that are used here, and its rows, each with its line."""

    file: str
    head: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]

    def has(self, *columns: str) -> bool:
        return all(column in self.head for column in columns)


def read_csv(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """Nodes and edges of tables; where only edges are given, their ends are nodes.

    Raises `InvalidDocument` for a file that is no table, or where no table tells nodes or edges.
    """
    from dataclasses import replace

    from conceptmap.formats.given import given
    from ontology.errors import InvalidDocument, Problem

    tables = [_read_table(file) for file in files if file.path.lower().endswith((".csv", ".tsv"))]
    cites = next((one for one in tables if one.has("item", "file", "quote")), None)
    edges = [one for one in tables if one is not cites and one.has("source", "target")]
    nodes = [one for one in tables if one is not cites and one not in edges and (one.has("label") or one.has("id"))]
    if not nodes and not edges:
        columns = ", ".join(tables[0].head[:8]) if tables else "none"
        what = f"no table of nodes or edges (columns: {columns})"
        hint = "nodes need a column 'label' or 'id', edges 'source' and 'target'"
        raise InvalidDocument([Problem(file=files[0].path, what=what, hint=hint)])
    said = _cites_of(cites) if cites else {}
    problems: list[Problem] = []
    ends = {row[end] for table in edges for _, row in table.rows for end in ("source", "target")}
    found = [node for table in nodes for node in _nodes_of(_with_ids(table, ends), said, problems)]
    joined = [edge for table in edges for edge in _edges_of(table, said, problems)]
    if problems:
        raise InvalidDocument(problems)
    made = given(_with_ends(found, joined), _with_keys(found, joined), reading)
    unused = [Loss(Fact("edge", name, column)) for table in edges for name, column in _unused(table)]
    others = [one.file for one in tables if one not in (cites, *nodes, *edges)]
    told = [
        Problem(file=one, line=None, column=None, what="neither nodes nor edges: it was not read") for one in others
    ]
    return replace(made, losses=(*unused, *made.losses), warnings=(*told, *made.warnings))


def _with_ids(table: _Table, ends: set[str]) -> _Table:
    """A table of nodes that has no ids, with those of the column in which most ends of edges stand."""
    if table.has("id") or not ends:
        return table
    counts = {column: len(ends & {row[column] for _, row in table.rows}) for column in table.head}
    likeliest = max(counts, key=lambda column: (counts[column], column == "label"))
    if likeliest == "label" or counts[likeliest] <= len(ends) / 2:
        return table
    rows = tuple((line, {"id": row[likeliest], **_named_by(row, likeliest)}) for line, row in table.rows)
    return _Table(table.file, ("id", *table.head), rows)


def _named_by(row: Mapping[str, str], column: str) -> dict[str, str]:
    """A row whose label is in a column; what stands under "label" is something else then."""
    rest = {name: cell for name, cell in row.items() if name not in (column, "label")}
    return {"label": row[column], **({"called": row["label"]} if row.get("label") else {}), **rest}


def _unused(table: _Table) -> Iterator[tuple[str, str]]:
    """What a table of edges says in columns that edges of a map do not have, by edge and column."""
    for column in table.head:
        if column not in EDGES:
            yield from (
                (f"{row['source']} {row.get('relation', '')} {row['target']}", column)
                for _, row in table.rows
                if row[column]
            )


def _read_table(file: "SentFile") -> _Table:
    from conceptmap.formats.given import decoded
    from ontology.errors import InvalidDocument, Problem

    text = decoded(file)
    csv.field_size_limit(_LARGEST_CELL)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    head: tuple[str, ...] = ()
    own = False
    try:
        for row in reader:
            if not any(row):
                continue
            if not head:
                head = _columns(row)
                own = {"id", "days"} <= {*head} or {"item", "quote"} <= {*head}
                continue
            if len(row) != len(head):
                what = f"the row has {len(row)} cells, the head {len(head)}"
                hint = 'put cells with a separator or line end in them in quotes: "a, b"'
                raise InvalidDocument(
                    [Problem(file=file.path, line=reader.line_num, column=None, what=what, hint=hint)]
                )
            rows.append((reader.line_num, dict(zip(head, row if own else map(str.strip, row), strict=True))))
    except csv.Error as error:
        what, hint = f"no table: {error}", "save it as CSV with quotes around cells that hold quotes or line ends"
        raise InvalidDocument(
            [Problem(file=file.path, line=reader.line_num, column=None, what=what, hint=hint)]
        ) from error
    return _Table(file.path, head, tuple(rows))


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns as they are called here; of two that would be one, the likelier."""
    plain = [cell.strip().split(":", 1)[0].casefold() or cell.strip().strip(":").casefold() for cell in cells]
    names = list(plain)
    if not {"item", "file", "quote"} <= set(plain):
        ends = [_likeliest(one, plain) for one in ("source", "target")]
        known = ("source", "target", "relation", "note") if None not in ends else ("id", "label", "kind", "text")
        for one in known:
            at = _likeliest(one, plain)
            if one not in plain and at is not None and names[at] == plain[at]:
                names[at] = one
    return tuple(name or f"column {number}" for number, name in enumerate(names, 1))


def _likeliest(name: str, plain: Sequence[str]) -> int | None:
    """Which column is called so: by one of its names, else by a word of it ("from_uid")."""
    for one in NAMES[name]:
        if one in plain:
            return plain.index(one)
    words = [one.replace("_", " ").replace("-", " ").replace(".", " ").split() for one in plain]
    if name in ("source", "target"):
        return next((at for at, one in enumerate(words) if len(one) == 2 and one[0] in NAMES[name]), None)
    if name == "id":
        return next((at for at, one in enumerate(words) if one and one[-1] in ("id", "uid", "key")), None)
    return None


def _cites_of(table: _Table) -> "dict[str, tuple[GivenCite, ...]]":
    """Where each item is said, by its id."""
    from conceptmap.formats.given import GivenCite
    from ontology.model import Origin

    found: dict[str, list[GivenCite]] = defaultdict(list)
    for _, row in table.rows:
        first, last = _whole(row.get("first")), _whole(row.get("last"))
        origin = Origin(
            lines=(first, last or first) if first else None,
            quote=row["quote"] or None,
            how=_how(row.get("how")),
            rule=row.get("rule") or None,
        )
        found[row["item"]].append(GivenCite(_whole(row.get("day")), row["file"], origin, _yes(row.get("mention"))))
    return {item: tuple(cites) for item, cites in found.items()}


def _nodes_of(
    table: _Table, cites: "Mapping[str, tuple[GivenCite, ...]]", problems: "list[Problem]"
) -> "Iterator[GivenNode]":
    """The nodes of a table; what it says in other columns is their data."""
    from conceptmap.formats.given import GivenNode
    from ontology.names import is_id

    for line, row in table.rows:
        key, label = row.get("id", ""), row.get("label", "")
        own = is_id(key) and table.has("kind", "days", "data")
        data = _from_json(row.get("data"), dict, table, line, problems)
        data |= {name: cell for name, cell in row.items() if name not in NODES and cell}
        yield GivenNode(
            key=key or label,
            label=label or key,
            id=key if own else None,
            kind=row.get("kind") or None,
            aliases=tuple(_names(row.get("aliases"), table, line, problems)),
            text=row.get("text") or None,
            formula=row.get("formula") or None,
            data=data,
            days=_days(row.get("days"), table, line, problems),
            introduced=_whole(row.get("introduced")),
            mention=_yes(row.get("mention")),
            place=_whole(row.get("place")),
            cites=cites.get(key, ()) if own else (),
        )


def _edges_of(
    table: _Table, cites: "Mapping[str, tuple[GivenCite, ...]]", problems: "list[Problem]"
) -> "Iterator[GivenEdge]":
    from conceptmap.formats.given import GivenEdge
    from ontology.model import EndValues

    for line, row in table.rows:
        values = (row.get("source_value"), row.get("target_value"))
        parent = row.get("parent")
        yield GivenEdge(
            source=row["source"],
            label=row.get("relation", ""),
            target=row["target"],
            dimension=row.get("dimension") or None,
            values=EndValues(source=values[0] or "", target=values[1] or "") if any(values) else None,
            note=row.get("note") or None,
            days=_days(row.get("days"), table, line, problems),
            derived=row.get("how") == "derived",
            place=_whole(row.get("place")),
            parent="source" if parent == "source" else "target" if parent == "target" else None,
            cites=cites.get(row.get("id", ""), ()),
        )


def _with_ends(nodes: "Iterable[GivenNode]", edges: "Iterable[GivenEdge]") -> "list[GivenNode]":
    """The nodes, and one for each end of an edge that no node's id or label names."""
    from conceptmap.formats.given import GivenNode

    found = list(nodes)
    known = {name for node in found for name in (node.key, node.label)}
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target) if end not in known)
    return [*found, *(GivenNode(key=end, label=end) for end in ends)]


def _with_keys(nodes: "Iterable[GivenNode]", edges: "Iterable[GivenEdge]") -> "list[GivenEdge]":
    """The edges between keys: a table of edges may name its ends by their labels."""
    from dataclasses import replace

    found = list(nodes)
    keys = {**{node.label: node.key for node in found}, **{node.key: node.key for node in found}}
    return [
        replace(one, source=keys.get(one.source, one.source), target=keys.get(one.target, one.target)) for one in edges
    ]


def _names(cell: str | None, table: _Table, line: int, problems: "list[Problem]") -> list[str]:
    """Other names: a JSON array, or names between semicolons or bars."""
    if not cell or cell.startswith("["):
        return [str(one) for one in _from_json(cell, list, table, line, problems)]
    return [one.strip() for one in cell.replace("|", ";").split(";")]


def _days(cell: str | None, table: _Table, line: int, problems: "list[Problem]") -> tuple[int | None, ...]:
    if cell and cell.isdecimal():
        return (int(cell),)
    days = _from_json(cell, list, table, line, problems)
    return tuple(day for day in days if day is None or isinstance(day, int))


def _from_json(cell: str | None, kind: type[Kind], table: _Table, line: int, problems: "list[Problem]") -> Kind:
    """A cell that holds JSON."""
    from ontology.errors import Problem

    if not cell:
        return kind()
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, kind):
        return value
    what = f"{cell[:40]!r} is no JSON {'object' if kind is dict else 'array'}"
    problems.append(
        Problem(file=table.file, line=line, column=None, what=what, hint="write it as JSON, or leave it empty")
    )
    return kind()


def _whole(cell: str | None) -> int | None:
    return int(cell) if cell and cell.isdecimal() else None


def _yes(cell: str | None) -> bool:
    return (cell or "").casefold() in ("yes", "true", "1")


def _how(cell: str | None) -> "How":
    return "derived" if cell == "derived" else "stated" if cell == "stated" else "imported"


FORMAT = Format(
    "csv",
    "tables of nodes, of edges, and of where they are said, in a folder",
    write_csv,
    keeps=Kept(),
    is_folder=True,
    reader=Reader(read_csv, (".csv", ".tsv")),
)
