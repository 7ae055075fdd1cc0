"""What was read of files, kept for whoever loads a folder again and again: a file that has not changed is read once."""

import pickle
from collections.abc import Callable, Hashable
from typing import TypeVar

from conceptmap.notes.values import Findings

Made = TypeVar("Made")


class Memory:
    """Keeps what was made of files by all that it depends on, with the findings; what a load asks for no more, goes."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, bytes] = {}
        self._asked: dict[Hashable, bytes] = {}

    def again(self, key: Hashable, make: Callable[[Findings], Made], findings: Findings) -> Made:
        """What is made for a key: made when it is first asked for. Each asker gets a copy, which may be changed."""
        kept = self._asked.get(key) or self._kept.get(key)
        if kept is None:
            own = Findings()
            kept = pickle.dumps((make(own), own))
        self._asked[key] = kept
        made: Made
        made, own = pickle.loads(kept)
        findings.problems += own.problems
        findings.warnings += own.warnings
        return made

    def forget_others(self) -> None:
        """Keep only what was asked for since this was last called."""
        self._kept, self._asked = self._asked, {}
