"""The bodies that are taken as JSON, besides documents."""

from pydantic import ConfigDict, Field

from ontology.model import Edge, Node, Value


class NewNodes(Value):
    """Nodes to append. Without an id a node gets the one that its label makes."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"nodes": [{"id": "yeast", "kind": "Concept", "label": "Yeast", "text": "A fungus."}]}]
        }
    )

    nodes: tuple[Node, ...] = Field(min_length=1)


class NewEdges(Value):
    """Edges to append; their ends are nodes of the map."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"edges": [{"source": "fermentation", "relation": "requires", "target": "yeast"}]}]
        }
    )

    edges: tuple[Edge, ...] = Field(min_length=1)
