"""Search: nodes by the words of their names and texts, best first, and the nearest labels to a misspelt name."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from graphs.view import Citation, FoldedNode, View, cite
from ontology.names import name_key

FUZZY_CUTOFF = 75.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found, where (in `label`, `alias` or `text`, or `near` for a misspelling), and its citation."""

    node: FoldedNode
    where: str
    day: int | None
    cites: tuple[Citation, ...]


def search(view: View, text: str, kind: str | None = None) -> list[Hit]:
    """Nodes that hold every word of the text: whole names, then labels, aliases, texts; else the nearest names."""
    words = name_key(text).split()
    if not words:
        return []
    ranked = []
    for node in view.nodes(kind):
        if (found := _match(node, words)) is not None:
            ranked.append((found, node))
    if not ranked:
        near = {label: index for index, label in enumerate(nearest_labels(view, text, limit=5))}
        ranked = [((4, near[node.label], "near"), node) for node in view.nodes(kind) if node.label in near]
    ranked.sort(key=lambda one: (one[0][:2], one[1].id))
    return [_hit(view, node, where) for (_, _, where), node in ranked]


def nearest_labels(view: View, name: str, limit: int = 3) -> list[str]:
    """The labels whose name (or an alias of theirs) is nearest to this one, nearest first."""
    labels = {spelling: node.label for node in view.nodes() for spelling in node.names}
    found = process.extract(
        name,
        labels.keys(),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=4 * limit,
        score_cutoff=FUZZY_CUTOFF,
    )
    return list(dict.fromkeys(labels[spelling] for spelling, _, _ in found))[:limit]


def _match(node: FoldedNode, words: list[str]) -> tuple[int, int, str] | None:
    """How well a node holds the words: lower is better; None where it does not."""
    for rank, name in enumerate(map(name_key, node.names)):
        if name == " ".join(words):
            return (0, rank, "label" if rank == 0 else "alias")
    for where, text in (("label", node.label), ("alias", " ".join(node.aliases)), ("text", node.text or "")):
        held = name_key(text).split()
        if all(any(one.startswith(word) for one in held) for word in words):
            return ({"label": 1, "alias": 2, "text": 3}[where], len(held), where)
    return None


def _hit(view: View, node: FoldedNode, where: str) -> Hit:
    return Hit(node, where, view.introduced_on(node.id), (cite(node.sayings[-1]),))
