"""The settings of the service: each has a default, and an environment variable CONCEPTMAP_NAME that overrides it."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.proxies import Network, checked_prefix
from conceptmap.atlas import shown_url
from conceptmap.rdf import BASE
from ontology.errors import WrongSettings
from ontology.hints import meant

PREFIX = "CONCEPTMAP_"

OTHERS = frozenset(("CONCEPTMAP_MAP", "CONCEPTMAP_SERVICE", "CONCEPTMAP_TOKEN"))
"""Variables that look like a setting and are read by other commands."""
OPTIONS = ("HOST", "PORT", "WORKERS")
"""What is chosen by an option of `serve`, and by no variable."""
NEAR = 2
"""Letters by which a variable may differ from a setting to be taken for a mistyped one."""

MOST_SHOWN = 100
"""Characters of a wrong value that are shown."""

MOST = 10**12
"""No count is larger: engines and kernels take them as 64 bits."""
DAY = 86_400
"""No time is longer, in seconds: what waits so long waits for ever."""

Count = Annotated[int, Field(ge=1, le=MOST)]
Rate = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
Seconds = Annotated[float, Field(gt=0, le=DAY, allow_inf_nan=False)]


class Settings(BaseSettings):
    """What whoever runs the service can choose."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    store: str | None = Field(default=None, description="URL of the store; by default a file in the user's data folder")
    vocabulary: Path | None = Field(
        default=None,
        description="file that adds kinds and relations; it is read when the service starts",
    )
    replica: str | None = Field(
        default=None, description="URL of a PostgreSQL server that follows the store's; who cannot write reads there"
    )
    replica_seconds: float = Field(
        default=5, ge=1, le=DAY, allow_inf_nan=False, description="seconds that what is read there may be old"
    )
    base: str = Field(default=BASE, description="what the IRIs of maps, days and nodes begin with")
    reads: Literal["open", "token"] = Field(default="open", description="whether reading needs a token")
    cors: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="origins whose pages may call the service, with commas between; * for all"
    )
    embed: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="origins whose pages may show a map in a frame, with commas between; * for all"
    )
    proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(), description="addresses and networks of proxies whose X-Forwarded headers are believed, with commas"
    )
    root_path: str = Field(default="", description="prefix of the path under which a proxy shows the service")
    mcp: Literal["on", "off"] = Field(
        default="on", description="whether agents are served at /mcp, where the extra mcp is installed"
    )
    max_body: Count = Field(default=10_000_000, description="bytes that a request's body may have")
    body_seconds: Seconds = Field(default=30, description="seconds that a request's body may take to arrive")
    connections: Count = Field(default=1000, description="connections that a process holds")
    head_seconds: Seconds = Field(default=10, description="seconds that a request's head may take to arrive")
    idle_seconds: int = Field(
        default=15, ge=1, le=DAY, description="seconds after which a connection without requests ends"
    )
    answer_seconds: Seconds = Field(default=60, description="seconds in which a client takes 64 kB of an answer")
    write_rate: Rate = Field(default=50, description="writes a second for each token; 0: no limit")
    write_burst: Count = Field(default=500, description="writes that may come at once")
    read_rate: Rate = Field(default=0, description="reads a second for each client; 0: no limit")
    read_burst: Count = Field(default=500, description="reads that may come at once")
    read_seconds: Seconds = Field(
        default=15, description="seconds that a read may compute, and a drawing again as long"
    )
    drawings: Count = Field(default=2, description="drawings that are made at the same time")
    sparql_seconds: Seconds = Field(default=10, description="seconds that a SPARQL query may take")
    sparql_rows: Count = Field(default=100_000, description="rows, or triples, that its answer may have")
    sparql_bytes: Count = Field(default=20_000_000, description="bytes that its answer may have")
    sparql_memory: int = Field(
        default=512_000_000, ge=1_000_000, le=MOST, description="bytes of memory that it may take"
    )
    sparql_queries: Count = Field(default=4, description="queries that are answered at the same time")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="the least that is logged; from warning on, requests are not"
    )
    cache_bytes: int = Field(default=64_000_000, ge=0, le=MOST, description="bytes of finished answers to keep")

    @field_validator("store")
    @classmethod
    def _store_url(cls, value: str | None) -> str | None:
        if value and not _STORE.match(value):
            raise ValueError("write sqlite:////srv/maps.db or postgresql://user@host/database")
        return value or None

    @field_validator("vocabulary", mode="before")
    @classmethod
    def _no_file(cls, value: object) -> object:
        return value or None

    @field_validator("replica")
    @classmethod
    def _replica_url(cls, value: str | None, info: ValidationInfo) -> str | None:
        if not value:
            return None
        if not (info.data.get("store") or "").startswith("postgresql"):
            raise ValueError("only a store on PostgreSQL has a replica; unset it, or name such a store")
        if not value.startswith("postgresql") or not _STORE.match(value) or "," in urlsplit(value).netloc:
            raise ValueError("write the URL of one server, as postgresql://user@host/database")
        return value

    @field_validator("cors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(_origin(one.strip()) for one in value.split(",") if one.strip())
        return value

    @field_validator("embed", mode="before")
    @classmethod
    def _framing(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = tuple(one.strip() for one in value.split(",") if one.strip())
        if not all(one == "*" or _FRAMING.fullmatch(one) for one in found) or ("*" in found and len(found) > 1):
            raise ValueError("write origins as https://a.example or https://*.example, with no / behind; or * alone")
        return found

    @field_validator("proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(_network(one.strip()) for one in value.split(",") if one.strip())

    @field_validator("root_path")
    @classmethod
    def _prefix(cls, value: str) -> str:
        return checked_prefix(value)

    @field_validator("base")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not _is_address(value):
            raise ValueError("write an address as https://maps.example/, without ? and #")
        return value if value.endswith("/") else value + "/"


_STORE = re.compile(r"(?:sqlite|postgresql)(?:\+\w*)?://")
_FRAMING = re.compile(r"https?://(?:\*\.)?[a-z0-9.-]*[a-z0-9](?::[0-9]{1,5})?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|^`\\?#@]+", re.IGNORECASE)


def _is_address(text: str) -> bool:
    """Whether a text is the address of a place on the web, with no query and no fragment."""
    try:
        parts = urlsplit(text)
        return _ADDRESS.fullmatch(text) is not None and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no port, or no address of the newer kind
        return False


def _origin(text: str) -> str:
    if text in ("*", "null") or (_is_address(text) and not urlsplit(text).path):
        return text
    raise ValueError("write origins as https://a.example or http://localhost:3000, with no / behind; or *")


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise ValueError(f"{error}; write addresses as 10.0.0.7 and networks as 10.0.0.0/8") from error


# Settings that are wrong: each with its name, its value and what may stand there.


def read_settings() -> Settings:
    """The settings of this process's environment. Raises `WrongSettings`, which tells all that is wrong in it."""
    wrong = list(_misspelt(os.environ))
    try:
        settings = Settings()
    except ValidationError as error:
        given = {name.upper(): value for name, value in os.environ.items()}
        wrong += (_wrong(one["loc"][0], one["msg"], given) for one in error.errors(include_url=False))
    if wrong:
        raise WrongSettings(wrong)
    return settings


def _wrong(field: int | str, said: str, given: Mapping[str, str]) -> str:
    """What a setting is, and what it may be; `said` is what the library says of it."""
    name = f"{PREFIX}{field}".upper()
    about = Settings.model_fields[str(field)]
    value = shown_url(given.get(name, ""))
    shown = f"{value[:MOST_SHOWN]!r}{'…' if len(value) > MOST_SHOWN else ''}" if value else "empty"
    allowed = _allowed(about) or said.removeprefix("Value error, ")
    return f"{name} is {shown}: {allowed} ({about.description})"


def _allowed(field: FieldInfo) -> str:
    """What may stand in a setting that is one of several words, or a number; else nothing."""
    if get_origin(field.annotation) is Literal:
        *others, last = get_args(field.annotation)
        return f"write {', '.join(others)} or {last}"
    if field.annotation not in (int, float):
        return ""
    kind = "a whole number" if field.annotation is int else "a number"
    bounds = {name: getattr(one, name) for one in field.metadata for name in ("ge", "gt", "le") if hasattr(one, name)}
    least = f"from {bounds['ge']:,}" if "ge" in bounds else f"above {bounds['gt']:,}"
    return f"write {kind} {least} to {bounds['le']:,}, in digits".replace(",", "")


def _misspelt(given: Iterable[str]) -> Iterator[str]:
    """The variables that are nearly settings, each with those that it may mean."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (that the app without a server need not pay)

    settings = [f"{PREFIX}{field}".upper() for field in Settings.model_fields]
    for name in sorted(given):
        bare = name.upper()
        if bare in settings or bare in OTHERS or _of_a_platform(bare):
            continue
        if bare.removeprefix(PREFIX) in OPTIONS:
            option = bare.removeprefix(PREFIX).lower()
            instead = f"{option} is an option, as in conceptmap serve --{option}"
            yield f"{name} is no setting: {instead}. Use that, and unset it"
            continue
        away = {one: OSA.distance(bare, one, score_cutoff=NEAR) for one in (*settings, *OTHERS)}
        if min(away[one] for one in settings) <= NEAR:
            near = [one for one, letters in away.items() if letters == min(away.values())]
            yield f"{name} is no setting: {meant(near, str)} Rename it, or unset it"


def _of_a_platform(name: str) -> bool:
    """Whether a variable is made by Kubernetes for a service that is called as this one is."""
    return name == f"{PREFIX}PORT" and "://" in os.environ.get(name, "")
