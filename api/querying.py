"""SPARQL as requests ask it: in threads of its own, so that slow queries keep nobody else waiting."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends
from starlette.requests import Request

from api.settings import Settings
from conceptmap.atlas import Atlas
from graphs.sparql.engine import Engine
from graphs.sparql.guard import check_query
from graphs.sparql.wire import Answer, Limits, Query
from ontology.errors import QueryStopped

WAITING = 32
"""Queries that may wait for their turn; more are turned away at once."""


class Querying:
    """Answers queries, a few at a time."""

    def __init__(self, atlas: Atlas, settings: Settings, on_restart: Callable[[], None]) -> None:
        limits = Limits(
            seconds=settings.sparql_seconds,
            rows=settings.sparql_rows,
            size=settings.sparql_bytes,
            memory=settings.sparql_memory,
        )
        self._engine = Engine(atlas.ledger.log, atlas.ledger.vocabulary, settings.base, limits, on_restart)
        self._limiter = CapacityLimiter(settings.sparql_queries)

    async def answer(self, name: str, query: Query, at: int | None) -> Answer:
        """The answer on a map. Raises what `Engine.answer` raises."""
        check_query(query.text)
        if self._limiter.statistics().tasks_waiting >= WAITING:
            raise QueryStopped("too many queries wait already; ask again later")
        return await to_thread.run_sync(partial(self._engine.answer, name, query, at), limiter=self._limiter)

    def close(self) -> None:
        """End the worker."""
        self._engine.close()


async def _querying(request: Request) -> Querying:
    querying: Querying = request.app.state.querying
    return querying


TheQueries = Annotated[Querying, Depends(_querying)]
