"""XML read safely: no document types, no endless depth or size, and every element knows its line.

Document types are where XML is dangerous: their entities can grow without end, or stand for other files and addresses.
Files of other programs need none; RDF/XML that abbreviates namespaces by entities can be saved without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from conceptmap.formats.format import SentFile
from ontology.errors import InvalidDocument, Problem

MOST_BYTES: Final = 16_000_000
"""Of a file, and of what is in it when entities are resolved: ten times the largest of those we know."""

MOST_ELEMENTS: Final = 300_000
"""Elements that are held at once, 120 MB of them: a map of ten thousand nodes has nearly as many."""

DEEPEST: Final = 200
"""Elements within each other: groups of groups of nodes take two a level."""

_CHUNK = 65_536


@dataclass(slots=True)
class Element:
    """An element: its name without prefix, its namespace, what is in it, and the line on which it begins.

    Names of attributes have no namespace, but for those in one, which are `NAMESPACE NAME`. `text` is its own, without
    that of its children.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: "Sequence[Element]" = ()
    text: str = ""

    def all(self, *names: str) -> "Iterator[Element]":
        """The children of these names, in their order."""
        return (child for child in self.children if child.name in names)

    def first(self, name: str) -> "Element | None":
        """The first child of a name."""
        return next(self.all(name), None)

    def within(self, *names: str) -> "Iterator[Element]":
        """The elements of these names at any depth, in the order of the file."""
        for child in self.children:
            if child.name in names:
                yield child
            yield from child.within(*names)


def read_xml(file: SentFile, root: str, called: str) -> Element:
    """The element of this name that is all of a file, which people know as `called`.

    Raises `InvalidDocument` where the file is another, is no XML, has a document type, or is too deep or too large.
    """
    reader = _Parser(file, keep=True)
    reader.run()
    found = reader.root
    if found is None or found.name != root:
        name = found.name if found else ""
        what = f"this is no {called}: it begins with <{name}>, not with <{root}>"
        raise _refused(file, found.line if found else 1, what, "say which format it is, with --format")
    return found


def check_xml(file: SentFile) -> None:
    """Refuse what is not safe to be read by any reader of XML. Raises `InvalidDocument`."""
    _Parser(file, keep=False).run()


class _Parser:
    """Reads a file piece by piece, so that it ends early where it has to."""

    def __init__(self, file: SentFile, *, keep: bool) -> None:
        self.root: Element | None = None
        self._file, self._keep = file, keep
        self._open: list[Element] = []
        self._texts: list[list[str]] = []  # of the open elements; joined at their ends, since they come in many pieces
        self._depth = self._elements = self._size = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype

    def run(self) -> None:
        """Read all of the file, or raise `InvalidDocument`."""
        data = self._file.data
        if not data.strip():
            raise _refused(self._file, None, "the file is empty", "save or download it again")
        if len(data) > MOST_BYTES:
            raise self._too_much()
        try:
            for start in range(0, len(data), _CHUNK):
                self._parser.Parse(data[start : start + _CHUNK], False)
            self._parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            line, column = self._parser.ErrorLineNumber, self._parser.ErrorColumnNumber + 1
            what = f"this is no XML that can be read: {_plain(error)}"
            hint = "save or export it again from the program that made it, as UTF-8"
            raise InvalidDocument(
                [Problem(file=self._file.path, line=line, column=column, what=what, hint=hint)]
            ) from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        self._grow(len(tag) + sum(map(len, attributes.values())))
        if self._depth > DEEPEST:
            hint = "import a part of it"
            raise self._refused(f"elements lie more than {DEEPEST} deep in each other", hint)
        if not self._keep:
            return
        if self._elements > MOST_ELEMENTS:
            raise self._too_much()
        namespace, _, name = tag.rpartition(" ")
        element = Element(name, namespace, attributes, self._parser.CurrentLineNumber)
        if not self._open:
            self.root = element
        elif isinstance(above := self._open[-1].children, list):
            above.append(element)
        else:
            self._open[-1].children = [element]  # most elements have no children, and a list takes room
        self._open.append(element)
        self._texts.append([])

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._keep:
            self._open.pop().text = "".join(self._texts.pop())

    def _text(self, text: str) -> None:
        self._grow(len(text))
        if self._keep and not (self._open[-1].children and text.isspace()):
            self._texts[-1].append(text)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > MOST_BYTES:
            raise self._too_much()

    def _doctype(self, name: str, _system: str | None, _public: str | None, _: bool) -> None:
        if name.lower() == "html":
            raise self._refused("this is a web page", "download the file itself, not the page that shows it")
        what = "a document type (<!DOCTYPE …>) may lead to other files, so it is not read"
        raise self._refused(what, "take the <!DOCTYPE …> out, or save the file without entities")

    def _too_much(self) -> InvalidDocument:
        million = MOST_BYTES // 1_000_000
        what = f"this is too much: XML may have {million} million characters and {MOST_ELEMENTS} elements"
        return self._refused(what, "import a part of it")

    def _refused(self, what: str, hint: str) -> InvalidDocument:
        return _refused(self._file, self._parser.CurrentLineNumber, what, hint)


def _plain(error: Exception) -> str:
    return expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)


def _refused(file: SentFile, line: int | None, what: str, hint: str) -> InvalidDocument:
    return InvalidDocument([Problem(file=file.path, line=line, column=None, what=what, hint=hint)])
