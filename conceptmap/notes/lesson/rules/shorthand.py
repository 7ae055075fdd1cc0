"""Outline notes: items below an item that say something of it in few words, as `but: …`, `e.g. …`, `needs …`."""

import re
from dataclasses import replace

from conceptmap.notes.lesson.ends import claim, claim_in, is_marked, is_term, term, without_joining
from conceptmap.notes.lesson.lesson_blocks import Item, NestedList, Question, Sentence, Statement
from conceptmap.notes.lesson.list_intros import Intro
from conceptmap.notes.lesson.phrases import noun_phrases
from conceptmap.notes.lesson.rules.statements import TOLD
from conceptmap.notes.lesson.state import LessonState
from conceptmap.notes.lesson.words import (
    POINTING,
    SPEAKERS,
    WORD,
    bracketed,
    chain_of,
    lower_words,
    sentences_of,
    split_at_colon,
    without_article,
    without_end_sign,
)
from conceptmap.notes.page.markdown import Line
from ontology.terms import CLAIM, CONCEPT, CONTRASTS_WITH, EVIDENCE, EXAMPLE_OF, LEADS_TO, METHOD, OPPOSES, SUPPORTS

_CUED = re.compile(r"(?P<cue>[A-Za-z][A-Za-z. -]{0,24}?)\s*(?P<sign>[:=?])\s+(?P<rest>\S.*)", re.DOTALL)
_SUCH_AS = re.compile(
    r"(?:e\.?\s?g\.?|eg|for example|for instance|such as|ex\.)[,:]?\s+(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL
)
_NOT_SAME = re.compile(
    r"(?:is\s+)?(?:not the same as|not to be confused with|unlike|as opposed to|vs\.?|versus|≠|cf\.)\s+(.+)",
    re.IGNORECASE,
)
_BEFORE_DASH = re.compile(r".{3,60}?\s+(?:[-–—=]|→|->)\s+(?=\S)")
_TASK = re.compile(r"\[[ xX/-]\]\s+")
_MIN_QUESTION = 4
"""Words of a question that is understood by itself: `Why?` is not."""

_MAX_SHORTENED = 5
"""Characters of a cue that is cut short: `ev.`, `obj.`; a longer one is a word of its own."""

_SOURCE = re.compile(r"(.{3,60}?\(?\b(?:1[5-9]|20)\d\d[a-z]?\)?)\s*(?:[-–—:])\s+(?=\S)")


def read_below(state: LessonState, block: NestedList) -> bool:
    """Each item below another is read as something that is said of the other."""
    head = bracketed(without_end_sign(block.line.text)).words
    name = bracketed((split_at_colon(head) or _dashed(head) or (head, ""))[0].rstrip(":")).words
    if not is_term(state, without_article(name)):
        return False
    name = without_article(name)
    left = [item for item in block.items if not _said_of(state, name, without_end_sign(item.text), item)]
    if len(left) == len(block.items):
        return False
    if left:
        state.ask(replace(block, items=tuple(left)))
    return True


def read_item(state: LessonState, piece: Item) -> bool:
    """The sentences of an item that no other rule has read, behind the term at its head."""
    name, told = split_at_colon(piece.text) or ("", piece.text)
    if piece.text.endswith("?"):
        return _asked(state, _TASK.sub("", told), piece.line)
    if is_marked(piece.text) or (name and not is_term(state, without_article(bracketed(name).words))):
        return False
    state.told = state.opened = None
    for sentence in sentences_of(told):
        if not sentence.endswith("?") and len(lower_words(sentence)) > 2:
            state.ask(Statement(sentence, piece.line))
    return False


def read_asked(state: LessonState, piece: Sentence) -> bool:
    """A question in running text that needs no other sentence to be understood."""
    return piece.text.endswith("?") and _asked(state, piece.text, piece.line)


def _asked(state: LessonState, text: str, line: Line) -> bool:
    words = lower_words(text)
    if len(words) < _MIN_QUESTION or is_marked(text) or not (SPEAKERS | POINTING).isdisjoint(words):
        return False
    return state.ask(Question(without_joining(text), line)) or True


def _dashed(text: str) -> tuple[str, str] | None:
    found = _BEFORE_DASH.match(text)
    return (found[0].rstrip(" -–—=>→"), text[found.end() :]) if found else None


def _said_of(state: LessonState, name: str, text: str, line: Line) -> bool:
    """Read what an item says of the one above it; whether it says something."""
    if is_marked(text):
        return False
    if such := _SUCH_AS.match(text):
        return _examples(state, name, such["rest"], line)
    if other := _NOT_SAME.match(text):
        names, _ = noun_phrases(bracketed(other[1]).words)
        if names and is_term(state, names[0]):
            state.edge(term(state, name, line), CONTRASTS_WITH, term(state, names[0], line), line)
        return bool(names)
    if chain_of(text):
        return state.ask(Item(text, line))
    if (cued := _CUED.fullmatch(text)) and (intro := _intro(state, cued["cue"])):
        return _cued(state, name, intro, cued["rest"], line)
    if WORD.match(text) and state.intros.verb_from(lower_words(text), 0):
        known = len(state.edges)
        state.ask(Statement(f"{name} {text[:1].lower()}{text[1:]}", line))
        return len(state.edges) > known
    return False


def _intro(state: LessonState, cue: str) -> Intro | None:
    """What a cue says, also one that is cut short: `ev.`, `obj.`."""
    if cue.lower() in ("why", "reason", "because"):
        return Intro(SUPPORTS, inverse=True, kind=CLAIM)
    found = state.intros.read(cue.rstrip(".")) if len(cue.split()) <= 3 else None
    return found or (state.intros.shortened(cue.rstrip(".")) if len(cue) <= _MAX_SHORTENED else None)


def _examples(state: LessonState, name: str, text: str, line: Line) -> bool:
    names = [without_article(one) for one in re.split(r"\s*(?:,|;|\band\b)\s*", bracketed(text).words)]
    kept = [one for one in names if is_term(state, one)]
    for one in kept:
        state.edge(term(state, one, line), EXAMPLE_OF, term(state, name, line), line)
    return bool(kept)


def _cued(state: LessonState, name: str, intro: Intro, text: str, line: Line) -> bool:
    """`but: …`, `ev.: Alesina (1993) - …`, `result = …`, `examples: …` below a term."""
    if intro.relation == EXAMPLE_OF and intro.inverse:
        return _examples(state, name, text, line)
    if intro.relation == LEADS_TO and not intro.inverse and is_term(state, without_article(text)):
        state.edge(term(state, name, line), LEADS_TO, term(state, without_article(text), line), line)
        return True
    if intro.relation in (SUPPORTS, OPPOSES) and intro.inverse:
        return _argued(state, name, intro, text, line)
    names, rest = noun_phrases(text)
    kept = [one for one in names if is_term(state, one)] if intro.relation in TOLD and not rest else []
    for one in kept:
        ends = term(state, name, line), term(state, one, line)
        state.edge(ends[intro.inverse], intro.relation or "", ends[not intro.inverse], line)
    return bool(kept)


def _argued(state: LessonState, name: str, intro: Intro, text: str, line: Line) -> bool:
    """A reason, evidence or an objection below what it speaks for or against, which so is a claim."""
    chain = chain_of(text)
    said = claim_in(chain[0] if chain else bracketed(_SOURCE.sub("", text)).words, is_clause=True)
    above = term(state, name, line) if said else None
    if said is None or above is None:
        return False
    if state.nodes[above].kind in (CONCEPT, METHOD):
        state.nodes[above].kind = CLAIM
    state.edge(
        claim(state, said, line, intro.kind or EVIDENCE, is_clause=True), intro.relation or SUPPORTS, above, line
    )
    if chain:
        state.ask(Item(" → ".join(chain), line))
    return True
