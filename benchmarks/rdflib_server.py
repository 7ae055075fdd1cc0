"""rdflib-endpoint on a Turtle file, to compare with: `python rdflib_server.py FILE PORT`."""

import sys

import uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint

if __name__ == "__main__":
    graph = Graph().parse(sys.argv[1], format="turtle")
    uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
