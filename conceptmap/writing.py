"""Writing documents: put, append, delete and revert, each checked against the map that it meets."""

from collections.abc import Mapping

from graphs.consistency import check_together
from graphs.entries import Entry, Write, canonical_json
from graphs.fold import Fold, PartKey
from graphs.ledger import Beside, Ledger, WriteReport
from ontology.errors import InvalidDocument, Problem, UnknownEntry
from ontology.model import Document, EdgeKey, Node, Origin
from ontology.rules import check_document, completed
from ontology.vocabulary import Vocabulary

JSON_LD = "application/ld+json"
CONTRIBUTED = "by:"
"""With this begin the names of the parts that contributors append to."""


def own_part(contributor: str) -> str:
    """The name of the part that is a contributor's own."""
    return f"{CONTRIBUTED}{contributor}"


def put(
    ledger: Ledger,
    document: Document,
    *,
    body: bytes | None = None,
    media_type: str = JSON_LD,
    author: str = "",
    revision: int | None = None,
    dry_run: bool = False,
) -> WriteReport:
    """Put a document in the place of its part."""
    document = completed(document)
    key = PartKey(document.day, document.part)
    said = canonical_json(document).encode() if body is None else body

    def build(fold: Fold) -> list[Write]:
        _raise_problems(fold, ledger.vocabulary, document)
        return [Write(*key, document, said, media_type, author)]

    expected = {} if revision is None else {key: revision}
    return ledger.write(document.map, build, expected=expected, dry_run=dry_run)


def append(
    ledger: Ledger, additions: Document, *, by: str, dry_run: bool = False, beside: Beside | None = None
) -> WriteReport:
    """Add nodes and edges to the contributor's part `by:NAME`, in the place of what it says of the same ones.

    `beside` is called in the transaction of the write, with its report.
    """
    key = PartKey(additions.day, own_part(by))
    said = canonical_json(additions).encode()

    def build(fold: Fold) -> list[Write]:
        former = fold.documents.get(key)
        base = (
            former.document if former and former.document else Document(map=additions.map, day=key.day, part=key.part)
        )
        document = completed(_with_mentions(_merged(base, additions), fold))
        _raise_problems(fold, ledger.vocabulary, document)
        body = ledger.log.entry(former.sequence).body if former and former.document == document else said
        return [Write(*key, document, body, JSON_LD, by)]

    return ledger.write(additions.map, build, dry_run=dry_run, beside=beside)


def delete(
    ledger: Ledger,
    name: str,
    day: int,
    part: str | None = None,
    *,
    author: str = "",
    expected: Mapping[PartKey, int] | None = None,
    dry_run: bool = False,
) -> WriteReport:
    """End a part, or every part of a day. Raises `UnknownEntry` where there is none.

    `expected` are revisions that parts must be at, else `StaleRevision` is raised.
    """

    def build(fold: Fold) -> list[Write]:
        keys = [key for key in sorted(fold.documents) if key.day == day and part in (None, key.part)]
        if not keys:
            raise UnknownEntry(f"map {name!r} has no day {day}" + (f" with a part {part!r}" if part else ""))
        return [Write(*key, None, b"", JSON_LD, author) for key in keys]

    return ledger.write(name, build, expected=expected, dry_run=dry_run)


def revert(ledger: Ledger, name: str, sequence: int, *, author: str = "", dry_run: bool = False) -> WriteReport:
    """Append the document that the entry's part had before the entry. Raises `UnknownEntry`."""
    entry = ledger.log.entry(sequence)
    if entry.map != name:
        raise UnknownEntry(f"entry {sequence} belongs to map {entry.map!r}, not to {name!r}")
    former = _before(ledger, entry)
    document = former.document if former else None
    body, media_type = (former.body, former.media_type) if former else (b"", JSON_LD)

    def build(fold: Fold) -> list[Write]:
        if document:
            _raise_problems(fold, ledger.vocabulary, document)
        return [Write(entry.day, entry.part, document, body, media_type, author)]

    return ledger.write(name, build, dry_run=dry_run)


def _raise_problems(fold: Fold, vocabulary: Vocabulary, document: Document) -> None:
    """Raise `InvalidDocument` with all that a document breaks, by itself or together with the map."""
    together = check_together(fold, vocabulary, {PartKey(document.day, document.part): document})
    findings = [*check_document(document, vocabulary), *(placed.finding for placed in together)]
    if findings:
        lines = _lines(document)
        raise InvalidDocument(
            [
                Problem(file=document.part, line=lines.get(one.subject, 1), what=one.what, hint=one.hint)
                for one in findings
            ]
        )


def _lines(document: Document) -> dict[str | EdgeKey, int]:
    """The first line of each node and edge, as far as the document's provenance tells."""
    said: dict[str | EdgeKey, Origin] = {
        **{node.id: node.origin for node in document.nodes},
        **{edge.key: edge.origin for edge in document.edges},
    }
    return {subject: origin.lines[0] for subject, origin in said.items() if origin.lines}


def _before(ledger: Ledger, entry: Entry) -> Entry | None:
    """The entry that the entry's part had before it; None if it had none."""
    lines = ledger.log.history(entry.map, before=entry.sequence, day=entry.day, part=entry.part, limit=1)
    return ledger.log.entry(lines[0].sequence) if lines else None


def _merged(base: Document, additions: Document) -> Document:
    """The base with the additions, each in the place of the same node or edge; a mention takes nobody's place."""
    nodes = {node.id: node for node in base.nodes}
    for node in additions.nodes:
        if not (node.mention and node.id in nodes):
            nodes[node.id] = node
    edges = {edge.key: edge for edge in base.edges} | {edge.key: edge for edge in additions.edges}
    return base.with_assertions(tuple(nodes.values()), tuple(edges.values()))


def _with_mentions(document: Document, fold: Fold) -> Document:
    """The document with a mention of every end that only the map defines."""
    nodes: Mapping[str, Node] = {node.id: node for node in document.nodes}
    ends = dict.fromkeys(end for edge in document.edges for end in (edge.source, edge.target))
    known = [fold.nodes[end][-1].item for end in ends if end not in nodes and end in fold.nodes]
    mentions = [Node(id=node.id, kind=node.kind, label=node.label, mention=True) for node in known]
    return document.with_assertions((*document.nodes, *mentions), document.edges)
