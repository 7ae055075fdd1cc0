"""What rules found, as the dry run and the checks list it."""

from pathlib import Path

from conceptmap.atlas import open_atlas
from conceptmap.disk import note_files
from conceptmap.notes import Explanation, explained, items_of
from conceptmap.notes.lesson import class_of, rule_classes
from lesson_scores import LESSONS

LAW = LESSONS / "law.md"


def test_finds_are_listed_by_rule_and_line_and_nothing_is_stored() -> None:
    with open_atlas("sqlite://") as atlas:
        finds = items_of(map(explained, atlas["m"].preview(note_files([LAW]))))
        assert atlas.maps() == []
    doubts = [class_of(find.rule).doubt for find in finds if find.rule != "stated"]
    assert doubts == sorted(doubts)
    line = LAW.read_text(encoding="utf-8").splitlines().index("- An offer") + 1
    assert ("parts", line, "Offer | part of | Contract") in {(find.rule, find.line, find.what) for find in finds}


def test_what_is_stated_is_listed_before_what_rules_found(tmp_path: Path) -> None:
    note = tmp_path / "day-1.md"
    note.write_text("# Day 1\n\n## Yeast\n- kind:: Concept\n\n## Claim: It rises\n- Evidence:\n  - Home: A loaf rose\n")
    with open_atlas("sqlite://") as atlas:
        finds = items_of(map(explained, atlas["m"].preview(note_files([note]))))
    assert [(find.rule, find.line) for find in finds] == [
        ("stated", 1),
        ("stated", 3),
        ("stated", 6),
        ("cue list", 8),
        ("cue list", 8),
    ]


def test_guessed_edges_are_checked_with_the_least_certain_rule_first() -> None:
    with open_atlas("sqlite://") as atlas:
        atlas["m"].load(LAW)
        rules = [check.what.rsplit("rule: ", 1)[1][:-1] for check in atlas["m"].check() if check.rule == "guessed"]
    assert rules[0] == rule_classes()[-1].name
    doubts = [class_of(rule).doubt for rule in rules]
    assert doubts == sorted(doubts, reverse=True)


def explanation_of(note: Path, text: str) -> Explanation:
    note.write_text(text, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        (read,) = atlas["m"].preview(note_files([note]))
    return explained(read)


def test_a_typed_note_is_explained_line_by_line_with_what_it_states(tmp_path: Path) -> None:
    note = tmp_path / "day-6.md"
    found = explanation_of(note, "---\ncourse: m\n---\n# Day 6\n\n## Yeast\n- kind:: Concept\n\nIt eats sugar.\n")
    assert ("stated", 6, "Concept: Yeast") in [(item.rule, item.line, item.what) for item in found.items]
    assert (found.lines, found.unread) == (4, ())


def test_lines_that_made_nothing_are_named_in_runs(tmp_path: Path) -> None:
    text = "# Day 6\n\nHm.\n\n## Yeast\n- kind:: Concept\n\n## Salt\n- part of:: [[Yeast]]\n\n> So far.\n> And on.\n"
    found = explanation_of(tmp_path / "day-6.md", text)
    assert (found.unread, found.unread_ranges) == ((3,), ["3"])


def test_runs_of_unread_lines_are_written_by_their_ends() -> None:
    assert Explanation("a.md", "day 1", 0, 0, (), 9, (3, 12, 13, 14)).unread_ranges == ["3", "12–14"]


def test_of_a_section_of_prose_only_what_was_kept_counts_as_read(tmp_path: Path) -> None:
    text = "# Bread\n\n## Yeast\n\nYeast lives in dough.\n\nMy aunt came by at noon.\n"
    found = explanation_of(tmp_path / "bread.md", text)
    assert 7 in found.unread
    assert 3 not in found.unread
