"""RDF and SPARQL for those who use the façade: reading what comes in, IRIs, and what a query is and gives.

`read_turtle` and `read_jsonld` read the documents that a text says of a `Place`, `read_documents` those of a whole map;
`Iris` makes the IRIs of a map under a base, by default `BASE`. A `Query` is answered within `Limits` by the engine that
`Atlas.sparql` gives, after `check_query` has let it pass, in one of the media types `SOLUTIONS` or `TRIPLES`.
`read_table` makes a `Table` of an answer in one of `TABLE_FORMS`.
"""

from graphs.rdf.iris import BASE, Iris
from graphs.rdf.read import Place, parsed_json, read_documents, read_jsonld, read_turtle, shortened
from graphs.rdf.write import jsonld_data, write_turtle
from graphs.sparql.description import write_description
from graphs.sparql.guard import check_query
from graphs.sparql.tables import TABLE_FORMS, Table, read_table
from graphs.sparql.wire import SOLUTIONS, TRIPLES, Limits, Query
from graphs.sparql.wire import Answer as QueryAnswer

__all__ = [
    "BASE",
    "SOLUTIONS",
    "TABLE_FORMS",
    "TRIPLES",
    "Iris",
    "Limits",
    "Place",
    "Query",
    "QueryAnswer",
    "Table",
    "check_query",
    "jsonld_data",
    "parsed_json",
    "read_documents",
    "read_jsonld",
    "read_table",
    "read_turtle",
    "shortened",
    "write_description",
    "write_turtle",
]
