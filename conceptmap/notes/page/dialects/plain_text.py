"""Markdown as everybody writes it, and plain text."""

from conceptmap.notes.page.dialects.dialect import Dialect

DIALECT = Dialect("Markdown", (".md", ".markdown", ".txt"))
