"""What the log holds: an entry, the write it comes from, and the digests that tell when bytes changed or went."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
import rfc8785

from graphs.fold import Event, Kind, PartKey, merged
from ontology.errors import InvalidDocument, Problem, StoreCorrupted
from ontology.model import CONTEXT, STATED, Document, Edge, Node, read_document
from ontology.values import JsonValue

JSON_LD, MARKDOWN = "application/ld+json", "text/markdown"
"""The media types of documents and of notes as they are sent."""

ERASED = "application/vnd.conceptmap.erased"
"""The media type of an end that erases: it names an entry whose document and bytes are gone for good."""

_ENCODER = msgspec.json.Encoder(order="sorted")
_CONTEXT = f'{{"@context":"{CONTEXT}",'

Counts = tuple[int, int, int]
"""How many nodes and edges a part's assertions gained, changed and lost with an entry."""


@dataclass(frozen=True)
class Write:
    """What is to be appended, and the bytes that it was read from.

    `put`: the document takes the place of the part; `add`: its assertions join the part; `end`: the part ends, or
    entry `target` no longer counts, and `becomes` are the entries that say what the part says then, oldest first.
    `reader` is the version of what read the notes, `root` the folder they were loaded from.
    """

    day: int
    part: str
    document: Document | None
    body: bytes
    media_type: str
    author: str
    kind: Kind = "put"
    target: int | None = None
    reader: str = ""
    root: str | None = None
    counts: Counts = (0, 0, 0)
    becomes: tuple[Event, ...] = ()

    @property
    def says(self) -> Document | None:
        """What its part says with it, as far as it tells; None where the part ends."""
        documents = [event.document for event in self.becomes if event.document]
        return merged(documents) if documents else self.document


@dataclass(frozen=True)
class Line:
    """An entry without what it says: one line of a map's history. `time` is RFC 3339 in UTC.

    Numbers count per map. Revisions count 1, 2, 3 … per map, day and part, whatever the kind. `erased` is the time
    since when document and body are gone.
    """

    sequence: int
    kind: Kind
    target: int | None
    day: int
    part: str
    revision: int
    author: str
    time: str
    media_type: str
    reader: str
    root: str | None
    counts: Counts
    erased: str | None

    def __repr__(self) -> str:
        return f"<entry {self.sequence} of {self.time}: {self.kind} day {self.day}, {self.part}>"

    @property
    def ends(self) -> bool:
        """Whether the part ended with it."""
        return self.kind == "end" and self.target is None

    @property
    def erases(self) -> bool:
        """Whether the entry that it names is gone for good."""
        return self.kind == "end" and self.media_type == ERASED


@dataclass(frozen=True, repr=False)
class Entry(Line):
    """An entry of a map with all that it holds; `text` is the document as RFC 8785 JSON (None: an end).

    `digest` is the one that was stored (see `digest_of`), `chain` covers it and all before it in the map (see
    `chained`).
    """

    map: str
    digest: bytes
    chain: bytes
    text: str | None
    body: bytes

    @cached_property
    def document(self) -> Document | None:
        """The document, read from its text when first asked for. Raises `StoreCorrupted` where it is none."""
        return None if self.text is None else read_text(self.text, self.name)

    @property
    def event(self) -> Event:
        """The entry as the fold takes it."""
        key = PartKey(self.day, self.part)
        return Event(self.sequence, key, self.document, self.author, self.time, self.kind, self.target)

    @property
    def name(self) -> str:
        """The entry in words, for messages."""
        return f"entry {self.sequence} (map {self.map!r}, day {self.day}, part {self.part!r}, revision {self.revision})"


class Stored(NamedTuple):
    """An entry without its bytes and its place in the chain, with its document as it is stored."""

    sequence: int
    kind: Kind
    target: int | None
    day: int
    part: str
    author: str
    time: str
    text: str | None


def read_text(text: str, name: str) -> Document:
    """The document that an entry holds. Raises `StoreCorrupted`, with the entry's name, where it is none."""
    try:
        return read_document(text)
    except msgspec.DecodeError as error:
        raise StoreCorrupted(f"{name} holds no document: {error}") from error


def entry_from(
    name: str, write: Write, text: str | None, *, sequence: int, revision: int, time: str, link: bytes
) -> Entry:
    """The entry that a write to a map becomes: `text` is its document, `link` the chain's link before it."""
    entry = Entry(
        map=name,
        sequence=sequence,
        kind=write.kind,
        target=write.target,
        day=write.day,
        part=write.part,
        revision=revision,
        author=write.author,
        time=time,
        media_type=write.media_type,
        reader=write.reader,
        root=write.root,
        counts=write.counts,
        digest=b"",
        chain=b"",
        erased=None,
        text=text,
        body=write.body,
    )
    digest = digest_of(entry)
    return replace(entry, digest=digest, chain=chained(link, digest))


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry that a row of the store holds."""
    name, *metadata, added, changed, removed, digest, chain, erased, text, body = row
    return Entry(*(*metadata, (added, changed, removed), erased, name, digest, chain, text, body))


def values_of(entry: Entry) -> dict[str, str | int | bytes | None]:
    """The row of an entry."""
    added, changed, removed = entry.counts
    return {
        "map": entry.map,
        "sequence": entry.sequence,
        "kind": entry.kind,
        "target": entry.target,
        "day": entry.day,
        "part": entry.part,
        "revision": entry.revision,
        "author": entry.author,
        "time": entry.time,
        "media_type": entry.media_type,
        "reader": entry.reader,
        "root": entry.root,
        "added": added,
        "changed": changed,
        "removed": removed,
        "digest": entry.digest,
        "chain": entry.chain,
        "erased": entry.erased,
        "document": entry.text,
        "body": entry.body,
    }


def digest_of(entry: Entry) -> bytes:
    """SHA-256 over metadata, body and document.

    The hashed text is one canonical JSON array, in which body and document stand by their own digests: no two
    different entries give the same text. Counts are no part of it: they follow from the documents.
    """
    document = None if entry.text is None else sha256(entry.text.encode("utf-8", "surrogatepass")).hex()
    where = [entry.map, entry.sequence, entry.kind, entry.target, entry.day, entry.part, entry.revision]
    said = [entry.author, entry.time, entry.media_type, entry.reader, entry.root, sha256(entry.body).hex(), document]
    return sha256(json.dumps([*where, *said], separators=(",", ":")).encode())


def is_as_written(entry: Entry) -> bool:
    """Whether an entry is what its digest was made of; of an erased one only that nothing is left can be told."""
    if entry.erased is not None:
        return entry.text is None and not entry.body
    return digest_of(entry) == entry.digest


def first_link(name: str) -> bytes:
    """What the chain of a map begins with."""
    return sha256(name.encode("utf-8", "surrogatepass"))


def chained(link: bytes, digest: bytes) -> bytes:
    """The next link of a map's chain: it covers an entry's digest and the link of the entry before."""
    return sha256(link + digest)


def timestamp(time: datetime) -> str:
    """A time as entries have it: RFC 3339 in UTC, to the microsecond, so that earlier ones sort first.

    >>> timestamp(datetime.fromisoformat("2026-11-24T21:00:00+01:00"))
    '2026-11-24T20:00:00.000000Z'
    """
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical_json(document: Document) -> str:
    """The document as RFC 8785 JSON: one text for one document. Raises `InvalidDocument` where JSON cannot hold it.

    >>> canonical_json(Document(map="bread", day=2, part="day-02.md"))
    '{"@context":"https://w3id.org/conceptmap/context.jsonld","day":2,"map":"bread","part":"day-02.md"}'
    """
    try:
        if _is_plain([document.data, *(node.data for node in document.nodes if node.data)]) and _omits_origins(
            document
        ):
            # The same text as rfc8785 makes, many times faster. The context is always said, and sorts first.
            text = _ENCODER.encode(document).decode()
            return _CONTEXT + text[1:]
        return rfc8785.dumps(document.as_json()).decode()
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        what = f"day {document.day} holds data that JSON cannot carry exactly ({error})"
        raise InvalidDocument([Problem(file=document.part, what=what, hint="write it as text")]) from error


def _omits_origins(document: Document) -> bool:
    """Whether the encoder leaves out every origin that is the default: it compares by identity."""
    items: Iterable[Node | Edge] = (*document.nodes, *document.edges)
    return not any([one.origin is not STATED and one.origin == STATED for one in items])


def _is_plain(value: JsonValue | Iterable[JsonValue]) -> bool:
    """Whether Python's own JSON text of a value is canonical: ordinary numbers, and keys that sort alike everywhere."""
    if isinstance(value, dict):
        return all(key.isascii() and _is_plain(one) for key, one in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, int):
        return abs(value) < 2**53
    if isinstance(value, float):
        return 1e-4 <= abs(value) < 1e15 and not value.is_integer()
    return value is None or isinstance(value, str)


def row_check(*fields: str | bytes | None) -> bytes:
    """SHA-256 over the fields of a row that stands beside the entries, so that a changed one is noticed."""
    said = [field.hex() if isinstance(field, bytes) else field for field in fields]
    return sha256(json.dumps(said, separators=(",", ":")).encode())


def sha256(data: bytes) -> bytes:
    """The SHA-256 of bytes, as bytes."""
    return hashlib.sha256(data).digest()
