"""Obsidian: what a vault looks like, and what notes of other people's vaults become."""

from pathlib import Path

import pytest

from conceptmap.formats import FORMATS, Given, SentFile
from conceptmap.formats.format import Reading
from conceptmap.formats.reading import read_files
from exchange import written
from graphs.view import View
from ontology.errors import InvalidDocument
from ontology.rules import completed
from small_maps import VOCABULARY, document, edge, mention, node, view

GOLDEN = Path(__file__).parent / "golden" / "formats" / "obsidian.txt"
BREAD = view(
    document(
        1,
        node("Yeast", text="A fungus. It *eats* sugar.", aliases=("Baker's yeast",), data={"hours": 2}),
        node("Dough: wet/dry", place=1),
        mention("Warmth"),
        edge("Yeast", "requires", "Warmth", note="25 °C"),
        edge("Yeast", "part of", "Dough: wet/dry", place=1, parent="target"),
    ),
    document(
        2,
        node("Rye", "Source"),
        mention("Yeast"),
        edge("Yeast", "contrasts with", "Rye", dimension="gluten", values={"source": "none", "target": "low"}),
    ),
)


def read(notes: dict[str, str], day: int | None = None) -> Given:
    """What a vault of these notes gives."""
    files = [SentFile(f"vault/{path}", text.encode()) for path, text in notes.items()]
    return read_files(files, View.of((), VOCABULARY), "m", form="obsidian", day=day)


def edges(found: Given) -> list[str]:
    """The edges that were read, in words, with the note behind a bar."""
    said = [one for document in found.documents for one in document.edges]
    return sorted(f"{one.source} {one.relation} {one.target}{f' | {one.note}' if one.note else ''}" for one in said)


def labels(found: Given) -> list[str]:
    """The labels of the nodes that were read; those that are only mentioned in brackets."""
    nodes = [one for document in found.documents for one in document.nodes]
    return [f"({one.label})" if one.mention else one.label for one in nodes]


def test_a_vault_comes_out_as_in_its_golden_file() -> None:
    text = "".join(f"=== {file.path}\n{file.data.decode()}" for file in written(FORMATS["obsidian"], BREAD))
    assert text == GOLDEN.read_text("utf-8")


def test_no_two_notes_of_a_vault_have_names_that_a_file_system_takes_for_one() -> None:
    labels = ["C", "c#", "a|b", "A b c", "a*b ^c", "con", "...", "x.md", "Bild.png", "*", "é", "e\u0301x", "L" * 300]
    made = view(completed(document(1, *(node(label) for label in labels))))
    names = [file.path for file in written(FORMATS["obsidian"], made)]
    assert len({name.casefold() for name in names}) == len(names) == len(labels) + 1
    assert not [name for name in names if set(name.rpartition("/")[2]) & set('[]#^|\\/:*?"<>') or len(name) > 140]
    assert "Concept/con.md" not in names


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({"A.md": "See [[B]] and [[B|it]].", "B.md": ""}, ["a about b"]),
        ({"A.md": "requires:: [[B]] to rise", "B.md": ""}, ["a requires b | to rise"]),
        ({"A.md": "- **is part of**:: [[B]]", "B.md": ""}, ["a part of b"]),
        ({"A.md": "Bread (requires:: [[B]]) rises.", "B.md": ""}, ["a requires b"]),
        ({"A.md": "likes:: [[B]]", "B.md": ""}, ["a about b | likes"]),
        ({"A.md": "---\nsupports: '[[B]]'\n---\n", "B.md": ""}, ["a supports b"]),
        ({"A.md": "---\nup:\n  - '[[B]]'\n  - '[[C|c]]'\n---\n"}, ["a about b | up", "a about c | up"]),
        ({"A.md": "---\nup: [[B]]\n---\n"}, ["a about b | up"]),
        ({"A.md": "![[B]] ![[p.png]] ![[c.canvas]]", "B.md": ""}, ["a about b"]),
        ({"A.md": "[[#Head]] [[A#Head]]\n# Head\n"}, []),
        ({"A.md": "`[[B]]` %% [[C]] %%\n```\n[[D]]\n```\n$$\n[[E]]\n$$"}, []),
        ({"x/A.md": "[so](../y/B%20b.md#h)", "y/B b.md": ""}, ["a about b-b"]),
        ({"A.md": "| a | b |\n|---|---|\n| [[B\\|b]] | c |", "B.md": ""}, ["a about b"]),
        ({"A.md": "[[z/B]]", "x/B.md": "", "z/B.md": ""}, ["a about z-b"]),
        ({"A.md": "[[é]]", "e\u0301.md": "x"}, ["a about é"]),
        ({"A.md": "> [!note] See\n> [[B]]\n\n1. x\n   - [[C]]", "B.md": ""}, ["a about b", "a about c"]),
    ],
)
def test_links_of_a_note_are_edges(notes: dict[str, str], expected: list[str]) -> None:
    assert edges(read(notes)) == expected


def test_a_link_to_no_note_makes_a_node_that_is_only_mentioned() -> None:
    assert labels(read({"A.md": "[[x/Missing#there|m]]"})) == ["A", "(Missing)"]


def test_the_note_nearest_to_the_root_is_meant_and_two_as_near_are_told() -> None:
    near = read({"A.md": "[[B]]", "B.md": "", "x/B.md": ""})
    assert edges(near) == ["a about b"] and not near.warnings
    assert labels(near) == ["A", "B", "x/B"]
    alike = read({"A.md": "[[B]]", "x/B.md": "", "y/B.md": ""})
    assert [one.what for one in alike.warnings] == ["[[B]] may be vault/x/B.md or vault/y/B.md; the first is taken"]


def test_other_names_are_read_under_both_keys_and_a_link_to_one_is_told() -> None:
    found = read({"A.md": "[[Bee]]", "B.md": "---\nalias: Bee, Honey\n---\n", "C.md": "---\naliases: [See]\n---\n"})
    assert [one.aliases for one in found.documents[0].nodes] == [(), ("Bee", "Honey"), ("See",)]
    assert edges(found) == ["a about b"]
    assert "another name of vault/B.md" in found.warnings[0].what


def test_notes_keep_their_text_their_fields_and_their_file() -> None:
    note = "---\ntype: Method\nauthor: Ada\ntags: [x]\nday: 4\n---\n# Kneading\n\nPush. [[Dough]]\n\nstars:: 3\n"
    found = read({"Kneading.md": note})
    kneading = found.documents[0].nodes[0]
    assert (found.documents[0].day, kneading.kind, kneading.text) == (4, "Method", "# Kneading\n\nPush. [[Dough]]")
    assert kneading.data == {"stars": "3", "author": "Ada", "tags": ["x"], "file": "vault/Kneading.md"}


def test_notes_without_a_day_are_of_the_day_of_the_import() -> None:
    assert [(one.day, one.undated) for one in read({"A.md": "x"}, day=3).documents] == [(3, False)]


def test_what_cannot_be_read_of_a_note_is_told_and_its_name_is_taken() -> None:
    files = [SentFile("v/A.md", b"Caf\xe9 [[B]]"), SentFile("v/B.md", "# Hé".encode("utf-16"))]
    found = read_files(files, View.of((), VOCABULARY), "m")
    assert labels(found) == ["(A)", "B"] and found.documents[0].nodes[1].text == "# Hé"
    assert [str(one) for one in found.warnings] == [
        "v/A.md:1: this is not UTF-8, so only its name is taken; save it as UTF-8"
    ]


def test_a_single_note_is_left_to_load_unless_the_format_is_named() -> None:
    note = [SentFile("A.md", b"[[B]]")]
    with pytest.raises(InvalidDocument, match="conceptmap load"):
        read_files(note, View.of((), VOCABULARY), "m")
    assert labels(read_files(note, View.of((), VOCABULARY), "m", form="obsidian")) == ["A", "(B)"]


def test_what_is_written_below_a_note_that_went_out_comes_in_too() -> None:
    files = written(FORMATS["obsidian"], BREAD)
    more = b"- opposes:: [[Yeast]] in part\nSee also [[Warmth]].\n"
    files = [SentFile(one.path, one.data + more if one.path.endswith("Rye.md") else one.data) for one in files]
    found = FORMATS["obsidian"].reader
    assert found is not None
    said = found.read(files, Reading(View.of((), VOCABULARY), "m", "vault"))
    assert {"rye about warmth", "rye opposes yeast | in part"} & {*edges(said)} == {"rye about warmth"}
    assert "rye about yeast | opposes: in part" in edges(said)


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "`" * 200_000, "[[x" * 60_000, "".join("\t" * n + "- a\n" for n in range(500))]
)
def test_hostile_lines_are_read(text: str) -> None:
    assert labels(read({"A.md": text})) == ["A"]
