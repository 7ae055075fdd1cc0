"""BibTeX and BibLaTeX, read by bibtexparser; LaTeX in names and titles is put into plain characters."""

import logging
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from conceptmap.notes.bibliography.reference import OTHERS, Bibliography, Reference, clean, kept_data, kept_text
from conceptmap.notes.page.dialects.bibliography import BIBTEX_SUFFIXES
from conceptmap.notes.values import Findings

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

Fields = Mapping[str, str]

MAX_PARENTS = 4
"""How far what an entry leaves unsaid is looked for in those that it names (`crossref`, `xdata`)."""

MAX_LATEX = 5_000
"""Characters of LaTeX that are read as such; a longer text is a summary, and is kept without its signs."""

_NOT_CITED = frozenset(("set", "xdata"))
"""Entries that only serve others."""

_LATEX = re.compile(r"[\\$~%]|--|``|''")
"""What LaTeX reads otherwise than it is written, braces apart."""

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_YEAR = re.compile(r"[12][0-9]{3}|[0-9]{3,4}")
_INHERITED = {"booktitle": "title", "booksubtitle": "subtitle", "journaltitle": "title"}
"""Fields that are named otherwise in what an entry is a part of."""

_NOT_INHERITED = frozenset(("title", "subtitle", "shorttitle", "crossref", "xdata", "abstract", "entryset", "ids"))


def read_bibtex(path: str, text: str, findings: Findings) -> Iterator[Reference]:
    """The entries that can be cited; one that cannot be read is left out, and the others are read on."""
    from bibtexparser.model import (  # noqa: PLC0415  (only who has a bibliography must wait for it)
        DuplicateBlockKeyBlock,
        DuplicateFieldKeyBlock,
        Entry,
        ParsingFailedBlock,
    )

    blocks = _blocks(text)
    failures = [one for one in blocks if isinstance(one, ParsingFailedBlock)]
    entries: list[Entry] = []
    for block in blocks:
        if isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, Entry):
            named = ", ".join(sorted(block.duplicate_keys))
            what = f"{block.ignore_error_block.key!r} says {named} twice, of which the first counts"
            findings.warn(path, (_line(block), 1), what, "leave one out")
            entries.append(block.ignore_error_block)
        elif isinstance(block, Entry):
            entries.append(block)
    for failed in failures:
        if not isinstance(failed, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock):
            findings.warn(path, (_line(failed), 1), *_failure(failed))
    entries += [one for one in map(_repeated, failures) if one]
    by_key = {one.key.casefold(): _fields(one) for one in reversed(entries)}
    for entry in sorted(entries, key=_line):
        kind = entry.entry_type.casefold()
        if kind not in _NOT_CITED:
            yield _reference(entry, kind, _complete(_fields(entry), by_key))


def _blocks(text: str) -> list["Block"]:
    """The pieces of a file; what the parser would log is told as a warning."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415  (likewise)

    def silent(_: logging.LogRecord) -> bool:
        return False

    loggers = [logging.getLogger(f"bibtexparser.{name}") for name in ("entrypoint", "library", "splitter")]
    for one in loggers:
        one.addFilter(silent)
    try:
        return parse_string(text).blocks
    finally:
        for one in loggers:
            one.removeFilter(silent)


def _line(block: "Block") -> int:
    return (block.start_line or 0) + 1


def _repeated(block: "Block") -> "Entry | None":
    """An entry whose key another has: whoever takes all of them tells it."""
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry  # noqa: PLC0415  (likewise)

    inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else None
    return inner if isinstance(inner, Entry) else None


def _failure(block: "Block") -> tuple[str, str]:
    """What is wrong with a piece that is no entry."""
    begin = clean((block.raw or "").partition("\n")[0])[:60]
    error = getattr(block, "error", None)
    why = clean(str(getattr(error, "abort_reason", None) or error or "it is no entry"))[:200].rstrip(" .")
    return (
        f"left out: what begins with {begin!r} is no entry of BibTeX ({why})",
        "look for a brace or comma that is missing",
    )


def _fields(entry: "Entry") -> Fields:
    """The fields by their names in lower case; the first counts."""
    found: dict[str, str] = {}
    for one in entry.fields:
        found.setdefault(one.key.casefold(), str(one.value))
    return found


def _complete(fields: Fields, by_key: Mapping[str, Fields], depth: int = 0) -> Fields:
    """The fields with what the entries say that this one is a part of."""
    named = [key.strip().casefold() for key in f"{fields.get('crossref', '')},{fields.get('xdata', '')}".split(",")]
    whole = dict(fields)
    for key in named:
        if depth < MAX_PARENTS and (parent := by_key.get(key)) is not None:
            above = _complete(parent, by_key, depth + 1)
            is_part = key == fields.get("crossref", "").strip().casefold()
            for name, other in _INHERITED.items() if is_part else ():
                if other in above and name != "journaltitle":
                    whole.setdefault(name, above[other])
            for name, value in above.items():
                if not is_part or name not in _NOT_INHERITED:
                    whole.setdefault(name, value)
    return whole


def _reference(entry: "Entry", kind: str, fields: Fields) -> Reference:
    authors = _people(fields.get("author", ""))
    editors = _people(fields.get("editor", ""))
    date = fields.get("date") or fields.get("year") or fields.get("eventdate") or ""
    year = _YEAR.search(plain_latex(date))
    titles = [plain_latex(fields[one]) for one in ("title", "subtitle") if fields.get(one)]
    title = ". ".join(titles) if titles and titles[0].endswith(("?", "!")) else ": ".join(titles)
    journal = next((fields[one] for one in ("journal", "journaltitle", "booktitle") if fields.get(one)), "")
    line = _line(entry)
    return Reference(
        entry.key,
        line,
        line + (entry.raw or "").rstrip().count("\n"),
        title=title or plain_latex(fields.get("shorttitle", "")),
        names=tuple(family for family, _ in authors or editors)
        or tuple(filter(None, [plain_latex(fields.get("organization") or fields.get("institution") or "")])),
        year=year[0] if year else "",
        text=kept_text(plain_latex(fields.get("abstract", ""))),
        data=kept_data(
            (
                ("key", entry.key),
                ("type", kind),
                ("title", title),
                ("authors", [whole for _, whole in authors]),
                ("editors", [whole for _, whole in editors]),
                ("year", year[0] if year else ""),
                ("in", plain_latex(journal)),
                ("publisher", plain_latex(fields.get("publisher", ""))),
                ("doi", _doi(fields.get("doi", ""))),
                ("url", _address(fields)),
            )
        ),
    )


def _people(text: str) -> list[tuple[str, str]]:
    """The names in a field, each as it is cited and as a whole: `Sutton, Richard S.` and `{Richard} Sutton` alike."""
    found = []
    for one in _split(text):
        if one.casefold() == "others":
            found.append((OTHERS, ""))
        elif one.startswith("{") and one.endswith("}"):
            found.append((plain_latex(one), plain_latex(one)))
        else:
            found.append(_person(one))
    return [(family, whole) for family, whole in found if family]


def _split(text: str) -> Iterator[str]:
    """The names between `and`, but not that in braces."""
    depth, begin, text = 0, 0, " ".join(text.split())
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and sign == " " and (found := _AND.match(text, at)) and begin <= at:
            yield text[begin:at].strip()
            begin = found.end()
    yield text[begin:].strip()


def _person(name: str) -> tuple[str, str]:
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts  # noqa: PLC0415 (as above)

    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except InvalidNameError:
        return plain_latex(name.partition(",")[0]), plain_latex(name)
    family = plain_latex(" ".join((*parts.von, *parts.last)))
    given = plain_latex(" ".join(parts.first))
    junior = plain_latex(" ".join(parts.jr))
    return family or given, ", ".join(filter(None, (" ".join(filter(None, (given, family))), junior)))


def _doi(text: str) -> str:
    """A DOI without the address of its resolver."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", clean(text.replace("\\_", "_")), flags=re.IGNORECASE)


def _address(fields: Fields) -> str:
    for name in ("url", "howpublished", "link"):
        if found := re.search(r"(?:https?|ftp)://[^\s{}\"]+", fields.get(name, "").replace("\\", "")):
            return found[0]
    return ""


def plain_latex(text: str) -> str:
    r"""A text of LaTeX as words, on one line.

    >>> plain_latex(r"{G}\"odel, {\O}re \& M{\"u}ller--{L}\'evy: the {$\alpha$} case")
    'Gödel, Øre & Müller–Lévy: the α case'
    """
    if not _LATEX.search(text):
        pass
    elif len(text) <= MAX_LATEX:
        try:
            text = _words_of(text)
        except Exception:
            text = re.sub(r"\\[a-zA-Z]+\s*|[\\{}$]", "", text)
    else:
        text = re.sub(r"\\[a-zA-Z]+\s*|[\\{}$]", "", text)
    return clean(text.replace("{", "").replace("}", ""))


@lru_cache(maxsize=4096)
def _words_of(latex: str) -> str:
    """What LaTeX shows; names and journals come again and again."""
    from pylatexenc.latexwalker import LatexWalker  # noqa: PLC0415  (as above)

    context, reader = _latex()
    nodes, _, _ = LatexWalker(latex, latex_context=context, tolerant_parsing=True).get_latex_nodes()
    return str(reader.nodelist_to_text(nodes))


@cache
def _latex() -> tuple[Any, Any]:
    """What LaTeX has, and a reader of it; to make either anew takes longer than to read a title."""
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415  (as above)
    from pylatexenc.latexwalker import get_default_latex_context_db  # noqa: PLC0415  (as above)

    return get_default_latex_context_db(), LatexNodes2Text(math_mode="text", strict_latex_spaces=False)


BIBLIOGRAPHY = Bibliography("BibTeX", BIBTEX_SUFFIXES, read_bibtex)
