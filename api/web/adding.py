"""Adding to a map in two steps: look at what it would change, then save exactly that."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from api.web.form_input import Additions, Checking, Form, Mistakes, entered_edge, entered_node
from api.web.mend_forms import entered_change, entered_edge_change, entered_edge_end, entered_end
from api.web.prompts import entered_reflection
from conceptmap.compare import Comparison, Proposal
from conceptmap.draw import draw_difference
from conceptmap.map import CourseMap
from conceptmap.mending import Mend
from conceptmap.notes import NoteFile, read_declared
from conceptmap.shapes.changes import report_shape
from conceptmap.values import Grant, PartKey, Scope, View, WriteReport
from ontology.errors import InvalidDocument, Problem, RefusedWrite, UnknownNode
from ontology.names import DEFAULT_PART

State = Literal["empty", "wrong", "proposed", "changed", "saved"]
MOST_DRAWN = 20_000
"""Nodes of a map up to which what would change is compared and drawn: beyond, folding it twice takes seconds."""
_NOT_ENTERED = ("seen", "step", "about", "looked", "was", "token")
"""Fields that are no part of what was entered: the buttons, who sends it, what it was before, and the links of a
reflection, chosen after looking."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form. `changed`: the map changed since it was looked at, and nothing was saved."""

    state: State
    errors: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    report: WriteReport | None = None
    proposal: Proposal | None = None
    seen: str = ""

    @property
    def status(self) -> int:
        """The status of the answer."""
        return {"empty": 200, "proposed": 200, "saved": 201, "changed": 412, "wrong": 400}[self.state]


EMPTY = Outcome("empty")


class Write(Protocol):
    """A way to write what a form says."""

    def __call__(self, course: CourseMap, *, dry_run: bool) -> WriteReport:
        """Write it, or only say what would change. Raises `Mistakes`, `InvalidDocument` or `RefusedWrite`."""


@dataclass(frozen=True, slots=True)
class FormKind:
    """A kind of form: its template, what its writer must be allowed, and how it is read for a map, to be written.

    Unless it is `exact`, the writer may still choose after looking.
    """

    template: str
    scope: Scope
    read: Callable[[CourseMap, Form, Grant], Write]
    exact: bool = True

    def ready(self, course: CourseMap, form: Form, grant: Grant) -> Write:
        """What a form says, read before it is its turn to be written; if it cannot be read, a write that says why."""
        try:
            return self.read(course, form, grant)
        except (Mistakes, InvalidDocument) as error:
            return _refusing(error)


def _refusing(error: Exception) -> Write:
    def write(course: CourseMap, *, dry_run: bool) -> WriteReport:
        raise error

    return write


def outcome_of(kind: FormKind, write: Write, course: CourseMap, form: Form) -> Outcome:
    """Do what the form says: look at it first; save it where that was looked at, and would still do the same."""
    try:
        tried = write(course, dry_run=True)
        seen = f"{_digest_of_form(form)}-{_digest(course, tried, exact=kind.exact)}"
        if form["step"] == "save" and form["seen"] == seen and tried.parts:
            return Outcome("saved", report=write(course, dry_run=False))
    except Mistakes as error:
        return Outcome("wrong", errors=error.errors)
    except InvalidDocument as error:
        return Outcome("wrong", problems=error.problems)
    except (RefusedWrite, UnknownNode) as error:
        return Outcome("wrong", errors={"": str(error)})
    if not tried.parts:
        return Outcome("wrong", errors={"": "the map says so already, there is nothing to save"})
    is_same_form = form["seen"].startswith(_digest_of_form(form))
    state: State = "changed" if form["step"] == "save" and is_same_form else "proposed"
    proposal = course.propose(tried) if course.size <= MOST_DRAWN else None
    return Outcome(state, report=tried, proposal=proposal, seen=seen)


def picture_of(name: str, comparison: Comparison) -> str:
    """The picture of what would change, as an address that holds it."""
    title = f"{name}, with this change"
    svg = draw_difference(comparison.before, comparison.after, comparison.diff, title)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _appending(entered: Callable[[Form, View, str], Additions]) -> Callable[[CourseMap, Form, Grant], Write]:
    def read(_: CourseMap, form: Form, grant: Grant) -> Write:
        def write(course: CourseMap, *, dry_run: bool) -> WriteReport:
            day, nodes, edges = entered(form, course.view(missing_ok=True), grant.name)
            return course.append(day, nodes, edges, by=grant.name, dry_run=dry_run)

        return write

    return read


def _mending(entered: Callable[[Form, View], Mend]) -> Callable[[CourseMap, Form, Grant], Write]:
    def read(_: CourseMap, form: Form, grant: Grant) -> Write:
        def write(course: CourseMap, *, dry_run: bool) -> WriteReport:
            return course.mend(entered(form, course.view()), by=grant.name, dry_run=dry_run)

        return write

    return read


def _read_notes(course: CourseMap, form: Form, grant: Grant) -> Write:
    """Notes to be put in the place of the part of their name, at the revision that it has then."""
    text, part = form.raw("notes"), form["part"] or DEFAULT_PART
    if not text.strip():
        raise Mistakes({"notes": "write or choose a day's notes first"})
    data = text.encode()
    declared = read_declared(NoteFile(part, data, None, part)).day
    checking = Checking(form, course.view(missing_ok=True))
    day = declared if declared is not None and not form["on"] else checking.day("on")
    checking.raise_mistakes()
    key = PartKey(day, part)
    notes = course.read_notes(key, data, author=grant.name)

    def write(course: CourseMap, *, dry_run: bool) -> WriteReport:
        return notes.put(revision=course.revision(*key), dry_run=dry_run)

    return write


def _digest(course: CourseMap, report: WriteReport, *, exact: bool) -> str:
    """What a write would do, and what it meets: the revisions of its parts, and all that is said of what it touches."""
    revisions, *said_of = course.met_by(report)
    would = {**report_shape(report), "dry_run": None}
    return _hash([would, revisions, said_of] if exact else revisions)


def _digest_of_form(form: Form) -> str:
    return _hash(sorted((name, form.all(name)) for name in form.values if name not in _NOT_ENTERED))


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()[:16]


FORM_KINDS: Mapping[str, FormKind] = {
    "node": FormKind("add_node.html", "append", _appending(entered_node)),
    "edge": FormKind("add_edge.html", "append", _appending(entered_edge)),
    "notes": FormKind("add_notes.html", "admin", _read_notes),
    "reflection": FormKind("write_form.html", "append", _appending(entered_reflection), exact=False),
    "change": FormKind("mend_node.html", "append", _mending(entered_change)),
    "end": FormKind("end_node.html", "append", _mending(entered_end)),
    "change-edge": FormKind("mend_edge.html", "append", _mending(entered_edge_change)),
    "end-edge": FormKind("end_edge.html", "append", _mending(entered_edge_end)),
}
"""The forms by the name that stands in their address."""
