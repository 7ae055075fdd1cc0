"""Documents read from RDF: from triples, Turtle or JSON-LD; a triple that is none of ours is a problem, never dropped.

Statements may also stand alone, without a document that says them: a node with its kind and label,
a direct edge. They are read as imported, into the part that the caller names.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from json.decoder import JSONArray  # type: ignore[attr-defined]  # what the quick parser does, in Python
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any

import pyoxigraph
from pydantic import ValidationError
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from graphs.rdf import iris as rdf
from graphs.rdf.iris import BASE, Iris
from graphs.rdf.limits import check_depth, check_turtle, checked_text
from graphs.rdf.refusals import Refusals, instead_of
from graphs.rdf.write import ADDED, context_data, document_triples, jsonld_data
from ontology import gate
from ontology.errors import InvalidDocument, Problem
from ontology.model import CONTEXT, Document, Edge, Node, Origin
from ontology.names import DEFAULT_PART
from ontology.turtle import Lines
from ontology.values import JsonValue
from ontology.vocabulary import Vocabulary

MAX_PROBLEMS = 100
"""So many problems of one text are told, the rest is counted: a wrong file of 10 MB has one for each triple."""

Said = dict[str, JsonValue]
Json = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where triples are read into: a part of a map's day, and the name that messages give the source.

    Without a `day` those of all days are read.
    """

    map: str
    day: int | None
    part: str
    source: str = "input"


def read_triples(
    given: Iterable[Triple], vocabulary: Vocabulary, place: Place, base: str = BASE, lines: Lines | None = None
) -> list[Document]:
    """The documents that the triples say, in order of day and part; `lines` says where each stands in its text.

    Statements that no document says are read as imported, into the part of `place`. Raises
    `InvalidDocument`, listing every triple that belongs to no document of this map's day.
    """
    reader = _Reader({one for one in given}, vocabulary, place, Iris(place.map, base), lines or Lines())
    documents = reader.documents()
    rest = reader.given.difference(*(document_triples(one, vocabulary, base) for one in documents))
    if rest and not reader.problems:
        documents = reader.with_imported(documents, rest)
        rest = rest.difference(*(document_triples(one, vocabulary, base) for one in documents))
    if problems := reader.problems or list(reader.refusals().of(rest)):
        raise InvalidDocument(shortened(problems, place))
    return documents


def read_turtle(data: bytes, vocabulary: Vocabulary, place: Place, base: str = BASE) -> list[Document]:
    """The documents of a day that Turtle text says; relative IRIs stand under `base`.

    What `write_turtle` wrote comes back as the same documents. Raises `InvalidDocument` for text that
    is no Turtle, and for every triple that is none of ours.
    """
    text = checked_text(data, place.source)
    check_turtle(text, place.source)
    triples = _turtle_triples(text, place, base)
    return read_triples(triples, vocabulary, place, base, Lines(triples, text, base))


def read_jsonld(data: bytes, vocabulary: Vocabulary, place: Place, base: str = BASE) -> list[Document]:
    """The documents that JSON-LD text says: the stored form, the exported one, or any other JSON-LD.

    The map, day and part of `place` hold where the text gives none. No context is ever fetched: one by
    address is refused, but for our own. Raises `InvalidDocument`.
    """
    value = parsed_json(data, place)
    if isinstance(value, dict) and _is_ours(value):
        return [_own(value, vocabulary, place, base)]
    if problems := [place_problem(place, what, "put the context itself in its place") for what in _fetched(value)]:
        raise InvalidDocument(shortened(problems, place))
    return read_triples(_jsonld_triples(value, place, base), vocabulary, place, base)


def read_documents(
    data: bytes, vocabulary: Vocabulary, map: str | None, base: str = BASE, source: str = "body"
) -> list[Document]:
    """The documents of a whole map, as its export gives them: an array, or one alone; each names its day and part.

    Without a `map` they may be of any one, under any base. Raises `InvalidDocument` with the problems of all of them.
    """
    value = parsed_json(data, Place(map or "", 0, "map", source))
    documents: dict[tuple[int, str], Document] = {}
    problems: list[Problem] = []
    for number, one in enumerate(value if isinstance(value, list) else [value], 1):
        try:
            document = _placed_document(one, vocabulary, map, f"document {number}", base)
        except InvalidDocument as error:
            problems += error.problems
            continue
        key = (document.day, document.part)
        if key in documents:
            what = f"day {document.day}, part {document.part!r} stands there twice"
            problems.append(Problem(file=f"document {number}", what=what))
        documents[key] = document
    if len(maps := sorted({one.map for one in documents.values()})) > 1:
        problems.append(_several(maps, source))
    if problems:
        raise InvalidDocument(shortened(problems, Place(map or "", 0, "map", source)))
    return list(documents.values())


def _several(maps: list[str], source: str) -> Problem:
    what = f"documents of several maps: {', '.join(maps)}" if maps else "no document of a map"
    return Problem(file=source, line=None, column=None, what=what, hint="send one map, as it was exported")


_DOCUMENT_IRI = re.compile(r"(?P<base>.*/)maps/(?P<map>[^/]+)/days/\d+/parts/[^/]+")


def read_map(
    given: Iterable[Triple], vocabulary: Vocabulary, source: str, lines: Lines | None = None
) -> list[Document]:
    """The documents of all days of a map that the triples say, in order, under whatever base they stand.

    Their `map` is the one of the triples. Raises `InvalidDocument` where they are of several maps, or of none, and for
    every triple that no document says.
    """
    triples = set(given)
    if not triples:
        return []
    typed = (one.subject for one in triples if one.object == rdf.DOCUMENT_CLASS and one.predicate == rdf.TYPE)
    documents = {one.value for one in typed if isinstance(one, NamedNode)}
    found = {(one["base"], one["map"]) for one in map(_DOCUMENT_IRI.fullmatch, documents) if one}
    if len(found) != 1:
        raise InvalidDocument([_several(sorted({name for _, name in found}), source)])
    base, name = found.pop()
    place = Place(name, None, DEFAULT_PART, source)
    reader = _Reader(triples, vocabulary, place, Iris(name, base), lines or Lines())
    made = reader.documents()
    rest = triples.difference(*(document_triples(one, vocabulary, base) for one in made))
    if problems := reader.problems or list(reader.refusals().of(rest)):
        raise InvalidDocument(shortened(problems, place))
    return made


def place_problem(place: Place, what: str, hint: str = "") -> Problem:
    """A problem with the triples of a source."""
    return Problem(file=place.source, what=what, hint=hint)


def shortened(problems: list[Problem], place: Place) -> list[Problem]:
    """The problems, the rest of a very long list as a number."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    return [*problems[:MAX_PROBLEMS], place_problem(place, f"{len(problems) - MAX_PROBLEMS} more like these")]


@dataclass
class _Reader:
    """Reads the resources of one graph; what it cannot read it leaves for the comparison at the end."""

    given: set[Triple]
    vocabulary: Vocabulary
    place: Place
    iris: Iris
    lines: Lines
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._terms = rdf.Terms.of(self.vocabulary)
        self._by_subject: dict[str, dict[str, list[rdf.Object]]] = defaultdict(lambda: defaultdict(list))
        for triple in self.given:
            if isinstance(triple.subject, NamedNode):
                self._by_subject[triple.subject.value][triple.predicate.value].append(triple.object)

    def refusals(self) -> Refusals:
        """What is said of the triples that are left over."""
        labels: dict[rdf.Object, list[str]] = defaultdict(list)
        for triple in sorted((one for one in self.given if one.predicate == rdf.LABEL), key=str):
            labels[triple.subject] += _texts([triple.object])
        return Refusals(self.iris, self.vocabulary, self.place.source, self.lines, labels)

    def documents(self) -> list[Document]:
        """The documents that stand in the graph as such."""
        found = (self._document(subject) for subject in sorted(self._of_class(rdf.DOCUMENT_CLASS)))
        return sorted((one for one in found if one is not None), key=lambda one: (one.day, one.part))

    def with_imported(self, documents: list[Document], rest: set[Triple]) -> list[Document]:
        """The documents, the part of `place` enlarged by what else the graph says of nodes and edges."""
        key = (self.place.day, self.place.part)
        target = next((one for one in documents if (one.day, one.part) == key), None)
        if target is None:
            target = Document(map=self.place.map, day=self.place.day or 0, part=self.place.part)
        known = {node.id for one in documents for node in one.nodes}
        nodes, edges = self._imported(rest, known)
        if not nodes and not edges:
            return documents
        larger = target.with_assertions((*target.nodes, *nodes), (*target.edges, *edges))
        others = [one for one in documents if one is not target]
        return sorted([*others, larger], key=lambda one: (one.day, one.part))

    def _document(self, subject: str) -> Document | None:
        data = self._read(subject, rdf.DOCUMENT_FIELDS)
        if data.get("map") != self.place.map or self.place.day not in (None, data.get("day")):
            what = f"<{subject}> is of map {data.get('map')!r}, day {data.get('day')!r}"
            hint = f"send it to the place it is of, not to map {self.place.map!r}, day {self.place.day}"
            self._tell(subject, what, hint)
            return None
        data["nodes"] = self._assertions(subject, rdf.HAS_NODE, self._node)
        data["edges"] = self._assertions(subject, rdf.HAS_EDGE, self._edge)
        try:
            return gate.read(Document, data)
        except ValidationError as error:
            self.problems += gate.problems_of(error, self.place.source)
            return None

    def _assertions(self, document: str, predicate: NamedNode, read: Callable[[str], Said]) -> list[JsonValue]:
        objects = self._by_subject[document][predicate.value]
        found = [(self._position(one.value), one.value) for one in objects if isinstance(one, NamedNode)]
        return [read(iri) for _, iri in sorted(found)]

    def _position(self, subject: str) -> int:
        predicate, codec = rdf.POSITION
        position = self._one(subject, predicate, codec)
        return position if isinstance(position, int) else 0

    def _node(self, subject: str) -> Said:
        return {**self._read(subject, rdf.NODE_ASSERTION_FIELDS), **self._origin(subject)}

    def _edge(self, subject: str) -> Said:
        data = {**self._read(subject, rdf.EDGE_ASSERTION_FIELDS), **self._origin(subject)}
        if "relation" not in data:
            predicates = self._by_subject[subject][rdf.PREDICATE.value]
            names = (self._terms.relation(one.value) for one in predicates if isinstance(one, NamedNode))
            data["relation"] = next(filter(None, names), None)
        if values := self._link(subject, rdf.HAS_VALUES):
            data["values"] = self._read(values, rdf.VALUES_FIELDS)
        return data

    def _origin(self, subject: str) -> Said:
        if not (source := self._link(subject, rdf.DERIVED_FROM)):
            return {}
        origin = self._read(source, rdf.ORIGIN_FIELDS)
        predicate, codec = rdf.LINE
        lines = [codec.read(one, self.iris) for one in self._by_subject[source][predicate.value]]
        numbers = sorted(line for line in lines if isinstance(line, int))
        if numbers:
            origin["lines"] = [numbers[0], numbers[-1]]
        return {"from": origin}

    def _read(self, subject: str, table: rdf.Fields) -> Said:
        values = {name: self._one(subject, predicate, codec) for name, (predicate, codec) in table.items()}
        return {name: value for name, value in values.items() if value is not None}

    def _one(self, subject: str, predicate: NamedNode, codec: rdf.Codec) -> JsonValue:
        """The first readable value; further ones stay over and become problems."""
        objects = self._by_subject[subject][predicate.value]
        if len(objects) > 1:
            objects = sorted(objects, key=str)
        values = (codec.read(one, self.iris) for one in objects)
        return next((value for value in values if value is not None), None)

    def _link(self, subject: str, predicate: NamedNode) -> str | None:
        found = sorted(one.value for one in self._by_subject[subject][predicate.value] if isinstance(one, NamedNode))
        return found[0] if found else None

    def _of_class(self, of: NamedNode) -> Iterator[str]:
        return (subject for subject, said_of in self._by_subject.items() if of in said_of.get(rdf.TYPE.value, ()))

    def _imported(self, rest: set[Triple], known: set[str]) -> tuple[list[Node], list[Edge]]:
        nodes: list[Node] = []
        edges: list[Edge] = []
        for subject in sorted({one.subject.value for one in rest if isinstance(one.subject, NamedNode)}):
            if (node := self.iris.node_id(subject)) is None:
                continue
            if node not in known and (made := self._imported_node(node, subject)):
                nodes.append(made)
            edges += self._imported_edges(node, subject, rest)
        return nodes, edges

    def _imported_node(self, node: str, subject: str) -> Node | None:
        about = self._by_subject[subject]
        kinds = [self._terms.kind(one.value) for one in about[rdf.TYPE.value] if isinstance(one, NamedNode)]
        labels = _texts(about[rdf.LABEL.value])
        kind = next((kind for kind in sorted(filter(None, kinds))), None)
        if kind is None or not labels:
            what = f"<{subject}> has no {'kind' if kind is None else 'skos:prefLabel'}"
            hint = instead_of(about, "skos:prefLabel") if kind else ""
            self._tell(subject, what, hint or "say what it is (a cm:Concept, …) and how it is called, as text")
            return None
        data = {
            "id": node,
            "kind": kind,
            "label": labels[0],
            "aliases": _texts(about[rdf.ALIAS.value]),
            "text": next(iter(_texts(about[rdf.TEXT.value])), None),
            "formula": next(iter(_texts(about[rdf.FORMULA.value])), None),
            "from": Origin(how="imported"),
        }
        try:
            return gate.read(Node, data)
        except ValidationError as error:
            for one in gate.problems_of(error, self.place.source):
                self._tell(subject, f"<{subject}>: {one.what}", one.hint)
            return None

    def _imported_edges(self, node: str, subject: str, rest: set[Triple]) -> Iterator[Edge]:
        for predicate, objects in sorted(self._by_subject[subject].items()):
            relation = self._terms.relations.get(predicate)
            targets = [one for one in objects if Triple(NamedNode(subject), NamedNode(predicate), one) in rest]
            for iri in sorted(one.value for one in targets if isinstance(one, NamedNode)):
                if relation and (target := self.iris.node_id(iri)):
                    yield Edge(source=node, relation=relation, target=target, origin=Origin(how="imported"))

    def _tell(self, subject: str, what: str, hint: str) -> None:
        """Note a problem with what is said of a resource."""
        self.problems.append(Problem(file=self.place.source, line=self.lines.about(subject), what=what, hint=hint))


def _texts(objects: list[rdf.Object]) -> list[str]:
    """The values of literals, those without a language first."""
    found = (one for one in objects if isinstance(one, Literal))
    return [one.value for one in sorted(found, key=lambda one: (one.language is not None, one.value))]


def _turtle_triples(text: str, place: Place, base: str) -> list[Triple]:
    try:
        return [one.triple for one in pyoxigraph.parse(text, format=RdfFormat.TURTLE, base_iri=base)]
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        problem = Problem(file=place.source, line=line, column=column, what=f"no Turtle: {error.msg}")
        raise InvalidDocument([problem]) from error
    except ValueError as error:
        raise InvalidDocument([Problem(file=place.source, what=f"no Turtle: {error}")]) from error


def _placed_document(value: Any, vocabulary: Vocabulary, map: str | None, source: str, base: str) -> Document:
    day, part = (value.get("day"), value.get("part")) if isinstance(value, dict) else (None, None)
    if not isinstance(day, int) or not isinstance(part, str) or not _is_ours(value):
        what, hint = "no document of a map", "send objects with day, part, nodes and edges, as the export gives them"
        raise InvalidDocument([Problem(file=source, what=what, hint=hint)])
    if map is None:
        context, map = value.get("@context"), str(value.get("map"))
        given_base = str(context.get("@base") if isinstance(context, dict) else "")
        base = given_base.removesuffix(Iris(map, "").nodes) or base
    return _own(value, vocabulary, Place(map, day, part, source), base)


LONGEST_STRETCH = 1_000_000
"""Characters without an object, up to which the quick parser reads JSON: some 40 ms.

No other thread runs while it does, but for the moment after each object.
"""


class _Decoder(json.JSONDecoder):
    """Reads JSON without repeated keys and without what is no number, like NaN; if not `quick`, as Python does it."""

    def __init__(self, *, quick: bool) -> None:
        super().__init__(object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
        if not quick:
            self.parse_array = JSONArray
            self.scan_once = py_make_scanner(self)


def parsed_json(data: bytes, place: Place) -> Any:
    """An object or array of JSON, not too large and not too deep. Raises `InvalidDocument`."""
    text = checked_text(data, place.source)
    quick = len(text) <= LONGEST_STRETCH or max(map(len, text.split("{"))) <= LONGEST_STRETCH
    try:
        value = _Decoder(quick=quick).decode(text)
    except json.JSONDecodeError as error:
        problem = Problem(file=place.source, line=error.lineno, column=error.colno, what=f"no JSON: {error.msg}")
        raise InvalidDocument([problem]) from error
    except ValueError as error:
        raise InvalidDocument([place_problem(place, f"no JSON: {error}")]) from error
    except RecursionError as error:
        raise InvalidDocument([place_problem(place, "nested too deeply", "make it flatter")]) from error
    if not isinstance(value, dict | list):
        raise InvalidDocument([place_problem(place, "no JSON-LD: neither an object nor an array")])
    check_depth(_depth(value), place.source)
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> Json:
    data: Json = {}
    for name, value in pairs:
        if name in data:
            raise ValueError(f"the key {name!r} stands there twice")
        data[name] = value
    return data


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level := [one for outer in level for one in _inner(outer)]:
        depth += 1
    return depth


def _inner(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _is_ours(value: Json) -> bool:
    """Whether the text has the document's own keys, by our context or by none."""
    context = value.get("@context")
    if context is None:
        return not any(":" in key or key == "@graph" for key in value)
    if isinstance(context, dict):
        return _with_later_terms({key: one for key, one in context.items() if key != "@base"}) == context_data()
    return bool(context == CONTEXT)


def _with_later_terms(context: Json) -> Json:
    """A context with the terms that exports of earlier releases have not yet."""
    ours = context_data()
    context = {"undated": ours["undated"], **context}
    for name, terms in (("nodes", ("correction", "retyped", "became", "ended")), ("edges", ("refusal", "ended"))):
        inner = context.get(name)
        if isinstance(inner, dict) and isinstance(known := inner.get("@context"), dict):
            later = {term: ours[name]["@context"][term] for term in terms}
            context[name] = {**inner, "@context": {**later, **known}}
    return context


def _own(value: Json, vocabulary: Vocabulary, place: Place, base: str) -> Document:
    context = value.get("@context")
    known = {"map": place.map, "day": place.day, "part": place.part}
    stripped = {**known, **_stripped(value), "@context": CONTEXT}
    try:
        document = gate.read_json(Document, json.dumps(stripped))
    except ValidationError as error:
        raise InvalidDocument(shortened(gate.problems_of(error, place.source), place)) from error
    given_base = context.get("@base") if isinstance(context, dict) else None
    problems = [*_misplaced(document, place, given_base, base), *_contradictions(value, document, vocabulary, place)]
    if problems:
        raise InvalidDocument(shortened(problems, place))
    return document


def _stripped(value: Json) -> Json:
    """The object without the keys that the export adds, in it and in its nodes and edges."""
    data = {key: one for key, one in value.items() if key not in ADDED}
    for name in ("nodes", "edges"):
        if isinstance(said := data.get(name), list):
            data[name] = [_stripped(one) if isinstance(one, dict) else one for one in said]
    for name in ("from", "values"):
        if isinstance(said := data.get(name), dict):
            data[name] = {key: one for key, one in said.items() if key != "@id"}
    return data


def _misplaced(document: Document, place: Place, given_base: object, base: str) -> Iterator[Problem]:
    if (document.map, document.day) != (place.map, place.day):
        what = f"the document is of map {document.map!r}, day {document.day}"
        yield place_problem(place, what, f"send it there, not to map {place.map!r}, day {place.day}")
    allowed = (None, Iris(document.map, base).nodes, Iris(document.map, "").nodes)
    if given_base not in allowed:
        yield place_problem(place, f"the @base {given_base!r} is another map's", f"it would be {allowed[1]!r}")


def _contradictions(value: Json, document: Document, vocabulary: Vocabulary, place: Place) -> Iterator[Problem]:
    """Added keys that say something else than the document does; they may be left out, but not be wrong."""
    ours = jsonld_data(document, vocabulary)
    for where, given, made in _pairs(value, ours):
        for key in sorted(ADDED - {"position"}):
            if key in given and given[key] != made.get(key):
                hint = "leave the key out, it is made from the rest"
                yield place_problem(place, f"{where}{key} does not fit the document", hint)


def _pairs(value: Json, ours: Json) -> Iterator[tuple[str, Json, Json]]:
    """Each object of the given text beside the one that we would write, with its path."""
    yield "", value, ours
    for name in ("nodes", "edges"):
        for number, (given, made) in enumerate(zip(value.get(name, ()), ours.get(name, ()), strict=True)):
            where = f"{name}.{number}."
            yield where, given, made
            for inner in ("from", "values"):
                if isinstance(given.get(inner), dict):
                    yield f"{where}{inner}.", given[inner], made.get(inner, {"@id": given[inner].get("@id")})


def _fetched(value: Any) -> Iterator[str]:
    """Contexts given by address, which a processor would fetch."""
    if isinstance(value, dict):
        for key in ("@context", "@import"):
            named = value.get(key)
            for one in named if isinstance(named, list) else [named]:
                if isinstance(one, str):
                    yield f"{key} {one!r} is not fetched"
    for one in _inner(value):
        yield from _fetched(one)


def _jsonld_triples(value: Any, place: Place, base: str) -> list[Triple]:
    try:
        text = json.dumps(value)
        quads = list(pyoxigraph.parse(text, format=RdfFormat.JSON_LD, base_iri=base))
    except (SyntaxError, ValueError) as error:
        raise InvalidDocument([place_problem(place, f"no JSON-LD: {error}")]) from error
    return [quad.triple for quad in quads]
