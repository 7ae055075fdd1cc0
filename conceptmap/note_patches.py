"""Notes that are to say what was mended on the map or appended to it: the smallest edits of their lines that do.

Every edit is tried: the folder is read again with it, and it counts only where the map is then as it was mended, and
in all else as it was. What no edit brings about stays a contribution, and that is told.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from conceptmap.formats.note_writer import NoteWords
from conceptmap.loading import part_of, read_for
from conceptmap.mending import label_of
from conceptmap.notes import Memory, NoteDocument, NoteFile
from graphs.diff import Change, diff
from graphs.fold import Event, PartKey
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.errors import InvalidDocument
from ontology.model import Document, Edge, EdgeKey, Node
from ontology.names import CONTRIBUTED, name_key, node_id
from ontology.terms import DAY

PLAIN = (".md", ".markdown", ".txt", ".mdx", ".qmd", ".rmd")
"""What the names of files end in whose lines are those of their notes: of a notebook they are not."""

FEW_NOTES = 30
"""Notes that are read together again for each edit where reading one alone did not do: a second or less each time."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_HEADING = re.compile(r"(?P<sign>[ >]*#{1,6}[ \t]+)(?P<words>.*)\Z")
_ITEM = re.compile(r"(?P<sign>[ \t>]*[-*+][ \t]+)(?P<words>.*)\Z")
_FIELD = re.compile(r"(?:[-*+][ \t]+)?[^\W\d_][\w’' -]*::")
_TEXT_FIELD = re.compile(r"[ >]*(?:[-*+][ \t]+)?text::", re.IGNORECASE)
_FENCE = re.compile(r"[ >]*(?:`{3,}|~{3,})")
_ID = re.compile(r"\{#[^{}]+\}")
_LINK = re.compile(r"\[\[[^\[\]]*\]\]")

Files = Mapping[str, NoteFile]


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person may do in a note: write lines at its end, or take out or reword the line at a place."""

    path: str
    line: int | None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A contribution that is not written into the notes, why, and how a person may say it there."""

    label: str
    by: str
    why: str
    by_hand: ByHand | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """What is to be written: files by their paths as they were (None: it is new) and as they are to be.

    `kept` are the contributors' parts that go on without what the notes say now; None: nothing is left of one. `left`
    is what stays a contribution, `taken` how many words the notes say now.
    """

    files: Mapping[str, tuple[bytes | None, bytes]]
    kept: Mapping[PartKey, Document | None]
    left: tuple[Left, ...]
    taken: int

    def unified(self, given: Mapping[str, str]) -> str:
        """The patch in the unified format, which `git apply` reads; `given` are the paths to be shown."""
        found = sorted((given.get(path, path), pair) for path, pair in self.files.items())
        return "".join(line for path, (old, new) in found for line in _unified(path, old, new))


def _unified(path: str, old: bytes | None, new: bytes) -> Iterator[str]:
    name = path.lstrip("/")
    before, after = (_patch_lines((one or b"").decode()) for one in (old, new))
    for line in difflib.unified_diff(before, after, "/dev/null" if old is None else f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _patch_lines(text: str) -> list[str]:
    """Lines as a patch has them: a carriage return is a part of its line."""
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def patch_of(name: str, view: View, files: Sequence[NoteFile], folder: str) -> Patch:
    """What notes need to say all that contributors say of a map. `folder` is where a new note goes, as paths begin.

    Raises `InvalidDocument` where no note can be read.
    """
    quick = _Patching(name, view, files, folder, together=False).done()
    if quick and (not quick.left or len(files) > FEW_NOTES):
        return quick
    found = _Patching(name, view, files, folder, together=True).done()
    both = [one for one in (found, quick) if one]
    return max(both, key=lambda one: one.taken) if both else Patch({}, {}, (), 0)


@dataclass(frozen=True, slots=True)
class _State:
    """Files as they are to be, what they say, and the map of just that."""

    files: Files
    notes: tuple[NoteDocument, ...]
    view: View

    def defining(self, node: str) -> list[NoteDocument]:
        """The notes that define a node, the oldest first."""
        return [one for one in self.notes if any(each.id == node and not each.mention for each in one.document.nodes)]

    def saying(self, key: EdgeKey) -> list[NoteDocument]:
        """The notes that say an edge."""
        folded = self.view.folded_key
        return [one for one in self.notes if any(folded(each.key) == folded(key) for each in one.document.edges)]

    def of_day(self, day: int, *ends: str) -> list[NoteDocument]:
        """The notes of a day that can be written, those first that define one of these nodes."""
        found = [one for one in self.notes if one.document.day == day and one.path.lower().endswith(PLAIN)]
        return sorted(found, key=lambda one: not any(one in self.defining(end) for end in ends))

    def body(self, note: NoteDocument) -> bytes:
        """The bytes of a note's whole file."""
        return self.files[note.path].body


class _Patching:
    """Edits that are tried one after the other: each file alone, or all files `together`, which takes longer."""

    def __init__(self, name: str, view: View, files: Sequence[NoteFile], folder: str, *, together: bool) -> None:
        self._name, self._target, self._folder, self._together = name, view, folder, together
        self._parts = [part for part in view.standing_parts() if part.key.part.startswith(CONTRIBUTED)]
        self._base = view.without(part.key for part in self._parts)
        self._memory = Memory()
        self._words = NoteWords(view)
        self._before = {file.path: file for file in files}
        notes = read_for(name, self._base, files, self._memory, strict=False)
        sound = {note.path for note in notes}
        self._state = self._made({path: file for path, file in self._before.items() if path in sound}, notes)

    def done(self) -> Patch | None:
        """The patch; None where files that are read together say something else than those that were read alone."""
        taken: dict[PartKey, set[str | EdgeKey]] = {part.key: set() for part in self._parts}
        left: list[Left] = []
        said = [(part.key, part.document, item) for part in self._parts for item in _words_of(part.document)]
        for key, document, item in sorted(said, key=lambda one: _turn(one[2])):
            why = self._take(key, document, item)
            if why:
                label, by = label_of(self._target, document, item), key.part.removeprefix(CONTRIBUTED)
                left.append(Left(label, by, why, self._by_hand(key, document, item)))
            else:
                taken[key].add(item.id if isinstance(item, Node) else item.key)
        if not self._together and not self._is_so_together():
            return None
        news = {path: file.body for path, file in self._state.files.items()}
        changed = {
            path: (self._before[path].body if path in self._before else None, body)
            for path, body in news.items()
            if path not in self._before or self._before[path].body != body
        }
        kept = {part.key: _rest(part.document, taken[part.key]) for part in self._parts if taken[part.key]}
        return Patch(changed, kept, tuple(left), sum(map(len, taken.values())))

    def _is_so_together(self) -> bool:
        """Whether all files, read together, make the map that those which were edited make one by one."""
        if all(self._before.get(path) is file for path, file in self._state.files.items()):
            return True
        files = list(self._state.files.values())
        try:
            notes = read_for(self._name, self._base, files, self._memory, strict=True)
        except InvalidDocument:
            return False
        differs = diff(self._state.view, self._made(self._state.files, notes).view)
        return not (
            any((differs.nodes.added, differs.nodes.removed, differs.nodes.news))
            or any((differs.edges.added, differs.edges.removed, differs.edges.news))
        )

    # One contribution after the other.

    def _take(self, key: PartKey, document: Document, item: Node | Edge) -> str:
        """Let the notes say a word, if an edit brings that about; else why none does."""
        if self._holds(self._state.view, item):
            return ""
        if isinstance(item, Node) and item.became is not None:
            return "notes have no words for a merge"
        if isinstance(item, Edge) and item.refusal:
            return "notes have no words for a refusal"
        for files in self._edits(key, document, item):
            state = self._tried(files)
            if state and self._holds(state.view, item) and self._changes_only(state.view, item):
                self._state = state
                return ""
        if isinstance(item, Node) and item.ended:
            return "other lines of the notes speak of it: take it out by hand"
        return "no line was found in which it can be said without changing anything else"

    def _by_hand(self, key: PartKey, document: Document, item: Node | Edge) -> ByHand | None:
        """Where a person may say a word that no edit brings about, and by which lines: it may change other things."""
        if isinstance(item, Node):
            notes = self._state.defining(item.id)
            if item.ended or item.became is not None:
                placed = ((one.path, one.positions.get(item.id)) for one in reversed(notes))
                return next((ByHand(path, place[0]) for path, place in placed if place), None)
            lines = next(self._blocks(document, self._as_shown(item)))
        else:
            notes = self._state.saying(item.key)
            if item.denies:
                return next((ByHand(one.path, self._line_of(one, item.key)) for one in reversed(notes)), None)
            is_table = item.dimension is not None
            lines = self._words.table(document, item) if is_table else [self._words.line(document, item)]
        ends = (item.id,) if isinstance(item, Node) else (item.source, item.target)
        note = next(iter([*reversed(notes), *self._state.of_day(key.day, *ends)]), None)
        return ByHand(note.path, None, tuple(lines)) if note else None

    def _as_shown(self, node: Node) -> Node:
        """A node as the mended map shows it."""
        shown = self._target.node(node.id)
        said = {"label": shown.label, "kind": shown.kind, "text": shown.text, "aliases": shown.aliases}
        return structs.replace(node, **said, correction=False, retyped=False, mention=False)

    def _edits(self, key: PartKey, document: Document, item: Node | Edge) -> Iterator[Files]:
        if isinstance(item, Edge):
            if item.ended:
                yield from self._without_edge(item.key)
            elif self._state.saying(item.key):
                yield from self._edge_said_otherwise(document, item)
                yield from self._with_edge(key, document, item)
            else:
                yield from self._with_edge(key, document, item)
        elif item.ended:
            yield from self._without_node(item.id)
        elif notes := self._state.defining(item.id):
            yield from self._corrected(notes[-1], item)
            yield from self._said_anew(document, item, notes)
        else:
            yield from self._with_node(key, document, item)

    def _holds(self, view: View, item: Node | Edge) -> bool:
        """Whether the map of the notes alone is as a contribution has it."""
        if isinstance(item, Node):
            if item.ended or not view.has_node(item.id):
                return item.ended and not view.has_node(item.id)
            now, wanted = view.node(item.id), self._target.node(item.id)
            names = set(map(name_key, now.names))
            is_named = now.label == wanted.label and names >= set(map(name_key, wanted.names))
            return is_named and now.kind == wanted.kind and _text(now) == _text(wanted) and not now.is_derived
        edge = view.edge(item.key)
        if edge is None or item.denies:
            return item.denies and edge is None
        is_stated = edge.how != "derived" or edge.dimension is not None  # a table is always read by rule
        return is_stated and (edge.note, edge.values) == (item.note or None, item.values)

    def _changes_only(self, view: View, item: Node | Edge) -> bool:
        """Whether all that an edit changes in the map of the notes is as the mended map has it."""
        target = self._target
        differs = diff(self._state.view, view)
        nodes, edges = differs.nodes, differs.edges
        own = item.id if isinstance(item, Node) else item.key
        return (
            all(target.has_node(one.id) or one.kind == DAY for one in nodes.added)
            and not any(target.has_node(one.id) for one in nodes.removed)
            and all(one.after.id == own or _is_as(one.after, target) or _is_same_day(one) for one in nodes.news)
            and all(target.edge(one.key) is not None for one in edges.added)
            and all(target.edge(one.key) is None for one in edges.removed)
            and all(one.after.key == own or _edge_is_as(one.after, target) for one in edges.news)
        )

    def _tried(self, files: Files) -> _State | None:
        """The state that files make; None where they have a mistake."""
        changed = [one for path, one in files.items() if one is not self._state.files.get(path)]
        known, read = (self._base, list(files.values())) if self._together else (self._state.view, changed)
        try:
            notes = read_for(self._name, known, read, self._memory, strict=True)
        except InvalidDocument:
            return None
        paths = {one.path for one in read}
        others = tuple(one for one in self._state.notes if one.path not in paths)
        if self._together:
            return self._made(files, notes)
        gone = {part_of(one.document) for one in self._state.notes if one.path in paths}
        return _State(files, (*others, *notes), _followed(known.without(gone), notes))

    def _made(self, files: Files, notes: tuple[NoteDocument, ...]) -> _State:
        keys = {part_of(note.document) for note in notes}
        moved = [key for key in self._base.parts() if key.part in {one.part for one in keys} and key not in keys]
        return _State(files, notes, _followed(self._base.without(moved), notes))

    # Edits.

    def _with_node(self, key: PartKey, document: Document, node: Node) -> Iterator[Files]:
        """A section at the end of a note of the day, or in a new note of it."""
        shown = self._target.node(node.id)
        said = structs.replace(node, label=shown.label, kind=shown.kind, mention=False)
        near = [one.other(node.id) for one in (*self._target.edges_from(node.id), *self._target.edges_to(node.id))]
        for block in self._words.node_blocks(document, said):
            for note in self._state.of_day(key.day, *near):
                yield self._appended(note, block)
            yield from self._new_note(key, document, block)

    def _with_edge(self, key: PartKey, document: Document, edge: Edge) -> Iterator[Files]:
        """A field below its source, else a line of its own in a note of the day, or in a new note of it."""
        if edge.dimension is not None:
            block = self._words.table(document, edge)
            for note in self._state.of_day(key.day, edge.source, edge.target):
                yield self._appended(note, block)
            yield from self._new_note(key, document, block)
            return
        field = self._words.field(document, edge)
        for note in self._state.of_day(key.day, edge.source):
            place = note.positions.get(edge.source)
            if place and note in self._state.defining(edge.source):
                yield from self._fields_below(note, place[0], [field])
        line = self._words.line(document, edge)
        for note in self._state.of_day(key.day, edge.source, edge.target):
            yield self._appended(note, [line])
        yield from self._new_note(key, document, [line])

    def _edge_said_otherwise(self, document: Document, edge: Edge) -> Iterator[Files]:
        """Its line as it is to be, where it has one by itself; without its note also where it has not."""
        if not edge.note:
            yield self._without_note(edge.key)
        for note in self._state.saying(edge.key):
            line = self._line_of(note, edge.key)
            text = _lines(self._state.body(note))[line - 1] if line else ""
            if line and "::" in text and len(_LINK.findall(text)) == 1 and edge.dimension is None:
                sign = text[: len(text) - len(text.lstrip(" \t-*+>"))]
                yield self._replaced(note, line, line, [f"{sign}{self._words.field(document, edge)}"])
            elif line and "::" in text and "|" not in text and edge.dimension is None:
                sign = text[: len(text) - len(text.lstrip(" \t-*+>"))]
                for cut in _without_a_link(text):
                    yield self._replaced(note, line, line, [cut, f"{sign}{self._words.field(document, edge)}"])

    def _without_note(self, key: EdgeKey) -> Files:
        """Without the words that stand with an edge, wherever notes say them behind its link."""
        files = self._state.files
        for note in self._state.saying(key):
            line = self._line_of(note, key)
            said = (each.note for each in note.document.edges if self._state.view.folded_key(each.key) == key)
            words = next(filter(None, said), None)
            if line and words and note.path.lower().endswith(PLAIN):
                body = files[note.path].body
                text = _lines(body)[line - 1]
                before, found, after = text.rpartition(words)
                cut = f"{before.rstrip()}{after}" if found else text
                files = _with_body(files, note.path, _edited(body, line, line, [cut]))
        return files

    def _without_edge(self, key: EdgeKey) -> Iterator[Files]:
        """Without the links, or the lines, by which notes say an edge."""
        state = self._state
        for note in state.saying(key):
            if (cut := self._cut(state, note, key)) is None:
                return
            state = cut
        yield state.files

    def _cut(self, state: _State, note: NoteDocument, key: EdgeKey) -> _State | None:
        """The state in which a note says an edge no more; None where no edit of its line does that."""
        tries = map(self._tried, self._edge_cuts(state, note, key))
        return next((one for one in tries if one and note.path not in {each.path for each in one.saying(key)}), None)

    def _edge_cuts(self, state: _State, note: NoteDocument, key: EdgeKey) -> Iterator[Files]:
        line = self._line_of(note, key)
        if not line or not note.path.lower().endswith(PLAIN):
            return
        body = state.body(note)
        text = _lines(body)[line - 1]
        links = list(_LINK.finditer(text))
        if len(links) == 1 or "|" in text:
            yield _with_body(state.files, note.path, _edited(body, line, line, []))
        for cut in _without_a_link(text):
            yield _with_body(state.files, note.path, _edited(body, line, line, [cut]))

    def _without_node(self, node: str) -> Iterator[Files]:
        """Without the sections, or items, that define a node, and the fields that name it."""
        state, files = self._state, self._state.files
        view = state.view
        if not view.has_node(node):
            return
        own = {note.path for note in state.defining(node)}
        for edge in (*view.edges_from(node), *view.edges_to(node)):
            for note in state.saying(edge.key):
                if note.path in own and edge.source == node:
                    continue  # it goes with the section
                if cut := self._cut(state, note, edge.key):
                    files, state = cut.files, cut
        for note in state.defining(node):
            if not (place := note.positions.get(node)):
                return
            lines = _lines(state.body(note))
            last = _end_of(lines, place[0])
            files = _with_body(files, note.path, _edited(state.body(note), place[0], last, []))
            state = replace(state, files=files)
        yield files

    def _corrected(self, note: NoteDocument, node: Node) -> Iterator[Files]:
        """The heading or item that defines a node, with its label, kind and text as they are to be."""
        place = note.positions.get(node.id)
        if not place or not note.path.lower().endswith(PLAIN):
            return
        wanted, now = self._target.node(node.id), self._state.view.node(node.id)
        body, first = self._state.body(note), place[0]
        for edited in self._retold(body, first, now, wanted):
            old_names = set(map(name_key, now.names)) - {name_key(now.label)}
            names = [one for one in wanted.aliases if name_key(one) not in old_names]
            if names and now.label != wanted.label:
                fields = [f"alias:: {self._words.plain(one, ',')}" for one in names]
                for one in _below(edited, first, fields):
                    yield _with_body(self._state.files, note.path, one)
            yield _with_body(self._state.files, note.path, edited)

    def _said_anew(self, document: Document, node: Node, notes: Sequence[NoteDocument]) -> Iterator[Files]:
        """A section at the end of a note that speaks of a node in prose: what is stated wins over what a rule reads."""
        said = self._as_shown(node)
        for note in reversed(notes):
            for block in self._blocks(document, said) if note.path.lower().endswith(PLAIN) else ():
                yield self._appended(note, block)

    def _blocks(self, document: Document, node: Node) -> Iterator[list[str]]:
        """What says a node by itself: a section, or an item of a list, which stands below any heading."""
        yield from self._words.node_blocks(document, node)
        if "\n" not in (node.text or ""):
            named = "" if node_id(node.label) == node.id else f" {{#{node.id}}}"
            fields = [f"  - alias:: {self._words.plain(one, ',')}" for one in node.aliases]
            fields += [f"  - text:: {node.text}"] if node.text else []
            yield [f"- {node.kind}: {self._words.plain(node.label)}{named}", *fields]

    def _retold(self, body: bytes, first: int, now: FoldedNode, wanted: FoldedNode) -> Iterator[bytes]:
        """A file with a node's lines as they are to be, in the ways in which that can be written."""
        for retexted in self._retexted(body, first, now, wanted):
            lines = _lines(retexted)
            line, bom = lines[first - 1].removeprefix("\ufeff"), lines[first - 1].startswith("\ufeff")
            for renamed in self._renamed(line, now, wanted):
                for rekinded in self._rekinded(renamed, now, wanted):
                    yield _edited(retexted, first, first, [("\ufeff" if bom else "") + rekinded])

    def _renamed(self, line: str, now: FoldedNode, wanted: FoldedNode) -> Iterator[str]:
        if now.label == wanted.label:
            yield line
            return
        words = self._words.plain(wanted.label)
        for old in dict.fromkeys((now.label, self._words.plain(now.label), *now.aliases)):
            if old in line:
                named = line.replace(old, words, 1)
                kept = "" if _ID.search(line) or node_id(wanted.label) == wanted.id else f" {{#{wanted.id}}}"
                yield f"{named.rstrip()}{kept}" if kept else named
        if match := _HEADING.match(line) or _ITEM.match(line):
            yield f"{match['sign']}{wanted.kind}: {words} {{#{wanted.id}}}"

    def _rekinded(self, line: str, now: FoldedNode, wanted: FoldedNode) -> Iterator[str]:
        match = _HEADING.match(line) or _ITEM.match(line)
        if now.kind == wanted.kind and not now.is_derived:
            yield line
        elif match:
            head, colon, rest = match["words"].partition(":")
            has_kind = bool(colon) and self._target.vocabulary.kind(head.strip()) is not None
            words = rest.strip() if has_kind else match["words"]
            yield f"{match['sign']}{wanted.kind}: {words}"
            if not _ID.search(line):
                yield f"{match['sign']}{wanted.kind}: {words.rstrip()} {{#{wanted.id}}}"
                yield f"{line.rstrip()} {{#{wanted.id}}}"

    def _retexted(self, body: bytes, first: int, now: FoldedNode, wanted: FoldedNode) -> Iterator[bytes]:
        """A file with the text below a heading as it is to be: as it stands there, else in a block that says so."""
        if _text(now) == _text(wanted):
            yield body
            return
        lines = _lines(body)
        last = _end_of(lines, first)
        if not wanted.text:
            yield from _without_text(body, now.text or "", first, last)
            return
        for new in self._words.texts(wanted.text):
            if now.text and (found := _found(lines, now.text.split("\n"), first, last)):
                cut = body
                for start, end in reversed(found[1:]):
                    cut = _edited(cut, start, end, [])
                start, end = found[0]
                is_apart = end == len(lines) or not lines[end].strip()
                yield _edited(cut, start, end, new[:-1] if is_apart and not new[-1] else new)
            elif not now.text:
                is_followed = first < len(lines) and bool(lines[first].strip())
                apart = [""] if is_followed and not _FIELD.match(lines[first]) else []
                yield _edited(body, first + 1, first, [*new, *apart])

    def _appended(self, note: NoteDocument, block: Sequence[str]) -> Files:
        """A block at the end of a note."""
        last = note.first + len(note.lines) - 1
        lines = _lines(self._state.body(note))
        last = min(last, len(lines))
        while last > 0 and not lines[last - 1].strip():
            last -= 1
        after = [""] if last < len(lines) and lines[last].strip() else []
        return self._replaced(note, last + 1, last, ["", *block, *after])

    def _fields_below(self, note: NoteDocument, line: int, fields: Sequence[str]) -> Iterator[Files]:
        for body in _below(self._state.body(note), line, fields):
            yield _with_body(self._state.files, note.path, body)

    def _new_note(self, key: PartKey, document: Document, block: Sequence[str]) -> Iterator[Files]:
        """A new note of the day, where the folder has none of it."""
        if self._state.of_day(key.day) or document.undated:
            return
        path = f"{self._folder}/day-{key.day:02}.md".lstrip("/")
        if path in self._state.files:
            return
        front = ["---", f"day: {key.day}", f"course: {self._name}", "---"]
        place = path.rpartition("/")[2]
        sample = next(iter(self._before.values()), None)
        made = NoteFile(path, "\n".join([*front, *block, ""]).encode(), place=place, base=sample.base if sample else "")
        yield {**self._state.files, path: replace(made, root=sample.root if sample else None)}

    def _replaced(self, note: NoteDocument, first: int, last: int, new: Sequence[str]) -> Files:
        return _with_body(self._state.files, note.path, _edited(self._state.body(note), first, last, new))

    def _line_of(self, note: NoteDocument, key: EdgeKey) -> int | None:
        """The line on which a note says an edge."""
        folded = self._state.view.folded_key
        said = next((one for one in note.document.edges if folded(one.key) == folded(key)), None)
        if said is None:
            return None
        place = note.positions.get(said.key)
        return place[0] if place else said.origin.lines[0] if said.origin.lines else None


def _followed(view: View, notes: Sequence[NoteDocument]) -> View:
    """The map of a view once these notes are put."""
    events = (Event(view.entry + number, part_of(one.document), one.document) for number, one in enumerate(notes, 1))
    return view.followed_by(events)


def _words_of(document: Document) -> Iterator[Node | Edge]:
    """What a contributor says of nodes and edges, mentions left out."""
    yield from (node for node in document.nodes if not node.adds_nothing and node.kind != DAY)
    yield from document.edges


def _turn(item: Node | Edge) -> int:
    """When a word is written: first what nodes are, then which edges are no more, and then which there are."""
    if isinstance(item, Node):
        return 3 if item.ended else 0
    return 1 if item.denies else 2


def _rest(document: Document, taken: set[str | EdgeKey]) -> Document | None:
    """A contributor's document without what notes say now; None where nothing is left."""
    edges = tuple(edge for edge in document.edges if edge.key not in taken)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = []
    for node in document.nodes:
        if node.id in taken:
            if node.id in ends:
                nodes.append(Node(id=node.id, kind=node.kind, label=node.label, mention=True))
        elif not node.adds_nothing or node.id in ends:
            nodes.append(node)
    says_more = edges or any(node.kind != DAY for node in nodes)
    return document.with_assertions(tuple(nodes), edges) if says_more else None


def _text(node: FoldedNode) -> str:
    return (node.text or "").strip()


def _is_as(node: FoldedNode, view: View) -> bool:
    if not view.has_node(node.id):
        return False
    other = view.node(node.id)
    return (node.label, node.kind, _text(node)) == (other.label, other.kind, _text(other))


def _is_same_day(change: Change[FoldedNode]) -> bool:
    """Whether only the text of a day differs: it is that of whichever of its notes was put last."""
    before, after = change.before, change.after
    return after.kind == DAY and (before.label, before.kind) == (after.label, after.kind)


def _edge_is_as(edge: FoldedEdge, view: View) -> bool:
    other = view.edge(edge.key)
    return other is not None and (edge.note, edge.values) == (other.note, other.values)


# Lines of files, whatever ends them.


def _lines(body: bytes) -> list[str]:
    """The lines of a file without their ends, as the reader counts them."""
    return [line.rstrip("\r\n") for line in _LINE.findall(body.decode())]


def _edited(body: bytes, first: int, last: int, new: Sequence[str]) -> bytes:
    """A file with other lines in the place of some (1-based, both included); all others keep their bytes."""
    text = body.decode()
    lines = _LINE.findall(text)
    end = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    head, tail = lines[: first - 1], lines[last:]
    put = [line + end for line in new]
    if head and put and not head[-1].endswith(("\r", "\n")):
        head[-1] += end
    said = "".join([*head, *put, *tail])
    is_ended = not lines or lines[-1].endswith(("\r", "\n"))
    return (said if is_ended else said.rstrip("\r\n")).encode()


def _with_body(files: Files, path: str, body: bytes) -> Files:
    return {**files, path: replace(files[path], body=body)}


def _end_of(lines: Sequence[str], first: int) -> int:
    """The last line that belongs to the heading or list item on a line, blank lines behind it left out."""
    head = lines[first - 1].removeprefix("\ufeff")
    indent = len(head) - len(head.lstrip(" "))
    is_heading, fence, last = bool(_HEADING.match(head)), False, first
    for number in range(first + 1, len(lines) + 1):
        line = lines[number - 1]
        fence ^= bool(_FENCE.match(line))
        if not line.strip():
            continue
        if not fence and _HEADING.match(line):
            break
        if not is_heading and len(line) - len(line.lstrip(" ")) <= indent:
            break
        last = number
    return last


def _below(body: bytes, first: int, fields: Sequence[str]) -> Iterator[bytes]:
    """A file with fields below the heading or item on a line: behind the fields that it has, else where it ends."""
    lines = _lines(body)
    head = lines[first - 1].removeprefix("\ufeff")
    last = _end_of(lines, first)
    if not _HEADING.match(head):
        deeper = " " * (len(head) - len(head.lstrip(" ")) + 2)
        yield _edited(body, first + 1, first, [f"{deeper}- {one}" for one in fields])
        return
    own = [number for number in range(first + 1, last + 1) if _FIELD.match(lines[number - 1])]
    said = [f"- {one}" for one in fields]
    if own:
        yield _edited(body, own[-1] + 1, own[-1], said)
    loose = [] if last == first or _ITEM.match(lines[last - 1]) else [""]
    yield _edited(body, last + 1, last, said)
    yield _edited(body, last + 1, last, [*loose, *said])


def _without_a_link(text: str) -> Iterator[str]:
    """A line of several links, each time without another of them."""
    links = list(_LINK.finditer(text))
    for link in links if len(links) > 1 else ():
        before, after = text[: link.start()], text[link.end() :]
        yield before.rstrip(", ") + after if before.rstrip().endswith(",") else before + after.lstrip(", ")


def _without_text(body: bytes, text: str, first: int, last: int) -> Iterator[bytes]:
    """A file without the text of the section from one line to another: its paragraphs, or the field that says it."""
    lines = _lines(body)
    runs = _found(lines, text.split("\n"), first, last)
    if not runs:
        fields = (number for number in range(first + 1, last + 1) if _TEXT_FIELD.match(lines[number - 1]))
        runs = [(number, number) for number in fields]
    for start, end in reversed(runs):
        is_apart = end < len(lines) and not lines[end].strip() and not lines[start - 2].strip()
        body = _edited(body, start, end + is_apart, [])
    if runs:
        yield body


def _found(lines: Sequence[str], words: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """The runs of lines of a section that are a text together; none where they are not all there, in order."""
    wanted = [one.strip() for one in words if one.strip()]
    found: list[tuple[int, int]] = []
    for number in range(first + 1, last + 1):
        line = lines[number - 1].strip()
        if wanted and line == wanted[0]:
            wanted.pop(0)
            is_next = found and not any(one.strip() for one in lines[found[-1][1] : number - 1])
            found[-1:] = [(found[-1][0], number)] if is_next else [*found[-1:], (number, number)]
    return [] if wanted else found
