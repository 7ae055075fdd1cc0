"""Questions in plain words, answered from the graph with citations, or an honest "the map does not say"."""

from conceptmap.ask.answer import Answer, Candidate, Found, Meant, Named, Piece, Understood
from conceptmap.ask.asking import ask
from conceptmap.ask.query import Days

__all__ = ["Answer", "Candidate", "Days", "Found", "Meant", "Named", "Piece", "Understood", "ask"]
