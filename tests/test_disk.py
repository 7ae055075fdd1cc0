from pathlib import Path

import pytest

from conceptmap.disk import note_files
from ontology.errors import InvalidDocument


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.md", "a.markdown", "week-1/c.TXT", "week-1/d.pdf", ".git/e.md", "node_modules/f.md", "g.md/h.md"):
        path = tmp_path / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "notes"


def test_a_folder_means_all_notes_below_it_in_order_without_hidden_ones(folder: Path) -> None:
    found = note_files([folder])
    assert [file.path for file in found] == ["notes/a.markdown", "notes/b.md", "notes/g.md/h.md", "notes/week-1/c.TXT"]
    assert found[0].body == b"a.markdown"


def test_a_file_is_taken_as_it_is_whatever_its_name(folder: Path) -> None:
    (file,) = note_files([folder / "week-1" / "d.pdf"], day=7)
    assert (file.path, file.body, file.day) == (str(folder / "week-1" / "d.pdf"), b"week-1/d.pdf", 7)


def test_every_path_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidDocument) as refused:
        note_files([tmp_path / "nowhere.md", tmp_path / "empty"])
    assert [problem.what for problem in refused.value.problems] == [
        "cannot be read: no such file or directory",
        "the folder holds no notes",
    ]
