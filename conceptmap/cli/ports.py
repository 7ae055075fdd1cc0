"""Which program has a port of this machine, as far as Linux tells it in /proc."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_LISTENS = "0A"
"""How Linux writes the state of a socket that waits for connections."""


def program_at(port: int) -> str | None:
    """The program that listens at a port, and its process; None where that is not told, as of programs of others."""
    with suppress(OSError):
        wanted = {f"socket:[{inode}]" for inode in _listening(port)}
        for process in (one for one in _PROC.iterdir() if one.name.isdecimal()):
            with suppress(OSError):
                if any(str(link.readlink()) in wanted for link in (process / "fd").iterdir()):
                    return f"{_called(process)} (process {process.name})"
    return None


def _listening(port: int) -> Iterator[str]:
    """The numbers of the sockets that listen at a port."""
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in (_PROC / "net" / table).read_text().splitlines()[1:]:
                _, local, _, state, *_, inode = line.split()[:10]
                if state == _LISTENS and int(local.rpartition(":")[2], 16) == port:
                    yield inode


def _called(process: Path) -> str:
    """What a process was started as: its program, or the script that Python runs."""
    words = (process / "cmdline").read_text(errors="replace").split("\0")
    names = [Path(one).name for one in words if one and not one.startswith("-")]
    scripted = len(names) > 1 and names[0].startswith("python")
    return names[1 if scripted else 0] if names else (process / "comm").read_text(errors="replace").strip()
