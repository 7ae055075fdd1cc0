"""What a bibliography refers to, whatever its form: its key, what it is called, and what is kept of it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from conceptmap.notes.values import Findings
from ontology.model import MAX_LABEL, MAX_TEXT, unsafe_character
from ontology.values import JsonValue

MOST_NAMED = 2
"""Authors that a label names; of more the first `et al.`, as most styles of citing have it."""

OTHERS = "others"
"""The name that stands for those who are not named."""

MAX_TITLE = 200
"""Characters of a title in a label; a longer one ends with its main part, or is cut."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that can be cited: its key, where it stands (the first and the last line), and what is said of it.

    `names` are those of its authors (else editors) by which it is cited: family names, or those of groups.
    """

    key: str
    line: int
    last: int
    title: str = ""
    names: tuple[str, ...] = ()
    year: str = ""
    text: str | None = None
    data: dict[str, JsonValue] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What readers know it by: `Sutton 2019, The Bitter Lesson`."""
        by = " ".join(filter(None, (_listed(self.names), self.year if self.names else "")))
        title = _short(self.title)
        if not by:
            title = f"{title} ({self.year})" if title and self.year else title or self.year
        return ", ".join(filter(None, (by, title)))[:MAX_LABEL].strip() or self.key


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A form of bibliographies: the endings of its files, and how one is read, from its path and text."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[str, str, Findings], Iterable[Reference]]


def kept_data(said: Iterable[tuple[str, str | Sequence[str]]]) -> dict[str, JsonValue]:
    """What is said of a reference, without what is empty or too long to keep."""
    kept: dict[str, JsonValue] = {}
    for name, value in said:
        values = [clean(one) for one in ([value] if isinstance(value, str) else value)]
        if wanted := [one for one in values if one and len(one) <= MAX_TEXT]:
            kept[name] = wanted[0] if isinstance(value, str) else list(wanted)
    return kept


def kept_text(text: str) -> str | None:
    """A summary, if it can be kept."""
    text = clean(text)
    return text if text and len(text) <= MAX_TEXT else None


def clean(text: str) -> str:
    """A text on one line, without characters that no text may hold."""
    text = " ".join(text.split())
    return "".join(one for one in text if unsafe_character(one) is None) if unsafe_character(text) else text


def _listed(names: Sequence[str]) -> str:
    """Names as texts cite them.

    >>> _listed(["Sutton"]), _listed(["Minsky", "Papert"]), _listed(["Vaswani", "Shazeer", "Parmar"])
    ('Sutton', 'Minsky and Papert', 'Vaswani et al.')
    """
    is_cut = len(names) > MOST_NAMED or names[-1:] == (OTHERS,)
    return f"{names[0]} et al." if is_cut else " and ".join(names)


def _short(title: str) -> str:
    """A title that a label has room for."""
    if len(title) <= MAX_TITLE:
        return title
    main = re.split(r"[:?!.]\s", title)[0]
    return main if 0 < len(main) <= MAX_TITLE else f"{title[: MAX_TITLE - 1].rsplit(' ', 1)[0]}…"
