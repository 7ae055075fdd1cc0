"""What is said of a command line that cannot be understood: in words, with what to write instead."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from shlex import quote
from typing import Any

import typer
from typer.core import TyperGroup

from conceptmap.cli.help_text import HelpedGroup

Rule = tuple[re.Pattern[str], Callable[[typer.TyperException, "re.Match[str]"], str]]
"""Words of Typer, and what is said instead."""


class OnDemand(MutableMapping[str, Any]):
    """Commands by their names, each made when it is first asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._makers[name] = lambda: command
        self._made.pop(name, None)

    def __delitem__(self, name: str) -> None:
        del self._makers[name]
        self._made.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def group_of(makers: Mapping[str, Callable[[], Any]], example_of: Callable[[str], str]) -> type[TyperGroup]:
    """The class of a program's commands, each made when it is needed, whose usage errors are reworded.

    `example_of` gives a command line of a command.
    """

    class Commands(HelpedGroup):
        def __init__(self, **given: Any) -> None:
            super().__init__(**{**given, "commands": OnDemand(makers)})

        def list_commands(self, ctx: Any) -> list[str]:
            return list(self.commands)

        def make_context(self, *given: Any, **more: Any) -> Any:
            return _reworded(self, lambda: super(Commands, self).make_context(*given, **more), example_of)

        def invoke(self, ctx: Any) -> Any:
            return _reworded(self, lambda: super(Commands, self).invoke(ctx), example_of)

    return Commands


def _reworded(group: TyperGroup, work: Callable[[], Any], example_of: Callable[[str], str]) -> Any:
    try:
        return work()
    except typer.TyperException as error:
        context: Any = getattr(error, "ctx", None)
        example = example_of(context.info_name) if context else ""
        error.message = _words(group, error, example)
        raise


def _words(group: TyperGroup, error: typer.TyperException, example: str) -> str:
    """What is said of a usage error."""
    said = error.message or ""
    if type(error).__name__ == "MissingParameter":
        return f"For example: {example}" if example and not said else said
    for pattern, better in _RULES:
        if found := pattern.fullmatch(said):
            return better(error, found)
    if found := re.fullmatch(r"No such option: (--\S+)", said):
        return f"{said}{_of_commands(group, error, found[1])}"
    if found := re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", said):
        return _too_much(error, found[1], example)
    return f"{said} `{group.name or 'conceptmap'} --help` lists them." if said.startswith("No such command") else said


def _choice(error: typer.TyperException, found: "re.Match[str]") -> str:
    """A choice that is none: only the nearest of all, where one is near."""
    from ontology.hints import near_or_all

    choices = [str(one) for one in getattr(getattr(getattr(error, "param", None), "type", None), "choices", ())]
    return f"{found[1]!r} is not one of the choices; {near_or_all(found[1], choices)}" if choices else found[0]


def _number(error: typer.TyperException, found: "re.Match[str]") -> str:
    """A number that is none, with the one that it holds."""
    digits = re.findall(r"\d+", found[1])
    said = f"{found[1]!r} is not a whole number"
    if len(digits) == 1:
        return f"{said}; write {digits[0]}"
    is_day = getattr(getattr(error, "param", None), "name", "") in ("as_of", "day", "before", "after")
    return f"{said}; days of the course are counted 1, 2, 3; for a time of the clock use --at" if is_day else said


def _range(_: typer.TyperException, found: "re.Match[str]") -> str:
    """A number that is too small or too large."""
    least, most = found[2], found[3]
    return f"{found[1]} is {'not allowed' if most else 'too small'}; write a number " + (
        f"from {least} to {most}" if most else f"from {least} on"
    )


def _folder(_: typer.TyperException, found: "re.Match[str]") -> str:
    """A folder where a file is needed."""
    return f"{found[1]} is a folder; name a file in it"


_RULES: tuple[Rule, ...] = (
    (re.compile(r"'(.*)' is not one of .*", re.DOTALL), _choice),
    (re.compile(r"'(.*)' is not a valid int(?:eger)?(?: range)?\."), _number),
    (re.compile(r"(-?[\d.]+) is not in the range ([\d.]+)<=x<=([\d.]+)\."), _range),
    (re.compile(r"(-?[\d.]+) is not in the range x>=([\d.]+)()\."), _range),
    (re.compile(r"(?:File|Path) '(.*)' is a directory\."), _folder),
)


def _of_commands(group: TyperGroup, error: typer.TyperException, option: str) -> str:
    """Where an option is none of the program, but of commands: that it stands behind them."""
    if getattr(error, "ctx", None) is None or getattr(error.ctx, "command", None) is not group:  # type: ignore[attr-defined]
        return ""
    having = [name for name, one in group.commands.items() if option in _options(one.params)]
    shown = "draw" if "draw" in having else having[0] if having else ""
    return f"; it stands behind a command, as in: conceptmap {shown} {option} ..." if having else ""


def _too_much(error: typer.TyperException, words: str, example: str) -> str:
    """An argument too many may be the value of an option, or one of several words that belong together."""
    params: Iterable[Any] = error.ctx.command.params  # type: ignore[attr-defined]  # a usage error has one
    for param in params:
        if words in map(str, getattr(getattr(param, "type", None), "choices", ())):
            return f"{words!r} is one argument too many; did you mean {param.opts[0]} {words}?"
    if _is_file(words) and {"--format", "-o"} <= _options(params):
        return f"{words!r} is one argument too many; did you mean -o {quote(words)}?"
    if "--focus" in _options(params):
        return f"{words!r} is one argument too many; to draw what is near a node: --focus {quote(words)}"
    if any(param.param_type_name == "argument" for param in params):
        return f"{words!r} is too much; put words that belong together in quotes" + (
            f", as in: {example}" if "'" in example else ""
        )
    return f"{words!r} is too much; this command takes options only"


def _is_file(word: str) -> bool:
    """Whether a word ends as the file of a drawing or of an export does."""
    from conceptmap import draw, formats

    return Path(word).suffix.lower() in {*draw.by_suffix(), *formats.by_suffix()}


def _options(params: "Iterable[Any]") -> set[str]:
    return {name for param in params for name in param.opts}
