"""The gate: what comes from outside becomes a value here, checked by pydantic against the rules of its fields."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, TypeVar, get_args

from msgspec import NODEFAULT, Struct, structs
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    create_model,
)
from pydantic_core import CoreSchema, ErrorDetails, InitErrorDetails, PydanticCustomError, core_schema

from ontology.errors import InvalidDocument, Problem, json_pointer

CLOSED = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)
"""How everything from outside is read: unknown fields are errors."""

Made = TypeVar("Made", bound=Struct)


def read(of: type[Made], data: object) -> Made:
    """A value of JSON data, or of a value that was made unchecked. Raises pydantic's `ValidationError`.

    >>> from ontology.model import Edge
    >>> read(Edge, {"source": "a", "relation": " leads  to ", "target": "b"}).relation
    'leads to'
    """
    made: Made = _adapter(of).validate_python(data)
    return made


def read_json(of: type[Made], text: str) -> Made:
    """A value of JSON text. Raises pydantic's `ValidationError`, which speaks of arrays and objects then."""
    made: Made = _adapter(of).validate_json(text)
    return made


def checked(value: Made, source: str) -> Made:
    """A value that was made unchecked, as it may be stored. Raises `InvalidDocument`; `source` is what it is called."""
    try:
        return read(type(value), value)
    except ValidationError as error:
        raise InvalidDocument(problems_of(error, source)) from error


MOST_MISTAKES = 1000
"""So many mistakes of a list are gathered: more are not read, nor is what comes behind them."""


def _one_by_one(items: object, check: ValidatorFunctionWrapHandler) -> object:
    """Check a list item by item, so that other threads have their turn, and end where too much of it is wrong."""
    if not isinstance(items, list | tuple):
        return check(items)
    found: list[object] = []
    mistakes: list[InitErrorDetails] = []
    for place, item in enumerate(items):
        try:
            found += check([item])
        except ValidationError as error:
            wrong = error.errors(include_url=False)
            mistakes += (
                _moved(one, place) for one in wrong if one["loc"] or len(wrong) == 1
            )  # less is left of the list
            if len(mistakes) > MOST_MISTAKES:
                break
    if mistakes:
        raise ValidationError.from_exception_data("list", mistakes)
    return check(items) if not items else tuple(found)


def _moved(mistake: ErrorDetails, place: int) -> InitErrorDetails:
    """A mistake of the only item of a list as one of the item at a place."""
    said = PydanticCustomError("mistake", "{what}", {"what": _in_words(mistake)})
    return InitErrorDetails(type=said, loc=(place, *mistake["loc"][1:]), input=mistake["input"])


ONE_BY_ONE = WrapValidator(_one_by_one)
"""Put on the type of a list that may be as long as a body."""


def problems_of(error: ValidationError, source: str, sent: object = None) -> list[Problem]:
    """What pydantic found wrong, each with its place; with the JSON that was `sent` also as a pointer into it."""
    return [
        Problem(
            file=source,
            what=f"{'.'.join(map(str, one['loc'])) or 'document'}: {_in_words(one)}",
            pointer=None if sent is None else _pointer(one["loc"], sent),
        )
        for one in error.errors(include_url=False)
    ]


_SAYS = {
    "missing": "this is missing",
    "extra_forbidden": "there is no such field",
    "too_short": "there has to be at least one",
    "string_too_short": "there is nothing in it",
    "finite_number": "this has to be a number that is finite",
    "literal_error": "write one of {expected}",
    "string_too_long": "this is too long; it may have {max_length} characters",
    "too_long": "these are too many; there may be {max_length}",
    "greater_than_equal": "this is too small; the least is {ge}",
    "greater_than": "this is too small; it must be above {gt}",
    "less_than_equal": "this is too large; the most is {le}",
    "less_than": "this is too large; it must be below {lt}",
}
"""What pydantic finds, in words of our own: its own are those of programs."""
_KINDS = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list": "a list",
    "tuple": "a list",
    "dict": "an object",
    "model": "an object",
}
"""What a value has to be where an error begins so: `string_type`, `int_parsing`."""


def _in_words(mistake: ErrorDetails) -> str:
    """What is wrong, in plain words."""
    kind = mistake["type"]
    if kind in _SAYS:
        return _SAYS[kind].format_map(mistake.get("ctx", {}))
    is_of_type = kind.endswith(("_type", "_parsing", "_parsing_size", "_from_float"))
    if is_of_type and (wanted := _KINDS.get(kind.split("_")[0])):
        return f"this has to be {wanted}"
    return mistake["msg"].removeprefix("Value error, ")


def _pointer(location: Iterable[int | str], sent: Any) -> str:
    """How far a location leads into what was sent; to the object, where a key of it is missing."""
    keys: list[int | str] = []
    for key in location:
        known = sent if isinstance(sent, dict) else range(len(sent)) if isinstance(sent, list) else ()
        if key not in known:
            break
        sent = sent[key]
        keys.append(key)
    return json_pointer(*keys)


def schema(of: type[Struct], handler: GetCoreSchemaHandler) -> CoreSchema:
    """How pydantic reads a struct: by a model with the same fields; a struct itself is checked field by field."""

    def made(data: object, check: Callable[[object], BaseModel]) -> Struct:
        return of(**vars(check(structs.asdict(data) if isinstance(data, of) else data)))

    def shown(value: Struct) -> dict[str, object]:  # as a default in descriptions of bodies, with all its fields
        return {one.encode_name: getattr(value, one.name) for one in structs.fields(of)}

    serialization = core_schema.plain_serializer_function_ser_schema(shown)
    return core_schema.no_info_wrap_validator_function(
        made, handler.generate_schema(_model(of)), serialization=serialization
    )


@cache
def _model(of: type[Struct]) -> type[BaseModel]:
    fields: dict[str, Any] = {one.name: (_type(one), _field(one)) for one in structs.fields(of)}
    return create_model(of.__name__, __config__=CLOSED, __doc__=of.__doc__, **fields)


def _type(one: structs.FieldInfo) -> Any:
    """The type of a field; lists of structs are checked one by one."""
    of, *_ = get_args(one.type) or (None,)
    return Annotated[one.type, ONE_BY_ONE] if isinstance(of, type) and issubclass(of, Struct) else one.type


def _field(one: structs.FieldInfo) -> Any:
    alias = one.encode_name if one.encode_name != one.name else None
    if one.default_factory is not NODEFAULT:
        return Field(default_factory=one.default_factory, alias=alias)
    return Field(alias=alias) if one.required else Field(default=one.default, alias=alias)


@cache
def _adapter(of: type[Made]) -> TypeAdapter[Made]:
    return TypeAdapter(of, config=ConfigDict(title=of.__name__))
