"""Documents as RDF: Turtle, TriG and JSON-LD, written and read without loss."""

from graphs.rdf.iris import BASE, Iris
from graphs.rdf.read import Place, read_jsonld, read_triples, read_turtle
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
    "Place",
    "document_triples",
    "jsonld_data",
    "read_jsonld",
    "read_triples",
    "read_turtle",
    "trig_pieces",
    "turtle_pieces",
    "write_jsonld",
    "write_trig",
    "write_turtle",
]
