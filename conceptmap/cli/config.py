"""What people choose once, and where each choice comes from: the command line, the environment, or a file.

Two files are read: the nearest `conceptmap.toml` in the current folder or above it, and one's own. A file that stands
beside notes came perhaps from somebody else, with the notes: it may not name what is on another machine.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from conceptmap.cli.terminal import line, show_json, table
from ontology.errors import InvalidConfig, Problem

PROJECT_FILE = "conceptmap.toml"
COMMAND_LINE = "the command line"
LARGEST = 100_000
"""Bytes of a file with settings: it has four."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A choice: its key in files, its environment variable, its option, and what it is."""

    key: str
    option: str
    metavar: str
    help: str
    otherwise: str
    """What counts where nobody chose."""

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"CONCEPTMAP_{self.key.upper()}"


STORE = Setting("store", "--store", "URL", "Where the maps are kept", "a file in your data folder")
MAP = Setting("map", "--map", "NAME", "Which map", "the store's only one")
VOCABULARY = Setting("vocabulary", "--vocabulary", "FILE", "Kinds and relations of your own", "the built-in ones alone")
SERVICE = Setting("service", "--to", "URL", "The service that `push` speaks to", "none")
SETTINGS = {one.key: one for one in (STORE, MAP, VOCABULARY, SERVICE)}


PARAMETERS = {MAP.key: "name", STORE.key: "store", VOCABULARY.key: "vocabulary"}
"""What the parameters of commands are called that choose a setting."""


class Chosen(NamedTuple):
    """What was chosen, None if nothing was, and where."""

    value: str | None
    source: str


@dataclass(frozen=True)
class Choices:
    """What was chosen before the command, by the environment and by files, which are read when it is first needed."""

    typed: Mapping[str, str] = field(default_factory=dict)

    def with_typed(self, key: str, value: str) -> "Choices":
        """The same where a setting was typed behind the command too, which counts."""
        return replace(self, typed={**self.typed, key: value})

    @cached_property
    def all(self) -> Mapping[str, Chosen]:
        """Every setting, as it is in force. Raises `InvalidConfig` where a file is wrong."""
        files = [read_config(own_file(), is_own=True)]
        if project := project_file():
            files.insert(0, read_config(project, is_own=False))
        return {key: self._chosen(setting, files) for key, setting in SETTINGS.items()}

    def _chosen(self, setting: Setting, files: list[Mapping[str, Chosen]]) -> Chosen:
        if value := self.typed.get(setting.key):
            return Chosen(value, COMMAND_LINE)
        if value := os.environ.get(setting.variable):
            return Chosen(value, setting.variable)
        found = (one[setting.key] for one in files if setting.key in one)
        return next(found, Chosen(None, f"not set: {setting.otherwise}"))

    @property
    def store(self) -> str | None:
        """Where maps are kept."""
        return self.all[STORE.key].value

    @property
    def map(self) -> str | None:
        """Which map."""
        return self.all[MAP.key].value

    @property
    def service(self) -> str | None:
        """Where `push` sends notes."""
        return self.all[SERVICE.key].value

    @property
    def vocabulary(self) -> Path | None:
        """The file that adds kinds and relations."""
        value = self.all[VOCABULARY.key].value
        return Path(value) if value else None


def own_file() -> Path:
    """The file with settings in the user's folder for them."""
    from platformdirs import user_config_path

    return user_config_path("conceptmap") / "config.toml"


def project_file() -> Path | None:
    """The nearest file with settings, in the current folder or above it."""
    here = Path.cwd()
    return next((file for folder in (here, *here.parents) if (file := folder / PROJECT_FILE).is_file()), None)


def read_config(file: Path, *, is_own: bool) -> Mapping[str, Chosen]:
    """What a file chooses; nothing where there is none. Raises `InvalidConfig` with all that is wrong in it."""
    try:
        data = file.read_bytes() if file.stat().st_size <= LARGEST else b"\0"
    except FileNotFoundError:
        return {}
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InvalidConfig(
            [Problem(file=str(file), line=None, column=None, what=f"cannot be read: {reason}")]
        ) from error
    text, said = _parsed(file, data)
    problems = [problem for key, value in said.items() for problem in _problems(file, text, key, value, is_own=is_own)]
    if problems:
        raise InvalidConfig(problems)
    return {
        key: Chosen(_resolved(key, value, file.parent), f"{file}:{_line_of(key, text)}") for key, value in said.items()
    }


def _parsed(file: Path, data: bytes) -> tuple[str, dict[str, Any]]:
    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InvalidConfig([Problem(file=str(file), line=line, column=None, what="no UTF-8 text")]) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, None)
        what = re.sub(r" \(at .*\)$", "", str(error))
        hint = f'write settings as: {VOCABULARY.key} = "words.ttl"'
        problem = Problem(file=str(file), line=line, column=column, what=f"no TOML: {what.lower()}", hint=hint)
        raise InvalidConfig([problem]) from error


def _problems(file: Path, text: str, key: str, value: object, *, is_own: bool) -> Iterator[Problem]:
    """What is wrong with one key and its value."""
    from ontology.hints import near_or_all

    def problem(what: str, hint: str) -> Problem:
        return Problem(file=str(file), line=_line_of(key, text), column=None, what=what, hint=hint)

    if key == "token":
        yield problem("a token does not belong in a file that others may read", "keep it in CONCEPTMAP_TOKEN")
    elif key not in SETTINGS:
        yield problem(f"there is no setting {key!r}", near_or_all(key, list(SETTINGS)))
    elif not isinstance(value, str) or not value.strip():
        yield problem(f"{key} is no text", f'write it in quotes: {key} = "{_EXAMPLES[key]}"')
    elif not _FORMS[key].fullmatch(value):
        yield problem(f"{key} is {value[:100]!r}", f'write it as: {key} = "{_EXAMPLES[key]}"')
    elif not is_own and (key == SERVICE.key or (key == STORE.key and not value.startswith("sqlite"))):
        what = f"{key} is on another machine, and this file may have come with the notes"
        yield problem(what, f"set {key} in {own_file()}, or {SETTINGS[key].variable}")


_EXAMPLES = {
    "store": "sqlite:///maps.db",
    "map": "bread",
    "vocabulary": "words.ttl",
    "service": "https://maps.example",
}
_FORMS = {
    "store": re.compile(r"(?:sqlite|postgresql)(?:\+\w*)?://.*"),
    "map": re.compile(r"[^\W_][\w-]*"),
    "vocabulary": re.compile(r"[^\0\n]+"),
    "service": re.compile(r"https?://\S+"),
}


def _line_of(key: str, text: str) -> int:
    """The line at which a key stands, or the table of its name."""
    found = re.search(rf"^[ \t]*\[?[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[\].=]", text, re.MULTILINE)
    return text[: found.start()].count("\n") + 1 if found else 1


def _resolved(key: str, value: str, folder: Path) -> str:
    """A value where its paths begin at the file's folder."""
    if key == VOCABULARY.key:
        return str(folder / Path(value).expanduser())
    name = value.removeprefix("sqlite:///")
    if key == STORE.key and name not in (value, "") and not name.startswith("/"):
        return f"sqlite:///{folder.resolve()}/{name}"
    return value


def config(
    context: typer.Context, *, json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False
) -> None:
    """Show which settings are in force, and where each comes from.

    The command line counts before environment variables, these before the nearest `conceptmap.toml` in this folder or
    above it, and that before your own file.
    """
    from conceptmap.atlas import shown_url

    chosen: Mapping[str, Chosen] = context.obj.all
    files = {"project": project_file(), "own": own_file()}
    if json:
        told = {key: {"value": one.value and shown_url(one.value), "from": one.source} for key, one in chosen.items()}
        show_json(
            {**told, "files": {name: str(file) if file and file.is_file() else None for name, file in files.items()}}
        )
        return
    table([((key, "bold"), shown_url(one.value or "-"), (one.source, "dim")) for key, one in chosen.items()])
    line()
    line(f"The project's file: {files['project'] or f'none ({PROJECT_FILE} in this folder or above it)'}")
    line(f"Your own file: {files['own']}{'' if own_file().is_file() else ' (not there)'}")
