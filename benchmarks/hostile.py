"""Notes that are hard to read: what reading takes for a note, for one twice as long and for one four times as long."""

from collections.abc import Iterator
from functools import partial

from benchmarks.hostile_notes import cases
from benchmarks.timing import Growth, seconds
from conceptmap.notes import NoteFile, Reading, read_notes
from graphs.fold import Fold
from graphs.view import View
from ontology.vocabulary import Vocabulary, read_vocabulary

SIZES = (25_000, 50_000, 100_000)
GOAL = "twice as long takes at most 2.6 times as long: exponents at most 1.4"
FEW = ("'`' of growing length", "'[' in an item", "'(a:: ' in one line", "'1' in one line", "deep '- '")
"""Kinds that were slow once."""

SLOW = 0.05
"""Seconds that the longest note takes to be shown by itself: quicker ones are told by their number."""


def run(sizes: tuple[int, ...] = SIZES, names: tuple[str, ...] = ()) -> Iterator[Growth]:
    """The cases that take longest, or those of these names."""
    vocabulary = read_vocabulary()
    made = cases()
    rows = {name: [seconds(partial(read, made[name](size), vocabulary)) for size in sizes] for name in names or made}
    shown = {name: row for name, row in rows.items() if names or row[-1] >= SLOW}
    ordered = dict(sorted(shown.items(), key=lambda row: -row[1][-1]))
    title = f"Hostile notes, characters: {len(ordered)} of {len(rows)} kinds take {SLOW:g} s or more ({GOAL})"
    yield Growth(title, sizes, ordered)


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """A note, read as the only one of a course."""
    note = NoteFile("day-1.md", text.encode(), 1)
    return read_notes([note], vocabulary=vocabulary, known=View(Fold(vocabulary), vocabulary), map="course")
