"""Writing documents: put, append, delete and revert, each checked against the map that it meets."""

from collections.abc import Iterable, Mapping, Sequence

from graphs.changes import WriteReport
from graphs.consistency import check_together
from graphs.entries import Entry, Write, canonical_json
from graphs.fold import Fold, PartKey
from graphs.ledger import Ledger
from ontology.documents import completed
from ontology.errors import InvalidDocument, Problem, UnknownEntry
from ontology.model import Document, EdgeKey, Node, Origin
from ontology.rules import Finding, check_document
from ontology.vocabulary import Vocabulary

JSON_LD = "application/ld+json"


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
        raise_problems(fold, ledger.vocabulary, [document])
        return [Write(*key, document, said, media_type, author)]

    expected = {} if revision is None else {key: revision}
    return ledger.write(document.map, build, expected=expected, dry_run=dry_run)


def append(ledger: Ledger, additions: Document, *, by: str, dry_run: bool = False) -> WriteReport:
    """Add nodes and edges to the contributor's part `by:NAME`, in the place of what it says of the same ones."""
    key = PartKey(additions.day, f"by:{by}")
    said = canonical_json(additions).encode()

    def build(fold: Fold) -> list[Write]:
        former = fold.documents.get(key)
        base = (
            former.document if former and former.document else Document(map=additions.map, day=key.day, part=key.part)
        )
        document = completed(_with_mentions(_merged(base, additions), fold))
        raise_problems(fold, ledger.vocabulary, [document])
        body = ledger.log.entry(former.sequence).body if former and former.document == document else said
        return [Write(*key, document, body, JSON_LD, by)]

    return ledger.write(additions.map, build, dry_run=dry_run)


def delete(
    ledger: Ledger, name: str, day: int, part: str | None = None, *, author: str = "", dry_run: bool = False
) -> WriteReport:
    """End a part, or every part of a day. Raises `UnknownEntry` where there is none."""

    def build(fold: Fold) -> list[Write]:
        keys = [key for key in sorted(fold.documents) if key.day == day and part in (None, key.part)]
        if not keys:
            raise UnknownEntry(f"map {name!r} has no day {day}" + (f" with a part {part!r}" if part else ""))
        return [Write(*key, None, b"", JSON_LD, author) for key in keys]

    return ledger.write(name, build, dry_run=dry_run)


def revert(ledger: Ledger, name: str, sequence: int, *, author: str = "", dry_run: bool = False) -> WriteReport:
    """Append the document that the entry's part had before the entry. Raises `UnknownEntry`."""
    entry = ledger.log.entry(sequence)
    if entry.map != name:
        raise UnknownEntry(f"entry {sequence} belongs to map {entry.map!r}, not to {name!r}")
    former = _before(ledger, entry)
    document = former.document if former else None
    body, media_type = (former.body, former.media_type) if former else (b"", JSON_LD)

    def build(fold: Fold) -> list[Write]:
        raise_problems(fold, ledger.vocabulary, [document] if document else [])
        return [Write(entry.day, entry.part, document, body, media_type, author)]

    return ledger.write(name, build, dry_run=dry_run)


def raise_problems(fold: Fold, vocabulary: Vocabulary, documents: Sequence[Document]) -> None:
    """Raise `InvalidDocument` with all that these documents break, by themselves or together with the map."""
    changes = {PartKey(document.day, document.part): document for document in documents}
    problems = [
        problem_of(document, finding) for document in documents for finding in check_document(document, vocabulary)
    ]
    problems += [
        problem_of(changes[placed.part], placed.finding) for placed in check_together(fold, vocabulary, changes)
    ]
    if problems:
        raise InvalidDocument(problems)


def problem_of(document: Document, finding: Finding) -> Problem:
    """A finding with the place in the part that it concerns, as far as the document's provenance tells."""
    items: Iterable[tuple[str | EdgeKey, Origin]] = (
        *((node.id, node.origin) for node in document.nodes),
        *((edge.key, edge.origin) for edge in document.edges),
    )
    lines = next((origin.lines for subject, origin in items if subject == finding.subject and origin.lines), (1, 1))
    return Problem(file=document.part, line=lines[0], what=finding.what, hint=finding.hint)


def _before(ledger: Ledger, entry: Entry) -> Entry | None:
    """The entry that the entry's part had before it; None if it had none or was ended."""
    found = None
    for one in ledger.log.entries(entry.map, until=entry.sequence - 1):
        if (one.day, one.part) == (entry.day, entry.part):
            found = one
    return found if found and found.text is not None else None


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
