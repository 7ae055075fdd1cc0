"""From triples back to documents; a triple that is none of ours is a problem, never dropped.

Statements may also stand alone, without a document that says them: a node with its kind and label,
a direct edge. They are read as imported, into the part that the caller names.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import JsonValue, ValidationError
from pyoxigraph import Literal, NamedNode, Triple

from graphs.rdf import fields
from graphs.rdf import triples as said
from graphs.rdf.fields import Object
from graphs.rdf.iris import BASE, Iris, Terms
from ontology.errors import InvalidDocument, Problem
from ontology.model import Document, Edge, Node, Origin
from ontology.vocabulary import Vocabulary

MAX_PROBLEMS = 100

Said = dict[str, JsonValue]


@dataclass(frozen=True)
class Place:
    """Where triples are read into: a part of a map's day, and the name that messages give the source."""

    map: str
    day: int
    part: str
    source: str = "input"


def read_triples(given: Iterable[Triple], vocabulary: Vocabulary, place: Place, base: str = BASE) -> list[Document]:
    """The documents that the triples say, in order of day and part.

    Statements that no document says are read as imported, into the part of `place`. Raises
    `InvalidDocument`, listing every triple that belongs to no document of this map's day.
    """
    reader = _Reader(set(given), vocabulary, place, Iris(place.map, base))
    documents = reader.documents()
    rest = reader.given.difference(*(said.document_triples(one, vocabulary, base) for one in documents))
    if rest and not reader.problems:
        documents = reader.with_imported(documents, rest)
        rest = rest.difference(*(said.document_triples(one, vocabulary, base) for one in documents))
    problems = reader.problems or [
        place_problem(place, f"not understood: {_shown(one)}") for one in sorted(rest, key=str)
    ]
    if problems:
        raise InvalidDocument(shortened(problems, place))
    return documents


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
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._terms = Terms.of(self.vocabulary)
        self._by_subject: dict[str, dict[str, list[Object]]] = defaultdict(lambda: defaultdict(list))
        for triple in self.given:
            if isinstance(triple.subject, NamedNode):
                self._by_subject[triple.subject.value][triple.predicate.value].append(triple.object)

    def documents(self) -> list[Document]:
        """The documents that stand in the graph as such."""
        found = (self._document(subject) for subject in sorted(self._of_class(said.DOCUMENT_CLASS)))
        return sorted((one for one in found if one is not None), key=lambda one: (one.day, one.part))

    def with_imported(self, documents: list[Document], rest: set[Triple]) -> list[Document]:
        """The documents, the part of `place` enlarged by what else the graph says of nodes and edges."""
        key = (self.place.day, self.place.part)
        target = next((one for one in documents if (one.day, one.part) == key), None)
        if target is None:
            target = Document(map=self.place.map, day=self.place.day, part=self.place.part)
        known = {node.id for one in documents for node in one.nodes}
        nodes, edges = self._imported(rest, known)
        if not nodes and not edges:
            return documents
        larger = target.with_assertions((*target.nodes, *nodes), (*target.edges, *edges))
        others = [one for one in documents if one is not target]
        return sorted([*others, larger], key=lambda one: (one.day, one.part))

    def _document(self, subject: str) -> Document | None:
        data = self._read(subject, fields.DOCUMENT)
        if (data.get("map"), data.get("day")) != (self.place.map, self.place.day):
            what = f"<{subject}> is of map {data.get('map')!r}, day {data.get('day')!r}"
            hint = f"send it to the place it is of, not to map {self.place.map!r}, day {self.place.day}"
            self.problems.append(place_problem(self.place, what, hint))
            return None
        data["nodes"] = self._assertions(subject, said.HAS_NODE, self._node)
        data["edges"] = self._assertions(subject, said.HAS_EDGE, self._edge)
        try:
            return Document.model_validate(data)
        except ValidationError as error:
            self.problems += validation_problems(error, self.place)
            return None

    def _assertions(self, document: str, predicate: NamedNode, read: Callable[[str], Said]) -> list[JsonValue]:
        objects = self._by_subject[document][predicate.value]
        found = [(self._position(one.value), one.value) for one in objects if isinstance(one, NamedNode)]
        return [read(iri) for _, iri in sorted(found)]

    def _position(self, subject: str) -> int:
        predicate, codec = fields.POSITION
        position = self._one(subject, predicate, codec)
        return position if isinstance(position, int) else 0

    def _node(self, subject: str) -> Said:
        return {**self._read(subject, fields.NODE_ASSERTION), **self._origin(subject)}

    def _edge(self, subject: str) -> Said:
        data = {**self._read(subject, fields.EDGE_ASSERTION), **self._origin(subject)}
        if "relation" not in data:
            predicates = self._by_subject[subject][said.PREDICATE.value]
            names = (self._terms.relation(one.value) for one in predicates if isinstance(one, NamedNode))
            data["relation"] = next(filter(None, names), None)
        if values := self._link(subject, said.HAS_VALUES):
            data["values"] = self._read(values, fields.VALUES)
        return data

    def _origin(self, subject: str) -> Said:
        if not (source := self._link(subject, said.DERIVED_FROM)):
            return {}
        origin = self._read(source, fields.ORIGIN)
        predicate, codec = fields.LINE
        lines = [codec.read(one, self.iris) for one in self._by_subject[source][predicate.value]]
        numbers = sorted(line for line in lines if isinstance(line, int))
        if numbers:
            origin["lines"] = [numbers[0], numbers[-1]]
        return {"from": origin}

    def _read(self, subject: str, table: fields.Fields) -> Said:
        values = {name: self._one(subject, predicate, codec) for name, (predicate, codec) in table.items()}
        return {name: value for name, value in values.items() if value is not None}

    def _one(self, subject: str, predicate: NamedNode, codec: fields.Codec) -> JsonValue:
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
        return (subject for subject, said_of in self._by_subject.items() if of in said_of.get(said.TYPE.value, ()))

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
        kinds = [self._terms.kind(one.value) for one in about[said.TYPE.value] if isinstance(one, NamedNode)]
        labels = _texts(about[said.LABEL.value])
        kind = next((kind for kind in sorted(filter(None, kinds))), None)
        if kind is None or not labels:
            what = f"<{subject}> has no {'kind' if kind is None else 'skos:prefLabel'}"
            self.problems.append(
                place_problem(self.place, what, "say what it is (a cm:Concept, …) and how it is called")
            )
            return None
        data = {
            "id": node,
            "kind": kind,
            "label": labels[0],
            "aliases": _texts(about[said.ALIAS.value]),
            "text": next(iter(_texts(about[said.TEXT.value])), None),
            "formula": next(iter(_texts(about[said.FORMULA.value])), None),
            "from": Origin(how="imported"),
        }
        try:
            return Node.model_validate(data)
        except ValidationError as error:
            self.problems += validation_problems(error, self.place)
            return None

    def _imported_edges(self, node: str, subject: str, rest: set[Triple]) -> Iterator[Edge]:
        for predicate, objects in sorted(self._by_subject[subject].items()):
            relation = self._terms.relations.get(predicate)
            targets = [one for one in objects if Triple(NamedNode(subject), NamedNode(predicate), one) in rest]
            for iri in sorted(one.value for one in targets if isinstance(one, NamedNode)):
                if relation and (target := self.iris.node_id(iri)):
                    yield Edge(source=node, relation=relation, target=target, origin=Origin(how="imported"))


def validation_problems(error: ValidationError, place: Place) -> list[Problem]:
    """What pydantic found wrong, as problems."""
    return [
        place_problem(place, f"{'.'.join(map(str, one['loc'])) or 'document'}: {one['msg']}")
        for one in error.errors(include_url=False)
    ]


def _texts(objects: list[Object]) -> list[str]:
    return sorted(one.value for one in objects if isinstance(one, Literal))


def _shown(triple: Triple) -> str:
    text = str(triple)
    return text if len(text) <= 300 else text[:299] + "…"
