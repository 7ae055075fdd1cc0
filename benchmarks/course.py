"""The sample course as benchmarks need it: its files, its documents and its map."""

from importlib.resources import files

from conceptmap.map import CourseMap
from conceptmap.notes import NoteDocument, NoteFile, read_notes
from graphs.fold import Fold
from graphs.ledger import Ledger
from graphs.log import open_log
from graphs.view import View
from ontology.vocabulary import read_vocabulary

NAME = "robot-intelligence"


def sample_files() -> list[NoteFile]:
    """The notes that ship with the project, by name."""
    folder = files("conceptmap").joinpath("course")
    notes = sorted((one for one in folder.iterdir() if one.name.endswith(".md")), key=lambda one: one.name)
    return [NoteFile(path=one.name, body=one.read_bytes()) for one in notes]


def sample_documents() -> tuple[NoteDocument, ...]:
    """The same, read."""
    words = read_vocabulary()
    return read_notes(sample_files(), vocabulary=words, known=View(Fold(words), words), map=NAME).notes


def sample_view() -> View:
    """The course's map, loaded into a store in memory."""
    ledger = Ledger(open_log("sqlite://"), read_vocabulary())
    CourseMap(ledger, NAME).load_notes(sample_files())
    view = View(ledger.view(NAME).fold, ledger.vocabulary)
    ledger.log.close()
    return view
