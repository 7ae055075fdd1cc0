"""The key `questions` of front matter: questions that the map must answer, each with the answers wanted, if any."""

from collections.abc import Sequence

import yaml

from conceptmap.notes.values import Findings, Position
from ontology.model import MAX_LABEL, MAX_QUESTIONS, CompetencyQuestion, unsafe_character

NOTHING = "nothing"
"""What stands as the only answer of a question to which the map must know none."""

_HINT = "write '- what is it?', or '- ask: what is it?' and in the next line, under the a, 'answers: [this, that]'"


def wanted(answers: Sequence[str]) -> tuple[str, ...]:
    """The answers wanted of these words; none of the one word `nothing`."""
    return () if [one.strip().casefold() for one in answers] == [NOTHING] else tuple(answers)


def read_questions(path: str, node: yaml.Node, findings: Findings) -> tuple[CompetencyQuestion, ...]:
    """The questions that a value lists, or the one that it is; what is none is left out with a warning."""
    questions = []
    for item in _items(node):
        if (question := _question(item)) is not None:
            questions.append(question)
        else:
            findings.warn(path, _position(item), "this item of 'questions' is no question, and is left out", _HINT)
    if len(questions) > MAX_QUESTIONS:
        what = f"these are {len(questions)} questions; the first {MAX_QUESTIONS} are kept"
        findings.warn(path, _position(node), what, "ask the others in a file of questions")
    return tuple(questions[:MAX_QUESTIONS])


def _position(node: yaml.Node) -> Position:
    return node.start_mark.line + 2, node.start_mark.column + 1


def _question(item: yaml.Node) -> CompetencyQuestion | None:
    """A question by itself, or a mapping with `ask` and `answers`; None where the item is neither."""
    said = {"ask": item}
    if isinstance(item, yaml.MappingNode):
        said = {key.value if isinstance(key, yaml.ScalarNode) else "": value for key, value in item.value}
    ask, answers = _words(said.pop("ask", None)), said.pop("answers", None)
    any_answer = answers is None or answers.value == ""
    nodes = [] if answers is None or any_answer else _items(answers)
    words = [word for one in nodes if (word := _words(one))]
    if ask is None or said or len(words) < len(nodes):
        return None
    return CompetencyQuestion(ask=ask, answers=None if any_answer else wanted(words), line=_position(item)[0])


def _items(node: yaml.Node) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _words(node: yaml.Node | None) -> str | None:
    """A line of words, if the node is one."""
    words = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""
    return words if 0 < len(words) <= MAX_LABEL and not unsafe_character(words) else None
