"""Questions: those that a page asks, and the prompts to write about."""

import re

from conceptmap.notes.lesson.state import Page
from conceptmap.notes.lesson.words import concept_key, is_name, lower_words, stopped, without_article
from conceptmap.notes.page.blocks import Line
from conceptmap.notes.rule_classes import CONTRAST, PROMPT, QUESTION
from ontology.terms import ASKS, CLAIM, CONCEPT, CONTRASTS_WITH, METHOD, OPPOSES
from ontology.terms import QUESTION as QUESTION_KIND

_QUOTED = re.compile(r"[\"“](.+)[\"”]")
_WORDS = re.compile(r"(\d[\d,]*)\s*\+?\s*(?:or more\s+)?words")
_OWN = re.compile(r"\A(?:your|my|our) own ([^—–:?]+?)\s*(?:[—–:]|\s-\s)")
_OVER = re.compile(
    r"\A(?:where|when|why|how|in which \w+) (?:does|do|should|might|may|can|would|will) (.+)\?", re.IGNORECASE
)


def read_prompt(page: Page, text: str, line: Line) -> bool:
    """A prompt with its question, perhaps in quotation marks; answers whether the text was one."""
    words = lower_words(text)[:14]
    at = page.leads.device_at("prompt", words)
    if at is None or at[0] > 3:
        return False
    quoted = _QUOTED.search(text)
    question = quoted[1] if quoted else text.partition(":")[2].strip()
    if not question.rstrip('"”)').endswith("?"):
        page.asking = text.rstrip().endswith((":", "：")) and (bool(_WORDS.search(text)) or len(words) <= 8)
        return False
    node = read_question(page, question, line, PROMPT)
    goal = _WORDS.search(text)
    if node is not None and goal:
        page.found.nodes[node].data["words"] = goal[1].replace(",", "")
    return True


def read_question(page: Page, text: str, line: Line, rule: str = QUESTION) -> str | None:
    """A question that the day asks."""
    node = page.found.node(text.strip(), QUESTION_KIND, line, rule)
    page.found.edge(page.found.today(line, rule), ASKS, node, line, rule)
    if own := _OWN.match(text.lower()):
        name = text[own.start(1) : own.end(1)].strip()
        if any(word.isupper() and len(word) > 1 for word in name.split()) or page.found.known(name):
            page.found.node(name, METHOD, line, rule)
    _overriding(page, text, line)
    return node


def _overriding(page: Page, text: str, line: Line) -> None:
    """`Where does safety override the thesis?` sets one against the other."""
    asked = _OVER.match(text)
    if asked is None:
        return
    spaced = asked[1].split()
    for index, word in enumerate(spaced[1:], 1):
        if not page.leads.device("override", [word.lower()]):
            continue
        page.closed.add(concept_key(text))
        one, other = (without_article(stopped(" ".join(part))) for part in (spaced[:index], spaced[index + 1 :]))
        if is_name(one, 3) and is_name(other, 4):
            source = page.found.node(one, CONCEPT, line, CONTRAST, rank=0)
            target = page.found.node(other, CONCEPT, line, CONTRAST, rank=0)
            claim = target is not None and page.found.nodes[target].kind == CLAIM
            page.found.edge(source, OPPOSES if claim else CONTRASTS_WITH, target, line, CONTRAST)
        return
