"""A map as an Oxigraph dataset, brought forward by what its parts say.

Each triple stands once, in the graph of the first day that says it. So the default graph is all graphs together, each
triple once, and the default graph as of a day is what is left without the graphs of later days. Most queries need no
more. Only a query that names graphs needs those of the days complete: then what a day says again is added to its graph,
and the default graph becomes one by itself, because Oxigraph's union of graphs gives a triple as often as they hold it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

from graphs.fold import Became, Event, PartKey, became_in, leads, merged
from graphs.rdf.iris import Iris
from graphs.rdf.write import Item, Statements, triples_of
from graphs.sparql.wire import PartText
from ontology.model import Document, Edge, EdgeKey, Node, read_document
from ontology.vocabulary import Vocabulary

MERGED = NamedNode("urn:conceptmap:merged")

BATCH = 4_000_000
"""Characters of statements that are loaded at once: more at once is no faster, and takes memory beside the dataset."""

SPOILT = 100_000
"""Quads taken out from which on the store is made anew where they outnumber those in it: Oxigraph never frees them."""

_COPY_ALL = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_FORGET = "DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } VALUES ?g { %s } }"

Graph = int | None
"""The graph of a day; None: the default graph."""

Days = tuple[int, ...]
"""The days on which something is said, one for each item that says it, in order."""

Name = str | EdgeKey
Placed = tuple[int, Item]
"""A node or an edge with its position in the document's list."""


class Dataset:
    """The dataset of one map. When a part says something else, only what differs is written."""

    def __init__(self, map: str, vocabulary: Vocabulary, base: str) -> None:
        self.base = base
        self._iris = Iris(map, base)
        self._statements = Statements(map, vocabulary, base)
        self._vocabulary = vocabulary
        self._parts: dict[PartKey, _Part] = {}
        self._became: dict[PartKey, Became] = {}
        self._led: dict[str, str] = {}
        self._bearable = SPOILT
        self.is_complete = False
        self._begin()

    def bring(self, news: Iterable[PartText]) -> None:
        """Follow the parts, the news of each in order."""
        for said in sorted(news, key=lambda one: one.day):  # so that few triples are moved to an earlier day
            self._follow(PartKey(said.day, said.part), said)
        self._load()
        if self._taken > self._bearable:
            self._bearable = max(SPOILT, len(self.store))
            if self._taken > self._bearable:
                self._renew()

    def join(self) -> None:
        """Have ids lead where they lead now, after all news: where that changed, everything is loaded anew."""
        if (led := leads(self._became)) != self._led:
            self._led = led
            self._statements = Statements(self._iris.map, self._vocabulary, self.base, led)
            self._renew()

    def complete(self) -> None:
        """Make the graph of each day complete and the default graph one by itself; they stay so."""
        if self.is_complete:
            return
        self.store.update(_COPY_ALL)
        for statement, days in self._days.items():
            if days[0] != days[-1]:
                self._wait(statement, set(days) - {days[0]})
        self.is_complete = True
        self._load()

    def drop_after(self, as_of: int) -> None:
        """Take the later days out of the store."""
        later = [self._graph(day) for day in {key.day for key in self._parts if key.day > as_of}]
        if later and self.is_complete:
            self.store.update(_FORGET % " ".join(map(str, later)))
            for statement, days in self._days.items():
                if days[0] <= as_of < days[-1]:
                    self._wait(statement, {None})
            self._load()
        for graph in later:
            self.store.remove_graph(graph)

    def merged(self, graphs: Sequence[NamedNode]) -> NamedNode:
        """A graph that holds the triples of several, each once; it changes the store."""
        if len(graphs) == 1:
            return graphs[0]
        for graph in graphs:
            quads = self.store.quads_for_pattern(None, None, None, graph)
            self.store.extend([Quad(quad.subject, quad.predicate, quad.object, MERGED) for quad in quads])
        return MERGED

    # What parts say.

    def _follow(self, key: PartKey, said: PartText) -> None:
        former = self._parts.get(key)
        self._became[key] = _became_after(said, key, self._became.get(key, {}))
        if former is None:
            if said.texts:
                part = self._parts[key] = _Part(said.texts)
                self._write_all(key, part.document)
        elif said.joins:
            for text in said.texts:
                self._swap(key, *former.join(text))
        else:
            part = _Part(said.texts)
            if said.texts:
                self._parts[key] = part
            else:
                del self._parts[key]
            self._swap(key, *_differing(former.said, part.said))

    def _write_all(self, key: PartKey, document: Document) -> None:
        """Write what a part says of which nothing was written."""
        self._wait(self._statements.own(document), self._graphs((key.day,)))
        self._count(key.day, Counter(self._statements.on_nodes(document)))

    def _swap(self, key: PartKey, gone: Sequence[Placed], new: Sequence[Placed]) -> None:
        """Take out what a part says no more, and write what it says now."""
        graphs = self._graphs((key.day,))
        before, after = self._own(key, gone), self._own(key, new)
        if before:
            left = set(triples_of(before)).difference(triples_of(after))
            self._take_out(self._quads(left, graphs))
        self._wait(after, graphs)
        shared = Counter(self._shared(new))
        shared.subtract(self._shared(gone))
        self._count(key.day, shared)

    def _own(self, key: PartKey, said: Iterable[Placed]) -> str:
        """What only this part says."""
        document = self._iris.document(*key)
        return "".join(self._statements.asserted(item, position, document) for position, item in said)

    def _shared(self, said: Iterable[Placed]) -> Iterable[str]:
        """What other parts may say too."""
        return (statement for _, item in said for statement in self._statements.on_node(item))

    def _count(self, day: int, more: Mapping[str, int]) -> None:
        """Note that shared statements are made so many times more on a day, and write where they stand now."""
        gone: list[Quad] = []
        for statement, count in more.items():
            if not count:
                continue
            before = self._days.get(statement, ())
            after = tuple(sorted((*before, *[day] * count))) if count > 0 else _without(before, day, -count)
            if after:
                self._days[statement] = after
            else:
                del self._days[statement]
            former, graphs = self._graphs(before), self._graphs(after)
            gone += self._quads(triples_of(statement), former - graphs) if former - graphs else ()
            self._wait(statement, graphs - former)
        self._take_out(gone)

    # What the store holds.

    def _begin(self) -> None:
        """Begin with an empty store."""
        self.store = Store()
        self.is_complete = False
        self._days: dict[str, Days] = {}
        self._waiting: defaultdict[Graph, list[str]] = defaultdict(list)
        self._size = self._taken = 0

    def _renew(self) -> None:
        """Load all that is said into a new store."""
        self._begin()
        for key in sorted(self._parts):
            self._write_all(key, self._parts[key].document)
        self._load()

    def _graphs(self, days: Days) -> set[Graph]:
        """The graphs to which something belongs that is said on these days."""
        return {None, *days} if days and self.is_complete else set(days[:1])

    def _graph(self, graph: Graph) -> NamedNode | DefaultGraph:
        return DefaultGraph() if graph is None else NamedNode(self._iris.day(graph))

    def _quads(self, triples: Iterable[Triple], graphs: Iterable[Graph]) -> list[Quad]:
        names = [self._graph(graph) for graph in graphs]
        return [Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples for name in names]

    def _wait(self, statements: str, graphs: Iterable[Graph]) -> None:
        """Have statements written with the next load."""
        for graph in graphs:
            self._waiting[graph].append(statements)
            self._size += len(statements)
        if self._size > BATCH:
            self._load()

    def _load(self) -> None:
        """Write what waits."""
        if self._waiting:
            blocks = (
                "".join(["{\n" if graph is None else f"<{self._iris.day(graph)}> {{\n", *statements, "}\n"])
                for graph, statements in self._waiting.items()
            )
            self.store.bulk_load("".join(blocks), format=RdfFormat.TRIG, lenient=True)  # they are our own
            self._waiting.clear()
            self._size = 0

    def _take_out(self, quads: Collection[Quad]) -> None:
        if quads:
            self._load()  # some of them may wait
        for quad in quads:
            self.store.remove(quad)
            self._taken += 1


class _Part:
    """What a part says: a document, and others that joined it. It is read only where it changes, and then kept read."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)

    @property
    def document(self) -> Document:
        """All that it says."""
        return merged([read_document(text) for text in self._texts])

    @cached_property
    def said(self) -> dict[Name, Placed]:
        """All that it says, by nodes and edges; what it says of itself has the empty name."""
        if not self._texts:
            return {}
        document = self.document
        said: dict[Name, Placed] = {"": (0, document.with_assertions((), ()))}
        said.update((node.id, (position, node)) for position, node in enumerate(document.nodes, 1))
        said.update((edge.key, (position, edge)) for position, edge in enumerate(document.edges, 1))
        return said

    @cached_property
    def _counts(self) -> Counter[type[Item]]:
        return Counter(type(item) for _, item in self.said.values())

    def join(self, text: str) -> tuple[list[Placed], list[Placed]]:
        """Let a document join it, as `merged` does: what the part says no more, and what it says instead and anew."""
        document = read_document(text)
        said, gone, new = self.said, [], []
        items: list[tuple[Name, Node | Edge]] = [(node.id, node) for node in document.nodes]
        items += [(edge.key, edge) for edge in document.edges]
        for name, item in items:
            former = said.get(name)
            if former is None:
                self._counts[type(item)] += 1
                said[name] = self._counts[type(item)], item
            elif isinstance(item, Node) and item.adds_nothing:
                continue
            else:
                gone.append(former)
                said[name] = former[0], item
            new.append(said[name])
        self._texts.append(text)
        return gone, new


def _became_after(said: PartText, key: PartKey, before: Became) -> Became:
    """The ids that a part leads to others; texts that name none are not read."""
    before = before if said.joins else {}
    texts = [text for text in said.texts if before or '"became"' in text or '"ended"' in text]
    return became_in([Event(said.sequence, key, read_document(text)) for text in texts], before)


def _differing(before: Mapping[Name, Placed], after: Mapping[Name, Placed]) -> tuple[list[Placed], list[Placed]]:
    """What stands in one and not in the other, and the other way."""
    return (
        [placed for name, placed in before.items() if after.get(name) != placed],
        [placed for name, placed in after.items() if before.get(name) != placed],
    )


def _without(days: Days, day: int, count: int) -> Days:
    place = days.index(day)
    return days[:place] + days[place + count :]
