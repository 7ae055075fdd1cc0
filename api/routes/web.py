"""The web page: all pages of a map in one list; the page of all maps, what the forms do, and the site's files."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.auth import client_of
from api.errors import NoSuchPage
from api.openapi import Route
from api.requests import FORM, MapPath, MapVersion, checked_map, content_type, media_type, read_body
from api.responses import Encoded, Moved, as_json
from api.routes import embedding
from api.routes.history import undo
from api.service import Service, TheService
from api.web.adding import EMPTY, FORM_KINDS, FormKind, Outcome, outcome_of, picture_of
from api.web.answer_view import comparison_table
from api.web.cards import contrasts, edge_card
from api.web.drawing import svg_of
from api.web.entries import entries_page, is_newest
from api.web.form_input import FIELDS, Choices, Form, Mistakes, choices, kind_named, read_form, read_query
from api.web.home import maps_listed
from api.web.learning import learning_page, may_learn
from api.web.mend_forms import decided, forms_of, subject_of
from api.web.note_page import note_page
from api.web.page_data import PageData, days_in_words, days_of, page_data
from api.web.page_state import PageState, ThePageState, edge_words, way_back
from api.web.positions import Layout, positions
from api.web.prompts import answered_prompt, continued, days_with_prompts, linkable_names, named_in
from api.web.site import HTML, POLICY, TYPES, Site, TheSite
from api.web.standing import claim_page, claims_page, may_stand, stands
from conceptmap.ask import MOST_SAID
from conceptmap.draw import find_renderer, node_name
from conceptmap.map import CourseMap
from conceptmap.mending import Mended
from conceptmap.reflections import count_words, prompts_of
from conceptmap.values import Entry, Grant, PartKey, Scope
from ontology.errors import RefusedWrite, UnknownNode

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""For files whose address holds their version; a year is the longest that caches are asked to keep anything."""

Values = dict[str, Any]
"""What a template is filled with, by the names that it uses."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a map, or a piece of one that a script puts in place: `/maps/{map}/page` and then its `path`.

    `show` takes from the map what the template is filled with, for the state and the other parameters that stand in
    the address; what a page without a template shows is data for a script. `title` follows the map's name, unless
    the template has another. `draws`: filling in the template draws. `newest`: the map is shown as it is now, whatever
    moment the address names. `takes`: the other parameters.
    """

    path: str
    show: Callable[[CourseMap, PageState, Form], Mapping[str, Any]]
    template: str = ""
    title: str = ""
    draws: bool = False
    newest: bool = False
    takes: tuple[str, ...] = ()


def routes() -> list[Route]:
    """The addresses. They are for people: programs have others that say the same."""
    return [
        Route("GET", "/", default_page),
        Route("GET", "/favicon.ico", icon),
        Route("GET", "/static/{version}/{name}", static),
        *(Route("GET", f"/maps/{{map}}/page{page.path}", _endpoint(page), takes=page.takes) for page in PAGES),
        *embedding.routes(),
        Route("POST", "/maps/{map}/page/add/{what}", add),
        Route("POST", "/maps/{map}/page/undo", undone),
        Route("POST", "/maps/{map}/page/take-back", taken_back),
        Route("POST", "/maps/{map}/page/decide", decide),
    ]


async def default_page(request: Request, service: TheService, site: TheSite, state: ThePageState) -> Response:
    """The page of the only map; of several maps their list; of none how to get one."""
    grant = await service.authorizer.reader(request, None)
    names = await service.maps_for(grant, atlas=service.readers.near(grant, request.scope, with_all=True))
    if len(names) == 1:
        return await _shown(PAGES[0], request, service, site, names[0], state)
    listed = await service.readers.in_thread(partial(maps_listed, service.atlas, names))
    return await service.plain(request, site.page("maps.html", state.root, maps=listed))


async def static(request: Request, service: TheService, site: TheSite, version: str, name: str) -> Response:
    """A file of the site. Its address holds the version of all files, so it may be kept."""
    if name not in site.files or version != site.version:
        raise NoSuchPage("nothing is here; / is the page")
    kind = content_type(TYPES[name.rpartition(".")[2]])
    return await service.plain(request, Encoded(site.files[name], kind, headers=_FOREVER))


async def icon(request: Request, service: TheService, site: TheSite) -> Response:
    """The site's icon, where browsers look for it."""
    return await service.plain(request, Encoded(site.files["icon.svg"], TYPES["svg"]))


@cache
def _endpoint(page: Page) -> Callable[..., Awaitable[Response]]:
    async def endpoint(
        request: Request, service: TheService, site: TheSite, map: MapPath, state: ThePageState
    ) -> Response:
        return await _shown(page, request, service, site, map, state)

    return endpoint


async def _shown(page: Page, request: Request, service: Service, site: Site, name: str, state: PageState) -> Response:
    version = MapVersion() if page.newest else MapVersion(state.as_of, state.at)
    given = read_query(request.query_params.multi_items())
    fill = partial(_filled, site, page, name, state)

    def show(course: CourseMap) -> Mapping[str, Any]:
        other = course.view(missing_ok=True).leads_to(state.focus or "")
        if other not in (state.focus or "", ""):
            raise Moved(state.address(name, f"page{page.path}", focus=other))
        values = page.show(course, state, given)
        if not page.template:
            return values
        return {"when": days_in_words(days_of(course.as_of(None).view())), **values}

    if page.draws:
        return await service.read_then_render(request, name, version, show, fill)
    return await service.answer(request, name, version, lambda course: fill(show(course)))


def _filled(site: Site, page: Page, name: str, state: PageState, values: Mapping[str, Any]) -> Encoded:
    if not page.template:
        return as_json(values)
    return site.page(page.template, state.root, **{"name": name, "title": page.title, "state": state, **values})


# What the pages show.


def _page(course: CourseMap, state: PageState, given: Form) -> Values:
    """The map, and what is asked of it."""
    page = page_data(course, state)
    answer = page.answer
    return {
        "page": page,
        "table": comparison_table(answer) if answer else None,
        "most": MOST_SAID,
        "draw": partial(_drawn, page),
        **_standing(course, page),
    }


def _standing(course: CourseMap, page: PageData) -> Values:
    """How the statement of the card stands; nothing on other cards."""
    if not page.card or page.missing:
        return {}
    node = page.card.node
    view = course.view()
    return {"stands": stands(course, node), "may_stand": may_stand(view, node), "may_learn": may_learn(view, node)}


def _drawn(page: PageData) -> str:
    return svg_of(page.drawing, page.name, page.state, _marks(page), (page.first, page.day), find_renderer())


def _marks(page: PageData) -> dict[str, str]:
    """Classes for what is chosen, and for the answers and the edges between them."""
    picture, answers = page.drawing.picture, page.answers
    marks: dict[str, list[str]] = {node.name: ["answer"] for node in picture.nodes if node.id in answers}
    for edge in picture.edges:
        if edge.key and {edge.source, edge.target} <= answers:
            marks[edge.name] = ["answer"]
        if page.edge and edge.key and edge_words(edge.key) == page.state.edge:
            marks.setdefault(edge.name, []).append("chosen")
    if page.card:
        marks.setdefault(node_name(page.card.node.id), []).append("chosen")
    return {name: " ".join(classes) for name, classes in marks.items()}


def _history(course: CourseMap, state: PageState, given: Form) -> Values:
    """Every entry that said something of a node, and the node as it stood then; without a node the map's entries."""
    if not state.focus:
        return {"entries": entries_page(course, given.number("before")), "history": None, "label": None}
    history = course.node_history(state.focus)
    label = history.last_known.label if history.last_known else history.id
    return {"entries": None, "history": history, "label": label}


def _notes(course: CourseMap, state: PageState, given: Form) -> Values:
    """A day's note with the lines that are cited, and what each line made."""
    view = course.as_of(None).view()
    days = days_of(view)
    day = given.day_or_default("day")
    if day is None:
        day = state.as_of if state.as_of is not None else max((one.number for one in days), default=0)
    page = note_page(course, state, day, given["part"] or None, given["lines"])
    notes = [PartKey(one.number, part) for one in days for part in one.parts]
    here = notes.index(page.note.key)
    return {
        "page": page,
        "note": page.note,
        "day": next(one for one in days if one.number == day),
        "before": notes[here - 1] if here else None,
        "after": notes[here + 1] if here + 1 < len(notes) else None,
        "back": way_back(course.name, state, given["back"]),
    }


def _positions(course: CourseMap, state: PageState, given: Form) -> Layout:
    """Where each node stands when all of a large map are shown; the same until the map changes."""
    return positions(course.view())


def _compared(course: CourseMap, state: PageState, given: Form) -> Values:
    """Tables of what the map sets against each other."""
    view = course.view()
    return {"pairs": contrasts(view), "day": view.day}


def _claims(course: CourseMap, state: PageState, given: Form) -> Values:
    """All claims, and how each stands."""
    return {"claims": claims_page(course), "day": course.view().day}


def _claim(course: CourseMap, state: PageState, given: Form) -> Values:
    """A statement with all that weighs, what would fall with it, and how it came to stand so."""
    return {"claim": claim_page(course, state.focus or "")}


def _structure(course: CourseMap, state: PageState, given: Form) -> Values:
    """How the map is connected."""
    return {"overview": course.structure()}


def _learn(course: CourseMap, state: PageState, given: Form) -> Values:
    """What to learn next, and a plan, for one who begins: the page of everybody holds no learner's marks."""
    return {"learning": learning_page(course, given), "own": None, "form": given, "said": ""}


def _changes(course: CourseMap, state: PageState, given: Form) -> Values:
    """What changed between two days; without them, between the last two."""
    days = days_of(course.as_of(None).view())
    numbers = [one.number for one in days] or [0]
    before, after = given.day_or_default("from"), given.day_or_default("to")
    if after is None:
        after = numbers[-1]
    if before is None:
        before = max([one for one in numbers if one < after], default=after)
    comparison = course.diff(before, after)
    values = {"days": days, "before": before, "after": after, "diff": comparison.diff, "comparison": comparison}
    return {"state": PageState(at=state.at, root=state.root), **values}


def _add(course: CourseMap, state: PageState, given: Form) -> Values:
    """Forms for a node, an edge and a day's notes; what is known of them may stand in the address."""
    view, fields = course.view(), {"day": [str(course.view().day or 0)], **given.values}
    if kind_named(view, source := given["source"]):  # shown by its label, if that is its own
        node = view.node(view.named(source)[0])
        fields["source"] = [node.label if view.named(node.label) == [node.id] else node.id]
    opened = given["what"] if given["what"] in FORM_KINDS else "node"
    return {**_outcome_values(EMPTY), **_form_values(opened, Form(fields), course)}


def _mend(course: CourseMap, state: PageState, given: Form) -> Values:
    """Forms to change or end the node or the edge that the address names."""
    view = course.view()
    card, _ = edge_card(view, view, state.edge_key()) if state.edge else (None, None)
    node = course.node(state.focus) if state.focus and not card else None
    shown: list[tuple[str, Form]] = []
    if node:
        fields = {"node": node.id, "label": node.label, "kind": node.kind, "text": node.text or ""}
        shown = [(what, Form({name: [value] for name, value in fields.items()})) for what in ("change", "end")]
    elif card:
        shown = [(what, form) for form in forms_of(card) for what in ("change-edge", "end-edge")]
    forms = [{**_form_values(what, form, course), "kind": FORM_KINDS[what]} for what, form in shown]
    return {**_outcome_values(EMPTY), "forms": forms, "node": node, "edge": card}


def _mended(course: CourseMap, state: PageState, given: Form) -> Values:
    """All that people changed, ended and refused on the map, by entry."""
    entries: dict[int, list[Mended]] = {}
    for one in course.mended():
        entries.setdefault(one.entry, []).append(one)
    return {"entries": list(entries.values())}


def _choices(course: CourseMap, state: PageState, given: Form) -> Choices:
    """What may still be chosen, and names that begin as the words do."""
    given.check_lengths()
    view = course.view()
    kinds = (given["kind"] or kind_named(view, given["source"]), kind_named(view, given["target"]))
    end = 1 if given["end"] == "1" else 0
    return choices(course, relation=given["relation"], kinds=kinds, end=end, words=given["words"])


def _write(course: CourseMap, state: PageState, given: Form) -> Values:
    """The questions that a day asks, with room to answer them."""
    view = course.view()
    asking = days_with_prompts(view)
    day = given.day_or_default("day")
    shown = day if day is not None else (asking[-1] if asking else view.day or 0)
    days = [one for one in days_of(view) if one.number in {*asking, shown}]
    form = Form({"day": [str(shown)]})
    prompts = prompts_of(view, shown)
    goes_on = {one.question.id: text for one in prompts if (text := continued(view, one, given["continue"]))}
    values = {
        "days": days,
        "shown": shown,
        "prompts": prompts,
        "form": form,
        "opened": "reflection",
        "forms": {asked: Form({**form.values, "text": [text]}) for asked, text in goes_on.items()},
        "words": count_words,
    }
    return {**_outcome_values(EMPTY), **values}


def _names(course: CourseMap, state: PageState, given: Form) -> Values:
    """Names that a script offers to link while one writes."""
    return {"names": linkable_names(course.view())}


PAGES = (
    Page("", _page, "page.html", draws=True),
    Page("/regions", _page, "regions.html", draws=True),
    Page("/drawing", _page, "drawing.html", draws=True),
    Page("/history", _history, "history.html", "history", takes=("before",)),
    Page("/notes", _notes, "note.html", "notes", takes=("day", "part", "lines", "back")),
    Page("/positions", _positions),
    Page("/compare", _compared, "compare.html", "compared"),
    Page("/claims", _claims, "claims.html", "claims"),
    Page("/claim", _claim, "claim.html"),
    Page("/structure", _structure, "structure.html", "structure"),
    Page("/learn", _learn, "learn.html", "learn", takes=("for", "per_day")),
    Page("/changes", _changes, "changes.html", "what changed", takes=("from", "to")),
    Page("/add", _add, "add.html", "add", newest=True, takes=("what", *FIELDS)),
    Page("/add/choices", _choices, newest=True, takes=("relation", "kind", "source", "target", "end", "words")),
    Page("/mend", _mend, "mend.html", "change", newest=True),
    Page("/mended", _mended, "mended.html", "changed on the map", newest=True),
    Page("/write", _write, "write.html", "write", newest=True, takes=("day", "continue")),
    Page("/write/names", _names, newest=True),
)


# What the forms do.


async def add(request: Request, service: TheService, site: TheSite, map: MapPath, what: str) -> Response:
    """Look at what a form would change, or save it."""
    if what not in FORM_KINDS:
        raise NoSuchPage("nothing can be added here")
    kind = FORM_KINDS[what]
    grant, form = await _sent(request, service, map, kind.scope)

    write = await service.writers.read(partial(kind.ready, service.atlas[map], form, grant))

    def work(course: CourseMap) -> tuple[Outcome, Values]:
        outcome = outcome_of(kind, write, course, form)
        return outcome, {"name": map, **_outcome_values(outcome), **_form_values(what, form, course)}

    outcome, values = await service.writers.run(map, work)
    root = request.scope["root_path"]
    html = await service.drawn(partial(_answered, site, root, kind, outcome, values), client_of(request, grant))
    return answer_page(as_page(site, root, map, form, html), outcome.status)


async def decide(request: Request, service: TheService, site: TheSite, map: MapPath) -> Response:
    """Confirm or refuse what was read by rule: one click, and an entry that can be undone."""
    grant, form = await _sent(request, service, map, "append")

    def work(course: CourseMap) -> tuple[str, int]:
        try:
            report = course.mend(decided(form), by=grant.name)
        except (Mistakes, RefusedWrite, UnknownNode) as error:
            return str(error), 0
        return "", report.entries[0] if report.entries else 0

    error, entry = await service.writers.run(map, work)
    root = request.scope["root_path"]
    values = {"name": map, "decision": form["decision"], "error": error, "entry": entry}
    html = as_page(site, root, map, form, site.html("decided.html", root, **values))
    return answer_page(html, 409 if error else 201 if entry else 200)


async def undone(request: Request, service: TheService, site: TheSite, map: MapPath) -> Response:
    """Undo an entry, unless its part has changed since. Raises `UnknownEntry` or `Forbidden`."""
    return await _undo(request, service, site, map, is_newest)


async def taken_back(request: Request, service: TheService, site: TheSite, map: MapPath) -> Response:
    """Undo an entry of those that are listed, whatever its part said since. Raises `UnknownEntry` or `Forbidden`."""
    return await _undo(request, service, site, map, lambda course, entry: True)


async def _undo(
    request: Request, service: Service, site: Site, name: str, allowed: Callable[[CourseMap, Entry], bool]
) -> Response:
    grant, form = await _sent(request, service, name, "append")

    def work(course: CourseMap) -> str:
        entry = course.log_entry(form.number("entry") or 0)
        if not allowed(course, entry):
            return "changed"
        try:
            undo(course, entry.sequence, grant, dry_run=False)
        except RefusedWrite:
            return "changed"
        return "undone"

    state = await service.writers.run(name, work)
    root = request.scope["root_path"]
    html = as_page(site, root, name, form, site.html("undone.html", root, name=name, state=state))
    return answer_page(html, 412 if state == "changed" else 200)


async def _sent(request: Request, service: Service, name: str, scope: Scope) -> tuple[Grant, Form]:
    """Who sent a form that writes to a map, and the form."""
    return await sent_by(
        request, service, lambda token: service.authorizer.writer(request, scope, checked_map(name), token)
    )


async def sent_by(request: Request, service: Service, holder: Callable[[str], Awaitable[Grant]]) -> tuple[Grant, Form]:
    """Who sent a form, and the form. Raises what the authorizer does, and `BadRequest` or what a wrong body is.

    Without a script the token is a field of the form: nobody else's page knows it, so none can send the form.
    """
    by_script = "authorization" in request.headers or not request.headers.get("content-type", "").startswith(FORM)
    grant = await holder("") if by_script else None
    media_type(request, FORM)
    body = await read_body(request, service.settings)
    form = await service.readers.in_thread(partial(read_form, body))
    return grant or await holder(form["token"]), form


def as_page(site: Site, root: str, name: str, form: Form, html: str) -> str:
    """What answers a form, as a page by itself where the form was sent without a script."""
    return site.html("sent.html", root, name=name, sent=html) if form["token"] else html


def _outcome_values(outcome: Outcome) -> Values:
    """What all the forms' templates are given."""
    return {"outcome": outcome, "errors": outcome.errors, "picture": "", "comparison": None}


def _form_values(what: str, form: Form, course: CourseMap) -> Values:
    """What a form is shown with; the map must not be read later, so all of it is looked up now."""
    view = course.view(missing_ok=True)
    kinds = (form["kind"] or kind_named(view, form["source"]), kind_named(view, form["target"]))
    offers = choices(course, relation=form["relation"], kinds=kinds, end=0, words="")
    values: Values = {"form": form, "vocabulary": view.vocabulary, "offers": offers, "days": days_of(view)}
    values["opened"], values["subject"] = what, subject_of(form, view)
    if what == "reflection":
        prompt = values["prompt"] = answered_prompt(form, view)
        values["named"] = named_in(view, form.raw("text"), prompt.question.id)
        values["words"] = count_words
        values["ticked"] = form.all("about") if form["looked"] else [node.id for node in values["named"]]
    return values


def _answered(site: Site, root: str, kind: FormKind, outcome: Outcome, values: Values) -> str:
    if outcome.proposal and outcome.state in ("proposed", "changed"):
        comparison = outcome.proposal.comparison
        diff = comparison.diff
        differs = any((diff.nodes.added, diff.nodes.news, diff.nodes.removed, diff.edges.added, diff.edges.removed))
        values = {
            **values,
            "comparison": comparison,
            "picture": picture_of(values["name"], comparison) if differs else "",
        }
    return site.html(kind.template, root, **values)


def answer_page(body: str, status: int) -> Response:
    """An answer to whoever sent a form, which no cache keeps."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Content-Type": HTML}
    return Response(body, status, headers)
