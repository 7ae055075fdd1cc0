"""The demo: the sample course, loaded, drawn and asked."""

import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from conceptmap.cli.asking import show_answer
from conceptmap.cli.terminal import deliver, line, message

MAP = "robot-intelligence"
DAY = 26
QUESTION = "what supports the bitter lesson?"


def demo() -> None:
    """Show what it does, on a sample course.

    Loads the course into a temporary store, draws its map as of Day 26, and asks it a question.
    """
    from conceptmap.atlas import open_atlas, store_url
    from conceptmap.draw import draw

    folder = Path(tempfile.mkdtemp(prefix="conceptmap-demo-"))
    picture = folder / f"day-{DAY}.svg"
    store = folder / "maps.db"
    with open_atlas(store) as atlas, as_file(files("conceptmap") / "course") as notes:
        atlas[MAP].load(notes)
        course = atlas[MAP].as_of(DAY)
        line((f"The sample course {MAP!r} as of day {DAY}:", "bold"))
        line()
        deliver(draw(course.view()), None)
        line()
        line((f"> {QUESTION}", "bold"))
        show_answer(course.ask(QUESTION))
        svg = draw(course.view(), "svg")
    deliver(svg, picture)
    line()
    line("The picture: ", str(picture))
    message(f"Try more: conceptmap --store {store_url(store)} ask 'what follows from more compute?'")
