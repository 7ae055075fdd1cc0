"""The one door to Graphviz: DOT text in, SVG text out, by a child process under a deadline."""

import os
import selectors
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Timer

from graphs.bounds import seconds_left
from ontology.errors import DrawingFailed, DrawingTooLate

PROGRAMS = ("graphviz-pure", "dot")
"""What is looked for, in this order."""
MOST_KEPT = 16
"""Drawings that are kept, some megabytes: a page shows one of them with ever other things chosen on it."""
_CHUNK = 65_536
"""Bytes at a time: as much as a pipe of Linux holds."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What Graphviz drew, and what it said besides."""

    svg: str
    warnings: str


@dataclass(frozen=True, slots=True)
class Renderer:
    """A Graphviz program, with the seconds it may take and the bytes it may write.

    The largest picture of ours, of 300 nodes, takes less than a second and half a megabyte.
    """

    program: str
    deadline: float = 10.0
    most_bytes: int = 20_000_000

    def render(self, dot: str) -> Rendering:
        """Lay out DOT text.

        Raises `DrawingFailed` on an error and past the size, `DrawingTooLate` at the deadline, or at one that somebody
        keeps: there is never half a picture.
        """
        seconds = seconds_left(self.deadline)
        try:
            process = subprocess.Popen(
                [self.program, "-Tsvg"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={"SERVER_NAME": "conceptmap", "PATH": os.defpath},
            )
        except OSError as error:
            raise DrawingFailed(f"{self.program} cannot be started ({error.strerror}); set another renderer") from error
        killer = Timer(seconds, process.kill)
        with process:
            killer.start()
            try:
                out, err = self._exchange(process, dot.encode())
                process.wait()
            except BaseException:
                process.kill()
                raise
            finally:
                in_time = not killer.finished.is_set()
                killer.cancel()
        if process.returncode != 0 and not in_time:
            raise DrawingTooLate(f"Graphviz took longer than {seconds:.3g} s; draw less, or choose a focus")
        return self._checked(process.returncode, out, err.decode(errors="replace").strip())

    def _exchange(self, process: "subprocess.Popen[bytes]", data: bytes) -> tuple[bytes, bytes]:
        """Write the input while reading both outputs, up to the most bytes."""
        assert process.stdin and process.stdout and process.stderr
        said: dict[int, bytearray] = {process.stdout.fileno(): bytearray(), process.stderr.fileno(): bytearray()}
        rest = memoryview(data)
        os.set_blocking(process.stdin.fileno(), False)
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdin, selectors.EVENT_WRITE)
            selector.register(process.stdout, selectors.EVENT_READ)
            selector.register(process.stderr, selectors.EVENT_READ)
            while selector.get_map():
                for key, _ in selector.select():
                    if key.fileobj is process.stdin:
                        rest = rest[_write(key.fd, rest) :]
                        ended = not rest
                    else:
                        chunk = os.read(key.fd, _CHUNK)
                        said[key.fd] += chunk
                        ended = not chunk
                    if ended:
                        selector.unregister(key.fileobj)
                        if key.fileobj is process.stdin:
                            process.stdin.close()
                if sum(map(len, said.values())) > self.most_bytes:
                    raise DrawingFailed(f"the drawing is larger than {self.most_bytes} bytes; draw less")
        out, err = said.values()
        return bytes(out), bytes(err)

    def _checked(self, status: int, out: bytes, warnings: str) -> Rendering:
        if status != 0:
            raise DrawingFailed(f"Graphviz ended with status {status}: {warnings or 'it gave no reason'}")
        return Rendering(out.decode(), warnings)


@lru_cache(maxsize=MOST_KEPT)
def rendered(renderer: Renderer, dot: str) -> str:
    """What `Renderer.render` draws of DOT text; a drawing that was asked for lately is not laid out once more.

    Raises what that raises.
    """
    return renderer.render(dot).svg


def _write(descriptor: int, data: memoryview) -> int:
    """How many bytes went out; all of them where the reader is gone, since its exit status tells the rest."""
    try:
        return os.write(descriptor, data[:_CHUNK])
    except BlockingIOError:
        return 0
    except BrokenPipeError:
        return len(data)


def find_renderer(setting: str | None = None) -> Renderer:
    """The Graphviz program to use: the setting, else graphviz-pure beside this Python, else on PATH, else `dot`.

    Raises `DrawingFailed` where there is none.
    """
    if setting:
        if found := shutil.which(setting):
            return Renderer(found)
        raise DrawingFailed(f"the renderer {setting!r} is no program; correct the setting, or leave it out")
    beside = Path(sys.executable).parent
    for name in PROGRAMS:
        for folder in (str(beside), None):
            if found := shutil.which(name, path=folder):
                return Renderer(found)
    install = f"{sys.executable} -m pip install graphviz-pure"
    raise DrawingFailed(f"no Graphviz program was found, which lays pictures out; install one: {install}")
