"""What requests say: parameters that many routes share, bodies, accepted forms, and conditions."""

import asyncio
import re
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar
from urllib.parse import quote, unquote

from fastapi import Depends, Header, Path, Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.config import JsonDict
from starlette.requests import ClientDisconnect, Request
from starlette.types import Scope

from api.errors import (
    BadRequest,
    BodyTooLarge,
    NotAcceptable,
    PreconditionFailed,
    PreconditionRequired,
    SlowBody,
    UnsupportedMediaType,
)
from api.settings import Settings
from conceptmap.formats import by_suffix
from conceptmap.map import CourseMap
from conceptmap.mending import ChangeEdge, ChangeNode, Confirm, EndEdge, EndNode, Mend, Refuse
from conceptmap.rdf import Place, parsed_json, shortened
from ontology.errors import ConceptMapError, InvalidDocument, StaleMap, StaleRevision
from ontology.gate import CLOSED, ONE_BY_ONE, problems_of
from ontology.hints import no_such
from ontology.model import MAX_DAY, Edge, EdgeKey, Label, Node, Text
from ontology.names import is_id, node_id
from ontology.vocabulary import Vocabulary

MOST_ITEMS = 1000
"""Items that a page of a list may have: a thousand nodes are some 160 KB, which a client still reads at once."""

MOST_TRIES = 20
"""How often a write is tried whose part changes meanwhile: in vain only if others never stop writing it."""

# Addresses: a slash that is escaped (%2F) is a sign of a name, and parts no two pieces of an address

_ESCAPED_SLASH = re.compile(rb"%2f", re.IGNORECASE)
_IN_A_NAME = "\uf02f"
"""Stands for such a slash while the address is looked up: a sign for private use, which no name has."""


def routed(scope: Scope) -> Scope:
    """The scope of a request with a path in which escaped slashes are none, so that it leads to the right handler."""
    raw: bytes = scope.get("raw_path") or b""
    if b"%2" not in raw:
        return scope
    path = unquote(_ESCAPED_SLASH.sub(quote(_IN_A_NAME).encode(), raw.partition(b"?")[0]).decode("latin-1"))
    return {**scope, "path": path}


def _slashed(name: str) -> str:
    return name.replace(_IN_A_NAME, "/")


# Parameters

MapPath = Annotated[
    str, AfterValidator(_slashed), Path(description="name of the map", examples=["robot-intelligence"], max_length=200)
]
NodePath = Annotated[
    str, AfterValidator(_slashed), Path(description="id, label or alias of the node", examples=["bitter-lesson"])
]
DryRun = Annotated[bool, Query(description="only say what would change")]
IfMatch = Annotated[str | None, Header(alias="If-Match", description='ETag of what is replaced, or "*"')]
Overwrite = Annotated[bool, Query(description="put it whatever stands there, or nothing, without If-Match")]
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS, description="how many a page has")]
Cursor = Annotated[str | None, Query(max_length=1000, description="where the page begins: `next` of the page before")]
AsOf = Annotated[int | None, Query(ge=0, le=MAX_DAY, description="only what the days up to this one say")]
At = Annotated[
    str | None,
    Query(
        max_length=40, description="the map as it stood at this entry of its history, or at this time", examples=["12"]
    ),
]


@dataclass(frozen=True, slots=True)
class MapVersion:
    """What a read shows of a map: as of a day (None: the newest), at an entry or a time (None: the last entry)."""

    as_of: int | None = None
    at: str | None = None


async def _version(as_of: AsOf = None, at: At = None) -> MapVersion:
    return MapVersion(as_of, at)


TheVersion = Annotated[MapVersion, Depends(_version)]


def checked_map(name: str) -> str:
    """The name, if a map can have it. Raises `BadRequest`."""
    if not is_id(name) or len(name) > 200:
        raise BadRequest(f"{name[:200]!r} cannot name a map; use letters, digits, '-' and '_'")
    return name


def known_kind(vocabulary: Vocabulary, name: str) -> str:
    """The kind of this name or noun, in any case. Raises `BadRequest`."""
    if (kind := vocabulary.kind(name)) is None:
        raise BadRequest(no_such("kind", name, vocabulary.kinds))
    return kind.name


def known_relation(vocabulary: Vocabulary, name: str) -> str:
    """The relation of this name or inverse name, in any case. Raises `BadRequest`."""
    if (direction := vocabulary.direction(name)) is None:
        raise BadRequest(no_such("relation", name, vocabulary.direction_names, vocabulary.relations))
    return direction.relation.name


# Bodies


def media_type(request: Request, *taken: str) -> str:
    """The media type of the body, if the address takes it. Raises `UnsupportedMediaType`."""
    given = request.headers.get("content-type", "")
    kind, *parameters = (one.strip().lower() for one in given.split(";"))
    if kind not in taken:
        said = f"no {kind} is taken here" if kind else "the request has no Content-Type"
        raise UnsupportedMediaType(f"{said}; send {', '.join(taken)}", {"Accept": ", ".join(taken)})
    charsets = [one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")]
    if any(one not in ("utf-8", "utf8", "us-ascii") for one in charsets):
        raise UnsupportedMediaType(f"the encoding {charsets[0]!r} is not taken; send UTF-8")
    return kind


async def read_body(request: Request, settings: Settings, most: int | None = None) -> bytes:
    """The whole body, of at most so many bytes, or as many as are set where these are fewer.

    Raises `BodyTooLarge` as soon as it is, `SlowBody`, or `UnsupportedMediaType` if encoded.
    """
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        headers = {"Accept-Encoding": "identity"}
        raise UnsupportedMediaType(f"the body is encoded ({encoding}); send it as it is", headers)
    length = request.headers.get("content-length", "")
    most = min(settings.max_body, most or settings.max_body)
    if length.isdecimal() and int(length) > most:
        raise _too_large(most)
    try:
        async with asyncio.timeout(settings.body_seconds):
            return await _collected(request, most)
    except TimeoutError as error:
        raise SlowBody(f"the body took more than {settings.body_seconds:g} s", {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise BadRequest("the body broke off") from error


async def _collected(request: Request, most: int) -> bytes:
    parts, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise _too_large(most)
        parts.append(chunk)
    return b"".join(parts)


def _too_large(most: int) -> BodyTooLarge:
    return BodyTooLarge(f"the body may have {most:,} bytes", {"Connection": "close"})


def _with_ids(nodes: object) -> object:
    if not isinstance(nodes, list):
        return nodes
    return [{**one, "id": node_id(one["label"])} if _lacks_id(one) else one for one in nodes]


_WITH_IDS = BeforeValidator(_with_ids)
_EXAMPLE_NODES: JsonDict = {"nodes": [{"id": "yeast", "kind": "Concept", "label": "Yeast", "text": "A fungus."}]}
_EXAMPLE_EDGES: JsonDict = {"edges": [{"source": "fermentation", "relation": "requires", "target": "yeast"}]}


class NewNodes(BaseModel):
    """Nodes to append. Without an id a node gets the one that its label makes."""

    model_config = CLOSED | ConfigDict(json_schema_extra={"examples": [_EXAMPLE_NODES]})

    nodes: Annotated[tuple[Node, ...], ONE_BY_ONE, _WITH_IDS] = Field(min_length=1)
    edges: ClassVar[tuple[Edge, ...]] = ()


class NewEdges(BaseModel):
    """Edges to append; their ends are nodes of the map."""

    model_config = CLOSED | ConfigDict(json_schema_extra={"examples": [_EXAMPLE_EDGES]})

    nodes: ClassVar[tuple[Node, ...]] = ()
    edges: Annotated[tuple[Edge, ...], ONE_BY_ONE] = Field(min_length=1)


class NewItems(BaseModel):
    """Nodes and edges to append together; ends of edges are nodes of the map or among those that come with them."""

    model_config = CLOSED | ConfigDict(json_schema_extra={"examples": [_EXAMPLE_NODES | _EXAMPLE_EDGES]})

    nodes: Annotated[tuple[Node, ...], ONE_BY_ONE, _WITH_IDS] = ()
    edges: Annotated[tuple[Edge, ...], ONE_BY_ONE] = ()

    @model_validator(mode="after")
    def _say_something(self) -> Self:
        if not self.nodes and not self.edges:
            raise ValueError("there are no nodes and no edges in it")
        return self


Additions = NewNodes | NewEdges | NewItems
"""What may be sent to be added."""


class NewLabel(BaseModel):
    """The label that a node gets."""

    model_config = CLOSED | ConfigDict(json_schema_extra={"examples": [{"label": "Baker's yeast"}]})

    label: Label


class EdgeName(BaseModel):
    """An edge: its ends by id, label or alias, and its relation; of a comparison also the dimension."""

    model_config = CLOSED

    source: Label
    relation: Label
    target: Label
    dimension: Label | None = None


class NewMend(BaseModel):
    """What is done to a node or an edge of the map.

    `change` gives a node another label, text or kind, an edge another relation or note, or turns it round; `end` leaves
    it out from now on; `confirm` and `refuse` say whether what was only read by rule is so.
    """

    model_config = CLOSED | ConfigDict(
        json_schema_extra={
            "examples": [
                {"do": "change", "node": "yeast", "label": "Baker's yeast", "kind": "Method"},
                {"do": "refuse", "edge": {"source": "yeast", "relation": "requires", "target": "heat"}},
            ]
        }
    )

    do: Literal["change", "end", "confirm", "refuse"]
    node: Label | None = None
    edge: EdgeName | None = None
    label: Label | None = None
    text: Text | None = None
    kind: Label | None = None
    relation: Label | None = None
    turned: bool = False
    note: Text | None = None

    @model_validator(mode="after")
    def _name_one(self) -> Self:
        if (self.node is None) == (self.edge is None):
            raise ValueError("name 'node' or 'edge'")
        of_other = (self.relation, self.note, self.turned or None) if self.node else (self.label, self.text, self.kind)
        if any(one is not None for one in of_other):
            raise ValueError("a node has a label, a text and a kind, an edge a relation, a direction and a note")
        changes = (self.label, self.text, self.kind, self.relation, self.note, self.turned or None)
        if self.do == "change" and all(one is None for one in changes):
            raise ValueError("say what is to be changed")
        if self.do != "change" and any(one is not None for one in changes):
            raise ValueError(f"to {self.do} needs no more than its name; to change it as well, send another request")
        return self

    @property
    def mend(self) -> Mend:
        """What is to be done."""
        if self.edge is None:
            name = self.node or ""
            if self.do == "change":
                return ChangeNode(name, self.label, self.text, self.kind)
            return EndNode(name) if self.do == "end" else Confirm(name) if self.do == "confirm" else Refuse(name)
        key = EdgeKey(self.edge.source, self.edge.relation, self.edge.target, self.edge.dimension)
        if self.do == "change":
            return ChangeEdge(key, self.relation, turned=self.turned, note=self.note)
        return EndEdge(key) if self.do == "end" else Confirm(key) if self.do == "confirm" else Refuse(key)


class NewPlace(BaseModel):
    """The id, label or alias of the node that another one leads to from now on."""

    model_config = CLOSED | ConfigDict(json_schema_extra={"examples": [{"into": "yeast"}]})

    into: Label


def _lacks_id(node: object) -> bool:
    if not isinstance(node, dict) or "id" in node:
        return False
    return isinstance(label := node.get("label"), str) and bool(label.strip())


Read = TypeVar("Read", bound=BaseModel)
Written = TypeVar("Written")


def read_model(data: bytes, model: type[Read], place: Place) -> Read:
    """What a body holds that is to be said at a place. Raises `InvalidDocument`."""
    value = parsed_json(data, place)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise InvalidDocument(shortened(problems_of(error, place.source, value), place)) from error


# Accepted forms (RFC 9110, 12.5.1): the suffix of the address says which, else what the request accepts

JSON = "application/json"
JSON_LD = "application/ld+json"
TURTLE = "text/turtle"
MARKDOWN = "text/markdown"
FORM = "application/x-www-form-urlencoded"
"""What HTML forms send."""


def media_type_of(suffix: str) -> str | None:
    """The media type that a suffix (without its dot) names: that of an export format, or of notes."""
    form = by_suffix().get(f".{suffix}")
    return form.media_type if form else MARKDOWN if suffix == "md" else None


def suffixes_of(offered: Container[str]) -> list[str]:
    """The suffixes (without their dots) of export formats and notes whose media type is offered."""
    known = {suffix[1:]: form.media_type for suffix, form in by_suffix().items()} | {"md": MARKDOWN}
    return [suffix for suffix, kind in known.items() if kind in offered]


def suffix_path(description: str, example: str, suffixes: Callable[[], list[str]]) -> Any:
    """The parameter for a suffix in an address; the description names those that there are when it is made."""
    return Path(
        description=description,
        examples=[example],
        json_schema_extra=lambda schema: schema.update({"enum": [*suffixes()]}),
    )


def known_suffix(suffix: str, known: Sequence[str]) -> str:
    """The suffix, if it is one of those that there are. Raises `BadRequest`."""
    if suffix not in known:
        raise BadRequest(f"suffix: {no_such('form', suffix[:20], known)}")
    return suffix


def split_suffix(text: str, offered: tuple[str, ...]) -> tuple[str, str | None]:
    """The last piece of an address without its suffix, and the media type that this names; only suffixes we know count.

    >>> split_suffix("26.ttl", (JSON, TURTLE)), split_suffix("gpt-3.5", (JSON, TURTLE))
    (('26', 'text/turtle'), ('gpt-3.5', None))
    """
    name, dot, suffix = text.rpartition(".")
    kind = media_type_of(suffix)
    return (name, kind) if dot and kind in offered else (text, None)


def chosen(accept: str | None, offered: tuple[str, ...]) -> str:
    """The offered media type that the request likes best, the first of several equals. Raises `NotAcceptable`.

    >>> chosen("text/turtle, application/json;q=0.5", (JSON, TURTLE)), chosen("text/*", (JSON, TURTLE))
    ('text/turtle', 'text/turtle')
    >>> chosen(None, (JSON, TURTLE))
    'application/json'
    """
    ranges = [_range(one) for one in (accept or "").split(",") if one.strip()] or [("*/*", 1.0)]
    ranked = [(_quality(kind, ranges), -index, kind) for index, kind in enumerate(offered)]
    quality, _, kind = max(ranked)
    if quality <= 0:
        raise NotAcceptable(f"there is {', '.join(offered)}; accept one of them")
    return kind


def content_type(kind: str) -> str:
    """The media type as the answer names it: text says its encoding."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether the answer may be compressed.

    >>> accepts_gzip("br, gzip"), accepts_gzip("gzip;q=0"), accepts_gzip("")
    (True, False, False)
    """
    return any(name == "gzip" and quality > 0 for name, quality in map(_range, accept_encoding.split(",")))


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (one.strip().lower() for one in text.split(";"))
    quality = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = float(parameter[2:])
            except ValueError:
                quality = 0.0
    return name, quality


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that a media type is in."""
    for pattern in (kind, f"{kind.split('/', maxsplit=1)[0]}/*", "*/*"):
        for name, quality in ranges:
            if name == pattern:
                return quality
    return 0.0


# Conditions (RFC 9110, section 13)
#
# An entity tag begins with what it is a revision of: `"r3-…"` is a form of revision 3 of a part, `"e812-…"` one of a
# map at entry 812. A write may name the tag of any form.

_TAG = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,|$)')


def tags(header: str) -> list[tuple[bool, str]]:
    """The tags of a condition, each with whether it is a strong one. Raises `BadRequest`.

    >>> tags('"r3-ab", W/"x"')
    [(True, 'r3-ab'), (False, 'x')]
    """
    found, at = [], 0
    while at < len(header):
        if (one := _TAG.match(header, at)) is None:
            raise BadRequest('a condition is "*" or a list of entity tags in double quotes')
        found.append((one[1] is None, one[2]))
        at = one.end()
    return found


def is_unchanged(if_none_match: str, tag: str) -> bool:
    """Whether the client has this state already; compressed or not, weak or strong."""
    if if_none_match.strip() == "*":
        return True
    bare = tag.removesuffix("-gzip")
    return any(
        bare == one.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for one in if_none_match.split(",")
    )


def expected_number(
    request: Request,
    letter: str,
    current: int,
    *,
    exists: bool,
    stale: Callable[[int], ConceptMapError],
    may_replace: Callable[[], bool],
) -> int:
    """The revision (or entry) that a write is to meet, by the request's conditions: the current one.

    `stale` makes the error for a tag of another revision. `may_replace` says whether what is there may be replaced
    without If-Match, and is asked only where it matters. Raises that error, `PreconditionFailed`, or
    `PreconditionRequired` where something would be replaced unseen.
    """
    if_match, if_none_match = (_condition(request, name) for name in ("if-match", "if-none-match"))
    if exists and if_none_match is not None and _names(if_none_match, letter, current):
        raise PreconditionFailed("it exists already", {"ETag": f'"{letter}{current}"'})
    if if_match is None:
        if exists and not may_replace():
            seen = f'send If-Match with the ETag that was read ("{letter}{current}" now)'
            what = f"it exists, and says something else; {seen}, or ?overwrite=true to put this whatever stands"
            raise PreconditionRequired(what, {"ETag": f'"{letter}{current}"'})
        return current
    if not exists:
        raise PreconditionFailed("it does not exist; leave If-Match out to create it")
    if if_match.strip() == "*":
        return current
    numbers = [_number(one, letter) for strong, one in tags(if_match) if strong]
    if current not in numbers:
        raise stale(next((one for one in numbers if one is not None), 0))
    return current


def until_met(request: Request, write: Callable[[CourseMap], Written]) -> Callable[[CourseMap], Written]:
    """The write, which is tried again where another came between its check and itself.

    A request that names revisions is answered that it came too late; any other has conditions that may hold still.
    """
    named = (_condition(request, "if-match") or "*").strip() != "*"

    def tried(course: CourseMap) -> Written:
        for _ in range(0 if named else MOST_TRIES):
            with suppress(StaleRevision, StaleMap):
                return write(course)
        return write(course)

    return tried


def _condition(request: Request, name: str) -> str | None:
    """A condition of a request; one that is said in several lines is one list (RFC 9110, 5.3)."""
    said = request.headers.getlist(name)
    return ", ".join(said) if said else None


def _names(condition: str, letter: str, current: int) -> bool:
    return condition.strip() == "*" or any(_number(one, letter) == current for _, one in tags(condition))


def _number(tag: str, letter: str) -> int | None:
    """The revision that a tag is of."""
    found = re.match(rf"{letter}(\d{{1,18}})(?:-|$)", tag)
    return int(found[1]) if found else None
