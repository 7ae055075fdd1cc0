"""What people enter in the forms: every mistake belongs to a field; and what the forms offer to choose from."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypedDict, TypeVar
from urllib.parse import parse_qs

from pydantic import ValidationError

from api.errors import BadRequest
from conceptmap.map import CourseMap
from conceptmap.values import FoldedNode, View, nearest_labels
from ontology.gate import read
from ontology.hints import meant
from ontology.model import MAX_DAY, Edge, EndValues, Node
from ontology.names import node_id, one_of_kind
from ontology.rules import wrong_ends
from ontology.vocabulary import Direction, Vocabulary

MOST_FIELDS = 300
"""Fields of a form: a reflection ticks a box for each node that it names, which are seldom a hundred."""
LONGEST_VALUE = 2000
"""Characters of what is searched for: as many as a question may have."""
LONGEST_NUMBER = 19
"""Digits that a store's whole numbers may have, and no more."""
MOST_NAMES = 12
"""Names that are offered at once: what a list of choices shows without scrolling."""
FIELDS = tuple(
    "day kind label text relation other aliases formula source target note dimension value_source value_target "
    "part on notes".split()
)
"""What people enter in the forms, and what an address may enter for them."""
_OWN_FIELDS = frozenset({"aliases", "label", "text", "formula", "note"})
"""Fields of a form that are called as what they fill in a node or an edge."""


Item = TypeVar("Item", Node, Edge)


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form as they were sent, so that it can be shown again with nothing lost."""

    values: Mapping[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """The text in a field, without spaces around it."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """The text in a field, its lines ended as everywhere else."""
        return (self.values.get(name) or [""])[0].replace("\r\n", "\n")

    def number(self, name: str) -> int | None:
        """The whole number in a field; None where there is none."""
        text = self[name]
        return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None

    def day(self, name: str) -> int | None:
        """The day in a field; None where there is none that a map can have."""
        number = self.number(name)
        return number if number is not None and number <= MAX_DAY else None

    def day_or_default(self, name: str) -> int | None:
        """The day in a parameter of an address; None where it is left out. Raises `BadRequest` for what is no day."""
        day = self.day(name)
        if day is None and self[name]:
            raise BadRequest(f"{name}: a whole number from 0 to {MAX_DAY}")
        return day

    def check_lengths(self) -> None:
        """Raise `BadRequest` where a value is longer than anything that is searched for."""
        for name, values in self.values.items():
            if any(len(value) > LONGEST_VALUE for value in values):
                raise BadRequest(f"{name[:50]}: at most {LONGEST_VALUE} characters")

    def all(self, name: str) -> list[str]:
        """All values of a field that may have several."""
        return self.values.get(name) or []


class Mistakes(Exception):
    """What is wrong with a form, by the names of its fields; `""` is the form as a whole."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(self.errors.values()))


def read_form(data: bytes) -> Form:
    """The form in a body. Raises `BadRequest`.

    >>> read_form(b"label=Warm+dough&kind=Claim")["label"]
    'Warm dough'
    """
    try:
        return Form(parse_qs(data.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise BadRequest("the body is no form in UTF-8, or has too many fields") from error


def read_query(parameters: Iterable[tuple[str, str]]) -> Form:
    """The parameters of an address as the fields of a form."""
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    return Form(values)


class Additions(NamedTuple):
    """What a form adds to a day."""

    day: int
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


class Checking:
    """Reads a form against a map, and notes every mistake before it raises them all."""

    def __init__(self, form: Form, view: View) -> None:
        self.form = form
        self.view = view
        self.errors: dict[str, str] = {}

    def day(self, name: str = "day") -> int:
        """The day that something is added to."""
        number = self.form.day(name)
        if number is None:
            self.errors[name] = f"a whole number from 0 to {MAX_DAY}"
        return number or 0

    def end(self, name: str, day: int) -> FoldedNode | None:
        """The node that a field names, if it is there by the day."""
        text = self.form[name]
        found = self.view.named(text) if text else []
        if len(found) == 1:
            node = self.view.node(found[0])
            if node.days[0] > day and "day" not in self.errors:
                self.errors["day"] = f"“{node.label}” first comes up on day {node.days[0]}; choose a day from then on"
            return node
        if not text:
            self.errors[name] = "name a node of the map"
        elif found:
            self.errors[name] = f"several nodes have this name; give the id: {', '.join(found[:5])}"
        else:
            hint = meant(nearest_labels(self.view, text), "“{}”".format) or "add it first"
            self.errors[name] = f"the map has no node of this name; {hint}"
        return None

    def direction(self) -> Direction | None:
        """The relation that was chosen, and which way."""
        found = self.view.vocabulary.direction(self.form["relation"]) if self.form["relation"] else None
        if found is None:
            self.errors["relation"] = "choose a relation"
        return found

    def made(self, cls: type[Item], **values: object) -> Item | None:
        """A node or edge of these values; what is wrong with them goes to their fields."""
        try:
            return read(cls, values)
        except ValidationError as error:
            for one in error.errors():
                where = str(one["loc"][0]) if one["loc"] else ""
                message = one["msg"].removeprefix("Value error, ")
                self.errors.setdefault(where if where in _OWN_FIELDS else "", message)
            return None

    def raise_mistakes(self) -> None:
        """Raise `Mistakes` if there were any."""
        if self.errors:
            raise Mistakes(self.errors)


def entered_node(form: Form, view: View, by: str) -> Additions:
    """A new node, and if a relation is given an edge that joins it to another. Raises `Mistakes`."""
    checking = Checking(form, view)
    day, node = checking.day(), _node(checking)
    edge = None
    if form["relation"] or form["other"]:
        direction, other = checking.direction(), checking.end("other", day)
        if direction and other and node:
            edge = _edge(checking, direction, (node.id, node.kind), (other.id, other.kind))
    checking.raise_mistakes()
    return Additions(day, (node,) if node else (), (edge,) if edge else ())


def entered_edge(form: Form, view: View, by: str) -> Additions:
    """A new edge between two nodes of the map. Raises `Mistakes`."""
    checking = Checking(form, view)
    day, direction = checking.day(), checking.direction()
    source, target = checking.end("source", day), checking.end("target", day)
    edge = None
    if direction and source and target:
        edge = _edge(checking, direction, (source.id, source.kind), (target.id, target.kind))
    checking.raise_mistakes()
    return Additions(day, edges=(edge,) if edge else ())


def _node(checking: Checking) -> Node | None:
    form, view = checking.form, checking.view
    label, kind = form["label"], form["kind"]
    if kind not in view.vocabulary.kinds:
        checking.errors["kind"] = "choose a kind"
    if not label:
        checking.errors["label"] = "give it a name"
        return None
    made = node_id(label)
    if view.has_node(made) and (there := view.node(made)).kind != kind:
        checking.errors.setdefault("label", f"the map has {one_of_kind(there.kind)} of this name; find another name")
    aliases = [one.strip() for one in form["aliases"].split(",") if one.strip()]
    values = {"label": label, "kind": kind or "?", "aliases": aliases}
    values |= {name: form[name] for name in ("text", "formula") if form[name]}
    return checking.made(Node, id=made, **values)


def _edge(checking: Checking, direction: Direction, one: tuple[str, str], other: tuple[str, str]) -> Edge | None:
    """The edge as it runs: read by its inverse name, it starts at the other end."""
    form = checking.form
    (source, source_kind), (target, target_kind) = (other, one) if direction.inverse else (one, other)
    if source == target:
        checking.errors.setdefault("target", "an edge joins two different nodes")
    elif problem := wrong_ends(direction.relation, source_kind, target_kind):
        checking.errors["relation"] = problem
    values: dict[str, object] = {"source": source, "relation": direction.relation.name, "target": target}
    values |= {name: form[name] for name in ("note", "dimension") if form[name]}
    sides = [form["value_source"], form["value_target"]]
    if any(sides):
        if not form["dimension"]:
            checking.errors["dimension"] = "name the dimension that the values are of"
        first, second = reversed(sides) if direction.inverse else sides
        values["values"] = EndValues(source=first, target=second)
    return checking.made(Edge, **values)


def as_words(names: Iterable[str], last: str = "or") -> str:
    """Names in a sentence.

    >>> as_words(["Claim", "Concept", "Method"])
    'Claim, Concept or Method'
    """
    *first, final = names
    return f"{', '.join(first)} {last} {final}" if first else final


class Name(TypedDict):
    """A name that can be entered, and words about the node that it names."""

    value: str
    about: str


class Choices(TypedDict):
    """What a form offers: relations, what may stand at each end ("": anything), and names of nodes."""

    relations: list[str]
    ends: list[str]
    names: list[Name]


def choices(course: CourseMap, *, relation: str, kinds: tuple[str, str], end: int, words: str) -> Choices:
    """The relations that may join ends of these kinds ("": not known yet), what may stand at each end, and names.

    The names are of nodes that may stand at the `end` (0 or 1) and hold these words.
    """
    words_of = course.vocabulary
    direction = words_of.direction(relation) if relation else None
    ends = allowed_ends(direction) if direction else (frozenset[str](), frozenset[str]())
    return {
        "relations": [name for name in words_of.direction_names if _fits(words_of, name, kinds)],
        "ends": [_hint(words_of, one) for one in ends],
        "names": list(_names(course, words, ends[end])) if words else [],
    }


def allowed_ends(direction: Direction) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds that may stand before and behind a relation as it is read; none named: any."""
    relation = direction.relation
    return (relation.targets, relation.sources) if direction.inverse else (relation.sources, relation.targets)


def kind_named(view: View, name: str) -> str:
    """The kind of the one node that has this name; "" where there is none, or more."""
    found = view.named(name) if name else []
    return view.node(found[0]).kind if len(found) == 1 else ""


def _fits(vocabulary: Vocabulary, name: str, kinds: tuple[str, str]) -> bool:
    direction = vocabulary.direction(name)
    if direction is None:
        return False
    pairs = zip(kinds, allowed_ends(direction), strict=True)
    return all(not kind or not allowed or kind in allowed for kind, allowed in pairs)


def _hint(vocabulary: Vocabulary, kinds: Collection[str]) -> str:
    return f"Only {as_words(kind for kind in vocabulary.kinds if kind in kinds)}" if kinds else ""


def _names(course: CourseMap, words: str, kinds: Collection[str]) -> Iterator[Name]:
    """Names that can be entered as they are: where two nodes share a label, their ids."""
    view = course.view()
    for node in (hit.node for hit in course.search(words, kinds, MOST_NAMES)):
        is_own = view.named(node.label) == [node.id]
        yield {"value": node.label if is_own else node.id, "about": f"{node.kind}, day {node.days[0]}"}
