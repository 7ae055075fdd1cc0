"""Anki: cards to repeat with, a question that the map can answer in front, the answer and its citation behind.

It is the text file that Anki itself imports (https://docs.ankiweb.net/importing/text-files.html): one card a line, with
an id that stays, so that a later import brings cards up to date and leaves what was learned of them as it is.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, Pieces
from conceptmap.formats.loss import Fact, Kept, Loss, losses_of
from ontology.names import name_key

if TYPE_CHECKING:
    from conceptmap.ask import Repeatable
    from graphs.view import Citation, FoldedEdge, FoldedNode, View

MOST_ANSWERS = 8
"""What has more of them is a list to look up, and no card to learn."""

_TEX = re.compile(r"[\\{}]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Card:
    """A card: its id, both sides as HTML, its tags, and the nodes, texts and edges that it shows."""

    id: str
    front: str
    back: str
    tags: tuple[str, ...]
    facts: frozenset[Fact]


def write_anki(view: "View", base: str | None = None) -> Pieces:
    """The lines that tell Anki what the columns are, then a line for each card; `base` plays no part."""
    yield "#separator:tab\n#html:true\n#notetype:Basic\n"
    yield f"#deck:{view.map or 'map'}\n#columns:Guid\tFront\tBack\tTags\n#guid column:1\n#tags column:4\n"
    for card in cards_of(view):
        yield "\t".join((card.id, card.front, card.back, " ".join(card.tags))) + "\n"


def cards_of(view: "View") -> Iterator[Card]:
    """The cards of a map: the questions that notes say it must answer, then what can be asked of each node.

    No two ask the same.
    """
    fronts: set[str] = set()
    for card in chain(_of_lists(view), *(_of_node(view, node) for node in view.nodes())):
        if (front := name_key(card.front)) not in fronts:
            fronts.add(front)
            yield card


def _of_lists(view: "View") -> Iterator[Card]:
    """A card for each question that notes list and the map answers as they want."""
    from conceptmap.competency import ask_all, questions_of

    tags = (_tag(view.map or "map"),)
    for one in ask_all(view, questions_of(view)) if view.has_questions else ():
        found, asked = one.answer.answers, one.question.ask
        if one.is_answered and 0 < len(found) <= MOST_ANSWERS:
            said = "" if one.answer.lead and len(found) > 1 else f"{_html(one.answer.sentence)}<br>"
            back = said + _listed([_line(each.label if not said else "", each.cites) for each in found])
            facts = frozenset(fact for each in found if each.id for fact in _named(each.id))
            yield Card(_id(view, "asked", asked), _html(asked), back, tags, facts)


def _of_node(view: "View", node: "FoldedNode") -> Iterator[Card]:
    """The cards about a node."""
    from conceptmap.ask import worth_repeating
    from graphs.view import cite

    for one in worth_repeating(view, node):
        edges = _edges_of(view, node, one)
        lines = [_line(view.node(edge.other(node.id)).label, [cite(edge.assertions[-1])]) for edge in edges]
        facts = {*_named(node.id), *(Fact("edge", str(edge.key)) for edge in edges)}
        facts |= {fact for edge in edges for fact in _named(edge.other(node.id))}
        if one.field:
            words = _formula(node.formula or "") if one.field == "formula" else _words(node.text or "")
            lines = [_line(words, [cite(node.sayings[-1])], is_html=True)]
            facts.add(Fact("node", node.id, one.field))
        if 0 < len(lines) <= MOST_ANSWERS:
            key = f"{one.end.relation.name} {one.end.inverse}" if one.end else one.field
            yield Card(
                _id(view, node.id, key), _html(one.question), _listed(lines), _tags(view, node), frozenset(facts)
            )


def _edges_of(view: "View", node: "FoldedNode", one: "Repeatable") -> "list[FoldedEdge]":
    """The edges that answer a question for a relation, each other end once."""
    if one.end is None:
        return []
    relation, inverse = one.end.relation.name, one.end.inverse
    along = (view.edges_along(node.id, other, relation, inverse=inverse) for other in one.answers)
    return [edges[0] for edges in along if edges]


def _named(node: str) -> Iterator[Fact]:
    """What is shown of a node that a card names: that it is there, and its label."""
    yield from (Fact("node", node), Fact("node", node, "label"))


def _tags(view: "View", node: "FoldedNode") -> tuple[str, ...]:
    """The map, its day and the kind, below the map as Anki shows them in a tree."""
    course, day = _tag(view.map or "map"), view.introduced_on(node.id)
    return (course, *((f"{course}::day-{day}",) if day is not None else ()), f"{course}::{_tag(node.kind)}")


def _tag(name: str) -> str:
    """A name as a tag, in which a space would begin the next one."""
    return _SPACES.sub("-", name)


def _id(view: "View", *words: str) -> str:
    """An id that stays while the map, the node and what is asked of it do, whatever their words."""
    return hashlib.sha256("\0".join((view.map or "", *words)).encode()).hexdigest()[:20]


def _line(words: str, cites: "Sequence[Citation]", *, is_html: bool = False) -> str:
    """An answer with where it stands in the notes, and whether a rule read it there, which may be wrong."""
    said = (f"{_html(one.where)}{' (read by rule)' if one.how == 'derived' else ''}" for one in cites)
    places = f"<small>{'; '.join(dict.fromkeys(said))}</small>"
    return " ".join(filter(None, (words if is_html else _html(words), places)))


def _listed(lines: "Sequence[str]") -> str:
    return lines[0] if len(lines) == 1 else f"<ul>{''.join(f'<li>{one}</li>' for one in lines)}</ul>"


def _words(text: str) -> str:
    from conceptmap.plain_words import plain_words

    return _html(plain_words(text))


def _formula(formula: str) -> str:
    """A formula; what is written as TeX is set by Anki."""
    return f"\\({_html(formula)}\\)" if _TEX.search(formula) else _html(formula)


def _html(text: str) -> str:
    """A text on one line, as Anki reads it: no tab and no line end in it, and no tags."""
    lines = text.replace("\t", " ").splitlines()
    return "<br>".join(escape(line) for line in lines).strip()


def lost(view: "View") -> Iterator[Loss]:
    """What no card shows: nodes and edges as a whole, and what is not on those of the others."""
    shown = {fact for card in cards_of(view) for fact in card.facts}
    kept = Kept(frozenset({"label", "text", "formula"}), frozenset(), questions=True)
    for node in view.nodes():
        if Fact("node", node.id) not in shown:
            yield Loss(Fact("node", node.id))
        for field in ("text", "formula"):
            if Fact("node", node.id) in shown and getattr(node, field) and Fact("node", node.id, field) not in shown:
                yield Loss(Fact("node", node.id, field))
    for edge in view.edges():
        if Fact("edge", str(edge.key)) not in shown:
            yield Loss(Fact("edge", str(edge.key)))
    for loss in losses_of(view, kept):
        if Fact(loss.fact.what, loss.fact.id) in shown:
            yield loss


FORMAT = Format(
    "anki",
    "cards to repeat with, for Anki: questions, and answers with their lines",
    write_anki,
    suffixes=(".tsv",),
    media_type="text/vnd.anki",
    lost=lost,
)
