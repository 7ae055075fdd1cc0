"""The one façade: an atlas of many maps in one store. The command line, the service and notebooks all enter here."""

from pathlib import Path
from types import TracebackType
from typing import Self

from conceptmap.course_map import CourseMap
from graphs.backends import file_url
from graphs.ledger import Ledger
from graphs.log import open_log
from ontology.errors import MapNotChosen, UnknownMap
from ontology.vocabulary import read_vocabulary, read_vocabulary_file


def open_atlas(store: str | None = None, *, vocabulary: Path | None = None) -> "Atlas":
    """Open the atlas in a store: `sqlite:///FILE` (the file is made if need be) or another SQLAlchemy URL.

    Without one: the SQLite file in the user's data folder. Raises `StoreError` or `InvalidVocabulary`.

    >>> with open_atlas("sqlite://") as atlas:
    ...     atlas.maps()
    []
    """
    words = read_vocabulary_file(vocabulary) if vocabulary else read_vocabulary()
    return Atlas(Ledger(open_log(store or default_store()), words))


def default_store() -> str:
    """The URL of the store in the user's data folder."""
    from platformdirs import user_data_path

    return file_url(user_data_path("conceptmap") / "maps.db")


class Atlas:
    """All maps of one store."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.ledger.log.close()

    def back_up(self, file: Path) -> int:
        """Copy the store to a new file, which is itself a store; returns the number of entries."""
        from graphs.backup import back_up

        return back_up(self.ledger.log, file)

    def restore(self, file: Path) -> int:
        """Copy a backup into this store, which must be empty; returns the number of entries."""
        from graphs.backup import restore

        return restore(file, self.ledger.log)

    def maps(self) -> list[str]:
        """The names of all maps, sorted."""
        return self.ledger.log.maps()

    def __getitem__(self, name: str) -> CourseMap:
        """The map of this name, which exists once something is written to it."""
        return CourseMap(self.ledger, name)

    def chosen(self, name: str | None = None) -> CourseMap:
        """The named map, else the store's only one. Raises `UnknownMap` or `MapNotChosen`."""
        known = self.maps()
        if name is None and len(known) > 1:
            raise MapNotChosen(known)
        name = name or (known[0] if known else "course")
        if name not in known:
            raise UnknownMap(name, known)
        return self[name]

    def chosen_for_writing(self, name: str | None = None, declared: str | None = None) -> CourseMap:
        """The named map, else the one the notes declare, else the store's only one, else `course` in an empty store.

        Raises `MapNotChosen`.
        """
        known = self.maps()
        if not name and not declared and len(known) > 1:
            raise MapNotChosen(known)
        return self[name or declared or (known[0] if known else "course")]
