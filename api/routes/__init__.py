"""The routes, one module for each kind of thing: each lists its addresses in `routes`, and `routers` has them all."""

from collections.abc import Sequence

from fastapi import APIRouter

from api.routes import (
    adding,
    contributions,
    days,
    differences,
    drawing,
    history,
    maps,
    nodes,
    operations,
    page,
    sparql,
)

MODULES = (maps, days, contributions, nodes, differences, drawing, history, sparql, operations)
"""In the order in which the description lists them."""


def routers() -> Sequence[APIRouter]:
    """All addresses of the service, those for people last."""
    router = APIRouter()
    for module in MODULES:
        for route in module.routes():
            route.add_to(router)
    return [router, page.router_of(), adding.router_of()]
