"""A published map: every page is there, every link leads to a place, and what others wrote stays."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.publishing import files_of
from api.publishing.paths import file_name
from api.publishing.scripts import bundled
from conceptmap.atlas import open_atlas
from conceptmap.map import CourseMap
from conceptmap.site_folder import LIST, SiteFolder
from crawler import Read, crawl, reached

COURSE = Path(__file__).parents[1] / "conceptmap" / "course"


def published(course: CourseMap, folder: Path, base: str = "") -> SiteFolder:
    place = SiteFolder.at(folder)
    for file in files_of(course, base):
        place.write(file.path, file.body)
    place.finish()
    return place


def digests(folder: Path) -> dict[str, str]:
    return {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file()
    }


@pytest.fixture(scope="module")
def sample() -> Iterator[CourseMap]:
    """The sample course."""
    with open_atlas("sqlite://") as atlas:
        atlas["robot-intelligence"].load(COURSE)
        yield atlas["robot-intelligence"]


@pytest.fixture(scope="module")
def site(sample: CourseMap, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    folder = tmp_path_factory.mktemp("site")
    published(sample, folder)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Read]:
    """The pages of the site, which are as they should be."""
    found, troubles = crawl(site)
    assert troubles == []
    return found


def test_every_node_day_unit_and_note_has_a_page_that_links_reach(pages: dict[str, Read], sample: CourseMap) -> None:
    view = sample.view()
    of = {
        folder: sum(path.startswith(f"{folder}/") for path in pages) for folder in ("nodes", "units", "days", "notes")
    }
    units = len(view.ids_of_kind("Unit"))
    assert of["units"] == units
    assert of["nodes"] == view.size - units - len(view.days())
    assert of["days"] == len(view.days()) + 1
    assert of["notes"] == len(view.parts())
    assert set(pages) - reached(pages, "index.html") == {"404.html"}


def test_the_same_map_gives_the_same_bytes(sample: CourseMap, site: Path, tmp_path: Path) -> None:
    published(sample, tmp_path)
    assert digests(tmp_path) == digests(site)


def test_names_of_files_are_told_apart_by_every_disk() -> None:
    names = [
        "Yeast",
        "yeast",
        "YEAST",
        "con",
        "Con",
        "index",
        "lpt1",
        "発酵",
        "発酵 ",
        "a/b",
        "a%2Fb",
        "..",
        "-a",
        "x" * 300,
    ]
    files = [file_name(one) for one in names]
    assert len({one.lower() for one in files}) == len(names)
    assert all(one.isascii() and len(one) <= 64 and one.replace("-", "").isalnum() for one in files)
    assert file_name("yeast") == "yeast"


def test_what_others_wrote_is_told_and_left(tmp_path: Path) -> None:
    (tmp_path / "thesis.html").write_text("mine")
    place = SiteFolder.at(tmp_path)
    assert place.foreign() == ["thesis.html"]
    place.write("nodes/a.html", b"a")
    place.finish()
    (tmp_path / "nodes" / "a.html").write_bytes(b"changed by hand")
    again = SiteFolder.at(tmp_path)
    assert again.foreign() == ["nodes/a.html", "thesis.html"]
    assert again.finish() == []
    assert (tmp_path / "nodes" / "a.html").read_bytes() == b"changed by hand"


def test_pages_of_what_is_gone_are_removed(tmp_path: Path) -> None:
    place = SiteFolder.at(tmp_path)
    place.write("index.html", b"")
    place.write("nodes/a.html", b"a")
    place.finish()
    again = SiteFolder.at(tmp_path)
    again.write("index.html", b"")
    assert again.finish() == ["nodes/a.html"]
    assert sorted(digests(tmp_path)) == [LIST, "index.html"]


def test_a_build_that_ended_half_way_is_gone_on_with(tmp_path: Path) -> None:
    SiteFolder.at(tmp_path).write("nodes/a.html", b"a")
    again = SiteFolder.at(tmp_path)
    assert again.foreign() == []
    assert again.finish() == ["nodes/a.html"]


def test_the_list_is_one_that_sha256sum_checks(tmp_path: Path) -> None:
    place = SiteFolder.at(tmp_path)
    place.write("a.html", b"a")
    place.finish()
    assert (tmp_path / LIST).read_text() == f"{hashlib.sha256(b'a').hexdigest()}  a.html\n"


def test_the_list_removes_nothing_outside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "kept.html").write_bytes(b"kept")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / LIST).write_text(f"{hashlib.sha256(b'kept').hexdigest()}  ../kept.html\n")
    assert SiteFolder.at(folder).finish() == []
    assert (tmp_path / "kept.html").exists()


def test_modules_that_are_imported_twice_are_in_a_script_once() -> None:
    files = {
        "a.js": b'import { b } from "./b.js";\nimport { c } from "./c.js";\n',
        "b.js": b'import { c } from "./c.js";\nexport const b = c;\n',
        "c.js": b"export const c = 1;\n",
    }
    text = bundled(files, "a.js").decode()
    assert text.count("const c = 1;") == 1
    assert text.index("const c = 1;") < text.index("const b = c;")
