"""Reasons: `why A?` is what supports it or leads to it, `why not A?` what opposes it."""

from collections.abc import Iterator

from conceptmap.ask.form import TOLERATED, Form, Query
from conceptmap.ask.forms.related import Related
from conceptmap.ask.parse import ParsedQuestion, Unclear
from conceptmap.ask.words import NEGATIONS
from ontology.terms import CLAIM, LEADS_TO, OPPOSES, SUPPORTS


def _read(question: ParsedQuestion) -> Iterator[Query]:
    if not question.named or not question.asks_for("why"):
        return
    relations = question.view.vocabulary.relations
    try:
        node = question.node(question.named[0], {CLAIM})
    except Unclear:
        node = question.node(question.named[0])
    denied = any(word.text in NEGATIONS for word in question.words)
    claim = question.view.node(node).kind == CLAIM
    wanted = [OPPOSES] if denied else [SUPPORTS, LEADS_TO] if claim else [LEADS_TO]
    yield from (Related(relations[name], node, inverse=True) for name in wanted if name in relations)


WHY = Form(
    "why",
    _read,
    TOLERATED,
    cues={"why": "why; because; because of; how come; for what reason; what reason"},
    examples={"the reason why": ["why the bitter lesson?"]},
)
