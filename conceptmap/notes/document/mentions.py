"""Names that only links give: what no note defines yet is a mention, which keeps its place until something does."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from conceptmap.notes.document.names import Names
from conceptmap.notes.outline.syntax import Outline, Target
from conceptmap.notes.values import Findings, Position
from ontology.names import name_key
from ontology.terms import CONCEPT, LEADS_TO
from ontology.vocabulary import Vocabulary

Kinds = Set[str]
"""The kinds that a node may have where a link stands; none of them: any."""

ANY: Kinds = frozenset()


class _End(NamedTuple):
    """A link as an end of something: what its node may be."""

    target: Target
    kinds: Kinds


@dataclass(slots=True)
class _Wanted:
    """A name that nothing defines: how it is spelled and where it stands first, and what each of its links allows."""

    name: str
    path: str
    position: Position
    kinds: list[Kinds] = field(default_factory=list)


def learn_mentions(outlines: Sequence[Outline], names: Names, vocabulary: Vocabulary, findings: Findings) -> None:
    """Make known what only links name, once everything that is defined is known.

    Each is of a kind that all its links allow, Concept before others. A name within a letter or two of a defined one
    is probably that one, misspelt: it is a mention with a warning.
    """
    wanted: dict[str, _Wanted] = {}
    for outline in outlines:
        for end in _ends(outline, vocabulary):
            name = end.target.name if names.find(end.target.name) else names.page_of(end.target.name)
            if names.is_open(name):
                first = _Wanted(name, outline.path, end.target.position)
                wanted.setdefault(name_key(name), first).kinds.append(end.kinds)
    near = names.near([one.name for one in wanted.values()]) if wanted else {}
    for one in wanted.values():
        if one.name in near:
            what = f"unknown name {one.name!r}, which is only mentioned"
            findings.warn(one.path, one.position, what, near[one.name])
    for one in wanted.values():
        names.mention(one.name, _kind(one.kinds, vocabulary, names.kind_of(one.name)))


def _kind(allowed: Iterable[Kinds], vocabulary: Vocabulary, before: str) -> str:
    """The kind that a node had `before` if all allow it, else the first that all do, or that the strictest does."""
    said = sorted((kinds for kinds in allowed if kinds), key=lambda kinds: (len(kinds), sorted(kinds)))
    left = frozenset.intersection(*map(frozenset, said)) if said else ANY
    left = left or (said[0] if said else ANY)
    return next(kind for kind in (before, CONCEPT, *vocabulary.kinds) if not left or kind in left)


def _ends(outline: Outline, vocabulary: Vocabulary) -> Iterator[_End]:
    """Every link of a note that stands for a node."""
    for statement in outline.statements:
        relation, inverse = statement.direction.relation, statement.direction.inverse
        near, far = (relation.targets, relation.sources) if inverse else (relation.sources, relation.targets)
        if statement.subject is not None:
            yield _End(statement.subject, near)
        yield from (_End(target, far) for target in statement.targets)
    leads_to = vocabulary.relations.get(LEADS_TO)
    for arrow in outline.arrows:
        yield _End(arrow.source, leads_to.sources if leads_to else ANY)
        yield _End(arrow.target, leads_to.targets if leads_to else ANY)
    for cue in outline.cues:
        relation, kind = cue.rule.relation, cue.rule.cue.kind
        kinds = {kind} if kind else relation.sources if cue.rule.cue.inverse else relation.targets
        yield from (_End(item.target, kinds) for item in cue.items if item.target)
    for _, target, _ in outline.prose:
        if any(map(str.isalpha, target.name)):
            yield _End(target, ANY)
