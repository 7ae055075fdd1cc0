"""Turns: so much is done at once, and of those who wait each client has its turn, however much one of them asks for."""

from asyncio import CancelledError, Future, get_running_loop
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.errors import Busy

WAITING = 32
"""Requests of one client that may wait for a turn: more are turned away at once, and come back when there is room."""


class Turns:
    """Places for so many at once. All of it runs in one event loop."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: OrderedDict[str, deque[Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for a place, and hold it as long as the block lasts. Raises `Busy` where much of the client waits."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(client)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, client: str) -> None:
        queue = self._waiting.setdefault(client, deque())
        if len(queue) >= WAITING:
            raise Busy(f"{WAITING} requests of yours wait already; ask again when they are answered")
        place: Future[None] = get_running_loop().create_future()
        queue.append(place)
        try:
            await place
        except CancelledError:
            if place.done() and not place.cancelled():  # it has the place, and nobody to use it
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Give a place to the client who is next; it goes to the end of the row with the rest of what it wants."""
        while self._waiting:
            client, queue = self._waiting.popitem(last=False)
            while queue and queue[0].done():  # whoever waited is gone
                queue.popleft()
            if queue:
                queue.popleft().set_result(None)
                if queue:
                    self._waiting[client] = queue
                return
        self._free += 1
