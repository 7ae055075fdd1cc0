"""Lists: what their items say, by the words above them."""

import re
from dataclasses import replace
from itertools import pairwise, product

from conceptmap.notes.lesson.clauses import clauses_of, noun_phrase, noun_phrases, subject_of, verb_place
from conceptmap.notes.lesson.lesson_blocks import (
    IntroducedList,
    Item,
    LessonList,
    LessonText,
    NestedList,
    Question,
    Statement,
    Thread,
    Told,
)
from conceptmap.notes.lesson.list_intros import Intro
from conceptmap.notes.lesson.rules.compare import VERSUS, read_overtaking, read_tension
from conceptmap.notes.lesson.rules.days import name_subject
from conceptmap.notes.lesson.rules.diagrams import formula_node
from conceptmap.notes.lesson.rules.questions import ask_from
from conceptmap.notes.lesson.state import MAX_SAID, PROSE, LessonState
from conceptmap.notes.lesson.words import (
    ARTICLES,
    COMPARATIVES,
    CONJUNCTIONS,
    DAYS_MARKED,
    FUNCTION_WORDS,
    LIST_NOUNS,
    NO_NAMES,
    OPENERS,
    POINTING,
    PREPOSITIONS,
    QUESTION_WORDS,
    SPEAKERS,
    bracketed,
    chain_of,
    head_of,
    instances_in,
    is_name,
    is_spelled,
    is_statement,
    lower_words,
    sentences_of,
    split_at_colon,
    term_in,
    verb_at,
    without_article,
    without_days,
    without_end_sign,
)
from conceptmap.notes.page.inline import is_task, listed_in
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import CONTRAST, DEFINITION, FORMULA, LEAD
from ontology.terms import (
    ABOUT,
    ASKS,
    CLAIM,
    CONCEPT,
    CONTRASTS_WITH,
    EVIDENCE,
    EXAMPLE_OF,
    INTRODUCED_ON,
    LEADS_TO,
    METHOD,
    OPPOSES,
    PART_OF,
    PREDICTS,
    REQUIRES,
    SUPPORTS,
)

_QUOTED = re.compile(r"[\"“”*`]")
_EQUALS = re.compile(r"\s+(?:=|≡|:=)\s+")
_AGAINST = re.compile(r"\b(?:against|not|but|yet|however|contrary|doubts?)\b", re.IGNORECASE)
_SORTS = frozenset("materials methods models techniques tools strategies forms factors features skills".split())
_TOLD_OF_NEWS = frozenset("now been will also".split())
_SHAPED = frozenset((EXAMPLE_OF, LEADS_TO, None))
_MATH = re.compile(r"\$([^$]+)\$\.?")
_DOMAIN = re.compile(r"([^:()]{1,40}):\s+(?=\S)")
_BETWEEN = re.compile(r"(?:the |an? )?\w+ (?:between|of both) (.+ and .+)\Z", re.IGNORECASE)
_BEHIND_A_NAME = PREPOSITIONS | CONJUNCTIONS | QUESTION_WORDS | {"that"}
MAX_WORDS_OF_LEAD = 9
"""Words before the colon of a sentence that may be a lead: `What I ask you to defend`."""

_GIVEN = frozenset("because since when if whenever where reason reasons why".split())
_SIDE_OF = re.compile(r"\w+ of (.+)\Z")
_NOT_JUST = re.compile(
    r"\b(?:isn'?t|isn’t|aren'?t|aren’t|is not|are not|was not|wasn'?t)\s+((?:just|only|merely|simply)?\s*[^—–;,.]+?)"
    r"\s*(?:[—–;]|,\s*but|,\s*it)"
)


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
    whole = _subject(state, intro, block.line) if intro and told else _whole_of_steps(state, block.line)
    _steps(state, block, whole)
    return True


def _whole_of_steps(state: LessonState, line: Line) -> str | None:
    """What steps are the steps of: `Every scansion follows the same routine`, below a text about something that."""
    if lower_words(line.text)[:1] and lower_words(line.text)[0] in POINTING:
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
    _steps(state, block, _subject(state, block.intro, block.line), in_order=in_order)
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


def read_conclusions(state: LessonState, block: IntroducedList) -> bool:
    """A synthesis: a claim, what follows from it, and what it denies."""
    if block.intro.device != "synthesis":
        return False
    first: str | None = None
    for item in block.items:
        claim = _concluded(state, item.text, block.line)
        if claim is None:
            continue
        if denied := _NOT_JUST.search(item.text):
            other = state.node(without_end_sign(denied[1]), CLAIM, block.line)
            state.edge(claim, OPPOSES, other, block.line)
        elif first is not None:
            state.edge(first, LEADS_TO, claim, block.line)
        first = first or claim
    state.claim = first or state.claim
    return True


def _concluded(state: LessonState, sentence: str, line: Line) -> str | None:
    words = lower_words(sentence)
    if len(sentence) > MAX_SAID or sentence.endswith("?") or len(words) < 3 or words[0] in OPENERS:
        return None
    claim = state.node(without_end_sign(sentence), CLAIM, line)
    read_tension(state, sentence, line)
    state.statements += [claim] if claim else []
    return claim


def read_threads(state: LessonState, block: IntroducedList) -> bool:
    """Things to think about: questions, comparisons, names."""
    intro = block.intro
    asker = state.known(without_article(intro.subject)) if intro.subject else None
    if intro.device != "threads" and (intro.relation != ASKS or asker):
        return False
    for item in block.items:
        state.ask(Thread(without_end_sign(item.text), item))
    return True


def read_open_threads(state: LessonState, block: LessonList) -> bool:
    """A list below any words that holds a question, or a name with its day, is one of things to think about."""
    asked = [item for item in block.items if item.text.rstrip('"”)').endswith("?")]
    marked = [item for item in block.items if DAYS_MARKED.search(item.text)]
    if isinstance(block, IntroducedList) or not (asked or marked) or not block.line.text.endswith((":", "：")):
        return False
    if not all(item in asked or _is_thread(item) for item in block.items):
        return False
    for item in block.items:
        state.ask(Thread(without_end_sign(item.text), item))
    return True


def _is_thread(item: Line) -> bool:
    """Whether an item is a name, perhaps with more told of it, or sets two against each other."""
    text = without_end_sign(without_days(item.text))
    names, rest = noun_phrases(text)
    named = bool(names) and set(lower_words(rest)[:1]) <= _BEHIND_A_NAME
    return named or VERSUS.search(text) is not None


def read_named_thread(state: LessonState, piece: Thread) -> bool:
    """Names to think about: `compression and the nature of intelligence`, `salt (Day 2) as a brake on yeast`."""
    text = without_days(piece.text)
    if (between := _BETWEEN.match(text)) is not None:
        text = between[1]
    names, rest = noun_phrases(text)
    if not names or not set(lower_words(rest)[:1]) <= _BEHIND_A_NAME:
        return False
    nodes = [node for name in names if (node := _thread_node(state, name, piece.line))]
    state.waiting += [(nodes[0], rest)] if nodes and rest else []
    for other in dict.fromkeys(nodes[1:]):
        state.edge(nodes[0], ABOUT, other, piece.line)
    state.edge(state.today(piece.line), ABOUT, nodes[0] if nodes else None, piece.line)
    return True


def _thread_node(state: LessonState, name: str, line: Line) -> str | None:
    """A name to think about; of `the width of the crumb` the crumb, if the page knows it."""
    side = _SIDE_OF.match(name)
    known = state.like(without_article(side[1])) if side else None
    return known or state.like(name) or state.node(name, CONCEPT, line)


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
    whole = _subject(state, block.intro, block.line)
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


def read_reasons(state: LessonState, block: IntroducedList) -> bool:
    """A claim and the reasons for it; the next such claim that speaks of another case is set against it."""
    if not block.intro.claim:
        return False
    subject, line = block.intro.subject or "", block.line
    given = not _GIVEN.isdisjoint(lower_words(line.text))
    if not given and not any(verb_place(lower_words(item.text)) for item in block.items):
        return False
    claim = state.node(subject, CLAIM, line)
    name = subject_of(subject, state.intros) or without_article(" ".join(subject.split()[: _verb_index(subject)]))
    if is_name(name, 3) and (state.known(name) or "because" not in lower_words(line.text)):
        state.edge(claim, ABOUT, state.node(name, CONCEPT, line, rank=PROSE), line)
    if state.listed and state.intros.device("otherwise", lower_words(subject)):
        state.edge(claim, CONTRASTS_WITH, state.listed, line, rule=CONTRAST)
    state.listed = claim
    for item in block.items:
        state.edge(_reason(state, item), SUPPORTS, claim, item)
    return True


def _verb_index(text: str) -> int:
    words = text.split()
    return verb_at([word.lower().strip(",;") for word in words]) or len(words) - 1


def _reason(state: LessonState, item: Line) -> str | None:
    """A reason; brackets behind it ask something of it, or name what it is about."""
    words, inside = bracketed(without_end_sign(item.text))
    claim = state.node(words, CLAIM, item)
    name_subject(state, claim, words, item)
    if inside and inside.endswith("?"):
        ask_from(state, claim, inside, item)
    elif term := term_in(inside):
        state.edge(claim, ABOUT, state.node(term, CONCEPT, item, rank=PROSE), item)
    return claim


def read_evidence(state: LessonState, block: IntroducedList) -> bool:
    """Evidence for or against a claim, perhaps each with its domain."""
    intro = block.intro
    if intro.relation not in (SUPPORTS, OPPOSES) or not intro.inverse or intro.claim or _rests(state, intro):
        return False
    target = _claim_before(state) or state.argued()
    if intro.subject:
        target = state.known(without_article(intro.subject)) or target
    for item in block.items:
        if item.text.rstrip('"”)').endswith("?"):
            state.ask(Question(item.text, item))
            continue
        text, domain = without_end_sign(item.text), None
        if (before := _DOMAIN.match(text)) and len(before[1].split()) <= 3:
            text, domain = text[before.end() :], before[1].strip()
        label = text if domain or not text.endswith(")") else bracketed(text).words
        node = state.node(label, intro.kind or EVIDENCE, item)
        if node is None:
            continue
        if domain:
            state.nodes[node].data["domain"] = domain
            if is_spelled(domain):
                state.edge(node, ABOUT, state.node(domain, METHOD, item), item)
        state.edge(node, intro.relation, target, item)
        state.ask(Told(text, item, node))
    return True


def _claim_before(state: LessonState) -> str | None:
    """The claim that the one sentence before evidence makes, whatever leads it: `What I defend: Time helps dough.`"""
    if state.led is None:
        return None
    head, colon, rest = state.led.text.partition(": ")
    led = bool(colon) and len(head.split()) <= MAX_WORDS_OF_LEAD
    said = (rest if led else state.led.text).strip()
    words = lower_words(said)
    plain = said.endswith(".") and len(sentences_of(said)) == 1 and len(words) > 3 and "$" not in said
    if not plain or words[0] in OPENERS | FUNCTION_WORDS - ARTICLES or not SPEAKERS.isdisjoint(words):
        return None
    made = state.known(without_end_sign(said))
    if made is not None and state.nodes[made].kind == CLAIM:
        return made if state.thesis is None else None
    if (led and state.intros.read(head, listed=False)) or (not led and state.argued()):
        return None
    state.claim = state.view = state.node(without_end_sign(said), CLAIM, state.led.line) or state.claim
    return state.claim


def _rests(state: LessonState, intro: Intro) -> bool:
    """Whether a list says what a thing rests on: a thing is not supported as a claim is, it requires others."""
    if intro.relation != SUPPORTS or not intro.subject:
        return False
    known = state.known(without_article(intro.subject))
    return known is None or state.nodes[known].kind != CLAIM


def read_thesis(state: LessonState, block: IntroducedList) -> bool:
    """The claims that an idea or a text comes down to."""
    if block.intro.relation != PART_OF or block.intro.kind != CLAIM:
        return False
    first: str | None = None
    for item in block.items:
        for sentence in sentences_of(item.text):
            if sentence.endswith("?") or len(sentence) > MAX_SAID:
                continue
            if first is not None and _argues_on(state, sentence):
                state.view = first
                state.ask(Statement(sentence, item))
                continue
            claim = state.node(without_end_sign(sentence), CLAIM, item)
            name_subject(state, claim, sentence, item)
            state.edge(claim, PART_OF if state.thesis else ABOUT, state.thesis or state.source, item)
            first = first or claim
    state.claim = first or state.claim
    state.view = first or state.view
    return True


def _argues_on(state: LessonState, sentence: str) -> bool:
    """Whether a sentence behind a claim speaks of it, and is no further claim: `Support for this comes from …`."""
    words = lower_words(sentence)
    cue = state.intros.read(words[0], listed=False)
    return words[0] in PREPOSITIONS | OPENERS | SPEAKERS or (cue is not None and cue.relation in (SUPPORTS, OPPOSES))


def read_predictions(state: LessonState, block: IntroducedList) -> bool:
    """What something predicts, perhaps that one thing will beat another."""
    if block.intro.relation != PREDICTS:
        return False
    subject = _subject(state, block.intro, block.line)
    for item in block.items:
        text = without_end_sign(item.text)
        claim = state.node(bracketed(text).words, CLAIM, item)
        state.edge(subject, PREDICTS, claim, item)
        read_overtaking(state, text, item)
    return True


def read_parts(state: LessonState, block: IntroducedList) -> bool:
    """Parts of what the intro names."""
    return block.intro.relation == PART_OF and read_cued_list(state, block)


def read_cued_list(state: LessonState, block: IntroducedList) -> bool:
    """Any other list whose intro names a relation."""
    intro = block.intro
    if intro.claim:
        return False
    if _rests(state, intro):
        intro = replace(intro, relation=REQUIRES, inverse=False, kind=CONCEPT)
    subject = _subject(state, intro, block.line)
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


def read_shape(state: LessonState, block: LessonList) -> bool:
    """Under a thesis, a list of `Name: sentence` items is what backs it, whatever its lead is called: `Results:`."""
    intro = block.intro if isinstance(block, IntroducedList) else None
    claim = state.argued()
    if claim is None or state.nodes[claim].kind != CLAIM or not block.line.text.strip() or len(block.items) < 2:
        return False
    if intro is not None and (intro.relation not in _SHAPED or intro.subject or intro.device or intro.day is not None):
        return False
    told = [_is_instance(state, item) for item in block.items]
    if None in told or not any(told):
        return False
    against = _AGAINST.search(block.line.text) is not None
    said = Intro(OPPOSES if against else SUPPORTS, inverse=True, kind=EVIDENCE)
    return read_evidence(state, IntroducedList(block.line, block.items, block.ordered, intro=said))


def _is_instance(state: LessonState, item: Line) -> bool | None:
    """Whether `Bakery: A slow dough rose higher` is seen to be a sentence; None if it is no name with enough words."""
    named = _DOMAIN.match(item.text)
    told = item.text[named.end() :] if named else ""
    words = lower_words(told)
    if len(words) <= 3 or told.endswith("?"):
        return None
    return verb_place(words) > 0 or bool(clauses_of(told, state.intros))


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
    if is_task(block.line.text) or any(is_task(item.text) for item in block.items):
        return True
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


def _subject(state: LessonState, intro: Intro, line: Line) -> str | None:
    """Whom a list speaks of: the words of its intro, else what the page argues about at that place."""
    if intro.pointing and state.topic:
        return state.like(state.topic) or state.node(state.topic, CONCEPT, line, rank=PROSE, rule=LEAD)
    if intro.subject is None:
        return state.argued()
    name = without_article(intro.subject)
    return state.like(name) or state.node(name, CONCEPT, line, rank=PROSE, rule=LEAD)
