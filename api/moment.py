"""The moment that a read is of: a day of the course, and an entry of the log."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query

from ontology.model import MAX_DAY

AsOf = Annotated[int | None, Query(ge=0, le=MAX_DAY, description="only what the days up to this one say")]
At = Annotated[
    str | None,
    Query(
        max_length=40, description="the map as it stood at this entry of its history, or at this time", examples=["12"]
    ),
]


@dataclass(frozen=True, slots=True)
class Moment:
    """As of a day (None: the newest), at an entry or a time (None: the last entry)."""

    as_of: int | None = None
    at: str | None = None


async def _moment(as_of: AsOf = None, at: At = None) -> Moment:
    return Moment(as_of, at)


TheMoment = Annotated[Moment, Depends(_moment)]
