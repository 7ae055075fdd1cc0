"""Basic Memory: its items of relations and observations are read with the explicit syntax (`Grammar.linked`)."""

from conceptmap.notes.page.dialects.dialect import Dialect

DIALECT = Dialect("Basic Memory")
