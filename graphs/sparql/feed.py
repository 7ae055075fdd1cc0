"""What the worker must be told so that a dataset follows its map: only what stands, and then only the news."""

from collections.abc import Iterator

from graphs.fold import PartKey
from graphs.log import Log
from graphs.sparql.wire import PartText
from graphs.standing import standing


def feed(log: Log, map: str, known: int, until: int | None) -> tuple[int, Iterator[PartText]]:
    """The number of a map's last entry (up to one), and what its parts say behind the one that is known (0: none)."""
    if known:
        last = log.last(map) if until is None else until
        return last, _news(log, map, known, last)
    marks = log.marks(map, until)
    parts = standing(marks)
    return marks[-1].sequence if marks else 0, _all(log, map, parts)


def _all(log: Log, map: str, parts: dict[PartKey, list[int]]) -> Iterator[PartText]:
    """What stands, the first days first."""
    begins = {sequences[0] for sequences in parts.values()}
    only = [sequence for key in sorted(parts) for sequence in parts[key]]
    for stored in log.stored(map, only=only):
        if stored.text is not None:
            joins = stored.sequence not in begins
            yield PartText(day=stored.day, part=stored.part, texts=(stored.text,), joins=joins)


def _news(log: Log, map: str, known: int, last: int) -> Iterator[PartText]:
    """What entries say one by one; where one undoes another, what stands then in their part."""
    for stored in log.stored(map, after=known, until=last):
        day, part = stored.day, stored.part
        if stored.target is None:
            texts = () if stored.text is None else (stored.text,)
            yield PartText(day=day, part=part, texts=texts, joins=stored.kind == "add")
        else:
            parts = standing(log.marks(map, stored.sequence, day, part))
            yield PartText(day=day, part=part)
            yield from _all(log, map, parts)
