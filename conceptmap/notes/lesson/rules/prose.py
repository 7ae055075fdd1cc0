"""Running text: the page's opening words, units, readings, notes of other days, days to come, a synthesis."""

import re

from conceptmap.notes.lesson.lesson_blocks import Listed
from conceptmap.notes.lesson.rules.lists import read_chain, read_conclusions, read_list, read_names
from conceptmap.notes.lesson.rules.questions import read_prompt, read_question
from conceptmap.notes.lesson.state import MAX_SAID, Page
from conceptmap.notes.lesson.words import (
    FUNCTION_WORDS,
    OPENERS,
    is_name,
    lower_words,
    names_in,
    sentences_of,
    stopped,
    without_article,
    without_brackets,
    words_of,
)
from conceptmap.notes.page.blocks import Line
from conceptmap.notes.rule_classes import DAY_MARK, KNOWN_NAME, OPENING, QUESTION, READING, SYNTHESIS, TOLD
from conceptmap.notes.rule_classes import UNIT as UNIT_RULE
from ontology.model import MAX_DAY
from ontology.terms import (
    ABOUT,
    CLAIM,
    CONCEPT,
    CONTRASTS_WITH,
    EXAMPLE_OF,
    INTRODUCED_ON,
    LEADS_TO,
    PART_OF,
    REPLACES,
    REQUIRES,
    SOURCE,
    SUPPORTS,
    UNIT,
)

_UNIT = re.compile(
    r"\b(?:phase|week|part|module|unit|chapter|block|term|stage)\s+(?:[IVXLC]+|\d{1,3})\b", re.IGNORECASE
)
_DASH = re.compile(r"\s*[—–:]\s*|\s+-\s+")
_QUOTE = re.compile(r"\A[\"“](.+)[\"”]\Z", re.DOTALL)
_NOTES = re.compile(r"\bday (\d{1,5})(?:'s|’s)? notes(?: (?:on|about) ([^.;:?!]+))?", re.IGNORECASE)
_DAYS = re.compile(r"\s*\(days? (\d{1,5})(?:\s*[-–—]\s*(\d{1,5}))?\)", re.IGNORECASE)
_AGAIN = re.compile(r"\A\s*(?:\((?:or )?[\w-]+\)|(?:or )?re-?read|again)\s+", re.IGNORECASE)
_AUTHOR = re.compile(r"\s+by\s+[A-Z].*")
MAX_OPENING = 6
"""Passages from the top of the page in which its unit and its opening words stand."""


def read_text(page: Page, line: Line, *, quoted: bool, opening: bool) -> None:
    """Read a paragraph."""
    text = line.text
    if page.asking and text.rstrip('"”)').endswith("?"):
        page.asking = False
        quote = _QUOTE.match(text)
        read_question(page, quote[1] if quote else text, line, QUESTION)
        return
    page.asking = False
    if opening and (rest := _units(page, line)) is not None:
        text, quoted = rest, bool(rest)
    if quoted or (opening and _QUOTE.match(text)):
        quote = _QUOTE.match(text)
        _opening(page, quote[1] if quote else text, line)
    elif text and not (read_prompt(page, text, line) or read_chain(page, text, line) or _colon(page, text, line)):
        for sentence in sentences_of(text):
            if len(sentence) <= MAX_SAID:
                _sentence(page, sentence, line)


def _units(page: Page, line: Line) -> str | None:
    """`Phase II — Attention, Scaling | Week 4 "…"`: answers what stands behind; None if it is no such line."""
    quote = min((at for sign in '"“' if (at := line.text.find(sign)) >= 0), default=len(line.text))
    head, rest = line.text[:quote].strip(), line.text[quote:].strip()
    parts = [part.strip() for part in head.split("|")]
    first = _UNIT.match(parts[0])
    if first is None or (len(parts) == 1 and not _DASH.match(head[first.end() :])):
        return None
    day = page.found.today(line, UNIT_RULE)
    for part in parts:
        if (unit := _UNIT.match(part)) is None:
            continue
        node = page.found.node(unit[0], UNIT, line, UNIT_RULE)
        page.found.edge(day, PART_OF, node, line, UNIT_RULE)
        topics = names_in(_DASH.sub("", part[unit.end() :], count=1))
        for topic in topics:
            page.found.edge(_topic(page, topic, line), PART_OF, node, line, UNIT_RULE)
    return rest


def _topic(page: Page, topic: str, line: Line) -> str | None:
    """A unit's topic; a single word may be short for the one name that holds it."""
    words = lower_words(topic)
    if len(words) == 1 and page.found.known(topic) is None:
        longer = [key for key in page.found.nodes if words[0] in key.split() and len(key.split()) == 2]
        if len(longer) == 1:
            return longer[0]
    return page.found.node(topic, CONCEPT, line, UNIT_RULE, rank=0)


def _opening(page: Page, text: str, line: Line) -> None:
    """A motto: its first statement, what else it states for it, and what it asks."""
    first: str | None = None
    for sentence in sentences_of(text[: 4 * MAX_SAID]):
        words = lower_words(sentence)
        if sentence.endswith("?"):
            read_question(page, sentence, line)
        elif len(words) >= 3 and words[0] not in OPENERS and not words[0].endswith("'s"):
            claim = page.found.node(stopped(sentence), CLAIM, line, OPENING)
            page.found.edge(claim, SUPPORTS, first, line, OPENING)
            if first is None and claim:
                first = claim
                page.statements.append(claim)


def _colon(page: Page, text: str, line: Line) -> bool:
    """A lead and one thing that it says, in one paragraph: `The synthesis: …`, `The lesson predicts: …`."""
    head, colon, rest = text.partition(":")
    if not colon or not rest.strip() or len(head.split()) > 9 or "//" in rest[:2]:
        return False
    lead = page.leads.read(head, listed=False)
    if lead is None:
        return _goal(page, head, rest, line)
    if lead.device == "synthesis":
        read_conclusions(page, sentences_of(rest), line)
    elif lead.relation is not None and (lead.subject or lead.kind) and lead.device is None and lead.day is None:
        item = line._replace(text=rest.strip())
        read_list(page, Listed(line._replace(text=f"{head}:"), (item,)), lead)
    else:
        return False
    return True


def _goal(page: Page, head: str, rest: str, line: Line) -> bool:
    """`… your ultimate goal: robot intelligence`."""
    name = without_article(stopped(rest))
    if not page.leads.device("goal", lower_words(head)[-4:]) or not is_name(name, 4):
        return False
    goal = page.found.node(name, CONCEPT, line, OPENING, rank=0)
    page.found.edge(page.found.today(line, OPENING), ABOUT, goal, line, OPENING)
    return True


def _sentence(page: Page, sentence: str, line: Line) -> None:
    if ":" in sentence:
        head, _, rest = sentence.partition(":")
        if _goal(page, head, rest, line):
            return
    if notes := _NOTES.search(sentence):
        _notes(page, notes, line)
    elif not _reading(page, sentence, line) and not sentence.endswith("?"):
        _announced(page, sentence, line)
        _related(page, stopped(sentence), line)
        _explained(page, sentence, line)


def _notes(page: Page, notes: re.Match[str], line: Line) -> None:
    """`your Day 5 notes on information theory and compression`."""
    if int(notes[1]) > MAX_DAY:
        return
    source = page.found.node(f"Day {int(notes[1])} notes", SOURCE, line, READING)
    page.found.edge(page.found.today(line, READING), REQUIRES, source, line, READING)
    for topic in read_names(page, notes[2] or "", CONCEPT, line, READING):
        page.found.edge(source, ABOUT, topic, line, READING)


def _reading(page: Page, sentence: str, line: Line) -> bool:
    """`Read (or re-read) The Bitter Lesson.`: a source, and perhaps the idea that the page argues about."""
    at = page.leads.device_at("reading", lower_words(sentence)[:4])
    if at is None or at[0] > 0:
        return False
    rest = " ".join(sentence.split()[at[1] :])
    title = _AUTHOR.sub("", stopped(_AGAIN.sub("", rest))).strip(' "“”*_')
    title = re.sub(r"\A(?:the (?:essay|paper|article|book|chapter)|chapter \d+ of)\s+", "", title).strip(' "“”*_')
    words = [word for word in words_of(title) if word.lower() not in FUNCTION_WORDS]
    if not 0 < len(words) <= 10 or sum(word[0].isupper() for word in words) < 0.7 * len(words) or ":" in title[-1:]:
        return False
    if re.match(r"day \d+", title, re.IGNORECASE) or re.search(r"[.?!]\s", title):
        return False
    argued = page.times_said(without_article(title)) > 1
    page.source = page.found.node(f"{title} (text)" if argued else title, SOURCE, line, READING)
    page.thesis = page.found.node(title, CLAIM, line, READING) if argued else None
    page.claim = None
    page.found.edge(page.found.today(line, READING), REQUIRES, page.source, line, READING)
    return True


def _announced(page: Page, sentence: str, line: Line) -> None:
    """`… will cover generation strategies (Day 27) and a project (Days 29-30)`."""
    begin = 0
    for mark in _DAYS.finditer(sentence):
        name = _name_before(page, sentence[begin : mark.start()])
        begin = mark.end()
        if name is None:
            continue
        first, last = int(mark[1]), int(mark[2] or mark[1])
        if not first <= last <= min(first + 9, MAX_DAY):
            continue
        node = page.found.node(name, CONCEPT, line, DAY_MARK, rank=0)
        for day in range(first, last + 1):
            page.found.edge(node, INTRODUCED_ON, page.found.day_node(day, line, DAY_MARK), line, DAY_MARK)


def _related(page: Page, sentence: str, line: Line) -> None:
    """`Diffusion policies build on denoising`: two names and a verb of the vocabulary, and nothing else."""
    stated = page.leads.stated(without_brackets(sentence))
    if stated is None or stated[1].name not in _TOLD:
        return
    subject, relation, inverse, rest = stated
    targets = names_in(rest, 4)
    if not targets or not is_name(without_article(subject), 4):
        return
    one = page.found.node(without_article(subject), CONCEPT, line, TOLD, rank=0)
    name = CONTRASTS_WITH if relation.name == REPLACES else relation.name
    for target in targets:
        other = page.found.node(target, CONCEPT, line, TOLD, rank=0)
        page.found.edge(*((other, name, one) if inverse else (one, name, other)), line, TOLD)


_TOLD = frozenset((REQUIRES, PART_OF, EXAMPLE_OF, REPLACES, LEADS_TO, CONTRASTS_WITH))


def _explained(page: Page, sentence: str, line: Line) -> None:
    """`why transformers work (attention)`: the name in brackets says something of the name before them."""
    begin = 0
    for inside in re.finditer(r"\(([^()]+)\)", sentence):
        clause = re.split(r"[,;:]", sentence[begin : inside.start()])[-1]
        begin = inside.end()
        one = page.found.known(inside[1])
        before = [page.found.known(word) for word in words_of(clause)]
        names = [name for name in before if name]
        if one and names and not page.found.are_joined(one, names[-1]):
            page.found.edge(one, ABOUT, names[-1], line, KNOWN_NAME)


_ENDS = FUNCTION_WORDS - {"of", "without", "for", "in", "with"}


def _name_before(page: Page, text: str) -> str | None:
    """The name at the end of a text: back to a comma, a word that only joins, or a verb that announces."""
    words = re.split(r"[,;:—–]", text)[-1].split()
    kept: list[str] = []
    for word in reversed(words):
        small = word.lower()
        if small in _ENDS or page.leads.device("announce", [small]) or len(kept) == 5:
            break
        kept.insert(0, word)
    while kept and kept[0].lower() in FUNCTION_WORDS:
        kept = kept[1:]
    name = " ".join(kept)
    return name if is_name(name, 5) else None


def read_after_formula(page: Page, formula: str | None, line: Line) -> None:
    """A formula below a synthesis is what the synthesis comes to."""
    if formula and page.claim and page.found.nodes[page.claim].rule == SYNTHESIS:
        page.found.edge(page.claim, LEADS_TO, formula, line, SYNTHESIS)
