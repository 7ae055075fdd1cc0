"""Reasons: `why A?` is what supports it or leads to it, `why not A?` what opposes it."""

from collections.abc import Iterator

from conceptmap.ask.form import Form, Query
from conceptmap.ask.forms.related import Reasons, relation_cues
from conceptmap.ask.parse import ParsedQuestion, Unclear
from ontology.terms import CLAIM, LEADS_TO, OPPOSES, SUPPORTS


def _read(question: ParsedQuestion) -> Iterator[Query]:
    if not question.named or not question.asks_for("why"):
        return
    if len(question.named) > 1 and relation_cues(question):
        return  # `why does A lead to B?` asks for more than why there is A
    relations = question.view.vocabulary.relations
    try:
        node = question.node(question.named[0], {CLAIM})
    except Unclear:
        node = question.node(question.named[0])
    denied = question.asks_for("not") != question.asks_for("doubted")
    claim = question.view.node(node).kind == CLAIM
    wanted = [OPPOSES] if denied else [SUPPORTS, LEADS_TO] if claim else [LEADS_TO]
    yield from (Reasons(relations[name], node, inverse=True) for name in wanted if name in relations)


WHY = Form(
    "why",
    _read,
    cues={
        "why": """
            why; because; because of; how come; for what reason; what reason; why believe; why should i believe;
            why should we believe; why trust; why accept
        """,
        "believed": "believe; accept; trust; be convinced of; buy; have faith in; take seriously; credit",
        "doubted": "doubt; reject; distrust; mistrust; disbelieve; be sceptical of; be skeptical of; dispute",
        "not": "",
    },
    examples={"the reason why": ["why the bitter lesson?"]},
)
