"""Completion: what is typed of a question becomes whole questions that the map can answer."""

from conceptmap.ask.asking import ask
from conceptmap.ask.offers import is_read, likeliest
from graphs.view import View

TRIED = 2
"""So many questions are asked for each that is wanted: one that is not answered completes nothing."""
LONGEST = 300
"""Letters of the longest beginning that is completed; whoever has typed more knows what to ask."""


def completions_of(view: View, typed: str, limit: int) -> list[str]:
    """Questions that have answers and that what is typed may become, the likeliest first; at most `limit`.

    What is typed may end within a word, and need not be the beginning of the question: `lesson backs` will do.
    """
    if not typed.strip() or len(typed) > LONGEST:
        return []
    found: list[str] = []
    for one in likeliest(view, typed, TRIED * limit, unfinished=True):
        if is_read(one, ask(view, one.question, offering=False)):
            found.append(one.question)
        if len(found) == limit:
            break
    return found
