"""Reading Argdown: statements and arguments as nodes, their relations, and premises and conclusions, line by line."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from conceptmap.formats.format import Given, Reading, SentFile
from conceptmap.formats.given import GivenEdge, GivenNode, decoded, given
from conceptmap.formats.obsidian import front_again
from ontology.errors import InvalidDocument, Problem
from ontology.model import MAX_DAY, End, EndValues
from ontology.names import is_id
from ontology.terms import ARGUMENT, CLAIM, CONCEPT, CONTRASTS_WITH, OPPOSES, PART_OF, PREMISE_OF, SUPPORTS, UNDERCUTS
from ontology.values import JsonValue

DEEPEST: Final = 2_000
"""Levels of relations below each other; the longest debate has a few dozen."""

_RELATION = re.compile(r"(\+>|->|_>|<\+|<-|<_|><|\+|-|_)(?:\s+(.*))?")
_PREMISE = re.compile(r"\((\d+)\)\s*(.*)")
_INFERENCE = re.compile(r"-{2,}(?:\s*(.*?)\s*-{2,})?")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"(?:\*|\d+\.)\s+(.*)")
_TITLE = re.compile(r"(?:\[([^\[\]]+)\](?!\()|<([^<>]+)>)\s*(:?)\s*(.*)", re.DOTALL)
_TAG = re.compile(r"(?:(?<=\s)|\A)#(?:\(([^()]*)\)|([\w-]+))")
_COMMENT = re.compile(r"/\*|<!--|(?:(?<=\s)|\A)//")
_ENDS: Final = {"/*": "*/", "<!--": "-->"}
_MEANT: Final = {"+": SUPPORTS, "-": OPPOSES, "_": UNDERCUTS}
_OWN: Final = frozenset("id kind label aliases days formula mention derived place fields introduced edges text".split())


@dataclass(slots=True)
class _Said:
    """A statement, argument or heading where it is said: its words as they come in, and what they turn out to be."""

    line: int
    words: list[str]
    level: int = 0
    section: "_Said | None" = None
    key: str = ""
    title: str = ""
    text: str = ""
    is_argument: bool = False
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Structure:
    """Premises and conclusions, and the argument whose they are."""

    argument: _Said | None
    premises: list[_Said] = field(default_factory=list)
    conclusions: list[_Said] = field(default_factory=list)
    infers: bool = False


def read_argdown(files: Sequence[SentFile], reading: Reading) -> Given:
    """The statements and arguments of files, and how they are joined.

    Raises `InvalidDocument` with the line of what is not read.
    """
    nodes: list[GivenNode] = []
    edges: list[GivenEdge] = []
    for number, file in enumerate(one for one in files if one.path.lower().endswith((".argdown", ".ad"))):
        reader = _Reader(file.path, decoded(file), f"{number}:")
        reader.read()
        nodes += reader.nodes()
        edges += reader.edges()
    if not nodes:
        what, hint = "there is no statement in it", "write one: [Title]: what it says"
        raise InvalidDocument([Problem(file=files[0].path, what=what, hint=hint)])
    return given(nodes, edges, reading)


class _Reader:
    """Reads one file: first into what is said, then into nodes and edges."""

    def __init__(self, path: str, text: str, prefix: str) -> None:
        self._path = path
        self._prefix = prefix
        self._lines = self._without_comments(text).split("\n")
        self._said: list[_Said] = []
        self._headings: list[_Said] = []
        self._joined: list[tuple[_Said, str, _Said]] = []
        self._structures: list[_Structure] = []
        self._open: _Said | None = None
        self._above: list[tuple[int, _Said]] = []
        self._structure: _Structure | None = None
        self._rule: int | None = None
        self._targets: set[str] = set()  # what is supported or attacked, so that it is a Claim

    def _fail(self, line: int, what: str, hint: str) -> NoReturn:
        raise InvalidDocument([Problem(file=self._path, line=line, column=None, what=what, hint=hint)])

    def _without_comments(self, text: str) -> str:
        """The text with comments blank, every line in its place."""
        pieces, at = [], 0
        while (found := _COMMENT.search(text, at)) is not None:
            end = text.find("\n", found.end()) if found[0] == "//" else text.find(_ENDS[found[0]], found.end())
            if end < 0 and found[0] != "//":
                self._fail(
                    text.count("\n", 0, found.start()) + 1, "a comment is not closed", f"end it with {_ENDS[found[0]]}"
                )
            end = len(text) if end < 0 else end if found[0] == "//" else end + len(_ENDS[found[0]])
            pieces += [text[at : found.start()], "\n" * text.count("\n", found.start(), end)]
            at = end
        return "".join((*pieces, text[at:]))

    def read(self) -> None:
        """Read all lines. Raises `InvalidDocument`."""
        first = self._front()
        indents: set[str] = set()
        for number, text in enumerate(self._lines[first:], first + 1):
            line = text.strip()
            if not line:
                self._end_block(number)
                continue
            if self._rule is not None:
                self._rule = None if line.endswith("--") else self._rule
                continue
            indent = text[: len(text) - len(text.lstrip())]
            indents |= set(indent)
            if len(indents) > 1:
                self._fail(number, "tabs and spaces before lines are mixed", "indent all lines with spaces")
            if line.startswith("@include"):
                self._fail(number, "@include: other files are not read", "put the text of that file in its place")
            self._line(line, len(indent), number)
        if self._rule is not None:
            self._fail(self._rule, "an inference is not closed", "end it with --")
        for said in self._said:
            self._understand(said)
        self._targets = {target.key for _, sign, target in self._joined if sign in "+-"}

    def _front(self) -> int:
        """How many lines the front matter takes; what it says is settings, and no part of the map."""
        start = next((number for number, line in enumerate(self._lines) if line.strip()), 0)
        first = self._lines[start].strip()
        if not first.startswith("==="):
            return 0
        ends = (
            number for number in range(start + 1, len(self._lines)) if re.fullmatch(r"={3,}\s*", self._lines[number])
        )
        end = next(ends, None)
        if end is None or first.strip("="):
            self._fail(
                start + 1, "the front matter is not a block of lines", "put === before and behind it, on lines alone"
            )
        return end + 1

    def _end_block(self, number: int) -> None:
        self._open = None
        if number < len(self._lines) and self._lines[number].strip() and not self._lines[number][0].isspace():
            self._above = []

    def _line(self, line: str, indent: int, number: int) -> None:
        """A line by what it begins with; else it goes on with what was said before."""
        if (found := _HEADING.fullmatch(line)) and self._open is None:
            self._heading(found, number)
        elif (found := _PREMISE.fullmatch(line)) and (self._open is None or self._structure is not None or indent == 0):
            self._premise(found, indent, number)
        elif self._structure is not None and (found := _INFERENCE.fullmatch(line) or re.match(r"--\s", line)):
            self._infer(line, number)
        elif (indent or self._above) and (found := _RELATION.fullmatch(line)) and (found[2] or self._open is None):
            self._relation(found, indent, number)
        elif found := _ITEM.fullmatch(line):
            self._state(found[1], indent, number)
        elif self._open is not None:
            self._open.words.append(line)
        else:
            self._state(line, indent, number)

    def _heading(self, found: re.Match[str], number: int) -> None:
        level = len(found[1])
        above = [one for one in self._headings if one.level < level][-1:]
        self._headings = [one for one in self._headings if one.level < level]
        heading = _Said(number, [found[2]], level, above[0] if above else None)
        self._headings.append(heading)
        self._said.append(heading)
        self._open, self._above, self._structure = heading, [], None

    def _state(self, words: str, indent: int, number: int, *, in_structure: bool = False) -> _Said:
        if not in_structure:
            self._structure = None
        said = _Said(number, [words] if words else [], 0, self._headings[-1] if self._headings else None)
        self._said.append(said)
        self._open = said
        while self._above and self._above[-1][0] >= indent:
            self._above.pop()
        self._above.append((indent, said))
        return said

    def _premise(self, found: re.Match[str], indent: int, number: int) -> None:
        """A line of a premise-conclusion structure, which belongs to the argument before it."""
        if self._structure is None:
            last = self._said[-1] if self._said else None
            of = last if last is not None and last.words and last.words[0].startswith("<") else None
            if int(found[1]) != 1:
                self._fail(number, f"premise ({found[1]}) without one before it", "number premises from (1) on")
            self._structure = _Structure(of)
            self._structures.append(self._structure)
        structure = self._structure
        self._above = []
        said = self._state(found[2], indent, number, in_structure=True)
        (structure.conclusions if structure.infers else structure.premises).append(said)
        structure.infers = False

    def _infer(self, line: str, number: int) -> None:
        if self._structure is not None:
            self._structure.infers = True
        closed = re.fullmatch(r"-{4,}", line) or (len(line) > 4 and line.endswith("--"))
        self._rule = None if closed else number
        self._open, self._above = None, []

    def _relation(self, found: re.Match[str], indent: int, number: int) -> None:
        above = [one for one in self._above if one[0] < indent]
        if not above:
            self._fail(number, f"{found[1]!r} relates to nothing", "indent it below the statement that it relates to")
        if not found[2]:
            self._fail(number, f"nothing stands behind {found[1]!r}", "write a statement behind it")
        if len(above) > DEEPEST:
            self._fail(number, f"more than {DEEPEST} levels", "begin a new statement")
        parent = above[-1][1]
        structure = self._structure
        child = self._state(found[2], indent, number, in_structure=structure is not None)
        sign = found[1]
        if sign == "><":
            self._joined.append((parent, "><", child))
        elif sign.endswith(">"):
            self._joined.append((parent, sign[0], child))
        else:
            self._joined.append((child, sign[-1], parent))

    # What the words of a statement are

    def _understand(self, said: _Said) -> None:
        whole = "\n".join(said.words).strip()
        first = _TITLE.fullmatch(said.words[0]) if said.words else None
        if first is not None and first[4] and not first[3] and not first[4].startswith(("{", "#")):
            shown = said.words[0][:40].rpartition(first[4][:5])[0].strip() or said.words[0][:40]
            self._fail(said.line, "words stand behind a title without a colon", f"write {shown}: ...")
        body, said.data = self._data_of(whole, said.line)
        tags = [one or other for one, other in _TAG.findall(body)]
        text = " ".join(_TAG.sub("", body).split()) if tags else " ".join(body.split())
        if tags:
            said.data.setdefault("tags", tags)
        if said.level:
            said.title, said.key = text, f"{self._prefix}#{text}"
            return
        found = _TITLE.fullmatch(text)
        if found is None:
            said.title, said.key = text, f"{self._prefix}line {said.line}"
            if not text:
                self._fail(said.line, "a statement without words", "write [Title]: what it says")
            return
        said.is_argument = found[2] is not None
        said.title = " ".join((found[1] or found[2]).split())
        said.text = found[4]
        said.key = f"{self._prefix}{'<' if said.is_argument else '['}{said.title.casefold()}"

    def _data_of(self, text: str, line: int) -> tuple[str, dict[str, Any]]:
        """A text without the data in braces that it ends with, and these."""
        if not text.endswith("}"):
            return text, {}
        for begin in [found.start() for found in re.finditer(r"(?:(?<=\s)|\A)\{", text)][:20]:
            inside = text[begin:]
            try:
                data = json.loads(inside)
            except (ValueError, RecursionError):
                block = inside[1:-1].strip("\n")
                data = front_again(inside) or (front_again(block) if "\n" in inside else {})
            if isinstance(data, dict) and (data or not inside[1:-1].strip()):
                return text[:begin].strip(), data
        self._fail(line, "the data in braces cannot be read", "write them as {key: value, key: value}")

    # Nodes and edges

    def nodes(self) -> Iterator[GivenNode]:
        """A node for each statement, argument and heading; what is said of one at several places together."""
        together: dict[str, list[_Said]] = {}
        for one in self._said:
            if one.title:
                together.setdefault(one.key, []).append(one)
        for key, said in together.items():
            data: dict[str, Any] = {}
            for one in said:
                data = {**one.data, **data}
            texts = dict.fromkeys(one.text for one in said if one.text)
            yield self._node(key, said[0], data, "\n\n".join(texts) or None, key in self._targets)

    def _node(self, key: str, said: _Said, data: dict[str, Any], text: str | None, is_target: bool) -> GivenNode:
        if is_id(str(data.get("id", ""))) and "kind" in data and "days" in data:
            return _own_node(key, said.title, data, text)
        kind = ARGUMENT if said.is_argument and not is_target else CONCEPT if said.level else CLAIM
        return GivenNode(key=key, label=said.title, kind=kind, text=text, data=_plain(data))

    def edges(self) -> Iterator[GivenEdge]:
        """The relations that are drawn, those in data, and what premises, conclusions and headings say."""
        keys = {str(one.data["id"]): one.key for one in self._said if "id" in one.data}
        known: set[tuple[str, str, str]] = set()
        days = {one.key: _home(one.data) for one in self._said if "days" in one.data}
        for said in self._said:
            for edge in _own_edges(said, keys, days.get(said.key, ())):
                if edge.dimension is None:
                    known.add((edge.source, edge.label, edge.target))
                yield edge
        for one, sign, other in self._joined:
            label = CONTRASTS_WITH if sign == "><" else _MEANT[sign]
            if (one.key, label, other.key) not in known:
                yield GivenEdge(one.key, label, other.key, days=days.get(one.key, ()))
        yield from self._inferred()
        yield from self._grouped()

    def _inferred(self) -> Iterator[GivenEdge]:
        """Premises support the argument, the argument its last conclusion; without an argument, premises do that."""
        for structure in self._structures:
            steps = structure.conclusions
            if not steps:
                self._fail(structure.premises[0].line, "premises without a conclusion", "write ---- and the conclusion")
            if structure.argument is None:
                yield from (GivenEdge(one.key, SUPPORTS, steps[-1].key) for one in (*structure.premises, *steps[:-1]))
                continue
            of = structure.argument.key
            label = SUPPORTS if of in self._targets else PREMISE_OF
            yield from (GivenEdge(one.key, label, of) for one in (*structure.premises, *steps[:-1]))
            yield GivenEdge(of, SUPPORTS, steps[-1].key)

    def _grouped(self) -> Iterator[GivenEdge]:
        """What has a title is part of the heading that it first stands below, a heading of the one above it."""
        seen: set[str] = set()
        for one in self._said:
            titled = one.level or one.key[len(self._prefix) :][:1] in "[<"
            if one.section is not None and titled and one.key not in seen and one.section.title:
                yield GivenEdge(one.key, PART_OF, one.section.key)
            seen.add(one.key)


def _plain(data: Mapping[str, Any]) -> dict[str, JsonValue]:
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def _own_node(key: str, title: str, data: dict[str, Any], text: str | None) -> GivenNode:
    """A node that went out from here."""
    days = _days(data["days"])
    first = next((day for day in days if day is not None), None)
    try:
        fields = json.loads(data.get("fields") or "{}")
    except (ValueError, TypeError, RecursionError):
        fields = {}
    more = {name: value for name, value in data.items() if name not in _OWN}
    return GivenNode(
        key=key,
        label=str(data.get("label") or title),
        id=str(data["id"]),
        kind=str(data["kind"]),
        aliases=tuple(map(str, data["aliases"])) if isinstance(data.get("aliases"), list) else (),
        text=str(data["text"]) if data.get("text") else text,
        formula=str(data["formula"]) if data.get("formula") else None,
        data={**_plain(more), **(fields if isinstance(fields, dict) else {})},
        days=days,
        introduced=_whole(data["introduced"]) if "introduced" in data else first,
        mention=data.get("mention") is True,
        derived=data.get("derived") is True,
        place=_whole(data.get("place"), 1_000_000),
    )


def _own_edges(said: _Said, keys: Mapping[str, str], days: tuple[int | None, ...]) -> Iterator[GivenEdge]:
    listed = said.data.get("edges")
    for one in listed if isinstance(listed, list) and "id" in said.data else ():
        if not isinstance(one, list) or len(one) < 2 or str(one[1]) not in keys:
            continue
        try:
            more = json.loads(one[2]) if len(one) > 2 else {}
        except (ValueError, TypeError, RecursionError):
            more = {}
        values = more.get("values")
        parents: dict[object, End] = {"source": "source", "target": "target"}
        yield GivenEdge(
            source=said.key,
            label=str(one[0]),
            target=keys[str(one[1])],
            dimension=more.get("dimension"),
            values=EndValues(source=str(values[0]), target=str(values[1])) if values else None,
            note=more.get("note"),
            days=_days(more["days"]) if "days" in more else days,
            derived=more.get("derived") is True,
            place=_whole(more.get("place"), 1_000_000),
            parent=parents.get(more.get("parent")),
        )


def _home(data: Mapping[str, Any]) -> tuple[int | None, ...]:
    """The day that relations are of where they do not say so."""
    days = _days(data["days"])
    first = next((day for day in days if day is not None), None)
    introduced = _whole(data["introduced"]) if "introduced" in data else first
    return (introduced,) if introduced is not None else days[:1]


def _days(said: object) -> tuple[int | None, ...]:
    return tuple(day if day is None else _whole(day) for day in said) if isinstance(said, list) else ()


def _whole(said: object, most: int = MAX_DAY) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= most else None
