"""What a map says of its nodes and edges, as other programs carry it along, read back into nodes and edges.

It is written by `conceptmap.copies.node_fields` and `edge_fields`: into attributes of GraphML, into keys of its own in
formats of JSON. Programs that keep what they do not know keep all of it.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from msgspec import Meta, Struct, ValidationError, convert

from conceptmap.formats.given import GivenCite, GivenEdge, GivenNode
from ontology.model import MAX_DAY, End, EndValues, How, Origin
from ontology.names import is_id

Day = Annotated[int, Meta(ge=0, le=MAX_DAY)]
Rank = Annotated[int, Meta(ge=0, le=1_000_000)]
LineNumber = Annotated[int, Meta(ge=1)]

OF_JSON: Final = frozenset({"aliases", "days", "introduced", "data", "mention", "place", "cites"})
"""The fields that are JSON where a format has texts alone."""


class _Cite(Struct, frozen=True, kw_only=True):
    """Where something is said: a part of a day (None: an undated note), its lines and their words."""

    day: Day | None
    file: str
    lines: tuple[LineNumber, LineNumber] | None = None
    quote: str | None = None
    how: How = "imported"
    rule: str | None = None
    mention: bool = False

    def given(self) -> GivenCite:
        """The same as documents are made of it."""
        origin = Origin(lines=self.lines, quote=self.quote, how=self.how, rule=self.rule)
        return GivenCite(self.day, self.file, origin, self.mention)


class _NodeFields(Struct, frozen=True, kw_only=True):
    """What may be said of a node; a day that is None is none."""

    label: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    days: tuple[Day | None, ...] = ()
    introduced: Day | None = None
    text: str | None = None
    formula: str | None = None
    data: dict[str, Any] = {}
    mention: bool = False
    place: Rank | None = None
    cites: tuple[_Cite, ...] = ()


class _EdgeFields(Struct, frozen=True, kw_only=True):
    """What may be said of an edge."""

    relation: str | None = None
    dimension: str | None = None
    source_value: str | None = None
    target_value: str | None = None
    note: str | None = None
    days: tuple[Day | None, ...] = ()
    how: How = "imported"
    place: Rank | None = None
    parent: End | None = None
    cites: tuple[_Cite, ...] = ()


def own_node(key: str, fields: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> GivenNode:
    """The node of these fields, which edges call `key`, with more `data`.

    Raises `ValueError` that says which field is wrong.
    """
    said = _read(fields, _NodeFields)
    return GivenNode(
        key=key,
        label=said.label or key,
        id=key if is_id(key) else None,
        kind=said.kind,
        aliases=said.aliases,
        text=said.text,
        formula=said.formula,
        data={**said.data, **(data or {})},
        days=said.days,
        introduced=said.introduced,
        mention=said.mention,
        place=said.place,
        cites=tuple(one.given() for one in said.cites),
    )


def own_edge(source: str, target: str, fields: Mapping[str, Any]) -> GivenEdge:
    """The edge of these fields. Raises `ValueError` that says which is wrong."""
    said = _read(fields, _EdgeFields)
    values = EndValues(source=said.source_value or "", target=said.target_value or "")
    return GivenEdge(
        source=source,
        label=said.relation or "",
        target=target,
        dimension=said.dimension,
        values=values if said.source_value is not None or said.target_value is not None else None,
        note=said.note,
        days=said.days,
        derived=said.how == "derived",
        place=said.place,
        parent=said.parent,
        cites=tuple(one.given() for one in said.cites),
    )


def _read(fields: Mapping[str, Any], of: type[Any]) -> Any:
    try:
        return convert(fields, of)
    except ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        place = where.strip("`").removeprefix("$.")
        raise ValueError(f"{place or 'its fields'}: {what[:1].lower()}{what[1:]}") from error
