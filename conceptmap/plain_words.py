"""Plain words, for wherever nothing else fits (terminals, answers, tooltips): texts in Markdown, lists, numbers."""

import re

MAX_SHOWN = 20_000
"""Characters of a text that is read as Markdown to be shown; a longer one, which nobody reads, is shown as it is."""

_SIGNS = re.compile(r"[*_`\\\[<&~|]|\n(?!\n)|^\s*(?:[-+#>$]|\d+[.)])", re.MULTILINE)
"""What a text holds that is more than sentences in paragraphs."""

_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_FIELD = re.compile(r"^([^\[\]:]+)::\s")
_NODE_ID = re.compile(r"\s*\{#[^\s{}]+\}\s*$")
_MARKUP = re.compile(r"[*_`\\\[<&~]")


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
