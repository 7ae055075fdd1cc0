"""Starting: the command's help and a question on the sample course, against a bare Python."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Table, timed

QUESTION = "what supports the bitter lesson?"


def run() -> Iterator[Table]:
    """One table."""
    program = str(Path(sys.executable).with_name("conceptmap"))
    with TemporaryDirectory() as folder, as_file(files("conceptmap").joinpath("course")) as notes:
        store = f"sqlite:///{folder}/maps.db"
        _run(program, "load", "--store", store, str(notes))
        ways = {
            "python -c pass": partial(_run, sys.executable, "-c", "pass"),
            "conceptmap --help": partial(_run, program, "--help"),
            "conceptmap ask": partial(_run, program, "ask", "--store", store, QUESTION),
        }
        yield timed("Starting", ways, rounds=11, goal="help at most 10x bare Python")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
