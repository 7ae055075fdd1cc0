"""What differs between two days of a map, in the forms that the command line has too."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Header, Query
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, reading, text
from api.requests import JSON, At, MapPath, MapVersion, chosen, content_type, known_suffix, suffix_path
from api.responses import Encoded, as_json
from api.routes.drawing import Whole
from api.service import TheService
from conceptmap.differences import DIFF_FORMS, DiffForm
from conceptmap.map import CourseMap
from conceptmap.shapes.changes import DiffShape, diff_shape
from ontology.model import MAX_DAY

From = Annotated[int, Query(alias="from", ge=0, le=MAX_DAY, description="as of this day", examples=[25])]
To = Annotated[int, Query(ge=0, le=MAX_DAY, description="compared with this one", examples=[26])]
Named = Annotated[str | None, Query(alias="format", max_length=20, description="the form, by its name or suffix")]


def forms() -> dict[str, DiffForm]:
    """The forms by the suffixes of addresses, JSON first: it is what a client gets that accepts anything."""
    found = {suffix[1:]: form for form in DIFF_FORMS.values() for suffix in form.suffixes}
    return dict(sorted(found.items(), key=lambda one: one[1].media_type != JSON))


Suffix = Annotated[str, suffix_path("the form", "md", lambda: [*forms()])]


def routes() -> list[Route]:
    """The addresses: the suffix chooses the form, else `format`, else what the request accepts."""
    kinds = [form.media_type for form in forms().values()]
    shown, either = {**reading(406), **text(*(one for one in kinds if one != JSON))}, {**reading(406), **text(*kinds)}
    return [
        Route("GET", "/maps/{map}/diff", accepted_diff, "maps", DiffShape, shown),
        Route("GET", "/maps/{map}/diff.{suffix}", suffixed_diff, "maps", None, either),
    ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be compared, and how much of it drawn."""

    before: int
    after: int
    whole: bool
    version: MapVersion

    def told(self, form: DiffForm, course: CourseMap) -> Encoded:
        """The two days compared."""
        compared = course.diff(self.before, self.after)
        if form.media_type == JSON:
            return as_json(diff_shape(compared.diff, compared.effects))
        return Encoded(form.text(compared, whole=self.whole).encode(), content_type(form.media_type))


async def _wanted(before: From, to: To, whole: Whole = False, at: At = None) -> Wanted:
    return Wanted(before, to, whole, MapVersion(None, at))


TheWanted = Annotated[Wanted, Depends(_wanted)]


async def accepted_diff(
    request: Request,
    service: TheService,
    map: MapPath,
    wanted: TheWanted,
    named: Named = None,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Nodes and edges added, removed and changed between two days, and the claims that gained or lost support."""
    known = forms()
    if named is not None:
        form = DIFF_FORMS.get(named) or known[known_suffix(named, [*known])]
    else:
        kinds = {one.media_type: one for one in known.values()}
        form = kinds[chosen(accept, tuple(kinds))]
    return await _diff(request, service, map, wanted, form)


async def suffixed_diff(
    request: Request, service: TheService, map: MapPath, suffix: Suffix, wanted: TheWanted
) -> Response:
    """The same in the form that the suffix names."""
    known = forms()
    return await _diff(request, service, map, wanted, known[known_suffix(suffix, [*known])])


async def _diff(request: Request, service: TheService, map: str, wanted: Wanted, form: DiffForm) -> Response:
    """A picture reads both days while it is drawn, so all of it is done with the map held."""
    return await service.answer(request, map, wanted.version, partial(wanted.told, form))
