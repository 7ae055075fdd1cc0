"""What the log holds: an entry, the write it comes from, and the digest that tells when its bytes have changed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import msgspec
import rfc8785

from graphs.fold import Event, PartKey
from ontology.errors import InvalidDocument, Problem, StoreCorrupted
from ontology.model import Document, read_document
from ontology.values import JsonValue


@dataclass(frozen=True)
class Write:
    """A part's new document (None: the part ends) and the bytes that it was read from."""

    day: int
    part: str
    document: Document | None
    body: bytes
    media_type: str
    author: str


@dataclass(frozen=True)
class Entry:
    """One line of the log. `time` is RFC 3339 in UTC, `text` the document as RFC 8785 JSON (None: the part ends).

    Revisions count 1, 2, 3 … per map, day and part; the end of a part counts too.
    """

    sequence: int
    map: str
    day: int
    part: str
    revision: int
    author: str
    time: str
    media_type: str
    body: bytes
    text: str | None

    @cached_property
    def document(self) -> Document | None:
        """The document, read from its text when first asked for. Raises `StoreCorrupted` where it is none."""
        if self.text is None:
            return None
        try:
            return read_document(self.text)
        except msgspec.DecodeError as error:
            raise StoreCorrupted(f"{self.name} holds no document: {error}") from error

    @property
    def event(self) -> Event:
        """The entry as the fold takes it."""
        return Event(self.sequence, PartKey(self.day, self.part), self.document, self.author, self.time)

    @property
    def name(self) -> str:
        """The entry in words, for messages."""
        return f"entry {self.sequence} (map {self.map!r}, day {self.day}, part {self.part!r}, revision {self.revision})"

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 over metadata, body and document.

        The hashed text is one canonical JSON array, in which body and document stand by their own
        digests: no two different entries give the same text.
        """
        document = None if self.text is None else _sha256(self.text.encode("utf-8", "surrogatepass")).hex()
        where = [self.sequence, self.map, self.day, self.part, self.revision]
        said = [self.author, self.time, self.media_type, _sha256(self.body).hex(), document]
        return _sha256(json.dumps([*where, *said], separators=(",", ":")).encode())


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
    data = document.as_json()
    try:
        if _is_plain([document.data, *(node.data for node in document.nodes)]):
            # The same text as rfc8785 makes, several times faster.
            text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            text.encode()
            return text
        return rfc8785.dumps(data).decode()
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        what = f"day {document.day} holds data that JSON cannot carry exactly ({error})"
        raise InvalidDocument([Problem(file=document.part, what=what, hint="write it as text")]) from error


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


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
