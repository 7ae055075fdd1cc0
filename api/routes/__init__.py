"""The routes, one module for each kind of thing: each lists its addresses in `routes`; `router_of_all` has them all."""

from fastapi import APIRouter

from api.routes import (
    contributions,
    days,
    differences,
    drawing,
    folders,
    history,
    maps,
    nodes,
    operations,
    sparql,
    web,
)

MODULES = (maps, days, folders, contributions, nodes, differences, drawing, history, sparql, operations, web)
"""In the order in which the description lists them; the web page, which is for people, comes last."""


def router_of_all() -> APIRouter:
    """All addresses of the service."""
    router = APIRouter()
    for module in MODULES:
        for route in module.routes():
            route.add_to(router)
    return router
