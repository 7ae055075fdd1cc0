"""The page of a day's note: an anchor for each line, what each made, what is cited, and the way back."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from api.web.note_page import MOST_RENDERED, NotePage, read_lines
from conceptmap.note_lines import NoteLines, note_lines_of
from graphs.entries import Write, entry_from
from ontology.model import Document
from services import MAP, NOTES, Served, served

COURSE = Path(__file__).parents[1] / "conceptmap" / "course"
PAGE = "/maps/robot-intelligence/page"
VOID = {"br", "hr", "path", "circle", "meta", "link", "input"}
HOSTILE = """# <img src=x onerror=alert(1)>

<script>alert(1)</script> **bold <b onclick="x">b</b>** [a](javascript:alert(1)) ![p](http://x/p.png) [[<i>x</i>]]

<div onmouseover="alert(2)"><iframe src="//x"></iframe></div>

`</span></div>` $\\text{<script>alert(3)</script>}$ <!-- a
comment --> &lt;script&gt;

| a <b> | "b" |
|---|---|
| <svg/onload=alert(4)> | 'x' |
"""


class _Balance(HTMLParser):
    """The tags of a page, that are open and closed in each other, and its ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)
        assert self.opened == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.opened.pop() == tag


@pytest.fixture(scope="module")
def course() -> Iterator[Served]:
    """A service with the sample course, that is only read."""
    with served() as service:
        service.atlas["robot-intelligence"].load(COURSE)
        yield service


def shown(service: Served, path: str, status: int = 200) -> str:
    answer = service.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    return answer.text


def lines_of(text: str) -> NoteLines:
    """The lines of a note that made nothing."""
    document = Document(map="bread", day=1, part="day-01.md")
    write = Write(1, "day-01.md", document, text.encode(), "text/markdown", "")
    entry = entry_from("bread", write, "{}", sequence=1, revision=1, time="2026-01-01T00:00:00Z", link=b"")
    return note_lines_of(entry, document)


def written(text: str, lines: str = "") -> str:
    return NotePage(lines_of(text), read_lines(lines), {}).written(lambda _, __: Markup(""))


def test_each_citation_of_an_answer_leads_to_its_lines_and_back(course: Served) -> None:
    page = shown(course, f"{PAGE}?q=what+supports+the+bitter+lesson%3F")
    links = re.findall(r'href="([^"]*/page/notes[^"]*#L[^"]*)"', page)
    assert len(links) > 20  # those of the answer, and of the outline
    for link in map(unescape, links[:12]):
        note, anchor = shown(course, link), link.partition("#")[2]
        assert f'id="{anchor}"' in note
        assert "Back to the answer to “what supports the bitter lesson?”" in note
        assert "?q=what+supports+the+bitter+lesson%3F" in note
        first, last = read_lines(anchor) or (0, 0)
        marked = {int(line) for line in re.findall(r'class="line cited"(?: id="L\d+")? data-line="(\d+)"', note)}
        assert marked
        assert marked <= set(range(first, last + 1))


def test_the_day_and_the_moment_are_kept_on_the_way_to_a_note_and_back(course: Served) -> None:
    page = shown(course, f"{PAGE}?as_of=25&at=4&focus=scaling-laws")
    link = unescape(re.findall(r'href="([^"]*/page/notes[^"]*#L[^"]*)"', page)[0])
    assert "as_of=25&at=4" in link
    note = shown(course, link)
    assert f'href="{PAGE}?as_of=25&amp;at=4&amp;focus=scaling-laws">← Back to the map, at scaling-laws' in note


def test_every_line_of_every_note_has_one_anchor(course: Served) -> None:
    for path in sorted(COURSE.glob("day-*.md")):
        day = int(path.stem[4:])
        page = _Balance(shown(course, f"{PAGE}/notes?day={day}"))
        single = [one for one in page.ids if re.fullmatch(r"L\d+", one)]
        assert single == [f"L{number}" for number in range(1, len(path.read_text().split("\n")) + 1)]
        assert len(set(page.ids)) == len(page.ids)


def test_a_range_that_something_was_read_from_has_an_anchor_without_being_asked_for(course: Served) -> None:
    ids = set(_Balance(shown(course, f"{PAGE}/notes?day=26")).ids)
    said = [one.item.origin.lines for one in course.atlas["robot-intelligence"].note_lines(26).made]
    assert {f"L{one[0]}-L{one[1]}" for one in said if one and one[0] < one[1]} <= ids


def test_beside_a_line_stands_what_it_made(course: Served) -> None:
    page = shown(course, f"{PAGE}/notes?day=26")
    (row,) = re.findall(r'<div class="row"><a class="at" href="#L98".*?</div></div>', page, re.DOTALL)
    assert re.search(r"Data costs.*<em>supports</em>\s*Robot learning faces a different world", row, re.DOTALL)


def test_what_was_not_read_is_said_with_the_reason() -> None:
    with served() as service:
        notes = f"{NOTES}\n## Usage\n\n```sh\nknead --slowly\n```\n\n- [ ] Buy flour\n"
        assert service.put_notes(2, notes, part="day-02.md").status_code == 201
        page = shown(service, f"{MAP}/page/notes?day=2")
        assert re.search(r'href="#L\d+">[\d–]+</a> <span class="quiet">code:</span> ```sh', page)
        assert "Not read: code" in page
        assert "Not read: something to do" in page


def test_wiki_links_lead_to_nodes_and_foreign_links_nowhere_else(course: Served) -> None:
    page = shown(course, f"{PAGE}/notes?day=26")
    assert f'<a href="{PAGE}?focus=robot-learning">Robot learning</a>' in page
    assert '<a href="javascript' not in written(HOSTILE)


def test_nothing_in_a_note_becomes_markup() -> None:
    page = _Balance(written(HOSTILE))
    assert page.tags <= set(
        "a b code div h2 hr br p pre span strong table thead tbody tr th td math mtext mrow mi".split()
    )
    assert not {one for one in page.attributes if one.startswith("on")}


@example("~~~")
@given(st.text(alphabet="ab*_`[]()<>!-+#|~$\\\n\t =&:1.", max_size=120))
def test_any_text_is_written_with_balanced_tags_and_one_anchor_a_line(text: str) -> None:
    page = _Balance(written(text))
    assert [one for one in page.ids if re.fullmatch(r"L\d+", one)] == [
        f"L{number}" for number in range(1, len(lines_of(text).lines) + 1)
    ]


def test_a_long_note_is_read_around_what_is_cited_and_stands_as_typed_elsewhere() -> None:
    text = "\n\n".join(f"**Line** {number} of a long note." for number in range(20_000))
    page = written(text, "20001-20003")
    assert len(text) > 6 * MOST_RENDERED
    assert page.count("<strong>Line</strong>") < MOST_RENDERED / 20
    assert '<span class="line cited" id="L20001" data-line="20001"><strong>Line</strong> 10000' in page
    assert "**Line** 19999" in page
    assert len(set(_Balance(page).ids)) == len(lines_of(text).lines) + 1


def test_one_line_of_megabytes_is_shown_as_it_was_typed() -> None:
    text = "a **b** " * 100_000
    assert "a **b** a" in written(text)


def test_what_was_added_on_the_page_is_listed() -> None:
    with served() as service:
        assert service.put_notes(1).status_code == 201
        node = {"kind": "Claim", "label": "Warm dough rises sooner"}
        assert service.append(1, "nodes", [node]).status_code == 201
        page = shown(service, f"{MAP}/page?focus=warm-dough-rises-sooner")
        link = unescape(re.findall(r'href="([^"]*/page/notes[^"]*by%3Aappend[^"]*)"', page)[0])
        assert "Warm dough rises sooner" in shown(service, link)


def test_the_lines_of_a_diary_are_those_of_its_file(tmp_path: Path) -> None:
    days = "".join(f"# Day {day}\n\n## Claim: Point {day}\n- about:: [[Bread]]\n\n" for day in (1, 2, 3))
    (tmp_path / "diary.md").write_text(f"---\ncourse: bread\n---\n{days}")
    with served() as service:
        service.atlas["bread"].load(tmp_path / "diary.md")
        note = service.atlas["bread"].note_lines(2)
        at = note.made[-1].first
        assert note.lines[at - note.first].startswith("- about::")
        assert note.first > 5


@pytest.mark.parametrize("path", ["notes?day=99", "notes?day=26&part=nope.md", "notes?day=x"])
def test_a_note_that_is_not_there_is_said_in_words(course: Served, path: str) -> None:
    page = shown(course, f"{PAGE}/{path}", 400 if "x" in path else 404)
    assert "The map robot-intelligence" in page
