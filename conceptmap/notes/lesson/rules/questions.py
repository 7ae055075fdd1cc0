"""Questions: those that a page asks, and the prompts to write about one."""

import re

from conceptmap.notes.lesson.lesson_blocks import LessonText, PromptedQuestion, Question, Thread
from conceptmap.notes.lesson.phrases import noun_phrase
from conceptmap.notes.lesson.state import PROSE, LessonState
from conceptmap.notes.lesson.words import (
    concept_key,
    is_name,
    lower_words,
    without_article,
    without_end_sign,
    without_quotes,
)
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import QUESTION
from ontology.terms import ABOUT, ASKS, CLAIM, CONCEPT, CONTRASTS_WITH, METHOD, OPPOSES
from ontology.terms import QUESTION as QUESTION_KIND

_QUOTED = re.compile(r"[^\"“]*[\"“](.+)[\"”]")
_GOAL = re.compile(r"(\d[\d,]{0,9})\s{0,9}\+?\s{0,9}(?:or more\s{1,9})?words")
"""How many words are wanted; of at most ten signs, so that a line of digits is not looked through from each of them."""

_OWN = re.compile(r"\A(?:your|my|our) (?:own )?([^—–:?]+?)\s*(?:[—–:]|\s-\s)")
_CAN_BE = re.compile(r"(?:can|could|may|might|will|would|should)\s+(.{3,40}?)\s+be\s+(an?\s+.{3,40}?)\?", re.IGNORECASE)
_IS_A = re.compile(r"(?:is|are|was|were)\s+(.{3,40}?)\s+(an?\s+[^,?]{3,40}?)\?", re.IGNORECASE)
_OVER = re.compile(
    r"\A(?:where|when|why|how|in which \w+) (?:does|do|should|might|may|can|would|will) (.+)\?", re.IGNORECASE
)
_MAX_BEFORE_PROMPT = 3
"""Words before the one that makes a text a prompt: `Your task today: write …`."""

_MAX_PROMPT = 8
"""Words of a prompt whose question may stand in the next text, though it does not say how many words are wanted."""


def read_prompt(state: LessonState, block: LessonText) -> bool:
    """A prompt with its question, perhaps in quotation marks: `Write 300+ words: "…?"`."""
    text, words = block.text, lower_words(block.text)
    at = state.intros.device_at("prompt", words[:_MAX_PROMPT])
    quoted, goal = _QUOTED.match(text), _GOAL.search(text)
    wanted = goal is not None and goal.start() < text.find(":")
    if (at is None or at[0] > _MAX_BEFORE_PROMPT) and not wanted:
        return False
    question = quoted[1] if quoted else text.partition(":")[2].strip()
    if not question.rstrip('"”)').endswith("?"):
        state.asking = text.rstrip().endswith((":", "：")) and (goal is not None or len(words) <= _MAX_PROMPT)
        return False
    state.ask(PromptedQuestion(question, block.line))
    node = state.known(question)
    if node is not None and goal:
        state.nodes[node].data["words"] = goal[1].replace(",", "")
    return True


def read_awaited_question(state: LessonState, block: LessonText) -> bool:
    """The question that a prompt has announced, if the next text is one."""
    awaited, state.asking = state.asking, False
    if not awaited or not block.text.rstrip('"”)').endswith("?"):
        return False
    state.ask(Question(without_quotes(block.text), block.line))
    return True


def read_thread_question(state: LessonState, piece: Thread) -> bool:
    """A question among things to think about."""
    if not piece.text.rstrip('"”)').endswith("?"):
        return False
    state.ask(Question(piece.text, piece.line))
    return True


def read_question(state: LessonState, piece: Question | PromptedQuestion) -> bool:
    """A question that the day asks; `your own robot — …?` names something. It may be set against something further."""
    text, line = piece.text, piece.line
    node = state.node(text, QUESTION_KIND, line)
    state.edge(state.today(line), ASKS, node, line)
    for name in _asked_of(text):
        state.edge(node, ABOUT, state.node(name, CONCEPT, line, rank=PROSE), line)
    if own := _OWN.match(text.lower()):
        name = text[own.start(1) : own.end(1)].strip()
        if is_name(name, 3):
            state.edge(node, ABOUT, state.node(name, METHOD, line), line)
    return False


def _asked_of(text: str) -> list[str]:
    """The two names of `Can a gravitational wave be a siren?`, `Is bread a drug?`."""
    found = _CAN_BE.match(text) or _IS_A.match(text)
    sides = [without_article(side) for side in found.groups()] if found else []
    return sides if all(noun_phrase(side) == side and is_name(side, 3) for side in sides) else []


def ask_from(state: LessonState, asker: str | None, text: str, line: Line) -> None:
    """A question that a claim or a dimension asks, which says what the question is about."""
    question = state.node(text, QUESTION_KIND, line, rule=QUESTION)
    state.edge(asker, ASKS, question, line, rule=QUESTION)
    state.closed.add(question or "")


def read_overriding(state: LessonState, piece: Question | PromptedQuestion) -> bool:
    """`Where does safety override the thesis?` sets one against the other."""
    asked = _OVER.match(piece.text)
    spaced = asked[1].split() if asked else []
    for index, word in enumerate(spaced[1:], 1):
        if state.intros.device("override", [word.lower()]):
            state.closed.add(concept_key(piece.text))
            _set_against(state, " ".join(spaced[:index]), " ".join(spaced[index + 1 :]), piece.line)
            return True
    return False


def _set_against(state: LessonState, one: str, other: str, line: Line) -> None:
    one, other = without_article(without_end_sign(one)), without_article(without_end_sign(other))
    if is_name(one, 3) and is_name(other, 4):
        source = state.node(one, CONCEPT, line, rank=PROSE)
        target = state.node(other, CONCEPT, line, rank=PROSE)
        claim = target is not None and state.nodes[target].kind == CLAIM
        state.edge(source, OPPOSES if claim else CONTRASTS_WITH, target, line)
