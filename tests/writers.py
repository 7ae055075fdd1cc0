"""Writers as processes of their own, which end when they are killed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

_PROGRAM = """
import sys
from datetime import UTC, datetime
from graphs.entries import Write; from graphs.log import Behind, open_log
from ontology.errors import StoreUnavailable; from ontology.model import Document
_, url, name, part = sys.argv
log = open_log(url)
for day in range(100_000):
    said = Document(map=name, day=day, part=part)
    while True:
        try:
            write = Write(day, part, said, b"x" * 500, "text/markdown", "ada")
            (entry,) = log.append(name, [write], log.last(name), datetime.now(UTC), first_day=0)
            break
        except (Behind, StoreUnavailable):  # it is locked for long where many write and the machine is busy
            continue
    print(entry.sequence, flush=True)
"""


def started(store: str, name: str, part: str) -> "subprocess.Popen[str]":
    """A process that appends one entry after another to a map, and prints the number of each that is acknowledged."""
    command = [sys.executable, "-c", _PROGRAM, store, name, part]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
