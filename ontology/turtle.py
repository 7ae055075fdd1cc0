"""Turtle text with its lines: at which line of a text each of its triples ends."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import IO, cast

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple


class Lines:
    """The lines (from 1) at which the triples of a Turtle text end; it is read once more where one is asked for."""

    def __init__(self, triples: Iterable[Triple] = (), text: str = "", base: str = "") -> None:
        self._triples, self._text, self._base = list(triples), text, base

    def of(self, triple: Triple) -> int:
        """The line of a triple; 1 where it is not known."""
        return self._of_triple.get(triple, 1)

    def about(self, subject: str, predicate: str = "") -> int:
        """The line of the first triple about a resource (with a property, if there is one such); 1 if not known."""
        first = self._of_subject.get((subject, ""), 1)
        return self._of_subject.get((subject, predicate), first)

    @cached_property
    def _of_triple(self) -> Mapping[Triple, int]:
        # The same text gives the same triples in the same order, but other names of blank nodes.
        reader = _LineReader(self._text)
        again = pyoxigraph.parse(cast(IO[bytes], reader), format=RdfFormat.TURTLE, base_iri=self._base or None)
        return dict(zip(reversed(self._triples), reversed([reader.line for _ in again]), strict=False))

    @cached_property
    def _of_subject(self) -> Mapping[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for triple in self._triples:
            if isinstance(triple.subject, NamedNode):
                for predicate in ("", triple.predicate.value):
                    found.setdefault((triple.subject.value, predicate), self.of(triple))
        return found


class _LineReader:
    """A text as a file that gives one line at a time: so what has been parsed tells how far the text was read."""

    def __init__(self, text: str) -> None:
        self._lines = iter(text.encode().splitlines(keepends=True))
        self._rest = b""
        self.line = 0

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes of the line that is read; of the next one where that is over."""
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.line += bool(self._rest)
        end = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:end], self._rest[end:]
        return given
