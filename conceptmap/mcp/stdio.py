"""The door for one program that starts this one and speaks to it over its streams."""

from collections.abc import Callable
from typing import Any, TypeVar

import anyio
from anyio import CapacityLimiter, Lock, to_thread
from mcp.server.stdio import stdio_server

from conceptmap.atlas import Atlas
from conceptmap.map import CourseMap
from conceptmap.mcp.server import agent_server
from ontology.errors import ConceptMapError, UnknownMap

THREADS = 4
"""Calls that are answered at once: a model asks some at a time, and each takes a core."""

Result = TypeVar("Result")


class StoreMaps:
    """The maps of a store, or one of them; whoever can start the program may read them."""

    def __init__(self, atlas: Atlas, only: str | None = None) -> None:
        self._atlas = atlas
        self._only = only
        self._limiter = CapacityLimiter(THREADS)
        self._lock = Lock()

    async def names(self, request: Any) -> list[str]:
        """The maps that have something in them."""
        names = await self.in_thread(self._atlas.living_maps)
        return [name for name in names if self._only in (None, name)]

    async def held(self, request: Any, name: str) -> CourseMap:
        """A map with every entry so far. Raises `UnknownMap`."""
        if self._only not in (None, name):
            raise UnknownMap(name, ())
        async with self._lock:  # one call is enough to bring it forward
            return await self.in_thread(self._atlas[name].hold)

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """Do it in a thread, a few at once."""
        return await to_thread.run_sync(work, limiter=self._limiter)

    def detail(self, error: ConceptMapError) -> str:
        """All of it: the store is the caller's own."""
        return str(error)


def serve_stdio(atlas: Atlas, only: str | None = None) -> None:
    """Answer over standard input and output until the input ends."""
    anyio.run(_serve, atlas, only)


async def _serve(atlas: Atlas, only: str | None) -> None:
    server = agent_server(StoreMaps(atlas, only))
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
