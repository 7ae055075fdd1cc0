"""The web page as it is served: what is on it, that nothing of a document becomes markup, and what is sent."""

import gzip
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.routes.web import PAGES, Page
from api.web.cards import edge_card
from api.web.formulas import mathml
from api.web.page_state import PageState
from api.web.prose import prose
from api.web.site import POLICY
from api.web.swatches import swatch_of
from ontology.vocabulary import read_vocabulary
from services import Served, served

COURSE = Path(__file__).parents[1] / "conceptmap" / "course"
BREAD = Path(__file__).parent / "courses" / "bread"
PAGE = "/maps/robot-intelligence/page"
BAD = "<img src=x onerror=alert(1)> \"'&</title></svg><script>alert(2)</script>"
HOSTILE: dict[str, Any] = {
    "id": "bad",
    "kind": "Claim",
    "label": BAD,
    "aliases": [f"alias {BAD}"],
    "text": f"{BAD}\n\n**{BAD}** $\\text{{{BAD}}}$ `{BAD}`",
    "formula": f"\\text{{{BAD}}}",
    "data": {"gist": BAD, BAD.replace('"', ""): BAD},
    "place": 1,
}
ALSO: dict[str, Any] = {"id": "also", "kind": "Evidence", "label": "Also"}


class _Tags(HTMLParser):
    """Which tags and attributes a page has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.fixture(scope="module")
def course() -> Iterator[Served]:
    """A service with the sample course, that is only read."""
    with served() as service:
        service.atlas["robot-intelligence"].load(COURSE)
        yield service


@pytest.fixture(scope="module")
def hostile() -> Iterator[Served]:
    """A service with a map whose words would be markup if they could."""
    with served() as service:
        assert service.put_notes(1, f"---\ntitle: {json.dumps(BAD)}\n---\n").status_code == 201
        assert service.append(1, "nodes", [HOSTILE, ALSO]).status_code == 201
        said = {"values": {"source": BAD, "target": BAD}, "dimension": BAD[:40], "note": BAD}
        edges: list[dict[str, Any]] = [
            {"source": "also", "relation": "supports", "target": "bad", "note": BAD, "place": 1, "parent": "target"},
            {"source": "also", "relation": "contrasts with", "target": "bad", **said},
        ]
        answer = service.append(1, "edges", edges)
        assert answer.status_code == 201, answer.text
        yield service


def shown(service: Served, path: str, status: int = 200) -> str:
    answer = service.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == POLICY
    return answer.text


def test_the_root_is_the_page_of_the_only_map(course: Served) -> None:
    assert "<h1>robot-intelligence</h1>" in shown(course, "/")


def test_of_several_maps_the_root_lists_them(course: Served) -> None:
    with served() as service:
        service.put_notes(1)
        service.atlas["robot-intelligence"].load(COURSE)
        page = shown(service, "/")
        assert '<a href="/maps/bread/page">' in page and '<a href="/maps/robot-intelligence/page">' in page


def test_without_a_map_the_root_says_how_to_get_one() -> None:
    with served() as service:
        assert "There is no map yet" in shown(service, "/")


def test_an_unknown_map_is_told_as_a_page_to_browsers_and_as_a_problem_to_programs(course: Served) -> None:
    assert "<h1>No such map</h1>" in shown(course, "/maps/nope/page", 404)
    assert course.get("/maps/nope/page").headers["content-type"] == "application/problem+json"


def test_a_wrong_day_is_told_as_a_page(course: Served) -> None:
    assert "as_of" in shown(course, f"{PAGE}?as_of=soon", 400)


@pytest.mark.parametrize("entry", [one for one in PAGES if one.template], ids=lambda one: one.template)
def test_nothing_in_a_page_runs_but_the_site_s_own_modules(course: Served, entry: Page) -> None:
    page = shown(course, f"{PAGE}{entry.path}?focus=scaling-laws&q=what+supports+the+bitter+lesson")
    if entry.title and entry.path != "/changes":
        assert f"<title>robot-intelligence · {entry.title}" in page
    assert re.findall(r"<script[^>]*>", page) in (
        [],
        re.findall(r'<script type="module" src="/static/[^"]*"[^>]*>', page),
    )
    tags = _Tags(page)
    assert not {name for name in tags.attributes if name.startswith("on") or name == "style"}
    assert "style" not in tags.tags
    assert "http://" not in page.replace("http://www.w3.org/", "")


@pytest.mark.parametrize(
    "path",
    [
        "page?focus=bad",
        "page?edge=also+supports+bad",
        "page?edge=also+contrasts+with+bad",
        "page?view=all&q=compare+also+and+img",
        "page?find=img",
        f"page?q={quote(BAD)}",
        f"page?focus={quote(BAD)}",
        f"page?as_of={quote(BAD)}",
        f"page/{quote(BAD)}",
        "page/compare",
        "page/claims",
        "page/claim?focus=bad",
        "page/changes?from=0&to=1",
        "page/history?focus=bad",
    ],
)
def test_nothing_of_a_document_or_an_address_becomes_markup(hostile: Served, path: str) -> None:
    answer = hostile.get(f"/maps/bread/{path}", headers={"Accept": "text/html"})
    assert answer.status_code < 500 and answer.headers["content-type"].startswith("text/html")
    tags = _Tags(answer.text)
    assert not {name for name in tags.attributes if name.startswith("on")}
    assert "<script>" not in answer.text and "<img src=x" not in answer.text


def test_a_long_text_in_an_address_fills_the_form(course: Served) -> None:
    text = "long " * 500
    answer = course.get(f"{PAGE}/add", params={"text": text, "utm": text})
    assert answer.status_code == 200 and text.strip() in answer.text
    assert course.get(f"{PAGE}/add/choices", params={"words": text}).status_code == 400


@pytest.mark.parametrize("path", ["changes?from=x", "changes?to=-1", "changes?from=100000&to=1", "write?day=two"])
def test_a_day_in_an_address_that_is_none_is_said(course: Served, path: str) -> None:
    answer = course.get(f"{PAGE}/{path}", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "a whole number from 0 to 99999" in answer.text


def test_the_panel_shows_text_formula_relations_and_citations(course: Served) -> None:
    page = shown(course, f"{PAGE}?focus=scaling-laws")
    panel = page[page.index('class="panel"') : page.index('id="outline"')]
    for words in ("along a power law", "<math", "follows from", "day-25.md", "introduced on day 25, last on day 26"):
        assert words in panel


def test_the_panel_is_of_the_chosen_day(course: Served) -> None:
    page = shown(course, f"{PAGE}?focus=scaling-laws&as_of=25")
    panel = page[page.index('class="panel"') : page.index('id="outline"')]
    assert "day 26" not in panel


def test_a_misspelt_focus_offers_the_nearest(course: Served) -> None:
    page = shown(course, f"{PAGE}?focus=Scaling+Lows")
    assert "The map has nothing of this name." in page and ">Scaling Laws</a>" in page


@pytest.mark.parametrize("edge", ["nonsense", "scaling-laws supports transformer", "a b c d", "scaling-laws"])
def test_an_edge_that_is_not_there_is_said(course: Served, edge: str) -> None:
    assert "The map has nothing of this name." in shown(course, f"{PAGE}?edge={edge}")


def test_in_lists_each_kind_is_told_by_its_own_shape(course: Served) -> None:
    vocabulary = read_vocabulary()
    shapes = [swatch_of(vocabulary, kind) for kind in vocabulary.kinds]
    assert len(set(shapes)) == len(shapes) and not any(letter for _, letter in shapes)
    page = shown(course, f"{PAGE}?focus=scaling-laws")
    claim, _ = swatch_of(vocabulary, "Claim")
    assert f'role="img" aria-label="Claim"><g class="kind_claim"><path d="{claim}"/></g></svg>' in page


def test_of_a_map_of_one_day_nothing_is_new() -> None:
    with served() as service:
        service.append(3, "nodes", [ALSO])
        assert not re.search(r'class="[^"]*\bnew\b', shown(service, "/?view=all"))


def test_the_layout_does_not_depend_on_the_day(course: Served) -> None:
    def places(day: int) -> dict[str, str]:
        page = shown(course, f"{PAGE}?as_of={day}")
        return dict(re.findall(r'<g id="(n_[^"]+)" class="[^"]*">(.*?)</g>', page, re.DOTALL))

    assert places(14) == places(26)


def test_later_nodes_are_marked_hidden_and_new_ones_new(course: Served) -> None:
    page = shown(course, f"{PAGE}?as_of=25")
    found = dict(re.findall(r'<g id="(n_[^"]+)" class="([^"]*)"', page))
    assert "later" in found["n_the_bitter_lesson"].split()
    assert "new" in found["n_scaling_laws"].split()
    assert not {"new", "later"} & set(found["n_transformer"].split())


def test_arranged_anew_the_map_is_that_of_the_day(course: Served) -> None:
    page = shown(course, f"{PAGE}?as_of=25&anew=1&view=all")
    assert "n_the_bitter_lesson" not in page and "n_scaling_laws" in page


def test_an_old_state_of_the_log_is_shown(course: Served) -> None:
    assert "n_scaling_laws" not in shown(course, f"{PAGE}?at=1&view=all")


def test_links_keep_the_state(course: Served) -> None:
    page = shown(course, f"{PAGE}?as_of=26&q=what+supports+the+bitter+lesson&view=all")
    links = re.findall(r'href="([^"]*)" class="part"', page)
    assert links and all("as_of=26" in link and "view=all" in link and "q=what" in link for link in links)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("What does information theory lead to?", "map"),
        ("What supports the bitter lesson?", "near the-bitter-lesson"),
        ("When was attention introduced?", "near attention"),
        ("How is Deep Blue connected to Transformer?", "near deep-blue 3"),
        ("Which claims are there?", "all"),
    ],
)
def test_the_view_is_one_that_has_all_the_answers(course: Served, question: str, key: str) -> None:
    assert f'<div id="drawing" data-key="{key}"' in shown(course, f"{PAGE}?q={quote(question)}")
    assert '<div id="drawing" data-key="map"' in shown(course, f"{PAGE}?q={quote(question)}&view=map")


def test_answers_with_citations_are_on_the_page(course: Served) -> None:
    page = shown(course, f"{PAGE}?q=what+supports+the+bitter+lesson%3F")
    assert "The Bitter Lesson is supported by:" in page
    link = re.search(r'href="([^"]*/notes\?[^"]*part=day-26.md&amp;lines=328#L328)">day-26.md:328</a>', page)
    assert link
    assert course.get(link[1].replace("&amp;", "&")).status_code == 200


def test_an_answer_stands_on_the_page_in_its_own_words(course: Served) -> None:
    page = shown(course, f"{PAGE}?q=what+supports+the+bitter+lesson%3F")
    assert "Search and hardware did it, not clever knowledge of chess." in page
    assert page.count('<q class="quote">supports: The Bitter Lesson</q>') == 1


def test_more_than_eight_answers_can_be_unfolded(course: Served) -> None:
    page = shown(course, f"{PAGE}?q=list+all+methods")
    first, _, rest = page.partition("<summary>and 18 more</summary>")
    assert ("Hand-crafted features</a>" in first, "HOG</a>" in rest) == (True, True)


def test_a_comparison_says_where_each_row_stands(course: Served) -> None:
    page = shown(course, f"{PAGE}?q=compare+language+and+robotics")
    (table,) = re.findall(r"<tbody>.*?</tbody>", page, re.S)
    assert table.count("<tr>") == len(re.findall(r">day-26.md:\d+</a>", table)) == 5


def test_a_question_that_is_not_answered_links_to_ones_that_are(course: Served) -> None:
    page = shown(course, f"{PAGE}?q=wherefrom+gets+the+bitter+lesson+its+backing&as_of=26")
    links = re.findall(r'href="([^"]*)">What supports The Bitter Lesson\?</a>', page)
    assert len(links) == 1 and "as_of=26" in links[0]
    assert "Deep Blue" in shown(course, links[0].replace("&amp;", "&"))


def test_every_link_of_the_page_leads_somewhere(course: Served) -> None:
    page = shown(course, f"{PAGE}?as_of=26&focus=scaling-laws&q=compare+language+and+robotics&view=all")
    links = {link.replace("&amp;", "&") for link in re.findall(r'(?:href|src)="(/[^"]*)"', page)}
    assert len(links) > 300
    newest = course.atlas["robot-intelligence"].view()
    # To ask for each node, edge and line would take a minute: what is named is there, and one of each shape is asked
    # for, those of notes by their part and every forty lines.
    shapes: dict[tuple[object, ...], str] = {}
    for link in sorted(links):
        address = urlsplit(link)
        said = dict(parse_qsl(address.query))
        assert "focus" not in said or newest.has_node(said["focus"]), link
        assert "edge" not in said or edge_card(newest, newest, PageState(edge=said["edge"]).edge_key())[0], link
        passage = int(said.get("lines", "0").split("-")[0]) // 40
        shapes[(address.path, *sorted(said), said.get("part"), passage)] = link
    assert {link: status for link in shapes.values() if (status := course.get(link).status_code) != 200} == {}


def test_the_days_changes_are_one_picture_and_a_list(course: Served) -> None:
    page = shown(course, f"{PAGE}/changes?from=25&to=26")
    (source,) = re.findall(r'<img src="([^"]+)"', page)
    picture = course.get(source.replace("&amp;", "&"))
    assert picture.headers["content-type"] == "image/svg+xml" and "The Bitter Lesson" in picture.text
    assert "strengthened" in page


def test_what_changed_is_said_before_it_is_drawn(course: Served) -> None:
    page = shown(course, f"{PAGE}/changes?from=25&to=26")
    assert page.index("<h2>Claims</h2>") < page.index("<h2>Added") < page.index('<figure class="changed" tabindex="0"')


def test_what_is_left_out_is_counted_for_the_day(course: Served) -> None:
    assert "Besides days, 5 of 15 nodes and 3 of 15 edges are drawn" in shown(course, f"{PAGE}?as_of=14")
    assert "5 of 15 nodes and 3 of 15 edges are drawn" in shown(course, f"{PAGE}/regions?as_of=14")


def test_a_day_without_notes_is_not_asked_about(course: Served) -> None:
    assert "What is new on day 14?" in shown(course, f"{PAGE}?as_of=14")
    page = shown(course, f"{PAGE}?as_of=3")
    assert "What is new" not in page
    assert "Nothing is drawn up to this day" in page


def test_a_day_is_called_by_its_own_name_everywhere() -> None:
    with served() as service:
        service.put_notes(4, "# Week 4: Dough\n\n## Concept: Salt\n- part of:: [[Bread]]\n\n## Concept: Bread\n")
        page = shown(service, "/maps/bread/page?focus=salt")
        panel = page[page.index('class="panel"') : page.index('id="outline"')]
        assert "introduced on Week 4" in panel
        assert "What is new on Week 4?" in shown(service, "/maps/bread/page")
        assert "day 4" not in panel


def test_the_history_of_a_node_tells_each_entry(course: Served) -> None:
    page = shown(course, f"{PAGE}/history?focus=scaling-laws")
    assert page.count("<b>added</b>") == 2


def test_where_no_notes_place_anything_all_of_it_is_shown() -> None:
    with served() as service:
        service.put_notes(1, "## Concept: Salt\nIt is salty.\n")
        assert 'id="n_salt"' in shown(service, "/maps/bread/page")
        assert 'id="n_salt"' in shown(service, "/maps/bread/page?view=map")


def test_of_too_many_nodes_some_of_each_day_are_shown() -> None:
    with served() as service:
        for day in (1, 2):
            service.append(day, "nodes", [{"kind": "Concept", "label": f"Thing {day}-{one}"} for one in range(160)])
        page = shown(service, "/maps/bread/page?as_of=1")
        found = dict(re.findall(r'<g id="(n_[^"]+)" class="([^"]*)"', page))
        assert 30 < len(found) < 100
        assert {name for name, classes in found.items() if "later" in classes.split()} == {
            name for name in found if name.startswith("n_thing_2_")
        }


def test_files_of_the_site_may_be_kept_and_others_are_not_there(course: Served) -> None:
    (module,) = re.findall(r'<script type="module" src="(/static/[^"]*main.js)"', shown(course, PAGE))
    answer = course.get(module)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert course.get(module.replace("main.js", "nothing.js")).status_code == 404
    assert course.get("/static/0/main.js").status_code == 404
    assert course.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_site_s_colours_can_be_told_apart(scheme: int) -> None:
    sheet = (files("api.web") / "static" / "page.css").read_text()
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[scheme]))
    texts = [(text, under) for text in ("ink", "quiet", "accent", "new") for under in ("paper", "ground", "field")]
    for text, under in [*texts, ("on-accent", "accent"), ("accent", "wash"), ("ink", "wash"), ("quiet", "wash")]:
        assert contrast(colours[text], colours[under]) >= 4.5, (text, under)
    for line in ("chosen", "answer", "new"):
        assert contrast(colours[line], colours["paper"]) >= 3, line


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""

    def light(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_page_is_small_and_not_sent_twice(course: Served) -> None:
    answer = course.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert len(gzip.compress(answer.content, 6)) < 15_000
    again = course.get(PAGE, headers={"If-None-Match": answer.headers["etag"], "Accept-Encoding": "gzip"})
    assert again.status_code == 304


def test_where_reading_needs_a_token_the_page_says_so() -> None:
    with served(reads="token") as service:
        service.put_notes(1)
        assert "reading needs a token" in shown(service, "/maps/bread/page", 401)


@pytest.mark.parametrize(
    ("formula", "has"),
    [
        (r"L(C) \propto C^{-\alpha}", "<msup>"),
        (r"\frac{a}{b}", "<mfrac>"),
        (r"\frac{", "<code>"),
        (r"\text{<script>}", "<code>"),
        ("x < y", "&lt;"),
        ("{" * 1500, "<code>"),
        ("x" * 3000, "<code>"),
    ],
)
def test_formulas_become_mathml_or_stay_as_they_are_written(formula: str, has: str) -> None:
    assert has in mathml(formula)
    assert "<script" not in mathml(formula)


def test_texts_keep_paragraphs_emphasis_and_formulas() -> None:
    assert prose("One $x$.\n\nTwo **and** `code` [[Yeast]].").count("<p>") == 2
    assert "<b>" not in prose("<b>no</b>") and prose(None) == ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a\n- *b*", "<ul>\n<li>a</li>\n<li><em>b</em></li>\n</ul>"),
        ("[x](https://y.z) <i>", '<p><a href="https://y.z" rel="noopener noreferrer nofollow">x</a> &lt;i&gt;</p>'),
        (
            '[x](https://y.z/"onclick=)',
            '<p><a href="https://y.z/%22onclick=" rel="noopener noreferrer nofollow">x</a></p>',
        ),
        ("[x](javascript:alert(1)) [y](data:text/html,z) [z](/a)",) * 2,
        ("![alt](https://y.z/p.png)", "<p>alt</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        (
            "# Big\n\n```html\n<b>\n```",
            '<p><strong>Big</strong></p>\n<pre><code class="language-html">&lt;b&gt;\n</code></pre>',
        ),
        ("[[A|<b>]] `[[c]]`", "<p>&lt;b&gt; <code>[[c]]</code></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
    ],
)
def test_the_text_of_a_node_is_shown_as_markdown_and_nothing_else(text: str, html: str) -> None:
    assert prose(text) == (f"<p>{html}</p>" if html == text else html)


@given(st.text(st.sampled_from("ab<>\"'&[]()!:/jhtps#*`$-|\n "), max_size=80))
def test_no_text_becomes_other_markup(text: str) -> None:
    tags = set(re.findall(r"<(/?[A-Za-z][\w-]*)", prose(text)))
    allowed = "p ul ol li em strong code pre blockquote a br hr s table thead tbody tr th td".split()
    assert all(tag.removeprefix("/") in allowed or tag.removeprefix("/").startswith("m") for tag in tags)
    assert all(
        address.startswith(("http://", "https://", "mailto:")) for address in re.findall('href="([^"]*)"', prose(text))
    )


def test_counts_of_nodes_add_up_from_place_to_place(course: Served) -> None:
    """Of all nodes a picture counts those that are no days, and says so."""
    everywhere = course.get("/maps/robot-intelligence").json()["nodes"]
    days = sum(one["kind"] == "Day" for one in course.get("/maps/robot-intelligence/nodes?limit=1000").json()["nodes"])
    drawn = re.search(r"Besides days, \d+ of (\d+) nodes", shown(course, PAGE))
    whole = re.search(r"A concept map of (\d+) nodes", shown(course, f"{PAGE}?view=all"))
    assert drawn and whole and int(drawn[1]) == int(whole[1]) == everywhere - days
