"""A map as a folder of files that any web server shows, and any browser without one: made from the page's templates."""

from collections.abc import Iterator

from api.publishing.pages import PageFile, Publication
from api.publishing.scripts import bundled
from api.web.site import THEME, Site
from conceptmap.draw import find_renderer
from conceptmap.map import CourseMap

FILES = ("icon.svg", "note.css", "page.css", "published.css", THEME)
"""The files of the page that its published form needs too."""
SCRIPT = "published.js"


def files_of(course: CourseMap, base: str = "") -> Iterator[PageFile]:
    """All files of the site of a map, each made when it is asked for; the same map gives the same bytes.

    `base` is where the site will stand on the web, without a slash at its end. Raises `UnknownMap` and `DrawingFailed`.
    """
    course = course.hold()
    site = Site(course.vocabulary, published=True)
    for name in FILES:
        yield PageFile(f"static/{name}", site.files[name])
    yield PageFile("static/site.js", bundled(site.files, SCRIPT))
    yield from Publication(course, site, find_renderer(), base).pages()
