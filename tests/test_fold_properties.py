"""Properties of the fold over random sequences of events, on a universe small enough that they meet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import product
from typing import TypeVar

from hypothesis import assume, given
from hypothesis import strategies as st

import small_writes as writes
from graphs.fold import Asserted, Event, Fold, Item, PartKey, visible
from graphs.ledger import Ledger
from graphs.spread import spread_of
from graphs.standing import standing_events
from graphs.view import View
from graphs.walks import reach
from ontology.errors import ConceptMapError
from ontology.model import STATED, Document, Edge, EdgeKey, End, EndValues, Node, Origin
from ontology.names import name_key
from ontology.values import JsonValue
from small_maps import VOCABULARY, contents, fold, ledger, neighbours, state

Key = TypeVar("Key")

DAYS = (1, 2, 3, 7)
PARTS = ("notes", "by:ada", "by:bob")
IDS = ("a", "b", "c")
NAMES = ("a", "B", "Alpha", "alpha!", "beta", "C", "the delta")
RELATIONS = ("requires", "about", "contrasts with")
DERIVED = Origin(how="derived", rule="list")
DIMENSIONS = (None, "Time", "Cost")


@st.composite
def nodes(draw: st.DrawFn, name: str, *, joining: bool = False) -> Node:
    label = draw(st.sampled_from(NAMES))
    place = draw(st.sampled_from((None, 1, 2)))
    ends = [one for one in (*IDS, "d") if one != name]
    became = draw(st.sampled_from((*[None] * 6, *ends))) if joining else None
    if draw(st.booleans()):
        return Node(id=name, kind="Concept", label=label, mention=True, became=became, place=place)
    aliases = tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)))
    text = draw(st.sampled_from((None, "one", "two")))
    data: dict[str, JsonValue] = draw(st.sampled_from(({}, {"gist": "short"}, {"gist": "long", "domain": "Bakery"})))
    return Node(id=name, kind="Concept", label=label, aliases=aliases, text=text, data=data, became=became, place=place)


@st.composite
def edges(draw: st.DrawFn, ids: Sequence[str], *, may_refuse: bool) -> Edge:
    source, target = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
    relation = draw(st.sampled_from(RELATIONS))
    dimension = draw(st.sampled_from(DIMENSIONS)) if relation == "contrasts with" else None
    values = EndValues(source=f"of {source}", target=f"of {target}") if dimension and draw(st.booleans()) else None
    parent: End | None = draw(st.sampled_from((None, "source", "target")))
    place = draw(st.integers(1, 3)) if parent else None
    return Edge(
        source=source,
        relation=relation,
        target=target,
        dimension=dimension,
        values=values,
        place=place,
        parent=parent,
        refusal=may_refuse and draw(st.integers(0, 3)) == 0,
        origin=draw(st.sampled_from((STATED, DERIVED))),
    )


@st.composite
def documents(draw: st.DrawFn, day: int, part: str, *, joining: bool = False) -> Document:
    ids = draw(st.lists(st.sampled_from(IDS), max_size=3, unique=True))
    said = (
        draw(st.lists(edges(ids, may_refuse=part.startswith("by:")), max_size=5, unique_by=lambda edge: edge.key))
        if len(ids) > 1
        else []
    )
    named = tuple(draw(nodes(one, joining=joining)) for one in ids)
    return Document(map="m", day=day, part=part, nodes=named, edges=tuple(said))


@st.composite
def histories(draw: st.DrawFn, *, joining: bool = False) -> list[Event]:
    """Events as a log makes them: puts, ends, and reverts to what a part was before; `joining` also leads ids on."""
    events: list[Event] = []
    for sequence in range(1, draw(st.integers(0, 10)) + 1):
        key = PartKey(draw(st.sampled_from(DAYS)), draw(st.sampled_from(PARTS)))
        former = [event.document for event in events if event.key == key]
        choice = draw(st.sampled_from(("put", "put", "put", "end", "revert")))
        document = None if choice == "end" else draw(documents(*key, joining=joining))
        if choice == "revert" and former:
            document = draw(st.sampled_from(former))
        events.append(Event(sequence, key, document))
    return events


def standing(events: Sequence[Event]) -> list[Event]:
    """The events whose documents still stand."""
    last = {event.key: event for event in events}
    return [event for event in events if event is last[event.key] and event.document]


def seen(view: View) -> dict[str, object]:
    """All that a view says."""
    return {
        "days": view.days(),
        "nodes": list(view.nodes()),
        "edges": list(view.edges()),
        "from": {one: list(view.edges_from(one)) for one in IDS},
        "to": {one: list(view.edges_to(one)) for one in IDS},
        "named": {name: view.named(name) for name in (*IDS, *NAMES)},
        "introduced": {one: view.introduced_on(one) for one in IDS},
        "placed": (list(view.placed_nodes()), list(view.placed_edges())),
    }


@given(histories(joining=True))
def test_folding_event_by_event_equals_folding_what_stands(events: list[Event]) -> None:
    assert state(fold(*events)) == state(fold(*standing(events)))


@given(histories(joining=True), st.data())
def test_events_of_different_parts_commute(events: list[Event], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(standing(events)))
    assert state(fold(*shuffled)) == state(fold(*events))


@given(histories(joining=True))
def test_every_prefix_of_a_history_is_the_map_as_it_stood(events: list[Event]) -> None:
    growing = Fold(VOCABULARY)
    for count, event in enumerate(events, 1):
        growing.apply(event)
        assert state(growing) == state(fold(*standing(events[:count])))


@given(histories(joining=True), st.integers(0, 10), st.booleans())
def test_a_copy_goes_on_and_the_former_state_stays(events: list[Event], count: int, asked: bool) -> None:
    """However far both go, and whether names and neighbours were asked for before the copy or not."""
    former = fold(*events[:count])
    before = state(fold(*events[:count]))
    if asked:
        state(former)
    copy = former.copied()
    for event in events[count:]:
        copy.apply(event)
        if event.sequence % 3 == 0:
            copy = copy.copied()
    assert state(copy) == state(fold(*events))
    assert state(former) == before


def test_a_state_is_leased_as_long_as_a_view_of_it_is_held() -> None:
    one = fold()
    assert not one.is_leased
    held = View(one, VOCABULARY)
    earlier = held.up_to(3)
    del held
    assert one.is_leased
    del earlier
    assert not one.is_leased


@given(histories(joining=True), st.data())
def test_what_is_listed_and_counted_follows_the_fold(events: list[Event], data: st.DataObject) -> None:
    growing, left = Fold(VOCABULARY), list[tuple[Fold, object]]()
    for event in events:
        if data.draw(st.booleans()):
            left.append((growing, counted(View(growing, VOCABULARY))))
            growing = growing.copied()
        elif data.draw(st.booleans()):
            counted(View(growing, VOCABULARY))
        growing.apply(event)
    view = View(growing, VOCABULARY)
    assert counted(view) == counted(View(fold(*events), VOCABULARY)) == scanned(view)
    assert all(counted(View(state, VOCABULARY)) == then for state, then in left)


def counted(view: View) -> tuple[object, ...]:
    spread, ids = spread_of(view), {kind: list(view.ids_of_kind(kind)) for kind in (None, "Concept", "Claim")}
    placed = [one.id for one in view.placed_nodes()], [one.key for one in view.placed_edges()], set(view.placed_ids())
    return ids, placed, dict(spread.nodes), dict(spread.edges)


def scanned(view: View) -> tuple[object, ...]:
    """The same by a look at every node and edge."""
    nodes, edges = list(view.nodes()), list(view.edges())
    roots, joins = [one for one in nodes if one.place is not None], [one for one in edges if one.place is not None]
    ids = {kind: [one.id for one in nodes if kind in (None, one.kind)] for kind in (None, "Concept", "Claim")}
    under = {end for one in joins if one.parent for end in (one.source, one.target)}
    days = {one.id: view.introduced_on(one.id) or 0 for one in nodes}
    pairs = Counter((min(ends), max(ends)) for ends in ((days[one.source], days[one.target]) for one in edges))
    placed = [one.id for one in roots], [one.key for one in joins], {one.id for one in roots} | under
    return ids, placed, Counter(days.values()), pairs


@given(histories(), st.data())
def test_putting_the_same_document_again_changes_only_its_entry(events: list[Event], data: st.DataObject) -> None:
    assume(standing(events))
    event = data.draw(st.sampled_from(standing(events)))
    again = Event(len(events) + 1, event.key, event.document)
    assert contents(fold(*events, again)) == contents(fold(*events))
    assert state(fold(*events, event)) == state(fold(*events))


@given(histories(), st.data())
def test_removing_a_part_removes_only_what_it_alone_said(events: list[Event], data: st.DataObject) -> None:
    assume(standing(events))
    gone = data.draw(st.sampled_from(standing(events))).key
    before, after = fold(*events), fold(*events, Event(99, gone, None))
    assert after.nodes == _without(before.nodes, gone)
    assert after.edges == _without(before.edges, gone)


def _without(table: Mapping[Key, tuple[Asserted[Item], ...]], gone: PartKey) -> dict[Key, tuple[Asserted[Item], ...]]:
    kept = {key: tuple(one for one in said if (one.day, one.part) != gone) for key, said in table.items()}
    return {key: said for key, said in kept.items() if said}


@given(histories(), st.sampled_from((0, *DAYS)), st.integers(0, 8))
def test_as_of_and_at_are_independent(events: list[Event], day: int, entry: int) -> None:
    at = View(fold(*(event for event in events if event.sequence <= entry)), VOCABULARY, day)
    restricted = fold(*(event for event in events if event.sequence <= entry and event.key.day <= day))
    assert seen(at) == seen(View(restricted, VOCABULARY))


@given(histories(joining=True), st.sampled_from((0, *DAYS)))
def test_a_view_shows_nothing_of_later_days(events: list[Event], day: int) -> None:
    view = View(fold(*events), VOCABULARY, day)
    for node in view.nodes():
        assert max(node.days) == max(one.day for one in node.assertions) <= day
    for edge in view.edges():
        assert max(edge.days) == max(one.day for one in edge.assertions) <= day


@given(histories(joining=True), st.sampled_from((None, *DAYS)))
def test_walks_follow_exactly_the_edges_that_the_view_shows(events: list[Event], day: int | None) -> None:
    view = View(fold(*events), VOCABULARY, day)
    for relation, inverse in product(RELATIONS, (False, True)):
        symmetric = VOCABULARY.relations[relation].symmetric
        for start in IDS:
            found = reach(view, start, relation, inverse=inverse)
            assert set(found) == _reached(view, start, relation, inverse, symmetric)


def _reached(view: View, start: str, relation: str, inverse: bool, symmetric: bool) -> set[str]:
    """The same by brute force over all edges."""
    steps = {(edge.source, edge.target) for edge in view.edges(relation)}
    if inverse:
        steps = {(target, source) for source, target in steps}
    if symmetric:
        steps |= {(target, source) for source, target in steps}
    found = {start}
    while more := {target for source, target in steps if source in found} - found:
        found |= more
    return found - {start}


@given(histories(joining=True))
def test_a_pairs_day_is_the_first_that_joins_it(events: list[Event]) -> None:
    state_of = fold(*events)
    first: dict[tuple[str, str, str], int] = {}
    shown = {key: visible(said) for key, said in state_of.edges.items()}
    for key, said in ((key, said) for key, said in shown.items() if said):
        ends = [key[:3]]
        if VOCABULARY.relations[key.relation].symmetric:
            ends.append((key.target, key.relation, key.source))
        for one in ends:
            first[one] = min(first.get(one, said[0].day), said[0].day)
    backwards = {(one, relation, other): joined for (other, relation, one), joined in first.items()}
    assert _pairs(neighbours(state_of)) == first
    assert _pairs(neighbours(state_of, inverse=True)) == backwards


def _pairs(tables: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[tuple[str, str, str], int]:
    return {
        (one, relation, other): day
        for relation, table in tables.items()
        for one, others in table.items()
        for other, day in others.items()
    }


@given(histories(), st.sampled_from((None, *DAYS)))
def test_names_resolve_exactly_what_the_visible_assertions_say(events: list[Event], day: int | None) -> None:
    view = View(fold(*events), VOCABULARY, day)
    for name in (*IDS, *NAMES):
        said = {
            node.id
            for node in view.nodes()
            for one in node.assertions
            if name_key(name) in map(name_key, (node.id, one.item.label, *one.item.aliases))
        }
        assert view.named(name) == ([name] if view.has_node(name) else sorted(said))


@given(histories(), st.sampled_from((None, *DAYS)))
def test_the_values_of_a_comparison_stay_with_their_ends(events: list[Event], day: int | None) -> None:
    for edge in View(fold(*events), VOCABULARY, day).edges("contrasts with"):
        if edge.values:
            assert edge.values == EndValues(source=f"of {edge.source}", target=f"of {edge.target}")


@given(histories(joining=True))
def test_a_symmetric_edge_is_found_from_both_orders_of_its_ends(events: list[Event]) -> None:
    view = View(fold(*events), VOCABULARY)
    for edge in view.edges("contrasts with"):
        turned = EdgeKey(edge.target, edge.relation, edge.source, edge.dimension)
        assert view.edge(turned) == view.edge(edge.key) == edge


@given(st.data())
def test_a_ledgers_state_is_the_fold_of_its_log(data: st.DataObject) -> None:
    """Random puts, appends, deletes and reverts through the checked writes; refused ones leave everything as it was."""
    with closing((book := ledger()).log):
        random_writes(book, data)
        events = [entry.event for entry in book.log.entries("m")]
        assert state(book.view("m").fold) == state(whole(events))
        for entry in {0, len(events) // 2, len(events)}:
            assert state(book.view("m", entry).fold) == state(whole(events[:entry]))


def whole(events: Sequence[Event]) -> Fold:
    """The fold of what stands of all events of a map."""
    return Fold(VOCABULARY).apply_all(standing_events(events))


def random_writes(book: Ledger, data: st.DataObject, name: str = "m") -> None:
    """Writes of every sort to a map; each is read at once, sometimes while an earlier view is held."""
    held = []
    for _ in range(data.draw(st.integers(1, 9))):
        before = state(book.view(name).fold)
        if data.draw(st.booleans()):
            held.append((book.view(name), before))
        try:
            _write(book, data)
        except ConceptMapError:
            assert state(book.view(name).fold) == before
    assert all(state(view.fold) == before for view, before in held)


def _write(book: Ledger, data: st.DataObject) -> None:
    day, part = data.draw(st.sampled_from(DAYS)), data.draw(st.sampled_from(PARTS))
    match data.draw(st.sampled_from(("put", "append", "append", "delete", "revert", "revert newest"))):
        case "put":
            writes.put(book, data.draw(documents(day, part, joining=True)))
        case "append":
            writes.append(book, data.draw(documents(day, "by:ada", joining=True)), by="ada")
        case "delete":
            writes.delete(book, "m", day, data.draw(st.sampled_from((None, part))))
        case "revert":
            writes.revert(book, "m", data.draw(st.integers(1, 9)))
        case _:
            writes.revert(book, "m", max(1, book.log.last("m")))
