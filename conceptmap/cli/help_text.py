"""How help is printed: for people, the same on a terminal and in a pipe, and never wider than 80 columns."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from typer.core import TyperArgument, TyperCommand, TyperGroup

_EXTRA = re.compile(r"  \[([^][]*)\]\Z")
"""What Typer puts behind the help of an option: its default, the numbers that it takes, whether it is required."""
_ANY_NUMBER = "x>=0"
_RANGES = (
    (re.compile(r"(\d+)<=x<=(\d+)"), r"from \1 to \2"),
    (re.compile(r"x>=(\d+)"), r"at least \1"),
)


class Choice(Protocol):
    """What an option can choose: its name is in a registry, and it says what it is."""

    @property
    def help(self) -> str:
        """A few words, without a full stop."""


class HelpedCommand(TyperCommand):
    """A command whose help says in words what its arguments and options are, and each choice on a line.

    `choices` has, by the names of parameters, what a registry lets them choose.
    """

    choices: Mapping[str, Mapping[str, Choice]] = {}

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Arguments as people write them: those that are needed bare, alternatives in braces."""
        return [_bare(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments, options, and what a registry lets some of them choose."""
        params = self.get_params(ctx)
        for heading, is_argument in (("Arguments", True), ("Options", False)):
            _write(formatter, heading, _records(ctx, params, arguments=is_argument))
        for param in params:
            if chosen := self.choices.get(param.name or ""):
                rows = [(name, one.help) for name, one in chosen.items()]
                _write(formatter, f"{param.metavar} of {param.opts[0]}", rows)


class HelpedGroup(TyperGroup):
    """A program whose help lists each command with its whole line, by what they are for."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options, then the commands."""
        _write(formatter, "Options", _records(ctx, self.get_params(ctx), arguments=False))
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            panel = getattr(command, "rich_help_panel", None) or "Commands"
            panels.setdefault(panel, []).append((name, (command.help or "").partition("\n")[0]))
        widest = max(map(len, self.commands))
        for panel, rows in panels.items():
            _write(formatter, panel, [(name.ljust(widest), said) for name, said in rows])


def _write(formatter: Any, heading: str, rows: "list[tuple[str, str]]") -> None:
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows)


def _records(ctx: Any, params: "list[Any]", *, arguments: bool) -> list[tuple[str, str]]:
    """The names and helps of arguments or options."""
    found = []
    for param in params:
        if isinstance(param, TyperArgument) == arguments and (record := param.get_help_record(ctx)):
            found.append((record[0], _in_words(record[1], is_argument=arguments)))
    return found


def _in_words(text: str, *, is_argument: bool) -> str:
    """A help whose bracket at the end is made for readers: no formulas, and nothing that the usage line says.

    >>> _in_words("The port.  [default: 8000; 0<=x<=65535]", is_argument=False)
    'The port.  [default: 8000; from 0 to 65535]'
    >>> _in_words("A day.  [x>=0]", is_argument=False)
    'A day.'
    """
    found = _EXTRA.search(text)
    if found is None:
        return text
    said = [one for one in found[1].split("; ") if one != _ANY_NUMBER and not (is_argument and one == "required")]
    for pattern, words in _RANGES:
        said = [pattern.sub(words, one) for one in said]
    return text[: found.start()] + (f"  [{'; '.join(said)}]" if said else "")


def _bare(piece: str) -> str:
    """An argument of a usage line.

    >>> _bare("{NODE...}"), _bare("{create|list}")
    ('NODE...', '{create|list}')
    """
    return piece[1:-1] if piece.startswith("{") and "|" not in piece else piece
