"""The program `conceptmap`: its commands, its streams, and how it ends."""

import gc
import inspect
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial, wraps
from pkgutil import resolve_name
from typing import Annotated, Any, Final, Literal, TextIO, get_args

import typer

from conceptmap.cli import completing
from conceptmap.cli.config import MAP, PARAMETERS, STORE, VOCABULARY, Choices, Setting
from conceptmap.cli.failures import explain
from conceptmap.cli.help_text import Choice, HelpedCommand
from conceptmap.cli.options import option_of
from conceptmap.cli.usage import group_of

PROGRAM = "conceptmap"
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141
GARBAGE = 1_000_000
"""New objects after which the garbage collector looks for circles; most commands end before, a third sooner."""
SUMMARY = "Turn a course's daily notes into a concept map: draw it, ask it questions, and see which line says so."


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its function (`MODULE:NAME`, below this package), its panel of the help, and lines to try.

    The module is imported when the command is run, or help is shown: no command waits for what others need.
    `registries` are options whose values are the names in a registry (`MODULE:NAME`, or a function that gives it),
    whatever that holds by then.
    """

    where: str
    panel: str
    examples: tuple[str, ...]
    registries: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What is typed: the function's name, without the line that keeps it from being a word of Python."""
        return self.where.partition(":")[2].rstrip("_")

    @property
    def function(self) -> Callable[..., None]:
        """The function behind it."""
        found: Callable[..., None] = resolve_name(f"{__package__}.{self.where}")
        return found

    @property
    def choices(self) -> Mapping[str, Mapping[str, Choice]]:
        """What each of these options can choose."""
        found = {option: resolve_name(where) for option, where in self.registries.items()}
        return {option: one() if callable(one) else one for option, one in found.items()}


COMMANDS = (
    Command("init:init", "Write", ("init", "init bread/notes")),
    Command(
        "load:load",
        "Write",
        (
            "load notes/",
            "load --day 7 'some thoughts.txt'",
            "load --dry-run notes/day-26.md",
            "load notes/ --report sarif -o problems.sarif",
        ),
        {"report": "conceptmap.reporters:REPORTERS"},
    ),
    Command(
        "push:push",
        "Write",
        (
            "push notes/ --to https://maps.example",
            "push notes/ --to https://maps.example --dry-run",
            "push notes/ --to https://maps.example --overwrite --report github",
        ),
        {"report": "conceptmap.reporters:REPORTERS"},
    ),
    Command(
        "importing:import_",
        "Write",
        ("import map.graphml", "import --day 7 tables/", "import --dry-run --loss losses.jsonl map.csv"),
        {"form": "conceptmap.formats:readable"},
    ),
    Command("pull:pull", "Write", ("pull notes/", "pull notes/ --yes", "pull notes/ --from https://maps.example")),
    Command("identity:rename", "Write", ("rename DoF 'Depth of field'", "rename --dry-run stop f-stop")),
    Command(
        "identity:merge", "Write", ("merge DoF 'Depth of field'", "merge --dry-run depth-of-field-2 depth-of-field")
    ),
    Command("history:revert", "Write", ("revert 812 --dry-run", "revert 812")),
    Command(
        "ask:ask",
        "Read",
        ("ask 'what supports the bitter lesson?'", "ask --as-of 25 'what leads to scaling laws?'", "ask"),
    ),
    Command(
        "draw:draw",
        "Read",
        ("draw", "draw --as-of 25", "draw --all -o map.svg", "draw --focus Yeast --depth 2 -o yeast.png"),
        {"form": "conceptmap.draw:DRAWINGS"},
    ),
    Command("show:show", "Read", ("show 'Scaling Laws'", "show bitter-lesson --json")),
    Command("show:search", "Read", ("search compression", "search --kind Evidence chess")),
    Command("show:path", "Read", ("path 'Information Theory' 'Bitter Lesson'",)),
    Command(
        "score:score",
        "Read",
        (
            "score",
            "score 'The Bitter Lesson'",
            "score --without 'Deep Blue: search + hardware beat Kasparov'",
            "score 'The Bitter Lesson' --history",
        ),
    ),
    Command("structure:structure", "Read", ("structure", "structure --as-of 25 --limit 10")),
    Command("show:requires", "Read", ("requires 'Scaling Laws'",)),
    Command("learn:plan", "Learn", ("plan 'Scaling Laws'", "plan 'Scaling Laws' --per-day 45")),
    Command("learn:next_", "Learn", ("next", "next --limit 20 --learner ada")),
    Command("learn:learn", "Learn", ("learn 'Information Theory'", "learn --list", "learn --list --json")),
    Command("learn:unlearn", "Learn", ("unlearn 'Information Theory'", "unlearn --all")),
    Command(
        "check:check",
        "Read",
        ("check", "check --rule unsupported-claim --all", "check --skip alone --level note", "check --report github"),
        {"report": "conceptmap.reporters:REPORTERS"},
    ),
    Command(
        "diff:diff",
        "Read",
        ("diff 25 26", "diff 25 26 -o day-26.svg", "diff --at 812 --at 2026-11-24T20:00:00Z --format markdown"),
        {"form": "conceptmap.differences:DIFF_FORMS"},
    ),
    Command(
        "compare:compare",
        "Read",
        (
            "compare ada/",
            "compare --as-of 25 ada.cxl",
            "compare --class maps/",
            "compare --class maps/ --csv -o class.csv",
        ),
        {"form": "conceptmap.formats:readable"},
    ),
    Command("history:history", "Read", ("history", "history --day 26")),
    Command(
        "export:export",
        "Read",
        ("export > map.json", "export --format turtle -o map.ttl"),
        {"form": "conceptmap.formats:FORMATS"},
    ),
    Command("show:maps", "Read", ("maps",)),
    Command(
        "vocabulary:vocabulary", "Read", ("vocabulary", "--vocabulary cooking.ttl vocabulary", "vocabulary --turtle")
    ),
    Command("config:config", "Read", ("config",)),
    Command("site:site", "Serve", ("site public/", "site public/ --base https://maps.example/bread")),
    Command("schema:schema", "Read", ("schema front-matter", "schema front-matter -o front-matter.schema.json")),
    Command("admin:serve", "Serve", ("serve", "serve --host 0.0.0.0 --port 8080 --workers 4")),
    Command("agents:mcp", "Serve", ("mcp", "mcp --map bread")),
    Command(
        "admin:token",
        "Serve",
        ("token create --name ada --scope append --map bread --days 90", "token list", "token revoke ada"),
    ),
    Command(
        "admin:backup", "Serve", ("backup maps-2026-11-24.db", "--store postgresql://127.0.0.1/maps backup maps.db")
    ),
    Command("admin:restore", "Serve", ("--store sqlite:///new.db restore maps-2026-11-24.db",)),
    Command("admin:verify", "Serve", ("verify",)),
    Command("admin:accept", "Serve", ("accept --backup maps-damaged.db",)),
    Command("admin:erase", "Serve", ("erase --author ada --dry-run", "erase --entry 812 --map bread")),
    Command("ask:demo", "Try", ("demo",)),
)


def main() -> int:
    """Run the program with the arguments of this process; returns its exit status."""
    _prepare_streams()
    gc.set_threshold(GARBAGE)
    status = run(sys.argv[1:])
    _let_go(sys.stdout, sys.stderr)
    return status


def run(arguments: Sequence[str]) -> int:
    """Run one command. Whatever happens ends as an exit status and, where something is wrong, words on stderr."""
    try:
        status = _invoke(list(arguments))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader went away (`| head`): nothing is wrong
        return CLOSED_PIPE
    except Exception as error:
        return explain(error)
    return status


def application() -> typer.Typer:
    """The Typer application. Its help and usage errors are plain text, so that a line can be copied out of them."""
    app = typer.Typer(
        cls=group_of({one.name: partial(_built, one) for one in COMMANDS}, _example_of),
        help=SUMMARY,
        epilog=_examples(("demo", "init", "load notes/", "draw")),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(choose)
    return app


def _example_of(name: str) -> str:
    """A command line of a command; nothing for what is none."""
    return next((f"{PROGRAM} {one.examples[0]}" for one in COMMANDS if one.name == name), "")


def _built(command: Command) -> Any:
    """A command as the group of Typer holds it."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    helped = type("Helped", (HelpedCommand,), {"choices": command.choices})
    of_panel = app.command(command.name, cls=helped, epilog=_examples(command.examples), rich_help_panel=command.panel)
    of_panel(_with_choices(command))
    return typer.main.get_command(app)


def _with_choices(command: Command) -> Callable[..., None]:
    """The command's function as Typer sees it: options that a registry fills are choices among its names.

    Whatever reads a store takes a vocabulary too.
    """
    function, choices = command.function, command.choices
    signature = inspect.signature(function, eval_str=True)
    reads_store = STORE.key in signature.parameters

    @wraps(function)
    def chosen(**given: Any) -> None:
        if reads_store and (file := given.pop(VOCABULARY.key)):
            given["context"].obj = given["context"].obj.with_typed(VOCABULARY.key, file)
        function(**given)

    parameters = []
    for one in signature.parameters.values():
        if one.name in choices:
            names: Any = Literal.__getitem__(tuple(choices[one.name]))
            option = copy(get_args(one.annotation)[1])
            option.metavar = "FORMAT"  # what there is, the help lists below
            parameters.append(one.replace(annotation=Annotated[names | None, option]))
        else:
            parameters.append(one)
        if one.name == STORE.key:
            taken = Annotated[str | None, option_of(VOCABULARY)]
            parameters.append(inspect.Parameter(VOCABULARY.key, one.kind, default=None, annotation=taken))
    chosen.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # read by `inspect`
    return chosen


def _version(shown: bool) -> None:
    """Show the version and exit."""
    if shown:
        from importlib import metadata

        typer.echo(f"{PROGRAM} {metadata.version(PROGRAM)}")
        raise typer.Exit


def _chosen(setting: Setting, autocompletion: Callable[..., Any] | None = None) -> Any:
    """The option that chooses a setting before a command."""
    return typer.Option(
        setting.option,
        envvar=setting.variable,
        metavar=setting.metavar,
        help=f"{setting.help}; by default {setting.otherwise}.",
        autocompletion=autocompletion,
    )


def choose(
    context: typer.Context,
    name: Annotated[str | None, _chosen(MAP, completing.maps)] = None,
    store: Annotated[str | None, _chosen(STORE)] = None,
    vocabulary: Annotated[str | None, _chosen(VOCABULARY)] = None,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """Keep what was chosen before the command."""
    given = {key: context.params[parameter] for key, parameter in PARAMETERS.items() if _is_typed(context, parameter)}
    context.obj = Choices({key: value for key, value in given.items() if value})


def _is_typed(context: typer.Context, parameter: str) -> bool:
    """Whether an option stands on the command line; what the environment says is read with what files say."""
    source = context.get_parameter_source(parameter)
    return source is not None and source.name == "COMMANDLINE"


def _invoke(arguments: list[str]) -> int:
    app = application()
    try:
        app(arguments, prog_name=PROGRAM)
    except SystemExit as ending:
        if isinstance(ending.__context__, BrokenPipeError):  # Typer would end with 1
            raise ending.__context__ from None
        return ending.code if isinstance(ending.code, int) else 0
    return 0


def _examples(lines: tuple[str, ...]) -> str:
    """Examples as the help shows them: a backspace before lines keeps them."""
    return "\b\nExamples:\n" + "\n".join(f"  {PROGRAM} {line}" for line in lines)


def _prepare_streams() -> None:
    """Diagrams and notes are Unicode: a file or pipe is UTF-8, and a terminal that lacks a sign gets its escape.

    A stream that the caller closed is empty, or swallows what is written; what is opened in its place has its number,
    so that no file of the store gets that.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  (open as long as the program)
        stream = getattr(sys, name)
        errors = "replace" if name == "stdin" else "backslashreplace"
        stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors=errors)


def _let_go(*streams: TextIO) -> None:
    """Drop what a stream cannot write any more (a closed pipe, a full disk): Python would try, and fail, at its end."""
    for stream in streams:
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
