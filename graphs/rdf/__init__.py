"""Documents as RDF: Turtle, TriG and JSON-LD, written and read without loss."""

from graphs.rdf.iris import BASE, Iris
from graphs.rdf.jsonld import jsonld_data, read_jsonld, write_jsonld
from graphs.rdf.reading import Place, read_triples
from graphs.rdf.triples import document_triples
from graphs.rdf.turtle import read_turtle, write_trig, write_turtle

__all__ = [
    "BASE",
    "Iris",
    "Place",
    "document_triples",
    "jsonld_data",
    "read_jsonld",
    "read_triples",
    "read_turtle",
    "write_jsonld",
    "write_trig",
    "write_turtle",
]
