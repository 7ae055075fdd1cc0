"""Which part of a map each file is: its path, or the part by which the map knows the file; and parts that moved."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from conceptmap.notes.page.dialects import NOTE_SUFFIXES
from graphs.fold import PartKey
from graphs.view import View
from ontology.model import Document, Edge, Node


@dataclass(frozen=True, slots=True)
class Claim:
    """The part that a file would be by its path; `path` as messages show it.

    `is_named`: the file names its part, or whoever sends it does; `day`: the one that it plainly says.
    """

    path: str
    part: str
    is_named: bool = False
    day: int | None = None


def parts_of(claims: Sequence[Claim], known: View) -> list[str]:
    """The part of each file: the one of its path or, where the map knows none like that, of a path that ends alike.

    Files that are of one name below two folders are told apart by the names of these.
    """
    counts = Counter(one.part for one in claims if not one.is_named)
    claims = [one if one.is_named or counts[one.part] == 1 else _told_apart(one) for one in claims]
    parts: dict[str, _Known] = {}
    named: dict[str, list[_Known]] = {}
    for key in known.parts():
        if key.part.lower().endswith(NOTE_SUFFIXES):
            if key.part not in parts:
                parts[key.part] = _Known(key.part, set())
                named.setdefault(_name_key(key.part), []).append(parts[key.part])
            parts[key.part].days.add(key.day)
    taken = {one.part for one in claims}
    found: list[str] = []
    for one in claims:
        is_settled = one.is_named or one.part in parts
        found.append(one.part if is_settled else _known_part(one, named.get(_name_key(one.part), ()), taken))
        taken.add(found[-1])
    return found


class _Known(NamedTuple):
    """A part of the map, and the days that have it."""

    part: str
    days: set[int]


def _told_apart(one: Claim) -> Claim:
    return replace(one, part=one.path.lstrip("/"))


def _known_part(one: Claim, named: Iterable[_Known], taken: set[str]) -> str:
    """The part of the map that is the same file: its path ends with that of the file, or the other way round."""
    free = [known.part for known in named if known.part not in taken and (one.day is None or one.day in known.days)]
    inner = [part for part in free if same_path(f"/{one.path}", f"/{part}") or same_path(f"/{one.part}", f"/{part}")]
    outer = [part for part in free if same_path(f"/{part}", f"/{one.part}")]
    return max(inner or outer, key=len) if inner or len(outer) == 1 else one.part


def _name_key(path: str) -> str:
    """The key of the last name of a path, which those of one file have in common."""
    return path_key(path.rsplit("/", 1)[-1])


def same_path(path: str, end: str) -> bool:
    """Whether a path ends like another, by whatever case and in whatever form of Unicode it is written.

    >>> same_path("/notes/Day-1.md", "/day-1.md"), same_path("/notes/day-11.md", "/day-1.md")
    (True, False)
    """
    return path_key(path).endswith(path_key(end))


def path_key(path: str) -> str:
    """What spellings of one path share on machines that tell neither case nor forms of Unicode apart."""
    return unicodedata.normalize("NFC", path).casefold()


def moved_parts(notes: Mapping[PartKey, str], known: View) -> Iterator[PartKey]:
    """The parts of the map that are notes of another day by now: the file says most of it again, and no more this day.

    `notes` are the texts of those that are read.
    """
    parts: dict[str, list[PartKey]] = {}
    for key in known.parts():
        parts.setdefault(key.part, []).append(key)
    for key, text in notes.items():
        former = () if known.part(key) else parts.get(key.part, ())
        yield from (one for one in former if one not in notes and _says_again(text, known.document(one)))


def _says_again(text: str, document: Document | None) -> bool:
    """Whether at least half of what a document says stands in a text: its title, and the words that it quotes."""
    items: tuple[Node | Edge, ...] = (*document.nodes, *document.edges) if document else ()
    words = {item.origin.quote for item in items if item.origin.quote}
    words |= {document.title} if document and document.title else set()
    return 2 * sum(one in text for one in words) >= len(words)
