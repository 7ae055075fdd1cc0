"""The lesson: a page that nobody annotated, the table of rules that read it, and the walk that asks them.

A block is shown to the rules that read such blocks, in the order of the table, until one has read it. A text that none
has read is shown sentence by sentence, a list item by item. To add a rule, write its function in `rules` and its row.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from conceptmap.notes import rule_classes as classes
from conceptmap.notes.lesson import lesson_blocks as blocks
from conceptmap.notes.lesson.list_intros import Intro, list_intros_of
from conceptmap.notes.lesson.rules import (
    arguments,
    compare,
    days,
    diagrams,
    evidence,
    lists,
    prose,
    questions,
    shorthand,
    statements,
    subjects,
    terms,
    threads,
)
from conceptmap.notes.lesson.state import MAX_SAID, LessonEdge, LessonNode, LessonState, Rule
from conceptmap.notes.lesson.words import lower_words, sentences_of
from conceptmap.notes.page.markdown import Block
from conceptmap.notes.page.tree import TreeNode
from conceptmap.notes.rule_classes import IN_TYPED_NOTES, UNKNOWN, RuleClass
from ontology.vocabulary import Vocabulary

RULES: list[Rule] = [
    # diagrams, formulas, and the page as a whole
    Rule(classes.TREE, blocks.LessonTree, diagrams.read_tree),
    Rule(classes.TABLE, blocks.LessonTable, diagrams.read_table),
    Rule(classes.TERM, blocks.NamesGiven, terms.read_abbreviations),
    Rule(classes.DEFINITION, blocks.NamesGiven, subjects.read_acronyms),
    Rule(classes.KNOWN_NAME, blocks.PageEnd, subjects.read_subjects),
    Rule(classes.FORMULA, blocks.LessonFormula, diagrams.read_formula),
    # texts
    Rule(classes.ARGUMENT, blocks.LessonHeading, arguments.begin_section),
    Rule(classes.ARGUMENT, blocks.LessonText, arguments.begin_paragraph),
    Rule(classes.QUESTION, blocks.LessonText, questions.read_awaited_question),
    Rule(classes.UNIT, blocks.LessonText, prose.read_unit),
    Rule(classes.OPENING, blocks.LessonText, prose.read_quotation),
    Rule(classes.PROMPT, blocks.LessonText, questions.read_prompt),
    Rule(classes.ARROWS, (blocks.LessonText, blocks.Item), lists.read_chain),
    Rule(classes.TERM, blocks.LessonText, terms.read_first_sentence),
    Rule(classes.LEAD, blocks.LessonText, prose.read_after_colon),
    Rule(classes.TERM, blocks.LessonText, terms.read_term_line),
    # sentences of texts that no rule has read
    Rule(classes.OPENING, blocks.Sentence, prose.read_goal),
    Rule(classes.READING, blocks.Sentence, prose.read_day_notes),
    Rule(classes.READING, blocks.Sentence, prose.read_source),
    Rule(classes.ARROWS, blocks.Statement, lists.read_chain),
    Rule(classes.DAY_MARK, (blocks.Statement, blocks.Thread, blocks.Question), days.read_day_marks),
    Rule(classes.DAY_MARK, blocks.Statement, days.read_recalled),
    Rule(classes.DAY_MARK, blocks.Statement, days.read_met),
    Rule(classes.DAY_MARK, blocks.Statement, days.read_coming),
    Rule(classes.TERM, blocks.Statement, terms.read_term),
    Rule(classes.ARGUMENT, blocks.Statement, arguments.read_argument),
    Rule(classes.CONTRAST, blocks.Statement, compare.read_tension_told),
    Rule(classes.THESIS, blocks.Statement, statements.read_argued),
    Rule(classes.SENTENCE, blocks.Statement, statements.read_saying),
    Rule(classes.SENTENCE, blocks.Statement, statements.read_statement),
    Rule(classes.KNOWN_NAME, blocks.Statement, prose.read_name_in_brackets),
    Rule(classes.QUESTION, blocks.Sentence, shorthand.read_asked),
    # lists
    Rule(classes.TERM, blocks.LessonList, terms.read_sorts),
    Rule(classes.STEPS, blocks.LessonList, lists.read_procedure),
    Rule(classes.LEAD, blocks.LessonList, evidence.read_shape),
    Rule(classes.DAY_LIST, blocks.IntroducedList, lists.read_day_list),
    Rule(classes.SYNTHESIS, blocks.IntroducedList, threads.read_conclusions),
    Rule(classes.LEAD, blocks.IntroducedList, threads.read_threads),
    Rule(classes.EXAMPLES, blocks.IntroducedList, lists.read_abounding),
    Rule(classes.REASONS, blocks.IntroducedList, evidence.read_reasons),
    Rule(classes.LEAD, blocks.IntroducedList, evidence.read_evidence),
    Rule(classes.THESIS, blocks.IntroducedList, evidence.read_thesis),
    Rule(classes.STEPS, blocks.IntroducedList, lists.read_numbered_parts),
    Rule(classes.PREDICTION, blocks.IntroducedList, evidence.read_predictions),
    Rule(classes.EXAMPLES, blocks.IntroducedList, lists.read_examples),
    Rule(classes.PARTS, blocks.IntroducedList, lists.read_parts),
    Rule(classes.LEAD, blocks.IntroducedList, lists.read_cued_list),
    Rule(classes.LEAD, blocks.LessonList, threads.read_open_threads),
    Rule(classes.EXAMPLES, blocks.LessonList, lists.read_members),
    Rule(classes.ARGUMENT, blocks.NestedList, shorthand.read_below),
    Rule(classes.PARTS, blocks.NestedList, lists.read_nested),
    # pieces that other rules hand on, and items of lists that no rule has read
    Rule(classes.QUESTION, blocks.Thread, questions.read_thread_question),
    Rule(classes.VERSUS, (blocks.Item, blocks.Thread), compare.read_versus),
    Rule(classes.ARGUMENT, blocks.Item, shorthand.read_item),
    Rule(classes.ARROWS, blocks.Thread, lists.read_chain),
    Rule(classes.LEAD, blocks.Thread, threads.read_named_thread),
    Rule(classes.VICTORY, blocks.Told, compare.read_told),
    Rule(classes.PROMPT, blocks.PromptedQuestion, questions.read_question),
    Rule(classes.QUESTION, blocks.Question, questions.read_question),
    Rule(classes.CONTRAST, (blocks.Question, blocks.PromptedQuestion), questions.read_overriding),
]
"""All rules for lessons, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What rules read on a page: nodes by the keys that the edges name, edges, and the roots of each tree."""

    nodes: Mapping[str, LessonNode]
    edges: Collection[LessonEdge]
    trees: tuple[tuple[TreeNode, ...], ...]


def read_lesson(page: Sequence[Block], vocabulary: Vocabulary, day: int) -> Lesson:
    """Read a page of a day by the rules: its trees and tables first, for their names stand over other spellings."""
    found = blocks.lesson_blocks(page)
    words = tuple(blocks.words_of_blocks(found))
    page_words = f" {' '.join(word for piece in words for word in lower_words(piece.text))} "
    state = LessonState(day, list_intros_of(vocabulary), RULES, page_words, UNKNOWN)
    named = [block for block in found if isinstance(block, blocks.LessonTree | blocks.LessonTable)]
    for one in (*named, blocks.NamesGiven(words)):
        state.ask(one)
    for block in found:
        if not isinstance(block, blocks.LessonTree | blocks.LessonTable):
            _read(state, block)
    state.ask(blocks.PageEnd())
    trees = tuple(block.roots for block in named if isinstance(block, blocks.LessonTree))
    return Lesson(state.nodes, tuple(state.edges.values()), trees)


def _read(state: LessonState, block: blocks.LessonBlock) -> None:
    """Show a block to the rules; if none has read it, show them its sentences or items."""
    if isinstance(block, blocks.LessonList):
        _read_list(state, block)
    elif not state.ask(block) and isinstance(block, blocks.LessonText):
        state.topic, state.topic_line = None, block.line.number
        for sentence in sentences_of(block.text):
            if len(sentence) <= MAX_SAID:
                state.ask((blocks.Sentence if sentence.endswith("?") else blocks.Statement)(sentence, block.line))
    if not isinstance(block, blocks.LessonFormula):
        state.led = block if isinstance(block, blocks.LessonText) else None


def _read_list(state: LessonState, block: blocks.LessonList) -> None:
    """Show a list to the rules; if none has read it, its items; then the lists below its items."""
    items = tuple(item for item in block.items if len(item.text) <= MAX_SAID)
    line = block.line
    intro = state.intros.read(line.text[:MAX_SAID])
    shown: blocks.LessonList = blocks.LessonList(line, items, block.ordered)
    if intro is not None:
        shown = blocks.IntroducedList(line, items, block.ordered, intro=intro)
    if not state.ask(shown):
        for item in items:
            state.ask(blocks.Item.of(item))
    for inner in block.nested:
        _read_nested(state, inner, intro)


def _read_nested(state: LessonState, block: blocks.LessonList, outer: Intro | None) -> None:
    """Show a list below an item to the rules: as any other list, if the item leads it, else as what the item holds."""
    leads = block.line.text.endswith((":", "：")) and state.intros.read(block.line.text[:MAX_SAID]) is not None
    if leads:
        _read_list(state, block)
        return
    items = tuple(item for item in block.items if len(item.text) <= MAX_SAID)
    state.ask(blocks.NestedList(block.line, items, block.ordered, outer=outer))
    for inner in block.nested:
        _read_nested(state, inner, outer)


def rule_classes() -> list[RuleClass]:
    """All classes of rules, the surest first: those of the table and those that typed notes are read by."""
    return sorted({*IN_TYPED_NOTES, *(rule.rule_class for rule in RULES)}, key=lambda one: (one.doubt, one.name))


def class_of(rule: str | None) -> RuleClass:
    """The class that an origin names; `UNKNOWN`, which is the least sure, where no rule is of such a class."""
    known = (*IN_TYPED_NOTES, *(one.rule_class for one in RULES))
    return next((one for one in known if one.name == rule), UNKNOWN)
