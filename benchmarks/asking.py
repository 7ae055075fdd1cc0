"""Asking: what a question costs on the sample course, alone and among 100,000 other nodes, against a scan of labels."""

from collections.abc import Iterator
from functools import partial
from random import Random

from rapidfuzz import fuzz, process, utils

from benchmarks.course import NAME, sample_documents
from benchmarks.timing import Table, Way, timed
from conceptmap.ask import ask
from graphs.fold import Event, Fold, PartKey
from graphs.view import View
from ontology.model import Document, Edge, Node
from ontology.names import node_id
from ontology.vocabulary import read_vocabulary

FILLERS = 100_000
A_DAY = 1_000
WORDS = 20_000
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
        ways |= {question: partial(ask, view, question) for question in QUESTIONS}
        yield timed(f"Asking {title}", ways, rounds=5, goal="median 1 ms alone, 5 ms in the large map")


def _scan(view: View) -> Way:
    labels = [node.label for node in view.nodes()]
    question = QUESTIONS[0]
    return partial(process.extract, question, labels, scorer=fuzz.WRatio, processor=utils.default_process, limit=3)


def _view(fillers: int) -> View:
    vocabulary = read_vocabulary()
    documents = [*(note.document for note in sample_documents()), *_fillers(fillers)]
    events = (Event(number, PartKey(one.day, one.part), one) for number, one in enumerate(documents, 1))
    return View(Fold(vocabulary).apply_all(events), vocabulary)


def _fillers(count: int) -> Iterator[Document]:
    """Nodes with names of two to four made-up words, each leading to an earlier one of its day."""
    random = Random(count)
    words = sorted(
        {"".join(random.choice("bdfgklmnprstv") + random.choice("aeiou") for _ in range(3)) for _ in range(WORDS)}
    )
    for start in range(0, count, A_DAY):
        labels = {" ".join(random.sample(words, random.randint(2, 4))) for _ in range(A_DAY)}
        nodes = [Node(id=node_id(label), kind="Concept", label=label) for label in sorted(labels)]
        edges = [
            Edge(source=node.id, relation="leads to", target=nodes[random.randrange(number)].id)
            for number, node in enumerate(nodes)
            if number
        ]
        yield Document(map=NAME, day=100 + start // A_DAY, part="notes", nodes=tuple(nodes), edges=tuple(edges))
