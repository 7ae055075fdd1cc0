"""What goes to the process that tries shapes, and what comes back: plain values."""

from msgspec import Struct

SH = "http://www.w3.org/ns/shacl#"


class Path(Struct, frozen=True):
    """A property path: an IRI, or `how` others are joined to one.

    That is `sequence` or `alternative`, or with one part `inverse`, `many` (any number of times), `some` (once or more)
    or `maybe`.
    """

    iri: str = ""
    how: str = ""
    parts: tuple["Path", ...] = ()


class Job(Struct, frozen=True, kw_only=True):
    """Data and shapes in Turtle, and how long and with how much memory they may be worked on."""

    data: tuple[str, ...]
    shapes: str
    seconds: float
    memory: int


class Result(Struct, frozen=True, kw_only=True):
    """One thing that does not fit a shape.

    `focus` and `value` are IRIs or texts, blank nodes are empty. `shape` is the IRI of the nearest shape that has a
    name, `component` the constraint's (`MinCountConstraintComponent`), `asked` what the shape says in terms of SHACL
    (`{"minCount": ["1"]}`). `message` is the shape's own, empty where it gives none; `default` is the validator's.
    """

    focus: str
    path: Path | None = None
    value: str | None = None
    is_leading: bool = False
    severity: str
    shape: str = ""
    component: str
    asked: dict[str, list[str]] = {}
    message: str = ""
    default: str = ""


class Outcome(Struct, frozen=True, kw_only=True):
    """All that was found, each result once; the shapes that concern nothing; or why nothing can be found (`error`)."""

    results: tuple[Result, ...] = ()
    idle: tuple[str, ...] = ()
    error: str = ""
    term: str = ""
    """The IRI of which the error speaks, as far as it is known."""
