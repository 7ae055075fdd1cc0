import shutil
from pathlib import Path

import pytest

from conceptmap.disk import find_notes, note_files
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
    assert [(problem.what, problem.line) for problem in refused.value.problems] == [
        ("there is no such file or folder", None),
        ("the folder holds no notes", None),
    ]
    assert str(refused.value).startswith(f"{tmp_path / 'nowhere.md'}: there is no such file or folder; ")


def test_what_speaks_of_the_folder_and_what_is_no_note_is_passed_over(folder: Path) -> None:
    (folder / "README.md").write_text("How to use these notes.")
    (folder / "competency-questions.md").write_text("- what is salt?")
    (folder / "week-1" / "LICENSE.txt").write_text("Free.")
    (folder / "day-2").mkdir()
    (folder / "day-2" / "README.md").write_text("# Salt")
    found = find_notes([folder])
    assert "notes/day-2/README.md" in [file.path for file in found.files]
    assert [(one.path, one.why) for one in found.passed] == [
        ("notes/week-1/d.pdf", "no notes file"),
        ("notes/README.md", "about the folder"),
        ("notes/competency-questions.md", "about the folder"),
        ("notes/week-1/LICENSE.txt", "about the folder"),
    ]


def test_a_readme_that_is_alone_is_the_note(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Salt")
    assert len(note_files([tmp_path])) == 1


def test_a_note_lies_below_the_nearest_vault_or_else_below_the_folder_given(folder: Path) -> None:
    shutil.rmtree(folder / ".git")
    file = folder / "week-1" / "c.TXT"
    assert [note_files([path])[-1].place for path in (folder, file)] == ["week-1/c.TXT", "c.TXT"]
    (folder / ".obsidian").mkdir()
    assert [note_files([path])[-1].place for path in (folder / "week-1", file)] == ["week-1/c.TXT", "week-1/c.TXT"]


def test_a_file_by_itself_knows_the_notes_beside_it(folder: Path) -> None:
    assert note_files([folder / "b.md"])[0].beside == ("a.markdown", "b.md")
    assert note_files([folder])[0].beside == ()
