"""Errors as pages, for people who follow a link of the web page."""

import json

from starlette.requests import Request
from starlette.responses import Response

from api.errors import ProblemAnswer
from api.web.site import HTML, POLICY, Site


def error_page(request: Request, answer: ProblemAnswer) -> Response | None:
    """The error as a page where the request is one of a browser that wants a page; else None.

    A wrong address counts too: browsers, unlike programs, ask for HTML by name.
    """
    if request.method != "GET" or "text/html" not in request.headers.get("accept", ""):
        return None
    site: Site = request.app.state.site
    problem = json.loads(answer.body)
    body = site.html("error.html", problem=problem, status=answer.status)
    headers = {**answer.headers, "Content-Type": HTML, "Content-Security-Policy": POLICY}
    return Response(body, answer.status, headers)
