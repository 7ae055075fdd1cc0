"""What a tool is told: checked before anything is looked up, since a model writes it, from whatever it has read."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.config import JsonDict

from conceptmap.mcp.bounds import FEW_TOKENS, LEAST_TOKENS, MOST_TOKENS
from ontology.errors import WrongArguments
from ontology.hints import no_such
from ontology.model import MAX_DAY

FORMS = ("outline", "mermaid")
"""The formats of `conceptmap.draw` that a model can read."""


def _choices(names: tuple[str, ...]) -> Any:
    def add(schema: JsonDict) -> None:
        schema["enum"] = [*names]

    return add


Words = Annotated[str, Field(min_length=1, max_length=500)]
Day = Annotated[int, Field(ge=0, le=MAX_DAY)]


class Arguments(BaseModel):
    """What every tool takes: which map, and how long its answer may be."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    map: Annotated[str, Field(max_length=200)] | None = None
    max_tokens: int = Field(default=FEW_TOKENS, ge=LEAST_TOKENS, le=MOST_TOKENS)


class Dated(Arguments):
    """The same, and the day up to which notes count."""

    as_of: Day | None = None


class Question(Dated):
    """For `ask`."""

    question: str = Field(min_length=1, max_length=2000)


class SearchWords(Dated):
    """For `search`."""

    words: Words
    kind: Words | None = None
    limit: int = Field(default=20, ge=1, le=1000)


class OneNode(Dated):
    """For `show` and `requires`."""

    node: Words


class Weighed(OneNode):
    """For `score`."""

    without: Words | None = None


class Around(OneNode):
    """For `neighbours`."""

    relation: Words | None = None
    depth: int = Field(default=1, ge=1, le=2)


class TwoNodes(Dated):
    """For `path`."""

    a: Words
    b: Words


class TwoDays(Arguments):
    """For `diff`; `from` is a word of Python's."""

    before: Day = Field(alias="from")
    after: Day = Field(alias="to")


class Rule(Dated):
    """For `check`."""

    rule: Words | None = None


class Scene(Dated):
    """For `draw`."""

    focus: Words | None = None
    depth: int = Field(default=1, ge=1, le=10)
    format: str = Field(default="outline", max_length=20, json_schema_extra=_choices(FORMS))


def one_of(name: str, given: str, known: tuple[str, ...]) -> str:
    """What was given, if it is one of those that there are. Raises `WrongArguments`."""
    if given not in known:
        raise WrongArguments(no_such(name, given, known), known)
    return given


def checked(model: type[Arguments], given: Any) -> Arguments:
    """The arguments as a model of theirs. Raises `WrongArguments`, which says of each what is wrong with it."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg'].lower()}" for one in error.errors()[:5])
        names = ", ".join(field.alias or name for name, field in model.model_fields.items())
        raise WrongArguments(f"{said[:500]}; it takes {names}") from error
