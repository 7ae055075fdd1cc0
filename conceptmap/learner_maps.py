"""Learners' maps, read to be held against a course's: notes, files of other programs, or other maps of a store."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from conceptmap.disk import learner_files
from conceptmap.formats import SentFile
from conceptmap.formats.given import direction_meant
from conceptmap.formats.reading import read_files, unpacked
from conceptmap.marking import (
    ClassMarks,
    Criterion,
    LearnerMap,
    LearnerNode,
    Marks,
    Meant,
    Said,
    mark,
    meant_in,
)
from conceptmap.marking.propositions import is_laid_out
from conceptmap.notes import NOTE_SUFFIXES, NoteFile, read_notes
from graphs.fold import Event, PartKey
from graphs.view import FoldedEdge, FoldedNode, View, cite
from ontology.errors import InvalidDocument, Problem
from ontology.model import Document, EdgeKey
from ontology.names import name_key
from ontology.terms import ABOUT, CITES
from ontology.vocabulary import Vocabulary

NAME = "learner"
"""What the map is called while it is read: nobody sees it, and nothing of it is stored."""


MOST_SENT = 500_000
"""Bytes of a learner's map that comes over HTTP, unpacked: whoever may read the course may send one."""

_AS_SAID = "its links only say what this is about"
"""What notes are warned of where a field is no relation: here its name is kept as said."""


@dataclass(frozen=True, slots=True)
class ReadMap:
    """A learner's map as it was read, and what to look at."""

    learner: LearnerMap
    warnings: tuple[Problem, ...] = ()


def learner_of_files(
    name: str, files: Sequence[SentFile], vocabulary: Vocabulary, form: str | None = None, most: int | None = None
) -> ReadMap:
    """A learner's map from files: notes, or those of another program in one of the formats that are read.

    A ZIP file counts as the folder in it; they may have so many bytes at `most`, unpacked. Raises `InvalidDocument`,
    or `WrongArguments` where there is no such `form`.
    """
    notes = _notes_of(files, most) if form is None else []
    if notes:
        return learner_of_notes(name, notes, vocabulary)
    given = read_files(files, View.of([], vocabulary), NAME, form=form, most=most)
    phrases = [_said(vocabulary, *one) for one in given.phrases]
    return ReadMap(_learner(name, _view(given.documents, vocabulary), phrases), given.warnings)


def learner_of_notes(name: str, notes: Sequence[NoteFile], vocabulary: Vocabulary) -> ReadMap:
    """A learner's map from notes.

    Its nodes and edges are taken as they are, also where a course could not hold them: such as circles of what requires
    what. Raises `InvalidDocument` where notes cannot be read.
    """
    if not any(one.body.strip() for one in notes):
        hint = "look whether it was saved"
        raise InvalidDocument(
            [Problem(file=notes[0].path, line=None, column=None, what="there is nothing in it", hint=hint)]
        )
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


def learner_at(path: Path, vocabulary: Vocabulary, form: str | None = None, name: str = "") -> ReadMap:
    """A learner's map from a file or a folder, which it is called by unless it has another name."""
    return learner_of(name or _name(path), learner_files(path, form), vocabulary, form)


def marks_of(read: ReadMap, course: View, means: Mapping[str, str]) -> Marks:
    """A learner's map held against a course's; what is said to be meant, and nobody says, is a warning."""
    meant = meant_in(course, means)
    unused = _unused(meant, [read.learner], read.learner.name)
    return mark(read.learner, Criterion(course, meant), (*read.warnings, *unused))


def class_marks_of(paths: Sequence[Path], course: View, form: str | None, means: Mapping[str, str]) -> ClassMarks:
    """The maps of a class held against a course's. Raises `InvalidDocument` where none can be read."""
    meant = meant_in(course, means)
    criterion = Criterion(course, meant)
    short = Counter(map(_name, paths))
    learners: list[Marks] = []
    unread: dict[str, tuple[Problem, ...]] = {}
    for path in paths:
        name = path.name if short[_name(path)] > 1 else _name(path)
        try:
            read = learner_at(path, course.vocabulary, form, name)
        except InvalidDocument as error:
            unread[name] = error.problems
        else:
            learners.append(mark(read.learner, criterion, read.warnings))
    if not learners:
        raise InvalidDocument([one for problems in unread.values() for one in problems])
    unused = _unused(meant, [one.learner for one in learners], "the class")
    return ClassMarks(course, criterion.propositions, tuple(learners), unread, tuple(unused))


def _name(path: Path) -> str:
    """What a learner is called whose map is at a path."""
    return path.name if path.is_dir() or not path.stem else path.stem


def _unused(meant: Meant, learners: Sequence[LearnerMap], who: str) -> Iterator[Problem]:
    for words in meant.unused(learners):
        yield Problem(file=who, line=None, column=None, what=f"nothing is called {words!r}, so it means nothing here")


def learner_in(name: str, view: View) -> LearnerMap:
    """A map of a store as a learner's."""
    return _learner(name, view, _fields(view))


def _notes_of(files: Sequence[SentFile], most: int | None) -> list[NoteFile]:
    """The notes that are among files; a ZIP file counts as the folder in it."""
    found = [one for file in files for one in unpacked(file, most)]
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
            is_link = isinstance(value, str) and not names.isdisjoint(_listed(value))
            if is_link and any(
                one.item.origin.how != "derived" and field in one.item.data for one in source.assertions
            ):
                yield _said(view.vocabulary, edge.key, field, _where(edge))


def _listed(value: str) -> Iterator[str]:
    yield name_key(value)
    yield from map(name_key, value.split(","))


def _where(edge: FoldedEdge) -> str:
    found = cite(edge.assertions[0])
    return found.place if found.lines else ""


def _learner(name: str, view: View, phrases: Iterable[Said]) -> LearnerMap:
    """The map with its propositions; a phrase stands in the place of the `about` that it was read as."""
    worded: dict[frozenset[str], list[Said]] = defaultdict(list)
    for one in phrases:
        worded[frozenset((view.leads_to(one.source), view.leads_to(one.target)))].append(one)
    said: list[Said] = []
    for edge in view.edges():
        guessed = edge.relation == CITES and edge.how == "derived"  # "See X." may be any link
        relation = ABOUT if guessed else edge.relation
        one = Said(edge.source, relation, edge.target, relation, _where(edge), is_laid_out(edge))
        own = worded.pop(frozenset((edge.source, edge.target)), []) if edge.relation == ABOUT else []
        said += own or [one]
    nodes = {end: _node(view.node(end)) for one in said for end in (one.source, one.target)}
    return LearnerMap(name, nodes, tuple(dict.fromkeys(said)))


def _node(node: FoldedNode) -> LearnerNode:
    return LearnerNode(node.id, node.label, node.aliases, node.kind)
