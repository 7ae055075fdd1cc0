"""Names: which node each topic of the notes is, and which one a link means."""

import re
from collections.abc import Iterable, Sequence

from conceptmap.notes.document.stored import Stored
from conceptmap.notes.outline.near import nearest
from conceptmap.notes.outline.topics import Outline, Topic
from conceptmap.notes.values import Findings
from ontology.model import MAX_DAY, MAX_LABEL
from ontology.names import day_id, day_label, name_key, node_id
from ontology.terms import CONCEPT, DAY, UNIT

MAX_SUGGESTIONS = 200

_DAY = re.compile(r"day[\s_-]*0*(\d{1,5})", re.IGNORECASE)


class Names:
    """All names of the notes loaded together and of the stored map.

    The id of a topic depends on names alone, never on the order of the notes.
    """

    def __init__(self, outlines: Sequence[Outline], stored: Stored, findings: Findings) -> None:
        self._stored = stored
        self._findings = findings
        self._labels: dict[str, set[str]] = {}
        self._aliases: dict[str, set[str]] = {}
        self._shown: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._pages: dict[str, set[str]] = {}
        self._near: dict[str, list[str]] = {}
        self._keys: dict[str, str] = {}
        _declare_named(outlines)
        topics = [(outline, topic) for outline in outlines for topic in outline.topics]
        self._identify([topic for _, topic in topics if topic.declared])
        self._learn_kinds(topics)
        for outline in outlines:
            self._learn_page(outline)
        for topic in (topic for _, topic in topics if topic.declared):
            suggested = topic.suggested.cue.kind if topic.suggested else None
            self.learn(topic.id, topic.label, suggested, topic.aliases)
        self._identify_derived([topic for _, topic in topics if topic.suggested and not topic.declared])

    def kind(self, node: str) -> str:
        """The kind of a node: as the notes state it, else as it is stored, else as a rule suggests."""
        if kind := self._kinds.get(node):
            return kind
        known = self._stored.node(node)
        return known.kind if known else CONCEPT

    def label(self, node: str) -> str:
        """The label of a node: as the notes state it, else as it is stored."""
        if label := self._shown.get(node):
            return label
        known = self._stored.node(node)
        return known.label if known else node

    def knows(self, node: str) -> bool:
        """Whether a node of this id is in the notes or stored."""
        return node in self._shown or self._stored.node(node) is not None

    def learn(self, node: str, label: str, kind: str | None = None, aliases: Iterable[str] = ()) -> None:
        """Take in a node's names, and its kind where none is known."""
        self._shown.setdefault(node, label)
        self._labels.setdefault(self._key(label), set()).add(node)
        for alias in aliases:
            self._aliases.setdefault(self._key(alias), set()).add(node)
        if kind is not None and node not in self._kinds:
            known = self._stored.node(node)
            self._kinds[node] = known.kind if known else kind

    def find(self, name: str) -> list[str]:
        """The ids of the nodes that a name means: by id, label, alias, then the name of a day's page."""
        if (day := _DAY.fullmatch(name)) and int(day[1]) <= MAX_DAY:
            node = day_id(int(day[1]))
            self._shown.setdefault(node, day_label(int(day[1])))
            self._kinds.setdefault(node, DAY)
            return [node]
        if self.knows(name):
            return [name]
        key = self._key(name)
        found = self._labels.get(key, set()) | self._aliases.get(key, set()) | set(self._stored.named(name))
        if len(found) > 1:
            labelled = {
                node for node in found if node in self._labels.get(key, set()) or self._stored.labelled(node, key)
            }
            found = labelled if len(labelled) == 1 else found
        if not found and "#" in name:
            return self.find(name.split("#", 1)[0].strip())
        return sorted(found or self._pages.get(key, set()))

    def explain(self, name: str, found: Sequence[str]) -> tuple[str, str]:
        """What is wrong with a name that means no node or several, and what to do."""
        if found:
            meant = " or ".join(f"{self.label(node)!r} ({node})" for node in found)
            return f"ambiguous name {name!r}", f"it may be {meant}; write the id"
        near = self._suggestions(name)
        return (
            f"unknown name {name!r}",
            f"did you mean {' or '.join(map(repr, near))}?" if near else "give it a heading in a note",
        )

    def derived(self, label: str, kind: str | None = None) -> str | None:
        """The node that a rule found by its words, new if need be; None where the words mean several nodes."""
        found = self.find(label)
        if len(found) > 1 or len(label) > MAX_LABEL or not label.strip():
            return None
        node = found[0] if found else node_id(label)
        self.learn(node, self._shown.get(node) or (self.label(node) if found else label), kind)
        return node

    def _key(self, name: str) -> str:
        if name not in self._keys:
            self._keys[name] = name_key(name)
        return self._keys[name]

    def _suggestions(self, name: str) -> list[str]:
        key = self._key(name)
        if key not in self._near:
            if len(self._near) >= MAX_SUGGESTIONS or len(name) > MAX_LABEL:
                return []
            labels = {self._key(label): label for label in self._shown.values()}
            keys = nearest(key, {*labels, *self._aliases, *self._stored.names()})
            self._near[key] = list(dict.fromkeys(labels.get(one) or self._any_label(one) for one in keys))
        return self._near[key]

    def _any_label(self, key: str) -> str:
        nodes = sorted(self._aliases.get(key, ())) or self._stored.named(key)
        return self.label(nodes[0]) if nodes else key

    def _identify(self, topics: Sequence[Topic]) -> None:
        """Give each declared topic its id."""
        explicit: dict[str, set[str]] = {}
        for topic in topics:
            if topic.explicit_id is not None:
                topic.id = topic.explicit_id
                for name in (topic.label, *topic.aliases):
                    explicit.setdefault(self._key(name), set()).add(topic.explicit_id)
        for topic in topics:
            if topic.explicit_id is None:
                topic.id = self._own_id(topic.label, explicit)
        by_alias: dict[str, set[str]] = {}
        for topic in topics:
            for alias in topic.aliases:
                by_alias.setdefault(self._key(alias), set()).add(topic.id)
        for topic in topics:
            others = by_alias.get(self._key(topic.label), set()) - {topic.id}
            if topic.explicit_id is None and len(others) == 1 and self._stored.node(topic.id) is None:
                topic.id = next(iter(others))

    def _own_id(self, label: str, explicit: dict[str, set[str]]) -> str:
        if (day := _DAY.fullmatch(label)) and int(day[1]) <= MAX_DAY:
            return day_id(int(day[1]))
        own = node_id(label)
        others = (explicit.get(self._key(label), set()) | set(self._stored.named(label))) - {own}
        return next(iter(others)) if len(others) == 1 and self._stored.node(own) is None else own

    def _learn_kinds(self, topics: Sequence[tuple[Outline, Topic]]) -> None:
        """The kinds that notes state; two for one node are a problem that names both places."""
        stated: dict[str, tuple[str, str]] = {}
        for outline, topic in topics:
            if not topic.declared or topic.kind is None or topic.kind_at is None:
                continue
            line, column = topic.kind_at
            kind, place = stated.setdefault(topic.id, (topic.kind, f"{outline.path}:{line}:{column}"))
            if kind != topic.kind:
                what = f"{topic.label!r} is a {topic.kind} here, but a {kind} at {place}"
                self._findings.problem(outline.path, topic.kind_at, what, "keep one kind, or give one another name")
        self._kinds = {node: kind for node, (kind, _) in stated.items()}
        for _, topic in topics:
            if topic.declared and _DAY.fullmatch(topic.label) and topic.id.startswith("day-"):
                self._kinds.setdefault(topic.id, DAY)

    def _learn_page(self, outline: Outline) -> None:
        node = day_id(outline.day)
        self._shown.setdefault(node, day_label(outline.day))
        self._kinds.setdefault(node, DAY)
        stem = outline.path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
        for name in (stem, outline.title):
            if name:
                self._pages.setdefault(self._key(name), set()).add(node)
        for unit in outline.units:
            self.learn(node_id(unit), unit, UNIT)

    def _identify_derived(self, topics: Sequence[Topic]) -> None:
        for topic in topics:
            kind = topic.suggested.cue.kind if topic.suggested else None
            topic.id = self.derived(topic.label, kind) or ""


def _declare_named(outlines: Sequence[Outline]) -> None:
    """A heading is a node too where anything in the notes names it: a link, a tree, a table, a chain."""
    named = {name_key(name) for outline in outlines for name in _names_in(outline)}
    for outline in outlines:
        for topic in outline.topics:
            if topic.heading and not topic.declared and topic.label and name_key(topic.label) in named:
                topic.declared = True
            if topic.declared:
                topic.title = False


def _names_in(outline: Outline) -> set[str]:
    names = {target.name for statement in outline.statements for target in statement.targets}
    names |= {statement.subject.name for statement in outline.statements if statement.subject}
    names |= {end.name for arrow in outline.arrows for end in (arrow.source, arrow.target)}
    names |= {target.name for _, target, _ in outline.prose}
    names |= {item.target.name for cue in outline.cues for item in cue.items if item.target}
    names |= {part for chain in outline.chains for part in chain.parts}
    names |= {cell.text for _, table in outline.tables for cell in table.rows[0][1:]}
    for twig in outline.twigs():
        names |= {twig.label, twig.label.partition(":")[0]}
    return names
