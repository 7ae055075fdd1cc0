"""Texts as plain words."""

import pytest

from conceptmap.plain_words import plain_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Salt. More of it.\n\nAnd so on.", "Salt. More of it.\n\nAnd so on."),
        ("two\nlines of **one**", "two lines of one"),
        ("1. a\n   - [[B|b]]\n2. `c`", "1. a\n   - b\n2. c"),
        ("> said\n> [so](http://a.b)", "said so"),
        ("```py\nx = *y\n```", "x = *y"),
        ("$$\nx^2\n$$ ", "x^2"),
        ("| k | v |\n|---|---|\n| *1* | 2 |", "k | v\n1 | 2"),
        ("# Big\n\nsmall", "Big\n\nsmall"),
    ],
)
def test_a_text_is_shown_by_its_words(text: str, words: str) -> None:
    assert plain_words(text) == words
