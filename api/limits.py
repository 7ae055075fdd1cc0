"""Rate limits: a token bucket for each client."""

import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from api.errors import TooManyRequests

MAX_CLIENTS = 10_000


class RateLimit:
    """So many requests a second for each client, and so many at once; the clients not seen for longest are forgotten.

    >>> limit = RateLimit(rate=1, burst=2, clock=lambda: 0.0)
    >>> [limit.wait("ada") for _ in range(3)]
    [0.0, 0.0, 1.0]
    """

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one from the client's bucket; how many seconds to wait where it is empty."""
        if not self._rate:
            return 0.0
        now = self._clock()
        left, since = self._buckets.get(client, (float(self._burst), now))
        left = min(self._burst, left + (now - since) * self._rate)
        taken = left >= 1
        self._buckets[client] = (left - 1 if taken else left, now)
        self._buckets.move_to_end(client)
        if len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if taken else (1 - left) / self._rate

    def check(self, client: str) -> None:
        """Raise `TooManyRequests` where the client's bucket is empty."""
        if seconds := self.wait(client):
            raise TooManyRequests(max(1, math.ceil(seconds)))
