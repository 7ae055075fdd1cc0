"""Lists: what each item says, by the lead above it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from conceptmap.notes.lesson.lesson_blocks import Listed
from conceptmap.notes.lesson.list_intros import Lead
from conceptmap.notes.lesson.rules.compare import read_overtaking, read_tension, read_versus, read_victory
from conceptmap.notes.lesson.rules.formulas import read_formula
from conceptmap.notes.lesson.rules.questions import read_question
from conceptmap.notes.lesson.state import MAX_SAID, Page
from conceptmap.notes.lesson.words import (
    COMPARATIVES,
    OPENERS,
    bracketed,
    chain_of,
    head_of,
    instances_in,
    is_name,
    is_statement,
    lower_words,
    names_in,
    parted,
    sentences_of,
    stopped,
    term_in,
    verb_at,
    without_article,
)
from conceptmap.notes.page.blocks import Line
from conceptmap.notes.rule_classes import (
    ARROWS,
    CONTRAST,
    DAY_LIST,
    DEFINITION,
    EXAMPLES,
    FORMULA,
    LEAD,
    PARTS,
    PREDICTION,
    QUESTION,
    REASONS,
    STEPS,
    SYNTHESIS,
    THESIS,
)
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
    REQUIRES,
    SUPPORTS,
)
from ontology.terms import (
    QUESTION as QUESTION_KIND,
)

_EQUALS = re.compile(r"\s+(?:=|≡|:=)\s+")
_MATH = re.compile(r"\$([^$]+)\$\.?")


def read_list(page: Page, listed: Listed, lead: Lead | None) -> None:
    """Read a list whose lead says this."""
    if listed.ordered and (lead is None or _tells_steps(page, lead, listed)):
        read_steps(
            page, listed, _subject(page, lead, listed.lead) if lead and lead.subject and not lead.claim else None
        )
    elif lead is None:
        for item in listed.items:
            read_chain(page, item.text, item) or read_versus(page, item.text, item)
    elif lead.day is not None:
        for item in listed.items:
            _taught(page, lead.day, item)
    elif lead.device == "synthesis":
        read_conclusions(page, [item.text for item in listed.items], listed.lead)
    elif lead.device == "threads":
        for item in listed.items:
            read_thread(page, item)
    elif lead.device == "abounds":
        _abounding(page, lead, listed)
    elif lead.claim:
        _reasons(page, lead, listed)
    else:
        _cued(page, lead, listed)


def _tells_steps(page: Page, lead: Lead, listed: Listed) -> bool:
    """Whether a numbered list is a procedure: its lead says so, or says no more than that something is done."""
    steps = page.leads.device("steps", lower_words(listed.lead.text))
    return steps and (lead.claim or lead.device == "threads" or lead.relation in (PART_OF, LEADS_TO, EXAMPLE_OF))


def _reasons(page: Page, lead: Lead, listed: Listed) -> None:
    """A claim and the reasons for it; the next such claim that speaks of another case is set against it."""
    subject, line = lead.subject or "", listed.lead
    claim = page.found.node(subject, CLAIM, line, REASONS)
    words = lower_words(subject)
    name = without_article(" ".join(subject.split()[: _verb_index(subject)]))
    if is_name(name, 3) and (page.found.known(name) or "because" not in lower_words(line.text)):
        page.found.edge(claim, ABOUT, page.found.node(name, CONCEPT, line, REASONS, rank=0), line, REASONS)
    if page.listed and page.leads.device("otherwise", words):
        page.found.edge(claim, CONTRASTS_WITH, page.listed, line, CONTRAST)
    page.listed = claim
    for item in listed.items:
        reason = _reason(page, item)
        page.found.edge(reason, SUPPORTS, claim, item, REASONS)


def _verb_index(text: str) -> int:
    words = text.split()
    plain = [word.lower().strip(",;") for word in words]
    return verb_at(plain) or len(words) - 1


def _reason(page: Page, item: Line) -> str | None:
    words, inside = bracketed(stopped(item.text))
    claim = page.found.node(words, CLAIM, item, REASONS)
    if inside and inside.endswith("?"):
        question = page.found.node(inside, QUESTION_KIND, item, QUESTION)
        page.found.edge(claim, ASKS, question, item, QUESTION)
        page.closed.add(question or "")
    elif term := term_in(inside):
        page.found.edge(claim, ABOUT, page.found.node(term, CONCEPT, item, REASONS, rank=0), item, REASONS)
    return claim


def _taught(page: Page, day: int, item: Line) -> None:
    """What an earlier day taught: a definition, a formula, a chain, or just a claim."""
    text = stopped(item.text)
    where = page.found.day_node(day, item, DAY_LIST)
    if read_chain(page, text, item):
        for part in chain_of(text):
            page.found.edge(page.found.known(part), INTRODUCED_ON, where, item, DAY_LIST)
        return
    term = parted(text)
    told = term[1] if term else text
    if math := _MATH.fullmatch(told):
        if (node := read_display(page, math[1], item)) is not None:
            name = page.found.node(without_article(term[0]), CONCEPT, item, DAY_LIST) if term else None
            page.found.edge(node, PART_OF, name, item, FORMULA)
            page.found.edge(node, INTRODUCED_ON, where, item, DAY_LIST)
        return
    if term:
        name = page.found.node(without_article(term[0]), CONCEPT, item, DEFINITION)
        page.found.edge(name, INTRODUCED_ON, where, item, DAY_LIST)
        claim = page.found.node(told, CLAIM, item, DEFINITION)
        page.found.edge(claim, ABOUT, name, item, DEFINITION)
    else:
        claim = page.found.node(bracketed(text).words, CLAIM, item, DAY_LIST)
        page.found.edge(claim, INTRODUCED_ON, where, item, DAY_LIST)
        read_definition(page, claim, text, item)
    read_tension(page, told, item)


def read_definition(page: Page, claim: str | None, text: str, line: Line) -> None:
    """`X = Y` is about X, unless X is an amount of something."""
    sides = _EQUALS.split(text, maxsplit=1)
    name = without_article(sides[0])
    if len(sides) == 2 and is_name(name, 4) and lower_words(name)[0] not in COMPARATIVES:
        page.found.edge(claim, ABOUT, page.found.node(name, CONCEPT, line, DEFINITION), line, DEFINITION)


def read_display(page: Page, latex: str, line: Line) -> str | None:
    """A formula as a claim, about what its left side names."""
    formula = read_formula(latex)
    if formula is None:
        return None
    node = page.found.node(formula.label, CLAIM, line, FORMULA, key=formula.key)
    if node is not None:
        page.found.nodes[node].formula = latex
    if formula.subject:
        page.found.edge(node, ABOUT, page.found.node(formula.subject, CONCEPT, line, FORMULA), line, FORMULA)
    return node


def _abounding(page: Page, lead: Lead, listed: Listed) -> None:
    """A field that is full of a category, and examples of the category."""
    field = page.found.node(without_article(lead.subject or ""), CONCEPT, listed.lead, EXAMPLES)
    page.category = page.found.node(without_article(lead.category or ""), CONCEPT, listed.lead, EXAMPLES)
    page.found.edge(field, ABOUT, page.category, listed.lead, EXAMPLES)
    for item in listed.items:
        read_example(page, item, page.category, METHOD)


def _cued(page: Page, lead: Lead, listed: Listed) -> None:
    """A list whose lead names a relation."""
    line = listed.lead
    if lead.relation == SUPPORTS and lead.subject and not _is_claim(page, lead.subject):
        lead = replace(lead, relation=REQUIRES, inverse=False, kind=CONCEPT)
    if lead.relation in (SUPPORTS, OPPOSES) and lead.inverse:
        read_evidence(page, lead, listed)
    elif lead.relation == ASKS and not lead.subject:
        for item in listed.items:
            read_thread(page, item)
    elif lead.relation == PART_OF and lead.kind == CLAIM:
        read_thesis(page, listed)
    else:
        subject = _subject(page, lead, line)
        if listed.ordered and lead.relation in (PART_OF, LEADS_TO):
            read_steps(page, listed, subject)
            return
        for item in listed.items:
            _joined(page, lead, subject, item)


def _is_claim(page: Page, subject: str) -> bool:
    """Whether the words of a lead name a claim; a thing that rests on others is not supported, it requires them."""
    known = page.found.known(without_article(subject))
    return known is not None and page.found.nodes[known].kind == CLAIM


def _subject(page: Page, lead: Lead, line: Line) -> str | None:
    """Whom a list speaks of: the words of its lead, else what the page argues about at that place."""
    if lead.subject is None:
        return page.target_of_evidence()
    name = without_article(lead.subject)
    known = page.found.known(name)
    return known or page.found.node(name, CONCEPT, line, LEAD, rank=0)


def _joined(page: Page, lead: Lead, subject: str | None, item: Line) -> None:
    text = stopped(item.text)
    rule = {EXAMPLE_OF: EXAMPLES, PART_OF: PARTS}.get(lead.relation or "", LEAD)
    if rule == EXAMPLES:
        read_example(page, item, subject, CONCEPT)
        return
    if lead.relation == "predicts":
        claim = page.found.node(bracketed(text).words, CLAIM, item, PREDICTION)
        page.found.edge(subject, "predicts", claim, item, PREDICTION)
        read_overtaking(page, claim or "", text, item)
        return
    words, _ = bracketed(text)
    words = (parted(words) or (words, ""))[0]
    name = without_article(words)
    kind = (lead.kind or CONCEPT) if is_name(name) or lead.kind != CONCEPT else CLAIM
    if kind == CLAIM and is_name(name, 4) and not is_statement(name):
        kind = CONCEPT
    node = page.found.node(name if is_name(name) else words, kind, item, rule)
    ends = (node, subject) if lead.inverse else (subject, node)
    page.found.edge(ends[0], lead.relation or ABOUT, ends[1], item, rule)


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


_NOT_JUST = re.compile(
    r"\b(?:isn'?t|isn’t|aren'?t|aren’t|is not|are not|was not|wasn'?t)\s+((?:just|only|merely|simply)?\s*[^—–;,.]+?)"
    r"\s*(?:[—–;]|,\s*but|,\s*it)"
)


def read_conclusions(page: Page, sentences: Sequence[str], line: Line) -> None:
    """What a page concludes: a claim, what follows from it, and what it denies."""
    first: str | None = None
    for sentence in sentences:
        words = lower_words(sentence)
        if len(sentence) > MAX_SAID or sentence.endswith("?") or len(words) < 3 or words[0] in OPENERS:
            continue
        claim = page.found.node(stopped(sentence), CLAIM, line, SYNTHESIS)
        if claim is None:
            continue
        page.statements.append(claim)
        denied = _NOT_JUST.search(sentence)
        if denied is not None:
            other = page.found.node(stopped(denied[1]), CLAIM, line, SYNTHESIS)
            page.found.edge(claim, OPPOSES, other, line, SYNTHESIS)
        elif first is not None:
            page.found.edge(first, LEADS_TO, claim, line, SYNTHESIS)
        first = first or claim
    page.claim = first or page.claim
