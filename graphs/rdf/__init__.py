"""Documents as RDF: Turtle, TriG and JSON-LD, written without loss; `read` reads them again (and imports pydantic)."""

from graphs.rdf.iris import BASE, Iris
from graphs.rdf.write import (
    document_triples,
    jsonld_data,
    trig_pieces,
    turtle_pieces,
    write_jsonld,
    write_trig,
    write_turtle,
)

__all__ = [
    "BASE",
    "Iris",
    "document_triples",
    "jsonld_data",
    "trig_pieces",
    "turtle_pieces",
    "write_jsonld",
    "write_trig",
    "write_turtle",
]
