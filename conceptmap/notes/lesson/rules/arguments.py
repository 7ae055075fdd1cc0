"""Arguments in running text: claims and who holds them, reasons and results, evidence for and against.

A paragraph is read sentence by sentence. What a section argues for (a claim that somebody holds, a view that somebody
proposed) is what evidence further on in it speaks for or against. A clause that says nothing by itself becomes no
claim, and whatever would hang on it is left out.
"""

import re

from conceptmap.notes.lesson.ends import claim, claim_in, is_manner, is_marked, is_term, term, without_joining
from conceptmap.notes.lesson.lesson_blocks import LessonHeading, LessonText, Statement
from conceptmap.notes.lesson.list_intros import Intro
from conceptmap.notes.lesson.phrases import noun_phrase, noun_phrases, verb_place
from conceptmap.notes.lesson.rules.contrasts import DATED, WHEREAS, read_contrast, subject_told
from conceptmap.notes.lesson.state import LessonState
from conceptmap.notes.lesson.words import (
    PREPOSITIONS,
    PRONOUNS,
    lower_words,
    without_article,
    without_brackets,
    without_end_sign,
    words_of,
)
from conceptmap.notes.page.markdown import Line
from ontology.terms import (
    ABOUT,
    AGENT,
    CLAIM,
    CONCEPT,
    EVIDENCE,
    LEADS_TO,
    METHOD,
    OPPOSES,
    PREDICTS,
    REQUIRES,
    SUPPORTS,
)

_RESULT = re.compile(
    r"\A(?:and\s+)?(?:so|thus|hence|therefore|consequently|accordingly|as a (?:result|consequence)|for this reason"
    r"|(?:that|this) is why|it follows that|this (?:means|meant) that)\b,?\s+",
    re.IGNORECASE,
)
_RESULT_INSIDE = re.compile(
    r"(?:[,;]\s+(?:and\s+)?(?:so that|so|hence|thus|therefore|consequently|as a result|which is why"
    r"|which (?:means|suggests|shows|implies|indicates) that)"
    r"|\s+and\s+(?:hence|therefore|thus))\b,?\s+",
    re.IGNORECASE,
)
_REASON_INSIDE = re.compile(
    r",?\s+(?:(?:partly|mainly|largely|simply|precisely|probably|mostly)\s+)?"
    r"(?:because(?!\s+of\b)|b/c|(?<=,\s)since|on the grounds? that|given that)\s+",
    re.IGNORECASE,
)
_FURTHER = re.compile(r",?\s+(?:and\s+)?(?:(?:partly|also|mainly)\s+)?because\s+", re.IGNORECASE)
_REASON_FIRST = re.compile(r"\A(?:because(?!\s+of\b)|since|given that)\s+(.+?),\s+(.+)", re.IGNORECASE)
_REASON_IS = re.compile(r"(?:the|one|a) (?:\w+ )?reason (?:for this )?(?:is|was) that\s+(.+)", re.IGNORECASE)
_DUE = re.compile(
    r",?\s+(?:(?:is|are|was|were)\s+(?:partly |mainly |largely |mostly )?(?:due|owing) to|thanks to|owing to|because of"
    r"|due to|as a (?:result|consequence) of|(?:is|are|was|were) the (?:result|consequence|product) of)\s+",
    re.IGNORECASE,
)
_ALTHOUGH = re.compile(r",\s+(?:although|even though)\s+", re.IGNORECASE)
_ESSENTIAL = re.compile(
    r"\s+(?:is|are|was|were)\s+(?:\w+ly\s+)?"
    r"(?:essential|crucial|necessary|vital|indispensable|a (?:condition|prerequisite))\s+(?:for|to)\s+",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\s+(?:cannot|can't|can not|could not|couldn't|does not|do not|will not|would not)\s+\w+(?:\s+\w+)?\s+without\s+",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"According to\s+(?P<who>[^,]+),\s+(?P<said>.+)")
_POSSIBLE = re.compile(r"(?P<cause>.+?)\s+(?:makes?|made)\s+(?P<what>.+?)\s+possible\b")
_THAT = re.compile(r"\s+that\s+")
_IS_THAT = re.compile(r"\s+(?:is|was|are|were)\s+that\s+")
_COLON = re.compile(r":\s+|,\s+in which\s+")
_EXPLAINS = re.compile(
    r"\s+(?:(?:could|can|did|does|do)\s*(?P<not>not|n't)\s+|fail(?:s|ed)\s+(?P<fails>to)\s+)?(?:explain(?:s|ed)?|accounts?\s+for"
    r"|accounted\s+for)\s+(?:why|how|(?:the fact\s+)?that)\s+(?P<what>.+)",
    re.IGNORECASE,
)
_IN_FAVOUR = re.compile(
    r"\b(?:evidence|arguments?|in favou?r of|speaks? for|supports? (?:this|it|that|the)|signs?)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"\b(?:evidence against|arguments? against|objections?|speaks? against|difficult(?:y|ies))\b", re.IGNORECASE
)
_SIDED = re.compile(
    r"\b(?:arguments?|reasons?|case|evidence|support)\s+(?:for|in favou?r of|(?P<against>against))\b", re.IGNORECASE
)
_OPPOSITE = re.compile(
    r"\b(?:the opposite|no such|otherwise|failed to|did not|could not|no (?:sign|trace|evidence))\b", re.IGNORECASE
)
_PERSON = re.compile(r"(?:[A-Z][\w'’.-]*\s+)?(?:[A-Z]\.\s*)*(?:(?:de|von|van|der|al|ibn|and)\s+)*[A-Z][\w'’-]+")
_BOTH_THAT = re.compile(r"(?P<head>.+?)\s+that\s+(?P<said>.+?),?\s+and that\s+(?P<other>.+)")
_JOINED = re.compile(r"\b(?:to|of|in|by|with|for|and|the|an?)\s+")
_BY = re.compile(rf"(?:,|\s+(?:is|was|were|are|been))\s+(?:\w+\s+)?(?P<verb>\w+)\s+by\s+(?P<who>{_PERSON.pattern})")
_MAX_HEAD = 24
"""Words before `that` in which somebody says something; behind more of them `that` belongs to some other clause."""


def begin_section(state: LessonState, _: LessonHeading) -> bool:
    """What was argued for ends with its section."""
    state.view = state.holder = None
    return begin_paragraph(state, _)


def begin_paragraph(state: LessonState, _: LessonText | LessonHeading) -> bool:
    """What `this` and `it` mean is looked for in their own paragraph."""
    state.told = state.opened = state.speaking = None
    state.findings.clear()
    return False


def read_argument(state: LessonState, piece: Statement) -> bool:
    """What a sentence argues; afterwards it is the one that the next may point back to."""
    text, line = without_end_sign(piece.text), piece.line
    if is_marked(text):
        return False
    if (both := _BOTH_THAT.fullmatch(text)) and len(words_of(both["head"])) <= _MAX_HEAD:
        for said in (both["said"], both["other"]):
            state.ask(Statement(f"{both['head']} that {said}.", line))
        return True
    said = _reported(state, without_joining(text), line)
    said = _reasoned(state, text, line) or said
    said = said or read_contrast(state, text, line)
    if halves := WHEREAS.search(text):
        state.ask(Statement(text[: halves.start()], line))
        state.ask(Statement(text[halves.end() :], line))
    if not said and state.speaking and (told := claim(state, text, line, EVIDENCE, is_clause=True)):
        _speaks(state, told, state.speaking, line)
    elif not said:
        state.speaking = _announced(state, text)
    state.told, state.opened = text, state.opened or text
    dated = None if said else DATED.match(text)
    return dated is not None and (state.ask(Statement(text[dated.end() :], line)) or True)


def _reported(state: LessonState, text: str, line: Line) -> bool:
    """`The evidence is that …`, `Surveys showed that …`, `Wegener proposed continental drift`."""
    if according := _ACCORDING.match(text):
        return _told_by(state, according["who"], according["said"], line)
    if (noun := _parted(_IS_THAT, text)) and _by_noun(state, *noun, line):
        return True
    if (that := _parted(_THAT, text)) and _by_verb(state, *that, line):
        return True
    if (colon := _parted(_COLON, text)) and _by_noun(state, *colon, line):
        return True
    if explained := _EXPLAINS.search(text):
        return _explained(state, text[: explained.start()], explained, line)
    return _proposed(state, text, line)


def _told_by(state: LessonState, who: str, said: str, line: Line) -> bool:
    """`According to Eisenstein, printing made the Reformation possible: …`, with what speaks for it behind a colon."""
    told, _, behind = said.partition(": ")
    held = claim(state, told, line, is_clause=True)
    if held is None:
        return False
    state.holder = _holder(state, who, line)
    state.edge(held, ABOUT, state.holder, line)
    _argues_for(state, held)
    state.edge(claim(state, behind, line, EVIDENCE), SUPPORTS, held, line)
    return True


def _parted(at: re.Pattern[str], text: str) -> tuple[str, str] | None:
    """The words before a joining word and those behind it, if the former are few enough to belong to it."""
    found = at.search(text)
    few = found is not None and len(words_of(text[: found.start()])) <= _MAX_HEAD
    return (text[: found.start()], text[found.end() :]) if found and few else None


def _explained(state: LessonState, head: str, found: re.Match[str], line: Line) -> bool:
    """What a view explains speaks for it, and what it cannot explain against it."""
    named = noun_phrase(head) if lower_words(head)[:1] and lower_words(head)[0] not in PRONOUNS else None
    if named and not (state.known(named) or is_term(state, named)):
        return False
    state.view = (term(state, named, line) if named else None) or state.view
    relation = OPPOSES if found["not"] or found["fails"] else SUPPORTS
    return _speaks(state, claim(state, found["what"], line, EVIDENCE, is_clause=True), relation, line)


def _by_noun(state: LessonState, head: str, said: str, line: Line) -> bool:
    """What an argument, an objection, a reason, a result is: `The chief objection was that …`."""
    sided = _SIDED.search(head)
    subject = re.split(r"\s+(?:for|against|of|in|to|from|came|comes|is|was|lies|lay)\b", head)[0]
    intro = state.intros.read(subject, listed=False) if subject else None
    found = _OPPOSITE.search(head)
    if sided is not None:
        intro = Intro(OPPOSES if sided["against"] else SUPPORTS, inverse=True, kind=EVIDENCE)
    if found and (verb := verb_place(lower_words(head))) and _finds(state, lower_words(head)[verb]):
        intro = Intro(OPPOSES, inverse=True, kind=EVIDENCE)
    if intro is None or intro.relation not in (SUPPORTS, OPPOSES, LEADS_TO):
        return False
    if intro.relation == LEADS_TO:
        return _join(state, state.told, LEADS_TO, said, line)
    if state.view is None:
        return intro.relation == SUPPORTS and _join(state, said, SUPPORTS, state.told, line)
    return _speaks(state, claim(state, said, line, intro.kind or EVIDENCE, is_clause=True), intro.relation, line)


def _by_verb(state: LessonState, head: str, said: str, line: Line) -> bool:
    """`Drilling later confirmed that …`, `Hess suggested that …`."""
    words = lower_words(head)
    verb = next((word for word in reversed(words[1:]) if not is_manner(word) and word not in PREPOSITIONS), "")
    if state.intros.device("objecting", [verb]) and state.view:
        return _speaks(state, claim(state, said, line, is_clause=True), OPPOSES, line)
    subject = DATED.sub("", head)[: DATED.sub("", head).lower().rfind(verb)].strip(" ,") if verb else ""
    if not subject:
        return False
    if _finds(state, verb):
        return _found(state, f"{head} that {said}", said, line)
    holds = state.intros.device("holding", [verb]) or _predicts(state, verb)
    held = claim(state, said, line, is_clause=True) if holds else None
    holder = _holder(state, subject, line) if held else None
    if held and _predicts(state, verb):
        state.edge(holder or state.holder or state.view, PREDICTS, held, line)
        state.view = held
    elif held:
        state.edge(held, ABOUT, holder, line)
        state.holder = holder
        _argues_for(state, held)
    return held is not None


def _found(state: LessonState, sentence: str, said: str, line: Line) -> bool:
    """What somebody found: for the view, for what the paragraph began with, or for what it comes to conclude."""
    told = claim_in(said, is_clause=True) or claim_in(DATED.sub("", sentence))
    if told is None:
        return False
    if state.view is not None:
        return _speaks(state, claim(state, told, line, EVIDENCE, is_clause=True), SUPPORTS, line)
    first = claim_in(state.opened or "", is_clause=True) if not DATED.match(state.opened or "") else None
    if first is None:
        state.findings.append((told, line))
        return False
    state.edge(
        claim(state, told, line, EVIDENCE, is_clause=True), SUPPORTS, claim(state, first, line, is_clause=True), line
    )
    return True


def _argues_for(state: LessonState, view: str) -> None:
    """A view that somebody came to hold; what was found before in its paragraph speaks for it."""
    state.view = view
    for told, line in state.findings:
        state.edge(claim(state, told, line, EVIDENCE, is_clause=True), SUPPORTS, view, line)
    state.findings.clear()


def _finds(state: LessonState, verb: str) -> bool:
    return state.intros.device("finding", [verb])


def _predicts(state: LessonState, verb: str) -> bool:
    return state.intros.verb(PREDICTS, verb)


def _holder(state: LessonState, subject: str, line: Line) -> str | None:
    """Who holds a view: a person by name, or a theory that the page names."""
    subject = without_brackets(subject)
    if _PERSON.fullmatch(subject) and (" " in subject or state.times_said(subject) > 1):
        return term(state, subject, line, AGENT)
    name = without_article(subject)
    definite = subject.lower().startswith("the ") and " " in name and not name.endswith("s")
    return term(state, name, line) if definite or state.known(name) else None


def _proposed(state: LessonState, text: str, line: Line) -> bool:
    """`In 1912 Alfred Wegener proposed continental drift`: who brought what, which is argued for from there on."""
    dated = DATED.match(text)
    text = text[dated.end() :] if dated else text
    if by := _BY.search(text):
        return _brought(state, text[: by.start()], by, line)
    person = _PERSON.match(text)
    if person is None or not (dated or " " in person[0]):
        return False
    words = [word for word in lower_words(text[person.end() :])[:3] if word not in ("first", "also", "had")]
    if not words or not state.intros.device("proposing", words[:1]):
        return False
    behind = re.split(rf"\b{re.escape(words[0])}\b", text[person.end() :], maxsplit=1, flags=re.IGNORECASE)[-1]
    thing = term(state, noun_phrase(behind), line)
    if thing is None:
        return False
    state.edge(term(state, person[0], line, AGENT), ABOUT, thing, line)
    state.view = thing
    return True


def _brought(state: LessonState, before: str, by: re.Match[str], line: Line) -> bool:
    """`antiseptic surgery, introduced by Joseph Lister`, `the theory was refined by Galen`."""
    if not state.intros.device("proposing", [by["verb"].lower()]):
        return False
    apposed = by[0].startswith(",")
    if not apposed and verb_place(lower_words(before)):
        return False
    name = noun_phrase(_JOINED.split(before)[-1] if apposed else before)
    thing = term(state, name if name and is_term(state, name) else subject_told(state, state.told), line)
    if thing is not None:
        state.edge(term(state, by["who"], line, AGENT), ABOUT, thing, line)
    return thing is not None


def _announced(state: LessonState, text: str) -> str | None:
    """Whether the sentences that follow speak for the view (`there was a good deal in its favour`) or against it."""
    if state.view is None or ":" in text:
        return None
    if _AGAINST.search(text):
        return OPPOSES
    return SUPPORTS if _IN_FAVOUR.search(text) else None


def _speaks(state: LessonState, said: str | None, relation: str, line: Line) -> bool:
    """Evidence for or against what the section argues for, which so is a claim."""
    if said is None or state.view is None:
        return said is not None
    view = state.nodes[state.view]
    if view.kind in (CONCEPT, METHOD):
        view.kind = CLAIM
    state.edge(said, relation, state.view, line)
    return True


def _join(
    state: LessonState, one: str | None, relation: str, other: str | None, line: Line, *, both_clauses: bool = True
) -> bool:
    """Two claims and what joins them; neither is made where the other is none."""
    source, target = claim_in(one or "", is_clause=True), claim_in(other or "", is_clause=both_clauses)
    if source is None or target is None:
        return False
    ends = [claim(state, said, line, is_clause=True) for said in (source, target)]
    state.edge(ends[0], relation, ends[1], line)
    return True


def _reasoned(state: LessonState, text: str, line: Line) -> bool:
    """`A because B`, `Since A, B`, `A, so B`, `A. Therefore B`, `A is due to B`."""
    if reason := _REASON_IS.match(text):
        return _join(state, reason[1], SUPPORTS, state.told, line)
    if first := _REASON_FIRST.match(without_joining(text)):
        since = first[0][:5].lower() == "since"
        return (not since or verb_place(lower_words(first[1])) > 0) and _join(state, first[1], LEADS_TO, first[2], line)
    if inside := _reason_inside(text):
        return _because(state, text[: inside.start()], text[inside.end() :], line)
    if inside := _RESULT_INSIDE.search(text):
        before, behind = text[: inside.start()], text[inside.end() :]
        return _join(state, before, LEADS_TO, behind, line, both_clauses=False)
    if result := _RESULT.match(text):
        return _join(state, state.told, LEADS_TO, text[result.end() :], line)
    if without := _WITHOUT.search(text):
        return _needs(state, text[: without.start()], text[without.end() :], line)
    if (possible := _POSSIBLE.match(without_joining(text))) and _needs(
        state, possible["what"], possible["cause"], line
    ):
        return True
    if essential := _ESSENTIAL.search(text):
        return _needs(state, text[essential.end() :], text[: essential.start()], line)
    if although := _ALTHOUGH.search(text):
        return _join(state, text[although.end() :], OPPOSES, text[: although.start()], line)
    if due := _DUE.search(text):
        return _due(state, text[: due.start()], text[due.end() :], line)
    return False


def _reason_inside(text: str) -> re.Match[str] | None:
    """Where the reason begins; `since` with nothing but a place before it does not join two clauses."""
    inside = _REASON_INSIDE.search(text)
    since = inside is not None and inside[0].strip(" ,").lower() == "since"
    return inside if inside and (not since or verb_place(lower_words(text[: inside.start()]))) else None


def _needs(state: LessonState, one: str, other: str, line: Line) -> bool:
    """One thing that cannot be without another."""
    needed, need = noun_phrase(without_joining(one)), noun_phrase(without_joining(other))
    if needed is None or need is None or not is_term(state, needed) or not is_term(state, need):
        return False
    state.edge(term(state, needed, line), REQUIRES, term(state, need, line), line)
    return True


def _because(state: LessonState, said: str, reason: str, line: Line) -> bool:
    """A claim and its reasons; the reasons for which somebody disputes a view speak against it."""
    reasons = _FURTHER.split(reason)
    verb = next((word for word in words_of(said)[1:] if _disputes(state, word.lower())), None)
    if verb is None:
        return any([_join(state, one, SUPPORTS, said, line) for one in reasons])
    disputed = noun_phrase(said.partition(verb)[2]) or ""
    state.view = term(state, disputed.removeprefix("existence of "), line) or state.view
    if state.view is None:
        return any([_join(state, one, SUPPORTS, said, line) for one in reasons])
    return any([_speaks(state, claim(state, one, line, is_clause=True), OPPOSES, line) for one in reasons])


def _disputes(state: LessonState, verb: str) -> bool:
    return state.intros.verb(OPPOSES, verb) or state.intros.device("objecting", [verb])


def _due(state: LessonState, left: str, right: str, line: Line) -> bool:
    """What something is due to: a name or a claim, and names."""
    causes, _ = noun_phrases(right)
    left = without_joining(left)
    effect = term(state, noun_phrase(left), line) if not verb_place(lower_words(left)) else claim(state, left, line)
    for cause in causes if effect else ():
        state.edge(term(state, cause, line), LEADS_TO, effect, line)
    return effect is not None
