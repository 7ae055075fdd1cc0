"""What the page for queries shows: what was found as table, CSV and picture; examples; where a query is wrong."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice

from api.web.answer_view import answered_nodes, example_questions
from api.web.page_state import PageState
from conceptmap.ask import Answer
from conceptmap.map import CourseMap
from conceptmap.rdf import BASE, Iris, Table
from conceptmap.values import Citation, View
from ontology.errors import InvalidQuery
from ontology.terms import DAY
from ontology.vocabulary import NAMESPACE

MOST_ROWS = 200
"""Rows that are shown: who wants more takes them as CSV."""
MOST_DRAWN = 60
"""Nodes that are drawn with their names: more of them do not fit a page."""
MOST_LOOKED_AT = 5_000
"""Nodes or edges that are looked at for an example."""
LONGEST = 20_000
"""Characters of a query on the page: what goes into an address that proxies let pass."""

_SPARQL = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE)\b\s*(?=[^\s]*[?$*:<{(])", re.I)
_SHORT = {
    NAMESPACE: "",
    "https://w3id.org/conceptmap/document#": "doc:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/ns/prov#": "prov:",
}
"""What stands for the beginning of IRIs in a table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: words, and for a node its kind and its address, for a citation the place."""

    text: str
    kind: str = ""
    address: str = ""
    cite: Citation | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `nodes` are the ids of nodes in it; `sentence` is the answer to a question in plain words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    nodes: tuple[str, ...] = ()
    sentence: str = ""
    sparql: str = ""
    offers: tuple[str, ...] = ()

    def based(self, base: str) -> "Results":
        """The same where IRIs begin otherwise than by default."""
        return replace(self, sparql=self.sparql.replace(BASE, base))


@dataclass(frozen=True, slots=True)
class Example:
    """A query that runs on the map, and what it asks in plain words."""

    words: str
    query: str

    @property
    def is_sparql(self) -> bool:
        """Whether it is SPARQL."""
        return self.words != self.query


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a query; where that is known, its line, the words before the place and those from it on."""

    what: str
    line: int | None = None
    column: int | None = None
    before: str = ""
    behind: str = ""


def is_sparql(text: str) -> bool:
    """Whether a text is meant as SPARQL and not as a question in plain words.

    >>> is_sparql("SELECT ?a WHERE { ?a ?b ?c }"), is_sparql("Describe fermentation"), is_sparql("What is bread?")
    (True, False, False)
    """
    return _SPARQL.match(text) is not None or ("{" in text and "?" in text)


def mistake_of(error: Exception, query: str) -> Mistake:
    """What is wrong with a query, at its place."""
    if not isinstance(error, InvalidQuery) or error.line is None or error.column is None:
        return Mistake(str(error))
    lines = query.split("\n")
    text = lines[error.line - 1] if error.line <= len(lines) else ""
    what = str(error).partition(": ")[2]
    return Mistake(what, error.line, error.column, text[: error.column - 1], text[error.column - 1 :])


def found_by_sparql(table: Table, view: View, name: str, state: PageState, base: str) -> Results:
    """The table of a query's answer, with nodes by their labels."""
    iris = Iris(name, base)
    ids = [iris.node_id(value.text) for row in table.rows for value in row if value.is_iri]
    nodes = tuple(dict.fromkeys(one for one in ids if one and view.has_node(one)))
    rows = tuple(tuple(_cell(one.text, one.is_iri, iris, view, state) for one in row) for row in table.rows)
    return Results(table.columns, rows, table.count, nodes)


def found_by_question(answer: Answer, view: View, state: PageState, most: int | None) -> Results:
    """The table of what answers a question in plain words, of at most so many rows (None: all of them)."""
    rows = tuple(
        (
            _node_cell(one.id, view, state) if one.id and view.has_node(one.id) else Cell(one.label),
            Cell(one.kind or (one.dimension or "")),
            Cell("" if one.day is None else view.day_in_words(one.day)),
            Cell(one.text or ""),
            Cell(one.cites[0].place, cite=one.cites[0]) if one.cites else Cell(""),
        )
        for one in answer.answers[:most]
    )
    columns = ("answer", "kind", "day", "text", "where")
    nodes = tuple(sorted(one for one in answered_nodes(answer) if view.has_node(one)))
    offers = tuple(one.question for one in answer.offers) or tuple(one.question or one.label for one in answer.meant)
    return Results(columns, rows, len(answer.answers), nodes, answer.heading, answer.sparql(view) or "", offers)


def csv_of(found: Table | Results) -> bytes:
    """What was found as CSV (RFC 4180)."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(found.columns)
    writer.writerows([one.text for one in row] for row in found.rows)
    return text.getvalue().encode()


def examples(course: CourseMap, base: str) -> list[Example]:
    """Questions in plain words and queries that find something on this very map."""
    view = course.view()
    plain = [Example(one, one) for one in islice(example_questions(view), 3)]
    head = f"PREFIX cm: <{NAMESPACE}>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    counted = Example(
        "How many nodes there are of each kind",
        f"{head}SELECT ?kind (COUNT(?node) AS ?nodes) WHERE {{\n  ?node a ?kind ; skos:prefLabel ?label .\n}}\n"
        "GROUP BY ?kind ORDER BY DESC(?nodes)",
    )
    return [*plain, counted, *_relation_examples(view, head), *_node_examples(view, head, Iris(course.name, base))]


def _relation_examples(view: View, head: str) -> Iterator[Example]:
    """What the two relations join that join most, apart from those to days."""
    days = set(view.ids_of_kind(DAY))
    keys = islice(view.edge_keys(), MOST_LOOKED_AT)
    counts = Counter(key.relation for key in keys if not {key.source, key.target} & days)
    relations = view.vocabulary.relations
    used = sorted((one for one in counts if one in relations), key=lambda one: (-counts[one], one))
    for relation in used[:2]:
        yield Example(
            f"All that is joined by “{relation}”",
            f"{head}SELECT ?from ?to WHERE {{\n  ?from <{relations[relation].iri}> ?to .\n}}\nLIMIT 50",
        )


def _node_examples(view: View, head: str, iris: Iris) -> Iterator[Example]:
    """What stands around the node that is joined to most others."""
    ids = [one for one in islice(view.node_ids(), MOST_LOOKED_AT) if view.kind(one) != DAY]
    centre = max(ids, key=lambda one: (view.joins(one), one), default=None)
    if centre is not None and view.joins(centre):
        node = f"<{iris.node(centre)}>"
        yield Example(
            f"Everything around {view.node(centre).label}",
            f"{head}CONSTRUCT {{ ?a ?relation ?b }} WHERE {{\n  ?a ?relation ?b .\n  ?a skos:prefLabel ?one .\n"
            f"  ?b skos:prefLabel ?other .\n  FILTER(?a = {node} || ?b = {node})\n}}",
        )


def _cell(text: str, is_iri: bool, iris: Iris, view: View, state: PageState) -> Cell:
    if not is_iri:
        return Cell(text)
    node = iris.node_id(text)
    if node and view.has_node(node):
        return _node_cell(node, view, state)
    begin = next((one for one in _SHORT if text.startswith(one)), None)
    if begin is None:
        return Cell(text.removeprefix(f"{iris.base}maps/{iris.map}/"))
    short = text.removeprefix(begin)
    known = next((one.name for one in view.vocabulary.relations.values() if one.iri == text), short)
    return Cell(f"{_SHORT[begin]}{known}")


def _node_cell(node: str, view: View, state: PageState) -> Cell:
    shown = view.node(node)
    return Cell(shown.label, shown.kind, state.address(view.map or "", focus=node, q=None, edge=None, find=None))
