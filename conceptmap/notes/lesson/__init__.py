"""The lesson: a page that nobody annotated, the table of rules that read it, and the walk that asks them.

A block is shown to the rules that read such blocks, in the order of the table, until one has read it. A text that none
has read is shown sentence by sentence, a list item by item. To add a rule, write its function in `rules` and its row.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from conceptmap.notes.lesson.lesson_blocks import (
    IntroducedList,
    Item,
    LessonBlock,
    LessonFormula,
    LessonList,
    LessonTable,
    LessonText,
    LessonTree,
    Motto,
    NamesGiven,
    PageEnd,
    PromptedQuestion,
    Question,
    Sentence,
    Statement,
    Taught,
    Thread,
    Told,
    lesson_blocks,
    words_of_blocks,
)
from conceptmap.notes.lesson.list_intros import list_intros_of
from conceptmap.notes.lesson.rules import compare, diagrams, formulas, lists, prose, questions, subjects
from conceptmap.notes.lesson.state import MAX_SAID, LessonEdge, LessonNode, LessonState, Rule
from conceptmap.notes.lesson.words import lower_words, sentences_of
from conceptmap.notes.page.blocks import Block
from conceptmap.notes.page.tree import Twig
from conceptmap.notes.rule_classes import (
    ARROWS,
    CONTRAST,
    DAY_LIST,
    DAY_MARK,
    DEFINITION,
    EXAMPLES,
    FORMULA,
    IN_TYPED_NOTES,
    KNOWN_NAME,
    LEAD,
    OPENING,
    PARTS,
    PREDICTION,
    PROMPT,
    QUESTION,
    READING,
    REASONS,
    SENTENCE,
    STEPS,
    SYNTHESIS,
    TABLE,
    THESIS,
    TREE,
    UNIT,
    UNKNOWN,
    VERSUS,
    VICTORY,
    RuleClass,
)
from ontology.vocabulary import Vocabulary

RULES: list[Rule] = [
    Rule(TREE, LessonTree, diagrams.read_tree),
    Rule(TABLE, LessonTable, diagrams.read_table),
    Rule(DEFINITION, NamesGiven, subjects.read_acronyms),
    Rule(FORMULA, LessonFormula, formulas.read_formula),
    Rule(QUESTION, LessonText, questions.read_awaited_question),
    Rule(UNIT, LessonText, prose.read_unit),
    Rule(OPENING, LessonText, prose.read_quotation),
    Rule(OPENING, Motto, prose.read_motto),
    Rule(PROMPT, LessonText, questions.read_prompt),
    Rule(ARROWS, (LessonText, Item), lists.read_chain),
    Rule(LEAD, LessonText, prose.read_after_colon),
    Rule(OPENING, Sentence, prose.read_goal),
    Rule(READING, Sentence, prose.read_day_notes),
    Rule(READING, Sentence, prose.read_source),
    Rule(DAY_MARK, Statement, prose.read_day_marks),
    Rule(SENTENCE, Statement, prose.read_sentence),
    Rule(KNOWN_NAME, Statement, prose.read_name_in_brackets),
    Rule(STEPS, LessonList, lists.read_procedure),
    Rule(DAY_LIST, IntroducedList, lists.read_day_list),
    Rule(SYNTHESIS, IntroducedList, lists.read_conclusions),
    Rule(LEAD, IntroducedList, lists.read_threads),
    Rule(EXAMPLES, IntroducedList, lists.read_abounding),
    Rule(REASONS, IntroducedList, lists.read_reasons),
    Rule(LEAD, IntroducedList, lists.read_evidence),
    Rule(THESIS, IntroducedList, lists.read_thesis),
    Rule(STEPS, IntroducedList, lists.read_numbered_parts),
    Rule(PREDICTION, IntroducedList, lists.read_predictions),
    Rule(EXAMPLES, IntroducedList, lists.read_examples),
    Rule(PARTS, IntroducedList, lists.read_parts),
    Rule(LEAD, IntroducedList, lists.read_cued_list),
    Rule(QUESTION, Thread, questions.read_thread_question),
    Rule(VERSUS, (Item, Thread), compare.read_versus),
    Rule(ARROWS, Thread, lists.read_chain),
    Rule(LEAD, Thread, lists.read_named_thread),
    Rule(CONTRAST, Taught, compare.read_tension),
    Rule(VICTORY, Told, compare.read_victory),
    Rule(PROMPT, PromptedQuestion, questions.read_question),
    Rule(QUESTION, Question, questions.read_question),
    Rule(CONTRAST, (Question, PromptedQuestion), questions.read_overriding),
    Rule(KNOWN_NAME, PageEnd, subjects.read_subjects),
]
"""All rules for lessons, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What rules read on a page: nodes by the keys that the edges name, edges, and the roots of each tree."""

    nodes: Mapping[str, LessonNode]
    edges: Collection[LessonEdge]
    trees: tuple[tuple[Twig, ...], ...]


def read_lesson(blocks: Sequence[Block], vocabulary: Vocabulary, day: int) -> Lesson:
    """Read a page of a day by the rules: its trees and tables first, for their names stand over other spellings."""
    page = lesson_blocks(blocks)
    words = tuple(words_of_blocks(page))
    page_words = f" {' '.join(word for piece in words for word in lower_words(piece.text))} "
    state = LessonState(day, list_intros_of(vocabulary), RULES, page_words, UNKNOWN)
    named = [block for block in page if isinstance(block, LessonTree | LessonTable)]
    for one in (*named, NamesGiven(words)):
        state.ask(one)
    for block in page:
        if not isinstance(block, LessonTree | LessonTable):
            _read(state, block)
    state.ask(PageEnd())
    trees = tuple(block.roots for block in named if isinstance(block, LessonTree))
    return Lesson(state.nodes, state.edges.values(), trees)


def _read(state: LessonState, block: LessonBlock) -> None:
    """Show a block to the rules; if none has read it, show them its sentences or items."""
    if isinstance(block, LessonList):
        items = tuple(item for item in block.items if len(item.text) <= MAX_SAID)
        intro = state.intros.read(block.line.text[:MAX_SAID])
        introduced = IntroducedList(block.line, items, block.ordered, intro=intro) if intro else None
        if not state.ask(introduced or LessonList(block.line, items, block.ordered)):
            for item in items:
                state.ask(Item(item.text, item))
    elif not state.ask(block) and isinstance(block, LessonText):
        for sentence in sentences_of(block.text):
            if len(sentence) <= MAX_SAID:
                state.ask((Sentence if sentence.endswith("?") else Statement)(sentence, block.line))


def rule_classes() -> list[RuleClass]:
    """All classes of rules, the surest first: those of the table and those that typed notes are read by."""
    return sorted({*IN_TYPED_NOTES, *(rule.rule_class for rule in RULES)}, key=lambda one: (one.doubt, one.name))


def class_of(rule: str | None) -> RuleClass:
    """The class that an origin names; `UNKNOWN`, which is the least sure, where no rule is of such a class."""
    classes = (*IN_TYPED_NOTES, *(one.rule_class for one in RULES))
    return next((one for one in classes if one.name == rule), UNKNOWN)
