"""Notion: its exports put an identifier behind the name of each file."""

import re

from conceptmap.notes.page.dialects.dialect import Dialect

_IDENTIFIER = re.compile(r"(?<=\S)[ _-][0-9a-f]{32}\Z")


def _page_name(stem: str) -> str:
    return _IDENTIFIER.sub("", stem)


DIALECT = Dialect("Notion", page_name=_page_name)
