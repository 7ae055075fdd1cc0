"""Pulling: what was mended on the map or appended to it comes into the notes as the smallest patch, and only there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from anyio import to_thread
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import State
from starlette.types import Receive, Scope, Send
from typer.testing import CliRunner

from conceptmap.atlas import open_atlas
from conceptmap.cli.program import application
from conceptmap.cli.pull import by_hand
from conceptmap.map import CourseMap
from conceptmap.mending import ChangeEdge, ChangeNode, Confirm, EndEdge, EndNode, Mend, Refuse
from conceptmap.note_patches import ByHand, Left, Patch
from conceptmap.notes import NoteFile
from conceptmap.pulling import Remote
from conceptmap.values import PartKey
from graphs.view import View
from ontology.errors import PushFailed
from ontology.model import Edge, EdgeKey, EndValues, Node
from services import running, served

FERMENTATION = """## Fermentation
Yeast turns sugar into gas.
- requires:: [[Yeast]], [[Sugar]] nothing rises without it
- gist:: yeast at work

## Yeast
A fungus.

<!-- keep this comment -->

## Claim: Time beats kneading
- about:: [[Fermentation]]
- Evidence:
  - A no-knead dough rose as high
    * nested
        * deeper
"""
SUGAR = """# Day 3

## Sugar {#sugar}
What yeast eats.

- example of:: [[Food]]

%% keep me %%

```
## No heading
```
"""
FRONTS = ("---\nday: 2   # the second\ncourse: bread\n---\n", "---\ncourse: 'bread'\nday: 2\ntags: [a,\n  b]\n---\n\n")
THIRD = "---\nday: 3\ncourse: bread\n---\n"
SECOND_NOTE = "---\nday: 2\ncourse: bread\n---\nMore of the day.\n\n## Salt\n- about:: [[Yeast]]\n"
REQUIRES = EdgeKey("fermentation", "requires", "sugar")
EVIDENCE = "A no-knead dough rose as high"

Do = Callable[[CourseMap], object]


def mend(change: Mend) -> Do:
    return lambda course: course.mend(change, by="ana")


def added(day: int, *items: Node | Edge) -> Do:
    nodes = [one for one in items if isinstance(one, Node)]
    edges = [one for one in items if isinstance(one, Edge)]
    return lambda course: course.append(day, nodes, edges, by="ben")


WRITTEN: dict[str, Do] = {
    "a label": mend(ChangeNode("Yeast", label="Baker's yeast *fresh*")),
    "a text": mend(ChangeNode("Yeast", text="A living thing\nthat eats.")),
    "a text with signs": mend(ChangeNode("Sugar", text="## Sweet\n- requires:: nothing")),
    "a kind": mend(ChangeNode("Fermentation", kind="Method")),
    "a kind back": mend(ChangeNode("Time beats kneading", kind="Concept")),
    "a text where none was": mend(ChangeNode("Time beats kneading", text="By far.")),
    "a text taken away": mend(ChangeNode("Sugar", text="")),
    "an end of an edge": mend(EndEdge(REQUIRES)),
    "another relation": mend(ChangeEdge(EdgeKey("time-beats-kneading", "about", "fermentation"), "part of")),
    "turned round": mend(ChangeEdge(EdgeKey("fermentation", "requires", "yeast"), turned=True)),
    "a note": mend(ChangeEdge(EdgeKey("sugar", "example of", "food"), note="mostly")),
    "a confirmed node": mend(Confirm(EVIDENCE)),
    "a new node": added(3, Node(id="rye", kind="Concept", label="Rye: dark", text="A grain.")),
    "a new node with signs": added(3, Node(id="r", kind="Claim", label="R #1", text="See [[Sugar]].\n\n- a\n- b")),
    "a new edge": added(2, Edge(source="yeast", relation="leads to", target="fermentation", note="soon")),
    "a comparison": added(
        3,
        Edge(
            source="sugar",
            relation="contrasts with",
            target="food",
            dimension="Cost",
            values=EndValues(source="low", target="high"),
        ),
    ),
    "a day without notes": added(7, Node(id="oven", kind="Method", label="Oven")),
}
ALONE: dict[str, Do] = {"a note taken away": mend(ChangeEdge(REQUIRES, note=""))}
"""What cannot be done where an edge was turned round or ended."""


def files_of(*bodies: bytes) -> list[NoteFile]:
    names = ("day-02.md", "more/day-02b.md", "day-03.md")
    return [
        NoteFile(f"notes/{name}", body, place=name, base="notes", root="/notes")
        for name, body in zip(names, bodies, strict=True)
    ]


def taken(course: CourseMap, files: list[NoteFile]) -> tuple[Patch, list[NoteFile]]:
    patch = course.patch(files, "notes")
    known = {file.path for file in files}
    after = [replace(file, body=patch.files[file.path][1]) if file.path in patch.files else file for file in files]
    after += [
        NoteFile(path, body, place=path.rpartition("/")[2], base="notes", root="/notes")
        for path, (_, body) in patch.files.items()
        if path not in known
    ]
    course.take_into_notes(patch, after)
    return patch, after


def shown(view: View) -> tuple[object, object]:
    """What people see of a map, wherever it is said."""
    nodes = {node.id: (node.label, node.kind, (node.text or "").strip(), sorted(node.names)) for node in view.nodes()}
    edges = {(edge.key, edge.note, edge.values) for edge in view.edges() if edge.relation != "introduced on"}
    return nodes, edges


@pytest.fixture
def bread() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        yield atlas["bread"]


@pytest.mark.parametrize("what", [*WRITTEN, *ALONE])
def test_what_is_said_on_the_map_comes_into_the_notes_and_nothing_else_changes(bread: CourseMap, what: str) -> None:
    files = files_of((FRONTS[0] + FERMENTATION).encode(), SECOND_NOTE.encode(), (THIRD + SUGAR).encode())
    bread.load_notes(files)
    {**WRITTEN, **ALONE}[what](bread)
    before = shown(bread.view())
    patch, after = taken(bread, files)
    assert (patch.left, bool(patch.files)) == ((), True)
    assert shown(bread.view()) == before
    assert not [key for key in bread.parts() if key.part.startswith("by:")]
    assert bread.load_notes(after).entries == ()
    assert bread.patch(after, "notes").taken == 0


@settings(max_examples=15, deadline=None)
@given(
    whats=st.lists(st.sampled_from(sorted(WRITTEN)), min_size=1, max_size=4, unique=True),
    front=st.sampled_from(FRONTS),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    has_mark=st.booleans(),
    is_ended=st.booleans(),
)
def test_layout_and_comments_stay_byte_for_byte(
    whats: list[str], front: str, newline: str, has_mark: bool, is_ended: bool
) -> None:
    def styled(text: str) -> bytes:
        text = text if is_ended else text.rstrip("\n")
        return (("\ufeff" if has_mark else "") + text.replace("\n", newline)).encode()

    files = files_of(styled(front + FERMENTATION), styled(SECOND_NOTE), styled(THIRD + SUGAR))
    with open_atlas("sqlite://") as atlas:
        course = atlas["bread"]
        course.load_notes(files)
        for what in whats:
            WRITTEN[what](course)
        before = shown(course.view())
        patch, after = taken(course, files)
        assert patch.left == () and shown(course.view()) == before
        assert course.load_notes(after).entries == ()
    for old, new in ((pair[0], pair[1]) for pair in patch.files.values() if pair[0] is not None):
        text = new.decode()
        assert text.startswith("\ufeff") == has_mark
        assert text.endswith(newline) == old.decode().endswith(newline)
        assert newline == "\n" or "\n" not in text.replace(newline, "")
        signs = ("tags", "  b", "day", "%% keep", "<!-- keep")
        kept = [line for line in old.decode().split(newline) if line.startswith(signs)]
        assert all(line in text.split(newline) for line in kept)


def test_what_notes_have_no_words_for_stays_on_the_map_and_is_told(bread: CourseMap) -> None:
    files = files_of((FRONTS[0] + FERMENTATION).encode(), SECOND_NOTE.encode(), (THIRD + SUGAR).encode())
    bread.load_notes(files)
    bread.mend(Refuse(EdgeKey("a-no-knead-dough-rose-as-high", "supports", "time-beats-kneading")), by="ana")
    bread.mend(ChangeNode("Yeast", label="Leaven"), by="ana")
    patch, _ = taken(bread, files)
    assert [one.label for one in patch.left] == [f"{EVIDENCE} supports Time beats kneading"]
    assert [key.part for key in bread.parts() if key.part.startswith("by:")] == ["by:ana"]
    assert bread.mended()[0].how == "refused"


def test_an_ended_node_goes_with_its_section_and_its_links(bread: CourseMap) -> None:
    files = files_of((FRONTS[0] + FERMENTATION).encode(), SECOND_NOTE.encode(), (THIRD + SUGAR).encode())
    bread.load_notes(files)
    bread.mend(EndNode("Sugar"), by="ana")
    bread.mend(EndNode("Food"), by="ana")
    before = shown(bread.view())
    patch, _ = taken(bread, files)
    assert shown(bread.view()) == before
    body = patch.files["notes/day-03.md"][1].decode()
    assert "What yeast eats" not in body and "[[Sugar]]" not in patch.files["notes/day-02.md"][1].decode()


def test_pull_shows_a_patch_and_writes_only_on_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "day-02.md").write_text(FRONTS[0] + FERMENTATION)
    store = f"sqlite:///{tmp_path / 'maps.db'}"
    with open_atlas(store) as atlas:
        atlas["bread"].load("notes")
        atlas["bread"].mend(ChangeNode("Yeast", label="Leaven"), by="ana")
    runner = CliRunner()

    def run(*words: str) -> str:
        done = runner.invoke(application(), ["--store", store, *words])
        assert done.exit_code == 0, done.output
        return done.output

    asked = run("pull", "notes")
    assert "-## Yeast\n+## Leaven {#yeast}\n" in asked and "nothing was written" in asked
    assert "Leaven" not in (notes / "day-02.md").read_text()
    assert "the notes say it now" in run("pull", "notes", "--yes")
    assert "## Leaven {#yeast}" in (notes / "day-02.md").read_text()
    assert "1 unchanged" in run("load", "notes")
    assert "nothing to bring" in run("pull", "notes")


@dataclass
class Busy:
    """A service to which somebody adds whenever a part of a day is read."""

    app: FastAPI
    add: Callable[[], object]

    @property
    def state(self) -> State:
        return self.app.state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].endswith("/days/2.jsonld"):
            await to_thread.run_sync(self.add)
        await self.app(scope, receive, send)


def test_what_is_added_while_a_service_is_read_is_not_lost() -> None:
    with served() as service, open_atlas("sqlite://") as here:
        there = service.atlas["bread"]
        added(2, Node(id="rye", kind="Concept", label="Rye"))(there)
        add = partial(added(2, Node(id="oven", kind="Method", label="Oven")), there)
        with running(Busy(service.app, add)) as url:  # type: ignore[arg-type]
            remote = Remote(url, "bread", service.tokens["admin"])
            with pytest.raises(PushFailed, match="pull again"):
                remote.fetch(here["bread"])
            assert list(remote.fetch(here["bread"])) == [PartKey(2, "by:ben")]


def test_a_service_is_pulled_from_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    note = tmp_path / "notes" / "day-02.md"
    note.write_text(FRONTS[0] + FERMENTATION)
    runner = CliRunner()
    with served() as service, running(service.app) as url:
        where = ["--token", service.tokens["admin"], "notes"]
        assert runner.invoke(application(), ["push", "--to", url, *where]).exit_code == 0
        said = [{"id": "yeast", "kind": "Concept", "label": "Leaven", "correction": True}]
        assert service.append(2, "nodes", said).status_code == 201
        asked = runner.invoke(application(), ["pull", "--from", url, "notes", "--yes"])
        assert asked.exit_code == 0 and "conceptmap push" in asked.output
        assert "## Leaven {#yeast}" in note.read_text()
        done = runner.invoke(application(), ["pull", "--from", url, *where, "--yes"])
        assert done.exit_code == 0, done.output
        course = service.atlas["bread"]
        assert course.node("yeast").label == "Leaven" and course.parts() == [(2, "day-02.md")]


PROSE = """---
day: 4
course: bread
---
# Proofing

Proofing is the last rise of the dough. It requires warmth.

- **Overproofing** is a rise that goes on for too long.
- **Underproofing** is a rise that ends too soon.

More heat leads to a faster rise.
"""


def prose_files() -> list[NoteFile]:
    return [NoteFile("notes/day-04.md", PROSE.encode(), place="day-04.md", base="notes", root="/notes")]


PROSE_MENDS: dict[str, Mend] = {
    "a text": ChangeNode("Overproofing", text="The dough falls."),
    "a kind": ChangeNode("Underproofing", kind="Method"),
    "a name": ChangeNode("Overproofing", label="Proofed too long"),
    "a confirmed node": Confirm("Underproofing"),
}


@pytest.mark.parametrize("what", PROSE_MENDS)
def test_what_was_read_from_prose_is_mended_by_lines_at_the_end_of_its_note(bread: CourseMap, what: str) -> None:
    files = prose_files()
    bread.load_notes(files)
    bread.mend(PROSE_MENDS[what], by="ana")
    before = shown(bread.view())
    patch, after = taken(bread, files)
    assert patch.left == () and shown(bread.view()) == before
    assert bread.load_notes(after).entries == ()


def test_what_is_left_says_what_to_write_by_hand_and_where(bread: CourseMap) -> None:
    files = prose_files()
    bread.load_notes(files)
    derived = next(edge for edge in bread.view().edges() if edge.how == "derived" and edge.relation != "introduced on")
    bread.mend(Refuse(derived.key), by="ana")
    (left,) = bread.patch(files, "notes").left
    assert left.by_hand is not None and left.by_hand.path == "notes/day-04.md"
    said = PROSE.splitlines()[(left.by_hand.line or 1) - 1]
    assert left.by_hand.lines == () and said.strip()


def test_pull_prints_what_to_write_by_hand() -> None:
    hand = ByHand("notes/day-04.md", None, ("- Claim: Warm dough rises", "  - alias:: Warmth"))
    told = list(by_hand(Left("Warm dough", "ana", "no line was found", hand), {"notes/day-04.md": "my/day-04.md"}))
    assert told[0].startswith("by hand: write at the end of my/day-04.md")
    assert told[1:] == ["    - Claim: Warm dough rises", "      - alias:: Warmth"]
    cut = Left("Warm dough", "ana", "other lines speak of it", ByHand("notes/day-04.md", 7))
    assert list(by_hand(cut, {})) == ["by hand: take out or reword notes/day-04.md:7"]
