"""The site: its templates and files, read once; and pages made of them, errors too."""

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from typing import Annotated, Any

from fastapi import Depends
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from api.errors import PROBLEM, ProblemAnswer
from api.requests import JSON, chosen
from api.responses import Encoded
from api.web.drawing import timed
from api.web.formulas import inline, mathml
from api.web.offers import Offers
from api.web.page_state import edge_words
from api.web.prose import prose
from api.web.standing import adds, numbers_of, percent
from api.web.swatches import swatch_of
from conceptmap.draw import style_sheet, word_name
from conceptmap.notes import NOTE_SUFFIXES
from conceptmap.values import cite
from ontology.vocabulary import Vocabulary

HTML = "text/html; charset=utf-8"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TYPES: Mapping[str, str] = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
THEME = "theme.css"
"""The colours of kinds and relations, from the vocabulary."""


class Site:
    """What the pages are made of. The files' address changes when one of them does, so that caches may keep them.

    `published`: the pages are files, which take no forms and whose links are relative.
    """

    def __init__(self, vocabulary: Vocabulary, *, published: bool = False) -> None:
        static = files("api.web") / "static"
        self.files = {one.name: one.read_bytes() for one in sorted(static.iterdir(), key=lambda one: one.name)}
        theme = style_sheet(list(vocabulary.kinds.values()), list(vocabulary.relations.values()), others=True)
        self.files[THEME] = theme.encode()
        self.version = hashlib.sha256(b"\0".join(self.files.values())).hexdigest()[:12]
        loader = PackageLoader("api.web", "templates")
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._templates.filters |= {
            "prose": prose,
            "inline": inline,
            "mathml": mathml,
            "edge_words": edge_words,
            "cite": cite,
            "word_name": word_name,
            "numbers": numbers_of,
            "percent": percent,
            "adds": adds,
        }
        static_path = "/static" if published else f"/static/{self.version}"
        self._templates.globals |= {"static": static_path, "timed": timed, "note_suffixes": NOTE_SUFFIXES}
        self._templates.globals["is_published"] = published
        self._templates.globals |= {"stands": None, "may_stand": False, "may_learn": False}  # where none is asked
        self._templates.globals |= {"swatch_of": partial(swatch_of, vocabulary), "kinds": tuple(vocabulary.kinds)}

    def html(self, template: str, root: str, **values: Any) -> str:
        """A template filled in; its addresses begin with the prefix under which a proxy shows the service."""
        return self._templates.get_template(template).render(root=root, **values)

    def page(self, template: str, root: str, **values: Any) -> Encoded:
        """A template filled in, as an answer."""
        headers = {"Content-Security-Policy": POLICY}
        return Encoded(self.html(template, root, **values).encode(), HTML, headers=headers)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


TheSite = Annotated[Site, Depends(_site)]


def wants_page(request: Request) -> bool:
    """Whether the request is one of a browser, that wants a page.

    A wrong address counts too: browsers, unlike programs, ask for HTML by name, and like it best.
    """
    accept = request.headers.get("accept", "")
    return "text/html" in accept and chosen(accept, ("text/html", PROBLEM, JSON)) == "text/html"


def error_page(request: Request, answer: ProblemAnswer, offers: Offers) -> Response:
    """An error as a page, with ways to go on."""
    site: Site = request.app.state.site
    problem = json.loads(answer.body)
    root = request.scope["root_path"]
    body = site.html("error.html", root, problem=problem, status=answer.status, offers=offers)
    headers = {**answer.headers, "Content-Type": HTML, "Content-Security-Policy": POLICY}
    return Response(body, answer.status, headers)
