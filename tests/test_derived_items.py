"""What rules found, as the dry run and the checks list it."""

from pathlib import Path

from conceptmap.atlas import open_atlas
from conceptmap.disk import note_files
from conceptmap.notes import derived_items_of
from conceptmap.notes.lesson import class_of, rule_classes
from lesson_scores import LESSONS

LAW = LESSONS / "law.md"


def test_finds_are_listed_by_rule_and_line_and_nothing_is_stored() -> None:
    with open_atlas("sqlite://") as atlas:
        finds = derived_items_of(atlas["m"].preview(note_files([LAW])))
        assert atlas.maps() == []
    assert [class_of(find.rule).doubt for find in finds] == sorted(class_of(find.rule).doubt for find in finds)
    line = LAW.read_text(encoding="utf-8").splitlines().index("- An offer") + 1
    assert ("parts", line, "Offer | part of | Contract") in {(find.rule, find.line, find.what) for find in finds}


def test_a_typed_note_has_no_finds_to_review(tmp_path: Path) -> None:
    note = tmp_path / "day-1.md"
    note.write_text("## Yeast\n- kind:: Concept\n\n## Claim: It rises\n- Evidence:\n  - Home: A loaf rose\n")
    with open_atlas("sqlite://") as atlas:
        assert derived_items_of(atlas["m"].preview(note_files([note]))) == []


def test_guessed_edges_are_checked_with_the_least_certain_rule_first() -> None:
    with open_atlas("sqlite://") as atlas:
        atlas["m"].load(LAW)
        rules = [check.what.rsplit("rule: ", 1)[1][:-1] for check in atlas["m"].check() if check.rule == "guessed"]
    assert rules[0] == rule_classes()[-1].name
    doubts = [class_of(rule).doubt for rule in rules]
    assert doubts == sorted(doubts, reverse=True)
