"""Questions in plain words, answered from the graph with citations, or an honest "the map does not say"."""

from conceptmap.ask.answer import Answer, Candidate, Found
from conceptmap.ask.asking import ask

__all__ = ["Answer", "Candidate", "Found", "ask"]
