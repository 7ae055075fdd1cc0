"""Small maps for tests, made from documents: short builders, folds and ledgers in memory."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from conceptmap.coach import RULES, Check, Coach
from graphs.fold import Event, Fold, PartKey
from graphs.ledger import Ledger
from graphs.log import open_log
from graphs.view import View
from ontology.gate import read
from ontology.model import Document, Edge, Node
from ontology.names import node_id
from ontology.vocabulary import read_vocabulary

VOCABULARY = read_vocabulary()


def node(label: str, kind: str = "Concept", **said: Any) -> Node:
    """A definition, named by its label."""
    return read(Node, {"id": node_id(label), "kind": kind, "label": label, **said})


def mention(label: str, kind: str = "Concept", **said: Any) -> Node:
    """A mention, named by its label."""
    return node(label, kind, mention=True, **said)


def edge(source: str, relation: str, target: str, **said: Any) -> Edge:
    """An edge between the nodes that these labels name."""
    return read(Edge, {"source": node_id(source), "relation": relation, "target": node_id(target), **said})


def origin(line: int, how: str = "stated", quote: str | None = None) -> dict[str, Any]:
    """Where an assertion comes from, one line long."""
    return {"lines": (line, line), "how": how, "quote": quote}


def document(day: int, *items: Node | Edge, part: str = "notes", **said: Any) -> Document:
    """A document of the map `bread` with these nodes and edges."""
    nodes = tuple(item for item in items if isinstance(item, Node))
    edges = tuple(item for item in items if isinstance(item, Edge))
    return read(Document, {"map": "bread", "day": day, "part": part, "nodes": nodes, "edges": edges, **said})


def put(sequence: int, document: Document, author: str = "") -> Event:
    """The event that puts a document."""
    return Event(sequence, PartKey(document.day, document.part), document, author)


def end(sequence: int, day: int, part: str = "notes") -> Event:
    """The event that ends a part."""
    return Event(sequence, PartKey(day, part), None)


def fold(*events: Event) -> Fold:
    """The fold of these events."""
    return Fold(VOCABULARY).apply_all(events)


def view(*documents: Document, as_of: int | None = None) -> View:
    """A view of these documents, put in this order."""
    return View(fold(*(put(sequence, one) for sequence, one in enumerate(documents, 1))), VOCABULARY, as_of)


def checks(view: View, *rules: str) -> list[Check]:
    """What is to be looked at again in a view, by these rules or by all."""
    return Coach(view).checks(rules or RULES)


def state(fold: Fold) -> dict[str, Any]:
    """All that a fold shows, to compare two folds."""
    plain = {name: getattr(fold, name) for name in ("parts", "nodes", "edges", "refused", "led")}
    lists = {name: _sets(getattr(fold, name)) for name in ("outgoing", "incoming", "names")}
    walked = {inverse: neighbours(fold, inverse=inverse) for inverse in (False, True)}
    order = {inverse: _orders(tables) for inverse, tables in walked.items()}
    return {**plain, **lists, "walked": walked, "order": order}


def neighbours(fold: Fold, *, inverse: bool = False) -> dict[str, dict[str, dict[str, int]]]:
    """Who is joined to whom, by relation."""
    tables = {key.relation: neighbours_by(fold, key.relation, inverse=inverse) for key in fold.edges}
    return {relation: table for relation, table in tables.items() if table}


def neighbours_by(fold: Fold, relation: str, *, inverse: bool) -> dict[str, dict[str, int]]:
    """Who is joined to whom by a relation; a table that is filled node by node says the same as a whole one."""
    view = View(fold, VOCABULARY)
    table = view.neighbours(relation, inverse=inverse)
    asked = {node: dict(table[node]) for node in fold.nodes if table[node]}
    whole = {node: dict(days) for node, days in view.all_neighbours(relation, inverse=inverse).items()}
    assert asked == whole and _orders({relation: asked}) == _orders({relation: whole})
    return whole


def _orders(tables: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[tuple[str, str], list[str]]:
    """In which order a walk meets the neighbours of each node: it depends on what stands alone."""
    return {(relation, node): list(days) for relation, table in tables.items() for node, days in table.items()}


def _sets(table: Mapping[str, Iterable[Any]]) -> dict[str, set[Any]]:
    """The members of each list, whatever their order."""
    return {key: set(members) for key, members in table.items()}


def contents(fold: Fold) -> dict[str, Any]:
    """What is asserted, whatever the entries were in which it was said."""
    tables: Iterable[tuple[str, Mapping[Any, Iterable[Any]]]] = (("nodes", fold.nodes), ("edges", fold.edges))
    said = {
        name: {key: sorted((one.day, one.part, repr(one.item)) for one in held) for key, held in table.items()}
        for name, table in tables
    }
    return {**said, "forward": neighbours(fold), "backward": neighbours(fold, inverse=True)}


class Clock:
    """A clock that moves on one second whenever it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def ledger(url: str = "sqlite://") -> Ledger:
    """A ledger on a store in memory."""
    return Ledger(open_log(url), VOCABULARY, Clock())
