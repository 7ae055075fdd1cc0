"""Made-up courses: days of a few ideas each, which build on each other and now and then on much older ones."""

from collections.abc import Iterator
from random import Random

from msgspec import structs

from ontology.model import Document, Edge, Node
from ontology.names import node_id

_WORDS = (
    "attention scaling entropy gradient reward policy memory token loss search planning structure signal noise "
    "transfer model data compute depth width kernel sparse latent control"
).split()
_KINDS = ("Concept",) * 4 + ("Claim",) * 3 + ("Evidence",) * 2 + ("Method", "Question")
_RELATIONS = {
    "Concept": ("requires", "part of", "leads to"),
    "Claim": ("supports", "opposes", "about"),
    "Evidence": ("supports",),
    "Method": ("example of",),
    "Question": ("about",),
}
_RECENT = 30


def course(seed: int, days: int = 30, least: int = 5, most: int = 11) -> list[Document]:
    """The documents of a course: on each day some nodes, and up to two edges from each to nodes that are there."""
    random = Random(seed)
    known: list[Node] = []
    by_id: dict[str, Node] = {}
    documents = []
    for day in range(1, days + 1):
        new = [_node(random, f"{day}.{place}") for place in range(random.randint(least, most))]
        edges: list[Edge] = []
        for place, node in enumerate(new):
            for _ in range(random.choice((0, 1, 1, 1, 2))):
                edges += _edge(random, node, new[:place], known)
        documents.append(_document(day, new, edges, by_id))
        known += new
        by_id.update((node.id, node) for node in new)
    return documents


def with_late_nodes(seed: int, days: int = 30) -> Iterator[list[Document]]:
    """What is known of a course on each of its days; every fifth time an older day has got an afterthought."""
    random = Random(seed)
    known: list[Document] = []
    for day in course(seed, days):
        if len(known) % 5 == 4:
            place = random.randrange(len(known))
            known[place] = _with_afterthought(random, known[place])
        known = [*known, day]
        yield known


def _with_afterthought(random: Random, old: Document) -> Document:
    node = _node(random, f"{old.day}.late{len(old.nodes)}")
    edge = Edge(
        source=node.id, relation="about", target=random.choice([one.id for one in old.nodes if not one.mention])
    )
    return old.with_assertions((*old.nodes, node), (*old.edges, edge))


def of_size(nodes: int) -> list[Document]:
    """A course of exactly so many nodes, ten a day."""
    return course(1, nodes // 10, 10, 10)


def _node(random: Random, number: str) -> Node:
    words = " ".join(random.choice(_WORDS) for _ in range(random.randint(1, 7)))
    label = f"{words.capitalize()} {number}"
    return Node(id=node_id(label), kind=random.choice(_KINDS), label=label)


def _edge(random: Random, node: Node, today: list[Node], known: list[Node]) -> list[Edge]:
    """An edge to a node of the day, a recent or any older one; none where there is none yet."""
    pool = today if random.random() < 0.6 or not known else known[-_RECENT:] if random.random() < 0.7 else known
    if not pool:
        return []
    return [Edge(source=node.id, relation=random.choice(_RELATIONS[node.kind]), target=random.choice(pool).id)]


def _document(day: int, new: list[Node], edges: list[Edge], known: dict[str, Node]) -> Document:
    own = {node.id for node in new}
    others = sorted({edge.target for edge in edges} - own)
    mentions = [structs.replace(known[name], mention=True) for name in others]
    unique = {(edge.source, edge.relation, edge.target): edge for edge in edges}
    return Document(
        map="made-up",
        day=day,
        part="notes",
        title=f"Lesson {day}",
        nodes=(*mentions, *new),
        edges=tuple(unique.values()),
    )
