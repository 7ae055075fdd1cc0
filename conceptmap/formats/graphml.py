"""GraphML: nodes and edges with their fields as texts, for networkx, Gephi, igraph, Cytoscape and yEd.

It is written element by element, with the attributes of the graph of networkx, and read with what these programs add:
nested groups, labels that are drawn, edges without direction.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from conceptmap.formats.format import Format, Given, Reader, SentFile
from conceptmap.formats.gathered import Gathered
from conceptmap.formats.loss import Fact, Kept, Loss

if TYPE_CHECKING:
    from conceptmap.formats.format import Reading
    from conceptmap.formats.given import GivenEdge, GivenNode
    from conceptmap.formats.safe_xml import Element
    from graphs.view import View

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
SCHEMA: Final = f"{NAMESPACE} {NAMESPACE}/1.0/graphml.xsd"

NODE_KEYS: Final = (
    *("label", "kind", "aliases", "days", "introduced", "text", "formula", "data", "mention", "place"),
    "cites",
)
EDGE_KEYS: Final = (
    *("relation", "dimension", "source_value", "target_value", "note", "days", "how", "place", "parent", "cites"),
    "id",
)

LABELS: Final = ("label", "name", "title")
TEXTS: Final = ("text", "description", "definition", "gist", "summary", "tooltip")
KINDS: Final = ("kind", "type", "category", "class")
RELATIONS: Final = ("relation", "label", "edge label", "name", "relationship", "interaction", "type", "predicate")
NOTES: Final = ("note", "description", "comment", "text")
"""What programs call these, the likeliest first; case does not count."""


def write_graphml(view: "View", base: str | None = None) -> Iterator[str]:
    """The nodes and edges of a view; `base` plays no part."""
    from conceptmap.copies import edge_fields, in_texts, node_fields

    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<graphml xmlns="{NAMESPACE}" xmlns:xsi="{xsi}" xsi:schemaLocation="{SCHEMA}">\n'
    for what, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for key in keys:
            yield f'  <key id="{what}.{key}" for="{what}" attr.name="{key}" attr.type="string"/>\n'
    yield f'  <graph id={quoteattr(view.map or "map")} edgedefault="directed">\n'
    for node in view.nodes():
        yield f'    <node id="{node.id}">\n{_data("node", in_texts(node_fields(view, node)))}    </node>\n'
    for edge in view.edges():
        name = str(edge.key)
        yield f'    <edge id={quoteattr(name)} source="{edge.source}" target="{edge.target}">\n'
        yield f"{_data('edge', {**in_texts(edge_fields(edge)), 'id': name})}    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _data(what: str, fields: Mapping[str, str]) -> str:
    return "".join(f'      <data key="{what}.{name}">{escape(value)}</data>\n' for name, value in fields.items())


def read_graphml(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """Nodes and edges of the graphs in files, groups as what their nodes are part of.

    Raises `InvalidDocument` for a file that is no GraphML.
    """
    from conceptmap.formats.safe_xml import read_xml

    found = _Graphs(reading)
    for file in files:
        found.take(file.path, read_xml(file, "graphml", "GraphML"))
    return found.given()


_VALUES = ("source_value", "target_value")
"""Attributes that may be spaces alone, where one end of a comparison has no more."""


@dataclass(frozen=True, slots=True)
class _Key:
    """An attribute that a file declares: its name and type, its value where none is said, whether yEd draws by it."""

    name: str
    type: str
    default: str | None
    drawn: bool


@dataclass(slots=True)
class _Graphs(Gathered):
    """What is gathered from the graphs of files."""

    _file: str = ""
    _keys: dict[str, _Key] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _later: "list[tuple[Element, bool]]" = field(default_factory=list)

    def take(self, path: str, root: "Element") -> None:
        """The graphs of a file, each with ids of its own."""
        self._file = path
        self._keys = {
            one.attributes.get("id", ""): _Key(
                one.attributes.get("attr.name") or one.attributes.get("id", ""),
                one.attributes.get("attr.type", "string"),
                default.text.strip() if (default := one.first("default")) else None,
                drawn=one.attributes.get("yfiles.type") in ("nodegraphics", "edgegraphics"),
            )
            for one in root.all("key")
        }
        for graph in root.all("graph"):
            self._known, self._later = {}, []
            self._graph(graph, None)
            for element, directed in self._later:
                self._edge(element, directed=directed)

    def _tell(self, element: "Element", what: str, hint: str) -> None:
        self.remarks.tell(self._file, what, hint, line=element.line)

    def _graph(self, graph: "Element", group: str | None) -> None:
        """The nodes of a graph, which lies in a group; its edges come later, since they may lead to any node."""
        directed = graph.attributes.get("edgedefault") != "undirected"
        for element in graph.children:
            if element.name == "node":
                self._node(element, group)
            elif element.name == "edge":
                self._later.append((element, directed))
            elif element.name == "hyperedge":
                self._lost(element, "a hyperedge joins more than two nodes")

    def _lost(self, element: "Element", why: str) -> None:
        self._tell(element, why, "it is left out; join two nodes by each edge")
        self.losses.append(Loss(Fact("edge", f"{self._file}:{element.line}"), "refused"))

    def _node(self, element: "Element", group: str | None) -> None:
        from conceptmap.formats.given import GivenEdge

        id = element.attributes.get("id", "").strip()
        key = self._key_for(id or f"node {element.line}")
        if id in self._known:
            self._tell(element, f"a second node has the id {id!r}", "edges lead to the first")
        elif id:
            self._known[id] = key
        self.nodes.append(self._given_node(element, key))
        if group is not None:
            self.edges.append(GivenEdge(source=key, label="part of", target=group))
        for inner in element.all("graph"):
            self._graph(inner, key)

    def _key_for(self, id: str) -> str:
        """The id, or one like it, where another graph has a node of that id."""
        key, number = id, 1
        while key in self._taken:
            number += 1
            key = f"{id} {number}"
        self._taken.add(key)
        return key

    def _given_node(self, element: "Element", key: str) -> "GivenNode":
        from conceptmap.formats.given import GivenNode

        said, drawn = self._said(element)
        if {"kind", "cites"} <= said.keys():
            return self._own_node(element, key, said)
        data = {name.strip() or "field": value for name, value in said.items()}
        label = _pop(data, LABELS) or (drawn[0] if drawn else "")
        texts = [_pop(data, TEXTS), *(one for one in drawn[1:] if one != label)]
        word = next((one for name, one in data.items() if name.casefold() in KINDS), None)
        kind = self.reading.vocabulary.kind(word) if isinstance(word, str) else None
        if kind is not None:
            _pop(data, KINDS)
        return GivenNode(
            key=key,
            label=str(label or key),
            kind=kind.name if kind else None,
            text="\n\n".join(str(one) for one in texts if one) or None,
            data=data,
        )

    def _own_node(self, element: "Element", key: str, said: Mapping[str, Any]) -> "GivenNode":
        """A node with the fields of a map, perhaps with more that another program gave it."""
        from conceptmap.formats.own_fields import own_node

        own = {name: value for name, value in said.items() if name in NODE_KEYS}
        more = {name: value for name, value in said.items() if name not in (*NODE_KEYS, "id")}
        id = str(said.get("id", key))  # igraph numbers nodes anew, and keeps their ids as an attribute
        try:
            return replace(own_node(id, _decoded(own), more), key=key)
        except ValueError as error:
            raise self._wrong(element, error) from error

    def _edge(self, element: "Element", *, directed: bool) -> None:
        from conceptmap.formats.given import GivenEdge

        ends = [self._known.get(element.attributes.get(end, "").strip()) for end in ("source", "target")]
        source, target = ends
        if source is None or target is None:
            self._lost(element, "an edge leads to a node that is not in the graph")
            return
        said, drawn = self._said(element)
        if {"relation", "cites"} <= said.keys():
            self.edges.append(self._own_edge(element, source, target, said))
            return
        fields = {name: value for name, value in said.items() if name.casefold() != "id"}
        label = str(_pop(fields, RELATIONS) or " ".join(drawn))
        note = _pop(fields, NOTES)
        self.edges.append(GivenEdge(source=source, label=label, target=target, note=str(note) if note else None))
        name = f"{source} {label or 'about'} {target}"
        self.losses += [Loss(Fact("edge", name, one)) for one in fields]
        if element.attributes.get("directed", str(directed)).lower() == "false":
            self.losses.append(Loss(Fact("edge", name, "direction"), "made general", f"{source} -> {target}"))

    def _own_edge(self, element: "Element", source: str, target: str, said: Mapping[str, Any]) -> "GivenEdge":
        from conceptmap.formats.own_fields import own_edge

        try:
            return own_edge(source, target, _decoded({name: said[name] for name in said if name in EDGE_KEYS}))
        except ValueError as error:
            raise self._wrong(element, error) from error

    def _wrong(self, element: "Element", error: ValueError) -> Exception:
        from ontology.errors import InvalidDocument, Problem

        hint = "take the attribute 'cites' away, and the others are read as those of any other program"
        problem = Problem(file=self._file, line=element.line, column=None, what=str(error), hint=hint)
        return InvalidDocument([problem])

    def _said(self, element: "Element") -> tuple[dict[str, Any], list[str]]:
        """The attributes of a node or edge by their names, and the labels that are drawn."""
        said: dict[str, Any] = {}
        drawn: list[str] = []
        for data in element.all("data"):
            key = self._keys.get(name := data.attributes.get("key", ""))
            if data.children:
                drawn += _drawn_labels(data)
            elif (key is None or not key.drawn) and (data.text.strip() or (key and key.name in _VALUES and data.text)):
                said[key.name if key else name] = _typed(data.text, key.type if key else "string")
        if described := element.first("desc"):
            said.setdefault("description", described.text.strip())
        for key in self._keys.values():
            if key.default and key.name.casefold() in (*LABELS, *KINDS) and element.name == "node":
                said.setdefault(key.name, key.default)
        return said, drawn


def _drawn_labels(data: "Element") -> list[str]:
    """The labels that yEd draws, without those of the form of a group that does not show."""
    shown = data
    for states in data.within("Realizers"):
        active = states.attributes.get("active", "0")
        number = int(active) if active.isdecimal() and int(active) < len(states.children) else 0
        shown = states.children[number] if states.children else states
    return [text for one in shown.within("NodeLabel", "EdgeLabel", "Label.Text") if (text := one.text.strip())]


def _typed(text: str, type: str) -> str | int | float | bool:
    """A value of the type that its key has; text where it is none of it."""
    try:
        if type in ("int", "long"):
            return int(text)
        if type in ("float", "double"):
            number = float(text)
            return number if number - number == 0 else text  # neither infinite nor no number
    except ValueError:
        return text
    if type == "boolean" and text.strip().lower() in ("true", "false"):
        return text.strip().lower() == "true"
    return text


def _pop(fields: dict[str, Any], names: Sequence[str]) -> object:
    """The likeliest of these fields, which is taken out."""
    plain = {name.casefold(): name for name in fields}
    found = next((plain[name] for name in names if name in plain), None)
    return fields.pop(found) if found is not None else None


def _decoded(said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a map, those that are JSON as values. Raises `ValueError` for one that is none."""
    from conceptmap.formats.own_fields import OF_JSON

    found = dict(said)
    for name in OF_JSON & found.keys():
        try:
            found[name] = json.loads(str(found[name]))
        except (ValueError, RecursionError) as error:
            raise ValueError(f"{name}: {str(found[name])[:40]!r} is no JSON") from error
    return found


FORMAT = Format(
    "graphml",
    "a graph for networkx, Gephi, igraph, Cytoscape and yEd",
    write_graphml,
    (".graphml",),
    "application/graphml+xml",
    keeps=Kept(),
    reader=Reader(read_graphml, (".graphml",)),
)
