"""The one façade: an atlas of many maps in one store. The command line, the service and notebooks all enter here."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from conceptmap.map import CourseMap
from graphs.backends import file_url, shown
from graphs.fold import PartKey
from graphs.ledger import Ledger
from graphs.log import open_log
from graphs.sizes import Extent, Head, extent_by, extent_of, read_head
from graphs.standing import standing
from ontology.errors import MapNotChosen, NoStore, UnknownEntry, UnknownMap
from ontology.own_vocabulary import read_own_vocabulary
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from conceptmap.history import PointInTime
    from graphs.erasing import Erasure
    from graphs.idempotency import IdempotencyKeys
    from graphs.learners import Learners
    from graphs.rates import Rates
    from graphs.replica import Replica
    from graphs.sparql.engine import Engine
    from graphs.sparql.wire import Limits
    from graphs.tokens import Tokens
    from ontology.told import Told


def open_atlas(
    store: str | Path | None = None,
    *,
    vocabulary: Path | None = None,
    create: bool = True,
    check: bool = True,
    replica: str | None = None,
    replica_seconds: float = 5.0,
) -> "Atlas":
    """Open the atlas in a store: `sqlite:///FILE`, `sqlite://` (memory) or `postgresql://…`.

    A path is that SQLite file; without a store: the file in the user's data folder. A store that is not there is made,
    unless `create` is false, but no folder for it other than the user's own. Unless `check` is false, entries that
    were acknowledged and are gone are noticed. `replica` is the URL of a server that follows the store's, from which
    `near` reads what is no older than so many seconds. `vocabulary` is a file that adds kinds and relations to the
    built-in ones. Raises `StoreError` or `InvalidVocabulary`.

    >>> with open_atlas("sqlite://") as atlas:
    ...     atlas.maps()
    []
    """
    words = read_own_vocabulary(vocabulary)
    if not store:
        _prepare_default(create=create)
    atlas = Atlas(Ledger(open_log(store_url(store), create=create, check=check), words))
    if replica:
        try:
            atlas.follow(replica, replica_seconds)
        except BaseException:
            atlas.close()
            raise
    return atlas


def _prepare_default(*, create: bool) -> None:
    """Make the user's data folder. Raises `NoStore` where nothing is to be made, and there is no store in it yet."""
    file = default_file()
    if create:
        file.parent.mkdir(parents=True, exist_ok=True)
    elif not file.exists():
        first = "load notes with: conceptmap load NOTES; a sample course shows: conceptmap demo"
        raise NoStore(f"there are no maps yet (no store at {file}); {first}")


def store_url(store: str | Path | None = None) -> str:
    """The URL of a store: itself, that of a SQLite file, or that of the file in the user's data folder."""
    if isinstance(store, Path):
        return file_url(store)
    return store or file_url(default_file())


def shown_url(url: str) -> str:
    """A store's URL for messages, without its password; any other text as it is.

    >>> shown_url("postgresql://eve:secret@db.example.org/maps")
    'postgresql://eve:***@db.example.org/maps'
    """
    return shown(url)


def default_file() -> Path:
    """The store in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("conceptmap") / "maps.db"


class Atlas:
    """All maps of one store."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._replica: Replica | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the store; nothing can be read or written afterwards."""
        if self._replica:
            self._replica.close()
        if "rates" in self.__dict__:
            self.rates.close()
        if "learners" in self.__dict__:
            self.learners.close()
        self.ledger.log.close()

    @property
    def vocabulary(self) -> Vocabulary:
        """The kinds and relations of the store."""
        return self.ledger.vocabulary

    # A read replica.

    def follow(self, url: str, seconds: float) -> None:
        """Let `near` read from a replica what is no older than so many seconds. Raises `StoreUnavailable`."""
        from graphs.replica import Replica

        self._replica = Replica(self.ledger.log, url, seconds)

    def near(self, *, with_all: bool = False) -> "Atlas":
        """The same as the replica has it, for one reading; this atlas itself where there is none that is recent enough.

        What was read or written through this atlas before is in its maps; `with_all` also in lists of maps and of
        entries. A replica that fails meanwhile is left, and the reading goes on here.
        """
        log = self._replica and self._replica.reading(with_all=with_all)
        return Atlas(self.ledger.on(log)) if log else self

    @property
    def age(self) -> float | None:
        """How many seconds old what is read here may be; None where nothing newer was acknowledged."""
        return self.ledger.log.age

    # The maps.

    def maps(self) -> list[str]:
        """The names of all maps, sorted, ended ones too."""
        return self.ledger.log.maps()

    def living_maps(self, as_of: int | None = None) -> list[str]:
        """The names of the maps that have something in them (on days up to one), sorted."""
        return self.ledger.log.living_maps(as_of)

    def extents(self, as_of: int | None = None, at: "PointInTime | None" = None) -> dict[str, Extent]:
        """How much is in each map, by name (on days up to one, as it stood at a point); maps that came later left out.

        Of the newest state it is told without reading what the maps say, unless an older release wrote last.
        """
        log = self.ledger.log
        known = log.sizes() if (as_of, at) == (None, None) else {}
        found = {}
        for name in self.maps():
            if size := known.get(name):
                found[name] = extent_by(self._heads(name), *size)
            else:
                with suppress(UnknownEntry):
                    found[name] = extent_of(self[name].as_of(as_of).at(at).view())
        return found

    def _heads(self, name: str) -> dict[PartKey, Head]:
        """What the parts of a map say of their days; only those of day 0, the first and the last day are read."""
        log = self.ledger.log
        first = {key: entries[0] for key, entries in standing(log.marks(name)).items()}
        days = sorted({key.day for key in first} - {0})
        read = [entry for key, entry in first.items() if key.day in (0, *days[:1], *days[-1:])]
        texts = {stored.sequence: stored.text for stored in log.stored(name, only=sorted(read))}
        return {key: read_head(text) if (text := texts.get(entry)) else Head() for key, entry in first.items()}

    def __getitem__(self, name: str) -> CourseMap:
        """The map of this name, which exists once something is written to it."""
        return CourseMap(self.ledger, name)

    def chosen(self, name: str | None = None) -> CourseMap:
        """The named map, else the store's only one. Raises `UnknownMap` or `MapNotChosen`."""
        known = self.maps()
        if name is None and len(known) > 1:
            raise MapNotChosen(known)
        name = name or (known[0] if known else "")
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

    # The store.

    def changed(self, name: str) -> Hashable:
        """A token that differs after any commit to a map by any process."""
        return self.ledger.mark(name)

    @property
    def changed_is_quick(self) -> bool:
        """Whether `changed` takes microseconds, because it asks nobody outside this machine."""
        return self.ledger.log.mark_is_local

    def entry_counts(self) -> dict[str, int]:
        """How many entries each map has."""
        return self.ledger.log.counts()

    def sizes(self) -> dict[str, tuple[int, int]]:
        """How many nodes and edges each map has that was read lately through this atlas."""
        return self.ledger.sizes()

    def warm(self) -> None:
        """Read maps into memory, the largest first, as many as are kept there: whoever asks then need not wait."""
        from conceptmap.shapes.walk_rows import make_rows
        from graphs.search import search_index
        from graphs.words import word_index

        for index in (word_index, search_index, make_rows):
            for name in self.ledger.fitting():
                index(self.ledger.view(name))

    def verify(self, told: "Told | None" = None) -> None:
        """Read every entry and token. Raises `StoreCorrupted`, naming what is missing or not what was written.

        Whoever wants to see how far it is, is told again and again how many entries of how many are read.
        """
        self.ledger.log.verify(told)

    def back_up(self, file: Path, told: "Told | None" = None) -> int:
        """Copy the store to a new file, which is itself a store; returns the number of entries."""
        from graphs.backup import back_up

        return back_up(self.ledger.log, file, self.ledger.now(), told)

    def restore(self, file: Path, told: "Told | None" = None) -> int:
        """Copy a backup into this store, which must be empty; returns the number of entries."""
        from graphs.backup import restore

        return restore(file, self.ledger.log, self.ledger.now(), told)

    def accept(self, file: Path) -> list[str]:
        """Copy the store as it is to a new file, then make what is left of it whole; returns all that is accepted.

        Nothing is done where nothing is missing or changed.
        """
        from graphs.acceptance import accept

        return accept(self.ledger.log, file, self.ledger.now())

    def erase_author(self, author: str, name: str | None = None, *, dry_run: bool = False) -> "list[Erasure]":
        """Erase all that an author ever said, in one map or in all of them; returns the entries.

        In a dry run nothing is erased. Raises `UnknownMap`.
        """
        from graphs.erasing import erase

        names = self.maps() if name is None else [self.chosen(name).name]
        found = (erase(self.ledger, one, lambda entry: entry.author == author, dry_run=dry_run) for one in names)
        return [erasure for erasures in found for erasure in erasures]

    def erase_entry(self, name: str, number: int, *, dry_run: bool = False) -> "list[Erasure]":
        """Erase what one entry of a map says; the list has it alone, or nothing where it says nothing (any more).

        In a dry run nothing is erased. Raises `UnknownEntry`.
        """
        from graphs.erasing import erase

        self.ledger.log.entry(name, number)
        return erase(self.ledger, name, lambda entry: entry.sequence == number, dry_run=dry_run)

    def known_backups(self) -> list[tuple[Path, str]]:
        """The file and the time (RFC 3339, UTC) of each copy that the store knows of, oldest first."""
        from graphs.backup import known_backups

        return [(Path(file), time) for file, time in known_backups(self.ledger.log)]

    # What else the service keeps in the store, and runs beside it.

    @cached_property
    def tokens(self) -> "Tokens":
        """Who may read and write over HTTP."""
        from graphs.tokens import Tokens

        return Tokens(self.ledger.log)

    @cached_property
    def idempotency(self) -> "IdempotencyKeys":
        """What requests under idempotency keys were answered."""
        from graphs.idempotency import IdempotencyKeys
        from graphs.ledger import utc_now

        return IdempotencyKeys(self.ledger.log, utc_now)

    @cached_property
    def rates(self) -> "Rates":
        """How often each client does what is limited, counted by all processes together."""
        from graphs.rates import open_rates

        return open_rates(self.ledger.log)

    @cached_property
    def learners(self) -> "Learners":
        """Which nodes learners have marked as learned, in a store of its own: no map and no log holds any of it."""
        from graphs.learners import open_learners

        return open_learners(self.ledger.log)

    def sparql(self, base: str, limits: "Limits", on_restart: Callable[[], None]) -> "Engine":
        """An engine that answers SPARQL queries on these maps in a process of its own; whoever asks closes it.

        `base` is what IRIs begin with; `on_restart` is called when the process had to be started again.
        """
        from graphs.sparql.engine import Engine

        return Engine(self.ledger.log, self.vocabulary, base, limits, on_restart)
