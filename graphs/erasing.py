"""Erasing: what entries say goes for good; that they were there, and the chain over them, stays."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graphs.entries import ERASED, Entry, Write
from graphs.ledger import MAX_TRIES, Ledger
from graphs.log import Behind
from graphs.standing import Mark, first_day
from ontology.errors import RefusedWrite


@dataclass(frozen=True, slots=True)
class Erasure:
    """An entry that is erased, and which other entries of its part say some of the same and stay."""

    map: str
    entry: int
    day: int
    part: str
    author: str
    time: str
    repeated: tuple[int, ...]


def erase(
    ledger: Ledger, name: str, chosen: Callable[[Entry], bool], *, author: str = "", dry_run: bool = False
) -> list[Erasure]:
    """Erase the chosen entries of a map that say anything, and return them (in a dry run: only that).

    Their documents, their bytes and what their authors were answered under idempotency keys are gone then; an entry of
    kind end and media type `ERASED`, by `author`, names each.
    """
    for _ in range(MAX_TRIES):
        last = ledger.log.last(name)
        entries = [entry for entry in ledger.log.entries(name, until=last) if entry.text is not None or entry.body]
        erased = [entry for entry in entries if chosen(entry)]
        kept = [entry for entry in entries if not chosen(entry)]
        if erased and not dry_run:
            ends = [
                Write(entry.day, entry.part, None, b"", ERASED, author, kind="end", target=entry.sequence)
                for entry in erased
            ]
            try:
                ledger.log.erase(name, ends, last, ledger.now(), first_day=_first_day_after(ledger, name, ends))
            except Behind:
                continue
        return [_erasure(entry, kept) for entry in erased]
    raise RefusedWrite(f"map {name!r} changed {MAX_TRIES} times while its entries were erased; try again")


def _first_day_after(ledger: Ledger, name: str, ends: Sequence[Write]) -> int | None:
    marks = ledger.log.marks(name)
    last = marks[-1].sequence
    more = [Mark(last + number, "end", end.target, end.day, end.part) for number, end in enumerate(ends, 1)]
    return first_day([*marks, *more])


def _erasure(entry: Entry, kept: Sequence[Entry]) -> Erasure:
    said = _said(entry)
    of_part = (other for other in kept if (other.day, other.part) == (entry.day, entry.part))
    repeated = tuple(other.sequence for other in of_part if said & _said(other))
    return Erasure(entry.map, entry.sequence, entry.day, entry.part, entry.author, entry.time, repeated)


def _said(entry: Entry) -> set[str]:
    """What an entry asserts, each as a text; nodes that it only mentions are somebody else's words."""
    document = {} if entry.text is None else json.loads(entry.text)
    nodes = (node for node in document.get("nodes", ()) if not node.get("mention") and node["kind"] != "Day")
    return {json.dumps(one, sort_keys=True) for one in (*nodes, *document.get("edges", ()))}
