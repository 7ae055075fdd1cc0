"""Claims and what speaks for and against them, as lists say it: theses, reasons, evidence, predictions."""

import re

from conceptmap.notes.lesson.clauses import clauses_of, subject_of
from conceptmap.notes.lesson.lesson_blocks import (
    IntroducedList,
    LessonList,
    Question,
    Statement,
    Told,
)
from conceptmap.notes.lesson.list_intros import Intro
from conceptmap.notes.lesson.phrases import verb_place
from conceptmap.notes.lesson.rules.compare import read_overtaking
from conceptmap.notes.lesson.rules.days import name_subject
from conceptmap.notes.lesson.rules.lists import rests, whole_of
from conceptmap.notes.lesson.rules.questions import ask_from
from conceptmap.notes.lesson.state import MAX_SAID, PROSE, LessonState
from conceptmap.notes.lesson.words import (
    ARTICLES,
    FUNCTION_WORDS,
    OPENERS,
    PREPOSITIONS,
    SPEAKERS,
    bracketed,
    is_name,
    is_spelled,
    lower_words,
    sentences_of,
    term_in,
    verb_at,
    without_article,
    without_end_sign,
)
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import CONTRAST
from ontology.terms import (
    ABOUT,
    CLAIM,
    CONCEPT,
    CONTRASTS_WITH,
    EVIDENCE,
    EXAMPLE_OF,
    LEADS_TO,
    METHOD,
    OPPOSES,
    PART_OF,
    PREDICTS,
    SUPPORTS,
)

_AGAINST = re.compile(r"\b(?:against|not|but|yet|however|contrary|doubts?)\b", re.IGNORECASE)


_SHAPED = frozenset((EXAMPLE_OF, LEADS_TO, None))


_DOMAIN = re.compile(r"([^:()]{1,40}):\s+(?=\S)")


MAX_WORDS_OF_LEAD = 9
"""Words before the colon of a sentence that may be a lead: `What I ask you to defend`."""


_GIVEN = frozenset("because since when if whenever where reason reasons why".split())


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
    if intro.relation not in (SUPPORTS, OPPOSES) or not intro.inverse or intro.claim or rests(state, intro):
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
    subject = whole_of(state, block.intro, block.line)
    for item in block.items:
        text = without_end_sign(item.text)
        claim = state.node(bracketed(text).words, CLAIM, item)
        state.edge(subject, PREDICTS, claim, item)
        read_overtaking(state, text, item)
    return True


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
