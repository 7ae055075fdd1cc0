"""Loading: reading notes into documents, against a bare markdown-it-py parse of the same files."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt

from benchmarks.course import NAME, sample_files
from benchmarks.timing import Table, Way, timed
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile, Reading, read_notes
from graphs.fold import Fold
from graphs.ledger import Ledger
from graphs.log import open_log
from graphs.view import View
from ontology.vocabulary import Vocabulary, read_vocabulary

DAYS = 100
LESSONS = Path(__file__).parent.parent / "tests" / "lessons"
TOPICS = 12


def run() -> Iterator[Table]:
    """Three tables: the sample course, a made-up course of a hundred days, and lessons that nobody annotated."""
    yield _compared("the sample course", sample_files())
    yield _compared(f"{DAYS} made-up days", [_made_up(day) for day in range(1, DAYS + 1)])
    lessons = [NoteFile(path.name, path.read_bytes(), day) for day, path in enumerate(sorted(LESSONS.glob("*.txt")), 1)]
    yield _compared("lessons by rule", lessons, goal="reading at most 6x")


def _compared(what: str, files: Sequence[NoteFile], goal: str = "reading at most 4x") -> Table:
    texts = [file.body.decode() for file in files]
    ways: dict[str, Way] = {
        "markdown-it-py parse": partial(_parse, texts),
        "conceptmap reading": partial(_read, files, read_vocabulary()),
        "conceptmap reading, checking, storing": partial(_load, files),
    }
    kilobytes = sum(len(file.body) for file in files) / 1000
    title = f"Loading {what}: {len(files)} notes, {kilobytes:.0f} kB"
    return timed(title, ways, rounds=7, goal=goal)


def _parse(texts: Sequence[str]) -> None:
    parser = MarkdownIt("commonmark").enable("table")
    for text in texts:
        parser.parse(text)


def _read(files: Sequence[NoteFile], words: Vocabulary) -> Reading:
    reading = read_notes(files, vocabulary=words, known=View(Fold(words), words), map=NAME)
    if reading.problems:
        raise AssertionError(str(reading.problems[0]))
    return reading


def _load(files: Sequence[NoteFile]) -> None:
    ledger = Ledger(open_log("sqlite://"), read_vocabulary())
    CourseMap(ledger, NAME).load_notes(files)
    ledger.log.close()


def _made_up(day: int) -> NoteFile:
    """A day of twelve concepts, each with a text, two fields and a claim that evidence supports."""
    topics = "\n".join(_topic(day, number) for number in range(TOPICS))
    return NoteFile(path=f"day-{day}.md", body=f"---\nday: {day}\ntitle: Day of {day}\n---\n{topics}".encode())


def _topic(day: int, number: int) -> str:
    before = f"Topic {day} {number - 1}" if number else f"Topic {day - 1} 0"
    fields = [f"- requires:: [[{before}]]"] if (day, number) != (1, 0) else []
    fields += [f"- part of:: [[Topic {day} 0]]"] if number else []
    lines = "\n".join(fields)
    return f"""\
## Topic {day} {number}
What is said of topic {number} on day {day}, in a sentence of *ordinary* length with `code` in it.

And a second paragraph, which says a little more about the matter.
{lines}
- domain:: Numbers

## Claim: Topic {day} {number} matters
- about:: [[Topic {day} {number}]]
- Evidence:
  - Trial {day} {number} went well
  - Numbers: the count of {day} and {number} came out right

| Dimension | Topic {day} {number} | Rival {day} {number} |
|---|---|---|
| Cost | low | high |

"""
