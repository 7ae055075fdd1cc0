"""Both arrangements: nothing moves when a day is added, nothing lies on anything else."""

from itertools import combinations, pairwise
from typing import get_args

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.displacement import WHOLE, by_layout, lines_through_nodes, moved, overlaps, view_of
from benchmarks.legibility import Legibility
from benchmarks.made_courses import course, with_late_nodes
from conceptmap.draw import Arrangement, Selection, picture_of
from conceptmap.draw.labels import breadth
from conceptmap.draw.layers import blocks, packed, rising
from conceptmap.draw.layout import REACH, SMALL_SIZE, Layout, laid_out
from conceptmap.draw.picture import DrawnEdge
from conceptmap.draw.scope import reduced
from drawn_maps import bread_view, robot_view
from graphs.view import View
from ontology.model import Edge, Node
from small_maps import VOCABULARY, document, edge, mention, node
from small_maps import view as view_of_documents
from test_draw_formats import HOSTILE, hostile_view

ARRANGEMENTS: tuple[Arrangement, ...] = get_args(Arrangement)
both = pytest.mark.parametrize("arrangement", ARRANGEMENTS)


def layout(view: View, arrangement: Arrangement, selection: Selection = WHOLE) -> Layout:
    return laid_out(picture_of(view, selection), arrangement)


@both
@pytest.mark.parametrize("seed", range(3))
def test_a_day_that_is_added_moves_nothing(arrangement: Arrangement, seed: int) -> None:
    days = course(seed, 12)
    drawn = [layout(view_of(days[:day]), arrangement) for day in range(1, 13)]
    for before, after in pairwise(drawn):
        assert before.places.items() <= after.places.items()
        corners = [
            {group: (frame.x, frame.y, frame.height) for group, frame in one.frames.items()} for one in (before, after)
        ]
        assert corners[0].items() <= corners[1].items()


@both
@pytest.mark.parametrize("seed", range(3))
def test_boxes_lie_apart_and_lines_pass_by_other_boxes(arrangement: Arrangement, seed: int) -> None:
    drawn = by_layout(arrangement, picture_of(view_of(course(seed, 20)), WHOLE))
    assert overlaps(drawn) == 0
    assert lines_through_nodes(drawn) == 0


@both
def test_late_nodes_move_others_by_little(arrangement: Arrangement) -> None:
    """The goal is a mean of 0.002 for the timeline and of 0.03 for the map."""
    steps = [by_layout(arrangement, picture_of(view_of(known), WHOLE)) for known in with_late_nodes(2)]
    distances = [moved(one, other) for one, other in pairwise(steps)]
    assert sum(distances) / len(distances) <= (0.002 if arrangement == "timeline" else 0.03)


def test_the_days_of_a_timeline_run_downwards() -> None:
    for view in (view_of(course(0, 20)), robot_view()):
        frames = [frame for _, frame in sorted(layout(view, "timeline").frames.items())]
        assert all(one.bottom <= other.y for one, other in pairwise(frames))


def test_on_a_map_each_day_begins_right_of_or_below_all_earlier_ones() -> None:
    for view in (view_of(course(0, 20)), robot_view()):
        frames = [frame for _, frame in sorted(layout(view, "map").frames.items())]
        assert all(other.x > one.x or other.y > one.y for one, other in combinations(frames, 2))


@pytest.mark.parametrize("seed", range(3))
def test_no_quarter_of_a_map_is_empty(seed: int) -> None:
    picture = picture_of(view_of(course(seed, 20)), WHOLE)
    _, emptiest = Legibility(picture, laid_out(picture, "map")).empty()
    assert emptiest < 0.7


@pytest.mark.parametrize("seed", range(3))
def test_lines_that_do_not_belong_together_run_apart(seed: int) -> None:
    picture = picture_of(view_of(course(seed, 12)), WHOLE)
    found = Legibility(picture, laid_out(picture, "map"))
    assert found.shared() < 20
    assert found.heads_together() == 0


def test_each_day_of_a_timeline_is_a_band_of_the_same_width() -> None:
    drawn = layout(view_of(course(0, 8)), "timeline")
    assert len({(frame.x, frame.width) for frame in drawn.frames.values()}) == 1


def test_a_timeline_is_as_wide_as_its_widest_day() -> None:
    chain = [edge(f"Step {number}", "leads to", f"Step {number + 1}") for number in range(2)]
    steps = document(1, *(node(f"Step {number}") for number in range(3)), *chain)
    drawn = layout(view_of_documents(steps, document(2, node("End"))), "timeline")
    assert drawn.frames[2].right == drawn.frames[1].right < drawn.places["step-2"].right + 100


@both
def test_boxes_stand_in_the_frames_of_their_days(arrangement: Arrangement) -> None:
    view = view_of(course(3, 10))
    drawn, boxes = layout(view, arrangement), picture_of(view, WHOLE).nodes
    group = {box.id: box.day for box in boxes} | {name: ghost.group for name, ghost in drawn.proxies.items()}
    for name, rect in drawn.places.items():
        frame = drawn.frames[group[name] or 0]
        assert frame.x < rect.x and rect.right < frame.right and frame.y < rect.y and rect.bottom < frame.bottom


@both
def test_a_line_goes_from_the_side_of_one_box_to_the_side_of_another(arrangement: Arrangement) -> None:
    drawn = layout(bread_view(), arrangement)
    assert drawn.edges
    for way in drawn.edges:
        for name, (x, y) in ((way.first, way.curve[0]), (way.second, way.curve[-1])):
            rect = drawn.places[name]
            assert x in (rect.x, rect.right) and rect.y <= y <= rect.bottom
        assert len(way.curve) % 3 == 1


def days_apart(count: int) -> View:
    """An idea a day; the last one requires the first."""
    days = [document(day, node(f"Idea {day}")) for day in range(1, count)]
    last = document(count, node(f"Idea {count}"), mention("Idea 1"), edge(f"Idea {count}", "requires", "Idea 1"))
    return view_of_documents(*days, last)


@both
def test_a_line_far_back_ends_at_a_stand_in_of_the_older_node(arrangement: Arrangement) -> None:
    assert not layout(days_apart(REACH + 1), arrangement).proxies
    drawn = layout(days_apart(REACH + 2), arrangement)
    ((name, ghost),) = drawn.proxies.items()
    assert (ghost.of, ghost.group) == ("idea-1", REACH + 2)
    assert {drawn.edges[0].first, drawn.edges[0].second} == {name, f"idea-{REACH + 2}"}
    assert drawn.words[name] == ("Idea 1 (day 1)",)


@both
def test_a_line_between_old_nodes_that_comes_later_moves_nothing(arrangement: Arrangement) -> None:
    ideas = [document(day, *(node(f"{name} {day}") for name in "ABC")) for day in range(1, 6)]
    late: list[Node | Edge] = [
        mention("A 1"),
        mention("B 1"),
        mention("C 5"),
        edge("A 1", "supports", "B 1"),
        edge("A 1", "about", "C 5"),
    ]
    before = layout(view_of_documents(*ideas), arrangement)
    after = layout(view_of_documents(*ideas, document(6, node("D"), *late)), arrangement)
    assert before.places.items() <= after.places.items()
    assert not after.proxies
    assert len(after.edges) == 2


@both
def test_a_node_may_be_joined_to_itself_and_to_another_twice(arrangement: Arrangement) -> None:
    joins = [edge("A", "about", "A"), edge("A", "about", "B"), edge("B", "supports", "A")]
    drawn = layout(view_of_documents(document(1, node("A"), node("B"), *joins)), arrangement)
    assert len({way.curve for way in drawn.edges}) == 3


@both
def test_words_fit_their_boxes_in_every_script(arrangement: Arrangement) -> None:
    drawn = layout(hostile_view(), arrangement)
    assert len(drawn.places) == len(HOSTILE)
    for name, rect in drawn.places.items():
        size = SMALL_SIZE if name in drawn.proxies else 14
        assert max(map(breadth, drawn.words[name])) * size < rect.width
        assert len(drawn.words[name]) * size * 1.2 < rect.height


def test_lines_of_two_relations_between_the_same_nodes_run_side_by_side() -> None:
    tall = [node(f"Step {number}") for number in range(3)]
    chain = [edge("Step 0", "leads to", "Step 1"), edge("Step 1", "leads to", "Step 2")]
    far = [edge("Step 0", "leads to", "Step 2"), edge("Step 2", "requires", "Step 0")]
    drawn = layout(view_of_documents(document(1, *tall, *chain, *far)), "map")
    ways = {one.edge.name: one.curve for one in drawn.edges if {one.first, one.second} == {"step-0", "step-2"}}
    one, other = (sorted({round(y, 1) for _, y in curve[6:-6]}) for curve in ways.values())
    assert one and not set(one) & set(other)


def test_undated_notes_are_laid_out_by_what_hangs_under_what() -> None:
    parts = [edge(f"Part {number}", "part of", "Whole") for number in range(3)]
    nodes = [node("Whole"), *(node(f"Part {number}") for number in range(3))]
    undated = view_of_documents(document(0, *nodes, *parts, edge("Part 0", "about", "Part 2"), undated=True))
    places = layout(undated, "map", Selection()).places
    assert len({places[f"part-{number}"].column for number in range(3)}) == 1
    assert places["whole"].column < places["part-0"].column


@both
def test_a_line_that_holds_nothing_ends_far_back_at_a_stand_in_too(arrangement: Arrangement) -> None:
    days = [document(day, node(f"Topic {day}"), node(f"Part {day}")) for day in range(1, 8)]
    held = document(8, node("End"), *(edge("End", "about", f"Topic {day}") for day in range(1, 8)))
    far = layout(view_of_documents(*days, held), arrangement, Selection())
    assert {proxy.of for proxy in far.proxies.values()} == {f"topic-{day}" for day in range(1, 6)}
    assert far.proxies.keys() <= far.places.keys()


@both
def test_nothing_at_all_can_be_laid_out(arrangement: Arrangement) -> None:
    drawn = layout(view_of_documents(), arrangement)
    assert (drawn.width, drawn.height) == (0, 0)


@both
@pytest.mark.parametrize("relation", ["about", "supports"])
def test_what_a_hundred_nodes_are_joined_to_is_no_mile_long_strip(arrangement: Arrangement, relation: str) -> None:
    spokes = [node(f"Spoke {i}", "Claim") for i in range(100)]
    joins = [edge(f"Spoke {i}", relation, "Hub") for i in range(100)]
    picture = picture_of(view_of_documents(document(1, node("Hub", "Claim"), *spokes, *joins)), WHOLE)
    drawn = laid_out(picture, arrangement)
    assert drawn.height < 1.2 * drawn.width
    assert lines_through_nodes(by_layout(arrangement, picture)) == 0


small = st.integers(0, 11)
names = st.dictionaries(small.map(str), st.integers(1, 8), min_size=1)
joins = st.lists(st.tuples(small.map(str), small.map(str)), max_size=20)


@given(names, joins, st.integers(1, 5))
def test_whatever_is_joined_stands_apart_within_the_columns(
    heights: dict[str, int], pairs: list[tuple[str, str]], columns: int
) -> None:
    known = [(a, b) for a, b in pairs if a in heights and b in heights]
    block = packed(blocks(heights, known, columns), columns)
    assert block.places.keys() == heights.keys()
    assert block.columns <= columns
    taken = [(x, row + step) for name, (x, row) in block.places.items() for step in range(heights[name])]
    assert len(taken) == len(set(taken))
    assert all(row < block.rows for _, row in taken)


@given(st.lists(st.integers(-50, 50), min_size=1))
def test_rising_values_rise_and_keep_their_sum(values: list[int]) -> None:
    found = rising(values)
    assert all(one <= other + 1e-9 for one, other in pairwise(found))
    assert sum(found) == pytest.approx(sum(values))


@given(st.sets(st.tuples(small, small).filter(lambda pair: pair[0] < pair[1]), max_size=30))
def test_requirements_are_drawn_as_networkx_reduces_them(pairs: set[tuple[int, int]]) -> None:
    requires = VOCABULARY.relations["requires"]
    lines = [DrawnEdge(str(a), str(b), str(b), requires) for a, b in sorted(pairs)]
    kept = {(int(line.source), int(line.target)) for line in reduced(lines, "requires")}
    assert kept == set(networkx.transitive_reduction(networkx.DiGraph(sorted(pairs))).edges)


def test_requirements_in_a_circle_and_other_relations_are_all_drawn() -> None:
    requires, about = VOCABULARY.relations["requires"], VOCABULARY.relations["about"]
    circle = [DrawnEdge(a, b, b, requires) for a, b in ("ab", "bc", "ca", "ac")]
    chain = [DrawnEdge(a, b, b, about) for a, b in ("ab", "bc", "ac")]
    assert len(reduced(circle, "requires")) == 4
    assert len(reduced(chain, "requires")) == 3
