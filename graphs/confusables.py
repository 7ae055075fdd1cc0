"""Letters that look like Latin ones: a Cyrillic а in "rаin" makes another name that nobody can tell from "rain"."""

import unicodedata

_LATIN_AND_LIKE = """
    a ɑαаᎪ
    b ƅβвьᏏᏴꞵ
    c сᏟᴄⲥ
    d ԁᎠᏧ
    e εеҽᎬꬲ
    f ϝքẝꞙꬵ
    g ƍɡԍցᏀᏳᶃ
    h ηнһհᎻᏂⲏ
    i ıɩɪιіӏᎥꙇ
    j ʝϳјᎫ
    k κкᏦⲕ
    l ǀᏞⲓⳑ
    m μϻмᎷⲙ
    n ոռⲛ
    o οσоօჿᴏᴑⲟꬽ
    p ρрᏢⲣ
    q ԛգզ
    r ʀгᎡᎱᏒᴦⲅꭇꭈ
    s ƽѕտᏕᏚꜱ
    t τтᎢⲧ
    u ʋυսᴜꞟꭎꭒ
    v νѵᏙᴠ
    w ɯѡԝաᎳᏔᴡ
    x χхⲭꭓ
    y ɣʏγуүყᎩᎽᶌỿⲩꭚ
    z ζᏃᴢ
"""
"""Latin letters, each with those of alphabets in use that look like it or like its capital.

After Unicode's confusables (UTS 39, data of version 15); letters that are the same by compatibility, as those of full
width are, count as the same anyway.
"""

_LATIN = str.maketrans(
    {one: latin for latin, like in map(str.split, _LATIN_AND_LIKE.split("\n")[1:-1]) for one in like}
)


def latin(text: str) -> str:
    """A text with each letter as the Latin one that it looks like.

    >>> latin("r\u0430in") == "rain", latin("cr\u00e8me")
    (True, 'cr\u00e8me')
    """
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_LATIN)
