"""What can be asked: whole questions that a map can answer about a node, a day or a kind, in the vocabulary's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from conceptmap.ask.amounts.fields import shown
from conceptmap.ask.amounts.measures import MEASURES
from conceptmap.ask.amounts.quantities import quantity_of
from conceptmap.ask.kept import kept
from conceptmap.ask.suggesting import Cues, as_cues, of_kind
from graphs.fields import field_words
from graphs.view import FoldedNode, View
from ontology.model import EdgeKey
from ontology.names import day_number, name_key, singular
from ontology.terms import (
    ABOUT,
    ANSWERS,
    ASKS,
    CLAIM,
    DAY,
    HUBS,
    INTRODUCED_ON,
    QUESTION,
    REQUIRES,
    STATEMENTS,
    UNIT,
)
from ontology.values import JsonValue
from ontology.vocabulary import Kind, Relation

MAX_EDGES = 200
"""Edges of a node that are looked at: what has more of them is asked about by its other end."""
LONGEST_NAME = 40
"""Words of a label that can be put into a question, which may hold no more than 60."""

_SAID_OTHERWISE = frozenset({INTRODUCED_ON, ABOUT})
"""Relations for which other questions are made: on what day, and which open questions are about a thing."""
_FIRST_VERBS = frozenset("is are was were can could may might must will would should".split())
"""Verbs that come before the subject in a question; others leave that place to `does`."""
_IRREGULAR = {"is": "are", "was": "were", "has": "have", "does": "do", "goes": "go"}


@dataclass(frozen=True, slots=True)
class Askable:
    """A whole question: the nodes that it names, what it asks for, and nodes that answer it.

    `asks` is the family of the words that ask for it: a relation, a kind, or one of `ASKING` (see `suggesting`);
    `words` are further ones; `sort` is what sort of question it is. `end`: what it asks for by a relation, of which
    questions can be composed (see `composing`); `without`: the nodes that it leaves out; `told`: a text that answers
    it; `also`: all families, where it asks for several; `names`: those by which it calls its nodes, where it says no
    more of them; `field`: the one that it asks for.
    """

    question: str
    about: tuple[str, ...]
    asks: str
    sort: str
    words: Cues = frozenset()
    answers: tuple[str, ...] = ()
    end: "End | None" = None
    without: tuple[str, ...] = ()
    told: str = ""
    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """What a relation joins to a node: to it as the target (`inverse`), or from it as the source."""

    relation: Relation
    name: str
    inverse: bool

    def asked(self, what: str = "What", *, plural: bool = False, adverb: str = "") -> str:
        """The question for it; `what` begins it, and an adverb may say how far it goes: `directly`, `eventually`.

        >>> from ontology.vocabulary import read_vocabulary
        >>> leads, part = (read_vocabulary().relations[name] for name in ("leads to", "part of"))
        >>> End(leads, "Lower loss", True).asked(), End(leads, "Lower loss", False).asked("Which claims", plural=True)
        ('What leads to Lower loss?', 'Which claims does Lower loss lead to?')
        >>> End(part, "Baking", False).asked(), End(part, "Baking", True).asked("How many things", plural=True)
        ('What is Baking part of?', 'How many things are part of Baking?')
        """
        verb, _, rest = self.relation.says.partition(" ")
        if self.inverse:
            verb = base_form(verb) if plural else verb
            return " ".join(filter(None, (what, adverb, verb, rest, self.name))) + "?"
        first, then = (verb, "") if verb in _FIRST_VERBS else ("does", base_form(verb))
        return " ".join(filter(None, (what, first, self.name, adverb, then, rest))) + "?"


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A whole question about a node that is worth asking again: its `field` answers it, else nodes at an end do."""

    question: str
    field: str
    end: End | None = None
    answers: tuple[str, ...] = ()


def whether(relation: Relation, source: str, target: str) -> str:
    """The question whether a relation joins two nodes.

    >>> from ontology.vocabulary import read_vocabulary
    >>> whether(read_vocabulary().relations["part of"], "Attention", "Transformer")
    'Is Attention part of Transformer?'
    """
    verb, _, rest = relation.says.partition(" ")
    first, then = (verb, "") if verb in _FIRST_VERBS else ("does", base_form(verb))
    return " ".join(filter(None, (first.capitalize(), source, then, rest, target))) + "?"


def about_node(view: View, node: FoldedNode) -> Sequence[Askable]:
    """The questions that name a node and have an answer."""
    return kept(_about_node, view, node.id)


def _about_node(view: View, node_id: str) -> Sequence[Askable]:
    return tuple(_about(view, view.node(node_id)))


def _about(view: View, node: FoldedNode) -> Iterator[Askable]:
    edges = _edges_at(view, node)
    if node.kind == DAY:
        yield from _of_day(view, node, edges)
    elif node.kind == QUESTION and any(key.relation == ANSWERS and key.target == node.id for key in edges):
        yield Askable(node.label, (node.id,), "question", "question")
    if name := name_in_question(node):
        yield from _of_itself(view, node, name)
        yield from _of_relations(view, node, name, edges)
        yield from _comparisons(view, node, name, edges)


def worth_repeating(view: View, node: FoldedNode) -> Iterator[Repeatable]:
    """Of the questions about a node those whose answers one can learn: what it is, its formula, what it is joined to.

    Not what only this map knows (when it came up, what is new on a day, what a prompt asks); and what it unlocks is
    asked from the other end.
    """
    name = name_in_question(node)
    if not name or node.kind in (*HUBS, QUESTION):
        return
    if node.text:
        yield Repeatable(meaning_asked(node, name), "text")
    if node.formula:
        yield Repeatable(f"What is the formula for {name}?", "formula")
    for one in _of_relations(view, node, name, _edges_at(view, node)):
        if one.end and one.end.relation.name != ASKS and (one.end.relation.name, one.end.inverse) != (REQUIRES, True):
            yield Repeatable(one.question, "", one.end, one.answers)


def answered_by(view: View, node: FoldedNode) -> Sequence[Askable]:
    """The questions that a node is an answer to, each about a node that it is joined to."""
    return kept(_answered_by, view, node.id)


def _answered_by(view: View, node_id: str) -> Sequence[Askable]:
    return tuple(_answered(view, view.node(node_id)))


def _answered(view: View, node: FoldedNode) -> Iterator[Askable]:
    for key in _edges_at(view, node):
        inverse = key.source == node.id  # as the other end sees it
        other = view.node(key.target if inverse else key.source)
        relation = view.vocabulary.relations.get(key.relation)
        name = name_in_question(other)
        if relation and name and _asks_for(relation, other, inverse=inverse):
            yield _of_relation(relation, other, name, inverse=inverse, answers=(node.id,))


def name_in_question(node: FoldedNode) -> str:
    """A name by which a question can be about a node: what is a question itself cannot be read within another one.

    Its label, or the first of its aliases that does not sound like two things.
    """
    aliases = (name for name in node.aliases if not {"and", "or"}.intersection(name.split()))
    names = (name for name in (node.label, *aliases) if not name.endswith("?"))
    return next((name for name in names if len(name.split()) <= LONGEST_NAME), "")


def all_of_kind(view: View, kind: Kind) -> Iterator[Askable]:
    """A list and the number of all of a kind, where there are any; days are in order anyway."""
    if kind.name == DAY or next(view.node_ids_after("", kind.name), None) is None:
        return
    yield Askable(f"List every {noun_of(kind)}", (), of_kind(kind.name), "list", as_cues(*_LISTING))
    yield Askable(f"How many {nouns_of(kind)} are there?", (), of_kind(kind.name), "count", as_cues(*_COUNTING))


def all_with(value: str, kind: Kind) -> Iterator[Askable]:
    """A list and the number of all of a kind that are noted as something."""
    yield Askable(f"List every {noun_of(kind)} noted as {value}", (), of_kind(kind.name), "list", as_cues(value))
    counting = as_cues(value, *_COUNTING)
    yield Askable(f"How many {nouns_of(kind)} are noted as {value}?", (), of_kind(kind.name), "count", counting)


def noun_of(kind: Kind) -> str:
    """What one of a kind is called; of what cannot be counted, the vocabulary says how its pieces are called."""
    name = name_key(kind.name)
    return next((one for one in kind.nouns if one == f"piece of {name}"), name)


def nouns_of(kind: Kind) -> str:
    """What several of a kind are called."""
    first, space, rest = noun_of(kind).partition(" ")
    return f"{first}s{space}{rest}"


def is_countable(kind: Kind) -> bool:
    """Whether several of a kind are called by its name: of evidence there are pieces."""
    return not noun_of(kind).startswith("piece of ")


def meaning_asked(node: FoldedNode, name: str) -> str:
    """The question for what a node is; of a statement, what is meant by it."""
    return f"What is meant by {name}?" if node.kind in STATEMENTS else f"What is {name}?"


def _of_itself(view: View, node: FoldedNode, name: str) -> Iterator[Askable]:
    for field, value in node.data.items():
        yield from of_field(node, name, field, value)
    if node.kind in (DAY, UNIT):
        return
    if node.text or node.formula or node.data or _is_told(view, node):
        yield Askable(meaning_asked(node, name), (node.id,), "text", "text", told=node.text or "", names=(name,))
    if node.formula:
        yield Askable(f"What is the formula for {name}?", (node.id,), "formula", "formula", names=(name,))
    if view.introduced_on(node.id) is not None:
        yield Askable(f"When was {name} introduced?", (node.id,), "when", "when", names=(name,))


def _is_told(view: View, node: FoldedNode) -> bool:
    """Whether an edge tells something of a node that a note defines; days and the like tell only where it stands."""
    others = (key.target if key.source == node.id else key.source for key in _edges_at(view, node))
    return node.defined and any(view.kind(other) not in HUBS for other in others)


def of_field(node: FoldedNode, name: str, field: str, value: JsonValue) -> Iterator[Askable]:
    """The question for the values of a node in a field."""
    words, held = field_words(field), shown(field, value)
    if not words or not held:
        return
    amount = quantity_of(held[0])
    cues = as_cues(field, words)
    if amount:
        cues |= _AMOUNT.union(*(as_cues(*phrases) for dimension, phrases in _MEASURING if dimension(amount.dimension)))
    asked = value_asked(words, name, is_amount=amount is not None)
    yield Askable(asked, (node.id,), "", "field", cues, told=" ".join(held), names=(name,), field=field)


def value_asked(words: str, name: str, *, is_amount: bool) -> str:
    """The question for a value by the words of its field.

    >>> value_asked("words", "Second prompt", is_amount=True), value_asked("oven temperature", "Baking", is_amount=True)
    ('How many words does Second prompt have?', 'What is the oven temperature of Baking?')
    """
    last = words.rsplit(maxsplit=1)[-1]
    if last == "where" and words == last:
        return f"Where is {name}?"
    is_plural = singular(last) != last
    if is_plural and is_amount:
        return f"How many {words} does {name} have?"
    return f"What {'are' if is_plural else 'is'} the {words} of {name}?"


def _of_day(view: View, node: FoldedNode, edges: list[EdgeKey]) -> Iterator[Askable]:
    number = day_number(node.id)
    if number is not None and view.standing_parts(number):
        yield Askable(f"What is new on {node.label}?", (node.id,), "new", "new")
    if any(key.relation == ASKS for key in edges):
        yield Askable(f"What are the open questions on {node.label}?", (node.id,), "open", "open")


def _of_relations(view: View, node: FoldedNode, called: str, edges: list[EdgeKey]) -> Iterator[Askable]:
    """A question for each relation, and each end of it, at which others are joined to a node."""
    ends: dict[tuple[str, bool], list[str]] = {}
    for key in edges:
        relation, inverse = view.vocabulary.relations.get(key.relation), key.target == node.id
        if relation and key.source != key.target and _asks_for(relation, node, inverse=inverse):
            other = key.source if inverse else key.target
            ends.setdefault((relation.name, inverse or relation.symmetric), []).append(other)
    for (name, inverse), others in ends.items():
        relation = view.vocabulary.relations[name]
        answers = tuple(dict.fromkeys(others))
        one = _of_relation(relation, node, called, inverse=inverse, answers=answers)
        yield one
        if one.end and relation.transitive and _goes_on(view, relation, answers, inverse=inverse):
            sort, adverb = ("direct", "directly") if relation.answers_chain else ("chain", "eventually")
            further, words = one.end.asked(adverb=adverb), as_cues(*_FAR[sort])
            yield Askable(further, (node.id,), relation.name, sort, words, answers, one.end, names=(called,))
    about = [key.source for key in edges if key.relation == ABOUT and key.target == node.id]
    if asked := [one for one in about if view.kind(one) == QUESTION]:
        open_ones = f"Which open questions are about {called}?"
        yield Askable(open_ones, (node.id,), "open", "open", answers=tuple(asked), names=(called,))
    yield from _of_strength(view, node, called, edges)


def _of_strength(view: View, node: FoldedNode, called: str, edges: list[EdgeKey]) -> Iterator[Askable]:
    """How strong a claim is, what would make it fall, and whether it is contested, where something is said for it."""
    relations = view.vocabulary.relations
    arriving = [key.relation for key in edges if key.target == node.id and key.relation in relations]
    polarities = {relations[name].polarity for name in arriving}
    if node.kind == CLAIM and polarities - {0}:
        yield Askable(f"How strong is {called}?", (node.id,), "strong", "strength", names=(called,))
        yield Askable(f"Is {called} contested?", (node.id,), "contested", "whether", names=(called,))
    if node.kind == CLAIM and 1 in polarities:
        yield Askable(f"What would make {called} fall?", (node.id,), "falls", "strength")


def _goes_on(view: View, relation: Relation, nodes: Sequence[str], *, inverse: bool) -> bool:
    """Whether a relation leads on from one of some nodes."""
    steps = view.edge_keys_to if inverse else view.edge_keys_from
    return any(next(steps(node, relation.name), None) is not None for node in nodes)


def _asks_for(relation: Relation, node: FoldedNode, *, inverse: bool) -> bool:
    """Whether a question can ask for what a relation joins to a node; where it was introduced is asked by `when`."""
    kinds = relation.targets if inverse else relation.sources
    by_day = relation.name == ASKS and inverse
    return relation.name not in _SAID_OTHERWISE and not by_day and (not kinds or node.kind in kinds)


def _of_relation(
    relation: Relation, node: FoldedNode, name: str, *, inverse: bool, answers: tuple[str, ...]
) -> Askable:
    end = End(relation, name, inverse or relation.symmetric)
    return Askable(end.asked(), (node.id,), relation.name, "relation", answers=answers, end=end, names=(name,))


def _comparisons(view: View, node: FoldedNode, called: str, edges: list[EdgeKey]) -> Iterator[Askable]:
    """What a node is compared with, as a whole and in each dimension, and its own value in that."""
    compared: dict[str, list[str]] = {}
    for key in edges:
        relation = view.vocabulary.relations.get(key.relation)
        if relation and relation.symmetric and key.source != key.target:
            compared.setdefault(key.target if key.source == node.id else key.source, []).append(key.dimension or "")
    for other in map(view.node, compared):
        dimensions = list(filter(None, dict.fromkeys(compared[other.id])))
        # Whichever end it was found at, the comparison is one and the same.
        (one, first), (two, second) = sorted(((node.id, called), (other.id, other.label)))
        yield Askable(f"Compare {first} and {second}", (one, two), "compare", "compare")
        if dimensions:
            asked = f"Which dimensions are compared between {first} and {second}?"
            yield Askable(asked, (one, two), "dimensions", "dimensions")
        for dimension in dimensions:
            words = as_cues(dimension, *(name for one in view.named(dimension) for name in view.node(one).names))
            both = " ".join(_values_of(view, edges, dimension))
            asked = f"Compare {first} and {second} on {dimension}"
            yield Askable(asked, (one, two), "compare", "dimension", words, told=both)
            asked = f"What is the {dimension} of {called}?"
            values = " ".join(_values_of(view, edges, dimension, node))
            yield Askable(asked, (node.id,), "", "field", words, told=values)


def _values_of(view: View, edges: list[EdgeKey], dimension: str, node: FoldedNode | None = None) -> Iterator[str]:
    """The values in a dimension, of a node or of both that are compared."""
    for key in edges:
        edge = view.edge(key) if key.dimension == dimension else None
        for end, value in (
            ((key.source, edge.values.source), (key.target, edge.values.target)) if edge and edge.values else ()
        ):
            if node is None or end == node.id:
                yield str(value)


def _edges_at(view: View, node: FoldedNode) -> list[EdgeKey]:
    return list(islice(chain(view.edge_keys_from(node.id), view.edge_keys_to(node.id)), MAX_EDGES))


def is_before_subject(verb: str) -> bool:
    """Whether a verb stands before its subject in a question."""
    return verb in _FIRST_VERBS


def base_form(verb: str) -> str:
    """A verb as it stands behind `does`, or behind several things.

    >>> [base_form(one) for one in ("leads", "replaces", "reaches", "carries", "has")]
    ['lead', 'replace', 'reach', 'carry', 'have']
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) else verb.removesuffix("s")


_AMOUNT = as_cues("how many", "how much", "how long", "number", "amount", "value", "quantity", "figure", "size")
_FAR = {
    "direct": ("directly", "immediately", "next", "direct", "right", "straight", "straightaway"),
    "chain": (
        *("eventually", "finally", "ultimately", "in the end", "ends", "all", "everything", "chain", "trace", "steps"),
        *("far", "whole", "long run", "overall", "downstream", "knock"),
    ),
}
"""Words that ask for the next step of a relation alone, or for all of them."""
_LISTING = ("list", "every", "all", "which")
_COUNTING = ("how many", "number", "count")
_MEASURING = [
    (
        one.has_dimension,
        (*one.asks.split(";"), *one.fields.split(), *one.more.split(), *one.less.split(), *one.verbs.split()),
    )
    for one in MEASURES
    if one.dimensions
]
"""For each measure whether it has a dimension, and the words that ask for it."""
