"""What lists of results show of each in a table, and what a map shows of itself, in notebooks and at prompts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from conceptmap.notebook import Listed, Row, filled, heading, html, image, places, table, to_the_second
from conceptmap.plain_words import counted
from graphs.sizes import extent_of
from ontology.errors import DrawingFailed

if TYPE_CHECKING:
    from conceptmap.card import Neighbour
    from conceptmap.coach import Check
    from conceptmap.competency import AskedQuestion, ListedQuestion
    from conceptmap.drawn import DrawnMap
    from conceptmap.mending import Mended
    from graphs.entries import Line
    from graphs.history import Step
    from graphs.search import Hit
    from graphs.view import View


def listed_checks(found: "Iterable[Check]") -> "Listed[Check]":
    """What to look at again."""

    def row(one: "Check") -> Row:
        advice = str(one.advice) if one.advice else ""
        return {"rule": one.rule, "what": one.what, "where": places(one.cites), "to do": advice}

    return Listed(found, row, "finding")


def listed_hits(found: "Iterable[Hit]") -> "Listed[Hit]":
    """What a search found."""

    def row(one: "Hit") -> Row:
        node = one.node
        return {"node": node.label, "kind": node.kind, "found in": one.where, "where": places(one.cites)}

    return Listed(found, row, "node")


def listed_neighbours(found: "Iterable[Neighbour]") -> "Listed[Neighbour]":
    """The edges near a node, each as it reads from the node that it leads from."""

    def row(one: "Neighbour") -> Row:
        link = one.link
        said = {"steps": one.steps, "from": one.via, "relation": link.label, "to": link.other.label}
        return {**said, "in": link.edge.dimension, "kind": link.other.kind, "where": places(link.cites)}

    return Listed(found, row, "edge")


def listed_questions(found: "Iterable[ListedQuestion]") -> "Listed[ListedQuestion]":
    """Questions that the map must answer."""

    def row(one: "ListedQuestion") -> Row:
        wanted = "; ".join(one.question.answers or ())
        return {"question": one.question.ask, "answers": wanted, "where": _at(one.file, one.question.line)}

    return Listed(found, row, "question")


def asked_questions(found: "Iterable[AskedQuestion]") -> "Listed[AskedQuestion]":
    """The same, and how they were answered."""

    def row(one: "AskedQuestion") -> Row:
        place = _at(one.file, one.question.line)
        return {"question": one.question.ask, "outcome": one.outcome, "why": one.why, "where": place}

    return Listed(found, row, "question")


def listed_mends(found: "Iterable[Mended]") -> "Listed[Mended]":
    """What was mended on the map."""

    def row(one: "Mended") -> Row:
        return {"entry": one.entry, "time": to_the_second(one.time), "by": one.by, "how": one.how, "what": one.label}

    return Listed(found, row, "mend")


def listed_lines(found: "Iterable[Line]") -> "Listed[Line]":
    """Entries of the log."""
    return Listed(found, _line, "entry", "entries")


def listed_steps(found: "Iterable[Step]") -> "Listed[Step]":
    """Entries of the log, and what each did to its part."""
    return Listed(found, lambda one: {**_line(one.line), "part is": one.status}, "entry", "entries")


def _line(one: "Line") -> Row:
    added, changed, removed = (count or None for count in one.counts)
    said = {"entry": one.sequence, "time": to_the_second(one.time), "day": one.day, "part": one.part, "by": one.author}
    return {**said, "added": added, "changed": changed, "removed": removed, "undoes": one.target}


def _at(file: str, line: int | None) -> str:
    return f"{file}:{line}" if line else file


def html_of_map(name: str, view: "View", drawing: "DrawnMap | None") -> str:
    """A map: how much is in it, its days, and its picture."""
    if drawing is None:
        return html(heading(name), "nothing is in this map yet")
    extent = extent_of(view)
    sizes = (
        (extent.nodes, "node"),
        (extent.edges, "edge"),
        (len(extent.days), "day"),
        (extent.undated, "undated note"),
    )
    counts = ", ".join(counted(size, noun) for size, noun in sizes if size)
    notes = [
        ("" if one.undated else view.day_label(day), one.title or one.part)
        for day in view.days_in_order()
        for one in view.documents(day)
    ]
    try:
        picture: list[str] = [image(drawing.svg, drawing.title)]
    except DrawingFailed as error:
        picture = [f"It cannot be drawn: {error}"]
    return html(heading(name, counts), table(*filled(["day", "note"], notes), len(notes)), *picture)
