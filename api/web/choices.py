"""What the forms offer: relations that may join what is entered, and names of nodes that may stand at an end."""

from collections.abc import Collection, Iterator
from typing import Any

from api.web.entered import as_words
from graphs.view import View
from graphs.words import search
from ontology.vocabulary import Direction, Vocabulary

MOST_NAMES = 12


def choices(view: View, *, relation: str, kinds: tuple[str, str], end: int, words: str) -> dict[str, Any]:
    """The relations that may join ends of these kinds ("": not known yet), what may stand at each end, and names.

    The names are of nodes that may stand at the `end` (0 or 1) and hold these words.
    """
    words_of = view.vocabulary
    direction = words_of.direction(relation) if relation else None
    ends = allowed_ends(direction) if direction else (frozenset[str](), frozenset[str]())
    return {
        "relations": [name for name in words_of.direction_names if _fits(words_of, name, kinds)],
        "ends": [_hint(words_of, one) for one in ends],
        "names": list(_names(view, words, ends[end])) if words else [],
    }


def allowed_ends(direction: Direction) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds that may stand before and behind a relation as it is read; none named: any."""
    relation = direction.relation
    return (relation.targets, relation.sources) if direction.inverse else (relation.sources, relation.targets)


def kind_named(view: View, name: str) -> str:
    """The kind of the one node that has this name; "" where there is none, or more."""
    found = view.named(name) if name else []
    return view.node(found[0]).kind if len(found) == 1 else ""


def _fits(vocabulary: Vocabulary, name: str, kinds: tuple[str, str]) -> bool:
    direction = vocabulary.direction(name)
    if direction is None:
        return False
    pairs = zip(kinds, allowed_ends(direction), strict=True)
    return all(not kind or not allowed or kind in allowed for kind, allowed in pairs)


def _hint(vocabulary: Vocabulary, kinds: Collection[str]) -> str:
    return f"Only {as_words(kind for kind in vocabulary.kinds if kind in kinds)}" if kinds else ""


def _names(view: View, words: str, kinds: Collection[str]) -> Iterator[dict[str, str]]:
    """Names that can be entered as they are: where two nodes share a label, their ids."""
    fitting = [hit.node for hit in search(view, words) if not kinds or hit.node.kind in kinds][:MOST_NAMES]
    for node in fitting:
        is_own = view.named(node.label) == [node.id]
        yield {"value": node.label if is_own else node.id, "about": f"{node.kind}, day {node.days[0]}"}
