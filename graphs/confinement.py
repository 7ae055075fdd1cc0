"""How a process that works on what strangers wrote is confined: its time, memory, files and network (on Unix)."""

import os
import resource
import signal
from pathlib import Path

NICENESS = 5
"""Such a process lets the service itself go first where processors are short."""


def confine(seconds: float, memory: int) -> None:
    """Take from this process what it does not need: the kernel ends it, or refuses, whatever code it is in.

    It is ended by SIGALRM after so many seconds. It gets no more than so many bytes beside what it has, and can open no
    file and no connection: what is open stays so, and what it is to import must be imported.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    os.nice(NICENESS)


def bare_environment() -> dict[str, str]:
    """The environment for such a process: not the store's URL, nor a token, as it has nothing to do with them.

    Libraries written in Rust print no backtrace there: one that finds no memory left, while it prints where it found
    none, waits for itself for ever.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCEPTMAP_")}
    return {**kept, "RUST_BACKTRACE": "0"}


def _address_space() -> int:
    """The bytes of address space that this process has already."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:  # only Linux has it
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
