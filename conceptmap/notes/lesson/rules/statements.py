"""Plain sentences by their clauses: what they relate, what sort of thing something is, how else it is called."""

import re

from conceptmap.notes.lesson.clauses import ALSO_CALLED, IS_A, Clause, clauses_of, subject_of
from conceptmap.notes.lesson.ends import is_marked, is_term
from conceptmap.notes.lesson.lesson_blocks import IntroducedList, Statement
from conceptmap.notes.lesson.phrases import noun_phrases, verb_place
from conceptmap.notes.lesson.rules.days import name_subject
from conceptmap.notes.lesson.state import PROSE, LessonState
from conceptmap.notes.lesson.words import (
    CHANGES,
    COMPARATIVES,
    IMPERATIVES,
    LIST_NOUNS,
    OPENERS,
    PREPOSITIONS,
    SPEAKERS,
    concept_key,
    lower_words,
    without_article,
    without_end_sign,
)
from conceptmap.notes.page.markdown import Line
from ontology.names import singular
from ontology.terms import (
    ABOUT,
    CLAIM,
    CONCEPT,
    CONTRASTS_WITH,
    EXAMPLE_OF,
    LEADS_TO,
    METHOD,
    OPPOSES,
    OUTPERFORMS,
    PART_OF,
    REPLACES,
    REQUIRES,
)

TOLD = frozenset((REQUIRES, PART_OF, EXAMPLE_OF, REPLACES, LEADS_TO, CONTRASTS_WITH, OUTPERFORMS, OPPOSES))
"""Relations that a sentence may state: those whose verbs are seldom used for anything else."""

BEATS = frozenset((REPLACES, OUTPERFORMS))
"""Relations by which one thing wins over another."""

_SHELLS = frozenset(singular(noun) for noun in LIST_NOUNS) | frozenset(
    "object person place time number set group system sign state kind process body act name word measure amount "
    "result change way means lot bit matter".split()
)
"""Nouns that sort nothing: `a process that …` says what a thing is, and puts it under nothing."""

_HINDERS = frozenset(
    form
    for verb in ("inhibit", "prevent", "hinder", "suppress", "counteract")
    for form in (verb, f"{verb}s", f"{verb}ed")
)
"""Verbs by which one thing keeps another from happening; what speaks against a claim does so in words."""

_SORTS = frozenset("kind form type sort class variety species variant version".split())
_SORT_OF = re.compile(
    r"(kind|form|type|sort|class|variety|species|variant|version|branch|part|area|field|subfield|school) of (.+)",
    re.IGNORECASE,
)
"""Nouns that sort by what follows `of`: a kind of it, or a part."""

_WEAK = frozenset(
    "used produces produce produced buys buy bought precedes precede preceded points point pointed illustrates "
    "illustrate illustrated covers".split()
)
"""Verbs of the vocabulary that in running text seldom say its relation: `firms produce goods`."""

_INSTANCES = frozenset(("examples", "good examples", "well-known examples", "famous examples", "instances"))
"""Subjects of `include` that are instances of what the sentence before speaks of."""

_EXAMPLES_OF = re.compile(
    r"(?:common |typical |other )?(?:examples?|kinds|types|forms|instances|varieties) of (.+)", re.IGNORECASE
)
_SIGNS = frozenset("$\\{}")
"""Signs of formulas and of markup: a sentence that is held together by them is cut wrongly by its words."""

_SAYS = frozenset("state say hold claim argu assert impli mean postul propos maintain teach".split())
"""Stems of verbs by which a law, a theory or a person claims something."""

_IS_THAT = re.compile(r"(?:the|our|its|my) (.{3,60}?) (?:is|was|runs) that (.+)", re.IGNORECASE | re.DOTALL)
_SETS_APART = re.compile(r";\s+|,?\s+(?:while|whereas)\s+")
_ITS_PART = re.compile(r"(?:its|their)\s+[\w\s-]{3,40}?\s(?:is|are) (?:also )?called\s+(.+)", re.IGNORECASE)
_SAYS_THAT = re.compile(r"\A(.{3,60}?)\s+(\w+)\s+that\s+(.+)", re.DOTALL)
_INSTEAD = re.compile(r"\A(?:with|by)\s+")


def read_statement(state: LessonState, piece: Statement) -> bool:
    """`Diffusion policies build on denoising and lead to smooth motion.`: names and verbs of the vocabulary.

    What stands in quotation marks is said by somebody else, and often only to be denied.
    """
    words = lower_words(piece.text)
    told = bool(words) and words[0] not in IMPERATIVES | CHANGES and SPEAKERS.isdisjoint(words)
    if not told or not _SIGNS.isdisjoint(piece.text) or piece.text[0] in '"“«':
        return False
    clauses = clauses_of(piece.text, state.intros, state.topic)
    for number, clause in enumerate(clauses):
        if clause.relation != IS_A or not number or clause.pointing or any(map(state.like, clause.objects)):
            relate(state, clause, piece.line)
    sorts = [clause for clause in clauses if clause.relation == IS_A and not clause.pointing]
    if sorts:
        _define(state, sorts[0], piece)
    _set_apart(state, piece)
    if (part := _ITS_PART.match(piece.text)) is not None and state.topic:
        names, _ = noun_phrases(part[1])
        whole = state.like(state.topic) or state.node(state.topic, CONCEPT, piece.line, rank=PROSE)
        state.edge(state.node(names[0] if names else "", CONCEPT, piece.line, rank=PROSE), PART_OF, whole, piece.line)
    named = next((clause.subjects[0] for clause in clauses if not clause.pointing), None)
    first = piece.text.split(" ", 1)[0].lower()
    state.topic = named or (state.topic if clauses or first in OPENERS else None)
    return False


def relate(state: LessonState, clause: Clause, line: Line, kind: str = CONCEPT) -> None:
    """The edges that a clause says; `kind`: of what it names for the first time."""
    names = (*clause.subjects, *clause.objects)
    if clause.relation is None or clause.negated or not clause.objects or clause.verb.lower() in _WEAK:
        return
    if clause.inverse and clause.relation == PART_OF and clause.subjects[0].lower() in _INSTANCES and state.topic:
        relate(state, clause._replace(subjects=(state.topic,), relation=EXAMPLE_OF), line, kind)
        return
    if kind == CONCEPT and not all(is_term(state, one) for one in names):
        return
    if clause.relation == ALSO_CALLED:
        _call(state, clause, line)
    elif clause.relation == IS_A:
        _sort(state, clause, line)
    elif (listed := _EXAMPLES_OF.match(clause.subjects[0])) is not None and clause.inverse:
        named = clause._replace(subjects=(listed[1],), relation=EXAMPLE_OF)
        relate(state, named, line, kind)
    elif clause.verb.lower().endswith("than") and not _is_known(state, clause):
        return
    elif clause.relation in TOLD and not _instead(state, clause, line):
        subjects = [state.like(name) or state.node(name, kind, line, rank=PROSE) for name in clause.subjects]
        for name in clause.objects:
            if not (clause.joined and clause.relation == REQUIRES) or " " in name or state.known(name):
                other = state.like(name) or state.node(name, kind, line, rank=PROSE)
                for subject in subjects:
                    _join(state, clause, subject, other, line)


def _is_known(state: LessonState, clause: Clause) -> bool:
    """Whether the page knows one of the names in a clause by another sentence."""
    return any(state.like(name) for name in (*clause.subjects, *clause.objects))


def _join(state: LessonState, clause: Clause, subject: str | None, other: str | None, line: Line) -> None:
    if subject is None or other is None:
        return
    source, target = (other, subject) if clause.inverse else (subject, other)
    relation = clause.relation or ABOUT
    if relation == OPPOSES and state.nodes[target].kind != CLAIM:
        if (
            clause.rest.startswith("from ")
            or _HINDERS.isdisjoint(lower_words(clause.verb))
            or state.nodes[target].label.split(" ")[0].endswith("ing")
        ):
            return
        relation = CONTRASTS_WITH
    state.edge(source, relation, target, line, note=clause.verb if relation == CONTRASTS_WITH else None)


def _instead(state: LessonState, clause: Clause, line: Line) -> bool:
    """`A replaces B with C`: what stands in B's place is C, a part of A."""
    given = _INSTEAD.match(clause.rest) if clause.relation == REPLACES and not clause.inverse else None
    names, _ = noun_phrases(clause.rest[given.end() :]) if given else ((), "")
    if not names or len(clause.subjects) != 1 or len(clause.objects) != 1:
        return False
    whole, old, new = (
        state.like(name) or state.node(name, CONCEPT, line, rank=PROSE)
        for name in (clause.subjects[0], clause.objects[0], names[0])
    )
    state.edge(new, REPLACES, old, line)
    state.edge(new, PART_OF, whole, line)
    return True


def _call(state: LessonState, clause: Clause, line: Line) -> None:
    node = state.known(clause.subjects[0]) or state.node(clause.subjects[0], CONCEPT, line, rank=PROSE)
    for name in clause.objects[:1]:
        if node is not None:
            state.call(node, name)


def _sort(state: LessonState, clause: Clause, line: Line) -> None:
    """`X is a Y that …`: an example of Y, unless Y sorts nothing, or needs more words to be a sort."""
    for name in clause.objects:
        _sort_as(state, clause, name, line)


def _sort_as(state: LessonState, clause: Clause, name: str, line: Line) -> None:
    behind, words = lower_words(clause.rest), lower_words(name)
    if (of := _SORT_OF.match(name)) is not None:
        relation = EXAMPLE_OF if of[1].lower() in _SORTS else PART_OF
        whole = state.like(of[2]) or state.node(of[2], CONCEPT, line, rank=PROSE)
        for subject in clause.subjects:
            state.edge(state.node(subject, CONCEPT, line, rank=PROSE), relation, whole, line)
        return
    if " of " in name and len(clause.objects) == 1 and not state.known(name):
        return
    told = behind[:1] in (["that"], ["which"], ["who"]) and state.times_said(name) > 1
    single = len(words) == 1 and len(clause.subjects) == 1 and not told
    if words[0] in COMPARATIVES or (single and not state.known(name)):
        return
    if clause.verb.endswith("the") or singular(words[-1]) in _SHELLS or behind[:1] == ["of"]:
        return
    alone = len(clause.subjects) == 1 and not _is_definite(clause, state) and _is_term(state, clause)
    plain = len(words) > 1 and (not behind or behind[0] not in PREPOSITIONS)
    if state.known(name) or (state.times_said(name) > 1 and not clause.definite) or (plain and alone):
        sort = state.like(name) or state.node(name, CONCEPT, line, rank=PROSE)
        for subject in clause.subjects:
            state.edge(state.node(subject, CONCEPT, line, rank=PROSE), EXAMPLE_OF, sort, line)


def _is_definite(clause: Clause, state: LessonState) -> bool:
    """Whether a sentence speaks of one thing of its sort, `the radius`, that the page does not know by its name."""
    return clause.definite and not state.like(clause.subjects[0])


def _is_term(state: LessonState, clause: Clause) -> bool:
    return state.may_name(clause.subjects[0], clause.subjects[0])


def _define(state: LessonState, clause: Clause, piece: Statement) -> None:
    """The sentence that says what a thing is becomes the thing's text."""
    name = clause.subjects[0]
    first = piece.text.split(" ", 1)[0].lower()
    if len(clause.subjects) > 1 or clause.negated or (first == "the" and not state.known(name)):
        return
    if state.may_name(name, without_article(piece.text)):
        node = state.node(name, CONCEPT, piece.line, rank=PROSE)
        if node and piece.text not in state.nodes[node].texts:
            state.nodes[node].texts.append(piece.text)


def _set_apart(state: LessonState, piece: Statement) -> None:
    """`A keeps it fixed; B lets it vary`, `A is slow, while B is fast`: two names that a sentence sets side by side."""
    if is_marked(piece.text):
        return
    halves = _SETS_APART.split(without_end_sign(piece.text))
    if len(halves) != 2:
        return
    names = [name for half in halves if (name := subject_of(half, state.intros)) and is_term(state, name)]
    keys = {state.like(name) or concept_key(name) for name in names}
    if len(keys) != 2 or not any(state.like(name) for name in names):
        return
    if ";" in piece.text and not _are_parallel(state, halves, keys):
        return
    if all(state.may_name(one, one) for one in names):
        one, other = (state.like(name) or state.node(name, CONCEPT, piece.line, rank=PROSE) for name in names)
        state.edge(one, CONTRASTS_WITH, other, piece.line)


def _are_parallel(state: LessonState, halves: list[str], keys: set[str]) -> bool:
    """Whether two halves of a sentence speak of siblings in a tree, or say the same verb of two things."""
    wholes = {state.wholes.get(key) for key in keys}
    verbs = [words[verb_place(words)] for half in halves if verb_place(words := lower_words(half))]
    return (len(wholes) == 1 and None not in wholes) or (len(verbs) == 2 and verbs[0] == verbs[1])


def read_argued(state: LessonState, piece: Statement) -> bool:
    """`The central claim of the day is that …`: what a list below these words would say."""
    found = _IS_THAT.match(piece.text)
    intro = state.intros.read(found[1], listed=False) if found else None
    if found is None or intro is None or (intro.relation, intro.kind) != (PART_OF, CLAIM):
        return False
    line = piece.line
    item = line._replace(text=found[2])
    return state.ask(IntroducedList(line._replace(text=f"{found[1]}:"), (item,), intro=intro))


def read_saying(state: LessonState, piece: Statement) -> bool:
    """`Hubble's law states that galaxies recede`: a claim about the name that says it."""
    found = _SAYS_THAT.match(piece.text)
    verb = found[2].lower() if found else ""
    if found is None or state.intros.stem(verb) not in _SAYS or not _SIGNS.isdisjoint(piece.text):
        return False
    if lower_words(found[3])[:1] and lower_words(found[3])[0] in OPENERS | SPEAKERS:
        return False
    names, rest = noun_phrases(found[1])
    if (
        len(names) != 1
        or rest
        or not state.may_name(names[0], names[0])
        or len(lower_words(found[3])) < 3
        or not is_term(state, names[0])
    ):
        return False
    claim = state.node(without_end_sign(found[3]).rstrip(":："), CLAIM, piece.line)
    state.edge(claim, ABOUT, state.node(names[0], CONCEPT, piece.line, rank=PROSE), piece.line)
    state.topic = names[0]
    return True


def tell(state: LessonState, text: str, line: Line, said: str | None) -> None:
    """What a claim or evidence tells beside itself: what it is about, and who wins over whom in it."""
    name_subject(state, said, text, line)
    for clause in clauses_of(text, state.intros):
        if clause.relation == REPLACES:
            relate(state, clause._replace(relation=CONTRASTS_WITH, verb="replaced", rest=""), line, METHOD)
        elif clause.relation in (OUTPERFORMS, CONTRASTS_WITH):
            relate(state, clause, line, METHOD)
