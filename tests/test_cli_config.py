"""Where settings come from (options, the environment, two files), and what is told of one that is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogues import in_process
from small_vocabularies import COOKING, COOKING_NOTES

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder of a project, without anything in the environment; `own` is the user's file."""
    for name in ("STORE", "MAP", "VOCABULARY", "SERVICE", "TOKEN"):
        monkeypatch.delenv(f"CONCEPTMAP_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "config" / "conceptmap").mkdir(parents=True)
    (tmp_path / "course" / "notes").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "course" / "notes")
    return lambda *arguments: in_process(arguments, "")


def project(folder: Path, text: str) -> None:
    (folder / "course" / "conceptmap.toml").write_text(text)


def own(folder: Path, text: str) -> None:
    (folder / "config" / "conceptmap" / "config.toml").write_text(text)


def in_force(run: Run, *options: str) -> dict[str, tuple[str | None, str]]:
    status, out, err = run(*options, "config", "--json")
    assert (status, err) == (0, "")
    return {key: (one["value"], one["from"]) for key, one in json.loads(out).items() if key != "files"}


def test_a_setting_is_taken_from_the_nearest_place(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_force(run)["map"] == (None, "not set: the store's only one")
    own(tmp_path, 'service = "https://maps.example"\nmap = "mine"\n')
    assert in_force(run)["map"] == ("mine", f"{tmp_path}/config/conceptmap/config.toml:2")
    project(tmp_path, '# the course\nmap = "ours"\n')
    assert in_force(run)["map"] == ("ours", f"{tmp_path}/course/conceptmap.toml:2")
    assert in_force(run)["service"] == ("https://maps.example", f"{tmp_path}/config/conceptmap/config.toml:1")
    monkeypatch.setenv("CONCEPTMAP_MAP", "theirs")
    assert in_force(run)["map"] == ("theirs", "CONCEPTMAP_MAP")
    assert in_force(run, "--map", "this")["map"] == ("this", "the command line")


def test_paths_begin_at_the_file_that_names_them(run: Run, tmp_path: Path) -> None:
    project(tmp_path, 'store = "sqlite:///maps.db"\nvocabulary = "words/cooking.ttl"\n')
    found = in_force(run)
    assert found["store"][0] == f"sqlite:///{tmp_path}/course/maps.db"
    assert found["vocabulary"][0] == f"{tmp_path}/course/words/cooking.ttl"


def test_a_file_that_is_empty_only_marks_the_folder(run: Run, tmp_path: Path) -> None:
    project(tmp_path, "")
    assert all(source.startswith("not set") for _, source in in_force(run).values())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'map = "bread"\nvocabluary = "words.ttl"\n',
            "2: there is no setting 'vocabluary'; did you mean 'vocabulary'?",
        ),
        ('colour = "red"\n', "1: there is no setting 'colour'; there are store, map, vocabulary, service"),
        ("map = 3\n", '1: map is no text; write it in quotes: map = "bread"'),
        ('map = "my bread"\n', "1: map is 'my bread'; write it as: map = \"bread\""),
        ('store = "maps.db"\n', "1: store is 'maps.db'; write it as: store = \"sqlite:///maps.db\""),
        ("[store]\nurl = 'x'\n", '1: store is no text; write it in quotes: store = "sqlite:///maps.db"'),
        (
            'token = "cmap_1"\n',
            "1: a token does not belong in a file that others may read; keep it in CONCEPTMAP_TOKEN",
        ),
        ("\nmap = bread\n", '2:7: no TOML: invalid value; write settings as: vocabulary = "words.ttl"'),
        (
            'service = "https://maps.example"\n',
            "1: service is on another machine, and this file may have come with the notes; set service in ",
        ),
        (
            'store = "postgresql://h/d"\n',
            "1: store is on another machine, and this file may have come with the notes; set store in ",
        ),
    ],
)
def test_a_mistake_is_told_with_file_and_line(run: Run, tmp_path: Path, text: str, told: str) -> None:
    project(tmp_path, text)
    status, out, err = run("maps")
    assert (status, out) == (2, "")
    assert err.startswith(f"{tmp_path}/course/conceptmap.toml:{told}")
    assert len(err.splitlines()) == 1


def test_all_mistakes_of_a_file_are_told_at_once(run: Run, tmp_path: Path) -> None:
    own(tmp_path, 'mpa = "bread"\nstore = 3\nservise = "https://maps.example"\n')
    _, _, err = run("maps")
    assert [line.split(": ")[0].rpartition(":")[2] for line in err.splitlines()] == ["1", "2", "3"]


def test_help_is_shown_whatever_a_file_says(run: Run, tmp_path: Path) -> None:
    project(tmp_path, "?")
    assert run("maps", "--help")[0] == 0
    assert run("maps")[0] == 2


def test_one_pushes_to_the_service_of_ones_own_file_alone(run: Run, tmp_path: Path) -> None:
    status, _, err = run("push", ".")
    assert status == 2
    assert "which service? --to URL, or set CONCEPTMAP_SERVICE, or `service` in" in " ".join(err.split())
    own(tmp_path, 'service = "https://maps.example"\n')
    status, _, err = run("push", ".")
    assert "which service?" not in err


def test_a_project_says_its_vocabulary_once(run: Run, tmp_path: Path) -> None:
    for name, text in COOKING_NOTES.items():
        (tmp_path / "course" / "notes" / name).write_text(text)
    (tmp_path / "course" / "cooking.ttl").write_text(COOKING)
    project(tmp_path, 'store = "sqlite:///maps.db"\nvocabulary = "cooking.ttl"\n')
    assert run("load", ".")[0] == 0
    status, out, _ = run("ask", "which flours does the rye loaf use?")
    assert (status, out.splitlines()[1]) == (0, "- Rye flour  Flour")
    status, out, _ = run("vocabulary", "--json")
    told = json.loads(out)
    assert next(one["name"] for one in told["kinds"] if one["own"]) == "Recipe"
    assert next(one for one in told["relations"] if one["name"] == "uses")["targets"] == ["Ingredient", "Flour"]


@pytest.mark.parametrize("where", ["before", "behind", "environment"])
def test_a_vocabulary_is_named_before_a_command_or_behind_it(
    run: Run, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cooking.ttl").write_text(COOKING)
    named = ("--vocabulary", str(tmp_path / "cooking.ttl"))
    before, behind = ((named, ()), ((), named), ((), ()))[("before", "behind", "environment").index(where)]
    if where == "environment":
        monkeypatch.setenv("CONCEPTMAP_VOCABULARY", named[1])
    (tmp_path / "course" / "notes" / "day-01.md").write_text(COOKING_NOTES["day-01.md"])
    status, _, err = run(*before, "load", ".", *behind)
    assert status == 0, err
    assert (f"--vocabulary {named[1]}" in err) == (where != "environment")
    assert "Your kinds" in run(*before, "vocabulary", *behind)[1]


def test_a_wrong_vocabulary_ends_every_command_with_all_that_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "words.ttl").write_text(
        "@prefix : <https://x.example/> .\n:a a <http://www.w3.org/2002/07/owl#Class> .\n"
    )
    status, out, err = run("maps", "--vocabulary", str(tmp_path / "words.ttl"))
    assert (status, out) == (2, "")
    assert err == f'{tmp_path}/words.ttl:2: :a has no name; add: rdfs:label "A"\n'
