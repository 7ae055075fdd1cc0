import re

import pytest

from conceptmap.draw import Picture, Selection, draw, picture_of
from conceptmap.draw.folders import MOST_FRAMES, note_frames
from conceptmap.draw.layout import laid_out
from graphs.view import View
from ontology.model import Document
from small_maps import document, edge, mention, node
from small_maps import view as view_of


def note(path: str, size: int, *joined: str) -> Document:
    """An undated note of a title with parts, which is about the titles of others."""
    title = path.rpartition("/")[2]
    parts = [node(f"{title} {number}") for number in range(size - 1)]
    joins = [edge(one.label, "part of", title) for one in parts]
    about = [edge(title, "about", other) for other in joined]
    others = [mention(other) for other in joined]
    return document(0, node(title), *parts, *others, *joins, *about, part=f"{path}.md", title=title, undated=True)


def titles(view: View) -> list[str]:
    return [frame.title for frame in note_frames(view, sorted(view.node_ids())).values()]


def garden(notes: int, size: int) -> View:
    """Notes in one folder, each about the one before."""
    names = [f"Plant {number:03}" for number in range(notes)]
    return view_of(*(note(name, size, *names[max(0, place - 1) : place]) for place, name in enumerate(names)))


def test_undated_notes_stand_in_the_frames_of_their_folders() -> None:
    notes = [note(f"{folder}/{folder} {number}", 5) for folder in ("Bread", "Cheese") for number in range(3)]
    picture = picture_of(view_of(*notes), Selection())
    assert sorted(picture.days.values()) == ["Bread", "Cheese"]
    assert all(picture.days[node.group or 0] in node.label for node in picture.nodes)


def test_large_folders_are_divided_and_named_by_the_end_of_their_paths() -> None:
    notes = [
        note(f"food/{one}/{two}/{two} note {n}", 9) for one in "ab" for two in (f"{one}x", f"{one}y") for n in "12345"
    ]
    assert sorted(titles(view_of(*notes))) == ["a / ax", "a / ay", "b / bx", "b / by"]


def test_notes_that_are_in_no_folder_have_a_frame_each_and_those_that_are_joined_stand_together() -> None:
    notes = [note("Rye", 30, "Sourdough"), note("Salt", 30), note("Sourdough", 30)]
    assert titles(view_of(*notes)) == ["Rye", "Sourdough", "Salt"]


def test_a_note_by_itself_and_notes_of_a_node_each_have_no_frames() -> None:
    assert not picture_of(view_of(note("Rye", 30)), Selection()).days
    assert not picture_of(view_of(*(note(f"Note {number}", 1) for number in range(9))), Selection()).days


def test_of_many_notes_the_best_joined_have_frames_and_the_others_a_box_each() -> None:
    view = garden(60, 20)
    picture = picture_of(view, Selection())
    others = picture.days[-2]
    assert len(picture.days) == MOST_FRAMES and others.startswith(f"{60 - MOST_FRAMES + 1} more notes (860 nodes")
    boxes = [one for one in picture.nodes if one.group == -2]
    assert all(re.fullmatch(r"Plant \d\d\d", one.label) and one.detail == "and 19 more" for one in boxes)
    shown = sum(one.more + 1 for one in picture.nodes)
    hidden = sum(int(found) for found in re.findall(r"(\d+) under no box", " ".join(picture.days.values())))
    assert shown + hidden == view.size


def test_maps_whose_notes_have_days_keep_the_frames_of_these() -> None:
    days = [document(day, *(node(f"Idea {day} {number}") for number in range(9))) for day in (1, 2)]
    picture = picture_of(view_of(*days, note("a/Rye", 9), note("b/Oat", 9)), Selection(whole=True))
    assert sorted(picture.days) == [1, 2] and picture.settled


@pytest.mark.parametrize("size", [4, 20])
def test_a_picture_of_folders_is_full_and_its_boxes_stand_in_their_frames(size: int) -> None:
    picture = picture_of(garden(40, size), Selection())
    layout = laid_out(picture, "map")
    area = sum(rect.width * rect.height for rect in layout.frames.values())
    assert area > 0.6 * layout.width * layout.height
    for one in picture.nodes:
        frame, rect = layout.frames[one.group or 0], layout.places[one.id]
        assert frame.x <= rect.x and rect.right <= frame.right and frame.y <= rect.y and rect.bottom <= frame.bottom


@pytest.mark.parametrize("form", ["svg", "dot", "mermaid"])
def test_every_format_has_the_frames_of_folders(form: str) -> None:
    drawn = str(draw(garden(3, 20), form))
    assert "notes_2" in drawn and "Plant 001" in drawn


def test_an_outline_of_undated_notes_leaves_nothing_out() -> None:
    picture: Picture = picture_of(garden(40, 20), Selection(whole=True), readable=False)
    assert len(picture.nodes) == 800 and not picture.days
