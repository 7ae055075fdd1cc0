"""The tests on every Python of this machine from 3.11 on: `make matrix` (`tests/matrix.py [--quick] [PYTHON]...`).

Each Python gets a virtual environment of its own below `build/matrix`, with what `requirements.lock` pins. Pythons are
looked for in PATH, in Debian's place and in the folders of version managers; `PYTHONS="/a/python3.12 python3.14"`
names others. One Python stands for all that have its exact version.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from machine import HIDING

ROOT = Path(__file__).parent.parent
OLDEST = (3, 11)
FOLDERS = ("/usr/bin", "/usr/local/bin")
MANAGERS = (
    "$PYENV_ROOT/versions/*/bin",
    "~/.pyenv/versions/*/bin",
    "~/.asdf/installs/python/*/bin",
    "~/.local/share/mise/installs/python/*/bin",
    "~/.local/share/uv/python/*/bin",
    "/opt/python/*/bin",
)
"""Where version managers keep their Pythons (and the images that build wheels: /opt/python)."""

SOURCES = ("requirements.lock", "pyproject.toml")
"""What an environment is made from: it is made again when one of them changes."""

INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
_ASKED = "import sys; print(sys.implementation.name, *sys.version_info[:3], sys._base_executable)"


def main() -> int:
    """Run the tests on each Python; the exit status is 1 where any of them fails, or none is found."""
    parser = argparse.ArgumentParser(description="Run the tests on every Python from 3.11 on that is found.")
    parser.add_argument("python", nargs="*", help="these Pythons instead of those that are found")
    parser.add_argument("--quick", action="store_true", help="leave out browsers, PostgreSQL and server processes")
    parser.add_argument("--others", action="store_true", help="leave out the version that runs this program")
    chosen = parser.parse_args()
    found = pythons(chosen.python or None)
    if chosen.others:
        found.pop(".".join(map(str, sys.version_info[:3])), None)
    results = {version: tried(version, python, quick=chosen.quick) for version, python in found.items()}
    print("\nPython    result      seconds  from")
    for version, (result, seconds) in results.items():
        print(f"{version:<9} {result:<11} {seconds:>7.0f}  {found[version]}")
    if not results:
        print(
            f"no {'other ' if chosen.others else ''}Python from {OLDEST[0]}.{OLDEST[1]} on was found", file=sys.stderr
        )
    return int(any(result == "failed" for result, _ in results.values()) or not (results or chosen.others))


def pythons(named: list[str] | None = None) -> dict[str, str]:
    """The Pythons to try by version, oldest first: `{"3.11.2": "/usr/bin/python3.11", ...}`.

    Those that are named must run and be new enough, else the program ends; what is merely found may be anything.
    """
    named = named or os.environ.get("PYTHONS", "").split() or None
    found: dict[tuple[int, ...], str] = {}
    for python in named or _candidates():
        version, program = version_of(python)
        if version >= OLDEST:
            found.setdefault(version, program)
        elif named:
            raise SystemExit(f"{python} is no CPython from {OLDEST[0]}.{OLDEST[1]} on")
    return {".".join(map(str, version)): python for version, python in sorted(found.items())}


def version_of(python: str) -> tuple[tuple[int, ...], str]:
    """The version of a CPython as three numbers, and the program behind shims and virtual environments.

    The version is empty where the program does not run or is another Python.
    """
    try:
        done = subprocess.run([python, "-c", _ASKED], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return (), python
    name, *numbers, program = done.stdout.split(maxsplit=4)
    return tuple(map(int, numbers)) if name == "cpython" else (), program.strip()


def tried(version: str, python: str, *, quick: bool) -> tuple[str, float]:
    """Make the environment of a Python and run the tests in it: "passed", "failed" or "no venv", and the seconds."""
    print(f"\n== Python {version} ({python})", flush=True)
    start = time.monotonic()
    environment = ROOT / "build" / "matrix" / version
    stamp = environment / "installed"
    if not stamp.exists() or any(stamp.stat().st_mtime < (ROOT / one).stat().st_mtime for one in SOURCES):
        shutil.rmtree(environment, ignore_errors=True)
        if _run([python, "-m", "venv", str(environment)]):
            print(f"left out: {python} makes no environment (Debian: apt install python3-venv)", flush=True)
            return "no venv", time.monotonic() - start
        own = str(environment / "bin" / "python")
        if _run([own, *INSTALL, "-r", "requirements.lock"]) or _run(
            [own, *INSTALL, "--no-deps", "--no-build-isolation", "-e", "."]
        ):
            return "failed", time.monotonic() - start
        stamp.touch()
    tests = [str(environment / "bin" / "python"), "-m", "pytest", "-n", "auto", *(["--quick"] if quick else [])]
    return "failed" if _run(tests) else "passed", time.monotonic() - start


def _candidates() -> Iterator[str]:
    """All programs that may be a Python, those of PATH first."""
    managers = [os.path.expanduser(os.path.expandvars(one)) for one in MANAGERS]
    patterns = [*os.environ.get("PATH", os.defpath).split(os.pathsep), *FOLDERS, *managers]
    for pattern in patterns:
        if os.path.isabs(pattern):
            for folder in sorted(Path("/").glob(pattern.lstrip("/"))):
                yield from map(str, sorted(folder.glob("python3.[1-9][0-9]")))


def _run(command: list[str]) -> int:
    environment = {name: value for name, value in os.environ.items() if name not in HIDING}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
