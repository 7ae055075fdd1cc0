"""From bytes to lines of text: decoding, line ends, and characters that no note may hold."""

import re
from dataclasses import dataclass
from functools import cached_property

from conceptmap.notes.values import Findings

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
"""`ontology.model.unsafe_character` as one expression, for files of megabytes."""


@dataclass(frozen=True)
class Source:
    """A file as text lines, without line ends; `body` is the bytes as they came."""

    path: str
    body: bytes
    lines: tuple[str, ...]

    def bytes_of(self, first: int, last: int) -> bytes:
        """The bytes of the 1-based lines first..last."""
        return b"".join(self._byte_lines[first - 1 : last])

    @cached_property
    def _byte_lines(self) -> list[bytes]:
        return self.body.splitlines(keepends=True)


def read_source(path: str, body: bytes, findings: Findings) -> Source:
    """Decode a file. Bad bytes and unsafe characters are problems, and are read on as U+FFFD."""
    text = _decoded(path, body, findings).replace("\r\n", "\n").replace("\r", "\n")
    if _UNSAFE.search(text):
        text = _cleaned(path, text, findings)
    return Source(path, body, tuple(text.split("\n")))


def _decoded(path: str, body: bytes, findings: Findings) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if body.startswith(b"\xef\xbb\xbf") else 0)
        before = body[:start].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        position = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = f"the byte 0x{body[start]:02x} is not UTF-8"
        findings.problem(path, position, what, "save the file in the encoding UTF-8")
        return body.decode("utf-8-sig", "replace")


def _cleaned(path: str, text: str, findings: Findings) -> str:
    found = list(_UNSAFE.finditer(text))
    start = found[0].start()
    position = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    more = f", nor {len(found) - 1} more of its kind" if len(found) > 1 else ""
    what = f"the character U+{ord(found[0].group()):04X} is not allowed here{more}"
    findings.problem(path, position, what, "remove it")
    return _UNSAFE.sub("\ufffd", text)


def without_unsafe(text: str) -> str:
    """A text without the characters that no text may hold; character references can bring them in."""
    return _UNSAFE.sub("", text)
