"""Adding to a map in two steps: look at what it would change, then save exactly that."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from api.web.form_input import Checking, Form, Mistakes, entered_edge, entered_node
from api.web.prompts import entered_reflection
from conceptmap.compare import Comparison
from conceptmap.draw import draw_difference
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile, read_declared
from conceptmap.shapes.changes import report_shape
from conceptmap.writes import DEFAULT_PART, Proposal, append, propose
from graphs.fold import Asserted, PartKey
from graphs.ledger import Ledger, WriteReport
from graphs.tokens import Grant, Scope
from graphs.view import View
from ontology.errors import InvalidDocument, Problem, RefusedWrite
from ontology.model import Document, Edge, EdgeKey, Node

State = Literal["empty", "wrong", "proposed", "changed", "saved"]
MOST_DRAWN = 20_000
"""Nodes of a map up to which what would change is compared and drawn."""
_NOT_ENTERED = ("seen", "step", "about", "looked")


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

    def __call__(self, ledger: Ledger, form: Form, *, name: str, grant: Grant, dry_run: bool) -> WriteReport:
        """Write it, or only say what would change."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of form: its template, what its writer must be allowed, and how it is written.

    Unless it is `exact`, the writer may still choose after looking.
    """

    template: str
    scope: Scope
    write: Write
    exact: bool = True


def added(kind: Kind, ledger: Ledger, *, form: Form, name: str, grant: Grant) -> Outcome:
    """Do what the form says: look at it first; save it where that was looked at, and would still do the same."""
    try:
        tried = kind.write(ledger, form, name=name, grant=grant, dry_run=True)
        seen = f"{_digest_of_form(form)}-{_digest(ledger, tried, exact=kind.exact)}"
        if form["step"] == "save" and form["seen"] == seen:
            done = kind.write(ledger, form, name=name, grant=grant, dry_run=False)
            return Outcome("saved", report=done)
    except Mistakes as error:
        return Outcome("wrong", errors=error.errors)
    except InvalidDocument as error:
        return Outcome("wrong", problems=error.problems)
    except RefusedWrite as error:
        return Outcome("wrong", errors={"": str(error)})
    is_same_form = form["seen"].startswith(_digest_of_form(form))
    state: State = "changed" if form["step"] == "save" and is_same_form else "proposed"
    large = ledger.view(name).size > MOST_DRAWN
    return Outcome(state, report=tried, proposal=None if large else propose(ledger, tried), seen=seen)


def picture_of(name: str, comparison: Comparison) -> str:
    """The picture of what would change, as an address that holds it."""
    title = f"{name}, with this change"
    svg = draw_difference(comparison.before, comparison.after, comparison.diff, title, whole=True)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _appending(entered: Callable[[Form, View, str, str], Document]) -> Write:
    def write(ledger: Ledger, form: Form, *, name: str, grant: Grant, dry_run: bool) -> WriteReport:
        view = ledger.view(name)
        return append(ledger, entered(form, view, name, grant.name), by=grant.name, dry_run=dry_run)

    return write


def _put_notes(ledger: Ledger, form: Form, *, name: str, grant: Grant, dry_run: bool) -> WriteReport:
    """Put notes in the place of the part of their name, at the revision that it has now."""
    text, part = form.raw("notes"), form["part"] or DEFAULT_PART
    if not text.strip():
        raise Mistakes({"notes": "write or choose a day's notes first"})
    data = text.encode()
    declared = read_declared(NoteFile(part, data, None, part)).day
    checking = Checking(form, ledger.view(name))
    day = declared if declared is not None and not form["on"] else checking.day("on")
    checking.raise_mistakes()
    course, key = CourseMap(ledger, name), PartKey(day, part)
    return course.put_notes(key, data, author=grant.name, revision=course.revision(*key), dry_run=dry_run)


def _digest(ledger: Ledger, report: WriteReport, *, exact: bool) -> str:
    """What a write would do, and what it meets: the revisions of its parts, and all that is said of what it touches."""
    revisions = [ledger.log.revision(report.map, one.day, one.part) for one in report.parts]
    said = {**report_shape(report), "dry_run": None} if exact else None
    view = ledger.view(report.map)
    touched = [one.subject for part in report.parts for one in part.items] if exact else []
    met = [[asserted.sequence for asserted in _said_of(view, one)] for one in touched]
    return _hash([said, revisions, met])


def _said_of(view: View, subject: str | EdgeKey) -> Sequence[Asserted[Node] | Asserted[Edge]]:
    return view.said_of_edge(subject) if isinstance(subject, EdgeKey) else view.said_of_node(subject)


def _digest_of_form(form: Form) -> str:
    """What was entered; which links of a reflection are ticked is chosen after looking."""
    return _hash(sorted((name, form.all(name)) for name in form.values if name not in _NOT_ENTERED))


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()[:16]


KINDS: Mapping[str, Kind] = {
    "node": Kind("add_node.html", "append", _appending(entered_node)),
    "edge": Kind("add_edge.html", "append", _appending(entered_edge)),
    "notes": Kind("add_notes.html", "admin", _put_notes),
    "reflection": Kind("write_form.html", "append", _appending(entered_reflection), exact=False),
}
