"""The options that commands share, and the map that they choose."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from conceptmap.cli import completing
from conceptmap.cli.config import COMMAND_LINE, MAP, STORE, VOCABULARY, Setting
from conceptmap.cli.terminal import message

if TYPE_CHECKING:
    from conceptmap.atlas import Atlas
    from conceptmap.map import CourseMap
    from conceptmap.values import View
    from ontology.vocabulary import Vocabulary


def option_of(setting: Setting, autocompletion: Callable[..., Any] | None = None) -> Any:
    """The option that chooses a setting behind a command."""
    said = f"{setting.help} (else as `config` says)."
    return typer.Option(setting.option, metavar=setting.metavar, help=said, autocompletion=autocompletion)


MapName = Annotated[str | None, option_of(MAP, completing.maps)]
Store = Annotated[str | None, option_of(STORE)]
VocabularyFile = Annotated[Path | None, option_of(VOCABULARY)]
AsOf = Annotated[
    int | None,
    typer.Option(
        "--as-of",
        metavar="N",
        min=0,
        help="As of a course day: only what notes up to day N say.",
        autocompletion=completing.days,
        show_default=False,
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="WHEN",
        help="As it was stored at an earlier moment: an entry (see `history`) or a UTC time.",
        autocompletion=completing.entries,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]

File = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout.")]

DayOfNotes = Annotated[
    int | None,
    typer.Option(
        "--day",
        metavar="N",
        min=0,
        max=99_999,
        help="The day of notes that do not say theirs.",
        autocompletion=completing.days,
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Store nothing; say what would change, and what was found by which rule."),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="List what each line became, by which rule, and the lines that were not read.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Store nothing if any note has a mistake.")]
Prune = Annotated[
    bool,
    typer.Option("--prune", help="Remove from the map what files said that are gone; it asks first."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Report = Annotated[
    str | None,
    typer.Option("--report", help="Report all problems in this form; by default what FILE's suffix says."),
]
ReportFile = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write that report to a file instead of stdout.")
]

Form = TypeVar("Form", bound=str)


@contextmanager
def opened_atlas(
    context: typer.Context, store: str | None, *, create: bool = False, check: bool = True
) -> Iterator["Atlas"]:
    """The atlas in the chosen store, which only commands that write make where it is not there."""
    from conceptmap.atlas import open_atlas

    where, words = store or context.obj.store, context.obj.vocabulary
    with open_atlas(where, vocabulary=words, create=create, check=check) as atlas:
        yield atlas


@contextmanager
def atlas_for_trial(context: typer.Context, store: str | None) -> Iterator["Atlas"]:
    """The atlas in the chosen store, to see what a write would do; where there is none, an empty one in memory."""
    from conceptmap.atlas import open_atlas
    from ontology.errors import NoStore

    words = context.obj.vocabulary
    try:
        atlas = open_atlas(store or context.obj.store, vocabulary=words, create=False)
    except NoStore:
        atlas = open_atlas("sqlite://", vocabulary=words)
    with atlas:
        yield atlas


@contextmanager
def opened_course(
    context: typer.Context, name: str | None, store: str | None, as_of: int | None = None, at: str | None = None
) -> Iterator["CourseMap"]:
    """The chosen map as of a day, at an entry or a time."""
    with opened_atlas(context, store) as atlas:
        course = atlas.chosen(name or context.obj.map).at(at)
        tell_of_undeclared(course)
        tell_of_days(course, as_of)
        yield course.as_of(as_of)


def tell_of_undeclared(course: "CourseMap") -> None:
    """Say which kinds and relations of a map the vocabulary in force does not have."""
    if said := str(course.view(missing_ok=True).undeclared()):
        what = f"the map uses what the vocabulary does not have: {said}"
        message(f"warning: {what}; name the file that declares it with --vocabulary", "yellow")


def tell_of_days(course: "CourseMap", *days: int | None) -> None:
    """Say of days before the first or after the last one of a map what they show."""
    asked = [day for day in days if day is not None]
    known = numbered_days(view := course.view()) if asked else []
    if not known:
        return
    for day in asked:
        if day > known[-1]:
            message(f"the last day is {_day(view, known[-1])}; as of day {day} the map is the same as on that day")
        elif day < known[0]:
            message(f"the first day is {_day(view, known[0])}; as of day {day} the map is empty")


def numbered_days(view: "View") -> list[int]:
    """The days of a map in order, without day 0 where it only holds what has no day."""
    from conceptmap.values import UNDATED

    return [day for day in view.days() if day or view.day_label(day) != UNDATED]


def _day(view: "View", day: int) -> str:
    """The number of a day, and its name where it has another."""
    name = view.day_in_words(day)
    return str(day) if name == f"day {day}" else f"{day} ({name})"


def tell_of_other_map(context: typer.Context, named: str | None, declared: str | None) -> None:
    """Say that notes go to the map that the environment or a file names, where they say that they are of another."""
    chosen, source = context.obj.all[MAP.key]
    if named or not declared or declared == chosen or not chosen or source == COMMAND_LINE:
        return
    said = f"the notes say 'course: {declared}', but {source} says {chosen!r}, so they go there"
    message(f"warning: {said}; else unset it, or use --map {quote(declared)}", "yellow")


def chosen_again(context: typer.Context, name: str | None, store: str | None) -> dict[str, str]:
    """The options that choose a map and a store again, as they were typed behind the command or before it.

    What the environment or a file says, it says again by itself.
    """
    said = {**context.obj.typed, **{key: one for key, one in ((MAP.key, name), (STORE.key, store)) if one}}
    options = {one.option: said.get(one.key) for one in (MAP, STORE, VOCABULARY)}
    return {option: value for option, value in options.items() if value is not None}


def with_options(command: str, said: Mapping[str, object]) -> str:
    """A command with those options that have a value, as a shell reads it."""
    return " ".join([command, *(f"{option} {quote(str(one))}" for option, one in said.items() if one is not None)])


def next_command(context: typer.Context, name: str, store: str | None, *, alone: bool) -> str:
    """The command that draws a map, with the options that choose it again where neither store nor surroundings do."""
    said = chosen_again(context, name if context.obj.map != name else None, store)
    if alone:
        said.pop("--map", None)
    return with_options("conceptmap draw", said)


def form_of_file(file: Path | None, suffixes: Mapping[str, Form], option: str = "--format") -> Form | None:
    """The format that a file's suffix names; None without a file or suffix. An `option` may name it too."""
    if file is None or not file.suffix:
        return None
    if file.suffix.lower() not in suffixes:
        from ontology.hints import near_or_all

        what = f"no format goes with {file.suffix!r}; {near_or_all(file.suffix, list(suffixes))}"
        raise typer.BadParameter(f"{what} (or say which with {option})", param_hint="'-o'")
    return suffixes[file.suffix.lower()]


def checked_map_name(name: str | None) -> str | None:
    """The name, if a new map can have it."""
    from ontology.names import is_id, node_id

    if name and not is_id(name):
        raise typer.BadParameter(f"{name!r} cannot name a map; write {node_id(name)!r}", param_hint="'--map'")
    return name


def known_kind(vocabulary: "Vocabulary", name: str) -> str:
    """The kind of this name or noun, in any case."""
    from ontology.hints import no_such

    if (kind := vocabulary.kind(name)) is None:
        raise typer.BadParameter(no_such("kind", name, vocabulary.kinds), param_hint="'--kind'")
    return kind.name


def known_relation(vocabulary: "Vocabulary", name: str) -> str:
    """The relation of this name or inverse name, in any case."""
    from ontology.hints import no_such

    direction = vocabulary.direction(name)
    if direction is None:
        what = no_such("relation", name, vocabulary.direction_names, vocabulary.relations)
        raise typer.BadParameter(what, param_hint="'--relation'")
    return direction.relation.name
