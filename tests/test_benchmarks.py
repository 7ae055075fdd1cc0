"""The benchmarks still run and compare like with like; how quick things are is not judged here."""

import pytest

from benchmarks import displacement, drawing, growth, legibility, memory, page, past, scoring, waiting, walks
from benchmarks.course import sample_view
from benchmarks.large_maps import GROUP, LargeMap
from benchmarks.timing import Grid, Growth, Table, machine
from conceptmap.draw import Selection, picture_of
from ontology.rules import check_document
from ontology.vocabulary import Vocabulary


def test_every_way_to_walk_finds_the_same_number_of_supporters() -> None:
    (table,) = walks.run((1_000,), rounds=1)
    assert list(table.medians)[:2] == ["plain dict of lists", "conceptmap reach"]


def test_the_made_up_maps_keep_the_rules(vocabulary: Vocabulary) -> None:
    made = list(LargeMap(3 * GROUP, days=5).documents())
    assert [len(check_document(one, vocabulary)) for one in made] == [0] * 5
    assert sum(not node.mention for one in made for node in one.nodes) == 3 * GROUP


def test_the_made_up_maps_are_always_the_same_and_have_texts_quotes_and_several_relations() -> None:
    made = list(LargeMap(2 * GROUP).documents())
    assert made == list(LargeMap(2 * GROUP).documents())
    assert {edge.relation for one in made for edge in one.edges} == {"supports", "about", "requires", "contrasts with"}
    assert all(node.mention or (node.text and node.origin.quote) for one in made for node in one.nodes)


def test_memory_and_drawing_are_compared_with_their_peers() -> None:
    assert [len(table.medians) for table in (*memory.run(1_000), *drawing.run())] == [3, 3]


def test_displacements_are_told_for_plain_dot_and_both_drawings() -> None:
    grid, *tables = displacement.run(courses=1, days=6, sizes=(30,))
    assert isinstance(grid, Grid)
    assert list(grid.rows) == ["plain dot, top-down", "plain dot, left-right", "map", "timeline"]
    assert [grid.rows[way][0] for way in ("map", "timeline")] == ["0.0000", "0.0000"]
    assert len(tables) == 1


def test_what_can_be_read_off_drawings_is_told_as_numbers() -> None:
    row = legibility.measured(picture_of(sample_view().up_to(26), Selection()), "map")
    day_26 = dict(zip(legibility.COLUMNS, row, strict=True))
    assert (day_26["nodes"], day_26["lines"], day_26["names"], day_26["moved"]) == ("12", "10", "10/10", "0.0000")
    none = ("overlaps", "through boxes", "shared px", "heads together", "crossings", "names over")
    assert {day_26[measure] for measure in none} == {"0"}


def test_scores_are_those_of_a_plain_forward_pass() -> None:
    (table,) = scoring.run(60, 150, rounds=1)
    assert len(table.medians) == 3


def test_the_past_is_compared_with_the_present() -> None:
    tables = list(past.run(2 * GROUP, logged=2 * GROUP, rounds=1))
    assert [len(table.medians) for table in tables] == [2, 2, 2, 2, 1, 3]


def test_a_table_shows_medians_and_ratios() -> None:
    table = Table("Walks", {"plain": 0.001, "ours": 0.0015}, goal="at most 2x")
    assert str(table).splitlines() == [
        "Walks (goal: at most 2x)",
        "  plain       1.000 ms      1.00x",
        "  ours        1.500 ms      1.50x",
    ]


def test_growth_is_told_by_the_exponents_between_neighbouring_sizes() -> None:
    table = Growth("Reading", (10, 100, 1000), {"flat": (2.0, 2.0, 2.0), "worse": (1.0, 10.0, 1000.0)})
    assert [table.exponents(name) for name in table.rows] == [[0.0, 0.0], [pytest.approx(1.0), pytest.approx(2.0)]]
    assert str(Growth("Reading", (10, 100), {"flat": (2.0, 2.0), "worse": (0.01, 1.0)})).splitlines() == [
        "Reading",
        "                    10            100   exponents",
        "  flat     2,000.00 ms    2,000.00 ms    0.00",
        "  worse       10.00 ms    1,000.00 ms    2.00",
    ]


def test_growth_is_measured_at_every_size() -> None:
    table = growth.of_size("Growth", (20,), days=4, rounds=1)
    assert {len(figures) for figures in table.rows.values()} == {1}
    assert growth.GOALS.keys() <= table.rows.keys()
    assert len(growth.memory((20,)).rows["a node"]) == 1


def test_revisions_appends_and_many_maps_are_measured() -> None:
    assert len(growth.revisions(5, (1, 2)).rows["cold open"]) == 2
    assert len(growth.single_appends(4).medians) == 4
    assert list(growth.many_maps((2, 3), size=10).medians) == [
        "a read of one of 2 maps",
        "a read of one of 3 maps",
        "a first read",
    ]


def test_a_read_is_timed_while_other_clients_do_each_thing() -> None:
    grids = list(waiting.run(30, length=0.1))
    assert [list(grid.rows) for grid in grids] == [
        ["the first read", "another read"],
        ["nothing", "exports Turtle", "exports JSON", "searches", "draws", "asks for the page", "writes"],
    ]


def test_the_machine_is_named() -> None:
    assert "cores, Python 3." in machine()


def test_the_page_of_a_large_map_is_timed_piece_by_piece() -> None:
    tables = page.run(GROUP, rounds=1)
    pieces = [list(table.medians) for table in (next(tables), next(tables)) if isinstance(table, Table)]
    tables.close()
    assert pieces == [["the first view", "a node chosen", "its neighbourhood", "all positions"]] * 2
