from pathlib import Path

import pytest
from msgspec import structs

from conceptmap.draw import Selection, draw, draw_text
from conceptmap.notes import NoteFile, read_notes
from drawn_maps import QUESTION, bread_view, robot_view, under
from ontology.errors import DrawingFailed, UnknownNode
from small_maps import VOCABULARY, document, edge, mention, node
from small_maps import view as view_of

GOLDEN = Path(__file__).parent / "golden" / "draw"


def test_the_day_26_map_comes_out_as_the_lesson_draws_it(shared: Path) -> None:
    assert draw(robot_view(), "text") == (shared / "course" / "day-26-diagram.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("day", [1, 2, 3])
def test_the_bread_map_grows_day_by_day(day: int) -> None:
    assert draw(bread_view(day), "text") == (GOLDEN / f"bread-{day}.txt").read_text(encoding="utf-8")


def test_smaller_maps_are_drawn_as_of_earlier_days() -> None:
    assert draw_text(robot_view(14)).splitlines() == [
        "Information Theory (Day 5)",
        "│",
        "├── Compression = Understanding",
        "│",
        "Transformer",
        "│",
        "├── Attention = Dynamic routing",
        "└── Same arch scales to any size",
    ]


def test_without_a_chosen_day_the_newest_day_is_not_marked() -> None:
    assert draw_text(robot_view()) == draw_text(robot_view(26))
    assert "The Bitter Lesson: scale > cleverness (Day 26)" in draw_text(robot_view(27))


def test_an_empty_map_says_so() -> None:
    assert draw_text(robot_view(1)) == "Nothing is placed on the map as of day 1."
    assert draw_text(view_of()) == "Nothing is placed on the map yet."


def test_a_root_without_branches_has_one_bar_below() -> None:
    view = view_of(document(1, node("Salt", place=1), node("Water", place=2)))
    assert draw_text(view) == "Salt\n│\nWater"


def test_the_heading_of_undated_notes_names_no_day() -> None:
    drawn = draw(view_of(document(0, node("Salt"), undated=True)), "outline")
    assert isinstance(drawn, str) and drawn.splitlines()[0] == "bread"


def test_an_aside_comes_after_the_branches() -> None:
    aside = [under("Yeast", "Doubt", 1, "leads to"), under("Doubt", "Why?", 1, "asks")]
    nodes = [node("Yeast", place=1), node("Doubt"), node("Why?", "Question"), node("Heat")]
    view = view_of(document(1, *nodes, *aside, under("Yeast", "Heat", 2)))
    assert draw_text(view) == "Yeast\n│\n└── Heat\n→ Doubt:\n  Why?"


def test_a_node_with_more_than_its_question_is_a_branch() -> None:
    nodes = [node("Yeast", place=1), node("Doubt"), node("Why?", "Question"), node("Heat")]
    edges = [under("Yeast", "Doubt", 1, "leads to"), under("Doubt", "Why?", 1, "asks"), under("Doubt", "Heat", 2)]
    view = view_of(document(1, *nodes, *edges))
    assert draw_text(view) == "Yeast\n│\n└── Doubt\n    │\n    ├── Why?\n    └── Heat"


def test_a_gist_that_is_no_plain_text_is_left_out() -> None:
    for gist in (["a"], "", None):
        view = view_of(document(1, node("Time beats kneading", "Claim", place=1, data={"gist": gist})))
        assert draw_text(view) == "Time beats kneading"
    assert draw_text(view_of(document(1, node("Yeast", place=1, data={"gist": "alive"})))) == "Yeast"


def test_a_focus_draws_what_is_near_it_each_node_once_behind_its_relation() -> None:
    drawn = draw_text(robot_view(26), Selection(focus="the-bitter-lesson", depth=2))
    assert drawn.splitlines() == [
        "The Bitter Lesson: scale > cleverness",
        "│",
        "├── leads to: Implication for VLAs",
        "│   │",
        f"│   └── asks: {QUESTION}",
        "└── part of: Transformer (Day 14)",
        "    │",
        "    ├── has part: Attention = Dynamic routing",
        "    └── has part: Same arch scales to any size",
    ]


def test_edges_between_the_neighbours_of_a_focus_are_counted_with_the_way_to_see_them() -> None:
    joins = [edge("A", "requires", "B"), edge("B", "part of", "A"), edge("A", "about", "C"), edge("B", "about", "C")]
    drawn = draw_text(view_of(document(1, node("A"), node("B"), node("C"), *joins)), Selection(focus="a"))
    assert drawn.splitlines() == [
        "A",
        "│",
        "├── requires, has part: B",
        "└── about: C",
        "",
        "1 more edge joins what stands here; for all: conceptmap draw --focus a --format outline, "
        "or /maps/bread/diagram.txt?all=true&focus=a.",
    ]


def test_a_focus_need_not_be_placed_but_must_be_there() -> None:
    view = view_of(document(1, node("Yeast", place=1), node("Salt")))
    assert draw_text(view, Selection(focus="salt")) == "Salt"
    with pytest.raises(UnknownNode):
        draw_text(view, Selection(focus="pepper"))


@pytest.mark.parametrize("selection", [Selection(whole=True), Selection(kinds=frozenset({"Claim"}))])
def test_a_selection_that_is_no_tree_is_refused(selection: Selection) -> None:
    with pytest.raises(DrawingFailed, match="outline"):
        draw_text(robot_view(), selection)


def test_a_tree_too_deep_to_indent_is_refused() -> None:
    nodes = [node(f"Step {i}", place=1 if i == 0 else None) for i in range(200)]
    edges = [under(f"Step {i}", f"Step {i + 1}", 1) for i in range(199)]
    with pytest.raises(DrawingFailed, match="levels deep"):
        draw_text(view_of(document(1, *nodes, *edges)))


def test_renaming_a_label_changes_the_drawing() -> None:
    view = view_of(document(1, node("Yeast", place=1)), document(2, structs.replace(node("Yeast"), label="Wild yeast")))
    assert draw_text(view) == "Wild yeast (Day 1)"


def test_a_symmetric_edge_stated_both_ways_keeps_its_parent() -> None:
    nodes = [node("Rye", place=1), node("Wheat")]
    first = document(1, *nodes, edge("Rye", "contrasts with", "Wheat", place=1, parent="source"), part="a")
    second = document(1, mention("Rye"), mention("Wheat"), edge("Wheat", "contrasts with", "Rye"), part="b")
    assert draw_text(view_of(first, second)) == "Rye\n│\n└── contrasts with: Wheat"


def test_relations_are_named_but_for_those_that_the_tree_of_a_note_says_itself() -> None:
    nodes = [node("Yeast", place=1), node("Gas"), node("Rise", "Claim"), node("Salt")]
    placed = [under("Yeast", "Gas", 1), under("Yeast", "Rise", 2, "leads to"), under("Yeast", "Salt", 3, "opposes")]
    beside = document(2, mention("Rise", "Claim"), node("Seen", "Evidence"), edge("Seen", "supports", "Rise"), part="b")
    drawn = draw_text(view_of(document(1, *nodes, *placed), beside))
    assert [line.lstrip("│├└─ ") for line in drawn.splitlines() if line.strip("│ ")] == [
        "Yeast (Day 1)",
        "Gas",
        "Rise",
        "is supported by: Seen",
        "opposes: Salt",
    ]


def test_a_question_of_another_day_is_read_back_without_its_mark() -> None:
    question = "What happens to the crust when the dough stays in the cold for two whole days?"
    asked = document(1, node("Flour", place=1), node(question, "Question"))
    aside = [mention("Flour"), mention(question, "Question"), node("Cold proof"), node("Oven", place=2)]
    joins = [under("Flour", "Cold proof", 1, "leads to"), under("Cold proof", question, 1, "asks")]
    drawn = draw_text(view_of(asked, document(2, *aside, *joins)))
    assert "(Day 1)" in drawn.splitlines()[3]
    file = NoteFile(path="day-03.md", body=f"---\nday: 3\n---\n\n```text\n{drawn}\n```\n".encode())
    (read,) = read_notes([file], vocabulary=VOCABULARY, known=view_of(), map="bread").notes
    assert [one.label for one in read.document.nodes if one.kind == "Question"] == [question]
    assert ("introduced on", "day-1") in {(one.relation, one.target) for one in read.document.edges}
