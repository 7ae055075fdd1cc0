"""The routes, one module for each kind of thing: each lists its addresses in `routes`; `router_of_all` has them all."""

from functools import lru_cache

from fastapi import APIRouter

from api.openapi import Route
from api.routes import (
    checks,
    comparing,
    contributions,
    days,
    differences,
    drawing,
    exchange,
    folders,
    history,
    learner_page,
    learners,
    maps,
    nodes,
    operations,
    queries,
    scores,
    sparql,
    structure,
    vocabulary,
    web,
)

MODULES = (
    maps,
    exchange,
    comparing,
    vocabulary,
    days,
    folders,
    contributions,
    nodes,
    scores,
    structure,
    checks,
    differences,
    drawing,
    history,
    learners,
    sparql,
    operations,
    web,
    learner_page,
    queries,
)
"""In the order in which the description lists them; the web pages, which are for people, come last."""


def router_of_all() -> APIRouter:
    """All addresses of the service. Apps share them: making them takes 0.2 seconds, and nothing changes them."""
    return _router(tuple(route for module in MODULES for route in module.routes()))


@lru_cache(maxsize=2)
def _router(routes: tuple[Route, ...]) -> APIRouter:
    router = APIRouter()
    for route in routes:
        route.add_to(router)
    return router
