"""Writing maps: in threads, one writer a map in each process, on folds that no reader sees."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from api.reading import Locks
from conceptmap.atlas import Atlas
from graphs.ledger import Ledger

THREADS = 8
Result = TypeVar("Result")


class Writing:
    """The maps as requests write them."""

    def __init__(self, atlas: Atlas) -> None:
        self._ledger = atlas.ledger.twin()
        self._locks = Locks()
        self._limiter = CapacityLimiter(THREADS)

    async def run(self, name: str, work: Callable[[Ledger], Result]) -> Result:
        """Do a write. What was begun is finished, also where the client went away."""
        async with self._locks[name]:
            return await to_thread.run_sync(partial(work, self._ledger), limiter=self._limiter)
