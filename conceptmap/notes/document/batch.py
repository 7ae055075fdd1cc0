"""The documents of notes read together: every node and every edge of each once, stated words over derived ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from conceptmap.notes.document.names import Existing, Names
from conceptmap.notes.outline.syntax import Outline
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import RuleClass
from conceptmap.notes.values import Findings, NoteDocument, Position
from ontology.gate import read
from ontology.model import Document, Edge, EdgeKey, End, EndValues, Node, Origin
from ontology.terms import INTRODUCED_ON
from ontology.values import JsonValue
from ontology.vocabulary import Vocabulary

MAX_QUOTE = 300
"""Characters of a line that an assertion keeps: a sentence or two, which is enough to find it again."""


@dataclass(slots=True)
class NodeDraft:
    """A node while it is collected."""

    kind: str
    label: str
    origin: Origin
    position: Position
    mention: bool = True
    aliases: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formula: str | None = None
    data: dict[str, JsonValue] = field(default_factory=dict)
    place: int | None = None

    def define(self, where: Origin, position: Position) -> None:
        """Say more than a mention: the note now defines the node, at this place."""
        self.mention, self.origin, self.position = False, where, position


@dataclass(slots=True)
class EdgeDraft:
    """An edge while it is collected."""

    origin: Origin
    position: Position
    note: str | None = None
    values: EndValues | None = None
    place: int | None = None
    parent: End | None = None


def origin(line: Line, last: int | None = None, rule: RuleClass | None = None) -> Origin:
    """Where an assertion stands: the lines and the words of the first; derived if a rule read it."""
    lines = (line.number, max(last or line.number, line.number))
    name = rule.name if rule else None
    return Origin(lines=lines, quote=line.text[:MAX_QUOTE] or None, how="derived" if rule else "stated", rule=name)


class Builder:
    """Collects what one note says, and tells its batch which nodes it has and what it joins."""

    def __init__(self, outline: Outline, batch: "Batch") -> None:
        self.outline = outline
        self._batch = batch
        self.nodes: dict[str, NodeDraft] = {}
        self.edges: dict[EdgeKey, EdgeDraft] = {}
        self.joined: set[frozenset[str]] = set()

    def mention(self, node: str, kind: str, label: str, where: Origin, position: Position) -> NodeDraft:
        """The node of this id; a mention if the note has not said more of it."""
        if node not in self.nodes:
            self.nodes[node] = NodeDraft(kind, label, where, position)
            self._batch.having[node].append(self)
        return self.nodes[node]

    def define(self, node: str, kind: str, label: str, where: Origin, position: Position) -> NodeDraft:
        """The node of this id as a definition; the first stated words stand."""
        draft = self.mention(node, kind, label, where, position)
        if draft.mention or (draft.origin.how == "derived" and where.how == "stated"):
            draft.define(where, position)
            draft.label = label
        elif draft.label != label and label not in draft.aliases:
            draft.aliases.append(label)
        return draft

    def join(self, key: EdgeKey, where: Origin, position: Position, note: str | None = None) -> EdgeDraft:
        """The edge of this identity; what is stated stands over what is derived."""
        draft = self.edges.get(self.key_of(key))
        if draft is None:
            draft = self.edges[key] = EdgeDraft(where, position, note)
            pair = frozenset((key.source, key.target))
            self.joined.add(pair)
            days = self._batch.between[pair]
            days[key] = min(self.outline.day, days.get(key, self.outline.day))
        elif draft.origin.how == "derived" and where.how == "stated":
            draft.origin, draft.position = where, position
        draft.note = draft.note or note
        return draft

    def key_of(self, key: EdgeKey) -> EdgeKey:
        """The identity under which the note has an edge: a symmetric one may stand there the other way round."""
        turned = EdgeKey(key.target, key.relation, key.source, key.dimension)
        return (
            turned if key.relation in self._batch.symmetric and key not in self.edges and turned in self.edges else key
        )

    def document(self, map: str) -> NoteDocument:
        """The finished document, in the order of the file."""
        outline = self.outline
        nodes = sorted(self.nodes.items(), key=lambda one: one[1].position)
        edges = sorted(self.edges.items(), key=lambda one: one[1].position)
        made = Document(
            map=map,
            day=outline.day,
            part=outline.part,
            undated=outline.undated,
            day_name=outline.day_name,
            date=outline.date.isoformat() if outline.date else None,
            title=outline.title,
            units=outline.units,
            questions=outline.questions,
            data=outline.data,
            nodes=tuple(_node(node, draft) for node, draft in nodes),
            edges=tuple(_edge(key, draft) for key, draft in edges),
        )
        places = [[draft.position for _, draft in drafts] for drafts in (nodes, edges)]
        document = self._checked(made, dict(zip(("nodes", "edges"), places, strict=True)))
        whole = outline.first == 1 and outline.last >= len(outline.source.lines)
        body = outline.source.body if whole else outline.source.bytes_of(outline.first, outline.last)
        positions: dict[str | EdgeKey, Position] = {node: draft.position for node, draft in nodes}
        positions.update((key, draft.position) for key, draft in edges)
        first = outline.page.line.number
        lines = tuple(outline.source.lines[first - 1 : outline.last])
        return NoteDocument(document, outline.path, body, positions, lines, first)

    def _checked(self, made: Document, places: Mapping[str, Sequence[Position]]) -> Document:
        """The document as it may be stored; what may not is a problem at its place, so that the note is refused."""
        try:
            return read(Document, made)
        except ValidationError as error:
            wrong: set[tuple[str, int]] = set()
            for one in error.errors(include_url=False):
                name, *inner = map(str, one["loc"])
                where = self.outline.page.line.position
                if name in places and inner:
                    index = int(inner.pop(0))
                    where = places[name][index]
                    wrong.add((name, index))
                what = f"{'.'.join(inner) or name}: {one['msg'].removeprefix('Value error, ')}"
                self._batch.findings.problem(self.outline.path, where, what)
            nodes = (one for index, one in enumerate(made.nodes) if ("nodes", index) not in wrong)
            edges = (one for index, one in enumerate(made.edges) if ("edges", index) not in wrong)
            return Document(map=made.map, day=made.day, part=made.part, nodes=tuple(nodes), edges=tuple(edges))


def _node(node: str, draft: NodeDraft) -> Node:
    known: dict[str, Any] = {
        "id": node,
        "kind": draft.kind,
        "label": draft.label,
        "place": draft.place,
        "origin": draft.origin,
    }
    if draft.mention:
        return Node(**known, mention=True)
    aliases = tuple(alias for alias in dict.fromkeys(draft.aliases) if alias != draft.label)
    text = "\n\n".join(dict.fromkeys(draft.texts)) or None
    return Node(**known, aliases=aliases, text=text, formula=draft.formula, data=draft.data)


def _edge(key: EdgeKey, draft: EdgeDraft) -> Edge:
    said = {name: getattr(draft, name) for name in ("origin", "note", "values", "place", "parent")}
    return Edge(**key._asdict(), **said)


class Batch:
    """The notes loaded together, in the order of their days, and what is known beside each: the others and the map.

    `having`: the notes that have a node; `between`: the edges that join two nodes, each with the first day that has it.
    """

    def __init__(
        self,
        outlines: Sequence[Outline],
        vocabulary: Vocabulary,
        names: Names,
        existing: Existing,
        findings: Findings,
    ) -> None:
        self.vocabulary = vocabulary
        self.names = names
        self.findings = findings
        self._existing = existing
        self.symmetric = {relation.name for relation in vocabulary.relations.values() if relation.symmetric}
        self.having: defaultdict[str, list[Builder]] = defaultdict(list)
        self.between: defaultdict[frozenset[str], dict[EdgeKey, int]] = defaultdict(dict)
        self.builders = [Builder(outline, self) for outline in outlines]

    def defined_elsewhere(self, node: str, own: Builder) -> bool:
        """Whether another note of a day up to this note's says more of a node than that it exists."""
        day = own.outline.day
        others = (one for one in self.having.get(node, ()) if one is not own and one.outline.day <= day)
        return any(not other.nodes[node].mention for other in others) or self._existing.defines(node, day)

    def joining(self, one: str, other: str, day: int) -> list[EdgeKey]:
        """The edges between two nodes, either way, as of a day."""
        noted = self.between.get(frozenset((one, other)), {})
        return [key for key, first in noted.items() if first <= day] + self._existing.joining(one, other, day)

    def gist(self, node: str, day: int) -> object:
        """The gist of a claim as of a day."""
        builders = sorted(self.having.get(node, ()), key=lambda one: (one.outline.day, one.outline.part))
        drafts = [builder.nodes[node] for builder in builders if builder.outline.day <= day]
        gists = [draft.data["gist"] for draft in drafts if "gist" in draft.data]
        return gists[-1] if gists else self._existing.gist(node, day)

    def introduced(self, node: str) -> bool:
        """Whether it is stated on which day a node was introduced; to be asked when all that is stated was put in."""
        return node in self._introduced or self._existing.introduced(node)

    @cached_property
    def _introduced(self) -> frozenset[str]:
        return frozenset(
            key.source
            for builder in self.builders
            for key, draft in builder.edges.items()
            if key.relation == INTRODUCED_ON and draft.origin.how == "stated"
        )
