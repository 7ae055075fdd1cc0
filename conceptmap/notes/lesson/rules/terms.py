"""Terms in running text: what a thing is, what it is called, its kinds and parts, and terms with their meaning."""

import re

from conceptmap.notes.lesson.clauses import IS_A, Clause, clauses_of
from conceptmap.notes.lesson.ends import MAX_WORDS_OF_TERM, claim, is_marked, is_term, term
from conceptmap.notes.lesson.lesson_blocks import LessonList, LessonText, NamesGiven, Statement
from conceptmap.notes.lesson.phrases import noun_phrase, noun_phrases
from conceptmap.notes.lesson.rules.contrasts import subject_told
from conceptmap.notes.lesson.state import MAX_SAID, PROSE, LessonState
from conceptmap.notes.lesson.words import (
    ARTICLES,
    FUNCTION_WORDS,
    IMPERATIVES,
    bracketed,
    lower_words,
    sentences_of,
    split_at_colon,
    without_article,
    without_end_sign,
)
from conceptmap.notes.page.markdown import Line
from ontology.model import MAX_LABEL
from ontology.terms import ABOUT, CLAIM, CONCEPT, EXAMPLE_OF, PART_OF

_KINDS = (
    "kinds?|types?|forms?|sorts?|class(?:es)?|groups?|variet(?:y|ies)|categor(?:y|ies)|species|famil(?:y|ies)|schools?"
)
_PARTS = (
    "parts?|components?|layers?|stages?|steps?|phases?|elements?|ingredients?|sections?|pieces?|members?|branch(?:es)?"
)
_KIND_OF = re.compile(rf"\A(?:[\w-]+\s+){{0,3}}?(?:{_KINDS}|example|case|instance)\s+of\s+", re.IGNORECASE)
_PART_OF = re.compile(rf"\A(?:[\w-]+\s+){{0,3}}?(?:{_PARTS}|portion|unit|slab|slice|segment)\s+of\s+", re.IGNORECASE)
_KIND_OR_PART_OF = re.compile(
    rf"(?:{_KINDS}|{_PARTS}|example|case|instance|portion|unit|slab|slice|segment)\s+of\s", re.IGNORECASE
)
_KINDS_OF = re.compile(
    rf"\b(?P<sort>{_KINDS}|{_PARTS})\s+of\s+(?P<whole>[^,:;—–.]+?)"
    r"(?:,?\s+namely|:|,?\s+(?:these|they) are(?: called)?|\s+[—–])\s+(?P<list>.+)",
    re.IGNORECASE,
)
_FALLS_INTO = re.compile(
    r"\A(?P<whole>.+?)\s+(?:(?:(?:can|may) be |is |are |was |were )?(?:usually |often |commonly )?"
    r"(?:divided|split|grouped|classified|sorted|broken down)\s+(?:up\s+)?into"
    r"|falls? into|comes? in|ha(?:s|ve|d))\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_SORTED = re.compile(
    rf"\A(?:[\w-]+\s+){{0,3}}?(?P<sort>{_KINDS}|{_PARTS})(?:,?\s+namely|:|\s*[—–]|,)\s+(?P<list>.+)", re.IGNORECASE
)
_THIS_IS = re.compile(r"(?:This|That) is (?:called |known as )?(?P<name>[^,;:]+?)(?:,|;|\Z|\s+and\s)")
_ONE_SUCH = re.compile(
    r"(?P<name>.+?)\s+(?:is|are)\s+"
    r"(?:(?:one|another|some) such\s+(?P<a>.+)|(?:an?\s+)?(?P<b>[^,]+?) of (?:this|that) (?:kind|sort|type)\Z)"
)
_SEEN_AS = re.compile(
    r"(?P<name>.+?)\s+(?:(?:is|are|was|were|can be|may be)\s+(?:\w+\s+)?"
    r"(?:described|seen|regarded|classed|counted|classified)|(?:also\s+)?(?:acts?|serves?|functions?|counts?))"
    r"\s+as\s+(?:an?\s+|the\s+)?(?P<kind>[\w\s-]+)"
)
_AN_EXAMPLE = re.compile(
    r"(?P<name>.+?)\s+(?:is|are)\s+(?:an?|the|one|another)\s+(?:[\w-]+\s+){0,2}examples?\b(?!\s+of)"
)
_ALSO = ("also", "sometimes", "often", "otherwise", "better")
"""Words before `called` where what follows is another name of a thing, and no new one."""

_COUNTED_SORTS = re.compile(
    r"(?:There are|It has|They have|We distinguish|One distinguishes)\s+(?:[\w-]+\s+){1,3}?"
    rf"(?P<sort>{_KINDS}|{_PARTS})"
    r"(?:\s+of\s+(?P<whole>[^:]+?))?\s*:",
    re.IGNORECASE,
)
_TERM_APART = re.compile(r":\s|\s[—–-]\s")
_CALLED = re.compile(
    r"\b(?:known as|called|termed|named|referred to as|dubbed|labelled)\s+(?:an?\s+|the\s+)?[\"“*_]*(?=\w)",
    re.IGNORECASE,
)
_APPOSED = re.compile(r",\s+(?:an?|the)\s+[\w\s-]{0,40}$")
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]{1,6})\)")
_MAX_GIST = 300


def read_term(state: LessonState, piece: Statement) -> bool:
    """What a sentence says a term is, falls into or is called."""
    text, line = without_end_sign(piece.text), piece.line
    if is_marked(text):
        return False
    _sorts(state, text, line)
    _called(state, text, line)
    if (this := _THIS_IS.match(text)) and _is_spoken_of(state, this["name"]):
        state.topic = this["name"]
    _exemplifies(state, text, line)
    for clause in clauses_of(text, state.intros) if _KIND_OR_PART_OF.search(text) else ():
        if clause.relation == IS_A and not clause.negated and clause.objects:
            _is_a(state, clause, line)
    return False


def _exemplifies(state: LessonState, text: str, line: Line) -> None:
    """`X is one such Y`, `X is a Y of this kind`, `X is seen as Y`, `X is the best-known example`."""
    if one := _ONE_SUCH.match(text):
        kind = noun_phrase(one["a"] or one["b"])
    elif one := _SEEN_AS.match(text):
        kind = one["kind"] if is_term(state, one["kind"]) else None
    elif one := _AN_EXAMPLE.match(text):
        kind = subject_told(state, state.opened)
    else:
        return
    if kind is not None:
        _join(state, (noun_phrase(one["name"]) or without_article(one["name"]),), EXAMPLE_OF, kind, line)


def read_abbreviations(state: LessonState, block: NamesGiven) -> bool:
    """`monetary policy (MP)`: the letters are another name of the words whose initials they are."""
    for piece in block.words:
        for found in _ABBREVIATION.finditer(piece.text):
            letters = found[1].removesuffix("s").lower()
            words = piece.text[max(0, found.start() - MAX_LABEL) : found.start()].split()[-len(letters) :]
            name = " ".join(words)
            if len(letters) > 1 and "".join(word[0] for word in words).lower() == letters and is_term(state, name):
                node = state.node(name, CONCEPT, piece.line, rank=PROSE)
                if node is not None:
                    state.call(node, found[1])
    return False


def read_first_sentence(state: LessonState, block: LessonText) -> bool:
    """A lead with what it says is the first sentence of its paragraph, and the others are read by themselves.

    Behind words that announce claims all sentences may be claims, which the rule for a thesis decides.
    """
    first, *others = sentences_of(block.text) or [""]
    head, colon, _ = first.partition(":")
    sorts = bool(colon) and _sorts(state, without_end_sign(first), block.line)
    intro = state.intros.read(head, listed=False) if colon and others and not sorts else None
    whole = intro is None or intro.device or intro.day is not None or intro.kind == CLAIM
    if not sorts and (whole or first.endswith(("?", ":"))):
        return False
    claim_before = state.claim
    if not sorts:
        state.ask(LessonText(first, block.line))
    state.view = state.claim if state.claim != claim_before else state.view
    for sentence in others:
        if len(sentence) <= MAX_SAID and not sentence.endswith("?"):
            state.ask(Statement(sentence, block.line))
    return True


def read_sorts(state: LessonState, block: LessonList) -> bool:
    """A list below `There are five common types:`, which are those of what its section spoke of last."""
    counted = _COUNTED_SORTS.fullmatch(block.line.text)
    whole = (
        (noun_phrase(counted["whole"]) if counted["whole"] else subject_told(state, state.opened)) if counted else None
    )
    if counted is None or whole is None or not is_term(state, whole):
        return False
    names = [
        (split_at_colon(item.text) or (bracketed(without_end_sign(item.text)).words, ""))[0] for item in block.items
    ]
    if not all(is_term(state, without_article(name)) for name in names):
        return False
    relation = EXAMPLE_OF if re.fullmatch(_KINDS, counted["sort"], re.IGNORECASE) else PART_OF
    for name, item in zip(names, block.items, strict=True):
        state.edge(term(state, without_article(name), item), relation, term(state, whole, block.line), item)
    return True


def read_term_line(state: LessonState, block: LessonText) -> bool:
    """`Glycolysis: the splitting of one glucose into two.`: a term at the head of its own line, and what it is."""
    apart = _TERM_APART.search(block.text)
    head, colon, said = (block.text[: apart.start()], apart[0], block.text[apart.end() :]) if apart else ("", "", "")
    sentences, first = sentences_of(said.strip()), lower_words(said)[:1]
    reads = state.intros.device_at("reading", lower_words(head)[:1]) is not None
    reads = reads or (bool(first) and first[0] in IMPERATIVES)
    if not colon or not sentences or reads or not is_term(state, head) or not head[:1].isupper():
        return False
    if len(lower_words(sentences[0])) < 4 or not sentences[0].endswith(".") or state.intros.read(head, listed=False):
        return False
    if first[0] in FUNCTION_WORDS - ARTICLES - {"any", "when", "how"} or len(sentences[0]) > _MAX_GIST:
        return False
    node = state.node(head, CONCEPT, block.line)
    if node is not None:
        state.nodes[node].data.setdefault("gist", sentences[0])
    state.opened = head
    for sentence in sentences[1:]:
        state.ask(Statement(sentence, block.line))
    return True


def _is_a(state: LessonState, clause: Clause, line: Line) -> None:
    """`X is a kind of Y`, `X is a piece of Y`: an example or a part of what stands behind."""
    for relation, pattern in ((EXAMPLE_OF, _KIND_OF), (PART_OF, _PART_OF)):
        if (found := pattern.match(clause.objects[0])) and is_term(state, rest := clause.objects[0][found.end() :]):
            _join(state, clause.subjects, relation, without_article(rest), line)
            return


def _is_spoken_of(state: LessonState, name: str) -> bool:
    """Whether the page says a name elsewhere too."""
    return is_term(state, name) and (state.known(name) is not None or state.times_said(name) > 1)


def _join(state: LessonState, names: tuple[str, ...], relation: str, whole: str, line: Line) -> None:
    kept = [name for name in names if is_term(state, name)]
    other = term(state, whole, line) if kept else None
    for name in kept if other else ():
        state.edge(term(state, name, line), relation, other, line)


def _sorts(state: LessonState, text: str, line: Line) -> bool:
    """`There are three types of plate boundary, namely …`, `Carbohydrates fall into three groups: …`."""
    if of := _KINDS_OF.search(text):
        sort, whole, names = of["sort"], noun_phrase(of["whole"]), of["list"]
    elif (into := _FALLS_INTO.match(text)) and (sorts := _SORTED.match(into["rest"])):
        sort, whole, names = sorts["sort"], noun_phrase(into["whole"]), sorts["list"]
    else:
        return False
    found, _ = noun_phrases(names)
    if whole and len(found) > 1:
        _join(state, found, EXAMPLE_OF if re.fullmatch(_KINDS, sort, re.IGNORECASE) else PART_OF, whole, line)
    return bool(whole) and len(found) > 1


def _called(state: LessonState, text: str, line: Line) -> None:
    """`…, a process now called seafloor spreading` names what the clause before it claims."""
    for called in _CALLED.finditer(text):
        before = text[: called.start()]
        if before.rstrip().endswith(_ALSO):
            continue
        node = term(state, noun_phrase(text[called.end() :], MAX_WORDS_OF_TERM), line)
        if node and (told := _APPOSED.search(before)):
            said = claim(state, before[: told.start()].split(" that ")[-1], line)
            state.edge(said, ABOUT, node, line)
