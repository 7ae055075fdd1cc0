"""Nodes that may be one: their names are spelt alike or look alike, or one is called by the initials of the other."""

import re
import shlex
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from graphs.confusables import latin
from graphs.view import FoldedNode, View
from graphs.words import STOP_WORDS
from ontology.errors import Problem
from ontology.model import Document, Node
from ontology.names import name_key, singular, visible
from ontology.terms import DAY, UNIT

_IN_BRACKETS = re.compile(r"\s*\(([^()]+)\)")
ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z]{2,6}s?")
"""Two to six letters, at least two of them capitals, perhaps in the plural: DoF, SVMs."""

MANY = 50
"""Neighbours from which on a node says nothing of what stands beside it: such a hub is near to everything."""


def alike(view: View) -> Iterator[tuple[FoldedNode, FoldedNode]]:
    """Pairs of nodes that may be one, each with the one that stays behind."""
    nodes = [node for node in view.nodes() if node.kind not in (DAY, UNIT)]
    seen: set[frozenset[str]] = set()
    for one, other in (*_spelt_alike(nodes), *_abbreviated(view, nodes)):
        pair = frozenset((one.id, other.id))
        if pair not in seen and (one.kind == other.kind or not (one.defined and other.defined)):
            seen.add(pair)
            yield one, other


def merge_command(view: View, one: FoldedNode, other: FoldedNode) -> str:
    """The command that joins two nodes, by their labels where these name no others and are easily typed."""
    names = (
        node.label if view.named(node.label) == [node.id] and "'" not in node.label else node.id
        for node in (one, other)
    )
    return f"conceptmap merge {shlex.join(names)}"


def spelling(name: str) -> str:
    """What spellings of one name share: letters without marks, words in the singular, written as one word.

    >>> spelling("Naïve-Bayes classifiers") == spelling("naive bayes classifier")
    True
    """
    letters = unicodedata.normalize("NFD", latin(name_key(name)))
    plain = "".join(one for one in letters if unicodedata.category(one) != "Mn")
    return "".join(map(singular, plain.split()))


def look_alikes(view: View, documents: Iterable[Document], file: str = "") -> Iterator[Problem]:
    """A warning for each node of documents whose id looks like that of another node and has other letters.

    `file` is what the documents were read from; without it their parts are named.
    """
    said = [(node, file or document.part) for document in documents for node in document.nodes]
    labels = {node.id: node.label for node, _ in said}
    beside: dict[str, set[str]] = defaultdict(set)
    for one in labels:
        beside[latin(one)].add(one)
    for node, where in said:
        others = view.looking_like(node.id) | beside[latin(node.id)]
        if (plain := latin(_seen(node.label))) != node.label:
            others.update(view.named(plain))
        for other in sorted(others - {node.id}):
            label = labels.get(other) or view.node(other).label
            what = f"{node.label!r} ({node.id}) looks like another node, {label!r} ({other}): {_odd(node.label, label)}"
            command = f"conceptmap merge {shlex.join((node.id, other))}"
            hint = f"write both in the same letters, or if they are one: {command}"
            yield Problem(file=where, line=_line(node), what=what, hint=hint)


def _seen(label: str) -> str:
    """A label without what nobody sees between its letters."""
    return label if label.isascii() else " ".join(filter(None, map(visible, label.split())))


def _odd(one: str, other: str) -> str:
    """The first sign in which two labels that look alike differ, by its name in Unicode."""
    for label, letters in ((one, other), (other, one)):
        if odd := next((char for char in label if char not in letters and not char.isascii()), None):
            return f"U+{ord(odd):04X} in {label!r} is {unicodedata.name(odd, 'a sign without a name')}"
    return f"{one!r} is not {other!r}"


def _line(node: Node) -> int:
    return node.origin.lines[0] if node.origin.lines else 1


def names_in(name: str) -> list[str]:
    """A name, and those that it says: "Depth of field (DoF)" is called either way."""
    found = _IN_BRACKETS.search(name)
    if found and (bare := _IN_BRACKETS.sub("", name)) and found[1].removesuffix("s").lower() in initials(bare):
        return [name, bare, found[1]]
    return [name]


def _spelt_alike(nodes: list[FoldedNode]) -> Iterator[tuple[FoldedNode, FoldedNode]]:
    """A label is spelt like a label or an alias of another node; two aliases may well be alike."""
    holders: dict[str, dict[str, FoldedNode]] = defaultdict(dict)
    labels: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        for said in node.names:
            for name in map(spelling, names_in(said)):
                holders[name][node.id] = node
                if said == node.label:
                    labels[name].add(node.id)
    for name, held in holders.items():
        first, *others = sorted(held.values(), key=_standing)
        yield from ((other, first) for other in others if labels[name] & {other.id, first.id})


def _standing(node: FoldedNode) -> tuple[bool, int, int, str]:
    """What stays comes first: what is defined, on more days, earlier."""
    return not node.defined, -len(node.assertions), node.days[0], node.id


def _abbreviated(view: View, nodes: list[FoldedNode]) -> Iterator[tuple[FoldedNode, FoldedNode]]:
    """Nodes that are called by initials, where one node near them has these."""
    long: dict[str, list[FoldedNode]] = defaultdict(list)
    for node in nodes:
        for letters in {letters for said in node.names for name in names_in(said) for letters in initials(name)}:
            long[letters].append(node)
    for node in nodes:
        if ACRONYM.fullmatch(node.label):
            found = [one for one in long.get(node.label.removesuffix("s").lower(), ()) if one.id != node.id]
            if len(found) == 1 and _are_near(view, node, found[0]):
                yield node, found[0]


def initials(name: str) -> set[str]:
    """The first letters of a name's words, with and without those of small words."""
    words = name_key(name).split()
    telling = [word for word in words if word not in STOP_WORDS]
    return {"".join(word[0] for word in some) for some in (words, telling) if len(some) > 1}


def _are_near(view: View, one: FoldedNode, other: FoldedNode) -> bool:
    """Whether one part speaks of both, or something is joined to both."""
    if {(said.day, said.part) for said in one.assertions} & {(said.day, said.part) for said in other.assertions}:
        return True
    return not _beside(view, one.id).isdisjoint({other.id, *_beside(view, other.id)})


def _beside(view: View, node: str) -> set[str]:
    ends = {end for key in (*view.edge_keys_from(node), *view.edge_keys_to(node)) for end in (key.source, key.target)}
    return {end for end in ends - {node} if view.node(end).kind not in (DAY, UNIT)} if len(ends) < MANY else set()
