"""Documents as a map has them in which ids lead to others: every node once, under the id that is led to."""

from collections.abc import Iterator

from msgspec import structs

from graphs.fold import ENDED
from graphs.view import View
from ontology.model import Document, Edge, EdgeKey, Node


def joined_documents(view: View, day: int | None = None) -> Iterator[Document]:
    """The documents of a view (of a day), with ids led on, and without edges that would join a node to itself.

    What is ended is left out, but for the word that ended it. Where a document says that one id became another, that
    stays, as a mention. What is said of a node under another id has the node's label, and its own as an alias.
    """
    for document in view.documents(day):
        moved = any(node.became is not None or view.leads_to(node.id) != node.id for node in document.nodes)
        yield _joined(document, view) if moved else document


def _joined(document: Document, view: View) -> Document:
    nodes: dict[str, Node] = {}
    for node in document.nodes:
        if node.became is not None:
            nodes[node.id] = Node(id=node.id, kind=node.kind, label=node.label, mention=True, became=node.became)
        if node.ended:
            nodes[node.id] = node
    for node in document.nodes:
        if view.leads_to(node.id) == ENDED:
            continue
        led = _led(node, view)
        if node.became is None or not node.mention or led.id not in nodes:
            nodes[led.id] = _together(nodes[led.id], led) if led.id in nodes else led
    edges: dict[EdgeKey, Edge] = {}
    for edge in document.edges:
        source, target = view.leads_to(edge.source), view.leads_to(edge.target)
        if source != target and ENDED not in (source, target):
            one = edge if (source, target) == edge.key[::2] else structs.replace(edge, source=source, target=target)
            edges.setdefault(one.key, one)
    return document.with_assertions(tuple(nodes.values()), tuple(edges.values()))


def _led(node: Node, view: View) -> Node:
    end = view.leads_to(node.id)
    if end == node.id and node.became is None:
        return node
    label = view.node(end).label
    names = dict.fromkeys(name for name in (*node.aliases, node.label) if name != label and not node.mention)
    return structs.replace(node, id=end, label=label, aliases=tuple(names), became=None)


def _together(one: Node, other: Node) -> Node:
    """Two words of a document on one node as one; of a label and a formula the first counts."""
    if one.mention or other.mention:
        return one if other.mention else other
    texts = dict.fromkeys(filter(None, (one.text, other.text)))
    return structs.replace(
        one,
        aliases=tuple(dict.fromkeys((*one.aliases, *other.aliases))),
        text="\n\n".join(texts) or None,
        formula=one.formula or other.formula,
        data={**other.data, **one.data},
        place=other.place if one.place is None else one.place,
    )
