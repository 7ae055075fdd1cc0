"""A map of a service elsewhere, to be brought into notes here: read whole, and told what the notes say by now."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

import httpx2

from conceptmap.map import CourseMap
from conceptmap.pushing import TIMEOUT, detail_of, unreachable
from conceptmap.rdf import BASE, read_documents
from graphs.entries import JSON_LD
from graphs.fold import PartKey
from ontology.errors import InvalidDocument, PushFailed
from ontology.model import Document
from ontology.names import CONTRIBUTED


@dataclass(frozen=True, slots=True)
class Remote:
    """A map of a service, and the token that may read it, or write it too."""

    service: str
    map: str
    token: str = field(default="", repr=False)

    def fetch(self, course: CourseMap) -> dict[PartKey, str]:
        """Read the service's map into an empty one here; the entity tags of the contributors' parts.

        Raises `PushFailed` where the service does not give it, or somebody adds to the map while it is read.
        """
        text = self._exported()
        try:
            documents = read_documents(text, course.vocabulary, self.map, _base_of(text))
        except InvalidDocument as error:
            raise PushFailed(f"what the service gives is no map of this release: {error}") from error
        course.replace(documents)
        parts = [PartKey(one.day, one.part) for one in documents if one.part.startswith(CONTRIBUTED)]
        tags = {
            key: self._answer("GET", _path(key, ".jsonld"), accept=JSON_LD).headers.get("etag", "") for key in parts
        }
        if parts and self._exported() != text:  # a tag may be that of what was not read, which would be lost
            raise PushFailed("somebody added to the map while it was read; pull again")
        return tags

    def settle(self, kept: Mapping[PartKey, Document | None], tags: Mapping[PartKey, str]) -> None:
        """Have contributors' parts go on without what the notes say now, if they are still as they were read.

        Raises `PushFailed`.
        """
        for key, document in kept.items():
            body = None if document is None else json.dumps(document.as_json()).encode()
            self._answer("DELETE" if body is None else "PUT", _path(key), body=body, tag=tags[key])

    def _exported(self) -> bytes:
        return self._answer("GET", "/export.jsonld", accept=JSON_LD).content

    def _answer(
        self, method: str, path: str, *, accept: str = "application/json", body: bytes | None = None, tag: str = ""
    ) -> httpx2.Response:
        headers = {"Accept": accept, **({"If-Match": tag} if tag and method != "GET" else {})}
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"Content-Type": JSON_LD} if body is not None else {}
        try:
            with httpx2.Client(timeout=TIMEOUT) as client:
                address = f"{self.service}/maps/{quote(self.map, safe='')}{path}"
                answer = client.request(method, address, headers=headers, content=body)
        except httpx2.TransportError as error:
            raise PushFailed(unreachable(self.service, error)) from error
        if answer.status_code == HTTPStatus.PRECONDITION_FAILED:
            raise PushFailed("somebody added to the map meanwhile; the notes are written, so pull again")
        if not answer.is_success:
            raise PushFailed(f"the service does not give or take this: {detail_of(answer)}")
        return answer


def _path(key: PartKey, suffix: str = "") -> str:
    return f"/days/{key.day}{suffix}?part={quote(key.part, safe='')}"


def _base_of(text: bytes) -> str:
    """What the IRIs of a service begin with, as its documents say."""
    try:
        value = json.loads(text)
        first = value[0] if isinstance(value, list) and value else value
        base = first["@context"]["@base"]
    except (ValueError, LookupError, TypeError):
        return BASE
    before, maps, _ = str(base).partition("maps/")
    return before if maps else BASE
