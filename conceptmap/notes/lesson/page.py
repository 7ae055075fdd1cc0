"""The state of a lesson while it is read from top to bottom: what its last words were about."""

from dataclasses import dataclass, field

from conceptmap.notes.lesson.found import Found
from conceptmap.notes.lesson.leads import Leads
from conceptmap.notes.lesson.words import lower_words

MAX_SAID = 1000
"""Characters of an item or a sentence that rules look at: a longer one is no label, and may be no language."""

MAX_LOOKED_UP = 200
"""How many names are counted on a page; each takes a look at all of it."""


@dataclass(slots=True)
class Page:
    """What rules share: the finds, the leads, and whom the next words speak of.

    `thesis`: the name of the idea that the page argues about; `claim`: the latest claim; `listed`: the latest claim
    with reasons; `category`: what the latest examples were examples of; `names`: spellings of names that count as
    topics, with how often the page says them; `closed`: questions whose subjects are told already.
    """

    found: Found
    leads: Leads
    text_key: str
    thesis: str | None = None
    source: str | None = None
    claim: str | None = None
    listed: str | None = None
    category: str | None = None
    statements: list[str] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    asking: bool = False
    looked_up: int = 0

    def times_said(self, words: str) -> int:
        """How often the page says these words, whatever their capitals and punctuation."""
        if self.looked_up >= MAX_LOOKED_UP:
            return 0
        self.looked_up += 1
        return self.text_key.count(f" {' '.join(lower_words(words))} ")

    def target_of_evidence(self) -> str | None:
        """What evidence speaks for or against: the idea argued about, else the latest claim."""
        return self.thesis or self.claim
