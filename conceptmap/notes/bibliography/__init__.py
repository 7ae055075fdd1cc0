"""Bibliographies: files of BibTeX and CSL-JSON, as what they refer to.

`BIBLIOGRAPHIES` is the one list of their forms; the endings of files and all that reads them are derived from it.
"""

from hashlib import sha256

from conceptmap.notes.bibliography import bibtex, csl_json
from conceptmap.notes.bibliography.reference import Bibliography, Reference
from conceptmap.notes.page.dialects import BIBLIOGRAPHY_SUFFIXES
from conceptmap.notes.values import Findings
from ontology.names import node_id

__all__ = ["BIBLIOGRAPHIES", "Reference", "is_bibliography", "read_bibliography", "reference_id"]

BIBLIOGRAPHIES: tuple[Bibliography, ...] = (bibtex.BIBLIOGRAPHY, csl_json.BIBLIOGRAPHY)
"""All forms of bibliographies."""


def is_bibliography(path: str) -> bool:
    """Whether a file is a bibliography by its name."""
    return path.lower().endswith(BIBLIOGRAPHY_SUFFIXES)


def reference_id(key: str) -> str:
    """The id of what a key refers to; keys that differ by more than case have ids of their own.

    >>> reference_id("Sutton2019"), reference_id("smith:2000")
    ('ref-sutton2019', 'ref-smith-2000-dd06c8')
    """
    name = node_id(key)
    own = name if name == key.casefold() else f"{name[:60]}-{sha256(key.encode()).hexdigest()[:6]}"
    return f"ref-{own}"


def read_bibliography(path: str, text: str, findings: Findings) -> list[Reference]:
    """What a bibliography refers to, in its order, each key once; what cannot be read is left out with a warning."""
    form = next(one for one in BIBLIOGRAPHIES if path.lower().endswith(one.suffixes))
    found: dict[str, Reference] = {}
    keyless: list[int] = []
    for one in form.read(path, text, findings):
        if not one.key:
            keyless.append(one.line)
            continue
        known = found.setdefault(one.key, one)
        if known is not one:
            what = f"left out: the key {one.key!r} stands in line {known.line} already"
            findings.warn(path, (one.line, 1), what, "give one of the two another key")
    if keyless:
        more = f", like {len(keyless) - 1} more" if len(keyless) > 1 else ""
        what = f"left out: this reference has no key{more}"
        findings.warn(path, (keyless[0], 1), what, "give it one, by which it can be cited")
    return list(found.values())
