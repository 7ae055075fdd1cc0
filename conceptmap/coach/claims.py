"""Rules of claims: those that nothing speaks for, evidence without source or use, arguments half or in a circle."""

import re
from collections.abc import Iterable, Iterator

from conceptmap.coach.advice import field_below, heading_below, link_name
from conceptmap.coach.check import Rule, Spot
from conceptmap.coach.survey import Survey, called, edge_cite
from conceptmap.plain_words import counted
from graphs.view import FoldedEdge, FoldedNode
from ontology.terms import (
    ABOUT,
    ANSWERS,
    ARGUMENT,
    CITES,
    CLAIM,
    EVIDENCE,
    EXAMPLE_OF,
    LEADS_TO,
    OPPOSES,
    PART_OF,
    PREDICTS,
    PREMISE_OF,
    QUESTION,
    REQUIRES,
    SOURCE,
    SUPPORTS,
    UNDERCUTS,
)

_DEFINES = re.compile(r"\S\s*(?:=|:=|≡|≝)\s*\S|\b(?:means|is defined as|stands for|is short for)\b")
"""A claim that says what a word stands for: nothing need speak for it."""
GIVEN = frozenset(("given", "assumed", "axiom", "definition", "granted"))
"""What `status::` says of a claim that its author does not argue for."""
MOST_TOLD = 5
"""Steps of a circle that are told: a longer one is found by its beginning."""
_SOURCE_KEYS = frozenset(("source", "sources", "url", "doi", "reference", "ref", "citation", "from", "paper", "link"))
_ADDRESS = re.compile(r"https?://|\bdoi:|\bISBN\b|\bet al\.|\((?:[^()]*\D)?(?:1[5-9]|20)\d\d[a-z]?\)")
"""What a text holds that says by itself where it is from: an address, a DOI, names with a year."""


def _unsupported(survey: Survey) -> Iterator[Spot]:
    """Claims of which the map says neither why nor why not, and that are no grounds of others."""
    for node in survey.of_kind(CLAIM):
        leaning = _leaning_on(survey, node.id)
        is_given = _is_given(node) or (_defines(node) and not leaning)
        if not (is_given or _is_argued(survey, node) or _is_ground(survey, node.id)):
            leans = f", and {called(leaning[0])} leans on it" if leaning else ""
            what = f"nothing speaks for {called(node)}{leans}"
            cites = survey.cite(node.id)
            advice = field_below(cites[0], node, "is supported by", "what shows it")
            yield Spot(node.id, what, cites, advice, weight=100 * len(leaning) + survey.joins(node.id))


def _is_given(node: FoldedNode) -> bool:
    """Whether its author does not mean to argue for a claim."""
    return str(node.data.get("status", "")).strip().casefold() in GIVEN


def _defines(node: FoldedNode) -> bool:
    """Whether a claim says what a word stands for; with something that leans on it, it says more."""
    return bool(_DEFINES.search(node.label))


def _leaning_on(survey: Survey, node: str) -> list[FoldedNode]:
    """What requires a claim, or follows from it."""
    edges = [*survey.to(node, REQUIRES), *survey.out_of(node, LEADS_TO)]
    return [survey.nodes[edge.other(node)] for edge in edges]


def _is_argued(survey: Survey, node: FoldedNode) -> bool:
    """Whether anything counts for or against a claim, it follows from another statement, or has a source or an example.

    A claim with parts stands on them, and a part of a claim stands with the whole.
    """
    if survey.debate.for_(node.id) or survey.debate.against(node.id) or survey.to(node.id, EXAMPLE_OF, PREDICTS):
        return True
    statements = (CLAIM, EVIDENCE, ARGUMENT)
    before = [edge.source for edge in survey.to(node.id, LEADS_TO, PART_OF)]
    wholes = [edge.target for edge in survey.out_of(node.id, PART_OF) if survey.is_kind(edge.target, CLAIM)]
    return bool(wholes) or any(survey.is_kind(one, *statements) for one in before) or _has_source(survey, node)


def _is_ground(survey: Survey, node: str) -> bool:
    """Whether a claim is there to speak for or against another: each argument begins with something."""
    return bool(survey.out_of(node, SUPPORTS, OPPOSES, UNDERCUTS, PREMISE_OF))


def _one_sided(survey: Survey) -> Iterator[Spot]:
    """Claims that others count against, and nothing for: what did anybody see in them?

    One that evidence counts against is there to be refuted.
    """
    for node in survey.of_kind(CLAIM):
        against = survey.debate.against(node.id)
        is_refuted = any(survey.is_kind(one, EVIDENCE) for one in against)
        if against and not is_refuted and not survey.debate.for_(node.id) and not _has_source(survey, node):
            cites = survey.cite(node.id)
            advice = field_below(cites[0], node, "is supported by", "the best that can be said for it")
            many = counted(len(against), "node")
            yield Spot(node.id, f"{many} against {called(node)}, and nothing for it", cites, advice, len(against))


def _unread_weights(survey: Survey) -> Iterator[Spot]:
    """Weights that are no numbers from 0 to 1."""
    for one in survey.debate.unread:
        yield Spot(one.node.id, one.what, survey.cite(one.node.id))


def _has_source(survey: Survey, node: FoldedNode) -> bool:
    """Whether the map says where something is from."""
    joined = [edge.target for edge in survey.leaving.get(node.id, ())]
    joined += [edge.source for edge in survey.arriving.get(node.id, ())]
    if survey.out_of(node.id, CITES) or any(survey.is_kind(one, SOURCE) for one in joined):
        return True
    said = " ".join(filter(None, (node.label, node.text, *(map(str, node.data.values())))))
    return not _SOURCE_KEYS.isdisjoint(key.casefold() for key in node.data) or bool(_ADDRESS.search(said))


def _unsourced(survey: Survey) -> Iterator[Spot]:
    """Evidence of which nobody says where it is from; where there is a source about what it shows, that may be it."""
    for node in survey.of_kind(EVIDENCE):
        if not _has_source(survey, node):
            cites = survey.cite(node.id)
            near = next(_sources_near(survey, node.id), None)
            advice = field_below(cites[0], node, CITES, link_name(near) if near else "who says so")
            yield Spot(node.id, f"nobody says where {called(node)} is from", cites, advice)


def _sources_near(survey: Survey, node: str) -> Iterator[FoldedNode]:
    """Sources about what evidence speaks for or against."""
    for shown in survey.out_of(node, SUPPORTS, OPPOSES):
        for edge in survey.to(shown.target, ABOUT):
            if survey.is_kind(edge.source, SOURCE):
                yield survey.nodes[edge.source]


def _idle(survey: Survey) -> Iterator[Spot]:
    """Evidence that speaks for nothing and against nothing."""
    claims = {node.id for node in survey.of_kind(CLAIM)}
    for node in survey.of_kind(EVIDENCE):
        bears = survey.out_of(node.id, SUPPORTS, OPPOSES, UNDERCUTS, PREMISE_OF, PART_OF, EXAMPLE_OF, ANSWERS)
        if not bears:
            beside = _claims_beside(survey, node.id)
            near = survey.nearest(node.id, beside or claims)
            target = link_name(near) if near else next(iter(beside), "the claim that it speaks for")
            cites = survey.cite(node.id)
            advice = field_below(cites[0], node, SUPPORTS, target)
            yield Spot(node.id, f"{called(node)} is evidence for nothing and against nothing", cites, advice)


def _claims_beside(survey: Survey, node: str) -> list[str]:
    """The claims about what a node is about."""
    about = {edge.target for edge in survey.out_of(node, ABOUT)}
    return [
        edge.source for one in sorted(about) for edge in survey.to(one, ABOUT) if survey.is_kind(edge.source, CLAIM)
    ]


def _half_arguments(survey: Survey) -> Iterator[Spot]:
    """Arguments without premises, or without a conclusion."""
    for node in survey.of_kind(ARGUMENT):
        cites = survey.cite(node.id)
        if not survey.to(node.id, PREMISE_OF):
            advice = field_below(cites[0], node, "has premise", "a claim that it begins with")
            yield Spot(node.id, f"the argument {called(node)} has no premise", cites, advice)
        elif not survey.out_of(node.id, SUPPORTS, OPPOSES):
            advice = field_below(cites[0], node, SUPPORTS, "the claim that it ends with")
            yield Spot(node.id, f"the argument {called(node)} comes to no conclusion", cites, advice)


def _circles(survey: Survey) -> Iterator[Spot]:
    """Claims that support each other in a circle: none of them gives a reason that does not lean on itself."""
    import networkx  # noqa: PLC0415  (half a second that only this command pays)

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    edges = {(edge.source, edge.target): edge for edge in survey.edges if edge.relation in (SUPPORTS, PREMISE_OF)}
    graph.add_edges_from(sorted(edges))
    for group in sorted(map(sorted, networkx.strongly_connected_components(graph))):
        if len(group) > 1:
            circle = networkx.find_cycle(graph.subgraph(group), group[0])
            inner, back = circle[:MOST_TOLD], called(survey.nodes[circle[0][0]])
            said = " supports ".join(called(survey.nodes[source]) for source, _ in inner)
            said += f" supports {back}" if len(inner) == len(circle) else f" and so on back to {back}"
            cites = tuple(edge_cite(edges[source, target]) for source, target in inner)
            yield Spot(group[0], f"{said}: reasons in a circle", cites, weight=len(group))


def _contested(survey: Survey) -> Iterator[Spot]:
    """Pairs of which one both speaks for and against the other."""
    pairs: dict[tuple[str, str], list[tuple[FoldedEdge, int]]] = {}
    signs = {one.name: one.polarity for one in survey.view.vocabulary.relations.values() if one.polarity}
    for edge in survey.edges:
        if edge.relation in signs:
            pairs.setdefault((edge.source, edge.target), []).append((edge, signs[edge.relation]))
    for (speaker, target), signed in pairs.items():
        if len({polarity for _, polarity in signed}) > 1:
            signed.sort(key=lambda one: -one[1])
            said = " and ".join(dict.fromkeys(edge.relation for edge, _ in signed))
            what = f"{called(survey.nodes[speaker])} both {said} {called(survey.nodes[target])}"
            yield Spot(target, what, tuple(edge_cite(edge) for edge, _ in signed))


def _undiscussed(survey: Survey) -> Iterator[Spot]:
    """Claims with something for them and something against them that nothing weighs and no question asks about."""
    for node in survey.of_kind(CLAIM):
        pro, con = survey.debate.for_(node.id), survey.debate.against(node.id)
        is_discussed = _is_asked_about(survey, node.id) or _is_weighed(survey, [*pro, *con])
        if pro and con and pro.keys().isdisjoint(con) and not is_discussed:
            cites = (*survey.cite(node.id), edge_cite(next(iter(con.values()))))
            question = f"## {QUESTION}: What decides whether {called(node)} holds?\n- {ABOUT}:: [[{link_name(node)}]]"
            what = (
                f"{called(node)} is contested ({len(pro)} for, {len(con)} against), and no question asks what decides"
            )
            yield Spot(node.id, what, cites, heading_below(cites[0], question), weight=len(pro) + len(con))


def _is_weighed(survey: Survey, speakers: Iterable[str]) -> bool:
    """Whether any of those that speak for or against a claim is an argument, or is itself supported or opposed."""
    return any(survey.is_kind(one, ARGUMENT) or any(survey.debate.heard_by(one)) for one in speakers)


def _is_asked_about(survey: Survey, node: str) -> bool:
    near = [edge.source for edge in survey.arriving.get(node, ())]
    near += [edge.target for edge in survey.leaving.get(node, ())]
    return any(survey.is_kind(one, QUESTION) for one in near)


_TOULMIN = "Toulmin 1958, The Uses of Argument"

UNSUPPORTED = Rule(
    "unsupported-claim",
    "warning",
    "Something speaks for a claim, or it says where it is from.",
    _unsupported,
    _TOULMIN,
)
ONE_SIDED = Rule("one-sided", "note", "Of what is opposed is said too what speaks for it.", _one_sided, _TOULMIN)
UNREAD_WEIGHT = Rule("unread-weight", "warning", "A weight is a number from 0 to 1.", _unread_weights)
UNSOURCED = Rule("unsourced-evidence", "note", "Evidence says where it is from.", _unsourced, _TOULMIN)
IDLE = Rule("idle-evidence", "warning", "Evidence speaks for or against something.", _idle, _TOULMIN)
HALF_ARGUMENT = Rule(
    "half-argument", "warning", "An argument has premises and a conclusion.", _half_arguments, _TOULMIN
)
CIRCULAR = Rule(
    "circular-support",
    "warning",
    "Claims do not support each other in a circle.",
    _circles,
    "Walton 1991, Begging the Question",
)
CONTESTED = Rule("contested", "warning", "A node does not both support and oppose another.", _contested)
UNDISCUSSED = Rule(
    "undiscussed-conflict",
    "note",
    "Of a claim with something for it and something against it, a question asks what decides.",
    _undiscussed,
    "Kunz and Rittel 1970, IBIS",
)
