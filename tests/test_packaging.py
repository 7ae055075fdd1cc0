"""What is shipped and pinned is what the package says it needs."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = [
    line for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]
FLOORS = ("ontology", "graphs", "conceptmap", "api")


def name_of(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_dependency_is_pinned() -> None:
    extras = [one for extra in PROJECT["optional-dependencies"].values() for one in extra]
    wanted = {name_of(one) for one in (*PROJECT["dependencies"], *extras)} - {PROJECT["name"]}
    assert wanted - {name_of(pin) for pin in PINS} == set(), "run make lock"


def test_the_lock_holds_exact_versions_and_nothing_of_one_machine() -> None:
    assert [pin for pin in PINS if not re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", pin)] == []


@pytest.mark.parametrize("floor", FLOORS)
def test_each_floor_ships_its_types(floor: str) -> None:
    assert files(floor).joinpath("py.typed").is_file()


def test_the_sample_course_ships_with_the_package() -> None:
    assert sorted(one.name for one in files("conceptmap").joinpath("course").iterdir() if one.name.endswith(".md"))
