"""Timing: several ways of doing one thing, taken in turns, and their medians as a table."""

import os
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

Way = Callable[[], object]

SHORTEST = 0.002
"""Seconds that one measurement lasts at least: quick ways are repeated until it is reached."""


@dataclass(frozen=True, slots=True)
class Table:
    """Medians by way, in seconds or bytes; the others are compared with the first way."""

    title: str
    medians: Mapping[str, float]
    unit: str = "ms"
    goal: str = ""

    def __str__(self) -> str:
        first = next(iter(self.medians.values()))
        width = max(map(len, self.medians))
        scale = 1000 if self.unit == "ms" else 1
        lines = [
            f"  {way:<{width}}  {value * scale:>10.3f} {self.unit}  {value / first:>8.2f}x"
            for way, value in self.medians.items()
        ]
        return "\n".join([self.title + (f" (goal: {self.goal})" if self.goal else ""), *lines])


def medians(ways: Mapping[str, Way], rounds: int = 15) -> dict[str, float]:
    """The median seconds of each way; the ways take turns, so that what disturbs one disturbs all."""
    repeats = {name: _repeats(way) for name, way in ways.items()}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(_seconds(way, repeats[name]))
    return {name: median(times) for name, times in taken.items()}


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
