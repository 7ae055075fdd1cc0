"""A learner's map held against the course's."""

from pathlib import Path

import pytest

from conceptmap.atlas import Atlas, open_atlas
from conceptmap.marking import Marks

COURSE = """\
# Day 1: Baking
## Dough
- requires:: [[Flour]], [[Water]]
- leads to:: [[Bread]]
## Bread
## Sourdough
- part of:: [[Dough]]
- contrasts with:: [[Baker's yeast]]
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    atlas = open_atlas("sqlite://")
    (tmp_path / "day-01.md").write_text(COURSE)
    atlas["bread"].load(tmp_path / "day-01.md")
    return atlas


def _compared(atlas: Atlas, tmp_path: Path, notes: str) -> Marks:
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "map.md").write_text(notes)
    return atlas["bread"].compare(folder)


LEARNER = """\
## Dough
- requires:: [[Flour]]
- follows from:: [[Bread]]
- leads to:: [[Water]]
- feeds:: [[Sourdough]]
"""


def test_each_proposition_of_the_course_has_its_mark(atlas: Atlas, tmp_path: Path) -> None:
    with atlas:
        found = _compared(atlas, tmp_path, LEARNER)
        assert [(one.outcome, *one.course.key) for one in found.marks] == [
            ("matched", "dough", "requires", "flour"),
            ("wrong relation", "dough", "requires", "water"),
            ("turned round", "dough", "leads to", "bread"),
            ("unclear", "sourdough", "part of", "dough"),
            ("missing", "bakers-yeast", "contrasts with", "sourdough"),
        ]
        assert (found.convergence, found.salience) == (1 / 5, 1 / 4)
        assert found.marks[3].said and found.marks[3].said.words == "feeds"
