"""The history of a map and of a node, and reverting: the log is only ever added to."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small_writes as writes
from conceptmap.map import CourseMap
from conceptmap.shapes.changes import node_history_shape, step_shape
from graphs.entries import Entry, Write, canonical_json
from graphs.fold import Event, Fold, PartKey
from graphs.history import steps_of_node
from graphs.ledger import Ledger
from graphs.view import View
from ontology.errors import ConceptMapError, UnknownMap, UnknownNode
from ontology.model import Document, Node
from small_maps import VOCABULARY, contents, document, edge, fold, ledger, mention, node
from test_fold_properties import DAYS, IDS, PARTS, documents, histories, random_writes


@pytest.fixture
def book() -> Iterator[Ledger]:
    made = ledger()
    yield made
    made.log.close()


@pytest.fixture
def course(book: Ledger) -> CourseMap:
    """Three entries: yeast is told of, told of otherwise, and mentioned on the next day."""
    writes.put(book, document(1, node("Yeast", text="Alive.")), author="ada")
    writes.put(book, document(1, node("Yeast", text="A fungus."), node("Salt")), author="bob")
    writes.put(book, document(2, node("Dough"), mention("Yeast"), edge("Dough", "requires", "Yeast")))
    return CourseMap(book, "bread")


def test_the_newest_entry_comes_first_with_what_it_changed(course: CourseMap) -> None:
    said = [(one.line.sequence, one.status, *one.line.counts[:2]) for one in course.history()]
    assert said == [(3, "added", 4, 0), (2, "changed", 1, 1), (1, "added", 2, 0)]


def test_an_entry_says_who_wrote_what_when(course: CourseMap) -> None:
    assert step_shape(course.history()[1]) == {
        "entry": 2,
        "kind": "put",
        "target": None,
        "revision": 2,
        "author": "bob",
        "time": "2026-01-01T00:00:02.000000Z",
        "day": 1,
        "part": "notes",
        "media_type": "application/ld+json",
        "status": "changed",
        "added": 1,
        "changed": 1,
        "removed": 0,
    }


def test_a_day_has_a_history_of_its_own(course: CourseMap) -> None:
    assert [one.line.sequence for one in course.history(1)] == [2, 1]
    assert course.history(3) == []


def test_a_history_ends_where_the_map_is_read(course: CourseMap) -> None:
    assert [one.line.sequence for one in course.at(2).history()] == [2, 1]
    assert [one.line.sequence for one in course.as_of(1).history()] == [2, 1]
    assert [one.line.sequence for one in course.as_of(1).at(1).history()] == [1]


def test_a_map_that_is_not_there_has_no_history(book: Ledger) -> None:
    with pytest.raises(UnknownMap):
        CourseMap(book, "bread").history()


def test_a_node_is_shown_as_it_stood_after_each_entry(course: CourseMap) -> None:
    found = course.node_history("Yeast")
    told = [(one.entry.sequence, one.status, one.node.text if one.node else None) for one in found.steps]
    assert told == [(3, "added", "A fungus."), (2, "changed", "A fungus."), (1, "added", "Alive.")]
    assert (found.first_seen.entry.sequence, found.last_touched.entry.sequence) == (1, 3)


def test_an_entry_that_says_the_same_of_a_node_does_not_touch_it(course: CourseMap) -> None:
    writes.put(course.ledger, document(1, node("Yeast", text="A fungus."), node("Sugar")))
    assert course.node_history("yeast").last_touched.entry.sequence == 3
    assert course.node_history("sugar").first_seen.entry.sequence == 4


def test_a_node_that_is_gone_keeps_its_history(course: CourseMap) -> None:
    writes.put(course.ledger, document(1, node("Yeast", text="A fungus.")))
    found = course.node_history("Salt")
    newest = found.last_touched
    assert (newest.entry.sequence, newest.status, newest.node) == (4, "removed", None)
    assert found.last_known
    assert found.last_known.label == "Salt"


def test_a_node_that_never_was_has_no_history(course: CourseMap) -> None:
    with pytest.raises(UnknownNode):
        course.node_history("Sugar")


def test_the_history_of_a_node_as_json(course: CourseMap) -> None:
    said = node_history_shape(course.at(2).node_history("Yeast"))
    assert said["first_seen"] == {"entry": 1, "time": "2026-01-01T00:00:01.000000Z", "day": 1, "part": "notes"}
    assert [one["node"] and one["node"]["text"] for one in said["history"]] == ["A fungus.", "Alive."]
    assert said["history"][0]["said"] == {"id": "yeast", "kind": "Concept", "label": "Yeast", "text": "A fungus."}


def test_a_revert_is_an_entry_that_can_be_reverted(course: CourseMap) -> None:
    course.revert(2, author="eve")
    assert course.node("Yeast").text == "Alive."
    assert [one.line.author for one in course.history()] == ["eve", "", "bob", "ada"]
    course.revert(4)
    assert course.node("Yeast").text == "A fungus."


def test_a_dry_revert_says_what_it_would_change_and_writes_nothing(course: CourseMap) -> None:
    (part,) = course.revert(2, dry_run=True).parts
    assert [(one.status, one.subject) for one in part.items] == [("changed", "yeast"), ("removed", "salt")]
    assert course.ledger.log.last("bread") == 3


def entries_of(events: list[Event]) -> list[Entry]:
    """The entries that a log would hold of these events."""
    return [
        Entry(
            map="m",
            sequence=event.sequence,
            kind="put" if event.document else "end",
            target=None,
            day=event.key.day,
            part=event.key.part,
            revision=1,
            author="",
            time="",
            media_type="",
            reader="",
            root=None,
            counts=(0, 0, 0),
            digest=b"",
            chain=b"",
            erased=None,
            body=b"",
            text=None if event.document is None else canonical_json(event.document),
        )
        for event in events
    ]


@given(histories(), st.sampled_from(IDS), st.sampled_from((None, *DAYS)))
def test_a_nodes_history_tells_each_state_that_it_was_in(events: list[Event], name: str, day: int | None) -> None:
    steps = {step.entry.sequence: step for step in steps_of_node(entries_of(events), {name}, VOCABULARY, day)}
    for count, event in enumerate(events, 1):
        view = View(fold(*events[:count]), VOCABULARY, day)
        if event.sequence in steps:
            assert steps[event.sequence].node == (view.node(name) if view.has_node(name) else None)
        elif view.sees(event.key.day):
            before = View(fold(*events[: count - 1]), VOCABULARY, day)
            assert _said(before, name, event.key) == _said(view, name, event.key)


def _said(view: View, name: str, key: PartKey) -> list[Node]:
    """What the part's document says of the node."""
    return [one.item for one in view.fold.nodes.get(name, ()) if (one.day, one.part) == key]


@given(st.data())
def test_counts_tell_how_much_a_part_says_then(data: st.DataObject) -> None:
    book = ledger()
    with closing(book.log):
        random_writes(book, data)
        said: dict[PartKey, int] = {}
        for line in reversed(book.log.lines("m")):
            key = PartKey(line.day, line.part)
            said[key] = said.get(key, 0) + line.counts[0] - line.counts[2]
            view = book.view("m", line.sequence)
            document = view.document(key)
            assert said[key] == (_size(view.fold, document) if document else 0)


def _size(fold: Fold, document: Document) -> int:
    """How many nodes and edges it names; an edge that it names from both ends is one."""
    return len(document.nodes) + len({fold.own_key(edge.key) for edge in document.edges})


@given(st.data())
def test_a_step_says_whether_its_part_came_or_went(data: st.DataObject) -> None:
    book = ledger()
    with closing(book.log):
        random_writes(book, data)
        for step in CourseMap(book, "m").history() if book.log.last("m") else ():
            key = PartKey(step.line.day, step.line.part)
            before = book.view("m", step.line.sequence - 1).part(key) is not None
            after = book.view("m", step.line.sequence).part(key) is not None
            assert (step.status == "added", step.status == "removed") == (after and not before, before and not after)


@settings(max_examples=20)
@given(st.data())
def test_reverting_a_revert_restores_what_was_there(data: st.DataObject) -> None:
    book = ledger()
    with closing(book.log):
        for _ in range(data.draw(st.integers(1, 6))):
            day, part = data.draw(st.sampled_from(DAYS)), data.draw(st.sampled_from(PARTS))
            try:
                writes.put(book, data.draw(documents(day, part)))
            except ConceptMapError:
                continue
        last = book.log.last("m")
        before = contents(book.view("m").fold)
        if last and (report := _reverted(book, last)) is not None and report:
            writes.revert(book, "m", report[0])
            assert contents(book.view("m").fold) == before
            assert [entry.sequence for entry in book.log.entries("m")] == list(range(1, last + 3))


def _reverted(book: Ledger, entry: int) -> tuple[int, ...] | None:
    try:
        return writes.revert(book, "m", entry).entries
    except ConceptMapError:
        return None


def test_an_edge_between_nodes_that_are_one_by_now_is_counted_once() -> None:
    said = document(1, node("Rye"), mention("Secale", became="rye"), edge("Rye", "about", "Secale"), part="by:ada")
    book = ledger()
    with closing(book.log):
        for _ in range(2):
            book.write("bread", lambda _: [Write(1, "by:ada", said, b"", "application/json", "ada", kind="add")])
        assert [line.counts for line in book.log.lines("bread")] == [(3, 0, 0)]
