"""Maps: the list of them, one map, a whole one for other programs, and replacing or ending a whole one."""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from importlib import metadata
from typing import Annotated
from urllib.parse import quote

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, body, reading, text, writing, written
from api.requests import (
    JSON,
    JSON_LD,
    TURTLE,
    AsOf,
    Cursor,
    DryRun,
    IfMatch,
    Limit,
    MapPath,
    MapVersion,
    Overwrite,
    TheVersion,
    checked_map,
    chosen,
    content_type,
    expected_number,
    known_suffix,
    media_type,
    read_body,
    split_suffix,
    suffix_path,
    suffixes_of,
    until_met,
)
from api.responses import Encoded, Streamed, as_json, page_json, page_of
from api.service import Service, TheService
from conceptmap.formats import FORMATS, Format, by_media_type, by_suffix
from conceptmap.map import CourseMap
from conceptmap.rdf import read_documents
from conceptmap.shapes.changes import ReportShape
from conceptmap.shapes.maps import MapLink, MapList, MapShape, map_shape
from conceptmap.values import WriteReport, extent_of
from ontology.errors import StaleMap
from ontology.model import Document


def routes() -> list[Route]:
    """The addresses; forms and suffixes are those of the export formats."""
    forms = {**reading(406), **text(*(one for one in by_media_type() if one != JSON))}
    exported = {**reading(), **text(*by_media_type(), ZIP)}
    return [
        Route("GET", "/maps", list_maps, "maps", MapList, reading()),
        Route("GET", "/maps/{map}", show_map, "maps", MapShape, forms),
        Route("PUT", "/maps/{map}", put_map, "maps", ReportShape, written("The map is new", 428), body(*WHOLE)),
        Route("DELETE", "/maps/{map}", end_map, "maps", ReportShape, writing()),
        Route("GET", "/maps/{map}/export.{suffix}", export_map, "maps", None, exported),
    ]


def suffixes() -> list[str]:
    """The suffixes of export formats that an address may end with, without their dots.

    A format without a media type of its own is named, and packed where it writes several files: `csv.zip`.
    """
    return [*suffixes_of(by_media_type()), *_by_name()]


def _by_name() -> dict[str, Format]:
    """The formats that only their name offers, by what an address ends with."""
    rest = (one for one in FORMATS.values() if one.media_type is None)
    return {f"{one.name}.zip" if one.is_folder else one.name: one for one in rest}


ZIP = "application/zip"
WHOLE = (JSON_LD, TURTLE, "application/trig", "application/n-triples", "application/rdf+xml")
"""Forms in which a whole map goes in where it came out."""

Rename = Annotated[bool, Query(description="take what was exported of another map as this one's")]

Suffix = Annotated[str, suffix_path("the form", "trig", suffixes)]


async def list_maps(
    request: Request, service: TheService, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """The maps that have something in them, by name; with a token for one map, that one."""
    grant = await service.authorizer.reader(request, None)
    atlas = service.readers.near(grant, request.scope, with_all=True)
    page = page_of(await service.maps_for(grant, as_of, atlas), cursor, limit)
    root = request.scope["root_path"]
    links: list[MapLink] = [{"name": name, "url": f"{root}/maps/{quote(name)}"} for name in page.items]
    return await service.plain(request, page_json(request, "maps", page, links))


async def show_map(request: Request, service: TheService, map: MapPath, version: TheVersion) -> Response:
    """A map's days and size; or all of it, in the format that is asked for."""
    forms = (JSON, *(one for one in by_media_type() if one != JSON))
    name, suffixed = split_suffix(map, forms)
    kind = suffixed or chosen(request.headers.get("accept"), forms)
    if kind == JSON:
        return await service.answer(request, name, version, _sized)
    return await _export(request, service, name, version, by_media_type()[kind], tagged=True)


async def export_map(
    request: Request, service: TheService, map: MapPath, suffix: Suffix, version: TheVersion
) -> Response:
    """A whole map for other programs: the folded graph, or every document, in the format that the suffix names."""
    named = _by_name().get(known_suffix(suffix, suffixes()))
    if named is not None and named.is_folder:
        return await service.answer(request, map, version, partial(_packed, named, service.settings.base))
    return await _export(request, service, map, version, named or by_suffix()[f".{suffix}"], tagged=False)


async def put_map(
    request: Request,
    service: TheService,
    map: MapPath,
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
    rename: Rename = False,
    if_match: IfMatch = None,
) -> Response:
    """Replace a map by the documents that the body gives; what contributors appended stays unless the body has it.

    It is taken in the forms of RDF in which it is exported; that of another map with `rename`. Where that changes
    anything of a map that is there, it needs If-Match with the ETag of the map, or `overwrite`.
    """
    grant = await service.authorizer.writer(request, "admin", checked_map(map))
    kind = media_type(request, *WHOLE, JSON)
    data = await read_body(request, service.settings)

    read: Callable[[], Sequence[Document]]
    if kind in (JSON_LD, JSON) and not rename:
        read = partial(read_documents, data, service.vocabulary, map, service.settings.base)
    else:
        form = by_media_type()[JSON_LD if kind == JSON else kind].name
        read = partial(service.atlas[map].whole, data, form, rename=rename)
    documents = await service.writers.read(read)

    def write(course: CourseMap) -> tuple[WriteReport, bool]:
        exists = bool(course.parts())
        entry = expected_entry(request, course, lambda: overwrite or course.says_just(documents), exists=exists)
        return course.replace(documents, author=grant.name, entry=entry, dry_run=dry_run), exists

    report, existed = await service.writers.run(map, until_met(request, write))
    return await service.reported(report, created=not existed)


async def end_map(
    request: Request, service: TheService, map: MapPath, dry_run: DryRun = False, if_match: IfMatch = None
) -> Response:
    """End every part of a map. Its history stays, and every part can be had back from it."""
    grant = await service.authorizer.writer(request, "admin", checked_map(map))

    def write(course: CourseMap) -> WriteReport:
        entry = expected_entry(request, course, lambda: True, exists=bool(course.parts()))
        return course.delete_all(author=grant.name, entry=entry, dry_run=dry_run)

    return await service.reported(await service.writers.run(map, until_met(request, write)))


def expected_entry(request: Request, course: CourseMap, may_replace: Callable[[], bool], *, exists: bool) -> int:
    """The last entry of the map that a write is to meet; `exists`: whether it would replace something."""
    entry = course.last_entry

    def stale(given: int) -> StaleMap:
        return StaleMap(course.name, given, entry)

    return expected_number(request, "e", entry, exists=exists, stale=stale, may_replace=may_replace)


def _sized(course: CourseMap) -> Encoded:
    view = course.view()
    shape: MapShape = {**map_shape(course.name, extent_of(view)), "entry": view.entry}
    return as_json(shape, f"e{view.entry}")


async def _export(
    request: Request, service: Service, name: str, version: MapVersion, form: Format, *, tagged: bool
) -> Response:
    """A whole map; `tagged`: its tag may be the condition of a write."""
    base = service.settings.base
    whole = partial(_exported, form, base, tagged=tagged)
    stream = partial(_streamed, form, base, tagged=tagged)
    return await service.answer(request, name, version, whole, stream=stream)


def _packed(form: Format, base: str, course: CourseMap) -> Encoded:
    return Encoded(course.packed(form.name, base), ZIP)


def _exported(form: Format, base: str, course: CourseMap, *, tagged: bool) -> Encoded:
    tag = f"e{course.last_entry}" if tagged else ""
    return Encoded(course.export(form.name, base).encode(), content_type(form.media_type or ""), tag)


def _streamed(form: Format, base: str, course: CourseMap, *, tagged: bool) -> Streamed:
    reader = [course.vocabulary.digest, metadata.version("conceptmap")]
    said = [course.digest.hex(), course.day, form.name, base, *reader]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]
    tag = f"e{course.last_entry}-{digest}" if tagged else digest
    return Streamed(course.export_pieces(form.name, base), content_type(form.media_type or ""), tag)
