"""SKOS: concepts and methods as a thesaurus, and thesauri of others read as concepts (W3C, SKOS Reference, 2009)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from conceptmap.formats.format import Format, Reader
from conceptmap.formats.loss import Fact, Kept, Loss, losses_of
from ontology.terms import ABOUT, CONCEPT, CONTRASTS_WITH, EXAMPLE_OF, METHOD, PART_OF, UNIT

if TYPE_CHECKING:
    from rdflib import Graph, Literal
    from rdflib.term import Node as Term

    from conceptmap.formats.format import Given, Reading, SentFile
    from conceptmap.formats.given import GivenEdge, GivenNode
    from graphs.rdf.iris import Iris
    from graphs.view import FoldedEdge, View
    from ontology.values import JsonValue

ISO_THES: Final = "http://purl.org/iso25964/skos-thes#"
"""The properties by which ISO 25964 tells apart what SKOS calls broader."""

BROADER: Final[Mapping[str, str]] = {PART_OF: "broaderPartitive", EXAMPLE_OF: "broaderInstantial"}
"""Relations that are written as broader, each with its name in `ISO_THES`."""

RELATED: Final = (CONTRASTS_WITH, ABOUT)
"""Relations that are written as related."""

KEEPS: Final = Kept(frozenset({"kind", "label", "aliases", "text"}), frozenset())

_TEXTS: Final = ("definition", "scopeNote", "note", "example", "historyNote", "editorialNote", "changeNote")
_MATCHES: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


def _is_written(view: "View", edge: "FoldedEdge") -> bool:
    """Whether an edge has a place in a thesaurus."""
    kinds = (view.kind(edge.source), view.kind(edge.target))
    if edge.dimension is not None or kinds[0] not in (CONCEPT, METHOD):
        return False
    if kinds[1] == UNIT:
        return edge.relation == PART_OF
    return kinds[1] in (CONCEPT, METHOD) and edge.relation in (*BROADER, *RELATED)


def write_skos(view: "View", base: str | None = None) -> Iterator[str]:
    """Concepts and methods with what is broader and related, and units as collections, as Turtle.

    Each relation stands there by our own name too, and so does the kind, so that they come back as they were. What
    other nodes say of a concept stands at it as a note.
    """
    import rdflib
    from rdflib.namespace import RDF, SKOS

    from graphs.rdf.iris import BASE, Iris
    from ontology.vocabulary import NAMESPACE

    iris = Iris(view.map or "map", base or BASE)
    graph = rdflib.Graph()
    for prefix, namespace in {"skos": str(SKOS), "iso-thes": ISO_THES, "cm": NAMESPACE, "": iris.nodes}.items():
        graph.bind(prefix, namespace, replace=True)
    scheme = rdflib.URIRef(f"{iris.base}maps/{iris.map}")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, SKOS.prefLabel, rdflib.Literal(iris.map)))
    for kind in (CONCEPT, METHOD, UNIT):
        for node in view.nodes(kind):
            _add_node(graph, view, iris, node.id, scheme)
    broader = _broader(view)
    for edge in view.edges():
        _add_edge(graph, view, iris, edge, broader)
    return iter(graph.serialize(format="turtle").splitlines(keepends=True))


def _add_node(graph: "Graph", view: "View", iris: "Iris", id: str, scheme: "Term") -> None:
    import rdflib
    from rdflib.namespace import RDF, SKOS

    node, subject = view.node(id), rdflib.URIRef(iris.node(id))
    graph.add((subject, RDF.type, SKOS.Collection if node.kind == UNIT else SKOS.Concept))
    graph.add((subject, RDF.type, rdflib.URIRef(view.vocabulary.kinds[node.kind].iri)))
    graph.add((subject, SKOS.prefLabel, rdflib.Literal(node.label)))
    for alias in node.aliases:
        graph.add((subject, SKOS.altLabel, rdflib.Literal(alias)))
    if node.text:
        graph.add((subject, SKOS.definition, rdflib.Literal(node.text)))
    if node.kind == UNIT:
        return
    graph.add((subject, SKOS.inScheme, scheme))
    for edge in view.edges_to(id, ABOUT):
        other = view.node(edge.source)
        if other.kind not in (CONCEPT, METHOD, UNIT):
            graph.add((subject, SKOS.note, rdflib.Literal(f"{other.kind}: {other.label}")))


def _broader(view: "View") -> dict[str, set[str]]:
    """What is said to be broader than each concept."""
    found: dict[str, set[str]] = defaultdict(set)
    for relation in BROADER:
        for edge in view.edges(relation):
            if _is_written(view, edge):
                found[edge.source].add(edge.target)
    return found


def _above(node: str, broader: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        news = broader.get(waiting.pop(), set()) - seen
        seen |= news
        waiting += news
    return seen


def _add_edge(graph: "Graph", view: "View", iris: "Iris", edge: "FoldedEdge", broader: Mapping[str, set[str]]) -> None:
    import rdflib
    from rdflib.namespace import SKOS

    if not _is_written(view, edge):
        return
    source, target = rdflib.URIRef(iris.node(edge.source)), rdflib.URIRef(iris.node(edge.target))
    graph.add((source, rdflib.URIRef(view.vocabulary.relations[edge.relation].iri), target))
    if view.kind(edge.target) == UNIT:
        graph.add((target, SKOS.member, source))
    elif edge.relation in BROADER:
        graph.add((source, SKOS.broader, target))
        graph.add((source, rdflib.URIRef(ISO_THES + BROADER[edge.relation]), target))
    elif edge.target not in _above(edge.source, broader) and edge.source not in _above(edge.target, broader):
        graph.add((source, SKOS.related, target))  # SKOS has nothing both broader and related (S27)


def lost(view: "View") -> Iterator[Loss]:
    """What has no place in a thesaurus: nodes of other kinds, edges of other relations, and most fields."""
    kept = {id for kind in (CONCEPT, METHOD, UNIT) for id in view.ids_of_kind(kind)}
    written = {str(edge.key) for edge in view.edges() if _is_written(view, edge)}
    for id in view.node_ids():
        if id not in kept:
            noted = any(edge.target in kept for edge in view.edges_from(id, ABOUT))
            yield Loss(Fact("node", id), "made general" if noted else "no place", "a note" if noted else "")
    for edge in view.edges():
        if str(edge.key) not in written:
            yield Loss(Fact("edge", str(edge.key)))
    for loss in losses_of(view, KEEPS):
        fact = loss.fact
        if fact.what == "part" or fact.id in (kept if fact.what == "node" else written):
            yield loss


def read_skos(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """A thesaurus: its concepts as Concepts, its collections as Units, what is broader as `part of` or `example of`.

    Labels of the language that most concepts have are the labels, others aliases. Raises `InvalidDocument` where
    there is no concept.
    """
    from dataclasses import replace

    from conceptmap.formats.given import given
    from conceptmap.formats.rdf_files import graph_of

    file = files[0]
    thesaurus = _Thesaurus(
        graph_of(file, _FORMS.get(file.path.lower().rpartition(".")[2], "turtle")), file.path, reading
    )
    found = given(thesaurus.nodes(), thesaurus.edges(), reading)
    return replace(found, losses=(*thesaurus.losses, *found.losses), warnings=(*thesaurus.warnings, *found.warnings))


_FORMS: Final = {"rdf": "xml", "xml": "xml", "owl": "xml", "nt": "nt"}


class _Thesaurus:
    """The concepts and collections of a graph."""

    def __init__(self, graph: "Graph", source: str, reading: "Reading") -> None:
        from rdflib.namespace import RDF, SKOS

        from ontology.errors import InvalidDocument, Problem

        self._graph = graph
        self._source = source
        self._vocabulary = reading.vocabulary
        self.losses: list[Loss] = []
        self.warnings: list[Problem] = []
        collections = (SKOS.Collection, SKOS.OrderedCollection)
        self._units = dict.fromkeys(
            sorted((one for of in collections for one in graph.subjects(RDF.type, of)), key=str)
        )
        self._concepts = dict.fromkeys(
            sorted(set(graph.subjects(RDF.type, SKOS.Concept)) - self._units.keys(), key=str)
        )
        if not self._concepts and not self._units and (None, RDF.type, SKOS.ConceptScheme) not in graph:
            types = sorted({str(one).rpartition("#")[2].rpartition("/")[2] for one in graph.objects(None, RDF.type)})
            what = f"no skos:Concept in its {len(graph)} triples (there are: {', '.join(types[:8]) or 'no types'})"
            hint = "a thesaurus is read, and a map that was exported here; an ontology or data is neither"
            raise InvalidDocument([Problem(file=source, line=None, column=None, what=what, hint=hint)])
        self._language = self._most_used_language()
        self._labels = {one: self._label(one) for one in (*self._concepts, *self._units)}

    def _most_used_language(self) -> str | None:
        """The language in which most concepts have a label; English, then none, of several equals."""
        from rdflib.namespace import SKOS

        counts: dict[str | None, int] = defaultdict(int)
        for one in self._concepts:
            for language in {label.language for label in self._literals(one, SKOS.prefLabel)}:
                counts[language] += 1
        ranked = sorted(counts, key=lambda one: (-counts[one], one != "en", one or ""))
        return ranked[0] if ranked else None

    def _literals(self, subject: "Term", predicate: "Term") -> "list[Literal]":
        import rdflib

        found = (one for one in self._graph.objects(subject, predicate) if isinstance(one, rdflib.Literal))
        return sorted(found, key=lambda one: (one.language or "", str(one)))

    def _label(self, subject: "Term") -> str:
        """The label in the thesaurus's language, else in any, else the last part of the address."""
        from rdflib.namespace import RDFS, SKOS

        from ontology.errors import Problem

        labels = self._literals(subject, SKOS.prefLabel) or self._literals(subject, RDFS.label)
        own = [str(one) for one in labels if one.language == self._language]
        if len(own) > 1:
            what = f"{_name(subject)} has {len(own)} preferred labels in one language; the others are aliases"
            self.warnings.append(Problem(file=self._source, line=None, column=None, what=what))
        return next(iter([*own, *map(str, labels)]), _name(subject))

    def nodes(self) -> "Iterator[GivenNode]":
        """Every concept and collection, those of one label apart by their addresses."""
        from collections import Counter

        from conceptmap.formats.given import GivenNode
        from ontology.names import node_id

        shared = Counter(node_id(label) for label in self._labels.values())
        for subject, label in self._labels.items():
            own = self._own(subject)
            apart = node_id(f"{label} {_name(subject)}") if shared[node_id(label)] > 1 else None
            kind = own[1] if own else UNIT if subject in self._units else None
            yield GivenNode(
                key=str(subject),
                label=label,
                id=own[0] if own else apart,
                kind=kind,
                aliases=tuple(self._aliases(subject, label)),
                text="\n\n".join(self._texts(subject, own is not None)) or None,
                data=dict(self._data(subject)),
            )

    def _own(self, subject: "Term") -> tuple[str, str] | None:
        """The id and kind of a node that was written here."""
        from rdflib.namespace import RDF

        from ontology.names import is_id

        names = {kind.iri: kind.name for kind in self._vocabulary.kinds.values()}
        kinds = [names[str(one)] for one in self._graph.objects(subject, RDF.type) if str(one) in names]
        id = str(subject).rpartition("/nodes/")[2]
        return (id, kinds[0]) if kinds and is_id(id) else None

    def _aliases(self, subject: "Term", label: str) -> Iterator[str]:
        from rdflib.namespace import SKOS

        for name in ("prefLabel", "altLabel", "hiddenLabel"):
            for one in self._literals(subject, SKOS[name]):
                if str(one) == label:
                    continue
                if name == "prefLabel":
                    field = f"label in {one.language}" if one.language else "second label"
                    self.losses.append(Loss(Fact("node", str(subject), field), "made general", "another name"))
                yield str(one)

    def _texts(self, subject: "Term", own: bool) -> Iterator[str]:
        """Definitions and notes in the thesaurus's language, or where there are none in it, in any."""
        from rdflib.namespace import SKOS

        for name in ("definition",) if own else _TEXTS:
            said = self._literals(subject, SKOS[name])
            languages = {one.language for one in said}
            taken = self._language if self._language in languages else next(iter(sorted(languages, key=str)), None)
            yield from (str(one) for one in said if one.language == taken)
            if others := sorted({str(one.language) for one in said if one.language != taken}):
                self.losses.append(Loss(Fact("node", str(subject), f"{name} in {', '.join(others)}")))

    def _data(self, subject: "Term") -> "Iterator[tuple[str, JsonValue]]":
        from rdflib.namespace import OWL, SKOS

        for name in ("notation", *_MATCHES):
            if found := sorted(str(one) for one in self._graph.objects(subject, SKOS[name])):
                yield name, list(found) if len(found) > 1 else found[0]
        if any(str(one).lower() in ("true", "1") for one in self._graph.objects(subject, OWL.deprecated)):
            yield "deprecated", True

    def edges(self) -> "Iterator[GivenEdge]":
        """What is broader, related and a member; where our own names say it, as these do."""
        from conceptmap.formats.given import GivenEdge

        said: set[frozenset[Term]] = set()
        for relation in (PART_OF, EXAMPLE_OF, CONTRASTS_WITH, ABOUT):
            for one, other in sorted(self._pairs(self._vocabulary.relations[relation].iri), key=str):
                said.add(frozenset((one, other)))
                yield GivenEdge(str(one), relation, str(other))
        for one, label, other in self._said_by_skos():
            if frozenset((one, other)) not in said:
                yield GivenEdge(str(one), label, str(other))

    def _pairs(self, predicate: str, *, turned: bool = False) -> "Iterator[tuple[Term, Term]]":
        """The pairs that a property joins, where both are there; what leads to nothing known is a loss."""
        import rdflib

        for one, other in self._graph.subject_objects(rdflib.URIRef(predicate)):
            source, target = (other, one) if turned else (one, other)
            if source in self._labels and target in self._labels:
                yield source, target
            elif source in self._labels or target in self._labels:
                name = predicate.rpartition("#")[2].rpartition("/")[2]
                self.losses.append(Loss(Fact("edge", f"{one} {name} {other}"), "refused"))

    def _said_by_skos(self) -> "Iterator[tuple[Term, str, Term]]":
        from rdflib.collection import Collection
        from rdflib.namespace import SKOS

        instances = {
            *self._pairs(f"{ISO_THES}broaderInstantial"),
            *self._pairs(f"{ISO_THES}narrowerInstantial", turned=True),
        }
        names = ("broader", "broaderGeneric", "broaderPartitive", "broaderInstantial")
        broader: set[tuple[Term, Term]] = set()
        for name in names:
            where = str(SKOS) if name == "broader" else ISO_THES
            broader |= {
                *self._pairs(where + name),
                *self._pairs(where + name.replace("broader", "narrower"), turned=True),
            }
        for one, other in sorted(broader, key=str):
            yield one, EXAMPLE_OF if (one, other) in instances else PART_OF, other
        related = {(min(pair, key=str), max(pair, key=str)) for pair in self._pairs(str(SKOS.related))}
        for one, other in sorted(related, key=str):
            yield one, "related", other
        for unit, member in sorted(self._pairs(str(SKOS.member)), key=str):
            yield member, PART_OF, unit
        for unit in self._units:
            for members in self._graph.objects(unit, SKOS.memberList):
                for member in Collection(self._graph, members):
                    if member in self._labels:
                        yield member, PART_OF, unit


def _name(subject: "Term") -> str:
    """The last part of an address, as a name where there is none."""
    from urllib.parse import unquote

    return unquote(str(subject).rstrip("/#").rpartition("#")[2].rpartition("/")[2])


FORMAT = Format(
    "skos",
    "concepts and methods as a thesaurus, in Turtle",
    write_skos,
    keeps=KEEPS,
    lost=lost,
    reader=Reader(
        read_skos, (".ttl", ".rdf", ".xml", ".nt", ".owl", ".skos"), lambda data: b"conceptmap/document#" not in data
    ),
)
