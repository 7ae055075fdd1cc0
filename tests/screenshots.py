"""Takes the pictures of the web page's tour: `python tests/screenshots.py [FOLDER]`, or `make screenshots`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from browser import FLAGS
from conceptmap.atlas import open_atlas
from machine import chromium_path
from servers import serving

COURSE = Path(__file__).parents[1] / "conceptmap" / "course"
DESK, LARGE, PHONE = (
    ViewportSize(width=1280, height=800),
    ViewportSize(width=1600, height=1000),
    ViewportSize(width=390, height=844),
)
QUESTION = "?q=what+supports+the+bitter+lesson%3F"
SHOTS: dict[str, tuple[str, ViewportSize]] = {
    "map": ("", DESK),
    "map-large": ("", LARGE),
    "node": ("?focus=scaling-laws", DESK),
    "edge": ("?edge=information-theory+leads+to+compression-understanding", DESK),
    "answer": (QUESTION, DESK),
    "answer-phone": (QUESTION, PHONE),
    "table": ("?q=compare+language+and+robotics", DESK),
    "unknown": ("?q=who+is+bob%3F", DESK),
    "day-25": ("?as_of=25", DESK),
    "hidden": ("?as_of=26&focus=generation-strategies", DESK),
    "timeline": ("?view=timeline", DESK),
    "everything": ("?view=all", LARGE),
    "search": ("?find=scaling", DESK),
    "compare": ("/compare", DESK),
    "structure": ("/structure", DESK),
    "structure-phone": ("/structure", PHONE),
    "claims": ("/claims", DESK),
    "claim-phone": ("/claim?focus=the-bitter-lesson", PHONE),
    "changes": ("/changes?from=25&to=26", DESK),
    "note": ("/notes?day=26&part=day-26.md&lines=92-99&focus=scaling-laws#L92-L99", DESK),
    "note-phone": ("/notes?day=26&part=day-26.md&lines=92-99#L92-L99", PHONE),
    "query": ("/query?query=What+supports+The+Bitter+Lesson%3F", DESK),
    "query-mistake": ("/query?query=SELECT+%3Fa+WHERE+%7B%0A+%3Fa+a+cmm%3AClaim+%7D", DESK),
    "entries": ("/history", DESK),
    "wrong-day": ("?as_of=abc", DESK),
    "history": ("/history?focus=scaling-laws", DESK),
    "add": ("/add", DESK),
    "add-edge-phone": ("/add?what=edge&source=vla&day=26", PHONE),
    "write": ("/write", DESK),
    "no-such-map": ("/../../nope/page", DESK),
}


def take(folder: Path) -> None:
    """Take all pictures, in light and dark, and one of the page without scripts."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        store = f"sqlite:///{kept}/maps.db"
        with open_atlas(store) as atlas:
            atlas["robot-intelligence"].load(COURSE)
        with serving(store, Path(kept)) as server:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            base = f"http://127.0.0.1:{server.port}/maps/robot-intelligence/page"
            for colours in ("light", "dark"):
                for name, (query, size) in SHOTS.items():
                    page = browser.new_page(viewport=size, color_scheme="dark" if colours == "dark" else "light")
                    page.goto(base + query)
                    page.wait_for_timeout(250)
                    page.screenshot(path=folder / f"{name}-{colours}.png")
                    page.close()
            page = browser.new_page(viewport=DESK, java_script_enabled=False)
            page.goto(base + "?as_of=26&focus=scaling-laws")
            page.screenshot(path=folder / "no-script-light.png")
            browser.close()
    print(f"{2 * len(SHOTS) + 1} pictures are in {folder}")


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots"))
