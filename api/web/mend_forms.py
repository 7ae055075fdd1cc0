"""What people enter to mend the map: a change or an end of a node or an edge; and what these forms are shown with."""

import hashlib
import json
from dataclasses import dataclass

from api.web.cards import EdgeCard
from api.web.form_input import Checking, Form, Mistakes
from conceptmap.identity import check_name
from conceptmap.mending import ChangeEdge, ChangeNode, Confirm, EndEdge, EndNode, Mend, Refuse
from conceptmap.values import FoldedEdge, FoldedNode, View
from ontology.errors import RefusedWrite
from ontology.model import EdgeKey

CHANGED_SINCE = "the map says something else of this since you opened the form: look at it, then try again"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form mends, as it stands: a node or an edge. `was` is a digest of it: others may change it meanwhile."""

    node: FoldedNode | None = None
    edge: FoldedEdge | None = None
    ends: tuple[FoldedNode, ...] = ()

    @property
    def was(self) -> str:
        """Sixteen hex digits over what a form for it begins with."""
        said: list[object] = []
        if self.node:
            said = [self.node.label, self.node.kind, self.node.text]
        elif self.edge:
            said = [*self.edge.key, self.edge.note]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def subject_of(form: Form, view: View) -> Subject:
    """What a form is about; nothing where that is no more there."""
    if form["source"]:
        edge = view.edge(edge_in(form))
        return Subject(edge=edge, ends=(view.node(edge.source), view.node(edge.target))) if edge else Subject()
    return Subject(view.node(form["node"])) if form["node"] and view.has_node(form["node"]) else Subject()


def edge_in(form: Form) -> EdgeKey:
    """The edge that a form names."""
    return EdgeKey(form["source"], form["was_relation"], form["target"], form["dimension"] or None)


def forms_of(card: EdgeCard) -> list[Form]:
    """A form for each edge of a card: one, or one for each dimension of a comparison."""
    return [_form_of(edge) for edge in card.edges]


def _form_of(edge: FoldedEdge) -> Form:
    """The fields that name an edge, and those that its form begins with."""
    named = {"source": edge.source, "was_relation": edge.relation, "target": edge.target}
    more = {"dimension": edge.dimension or "", "relation": edge.relation, "note": edge.note or ""}
    return Form({name: [value] for name, value in {**named, **more}.items()})


def entered_change(form: Form, view: View) -> Mend:
    """A node's other label, kind and text. Raises `Mistakes` or `UnknownNode`."""
    checking, node = Checking(form, view), view.node(form["node"])
    label = " ".join(form["label"].split())
    if not label:
        checking.errors["label"] = "give it a name"
    elif label != node.label:
        try:
            check_name(view, node, label)
        except RefusedWrite as error:
            checking.errors["label"] = str(error)
    if form["kind"] not in view.vocabulary.kinds:
        checking.errors["kind"] = "choose a kind"
    checking.raise_mistakes()
    _check_same(form, view)
    return ChangeNode(node.id, label=label, kind=form["kind"], text=form.raw("text") if "text" in form.values else None)


def entered_end(form: Form, view: View) -> Mend:
    """The end of a node. Raises `UnknownNode`."""
    return EndNode(view.node(form["node"]).id)


def entered_edge_change(form: Form, view: View) -> Mend:
    """An edge's other relation, note or direction. Raises `Mistakes`."""
    checking = Checking(form, view)
    direction = checking.direction()
    checking.raise_mistakes()
    _check_same(form, view)
    relation = form["relation"] if direction else None
    return ChangeEdge(
        edge_in(form), relation, turned=bool(form["turned"]), note=form["note"] if "note" in form.values else None
    )


def entered_edge_end(form: Form, view: View) -> Mend:
    """The end of an edge."""
    return EndEdge(edge_in(form))


def decided(form: Form) -> Mend:
    """What was clicked of a proposal: to confirm or to refuse a node or an edge. Raises `Mistakes`."""
    subject = edge_in(form) if form["source"] else form["node"]
    if form["decision"] == "confirm":
        return Confirm(subject)
    if form["decision"] == "refuse":
        return Refuse(subject)
    raise Mistakes({"": "confirm it or refuse it"})


def _check_same(form: Form, view: View) -> None:
    """Raise `Mistakes` where somebody changed the node or edge since its form was opened."""
    if form["was"] and form["was"] != subject_of(form, view).was:
        raise Mistakes({"": CHANGED_SINCE})
