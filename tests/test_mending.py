"""Mending: what people change, end, confirm and refuse on the map, and what notes that are read again make of it."""

from collections.abc import Iterator

import pytest

from conceptmap.atlas import open_atlas
from conceptmap.map import CourseMap
from conceptmap.mending import ChangeEdge, ChangeNode, Confirm, EndEdge, EndNode, Mend, Refuse
from conceptmap.notes import NoteFile
from ontology.errors import InvalidDocument, RefusedWrite, UnknownNode
from ontology.model import Edge, EdgeKey, Node

NOTES = """---
day: 2
course: bread
---
## Fermentation
Yeast turns sugar into gas.
- requires:: [[Yeast]] nothing rises without it

## Yeast
A fungus.

## Claim: Time beats kneading
- about:: [[Fermentation]]
- Evidence:
  - A no-knead dough rose as high
"""
REQUIRES = EdgeKey("fermentation", "requires", "yeast")
EVIDENCE = "a-no-knead-dough-rose-as-high"
SUPPORTS = EdgeKey(EVIDENCE, "supports", "time-beats-kneading")


@pytest.fixture
def bread() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["bread"]
        read(course, NOTES)
        yield course


def read(course: CourseMap, notes: str) -> None:
    course.load_notes([NoteFile("day-02.md", notes.encode())])


def mend(course: CourseMap, change: Mend, by: str = "ana") -> int:
    report = course.mend(change, by=by)
    return report.entries[0] if report.entries else 0


def read_again(course: CourseMap) -> None:
    """Edited elsewhere, so that the whole note is put anew."""
    read(course, f"{NOTES}\n## Salt\n- about:: [[Yeast]]\n")


def test_a_changed_node_keeps_its_words_when_the_notes_are_read_again(bread: CourseMap) -> None:
    mend(bread, ChangeNode("Yeast", label="Baker's yeast", text="A living thing.", kind="Method"))
    read_again(bread)
    node = bread.node("yeast")
    assert (node.label, node.text, node.kind) == ("Baker's yeast", "A living thing.", "Method")
    assert bread.node("Yeast").id == "yeast"


def test_a_change_ends_with_its_entry(bread: CourseMap) -> None:
    entry = mend(bread, ChangeNode("Yeast", label="Leaven", kind="Method"))
    bread.revert(entry)
    assert (bread.node("yeast").label, bread.node("yeast").kind) == ("Yeast", "Concept")


def test_what_is_so_already_is_no_entry(bread: CourseMap) -> None:
    assert mend(bread, ChangeNode("Yeast", label="Yeast", text="A fungus.", kind="Concept")) == 0
    assert mend(bread, ChangeEdge(REQUIRES, "requires")) == 0


def test_a_kind_that_stated_edges_do_not_allow_is_refused_with_their_place(bread: CourseMap) -> None:
    with pytest.raises(InvalidDocument) as raised:
        mend(bread, ChangeNode("Yeast", kind="Agent"))
    assert "day-02.md:7" in raised.value.problems[0].what


def test_a_kind_that_only_derived_edges_do_not_allow_refuses_these(bread: CourseMap) -> None:
    mend(bread, ChangeNode(EVIDENCE, kind="Unit"))
    assert bread.view().edge(SUPPORTS) is None
    assert bread.node(EVIDENCE).kind == "Unit"


def test_an_edge_is_turned_round_and_stays_so(bread: CourseMap) -> None:
    mend(bread, ChangeEdge(REQUIRES, turned=True))
    read_again(bread)
    view = bread.view()
    assert view.edge(REQUIRES) is None
    turned = view.edge(EdgeKey("yeast", "requires", "fermentation"))
    assert turned is not None and turned.note == "nothing rises without it"


def test_an_inverse_name_turns_an_edge_round(bread: CourseMap) -> None:
    mend(bread, ChangeEdge(REQUIRES, "unlocks"))
    assert bread.view().edge(EdgeKey("yeast", "requires", "fermentation")) is not None


def test_an_edge_gets_another_relation_and_keeps_its_place_on_the_drawn_map(bread: CourseMap) -> None:
    read(bread, f"{NOTES}\n```\nFermentation\n│\n└── Yeast\n```\n")
    mend(bread, ChangeEdge(REQUIRES, "leads to"))
    edge = bread.view().edge(EdgeKey("fermentation", "leads to", "yeast"))
    assert edge is not None and (edge.place, edge.parent) == (1, "source")


def test_an_ended_edge_stays_out_however_often_notes_say_it(bread: CourseMap) -> None:
    entry = mend(bread, EndEdge(REQUIRES))
    read_again(bread)
    assert bread.view().edge(REQUIRES) is None
    bread.revert(entry)
    assert bread.view().edge(REQUIRES) is not None


def test_what_a_contributor_says_after_an_edge_ended_is_shown(bread: CourseMap) -> None:
    bread.append(2, edges=[Edge(source="fermentation", relation="requires", target="yeast")], by="ben")
    mend(bread, EndEdge(REQUIRES))
    assert bread.view().edge(REQUIRES) is None
    bread.append(2, edges=[Edge(source="fermentation", relation="requires", target="yeast")], by="cem")
    edge = bread.view().edge(REQUIRES)
    assert edge is not None and [one.part for one in edge.assertions] == ["by:cem"]


def test_an_ended_node_takes_its_edges_along_and_comes_back_with_them(bread: CourseMap) -> None:
    before = bread.view().size
    entry = mend(bread, EndNode("Yeast"))
    read_again(bread)
    view = bread.view()
    assert not view.has_node("yeast") and view.edge(REQUIRES) is None and not bread.search("yeast fungus")
    with pytest.raises(UnknownNode):
        bread.node("Yeast")
    bread.revert(entry)
    assert bread.view().edge(REQUIRES) is not None and bread.view().size == before + 1


def test_nobody_says_unseen_what_another_ended(bread: CourseMap) -> None:
    mend(bread, EndNode("Yeast"))
    with pytest.raises(InvalidDocument) as raised:
        bread.append(2, [Node(id="yeast", kind="Concept", label="Yeast")], by="ben")
    assert "was ended" in raised.value.problems[0].what
    bread.append(2, [Node(id="yeast", kind="Concept", label="Yeast")], by="ana")
    assert bread.view().has_node("yeast")


def test_a_refused_proposal_stays_out_when_edited_notes_are_read(bread: CourseMap) -> None:
    edge, node = mend(bread, Refuse(SUPPORTS)), mend(bread, Refuse(EVIDENCE))
    read_again(bread)
    assert not bread.view().has_node(EVIDENCE)
    bread.revert(node)
    assert bread.view().has_node(EVIDENCE) and bread.view().edge(SUPPORTS) is None
    bread.revert(edge)
    assert bread.view().edge(SUPPORTS) is not None


def test_what_is_confirmed_is_no_proposal_any_more(bread: CourseMap) -> None:
    assert bread.node(EVIDENCE).is_derived
    mend(bread, Confirm(EVIDENCE))
    mend(bread, Confirm(SUPPORTS))
    edge = bread.view().edge(SUPPORTS)
    assert not bread.node(EVIDENCE).is_derived and edge is not None and edge.how == "stated"
    assert mend(bread, Confirm(SUPPORTS)) == 0


def test_what_is_stated_can_be_ended_and_not_refused(bread: CourseMap) -> None:
    for stated in ("Yeast", REQUIRES):
        with pytest.raises(RefusedWrite, match="stated"):
            mend(bread, Refuse(stated))


def test_an_edge_that_is_not_there_is_named_in_words(bread: CourseMap) -> None:
    with pytest.raises(RefusedWrite, match="no edge 'Yeast' leads to 'Fermentation'"):
        mend(bread, EndEdge(EdgeKey("Yeast", "leads to", "Fermentation")))


def test_who_names_an_unknown_relation_is_told_which_there_are(bread: CourseMap) -> None:
    with pytest.raises(RefusedWrite, match="no relation 'requirs'; did you mean 'requires'"):
        mend(bread, ChangeEdge(REQUIRES, "requirs"))
    with pytest.raises(RefusedWrite, match="no relation 'drinks'; there are supports, opposes"):
        mend(bread, ChangeEdge(REQUIRES, "drinks"))


def test_mends_are_listed_and_taken_back_in_any_order(bread: CourseMap) -> None:
    first = mend(bread, EndEdge(REQUIRES))
    mend(bread, ChangeNode("Yeast", label="Leaven"))
    mend(bread, Refuse(SUPPORTS))
    said = [(one.how, one.label, one.by) for one in bread.mended()]
    assert said == [
        ("refused", "A no-knead dough rose as high supports Time beats kneading", "ana"),
        ("changed", "Leaven", "ana"),
        ("ended", "Fermentation requires Leaven", "ana"),
    ]
    bread.revert(first)
    assert bread.view().edge(REQUIRES) is not None
    assert [one.how for one in bread.mended()] == ["refused", "changed"]


def test_the_history_of_a_node_has_its_end(bread: CourseMap) -> None:
    mend(bread, EndNode("Yeast"))
    newest = bread.node_history("yeast").steps[0]
    assert newest.said is not None and newest.said.ended and newest.node is None


def test_exports_and_queries_leave_out_what_is_ended(bread: CourseMap) -> None:
    mend(bread, EndNode("Yeast"))
    mend(bread, EndEdge(EdgeKey("time-beats-kneading", "about", "fermentation")))
    graph = bread.export("json")
    assert '"requires"' not in graph and '"about"' not in graph
    assert "requires::" not in "".join(bread.export_pieces("turtle"))


PLAIN = "# Week 2: yarn\n\nNeedle sizes: 4 mm goes with DK, 5 mm with worsted.\n"


@pytest.mark.parametrize(
    "change",
    [
        ChangeNode("Needle sizes", label="Sizes of needles"),
        ChangeNode("Needle sizes", text="In mm."),
        Confirm("Needle sizes"),
    ],
    ids=["renamed", "with a text", "confirmed"],
)
def test_what_a_note_says_of_a_mended_node_stays_when_the_note_is_read_again(bread: CourseMap, change: Mend) -> None:
    read(bread, PLAIN)
    mend(bread, change)
    before = bread.node("needle-sizes")
    assert before.data["gist"] == "4 mm goes with DK, 5 mm with worsted."
    read(bread, f"{PLAIN}\nMore about wool.\n")
    after = bread.node("needle-sizes")
    assert (after.label, after.text, after.data) == (before.label, before.text, before.data)
    assert {one.part for one in after.assertions} == {one.part for one in before.assertions}


def test_a_rename_that_is_undone_gives_a_node_back_the_name_of_its_note(bread: CourseMap) -> None:
    read(bread, PLAIN)
    renamed = mend(bread, ChangeNode("Needle sizes", label="Sizes of needles"))
    read(bread, f"{PLAIN}\nMore about wool.\n")
    bread.revert(renamed)
    assert bread.node("needle-sizes").label == "Needle sizes"


def test_an_emptied_text_stays_empty_when_the_notes_are_read_again_and_comes_back_with_undo(bread: CourseMap) -> None:
    entry = mend(bread, ChangeNode("Yeast", text=""))
    read_again(bread)
    assert bread.node("yeast").text is None
    assert mend(bread, ChangeNode("Yeast", text="")) == 0
    mend(bread, ChangeNode("Yeast", label="Leaven"))
    assert (bread.node("yeast").label, bread.node("yeast").text) == ("Leaven", None)
    bread.revert(entry + 2)
    bread.revert(entry)
    assert bread.node("yeast").text == "A fungus."


def note_of(course: CourseMap, key: EdgeKey = REQUIRES) -> str | None:
    edge = course.view().edge(key)
    assert edge is not None
    return edge.note


def test_an_emptied_note_stays_empty_whatever_notes_say_later_until_a_contributor_says_another(
    bread: CourseMap,
) -> None:
    entry = mend(bread, ChangeEdge(REQUIRES, note=""))
    assert note_of(bread) is None
    read(bread, NOTES.replace("nothing rises without it", "it must live"))
    assert note_of(bread) is None
    assert mend(bread, ChangeEdge(REQUIRES, note="")) == 0
    ben = mend(bread, ChangeEdge(REQUIRES, note="to rise"), by="ben")
    assert note_of(bread) == "to rise"
    bread.revert(ben)
    bread.revert(entry)
    assert note_of(bread) == "it must live"


def test_what_is_emptied_goes_out_and_comes_in_again(bread: CourseMap) -> None:
    mend(bread, ChangeEdge(REQUIRES, note=""))
    mend(bread, ChangeNode("Yeast", text=""))
    for form in ("jsonld", "trig"):
        with open_atlas("sqlite://") as atlas:
            copy = atlas["bread"]
            copy.replace(copy.whole(bread.export(form).encode(), form))
            assert (note_of(copy), copy.node("yeast").text) == (None, None)


def warnings_of(course: CourseMap, notes: str) -> list[str]:
    report = course.load_notes([NoteFile("day-02.md", notes.encode())])
    return [f"{one.line}: {one.what}; {one.hint}" for one in report.warnings]


AGAINST: dict[str, tuple[Mend, tuple[str, str], str]] = {
    "a name": (
        ChangeNode("Yeast", label="Leaven"),
        ("## Yeast\n", "## Baker's yeast {#yeast}\n"),
        "9: the note calls it \"Baker's yeast\" now, and ana called it 'Leaven' on the map (entry 2), which holds",
    ),
    "a text": (
        ChangeNode("Yeast", text="A living thing."),
        ("A fungus.", "A mushroom."),
        "9: the note has another text for 'Yeast' now, and ana changed its text on the map (entry 2), which holds",
    ),
    "a text taken away": (
        ChangeNode("Yeast", text=""),
        ("A fungus.", "A mushroom."),
        "9: the note has another text for 'Yeast' now, and ana took its text away on the map (entry 2), which holds",
    ),
    "a note taken away": (
        ChangeEdge(REQUIRES, note=""),
        ("nothing rises without it", "it must live"),
        "7: the note says why 'fermentation' requires 'yeast' now, and ana took that away on the map (entry 2), "
        "which holds",
    ),
}


@pytest.mark.parametrize("what", AGAINST)
def test_a_note_that_is_edited_against_a_mend_is_told_which_where_and_what_to_do(bread: CourseMap, what: str) -> None:
    change, (old, new), told = AGAINST[what]
    mend(bread, change)
    assert warnings_of(bread, f"{NOTES}\n") == []
    hint = "`conceptmap pull` writes it into the note; `conceptmap revert 2` takes it back"
    assert warnings_of(bread, NOTES.replace(old, new)) == [f"{told}; {hint}"]
    assert warnings_of(bread, NOTES.replace(old, new)) == []


def test_a_note_that_says_anew_what_was_ended_is_told(bread: CourseMap) -> None:
    mend(bread, EndEdge(REQUIRES))
    without = NOTES.replace("- requires:: [[Yeast]] nothing rises without it\n", "")
    assert warnings_of(bread, without) == []
    (told,) = warnings_of(bread, NOTES)
    assert told.startswith("7: the note says 'fermentation' requires 'yeast', and ana ended that on the map (entry 2)")
    mend(bread, EndNode("Yeast"))
    (told,) = warnings_of(bread, NOTES.replace("A fungus.", "A mushroom."))
    assert told.startswith("9: the note says 'Yeast', and ana ended it on the map (entry 5), which holds")
