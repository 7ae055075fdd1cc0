"""Plain words, for wherever nothing else fits (terminals, answers, tooltips): texts in Markdown, lists, numbers."""

import re

MAX_SHOWN = 20_000
"""Characters of a text that is read as Markdown to be shown; a longer one, which nobody reads, is shown as it is."""

_SIGNS = re.compile(r"[*_`\\\[<&~|]|\n(?!\n)|^\s*(?:[-+#>$]|\d+[.)])", re.MULTILINE)
"""What a text holds that is more than sentences in paragraphs."""


def plain_words(text: str) -> str:
    r"""The words of a text: paragraphs and items on lines of their own, links as shown, code and formulas as written.

    >>> plain_words("The **crumb** of [[Rye|rye]]:\n\n- *dense*\n- dark")
    'The crumb of rye:\n\n- dense\n- dark'
    """
    if len(text) > MAX_SHOWN or not _SIGNS.search(text):
        return text
    from conceptmap.notes.page.block_words import words_of  # noqa: PLC0415 (60 ms that a plain text must not pay)

    return words_of(text) or text


def counted(number: int, noun: str, several: str = "") -> str:
    """A number with its noun, or with the word for several where that is not the noun and an s.

    >>> counted(1, "day"), counted(2, "day"), counted(2, "entry", "entries")
    ('1 day', '2 days', '2 entries')
    """
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"
