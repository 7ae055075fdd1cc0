"""Citations as edges: what is said in a line cites the source whose key stands there."""

from collections.abc import Sequence

from conceptmap.notes.document.batch import Batch, Builder, origin
from conceptmap.notes.document.names import MAX_SUGGESTIONS
from conceptmap.notes.page.citations import Cited
from conceptmap.notes.page.markdown import Line
from ontology.hints import meant
from ontology.model import MAX_TEXT, EdgeKey
from ontology.names import name_key
from ontology.terms import CITES, DAY, SOURCE, STATEMENTS

MOST_TOLD = 10
"""Keys without a near one that are told one by one: some write an identifier where others write a key."""


def take_links(batch: Batch) -> None:
    """Take links to what a bibliography refers to, such as `[[@key]]`, for citations: they say more than `about`."""
    for outline in (builder.outline for builder in batch.builders):
        links = [one for one in outline.prose if one[1].name.startswith("@") and batch.names.cited(one[1].name[1:])]
        outline.prose = [one for one in outline.prose if one not in links]
        outline.citations += [Cited(target.name[1:], None, target.position, True) for _, target, _ in links]


def cite_all(batch: Batch) -> None:
    """Join what each note says to what it cites, once all else is read."""
    unknown: dict[str, tuple[Builder, Cited]] = {}
    for builder in batch.builders:
        for cited in builder.outline.citations:
            source = batch.names.cited(cited.key)
            if source is not None:
                _cite(builder, batch, cited, source)
            elif cited.is_sure or batch.names.has_references:
                unknown.setdefault(cited.key, (builder, cited))
    _tell_of_unknown(list(unknown.values()), batch)


def _cite(builder: Builder, batch: Batch, cited: Cited, source: str) -> None:
    """The node that the line is about cites the source; where none is, the page or the day does."""
    number, names = cited.position[0], batch.names
    node = _node_at(builder, number, cited.position[1], source) or builder.outline.whole
    if not node or node == source or CITES not in batch.vocabulary.relations:
        return
    text = builder.outline.source.lines[number - 1].strip()
    where = origin(Line(text, number, 1, text))
    for end in (node, source):
        builder.mention(end, names.kind(end), names.label(end), where, cited.position)
    draft = builder.join(EdgeKey(node, CITES, source), where, cited.position)
    notes = [one for one in (draft.note, cited.note) if one]
    draft.note = "; ".join(dict.fromkeys(notes))[:MAX_TEXT] or None


def _node_at(builder: Builder, number: int, column: int, source: str) -> str | None:
    """The node that a line says something of: of those whose lines it is among, the one that says the least besides.

    Of several in one line it is one that can be true or false, else the one that is named last before the citation.
    """
    line = name_key(builder.outline.source.lines[number - 1][: column - 1])
    found: list[tuple[tuple[int, bool, int, int], str]] = []
    for node, draft in builder.nodes.items():
        lines = draft.origin.lines
        if draft.mention or draft.kind in (DAY, SOURCE) or node == source or lines is None:
            continue
        if lines[0] <= number <= lines[1]:
            said = line.rfind(name_key(draft.label))
            found.append(((lines[1] - lines[0], draft.kind not in STATEMENTS, -said, -len(draft.label)), node))
    return min(found)[1] if found else None


def _tell_of_unknown(unknown: Sequence[tuple[Builder, Cited]], batch: Batch) -> None:
    """Warn of keys that no bibliography has; a word behind a sign in running text only where a key is near."""
    sure = [one for one in unknown if one[1].is_sure]
    if not batch.names.has_references:
        if sure:
            builder, first = sure[0]
            many = f" and {len(sure) - 1} more" if len(sure) > 1 else ""
            what = f"the key {first.key!r}{many} is cited, but no bibliography is loaded"
            hint = "put a .bib file, or CSL-JSON, beside the notes"
            batch.findings.warn(builder.outline.path, first.position, what, hint)
        return
    lone: list[tuple[Builder, Cited]] = []
    for number, (builder, cited) in enumerate(unknown):
        near = meant(batch.names.near_keys(cited.key)) if number < MAX_SUGGESTIONS else ""
        if near:
            what = f"no bibliography has the key {cited.key!r}"
            batch.findings.warn(builder.outline.path, cited.position, what, near)
        elif cited.is_sure:
            lone.append((builder, cited))
    more = f", nor {len(lone) - MOST_TOLD} more keys" if len(lone) > MOST_TOLD else ""
    for builder, cited in lone[:MOST_TOLD]:
        is_last = cited is lone[:MOST_TOLD][-1][1]
        what = f"no bibliography has the key {cited.key!r}{more if is_last else ''}"
        batch.findings.warn(builder.outline.path, cited.position, what, "add it, or correct the key")
