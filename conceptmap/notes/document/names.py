"""Names: which node each topic of the notes is, which one a link means, and what the existing map knows of them."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from msgspec import structs

from conceptmap.notes.lesson import Lesson
from conceptmap.notes.outline.syntax import Outline, Topic
from conceptmap.notes.page.dialects import page_name
from conceptmap.notes.page.inline import listed_in, plain
from conceptmap.notes.page.markdown import compared
from conceptmap.notes.page.tree import TreeNode, parted_day, tree_nodes
from conceptmap.notes.values import Findings
from graphs.fold import Asserted, PartKey, kind_of
from graphs.view import View
from ontology.hints import meant, misspelt
from ontology.model import MAX_DAY, MAX_LABEL, Edge, EdgeKey, Node
from ontology.names import day_id, day_label, day_number, name_key, node_id, one_of_kind, visible
from ontology.terms import CLAIM, CONCEPT, DAY, INTRODUCED_ON, QUESTION, SOURCE, UNIT

MAX_SUGGESTIONS = 500
"""Names of one load for which near ones are looked up: each is compared with every name there is, 10 ms in the largest
map."""

_DAY = re.compile(r"day[\s_-]*0*([0-9]{1,5})", re.IGNORECASE)
_PLACE = re.compile(r"(?<=.)\s*[#^](?=\S).*", re.DOTALL)
"""A heading or block of a page behind its name; not the sign that ends `C#`."""


class Existing:
    """The existing map as the notes see it: a view of it without the parts that these notes replace."""

    def __init__(self, known: View, replaced: Set[PartKey]) -> None:
        self._known = known
        self._replaced = replaced

    def node(self, node: str) -> Node | None:
        """The node of this id: definitions over mentions, the newest word, with the kind that the node has."""
        said = list(self._said(node))
        if not said:
            return None
        newest, kind = next((one for one in reversed(said) if not one.item.mention), said[-1]).item, kind_of(said)
        return newest if newest.kind == kind else structs.replace(newest, kind=kind)

    def leads_to(self, node: str) -> str:
        """The id that an id leads to: mostly itself."""
        return self._known.leads_to(node)

    def named(self, name: str) -> list[str]:
        """The ids of the nodes that have this label or alias."""
        key = name_key(name)
        return [node for node in sorted(self._known.names.get(key, ())) if self._has_name(node, key)]

    def labelled(self, node: str, key: str) -> bool:
        """Whether a node's label (not only an alias) is this name."""
        return any(name_key(one.item.label) == key for one in self._said(node) if not one.item.mention)

    def defines(self, node: str, day: int) -> bool:
        """Whether a part of a day up to this one says more of a node than that it exists.

        A correction does not: it is of what notes define, and so leaves them to define it.
        """
        said = (one for one in self._said(node) if one.day <= day)
        return any(not one.item.mention and not one.item.correction for one in said)

    def only_corrects(self, node: str) -> bool:
        """Whether all that is said of a node is a correction of what these notes define."""
        return all(one.item.correction for one in self._said(node))

    def gist(self, node: str, day: int) -> str | None:
        """The gist of a node as of a day."""
        gists = [one.item.data.get("gist") for one in self._said(node) if one.day <= day and not one.item.mention]
        return next((gist for gist in reversed(gists) if isinstance(gist, str)), None)

    def joining(self, one: str, other: str, day: int) -> list[EdgeKey]:
        """The edges between two nodes, either way, that parts of days up to this one assert."""
        one, other = self.leads_to(one), self.leads_to(other)
        keys = [key for key in self._known.edge_keys_from(one) if key.target == other]
        keys += [key for key in self._known.edge_keys_from(other) if key.target == one]
        return [key for key in keys if any(asserted.day <= day for asserted in self._kept(key))]

    def introduced(self, node: str) -> bool:
        """Whether it is stated on which day a node was introduced."""
        keys = self._known.edge_keys_from(node, INTRODUCED_ON)
        return any(asserted.item.origin.how == "stated" for key in keys for asserted in self._kept(key))

    def names(self) -> Iterator[str]:
        """Every name of a node that is defined, as its key; for suggestions."""
        return (key for key, nodes in self._known.names.items() if any(map(self._defined, nodes)))

    def keys(self) -> Iterator[str]:
        """Every name that begins like the key of a source."""
        return (key for key in self._known.names if key.startswith("@"))

    def _defined(self, node: str) -> bool:
        return any(not one.item.mention for one in self._said(node))

    def _said(self, node: str) -> Iterator[Asserted[Node]]:
        return (one for one in self._known.said_of_node(node) if self._counts(one))

    def _kept(self, key: EdgeKey) -> Iterator[Asserted[Edge]]:
        return (one for one in self._known.said_of_edge(key) if self._counts(one))

    def _counts(self, one: Asserted[Node] | Asserted[Edge]) -> bool:
        return self._known.sees(one.day) and PartKey(one.day, one.part) not in self._replaced

    def _has_name(self, node: str, key: str) -> bool:
        return any(key in map(name_key, (one.item.id, one.item.label, *one.item.aliases)) for one in self._said(node))


class Names:
    """All names of the notes loaded together and of the existing map.

    The id of a topic depends on names alone, never on the order of the notes: explicit ids first, then the ids that
    labels give, then headings that are an alias elsewhere. Two kinds that notes state for one node are a problem.
    """

    def __init__(self, outlines: Sequence[Outline], existing: Existing, findings: Findings) -> None:
        self._existing = existing
        self._findings = findings
        self._labels: dict[str, set[str]] = {}
        self._aliases: dict[str, set[str]] = {}
        self._shown: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._pages: dict[str, set[str]] = {}
        _declare_named(outlines)
        topics = [(outline, topic) for outline in outlines for topic in outline.topics]
        self._part_anchors(topics)
        self._identify([topic for _, topic in topics if topic.declared])
        self._learn_kinds(topics)
        for outline in outlines:
            self._warn_of_twins(outline)
        references = [(key, topic) for outline in outlines for key, topic in outline.references.items()]
        self._cited = {
            f"doi:{topic.data['doi']}".casefold(): topic.id for _, topic in references if "doi" in topic.data
        }
        self._cited |= {key: topic.id for key, topic in references}
        for outline in outlines:
            self._learn_page(outline)
        for outline, topic in ((outline, topic) for outline, topic in topics if topic.declared):
            suggested = topic.suggested.cue.kind if topic.suggested else CONCEPT if topic is outline.page else None
            self.learn(topic.id, topic.label, suggested, topic.aliases)
        self._identify_derived([topic for _, topic in topics if topic.suggested and not topic.declared])

    def kind(self, node: str) -> str:
        """The kind of a node: as the notes state it, else as it is stored, else as a rule suggests."""
        if kind := self._kinds.get(node):
            return kind
        known = self._existing.node(node)
        return known.kind if known else CONCEPT

    def label(self, node: str) -> str:
        """The label of a node: as the notes state it, else as it is stored."""
        if label := self._shown.get(node):
            return label
        known = self._existing.node(node)
        return known.label if known else node

    def knows(self, node: str) -> bool:
        """Whether a node of this id is in the notes or stored."""
        return node in self._shown or self._existing.node(node) is not None

    def learn(self, node: str, label: str, kind: str | None = None, aliases: Iterable[str] = ()) -> None:
        """Take in a node's names, and its kind where none is known."""
        self._shown.setdefault(node, label)
        self._labels.setdefault(name_key(label), set()).add(node)
        for alias in aliases:
            self._aliases.setdefault(name_key(alias), set()).add(node)
        if kind is not None and node not in self._kinds:
            known = self._existing.node(node)
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
        key = name_key(name)
        found = self._labels.get(key, set()) | self._aliases.get(key, set()) | set(self._existing.named(name))
        if len(found) > 1 and len(ends := {self._existing.leads_to(node) for node in found}) == 1:
            found = (found & self._shown.keys()) or ends
        if len(found) > 1:
            labelled = {
                node for node in found if node in self._labels.get(key, set()) or self._existing.labelled(node, key)
            }
            found = labelled if len(labelled) == 1 else found
        if not found and (page := self.page_of(name)) != name:
            return self.find(page)
        return sorted(found or self._pages.get(key, set()))

    @staticmethod
    def page_of(name: str) -> str:
        """What a link to a heading or a block of something leads into: `Flour` of `Flour#Ash` and `Flour^ash`."""
        return _PLACE.sub("", name)

    def is_open(self, name: str) -> bool:
        """Whether a name may become a mention: it means nothing yet, or what has only been mentioned so far."""
        found = self.find(name)
        if len(found) == 1:
            known = None if found[0] in self._shown else self._existing.node(found[0])
            return known is not None and known.mention and known.kind not in (DAY, UNIT)
        return not found and 0 < len(name) <= MAX_LABEL and bool(visible(name)) and day_number(node_id(name)) is None

    def kind_of(self, name: str) -> str:
        """The kind of the node that a name means; Concept where it means none."""
        found = self.find(name)
        return self.kind(found[0]) if found else CONCEPT

    def mention(self, name: str, kind: str) -> None:
        """Learn a name that only links give, and the kind that they ask for."""
        found = self.find(name)
        node = found[0] if found else node_id(name)
        self._shown.setdefault(node, self.label(node) if found else name)
        self._labels.setdefault(name_key(name), set()).add(node)
        self._kinds.setdefault(node, kind)

    def near(self, names: Iterable[str]) -> dict[str, str]:
        """For each name that a letter or two make another, defined one the question whether that is meant."""
        labels = {name_key(label): label for label in self._shown.values()}
        known = sorted({*labels, *self._aliases, *self._existing.names()})
        found = ((name, misspelt(name_key(name), known)) for name in islice(names, MAX_SUGGESTIONS))
        return {name: meant([labels.get(one) or self._any_label(one) for one in keys]) for name, keys in found if keys}

    def explain(self, name: str, found: Sequence[str]) -> tuple[str, str]:
        """What is wrong with a name that means several nodes, or can be no node's, and what to do."""
        if found:
            several = " or ".join(f"{self.label(node)!r} ({node})" for node in found)
            return f"ambiguous name {name!r}", f"it may be {several}; write the id"
        if len(name) > MAX_LABEL:
            return f"a name of {len(name)} characters, {MAX_LABEL} are allowed", "link a shorter one"
        if not visible(name):
            return "a name without a visible character", "link a name"
        day = day_number(node_id(name))
        return f"unknown name {name!r}", f"write [[{day_label(day)}]]" if day is not None else "link a name"

    def derived(self, label: str, kind: str | None = None) -> str | None:
        """The node that a rule found by its words, new if need be; None where the words mean several nodes.

        Words that are only the title of a day's page mean their subject, and not that day.
        """
        found = [one for one in self.find(label) if _DAY.fullmatch(label) or self.kind(one) != DAY]
        if len(found) > 1 or len(label) > MAX_LABEL or not visible(label):
            return None
        node = found[0] if found else node_id(label)
        own = not found or self._existing.only_corrects(node)
        self.learn(node, self._shown.get(node) or (label if own else self.label(node)), kind)
        return node

    @cached_property
    def has_references(self) -> bool:
        """Whether there is anything that can be cited."""
        return bool(self._cited) or any(self._existing.keys())

    def cited(self, key: str) -> str | None:
        """The source that a key or DOI (`doi:10.1000/x`) in a citation means; None where no bibliography has it."""
        if own := self._cited.get(key) or self._cited.get(key.casefold() if key.casefold().startswith("doi:") else key):
            return own
        known = [node for node in self._existing.named(f"@{key}") if self.kind(node) == SOURCE]
        return known[0] if len(known) == 1 else None

    def near_keys(self, key: str) -> list[str]:
        """The keys of bibliographies that are by a letter or two this one."""
        keys = self._keys
        return [keys[one] for one in misspelt(name_key(f"@{key}"), list(keys))]

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The keys of bibliographies, loaded and known, by how they are compared."""
        known = {one: one.removeprefix("@") for one in sorted(self._existing.keys())}
        return known | {name_key(f"@{one}"): one for one in self._cited}

    def _any_label(self, key: str) -> str:
        nodes = sorted(self._aliases.get(key, ())) or self._existing.named(key)
        return self.label(nodes[0]) if nodes else key

    def _identify(self, topics: Sequence[Topic]) -> None:
        """Give each declared topic its id."""
        explicit: dict[str, set[str]] = {}
        for topic in topics:
            if topic.explicit_id is not None:
                topic.id = topic.explicit_id
                for name in (topic.label, *topic.aliases):
                    explicit.setdefault(name_key(name), set()).add(topic.explicit_id)
        for topic in topics:
            if topic.explicit_id is None:
                topic.id = self._own_id(topic.label, explicit)
        by_alias: dict[str, set[str]] = {}
        for topic in topics:
            for alias in topic.aliases:
                by_alias.setdefault(name_key(alias), set()).add(topic.id)
        for topic in topics:
            others = by_alias.get(name_key(topic.label), set()) - {topic.id}
            if topic.explicit_id is None and len(others) == 1 and self._existing.node(topic.id) is None:
                topic.id = next(iter(others))

    def _part_anchors(self, topics: Sequence[tuple[Outline, Topic]]) -> None:
        """Take off the ids that headings of several notes have in common, but not their names, as `{#why}` has.

        There they are anchors, each of its own page. What has a kind is a node that its author names by the id.
        """
        headings: dict[str, list[tuple[Outline, Topic]]] = {}
        kept = {topic.explicit_id for _, topic in topics if topic.kind or not topic.heading}
        for outline, topic in topics:
            if topic.explicit_id is not None and topic.explicit_id not in kept:
                headings.setdefault(topic.explicit_id, []).append((outline, topic))
        for anchor, group in headings.items():
            said = sorted((set(name_key(topic.label).split()) for _, topic in group), key=len)
            # `Attention` and `Attention, once more` are one thing.
            if len({outline.path for outline, _ in group}) == 1 or all(said[0] <= words for words in said):
                continue
            for outline, topic in group:
                topic.explicit_id = None
                what = f"the id {anchor!r} stands at headings of other names too, so it is only an anchor here"
                self._findings.warn(outline.path, topic.line.position, what, "give it an id that no other note has")

    def _own_id(self, label: str, explicit: dict[str, set[str]]) -> str:
        if (day := _DAY.fullmatch(label)) and int(day[1]) <= MAX_DAY:
            return day_id(int(day[1]))
        own = node_id(label)
        others = (explicit.get(name_key(label), set()) | set(self._existing.named(label))) - {own}
        return next(iter(others)) if len(others) == 1 and self._existing.node(own) is None else own

    def _learn_kinds(self, topics: Sequence[tuple[Outline, Topic]]) -> None:
        """The kinds that notes state; two for one node are a problem that names both places."""
        stated: dict[str, tuple[str, str]] = {}
        for outline, topic in topics:
            if not topic.declared or topic.kind is None or topic.kind_at is None:
                continue
            line, column = topic.kind_at
            kind, place = stated.setdefault(topic.id, (topic.kind, f"{outline.path}:{line}:{column}"))
            if kind != topic.kind:
                what = f"{topic.label!r} is {one_of_kind(topic.kind)} here, but {one_of_kind(kind)} at {place}"
                self._findings.problem(outline.path, topic.kind_at, what, "keep one kind, or give one another name")
        self._kinds = {node: kind for node, (kind, _) in stated.items()}
        for _, topic in topics:
            if topic.declared and _DAY.fullmatch(topic.label) and topic.id.startswith("day-"):
                self._kinds.setdefault(topic.id, DAY)

    def _warn_of_twins(self, outline: Outline) -> None:
        """Headings of one name below different headings are one node, which is seldom what their author means."""
        first: dict[str, Topic] = {}
        for topic in outline.topics:
            if not topic.declared or not topic.heading or topic.kind or topic.explicit_id:
                continue
            other = first.setdefault(topic.id, topic)
            if other is not topic and other.parent is not topic.parent:
                what = f"two headings {topic.label!r} of this note are one node, here and in line {other.line.number}"
                self._findings.warn(outline.path, topic.line.position, what, "give each a name or an {#id} of its own")

    def _learn_page(self, outline: Outline) -> None:
        node = outline.whole
        if outline.references or not node:
            return
        if not outline.undated:
            self._shown.setdefault(node, outline.day_name or day_label(outline.day))
            self._kinds.setdefault(node, DAY)
        stem = page_name(outline.path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0])
        for name in (stem, outline.title, outline.day_name):
            if name:
                self._pages.setdefault(name_key(name), set()).add(node)
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
    names |= {name for chain in outline.chains for part in chain.parts for name in listed_in(part)}
    names |= {plain(cell.text) for table in outline.tables for cell in table.rows[0][1:]}
    for drawn in tree_nodes(outline.roots):
        label = plain(drawn.label)
        names |= {label, label.partition(":")[0]}
    return names


class TreeWords(NamedTuple):
    """The words of a node in a tree: its label, the gist of a claim, and the question that it asks."""

    label: str
    gist: str | None
    asked: str | None
    asked_day: int | None = None


def words_of(drawn: TreeNode, names: Names) -> TreeWords:
    """The whole label if it is a name, else `Claim: gist` of a known claim, else `label: question?` behind an arrow."""
    label = plain(drawn.label)
    asked, asked_day = parted_day(" ".join(plain(line.text) for line in drawn.asked))
    name, colon, rest = (part.strip() for part in label.partition(":"))
    if not colon or not rest or len(names.find(label)) == 1:
        return TreeWords(label, None, asked or None, asked_day)
    found = names.find(name)
    if len(found) == 1 and names.kind(found[0]) == CLAIM:
        return TreeWords(name, rest, asked or None, asked_day)
    if drawn.mark == "arrow" and rest.endswith("?") and not asked:
        return TreeWords(name, None, rest)
    return TreeWords(label, None, asked or None, asked_day)


def name_derived(outlines: Sequence[Outline], names: Names) -> None:
    """Learn the names that lessons, tables, chains and trees bring, in the order of the days."""
    for outline in outlines:
        if outline.lesson:
            outline.lesson_ids = _lesson_ids(outline, outline.lesson, names)
    for outline in outlines:
        for table in outline.tables:
            for label in compared(table):
                names.derived(label, CONCEPT)
        for chain in outline.chains:
            for name in (name for part in chain.parts for name in listed_in(part)):
                names.derived(name, CONCEPT)
    for outline in outlines:
        for drawn in tree_nodes(outline.roots):
            words = words_of(drawn, names)
            names.derived(words.label, CONCEPT)
            if words.asked:
                names.derived(words.asked, QUESTION)


def _lesson_ids(outline: Outline, lesson: Lesson, names: Names) -> dict[str, str]:
    """The id of each node that a lesson's rules found, by its key there; none where its name means several nodes."""
    today = day_id(outline.day)
    ids = {today: outline.whole} if today in lesson.nodes else {}
    for key, node in lesson.nodes.items():
        if key == today:
            continue
        found = names.find(node.label) if node.kind == DAY else []
        meant = node.label if names.find(node.label) else outline.meant_by(node.label)
        kind = node.kind if meant == node.label else CONCEPT
        one = found[0] if len(found) == 1 else names.derived(meant, kind)
        if one is not None:
            ids[key] = one
    return ids
