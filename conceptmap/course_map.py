"""One map of an atlas, as of a chosen day: everything that people do with it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from graphs.fold import Fold
from graphs.ledger import Ledger, WriteReport
from graphs.view import FoldedNode, View
from ontology.errors import UnknownMap, UnknownNode
from ontology.model import Document, Edge, Node
from ontology.names import name_key

if TYPE_CHECKING:
    from conceptmap.ask import Answer
    from conceptmap.checks import Check
    from conceptmap.comparison import Comparison
    from conceptmap.export import Form
    from conceptmap.history import NodeHistory
    from conceptmap.moments import Moment
    from conceptmap.typed_notes import TypedNote
    from graphs.history import Step
    from graphs.walks import Path as Walk
    from graphs.words import Hit

# What each method needs is imported when it is called: a question must not wait for Graphviz or RDF.


@dataclass(frozen=True)
class CourseMap:
    """A map of an atlas. `day` and `entry` choose what is read (see `as_of` and `at`); writes always meet the newest.

    Reading a map that does not exist raises `UnknownMap`. `held` is a fold that the caller keeps as it is while
    it is read; without one every reading method looks for new entries first.
    """

    ledger: Ledger
    name: str
    day: int | None = None
    entry: int | None = None
    held: Fold | None = None

    def as_of(self, day: int | None) -> Self:
        """The same map with only the documents of days up to this one."""
        return replace(self, day=day)

    def at(self, moment: "Moment | None") -> Self:
        """The same map as it stood at an entry of the log or at a time (`"2026-11-24T20:00:00Z"`): the last not later.

        Raises `InvalidMoment`, or `UnknownEntry` where the map has nothing as old as that.
        """
        from conceptmap.moments import entry_of

        if moment is None:
            return replace(self, entry=None)
        return replace(self, entry=entry_of(self.ledger, self.name, moment), held=None)

    def view(self) -> View:
        """The folded graph."""
        fold = self.held or self.ledger.fold(self.name, self.entry)
        if not fold.documents and self.name not in (known := self.ledger.log.maps()):
            raise UnknownMap(self.name, known)
        return View(fold, self.ledger.vocabulary, self.day)

    def node(self, name: str) -> FoldedNode:
        """The node that an id, label or alias names; a label wins over the aliases of others.

        Raises `UnknownNode` with the nearest, or all, candidates.
        """
        from graphs.words import nearest_labels

        view = self.view()
        found = [view.node(one) for one in view.named(name)]
        labelled = [node for node in found if name_key(node.label) == name_key(name)]
        chosen = found if len(found) == 1 else labelled
        if len(chosen) != 1:
            raise UnknownNode(name, [node.label for node in found] or nearest_labels(view, name))
        return chosen[0]

    def ask(self, question: str, *, explained: bool = False) -> "Answer":
        """Answer a question in plain words from the graph, or say honestly that the map does not."""
        from conceptmap.ask import ask

        return ask(self.view(), question, explained=explained)

    def search(self, text: str, kind: str | None = None) -> list["Hit"]:
        """Nodes whose names or text hold these words, best first."""
        from graphs.words import search

        return search(self.view(), text, kind)

    def path(self, start: str, end: str) -> "Walk | None":
        """A shortest path between two nodes, edges read both ways, not through days, units or sources."""
        from graphs.walks import shortest_path

        return shortest_path(self.view(), self.node(start).id, self.node(end).id)

    def requirements(self, name: str) -> dict[str, str]:
        """All that a node requires, nearest first, each with the node that requires it."""
        from ontology.terms import REQUIRES

        return self.reached(name, REQUIRES)

    def reached(self, name: str, relation: str, *, inverse: bool = False) -> dict[str, str]:
        """All nodes that a relation (or its inverse) reaches from one, nearest first, each with the node before it."""
        from graphs.walks import reach

        return reach(self.view(), self.node(name).id, relation, inverse=inverse)

    def check(self) -> list["Check"]:
        """What a careful author would look at again."""
        from conceptmap.checks import checks

        return checks(self.view())

    def export(self, form: "Form") -> str:
        """The map as `json`, `jsonld`, `trig` or `turtle` text."""
        from conceptmap.export import export

        return export(self.view(), form)

    def typed_notes(self) -> "list[TypedNote]":
        """A typed note for each document, which loads back to the same nodes and edges."""
        from conceptmap.typed_notes import typed_notes

        return typed_notes(self.view())

    def diff(self, before: "int | CourseMap", after: "int | CourseMap") -> "Comparison":
        """What differs between two days, or between two moments: `course.diff(course.at(812), course.at(815))`."""
        from conceptmap.comparison import compare

        one, other = (self.as_of(moment) if isinstance(moment, int) else moment for moment in (before, after))
        return compare(one.view(), other.view())

    def history(self, day: int | None = None) -> list["Step"]:
        """The entries of the log (for one day), newest first, each with what it changed."""
        from conceptmap.history import history_of

        return history_of(self.ledger, self.name, day=day, as_of=self.day, at=self.entry)

    def node_history(self, name: str) -> "NodeHistory":
        """The entries that touched a node, newest first, also of one that is gone by now. Raises `UnknownNode`."""
        from conceptmap.history import history_of_node
        from ontology.names import node_id

        try:
            ids = [self.node(name).id]
        except UnknownNode:
            ids = [name, node_id(name)]
        for one in ids:
            if found := history_of_node(self.ledger, self.name, one, as_of=self.day, at=self.entry):
                return found
        raise UnknownNode(name)

    def load(self, *paths: str | Path, day: int | None = None, dry_run: bool = False) -> WriteReport:
        """Read notes files and folders into the map, all or none. Raises `InvalidDocument` with every problem."""
        from conceptmap.disk import note_files
        from conceptmap.loading import load

        return load(self.ledger, self.name, note_files([Path(path) for path in paths], day), dry_run=dry_run)

    def put(self, document: Document, **options: Any) -> WriteReport:
        """Put a document in the place of its part; the options are those of `conceptmap.writing.put`."""
        from conceptmap.writing import put

        return put(self.ledger, document.model_copy(update={"map": self.name}), **options)

    def append(
        self, day: int, nodes: Iterable[Node] = (), edges: Iterable[Edge] = (), *, by: str, dry_run: bool = False
    ) -> WriteReport:
        """Add nodes and edges to the contributor's own part of a day, `by:NAME`."""
        from conceptmap.writing import append, own_part

        additions = Document(map=self.name, day=day, part=own_part(by), nodes=tuple(nodes), edges=tuple(edges))
        return append(self.ledger, additions, by=by, dry_run=dry_run)

    def delete(self, day: int, part: str | None = None, *, author: str = "", dry_run: bool = False) -> WriteReport:
        """End a part of a day, or all of its parts; what other parts say stays. Raises `UnknownEntry`."""
        from conceptmap.writing import delete

        return delete(self.ledger, self.name, day, part, author=author, dry_run=dry_run)

    def revert(self, entry: int, *, author: str = "", dry_run: bool = False) -> WriteReport:
        """Undo an entry: append the document that its part had before it."""
        from conceptmap.writing import revert

        return revert(self.ledger, self.name, entry, author=author, dry_run=dry_run)
