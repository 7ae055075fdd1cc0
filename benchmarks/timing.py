"""Timing: several ways of doing one thing, taken in turns, and their medians as a table."""

import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median
from time import perf_counter

Way = Callable[[], object]

SHORTEST = 0.002
"""Seconds that one measurement lasts at least: quick ways are repeated until it is reached."""

LONG = 2.0
"""Seconds from which on one measurement of growth is enough: what disturbs it is small beside it."""


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


@dataclass(frozen=True, slots=True)
class Growth:
    """What each thing took at several sizes, in seconds or bytes, and the exponents of growth between neighbours.

    Twice the size takes 2 ** exponent times as long: 0 is no growth, 1 in proportion, 2 quadratic.
    """

    title: str
    sizes: Sequence[int]
    rows: Mapping[str, Sequence[float]]
    unit: str = "ms"
    goals: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        width = max(map(len, self.rows))
        head = "  " + " " * width + "".join(f"  {size:>13,}" for size in self.sizes) + "   exponents"
        return "\n".join([self.title, head, *(f"  {name:<{width}}{self._cells(name)}" for name in self.rows)])

    def exponents(self, name: str) -> list[float]:
        """The exponents of a row, one less than it has figures."""
        points = list(zip(self.sizes, self.rows[name], strict=True))
        return [log(b / a) / log(larger / size) for (size, a), (larger, b) in pairwise(points)]

    def _cells(self, name: str) -> str:
        scale = 1000 if self.unit == "ms" else 1
        shown = [f"{one * scale:,.2f} {self.unit}" for one in self.rows[name]]
        exponents = "".join(f"{one:>6.2f}" for one in self.exponents(name))
        goal = f"   (goal: {self.goals[name]})" if name in self.goals else ""
        return "".join(f"  {one:>13}" for one in shown) + f"  {exponents:<12}{goal}".rstrip()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures: its columns, and a row for each way."""

    title: str
    columns: Sequence[str]
    rows: Mapping[str, Sequence[str]]

    def __str__(self) -> str:
        width = max(map(len, self.rows))
        lines = ["  " + " " * width + "".join(f"  {column:>14}" for column in self.columns)]
        lines += [f"  {way:<{width}}" + "".join(f"  {cell:>14}" for cell in cells) for way, cells in self.rows.items()]
        return "\n".join([self.title, *lines])


def timed(title: str, ways: Mapping[str, Way], rounds: int = 15, goal: str = "") -> Table:
    """The table of these ways, which take turns, so that what disturbs one disturbs all."""
    repeats = {name: _repeats(way) for name, way in ways.items()}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(seconds(way, repeats[name]))
    medians, least = ({name: choose(times) for name, times in taken.items()} for choose in (median, min))
    return Table(title, medians, least, goal=goal)


def took(way: Way, rounds: int = 3) -> float:
    """The seconds that a way takes: the median of some rounds, of one where that takes long."""
    first = seconds(way)
    return first if first > LONG else median([first, *(seconds(way) for _ in range(rounds - 1))])


def machine() -> str:
    """The machine in one line."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.platform(terse=True)}"
    )


def _repeats(way: Way) -> int:
    way()
    return max(1, round(SHORTEST / max(seconds(way, 1), 1e-7)))


def seconds(way: Way, repeats: int = 1) -> float:
    """The mean seconds of so many calls."""
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
