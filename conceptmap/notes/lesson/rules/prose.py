"""Running text: the page's unit and opening words, leads with what they say, readings, days, plain sentences."""

import re

from conceptmap.notes.lesson.lesson_blocks import IntroducedList, LessonText, Question, Sentence, Statement, Thread
from conceptmap.notes.lesson.state import MAX_SAID, PROSE, LessonState
from conceptmap.notes.lesson.words import (
    ARTICLES,
    DURATION,
    FUNCTION_WORDS,
    NEAR,
    OPENERS,
    SPEAKERS,
    UNIT_NAMED,
    is_length_of_time,
    is_name,
    lower_words,
    names_in,
    sentences_of,
    without_article,
    without_end_sign,
    without_quotes,
    words_of,
)
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import OPENING
from ontology.model import MAX_DAY
from ontology.terms import (
    ABOUT,
    CITES,
    CLAIM,
    CONCEPT,
    PART_OF,
    REQUIRES,
    SOURCE,
    SUPPORTS,
    UNIT,
)

_DASH = re.compile(r"\s*[—–:]\s*|\s+-\s+")
_NOTES = re.compile(r"\bday (\d{1,5})(?:'s|’s)? notes(?: (?:on|about) ([^.;:?!]+))?", re.IGNORECASE)
_AGAIN = re.compile(r"\A\s*(?:\((?:or )?[\w-]+\)|(?:or )?re-?read|again)\s+", re.IGNORECASE)
_AUTHOR = re.compile(r"\s+by\s+[A-Z].*")
_THEN = re.compile(r"\A(?:then|now|next|finally|first|afterwards|also),?\s+(?=\w)", re.IGNORECASE)
_TOLD_OF = re.compile(r",?\s+(?:for|on) (?:the|an?|more|details)\b.*|,\s+(?:the|an?|which|who)\b.*")
_SORT_OF_TEXT = re.compile(r"\A(?:the (?:essay|paper|article|book|chapter)|chapter \d+ of)\s+")

_MAX_MOTTO = 4 * MAX_SAID
"""Characters of a quotation that are read for what it claims and asks."""

_MAX_LEAD = 9
"""Words before a colon that may be a cue, or a subject and a verb; more of them are a sentence of their own."""

_TITLED = 0.7
"""The share of a title's words, but for those that only join, that have a capital: `The Bitter Lesson`."""


def read_unit(state: LessonState, block: LessonText) -> bool:
    """`Phase II — Attention, Scaling | Week 4 | 2 hours "…"`: what the day and its topics belong to, how long it takes.

    Behind it stands the motto.
    """
    if not block.opening:
        return False
    text, line = block.text, block.line
    quote = min((at for sign in '"“' if (at := text.find(sign)) >= 0), default=len(text))
    head, rest = text[:quote].strip(), text[quote:].strip()
    parts = [part.strip() for part in head.split("|")]
    first = UNIT_NAMED.match(parts[0])
    if first is None or (len(parts) == 1 and not _DASH.match(head[first.end() :])):
        return False
    day = state.today(line)
    for part in parts:
        if is_length_of_time(part):
            state.nodes[day].data.setdefault(DURATION, part)
        if (unit := UNIT_NAMED.match(part)) is None:
            continue
        node = state.node(unit[0], UNIT, line)
        state.edge(day, PART_OF, node, line)
        for topic in names_in(_DASH.sub("", part[unit.end() :], count=1)):
            state.edge(_topic(state, topic, line), PART_OF, node, line)
    if rest:
        _motto(state, without_quotes(rest), line)
    return True


def _topic(state: LessonState, topic: str, line: Line) -> str | None:
    """A unit's topic; a single word may be short for the one name that holds it."""
    words = lower_words(topic)
    if len(words) == 1 and state.known(topic) is None:
        longer = [key for key in state.nodes if words[0] in key.split() and len(key.split()) == 2]
        if len(longer) == 1:
            return longer[0]
    return state.node(topic, CONCEPT, line, rank=PROSE)


def read_quotation(state: LessonState, block: LessonText) -> bool:
    """A quotation, or a paragraph in quotation marks at the top of the page."""
    text = without_quotes(block.text)
    if not block.quoted and not (block.opening and text != block.text):
        return False
    _motto(state, text, block.line, argues=block.opening)
    return True


def _motto(state: LessonState, text: str, line: Line, *, argues: bool = True) -> None:
    """A motto: its first statement, what else it states for it if it `argues`, and what it asks.

    One statement before a question only leads up to it.
    """
    first: str | None = None
    sentences = sentences_of(text[:_MAX_MOTTO])
    claims = [one for one in sentences if not one.endswith("?") and _claims(lower_words(one))]
    for sentence in sentences:
        if sentence.endswith("?"):
            state.ask(Question(sentence, line))
        elif sentence in claims and (len(claims) > 1 or not sentences[-1].endswith("?")):
            claim = state.node(without_end_sign(sentence), CLAIM, line, rule=OPENING)
            if argues:
                state.edge(claim, SUPPORTS, first, line, rule=OPENING)
            if first is None and claim:
                first = claim
                state.statements.append(claim)


def _claims(words: list[str]) -> bool:
    """Whether a sentence of a motto says something by itself, and not to the reader or of nobody in particular."""
    if len(words) < 3:
        return False
    points = words[0] in (OPENERS | FUNCTION_WORDS) - ARTICLES - {"no"} or words[0].endswith(("'s", "body"))
    return not points and SPEAKERS.isdisjoint(words)


def read_after_colon(state: LessonState, block: LessonText) -> bool:
    """A lead and what it says, in one paragraph: `The synthesis: …`, `The lesson predicts: …`, `Your goal: …`."""
    head, _, rest = block.text.partition(":")
    if not rest.strip() or len(head.split()) > _MAX_LEAD or "//" in rest[:2] or _reads(state, head):
        return False
    asked = sentences_of(rest)
    if all(sentence.endswith("?") for sentence in asked) and not state.intros.device("prompt", lower_words(head)[:1]):
        for sentence in asked:
            state.ask(Question(sentence.strip(), block.line))
        return True
    spoken = not SPEAKERS.isdisjoint(lower_words(head))
    intro, line = None if spoken else state.intros.read(head, listed=False), block.line
    if intro is None:
        return _threaded(state, head, rest, line) or _goal(state, head, rest, line)
    if intro.device == "synthesis":
        sentences = tuple(line._replace(text=sentence) for sentence in sentences_of(rest))
        return state.ask(IntroducedList(line, sentences, intro=intro))
    if intro.relation is None or not (intro.subject or intro.kind) or intro.device or intro.day is not None:
        return False
    first, *others = sentences_of(rest) if intro.kind != CLAIM else [rest.strip()]
    item = line._replace(text=first)
    read = state.ask(IntroducedList(line._replace(text=f"{head}:"), (item,), intro=intro))
    for other in others if read else ():
        state.ask((Sentence if other.endswith("?") else Statement)(other, line))
    return read


def _threaded(state: LessonState, head: str, rest: str, line: Line) -> bool:
    """`Further threads: heat transport (Day 5), sea level, and the fate of plastic.`"""
    intro = state.intros.read(head)
    pieces = [piece.strip() for piece in re.split(r",\s+(?:and\s+)?", without_end_sign(rest)) if piece.strip()]
    if intro is None or intro.device != "threads" or len(pieces) < 2 or len(sentences_of(rest)) > 1:
        return False
    for piece in pieces:
        state.ask(Thread(piece, line))
    return True


def _reads(state: LessonState, head: str) -> bool:
    """Whether words before a colon are the beginning of a title to read: `Read Debt: The First 5000 Years`."""
    at = state.intros.device_at("reading", lower_words(head)[:1])
    return at is not None and len(head.split()) > 1 and head.split()[1][:1].isupper()


def read_goal(state: LessonState, piece: Sentence) -> bool:
    """`… your ultimate goal: robot intelligence`."""
    head, _, rest = piece.text.partition(":")
    return _goal(state, head, rest, piece.line)


def _goal(state: LessonState, head: str, rest: str, line: Line) -> bool:
    name = without_article(without_end_sign(rest))
    if not state.intros.device("goal", lower_words(head)[-NEAR:]) or not is_name(name, 4):
        return False
    goal = state.node(name, CONCEPT, line, rank=PROSE, rule=OPENING)
    state.edge(state.today(line), ABOUT, goal, line, rule=OPENING)
    return True


def read_day_notes(state: LessonState, piece: Sentence) -> bool:
    """`your Day 5 notes on information theory and compression`."""
    notes = _NOTES.search(piece.text)
    if notes is None:
        return False
    day, line = int(notes[1]), piece.line
    if day <= MAX_DAY:
        source = state.node(f"Day {day} notes", SOURCE, line)
        state.edge(state.today(line), REQUIRES, source, line)
        topics = [state.node(name, CONCEPT, line) for name in names_in(notes[2] or "")]
        for topic in topics:
            state.edge(source, ABOUT, topic, line)
    return True


def read_source(state: LessonState, piece: Sentence) -> bool:
    """`Read (or re-read) The Bitter Lesson.`: a source, and perhaps the idea that the page argues about."""
    words = _THEN.sub("", piece.text).split()
    seen = words[0].lower() == "see"
    at = (0, 1) if seen else state.intros.device_at("reading", lower_words(" ".join(words[:NEAR])))
    if at is None or at[0] > 0:
        return False
    title = _AUTHOR.sub("", without_end_sign(_AGAIN.sub("", " ".join(words[at[1] :])))).strip(' "“”*_')
    title = _TOLD_OF.sub("", title).strip(' "“”*_')
    title = _SORT_OF_TEXT.sub("", title).strip(' "“”*_')
    if not _is_title(title):
        return False
    if seen:
        state.edge(state.today(piece.line), CITES, state.node(title, SOURCE, piece.line), piece.line)
        return True
    line, argued = piece.line, state.times_said(without_article(title)) > 1
    state.source = state.node(f"{title} (text)" if argued else title, SOURCE, line)
    state.thesis = state.node(title, CLAIM, line) if argued else None
    state.claim = None
    state.edge(state.today(line), REQUIRES, state.source, line)
    return True


def _is_title(text: str) -> bool:
    """Whether words are a title: up to ten with capitals, no sentence, and no day of the course."""
    words = [word for word in words_of(text) if word.lower() not in FUNCTION_WORDS]
    capitals = sum(word[0].isupper() for word in words)
    if not 0 < len(words) <= 10 or capitals < _TITLED * len(words) or text.endswith(":"):
        return False
    if re.match(r"(?:day|section|chapter|part|figure|table|page|week|lecture)\b", text, re.IGNORECASE):
        return False
    return not re.search(r"[.?!]\s", text)


def read_name_in_brackets(state: LessonState, piece: Statement) -> bool:
    """`why transformers work (attention)`: the name in brackets says something of the name before them."""
    begin = 0
    for inside in re.finditer(r"\(([^()]+)\)", piece.text):
        clause = re.split(r"[,;:]", piece.text[begin : inside.start()])[-1]
        begin = inside.end()
        one = state.known(inside[1])
        names = [name for word in words_of(clause) if (name := state.known(word))]
        if one and names and not state.are_joined(one, names[-1]):
            state.edge(one, ABOUT, names[-1], piece.line)
    return False
