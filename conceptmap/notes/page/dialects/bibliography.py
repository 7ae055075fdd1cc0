"""Bibliographies, whose files are among notes and are no Markdown: only their names are known here."""

from conceptmap.notes.page.dialects.dialect import Dialect

BIBTEX_SUFFIXES = (".bib", ".bibtex")
CSL_SUFFIXES = (".json",)

DIALECT = Dialect("BibTeX, CSL-JSON", suffixes=(*BIBTEX_SUFFIXES, *CSL_SUFFIXES))
