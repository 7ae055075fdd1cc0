"""A learner on the web page: the marks of a token's holder, shown and changed. No cache keeps any of it.

The pages and drawings that everybody sees hold no learner's marks: a script asks here for them and puts them on, and
without one a form with the token is answered by a page.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from api.auth import client_of
from api.openapi import Route
from api.requests import MapPath, MapVersion, checked_map
from api.routes.web import answer_page, as_page, sent_by
from api.service import Service, TheService
from api.web.form_input import Form, read_query
from api.web.learning import changed_marks, learner_card, learning_page, said_of
from api.web.page_data import days_in_words, days_of
from api.web.page_state import PageState, ThePageState
from api.web.site import Site, TheSite
from conceptmap.map import CourseMap
from conceptmap.values import Grant


def routes() -> list[Route]:
    """The addresses."""
    return [
        Route("GET", "/maps/{map}/page/learn/mine", mine, takes=("for", "per_day", "card")),
        Route("POST", "/maps/{map}/page/learn", change),
    ]


async def mine(request: Request, service: TheService, site: TheSite, map: MapPath, state: ThePageState) -> Response:
    """What the token's holder has learned and can learn next: for the card that is shown, or the whole page of it."""
    grant = await service.authorizer.learner(request, checked_map(map))
    form = read_query(request.query_params.multi_items())
    course = await service.held(request, map, MapVersion(state.as_of, state.at), grant)
    work = partial(_answered, service, site, state, form, grant.name, "")
    return answer_page(await service.readers.run(course, work, client_of(request, grant)), 200)


async def change(request: Request, service: TheService, site: TheSite, map: MapPath, state: ThePageState) -> Response:
    """Mark nodes as learned or take marks away, as a form says; one with neither shows what is marked."""
    grant, form = await sent_by(request, service, partial(_learner, request, service, map))
    course = await service.held(request, map, MapVersion(state.as_of, state.at), grant)
    said = await service.readers.in_thread(partial(_changed, service, course, form, grant.name))
    work = partial(_answered, service, site, state, form, grant.name, said)
    html = await service.readers.run(course, work, client_of(request, grant))
    return answer_page(as_page(site, state.root, map, form, html), 200)


async def _learner(request: Request, service: Service, name: str, token: str) -> Grant:
    return await service.authorizer.learner(request, checked_map(name), token, writes=True)


def _changed(service: Service, course: CourseMap, form: Form, learner: str) -> str:
    """Change the marks as a form says; returns what to say of it, nothing where it asks for no change."""
    if not (form.all("learn") or form.all("unlearn") or form["do"] == "save"):
        return ""
    added, taken = changed_marks(course, form, service.learners.marks(course.name, learner))
    if taken:
        service.learners.unmark(course.name, learner, taken)
    if added:
        service.learners.mark(course.name, learner, added, learner)
    return said_of(len(added), len(taken))


def _answered(
    service: Service, site: Site, state: PageState, form: Form, learner: str, said: str, course: CourseMap
) -> str:
    marks = service.learners.marks(course.name, learner)
    values = {
        "name": course.name,
        "state": state,
        "own": learner,
        "form": form,
        "said": said,
        "when": days_in_words(days_of(course.as_of(None).view())),
    }
    if "card" in form.values:
        return site.html("learn_card.html", state.root, card_of=learner_card(course, marks, form["card"]), **values)
    return site.html("learn_list.html", state.root, learning=learning_page(course, form, marks), **values)
