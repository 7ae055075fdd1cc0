"""Timing: several ways of doing one thing, taken in turns, and their medians as a table."""

import os
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

Way = Callable[[], object]

SHORTEST = 0.002
"""Seconds that one measurement lasts at least: quick ways are repeated until it is reached."""


@dataclass(frozen=True, slots=True)
class Table:
    """What each way took, in seconds or bytes: the median, and the least where it was measured.

    The others are compared with the first way. On a busy machine the least tells more than the median.
    """

    title: str
    medians: Mapping[str, float]
    least: Mapping[str, float] = field(default_factory=dict)
    unit: str = "ms"
    goal: str = ""

    def __str__(self) -> str:
        width = max(map(len, self.medians))
        lines = [f"  {way:<{width}}  {self._cell(self.medians, way)}{self._least(way)}" for way in self.medians]
        return "\n".join([self.title + (f" (goal: {self.goal})" if self.goal else ""), *lines])

    def _cell(self, values: Mapping[str, float], way: str) -> str:
        scale = 1000 if self.unit == "ms" else 1
        first = next(iter(values.values()))
        return f"{values[way] * scale:>10.3f} {self.unit}  {values[way] / first:>8.2f}x"

    def _least(self, way: str) -> str:
        return f"   least {self._cell(self.least, way)}" if self.least else ""


def timed(title: str, ways: Mapping[str, Way], rounds: int = 15, goal: str = "") -> Table:
    """The table of these ways, which take turns, so that what disturbs one disturbs all."""
    repeats = {name: _repeats(way) for name, way in ways.items()}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(_seconds(way, repeats[name]))
    medians, least = ({name: choose(times) for name, times in taken.items()} for choose in (median, min))
    return Table(title, medians, least, goal=goal)


def machine() -> str:
    """The machine in one line."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.platform(terse=True)}"
    )


def _repeats(way: Way) -> int:
    way()
    return max(1, round(SHORTEST / max(_seconds(way, 1), 1e-7)))


def _seconds(way: Way, repeats: int) -> float:
    start = perf_counter()
    for _ in range(repeats):
        way()
    return (perf_counter() - start) / repeats


def _processor() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
