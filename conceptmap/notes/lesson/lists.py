"""Lists: what each item says, by the lead above it."""

import re
from dataclasses import replace

from conceptmap.certainty import (
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
)
from conceptmap.notes.lesson.comparing import read_overtaking, read_tension, read_versus
from conceptmap.notes.lesson.concluding import read_conclusions
from conceptmap.notes.lesson.formulas import read_formula
from conceptmap.notes.lesson.items import read_chain, read_evidence, read_example, read_steps, read_thesis, read_thread
from conceptmap.notes.lesson.leads import Lead
from conceptmap.notes.lesson.page import Page
from conceptmap.notes.lesson.passages import Listed
from conceptmap.notes.lesson.phrases import (
    bracketed,
    chain_of,
    parted,
    stopped,
    term_in,
)
from conceptmap.notes.lesson.words import (
    COMPARATIVES,
    is_name,
    is_statement,
    lower_words,
    verb_at,
    without_article,
)
from conceptmap.notes.page.blocks import Line
from ontology.terms import (
    ABOUT,
    ASKS,
    CLAIM,
    CONCEPT,
    CONTRASTS_WITH,
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
