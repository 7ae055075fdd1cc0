"""Days in running text: marks behind names, what was seen on an earlier day, what a later one will bring."""

import re

from conceptmap.notes.lesson.clauses import subject_of
from conceptmap.notes.lesson.lesson_blocks import Question, Statement, Thread
from conceptmap.notes.lesson.phrases import noun_phrases
from conceptmap.notes.lesson.state import PROSE, LessonState
from conceptmap.notes.lesson.words import (
    ADVERBS,
    DAYS_MARKED,
    FUNCTION_WORDS,
    IN_NAMES,
    SPEAKERS,
    UNIT_NAMED,
    is_name,
    lower_words,
    without_article,
    without_days,
    without_end_sign,
)
from conceptmap.notes.page.markdown import Line
from ontology.model import MAX_DAY
from ontology.terms import ABOUT, CLAIM, CONCEPT, INTRODUCED_ON, PART_OF, UNIT

_RECALLED = re.compile(r"(.{0,60}?)\bday ([0-9]{1,5})\b,?(.{0,60}?)\bthat\s+(.+)", re.IGNORECASE | re.DOTALL)
_DERIVED = re.compile(
    r"(?:on day ([0-9]{1,5}),?\s+(?:we|you)\s+(\w+)\s+([^,;:.]+)"
    r"|(?:we|you)\s+(\w+)\s+([^,;:.]+?)\s+on day ([0-9]{1,5}))\s*[,;:.]",
    re.IGNORECASE,
)
_SEEN = re.compile(r"as .{0,30}?\bday ([0-9]{1,5})\b[^,]{0,20},\s+(.+)", re.IGNORECASE | re.DOTALL)
_COMING = re.compile(
    r"(?:^|[,;:.]|\band\b|\bbut\b)\s*(?:(?:and|then|tomorrow|next|later|on),?\s+)*day ([0-9]{1,5})\b,?\s+",
    re.IGNORECASE,
)
_GENERIC = re.compile(r"\Aan?\s+(?=(?:[\w-]+\s+){1,3}?(?:is|needs|requires|has)\b)", re.IGNORECASE)
"""An article before what is said of all of a sort: `A phoneme is a sound`."""

_WITH = re.compile(r"\s+with\s+")
_IN_YEAR = re.compile(r"\s+in [0-9]{4}\Z")

_DEMONSTRATIVES = frozenset("this that these those such his her its their".split())

MAX_DAYS = 9
"""Days after the first that a mark may name: `(Days 29-30)`; more of them are a typing error."""

MAX_WORDS_OF_RECALL = 6
"""Words beside the day before `that`: `We saw on Day 2 that`; more of them say something by themselves."""

MAX_WORDS_TO_VERB = 4
"""Words behind a day among which the verb stands that announces: `Day 33 will then introduce`."""


def read_day_marks(state: LessonState, piece: Statement | Thread | Question) -> bool:
    """`… will cover generation strategies (Day 27) and a project (Days 29-30)`; the words may say more."""
    begin = 0
    for mark in DAYS_MARKED.finditer(piece.text):
        text, begin = piece.text[begin : mark.start()], mark.end()
        name = None if piece.text[begin:].strip() in (":", "：") else _name_before(state, text)
        first, last = int(mark[1]), int(mark[2] or mark[1])
        if name is None or not first <= last <= min(first + MAX_DAYS, MAX_DAY):
            continue
        node = state.node(name, CONCEPT, piece.line, rank=PROSE)
        for day in range(first, last + 1):
            state.edge(node, INTRODUCED_ON, state.day_node(day, piece.line), piece.line)
        if isinstance(piece, Question):
            state.edge(state.known(piece.text), ABOUT, node, piece.line)
    return False


def _name_before(state: LessonState, text: str) -> str | None:
    """The name at the end of a text: back to a comma, a word that only joins, or a verb that announces."""
    words = re.split(r"[,;:—–]", _IN_YEAR.sub("", text))[-1].split()
    kept: list[str] = []
    for word in reversed(words):
        small = word.lower()
        if small in _DEMONSTRATIVES and kept:
            return None
        if small in FUNCTION_WORDS - IN_NAMES or state.intros.device("announce", [small]) or len(kept) == 5:
            break
        kept.insert(0, word)
    while kept and kept[0].lower() in FUNCTION_WORDS:
        kept = kept[1:]
    if kept and kept[0].lower() in ADVERBS:
        return None
    known = [name for at in range(len(kept)) if state.known(name := " ".join(kept[at:]))]
    name = known[0] if known else " ".join(kept)
    return name if is_name(name, 5) else None


def read_recalled(state: LessonState, piece: Statement) -> bool:
    """`We saw on Day 2 that yeast makes gas.`, `As we saw on Day 2, yeast makes gas.`: a claim of that day."""
    seen = _SEEN.match(piece.text)
    found = seen or _RECALLED.match(piece.text)
    if found is None:
        return False
    day, told = (int(found[1]), found[2]) if seen else (int(found[2]), found[4])
    words = lower_words(piece.text[: found.start(2)] if seen else f"{found[1]} {found[3]}")
    said, spoken = without_end_sign(told), lower_words(told)
    words = [word for word in words if not (seen and (word == "day" or word.isdigit()))]
    if day > MAX_DAY or len(words) > MAX_WORDS_OF_RECALL or len(spoken) < 3 or not SPEAKERS.isdisjoint(spoken):
        return False
    if not any(state.intros.device("taught", [word]) for word in words):
        return False
    claim = state.node(without_days(said), CLAIM, piece.line)
    state.edge(claim, INTRODUCED_ON, state.day_node(day, piece.line), piece.line)
    name_subject(state, claim, said, piece.line)
    return True


def read_met(state: LessonState, piece: Statement) -> bool:
    """`On Day 7 we derived the Coriolis effect.`, `You met gyres on Day 3.`: a name of that day."""
    found = _DERIVED.match(piece.text)
    if found is None:
        return False
    day, verb, told = int(found[1] or found[6]), (found[2] or found[4]).lower(), found[3] or found[5]
    names, rest = noun_phrases(told)
    if day > MAX_DAY or rest or not names or not state.intros.device("taught", [verb]):
        return False
    for name in names:
        node = state.like(name) or state.node(name, CONCEPT, piece.line, rank=PROSE)
        state.edge(node, INTRODUCED_ON, state.day_node(day, piece.line), piece.line)
    return False


def read_coming(state: LessonState, piece: Statement) -> bool:
    """`Day 33 will introduce VLAs, and Day 42 closes the week with a review.`: what comes up on which day."""
    places = list(_COMING.finditer(piece.text))
    for number, place in enumerate(places):
        end = places[number + 1].start() if number + 1 < len(places) else len(piece.text)
        if int(place[1]) <= MAX_DAY and state.day < int(place[1]):
            told = piece.text[place.end() : end]
            told = f"turns {told}" if number and told.startswith("to ") else told
            _announced(state, int(place[1]), told, piece.line)
    return False


def _announced(state: LessonState, day: int, told: str, line: Line) -> None:
    words = told.split()
    near = [word.lower().strip(",.;") for word in words[:MAX_WORDS_TO_VERB]]
    at = next((at for at, word in enumerate(near) if state.intros.device("announce", [word])), None)
    if at is None:
        return
    rest = " ".join(words[at + 1 :])
    rest = re.sub(r"\A(?:us|you)\s+", "", rest)
    behind = rest.split(" ", 1)
    rest = behind[1] if len(behind) > 1 and behind[0].lower() in ("to", "into", "at", "on", "with", "by") else rest
    where = state.day_node(day, line)
    if (unit := UNIT_NAMED.match(rest)) is not None:
        state.edge(where, PART_OF, state.node(unit[0], UNIT, line), line)
    carried = _WITH.split(rest)
    rest = carried[1] if len(carried) == 2 else rest
    for name in _announced_names(rest):
        state.edge(state.node(name, CONCEPT, line, rank=PROSE), INTRODUCED_ON, where, line)


def _announced_names(text: str) -> list[str]:
    """What is announced: one name with what is told of it in a few words, else the plain names."""
    whole = without_article(re.split(r"[,;:.(]|\s+and\s+", text, maxsplit=1)[0].strip())
    names, _ = noun_phrases(text)
    if names and len(names) == 1 and whole.startswith(names[0]) and is_name(whole, 4):
        return [whole]
    return [name for name in names if not any(char.isdigit() for char in name)]


def name_subject(state: LessonState, said: str | None, text: str, line: Line) -> str | None:
    """Say what a claim or a piece of evidence is about: the name before its verb, if it is one; the key of that."""
    name = subject_of(without_days(text).split(";")[0], state.intros)
    if said is None or name is None or not state.may_name(name, _GENERIC.sub("", text)):
        return None
    node = state.like(name) or _described(state, name, text) or state.node(name, CONCEPT, line, rank=PROSE)
    state.edge(said, ABOUT, node, line)
    return node


def _described(state: LessonState, name: str, text: str) -> str | None:
    """The known noun that one word before it describes and was cut from: `Red soils below the sand need rain`."""
    words = text.split()
    return state.like(words[1].strip(",;")) if " " not in name and words[:1] == [name] and len(words) > 1 else None
