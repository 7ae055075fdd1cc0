"""What tests need of the machine they run on, and what they must not take over from it."""

import os
import shutil
from typing import NoReturn

import pytest

ADMIN_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
"""Where programs for administrators are; on Debian they are not in the PATH of a user who became root by `su`."""

HIDING = ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONWARNINGS")
"""Variables with which Python behaves better, or otherwise, than for people who do not set them."""

OUR_OWN = ("CONCEPTMAP_SARIF_SCHEMA", "CONCEPTMAP_SHARED", "CONCEPTMAP_TEST_POSTGRES")
"""Variables that tests read. All others of the product are unset: a user's own store and settings are left alone."""


def forget_environment() -> None:
    """Unset what would hide faults from the programs that tests start, or lead them to a user's own maps."""
    for name in list(os.environ):
        if name in HIDING or (name.startswith("CONCEPTMAP_") and name not in OUR_OWN):
            del os.environ[name]


def lacks(what: str) -> NoReturn:
    """Skip a test, or in continuous integration fail it: the machine has not what it needs (its name; what to do)."""
    reason = f"NOT CHECKED: this machine has no {what}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def add_admin_folders() -> None:
    """Let programs be found where only administrators look for them."""
    path = os.environ.get("PATH", os.defpath).split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join([*path, *(one for one in ADMIN_FOLDERS if one not in path)])


def need_postgres() -> None:
    """Skip (or fail) where a PostgreSQL server cannot be started.

    Root may not run one: it runs as a user of its own, who is made by `useradd`.
    """
    if os.name == "posix" and os.geteuid() == 0:
        add_admin_folders()
        if shutil.which("useradd") is None:
            lacks("useradd, which root needs to run PostgreSQL; apt-get install passwd, or run the tests as a user")


def chromium_path() -> str:
    """Where Chromium is; without it the test is skipped (or fails).

    The one without windows is taken first: it is the same engine, and takes less than half of the time.
    """
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    lacks("chromium; apt-get install chromium-headless-shell fonts-liberation")
