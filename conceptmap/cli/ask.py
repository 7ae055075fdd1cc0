"""The commands that ask: one question, a conversation, or, in the demo, one of the sample course."""

import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.completing import completed
from conceptmap.cli.options import AsJson, AsOf, At, MapName, Store, opened_course
from conceptmap.cli.show import FOUND_NOTHING, by_rule
from conceptmap.cli.terminal import deliver, line, message, show_json
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptmap.ask import Answer, Offer, Shown
    from conceptmap.map import CourseMap

ANSWERED = "answered"
PROMPT = "ask> "
LEAVE = frozenset({"exit", "quit"})

DEMO_MAP = "robot-intelligence"
DEMO_DAY = 26
DEMO_QUESTION = "what supports the bitter lesson?"


def ask(
    context: typer.Context,
    question: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUESTION...",
            help="In plain words; without one, you are asked for them.",
            autocompletion=completed,
        ),
    ] = None,
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Say how the question was understood.")] = False,
    all: Annotated[bool, typer.Option("--all", help="Show all answers, not only the first eight.")] = False,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Ask the map a question in plain words.

    Every answer names the lines of the notes that say so. If the notes do not say it, the answer is that they do not.
    """
    with opened_course(context, name, store, as_of, at) as course:
        course.view()
        asked = [" ".join(question)] if question else _typed_questions()
        statuses = list(_statuses(course, asked, explain=explain, everything=all, json=json))
    if any(status != ANSWERED for status in statuses) and (question or not sys.stdin.isatty()):
        raise typer.Exit(FOUND_NOTHING)


def demo() -> None:
    """Show what conceptmap does, on a sample course.

    Loads the course into a temporary store, draws its map as of Day 26, and asks it a question.
    """
    import tempfile

    from conceptmap.atlas import open_atlas, store_url
    from conceptmap.draw import draw

    folder = Path(tempfile.mkdtemp(prefix="conceptmap-demo-"))
    picture = folder / f"day-{DEMO_DAY}.svg"
    store = folder / "maps.db"
    with open_atlas(store) as atlas, as_file(files("conceptmap") / "course") as notes:
        atlas[DEMO_MAP].load(notes)
        course = atlas[DEMO_MAP].as_of(DEMO_DAY)
        line((f"The sample course {DEMO_MAP!r} as of day {DEMO_DAY}:", "bold"))
        line()
        deliver(draw(course.view()), None)
        line()
        line((f"> {DEMO_QUESTION}", "bold"))
        show_answer(course.ask(DEMO_QUESTION))
        svg = draw(course.view(), "svg")
    deliver(svg, picture)
    line()
    line("The picture: ", str(picture))
    message(f"Try more: conceptmap --store {store_url(store)} ask 'what follows from more compute?'")


def _typed_questions() -> "Iterator[str]":
    """Questions from the keyboard (with history) or, line by line, from a pipe; until `exit` or the end."""
    terminal = sys.stdin.isatty()
    if terminal:
        import readline  # noqa: F401  (gives `input` its history and line editing)
    while True:
        try:
            typed = input(PROMPT if terminal else "").strip()
        except EOFError:
            break
        if typed.casefold() in LEAVE:
            return
        if typed:
            yield typed
    if terminal:
        line()


def _statuses(
    course: "CourseMap", asked: "Iterable[str]", *, explain: bool, everything: bool, json: bool
) -> "Iterator[str]":
    """How the reply to each question, which is shown, ends; a number asks what the reply before offered by it."""
    offers: tuple[Offer, ...] = ()
    for typed in asked:
        numbered = typed.isdecimal() and 0 < int(typed) <= len(offers)
        question = offers[int(typed) - 1].question if numbered else typed
        if numbered and not json:
            line((question, "dim"))
        answer = _answer(course, question, explain=explain, everything=everything, json=json)
        offers = answer.offers
        yield answer.status


def _answer(course: "CourseMap", question: str, *, explain: bool, everything: bool, json: bool) -> "Answer":
    answer = course.ask(question, explained=explain)
    if json:
        from conceptmap.shapes.answer import answer_shape

        show_json(answer_shape(answer))
    else:
        show_answer(answer, everything=everything)
        if answer.explanation:
            line()
            line((answer.explanation, "dim"))
    return answer


def show_answer(answer: "Answer", *, everything: bool = False) -> None:
    """An answer: its sentence, each thing it names with where that is said, or what else could be meant."""
    from conceptmap.ask import MOST_SAID

    line((answer.heading, "bold"))
    shown = answer.shown()
    most = len(shown) if everything else MOST_SAID
    for one in shown[:most]:
        _show_one(one, len(one.said) if everything else most)
    if len(shown) > most:
        line(f"and {len(shown) - most} more", ("  (--all shows them)", "dim"))
    if answer.meant and answer.heading == answer.sentence:
        line("did you mean")
    labels = [candidate.label for candidate in answer.meant]
    for candidate in answer.meant:
        same = f"  {candidate.id}" if labels.count(candidate.label) > 1 else ""
        line("  ", (candidate.label, "bold"), (f"  {candidate.kind}", "cyan"), (same, "dim"))
    if answer.offers:
        line("did you mean to ask")
    for number, offer in enumerate(answer.offers, 1):
        line(f"  {number}. ", (offer.question, "bold"))


def _show_one(one: "Shown", most: int) -> None:
    """One answer: its name, its own words, the way to it, and where it is said."""
    owner = f"{one.owner}: " if one.owner else ""
    line("- ", owner, (one.name, "bold"), (f"  {one.about}" if one.about else "", "cyan"))
    for value in one.values:
        line(f"    {value.of}: ", (value.label, "bold"))
    for text in one.texts:
        line("    ", text)
    if one.way:
        line("    ", one.way)
    for said in one.said[:most]:
        quote = f"  “{said.words}”" if said.words else ""
        line("    ", (f"{said.citation.where}{by_rule(said.citation)}{quote}", "dim"))
    if (more := len(one.said) - most) > 0:
        line("    ", (f"and {counted(more, 'more place')}  (--all shows them)", "dim"))
