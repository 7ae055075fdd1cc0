"""The door for agents: the tools by the official client, in memory, over a process's streams and over HTTP."""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from conceptmap.atlas import Atlas, open_atlas
from conceptmap.mcp.bounds import MOST_TOKENS
from conceptmap.mcp.server import agent_server
from conceptmap.mcp.stdio import StoreMaps
from dialogues import in_process
from services import running, served

Json = dict[str, Any]
Call = Callable[[Client], Any]
COURSE = "robot-intelligence"
QUESTIONS = (
    "what supports the bitter lesson?",
    "what could override the bitter lesson?",
    "why the bitter lesson?",
    "what does more compute lead to?",
    "what leads to lower loss?",
    "what do I need before scaling laws?",
    "what does information theory unlock?",
    "what is part of scaling laws?",
    "examples of hand-crafted features",
    "what replaces hand-crafted features?",
    "does Deep Blue support the bitter lesson?",
    "when was information theory introduced?",
    "what did day 5 establish?",
    "language vs robotics on data cost?",
    "what is the bitter lesson?",
    "formula for scaling laws?",
    "open questions about VLAs",
    "list all methods",
    "what is a croissant?",
    "what does the course say about loss?",
)


@pytest.fixture(scope="module")
def atlas() -> Iterator[Atlas]:
    """The sample course."""
    with open_atlas("sqlite://") as atlas:
        atlas[COURSE].load("conceptmap/course")
        yield atlas


def told(target: Any, *calls: tuple[str, Json]) -> list[Any]:
    """What the tools of a server reply to some calls."""

    async def talk() -> list[Any]:
        async with Client(target) as client:
            await client.list_tools()  # the client checks replies by what is listed
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(talk)


def asked(atlas: Atlas, name: str, **arguments: Any) -> Any:
    """What one tool replies, in memory."""
    (reply,) = told(agent_server(StoreMaps(atlas)), (name, arguments))
    return reply


def test_the_same_answers_in_memory_over_streams_over_http_and_on_the_command_line(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = f"sqlite:///{tmp_path / 'maps.db'}"
    monkeypatch.setenv("CONCEPTMAP_STORE", store)
    calls = [("ask", {"question": one, "max_tokens": MOST_TOKENS}) for one in QUESTIONS]
    with served(store) as service:
        service.atlas[COURSE].load("conceptmap/course")
        over_http = [service.get(f"/maps/{COURSE}/ask", params={"q": one}).json() for one in QUESTIONS]
        with running(service.app) as address:
            by_agent_over_http = told(f"{address}/mcp", *calls)
        in_memory = told(agent_server(StoreMaps(service.atlas)), *calls)
    program = [*sys.orig_argv[:1], "-c", "from conceptmap.cli import main; raise SystemExit(main())", "mcp"]
    started = StdioServerParameters(command=sys.executable, args=program[1:], env={"CONCEPTMAP_STORE": store})
    over_streams = told(started, *calls)
    typed = [json.loads(in_process(["ask", "--json", one], "")[1]) for one in QUESTIONS]
    assert [one["status"] for one in over_http].count("answered") >= 15
    for replies in (in_memory, over_streams, by_agent_over_http):
        assert [one.structured_content for one in replies] == over_http
    assert typed == over_http


def test_the_list_of_tools_is_short_and_says_that_they_only_read(atlas: Atlas) -> None:
    async def listed() -> list[Any]:
        async with Client(agent_server(StoreMaps(atlas))) as client:
            return list((await client.list_tools()).tools)

    tools = anyio.run(listed)
    said = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in tools]
    assert len(tools) <= 12
    assert max(len(one.description.split()) for one in tools) <= 60
    assert len(json.dumps(said)) <= 6000
    assert all(one.annotations.read_only_hint and one.output_schema["properties"] for one in tools)
