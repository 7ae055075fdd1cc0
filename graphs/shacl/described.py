"""A map as the data that shapes are tried on, and the terms that these data have."""

from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from graphs.rdf import iris as rdf
from graphs.rdf.iris import DCTERMS, DOC, RDF, SKOS, Iris
from graphs.rdf.write import Statements
from graphs.view import View
from ontology.model import Edge, Node
from ontology.vocabulary import Vocabulary

_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"

NAMES = {
    SKOS + "prefLabel": "label",
    SKOS + "altLabel": "alias",
    DCTERMS + "description": "text",
    DOC + "formula": "formula",
    RDF + "type": "kind",
}
"""What a map calls the properties of nodes that are no relations."""


def described(view: View, iris: Iris, *, documents: bool) -> Iterator[str]:
    """The nodes and edges as the view shows them, and the vocabulary, as Turtle; with what documents say of them.

    A node has one kind and one label here, whatever documents say. What was renamed, merged or ended is as it is now.
    """
    statements = Statements(iris.map, view.vocabulary, iris.base)
    yield view.vocabulary.turtle.decode()
    for node in view.nodes():
        said = Node(
            id=node.id, kind=node.kind, label=node.label, aliases=node.aliases, text=node.text, formula=node.formula
        )
        yield "".join(statements.on_node(said))
    for edge in view.edges():
        yield "".join(statements.on_node(Edge(source=edge.source, relation=edge.relation, target=edge.target)))
    for document in view.documents() if documents else ():
        yield statements.own(document)


def terms_of(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """The classes and the properties of data: those that are used or declared, and those above them."""
    classes, properties = set(), set()
    for text in texts:
        for quad in pyoxigraph.parse(text, RdfFormat.TURTLE, lenient=True):
            properties.add(quad.predicate.value)
            if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
                above = quad.predicate.value in (_RDFS + "subClassOf", _RDFS + "subPropertyOf")
                kind = quad.object.value.removeprefix(_OWL).removeprefix(RDF).removeprefix(_RDFS)
                if quad.predicate == rdf.TYPE:
                    classes.add(quad.object.value)
                    classes |= {quad.subject.value} if kind == "Class" else set()
                    properties |= {quad.subject.value} if kind in ("ObjectProperty", "Property") else set()
                elif above:
                    (classes if quad.predicate.value.endswith("subClassOf") else properties).add(quad.object.value)
    return classes, properties


def term_names(vocabulary: Vocabulary) -> dict[str, str]:
    """What a map calls the classes and properties of its data, by their IRIs."""
    kinds = {kind.iri: kind.name for kind in vocabulary.kinds.values()}
    return NAMES | kinds | {relation.iri: relation.name for relation in vocabulary.relations.values()}


def inverse_names(vocabulary: Vocabulary) -> dict[str, str]:
    """What relations are called from their target, by their IRIs."""
    return {relation.iri: relation.inverse for relation in vocabulary.relations.values()}
