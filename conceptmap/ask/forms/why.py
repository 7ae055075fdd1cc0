"""Reasons: `why A?` is what supports it or leads to it, `why not A?` what opposes it."""

from collections.abc import Collection, Iterator

from conceptmap.ask.form import Composed, Form, Query
from conceptmap.ask.forms.related import Reasons, relation_cues
from conceptmap.ask.naming import fitting
from conceptmap.ask.parse import ParsedQuestion, Unclear
from conceptmap.ask.words import IGNORABLE
from graphs.view import View
from graphs.words import stem
from ontology.names import name_key
from ontology.terms import CLAIM, LEADS_TO, OPPOSES, SUPPORTS

_VERDICTS = tuple(
    tuple(tuple(phrase.split()) for phrase in line.split(";"))
    for line in (
        "fail;fails;go wrong;goes wrong;break down;breaks down;not work;fall apart;falls apart;collapse;collapses",
        "attractive;tempting;appealing;good;great;useful;worthwhile;valuable;handy;worth it;bother with;use",
        "slow;sluggish;take so long;takes so long;take long",
        "fast;quick;rapid;speedy",
        "expensive;costly;dear;cost so much;costs so much",
        "cheap;inexpensive;affordable;cost so little;costs so little",
        "hard;difficult;tricky;tough",
        "easy;effortless",
        "dangerous;risky;unsafe;hazardous",
        "safe;harmless",
        "important;essential;vital;crucial",
    )
)
"""What one may find a thing to be; the words of a line say much the same of it."""
_EVEN_SO = IGNORABLE | frozenset("same nevertheless still anyway".split())

_CONCEDING = (
    ("in", "spite", "of"),
    ("despite",),
    ("notwithstanding",),
    ("regardless", "of"),
    ("even", "though"),
    ("although",),
)
_CONCESSIVE = frozenset(word for phrase in _CONCEDING for word in phrase) | frozenset(
    "exist exists remain remains".split()
)


def _read(question: ParsedQuestion) -> Iterator[Query | Composed]:
    if not question.named or not question.asks_for("why"):
        return
    yield from _read_conceding(question)
    if len(question.named) > 1 and relation_cues(question):
        return  # `why does A lead to B?` asks for more than why there is A
    relations = question.view.vocabulary.relations
    try:
        node = question.node(question.named[0], {CLAIM})
    except Unclear:
        node = question.node(question.named[0])
    denied = question.asks_for("not") != question.asks_for("doubted")
    claim = question.view.node(node).kind == CLAIM
    if SUPPORTS in relations and not denied and not claim:
        for verdict, places in _found_to_be(question):
            said = [one for one in fitting(question.view, node, {CLAIM}) if _says(question.view, one, node, verdict)]
            if len(said) == 1:
                query = Reasons(relations[SUPPORTS], said[0], inverse=True)
                topic = question.named[0]
                yield Composed(query, (question.part({*places, *range(topic.start, topic.end)}.__contains__),))
    wanted = [OPPOSES] if denied else [SUPPORTS, LEADS_TO] if claim else [LEADS_TO]
    yield from (Reasons(relations[name], node, inverse=True) for name in wanted if name in relations)


def _read_conceding(question: ParsedQuestion) -> Iterator[Composed]:
    """`Why is A good in spite of B?`: what is so despite something has the same reasons."""
    texts = [word.text for word in question.words]
    starts = (at for phrase in _CONCEDING for at in range(len(texts)) if tuple(texts[at : at + len(phrase)]) == phrase)
    start = next(starts, None)
    if start is None or start not in question.places:
        return
    clause = question.words[start].clause
    conceded = frozenset(at for at in question.places if at >= start and question.words[at].clause == clause)
    rest = question.hiding(conceded)
    for query in rest.read() if rest.named and _is_known(question, conceded) else ():
        if isinstance(query, Reasons):
            yield Composed(query, (rest, question.part(conceded.__contains__)))


def _is_known(question: ParsedQuestion, places: Collection[int]) -> bool:
    """Whether the map has names for all that the words at some places say."""
    heavy = (question.words[at] for at in sorted(places) if question.words[at].text not in IGNORABLE | _CONCESSIVE)
    roots = [root for word in heavy for root in word.roots]
    return bool(roots) and all(any(True for _ in question.index.holders(root)) for root in roots)


def _found_to_be(question: ParsedQuestion) -> Iterator[tuple[int, range]]:
    """What the thing is found to be, as a place in `_VERDICTS`, and where the question says so."""
    words = [word.text for word in question.words]
    for number, phrases in enumerate(_VERDICTS):
        for phrase in phrases:
            for at in range(len(words) - len(phrase) + 1):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    yield number, range(at, at + len(phrase))


def _says(view: View, claim: str, node: str, verdict: int) -> bool:
    """Whether a claim says just that of the node, in whatever words."""
    names = {stem(word) for name in view.node(node).names for word in name_key(name).split()}
    said = [word for word in name_key(view.node(claim).label).split() if stem(word) not in names]
    told = {word for phrase in _VERDICTS[verdict] if set(phrase) <= set(said) for word in phrase}
    return bool(told) and _EVEN_SO.issuperset(set(said) - told)


WHY = Form(
    "why",
    _read,
    cues={
        "why": """
            why; because; because of; how come; for what reason; for what reasons; for which reason; for which reasons;
            what reason; why believe; why should i believe; why should we believe; why trust; why accept
        """,
        "believed": "believe; accept; trust; be convinced of; buy; have faith in; take seriously; credit",
        "doubted": "doubt; reject; distrust; mistrust; disbelieve; be sceptical of; be skeptical of; dispute",
        "not": "",
    },
    examples={"the reason why": ["why the bitter lesson?"]},
)
