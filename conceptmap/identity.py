"""Identity: a node that gets another label keeps its id, and one that is joined to another leads there.

Both are words of a contributor, in the part `by:NAME` of the day that first defines the node: they hold whatever notes
say later, and end when their entry is undone.
"""

from collections.abc import Iterator

from msgspec import structs

from graphs.fold import PartKey
from graphs.view import FoldedNode, View, cite
from graphs.words import nearest_labels
from ontology.errors import Problem, RefusedWrite, UnknownNode
from ontology.model import Document, Node
from ontology.names import name_key, one_of_kind, own_part
from ontology.terms import DAY


def named_node(view: View, name: str) -> FoldedNode:
    """The node that an id, label or alias names; a label wins over the aliases of others.

    Raises `UnknownNode` with the nearest, or all, candidates.
    """
    found = [view.node(one) for one in view.named(name)]
    labelled = [node for node in found if name_key(node.label) == name_key(name)]
    chosen = found if len(found) == 1 else labelled
    if len(chosen) != 1:
        raise UnknownNode(name, [node.label for node in found] or nearest_labels(view, name))
    return chosen[0]


def renaming(view: View, map: str, name: str, label: str, by: str) -> Document | None:
    """What a contributor adds so that a node has this label, and its former names lead to it.

    None where it is called so. Raises `UnknownNode`, or `RefusedWrite` for a day and for another node's name.
    """
    node = named_node(view, name)
    label = " ".join(label.split())
    if node.label == label:
        return None
    check_kind(node)
    label = check_name(view, node, label)
    empty = own_document(map, node, by)
    word = own_word(view, empty, node)
    aliases = dict.fromkeys(one for one in (*word.aliases, node.label) if one != label)
    renamed = structs.replace(word, label=label, aliases=tuple(aliases), mention=False, correction=True)
    return empty.with_assertions((renamed,), ())


def merging(view: View, map: str, name: str, into: str, by: str) -> Document | None:
    """What a contributor adds so that a node leads to another. None where both are one.

    Raises `UnknownNode`, or `RefusedWrite` where their kinds differ and for a day.
    """
    node, other = named_node(view, name), named_node(view, into)
    if node.id == other.id:
        return None
    check_kind(node)
    check_kind(other)
    if node.kind != other.kind and node.defined and other.defined:
        what = f"{_said(node)}, {_said(other)}: a node has one kind"
        raise RefusedWrite(f"{what}; give both the same kind where it is said, then merge them")
    empty = own_document(map, node, by)
    kind = node.kind if node.defined else other.kind
    word = own_word(view, empty, node)
    if not word.mention:  # its label must not become that of the other
        word = structs.replace(word, label=other.label, aliases=tuple(dict.fromkeys((*word.aliases, word.label))))
    added = [structs.replace(word, kind=kind, became=other.id)]
    if not other.defined:  # its name is to stay, so somebody must give it
        added.append(Node(id=other.id, kind=kind, label=other.label))
    return empty.with_assertions(tuple(added), ())


def loops(view: View, name: str, into: str) -> Iterator[Problem]:
    """The edges that would join a node to itself if it led to another: they are left out."""
    node, other = named_node(view, name), named_node(view, into)
    for edge in view.edges_between(node.id, other.id) if node.id != other.id else ():
        where = cite(edge.assertions[-1])
        words = f"{view.node(edge.source).label!r} {edge.relation} {view.node(edge.target).label!r}"
        yield Problem(
            file=where.file,
            line=where.lines[0] if where.lines else 1,
            what=f"{words} would join one node to itself, and is left out",
            hint="it comes back if the merge is undone",
        )


def check_name(view: View, node: FoldedNode, label: str) -> str:
    """The label that a node is to have, in one line. Raises `RefusedWrite` where it names another node."""
    label = " ".join(label.split())
    if others := [one for one in view.named(label) if one != node.id]:
        other = view.node(others[0])
        what = f"{label!r} names another node, {other.label!r} ({other.id})"
        raise RefusedWrite(f"{what}; to make one of both: conceptmap merge {node.id} {other.id}")
    return label


def check_kind(node: FoldedNode) -> None:
    """Raise `RefusedWrite` for a day."""
    if node.kind == DAY:
        raise RefusedWrite(f"{node.label!r} is a day, which keeps its name; correct the day in the note's front matter")


def _said(node: FoldedNode) -> str:
    where = cite(node.sayings[-1])
    line = f":{where.lines[0]}" if where.lines else ""
    return f"{node.label!r} is {one_of_kind(node.kind)} ({where.file}{line})"


def own_document(map: str, node: FoldedNode, by: str) -> Document:
    """The contributor's own part of the day that first defines a node, with nothing in it."""
    first = node.sayings[0]
    return Document(map=map, day=first.day, part=own_part(by), undated=first.undated)


def own_word(view: View, document: Document, node: FoldedNode) -> Node:
    """What a part says of a node already; else a mention of it."""
    word = view.word_on_node(PartKey(document.day, document.part), node.id)
    return word or Node(id=node.id, kind=node.kind, label=node.label, mention=True)
