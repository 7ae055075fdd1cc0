"""A SPARQL query answered as a table of plain values, in the words that all other tables of a map use."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from conceptmap.notebook import heading, html, table, text_table
from conceptmap.plain_words import counted
from graphs.ledger import Ledger
from graphs.rdf.iris import BASE, XSD, Iris, Terms
from graphs.sparql.engine import Engine
from graphs.sparql.tables import TABLE_FORMS, Value, read_table
from graphs.sparql.wire import Limits, Query

Cell = str | int | float | bool | None

_NUMBERS: dict[str, type[int | float]] = {
    **{XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger")},
    **{XSD + name: float for name in ("decimal", "double", "float")},
}


@dataclass(frozen=True, repr=False)
class Solutions:
    """What a query finds: the names of its columns, and rows of plain values (None: nothing is bound).

    Nodes stand there by their ids, kinds and relations by their names, other IRIs whole; numbers and truth values are
    Python's. What a CONSTRUCT makes are rows of subject, relation and object.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def frame(self) -> dict[str, list[Cell]]:
        """The columns, as pandas, polars and pyarrow take them."""
        return {name: [row[place] for row in self.rows] for place, name in enumerate(self.columns)}

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return "\n".join([counted(len(self), "row"), text_table(self.columns, self.rows)] if self.rows else ["no rows"])

    def _repr_html_(self) -> str:
        return html(heading(counted(len(self), "row") if self.rows else "no rows"), table(self.columns, self.rows))


def solve(ledger: Ledger, name: str, text: str, *, as_of: int | None, at: int | None, seconds: float) -> Solutions:
    """What a query finds in a map, which a process of its own answers: it may fail, or take too long, without harm.

    Raises `RefusedQuery`, `InvalidQuery`, `AnswerTooLarge`, `QueryStopped` or `EngineAway`.
    """
    limits = Limits(seconds=seconds)
    query = Query(text=text, as_of=as_of, solutions=TABLE_FORMS[0], triples=TABLE_FORMS[1])
    with closing(Engine(ledger.log, ledger.vocabulary, BASE, limits)) as engine:
        found = read_table(engine.answer(name, query, at), limits.rows)
    iris, terms = Iris(name), Terms.of(ledger.vocabulary)
    rows = (tuple(_cell(value, iris, terms) for value in row) for row in found.rows)
    return Solutions(found.columns, tuple(rows))


def _cell(value: Value, iris: Iris, terms: Terms) -> Cell:
    if value.is_iri:
        return iris.node_id(value.text) or terms.kinds.get(value.text) or terms.relations.get(value.text) or value.text
    if value.datatype == XSD + "boolean":
        return value.text in ("true", "1", "yes")
    if number := _NUMBERS.get(value.datatype):
        return number(value.text)
    return value.text if value.text or value.datatype else None
