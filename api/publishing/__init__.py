"""A map as a folder of files that any web server shows, and any browser without one: made from the page's templates."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from api.publishing.pages import PageFile, Publication
from api.publishing.preview import preview_of
from api.publishing.scripts import bundled
from api.web.site import THEME, Site
from conceptmap.draw import find_renderer
from conceptmap.map import CourseMap
from ontology.errors import DrawingFailed

FILES = ("icon.svg", "note.css", "page.css", "published.css", THEME)
"""The files of the page that its published form needs too."""
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SCRIPT = "published.js"


PREVIEW = "preview.png"


def files_of(course: CourseMap, base: str = "", tell: Callable[[str], None] = print) -> Iterator[PageFile]:
    """All files of the site of a map, each made when it is asked for; the same map gives the same bytes.

    `base` is where the site will stand on the web, without a slash at its end; previews of links need it. What is left
    out is told. Raises `UnknownMap` and `DrawingFailed`.
    """
    course = course.hold()
    site, renderer = Site(course.vocabulary, published=True), find_renderer()
    for name in FILES:
        yield PageFile(f"static/{name}", site.files[name])
    yield PageFile("static/site.js", bundled(site.files, SCRIPT))
    publication = Publication(course, site, renderer, base)
    if base:
        try:
            image = preview_of(publication.view, renderer, publication.title, publication.summary)
        except DrawingFailed as error:
            tell(f"there is no preview picture: {error}")
        else:
            yield PageFile(PREVIEW, image)
            publication = replace(publication, image=f"{base}/{PREVIEW}")
        yield from addresses(publication)
    yield from publication.pages()


def addresses(publication: Publication) -> Iterator[PageFile]:
    """The pages of a map as search engines ask for them (https://www.sitemaps.org), and where that list is."""
    paths = sorted(publication.lasting())
    lines = "".join(f"<url><loc>{publication.base}/{path}</loc></url>\n" for path in paths)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">\n{lines}</urlset>\n'
    yield PageFile("sitemap.xml", body.encode())
    yield PageFile("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {publication.base}/sitemap.xml\n".encode())
