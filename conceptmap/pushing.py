"""The door to another machine: a folder of notes pushed to a service, and again where that is busy or gets lost.

A push has one idempotency key, so that however often it is sent it is done once and answered the same (the
Idempotency-Key of a request); a service forgets keys after a day, and no push tries that long.
"""

import email.utils
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote
from uuid import uuid4

import httpx2

from conceptmap.disk import Found
from conceptmap.pushed import LoadShape, Told, read_load, read_problem, sent_file
from ontology.errors import InvalidDocument, PushFailed

LONGEST_PAUSE = 30.0
"""Seconds between two tries, where the service names none."""

TIMEOUT = httpx2.Timeout(60.0, connect=10.0, read=300.0)
"""Seconds: a large folder is read in less than five minutes."""

_PASSING = (httpx2.NetworkError, httpx2.TimeoutException, httpx2.RemoteProtocolError)
"""What goes wrong on the way and may go right the next time; the others are mistakes, or no service."""

BUSY = frozenset((429, 502, 503, 504))
"""Statuses that are another moment's: too many requests, and a service or proxy that cannot answer now."""


@dataclass(frozen=True, slots=True)
class Push:
    """What is pushed where: the address of the service, the map, the token, and how.

    While the service is busy or away it is tried again, for so many seconds of `patience`; `say` is called with a line
    each time, `pause` to wait.
    """

    service: str
    map: str
    folder: str
    token: str = field(repr=False)
    dry_run: bool = False
    overwrite: bool = False
    prune: bool = False
    strict: bool = False
    explain: bool = False
    patience: float = 60.0
    say: Callable[[str], None] = lambda _: None
    pause: Callable[[float], None] = time.sleep

    def send(self, found: Found) -> Told:
        """Push notes; what became of them. Raises `PushFailed`, or `InvalidDocument` where nothing is stored."""
        places = sorted(place for folder in found.folders for place in folder.places)
        said = {"files": list(map(sent_file, found.files)), **({"places": places} if found.folders else {})}
        body = json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        with httpx2.Client(timeout=TIMEOUT) as client:
            request = client.build_request("PUT", self._address, params=self._options, content=body, headers=headers)
            return self._told(self._answer(client, request))

    @property
    def _address(self) -> str:
        return f"{self.service}/maps/{quote(self.map, safe='')}/folders/{quote(self.folder, safe='')}"

    @property
    def _options(self) -> dict[str, str]:
        names = ("dry_run", "overwrite", "prune", "strict", "explain")
        return {name: "true" for name in names if getattr(self, name)}

    def _answer(self, client: httpx2.Client, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request, which is sent until there is one. Raises `PushFailed`."""
        until, pause = time.monotonic() + self.patience, 1.0
        while True:
            try:
                answer = client.send(request)
            except httpx2.TransportError as error:
                wait, why = None, unreachable(self.service, error)
                if not isinstance(error, _PASSING) or "CERTIFICATE" in str(error):
                    raise PushFailed(why) from error
            else:
                if answer.status_code not in BUSY:
                    return answer
                wait, why = _retry_after(answer), f"the service cannot do it now: {detail_of(answer)}"
            wait = pause * random.uniform(0.5, 1.0) if wait is None else wait
            if time.monotonic() + wait > until:
                raise PushFailed(f"{why}; push again later")
            self.say(f"{why}; trying again in {wait:.0f} s" if wait >= 1 else f"{why}; trying again")
            self.pause(wait)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _told(self, answer: httpx2.Response) -> Told:
        """What the service says. Raises `PushFailed` or `InvalidDocument`."""
        said = _json(answer)
        if answer.is_success and isinstance(said, dict) and "parts" in said and "notes" in said:
            with _understood():
                return read_load(cast(LoadShape, said))
        if answer.status_code == HTTPStatus.BAD_REQUEST and isinstance(said, dict) and said.get("problems"):
            with _understood():
                problems = [read_problem(one) for one in said["problems"]]
            raise InvalidDocument(problems)
        raise PushFailed(f"{_ADVICE.get(answer.status_code, 'the service refused it')}: {detail_of(answer)}")


@contextmanager
def _understood() -> Iterator[None]:
    """Raises `PushFailed` where an answer is not as this release gives it."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        what = "the service took it, but its answer cannot be read: it is of another release than this program"
        raise PushFailed(what) from error


MAKE_TOKEN = "make one where the service runs: conceptmap token create --name ada --scope admin"
"""How to come by a token that may put notes."""

_ADVICE = {
    200: "what answered is no such service; name the address before /maps",
    301: "the service is elsewhere; push to the address it names",
    302: "the service is elsewhere; push to the address it names",
    307: "the service is elsewhere; push to the address it names",
    308: "the service is elsewhere; push to the address it names",
    401: f"the token is not good; {MAKE_TOKEN}",
    403: f"the token may not put notes; {MAKE_TOKEN}",
    404: "what answered takes no folders; name the address before /maps of a service of this release",
    405: "the service takes no folders; it is older than this program",
    413: "the folder is larger than the service takes; push folders below it, or ask for a larger CONCEPTMAP_MAX_BODY",
    507: "the store of the service is full",
}


def detail_of(answer: httpx2.Response) -> str:
    """What an answer says in words: its status, and the detail of a problem (RFC 9457) or where it leads."""
    said = _json(answer)
    detail = said.get("detail") if isinstance(said, dict) else None
    words = detail or answer.headers.get("location") or answer.reason_phrase
    return f"{answer.status_code} {words}".strip()


def _json(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None


def unreachable(service: str, error: httpx2.TransportError) -> str:
    """That a service gives no answer, and why in words, without the number of the system's error."""
    reason = re.sub(r"\[Errno -?\d+\] ", "", str(error)).lower() or type(error).__name__
    return f"the service at {service} cannot be reached ({reason}): check the address"


def _retry_after(answer: httpx2.Response) -> float | None:
    """The seconds that a service asks for (RFC 9110, 10.2.3): a number, or the time when it is back."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
