"""The command that weighs claims: how strong they are, what weighs for and against them, what if something falls."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import AsJson, AsOf, At, MapName, Store, opened_course
from conceptmap.cli.show import cite_lines
from conceptmap.cli.terminal import Span, line, message, rows_that_fit, show_json
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.map import CourseMap
    from conceptmap.meaning.belief import BeliefStep
    from conceptmap.meaning.scores import Score
    from conceptmap.meaning.shares import Share
    from conceptmap.meaning.weighing import ClaimRow, Voice
    from conceptmap.meaning.what_if import Flip
    from conceptmap.values import Citation, FoldedEdge, View

LABELS = {"in": "green", "out": "red", "undecided": "yellow"}


def score(
    context: typer.Context,
    node: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NODE]...", help="An id, label or alias; else all claims.", autocompletion=completing.nodes
        ),
    ] = None,
    *,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="NODE",
            help="As if this had never been said; may be repeated. Alone: which claims fall or rise then.",
            autocompletion=completing.node,
        ),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="How strong it was from day to day.")] = False,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Show how strong claims are, and what they rest on.

    What speaks for a claim and against it, with the lines that say so, and whose fall would topple it. Then how strong
    that leaves it by several methods. Without NODE all claims, those where methods disagree first.
    """
    words, gone = " ".join(node or ()), without or []
    if history and (not words or gone):
        raise typer.BadParameter("--history is of one NODE as it was: name it, and leave --without out")
    with opened_course(context, name, store, as_of, at) as course:
        if history:
            _history(course, words, json=json)
        elif words:
            _one(course, words, gone, json=json)
        elif gone:
            _what_if(course, gone, json=json)
        else:
            _all(course, json=json)


def _all(course: "CourseMap", *, json: bool) -> None:
    """The table of claims."""
    from conceptmap.shapes.scores import claim_shape

    claims = course.claims()
    rows = claims.rows(claims.scores)
    if json:
        return show_json([claim_shape(one) for one in (*rows, *claims.rows(claims.bare))])
    if rows:
        rows_that_fit(list(map(_row, rows)))
    if bare := len(claims.bare):
        message(f"{counted(bare, 'claim')} more with nothing for or against {'it' if bare == 1 else 'them'}")
    elif not rows:
        message("the map has no claims")


def _row(row: "ClaimRow") -> tuple[Span, ...]:
    found = row.score
    fall = row.fall
    falls = ""
    if fall is not None and any(found.side(method) == 1 for method in found.strengths):
        falls = f"falls with {'' if fall.exact else 'at most '}{fall.size}"
        falls += f" of {fall.alone}" if fall.alone > 1 else ""
    asked = f", {len(found.asked)} asked" if found.asked else ""
    return (
        row.standing,
        (row.node.label, "bold"),
        f"{len(found.supports)} for, {len(found.opposes)} against{asked}",
        *(f"{title} {number(found.strengths[method])}" for method, title in _titles().items()),
        (f"grounded {found.label}", LABELS[found.label]),
        base_of(found),
        falls,
        ("methods disagree", "yellow") if found.disagree else "",
    )


def _titles() -> Mapping[str, str]:
    from conceptmap.meaning.methods import METHODS

    return {one.name: one.title for one in METHODS.values()}


def number(strength: float | None) -> str:
    """A strength to two digits, or that there is none."""
    return "undecided" if strength is None else f"{strength:.2f}"


def base_of(score: "Score") -> str:
    """What a node is worth by itself, and whether that is only assumed."""
    return f"base {score.base:g}{' (assumed)' if score.assumed else ''}"


def strengths_of(score: "Score") -> str:
    """How strong a node is by each method, and its label."""
    numbers = [f"{number(score.strengths[method])} by {title}" for method, title in _titles().items()]
    return ", ".join([*numbers, f"{score.label} by grounded labels"])


def _one(course: "CourseMap", words: str, gone: Sequence[str], *, json: bool) -> None:
    """A node weighed, from words to decimals."""
    from conceptmap.shapes.scores import weighing_shape

    view, found = course.view(), course.weigh(words, gone)
    if json:
        return show_json(weighing_shape(view, found))
    when = "" if found.day is None else f", {view.day_in_words(found.day)}"
    line((found.node.label, "bold"), (f"  {found.node.kind}{when}", "cyan"), (f"  {found.node.id}", "dim"))
    if found.without:
        line("without ", "; ".join(one.label for one in found.without))
    first, *others = found.words
    said = () if found.fallen or found.standing == "not discussed" else ((found.standing, "bold"), ": ")
    line(*said, first)
    for sentence in others:
        line(sentence)
    groups = {
        "for": found.supports,
        "against": found.opposes,
        "premises, which count only together": found.premises,
        "asked, not counted": found.asked,
        "not counted, as it is heard already": found.heard,
    }
    for title, voices in groups.items():
        _show_voices(title, voices)
    line()
    line(strengths_of(found.score), f"; {base_of(found.score)}")
    if found.before is not None:
        line("with all: ", strengths_of(found.before))


def _show_voices(title: str, voices: "Sequence[Voice]") -> None:
    if voices:
        line()
        line((title, "green"))
    for voice in voices:
        note = f"  ({voice.edge.note})" if voice.edge.note else ""
        line("  ", (voice.node.label, "bold"), (f"  {voice.node.kind}", "cyan"), note)
        cite_lines(voice.cites, "    ")
        if voice.share:
            line("    ", share_of(voice.share))
        line("    ", (f"itself {_itself(voice.score)}", "dim"))


def share_of(share: "Share") -> str:
    """What an edge adds by each method: `share +0.10 by DF-QuAD, +0.09 by quadratic energy`."""
    added = [f"{share.shares[name]:+.2f} by {title}" for name, title in _titles().items() if name in share.shares]
    error = max(share.errors.values(), default=0.0)
    return f"share {', '.join(added)}" + (f" (± {error:.3f})" if error else "") if added else "no share: undecided"


def _itself(score: "Score") -> str:
    """How strong a voice is itself; in short where nothing speaks for or against it."""
    if not (score.supports or score.opposes or score.premises):
        return base_of(score)
    return f"{strengths_of(score)}; {base_of(score)}"


def _history(course: "CourseMap", words: str, *, json: bool) -> None:
    """How strong a node was from day to day."""
    from conceptmap.shapes.scores import belief_shape

    view, node, steps = course.view(), course.node(words), course.belief(words)
    if json:
        return show_json(belief_shape(node, steps))
    line((node.label, "bold"), (f"  {node.kind}", "cyan"), (f"  {node.id}", "dim"))
    for step in steps:
        _show_step(view, node.id, step)


def _show_step(view: "View", node: str, step: "BeliefStep") -> None:
    from conceptmap.card import reading

    line()
    line((view.day_in_words(step.day), "bold"), f"  {strengths_of(step.score)}; {base_of(step.score)}")
    for sign, style, edges in (("+", "green", step.came), ("−", "red", step.went)):
        for edge in edges:
            line(
                f"  {sign} ",
                (reading(view, edge, node), style),
                f"  {view.node(edge.other(node)).label}",
                _asked(step, edge),
            )
            cite_lines(_cites(edge, step.day), "      ")
            if share := step.shares.get(edge.key):
                line("      ", share_of(share))
    if not (step.came or step.went) and step.before is not None:
        line("  nothing new at it: what speaks for or against it changed")


def _asked(step: "BeliefStep", edge: "FoldedEdge") -> str:
    return "  (asked, not counted)" if edge in step.score.asked else ""


def _cites(edge: "FoldedEdge", day: int) -> "list[Citation]":
    """Where an edge is said on a day."""
    from conceptmap.values import cite

    return [found for found in map(cite, edge.assertions) if found.day == day]


def _what_if(course: "CourseMap", gone: Sequence[str], *, json: bool) -> None:
    """The claims that fall or rise."""
    from conceptmap.shapes.scores import what_if_shape

    view, found = course.view(), course.what_if(gone)
    if json:
        return show_json(what_if_shape(view, found))
    line("without ", ("; ".join(view.node(one).label for one in found.fallen), "bold"))
    for one in found.broken:
        line(("breaks ", "red"), (view.node(one).label, "bold"), "  an argument that needs it")
    for flip in found.flips:
        _show_flip(view, flip)
    moved = [
        f"{len(nodes)} {word}" for nodes, word in ((found.weaker, "weaker"), (found.stronger, "stronger")) if nodes
    ]
    others = ", ".join(moved)
    if not found.flips:
        line("no claim falls or rises" + (f"; {others}" if others else ""))
    elif others:
        line(f"others that only move: {others}")


def _show_flip(view: "View", flip: "Flip") -> None:
    sign, style = ("rises", "green") if flip.rises else ("falls", "red")
    was, becomes = flip.standings or ("", "")
    stands = f"  {was} → {becomes}" if becomes not in (was, "not discussed") else ""
    line((f"{sign}  ", style), (view.node(flip.node).label, "bold"), stands)
    if flip.loses_all:
        line("    nothing that it rests on is left")
    moves = [
        f"{title} {number(flip.before.strengths[method])} → {number(flip.after.strengths[method])}"
        for method, title in _titles().items()
    ]
    if flip.before.label != flip.after.label:
        moves.append(f"{flip.before.label} → {flip.after.label}")
    line("    ", ", ".join(moves))
