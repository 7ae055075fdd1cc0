"""The coach: asks a view by rules, leaves out what its notes silence, and fits what to write to the lines of notes."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from conceptmap.coach.advice import Advice
from conceptmap.coach.check import Check
from conceptmap.coach.rules import RULES
from conceptmap.coach.silencing import SILENCER, Note, Silencer, idle, left, silencers_in
from conceptmap.coach.survey import Survey
from graphs.fold import PartKey
from graphs.view import View

Notes = Callable[[PartKey], Note | None]
"""What gives the lines of a part, where it came as a note."""


class Coach:
    """What a careful author would look at again in a view, rule by rule; what several rules need is found once.

    `notes` gives the lines of notes, from which silencers are read; `marked` are the parts that may have some.
    """

    def __init__(self, view: View, notes: Notes = lambda key: None, marked: Iterable[PartKey] = ()) -> None:
        self._survey = Survey(view)
        self._notes = notes
        self._marked = tuple(marked)
        self._known: dict[PartKey, Note | None] = {}

    def by(self, rule: str) -> list[Check]:
        """What a rule finds and nobody silenced, the worst first."""
        found = left(RULES[rule].checks(self._survey), self._silencers) if rule in RULES else []
        return [one.advised(self._fitted(one.advice)) if one.advice else one for one in found]

    def checks(self, rules: Iterable[str] = RULES) -> list[Check]:
        """What these rules find, and which silencers are of no use to them."""
        return [check for some in self.steps(rules) for check in some]

    def steps(self, rules: Iterable[str] = RULES) -> Iterator[list[Check]]:
        """The same rule by rule."""
        asked = list(rules)
        for rule in asked:
            yield self.by(rule)
        if SILENCER in asked:
            yield list(idle(self._silencers, asked, RULES))

    @cached_property
    def _silencers(self) -> list[Silencer]:
        return [one for key in self._marked if (note := self._note(key)) for one in silencers_in(note)]

    def _note(self, key: PartKey) -> Note | None:
        if key not in self._known:
            self._known[key] = self._notes(key)
        return self._known[key]

    def _fitted(self, advice: Advice) -> Advice:
        note = self._note(advice.key)
        return advice.fitted(note.lines, note.first) if note else advice
