"""Plain words, for wherever nothing else fits (terminals, answers, tooltips): texts in Markdown, lists, numbers."""

import re
from itertools import takewhile
from typing import Final

MAX_SHOWN = 20_000
"""Characters of a text that is read as Markdown to be shown; a longer one, which nobody reads, is shown as it is."""

_SIGNS = re.compile(r"[*_`\\\[<&~|]|\n(?!\n)|^\s*(?:[-+#>$]|\d+[.)])", re.MULTILINE)
"""What a text holds that is more than sentences in paragraphs."""

_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_FIELD = re.compile(r"^([^\[\]:]+)::\s")
_NODE_ID = re.compile(r"\s*\{#[^\s{}]+\}\s*$")
_MARKUP = re.compile(r"[*_`\\\[<&~]")
_PLURAL_VERBS: Final = {"is": "are", "has": "have", "does": "do", "was": "were"}
_PREPOSITIONS: Final = frozenset("of in on for with to from by at as about against between".split())
_INVARIABLE: Final = frozenset("series species means news lens".split())
"""Nouns in the singular that end as plurals do."""


def plain_words(text: str) -> str:
    r"""The words of a text: paragraphs and items on lines of their own, links as shown, code and formulas as written.

    >>> plain_words("The **crumb** of [[Rye|rye]]:\n\n- *dense*\n- dark")
    'The crumb of rye:\n\n- dense\n- dark'
    """
    if len(text) > MAX_SHOWN or not _SIGNS.search(text):
        return text
    from conceptmap.notes.page.block_words import words_of  # noqa: PLC0415 (60 ms that a plain text must not pay)

    return words_of(text) or text


def quoted_words(quote: str) -> str:
    """The words of a quoted line: a field with one colon, links as shown, without ids and marks.

    >>> quoted_words("requires:: [[Yeast|Baker's yeast]], [[Sugar]]")
    "requires: Baker's yeast, Sugar"
    >>> quoted_words("Claim: *Time* beats kneading {#time}")
    'Claim: Time beats kneading'
    """
    words = _FIELD.sub(r"\1: ", _LINK.sub(r"\1", _NODE_ID.sub("", " ".join(quote.split()))))
    if not _MARKUP.search(words):
        return words
    from conceptmap.notes.page.inline import plain  # noqa: PLC0415 (100 ms that a plain line must not pay)

    return plain(words)


def counted(number: int, noun: str, several: str = "") -> str:
    """A number with its noun, or with the word for several where that is not the noun and an s.

    >>> counted(1, "day"), counted(2, "day"), counted(2, "entry", "entries")
    ('1 day', '2 days', '2 entries')
    """
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


def agreed(label: str, says: str) -> str:
    """A label with the verb of what is said of it; the verb in the plural where the label's noun is.

    >>> agreed("Scaling Laws", "requires"), agreed("Laws of scaling", "is part of"), agreed("Lower loss", "leads to")
    ('Scaling Laws require', 'Laws of scaling are part of', 'Lower loss leads to')
    """
    verb, _, rest = says.partition(" ")
    if _is_plural(label):
        verb = _PLURAL_VERBS.get(verb, verb.removesuffix("s"))
    return " ".join(filter(None, (label, verb, rest)))


def _is_plural(label: str) -> bool:
    """Whether a label is a noun in the plural, by its ending: the noun before a preposition, if there is one."""
    words = takewhile(lambda word: word not in _PREPOSITIONS and word[0].isalpha(), label.split())
    noun = next(iter(reversed([*words])), "").casefold()
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is", "as", "os", "ics")) and noun not in _INVARIABLE
