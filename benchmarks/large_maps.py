"""Made-up maps of any size that read like a course: several kinds and relations, texts, quotes, a year of days."""

from collections.abc import Iterator, Sequence
from random import Random

from graphs.fold import Event, Fold, PartKey
from ontology.model import Document, Edge, EndValues, Node, Origin
from ontology.names import node_id
from ontology.vocabulary import Vocabulary

GROUP = 421
"""So many nodes are one group; the first, a claim, is supported, directly or not, by all others."""
A_YEAR = 365
WORDS = 20_000
"""Words of the made-up language: as many as an educated reader of English knows."""
_KINDS = ("Claim",) * 5 + ("Concept",) * 3 + ("Evidence",) * 3 + ("Method",)
_TOPICS = ("Concept", "Method")
_DIMENSIONS = ("cost", "speed", "reach", "risk")


class LargeMap:
    """A map of so many nodes (beside its days) on so many days; of one size and number of days there is only one.

    Each node has a label of its own, a text, and the lines and words of the note that says so. It supports up to two
    earlier claims of its group; every second one is about an earlier topic, and some require or contrast with one.
    """

    def __init__(self, size: int, days: int = A_YEAR) -> None:
        random = Random(size)
        self.size = size
        self.days = min(days, size)
        self._language = language()
        self.labels = self._labels(random)
        self.kinds = ["Claim" if number % GROUP == 0 else random.choice(_KINDS) for number in range(size)]
        self.names = [node_id(label) for label in self.labels]
        self._numbers = {name: number for number, name in enumerate(self.names)}
        self.supports = list(self._supports(random))

    def documents(self, map: str = "large", first_day: int = 1) -> Iterator[Document]:
        """The map's days in order, as equal in size as they can be."""
        random = Random(self.size)
        topics = [number for number, kind in enumerate(self.kinds) if kind in _TOPICS]
        pairs = _by_source(self.supports)
        known = 0  # so many topics come before the node
        for day in range(self.days):
            own = range(self.size * day // self.days, self.size * (day + 1) // self.days)
            nodes, edges = [], []
            for number in own:
                nodes.append(self._node(random, number, line=10 * (number - own.start)))
                edges += [self._edge(random, number, "supports", other) for other in pairs.get(number, ())]
                edges += self._to_topics(random, number, topics, known)
                known += self.kinds[number] in _TOPICS
            mentions = self._mentions(nodes, edges)
            yield Document(
                map=map,
                day=first_day + day,
                part=f"day-{first_day + day}.md",
                title=self._phrase(random, 4),
                units=(f"Week {day // 7 + 1}",),
                nodes=(*nodes, *mentions),
                edges=tuple(edges),
            )

    def fold(self, vocabulary: Vocabulary) -> Fold:
        """The map's fold."""
        documents = enumerate(self.documents(), 1)
        return Fold(vocabulary).apply_all(Event(number, PartKey(one.day, one.part), one) for number, one in documents)

    def _labels(self, random: Random) -> list[str]:
        labels: dict[str, None] = {}
        while len(labels) < self.size:
            labels.setdefault(self._phrase(random, random.randint(2, 5)))
        return list(labels)

    def _supports(self, random: Random) -> Iterator[tuple[int, int]]:
        """Pairs of numbers: who supports whom."""
        claims: list[int] = []
        for number, kind in enumerate(self.kinds):
            if number % GROUP == 0:
                claims = []
            for claim in sorted({random.choice(claims) for _ in range(2)} if claims else ()):
                yield number, claim
            if kind == "Claim":
                claims.append(number)

    def _node(self, random: Random, number: int, line: int) -> Node:
        return Node(
            id=self.names[number],
            kind=self.kinds[number],
            label=self.labels[number],
            aliases=(self._phrase(random, 2),) if number % 10 == 0 else (),
            text=f"{self.labels[number]}: {self._phrase(random, random.randint(15, 45))}.",
            data={"domain": random.choice(self._language[:50])} if number % 4 == 0 else {},
            origin=Origin(lines=(line + 1, line + 5), quote=self._phrase(random, 12), how="stated"),
        )

    def _edge(self, random: Random, source: int, relation: str, target: int) -> Edge:
        contrast = _DIMENSIONS[source % len(_DIMENSIONS)] if relation == "contrasts with" else None
        return Edge(
            source=self.names[source],
            relation=relation,
            target=self.names[target],
            dimension=contrast,
            values=EndValues(source=self._phrase(random, 1), target=self._phrase(random, 1)) if contrast else None,
            note=self._phrase(random, 6) if source % 10 == 0 else None,
            origin=Origin(lines=(1 + source % 50, 1 + source % 50), quote=self._phrase(random, 8), how="stated"),
        )

    def _to_topics(self, random: Random, number: int, topics: Sequence[int], known: int) -> Iterator[Edge]:
        """Edges from every second node to an earlier topic, and a second one from topics."""
        if not known or number % 2:
            return
        topic = topics[random.randrange(known)]
        yield self._edge(random, number, "about", topic)
        if self.kinds[number] in _TOPICS:
            relation = "contrasts with" if number % 10 == 0 else "requires"
            yield self._edge(random, number, relation, topics[random.randrange(known)])

    def _mentions(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Node]:
        own = {node.id for node in nodes}
        others = sorted({edge.target for edge in edges} - own)
        found = [self._numbers[name] for name in others]
        return [Node(id=self.names[one], kind=self.kinds[one], label=self.labels[one], mention=True) for one in found]

    def _phrase(self, random: Random, words: int) -> str:
        """So many words; as in any language, few are common and most are rare."""
        chosen = [self._language[int(len(self._language) * random.random() ** 3)] for _ in range(words)]
        return " ".join(chosen).capitalize()


def language(words: int = WORDS) -> list[str]:
    """Words of two to four syllables, the shortest first."""
    random = Random(words)
    syllables = [one + vowel for one in "bdfgklmnprstvz" for vowel in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < words:
        found.setdefault("".join(random.choice(syllables) for _ in range(random.randint(2, 4))))
    return sorted(found, key=len)


def _by_source(pairs: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for source, target in pairs:
        found.setdefault(source, []).append(target)
    return found
