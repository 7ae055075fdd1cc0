"""The web page as people use it, in a real browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect

from browser import chromium, violations
from conceptmap.atlas import open_atlas
from servers import Server, serving

MAP = "/maps/robot-intelligence/page"
COURSE = Path(__file__).parents[1] / "conceptmap" / "course"
DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service with the sample course."""
    folder = tmp_path_factory.mktemp("web")
    store = f"sqlite:///{folder / 'maps.db'}"
    with open_atlas(store) as atlas:
        atlas["robot-intelligence"].load(COURSE)
    with serving(store, folder) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(server: Server, browser: Browser) -> Iterator[Open]:
    """Opens a page of the map; at the end, nothing may have gone wrong in it."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(query: str = "", path: str = MAP, size: ViewportSize = DESK, **options: object) -> Page:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]  # passed on as they are
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.set_default_navigation_timeout(30_000)
        page.on("console", lambda said: troubles.append(said.text) if _is_trouble(said) else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"http://127.0.0.1:{server.port}{path}{query}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def query_of(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def _is_trouble(said: ConsoleMessage) -> bool:
    """A failed request is told of by the page; all else that the browser complains of is a mistake of ours."""
    return said.type in ("error", "warning") and "Failed to load resource" not in said.text


def view_box(page: Page) -> list[float]:
    return [float(one) for one in (page.locator("svg.map").get_attribute("viewBox") or "").split()]


def fitted(page: Page) -> Page:
    """The page with all of the map in sight."""
    page.get_by_role("button", name="Fit the map").click()
    return page


def classes(page: Page, node: str) -> set[str]:
    return set((page.locator(f"a.part[data-node='{node}'] > g").get_attribute("class") or "").split())


def test_a_click_on_a_node_opens_its_panel(opened: Open) -> None:
    page = opened()
    fitted(page).locator("a.part[data-node='scaling-laws']").click()
    expect(page.get_by_role("heading", name="Scaling Laws", exact=True)).to_be_visible()
    panel = page.locator(".panel")
    expect(panel.locator("math")).to_be_visible()
    expect(panel.get_by_role("heading", name="follows from")).to_be_visible()
    expect(panel.get_by_role("link", name="Compression = Understanding").first).to_be_visible()
    expect(panel.locator(".sayings").get_by_role("link", name="day-26.md").first).to_be_visible()
    expect(panel.locator(".kind")).to_contain_text("introduced on day 25, last on day 26")
    assert query_of(page) == {"focus": "scaling-laws"}
    assert "chosen" in classes(page, "scaling-laws")


def test_the_root_takes_up_what_its_address_asks_for(opened: Open) -> None:
    page = opened("?focus=scaling-laws", path="/")
    expect(page.get_by_role("heading", name="Scaling Laws", exact=True)).to_be_visible()
    page.get_by_role("slider", name="As of day").fill("26")
    expect(page).to_have_url(re.compile(r"/maps/robot-intelligence/page\?focus=scaling-laws&as_of=26$"))


def test_back_closes_the_panel_again(opened: Open) -> None:
    page = opened()
    fitted(page).locator("a.part[data-node='scaling-laws']").click()
    expect(page.locator(".panel")).to_be_visible()
    page.go_back()
    expect(page.locator(".panel")).to_have_count(0)
    assert "chosen" not in classes(page, "scaling-laws")


def test_an_edge_says_why_who_and_where(opened: Open) -> None:
    page = opened()
    fitted(page).locator("a.part[data-edge^='information-theory leads to'] .reach").click(force=True)
    panel = page.locator(".panel")
    expect(panel.get_by_role("heading", level=2)).to_have_text(
        "Information Theory leads to Compression = Understanding"
    )
    expect(panel.locator(".sayings a").first).to_be_visible()
    expect(panel).to_contain_text("first said on day 5")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_citation_leads_to_its_lines_in_sight_and_back(opened: Open, scripts: bool) -> None:
    page = opened("?focus=scaling-laws", java_script_enabled=scripts)
    page.locator(".sayings a[href*='day-26.md']").first.click()
    page.wait_for_url("**/page/notes?**")
    first = urlsplit(page.url).fragment.partition("-")[0].removeprefix("L")
    line = page.locator(f".line[data-line='{first}']")
    expect(line).to_be_in_viewport()
    expect(line).to_have_class(re.compile("cited"))
    page.get_by_role("link", name="Back to the map, at scaling-laws").click()
    expect(page.locator("#panel-title")).to_have_text("Scaling Laws")


def test_lines_of_a_note_are_marked_as_the_address_says(opened: Open) -> None:
    page = opened("/notes?day=26#L97-L99")
    expect(page.locator(".line.cited")).to_have_count(3)
    page.locator(".note .at[href='#L101']").click(modifiers=["Shift"])
    page.wait_for_url("**#L97-L101")
    expect(page.locator(".line.cited")).to_have_count(5)


def test_pointing_at_a_node_lets_its_neighbours_stand_out(opened: Open) -> None:
    page = opened()
    fitted(page).locator("a.part[data-node='scaling-laws']").hover()
    near = page.locator("a.part.near[data-node]").evaluate_all("all => all.map(one => one.dataset.node)")
    assert {"scaling-laws", "compression-understanding", "chinchilla-20-tokens-param"} <= set(near)
    assert "transformer" not in near
    page.mouse.move(5, 5)
    expect(page.locator("a.part.near")).to_have_count(0)


def test_the_map_is_dragged_zoomed_and_fitted(opened: Open) -> None:
    page = opened()
    page.get_by_role("button", name="Fit the map").click()
    whole = view_box(page)
    page.mouse.move(300, 200)
    page.mouse.wheel(0, -300)
    near = view_box(page)
    assert near[2] < whole[2]
    page.mouse.down()
    page.mouse.move(360, 260, steps=4)
    page.mouse.up()
    moved = view_box(page)
    assert (moved[0] < near[0], moved[1] < near[1], moved[2]) == (True, True, near[2])
    page.get_by_role("button", name="Fit the map").click()
    assert view_box(page) == whole
    page.get_by_role("button", name="Zoom in").click()
    assert view_box(page)[2] < whole[2]


def test_dragging_over_a_node_does_not_choose_it(opened: Open) -> None:
    page = opened()
    box = fitted(page).locator("a.part[data-node='scaling-laws']").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=5)
    page.mouse.up()
    assert query_of(page) == {}


def test_fingers_pan_and_pinch(opened: Open) -> None:
    page = opened(size=PHONE, has_touch=True)
    touch = page.context.new_cdp_session(page)

    def touched(kind: str, *points: tuple[int, int]) -> None:
        said = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": said})

    before = view_box(page)
    touched("touchStart", (200, 300))
    touched("touchMove", (150, 300))
    touched("touchMove", (100, 300))
    touched("touchEnd")
    panned = view_box(page)
    assert panned[0] > before[0]
    touched("touchStart", (150, 300), (250, 300))
    touched("touchMove", (120, 300), (280, 300))
    touched("touchMove", (90, 300), (310, 300))
    touched("touchEnd")
    assert view_box(page)[2] < panned[2]


def test_a_question_is_answered_beside_the_map_and_on_it(opened: Open) -> None:
    page = opened()
    page.get_by_label("Ask the map").fill("what supports the bitter lesson?")
    page.get_by_role("button", name="Ask", exact=True).click()
    answer = page.get_by_role("region", name="Answer")
    expect(answer.locator(".sentence")).to_have_text("The Bitter Lesson is supported by:")
    expect(answer.get_by_role("link", name="Deep Blue")).to_be_visible()
    expect(answer.get_by_role("link", name="day-26.md:328")).to_be_visible()
    expect(answer.locator(".how summary")).to_have_text("Understood: what supports The Bitter Lesson")
    expect(page.locator("#live")).to_contain_text("The Bitter Lesson is supported by")
    assert "answer" in classes(page, "the-bitter-lesson")
    assert page.locator("a.part .node.answer").count() == 6
    assert query_of(page) == {"q": "what supports the bitter lesson?"}


def in_sight(page: Page, selector: str) -> tuple[int, int]:
    """How many parts there are, and how many of them are in the map's frame as a whole."""
    frame = page.locator("#stage").bounding_box()
    places = [place for one in page.locator(selector).all() if (place := one.bounding_box())]
    assert frame
    right, bottom = frame["x"] + frame["width"] + 1, frame["y"] + frame["height"] + 1
    inside = [
        one
        for one in places
        if frame["x"] - 1 <= one["x"] and one["x"] + one["width"] <= right
        if frame["y"] - 1 <= one["y"] and one["y"] + one["height"] <= bottom
    ]
    return len(places), len(inside)


def least_words(page: Page) -> float:
    """The size in pixels, as they are seen, of the smallest words of the drawing."""
    sizes = page.locator("#drawing svg.map text").evaluate_all("all => all.map(one => +one.getAttribute('font-size'))")
    width = page.locator("#stage").evaluate("one => one.clientWidth")
    return float(min(sizes)) * float(width) / view_box(page)[2]


def test_answers_on_a_large_drawing_come_into_sight_as_far_as_their_words_can_be_read(opened: Open) -> None:
    page = opened("?view=all")
    page.get_by_label("Ask the map").fill("which claims are there?")
    page.get_by_label("Ask the map").press("Enter")
    expect(page.locator("#drawing.answered")).to_be_visible()
    there, seen = in_sight(page, "a.part:has(.node.answer)")
    assert there > 20 and seen >= 3
    assert least_words(page) >= 11.9
    expect(page.locator("#overview g.answer")).to_have_count(there)


@pytest.mark.parametrize(
    ("query", "sought"),
    [
        ("?as_of=14", "a.part[data-node][data-since='14']"),
        ("?as_of=29", "a.part[data-node='capstone-project']"),
        ("?as_of=30&view=all", "a.part[data-node='day-30']"),
        ("?focus=transformer", "a.part[data-node='transformer']"),
    ],
)
def test_the_page_opens_where_words_can_be_read_on_the_day_or_node_that_is_chosen(
    opened: Open, query: str, sought: str
) -> None:
    for size in (DESK, PHONE):
        page = opened(query, size=size)
        assert in_sight(page, sought)[1] >= 1, (query, size)
        assert least_words(page) >= 11.9


@pytest.mark.parametrize("query", ["", "?view=all", "?view=timeline"])
def test_the_page_opens_on_the_newest_day_that_has_something_to_read_with_it_in_the_middle(
    opened: Open, query: str
) -> None:
    for size in (DESK, PHONE):
        page = opened(query, size=size)
        x, y, width, height = page.evaluate(
            """() => {
                const frame = document.getElementById("stage").getBoundingClientRect();
                const seen = [...document.querySelectorAll(".part > .node:not(.ghost, .kind_day, .later)")]
                    .map(one => one.getBoundingClientRect())
                    .filter(one => one.left >= frame.left && one.right <= frame.right)
                    .filter(one => one.top >= frame.top && one.bottom <= frame.bottom);
                const middle = (from, to) => (Math.min(...seen.map(from)) + Math.max(...seen.map(to))) / 2;
                return seen.length < 3 ? [0, 0, 1, 1] : [
                    middle(one => one.left, one => one.right) - frame.left,
                    middle(one => one.top, one => one.bottom) - frame.top,
                    frame.width, frame.height
                ];
            }"""
        )
        assert 0.25 < x / width < 0.75 and 0.25 < y / height < 0.75, (query, size)
        assert least_words(page) >= 11.9


def test_a_comparison_is_answered_as_a_table(opened: Open) -> None:
    page = opened("?q=compare+language+and+robotics")
    table = page.locator(".answer table")
    expect(table.get_by_role("columnheader")).to_have_text(["Language", "Robotics"])
    expect(table.get_by_role("row", name=re.compile("^Data cost"))).to_contain_text("~$100 per hour of robot data")


def test_no_question_ends_in_a_dead_end(opened: Open) -> None:
    page = opened("?q=who+is+bob%3F")
    answer = page.get_by_role("region", name="Not answered")
    expect(answer.get_by_role("heading", name="The map can answer")).to_be_visible()
    answer.get_by_role("link", name="Compare Language and Robotics").click()
    expect(page.locator(".answer table")).to_be_visible()


def test_an_ambiguous_question_is_asked_again_with_what_was_meant(opened: Open) -> None:
    page = opened("?q=what+leads+to+scaling%3F")
    expect(page.locator(".answer .sentence")).to_have_text("'scaling' can mean:")
    page.get_by_role("region", name="Which one?").get_by_role("link", name="Scaling Laws", exact=True).click()
    expect(page.locator(".answer .sentence")).to_contain_text("Compression = Understanding")


def test_the_slider_hides_what_is_later_and_moves_nothing(opened: Open) -> None:
    page = opened("?focus=scaling-laws")
    place = page.locator("a.part[data-node='information-theory']").bounding_box()
    slider = page.get_by_role("slider", name="As of day")
    assert slider.input_value() == "30"
    slider.fill("14")
    expect(page.locator("a.part[data-node='scaling-laws']")).to_be_hidden()
    expect(page.locator("a.part[data-node='transformer']")).to_be_visible()
    assert page.locator("a.part[data-node='information-theory']").bounding_box() == place
    assert "new" in classes(page, "transformer") and "new" not in classes(page, "information-theory")
    expect(page.locator("#day-title")).to_contain_text("Day 14")
    expect(page.locator(".missing")).to_contain_text("On day 25, hidden by the slider")
    expect(page.locator(".outline li[data-node='scaling-laws']")).to_be_hidden()
    expect(page.get_by_role("link", name="Lay out day 14 alone")).to_be_visible()  # what follows the slider is there
    assert page.locator("a.part[data-node='information-theory']").bounding_box() == place
    assert query_of(page) == {"focus": "scaling-laws", "as_of": "14"}
    page.get_by_role("link", name="Go to day 25").click()
    expect(page.get_by_role("heading", name="Scaling Laws", exact=True)).to_be_visible()
    expect(slider).to_have_value("25")


def test_the_slider_walks_by_keys_and_the_answers_follow(opened: Open) -> None:
    page = opened("?q=what+supports+the+bitter+lesson&as_of=26")
    expect(page.locator(".answers > li")).to_have_count(5)
    slider = page.get_by_role("slider", name="As of day")
    slider.press("ArrowLeft")
    assert slider.input_value() == "25"
    expect(page.locator(".answers")).to_have_count(0)
    slider.press("ArrowRight")
    expect(page.locator(".answers > li")).to_have_count(5)


def test_the_play_button_steps_through_the_days(opened: Open) -> None:
    page = opened("?as_of=26")
    button = page.get_by_role("button", name="Play the days")
    button.click()
    slider = page.get_by_role("slider", name="As of day")
    expect(slider).to_have_value("27")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(slider).to_have_value("28")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_search_says_what_the_slider_hides(opened: Open) -> None:
    page = opened("?as_of=26")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_be_focused()
    page.keyboard.type("generation")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Generation strategies")
    expect(option).to_contain_text("on day 27, hidden by the slider")
    page.keyboard.press("Enter")
    expect(page.locator(".missing")).to_contain_text("On day 27, hidden by the slider")
    expect(page.get_by_role("heading", name="Generation strategies")).to_be_focused()


def test_search_is_walked_by_keys(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Control+k")
    page.keyboard.type("scaling")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    second = page.get_by_role("option").nth(1)
    page.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    chosen = second.get_attribute("data-value")
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2")).to_be_visible()
    assert query_of(page)["focus"] == chosen
    page.keyboard.press("/")
    page.keyboard.type("zzzzz")
    expect(page.get_by_role("option")).to_contain_text("No node matches")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_questions_are_completed_while_they_are_typed(opened: Open) -> None:
    page = opened("?as_of=26")
    field = page.get_by_role("combobox", name="Ask the map")
    field.press_sequentially("what supports the bit")
    whole = page.get_by_role("option", name="What supports The Bitter Lesson?")
    expect(whole).to_be_visible()
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    while whole.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Answer").get_by_role("link", name="Deep Blue")).to_be_visible()
    assert query_of(page) == {"q": "What supports The Bitter Lesson?", "as_of": "26"}


def test_enter_asks_what_was_typed_where_no_completion_was_chosen(opened: Open) -> None:
    page = opened()
    field = page.get_by_role("combobox", name="Ask the map")
    field.press_sequentially("wherefrom gets the bitter lesson its backing")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The map can answer")).to_be_visible()
    page.get_by_role("link", name="What supports The Bitter Lesson?").click()
    expect(page.get_by_role("region", name="Answer").get_by_role("link", name="Deep Blue")).to_be_visible()


def test_the_map_is_walked_and_chosen_by_keys_alone(opened: Open) -> None:
    page = opened()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('part')"):
            break
    current = "document.activeElement.dataset.node ?? document.activeElement.dataset.edge"
    assert page.evaluate(current) == "information-theory"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(current) == "compression-understanding"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(current) == "scaling-laws"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Scaling Laws", exact=True)).to_be_visible()
    assert page.evaluate(current) == "scaling-laws"
    expect(page.locator("#live")).to_contain_text("Scaling Laws")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.dataset.edge") is not None
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_have_count(0)
    before = view_box(page)
    page.keyboard.press("+")
    assert view_box(page)[2] < before[2]
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("0")
    whole = view_box(page)
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert view_box(page) == whole and whole[2] > before[2]
    assert page.locator("a.part[tabindex='0']").count() == 1
    page.keyboard.press("?")
    expect(page.get_by_text("walk from node to node")).to_be_visible()


@pytest.mark.parametrize("where", ["body", "#outline a", ".views a", "#play", "#as-of"])
def test_the_keys_of_the_map_work_from_anywhere(opened: Open, where: str) -> None:
    page = opened("?focus=scaling-laws")
    before = view_box(page)
    if where != "body":
        page.locator(where).first.focus()
    page.keyboard.press("-")
    assert view_box(page)[2] > before[2]
    page.keyboard.press("Shift+ArrowLeft") if where != "#as-of" else None
    page.keyboard.press("e")
    assert "scaling-laws" in page.evaluate("document.activeElement.dataset.edge")
    if where != "body":
        page.locator(where).first.focus()
    page.keyboard.press("ArrowRight")
    at = page.evaluate("document.activeElement.getAttribute('class') || document.activeElement.id")
    assert at.split() == (["as-of"] if where == "#as-of" else ["part", "near"])


def test_while_one_types_the_keys_are_letters(opened: Open) -> None:
    page = opened()
    before = view_box(page)
    page.get_by_label("Ask the map").press_sequentially("0+-e?/")
    expect(page.get_by_label("Ask the map")).to_have_value("0+-e?/")
    assert view_box(page) == before


def test_keys_of_one_sign_can_be_switched_off_and_stay_so(opened: Open) -> None:
    page = opened()
    page.keyboard.press("?")
    box = page.get_by_label("Keys of one sign")
    expect(box).to_be_checked()
    box.uncheck()
    before = view_box(page)
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search")).not_to_be_focused()
    page.keyboard.press("-")
    assert view_box(page) == before
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    page.get_by_text("Keys", exact=True).click()
    expect(box).not_to_be_checked()
    box.check()
    page.locator("#stage").focus()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()


def test_what_the_keyboard_comes_to_is_in_sight(opened: Open) -> None:
    page = opened("?view=all")
    page.keyboard.press("Home")
    assert in_sight(page, "a.part:focus") == (1, 1)
    page.keyboard.press("End")
    assert in_sight(page, "a.part:focus") == (1, 1)


def test_a_screen_reader_hears_where_it_is(opened: Open) -> None:
    page = opened()
    for role, name in [
        ("banner", None),
        ("main", None),
        ("navigation", "Views"),
        ("region", "Concept map"),
        ("complementary", "Answers and details"),
        ("heading", "robot-intelligence"),
    ]:
        expect(page.get_by_role(role, name=name)).to_have_count(1)  # type: ignore[arg-type]  # a role by its name
    live = page.locator("#live")
    page.get_by_role("link", name="Timeline").click()
    expect(live).to_contain_text("Timeline: A concept map of 15 nodes and 12 edges in 7 days")
    page.get_by_role("button", name="Zoom in").click()
    expect(live).to_have_text(re.compile(r"^Map at \d+ %$"))
    page.locator("a.part[data-node='transformer']").focus()
    page.keyboard.press("Enter")
    expect(live).to_contain_text("Transformer, Concept")
    expect(page.locator("a.part[aria-current='true']")).to_have_attribute("data-node", "transformer")
    expect(page.locator("#outline a[aria-current='true']")).to_have_text("Transformer")
    slider = page.get_by_role("slider", name="As of day")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^Day 29 "))


def test_the_overview_moves_the_map_and_is_there_only_where_not_all_is_in_sight(opened: Open) -> None:
    page = opened("?view=all")
    box = page.locator("#overview svg").bounding_box()
    before = view_box(page)
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert view_box(page) != before
    expect(page.locator("#overview rect.window")).to_have_attribute("width", str(view_box(page)[2]).removesuffix(".0"))
    fitted(page)
    expect(page.locator("#overview")).to_be_hidden()


def test_nothing_lies_over_the_map(opened: Open) -> None:
    for size in (DESK, PHONE):
        page = opened("?view=all", size=size)
        stage = page.locator("#stage").bounding_box()
        assert stage
        for selector in (".zoom", "#legend", "#overview", "#days output", ".views"):
            box = page.locator(selector).bounding_box()
            assert box, selector
            apart = box["y"] >= stage["y"] + stage["height"] - 1 or box["y"] + box["height"] <= stage["y"] + 1
            assert apart or box["x"] >= stage["x"] + stage["width"] - 1, (selector, size)


def test_a_phone_has_answer_and_map_before_the_tools_and_targets_for_fingers(opened: Open) -> None:
    for width in (320, 390):
        size = ViewportSize(width=width, height=2 * width)
        page = opened("?q=what+supports+the+bitter+lesson%3F", size=size, has_touch=True, is_mobile=True)
        tops = {
            name: page.locator(name).first.bounding_box() for name in (".ask", "#stage", ".answer", ".views", ".find")
        }
        order = [name for name, box in sorted(tops.items(), key=lambda one: one[1]["y"] if one[1] else 0)]
        assert order == [".ask", "#stage", ".answer", ".views", ".find"]
        answer = tops[".answer"]
        assert answer and answer["y"] < 500
        assert page.locator(TARGETS).evaluate_all(SMALL, 44) == []


SMALL = """(all, least) => all.filter(one => one.checkVisibility() && one.getBoundingClientRect().width).filter(one => {
    if (one.closest(".note .text")) return false; // links in sentences are as small as their words
    const box = (one.matches("[type=checkbox]") ? one.closest("label") : one).getBoundingClientRect();
    return Math.min(box.width, box.height) < least - 0.5;
}).map(one => one.outerHTML.slice(0, 120))"""
TARGETS = "a[href]:not(.part, .skip), button, input:not([type=hidden]), summary, select, textarea"


def test_what_is_clicked_on_a_desk_is_at_least_24_pixels_large(opened: Open) -> None:
    page = opened()
    found = {}
    for query in (*AXE_PAGES, "?view=all", "/learn", "/changes", "/compare", "/structure", "/add", "/write", "/mended"):
        page.goto(page.url.partition(MAP)[0] + MAP + query)
        found[query] = page.locator(TARGETS).evaluate_all(SMALL, 24)
    assert {query: small for query, small in found.items() if small} == {}


def test_one_finger_zooms_by_a_tap_and_a_move(opened: Open) -> None:
    page = opened(size=PHONE, has_touch=True)
    touch = page.context.new_cdp_session(page)
    box = page.locator("#stage").bounding_box()
    assert box
    x, y = box["x"] + 8, box["y"] + box["height"] - 80
    before = view_box(page)
    for kind, points in [
        ("touchStart", [y]),
        ("touchEnd", []),
        ("touchStart", [y]),
        ("touchMove", [y + 30]),
        ("touchMove", [y + 70]),
        ("touchEnd", []),
    ]:
        touch.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at, "id": 0} for at in points]}
        )
    assert view_box(page)[2] < before[2]
    assert query_of(page) == {}


def test_a_question_asked_right_after_a_move_of_the_slider_is_asked_as_of_its_day(opened: Open) -> None:
    page = opened()
    page.evaluate(
        """() => {
            const slider = document.getElementById("as-of");
            slider.value = "26";
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            document.querySelector("#ask [name=q]").value = "what supports the bitter lesson?";
            document.getElementById("ask").requestSubmit();
        }"""
    )
    expect(page.locator(".answers a[href*=focus]").first).to_be_visible()
    assert "as_of=26" in page.url
    expect(page.get_by_role("slider", name="As of day")).to_have_value("26")


def test_the_address_holds_all_of_the_state(opened: Open, server: Server) -> None:
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("slider", name="As of day").fill("26")
    page.get_by_label("Ask the map").fill("what supports the bitter lesson?")
    page.get_by_label("Ask the map").press("Enter")
    page.locator(".answers a[href*=focus]").first.click()
    expect(page.locator(".panel h2")).to_contain_text("Deep Blue")
    page.get_by_text("Download").click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    other = opened(path="", query=page.evaluate("navigator.clipboard.readText()").partition(str(server.port))[2])
    expect(other.locator(".panel h2")).to_contain_text("Deep Blue")
    expect(other.get_by_role("slider", name="As of day")).to_have_value("26")
    expect(other.get_by_label("Ask the map")).to_have_value("what supports the bitter lesson?")


def test_what_is_not_on_the_drawn_map_is_shown_in_its_neighbourhood(opened: Open) -> None:
    page = opened("?focus=deep-blue-search-hardware-beat-kasparov-f43808")
    assert "chosen" in classes(page, "deep-blue-search-hardware-beat-kasparov-f43808")
    expect(page.get_by_role("link", name="Nearby")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator("a.part[data-node='information-theory']")).to_be_visible()


@pytest.mark.parametrize("view", ["timeline", "all"])
def test_the_other_views_are_drawn_without_a_reload(opened: Open, view: str) -> None:
    page = opened()
    page.evaluate("window.same = true")
    page.get_by_role("link", name={"timeline": "Timeline", "all": "Everything"}[view]).click()
    expect(page.locator(f"#drawing[data-key='{view}']")).to_be_visible()
    page.locator("a.part[data-node='scaling-laws']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Scaling Laws", exact=True)).to_be_visible()
    assert page.evaluate("window.same") and query_of(page) == {"view": view, "focus": "scaling-laws"}


def test_a_day_before_the_drawing_begins_says_so(opened: Open) -> None:
    page = opened()
    expect(page.locator("#nothing")).to_be_hidden()
    page.get_by_role("slider", name="As of day").fill("1")
    expect(page.locator("#nothing")).to_have_text("Nothing is drawn up to this day: the drawing begins on day 5.")


def test_when_the_service_does_not_answer_the_page_says_so(opened: Open) -> None:
    page = opened()
    page.route("**/page/regions*", lambda route: route.fulfill(status=503, json={"detail": "the store is away"}))
    fitted(page).locator("a.part[data-node='transformer']").click()
    expect(page.locator("#trouble")).to_contain_text("the store is away")
    expect(page.get_by_role("link", name="Try again")).to_be_visible()


def test_without_javascript_all_of_it_can_be_read_and_asked(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    expect(page.locator("svg.map")).to_be_visible()
    page.get_by_label("Ask the map").fill("what supports the bitter lesson?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("region", name="Answer").get_by_role("link", name="Deep Blue")).to_be_visible()
    page.get_by_role("textbox", name="Search").fill("scaling")
    page.get_by_role("button", name="Search").click()
    page.locator(".hits").get_by_role("link", name="Scaling Laws").first.click()
    expect(page.get_by_role("heading", name="Scaling Laws", exact=True)).to_be_visible()
    page.get_by_role("slider", name="As of day").fill("14")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("a.part[data-node='scaling-laws']")).to_be_hidden()
    expect(page.locator(".missing")).to_contain_text("On day 25, hidden by the slider")
    page.locator("a.part[data-node='transformer']").click()
    expect(page.get_by_role("heading", name="Transformer", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Play the days")).to_be_hidden()


AXE_PAGES = [
    "?focus=the-bitter-lesson",
    "/claims",
    "/claim?focus=the-bitter-lesson",
    "",
    "/notes?day=26&lines=97-99#L97-L99",
    "/query?query=What+supports+The+Bitter+Lesson%3F",
    "/history",
    "?focus=scaling-laws",
    "?q=what+supports+the+bitter+lesson%3F",
    "?q=compare+language+and+robotics&as_of=26",
]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_wrong(opened: Open, colours: str, size: ViewportSize) -> None:
    page = opened(size=size, color_scheme=colours)
    found = {}
    for query in AXE_PAGES:
        page.goto(page.url.partition(MAP)[0] + MAP + query)
        found[query] = violations(page)
    assert {query: wrong for query, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1920])
def test_no_page_is_wider_than_the_window(opened: Open, width: int) -> None:
    page = opened("?focus=scaling-laws", size=ViewportSize(width=width, height=800))
    for query in (
        "?focus=scaling-laws",
        "?q=compare+language+and+robotics",
        "/compare",
        "/changes?from=25&to=26",
        *AXE_PAGES,
    ):
        page.goto(page.url.partition(MAP)[0] + MAP + query)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, query


def test_nothing_shifts_while_the_page_loads(opened: Open) -> None:
    page = opened("?focus=scaling-laws")
    page.wait_for_timeout(200)
    shift = """() => new Promise(done => new PerformanceObserver(list => done(
        list.getEntries().reduce((sum, one) => sum + one.value, 0))).observe({type: 'layout-shift', buffered: true})
        || setTimeout(() => done(0), 300))"""
    assert page.evaluate(shift) < 0.01


def test_nothing_moves_by_itself_where_that_is_not_wanted(opened: Open) -> None:
    page = opened(reduced_motion="reduce")
    seconds = page.locator("a.part > g").first.evaluate("one => getComputedStyle(one).transitionDuration")
    assert seconds in ("0s", "1e-05s")


def test_the_print_has_the_map_and_the_words_but_no_controls(opened: Open) -> None:
    page = opened("?focus=scaling-laws")
    page.emulate_media(media="print")
    expect(page.locator("svg.map")).to_be_visible()
    expect(page.get_by_role("heading", name="Scaling Laws", exact=True)).to_be_visible()
    expect(page.get_by_label("Ask the map")).to_be_hidden()
    expect(page.locator("#as-of")).to_be_hidden()


def test_paper_shows_all_of_the_map(opened: Open) -> None:
    page = opened("?view=all")
    before = view_box(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    size = page.locator("svg.map").evaluate("one => [one.getAttribute('width')]")
    assert view_box(page)[2] == float(size[0])
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert view_box(page) == before
