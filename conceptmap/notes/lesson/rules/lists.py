"""Lists: what their items say, by the words above them."""

import re
from dataclasses import replace
from itertools import pairwise, product

from conceptmap.notes.lesson.clauses import clauses_of, subject_of
from conceptmap.notes.lesson.lesson_blocks import (
    IntroducedList,
    Item,
    LessonList,
    LessonText,
    NestedList,
    Statement,
    Thread,
)
from conceptmap.notes.lesson.list_intros import Intro
from conceptmap.notes.lesson.phrases import noun_phrase, noun_phrases, verb_place
from conceptmap.notes.lesson.rules.compare import read_tension
from conceptmap.notes.lesson.rules.days import name_subject
from conceptmap.notes.lesson.rules.diagrams import formula_node
from conceptmap.notes.lesson.state import PROSE, LessonState
from conceptmap.notes.lesson.words import (
    COMPARATIVES,
    LIST_NOUNS,
    NO_NAMES,
    NUMBERS,
    POINTING,
    PREPOSITIONS,
    QUESTION_WORDS,
    bracketed,
    chain_of,
    head_of,
    instances_in,
    is_name,
    is_statement,
    lower_words,
    split_at_colon,
    without_article,
    without_days,
    without_end_sign,
)
from conceptmap.notes.page.inline import listed_in
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import DEFINITION, FORMULA, LEAD
from ontology.terms import (
    ABOUT,
    CLAIM,
    CONCEPT,
    EVIDENCE,
    EXAMPLE_OF,
    INTRODUCED_ON,
    LEADS_TO,
    METHOD,
    PART_OF,
    REQUIRES,
    SUPPORTS,
)

_QUOTED = re.compile(r"[\"“”*`]")


_EQUALS = re.compile(r"\s+(?:=|≡|:=)\s+")


_SORTS = frozenset("materials methods models techniques tools strategies forms factors features skills".split())


_TOLD_OF_NEWS = frozenset("now been will also".split())


_MATH = re.compile(r"\$([^$]+)\$\.?")


def read_chain(state: LessonState, piece: LessonText | Statement | Item | Thread) -> bool:
    """`more compute → lower loss`, perhaps behind a few words and a colon."""
    parts = chain_of(piece.text) or chain_of(piece.text.rpartition(": ")[2])
    if isinstance(piece, Statement | LessonText) and _QUOTED.search(piece.text):
        return False
    nodes = [[state.node(name, CONCEPT, piece.line) for name in listed_in(part)] for part in parts]
    for ones, others in pairwise(nodes):
        for one, other in product(ones, others):
            state.edge(one, LEADS_TO, other, piece.line)
    return bool(parts)


def read_procedure(state: LessonState, block: LessonList) -> bool:
    """A numbered list below words that speak of steps."""
    intro = block.intro if isinstance(block, IntroducedList) else None
    if not block.ordered or not _speaks_of_steps(state, intro, block.line):
        return False
    told = intro is not None and (intro.subject or intro.pointing) and not intro.claim
    whole = whole_of(state, intro, block.line) if intro and told else _whole_of_steps(state, block.line)
    _steps(state, block, whole)
    return True


def _whole_of_steps(state: LessonState, line: Line) -> str | None:
    """What steps are the steps of: `A field erodes in three stages`, `Every scansion follows the same routine`."""
    words = lower_words(line.text)
    name = subject_of(line.text, state.intros) if not NUMBERS.isdisjoint(words) else None
    if name and (whole := state.like(name)):
        return whole
    if words[:1] and words[0] in POINTING:
        near = state.topic if state.topic_line == line.number else None
        name = near or subject_of(line.text, state.intros) or state.topic
        return (state.like(name) or state.node(name, CONCEPT, line, rank=PROSE)) if name else None
    return None


def _speaks_of_steps(state: LessonState, intro: Intro | None, line: Line) -> bool:
    steps = state.intros.device("steps", lower_words(line.text))
    return steps and (
        intro is None or intro.claim or intro.device == "threads" or intro.relation in (PART_OF, LEADS_TO, EXAMPLE_OF)
    )


def read_numbered_parts(state: LessonState, block: IntroducedList) -> bool:
    """Numbered parts or consequences of something follow from each other too."""
    if not block.ordered or block.intro.relation not in (PART_OF, LEADS_TO):
        return False
    in_order = not all(split_at_colon(item.text) for item in block.items)
    _steps(state, block, whole_of(state, block.intro, block.line), in_order=in_order)
    return True


def _steps(state: LessonState, block: LessonList, whole: str | None, *, in_order: bool = True) -> None:
    """Steps are part of what they are the steps of; in a procedure each leads to the next, in a list of terms not."""
    named = all(split_at_colon(item.text) for item in block.items)
    steps = [_step(state, item, named) for item in block.items]
    for step, item in zip(steps, block.items, strict=True):
        state.edge(step, PART_OF, whole, item)
    for (one, _), (other, item) in pairwise(zip(steps, block.items, strict=True)) if in_order else ():
        state.edge(one, LEADS_TO, other, item)


def _step(state: LessonState, item: Line, named: bool) -> str | None:
    """A step; of `Credit channel: higher rates → fewer loans` the name, if all are `named`, and the rest by itself."""
    words = bracketed(without_end_sign(item.text)).words
    name, told = split_at_colon(words) or (words, "")
    if not named or not told:
        return state.node(words, CLAIM, item)
    node = state.node(without_article(name), CONCEPT, item)
    if not state.ask(Item(told, item)) and node is not None:
        state.nodes[node].texts.append(told)
    return node


def read_day_list(state: LessonState, block: IntroducedList) -> bool:
    """What an earlier day taught: chains, definitions, formulas, or just claims."""
    if block.intro.day is None or block.intro.day >= state.day > 0:
        return False
    for item in block.items:
        _taught(state, block.intro.day, item)
    return True


def _taught(state: LessonState, day: int, item: Line) -> None:
    text, where = without_end_sign(item.text), state.day_node(day, item)
    if parts := chain_of(text):
        state.ask(Item(text, item))
        for taught in (one for part in parts for one in listed_in(part)):
            state.edge(state.known(taught), INTRODUCED_ON, where, item)
        return
    term = split_at_colon(text)
    told = term[1] if term else text
    if math := _MATH.fullmatch(told):
        if (node := formula_node(state, math[1], item)) is not None:
            name = state.node(without_article(term[0]), CONCEPT, item) if term else None
            state.edge(node, PART_OF, name, item, rule=FORMULA)
            state.edge(node, INTRODUCED_ON, where, item)
        return
    if term:
        name = state.node(without_article(term[0]), CONCEPT, item, rule=DEFINITION)
        state.edge(name, INTRODUCED_ON, where, item)
        claim = state.node(told, CLAIM, item, rule=DEFINITION)
        state.edge(claim, ABOUT, name, item, rule=DEFINITION)
    else:
        claim = state.node(bracketed(text).words, CLAIM, item)
        state.edge(claim, INTRODUCED_ON, where, item)
        _defined(state, claim, text, item)
        name_subject(state, claim, text, item)
    read_tension(state, told, item)


def _defined(state: LessonState, claim: str | None, text: str, line: Line) -> None:
    """`X = Y` is about X, unless X is an amount of something."""
    sides = _EQUALS.split(text, maxsplit=1)
    name = without_article(sides[0])
    if len(sides) == 2 and is_name(name, 4) and lower_words(name)[0] not in COMPARATIVES:
        state.edge(claim, ABOUT, state.node(name, CONCEPT, line, rule=DEFINITION), line, rule=DEFINITION)


def read_abounding(state: LessonState, block: IntroducedList) -> bool:
    """A field that is full of a category, and examples of the category."""
    intro, line = block.intro, block.line
    if intro.device != "abounds":
        return False
    field = state.node(without_article(intro.subject or ""), CONCEPT, line)
    state.category = state.node(without_article(intro.category or ""), CONCEPT, line)
    state.edge(field, ABOUT, state.category, line)
    for item in block.items:
        _example(state, item, state.category, METHOD)
    return True


def read_examples(state: LessonState, block: IntroducedList) -> bool:
    """Examples of what the intro names."""
    if block.intro.relation != EXAMPLE_OF:
        return False
    whole = whole_of(state, block.intro, block.line)
    for item in block.items:
        _example(state, item, whole, CONCEPT)
    return True


def _example(state: LessonState, item: Line, whole: str | None, kind: str) -> None:
    """An example of a whole; what stands in brackets behind it are examples of the example."""
    words, inside = bracketed(without_end_sign(item.text))
    words = (split_at_colon(words) or (words, ""))[0]
    node = state.node(head_of(words), kind, item)
    state.edge(node, EXAMPLE_OF, whole, item)
    for instance in instances_in(inside):
        state.edge(state.node(instance, kind, item), EXAMPLE_OF, node, item)


def rests(state: LessonState, intro: Intro) -> bool:
    """Whether a list says what a thing rests on: a thing is not supported as a claim is, it requires others."""
    if intro.relation != SUPPORTS or not intro.subject:
        return False
    known = state.known(without_article(intro.subject))
    return known is None or state.nodes[known].kind != CLAIM


def read_parts(state: LessonState, block: IntroducedList) -> bool:
    """Parts of what the intro names."""
    return block.intro.relation == PART_OF and read_cued_list(state, block)


def read_cued_list(state: LessonState, block: IntroducedList) -> bool:
    """Any other list whose intro names a relation."""
    intro = block.intro
    if intro.claim:
        return False
    if rests(state, intro):
        intro = replace(intro, relation=REQUIRES, inverse=False, kind=CONCEPT)
    subject = whole_of(state, intro, block.line)
    for item in block.items:
        words = bracketed(without_end_sign(without_days(item.text))).words
        words, told = split_at_colon(words) or (words, "")
        name = without_article(words)
        kind = (intro.kind or CONCEPT) if is_name(name) or intro.kind != CONCEPT else CLAIM
        if kind == CLAIM and is_name(name, 4) and not is_statement(name):
            kind = CONCEPT
        node = state.node(name if is_name(name) else words, kind, item)
        source, target = (node, subject) if intro.inverse else (subject, node)
        state.edge(source, intro.relation or ABOUT, target, item)
        _told_of(state, node, told, item)
    return True


def _told_of(state: LessonState, node: str | None, told: str, line: Line) -> None:
    """What an item says of its name behind a colon: a claim about it, if it is a sentence."""
    if node is not None and told and clauses_of(told, state.intros):
        state.edge(state.node(told, CLAIM, line, rule=DEFINITION), ABOUT, node, line, rule=DEFINITION)


def read_members(state: LessonState, block: LessonList) -> bool:
    """`Slow methods:` above names, or sentences that begin with one each: examples of them."""
    head = block.line.text.strip()
    name = noun_phrase(head.rstrip(":："), 4)
    if name is None or not head.endswith((":", "：")) or name.lower() != head.rstrip(":： ").lower():
        return False
    last = lower_words(name)[-1]
    whole = state.like(name)
    if (last in LIST_NOUNS - _SORTS) or not last.endswith("s") or (" " not in name and whole is None):
        return False
    return _hold(state, whole, name, block, EXAMPLE_OF)


def read_nested(state: LessonState, block: NestedList) -> bool:
    """What stands below an item is part of it, or an example of it where the item names several things."""
    head = bracketed(without_end_sign(without_days(block.line.text)).rstrip(":：")).words
    name, told = split_at_colon(head) or (head, "")
    whole = state.known(head) or state.known(told) or state.like(without_article(name))
    whole = whole or state.like(subject_of(head, state.intros) or "")
    if whole is not None and state.nodes[whole].kind in (CLAIM, EVIDENCE):
        for item in block.items:
            node = state.node(without_end_sign(item.text), EVIDENCE, item)
            state.edge(node, PART_OF, whole, item)
        return True
    outer = block.outer.relation if block.outer else None
    many = lower_words(name)[-1:] and lower_words(name)[-1].endswith("s") and not name.endswith("ss")
    relation = EXAMPLE_OF if outer != PART_OF and (outer == EXAMPLE_OF or many) else PART_OF
    return (whole is not None or is_name(name, 4)) and _hold(state, whole, without_article(name), block, relation)


def _hold(state: LessonState, whole: str | None, name: str, block: LessonList, relation: str) -> bool:
    """Join the members of a list with the whole that their lead names, if each of them names something."""
    members = [_member(state, item) for item in block.items]
    if not members or not all(members):
        return False
    whole = whole or state.node(name, CONCEPT, block.line)
    for member, item in zip(members, block.items, strict=True):
        said = without_end_sign(without_days(item.text))
        node = state.like(member or "") or state.node(member or "", CONCEPT, item)
        state.edge(node, relation, whole, item)
        if len(lower_words(said)) > len(lower_words(member or "")) + 1:
            state.ask(Statement(item.text, item))
    return True


def _member(state: LessonState, item: Line) -> str | None:
    """The name that an item is or begins with."""
    text = bracketed(without_end_sign(without_days(item.text))).words
    if (named := split_at_colon(text)) is not None:
        return without_article(bracketed(named[0]).words)
    if is_name(text, 4) and not verb_place(lower_words(text)):
        return None if text.lower() in NO_NAMES else without_article(text)
    names, rest = noun_phrases(text)
    if not _TOLD_OF_NEWS.isdisjoint(lower_words(text)) or lower_words(text)[:1] == ["the"]:
        return None
    told = len(names) == 1 and set(lower_words(rest)[:1]) <= PREPOSITIONS | QUESTION_WORDS | {"that"}
    return subject_of(text, state.intros) or (names[0] if told and names else None)


def whole_of(state: LessonState, intro: Intro, line: Line) -> str | None:
    """Whom a list speaks of: the words of its intro, else what the page argues about at that place."""
    if intro.pointing and state.topic:
        return state.like(state.topic) or state.node(state.topic, CONCEPT, line, rank=PROSE, rule=LEAD)
    if intro.subject is None:
        return state.argued()
    name = without_article(intro.subject)
    return state.like(name) or state.node(name, CONCEPT, line, rank=PROSE, rule=LEAD)
