"""One query on a dataset, in the process that was made for it: the answer's bytes, or why there is none."""

import re
from itertools import islice
from typing import IO, cast

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from graphs.rdf.iris import PREFIXES
from graphs.sparql.dataset import Dataset
from graphs.sparql.queries import Limits, Outcome, Query

_PLACE = re.compile(r"error at (\d+):(\d+): ", re.ASCII)
_ROW = {
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\n",
    "text/tab-separated-values": b"\n",
    "application/sparql-results+json": b"}},{",
    "application/n-triples": b"\n",
}
"""What stands once in each row but perhaps the first; rows that bind nothing are only counted as bytes."""
MAX_MESSAGE = 200


class TooLarge(Exception):
    """The answer is over a limit, which stops the engine from writing on."""


class Sink:
    """Takes the bytes of an answer until they are too many."""

    def __init__(self, limits: Limits, row: bytes) -> None:
        self._limits = limits
        self._row = row
        self._size = self._rows = 0
        self._tail = b""
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take some bytes. Raises `TooLarge`."""
        self._size += len(data)
        self._rows += (self._tail + data).count(self._row)
        self._tail = bytes(data[1 - len(self._row) :]) if len(self._row) > 1 else b""
        if self._size > self._limits.size:
            raise TooLarge(f"the answer is larger than {self._limits.size:,} bytes; ask for less, or use LIMIT")
        if self._rows > self._limits.rows:
            raise TooLarge(f"the answer has more than {self._limits.rows:,} rows; ask for less, or use LIMIT")
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""


def evaluate(dataset: Dataset, query: Query, limits: Limits) -> tuple[Outcome, bytes]:
    """The head and the bytes of the answer. The dataset may be changed: it is this process's own copy."""
    try:
        return _answer(dataset, query, limits)
    except SyntaxError as error:
        return _syntax(str(error)), b""
    except TooLarge as error:
        return Outcome(error="too large", details={"what": str(error)}), b""
    except MemoryError:
        return Outcome(error="memory"), b""
    except (ValueError, OSError) as error:
        return Outcome(error="invalid", details={"what": _shortened(str(error))}), b""


def _answer(dataset: Dataset, query: Query, limits: Limits) -> tuple[Outcome, bytes]:
    if query.as_of is not None:
        dataset.drop_after(query.as_of)
    results = _results(dataset, query)
    is_triples = isinstance(results, QueryTriples)
    media_type = query.triples if is_triples else query.solutions
    if media_type is None:
        return Outcome(error="not acceptable", details={"of": "triples" if is_triples else "solutions"}), b""
    if isinstance(results, QueryTriples):
        return Outcome(media_type=media_type), _triples(results, media_type, limits)
    sink = Sink(limits, _ROW[media_type])
    results.serialize(cast(IO[bytes], sink), QueryResultsFormat.from_media_type(media_type))
    return Outcome(media_type=media_type), b"".join(sink.parts)


def _triples(results: QueryTriples, media_type: str, limits: Limits) -> bytes:
    triples = list(islice(results, limits.rows + 1))
    if len(triples) > limits.rows:
        raise TooLarge(f"the answer has more than {limits.rows:,} triples; ask for less, or use LIMIT")
    sink = Sink(limits, b"\0")
    form = RdfFormat.from_media_type(media_type)
    pyoxigraph.serialize(
        triples, cast(IO[bytes], sink), form, prefixes=PREFIXES if media_type == "text/turtle" else None
    )
    return b"".join(sink.parts)


def _results(dataset: Dataset, query: Query) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The results on the graphs that the protocol names, else on those of the query's own FROM, else on all."""
    if query.default_graphs is None and query.named_graphs is None:
        return dataset.store.query(query.text, base_iri=dataset.base)
    default = [NamedNode(iri) for iri in query.default_graphs or ()]
    named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in query.named_graphs or ()]
    return dataset.store.query(
        query.text,
        base_iri=dataset.base,
        default_graph=dataset.merged(default) if default else [],
        named_graphs=named,
    )


def _syntax(message: str) -> Outcome:
    place = _PLACE.match(message)
    details: dict[str, object] = {
        "what": f"no SPARQL query: {_shortened(message[place.end() :] if place else message)}"
    }
    if place:
        details |= {"line": int(place[1]), "column": int(place[2])}
    return Outcome(error="invalid", details=details)


def _shortened(message: str) -> str:
    text = " ".join(message.split())
    return text if len(text) <= MAX_MESSAGE else text[:MAX_MESSAGE].rsplit(",", 1)[0] + ", …"
