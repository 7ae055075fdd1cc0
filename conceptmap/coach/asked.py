"""Rules of questions: those that the map must answer, those that nobody answers, and those to write about."""

from collections.abc import Iterator
from functools import partial

from conceptmap.coach.advice import Advice, field_below, heading_below
from conceptmap.coach.check import Rule, Spot
from conceptmap.coach.survey import Survey, called
from conceptmap.competency import OUTCOMES, AskedQuestion, ListedQuestion, Outcome, ask_all
from conceptmap.reflections import asks_to_write, count_words, goal_of
from graphs.fold import PartKey
from graphs.view import Citation, FoldedNode
from ontology.model import CompetencyQuestion, Document
from ontology.names import day_id
from ontology.terms import ANSWERS, ASKS, QUESTION, REFLECTION

DAYS_OPEN = 3
"""Days for which a question may well be open."""
FEW_DAYS = 3
"""A map of fewer days is not yet a course."""
_LEFT_OPEN = frozenset(("open", "rhetorical"))
"""What `status::` says of a question that nobody is to answer here."""


def _competency(outcome: Outcome, survey: Survey) -> Iterator[Spot]:
    """Questions of the notes to which the map has not the answers that are wanted, in one way of not having them."""
    if not survey.view.has_questions:
        return
    for document, one in survey.shared("asked questions", _asked):
        if one.outcome == outcome:
            yield Spot(_page(document), f"{one.question.ask!r}: {one.why}", (_place(document, one.question),))


def _asked(survey: Survey) -> list[tuple[Document, AskedQuestion]]:
    view = survey.view
    return [
        (document, asked)
        for document in view.documents()
        for asked in ask_all(view, (ListedQuestion(document.part, one) for one in document.questions))
    ]


def _page(document: Document) -> str:
    """The node that stands for a note."""
    return next((node.id for node in document.nodes), "") if document.undated else day_id(document.day)


def _place(document: Document, question: CompetencyQuestion) -> Citation:
    """Where a note asks a question."""
    lines = (question.line, question.line) if question.line else None
    return Citation(document.day, document.part, lines, question.ask, "stated", document.undated)


def _open(survey: Survey) -> Iterator[Spot]:
    """Questions that were asked some days ago and that nothing answers; those of a prompt are told with the prompt."""
    if survey.last_day is None:
        return
    for node in survey.of_kind(QUESTION):
        day = survey.introduced(node.id)
        if day is None or asks_to_write(node) or survey.to(node.id, ANSWERS) or _is_left_open(survey, node):
            continue
        if (days := survey.last_day - day) >= DAYS_OPEN:
            cites = survey.cite(node.id)
            advice = field_below(cites[0], node, "is answered by", "what answers it")
            what = f"{called(node)} is open since {survey.view.day_in_words(day)}"
            yield Spot(node.id, what, cites, advice, weight=days)


def _is_left_open(survey: Survey, node: FoldedNode) -> bool:
    """Whether its author says that it stays open, or a question to write about raises it."""
    if str(node.data.get("status", "")).strip().casefold() in _LEFT_OPEN:
        return True
    askers = (survey.nodes[edge.source] for edge in survey.to(node.id, ASKS))
    return any(asks_to_write(asker) for asker in askers if asker.kind == QUESTION)


def _unwritten(survey: Survey) -> Iterator[Spot]:
    """Questions to write about on which nothing was written, or fewer words than they ask for."""
    for node in survey.of_kind(QUESTION):
        if not asks_to_write(node):
            continue
        answers = [survey.nodes[edge.source] for edge in survey.to(node.id, ANSWERS)]
        written = max((count_words(one.text or "") for one in answers if one.kind == REFLECTION), default=0)
        goal = goal_of(node)
        if (written < goal.words) if goal else not answers:
            cites = survey.cite(node.id)
            text = f"## {REFLECTION}: My answer\n- {ANSWERS}:: [[{node.id}]]"
            done = f"{written} are written" if written else "nothing is written"
            what = f"{called(node)} asks for {f'{goal} words' if goal else 'a text'}, and {done}"
            yield Spot(node.id, what, cites, heading_below(cites[0], text), weight=goal.words - written if goal else 0)


def _without_focus(survey: Survey) -> Iterator[Spot]:
    """A course that asks nothing at all: no question says what its map is to answer."""
    if len(survey.days) < FEW_DAYS or not survey.said or survey.view.has_questions:
        return
    if not any(survey.is_kind(node, QUESTION) for node in survey.nodes):
        first = min(survey.days, key=survey.days.__getitem__)
        cites = survey.day_cite(first)
        key = survey.view.parts(first)[0]
        asks = Advice(f"- {ASKS}:: [[the question that the course is to answer]]", PartKey(*key), 0)
        yield Spot(day_id(first), "no question says what the map is to answer", cites, asks)


_FOCUS = "Novak and Cañas 2006, IHMC TR 2006-01 (the focus question); Derbentseva, Safayeni and Cañas 2006"

COMPETENCY = tuple(
    Rule(
        outcome.replace(" ", "-"),
        "warning",
        help,
        partial(_competency, outcome),
        "Grüninger and Fox 1995 (competency questions)",
        sorted=True,
    )
    for outcome, help in OUTCOMES.items()
)
OPEN = Rule("open-question", "note", "A question is answered some days after it was asked.", _open, _FOCUS)
UNWRITTEN = Rule("unwritten-prompt", "warning", "What asks for so many words has an answer of as many.", _unwritten)
NO_FOCUS = Rule("no-focus-question", "note", "A question says what the map is to answer.", _without_focus, _FOCUS)
