"""The names of a map's nodes in a file, in order: the Tab key finds those that begin with some letters in it.

To read a map takes seconds where it is large, longer than anybody waits for the Tab key. The file is made when names
are first asked for, and whenever the map has changed since: at once for small stores, else by a process beside. Until
that is done the names are those of before.
"""

import hashlib
import mmap
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from conceptmap.map import CourseMap

MADE_AT_ONCE = 8_000_000
"""Bytes of a store that is read while somebody waits: some 4,000 nodes, a third of a second."""
_FILE = "sqlite:///"
MAKING = 120
"""Seconds after which a process that makes the file is taken for dead."""
_HEAD = 64
"""Bytes of the first line, which says up to which entry the map was read."""


class NodeName(NamedTuple):
    """A name of a node: its words as they are compared, the node's id, and the name as it is written."""

    key: str
    id: str
    name: str


def names_starting(course: "CourseMap", store: str, typed: str, limit: int) -> list[NodeName]:
    """The names that begin with what is typed, in any case and without regard to punctuation, in order."""
    from ontology.names import name_key

    file = file_of(store, course.name)
    if _head_of(file) != _state(course):
        _renew(course, store, file)
    with suppress(FileNotFoundError):
        return list(found_in(file, name_key(typed), limit))
    return []


def file_of(store: str, name: str) -> Path:
    """Where the names of a map are kept: in the user's folder for what can be made again."""
    from platformdirs import user_cache_path

    place = str(Path(store.removeprefix(_FILE)).absolute()) if store.startswith(_FILE) else store
    digest = hashlib.sha256(f"{place}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return user_cache_path("conceptmap") / "names" / digest


def forget(store: str, name: str) -> None:
    """Remove what is kept of a map's names: something was erased."""
    file_of(store, name).unlink(missing_ok=True)


def write_names(course: "CourseMap", file: Path) -> None:
    """Write the names of a map anew."""
    from ontology.names import name_key

    state, view = _state(course), course.view()
    write_rows(state, [NodeName(name_key(name), node.id, name) for node in view.nodes() for name in node.names], file)


def write_rows(state: bytes, names: Iterable[NodeName], file: Path) -> None:
    """Write a first line and names in order; whoever reads the file meanwhile has the former one."""
    rows = sorted(names)
    text = "".join("\t".join(row).replace("\n", " ") + "\n" for row in rows)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    beside.touch(mode=0o600)
    beside.write_bytes(state + text.encode("utf-8", "surrogatepass"))
    beside.replace(file)


def _renew(course: "CourseMap", store: str, file: Path) -> None:
    """Make the file anew, at once or beside."""
    place = Path(store.removeprefix(_FILE))
    if place.is_file() and place.stat().st_size <= MADE_AT_ONCE:
        write_names(course, file)
        return
    mark = file.with_name(f"{file.name}.making")
    if mark.exists() and time() - mark.stat().st_mtime < MAKING:
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.touch()
    subprocess.Popen(
        [sys.executable, "-m", __name__],
        env={**os.environ, "CONCEPTMAP_STORE": store, "CONCEPTMAP_MAP": course.name},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _state(course: "CourseMap") -> bytes:
    """The first line of the file that is made now: the newest entry and its time."""
    newest = course.lines(limit=1)[0]
    return f"{newest.sequence} {newest.time}".ljust(_HEAD - 1)[: _HEAD - 1].encode() + b"\n"


def _head_of(file: Path) -> bytes:
    """The first line of the file; nothing where there is none."""
    with suppress(OSError), file.open("rb") as stream:
        return stream.read(_HEAD)
    return b""


def found_in(file: Path, key: str, limit: int) -> Iterator[NodeName]:
    """The first lines that begin with a key, found by halves."""
    wanted = key.encode("utf-8", "surrogatepass")
    with file.open("rb") as stream, closing(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)) as text:
        low, high = _HEAD, len(text)
        while low < high:  # lines that begin before `low` are too small, those from `high` on are not
            middle = text.rfind(b"\n", 0, (low + high) // 2) + 1
            middle = max(middle, low)
            end = text.find(b"\n", middle) + 1
            if text[middle : middle + len(wanted)] < wanted:
                low = end
            else:
                high = middle
        text.seek(low)
        for _ in range(limit):
            line = text.readline()
            if not line.startswith(wanted) or not line:
                return
            yield NodeName(*line.decode("utf-8", "surrogatepass").rstrip("\n").split("\t", 2))


def main() -> None:
    """Make the file of the map that the environment names."""
    from conceptmap.atlas import open_atlas

    store, name = os.environ["CONCEPTMAP_STORE"], os.environ["CONCEPTMAP_MAP"]
    file = file_of(store, name)
    try:
        with open_atlas(store, create=False, check=False) as atlas:
            write_names(atlas[name], file)
    finally:
        file.with_name(f"{file.name}.making").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
