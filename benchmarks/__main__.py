"""Runs the benchmarks: `python -m benchmarks [--quick] [NAME]...`, by default all of them."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator

from benchmarks import (
    appending,
    asking,
    displacement,
    drawing,
    growth,
    hostile,
    http,
    legibility,
    loading,
    memory,
    page,
    past,
    scoring,
    starting,
    waiting,
    walks,
)
from benchmarks.timing import machine

BENCHMARKS: dict[str, Callable[[], Iterator[object]]] = {
    "walks": walks.run,
    "million": lambda: walks.run((1_000_000,)),
    "appending": appending.run,
    "asking": asking.run,
    "growth": growth.run,
    "hostile": hostile.run,
    "http": http.run,
    "legibility": legibility.run,
    "loading": loading.run,
    "drawing": drawing.run,
    "displacement": displacement.run,
    "memory": memory.run,
    "page": page.run,
    "past": past.run,
    "scoring": scoring.run,
    "starting": starting.run,
    "waiting": waiting.run,
}
QUICK: dict[str, Callable[[], Iterator[object]]] = {
    "walks": lambda: walks.run((1_000, 10_000)),
    "growth": growth.quick,
    "hostile": lambda: hostile.run(names=hostile.FEW),
    "legibility": lambda: legibility.run(made=1, days=8),
    "past": lambda: past.run(10_000),
}
LARGE = {"million"}
"""What needs several gigabytes runs only when it is named."""


def main() -> int:
    """Print a table for each benchmark that was named."""
    parser = ArgumentParser(prog="python -m benchmarks", description="Medians, and ratios to the first way.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="smaller maps where a benchmark takes many minutes")
    chosen = parser.parse_args()
    names = chosen.names or [name for name in BENCHMARKS if name not in LARGE]
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    print(machine())
    for name in names:
        for table in (QUICK if chosen.quick else BENCHMARKS).get(name, BENCHMARKS[name])():
            print(f"\n{table}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
