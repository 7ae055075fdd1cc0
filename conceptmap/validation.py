"""Shapes (SHACL) tried on a map: what does not fit, in the map's words and at the lines of the notes that say it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from conceptmap.coach import Check
from conceptmap.reporters import SHAPES_FILE, Remark, Severity
from graphs.rdf.iris import Iris, edge_assertion, node_assertion
from graphs.shacl.described import described, inverse_names, term_names, terms_of
from graphs.shacl.results import SH, Outcome, Path, Result
from graphs.shacl.shapes_text import ShapesText, read_shapes
from graphs.shacl.trial import tried
from graphs.view import Citation, FoldedNode, View, cite
from ontology.errors import InvalidShapes, Problem, UnknownNode

_SEVERITIES: Mapping[str, Severity] = {"Violation": "error", "Warning": "warning", "Info": "note"}

_JOINS = {"sequence": ", then ", "alternative": " or ", "inverse": "", "many": "", "some": "", "maybe": ""}
_ENDINGS = {
    "inverse": " (backwards)",
    "many": " (any number of times)",
    "some": " (once or more)",
    "maybe": " (or itself)",
}
"""How the parts of a path are joined in words, and what stands behind them."""

MOST_IDLE = 5
"""Shapes that concern nothing, told one by one: a public vocabulary has hundreds."""

Try = Callable[[list[str], str], Outcome]


@dataclass(frozen=True, slots=True)
class Validation:
    """What does not fit the shapes, and what is to be said of the file of shapes itself."""

    checks: tuple[Check, ...]
    warnings: tuple[Problem, ...]

    @property
    def remarks(self) -> list[Remark]:
        """The warnings for a report."""
        return [
            Remark(one.file, one.line, one.column, SHAPES_FILE.name, "warning", one.what, one.hint)
            for one in self.warnings
        ]


def validate(view: View, map: str, file: str, body: bytes, try_shapes: Try = tried) -> Validation:
    """Try the shapes of a file on a map.

    Raises `InvalidShapes` where they cannot be tried, and `ShapesStopped` where they were not to the end.
    """
    shapes, iris = read_shapes(file, body), Iris(map)
    data = list(described(view, iris, documents=shapes.is_about_documents))
    outcome = try_shapes(data, shapes.n_triples)
    if outcome.error:
        line = shapes.about(outcome.term) if outcome.term else None
        raise InvalidShapes([Problem(file=file, line=line, column=None, what=_worded_error(outcome.error))])
    words = _Words(view, iris)
    warnings = [*shapes.near_misses(*terms_of(data)), *_idle(shapes, outcome, words)]
    checks = [words.check(one) for one in outcome.results]
    checks.sort(key=lambda one: (list(_SEVERITIES.values()).index(one.severity), one.rule, one.node, one.what))
    return Validation(tuple(dict.fromkeys(checks)), tuple(sorted(warnings, key=lambda one: one.line or 0)))


def validate_own(view: View, map: str, try_shapes: Try = tried) -> Validation:
    """Try the shapes that stand in what was added to the built-in vocabulary; mostly there are none."""
    added = view.vocabulary.added
    if SH not in added:
        return Validation((), ())
    return validate(view, map, "the vocabulary", added.encode(), try_shapes)


def _worded_error(error: str) -> str:
    return f"the shapes cannot be tried: {error}"


def _idle(shapes: ShapesText, outcome: Outcome, words: "_Words") -> list[Problem]:
    """Shapes that concern nothing in the map: their author may well think that all is checked. Of many, all at once."""
    places = sorted((shapes.about(iri), words.term(iri)) for iri in outcome.idle)
    if len(places) > MOST_IDLE:
        named = ", ".join(name for _, name in places[:MOST_IDLE])
        what = f"{len(places)} shapes concern nothing in the map: {named} and {len(places) - MOST_IDLE} more"
        return [Problem(file=shapes.file, line=places[0][0], column=None, what=what)]
    return [
        Problem(file=shapes.file, line=line, column=None, what=f"{name} concerns nothing in the map")
        for line, name in places
    ]


class _Words:
    """What results are called in a map, and where its notes say what they are about."""

    def __init__(self, view: View, iris: Iris) -> None:
        self._view = view
        self._iris = iris
        self._names = term_names(view.vocabulary)
        self._inverse = inverse_names(view.vocabulary)
        self._relations = {one.iri: one.name for one in view.vocabulary.relations.values()}

    def check(self, result: Result) -> Check:
        """A result as something to look at."""
        node = self._iris.node_id(result.focus) or ""
        rule = _local(result.shape) or "shape"
        said = result.message or self._sentence(result)
        subject = f"{self.term(result.focus)}: " if result.focus else ""
        cites = self._edge_cites(result, node) or self._cites(result.focus)
        return Check(rule, node, f"{subject}{_one_line(said)}", cites, _SEVERITIES.get(result.severity, "error"))

    def term(self, iri: str) -> str:
        """A node by its label, another term by the map's name for it, or by the end of its IRI; a text in quotes."""
        node = self._iris.node_id(iri)
        if node is not None and (found := self._node(node)):
            return repr(found.label)
        if iri in self._names:
            return repr(self._names[iri])
        if place := self._places.get(iri):
            return f"what {place.file} says"
        return repr(_local(iri) if _is_iri(iri) else iri)

    def _node(self, node: str) -> FoldedNode | None:
        try:
            return self._view.node(node)
        except UnknownNode:
            return None

    # What the result says, where the shape has no words of its own.

    def _sentence(self, result: Result) -> str:
        path = self._path(result.path)
        asked = {name: values[0] for name, values in result.asked.items()}
        kind = result.component.removesuffix("ConstraintComponent")
        value = "it" if result.value is None else self.term(result.value)
        is_about = f"{path!r} is {value}" if path else "it"
        wanted = ", ".join(map(self.term, result.asked.get(kind[:1].lower() + kind[1:], ())))
        match kind:
            case "MinCount":
                least = asked.get("minCount", "1")
                return f"has no {path!r}" if least == "1" else f"has fewer than {least} {path!r}"
            case "MaxCount":
                most = asked.get("maxCount", "0")
                return f"has {path!r}, which it must not" if most == "0" else f"has more than {most} {path!r}"
            case "Class":
                return f"{is_about}, which is no {wanted}" if path else f"is no {wanted}"
            case "Datatype" | "NodeKind" | "In" | "HasValue" | "LanguageIn":
                return f"{is_about}, not {wanted}" if path and result.value else f"{path!r} is not {wanted}"
            case "Pattern":
                return f"{is_about}, which does not match {asked.get('pattern', '')!r}"
            case "MinLength" | "MaxLength":
                side = "shorter" if kind == "MinLength" else "longer"
                return f"{is_about}, which is {side} than {wanted.strip(chr(39))} characters"
            case "MinInclusive" | "MaxInclusive" | "MinExclusive" | "MaxExclusive":
                return f"{is_about}, but the bound ({_spaced(kind)}) is {wanted}"
            case "Closed":
                return f"says {path!r}, which the shape does not allow"
            case "UniqueLang":
                return f"has several {path!r} in one language"
            case "SPARQL":
                return f"the query of the shape finds it{f' with {value}' if result.value else ''}"
            case _:
                of_what = f"{path!r} " if path else ""
                return f"{of_what}{'' if result.value is None else f'{value} '}does not fit ({_spaced(kind)})"

    def _path(self, path: Path | None) -> str:
        """A path in the words of the map."""
        if path is None or path == Path():
            return ""
        if path.iri:
            return self._names.get(path.iri) or _local(path.iri)
        if path.how == "inverse" and (name := self._inverse.get(path.parts[0].iri)):
            return name
        return _JOINS[path.how].join(map(self._path, path.parts)) + _ENDINGS.get(path.how, "")

    # Where the notes say it.

    def _edge_cites(self, result: Result, node: str) -> tuple[Citation, ...]:
        """The lines of the edge that a result is about."""
        other = self._iris.node_id(result.value or "")
        path = result.path or Path()
        source, target = node, other or ""
        if path.how == "inverse":
            path, source, target = path.parts[0], target, source
        if other is None or not node or path.iri not in self._relations:
            return ()
        edges = [
            edge
            for edge in self._view.edges_from(source)
            if edge.relation == self._relations[path.iri] and edge.target == target
        ]
        return tuple(cite(edge.assertions[-1]) for edge in edges[:1])

    def _cites(self, iri: str) -> tuple[Citation, ...]:
        node = self._iris.node_id(iri)
        if node is not None:
            found = self._node(node)
            return (cite(found.sayings[-1]),) if found else ()
        place = self._places.get(iri)
        return (place,) if place else ()

    @cached_property
    def _places(self) -> Mapping[str, Citation]:
        """Where documents, and what they say of nodes and edges, stand; by their IRIs."""
        places: dict[str, Citation] = {}
        for document in self._view.documents():
            iri = self._iris.document(document.day, document.part)
            undated = document.undated
            places[iri] = Citation(document.day, document.part, None, None, "stated", undated)
            said = [(node_assertion(iri, node.id), node.origin) for node in document.nodes]
            said += [(edge_assertion(iri, edge), edge.origin) for edge in document.edges]
            for one, origin in said:
                places[one] = Citation(document.day, document.part, origin.lines, origin.quote, origin.how, undated)
        return places


def _is_iri(text: str) -> bool:
    return re.match(r"[a-z][a-z0-9+.-]*:\S+$", text) is not None


def _local(iri: str) -> str:
    """The end of an IRI, which people read as its name."""
    return re.split(r"[/#:]", iri.rstrip("/#"))[-1] if iri else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _spaced(words: str) -> str:
    """`MinInclusive` as `min inclusive`."""
    return re.sub(r"(?<!^)(?=[A-Z][a-z])", " ", words).lower()
