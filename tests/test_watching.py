"""`load --watch` as a process: it loads what changes, says what is wrong, and ends on Ctrl-C."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from conceptmap.atlas import open_atlas
from graphs.log import NEWEST
from servers import PROGRAM

LONGEST = 30
"""Seconds until something must have happened: many times what it takes."""


class Watching:
    """A running `conceptmap load --watch`, and all that it has said."""

    def __init__(self, folder: Path, store: str, *options: str) -> None:
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [*PROGRAM, "load", "--watch", "--store", store, *options, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = Thread(target=self._read)
        self._reader.start()
        self.until("watching")

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.said.append(line)

    def until(self, words: str) -> str:
        """Wait until these words were said; returns the line."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            if found := next((line for line in self.said if words in line), None):
                return found
            time.sleep(0.02)
        raise AssertionError(f"{words!r} was not said, but {''.join(self.said)}")

    def end(self) -> int:
        """Press Ctrl-C; returns the exit status."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(LONGEST)
        finally:
            self.process.kill()
            self._reader.join()


Watch = Callable[..., Watching]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notes"
    made.mkdir()
    (made / "day-1.md").write_text("# Tea\n- requires:: [[Water]]\n")
    return made


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'maps.db'}"


@pytest.fixture
def watch(folder: Path, store: str) -> Iterator[Watch]:
    running: list[Watching] = []

    def begin(*options: str) -> Watching:
        running.append(Watching(folder, store, *options))
        return running[-1]

    yield begin
    for one in running:
        if one.process.poll() is None:
            one.end()


def labels(store: str) -> set[str]:
    with open_atlas(store) as atlas:
        view = atlas["course"].view()
        return {view.node(one).label for one in view.ids_of_kind("Concept")}


def test_what_is_saved_comes_into_the_map_until_ctrl_c(watch: Watch, folder: Path, store: str) -> None:
    watching = watch()
    (folder / "rice.md").write_text("# Rice\nA grain.\n")
    watching.until("rice.md  added")
    (folder / "rice.md").rename(folder / "grain.md")
    watching.until("renamed from rice.md")
    (folder / "grain.md").unlink()
    watching.until("files gone: grain.md")
    assert (watching.end(), "Rice" in labels(store)) == (0, True)
    assert not any("unchanged" in line for line in watching.said)


def test_a_mistake_is_said_and_the_last_good_map_stays(watch: Watch, folder: Path, store: str) -> None:
    watching = watch()
    before = labels(store)
    (folder / "day-1.md").write_bytes(b"# Coffee \xff\n")
    watching.until("day-1.md:1:10: the byte 0xff is not UTF-8")
    assert labels(store) == before
    (folder / "day-1.md").write_text("## Coffee\nBlack.\n")
    watching.until("day-1.md  changed")
    assert "Coffee" in labels(store)


def test_a_folder_that_goes_and_comes_back_ends_nothing(watch: Watch, folder: Path, store: str) -> None:
    watching = watch()
    (folder / "day-1.md").rename(folder.parent / "day-1.md")
    watching.until("the folder holds no notes")
    (folder / "new.md").write_text("# Rice\nA grain.\n")
    watching.until("new.md  added")
    assert watching.process.poll() is None


def test_many_files_that_are_saved_at_once_are_one_load(watch: Watch, folder: Path, store: str) -> None:
    watching = watch()
    for number in range(30):
        (folder.parent / f"note-{number}.md").write_text(f"# Thing {number}\nIt is one.\n")
    for number in range(30):
        os.replace(folder.parent / f"note-{number}.md", folder / f"note-{number}.md")
    watching.until("30 added")
    with open_atlas(store) as atlas:
        lines = atlas["course"].lines(limit=NEWEST)
    assert len({line.time for line in lines}) == 2


def test_a_trial_cannot_be_watched(folder: Path, store: str) -> None:
    command = [*PROGRAM, "load", "--watch", "--dry-run", "--store", store, str(folder)]
    assert subprocess.run(command, capture_output=True, check=False, timeout=LONGEST).returncode == 2
