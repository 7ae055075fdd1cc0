"""How much may be read of a view: until some moment, or so many nodes and edges; and how long may be computed.

Most of what takes long reads nodes and edges again and again, so each of these is the place to end it, wherever it
began. What computes long without reading (a circle that settles, a search for groups) calls `check_deadline` at each
step: a deadline that somebody keeps holds for all that is called meanwhile, in the same thread.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import Protocol, TypeVar

from ontology.errors import AnswerTooLate

Item = TypeVar("Item")


class Bound(Protocol):
    """What is told of each node and edge that is read, before it is, and may raise to end the reading."""

    def count(self, items: int) -> None:
        """So many will be read."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Reading and computing end at a moment of a clock: from then on it raises `AnswerTooLate`."""

    moment: float
    clock: Callable[[], float] = monotonic

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """The deadline in so many seconds."""
        return cls(monotonic() + seconds)

    def count(self, items: int) -> None:
        """Raise where the moment is past."""
        if self.clock() > self.moment:
            raise AnswerTooLate("this took too long, and was ended; ask for less, or try again later")

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Let it hold for what is computed in the block: `check_deadline` looks at it."""
        before = _kept.set(self)
        try:
            yield
        finally:
            _kept.reset(before)


_kept: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def check_deadline() -> None:
    """Raise `AnswerTooLate` where the deadline that somebody keeps is past. It costs less than a microsecond.

    >>> check_deadline()  # where nobody keeps one, one may take as long as one likes
    >>> with Deadline(moment=3.0, clock=lambda: 3.5).kept():
    ...     check_deadline()
    Traceback (most recent call last):
    ontology.errors.AnswerTooLate: this took too long, and was ended; ask for less, or try again later
    """
    deadline = _kept.get()
    if deadline is not None:
        deadline.count(0)


def seconds_left(most: float) -> float:
    """How long another program may compute: until the deadline that somebody keeps, at most so many seconds.

    Raises `AnswerTooLate` where that is past.
    """
    check_deadline()
    deadline = _kept.get()
    return most if deadline is None else min(most, max(0.0, deadline.moment - deadline.clock()))


def in_time(items: Iterable[Item]) -> Iterator[Item]:
    """The same items as long as the deadline that somebody keeps is not past. Raises `AnswerTooLate`."""
    for item in items:
        check_deadline()
        yield item


class Exhausted(Exception):
    """More would be read than is allowed: the reader is to find another way."""


@dataclass(slots=True)
class Allowance:
    """So many nodes and edges may be read; it raises `Exhausted` before the first that is too many.

    >>> allowance = Allowance(3)
    >>> allowance.count(2), allowance.count(1)
    (None, None)
    >>> allowance.count(1)
    Traceback (most recent call last):
    graphs.bounds.Exhausted
    """

    left: int

    def count(self, items: int) -> None:
        """Take them from what is left."""
        self.left -= items
        if self.left < 0:
            raise Exhausted
