"""Questions in plain words, answered from the graph with citations, or an honest "the map does not say".

`FORMS` is the list of the forms of question: one file each in `forms`.
"""

from conceptmap.ask.answer import Answer, Candidate, Offer, Understood
from conceptmap.ask.askable import Repeatable, worth_repeating
from conceptmap.ask.asking import ask, completions_of
from conceptmap.ask.form import Form, Query
from conceptmap.ask.forms import FORMS
from conceptmap.ask.found import Found, Meant, NodeName, Piece
from conceptmap.ask.saying import MOST_SAID
from conceptmap.ask.shown import Said, Shown
from conceptmap.ask.spans import Days

__all__ = [
    "FORMS",
    "MOST_SAID",
    "Answer",
    "Candidate",
    "Days",
    "Form",
    "Found",
    "Meant",
    "NodeName",
    "Offer",
    "Piece",
    "Query",
    "Repeatable",
    "Said",
    "Shown",
    "Understood",
    "ask",
    "completions_of",
    "worth_repeating",
]
