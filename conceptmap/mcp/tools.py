"""The tools, each once: what it is called, what it says of itself, what it takes, gives and does.

They only read. Each gives a shape of `conceptmap.shapes`, so that an agent is told the same as everybody else.
"""

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from urllib.parse import parse_qsl, quote, unquote, urlencode

from pydantic import JsonValue

from conceptmap.coach import RULES
from conceptmap.draw import DRAWINGS, Look, Selection
from conceptmap.map import CourseMap
from conceptmap.mcp import arguments as taken
from conceptmap.mcp.arguments import FORMS, Arguments, one_of
from conceptmap.shapes.answer import AnswerShape, answer_shape
from conceptmap.shapes.changes import DiffShape, diff_shape
from conceptmap.shapes.maps import DrawnShape
from conceptmap.shapes.nodes import (
    CardShape,
    CheckList,
    CheckShape,
    HitList,
    NeighboursShape,
    PathShape,
    RequirementsShape,
    card_shape,
    check_shape,
    hit_shape,
    neighbours_shape,
    path_shape,
    requirements_shape,
)
from conceptmap.shapes.scores import WeighedShape, weighing_shape
from ontology.errors import WrongArguments
from ontology.terms import REQUIRES

Given = TypeVar("Given", bound=Arguments)
Shape = Mapping[str, JsonValue]
Steps = Generator[None, None, Any]
"""Work that takes long on a large map, with a `yield` wherever it may end; it returns its shape."""
ADDRESS = "map://"
"""What addresses of resources begin with; the map's name follows."""


@dataclass(frozen=True, slots=True)
class Tool(Generic[Given]):
    """A tool: `answer` gives the `shape` for what it is told, perhaps step by step, and reads nothing but the map."""

    name: str
    description: str
    arguments: type[Given]
    shape: Any
    answer: Callable[[CourseMap, Given], Any]

    def answered(self, course: CourseMap, given: Given, step: Callable[[], None]) -> Shape:
        """The whole answer; `step` is called after each step, and may raise to end it.

        Raises what the map raises, and `WrongArguments`.
        """
        made = self.answer(course, given)
        if isinstance(made, Generator):
            made = _taken(made, step)
        step()
        return cast(Shape, made)

    def address(self, course: CourseMap, given: Given) -> str:
        """Where the whole answer is a resource."""
        said = given.model_dump(by_alias=True, exclude={"map", "max_tokens"}, exclude_defaults=True)
        path = f"nodes/{quote(said.pop('node'), safe='')}" if self is SHOW else self.name
        query = urlencode(said)
        return f"{ADDRESS}{quote(course.name)}/{path}" + (f"?{query}" if query else "")


def _taken(steps: Steps, step: Callable[[], None]) -> Any:
    """What work returns that is done in steps."""
    with closing(steps):
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value
            step()


def _ask(course: CourseMap, given: taken.Question) -> AnswerShape:
    return answer_shape(course.ask(given.question))


def _search(course: CourseMap, given: taken.SearchWords) -> HitList:
    kinds = []
    if given.kind is not None:
        kind = course.vocabulary.kind(given.kind)
        kinds = [kind.name if kind else one_of("kind", given.kind, tuple(course.vocabulary.kinds))]
    hits = course.search(given.words, kinds)
    return {"total": len(hits), "nodes": [hit_shape(one) for one in hits[: given.limit]]}


def _show(course: CourseMap, given: taken.OneNode) -> CardShape:
    return card_shape(course.card(given.node))


def _neighbours(course: CourseMap, given: taken.Around) -> NeighboursShape:
    direction = None
    if given.relation is not None and (direction := course.vocabulary.direction(given.relation)) is None:
        one_of("relation", given.relation, course.vocabulary.direction_names)
    return neighbours_shape(course.node(given.node), course.neighbours(given.node, direction, given.depth))


def _path(course: CourseMap, given: taken.TwoNodes) -> PathShape:
    return path_shape(course.view(), course.ways(given.a, given.b))


def _requires(course: CourseMap, given: taken.OneNode) -> RequirementsShape:
    start = course.node(given.node)
    return requirements_shape(course.view(), start, course.reached(start.id, REQUIRES))


def _score(course: CourseMap, given: taken.Weighed) -> Generator[None, None, WeighedShape]:
    found = course.weigh(given.node, [] if given.without is None else [given.without])
    yield
    return {"weighing": weighing_shape(course.view(), found)}


def _diff(course: CourseMap, given: taken.TwoDays) -> Generator[None, None, DiffShape]:
    compared = course.diff(given.before, given.after)
    yield
    return diff_shape(compared.diff, compared.effects)


def _check(course: CourseMap, given: taken.Rule) -> Generator[None, None, CheckList]:
    found: list[CheckShape] = []
    rules = tuple(RULES) if given.rule is None else (one_of("rule", given.rule, tuple(RULES)),)
    for some in course.coach().steps(rules):
        found += map(check_shape, some)
        yield
    return {"checks": found}


def _draw(course: CourseMap, given: taken.Scene) -> Generator[None, None, DrawnShape]:
    drawing = DRAWINGS[one_of("format", given.format, FORMS)]
    focus = course.node(given.focus).id if given.focus is not None else None
    picture = drawing.choose(course.view(), Selection(focus=focus, depth=given.depth))
    yield
    drawn = drawing.write(picture, Look())
    assert isinstance(drawn, str)
    return {"format": drawing.name, "lines": drawn.splitlines()}


SHOW = Tool(
    "show",
    "All the map says of one node: texts, relations both ways, days, and the lines of notes that say so.",
    taken.OneNode,
    CardShape,
    _show,
)
TOOLS: Mapping[str, Tool[Any]] = {
    tool.name: tool
    for tool in (
        Tool(
            "ask",
            "Answers a question in plain words, with citations, and never guesses. Use names as the notes do. "
            "status unknown or ambiguous: nothing was answered; ask again with a candidate or an offer.",
            taken.Question,
            AnswerShape,
            _ask,
        ),
        Tool(
            "search", "Finds nodes by words in their names and texts, best first.", taken.SearchWords, HitList, _search
        ),
        SHOW,
        Tool(
            "neighbours",
            "Nodes joined to one, by any relation or one (inverse names too), one or two steps away.",
            taken.Around,
            NeighboursShape,
            _neighbours,
        ),
        Tool("path", "The best chains of relations between two nodes.", taken.TwoNodes, PathShape, _path),
        Tool(
            "requires",
            "All that must be understood before a node, nearest first.",
            taken.OneNode,
            RequirementsShape,
            _requires,
        ),
        Tool(
            "score",
            "How a claim stands, what weighs, what topples it; without: had that not been said.",
            taken.Weighed,
            WeighedShape,
            _score,
        ),
        Tool(
            "diff",
            "What two days differ in: nodes and edges, and claims that gained or lost support.",
            taken.TwoDays,
            DiffShape,
            _diff,
        ),
        Tool("check", "What an author should look at again, by one rule or all.", taken.Rule, CheckList, _check),
        Tool(
            "draw",
            "The map, or what is near a node, as an outline in words or a Mermaid flowchart, line by line.",
            taken.Scene,
            DrawnShape,
            _draw,
        ),
    )
}
"""All tools by name, in the order in which they are listed."""


def resource(address: str) -> tuple[str, Tool[Any], dict[str, str]]:
    """The map, the tool and the arguments that an address of a resource names. Raises `WrongArguments`.

    >>> map, tool, given = resource("map://bread/nodes/yeast?as_of=2")
    >>> map, tool.name, given
    ('bread', 'show', {'as_of': '2', 'node': 'yeast'})
    """
    path, _, query = address.removeprefix(ADDRESS).partition("?")
    name, _, rest = path.partition("/")
    given = dict(parse_qsl(query, keep_blank_values=True))
    kind, _, node = rest.partition("/")
    if kind == "nodes" and node:
        return unquote(name), SHOW, given | {"node": unquote(node)}
    if not address.startswith(ADDRESS) or rest not in TOOLS:
        raise WrongArguments(f"no resource is at {address[:200]!r}")
    return unquote(name), TOOLS[rest], given
