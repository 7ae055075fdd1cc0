"""The settings of the service: each has a default, and an environment variable CONCEPTMAP_NAME that overrides it."""

from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.proxies import Network, checked_prefix
from conceptmap.rdf import BASE


class Settings(BaseSettings):
    """What whoever runs the service can choose."""

    model_config = SettingsConfigDict(env_prefix="CONCEPTMAP_", frozen=True, extra="ignore")

    store: str | None = Field(default=None, description="URL of the store; by default a file in the user's data folder")
    base: str = Field(default=BASE, description="what the IRIs of maps, days and nodes begin with")
    reads: Literal["open", "token"] = Field(default="open", description="whether reading needs a token")
    cors: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="origins whose pages may call the service, with commas between; * for all"
    )
    proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(), description="addresses and networks of proxies whose X-Forwarded headers are believed, with commas"
    )
    root_path: str = Field(default="", description="prefix of the path under which a proxy shows the service")
    mcp: Literal["on", "off"] = Field(
        default="on", description="whether agents are served at /mcp, where the extra mcp is installed"
    )
    max_body: int = Field(default=10_000_000, ge=1, description="bytes that a request's body may have")
    body_seconds: float = Field(default=30, gt=0, description="seconds that a request's body may take to arrive")
    connections: int = Field(default=1000, ge=1, description="connections that a process holds")
    head_seconds: float = Field(default=10, gt=0, description="seconds that a request's head may take to arrive")
    idle_seconds: int = Field(default=15, ge=1, description="seconds after which a connection without requests ends")
    answer_seconds: float = Field(default=60, gt=0, description="seconds in which a client takes 64 kB of an answer")
    write_rate: float = Field(default=50, ge=0, description="writes a second for each token; 0: no limit")
    write_burst: int = Field(default=500, ge=1, description="writes that may come at once")
    read_rate: float = Field(default=0, ge=0, description="reads a second for each client; 0: no limit")
    read_burst: int = Field(default=500, ge=1, description="reads that may come at once")
    drawings: int = Field(default=2, ge=1, description="drawings that are made at the same time")
    sparql_seconds: float = Field(default=10, gt=0, description="seconds that a SPARQL query may take")
    sparql_rows: int = Field(default=100_000, ge=1, description="rows, or triples, that its answer may have")
    sparql_bytes: int = Field(default=20_000_000, ge=1, description="bytes that its answer may have")
    sparql_memory: int = Field(default=512_000_000, ge=1_000_000, description="bytes of memory that it may take")
    sparql_queries: int = Field(default=4, ge=1, description="queries that are answered at the same time")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="the least that is logged; from warning on, requests are not"
    )
    cache_bytes: int = Field(default=64_000_000, ge=0, description="bytes of finished answers to keep")

    @field_validator("cors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(one.strip() for one in value.split(",") if one.strip())
        return value

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
        if not value.startswith(("http://", "https://")):
            raise ValueError("the base is an http or https address")
        return value if value.endswith("/") else value + "/"


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise ValueError(f"{error}; write addresses as 10.0.0.7 and networks as 10.0.0.0/8") from error
