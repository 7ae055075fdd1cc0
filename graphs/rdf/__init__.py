"""Documents as RDF: `write` makes Turtle, TriG and JSON-LD without loss, `read` reads them, `iris` names things."""
