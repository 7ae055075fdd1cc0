"""`conceptmap init`: a folder of notes from which a learner can go on."""

import shlex
from pathlib import Path

import pytest

from dialogues import in_process


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Baking"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.delenv("CONCEPTMAP_MAP", raising=False)


def commands(said: str) -> list[list[str]]:
    return [shlex.split(line)[1:] for line in said.splitlines()[1:]]


@pytest.mark.parametrize("typed", [[], ["rye/first course"], ["ça-va"], ["notes", "--store", "sqlite:///other.db"]])
def test_the_commands_that_it_says_load_draw_and_ask_without_a_warning(typed: list[str]) -> None:
    status, out, err = in_process(["init", *typed], "")
    assert (status, err) == (0, "next:\n")
    load, draw, ask, serve = commands(out)
    assert serve[0] == "serve"
    status, out, err = in_process([*load, "--report", "json"], "")
    assert (status, out) == (0, '{\n "problems": []\n}\n')
    assert "19 of 19 lines read" in err and "questions: 2 of 2 answered" in err
    assert in_process(draw, "")[1].startswith("Tea leaves\n│\n└── unlocks: Steeping\n")
    status, out, _ = in_process(ask, "")
    assert status == 0 and "Hot water" in out
    assert in_process(["check", *[one for one in draw[1:]]], "")[0] == 0


def test_the_map_has_the_name_of_the_folder_and_never_that_of_another_map() -> None:
    in_process(["init"], "")
    assert "course: Baking\n" in Path("notes/day-01.md").read_text(encoding="utf-8")
    in_process(["load", "notes"], "")
    for expected in ("tea", "tea-2"):
        where = f"{expected}/tea"
        status, out, _ = in_process(["init", where], "")
        assert status == 0 and f"course: {expected}\n" in Path(where, "day-01.md").read_text(encoding="utf-8")
        load, draw, *_ = commands(out)
        assert draw == ["draw", "--map", expected]
        assert in_process(load, "")[0] == 0


def test_nothing_is_overwritten_and_nothing_is_made_beside_what_is_there() -> None:
    Path("notes").mkdir()
    Path("notes/.hidden").write_text("kept", encoding="utf-8")
    Path("mine").mkdir()
    Path("mine/other.md").write_text("kept", encoding="utf-8")
    status, out, err = in_process(["init", "mine"], "")
    assert (status, out) == (2, "") and "mine holds other.md already" in " ".join(err.split())
    assert [one.name for one in Path("mine").iterdir()] == ["other.md"]
    assert in_process(["init"], "")[0] == 0
    note = Path("notes/day-01.md").read_bytes()
    assert in_process(["init"], "")[0] == 2
    assert Path("notes/day-01.md").read_bytes() == note
    Path("file").write_text("kept", encoding="utf-8")
    assert in_process(["init", "file"], "")[0] == 2
