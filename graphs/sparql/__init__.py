"""SPARQL 1.1, read-only: queries of clients, answered by Oxigraph in processes that may crash and can be killed."""

from graphs.sparql.engine import Engine
from graphs.sparql.guard import check_query
from graphs.sparql.queries import Answer, Limits, Query

__all__ = ["Answer", "Engine", "Limits", "Query", "check_query"]
