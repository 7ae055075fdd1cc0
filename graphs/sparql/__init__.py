"""SPARQL 1.1, read-only: queries of clients, answered by Oxigraph in processes that may crash and can be killed."""
