"""The pages that add to a map: nodes, edges and notes, reflections, and undo. Programs have others that do the same."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.errors import NoSuchPage
from api.requests import MapPath, MapVersion, checked_map, media_type, read_body
from api.responses import Encoded, as_json
from api.routes.history import undo
from api.service import TheService
from api.web.adding import EMPTY, KINDS, Outcome, added, picture_of
from api.web.form_input import Form, choices, kind_named, read_form
from api.web.page_data import days_of
from api.web.prompts import answered_prompt, days_with_prompts, named_in, prompts_of
from api.web.site import HTML, POLICY, Site, TheSite
from conceptmap.map import CourseMap
from conceptmap.values import Grant, View
from ontology.model import MAX_DAY

FORM = "application/x-www-form-urlencoded"
Text = Annotated[str, Query(max_length=2000)]
NEWEST = MapVersion()


def router_of() -> APIRouter:
    """The routes."""
    router = APIRouter(include_in_schema=False)
    router.get("/maps/{map}/page/add")(add_page)
    router.get("/maps/{map}/page/add/choices")(offered)
    router.post("/maps/{map}/page/add/{what}")(add)
    router.get("/maps/{map}/page/write")(write_page)
    router.post("/maps/{map}/page/undo")(undone)
    return router


async def add_page(
    request: Request, service: TheService, site: TheSite, map: MapPath, what: Text = "node", day: Text = ""
) -> Response:
    """Forms for a node, an edge and a day's notes; what is known of them may stand in the address."""
    given = {name: [value] for name, value in request.query_params.items()}

    def work(course: CourseMap) -> Encoded:
        view = course.view()
        if kind_named(view, source := given.get("source", [""])[0]):  # shown by its label, if that is its own
            node = view.node(view.named(source)[0])
            given["source"] = [node.label if view.named(node.label) == [node.id] else node.id]
        filled = {"day": [str(view.day or 0)]} | given
        opened = what if what in KINDS else "node"
        values = _shown(opened, Form(filled), view)
        return site.page("add.html", **_values(course.name, EMPTY), **values)

    return await service.answer(request, map, NEWEST, work, scans=True)


async def offered(
    request: Request,
    service: TheService,
    map: MapPath,
    relation: Text = "",
    kind: Text = "",
    source: Text = "",
    target: Text = "",
    words: Text = "",
    end: Annotated[int, Query(ge=0, le=1)] = 0,
) -> Response:
    """What may still be chosen, and names that begin as the words do."""

    def work(course: CourseMap) -> Encoded:
        view = course.view()
        kinds = (kind or kind_named(view, source), kind_named(view, target))
        return as_json(choices(view, relation=relation, kinds=kinds, end=end, words=words))

    return await service.answer(request, map, NEWEST, work, scans=True)


async def add(request: Request, service: TheService, site: TheSite, map: MapPath, what: str) -> Response:
    """Look at what a form would change, or save it."""
    if what not in KINDS:
        raise NoSuchPage("nothing can be added here")
    kind = KINDS[what]
    grant = await service.authorizer.writer(request, kind.scope, checked_map(map))
    media_type(request, FORM)
    form = read_form(await read_body(request, service.settings))

    def work(course: CourseMap) -> tuple[Outcome, dict[str, Any]]:
        outcome = added(kind, course.ledger, form=form, name=map, grant=grant)
        return outcome, _shown(what, form, course.view(missing_ok=True))

    outcome, values = await service.writers.run(map, work)
    drawn = partial(_filled, site, kind.template, map, outcome, values)
    return _answer(await service.drawn(drawn), outcome.status)


async def write_page(
    request: Request,
    service: TheService,
    site: TheSite,
    map: MapPath,
    day: Annotated[int | None, Query(ge=0, le=MAX_DAY)] = None,
) -> Response:
    """The questions that a day asks, with room to answer them."""

    def work(course: CourseMap) -> Encoded:
        view = course.view()
        asking = days_with_prompts(view)
        shown = day if day is not None else (asking[-1] if asking else view.day or 0)
        days = [one for one in days_of(view) if one.number in {*asking, shown}]
        form = Form({"day": [str(shown)]})
        values = {
            "days": days,
            "shown": shown,
            "prompts": prompts_of(view, shown),
            "form": form,
            "opened": "reflection",
        }
        return site.page("write.html", **_values(course.name, EMPTY), **values)

    return await service.answer(request, map, NEWEST, work, scans=True)


async def undone(request: Request, service: TheService, site: TheSite, map: MapPath) -> Response:
    """Undo an entry, unless its part has changed since."""
    grant = await service.authorizer.writer(request, "append", checked_map(map))
    media_type(request, FORM)
    form = read_form(await read_body(request, service.settings))
    state = await service.writers.run(map, partial(_undo, entry=form.number("entry") or 0, grant=grant))
    return _answer(site.html("undone.html", name=map, state=state), 412 if state == "changed" else 200)


def _undo(course: CourseMap, entry: int, grant: Grant) -> str:
    """Whether it was undone. Raises `UnknownEntry` or `Forbidden`."""
    one = course.log_entry(entry)
    (last,) = course.lines(day=one.day, part=one.part, limit=1)
    if last.sequence != entry:
        return "changed"
    undo(course, entry, grant, dry_run=False)
    return "undone"


def _values(name: str, outcome: Outcome) -> dict[str, Any]:
    """What all the forms' templates are given."""
    return {"name": name, "outcome": outcome, "errors": outcome.errors, "picture": "", "comparison": None}


def _shown(what: str, form: Form, view: View) -> dict[str, Any]:
    """What a form is shown with; the view must not be used later, so all of it is looked up now."""
    kinds = (form["kind"] or kind_named(view, form["source"]), kind_named(view, form["target"]))
    offers = choices(view, relation=form["relation"], kinds=kinds, end=0, words="")
    values: dict[str, Any] = {"form": form, "vocabulary": view.vocabulary, "offers": offers, "days": days_of(view)}
    values["opened"] = what
    if what == "reflection":
        prompt = values["prompt"] = answered_prompt(form, view)
        values["named"] = named_in(view, form.raw("text"), prompt.question.id)
        values["ticked"] = form.all("about") if form["looked"] else [node.id for node in values["named"]]
    return values


def _filled(site: Site, template: str, name: str, outcome: Outcome, values: dict[str, Any]) -> bytes:
    known = _values(name, outcome)
    if outcome.proposal and outcome.state in ("proposed", "changed"):
        comparison = outcome.proposal.comparison
        diff = comparison.diff
        differs = any((diff.nodes.added, diff.nodes.news, diff.nodes.removed, diff.edges.added, diff.edges.removed))
        known |= {"comparison": comparison, "picture": picture_of(name, comparison) if differs else ""}
    return site.html(template, **known, **values).encode()


def _answer(body: bytes | str, status: int) -> Response:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Content-Type": HTML}
    return Response(body, status, headers)
