"""Made-up maps of any size: claims in groups, each supporting two earlier ones of its group."""

from collections.abc import Iterator
from random import Random

from graphs.fold import Event, Fold, PartKey
from ontology.model import Document, Edge, Node
from ontology.vocabulary import Vocabulary

GROUP = 421
"""So many claims are one group; the first is supported, directly or not, by all others."""
A_DAY = 1000
"""So many claims come on one day."""


def supports(size: int) -> Iterator[tuple[int, int]]:
    """Pairs of claim numbers: who supports whom."""
    random = Random(size)
    for number in range(size):
        first = number - number % GROUP
        for earlier in sorted({random.randrange(first, number) for _ in range(2)} if number > first else ()):
            yield number, earlier


def name(number: int) -> str:
    """The id of a claim."""
    return f"claim-{number}"


def documents(size: int) -> Iterator[Document]:
    """The days of a map of this many claims."""
    edges: dict[int, list[tuple[int, int]]] = {}
    for pair in supports(size):
        edges.setdefault(pair[0] // A_DAY, []).append(pair)
    for day in range((size + A_DAY - 1) // A_DAY):
        own = range(day * A_DAY, min(size, (day + 1) * A_DAY))
        yield _document(day, own, edges.get(day, []))


def folded(size: int, vocabulary: Vocabulary) -> Fold:
    """The fold of such a map."""
    days = documents(size)
    return Fold(vocabulary).apply_all(Event(day.day + 1, PartKey(day.day, day.part), day) for day in days)


def _document(day: int, own: range, pairs: list[tuple[int, int]]) -> Document:
    others = sorted({target for _, target in pairs if target not in own})
    nodes = [Node(id=name(number), kind="Claim", label=f"Claim {number}") for number in own]
    nodes += [Node(id=name(number), kind="Claim", label=f"Claim {number}", mention=True) for number in others]
    edges = [Edge(source=name(source), relation="supports", target=name(target)) for source, target in pairs]
    return Document(map="large", day=day, part="notes", nodes=tuple(nodes), edges=tuple(edges))
