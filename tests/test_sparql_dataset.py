"""The dataset: whatever parts say one after the other, it holds what they say now, as of every day."""

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, Triple

from graphs.entries import Write, canonical_json
from graphs.fold import PartKey, merged
from graphs.log import Log, open_log
from graphs.rdf.iris import BASE
from graphs.rdf.write import document_triples
from graphs.sparql import dataset as dataset_module
from graphs.sparql.dataset import Dataset
from graphs.sparql.engine import feed
from graphs.sparql.wire import PartText
from graphs.standing import standing
from ontology.model import STATED, Document, Edge, Node, Origin
from ontology.vocabulary import read_vocabulary

VOCABULARY = read_vocabulary()
NOW = datetime(2026, 11, 29, tzinfo=UTC)
Parts = dict[PartKey, list[Document]]

keys = st.builds(PartKey, st.integers(1, 4), st.sampled_from(["notes", "by:ada"]))
ids = st.sampled_from(["rye", "yeast", "dough"])
nodes = st.builds(
    Node,
    id=ids,
    kind=st.sampled_from(["Concept", "Claim"]),
    label=st.sampled_from(["A", 'B "b"\\']),
    aliases=st.sampled_from([(), ("A", "Ä"), ("A", "A")]),
    text=st.sampled_from([None, "two\nlines"]),
    mention=st.booleans(),
    origin=st.sampled_from([STATED, Origin(how="derived", lines=(1, 2), quote="q")]),
)
edges = st.builds(
    Edge,
    source=ids,
    relation=st.sampled_from(["requires", "contrasts with"]),
    target=ids,
    dimension=st.sampled_from([None, "Taste", "Time"]),
    place=st.sampled_from([None, 0, 1]),
)
few = st.builds(
    Document,
    map=st.just("bread"),
    day=st.just(1),
    part=st.just("notes"),
    title=st.sampled_from([None, "Bread"]),
    nodes=st.lists(nodes, max_size=3, unique_by=lambda node: node.id).map(tuple),
    edges=st.lists(edges, max_size=3, unique_by=lambda edge: edge.key).map(tuple),
)
steps = st.tuples(keys, st.sampled_from(["put", "put", "add", "end"]), few)


def made(parts: Mapping[PartKey, list[Document]] | None = None) -> Dataset:
    dataset = Dataset("bread", VOCABULARY, BASE)
    dataset.bring([said(key, said_by) for key, said_by in (parts or {}).items()])
    return dataset


def said(key: PartKey, documents: list[Document], *, joins: bool = False) -> PartText:
    texts = tuple(canonical_json(_placed(key, one)) for one in documents)
    return PartText(day=key.day, part=key.part, texts=texts, joins=joins)


def _placed(key: PartKey, document: Document) -> Document:
    return structs.replace(document, day=key.day, part=key.part)


def take(parts: Parts, dataset: Dataset, key: PartKey, kind: str, document: Document) -> None:
    """Do the same to the parts and to the dataset."""
    if kind == "add" and key in parts:
        parts[key].append(document)
        dataset.bring([said(key, [document], joins=True)])
    elif kind == "end":
        parts.pop(key, None)
        dataset.bring([said(key, [])])
    else:
        parts[key] = [document]
        dataset.bring([said(key, [document])])


def graphs(parts: Parts) -> dict[int, set[Triple]]:
    """What each day says, found without the dataset."""
    found: dict[int, set[Triple]] = {}
    for key, all_said in parts.items():
        one = merged([_placed(key, document) for document in all_said])
        found.setdefault(key.day, set()).update(document_triples(one, VOCABULARY))
    return found


def default_graph(dataset: Dataset) -> Counter[Triple]:
    """The default graph as queries see it, each triple as often as it counts."""
    results = dataset.store.query("SELECT ?s ?p ?o { ?s ?p ?o }", use_default_graph_as_union=not dataset.is_complete)
    assert isinstance(results, QuerySolutions)
    return Counter(Triple(row["s"], row["p"], row["o"]) for row in results)


def named_graphs(dataset: Dataset) -> dict[int, set[Triple]]:
    quads = dataset.store.quads_for_pattern(None, None, None, None)
    found: dict[int, set[Triple]] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, DefaultGraph):
            found.setdefault(int(quad.graph_name.value.rsplit("/", 1)[1]), set()).add(quad.triple)
    return found


def assert_holds(dataset: Dataset, parts: Parts) -> None:
    days = graphs(parts)
    assert default_graph(dataset) == Counter(set().union(*days.values()))
    if dataset.is_complete:
        assert named_graphs(dataset) == days
    else:
        assert all(one <= days[day] for day, one in named_graphs(dataset).items())


@given(st.lists(steps, max_size=8), st.integers(0, 8), st.integers(0, 5))
def test_whatever_parts_say_one_after_the_other_it_holds_what_they_say_now(
    taken: list[tuple[PartKey, str, Document]], completed: int, as_of: int
) -> None:
    parts: Parts = {}
    dataset = made()
    for number, (key, kind, document) in enumerate(taken):
        if number == completed:
            dataset.complete()
        take(parts, dataset, key, kind, document)
        assert_holds(dataset, parts)
    fresh, complete = made(parts), made(parts)
    complete.complete()
    until = {key: one for key, one in parts.items() if key.day <= as_of}
    for one in (dataset, fresh, complete):
        assert_holds(one, parts)
        one.drop_after(as_of)
        assert_holds(one, until)


@given(st.lists(st.tuples(keys, st.sampled_from(["put", "add", "add", "end", "undo"]), few), max_size=8), st.booleans())
def test_what_is_told_entry_by_entry_is_what_is_told_at_once(
    taken: list[tuple[PartKey, Any, Document]], completed: bool
) -> None:
    with closing(open_log("sqlite://")) as log:
        followed, known = made(), 0
        for key, kind, document in taken:
            write = entry(log, key, kind, document)
            log.append("bread", [write], log.last("bread"), NOW, first_day=None)
            known, news = feed(log, "bread", known, None)
            followed.bring(news)
            if completed:
                followed.complete()
        stands = standing(log.marks("bread"))
        parts = {key: [one.document for one in log.events("bread", only=of)] for key, of in stands.items()}
        at_once = made()
        last, news = feed(log, "bread", 0, None)
        at_once.bring(news)
        assert last == known == len(taken)
        for dataset in (followed, at_once):
            assert_holds(dataset, {key: [one for one in of if one] for key, of in parts.items()})


def entry(log: Log, key: PartKey, kind: Any, document: Document) -> Write:
    """What is to be written; an undoing names the newest entry that stands, if any does."""
    stands = standing(log.marks("bread", day=key.day, part=key.part)).get(key)
    target = stands[-1] if kind == "undo" and stands else None
    kind = "end" if kind == "undo" else kind
    content = None if kind == "end" else _placed(key, document)
    return Write(key.day, key.part, content, b"", "", "ada", kind=kind, target=target)


@given(st.lists(steps, max_size=6))
@settings(deadline=None, max_examples=20)
def test_a_store_of_which_much_was_taken_out_is_made_anew(taken: list[tuple[PartKey, str, Document]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset_module, "SPOILT", 0)
        parts: Parts = {}
        dataset = made()
        for key, kind, document in taken:
            take(parts, dataset, key, kind, document)
            assert_holds(dataset, parts)


def test_a_node_that_joins_a_large_part_costs_what_it_says() -> None:
    nodes = tuple(Node(id=f"n{number}", kind="Concept", label=f"N {number}") for number in range(300))
    key = PartKey(1, "notes")
    dataset = made({key: [Document(map="bread", day=1, part="notes", nodes=nodes)]})
    before = dataset.store
    quads = set(before)
    more = Document(map="bread", day=1, part="notes", nodes=(nodes[0], Node(id="rye", kind="Concept", label="Rye")))
    dataset.bring([said(key, [more], joins=True)])
    news = set(before) - quads
    assert {quad.subject.value.rsplit("/", 1)[1] for quad in news if isinstance(quad.subject, NamedNode)} == {
        "notes",
        "rye",
    }
    assert quads < set(before)
