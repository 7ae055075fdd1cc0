"""Identity: an id outlives its label, and what was two nodes becomes one."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

import small_writes as writes
from conceptmap.formats.note_writer import typed_notes
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile
from conceptmap.shapes.changes import diff_shape
from graphs.fold import Event, Fold
from graphs.ledger import Ledger
from graphs.rdf.iris import BASE, SKOS
from graphs.rdf.read import read_documents
from graphs.search import search
from graphs.sparql.engine import Engine
from graphs.sparql.wire import Query
from graphs.view import View
from graphs.words import nearest_labels
from ontology.errors import InvalidDocument, RefusedWrite
from ontology.model import EdgeKey, Node
from ontology.vocabulary import NAMESPACE
from small_maps import VOCABULARY, document, edge, end, fold, ledger, mention, node, put, state, view
from test_fold_properties import IDS, NAMES, histories


def leading(label: str, into: str) -> Node:
    """A mention of a node that leads to another."""
    return mention(label, became=into)


DEPTH = document(
    1, node("Depth of field", text="What is sharp."), node("Light"), edge("Light", "about", "Depth of field")
)
DOF = document(
    2, node("DoF", text="How deep.", aliases=["Depth"]), node("Aperture"), edge("Aperture", "leads to", "DoF")
)
JOINED = document(2, leading("DoF", "depth-of-field"), part="by:ada")


@pytest.fixture
def book() -> Iterator[Ledger]:
    with closing((made := ledger()).log):
        yield made


@pytest.fixture
def course(book: Ledger) -> CourseMap:
    """One node under two names, on two days."""
    writes.put(book, DEPTH)
    writes.put(book, DOF)
    return CourseMap(book, "bread")


# What leads where.


def test_what_is_said_of_a_node_that_leads_to_another_is_said_of_that_one() -> None:
    seen = view(DEPTH, DOF, JOINED)
    one = seen.node("depth-of-field")
    assert (one.label, one.text, one.aliases, one.days) == (
        "Depth of field",
        "What is sharp.",
        ("Depth", "DoF"),
        (1, 2),
    )
    assert [(said.day, said.part, said.item.text) for said in one.sayings] == [
        (1, "notes", "What is sharp."),
        (2, "notes", "How deep."),
    ]
    assert {(found.source, found.target) for found in seen.edges()} == {
        ("light", "depth-of-field"),
        ("aperture", "depth-of-field"),
    }


def test_an_old_id_a_label_and_an_alias_lead_to_the_node() -> None:
    seen = view(DEPTH, DOF, JOINED)
    assert seen.node("dof") == seen.node("depth-of-field")
    assert [seen.named(name) for name in ("dof", "DoF", "Depth")] == [["depth-of-field"]] * 3
    assert seen.node_ids() == ["aperture", "depth-of-field", "light"]
    assert (seen.leads_to("dof"), seen.leads_to("light")) == ("depth-of-field", "light")


def test_what_is_one_is_one_on_every_day() -> None:
    """When it was said that two are one does not matter to what is seen of a day, only when it was entered."""
    early = view(DOF, document(5, node("Depth of field")), JOINED, as_of=2)
    assert (early.node("dof").id, early.node("dof").label) == ("depth-of-field", "DoF")


def test_edges_that_become_the_same_are_one_with_all_that_say_so() -> None:
    both = document(
        3,
        node("Lens"),
        mention("DoF"),
        mention("Depth of field"),
        *(edge("Lens", "requires", one) for one in ("DoF", "Depth of field")),
    )
    (found,) = view(DEPTH, DOF, both, JOINED).edges_from("lens")
    assert (found.target, len(found.assertions)) == ("depth-of-field", 2)


def test_an_edge_between_two_that_become_one_is_left_out_until_they_are_two_again() -> None:
    part = document(2, node("DoF"), mention("Depth of field"), edge("DoF", "part of", "Depth of field"))
    joined = fold(put(1, DEPTH), put(2, part), put(3, JOINED))
    assert all(key.source != key.target for key in joined.edges)
    joined.apply(end(4, 2, "by:ada"))
    assert EdgeKey("dof", "part of", "depth-of-field") in joined.edges


def test_ways_are_followed_to_their_end() -> None:
    chain = document(3, leading("A", "b"), leading("B", "c"), node("C"))
    assert view(chain).leads_to("a") == "c"


def test_of_two_words_on_where_an_id_leads_the_newest_entry_counts() -> None:
    one, other = (document(1, leading("A", target), part=f"by:{target}") for target in ("b", "c"))
    assert view(one, other).leads_to("a") == "c"
    assert view(other, one).leads_to("a") == "b"


def test_a_word_that_would_close_a_circle_leads_nowhere() -> None:
    there, back = document(1, leading("A", "b"), part="by:ada"), document(1, leading("B", "a"), part="by:bob")
    seen = view(document(1, node("A"), node("B")), there, back)
    assert (seen.leads_to("a"), seen.leads_to("b")) == ("b", "b")


@given(st.permutations(["ab", "bc", "ca", "db", "ad"]), st.sets(st.integers(0, 4)))
def test_merges_undone_in_any_order_leave_what_was_said_by_those_that_stand(pairs: list[str], undone: set[int]) -> None:
    base = put(1, document(1, *map(node, "ABCD"), edge("A", "leads to", "B"), edge("C", "about", "D")))
    said = [
        put(number, document(1, leading(pair[0].upper(), pair[1]), part=f"by:{number}"))
        for number, pair in enumerate(pairs, 2)
    ]
    growing = fold(base, *said)
    for number in undone:
        growing.apply(end(10 + number, 1, said[number].key.part))
    assert state(growing) == state(fold(base, *(one for number, one in enumerate(said) if number not in undone)))


# Renaming and merging a map.


def test_a_rename_keeps_the_id_and_the_former_label_finds_it(course: CourseMap) -> None:
    (part,) = course.rename("DoF", "Focus depth", by="ada").parts
    assert (part.day, part.part, part.kind) == (2, "by:ada", "add")
    found = course.node("dof")
    assert (found.id, found.label, found.aliases, found.text) == ("dof", "Focus depth", ("Depth", "DoF"), "How deep.")
    assert course.node("focus-depth").id == course.node("DoF").id == "dof"


def test_a_rename_holds_whatever_notes_say_later_until_it_is_undone(course: CourseMap, book: Ledger) -> None:
    report = course.rename("DoF", "Focus depth", by="ada")
    writes.put(book, document(7, node("DoF", text="Newest.")))
    assert (course.node("dof").label, course.node("dof").text) == ("Focus depth", "Newest.")
    course.revert(report.entries[0])
    assert course.node("dof").label == "DoF"


def test_a_second_rename_keeps_what_the_contributor_said_before(course: CourseMap) -> None:
    course.append(2, [node("DoF", text="Corrected.", correction=True)], by="ada")
    course.rename("dof", "Focus depth", by="ada")
    course.rename("dof", "Sharp depth", by="ada")
    found = course.node("DoF")
    assert (found.label, found.text) == ("Sharp depth", "Corrected.")
    assert course.node("Focus depth").id == "dof"


def test_a_rename_to_another_nodes_name_says_how_to_merge(course: CourseMap) -> None:
    with pytest.raises(RefusedWrite, match="conceptmap merge dof depth-of-field"):
        course.rename("DoF", "depth of field", by="ada")


def test_a_node_that_is_called_so_is_not_renamed(course: CourseMap) -> None:
    assert course.rename("dof", "DoF", by="ada").parts == ()


def test_merging_makes_one_of_two_and_undoing_makes_two_again(course: CourseMap) -> None:
    before = state(course.view().fold)
    report = course.merge("DoF", "Depth of field", by="ada")
    assert course.node("DoF").id == "depth-of-field"
    assert course.merge("dof", "depth-of-field", by="ada").parts == ()
    course.revert(report.entries[0])
    assert state(course.view().fold) == before


def test_a_dry_merge_changes_nothing(course: CourseMap) -> None:
    assert course.merge("DoF", "Depth of field", by="ada", dry_run=True).dry_run
    assert course.node("DoF").id == "dof"


def test_merging_a_node_that_is_only_mentioned_keeps_the_name_of_the_other(book: Ledger) -> None:
    writes.put(book, document(1, node("DoF"), mention("Depth of field"), edge("DoF", "requires", "Depth of field")))
    course = CourseMap(book, "bread")
    (warning,) = course.merge("DoF", "Depth of field", by="ada").warnings
    assert warning.what == "'DoF' requires 'Depth of field' would join one node to itself, and is left out"
    assert course.node("dof").label == "Depth of field"


def test_nodes_of_two_kinds_are_not_one(book: Ledger) -> None:
    writes.put(book, document(1, node("Ada", "Concept"), node("Ada Lovelace", "Source")))
    what = (
        r"'Ada' is a Concept \(notes\), 'Ada Lovelace' is a Source \(notes\): a node has one kind; give both the same"
    )
    with pytest.raises(RefusedWrite, match=what):
        CourseMap(book, "bread").merge("Ada", "Ada Lovelace", by="ada")


def test_a_day_is_neither_renamed_nor_merged(course: CourseMap) -> None:
    with pytest.raises(RefusedWrite, match="'Day 1' is a day"):
        course.rename("Day 1", "First", by="ada")
    with pytest.raises(RefusedWrite, match="'Day 1' is a day"):
        course.merge("Light", "Day 1", by="ada")


def test_a_merge_that_would_close_a_circle_is_refused(book: Ledger) -> None:
    said = [edge("A", "requires", "B"), edge("B", "requires", "C")]
    writes.put(book, document(1, *map(node, "ABC"), *said))
    with pytest.raises(InvalidDocument, match="'requires' runs in a circle"):
        CourseMap(book, "bread").merge("C", "A", by="ada")


def test_sizes_are_those_of_the_joined_map(course: CourseMap, book: Ledger) -> None:
    report = course.merge("DoF", "Depth of field", by="ada")
    writes.put(book, document(4, node("DoF"), node("Lens"), edge("Lens", "requires", "DoF")))
    for _ in range(2):
        seen = course.view()
        assert book.log.sizes()["bread"] == (seen.size, seen.edge_count)
        course.revert(report.entries[0])


def test_sizes_are_right_where_a_contributor_takes_back_what_an_id_leads_to(course: CourseMap, book: Ledger) -> None:
    writes.put(book, document(3, node("A"), node("B"), edge("A", "requires", "B")))
    writes.append(book, document(3, leading("B", "a")), by="ada")
    joined = course.view()
    writes.append(book, document(3, node("B", text="Another.")), by="ada")
    seen = course.view()
    assert (seen.size, seen.edge_count) == (joined.size + 1, joined.edge_count + 1)
    assert book.log.sizes()["bread"] == (seen.size, seen.edge_count)


def test_two_that_a_contributor_makes_two_again_may_not_require_each_other(book: Ledger) -> None:
    writes.put(book, document(3, node("A"), node("B"), edge("A", "requires", "B")))
    writes.append(book, document(3, leading("B", "a")), by="ada")
    with pytest.raises(InvalidDocument, match="'requires' runs in a circle"):
        writes.append(book, document(3, node("B", text="Another."), edge("B", "requires", "A")), by="ada")


def test_sizes_are_right_where_undoing_brings_back_an_older_word_on_where_an_id_leads(book: Ledger) -> None:
    writes.put(book, document(1, node("A"), node("B"), node("C"), edge("A", "requires", "C")))
    writes.put(book, document(1, leading("A", "b"), part="one"))
    writes.put(book, document(1, leading("A", "c"), part="other"))
    ended = writes.delete(book, "bread", 1, "one")
    writes.revert(book, "bread", ended.entries[0])
    seen = CourseMap(book, "bread").view()
    assert seen.leads_to("a") == "c"
    assert book.log.sizes()["bread"] == (seen.size, seen.edge_count)


def test_history_tells_of_a_node_under_all_its_ids(course: CourseMap) -> None:
    course.merge("DoF", "Depth of field", by="ada")
    steps = course.node_history("dof").steps
    assert [(one.entry.sequence, one.node.id if one.node else None) for one in steps] == [
        (3, "depth-of-field"),
        (2, "dof"),
        (1, "depth-of-field"),
    ]


# Notes after a merge.


def test_later_notes_that_link_or_define_the_old_name_give_the_one_node(course: CourseMap, book: Ledger) -> None:
    course.merge("DoF", "Depth of field", by="ada")
    text = b"---\nday: 4\n---\n## DoF\nShallow.\n\n## Lens\n- requires:: [[DoF]]\n- about:: [[Depth of field]]\n"
    assert writes.load(book, "bread", [NoteFile("day-04.md", text)]).warnings == ()
    seen = course.view()
    assert {key for key in seen.edge_keys_from("lens")} >= {
        EdgeKey("lens", "requires", "depth-of-field"),
        EdgeKey("lens", "about", "depth-of-field"),
    }
    assert seen.node("dof").label == "Depth of field"
    assert not any(one.id == "dof" for one in seen.nodes())


def test_a_later_edge_between_both_names_is_left_out_with_a_note(course: CourseMap, book: Ledger) -> None:
    course.merge("DoF", "Depth of field", by="ada")
    text = b"---\nday: 4\n---\n## DoF\n- part of:: [[Depth of field]]\n"
    (warning,) = writes.load(book, "bread", [NoteFile("day-04.md", text)]).warnings
    assert str(warning) == (
        "day-04.md:5:13: 'dof' part of 'depth-of-field': both are 'Depth of field', and it is left out; "
        "if they are two, `conceptmap revert` the merge"
    )


@given(histories(joining=True), st.data())
def test_what_finds_names_and_words_follows_what_leads_where(events: list[Event], data: st.DataObject) -> None:
    growing = Fold(VOCABULARY)
    for event in events:
        if data.draw(st.booleans()):
            found(View(growing, VOCABULARY))
            growing = growing.copied()
        growing.apply(event)
    assert found(View(growing, VOCABULARY)) == found(View(fold(*events), VOCABULARY))


def found(view: View) -> dict[str, object]:
    """What is found by each name."""
    return {
        name: ([hit.node.id for hit in search(view, name)], nearest_labels(view, name), view.named(name))
        for name in (*IDS, *NAMES, "one", "Bakery")
    }


# Exports and queries.


NAMED = "SELECT ?node WHERE { ?node a cm:Concept ; skos:prefLabel ?label } ORDER BY ?node"
WIDER = "SELECT ?node WHERE { ?node cm:leadsTo ?of . ?of skos:altLabel 'DoF' } ORDER BY ?node"


def test_queries_see_the_one_node(course: CourseMap) -> None:
    with closing(Engine(course.ledger.log, VOCABULARY, BASE)) as engine:

        def answer(query: str) -> list[str]:
            prefixes = f"PREFIX cm: <{NAMESPACE}> PREFIX skos: <{SKOS}> "
            said = json.loads(engine.answer("bread", Query(text=prefixes + query)).body)
            return [one["node"]["value"].rpartition("/")[2] for one in said["results"]["bindings"]]

        assert answer(NAMED) == ["aperture", "depth-of-field", "dof", "light"]
        (entry,) = course.merge("DoF", "Depth of field", by="ada").entries
        assert (answer(NAMED), answer(WIDER)) == (["aperture", "depth-of-field", "light"], ["aperture"])
        assert answer("SELECT ?node WHERE { ?old <http://purl.org/dc/terms/isReplacedBy> ?node }") == ["depth-of-field"]
        course.revert(entry)
        assert answer(NAMED) == ["aperture", "depth-of-field", "dof", "light"]


def test_exports_have_the_one_node_and_are_read_as_the_same_map(course: CourseMap, book: Ledger) -> None:
    course.merge("DoF", "Depth of field", by="ada")
    turtle = course.export("turtle")
    assert turtle.count('skos:prefLabel "DoF"') == 1 and "dcterms:isReplacedBy" in turtle
    for data in json.loads(course.export("jsonld")):
        again = read_documents(json.dumps([data]).encode(), VOCABULARY, "bread")
        CourseMap(book, "again").put(structs.replace(again[0], map="again"))
    seen, other = course.view(), CourseMap(book, "again").view()
    assert [(one.id, one.label, set(one.aliases)) for one in seen.nodes()] == [
        (one.id, one.label, set(one.aliases)) for one in other.nodes()
    ]
    assert list(map(str, seen.edge_keys())) == list(map(str, other.edge_keys()))
    assert other.leads_to("dof") == "depth-of-field"


def test_typed_notes_write_the_one_node(course: CourseMap) -> None:
    course.merge("DoF", "Depth of field", by="ada")
    notes = {one.name: one.text for one in typed_notes(course.view())}
    assert [name for name, text in notes.items() if "## DoF" in text] == []
    assert "[[Depth of field]]" in notes["day-2-notes.md"]


def test_a_diff_tells_what_was_merged_and_what_was_renamed(course: CourseMap) -> None:
    course.merge("DoF", "Depth of field", by="ada")
    course.rename("Light", "Daylight", by="ada")
    found = course.diff(course.at(2), course.at(4))
    assert ([one.id for one in found.diff.nodes.removed], found.diff.nodes.added) == (["dof"], ())
    assert {node: into.label for node, into in found.diff.merged.items()} == {"dof": "Depth of field"}
    assert not (found.diff.edges.added or found.diff.edges.removed or found.diff.edges.news)
    shape = diff_shape(found.diff)
    assert shape["merged"] == [{"node": "dof", "into": "depth-of-field"}]
    renamed = next(one for one in shape["changed"]["nodes"] if one["id"] == "light")
    assert renamed["changes"]["label"] == {"before": "Light", "after": "Daylight"}
