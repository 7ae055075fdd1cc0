"""Selections: what of a view is to be drawn, and the command and the address that draw it."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from shlex import quote
from typing import Literal
from urllib.parse import quote as quote_address
from urllib.parse import urlencode

from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import EdgeKey

Grouping = Literal["day", "unit", "none"]
"""What a frame of a drawing is: a day, a unit of the course, or nothing."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to draw; by default what documents placed on the drawn map.

    `whole` means every node, `focus` the nodes within `depth` edges of one (Days, Units and Sources are not
    walked through). `kinds` and `relations` choose from the whole graph, or from the neighbourhood. `connected` leaves
    out what no edge of the choice joins to anything. `group` says which frames there are.
    """

    whole: bool = False
    focus: str | None = None
    depth: int = 1
    kinds: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    connected: bool = False
    group: Grouping = "day"

    @property
    def is_drawn_map(self) -> bool:
        """Whether the drawn map alone is asked for."""
        return not (self.whole or self.focus or self.kinds or self.relations)

    def choice(self) -> list[tuple[str, str]]:
        """What is chosen, by the names of the options on the command line, which those in addresses are too.

        >>> Selection(focus="yeast", depth=2, kinds=frozenset({"Claim"})).choice()
        [('focus', 'yeast'), ('depth', '2'), ('kind', 'Claim')]
        """
        near = [("focus", self.focus), *([("depth", str(self.depth))] if self.depth > 1 else [])] if self.focus else []
        words = [*(("kind", one) for one in sorted(self.kinds)), *(("relation", one) for one in sorted(self.relations))]
        return [*([("all", "true")] if self.whole else []), *near, *words]

    def takes(self, view: View, node: FoldedNode) -> bool:
        """Whether a node is of a chosen kind, or of a sub-kind of one."""
        return not self.kinds or node.kind in view.vocabulary.within(self.kinds)

    def node_ids(self, view: View) -> Iterator[str]:
        """The ids of the nodes of the chosen kinds, sorted."""
        ids = merge(*(view.node_ids_after("", kind) for kind in self.kinds or (None,)))
        return (one for one, _ in groupby(ids))  # a node is of a kind and of those above it

    def takes_edge(self, edge: FoldedEdge | EdgeKey) -> bool:
        """Whether an edge is of a chosen relation."""
        return not self.relations or edge.relation in self.relations

    def edges(self, view: View) -> Iterator[FoldedEdge]:
        """The edges of the chosen relations."""
        if not self.relations:
            return view.edges()
        return (edge for relation in sorted(self.relations) for edge in view.edges(relation))


def way(view: View, selection: Selection, form: Literal["svg", "outline"] = "svg") -> str:
    """How to see all of a selection of a view: the command that draws it, and the address where the service does.

    >>> from graphs.view import View
    >>> from ontology.vocabulary import read_vocabulary
    >>> way(View.of((), read_vocabulary()).up_to(3), Selection(whole=True), "outline")
    'for all: conceptmap draw --all --as-of 3 --format outline, or /maps/-/diagram.txt?all=true&as_of=3'
    """
    choice = [*selection.choice(), *([("as_of", str(view.as_of))] if view.as_of is not None else [])]
    options = "".join(
        f" --{name.replace('_', '-')}" + ("" if value == "true" else f" {quote(value)}") for name, value in choice
    )
    target, suffix = ("--format outline", "txt") if form == "outline" else ("-o map.svg", "svg")
    if form == "outline" and not selection.whole:
        choice.insert(0, ("all", "true"))  # of a lone focus there is a text diagram too
    address = f"/maps/{quote_address(view.map or '-')}/diagram.{suffix}?{urlencode(choice)}"
    return f"for all: conceptmap draw{options} {target}, or {address}"
