"""Values of what a question tells of in its own words: `how long does the loaf sit in the fridge?`.

The node is found by its own words, which must say all that the question says (see `telling`): no name is needed.
"""

from collections.abc import Iterator, Sequence

from conceptmap.ask.amounts.fields import Held, held_by
from conceptmap.ask.amounts.measures import BY_NAME, verbs_of
from conceptmap.ask.amounts.units import COUNTED
from conceptmap.ask.form import Composed, Form
from conceptmap.ask.forms.figure import MIN_TOLD, Figure, figure_of
from conceptmap.ask.forms.value import ValueOf
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.senses import is_said
from conceptmap.ask.sought import Sought, sought
from conceptmap.ask.telling import (
    SURE,
    fields_asked,
    fields_of,
    heavy,
    name_roots,
    roots_at,
    telling,
    untold,
    words_beside,
)
from conceptmap.ask.words import ATTRIBUTES, QUESTION_WORDS
from graphs.fields import field_words
from graphs.view import View
from graphs.words import stem, stems
from ontology.names import name_key
from ontology.terms import HUBS, LEADS_TO, PART_OF, REQUIRES

BEING = frozenset(map(stem, "live living exist serve belong min minimum max maximum least".split()))
"""Words that only say that what is counted is there, and at least how much."""
HAVING = frozenset(map(stem, "expose offer provide possess feature exhibit display".split()))
"""Verbs that say that something has a value."""
LONGEST_TITLE = 8
"""Words of the longest text of a day that is a title by which it is called."""
BESIDE = (REQUIRES, PART_OF, LEADS_TO)
"""Relations by which names beside that of a thing tell of it: what it takes, has and brings."""
_NEVER = frozenset("who whom whose why when where".split())
"""Question words that ask for no value of a field that they do not name."""
_GOALS = frozenset(map(stem, "goal aim objective outcome target skill".split()))
_BEFORE_GOAL = frozenset(
    map(stem, "supposed meant expected after once done ive finished able end through learn study read work".split())
)
"""Words with which people ask what they will be able to do."""


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    """`How long does what is told take?`: by a measure, or by the words of a field."""
    if question.is_yes_or_no and QUESTION_WORDS.isdisjoint(question.words[place].text for place in question.places):
        return
    found = [one for one in sought(question) if not one.order and not one.compares and one.measures != ("number",)]
    found += _when(question)
    for one in found:
        again = [other.places for other in found if one.measures and set(other.measures) & set(one.measures)]
        places = one.places.union(*again)
        rest = question.hiding(places)
        if rest.days or rest.asks_for("measure", "count"):
            continue
        if query := _value(question, one, question.places - places):
            yield Composed(query, (question,))
            return
    if not question.days and not question.asks_for("count"):
        yield from _read_fields(question)


def _when(question: ParsedQuestion) -> Iterator[Sought]:
    """`When does A bloom?`, where A has a field for a time that is asked for so."""
    places = frozenset(place for place in question.places if question.words[place].text == "when")
    said = set(roots_at(question, question.places))
    dates = [node for node in _named(question) if fields_asked(question.view, node, ("date",), said, one=True)]
    if places and dates:
        yield Sought(places, (), ("date",))


def _value(question: ParsedQuestion, one: Sought, places: frozenset[int]) -> ValueOf | Figure | None:
    """The value that is sought of the one node that the words at some places tell of; else a number of its own."""
    light = BEING.union(*map(verbs_of, one.measures))
    noting = {place for span in question.cue_spans("need", "noted") for place in range(span.start, span.end)}
    noting = {place for place in noting if question.words[place].text not in ATTRIBUTES}
    roots = [*roots_at(question, heavy(question, places - noting, light)), *one.told]
    if found := _meant(question, one, roots):
        node, fields = found
        return ValueOf((node,), fields, () if fields else one.measures, (), one.noun, in_texts=False)
    measures = tuple(name for name in one.measures if name in BY_NAME or name.startswith(COUNTED))
    if not measures:
        return None
    doing = [root for root in roots_at(question, one.places) if root in light]  # `at what temperature is A kept?`
    return figure_of(question, roots, measures) or (figure_of(question, [*roots, *doing], measures) if doing else None)


def _meant(question: ParsedQuestion, one: Sought, roots: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """The one node that has such a value and whose words, with those of what it is joined to, say all of the rest.

    With it come the fields that are meant; none where all of the measure are.
    """
    if not roots:
        return None
    view, said = question.view, set(roots_at(question, question.places))
    named = [node for node in _named(question) if _has(view, node, one)]
    found = [] if named else telling(view, roots)
    few = len(set(roots)) < MIN_TOLD and not (one.measures == ("place",) and len(found) == 1)
    having = named or ([] if few else [node for node in found if _has(view, node, one)])
    fit = []
    for node in having:
        fields = _fields(view, node, said, one)
        told = words_beside(view, node, fields or _all_fields(view, node, one))
        if not untold(view, node, roots, told | _beside(question, node) if named else told):
            fit.append((node, fields))
    return fit[0] if len(fit) == 1 else None


def _named(rest: ParsedQuestion) -> list[str]:
    """The nodes that nobody can mistake."""
    return sorted({node for topic in rest.topics if topic.whole for node, score in rest.nodes(topic) if score > SURE})


def _has(view: View, node: str, one: Sought) -> bool:
    is_thing = view.kind(node) not in HUBS or len((view.node(node).text or "").split()) <= LONGEST_TITLE
    return is_thing and ValueOf((node,), one.fields, one.measures, in_texts=False).has_own(view)


def _beside(rest: ParsedQuestion, node: str) -> frozenset[str]:
    """The words by which a question names what a node takes, has and brings."""
    view = rest.view
    edges = (*view.edges_from(node), *view.edges_to(node))
    joined = {edge.other(node) for edge in edges if edge.relation in BESIDE}
    named = [topic for topic in rest.topics if topic.whole and any(one in joined for one, _ in rest.nodes(topic))]
    return frozenset(root for topic in named for root in roots_at(rest, range(topic.start, topic.end)))


def _fields(view: View, node: str, said: set[str], one: Sought) -> tuple[str, ...]:
    """The fields that are named; of several of a measure those that the words of the question ask for."""
    return one.fields or fields_asked(view, node, one.measures, said)


def _all_fields(view: View, node: str, one: Sought) -> tuple[str, ...]:
    """The fields of the first of the measures that a node has any of."""
    return one.fields or fields_of(view, node, one.measures)


def _read_fields(question: ParsedQuestion) -> Iterator[Composed]:
    """`How does the error grow with A?`, where A has an `error growth`; `what will I be able to explain after A?`."""
    view = question.view
    if any(question.words[place].text in _NEVER for place in question.places):
        return
    places = heavy(question, question.places, HAVING)
    roots = roots_at(question, places)
    for node in _named(question):
        for held in held_by(view, node):
            told = words_beside(view, node, (held.field,))
            if _asks_for(question, held, roots) and not untold(view, node, roots, told):
                yield Composed(ValueOf((node,), (held.field,), in_texts=False), (question,))
                return
            if _is_able(question, held):
                rest = [root for root in roots if root not in _BEFORE_GOAL]
                if not untold(view, node, rest, told):
                    yield Composed(ValueOf((node,), (held.field,), in_texts=False), (question,))
                    return


def _asks_for(question: ParsedQuestion, held: Held, roots: Sequence[str]) -> bool:
    """Whether a question says all words of a field's name, in whatever places."""
    own = set(stems(field_words(held.field).split()))
    named = name_roots(question.view, held.node)
    return bool(own - named) and all(is_said(root, set(roots)) for root in own)


def _is_able(question: ParsedQuestion, held: Held) -> bool:
    """Whether a value says what somebody can do: `be able to explain …`, where it begins with that verb."""
    words = [word.text for word in question.words]
    verb = next((words[at + 2] for at in range(len(words) - 2) if words[at : at + 2] == ["able", "to"]), None)
    if verb == "do":
        return not _GOALS.isdisjoint(stems(field_words(held.field).split()))
    return verb is not None and name_key(held.found.label).split()[:1] == [verb]


TOLD = Form("value", _read)
