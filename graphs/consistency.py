"""What a change may not do to the map it meets: give one id two kinds, close a cycle, or break an older edge."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import islice, pairwise

from graphs.fold import Asserted, Fold, PartKey
from ontology.model import Document, Edge, EdgeKey, Node
from ontology.rules import Finding
from ontology.vocabulary import Vocabulary

MAX_CYCLES = 100
"""So many cycles of one relation are named at once; each costs a look at all that the new edges reach."""

Changes = Mapping[PartKey, Document]
NewEdges = Mapping[tuple[str, str], tuple[PartKey, Edge]]
"""The change's edges of one relation by their ends, each with its part."""


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding and the part of the change that it is in."""

    part: PartKey
    finding: Finding


def check_together(fold: Fold, vocabulary: Vocabulary, changes: Changes) -> list[PlacedFinding]:
    """All that these documents together would break if each took the place of its part."""
    return [*_two_kinds(fold, changes), *_cycles(fold, vocabulary, changes)]


def _two_kinds(fold: Fold, changes: Changes) -> Iterator[PlacedFinding]:
    """A node's kind must be the same wherever it is said."""
    first: dict[str, tuple[str, PartKey, Node]] = {}
    for part, document in changes.items():
        for node in document.nodes:
            for other in _standing(fold, node.id, changes):
                if other.item.kind != node.kind:
                    yield _kind_finding(part, node, other.item, PartKey(other.day, other.part))
                    break
            else:
                kind, place, said = first.setdefault(node.id, (node.kind, part, node))
                if kind != node.kind:
                    yield _kind_finding(part, node, said, place)


def _standing(fold: Fold, node: str, changes: Changes) -> Iterator[Asserted[Node]]:
    """What parts outside the change say of a node."""
    return (one for one in fold.nodes.get(node, ()) if _stands(one, changes))


def _kind_finding(part: PartKey, node: Node, other: Node, place: PartKey) -> PlacedFinding:
    line = f":{other.origin.lines[0]}" if other.origin.lines else ""
    what = f"{node.label!r} is a {node.kind} here and a {other.kind} on day {place.day} ({place.part}{line})"
    return PlacedFinding(part, Finding(node.id, what, "use one kind in both, or give one of them another {#id}"))


def _cycles(fold: Fold, vocabulary: Vocabulary, changes: Changes) -> Iterator[PlacedFinding]:
    for relation in vocabulary.relations.values():
        if relation.acyclic:
            yield from islice(_relation_cycles(fold, relation.name, changes), MAX_CYCLES)


def _relation_cycles(fold: Fold, relation: str, changes: Changes) -> Iterator[PlacedFinding]:
    """One finding a cycle, at its last new edge (a derived one if it can be), until without those there is none."""
    new = {
        (edge.source, edge.target): (part, edge)
        for part, document in changes.items()
        for edge in document.edges
        if edge.relation == relation and edge.source != edge.target
        if not any(_stands(one, changes) for one in fold.edges.get(edge.key, ()))
    }
    order = {step: (new[step][1].origin.how == "derived", number) for number, step in enumerate(new)}
    after = _successors(fold, relation, changes, new)
    while cycle := _cycle(after):
        closing = [step for step in pairwise(cycle) if step in new]
        if not closing:
            return  # the map had this one already
        part, edge = new[max(closing, key=order.__getitem__)]
        del after[edge.source][edge.target]
        first = cycle.index(edge.source)
        steps = pairwise([*cycle[first:], *cycle[1 : first + 1]])
        said = ", ".join(_step(step, relation, fold, changes, new) for step in steps)
        hint = "take one of these edges out"
        yield PlacedFinding(part, Finding(edge.key, f"{relation!r} runs in a circle: {said}", hint))


def _successors(fold: Fold, relation: str, changes: Changes, new: NewEdges) -> dict[str, dict[str, None]]:
    """Who follows whom in a relation once the change is made, as far as the new edges reach."""
    added: dict[str, list[str]] = {}
    for source, target in new:
        added.setdefault(source, []).append(target)
    found: dict[str, dict[str, None]] = {}
    waiting = list(added)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = dict.fromkeys((*_kept(fold, node, relation, changes), *added.get(node, ())))
            waiting += found[node]
    return found


def _kept(fold: Fold, node: str, relation: str, changes: Changes) -> Iterator[str]:
    """The nodes that a relation still joins a node to without the parts that the change replaces."""
    for key in fold.outgoing.get(node, ()):
        if key.relation == relation and any(_stands(one, changes) for one in fold.edges[key]):
            yield key.target


def _cycle(successors: Mapping[str, Iterable[str]]) -> list[str] | None:
    """The nodes of one cycle in the order of its edges, the first again at the end; None if there is no cycle."""
    try:
        TopologicalSorter(successors).prepare()
    except CycleError as error:
        backwards: list[str] = error.args[1]
        return backwards[::-1]
    return None


def _step(pair: tuple[str, str], relation: str, fold: Fold, changes: Changes, new: NewEdges) -> str:
    """One edge of a cycle and where it is said."""
    source, target = pair
    standing = (one for one in fold.edges.get(EdgeKey(source, relation, target), ()) if _stands(one, changes))
    said = new.get(pair) or next(((PartKey(one.day, one.part), one.item) for one in standing), None)
    if said is None:
        return f"{source} -> {target}"
    part, edge = said
    line = f":{edge.origin.lines[0]}" if edge.origin.lines else ""
    return f"{source} -> {target} ({part.part}{line})"


def _stands(asserted: Asserted[Node] | Asserted[Edge], changes: Changes) -> bool:
    """Whether an assertion is in no part that the change replaces."""
    return PartKey(asserted.day, asserted.part) not in changes
