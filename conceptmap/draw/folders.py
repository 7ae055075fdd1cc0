"""Folders: the frames in which nodes of notes without a day stand, one a folder, or one a note where there are none.

Frames have numbers below -1, in the order in which they are drawn: the best joined first, what it is
joined to beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from conceptmap.draw.hanging import place_of
from conceptmap.plain_words import counted
from graphs.fold import PartKey
from graphs.view import View
from ontology.names import CONTRIBUTED, without_pictographs
from ontology.terms import INTRODUCED_ON

MOST_FRAMES = 18
"""Frames of folders or notes on a picture: four rows of them on a large screen."""
LARGE_FOLDER = 60
"""A folder of more nodes than this is divided into the folders in it, as far as there are frames."""
LARGE_NOTE = 20
"""A few notes of so many nodes each have a frame of their own, whatever folders they are in."""
_NEAR = 3
"""So many frames before it a frame looks at for what it is joined to: there lines are short."""

_SHORT = 20
"""A folder is named with the one that it is in where that takes no more letters, or where another has its name."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame: its title, the nodes in it, in the order of its notes; `others` are those that it stands for itself."""

    title: str
    nodes: tuple[str, ...]
    notes: int
    others: "tuple[Frame, ...]" = ()

    def head(self, view: View) -> str:
        """The node that says best what it is of: the one of its title, else the first."""
        named = (one for one in self.nodes if view.node(one).label.casefold() == self.title.casefold())
        return next(named, None) or min(self.nodes, key=lambda one: place_of(view.node(one)))


def note_frames(view: View, ids: Iterable[str]) -> dict[int, Frame]:
    """The frames of these nodes, of which no day introduces any; none where all are of one note."""
    notes: dict[Path, list[str]] = defaultdict(list)
    for one in ids:
        notes[_path(view, one)].append(one)
    if len(notes) < 2:
        return {}
    is_few = len(notes) <= MOST_FRAMES and LARGE_NOTE * len(notes) <= sum(map(len, notes.values()))
    folders = {path: [path] for path in notes} if is_few else _folders(notes)
    names = Counter(folder[-1:] for folder in folders)
    frames = {
        folder: _frame(view, folder, inside, notes, is_alone=names[folder[-1:]] == 1)
        for folder, inside in folders.items()
    }
    ordered = _ordered(view, frames)
    if len(ordered) > MOST_FRAMES:
        ordered[MOST_FRAMES - 1 :] = [_others(ordered[MOST_FRAMES - 1 :], is_notes=all(map(notes.get, frames)))]
    return {place - len(ordered) - 1: frame for place, frame in enumerate(ordered)}


def _path(view: View, node: str) -> Path:
    """The folders of the note that says a node first, and its name; all that contributors say is of one."""
    part = view.node(node).sayings[0].part
    return ("Contributed",) if part.startswith(CONTRIBUTED) else PurePosixPath(part).parts


def _folders(notes: Mapping[Path, list[str]]) -> dict[Path, list[Path]]:
    """The notes of each frame: by folders, the largest divided as far as there is room; else each note by itself."""
    top = _common([path[:-1] for path in notes])
    frames = _divided(list(notes), len(top))
    if len(frames) < 2 or not any(len(folder) > len(top) and folder not in notes for folder in frames):
        return {path: [path] for path in notes}
    while True:
        for folder in sorted(frames, key=lambda one: (-sum(len(notes[path]) for path in frames[one]), one)):
            inside = frames[folder]
            if sum(len(notes[path]) for path in inside) <= LARGE_FOLDER:
                continue
            parts = _divided(inside, len(_common([path[:-1] for path in inside])))
            if len(parts) > 1 and len(frames) - 1 + len(parts) <= MOST_FRAMES:
                del frames[folder]
                frames |= parts
                break
        else:
            return frames


def _divided(paths: Iterable[Path], depth: int) -> dict[Path, list[Path]]:
    """Notes by the folder in a folder of this depth; those that are right in it belong to itself."""
    found: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        found[path[: depth + 1] if len(path) > depth + 1 else path[:depth]].append(path)
    return dict(found)


def _common(folders: Iterable[Path]) -> Path:
    """The folder that all of these are in."""
    first, *rest = sorted(set(folders))
    last = rest[-1] if rest else first
    same = [one == other for one, other in zip(first, last, strict=False)]
    return first[: same.index(False) if False in same else len(same)]


def _frame(view: View, folder: Path, inside: list[Path], notes: Mapping[Path, list[str]], *, is_alone: bool) -> Frame:
    nodes = tuple(one for path in inside for one in notes[path])
    if folder in notes:
        first = view.node(notes[folder][0]).sayings[0]
        document = view.document(PartKey(first.day, first.part))
        title = document.title if document and document.title else PurePosixPath(folder[-1]).stem
        return Frame(without_pictographs(title), nodes, 1)
    title = " / ".join(folder[-2:])
    if is_alone and len(title) > _SHORT:
        title = folder[-1]
    return Frame(title or "In no folder", nodes, len(inside))


def _ordered(view: View, frames: Mapping[Path, Frame]) -> list[Frame]:
    """The frames, the best joined first; then always what is best joined to the last few."""
    frame_of = {one: folder for folder, frame in frames.items() for one in frame.nodes}
    joins: Counter[tuple[Path, Path]] = Counter()
    for edge in view.edge_keys():
        one, other = frame_of.get(edge.source), frame_of.get(edge.target)
        if one is not None and other is not None and one != other and edge.relation != INTRODUCED_ON:
            joins[one, other] += 1
            joins[other, one] += 1
    joined: Counter[Path] = Counter()
    for (one, _), count in joins.items():
        joined[one] += count
    best = sorted(frames, key=lambda one: (-joined[one], -len(frames[one].nodes), one))
    drawn, rest = best[:MOST_FRAMES], best[MOST_FRAMES:]
    order: list[Path] = []
    while drawn:
        last = order[-_NEAR:]
        order.append(max(drawn, key=lambda one: (sum(joins[one, other] for other in last), -drawn.index(one))))
        drawn.remove(order[-1])
    return [frames[one] for one in (*order, *rest)]


def _others(rest: list[Frame], *, is_notes: bool) -> Frame:
    """One frame for all that have none of their own."""
    title = counted(len(rest), "more note" if is_notes else "more folder")
    nodes = tuple(one for frame in rest for one in frame.nodes)
    return Frame(title, nodes, 1 if is_notes else sum(frame.notes for frame in rest), tuple(rest))
