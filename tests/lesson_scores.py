"""Scoring in tests: how much of a lesson's gold graph a reading finds; labels match by their words."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conceptmap.notes import NoteFile, read_notes
from graphs.fold import Fold
from graphs.view import View
from ontology.model import Document
from ontology.vocabulary import Vocabulary

LESSONS = Path(__file__).parent / "lessons"
DAYS = {"biology": 18, "law": 9, "cooking": 12}
_DAY = re.compile(r"days? \d+", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """The share of gold and found items that match, as F1."""

    nodes: float
    edges: float


def lesson_document(vocabulary: Vocabulary, name: str) -> Document:
    """The document of a lesson file, by its name with its suffix."""
    file = NoteFile(name, (LESSONS / name).read_bytes(), DAYS[name.split(".", maxsplit=1)[0]])
    reading = read_notes([file], vocabulary=vocabulary, known=View(Fold(vocabulary), vocabulary), map="lessons")
    assert not reading.problems
    return reading.notes[0].document


def gold_of(name: str) -> dict[str, Any]:
    """The gold graph of a lesson."""
    path = LESSONS / f"{name.split('.', maxsplit=1)[0]}-gold.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def words(label: str) -> frozenset[str]:
    """The words of a label that count."""
    return frozenset(re.findall(r"[^\W_]+", label.lower().replace("'s", "s"))) - {"the", "a", "an"}


def score(document: Document, gold: dict[str, Any]) -> Score:
    """How well a document agrees with gold; days are left out, and edges count without their type."""
    names = [[words(name) for name in (node["label"], *node.get("aliases", ()))] for node in gold["nodes"]]
    wanted = {node["label"]: number for number, node in enumerate(gold["nodes"]) if not _DAY.fullmatch(node["label"])}
    taken: dict[int, str] = {}
    match: dict[str, int] = {}
    labels = {node.id: words(node.label) for node in document.nodes if node.kind != "Day"}
    pairs = [(_likeness(own, names[n]), node, n) for node, own in labels.items() for n in wanted.values()]
    for likeness, node, number in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if likeness >= 0.6 and node not in match and number not in taken:
            match[node], taken[number] = number, node
    found = {
        frozenset((edge.source, edge.target)) for edge in document.edges if {edge.source, edge.target} <= {*labels}
    }
    meant = {
        frozenset((wanted[edge["from"]], wanted[edge["to"]]))
        for edge in gold["edges"]
        if edge["from"] in wanted and edge["to"] in wanted and not edge.get("implied")
    }
    hits = {frozenset(match[end] for end in pair) for pair in found if all(end in match for end in pair)} & meant
    return Score(_f1(len(match), len(labels), len(wanted)), _f1(len(hits), len(found), len(meant)))


def _likeness(one: frozenset[str], others: Iterable[frozenset[str]]) -> float:
    return max(2 * len(one & other) / ((len(one) + len(other)) or 1) for other in others)


def _f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / ((found + wanted) or 1)
