"""Replacing many parts at once: a whole map, or the graph of a day."""

from collections.abc import Callable, Sequence

from conceptmap.writing import CONTRIBUTED, JSON_LD
from graphs.consistency import check_together
from graphs.entries import Write, canonical_json
from graphs.fold import Fold, PartKey
from graphs.ledger import Ledger, WriteReport
from ontology.errors import InvalidDocument, Problem, StaleMap, UnknownMap
from ontology.model import Document
from ontology.rules import check_document, completed
from ontology.vocabulary import Vocabulary

Goes = Callable[[PartKey], bool]
"""Whether a part that has no new document ends."""


def is_contributed(part: PartKey) -> bool:
    """Whether a part is a contributor's own."""
    return part.part.startswith(CONTRIBUTED)


def replace_parts(
    ledger: Ledger,
    name: str,
    documents: Sequence[Document],
    goes: Goes,
    *,
    author: str = "",
    entry: int | None = None,
    dry_run: bool = False,
) -> WriteReport:
    """Put each document in the place of its part and end the other parts that go, all or none.

    `entry` is the last entry of the map that the writer has seen, else `StaleMap` is raised.
    """
    news = {PartKey(one.day, one.part): completed(one.model_copy(update={"map": name})) for one in documents}

    def build(fold: Fold) -> list[Write]:
        if entry is not None and fold.sequence != entry:
            raise StaleMap(name, entry, fold.sequence)
        ended = [key for key in sorted(fold.documents) if key not in news and goes(key)]
        _check(fold, ledger.vocabulary, name, list(news.values()), ended)
        said = (Write(*key, one, canonical_json(one).encode(), JSON_LD, author) for key, one in news.items())
        return [*said, *(Write(*key, None, b"", JSON_LD, author) for key in ended)]

    return ledger.write(name, build, dry_run=dry_run)


def delete_map(
    ledger: Ledger, name: str, *, author: str = "", entry: int | None = None, dry_run: bool = False
) -> WriteReport:
    """End every part of a map; its history stays. Raises `UnknownMap` where there is none."""
    if not ledger.fold(name).documents:
        raise UnknownMap(name, ledger.log.living_maps())
    return replace_parts(ledger, name, (), lambda _: True, author=author, entry=entry, dry_run=dry_run)


def _check(
    fold: Fold, vocabulary: Vocabulary, name: str, documents: Sequence[Document], ended: Sequence[PartKey]
) -> None:
    """Raise `InvalidDocument` with all that the documents break, by themselves or together with what stays."""
    empty = (Document(map=name, day=key.day, part=key.part) for key in ended)
    changes = {PartKey(one.day, one.part): one for one in (*documents, *empty)}
    findings = [(one.part, finding) for one in documents for finding in check_document(one, vocabulary)]
    findings += [(one.part.part, one.finding) for one in check_together(fold, vocabulary, changes)]
    if findings:
        raise InvalidDocument([Problem(file=part, what=one.what, hint=one.hint) for part, one in findings])
