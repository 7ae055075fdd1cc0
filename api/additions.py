"""What a client appends: nodes or edges, as in a document."""

from typing import Any

from pydantic import ValidationError

from api.models import NewEdges, NewNodes
from graphs.rdf import Place
from graphs.rdf.read import parsed_json, shortened, validation_problems
from ontology.errors import InvalidDocument
from ontology.model import Document
from ontology.names import node_id


def read_additions(data: bytes, model: type[NewNodes | NewEdges], into: Document) -> Document:
    """The document with the nodes or edges of a body. Raises `InvalidDocument`."""
    place = Place(into.map, into.day, into.part, "body")
    value = parsed_json(data, place)
    if model is NewNodes:
        _add_ids(value)
    try:
        added = model.model_validate(value)
        return into.model_copy(update={name: getattr(added, name) for name in type(added).model_fields})
    except ValidationError as error:
        raise InvalidDocument(shortened(validation_problems(error, place), place)) from error


def _add_ids(value: Any) -> None:
    """Give nodes without an id the one that their label makes."""
    nodes = value.get("nodes") if isinstance(value, dict) else None
    for node in nodes if isinstance(nodes, list) else ():
        if (
            isinstance(node, dict)
            and isinstance(label := node.get("label"), str)
            and "id" not in node
            and label.strip()
        ):
            node["id"] = node_id(label)
