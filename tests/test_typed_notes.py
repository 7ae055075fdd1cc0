"""Typed notes written from a map: they load back to the same nodes and edges."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

import conceptmap
from conceptmap.atlas import open_atlas
from conceptmap.cli.program import run
from conceptmap.draw import draw
from conceptmap.formats.note_writer import typed_notes
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile
from conceptmap.notes.page.tree import MAX_DEPTH
from lesson_scores import LESSONS
from ontology.errors import InvalidDocument
from ontology.model import Document, Edge, Node, Origin
from ontology.names import node_id
from small_writes import load

COURSE = Path(conceptmap.__file__).parent / "course"
BREAD = Path(__file__).parent / "courses" / "bread"


def graph(course: CourseMap) -> tuple[set[str], set[str]]:
    data = json.loads(course.export("json"))

    def said(item: dict[str, Any], *keys: str) -> str:
        return json.dumps([item[key] for key in keys], sort_keys=True)

    nodes = {said(node, "id", "kind", "label") + str(sorted(node["aliases"])) for node in data["nodes"]}
    edges = {said(edge, "source", "relation", "target", "dimension", "values") for edge in data["edges"]}
    return nodes, edges


@pytest.mark.parametrize(
    "path",
    [COURSE, BREAD, LESSONS / "law.md", LESSONS / "cooking.md", LESSONS / "biology.txt"],
    ids=lambda path: path.name,
)
def test_typed_notes_load_back_to_the_same_graph_and_tree(path: Path) -> None:
    with open_atlas("sqlite://") as one, open_atlas("sqlite://") as other:
        day = 18 if path.suffix == ".txt" else None
        one["m"].load(path, day=day)
        notes = typed_notes(one["m"].view())
        load(other.ledger, "m", [NoteFile(note.name, note.text.encode()) for note in notes])
        assert graph(other["m"]) == graph(one["m"])
        assert draw(other["m"].view(), "text") == draw(one["m"].view(), "text")


LABELS = st.text(st.sampled_from("abAB *_[]`&<>{}#:!|~-1$\\"), min_size=1, max_size=12).filter(
    lambda label: any(map(str.isalpha, label))
)


@given(
    labels=st.lists(LABELS, min_size=2, max_size=4, unique_by=lambda label: "".join(filter(str.isalnum, label.lower())))
)
@example(labels=["1A", "*A*"])
@example(labels=["a_b_c", "$a$ and $b$"])
def test_odd_labels_and_notes_come_back(labels: list[str]) -> None:

    ids = [f"n{number}-{node_id(label)}" for number, label in enumerate(labels)]
    nodes = tuple(Node(id=id, kind="Concept", label=label) for id, label in zip(ids, labels, strict=True))
    edges = tuple(Edge(source=ids[0], relation="about", target=id) for id in ids[1:])
    with open_atlas("sqlite://") as one, open_atlas("sqlite://") as other:
        one["m"].put(Document(map="m", day=1, part="day-1.md", nodes=nodes, edges=edges))
        notes = typed_notes(one["m"].view())
        load(other.ledger, "m", [NoteFile(note.name, note.text.encode()) for note in notes])
        assert graph(other["m"]) == graph(one["m"])


def test_notes_say_what_corrections_and_refusals_make_of_the_map() -> None:
    derived = Origin(how="derived")
    nodes = (
        Node(id="tea", kind="Concept", label="Te", text="Leafs."),
        Node(id="leaf", kind="Concept", label="Leaf"),
    )
    edges = (
        Edge(source="tea", relation="requires", target="leaf", origin=derived),
        Edge(source="tea", relation="part of", target="leaf", origin=derived),
    )
    said = Document(map="m", day=1, part="day-1.md", nodes=nodes, edges=edges)
    with open_atlas("sqlite://") as one, open_atlas("sqlite://") as other:
        one["m"].put(said)
        one["m"].put(replace(said, day=2, part="day-2.md"))
        corrected = Node(id="tea", kind="Concept", label="Tea", text="Leaves in water.", correction=True)
        one["m"].append(1, [corrected], [Edge(source="tea", relation="part of", target="leaf", refusal=True)], by="ada")
        assert [edge.relation for edge in one["m"].view().edges()] == ["requires"]
        notes = typed_notes(one["m"].view())
        load(other.ledger, "m", [NoteFile(note.name, note.text.encode()) for note in notes])
        assert graph(other["m"]) == graph(one["m"])
        assert other["m"].node("tea").text == "Leaves in water."


def test_a_tree_is_written_as_deep_as_it_is_read() -> None:
    lines = ["Root", *(f"{'    ' * depth}└── Level {depth}" for depth in range(MAX_DEPTH))]
    note = "---\nday: 1\n---\n```\n" + "\n".join(lines) + "\n```\n"
    with open_atlas("sqlite://") as one, open_atlas("sqlite://") as other:
        one["m"].load_notes([NoteFile("day-1.md", note.encode())])
        (written,) = typed_notes(one["m"].view())
        report = other["m"].load_notes([NoteFile(written.name, written.text.encode())])
        assert report.warnings == ()
        assert draw(other["m"].view(), "text") == draw(one["m"].view(), "text")
        assert f"Level {MAX_DEPTH - 1}" in written.text.partition("```")[2]


def test_notes_of_one_name_on_two_days_are_two_files(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/maps.db"
    with open_atlas(store) as atlas:
        for day in (1, 2):
            said = Node(id=f"n{day}", kind="Concept", label=f"N{day}")
            atlas["m"].put(Document(map="m", day=day, part="monday.md", nodes=(said,)))
        before = graph(atlas["m"])
    assert run(["--store", store, "export", "--format", "notes", "-o", str(tmp_path / "out")]) == 0
    with open_atlas("sqlite://") as other:
        other["m"].load(tmp_path / "out")
        assert graph(other["m"]) == before


def test_named_days_and_undated_notes_come_back_as_they_were(tmp_path: Path) -> None:
    for name in ("2026-11-02.md", "2026-11-04.md", "rye.md"):
        (tmp_path / name).write_text("## Claim: Rye keeps\n")
    with open_atlas("sqlite://") as one, open_atlas("sqlite://") as other:
        one["m"].load(tmp_path)
        notes = typed_notes(one["m"].view())
        load(other.ledger, "m", [NoteFile(note.name, note.text.encode()) for note in notes])
        days = [
            [(each.day, each.undated, each.day_name, each.date) for each in course.view().documents()]
            for course in (one["m"], other["m"])
        ]
        assert days[0] == days[1]
        assert days[0][1] == (1, False, "2 Nov", "2026-11-02")


def texts_of(course: CourseMap) -> dict[str, str | None]:
    return {node.id: node.text for node in course.view().nodes() if node.defined}


def read_back(course: CourseMap) -> dict[str, str | None]:
    """The texts that the typed notes of a map give."""
    with open_atlas("sqlite://") as other:
        notes = typed_notes(course.view())
        load(other.ledger, course.name, [NoteFile(note.name, note.text.encode()) for note in notes])
        return texts_of(other[course.name])


PIECES = st.sampled_from(
    (
        "Plain words.¦two\nlines  ¦- a\n- *b* [[A]]\n  - c¦1. one\n2. two¦> said\n> [[B|so]]¦```py\nx = 1\n\n```¦"
        "a $y$ `[[c]]`¦| k | v |\n|---|---|\n| 1 | [[B]] |¦* * *¦<b>x</b>¦see <!-- not --> this¦[a](http://b.c)¦"
        "Evidence:¦Evidence:\n- seen [[B]]¦a → b¦- x:: 1¦- about:: [[B]]¦(about:: [[B]]) it is¦~~~\n```\n~~~¦    code¦"
        "- [ ] do\n- [x] done¦**T**: a term¦%%gone%%¦Steps:\n1. first\n2. second¦[r]: http://x.y¦#tag end ^id1¦---¦"
        "| D | A | B |\n|---|---|---|\n| taste | x | y |¦$$\nx^2\n$$¦- Claim: C\n  - d\n\n    e¦![[B]]¦\\*kept\\*"
    ).split("¦")
)


@given(st.lists(PIECES, min_size=1, max_size=6))
@example(["- a\n- *b* [[A]]\n  - c", "- about:: [[B]]", "    code"])
def test_markdown_below_a_heading_is_kept_and_comes_back_byte_by_byte(pieces: list[str]) -> None:
    note = "\n\n".join(["## Claim: A", *pieces, "## B {#b}", "Last."])
    with open_atlas("sqlite://") as atlas:
        try:
            atlas["m"].load_notes([NoteFile("day-1.md", note.encode())])
        except InvalidDocument:
            return
        text = texts_of(atlas["m"])["a"]
        assert all(line.strip() in note for line in (text or "").splitlines() if "<!--" not in note)
        assert read_back(atlas["m"]) == texts_of(atlas["m"])


TEXTS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=4).map("\n\n".join),
    st.text(st.sampled_from("ab.:`~#-*[]|$<>\n \t%^\\é"), min_size=1, max_size=60),
)


@given(TEXTS)
@example("`" * 8 + "\n``")
@example("\n a \n\n")
@example("## Claim: B\n- about:: [[A]]")
def test_any_text_comes_back_byte_by_byte(text: str) -> None:
    node = Node(id="a", kind="Claim", label="A", text=text, aliases=("Alpha",))
    with open_atlas("sqlite://") as atlas:
        atlas["m"].put(Document(map="m", day=1, part="day-1.md", nodes=(node,)))
        assert read_back(atlas["m"]) == {"a": text, "day-1": None}


def test_a_text_is_written_as_it_stands_where_it_reads_back() -> None:
    text = "One *two*:\n\n- [[Salt]]\n- `x`"
    with open_atlas("sqlite://") as atlas:
        atlas["m"].load_notes([NoteFile("day-1.md", f"## Claim: A\n{text}\n- requires:: [[Salt]]\n".encode())])
        atlas["m"].append(1, [Node(id="b", kind="Claim", label="B", text="- Claim: no\n```")], by="ada")
        theirs, note = typed_notes(atlas["m"].view())
        assert f"## Claim: A\n{text}\n\n- requires" in note.text
        assert "```` text::\n- Claim: no\n```\n````" in theirs.text
        assert "Concept: Salt" not in note.text, "it is only mentioned"


def test_an_undated_note_stays_undated() -> None:
    with open_atlas("sqlite://") as one, open_atlas("sqlite://") as other:
        one["m"].load_notes([NoteFile("salt.md", b"Salt is white.\n\n## Sea {#sea}\n- part of:: [[Salt]]\n")])
        (note,) = typed_notes(one["m"].view())
        load(other.ledger, "m", [NoteFile(note.name, note.text.encode())])
        assert graph(other["m"]) == graph(one["m"])
        assert texts_of(other["m"]) == texts_of(one["m"])
        assert other["m"].view().days() == one["m"].view().days()
