"""A published map: every page is there, every link leads to a place, and what others wrote stays."""

import hashlib
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.publishing.paths import file_name
from api.publishing.processes import made_by_all
from api.publishing.scripts import bundled
from conceptmap.atlas import open_atlas
from conceptmap.map import CourseMap
from conceptmap.site_folder import LIST, SiteFolder
from crawler import Read, crawl, reached
from site_folders import COURSE, published


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


def test_what_was_loaded_at_another_time_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        atlas["robot-intelligence"].load(COURSE)
        published(atlas["robot-intelligence"], tmp_path)
    assert digests(tmp_path) == digests(site)


NASTY = """\
# Day 1: Names

## Con
- requires:: [[Nul]]

## Index
- requires:: [[index.html]], [[50 % off / and on]]

## 50 % off / and on
Text with <script>alert(1)</script> and a [link](../../etc/passwd).

## 発酵 と 酵母
- part of:: [[Index]]

## A#b?c&d="e"
- about:: [[Con]]

## 🍞
- about:: [[Con]]

## {long}
- about:: [[Con]]
"""


def test_nasty_names_give_files_for_every_disk(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "con.md").write_text(NASTY.replace("{long}", "very long " * 40), encoding="utf-8")
    (notes / "第1日 (50 %).md").write_text("# Day 1: Again\n\n## Concept: Con\n", encoding="utf-8")
    (notes / "Con.MD").write_text("# Day 1: Again\n\n## Concept: Yeast\n", encoding="utf-8")
    folder = tmp_path / "site"
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].load(notes)
        published(atlas["bread"], folder)
        size = atlas["bread"].size
    pages, troubles = crawl(folder)
    assert troubles == []
    assert sum(path.startswith("nodes/") for path in pages) == size - 1
    names = [one.relative_to(folder).as_posix() for one in folder.rglob("*")]
    assert len({one.lower() for one in names}) == len(names)
    assert all(one.isascii() and not set(one) & set(' #?%:*<>|"\\') for one in names)
    assert {Path(one).stem.lower() for one in names}.isdisjoint({"con", "nul", "aux", "prn"})
    assert all("<script>alert" not in one.read_text() for one in folder.rglob("*.html"))


def test_former_ids_lead_on(tmp_path: Path) -> None:
    notes = tmp_path / "day-01.md"
    notes.write_text(
        "# Day 1\n\n## DoF\nHow deep.\n\n## Depth of field\nWhat is sharp.\n\n## Light\n- about:: [[DoF]]\n"
    )
    folder = tmp_path / "site"
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].load(notes)
        atlas["bread"].merge("DoF", "Depth of field", by="ada")
        published(atlas["bread"], folder)
    assert crawl(folder)[1] == []
    moved = (folder / "nodes" / "dof.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../nodes/depth-of-field.html">' in moved


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # threads of tests
def test_several_processes_make_the_same_bytes(
    sample: CourseMap, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.publishing.processes.FEWEST", 1)
    published(sample, tmp_path)
    assert digests(tmp_path) == digests(site)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_what_goes_wrong_in_a_process_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.publishing.processes.FEWEST", 1)
    with pytest.raises(ZeroDivisionError):
        list(made_by_all(lambda number: 1 // number, [3, 2, 1, 0], ()))


def test_previews_need_a_base(sample: CourseMap, site: Path, tmp_path: Path) -> None:
    assert not (site / "preview.png").exists()
    assert published(sample, tmp_path, "https://maps.example/ri") == []
    image = (tmp_path / "preview.png").read_bytes()
    assert struct.unpack(">II", image[16:24]) == (1200, 630)
    index, node = ((tmp_path / one).read_text() for one in ("index.html", "nodes/compression.html"))
    assert '<meta property="og:image" content="https://maps.example/ri/preview.png">' in node
    assert '<meta property="og:title" content="Compression">' in node
    assert '<meta property="og:description" content="Writing the same data down in fewer bits.">' in node
    assert '<link rel="canonical" href="https://maps.example/ri/index.html">' in index
    assert "og:image" not in (site / "index.html").read_text()
    assert crawl(tmp_path)[1] == []


def test_without_the_extra_the_site_is_made_and_the_preview_told(
    sample: CourseMap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conceptmap.draw.png.find_spec", lambda _: None)
    (told,) = published(sample, tmp_path, "https://maps.example/ri")
    assert "resvg-py" in told
    assert "og:image" not in (tmp_path / "index.html").read_text()


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


def test_notes_of_no_day_and_ranges_that_only_links_name_have_their_places(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "reading.md").write_text("# Reading\n\n## Yeast\nA fungus.\nAlive.\n\n## Bread\n- requires:: [[Yeast]]\n")
    (notes / "day-03.md").write_text("# Day 3\n\n## Rising\n- requires:: [[Yeast]]\n")
    folder = tmp_path / "site"
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].load(notes)
        published(atlas["bread"], folder)
    pages, troubles = crawl(folder)
    assert troubles == []
    assert "notes/0-reading.html" in pages
    assert any("notes/0-reading.html#L3-L5" in link for link in pages["nodes/yeast.html"].links)
