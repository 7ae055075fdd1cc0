"""A file that lists the questions which a map must answer: each an item, and under it the answers wanted."""

from collections.abc import Iterator, Sequence

from conceptmap.notes.page.front import read_front_matter
from conceptmap.notes.page.inline import plain
from conceptmap.notes.page.markdown import Block, Item, Items, Paragraph, markdown_parser, read_blocks, read_source
from conceptmap.notes.page.questions import wanted
from conceptmap.notes.values import Findings
from ontology.errors import InvalidQuestions
from ontology.model import CompetencyQuestion


def read_question_list(path: str, body: bytes) -> tuple[CompetencyQuestion, ...]:
    """The questions of a Markdown file: every item of its lists is one, and items nested in it are the answers wanted.

    Other text is for human readers; in a file whose front matter has `questions`, all is. Raises `InvalidQuestions`
    with every problem.
    """
    findings = Findings()
    source = read_source(path, body, findings)
    front = read_front_matter(path, source.lines, findings)
    blocks = read_blocks(markdown_parser(), path, source.lines[front.end :], front.end + 1, findings)
    questions = front.questions or tuple(_questions(path, blocks, findings))
    if not (questions or findings.problems or findings.warnings):
        findings.problem(path, (1, 1), "the file lists no questions", "begin each on a line of its own with '- '")
    if problems := [*findings.problems, *findings.warnings]:
        raise InvalidQuestions(problems)
    return questions


def _questions(path: str, blocks: Sequence[Block], findings: Findings) -> Iterator[CompetencyQuestion]:
    for block in blocks:
        if isinstance(block, Items):
            for item in block.items:
                if question := _question(path, item, findings):
                    yield question
        elif isinstance(block, Paragraph) and (asked := [one for one in block.lines if one.text.endswith("?")]):
            hint = "begin its line with '- '"
            findings.problem(path, asked[0].position, "this question is no item of a list", hint)


def _question(path: str, item: Item, findings: Findings) -> CompetencyQuestion | None:
    if not (words := _words(item)):
        findings.problem(path, (_first_line(item), 1), "this item holds no question", "write the question behind '- '")
        return None
    lists = [block for block in item.blocks if isinstance(block, Items)]
    answers = [answer for block in lists for one in block.items if (answer := _words(one))]
    line = _first_line(item)
    return CompetencyQuestion(ask=words, answers=wanted(answers) if lists else None, line=line)


def _words(item: Item) -> str:
    """What an item says first."""
    return " ".join(plain(line.text) for line in item.head.lines) if item.head else ""


def _first_line(item: Item) -> int:
    return item.head.lines[0].number if item.head else item.last
