"""What the Tab key makes of words, in the shells that are there, of maps of any size."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.atlas import open_atlas
from conceptmap.cli import kept_names
from conceptmap.cli.kept_names import NodeName, file_of, found_in, names_starting, write_rows
from dialogues import in_process
from test_cli import PROGRAM

HEAD = b"1".ljust(63) + b"\n"
NOTE = """---
day: {day}
course: tea
---
## Black tea
- alias:: Chai
- requires:: [[Hot water]]

## Hot water

## Steep = wait
- about:: [[Black tea]]

## Claim: Black tea wakes
"""


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store with a map of two days."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.delenv("CONCEPTMAP_MAP", raising=False)
    for day in (2, 11):
        Path(f"day-{day}.md").write_text(NOTE.format(day=day), encoding="utf-8")
    assert in_process(["load", "."], "")[0] == 0


def completed(monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    """What bash is told that the last word may become."""
    with monkeypatch.context() as patch:
        patch.setenv("_CONCEPTMAP_COMPLETE", "complete_bash")
        patch.setenv("COMP_WORDS", "\n".join(("conceptmap", *words)))
        patch.setenv("COMP_CWORD", str(len(words)))
        status, out, err = in_process([], "")
    assert (status, err) == (0, "")
    return out.splitlines() if out.strip() else []


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("show bla", ["black-tea", "black-tea-wakes"]),
        ("show Bla", ["Black-tea", "Black-tea-wakes"]),
        ("show Black t", ["tea", "tea wakes"]),
        ("show chai", ["chai"]),
        ('path "Steep =', ["Steep = wait"]),
        ("path black-tea hot", ["hot-water"]),
        ("rename bl", ["black-tea", "black-tea-wakes"]),
        ("draw --focus ho", ["hot-water"]),
        ("draw --kind cl", ["claim"]),
        ("draw --relation exa", [r"example\ of"]),
        ('draw --relation "exa', ["example of"]),
        ("draw --as-of ", ["2", "11"]),
        ("diff 1", ["11"]),
        ("revert ", ["2", "1"]),
        ("show --map t", ["tea"]),
        ("--map t", ["tea"]),
        ("load --part day-1", ["day-11.md"]),
        ("export --format jsonl", ["jsonld"]),
        ("show zz", []),
        ("--map coffee show bl", []),
        ("--store sqlite:///nowhere.db show bl", []),
        ("--store nonsense draw --as-of ", []),
    ],
)
def test_a_word_becomes_what_the_map_has(typed: str, values: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    before, quote, quoted = typed.partition('"')
    words = [*before.split(), quote + quoted] if quote else typed.split(" ")
    assert completed(monkeypatch, *words) == values


def test_whatever_it_offers_the_program_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in completed(monkeypatch, "show", ""):
        assert in_process(["show", value], "")[0] == 0
    for value in completed(monkeypatch, "draw", "--kind", "c"):
        assert in_process(["draw", "--kind", value], "")[0] == 0


def test_a_map_that_has_changed_has_other_names_and_what_is_erased_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert completed(monkeypatch, "show", "gre") == []
    Path("day-12.md").write_text("---\nday: 12\n---\n## Green tea\n", encoding="utf-8")
    in_process(["load", "day-12.md"], "")
    assert completed(monkeypatch, "show", "gre") == ["green-tea"]
    kept = file_of(os.environ["CONCEPTMAP_STORE"], "tea")
    assert kept.stat().st_mode & 0o77 == 0 and kept.parent.stat().st_mode & 0o77 == 0
    assert in_process(["erase", "--entry", "3", "--yes"], "")[0] == 0
    assert not kept.exists()


def test_a_large_store_is_read_beside_once_and_its_former_names_are_offered_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert completed(monkeypatch, "show", "bla") == ["black-tea", "black-tea-wakes"]
    monkeypatch.setattr(kept_names, "MADE_AT_ONCE", 0)
    begun: list[dict[str, str]] = []
    monkeypatch.setattr("conceptmap.cli.kept_names.subprocess.Popen", lambda _, env, **__: begun.append(env))
    Path("day-12.md").write_text("---\nday: 12\n---\n## Blank tea\n", encoding="utf-8")
    in_process(["load", "day-12.md"], "")
    for _ in range(3):
        assert completed(monkeypatch, "show", "bla") == ["black-tea", "black-tea-wakes"]
    assert len(begun) == 1
    for name in ("CONCEPTMAP_STORE", "CONCEPTMAP_MAP"):
        monkeypatch.setenv(name, begun[0][name])
    kept_names.main()
    assert completed(monkeypatch, "show", "bla") == ["black-tea", "black-tea-wakes", "blank-tea"]


NAMES = st.text("abc é", max_size=4).map(str.strip)


@given(st.lists(NAMES, max_size=60), NAMES, st.integers(1, 9))
def test_names_are_found_by_halves_as_by_looking_at_each(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], key: str, limit: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "names"
    rows = [NodeName(name, f"n{number}", name.upper()) for number, name in enumerate(names)]
    write_rows(HEAD, rows, file)
    assert list(found_in(file, key, limit)) == [row for row in sorted(rows) if row.key.startswith(key)][:limit]


def test_no_more_names_are_read_than_are_shown() -> None:
    store = os.environ["CONCEPTMAP_STORE"]
    with open_atlas(store) as atlas:
        assert len(names_starting(atlas["tea"], store, "", 2)) == 2


def run_in(shell: str, script: str) -> str:
    if not (found := shutil.which(shell)):
        pytest.skip(f"NOT CHECKED: no {shell} here")
    path = f"{Path(PROGRAM).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(
        [found, "-c", script], capture_output=True, text=True, env=environment, timeout=60, check=True
    )
    assert done.stderr == ""
    return done.stdout


def test_bash_completes() -> None:
    script = """
eval "$(_CONCEPTMAP_COMPLETE=source_bash conceptmap)"
tab() {
  COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _conceptmap_completion conceptmap
  printf '<%s>' "${COMPREPLY[@]}"; echo
}
tab conceptmap show Bla
tab conceptmap path "'Black tea w"
tab conceptmap --store sqlite:///nowhere.db show a
"""
    assert run_in("bash", script) == "<Black-tea><Black-tea-wakes>\n<Black tea wakes>\n<>\n"


def test_fish_completes() -> None:
    script = """
_CONCEPTMAP_COMPLETE=source_fish conceptmap | source
complete -C 'conceptmap show Bla'
complete -C 'conceptmap draw --relation exa'
"""
    assert run_in("fish", script).splitlines() == [
        "Black-tea\tBlack tea",
        "Black-tea-wakes\tBlack tea wakes",
        "example of",
    ]
