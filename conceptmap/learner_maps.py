"""Learners' maps, read to be held against a course's: notes, files of other programs, or other maps of a store."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from conceptmap.formats import SentFile
from conceptmap.formats.given import direction_meant
from conceptmap.formats.reading import read_files, unpacked
from conceptmap.marking import LearnerMap, LearnerNode, Said
from conceptmap.marking.propositions import NOT_OF_THE_SUBJECT, is_laid_out
from conceptmap.notes import NOTE_SUFFIXES, NoteFile, read_notes
from graphs.fold import Event, PartKey
from graphs.view import FoldedEdge, FoldedNode, View, cite
from ontology.errors import InvalidDocument, Problem
from ontology.model import Document, EdgeKey
from ontology.names import name_key
from ontology.terms import ABOUT
from ontology.vocabulary import Vocabulary

NAME = "learner"
"""What the map is called while it is read: nobody sees it, and nothing of it is stored."""


_AS_SAID = "its links only say what this is about"
"""What notes are warned of where a field is no relation: here its name is kept as said."""


@dataclass(frozen=True, slots=True)
class ReadMap:
    """A learner's map as it was read, and what to look at."""

    learner: LearnerMap
    warnings: tuple[Problem, ...] = ()


def learner_of_files(name: str, files: Sequence[SentFile], vocabulary: Vocabulary, form: str | None = None) -> ReadMap:
    """A learner's map from files: notes, or those of another program in one of the formats that are read.

    A ZIP file counts as the folder in it. Raises `InvalidDocument`, or `WrongArguments` where there is no such `form`.
    """
    notes = _notes_of(files) if form is None else []
    if notes:
        return learner_of_notes(name, notes, vocabulary)
    given = read_files(files, View.of([], vocabulary), NAME, form=form)
    phrases = [_said(vocabulary, *one) for one in given.phrases]
    return ReadMap(_learner(name, _view(given.documents, vocabulary), phrases), given.warnings)


def learner_of_notes(name: str, notes: Sequence[NoteFile], vocabulary: Vocabulary) -> ReadMap:
    """A learner's map from notes.

    Its nodes and edges are taken as they are, also where a course could not hold them: such as circles of what requires
    what. Raises `InvalidDocument` where notes cannot be read.
    """
    reading = read_notes(notes, vocabulary=vocabulary, known=View.of([], vocabulary), map=NAME)
    if reading.problems:
        raise InvalidDocument(reading.problems)
    view = _view([one.document for one in reading.notes], vocabulary)
    warnings = tuple(one for one in reading.warnings if not one.what.endswith(_AS_SAID))
    return ReadMap(_learner(name, view, _fields(view)), warnings)


def learner_of(
    name: str, files: Sequence[NoteFile] | Sequence[SentFile], vocabulary: Vocabulary, form: str | None = None
) -> ReadMap:
    """A learner's map from what the disk holds of it: notes, or files of another program."""
    notes = [one for one in files if isinstance(one, NoteFile)]
    if notes:
        return learner_of_notes(name, notes, vocabulary)
    return learner_of_files(name, [one for one in files if isinstance(one, SentFile)], vocabulary, form)


def learner_in(name: str, view: View) -> LearnerMap:
    """A map of a store as a learner's."""
    return _learner(name, view, _fields(view))


def _notes_of(files: Sequence[SentFile]) -> list[NoteFile]:
    """The notes that are among files; a ZIP file counts as the folder in it."""
    found = [one for file in files for one in unpacked(file)]
    notes = [one for one in found if PurePosixPath(one.path).suffix.lower() in NOTE_SUFFIXES]
    return [NoteFile(one.path, one.data) for one in notes]


def _view(documents: Iterable[Document], vocabulary: Vocabulary) -> View:
    events = (Event(number, PartKey(one.day, one.part), one) for number, one in enumerate(documents, 1))
    return View.of(events, vocabulary)


def _said(vocabulary: Vocabulary, key: EdgeKey, words: str, where: str = "") -> Said:
    """What words between two nodes say: the relation that they mean, if any, read the right way round."""
    direction = direction_meant(words, vocabulary)
    if direction is None:
        return Said(key.source, words, key.target, None, where)
    relation = direction.relation.name
    ends = (key.target, key.source) if direction.inverse else (key.source, key.target)
    return Said(ends[0], relation, ends[1], relation, where)


def _fields(view: View) -> Iterator[Said]:
    """What notes say in fields whose names are no relation, and whose links the reader took for `about`."""
    for edge in view.edges(ABOUT):
        source, target = view.node(edge.source), view.node(edge.target)
        names = set(map(name_key, target.names))
        for field, value in source.data.items():
            if isinstance(value, str) and not names.isdisjoint(_listed(value)):
                yield _said(view.vocabulary, edge.key, field, _where(edge))


def _listed(value: str) -> Iterator[str]:
    yield name_key(value)
    yield from map(name_key, value.split(","))


def _where(edge: FoldedEdge) -> str:
    found = cite(edge.assertions[0])
    return found.place if found.lines else ""


def _learner(name: str, view: View, phrases: Iterable[Said]) -> LearnerMap:
    """The map with its propositions; a phrase stands in the place of the `about` that it was read as."""
    apart = view.vocabulary.within(NOT_OF_THE_SUBJECT)
    inside = {node.id: node for node in view.nodes() if node.kind not in apart}
    worded: dict[frozenset[str], list[Said]] = defaultdict(list)
    for one in phrases:
        worded[frozenset((view.leads_to(one.source), view.leads_to(one.target)))].append(one)
    said: list[Said] = []
    for edge in view.edges():
        if edge.source in inside and edge.target in inside:
            one = Said(edge.source, edge.relation, edge.target, edge.relation, _where(edge), is_laid_out(edge))
            own = worded.pop(frozenset((edge.source, edge.target)), []) if edge.relation == ABOUT else []
            said += own or [one]
    nodes = {end: _node(inside[end]) for one in said for end in (one.source, one.target)}
    return LearnerMap(name, nodes, tuple(dict.fromkeys(said)))


def _node(node: FoldedNode) -> LearnerNode:
    return LearnerNode(node.id, node.label, node.aliases)
