"""The program `conceptmap`: its commands, its streams, and how it ends."""

import gc
import inspect
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Final, Literal, TextIO, get_args

import typer

from conceptmap.cli import completing
from conceptmap.cli.admin import accept, backup, erase, restore, serve, token, verify
from conceptmap.cli.agents import mcp
from conceptmap.cli.ask import ask, demo
from conceptmap.cli.config import MAP, PARAMETERS, STORE, VOCABULARY, Choices, Setting, config
from conceptmap.cli.diff import diff
from conceptmap.cli.draw import draw
from conceptmap.cli.export import export
from conceptmap.cli.failures import explain
from conceptmap.cli.help_text import Choice, HelpedCommand
from conceptmap.cli.history import history, revert
from conceptmap.cli.identity import merge, rename
from conceptmap.cli.importing import import_
from conceptmap.cli.init import init
from conceptmap.cli.load import load
from conceptmap.cli.options import option_of
from conceptmap.cli.pull import pull
from conceptmap.cli.push import push
from conceptmap.cli.schema import schema
from conceptmap.cli.show import check, maps, path, requires, search, show
from conceptmap.cli.site import site
from conceptmap.cli.usage import group_with
from conceptmap.cli.vocabulary import vocabulary
from conceptmap.differences import DIFF_FORMS
from conceptmap.draw import DRAWINGS
from conceptmap.formats import FORMATS, readers
from conceptmap.reporters import REPORTERS

PROGRAM = "conceptmap"
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141
GARBAGE = 1_000_000
"""New objects after which the garbage collector looks for circles; most commands end before, a third sooner."""
SUMMARY = "Turn a course's daily notes into a concept map: draw it, ask it questions, and see which line says so."


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the function behind it, the panel of the help it stands in, and lines to try.

    `choices` are options whose values are the names in a registry, whatever that holds when the program is run.
    """

    function: Callable[..., None]
    panel: str
    examples: tuple[str, ...]
    choices: Mapping[str, Mapping[str, Choice]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What is typed: the function's name, without the line that keeps it from being a word of Python."""
        return self.function.__name__.rstrip("_")


COMMANDS = (
    Command(init, "Write", ("init", "init bread/notes")),
    Command(
        load,
        "Write",
        (
            "load notes/",
            "load --day 7 'some thoughts.txt'",
            "load --dry-run notes/day-26.md",
            "load notes/ --report sarif -o problems.sarif",
        ),
        {"report": REPORTERS},
    ),
    Command(
        push,
        "Write",
        (
            "push notes/ --to https://maps.example",
            "push notes/ --to https://maps.example --dry-run",
            "push notes/ --to https://maps.example --overwrite --report github",
        ),
        {"report": REPORTERS},
    ),
    Command(
        import_,
        "Write",
        ("import map.graphml", "import --day 7 tables/", "import --dry-run --loss losses.jsonl map.csv"),
        {"form": {name: FORMATS[name] for name in readers()}},
    ),
    Command(pull, "Write", ("pull notes/", "pull notes/ --yes", "pull notes/ --from https://maps.example")),
    Command(rename, "Write", ("rename DoF 'Depth of field'", "rename --dry-run stop f-stop")),
    Command(merge, "Write", ("merge DoF 'Depth of field'", "merge --dry-run depth-of-field-2 depth-of-field")),
    Command(revert, "Write", ("revert 812 --dry-run", "revert 812")),
    Command(
        ask, "Read", ("ask 'what supports the bitter lesson?'", "ask --as-of 25 'what leads to scaling laws?'", "ask")
    ),
    Command(
        draw,
        "Read",
        ("draw", "draw --as-of 25", "draw --all -o map.svg", "draw --focus Yeast --depth 2 -o yeast.png"),
        {"form": DRAWINGS},
    ),
    Command(show, "Read", ("show 'Scaling Laws'", "show bitter-lesson --json")),
    Command(search, "Read", ("search compression", "search --kind Evidence chess")),
    Command(path, "Read", ("path 'Information Theory' 'Bitter Lesson'",)),
    Command(requires, "Read", ("requires 'Scaling Laws'",)),
    Command(check, "Read", ("check", "check --json", "check --report github"), {"report": REPORTERS}),
    Command(
        diff,
        "Read",
        ("diff 25 26", "diff 25 26 -o day-26.svg", "diff --at 812 --at 2026-11-24T20:00:00Z --format markdown"),
        {"form": DIFF_FORMS},
    ),
    Command(history, "Read", ("history", "history --day 26")),
    Command(export, "Read", ("export > map.json", "export --format turtle -o map.ttl"), {"form": FORMATS}),
    Command(maps, "Read", ("maps",)),
    Command(vocabulary, "Read", ("vocabulary", "--vocabulary cooking.ttl vocabulary", "vocabulary --turtle")),
    Command(config, "Read", ("config",)),
    Command(site, "Serve", ("site public/", "site public/ --base https://maps.example/bread")),
    Command(schema, "Read", ("schema front-matter", "schema front-matter -o front-matter.schema.json")),
    Command(serve, "Serve", ("serve", "serve --host 0.0.0.0 --port 8080 --workers 4")),
    Command(mcp, "Serve", ("mcp", "mcp --map bread")),
    Command(
        token,
        "Serve",
        ("token create --name ada --scope append --map bread --days 90", "token list", "token revoke ada"),
    ),
    Command(backup, "Serve", ("backup maps-2026-11-24.db", "--store postgresql://127.0.0.1/maps backup maps.db")),
    Command(restore, "Serve", ("--store sqlite:///new.db restore maps-2026-11-24.db",)),
    Command(verify, "Serve", ("verify",)),
    Command(accept, "Serve", ("accept --backup maps-damaged.db",)),
    Command(erase, "Serve", ("erase --author ada --dry-run", "erase --entry 812 --map bread")),
    Command(demo, "Try", ("demo",)),
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
        cls=group_with({one.name: f"{PROGRAM} {one.examples[0]}" for one in COMMANDS}),
        help=SUMMARY,
        epilog=_examples(("demo", "init", "load notes/", "draw")),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(choose)
    for command in COMMANDS:
        helped = type("Helped", (HelpedCommand,), {"choices": command.choices})
        epilog = _examples(command.examples)
        app.command(command.name, cls=helped, epilog=epilog, rich_help_panel=command.panel)(_with_choices(command))
    return app


def _with_choices(command: Command) -> Callable[..., None]:
    """The command's function as Typer sees it: options that a registry fills are choices among its names.

    Whatever reads a store takes a vocabulary too.
    """
    signature = inspect.signature(command.function, eval_str=True)
    reads_store = STORE.key in signature.parameters

    @wraps(command.function)
    def chosen(**given: Any) -> None:
        if reads_store and (file := given.pop(VOCABULARY.key)):
            given["context"].obj = given["context"].obj.with_typed(VOCABULARY.key, file)
        command.function(**given)

    parameters = []
    for one in signature.parameters.values():
        if one.name in command.choices:
            names: Any = Literal.__getitem__(tuple(command.choices[one.name]))
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
