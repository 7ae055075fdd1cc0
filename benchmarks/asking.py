"""Asking: what a question costs on the sample course, alone and among 100,000 other nodes, against a scan of labels."""

from collections.abc import Iterator
from functools import partial

from rapidfuzz import fuzz, process, utils

from benchmarks.course import NAME, sample_documents
from benchmarks.large_maps import LargeMap
from benchmarks.timing import Table, Way, timed
from conceptmap.ask import Answer, ask
from conceptmap.ask.kept import Kept
from graphs.fold import Event, Fold, PartKey
from graphs.view import View
from ontology.vocabulary import read_vocabulary

FILLERS = 100_000
QUESTIONS = (
    "what supports the bitter lesson?",
    "whihc day covered transformers",
    "How do you get from information theory to scaling laws?",
    "language vs robotics on data cost?",
    "what still has to be figured out about VLAs",
    "prerequisites of scaling laws",
    "which methods are hand-crafted?",
    "what does the course say about loss?",
    "what supports sourdough bread?",
    "open questions on day 26 about the bitter lesson",
)


def run() -> Iterator[Table]:
    """One table a map: the medians over the questions, each question a row."""
    for title, fillers in (("the sample course", 0), (f"the sample course and {FILLERS:,} other nodes", FILLERS)):
        view = _view(fillers)
        ways: dict[str, Way] = {"one scan of all labels": _scan(view)}
        ways |= {question: partial(_asked_first, view, question) for question in QUESTIONS}
        yield timed(f"Asking {title}", ways, rounds=5, goal="median 1 ms alone, 5 ms in the large map")


def _asked_first(view: View, question: str) -> Answer:
    """Ask as if no question had been asked since an entry: what is kept of the same question would flatter."""
    view.follower(Kept).follow(frozenset())
    return ask(view, question)


def _scan(view: View) -> Way:
    labels = [node.label for node in view.nodes()]
    question = QUESTIONS[0]
    return partial(process.extract, question, labels, scorer=fuzz.WRatio, processor=utils.default_process, limit=3)


def _view(fillers: int) -> View:
    vocabulary = read_vocabulary()
    documents = [note.document for note in sample_documents()]
    documents += LargeMap(fillers).documents(NAME, first_day=100) if fillers else []
    events = (Event(number, PartKey(one.day, one.part), one) for number, one in enumerate(documents, 1))
    return View(Fold(vocabulary).apply_all(events), vocabulary)
