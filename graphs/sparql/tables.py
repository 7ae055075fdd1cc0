"""Answers of queries as tables: the solutions of SELECT, the yes or no of ASK, the triples of the other forms."""

import json
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from graphs.rdf.iris import XSD
from graphs.sparql.wire import SOLUTIONS, TRIPLES, Answer

TABLE_FORMS = (SOLUTIONS[0], TRIPLES[1])
"""The media types of answers that can be read as tables: those for solutions and for triples."""


class Value(NamedTuple):
    """What stands in a cell: an IRI, or words, perhaps of a datatype; an empty text where nothing does."""

    text: str
    is_iri: bool = False
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The names of columns and the first rows of an answer; `count` is how many rows it has. Triples have no order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    count: int
    has_triples: bool = False


def read_table(answer: Answer, most: int) -> Table:
    """An answer in one of `TABLE_FORMS` as a table of at most so many rows."""
    if answer.media_type == TRIPLES[1]:
        triples = [(one.subject, one.predicate, one.object) for one in parse(BytesIO(answer.body), RdfFormat.N_TRIPLES)]
        rows = [tuple(map(_value, triple)) for triple in triples[:most]]
        return Table(("subject", "relation", "object"), tuple(rows), len(triples), has_triples=True)
    said = json.loads(answer.body)
    if "boolean" in said:
        verdict = Value("yes" if said["boolean"] else "no", datatype=f"{XSD}boolean")
        return Table(("answer",), ((verdict,),), 1)
    names, found = said["head"]["vars"], said["results"]["bindings"]
    solutions = (tuple(_bound(one.get(name)) for name in names) for one in islice(found, most))
    return Table(tuple(names), tuple(solutions), len(found))


def _bound(term: dict[str, object] | None) -> Value:
    if term is None:
        return Value("")
    return Value(str(term["value"]), term["type"] == "uri", str(term.get("datatype", "")))


def _value(term: NamedNode | BlankNode | Literal | Triple) -> Value:
    if isinstance(term, Triple):
        return Value(str(term))
    return Value(term.value, isinstance(term, NamedNode), term.datatype.value if isinstance(term, Literal) else "")
