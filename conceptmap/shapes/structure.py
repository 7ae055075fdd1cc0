"""The structure of a map: ids and numbers, and the same in words."""

from collections.abc import Mapping, Sequence

from typing_extensions import TypedDict

from conceptmap.overview import Overview, standing_lines
from conceptmap.structure import Group, Standing


class SectionShape(TypedDict):
    """Lines of one sort, and how many more there are."""

    title: str
    lines: list[str]
    more: int


class IslandShape(TypedDict):
    """Ideas that are joined to each other and to no others: how many, and the first of their ids."""

    size: int
    ideas: list[str]


class ArticulationShape(TypedDict):
    """An idea without which its island falls into pieces of so many ideas, the largest first."""

    node: str
    pieces: list[int]


class BridgeShape(TypedDict):
    """Two ideas whose join is the only way between so many on the side of each."""

    ends: list[str]
    sides: list[int]


class ShareShape(TypedDict):
    """An idea, and on which share of the shortest ways between two others it lies."""

    node: str
    share: float


class HubShape(TypedDict):
    """An idea, and to how many it is joined."""

    node: str
    joins: int


class GroupShape(TypedDict):
    """Ideas that are joined to each other more than to the rest: the one with most joins, how many, the first ids."""

    centre: str
    size: int
    ideas: list[str]


class StructureShape(TypedDict):
    """How a map is connected; of each sort the first, and `totals` of all.

    `sampled`: from how many ideas the shortest ways were followed for `between` (null: from all). `told`: in words.
    """

    ideas: int
    joins: int
    totals: dict[str, int]
    islands: list[IslandShape]
    articulations: list[ArticulationShape]
    bridges: list[BridgeShape]
    hubs: list[HubShape]
    between: list[ShareShape]
    sampled: int | None
    groups: list[GroupShape]
    modularity: float
    told: list[SectionShape]


def structure_shape(overview: Overview, limit: int) -> StructureShape:
    """A structure, at most so many of each sort, and of the ids of an island or a group."""
    found = overview.structure
    sorts = ("islands", "articulations", "bridges", "groups")
    return {
        "ideas": len(found.ideas),
        "joins": len(found.joins),
        "totals": {name: len(getattr(found, name)) for name in sorts},
        "islands": [{"size": len(one), "ideas": list(one[:limit])} for one in found.islands[:limit]],
        "articulations": [{"node": one.node, "pieces": list(one.pieces)} for one in found.articulations[:limit]],
        "bridges": [{"ends": list(one.ends), "sides": list(one.sides)} for one in found.bridges[:limit]],
        "hubs": [{"node": node, "joins": found.degrees[node]} for node in _most(found.degrees, limit)],
        "between": [{"node": node, "share": round(found.between[node], 4)} for node in _most(found.between, limit)],
        "sampled": found.sampled,
        "groups": [_group(one, limit) for one in found.groups[:limit]],
        "modularity": round(found.modularity, 4),
        "told": [
            {"title": one.title, "lines": list(map(str, one.lines)), "more": one.more} for one in overview.sections
        ],
    }


def _most(numbers: Mapping[str, float], limit: int) -> Sequence[str]:
    return sorted(numbers, key=lambda one: (-numbers[one], one))[:limit]


def _group(one: Group, limit: int) -> GroupShape:
    return {"centre": one.centre, "size": len(one.members), "ideas": list(one.members[:limit])}


class StandingShape(TypedDict):
    """Where a node stands: `cut_off` ideas, in `pieces`, lose their way to the rest without it.

    `island`: how many ideas its island has, where nothing joins these few to the rest. `told`: what is to be said.
    """

    node: str
    cut_off: int
    pieces: list[int]
    island: int | None
    told: list[str]


def standing_shape(node: str, standing: Standing | None) -> StandingShape:
    """Where a node stands; of a day, a unit or a source nothing is said."""
    return {
        "node": node,
        "cut_off": standing.cut_off if standing else 0,
        "pieces": list(standing.pieces) if standing else [],
        "island": standing.island if standing else None,
        "told": standing_lines(standing),
    }
