"""One map of an atlas, as of a chosen day: everything that people and programs do with it."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Self

from conceptmap.folder import LoadReport
from conceptmap.writes import WritableMap
from graphs.entries import MARKDOWN, Entry, Line
from graphs.fold import PartKey
from graphs.log import NEWEST
from graphs.view import FoldedNode, View
from ontology.errors import InvalidDocument, Problem, UnknownEntry, UnknownMap, UnknownNode
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Graph

    from conceptmap.ask import Answer
    from conceptmap.card import Card, DayParts, Neighbour
    from conceptmap.coach import Check, Coach
    from conceptmap.compare import Comparison
    from conceptmap.competency import AskedQuestion, ListedQuestion
    from conceptmap.copies import Columns
    from conceptmap.draw.selection import Grouping
    from conceptmap.drawn import DrawnMap
    from conceptmap.formats import Loss
    from conceptmap.formats.format import Given, SentFile
    from conceptmap.history import NodeHistory, PointInTime
    from conceptmap.learning import Frontier, Learned, Plan
    from conceptmap.marking import ClassMarks, Marks
    from conceptmap.meaning import Score
    from conceptmap.meaning.belief import BeliefStep
    from conceptmap.meaning.scores import Scores
    from conceptmap.meaning.weighing import Claims, Weighing
    from conceptmap.meaning.what_if import WhatIf
    from conceptmap.mending import Mended
    from conceptmap.note_lines import NoteLines
    from conceptmap.note_patches import Patch
    from conceptmap.notes import NoteFile
    from conceptmap.overview import Overview
    from conceptmap.solutions import Solutions
    from conceptmap.structure import Standing
    from conceptmap.validation import Validation
    from conceptmap.ways import Ways
    from graphs.bounds import Bound
    from graphs.history import Step
    from graphs.learners import Mark
    from graphs.search import Hit
    from ontology.model import Document, Edge, Node
    from ontology.vocabulary import Direction

# What each method needs is imported when it is called: a question must not wait for Graphviz or RDF.


@dataclass(frozen=True)
class CourseMap(WritableMap):
    """A map of an atlas. `day` and `entry` choose what is read (see `as_of` and `at`); writes always meet the newest.

    Reading a map that does not exist raises `UnknownMap`. `held` is a state that stays as it is while it is read (see
    `hold`); without one every reading method looks for new entries first.
    """

    day: int | None = None
    entry: int | None = None
    held: View | None = None

    def __repr__(self) -> str:
        day = "" if self.day is None else f" as of day {self.day}"
        return f"<map {self.name!r}{day}{'' if self.entry is None else f' at entry {self.entry}'}>"

    def _repr_html_(self) -> str:
        from conceptmap.tables import html_of_map

        view = self.view(missing_ok=True)
        return html_of_map(self.name, view, None if view.is_empty else self.draw())

    def _repr_markdown_(self) -> str:
        """The text diagram, in a block of code."""
        from conceptmap.draw import draw

        view = self.view(missing_ok=True)
        return f"`{self!r}`" if view.is_empty else f"`{self!r}`\n\n~~~~text\n{draw(view, 'text')!s}\n~~~~"

    # What is read, and when.

    def as_of(self, day: int | None) -> Self:
        """The same map with only the documents of days up to this one."""
        return self if day == self.day else replace(self, day=day)

    def at(self, point: "PointInTime | None") -> Self:
        """The same map as it stood at an entry of the log or at a time (`"2026-11-24T20:00:00Z"`): the last not later.

        Raises `InvalidMoment`, or `UnknownEntry` where the map has nothing as old as that.
        """
        from conceptmap.history import entry_of

        if point is None:
            return replace(self, entry=None)
        return replace(self, entry=entry_of(self.ledger, self.name, point), held=None)

    def hold(self) -> Self:
        """The same map with every entry so far, which the caller keeps others from bringing forward while it reads.

        Reads new entries from the log, which may wait for a disk or a server. Raises `UnknownMap` where nothing is in
        the map; it names no others, which the reader may have no right to know.
        """
        view = self.ledger.view(self.name, self.entry)
        if view.is_empty and self.entry is None:
            raise UnknownMap(self.name, ())
        return replace(self, held=view)

    def held_at(self, token: Hashable) -> Self | None:
        """The same as `hold` without looking at the log; None where something was committed since it was read.

        `token` is a fresh `changed`.
        """
        view = self.ledger.current(self.name, token) if self.entry is None else None
        return replace(self, held=view) if view and not view.is_empty else None

    def bounded(self, bound: "Bound") -> Self:
        """The same held map, of which no more is read than a bound allows: what reads more raises what that raises."""
        assert self.held is not None, "only a map that is held can be bounded"
        return replace(self, held=self.held.bounded(bound))

    @property
    def vocabulary(self) -> Vocabulary:
        """The kinds and relations of the store."""
        return self.ledger.vocabulary

    @property
    def last_entry(self) -> int:
        """The number of the last entry in what is read; 0 for a map that nobody wrote to."""
        return self._newest.entry

    @property
    def digest(self) -> bytes:
        """A digest over the log up to the last entry of what is read: another where anything was said otherwise."""
        return self.ledger.log.link(self.name, self.last_entry) or b""

    @property
    def size(self) -> int:
        """How many nodes the map has, whatever the day."""
        return self._newest.size

    def parts(self, day: int | None = None) -> list[PartKey]:
        """The parts (of a day) that stand, by day and name; none for a map that does not exist."""
        return self._newest.parts(day)

    def revision(self, day: int, part: str) -> int:
        """The revision that a part is at, its end counted too; 0 if it never had one."""
        return self.ledger.log.revision(self.name, day, part)

    def view(self, *, missing_ok: bool = False) -> View:
        """The folded graph; with `missing_ok` an empty one for a map that does not exist yet."""
        view = self._newest
        if not view.entry and not missing_ok and self.name not in (known := self.ledger.log.maps()):
            raise UnknownMap(self.name, known)
        return view.up_to(self.day)

    # Reading.

    def node(self, name: str) -> FoldedNode:
        """The node that an id, label or alias names; a label wins over the aliases of others.

        Raises `UnknownNode` with the nearest, or all, candidates.
        """
        from conceptmap.identity import named_node

        return named_node(self.view(), name)

    def card(self, name: str) -> "Card":
        """Everything that the map says of a node. Raises `UnknownNode`."""
        from conceptmap.card import card_of

        return card_of(self.view(), self.node(name).id)

    def parts_of(self, day: int, part: str | None = None) -> "DayParts":
        """A day with its parts, or with one of them. Raises `UnknownEntry` where there is none."""
        from conceptmap.card import DayParts

        view = self.view()
        parts = [one for one in view.standing_parts(day) if part in (None, one.key.part)]
        if not parts:
            raise UnknownEntry(f"the map has no day {day}" + (f" with a part {part!r}" if part else ""))
        return DayParts.of(parts, self.ledger.log.lines_of_days(self.name, day, day, view.entry), self.vocabulary)

    def listed_days(self, first: int, last: int) -> list["DayParts"]:
        """The days from one to another with their parts, by one look at the log."""
        from conceptmap.card import DayParts

        view = self.view()
        parts = (one for one in view.standing_parts() if first <= one.key.day <= last)
        lines = self.ledger.log.lines_of_days(self.name, first, last, view.entry)
        lines_of = {day: list(some) for day, some in groupby(lines, key=lambda one: one.day)}
        days = groupby(parts, key=lambda one: one.key.day)
        return [DayParts.of(list(some), lines_of[day], self.vocabulary) for day, some in days]

    def sent(self, line: Line) -> Entry:
        """An entry of the map's log with the bytes in which it was sent."""
        return self.ledger.log.entry(self.name, line.sequence)

    def note_lines(self, day: int, part: str | None = None) -> "NoteLines":
        """A note as it was sent, with what its lines made; by default the first of the day.

        Raises `UnknownEntry`, which names the nearest that there are.
        """
        from conceptmap.note_lines import near_notes, note_lines_of

        try:
            found = self.parts_of(day, part)
        except UnknownEntry as error:
            raise UnknownEntry(f"{error}; {near_notes(self.view(), day, part)}") from error
        index = next((number for number, one in enumerate(found.lines) if one.media_type == MARKDOWN), 0)
        return note_lines_of(self.sent(found.lines[index]), found.parts[index].document)

    def ask(self, question: str, *, explained: bool = False) -> "Answer":
        """Answer a question in plain words from the graph, or say honestly that the map does not."""
        from conceptmap.ask import ask

        return ask(self.view(), question, explained=explained)

    def completions(self, typed: str, limit: int) -> list[str]:
        """Whole questions that the map can answer and that what is typed may become, the likeliest first."""
        from conceptmap.ask import completions_of

        return completions_of(self.view(), typed, limit)

    def search(self, text: str, kinds: Collection[str] = (), limit: int | None = None) -> list["Hit"]:
        """Nodes (of some kinds, if any are given) whose names or text hold these words, best first; at most `limit`."""
        from conceptmap.tables import listed_hits
        from graphs.search import search

        return listed_hits(search(self.view(), text, kinds, limit))

    def ways(self, start: str, end: str, limit: int = 3) -> "Ways":
        """Ways between two nodes that really differ, the best first, each with a sentence that tells it.

        Edges are read both ways; days, units and sources are only its ends. Raises `UnknownNode`.
        """
        from conceptmap.ways import ways_between

        return ways_between(self.view(), self.node(start).id, self.node(end).id, limit)

    def structure(self, limit: int = 5) -> "Overview":
        """How the map is connected, in words: islands, what holds it together, hubs, groups; so many of each at most.

        The result's `structure` has all of it as values. It costs a look at all nodes and edges, and more for groups
        and what stands in the middle: some seconds for ten thousand nodes.
        """
        from conceptmap.overview import overview_of

        return overview_of(self.view(), limit)

    def standing(self, name: str) -> "Standing | None":
        """What loses its way to the rest without a node, and whether it is on an island; None for days, units, sources.

        Raises `UnknownNode`.
        """
        from conceptmap.structure import standing_of

        return standing_of(self.view(), self.node(name).id)

    def reached(self, name: str, relation: str, *, inverse: bool = False) -> dict[str, str]:
        """All nodes that a relation (or its inverse) reaches from one, nearest first, each with the node before it."""
        from graphs.walks import reach

        return reach(self.view(), self.node(name).id, relation, inverse=inverse)

    def neighbours(self, name: str, direction: "Direction | None" = None, depth: int = 1) -> list["Neighbour"]:
        """The edges of a node and of what is near it (in one direction), nearest first. Raises `UnknownNode`."""
        from conceptmap.card import neighbours_of
        from conceptmap.tables import listed_neighbours

        return listed_neighbours(neighbours_of(self.view(), self.node(name).id, direction, depth))

    def check(self, *rules: str, skip: Collection[str] = ()) -> list["Check"]:
        """What a careful author would look at again, by these of `conceptmap.coach.RULES`, or by all but some.

        What the notes silence is left out. Raises `WrongArguments` where there is no such rule.
        """
        from conceptmap.coach import chosen_rules
        from conceptmap.tables import listed_checks

        return listed_checks(self.coach().checks(chosen_rules(rules, skip)))

    def coach(self) -> "Coach":
        """The same rule by rule: what several rules look at is found once."""
        from conceptmap.coach import MARK, Coach, Note
        from conceptmap.note_lines import first_line
        from conceptmap.notes import text_of

        view, log = self.view(), self.ledger.log
        entries = {part.key: log.entry(self.name, part.events[0].sequence) for part in view.standing_parts()}
        marked = [key for key, entry in entries.items() if MARK.encode() in entry.body]

        def note(key: PartKey) -> Note | None:
            entry, document = entries.get(key), view.document(key)
            if entry is None or document is None or entry.media_type != MARKDOWN:
                return None
            text = text_of(key.part, entry.body)
            said: list[Node | Edge] = [*document.nodes, *document.edges]
            first = first_line([one for one in said if one.origin.lines], text.lines)
            return Note(key, text.lines, first, first + text.front - 1, document.undated)

        return Coach(view, note, marked)

    def check_shapes(self, file: str | Path | None = None) -> "Validation":
        """What of the map does not fit the shapes (SHACL, in Turtle) of a file; by default those of its own vocabulary.

        Raises `InvalidShapes` where the file holds none that can be tried, and `ShapesStopped` where they were not
        tried to the end, or the extra `shacl` is missing.
        """
        from conceptmap.disk import shapes_at
        from conceptmap.validation import validate, validate_own

        if file is None:
            return validate_own(self.view(), self.name)
        return validate(self.view(), self.name, str(file), shapes_at(Path(file)))

    def learned(self, marks: "Iterable[Mark]") -> "Learned":
        """What a learner's marks (`atlas.learners.marks(course.name, "ada")`) say of the nodes as they are now."""
        from conceptmap.learning import learned_in

        return learned_in(self.view(), marks)

    def marked_as(self, name: str, marks: "Iterable[Mark]") -> list[str]:
        """The ids under which marks of a node are kept, by any of its names; of one that is gone by its id.

        Raises `UnknownNode`.
        """
        from conceptmap.learning import marked_as

        kept = list(marks)
        is_kept = any(mark.node == name for mark in kept)
        return marked_as(self.view(), name if is_kept else self.node(name).id, kept)

    def plan(self, name: str | None = None, learned: Collection[str] = (), per_day: float | None = None) -> "Plan":
        """What is to be learned before a node, and the node, in order; without what is learned, which ids say.

        Without a name it is all that can be learned. With minutes for a day, on which days. Raises `UnknownNode`.
        """
        from conceptmap.learning import plan_of

        return plan_of(self.view(), None if name is None else self.node(name).id, learned, per_day)

    def next_to_learn(self, learned: Collection[str] = (), limit: int | None = None) -> "Frontier":
        """What can be learned now, the first of the course first: all that it requires is learned, as ids say."""
        from conceptmap.learning import next_in

        return next_in(self.view(), learned, limit)

    def scores(self, without: Collection[str] = ()) -> "Scores":
        """How strong each statement is that takes part in a debate, by id, had these nodes never been said.

        See `conceptmap.meaning`. Raises `UnknownNode`.
        """
        from conceptmap.meaning.scores import Scores, scores_of

        view = self.view()
        return Scores(scores_of(view, [self.node(one).id for one in without]), view)

    def score(self, name: str, without: Collection[str] = ()) -> "Score":
        """How strong a node is by each method, and what counts for and against it. Raises `UnknownNode`."""
        from conceptmap.meaning import score_of

        return score_of(self.view(), self.node(name).id, [self.node(one).id for one in without])

    def claims(self) -> "Claims":
        """The claims that something speaks for or against, those where methods disagree first."""
        from conceptmap.meaning.weighing import claims_of

        return claims_of(self.view())

    def weigh(self, name: str, without: Collection[str] = ()) -> "Weighing":
        """All that weighs for and against a node, had these never been said, and what it rests on.

        Raises `UnknownNode`, or `WrongArguments` for one taken away that speaks for and against nothing.
        """
        from conceptmap.meaning.weighing import weigh

        return weigh(self.view(), self.node(name).id, [self.node(one).id for one in without])

    def belief(self, name: str) -> list["BeliefStep"]:
        """The days that changed how strong a node is, in order, each with its score as of that day."""
        from conceptmap.meaning.belief import belief_of

        return belief_of(self.view(), self.node(name).id)

    def what_if(self, fallen: Collection[str]) -> "WhatIf":
        """The claims that fall or rise if these nodes fall. Raises what `weigh` raises."""
        from conceptmap.meaning.what_if import what_if

        return what_if(self.view(), [self.node(one).id for one in fallen])

    def note_roots(self) -> dict[PartKey, str]:
        """The folders that the notes of parts were loaded from, as far as that is known."""
        from conceptmap.folder import StandingNotes

        return StandingNotes(self.ledger, self.name).roots()

    def questions(self) -> list["ListedQuestion"]:
        """The questions that the map must answer, as the notes list them."""
        from conceptmap.competency import questions_of
        from conceptmap.tables import listed_questions

        return listed_questions(questions_of(self.view()))

    def check_questions(self, listed: "str | Path | Iterable[ListedQuestion] | None" = None) -> list["AskedQuestion"]:
        """Ask the questions that a file lists, or these (by default those of the notes), and compare the answers.

        Raises `InvalidQuestions` where the file cannot be read or lists none.
        """
        from conceptmap.competency import ListedQuestion, ask_all
        from conceptmap.disk import questions_at
        from conceptmap.tables import asked_questions

        if listed is None:
            listed = self.questions()
        elif isinstance(listed, str | Path):
            listed = [ListedQuestion(str(listed), one) for one in questions_at(Path(listed))]
        return asked_questions(ask_all(self.view(), listed))

    def export(self, form: str, base: str | None = None) -> str:
        """The map as text in one of `conceptmap.formats.FORMATS`; IRIs stand under `base`.

        Raises `ValueError` for a format that writes several files.
        """
        return "".join(self.export_pieces(form, base))

    def export_pieces(self, form: str, base: str | None = None) -> Iterator[str]:
        """The same piece by piece, made as they are asked for, so that no whole text is ever there."""
        from conceptmap.formats import FORMATS

        return iter(FORMATS[form].pieces(self.view(), base))

    def whole(self, data: bytes, form: str, *, rename: bool = False) -> "tuple[Document, ...]":
        """The documents of a whole map as it was exported in a form of RDF, as this map's; nothing is stored.

        Raises `InvalidDocument` where they cannot be read, or are of another map and are not to be renamed.
        """
        from conceptmap.formats import FORMATS
        from conceptmap.formats.format import Reading, SentFile

        reader = FORMATS[form].reader
        assert reader is not None, f"the format {form!r} is not read"
        found = reader.read([SentFile("body", data)], Reading(self.view(missing_ok=True), self.name, "body"))
        if found.former not in (None, self.name) and not rename:
            what = f"the documents are of map {found.former!r}"
            hint = f"send them to /maps/{found.former}, or say rename=true to make them this map's"
            raise InvalidDocument([Problem(file="body", line=None, column=None, what=what, hint=hint)])
        return found.documents

    def packed(self, form: str, base: str | None = None) -> bytes:
        """The map as a ZIP file, in one of the formats that write several files."""
        from conceptmap.formats import FORMATS

        return FORMATS[form].packed(self.view(), base)

    def losses(self, form: str) -> Iterator["Loss"]:
        """What of the map a format cannot keep, item by item."""
        from conceptmap.formats import FORMATS

        return FORMATS[form].losses(self.view())

    def typed_note(self, part: PartKey) -> str:
        """A part as a typed note, which loads back to the same nodes and edges. Raises `UnknownEntry`."""
        from conceptmap.formats.note_writer import typed_notes

        found = next((one for one in typed_notes(self.view()) if (one.day, one.part) == part), None)
        if found is None:
            raise UnknownEntry(f"map {self.name!r} has no part {part.part!r} of day {part.day}")
        return found.text

    def sparql(self, query: str, *, seconds: float = 10.0) -> "Solutions":
        """What a SPARQL query finds; the default graph is all days together, and each day is a graph.

        `course.ask(...).sparql(course.view())` writes such queries. Raises `InvalidQuery` with the place of a mistake,
        and `QueryStopped` where it takes longer than so many seconds.
        """
        from conceptmap.solutions import solve

        view = self.view()  # raises what reading a map raises
        at = self.entry if self.held is None else view.entry
        return solve(self.ledger, self.name, query, as_of=self.day, at=at, seconds=seconds)

    def frames(self) -> "dict[str, Columns]":
        """Tables of `nodes`, `edges` and `cites` by columns, as pandas, polars and pyarrow take them.

        `pandas.DataFrame(course.frames()["nodes"])`: see `conceptmap.copies.as_frames`.
        """
        from conceptmap.copies import as_frames

        return as_frames(self.view())

    def to_rdflib(self, base: str | None = None) -> "Graph":
        """A copy for rdflib: the RDF of `export("turtle")`, all days together."""
        from conceptmap.copies import as_rdflib

        return as_rdflib(self.view(), base)

    def to_networkx(self) -> "MultiDiGraph[str]":
        """A copy for networkx, which it can write as GraphML, GEXF or JSON: see `conceptmap.copies`."""
        from conceptmap.copies import as_networkx

        return as_networkx(self.view())

    def draw(
        self,
        *,
        focus: str | None = None,
        depth: int | None = None,
        kinds: Collection[str] = (),
        relations: Collection[str] = (),
        all: bool = False,
        connected: bool = False,
        group: "Grouping" = "day",
        timeline: bool = False,
    ) -> "DrawnMap":
        """The map as a drawing that shows itself in a notebook, with the choices that the command `draw` has.

        `course.draw(focus="entropy", depth=2).save("near.svg")`. By default it has what the notes' trees place, with
        `all` every node. Raises `UnknownNode`, or `WrongArguments` for kinds and relations that are not there.
        """
        from conceptmap.drawn import DrawnMap, selected

        selection = selected(
            self.vocabulary,
            focus=self.node(focus).id if focus is not None else None,
            depth=depth,
            kinds=kinds,
            relations=relations,
            whole=all,
            connected=connected,
            group=group,
        )
        return DrawnMap(self.view(), selection, "timeline" if timeline else "map")

    def excerpt(self, nodes: Collection[str]) -> View:
        """The nodes of these ids and the edges between them, as a map of their own to be drawn."""
        from conceptmap.excerpt import excerpt_of

        return excerpt_of(self.view(), nodes)

    def diff(self, before: "int | CourseMap", after: "int | CourseMap") -> "Comparison":
        """What differs between two days, or two points in time: `course.diff(course.at(812), course.at(815))`."""
        from conceptmap.compare import compare

        one, other = (self.as_of(point) if isinstance(point, int) else point for point in (before, after))
        return compare(one.view(), other.view())

    def compare(
        self, learner: "str | Path | CourseMap", *, form: str | None = None, means: Mapping[str, str] | None = None
    ) -> "Marks":
        """A learner's map held against this one, which is the course's: a file, a folder, or another map of a store.

        Nothing is stored. `form` is one of `conceptmap.formats.readers()`, by default notes, or told by the files.
        `means` says what words of the learner mean, names or relations of the course: `{"Sugar": "Glucose"}`. Raises
        `InvalidDocument` where the map cannot be read, and `WrongArguments` where there is no such form or meaning.
        """
        from conceptmap.learner_maps import ReadMap, learner_at, learner_in, marks_of

        if isinstance(learner, CourseMap):
            read = ReadMap(learner_in(learner.name, learner.view()))
        else:
            read = learner_at(Path(learner), self.vocabulary, form)
        return marks_of(read, self.view(), means or {})

    def compare_files(
        self, name: str, files: "Sequence[SentFile]", *, form: str | None = None, means: Mapping[str, str] | None = None
    ) -> "Marks":
        """The same of files that were sent, as the map of a learner of this name; of no more than a learner writes.

        Raises as `compare` does.
        """
        from conceptmap.learner_maps import MOST_SENT, learner_of_files, marks_of

        read = learner_of_files(name, files, self.vocabulary, form, MOST_SENT)
        return marks_of(read, self.view(), means or {})

    def compare_class(
        self, folder: str | Path, *, form: str | None = None, means: Mapping[str, str] | None = None
    ) -> "ClassMarks":
        """The maps of a class held against this one: each file or folder in a folder is that of one learner.

        Maps that cannot be read are told, and keep only themselves out. Raises as `compare` does where none can be.
        """
        from conceptmap.disk import learners_in
        from conceptmap.learner_maps import class_marks_of

        return class_marks_of(learners_in(Path(folder)), self.view(), form, means or {})

    def patch(self, files: "Sequence[NoteFile]", folder: str) -> "Patch":
        """What notes need to say all that was mended on the map or appended to it; a new note goes into the folder.

        Raises `InvalidDocument` where no note can be read.
        """
        from conceptmap.note_patches import patch_of

        return patch_of(self.name, self.view(), files, folder)

    def mended(self) -> list["Mended"]:
        """What people changed, ended and refused on the map, newest first: each stands until it is undone."""
        from conceptmap.mending import mended_in
        from conceptmap.tables import listed_mends

        return listed_mends(mended_in(self.view()))

    # The log.

    def lines(self, *, limit: int, before: int = NEWEST, day: int | None = None, part: str | None = None) -> list[Line]:
        """The entries of the log (of a day, of a part) before a number, newest first, without what they say.

        Also of a map that was ended as a whole. Raises `UnknownMap` where there never was one; it names no others.
        """
        from conceptmap.tables import listed_lines

        log = self.ledger.log
        if not log.last(self.name):
            raise UnknownMap(self.name, ())
        before = before if self.entry is None else min(before, self.entry + 1)
        return listed_lines(log.lines(self.name, before=before, day=day, part=part, as_of=self.day, limit=limit))

    def history(self, day: int | None = None) -> list["Step"]:
        """The entries of the log (for one day), newest first, each with what it changed."""
        from conceptmap.history import history_of
        from conceptmap.tables import listed_steps

        return listed_steps(history_of(self.ledger, self.name, day=day, as_of=self.day, at=self.entry))

    def node_history(self, name: str) -> "NodeHistory":
        """The entries that touched a node, newest first, also of one that is gone by now. Raises `UnknownNode`."""
        from conceptmap.history import history_of_node
        from ontology.names import node_id

        candidates: Sequence[str] = ()
        try:
            ids = [self.node(name).id]
        except UnknownNode as error:
            ids, candidates = [name, node_id(name)], error.candidates
        for one in ids:
            if found := history_of_node(self.ledger, self.name, one, as_of=self.day, at=self.entry):
                return found
        raise UnknownNode(name, candidates)

    # Writing. All or nothing; with `dry_run` nothing, and the report says what would change.

    def load(
        self,
        *paths: str | Path,
        day: int | None = None,
        strict: bool = True,
        prune: bool = False,
        dry_run: bool = False,
    ) -> LoadReport:
        """Read notes files and folders into the map. Raises `InvalidDocument` with every problem.

        Not `strict`, a file with problems keeps only itself from being stored. To `prune` ends the parts of a folder
        whose files are gone.
        """
        from conceptmap.disk import find_notes

        found = find_notes([Path(path) for path in paths], day)
        if found.unread:
            raise InvalidDocument(found.unread)
        return self.load_notes(found.files, strict=strict, folders=found.folders, prune=prune, dry_run=dry_run)

    def read_files(
        self, files: "Sequence[SentFile]", *, form: str | None = None, day: int | None = None, part: str | None = None
    ) -> "Given":
        """What files of another program say, as documents of this map; nothing is stored (see `put_all`).

        `form` is one of `conceptmap.formats.readers()`, by default told by the files. `day` is that of what has none
        (None: it is undated), `part` what it is called, by default by the file. Raises `InvalidDocument`.
        """
        from conceptmap.formats.reading import read_files

        found = read_files(files, self.view(missing_ok=True), self.name, form=form, day=day, part=part)
        if not found.documents:
            raise InvalidDocument([Problem(file=files[0].path, line=None, column=None, what="there is nothing in it")])
        return found

    @property
    def _newest(self) -> View:
        """The view of all days."""
        return self.held or self.ledger.view(self.name, self.entry)
