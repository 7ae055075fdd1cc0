"""What is told of triples that are none of ours: at which line each stands, why it is not read, what to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from graphs.rdf import iris as rdf
from graphs.rdf.iris import Iris
from ontology.errors import Problem
from ontology.hints import did_you_mean
from ontology.names import is_id, node_id
from ontology.turtle import Lines
from ontology.vocabulary import NAMESPACE, Vocabulary

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_INSTEAD = {
    _RDFS + "label": "skos:prefLabel",
    "http://purl.org/dc/terms/title": "skos:prefLabel",
    "http://schema.org/name": "skos:prefLabel",
    "http://xmlns.com/foaf/0.1/name": "skos:prefLabel",
    rdf.SKOS + "hiddenLabel": "skos:altLabel",
    _RDFS + "comment": "dcterms:description",
    rdf.SKOS + "definition": "dcterms:description",
    rdf.SKOS + "note": "dcterms:description",
    rdf.SKOS + "scopeNote": "dcterms:description",
    "http://purl.org/dc/elements/1.1/description": "dcterms:description",
}
"""What other programs write for one of our properties."""

_ALL_SAID = (
    "a class (a cm:Concept), skos:prefLabel, skos:altLabel, dcterms:description, doc:formula and relations (cm:about)"
)
_PREFIXED = sorted(((iri, prefix) for prefix, iri in {**rdf.PREFIXES, "rdfs": _RDFS}.items()), reverse=True)
MOST_SHOWN = 300
"""Characters of a term that are shown."""


@dataclass(frozen=True)
class Refusals:
    """Says of triples why they are not read; of a resource that cannot be a node only once."""

    iris: Iris
    vocabulary: Vocabulary
    source: str
    lines: Lines
    labels: Mapping[rdf.Object, Sequence[str]] = field(default_factory=dict)
    """What the text calls each resource, in the order in which a label would be chosen."""

    def of(self, rest: Iterable[Triple]) -> Iterator[Problem]:
        """A problem for each of the triples, in the order of their lines."""
        told = set()
        for triple in sorted(rest, key=lambda one: (self.lines.of(one), str(one))):
            what, hint = self._subject(triple) or self._predicate(triple) or self._object(triple)
            if (what, hint) not in told:
                told.add((what, hint))
                yield Problem(file=self.source, line=self.lines.of(triple), what=what, hint=hint)

    def _subject(self, triple: Triple) -> tuple[str, str] | None:
        subject = triple.subject
        if isinstance(subject, NamedNode):
            if subject.value.startswith(self.iris.nodes):
                return self._id(subject.value)
            if subject.value.startswith(self.iris.day(0)[:-1]):  # a document, or what it says
                return None
            return f"{short(subject)} is no node of this map", self._name_it(subject)
        return "a node has no IRI", self._name_it(subject)

    def _id(self, iri: str) -> tuple[str, str] | None:
        name = iri.removeprefix(self.iris.nodes)
        if is_id(name):
            return None
        return f"{name[:MOST_SHOWN]!r} is no id of a node", f"an id has letters, digits, '-' and '_': {node_id(name)}"

    def _name_it(self, resource: rdf.Object) -> str:
        labels = self.labels.get(resource, ())
        return f"the IRI of a node is {self.iris.node(node_id(labels[0]) if labels else 'ID')}"

    def _predicate(self, triple: Triple) -> tuple[str, str] | None:
        predicate = triple.predicate.value
        if predicate in (rdf.TYPE.value, rdf.LABEL.value, rdf.ALIAS.value, rdf.TEXT.value, rdf.FORMULA.value):
            return None
        relations = {relation.iri: relation.name for relation in self.vocabulary.relations.values()}
        if predicate in relations:
            return None
        if predicate.startswith(rdf.DOC):  # what documents say of themselves
            return f"not understood: {_shown(triple)}", "send what the export gives, or nodes and edges alone"
        hint = f"write {_INSTEAD[predicate]}" if predicate in _INSTEAD else ""
        if predicate.startswith(NAMESPACE):
            near = did_you_mean(predicate.removeprefix(NAMESPACE), [iri.removeprefix(NAMESPACE) for iri in relations])
            hint = near or "the relations are those of the vocabulary"
        return f"{short(triple.predicate)} is not read", hint or f"of a node is read: {_ALL_SAID}"

    def _object(self, triple: Triple) -> tuple[str, str]:
        said, name = triple.object, short(triple.predicate)
        if not isinstance(said, Literal):
            if triple.predicate == rdf.TYPE:
                return (
                    f"{_shown(triple)} is not read",
                    "a node has one class, of this vocabulary: cm:Concept, cm:Claim …",
                )
            what = (
                f"{short(said)} is no node of this map"
                if isinstance(said, NamedNode)
                else "what stands there has no IRI"
            )
            return f"{name}: {what}", self._name_it(said)
        if said.language:
            bare = f"write {rdf.quoted(said.value[:80])} without @{said.language}"
            also = ", and names in other languages as skos:altLabel" if triple.predicate == rdf.LABEL else ""
            return f"{name} has the language {said.language!r}", f"no languages are kept: {bare}{also}"
        if said.datatype.value != rdf.XSD + "string":
            return f"{name} is no text but {short(said.datatype)}", f"write {rdf.quoted(said.value[:80])}"
        line = " ".join(said.value.split())
        if triple.predicate in (rdf.LABEL, rdf.ALIAS) and line != said.value:
            return f"{name} is not one line with single spaces", f"write {rdf.quoted(line[:80])}"
        labels = self.labels.get(triple.subject, ()) if triple.predicate == rdf.LABEL else ()
        if len(labels) > 1:
            return (
                f"{name} stands there twice: {said.value[:80]!r}",
                f"{labels[0]!r} is read; make others skos:altLabel",
            )
        return f"not understood: {_shown(triple)}", "it does not fit the rest of what is said of the node"


def instead_of(predicates: Iterable[str], wanted: str) -> str:
    """A hint to write one of our properties, where another is used for it; else nothing.

    >>> instead_of(["http://www.w3.org/2000/01/rdf-schema#label"], "skos:prefLabel")
    'write skos:prefLabel for rdfs:label'
    """
    found = sorted(one for one in predicates if _INSTEAD.get(one) == wanted)
    return f"write {wanted} for {short(NamedNode(found[0]))}" if found else ""


def short(term: object) -> str:
    """A term as people write it: with the usual prefixes, and not too long."""
    if isinstance(term, NamedNode):
        for iri, prefix in _PREFIXED:
            if term.value.startswith(iri):
                return f"{prefix}:{term.value.removeprefix(iri)[:MOST_SHOWN]}"
    text = str(term)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _shown(triple: Triple) -> str:
    return " ".join(map(short, (triple.subject, triple.predicate, triple.object)))
