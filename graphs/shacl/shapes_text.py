"""Shapes as somebody wrote them: read, and looked through for what is wrong, would reach out, or is nearly a word."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from keyword import kwlist

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from graphs.rdf.iris import DOC, PROV, RDF
from graphs.rdf.limits import check_turtle, checked_text
from graphs.shacl.results import SH
from graphs.sparql.guard import check_query
from ontology.errors import InvalidDocument, InvalidShapes, Problem, QueryError
from ontology.hints import meant, misspelt, near_or_all
from ontology.turtle import Lines
from ontology.vocabulary import NAMESPACE

_OWL_IMPORTS = "http://www.w3.org/2002/07/owl#imports"
_QUERIES = frozenset(SH + name for name in ("select", "ask", "construct"))
_CLASSES = frozenset(SH + name for name in ("targetClass", "class"))
_PROPERTIES = frozenset(
    SH + name for name in ("path", "targetSubjectsOf", "targetObjectsOf", "inversePath", "equals", "disjoint")
)
_ABOUT_DOCUMENTS = (DOC, PROV, *(RDF + name for name in ("Statement", "subject", "predicate", "object")))


@dataclass(frozen=True)
class ShapesText:
    """Shapes that can be tried, the text they were read from, and its file's name."""

    file: str
    text: str
    triples: tuple[Triple, ...]

    @cached_property
    def n_triples(self) -> str:
        """The same as lines."""
        return "".join(f"{one} .\n" for one in self.triples)

    @property
    def is_about_documents(self) -> bool:
        """Whether shapes may look at what documents say beside the nodes themselves; a query may look at anything."""
        return any(
            term.value in _QUERIES or term.value.startswith(_ABOUT_DOCUMENTS)
            for triple in self.triples
            for term in (triple.predicate, triple.object)
            if isinstance(term, NamedNode)
        )

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.triples, self.text, BASE)

    def about(self, iri: str) -> int:
        """The line at which the file begins to speak of a resource."""
        return self._lines.about(iri)

    def problem(self, triple: Triple, what: str, hint: str = "") -> Problem:
        """What is wrong at a triple."""
        return Problem(file=self.file, line=self._lines.of(triple), column=None, what=what, hint=hint)

    def near_misses(self, classes: Collection[str], properties: Collection[str]) -> Iterator[Problem]:
        """Words of SHACL, classes and properties that are nearly what there is, and imports, which are not followed."""
        told: set[str] = set()
        for one in self.triples:
            found = [*self._words_of_shacl(one), *self._names(one, classes, properties)]
            yield from (problem for problem in found if problem.what not in told)
            told |= {problem.what for problem in found}

    def _names(self, one: Triple, classes: Collection[str], properties: Collection[str]) -> Iterator[Problem]:
        iri = one.object.value if isinstance(one.object, NamedNode) else ""
        if iri and one.predicate.value == _OWL_IMPORTS:
            what = f"owl:imports <{iri}> is not followed: nothing is fetched"
            yield self.problem(one, what, "copy what is needed from there into this file")
        elif iri and one.predicate.value in _CLASSES and iri not in classes and iri not in self._declared:
            yield from self._unknown(one, "class", iri, classes)
        elif iri and one.predicate.value in _PROPERTIES and iri not in properties:
            yield from self._unknown(one, "property", iri, properties)

    @cached_property
    def _declared(self) -> set[str]:
        """What the file itself says that it is something."""
        named = (one.subject for one in self.triples if one.predicate.value == RDF + "type")
        return {subject.value for subject in named if isinstance(subject, NamedNode)}

    def _unknown(self, one: Triple, what: str, iri: str, known: Collection[str]) -> Iterator[Problem]:
        """A class or property that is nearly one of its namespace; in the vocabulary's own, any that it lacks."""
        space, name = _split(iri)
        others = {inner: other for other in known for outer, inner in [_split(other)] if outer == space}
        by_key = {one.casefold(): one for one in others}
        near = [by_key[key] for key in misspelt(name.casefold(), by_key)]
        if near or space == NAMESPACE:
            hint = meant(near) or near_or_all(name, sorted(others))
            yield self.problem(one, f"no vocabulary has the {what} <{iri}>", hint)

    def _words_of_shacl(self, one: Triple) -> Iterator[Problem]:
        for term in _iris(one):
            name = term.value.removeprefix(SH)
            if name != term.value and name not in self._known_words:
                near = meant(misspelt(name, self._known_words)) or "it is not looked at"
                yield self.problem(one, f"SHACL, as it is understood here, has no sh:{name}", near)

    @cached_property
    def _known_words(self) -> list[str]:
        from rdflib import SH as TERMS  # noqa: PLC0415  (a fifth of a second that only shapes must pay)

        words = [str(one).removeprefix(SH) for one in dir(TERMS) if str(one).startswith(SH)]
        return sorted([*words, *(word for word in kwlist if word in TERMS)])


BASE = "urn:shapes:"
"""Stands before IRIs that are relative."""


def read_shapes(file: str, body: bytes) -> ShapesText:
    """Read shapes from Turtle.

    Raises `InvalidShapes` with what is wrong where: no Turtle, no shapes, or what would reach out.
    """
    try:
        text = checked_text(body, file)
        check_turtle(text, file)
        found = ShapesText(
            file, text, tuple(one.triple for one in pyoxigraph.parse(text, RdfFormat.TURTLE, base_iri=BASE))
        )
    except InvalidDocument as error:
        raise InvalidShapes(error.problems) from error
    except SyntaxError as error:
        what = f"no Turtle: {error.msg}"
        raise InvalidShapes([Problem(file=file, line=error.lineno, column=error.offset, what=what)]) from error
    except ValueError as error:
        raise InvalidShapes([Problem(file=file, line=None, column=None, what=f"no Turtle: {error}")]) from error
    problems = list(_mistakes(found))
    if problems:
        raise InvalidShapes(problems)
    return found


def _mistakes(found: ShapesText) -> Iterator[Problem]:
    """What keeps shapes from being tried."""
    if not any(term.value.startswith(SH) for one in found.triples for term in _iris(one)):
        yield Problem(file=found.file, what="the file holds no shapes", hint=f"they are written with terms of <{SH}>")
    told: set[str] = set()
    for one in found.triples:
        scripts = {term.value for term in _iris(one) if term.value.startswith((SH + "js", SH + "JS"))} - told
        told |= scripts
        for iri in sorted(scripts):
            what = f"sh:{iri.removeprefix(SH)} is not allowed: no scripts are run"
            yield found.problem(one, what, "say it in SPARQL (sh:sparql)")
        if one.predicate.value in _QUERIES and isinstance(one.object, Literal):
            try:
                check_query(one.object.value)
            except QueryError as error:
                yield found.problem(one, f"a query of a shape: {error}")


def _iris(triple: Triple) -> Iterator[NamedNode]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode):
            yield term
        elif isinstance(term, Literal):
            yield term.datatype


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]
