"""The door for agents at `/mcp`: streamable HTTP without sessions, under the access rules of every other read."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from anyio import CapacityLimiter, Event, Lock, create_task_group, sleep_forever, to_thread
from anyio.abc import TaskGroup, TaskStatus
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from api.errors import ForeignOrigin, NoSuchPage, WrongMethod, detail_of
from api.requests import read_body
from api.service import Service
from conceptmap.map import CourseMap
from conceptmap.mcp import HOW_TO_INSTALL, is_installed
from conceptmap.mcp.tools import TOOLS, Tool
from conceptmap.values import Grant
from ontology.errors import ConceptMapError

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"
AGENT_HEADERS = ("MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id")
"""Headers that clients of the protocol send."""
MOST_BYTES = 100_000
"""Bytes of a message: a call's arguments have some thousands at most."""
CALLS = 4
"""Calls that are answered at once. Some take seconds on a large map; other readers must not wait for threads."""
GRANT = "conceptmap.grant"
"""In the scope of a request: what its token allows."""

Result = TypeVar("Result")


class ServedMaps:
    """The maps of a service, as the token of a request lets them be read."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._limiter = CapacityLimiter(CALLS)

    async def names(self, request: Request) -> list[str]:
        """The maps that have something in them; with a token for one map, that one."""
        return await self._service.maps_for(request.scope[GRANT])

    async def held(self, request: Request, name: str) -> CourseMap:
        """A map in its newest state. Raises `Forbidden` or `UnknownMap`."""
        self._service.authorizer.check_map(request.scope[GRANT], name)
        return await self._service.readers.course(name, None, None)

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """Do it in a thread, a few at once."""
        return await to_thread.run_sync(work, limiter=self._limiter)

    def detail(self, error: ConceptMapError) -> str:
        """What an error over HTTP says."""
        return detail_of(error)


class AgentDoor:
    """What answers at `/mcp` (ASGI) with these tools: each POST is one message, and is answered as JSON.

    What that takes is imported when the first message comes: it needs 25 MB, and as long as half of the service.
    """

    path = PATH

    def __init__(self, service: Service, tools: Mapping[str, Tool[Any]] = TOOLS) -> None:
        self._service = service
        self._tools = tools
        self._lock = Lock()
        self._tasks: TaskGroup | None = None
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Answer as long as the block lasts."""
        async with create_task_group() as tasks:
            self._tasks = tasks
            yield
            tasks.cancel_scope.cancel()
        self._tasks = self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a message. Raises what is wrong with the request, its body or its token."""
        scope["route"] = self  # by whose path requests are counted
        request = Request(scope, receive)
        if self._service.settings.mcp == "off":
            raise NoSuchPage("agents are not served here")
        if self._manager is None and not is_installed():
            raise NoSuchPage(HOW_TO_INSTALL)
        if request.method != "POST":  # there are no sessions to listen in, or to end
            raise WrongMethod("messages are sent by POST", {"Allow": "POST"})
        self._check_origin(request)
        grant: Grant | None = await self._service.authorizer.reader(request, None)
        body = await read_body(request, self._service.settings, MOST_BYTES)
        await _while_connected(await self._running(), {**scope, GRANT: grant}, body, receive, send)

    async def _running(self) -> "StreamableHTTPSessionManager":
        """What speaks the protocol, made by the first who needs it."""
        async with self._lock:
            if self._manager is None:
                assert self._tasks is not None, "the door is not open"
                self._manager = await self._tasks.start(self._run, await to_thread.run_sync(self._made))
            return self._manager

    def _made(self) -> "StreamableHTTPSessionManager":
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager  # noqa: PLC0415  (an extra)

        from conceptmap.mcp.server import agent_server  # noqa: PLC0415  (it imports the extra)

        server = agent_server(ServedMaps(self._service), self._tools)
        return StreamableHTTPSessionManager(
            server, json_response=True, stateless=True, max_request_body_size=MOST_BYTES
        )

    async def _run(
        self, manager: "StreamableHTTPSessionManager", *, task_status: TaskStatus["StreamableHTTPSessionManager"]
    ) -> None:
        async with manager.run():
            task_status.started(manager)
            await sleep_forever()

    def _check_origin(self, request: Request) -> None:
        """Raise `ForeignOrigin` for a page of an origin that is not set.

        Also for one that calls itself this service: a name can be made to lead to it (DNS rebinding).
        """
        origin = request.headers.get("origin")
        allowed = self._service.settings.cors
        if origin is not None and origin not in allowed and "*" not in allowed:
            raise ForeignOrigin(f"pages of {origin[:200]} may not call this; CONCEPTMAP_CORS names those that may")


async def _while_connected(
    manager: "StreamableHTTPSessionManager", scope: Scope, body: bytes, receive: Receive, send: Send
) -> None:
    """Answer a message that was read; what it asks for ends when the client goes away."""
    read, gone = False, Event()

    async def replayed() -> Message:
        nonlocal read
        if read:
            await gone.wait()
            return {"type": "http.disconnect"}
        read = True
        return {"type": "http.request", "body": body, "more_body": False}

    async with create_task_group() as tasks:

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            gone.set()
            tasks.cancel_scope.cancel()

        tasks.start_soon(watch)
        await manager.handle_request(scope, replayed, send)
        tasks.cancel_scope.cancel()
