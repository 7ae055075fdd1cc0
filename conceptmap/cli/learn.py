"""The commands of a learner: plan, next, learn and unlearn."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import (
    AsJson,
    AsOf,
    At,
    MapName,
    Store,
    Yes,
    opened_atlas,
    tell_of_days,
    tell_of_undeclared,
)
from conceptmap.cli.terminal import Span, line, message, show_json, table
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.atlas import Atlas
    from conceptmap.learning import Frontier, Learned, NextNode, Plan, Step
    from conceptmap.map import CourseMap
    from conceptmap.values import Mark, View

Learner = Annotated[
    str | None,
    typer.Option("--learner", metavar="NAME", help="Whose marks; by default yours, by your name on this machine."),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NODE...",
        help="Ids, labels or aliases; quote a name of several words.",
        autocompletion=completing.nodes,
        show_default=False,
    ),
]
Target = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NODE...", help="An id, label or alias.", autocompletion=completing.nodes, show_default=False
    ),
]
MOST_MINUTES = 1440


def plan(
    context: typer.Context,
    node: Target = None,
    *,
    per_day: Annotated[
        float | None,
        typer.Option(
            "--per-day",
            metavar="MINUTES",
            min=1,
            max=MOST_MINUTES,
            help="Spread over days of so many minutes.",
            show_default=False,
        ),
    ] = None,
    learner: Learner = None,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Show what to learn before a node, in order.

    All that it requires and you have not learned yet, with the time and the goals that the notes give (`minutes:: 20`,
    `goal:: explain why dough rises`). Without a node, all that the map has to learn.
    """
    from conceptmap.shapes.learners import plan_shape

    with _opened(context, name, store, learner, as_of, at) as (atlas, course, who):
        found = course.plan(" ".join(node) if node else None, _learned(atlas, course, who).nodes, per_day)
        show_json(plan_shape(found)) if json else _show_plan(found, course.view())


def next_(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show at most so many.")] = 5,
    learner: Learner = None,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Show what you can learn now.

    What you have not learned, and all that it requires you have; first what the course has first.
    """
    from conceptmap.shapes.learners import frontier_shape

    with _opened(context, name, store, learner, as_of, at) as (atlas, course, who):
        found = course.next_to_learn(_learned(atlas, course, who).nodes, limit)
        show_json(frontier_shape(found)) if json else _show_next(found, course.view())


def learn(
    context: typer.Context,
    node: Names = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="List what you have learned (to keep it: --json).")] = False,
    learner: Learner = None,
    name: MapName = None,
    store: Store = None,
    json: AsJson = False,
) -> None:
    """Mark nodes as learned, for `plan` and `next`.

    The marks are yours alone, in a file of their own (`learner.db` beside the maps); the course does not change.
    """
    from conceptmap.shapes.learners import learned_shape

    if bool(node) == listed:
        raise typer.BadParameter("name what you have learned, or list it with --list", param_hint="'NODE...'")
    with _opened(context, name, store, learner) as (atlas, course, who):
        before = _learned(atlas, course, who)
        if node:
            chosen = list(dict.fromkeys(course.node(one).id for one in _checked(course, node)))
            atlas.learners.mark(course.name, who, [one for one in chosen if one not in before.nodes], _user(who))
        found, view = _learned(atlas, course, who), course.view()
        if json:
            show_json(learned_shape(view, course.name, who, found))
        elif node:
            _tell_learned(course, chosen, before, found)
        else:
            _show_learned(view, found)


def unlearn(
    context: typer.Context,
    node: Names = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All that you have learned of this map; it asks first.")] = False,
    yes: Yes = False,
    learner: Learner = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Take marks of `learn` away."""
    if bool(node) == every:
        raise typer.BadParameter("name what you have not learned, or say --all", param_hint="'NODE...'")
    with _opened(context, name, store, learner) as (atlas, course, who):
        marks, view = atlas.learners.marks(course.name, who), course.view()
        if every:
            if marks and not yes:
                asked = f"Forget {counted(len(marks), 'mark')} of {who} on the map {course.name}?"
                typer.confirm(asked, abort=True, err=True)
            atlas.learners.forget(course.name, who)
            message(f"forgotten: {counted(len(marks), 'mark')}")
            return
        chosen = {one: course.marked_as(one, marks) for one in _checked(course, node or (), marks)}
        atlas.learners.unmark(course.name, who, {mark for kept in chosen.values() for mark in kept})
        for one, kept in chosen.items():
            label = view.node(view.named(one)[0]).label if view.named(one) else one
            line("no longer marked: " if kept else "was not marked: ", (label, "bold"))


@contextmanager
def _opened(
    context: typer.Context,
    name: str | None,
    store: str | None,
    learner: str | None,
    as_of: int | None = None,
    at: str | None = None,
) -> "Iterator[tuple[Atlas, CourseMap, str]]":
    """The atlas, the chosen map as of a day, and who learns."""
    from conceptmap.values import checked_learner

    with opened_atlas(context, store) as atlas:
        course = atlas.chosen(name or context.obj.map).at(at)
        tell_of_undeclared(course)
        tell_of_days(course, as_of)
        yield atlas, course.as_of(as_of), checked_learner(_user() if learner is None else learner)


def _user(otherwise: str = "") -> str:
    """The name of the user of this machine, else another one."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may know no names
        if otherwise:
            return otherwise
        raise typer.BadParameter("this machine does not tell your name; say it", param_hint="'--learner'") from None


def _learned(atlas: "Atlas", course: "CourseMap", learner: str) -> "Learned":
    return course.learned(atlas.learners.marks(course.name, learner))


def _checked(course: "CourseMap", names: Sequence[str], marks: "Iterable[Mark]" = ()) -> list[str]:
    """The names, each once, if each is one of a node (or of a mark); words that only together are one are told."""
    from ontology.errors import UnknownNode

    for one in names:
        try:
            course.marked_as(one, marks)
        except UnknownNode as error:
            if len(names) > 1 and course.view().named(whole := " ".join(names)):
                raise typer.BadParameter(f"a name of several words stands in quotes: '{whole}'") from error
            raise
    return list(dict.fromkeys(names))


def _tell_learned(course: "CourseMap", chosen: Sequence[str], before: "Learned", found: "Learned") -> None:
    """What was marked, what of it requires what is not, and what can be learned now that could not before."""
    view = course.view()
    for one in chosen:
        word = "already learned" if one in before.nodes else "learned"
        line((f"{word}: ", "green"), (view.node(one).label, "bold"))
        needed = course.plan(one, [other for other in found.nodes if other != one]).steps[:-1]
        if needed:
            names = "; ".join(step.node.label for step in needed)
            message(f"it requires what is not marked as learned: {names}")
    could = {one.step.node.id for one in course.next_to_learn(before.nodes).nodes}
    opened = [one.step.node.label for one in course.next_to_learn(found.nodes).nodes if one.step.node.id not in could]
    if opened:
        message(f"you can learn now: {'; '.join(opened)}")


def _show_learned(view: "View", found: "Learned") -> None:
    if not (found.nodes or found.gone):
        message("nothing is marked as learned; mark it with: conceptmap learn NODE")
    table(
        [
            ((view.node(one).label, "bold"), (view.node(one).kind, "cyan"), (mark.time[:10], "dim"))
            for one, mark in found.nodes.items()
        ]
    )
    for mark in found.gone:
        message(f"{mark.node!r} is no longer in the map; its mark of {mark.time[:10]} is kept until you `unlearn` it")


def _show_plan(found: "Plan", view: "View") -> None:
    if found.is_learned:
        named = (found.target.label, "bold") if found.target else "all of the map"
        line(named, " is learned already")
        return
    line(*_heading(found))
    if found.days:
        for number, day in enumerate(found.days, 1):
            line((f"study day {number}", "bold"), f"  {_time(day.minutes, day.steps)}")
            _show_steps(day.steps, view, "  ")
    else:
        _show_steps(found.steps, view, "")
    line(_time(found.minutes, found.steps))
    if found.days and found.untimed:
        names = "; ".join(step.node.label for step in found.untimed)
        message(f"counted as no time, since the notes give none (write: minutes:: 20): {names}")
    for step in found.too_long:
        takes, most = _minutes(step.minutes or 0), _minutes(found.per_day or 0)
        message(f"{step.node.label!r} takes {takes}, longer than a day of {most}")
    _tell_unread(found.steps)
    if found.learned:
        message(f"learned already: {'; '.join(node.label for node in found.learned)}")
    for circle in found.circles:
        names = "; ".join(one.label for one in circle)
        message(f"warning: these require each other, so none of them can be first: {names}", "yellow")


def _heading(found: "Plan") -> Iterator[Span]:
    if found.target is None:
        yield f"{counted(len(found.steps), 'node')} to learn"
        return
    yield (found.target.label, "bold")
    first = len(found.steps) - 1
    yield f", and {counted(first, 'node')} before it" if first else ": nothing is to be learned before it"


def _show_steps(steps: "Sequence[Step]", view: "View", indent: str) -> None:
    from conceptmap.values import cite

    for step in steps:
        label, kind, time = _titled(step, view)
        time = f"  {time}" if time else ""
        line(indent, label, "  ", kind, time, (f"  {cite(step.node.sayings[0]).place}", "dim"))
        for goal in step.goals:
            line(indent, "    goal: ", goal)


def _titled(step: "Step", view: "View") -> tuple[Span, ...]:
    """A node, its kind with its day, and its time."""
    when = "" if step.introduced is None else f", {view.day_in_words(step.introduced)}"
    time = "" if step.minutes is None else _minutes(step.minutes)
    return (step.node.label, "bold"), (f"{step.node.kind}{when}", "cyan"), time


def _time(minutes: float, steps: "Sequence[Step]") -> str:
    """How long steps take together, and how many of them say nothing of it."""
    untimed = sum(step.minutes is None for step in steps)
    if untimed == len(steps):
        return "no time given"
    return _minutes(minutes) + (f", {untimed} of {len(steps)} without a time" if untimed else "")


def _minutes(minutes: float) -> str:
    return f"{minutes:g} min"


def _tell_unread(steps: "Iterable[Step]") -> None:
    for step in steps:
        if step.unread is not None:
            what = f"{step.node.label!r} has minutes {step.unread!r}, which is no number of minutes"
            message(f"{what}; write: minutes:: 20", "yellow")


def _show_next(found: "Frontier", view: "View") -> None:
    from conceptmap.values import cite

    def row(one: "NextNode") -> tuple[Span, ...]:
        label, kind, time = _titled(one.step, view)
        at_once = f", {len(one.at_once)} at once" if len(one.unlocks) > 1 and one.at_once else ""
        unlocks = f"unlocks {len(one.unlocks)}{at_once}" if one.unlocks else ""
        return label, kind, time, unlocks, (cite(one.step.node.sayings[0]).place, "dim")

    table([row(one) for one in found.nodes])
    _tell_unread(one.step for one in found.nodes)
    if not found.open and not found.waiting:
        message("all of the map is learned")
    elif not found.open:
        message(f"nothing can be first: {counted(found.waiting, 'node')} require each other; `plan NODE` names them")
    else:
        more = found.open - len(found.nodes)
        said = [f"{more} more can be learned now (--limit {found.open})"] if more else []
        waits = "waits" if found.waiting == 1 else "wait"
        said += [f"{counted(found.waiting, 'other')} {waits} for what is not learned"] if found.waiting else []
        if said:
            message("; ".join(said))
