"""Errors over HTTP: one table from error class to status, one shape (RFC 9457) for all of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from pydantic import ConfigDict, with_config
from pydantic.config import JsonDict
from typing_extensions import TypedDict

from conceptmap.shapes.changes import ProblemShape, problem_shape
from ontology import errors
from ontology.hints import did_you_mean

PROBLEM = "application/problem+json"

_EXAMPLE: JsonDict = {
    "type": "/docs#invalid-document",
    "title": "Notes or documents break the rules",
    "status": 400,
    "detail": "nothing was stored: one problem",
    "problems": [
        {
            "file": "notes",
            "line": 9,
            "column": 3,
            "what": "unknown kind 'Clam'",
            "hint": "did you mean 'Claim'?",
        }
    ],
}


class ErrorDetails(TypedDict, total=False):
    """What some errors know beyond their words: revisions, a place, names that may have been meant, forms there are."""

    current: int
    expected: int
    day: int
    part: str
    candidates: list[str]
    line: int | None
    column: int | None
    forms: list[str]


@with_config(ConfigDict(json_schema_extra={"examples": [_EXAMPLE]}))
class ErrorShape(ErrorDetails):
    """Any error (RFC 9457); `problems` name file, line and column in notes, and the place in JSON that was sent."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[ProblemShape]


class ApiError(errors.ConceptMapError):
    """What only a request can get wrong; `headers` go with the answer."""

    def __init__(self, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.headers = dict(headers or {})
        super().__init__(detail)


class BadRequest(ApiError):
    """A parameter or header that cannot be understood."""


class Unauthorised(ApiError):
    """No token, or none that stands."""

    def __init__(self, detail: str, error: str = "") -> None:
        reason = f', error="{error}"' if error else ""
        super().__init__(detail, {"WWW-Authenticate": f'Bearer realm="conceptmap"{reason}'})


class Forbidden(ApiError):
    """The token does not allow this."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, {"WWW-Authenticate": 'Bearer realm="conceptmap", error="insufficient_scope"'})


class ForeignOrigin(ApiError):
    """A page of another origin calls, and is not among those that may."""


class NoSuchPage(ApiError):
    """The address names nothing."""


class WrongMethod(ApiError):
    """The address does not know this method."""


class NotAcceptable(ApiError):
    """None of the forms that the request accepts can be had."""


class SlowBody(ApiError):
    """The body did not arrive in time."""


class PreconditionFailed(ApiError):
    """The thing is there, or is not, against what the request expects."""


class BodyTooLarge(ApiError):
    """The body has too many bytes."""


class UnsupportedMediaType(ApiError):
    """The body is in a form, or an encoding, that the address does not take."""


class PreconditionRequired(ApiError):
    """Replacing needs the revision that it replaces."""


class Busy(ApiError):
    """So much of one client waits already that no more is taken."""


class TooManyRequests(ApiError):
    """The client asks more often than it may."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests; try again in {seconds} s", {"Retry-After": str(seconds)})


class MalformedRequest(ApiError):
    """A request that is no HTTP/1.1, or that could be read in two ways; the connection ends with it."""


class HeadTooLarge(ApiError):
    """The header fields of a request are too many or too long."""


class AddressTooLong(ApiError):
    """The address of a request is too long."""


class UnknownMethod(ApiError):
    """No address of the service knows this method, or this coding of the body."""


class UnknownVersion(ApiError):
    """The service speaks HTTP/1.1 and HTTP/1.0."""


class SlowHead(ApiError):
    """The head of a request did not arrive in time."""


class TooManyConnections(ApiError):
    """All connections that the service may hold are in use."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, {"Retry-After": "1"})


@dataclass(frozen=True, slots=True)
class Kind:
    """How a class of errors is shown: its status, its title, and headers that always go with it."""

    status: int
    title: str
    headers: Mapping[str, str] = field(default_factory=dict)


_LATER = {"Retry-After": "1"}
"""A store that is busy or restarts is back within seconds."""

TABLE: Mapping[type[errors.ConceptMapError], Kind] = {
    errors.ConceptMapError: Kind(500, "Something went wrong"),
    errors.InvalidDocument: Kind(400, "Notes or documents break the rules"),
    errors.InvalidQuestions: Kind(400, "The list of questions cannot be read"),
    errors.InvalidShapes: Kind(400, "The shapes cannot be tried"),
    errors.ShapesStopped: Kind(503, "The shapes were not tried to the end"),
    errors.RefusedWrite: Kind(409, "The map does not allow this write"),
    errors.StaleRevision: Kind(412, "The part has changed meanwhile"),
    errors.StaleMap: Kind(412, "The map has changed meanwhile"),
    errors.KeyReused: Kind(409, "The idempotency key was used for another request"),
    errors.NotFound: Kind(404, "Not found"),
    errors.UnknownMap: Kind(404, "No such map"),
    errors.UnknownNode: Kind(404, "No such node"),
    errors.UnknownEntry: Kind(404, "No such entry, day or part"),
    errors.UnknownToken: Kind(404, "No such token"),
    errors.InvalidMoment: Kind(400, "No such moment"),
    errors.MapNotChosen: Kind(400, "Which map?"),
    errors.WrongArguments: Kind(400, "The tool does not take this"),
    errors.AnswerTooLate: Kind(503, "The answer took too long", _LATER),
    errors.WrongSettings: Kind(500, "The settings are wrong"),
    errors.InvalidConfig: Kind(500, "A file with settings is wrong"),
    errors.InvalidVocabulary: Kind(500, "The vocabulary is wrong"),
    errors.PushFailed: Kind(502, "Another service did not take it"),
    errors.DrawingFailed: Kind(503, "The drawing could not be made"),
    errors.DrawingTooLate: Kind(503, "The drawing took too long", _LATER),
    errors.QueryError: Kind(400, "The query gets no answer"),
    errors.InvalidQuery: Kind(400, "The query is wrong"),
    errors.RefusedQuery: Kind(403, "The query is refused"),
    errors.NoSuchForm: Kind(406, "No form that the request accepts"),
    errors.AnswerTooLarge: Kind(413, "The answer is too large"),
    errors.QueryStopped: Kind(503, "The query was stopped"),
    errors.EngineAway: Kind(503, "The query engine does not answer", _LATER),
    errors.StoreError: Kind(503, "The store cannot do this", _LATER),
    errors.StoreUnavailable: Kind(503, "The store does not answer", _LATER),
    errors.NoStore: Kind(503, "There is no store"),
    errors.StoreReplaced: Kind(503, "The store was replaced"),
    errors.StoreFull: Kind(507, "The store is full"),
    errors.LearnersDamaged: Kind(503, "What learners have learned cannot be used"),
    errors.StoreCorrupted: Kind(500, "The store is damaged"),
    ApiError: Kind(400, "The request is wrong"),
    BadRequest: Kind(400, "The request is wrong"),
    Unauthorised: Kind(401, "A token is needed"),
    Forbidden: Kind(403, "The token does not allow this"),
    ForeignOrigin: Kind(403, "Not from this origin"),
    NoSuchPage: Kind(404, "Nothing is at this address"),
    WrongMethod: Kind(405, "Not this method"),
    NotAcceptable: Kind(406, "No form that the request accepts"),
    MalformedRequest: Kind(400, "This is no HTTP"),
    SlowBody: Kind(408, "The body took too long"),
    SlowHead: Kind(408, "The request took too long"),
    PreconditionFailed: Kind(412, "Not as the request expects"),
    BodyTooLarge: Kind(413, "The body is too large"),
    AddressTooLong: Kind(414, "The address is too long"),
    UnsupportedMediaType: Kind(415, "The body is in a form that is not taken"),
    PreconditionRequired: Kind(428, "Which revision is replaced?"),
    Busy: Kind(503, "Too many of your requests wait", _LATER),
    TooManyRequests: Kind(429, "Too many requests"),
    HeadTooLarge: Kind(431, "The header fields are too large"),
    UnknownMethod: Kind(501, "Not known here"),
    TooManyConnections: Kind(503, "Too many connections"),
    UnknownVersion: Kind(505, "Not this version of HTTP"),
}


@dataclass(frozen=True, slots=True)
class ProblemAnswer:
    """An error as it goes out."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def problem_of(error: Exception, root: str = "") -> ProblemAnswer:
    """The answer to an error; one that is none of ours says nothing of itself.

    `root` is the prefix under which a proxy shows the service.
    """
    if not isinstance(error, errors.ConceptMapError):
        return _answer(root, Kind(500, "Something went wrong"), "internal-error", "this is a mistake in the service")
    cls = type(error)
    kind = next(TABLE[one] for one in cls.__mro__ if one in TABLE)
    headers = {**kind.headers, **getattr(error, "headers", {})}
    return _answer(root, kind, slug(cls), detail_of(error, root), headers, error)


def slug(error: type[Exception]) -> str:
    """The name of an error class as it stands in addresses.

    >>> slug(errors.StaleRevision)
    'stale-revision'
    """
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in error.__name__).lstrip("-")


def http_error(status: int, headers: Mapping[str, str] | None, root: str) -> ApiError:
    """The framework's own error as one of ours."""
    if status == HTTPStatus.NOT_FOUND:
        return NoSuchPage(f"nothing is here; {root}/docs lists what there is")
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return WrongMethod("this address does not know the method", headers)
    return BadRequest(HTTPStatus(status).phrase.lower(), headers)


def detail_of(error: errors.ConceptMapError, root: str = "") -> str:
    """What a client may know of an error, in one sentence."""
    if isinstance(error, errors.InvalidDocument):
        count = len(error.problems)
        return f"nothing was stored: {'one problem' if count == 1 else f'{count} problems'}"
    if isinstance(error, _SAYING_WHERE):
        return _ADVICE.get(type(error), "the store cannot be used now; try again later")
    if isinstance(error, errors.UnknownMap):
        near = did_you_mean(error.name, error.known)
        return f"there is no map {error.name!r}; {near or f'{root}/maps lists them'}"
    return str(error)


_SAYING_WHERE = (
    errors.StoreError,
    errors.DrawingFailed,
    errors.InvalidVocabulary,
    errors.InvalidConfig,
    errors.WrongSettings,
)
"""Their own words name files and addresses that are nobody's business; they go to the log."""

_ADVICE = {
    errors.DrawingFailed: "the drawing could not be made; draw less, or choose a focus",
    errors.DrawingTooLate: "the drawing took too long, and was ended; draw less, or choose a focus",
    errors.WrongSettings: "the settings of the service are wrong",
    errors.InvalidConfig: "a file with settings of the service is wrong",
    errors.InvalidVocabulary: "the vocabulary of the service is wrong",
    errors.StoreFull: "the store has no room for this; reading goes on, and writing once there is room",
    errors.StoreReplaced: "the store's file was removed or replaced under the running service, and nothing is written; "
    "whoever runs the service must start it again",
    errors.LearnersDamaged: "learner.db, the file beside the maps that has it, is damaged; whoever runs the service "
    "must put a copy of it back, or move it away so that all begin anew. The maps are kept elsewhere, and are whole",
    errors.StoreCorrupted: "the store is damaged; whoever runs the service must restore a backup",
}


def _answer(
    root: str,
    kind: Kind,
    name: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    error: Exception | None = None,
) -> ProblemAnswer:
    known: ErrorDetails = {}
    for member in ErrorDetails.__annotations__:
        if hasattr(error, member):
            known[member] = getattr(error, member)  # type: ignore[literal-required]  # from its own list
    shape: ErrorShape = {
        "type": f"{root}/docs#{name}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "problems": [problem_shape(one) for one in getattr(error, "problems", ())] if kind.status < 500 else [],
        **known,
    }
    body = json.dumps(shape, ensure_ascii=False).encode("utf-8", "replace")
    return ProblemAnswer(kind.status, {**(headers or {}), "Content-Type": PROBLEM, "Cache-Control": "no-store"}, body)
