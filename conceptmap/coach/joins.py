"""Rules of how a map is connected: islands, days that join nothing, vague links, wholes of too many parts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from conceptmap.coach.advice import Advice, field_below, field_without, link_name
from conceptmap.coach.check import Rule, Spot
from conceptmap.coach.survey import Survey, called, edge_cite
from conceptmap.plain_words import counted
from graphs.view import Citation, FoldedEdge, FoldedNode
from ontology.names import day_id, name_key
from ontology.terms import (
    ABOUT,
    CLAIM,
    CONCEPT,
    DAY,
    INTRODUCED_ON,
    LEADS_TO,
    METHOD,
    PART_OF,
    QUESTION,
    REQUIRES,
    UNIT,
)

SOMETHING, SOMETHING_EARLIER = "something on the map", "something of an earlier day"
"""What an author is to name where nothing is called alike."""
MOST_PARTS = 9
"""Parts of one whole that can be taken in at once: seven and two more (Miller 1956)."""
MOST_JOINED = 20
"""Ideas that are joined to one, from which on it is joined to everything and says little of each."""
MOST_NEW = 40
"""Nodes that one day can bring: for a whole map Novak and Cañas ask for fifteen to twenty-five concepts."""
THIN = 0.25
"""The share of all ideas that must hang on one join before it is told: of leaves and small branches it is usual."""
MOST_BRIDGES = 3
"""Such joins that are told: in a map that is one long chain nearly each is one."""
FEWEST_BEHIND = 5
"""Ideas on each side of such a join: of fewer nothing is told."""
FEWEST_OLDER = 3
"""Nodes that older days must have brought before a day is to be joined to one."""
MOST_CITED = 5
"""Nodes of an island that are cited, so that its author finds each of a few."""


def _alone(survey: Survey) -> Iterator[Spot]:
    """Nodes that nothing is joined to; a bibliography may list more than is cited."""
    for node in survey.nodes.values():
        joined = node.id in survey.leaving or node.id in survey.arriving
        if not joined and not node.is_reference and node.kind not in (DAY, UNIT):
            said = node.defined and not node.is_derived
            cites = survey.cite(node.id)
            advice = _join(survey, node, _nearest(survey, node, survey.joined)) if said else None
            yield Spot(node.id, f"{called(node)} is joined to nothing", cites, advice, weight=said)


def _nearest(survey: Survey, node: FoldedNode, among: Collection[str]) -> FoldedNode | None:
    """What is called most like a node, of what it may be joined to by what is proposed for its kind."""
    return survey.nearest(node.id, among, *((CONCEPT, METHOD, CLAIM) if _is_idea(survey, node) else ()))


def _join(survey: Survey, node: FoldedNode, near: FoldedNode | None) -> Advice | None:
    """To join a node to another, or to one that its author knows: what it requires, or what it is about."""
    relation = REQUIRES if _is_idea(survey, node) else ABOUT
    return field_below(survey.cite(node.id)[0], node, relation, link_name(near) if near else SOMETHING)


def _is_idea(survey: Survey, node: FoldedNode) -> bool:
    return survey.is_kind(node.id, CONCEPT, METHOD)


def _islands(survey: Survey) -> Iterator[Spot]:
    """Groups of nodes that nothing joins to the largest one; days and units join nothing by themselves.

    Where the largest has not half of all nodes, as among pages that were never meant as one map, there is no mainland.
    """
    groups = [frozenset(one) for one in survey.structure.islands]
    if groups and 2 * len(groups[0]) >= sum(map(len, groups)):
        said = {node.id for node in survey.said}
        for group in groups[1:]:
            if len(group) > 1 and (own := [survey.nodes[one] for one in sorted(group & said)]):
                yield _island(survey, group, own, groups[0])


def _island(survey: Survey, group: frozenset[str], said: list[FoldedNode], mainland: frozenset[str]) -> Spot:
    """An island, told at the node that most of it hangs on, with what is called most alike on the mainland."""
    first = min(said, key=lambda node: (-survey.joins(node.id), node.id))
    labels = ", ".join(called(survey.nodes[one]) for one in sorted(group)[:3])
    more = f" and {len(group) - 3} more" if len(group) > 3 else ""
    what = f"nothing joins {labels}{more} to the rest of the map"
    cites = (*survey.cite(first.id), *(survey.cite(node.id)[0] for node in said[:MOST_CITED] if node != first))
    pairs = ((one, near) for one in said if (near := _nearest(survey, one, mainland)))
    start, near = next(pairs, (first, None))
    what += f"; {called(near)} is called much like {called(start)}" if near else ""
    return Spot(first.id, what, cites, _join(survey, start, near), len(group))


def _unjoined_days(survey: Survey) -> Iterator[Spot]:
    """Days that bring something new, of which nothing is joined to what older days brought."""
    new: dict[int, list[str]] = defaultdict(list)
    for node in survey.said:
        if (day := survey.introduced(node.id)) is not None and day in survey.days:
            new[day].append(node.id)
    joined = {day for edge in survey.edges for day in _joins_older(survey, edge)}
    older: set[str] = set()
    for day in sorted(new, key=survey.days.__getitem__):
        if day not in joined and len(older) >= FEWEST_OLDER:
            yield _unjoined_day(survey, day, new[day], older)
        older.update(new[day])


def _joins_older(survey: Survey, edge: FoldedEdge) -> Iterator[int]:
    """The day of the younger end of an edge whose other end is older; a day itself joins what it speaks of."""
    one, other = survey.introduced(edge.source), survey.introduced(edge.target)
    if edge.relation == INTRODUCED_ON or survey.nodes[edge.target].kind == DAY or one is None or other is None:
        return
    if one != other and {one, other} <= survey.days.keys():
        yield max(one, other, key=survey.days.__getitem__)


def _unjoined_day(survey: Survey, day: int, nodes: list[str], older: set[str]) -> Spot:
    """Such a day, with the new node that is called most like an older one."""
    pairs = ((one, link_name(near)) for one in nodes if (near := survey.nearest(one, older, CONCEPT, METHOD, CLAIM)))
    start, target = next(pairs, (nodes[0], SOMETHING_EARLIER))
    many = counted(len(nodes), "node")
    what = f"nothing new of {survey.view.day_in_words(day)} ({many}) is joined to what came before"
    advice = field_below(survey.cite(start)[0], survey.nodes[start], REQUIRES, target)
    return Spot(day_id(day), what, survey.day_cite(day), advice, weight=len(nodes))


def _vague(survey: Survey) -> Iterator[Spot]:
    """Concepts of which only is said that one is about others, where their kinds allow to say how."""
    strong = {frozenset((edge.source, edge.target)) for edge in survey.edges if edge.relation != ABOUT}
    compared = {name_key(edge.dimension) for edge in survey.edges if edge.dimension}
    vague: dict[tuple[str, Citation], list[FoldedEdge]] = defaultdict(list)
    for edge in survey.said_edges:
        if edge.relation != ABOUT or frozenset((edge.source, edge.target)) in strong:
            continue
        if all(survey.is_kind(end, CONCEPT, METHOD) for end in (edge.source, edge.target)):
            vague[edge.source, edge_cite(edge)].append(edge)
    for (node, cite), edges in vague.items():
        if name_key(survey.nodes[node].label) not in compared:  # in what two things differ is about both
            others = [survey.nodes[edge.target] for edge in edges]
            labels = " and ".join(called(one) for one in others)
            what = f"{called(survey.nodes[node])} is only about {labels}: is it part, example or condition of that?"
            advice = field_without(cite, {name for one in others for name in (*one.names, one.id)}, PART_OF)
            yield Spot(node, what, (cite,), advice, weight=len(edges))


def _many_parts(survey: Survey) -> Iterator[Spot]:
    """Wholes with more parts than can be taken in at once."""
    parts = Counter(edge.target for edge in survey.said_edges if edge.relation == PART_OF)
    for whole, many in parts.items():
        node = survey.nodes[whole]
        if many > MOST_PARTS and node.kind not in (DAY, UNIT):
            cites = survey.cite(whole)
            what = f"{called(node)} has {many} parts; groups of them can be taken in at once"
            yield Spot(whole, what, cites, field_below(cites[0], node, "has part", "a group of its parts"), many)


def _hubs(survey: Survey) -> Iterator[Spot]:
    """Ideas that are joined to very many others, where not as the claim or the whole of them."""
    near: dict[str, set[str]] = defaultdict(set)
    for edge in survey.said_edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    told = {spot.node for spot in _many_parts(survey)}
    for node in survey.structure.ideas:
        if (many := len(near.get(node, ()))) > MOST_JOINED and node not in told and not survey.is_kind(node, CLAIM):
            what = f"{called(survey.nodes[node])} is joined to {many} nodes directly; which of them belong together?"
            yield Spot(node, what, survey.cite(node), weight=many)


def _thin(survey: Survey) -> Iterator[Spot]:
    """Joins on which large parts of a map hang alone, with the ideas around which these parts are."""
    structure = survey.structure
    for bridge in structure.bridges[:MOST_BRIDGES]:
        one, other = bridge.ends
        edges = [edge for edge in survey.view.edges_between(one, other) if edge.how != "derived"]
        if edges and bridge.cut_off >= max(FEWEST_BEHIND, THIN * len(structure.ideas)):
            sides = [_behind(survey, one, other), _behind(survey, other, one)]
            centres = [survey.nodes[_centre(survey, side)] for side in sides]
            around = [f"{len(side)} ideas around {called(hub)}" for side, hub in zip(sides, centres, strict=True)]
            ends = f"{called(survey.nodes[one])} and {called(survey.nodes[other])}"
            what = f"only the link between {ends} joins {' to '.join(around)}"
            advice = field_below(survey.cite(centres[0].id)[0], centres[0], LEADS_TO, link_name(centres[1]))
            yield Spot(one, what, tuple(map(edge_cite, edges)), advice, weight=bridge.cut_off)


def _centre(survey: Survey, nodes: Iterable[str]) -> str:
    """The one of some ideas that most is joined to; a question only where there is nothing else."""
    degrees = survey.structure.degrees
    return max(sorted(nodes), key=lambda one: (not survey.is_kind(one, QUESTION), degrees[one]))


def _behind(survey: Survey, start: str, other: str) -> set[str]:
    """The ideas that stay joined to one end of a join without it."""
    found, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        for near in survey.joined_to.get(node, ()):
            if near not in found and (node, near) != (start, other):
                found.add(near)
                waiting.append(near)
    return found


def _crowded(survey: Survey) -> Iterator[Spot]:
    """Days that bring more than can be held in mind."""
    new = Counter(day for node in survey.said if (day := survey.introduced(node.id)) in survey.days)
    for day, many in new.items():
        if day is not None and many > MOST_NEW:
            what = f"{survey.view.day_in_words(day)} brings {many} nodes; fifteen to twenty-five can be held in mind"
            yield Spot(day_id(day), what, survey.day_cite(day), weight=many)


_NOVAK = "Novak and Cañas 2006, IHMC TR 2006-01"
_GOOD = "Cañas, Novak and Reiska 2015, How good is my concept map?"

ALONE = Rule("alone", "note", "A node is joined to another.", _alone, _NOVAK)
ISLAND = Rule("island", "warning", "All nodes are joined to the rest of the map.", _islands, _GOOD)
NO_CROSS_LINK = Rule(
    "no-cross-link",
    "warning",
    "What a day brings is joined to what earlier days brought.",
    _unjoined_days,
    f"{_NOVAK} (cross-links)",
)
VAGUE_LINK = Rule(
    "vague-link", "note", "A link between concepts says how they are connected, not only that they are.", _vague, _GOOD
)
TOO_MANY_PARTS = Rule(
    "too-many-parts", "note", "A whole has no more parts than can be taken in at once.", _many_parts, "Miller 1956"
)
HUB = Rule("hub", "note", "No idea is joined to nearly everything.", _hubs, _GOOD)
BRIDGE = Rule(
    "bridge", "note", "Large parts of the map are joined by more than one link.", _thin, "Valerio, Leake and Cañas 2008"
)
CROWDED_DAY = Rule(
    "crowded-day",
    "note",
    "A day brings no more than can be held in mind.",
    _crowded,
    f"{_NOVAK} (fifteen to twenty-five concepts)",
)
