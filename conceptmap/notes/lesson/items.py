"""Items of lists: what one of them says by itself, as a step, an example, a thread, a piece of evidence or a thesis."""

import re
from itertools import pairwise

from conceptmap.certainty import (
    ARROWS,
    EXAMPLES,
    LEAD,
    STEPS,
    THESIS,
)
from conceptmap.notes.lesson.asking import read_question
from conceptmap.notes.lesson.comparing import read_versus, read_victory
from conceptmap.notes.lesson.leads import Lead
from conceptmap.notes.lesson.page import MAX_SAID, Page
from conceptmap.notes.lesson.passages import Listed
from conceptmap.notes.lesson.phrases import (
    bracketed,
    chain_of,
    head_of,
    instances_in,
    names_in,
    parted,
    stopped,
)
from conceptmap.notes.lesson.words import (
    is_name,
    sentences_of,
    without_article,
)
from conceptmap.notes.page.blocks import Line
from ontology.terms import (
    ABOUT,
    CLAIM,
    CONCEPT,
    EVIDENCE,
    EXAMPLE_OF,
    LEADS_TO,
    PART_OF,
    SUPPORTS,
)

_DOMAIN = re.compile(r"([^:()]{1,40}):\s+(?=\S)")
_BOTH = re.compile(r"\s+and (?=the |its |their )")


def read_chain(page: Page, text: str, line: Line) -> bool:
    """`more compute → lower loss`; answers whether the text was that."""
    if not (parts := chain_of(text)):
        return False
    nodes = [page.found.node(part, CONCEPT, line, ARROWS) for part in parts]
    for one, other in pairwise(nodes):
        page.found.edge(one, LEADS_TO, other, line, ARROWS)
    return True


def read_steps(page: Page, listed: Listed, whole: str | None) -> None:
    """Numbered steps follow from each other, and are part of what they are the steps of."""
    steps = [page.found.node(bracketed(stopped(item.text)).words, CLAIM, item, STEPS) for item in listed.items]
    for step, item in zip(steps, listed.items, strict=True):
        page.found.edge(step, PART_OF, whole, item, STEPS)
    for (one, _), (other, item) in pairwise(zip(steps, listed.items, strict=True)):
        page.found.edge(one, LEADS_TO, other, item, STEPS)


def read_thread(page: Page, item: Line) -> None:
    """Something to think about: a question, a comparison, or one or two names."""
    text = stopped(item.text)
    if text.rstrip('"”)').endswith("?"):
        read_question(page, text, item)
    elif read_versus(page, text, item) or read_chain(page, text, item):
        return
    else:
        parts = [without_article(part) for part in _BOTH.split(text)]
        if len(parts) <= 2 and all(is_name(part) for part in parts):
            nodes = page.found.nodes_of(parts, CONCEPT, item, LEAD)
            for one, other in pairwise(nodes):
                page.found.edge(one, ABOUT, other, item, LEAD)
            page.found.edge(page.found.today(item, LEAD), ABOUT, nodes[0] if nodes else None, item, LEAD)


def read_example(page: Page, item: Line, whole: str | None, kind: str) -> None:
    """An example of a whole; what stands in brackets behind it are examples of the example."""
    words, inside = bracketed(stopped(item.text))
    words = (parted(words) or (words, ""))[0]
    node = page.found.node(head_of(words), kind, item, EXAMPLES)
    page.found.edge(node, EXAMPLE_OF, whole, item, EXAMPLES)
    for instance in instances_in(inside):
        page.found.edge(page.found.node(instance, kind, item, EXAMPLES), EXAMPLE_OF, node, item, EXAMPLES)


def read_evidence(page: Page, lead: Lead, listed: Listed) -> None:
    """Evidence for or against a claim, perhaps each with its domain."""
    target = page.target_of_evidence()
    if lead.subject:
        target = page.found.known(without_article(lead.subject)) or target
    for item in listed.items:
        text = stopped(item.text)
        domain = _DOMAIN.match(text)
        if domain and len(domain[1].split()) <= 3:
            text = text[domain.end() :]
        else:
            domain = None
        label = text if domain or not text.endswith(")") else bracketed(text).words
        node = page.found.node(label, lead.kind or EVIDENCE, item, LEAD)
        if node is None:
            continue
        if domain:
            page.found.nodes[node].data["domain"] = domain[1].strip()
        page.found.edge(node, lead.relation or SUPPORTS, target, item, LEAD)
        read_victory(page, node, text, item)


def read_thesis(page: Page, listed: Listed) -> None:
    """The claims that an idea or a text comes down to."""
    first: str | None = None
    for item in listed.items:
        for sentence in sentences_of(item.text):
            if sentence.endswith("?") or len(sentence) > MAX_SAID:
                continue
            claim = page.found.node(stopped(sentence), CLAIM, item, THESIS)
            page.found.edge(claim, PART_OF if page.thesis else ABOUT, page.thesis or page.source, item, THESIS)
            first = first or claim
    page.claim = first or page.claim


def read_names(page: Page, text: str, kind: str, line: Line, rule: str) -> list[str]:
    """The nodes of the names that a text lists."""
    return page.found.nodes_of(names_in(text), kind, line, rule)
