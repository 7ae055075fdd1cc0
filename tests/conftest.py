"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from ontology.vocabulary import Vocabulary, read_vocabulary

# A slow machine is no reason for a property to fail.
settings.register_profile("conceptmap", deadline=None)
settings.load_profile("conceptmap")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite-transcripts` writes what the command line prints now into `tests/transcripts`."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="write tests/transcripts anew")


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
