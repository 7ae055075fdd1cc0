"""Adding to the map, writing and large maps, as people do it in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, ViewportSize, expect

from browser import chromium, violations
from conceptmap.atlas import open_atlas
from conceptmap.draw.hanging import MOST_HUNG
from graphs.tokens import Tokens
from ontology.model import Document, Edge, Node
from servers import Server, serving
from services import NOTES
from test_web_adding import QUESTIONS

BREAD, LARGE = "/maps/bread/page", "/maps/large/page"
DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
EXPECTED = ("status of 400", "status of 401", "status of 403", "status of 412", "status of 503")
"""Answers that the page tells its user; Chromium notes them too."""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def tokens() -> dict[str, str]:
    """Tokens by their scope."""
    return {}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, tokens: dict[str, str]) -> Iterator[Server]:
    """The service with a small map and one that is too large to draw."""
    folder = tmp_path_factory.mktemp("adding")
    store = f"sqlite:///{folder / 'maps.db'}"
    for day, notes in ((2, NOTES), (3, QUESTIONS)):
        (folder / f"day-0{day}.md").write_text(notes.replace("---\n", f"---\nday: {day}\n", 1))
    with open_atlas(store) as atlas:
        atlas["bread"].load(*sorted(folder.glob("day-*.md")))
        for document in _large():
            atlas["large"].put(document)
        for name, scope in (("ana", "admin"), ("ben", "append")):
            tokens[scope] = Tokens(atlas.ledger.log).create(name, scope)  # type: ignore[arg-type]  # both are scopes
    with serving(store, folder) as server:
        yield server


def _large() -> Iterator[Document]:
    for day in (1, 2):
        nodes = [Node(id=f"n-{day}-{i}", kind="Concept", label=f"Thing {day} {i}") for i in range(200)]
        edges = [Edge(source=f"n-{day}-{i}", relation="part of", target=f"n-{day}-{i // 9}") for i in range(9, 200)]
        yield Document(map="large", day=day, part="notes", nodes=tuple(nodes), edges=tuple(edges))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(server: Server, browser: Browser) -> Iterator[Open]:
    """Opens a page; at the end, nothing may have gone wrong in it."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(path: str, size: ViewportSize = DESK, **options: object) -> Page:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]  # passed on as they are
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"http://127.0.0.1:{server.port}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [one for one in troubles if not any(words in one for words in EXPECTED)] == []


def look(form: Locator) -> None:
    form.get_by_role("button", name="See what").click()


def fill_node(page: Page, label: str) -> Locator:
    form = page.get_by_role("form", name="Add a node")
    form.get_by_label("Day").fill("2")
    form.get_by_label("Kind").select_option("Evidence")
    form.get_by_label("Name").fill(label)
    form.get_by_label("It", exact=True).select_option("supports")
    form.get_by_label("Node", exact=True).fill("Time beats kneading")
    return form


def test_a_node_is_looked_at_saved_seen_and_undone(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}?as_of=2")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Token").fill(tokens["append"])
    form = fill_node(page, "A slow dough tastes better")
    look(form)
    expect(form.get_by_role("heading", name="What it would change")).to_be_focused()
    expect(form.locator(".differs li")).to_contain_text(["A slow dough tastes better", "supports Time beats kneading"])
    picture = form.get_by_role("img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("heading", name="Saved")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Saved")
    address = form.get_by_role("link", name="See it on the map").get_attribute("href")
    form.get_by_role("button", name="Undo").click()
    expect(form.get_by_role("heading", name="Undone")).to_be_visible()
    page.goto(page.url.partition("/maps/")[0] + str(address))
    expect(page.locator(".missing")).to_contain_text("nothing of this name")


def test_an_entry_is_undone_from_the_history(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/add?what=node")
    page.get_by_label("Token").fill(tokens["append"])
    form = fill_node(page, "Cold dough keeps longer")
    look(form)
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("heading", name="Saved")).to_be_visible()
    page.goto(page.url.partition("/add")[0] + "/history")
    entry = page.locator(".entries > li").first
    expect(entry).to_contain_text("by:ben")
    page.evaluate("sessionStorage.clear()")
    entry.get_by_role("button", name="Undo").click()
    expect(entry.get_by_label("Your token")).to_be_focused()
    page.keyboard.type(tokens["append"])
    page.keyboard.press("Enter")
    expect(entry.get_by_role("heading", name="Undone")).to_be_visible()
    page.reload()
    expect(page.locator(".entries > li").first).to_contain_text("undid entry")


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/add?what=edge&source=yeast&day=2")
    form = page.get_by_role("form", name="Add an edge")
    expect(form.get_by_label("From")).to_have_value("Yeast")
    look(form)
    expect(page.locator("#token-error")).to_have_text("Enter your token first")
    page.get_by_label("Token").fill("wrong")
    look(form)
    expect(page.locator("#token-error")).to_contain_text("unknown, revoked")
    page.get_by_label("Token").fill(tokens["append"])
    form.get_by_label("Relation").select_option("requires")
    form.get_by_label("To", exact=True).fill("Fermentatoin")
    form.get_by_label("Why").fill("It needs food.")
    look(form)
    field = form.get_by_label("To", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(form.locator("#edge-target-error")).to_contain_text("did you mean “Fermentation”?")
    expect(form.get_by_label("Why")).to_have_value("It needs food.")


def test_a_relation_that_is_not_chosen_is_told_beside_its_field(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/add?what=edge&source=fermentation&target=yeast")
    page.locator("#token").fill(tokens["append"])
    form = page.get_by_role("form", name="Add an edge")
    expect(form.get_by_text("Those in grey cannot join nodes of these kinds.")).to_be_visible()
    form.get_by_role("button", name="See what it changes").click()
    expect(form.get_by_text("Choose a relation", exact=True)).to_be_visible()
    expect(form.get_by_label("Relation")).to_be_focused()


def test_what_may_be_chosen_narrows_while_the_form_is_filled(opened: Open) -> None:
    page = opened(f"{BREAD}/add?what=edge&day=2")
    form = page.get_by_role("form", name="Add an edge")
    form.get_by_label("Relation").select_option("supports")
    expect(form.locator("#edge-target-hint")).to_have_text("Only Claim, Evidence or Argument")
    form.get_by_label("To", exact=True).press_sequentially("tim")
    option = form.locator("#edge-target-names option")
    expect(option).to_have_attribute("value", "Time beats kneading")
    form.get_by_label("Relation").select_option("")
    form.get_by_label("From").fill("Yeast")
    expect(form.locator("select[name=relation] option[disabled]").first).to_be_attached()
    assert form.locator("select[name=relation] option:text-is('undercuts')").is_disabled()


def test_a_change_meanwhile_is_told_and_can_be_saved_again(
    opened: Open, tokens: dict[str, str], server: Server
) -> None:
    page = opened(f"{BREAD}/add")
    page.get_by_label("Token").fill(tokens["append"])
    form = fill_node(page, "Cold dough is easier to shape")
    look(form)
    expect(form.get_by_role("button", name="Save")).to_be_visible()
    other = Server(server.process, server.port, server.log, tokens["admin"])
    body = b'{"nodes": [{"kind": "Evidence", "label": "Cold dough is easier to shape", "text": "Theirs."}]}'
    assert other.ask("/maps/bread/days/2/nodes", "POST", body, Content_Type="application/json").status == 201
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("heading", name="The map has changed meanwhile")).to_be_focused()
    expect(form.get_by_label("Name")).to_have_value("Cold dough is easier to shape")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("heading", name="Saved")).to_be_visible()


def test_typing_after_looking_takes_the_save_button_away(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/add")
    page.get_by_label("Token").fill(tokens["append"])
    form = fill_node(page, "Rye ferments fast")
    look(form)
    expect(form.get_by_role("button", name="Save")).to_be_visible()
    form.get_by_label("Name").press("End")
    form.get_by_label("Name").press("r")
    expect(form.get_by_role("button", name="Save")).to_have_count(0)


def test_the_token_stays_in_this_tab(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/add")
    page.get_by_label("Token").fill(tokens["append"])
    page.get_by_role("link", name="Write about a question").click()
    expect(page.get_by_label("Token")).to_have_value(tokens["append"])
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_label("Token")).to_have_value("")
    assert page.evaluate("Object.values(localStorage).join() + document.cookie") == ""


def test_a_form_is_kept_when_the_service_does_not_answer(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/add")
    page.get_by_label("Token").fill(tokens["append"])
    form = fill_node(page, "Salt slows yeast")
    page.route("**/page/add/node", lambda route: route.fulfill(status=503, json={"detail": "the store is busy"}))
    look(form)
    expect(form.locator(".trouble")).to_have_text("the store is busy")
    expect(form.get_by_label("Name")).to_have_value("Salt slows yeast")
    page.unroute("**/page/add/node")
    look(form)
    expect(form.get_by_role("heading", name="What it would change")).to_be_visible()


DROP = """([path, name, text]) => {
    const files = new DataTransfer();
    files.items.add(new File([text], name, {type: "text/markdown"}));
    const drop = new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: files});
    document.querySelector(path).dispatchEvent(drop);
}"""


def test_a_note_that_is_dropped_on_the_map_is_looked_at_and_put(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(BREAD)
    notes = "---\nday: 5\ncourse: bread\n---\n## Claim: Steam makes the crust thin\n- kind:: Clam\n"
    page.evaluate(DROP, ["#stage", "day-05.md", notes])
    form = page.get_by_role("form", name="Put a day's notes")
    expect(form.get_by_label("Notes, in Markdown")).to_have_value(notes)
    expect(form.get_by_label("File", exact=True)).to_have_value("day-05.md")
    page.get_by_label("Token").fill(tokens["admin"])
    look(form)
    place = form.get_by_role("button", name="line 6, column 3")
    expect(form.locator(".problems")).to_contain_text("did you mean")
    place.click()
    chosen = "(area => area.value.slice(area.selectionStart, area.selectionEnd))(document.activeElement)"
    assert page.evaluate(chosen) == "kind:: Clam"
    form.get_by_label("Notes, in Markdown").fill(notes.replace("kind:: Clam", "about:: [[Yeast]]"))
    look(form)
    expect(form.locator(".differs")).to_contain_text("Steam makes the crust thin about Yeast")
    form.get_by_role("button", name="Put them on the map").click()
    expect(form.get_by_role("heading", name="Saved")).to_be_visible()
    form.get_by_role("button", name="Undo").click()
    expect(form.get_by_role("heading", name="Undone")).to_be_visible()


def test_a_file_can_be_chosen(opened: Open) -> None:
    page = opened(f"{BREAD}/add?what=notes")
    file = {"name": "day-06.md", "mimeType": "text/markdown", "buffer": b"## Oven\n"}
    page.get_by_label("Choose a file").set_input_files(file)  # type: ignore[arg-type]  # a payload
    expect(page.get_by_label("Notes, in Markdown")).to_have_value("## Oven\n")


def test_a_reflection_is_drafted_counted_and_saved_with_its_links(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/write")
    area = page.get_by_label("Your answer").first
    area.fill("Yeast makes gas in fermentation.")
    expect(page.locator("[data-count]").first).to_have_text("5 words of 300")
    page.reload()
    area = page.get_by_label("Your answer").first
    expect(area).to_have_value("Yeast makes gas in fermentation.")
    area.focus()
    page.get_by_role("button", name="Link Yeast").first.press("Enter")
    expect(area).to_have_value("[[Yeast]] makes gas in fermentation.")
    page.get_by_label("Token").fill(tokens["append"])
    form = page.locator("form.adding").first
    look(form)
    expect(form.get_by_role("checkbox")).to_have_count(2)
    form.get_by_role("checkbox", name="Fermentation").uncheck()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("heading", name="Saved")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
    form.get_by_role("link", name="See it on the map").click()
    panel = page.locator(".panel")
    expect(panel.get_by_role("heading", name="answers")).to_be_visible()
    expect(panel.locator(".links")).to_contain_text(["Yeast", "Why does bread rise"])
    expect(panel).not_to_contain_text("Fermentation Concept")


def test_marks_are_put_on_the_card_and_the_drawing_of_their_holder(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/learn", size=PHONE)
    page.get_by_label("Token").fill(tokens["append"])
    page.get_by_label("Token").press("Tab")
    expect(page.locator("#learning")).to_contain_text("The list of ben")
    page.get_by_role("checkbox", name="Yeast").check()
    page.get_by_role("button", name="Save what is ticked").click()
    expect(page.get_by_role("heading", name="1 marked as learned")).to_be_focused()
    assert violations(page) == []
    page.goto(page.url.partition("/learn")[0] + "?focus=fermentation")
    expect(page.get_by_role("heading", name="You can learn this now")).to_be_visible()
    expect(page.locator("#legend")).to_contain_text("you can learn it next")
    expect(page.locator(".part[data-node=yeast]")).to_have_attribute("aria-description", "learned")
    page.get_by_role("button", name="I have learned this").click()
    expect(page.get_by_role("heading", name="You have learned this")).to_be_focused()
    expect(page.locator(".part[data-node=fermentation] .own-mark.learned")).to_have_count(1)
    assert violations(page) == []


def test_another_draft_outlives_a_look_and_a_save(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/write?day=3")
    page.get_by_label("Token").fill(tokens["append"])
    _save_answer(page, "Yeast first.")
    draft = "conceptmap draft bread why-rise"
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [draft, "Another thought."])
    page.goto(page.url.partition("?")[0] + "?day=3")
    page.get_by_role("link", name="Write on").first.click()
    _save_answer(page, "Yeast first, then time.")
    assert page.evaluate("name => localStorage.getItem(name)", draft) == "Another thought."


def test_what_is_typed_while_another_draft_is_offered_outlives_a_reload(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/write?day=3")
    page.get_by_label("Token").fill(tokens["append"])
    _save_answer(page, "Yeast first.")
    draft = "conceptmap draft bread why-rise"
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [draft, "Another thought."])
    page.goto(page.url.partition("?")[0] + "?day=3")
    page.get_by_role("link", name="Write on").first.click()
    answer = page.locator("form.adding").first.get_by_label("Your answer")
    answer.fill("Typed beside it.")
    page.reload()
    expect(answer).to_have_value("Typed beside it.")
    assert page.evaluate("name => localStorage.getItem(name)", draft) == "Another thought."
    expect(page.locator("[data-kept]").first).to_be_visible()
    _save_answer(page, "Typed beside it, and saved.")
    assert page.evaluate("name => localStorage.getItem(`${name} beside`)", draft) is None


def _save_answer(page: Page, text: str) -> None:
    form = page.locator("form.adding").first
    form.get_by_label("Your answer").fill(text)
    look(form)
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("heading", name="Saved")).to_be_visible()


def test_the_forms_are_filled_by_keys_alone(opened: Open, tokens: dict[str, str]) -> None:
    page = opened(f"{BREAD}/add")
    page.get_by_label("Token").focus()
    # The token; the heading that folds the form; then its day, kind and name.
    for keys in (tokens["append"], "", "3", "Evi", "Malt feeds yeast"):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    form = page.get_by_role("form", name="Add a node")
    expect(form.get_by_label("Kind")).to_have_value("Evidence")
    expect(form.get_by_role("heading", name="What it would change")).to_be_focused()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_wrong(opened: Open, tokens: dict[str, str], colours: str, size: ViewportSize) -> None:
    page = opened(f"{BREAD}/add", size=size, color_scheme=colours)
    found = {"add": violations(page)}
    page.get_by_label("Token").fill(tokens["append"])
    form = page.get_by_role("form", name="Add a node")
    look(form)
    expect(form.locator(".result")).to_be_visible()
    found["wrong"] = violations(page)
    form = fill_node(page, "Old dough is sour")
    look(form)
    expect(form.locator(".proposed")).to_be_visible()
    found["proposed"] = violations(page)
    for path in ("/add?what=edge", "/add?what=notes", "/write"):
        page.goto(page.url.partition(BREAD)[0] + BREAD + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        found[path] = violations(page)
    page.goto(page.url.partition(BREAD)[0] + LARGE + "?view=all")
    expect(page.locator(".legend li").first).to_be_visible()
    found["dots"] = violations(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_large_map_opens_on_its_largest_branches(opened: Open) -> None:
    page = opened(LARGE)
    expect(page.locator("#drawing a.part[data-node]")).to_have_count(MOST_HUNG)
    expect(page.locator("#left-out", has_text="150 of 400 nodes")).to_be_visible()
    page.goto(page.url + "?focus=n-1-0")
    expect(page.locator("#drawing .chosen")).to_be_visible()


def _first_dot(page: Page, box: FloatRect) -> tuple[float, float]:
    """Where the first node is drawn when the whole map is fitted."""
    found = page.request.get(page.url.partition("?")[0] + "/positions").json()
    right = max(x + radius for _, _, x, _, radius in found["days"])
    bottom = max(y + radius for _, _, _, y, radius in found["days"])
    scale = min(box["width"] / (right + 40), (box["height"] - 30) / (bottom + 40), 2)
    left, top = (right - box["width"] / scale) / 2, (bottom - (box["height"] - 30) / scale) / 2
    return box["x"] + (found["at"][0] - left) * scale, box["y"] + (found["at"][1] - top) * scale


def test_all_nodes_of_a_large_map_are_dots_that_can_be_chosen(opened: Open) -> None:
    page = opened(f"{LARGE}?view=all")
    canvas = page.get_by_role("img", name="nodes as dots")
    expect(page.locator(".legend")).to_contain_text("Concept")
    expect(page.get_by_text("Placing")).to_be_hidden()
    box = canvas.bounding_box()
    assert box
    inked = """canvas => new Set(new Uint32Array(canvas.getContext("2d")
        .getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"""
    expect(canvas).to_be_visible()
    page.wait_for_function(f"({inked})(document.querySelector('canvas')) > 3")
    page.mouse.click(*_first_dot(page, box))
    expect(page.locator(".panel h2")).to_contain_text("Thing")
    expect(page.locator("canvas")).to_be_visible()
    canvas.focus()
    for key in ("+", "ArrowLeft", "-", "0"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Zoom in").click()


def test_without_scripts_the_forms_say_what_they_need_and_a_large_map_shows_its_days(opened: Open) -> None:
    page = opened(f"{BREAD}/add", java_script_enabled=False)
    expect(page.get_by_text("Each form has a field for your token")).to_be_visible()
    page.goto(page.url.partition(BREAD)[0] + LARGE + "?view=all")
    expect(page.locator("svg.map")).to_be_visible()
    expect(page.locator("canvas")).to_be_hidden()
