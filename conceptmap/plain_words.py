"""A text in Markdown as plain words, for wherever nothing but words fits: terminals, answers, tooltips."""

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
