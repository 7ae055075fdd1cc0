"""Relations are named on their lines, where their words cover nothing else."""

from itertools import combinations

from benchmarks.displacement import WHOLE, view_of
from benchmarks.made_courses import course
from conceptmap.draw import picture_of
from conceptmap.draw.layout import Layout, laid_out
from conceptmap.draw.line_words import LineWords, names_on_lines
from conceptmap.draw.routes import Rect
from graphs.view import View
from small_maps import document, edge, node, view


def named(layout: Layout) -> dict[str, Rect]:
    """Where the words of each edge that has some stand."""
    return {" ".join(name.edges): name.rect for name in names_on_lines(layout)}


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def laid(shown: View) -> Layout:
    return laid_out(picture_of(shown, WHOLE), "map")


def test_a_line_with_room_bears_the_name_of_its_relation() -> None:
    layout = laid(view(document(1, node("Heat"), node("Steam"), edge("Heat", "leads to", "Steam"))))
    (words,) = named(layout).values()
    heat, steam = layout.places["heat"], layout.places["steam"]
    assert heat.right < words.x and words.right < steam.x


def test_words_cover_no_node_and_no_other_words() -> None:
    layout = laid(view_of(course(1, 20)))
    found = list(named(layout).values())
    assert len(found) > len(layout.edges) / 5
    assert not any(overlap(one, other) for one, other in combinations(found, 2))
    assert not any(overlap(one, place) for one in found for place in layout.places.values())


def test_lines_of_one_relation_that_run_together_are_named_once() -> None:
    parts = [node(f"Part {number}") for number in range(12)]
    joined = [edge(one.label, "part of", "Whole") for one in parts]
    layout = laid(view(document(1, node("Whole"), *parts, *joined)))
    assert 1 <= len(named(layout)) < len(parts)


def test_where_there_is_no_room_there_are_no_words() -> None:
    layout = laid(view(document(1, node("Heat"), node("Steam"), edge("Heat", "leads to", "Steam"))))
    (routed,) = layout.edges
    assert (
        LineWords(layout).put(routed, "a relation with a name that is far too long to stand between two nodes") is None
    )


def test_a_name_that_is_read_from_right_to_left_has_a_mark() -> None:
    said = [edge("Half", "part of", "Whole"), edge("Whole", "leads to", "End"), edge("End", "contrasts with", "Other")]
    layout = laid(view(document(1, *map(node, ("Whole", "Half", "End", "Other")), *said)))
    marks = {name.lines: name.mark() for name in names_on_lines(layout)}
    assert marks[("part of",)].endswith("l6,-4v8z")
    assert (marks[("leads to",)], marks[("contrasts with",)]) == ("", "")
    assert layout.places["whole"].x < layout.places["half"].x
