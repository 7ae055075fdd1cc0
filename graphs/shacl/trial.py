"""The one door to the process that tries shapes."""

import signal
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec

import msgspec

from graphs.confinement import bare_environment
from graphs.shacl.results import Job, Outcome
from ontology.errors import ShapesStopped

SECONDS = 120.0
"""Until the process is ended: simple shapes take some seconds on ten thousand nodes."""

MEMORY = 2_000_000_000
"""Bytes beside what the programs take: ten thousand nodes with all that documents say of them take a third."""

GRACE = 30.0
"""Seconds beyond the deadline, in which the process starts and its answer is read."""


def can_try() -> bool:
    """Whether the extra `shacl` is there."""
    return find_spec("pyshacl") is not None


def tried(data: Iterable[str], shapes: str, seconds: float = SECONDS, memory: int = MEMORY) -> Outcome:
    """What of data in Turtle does not fit shapes (in Turtle too).

    Raises `ShapesStopped` where the extra is missing, or where that takes too long or too much memory.
    """
    if not can_try():
        raise ShapesStopped(HOW_TO_INSTALL)
    job = Job(data=tuple(data), shapes=shapes, seconds=seconds, memory=memory)
    command = [sys.executable, "-P", "-m", "graphs.shacl.worker"]
    try:
        done = subprocess.run(
            command,
            input=msgspec.msgpack.encode(job),
            capture_output=True,
            timeout=seconds + GRACE,
            env=bare_environment(),
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ShapesStopped(_too_long(seconds)) from error
    if done.returncode == -signal.SIGALRM:
        raise ShapesStopped(_too_long(seconds))
    if done.returncode == -signal.SIGABRT:  # what libraries written in Rust do where they get no memory
        raise ShapesStopped(f"{_too_much(memory)} (the process broke off)")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ShapesStopped(f"trying the shapes ended with status {done.returncode}: {said or 'the process crashed'}")
    outcome = msgspec.msgpack.decode(done.stdout, type=Outcome)
    if outcome.error == "memory":
        raise ShapesStopped(_too_much(memory))
    return outcome


def _too_much(memory: int) -> str:
    return f"trying the shapes takes more than {memory // 1_000_000} MB; try fewer, or simpler ones"


def _too_long(seconds: float) -> str:
    return f"trying the shapes took longer than {seconds:g} seconds; try fewer or simpler ones"


HOW_TO_INSTALL = (
    f"shapes need the package pyshacl: {sys.executable} -m pip install 'pyshacl>=0.30' "
    "(or 'conceptmap[shacl]'; in a clone `make install` has done it)"
)
