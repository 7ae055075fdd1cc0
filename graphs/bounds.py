"""How much may be read of a view: until some moment, or so many nodes and edges.

Whatever takes long reads nodes and edges again and again, so each of these is the place to end it, wherever it began.
"""

from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from ontology.errors import AnswerTooLate


class Bound(Protocol):
    """What is told of each node and edge that is read, before it is, and may raise to end the reading."""

    def count(self, items: int) -> None:
        """So many will be read."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Reading ends at a moment of `time.monotonic`: from then on it raises `AnswerTooLate`."""

    moment: float

    def count(self, items: int) -> None:
        """Raise where the moment is past."""
        if monotonic() > self.moment:
            raise AnswerTooLate("this took too long to read, and was ended; ask for less, or try again later")


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
