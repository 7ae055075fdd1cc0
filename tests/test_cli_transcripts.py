"""What the command line prints, dialogue by dialogue; `pytest --rewrite-transcripts` writes it anew."""

from pathlib import Path

import pytest

import conceptmap
import dialogues

DIALOGUES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a store of its own and the sample course as `course`."""
    (tmp_path / "course").symlink_to(Path(conceptmap.__file__).parent / "course")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("CONCEPTMAP_MAP", raising=False)
    return tmp_path


@pytest.mark.parametrize("file", DIALOGUES, ids=lambda file: file.stem)
def test_a_dialogue_prints_what_it_printed_before(file: Path, folder: Path, pytestconfig: pytest.Config) -> None:
    expected = dialogues.read(file.read_text(encoding="utf-8"))
    played = dialogues.play(expected, folder, dialogues.in_process)
    if pytestconfig.getoption("rewrite_transcripts"):
        kept = [old if dialogues.matches(old, new) else new for old, new in zip(expected, played, strict=True)]
        file.write_text(dialogues.written(kept), encoding="utf-8")
        return
    for old, new in zip(expected, played, strict=True):
        if not dialogues.matches(old, new):
            pytest.fail(f"{file.name}: {old.head}\nshould print\n{old.body}\nbut printed\n{new.body}", pytrace=False)
