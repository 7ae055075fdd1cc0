"""Names and ids: when two labels name one thing, the id that a label gets, and what the parts of a day are called."""

import hashlib
import re
import unicodedata
from functools import lru_cache

MAX_ID = 64
"""Characters of an id that is made from a label: it stands in addresses, which people read."""

DEFAULT_PART = "notes"
"""The part of a day that is meant where none is named."""
_PICTOGRAPHS = "\u2600"
"""Behind this come pictures; signs that fonts have, such as ° and ™, stand before it."""
_DRAWN_AS_BOXES = ("So", "Cn", "Co", "Cf")

UNCOUNTED = frozenset(["evidence"])
"""Nouns that name kinds and have neither article nor plural."""

CONTRIBUTED = "by:"
"""With this begin the names of the parts that contributors append to."""

_ORDINARY = " -‐‑‒–—―_,.;:'’‘`\"“”„‚«»‹›()[]{}?¿!¡=/\\&|…·、。，：；？！（）「」『』"
_AS_SPACES = dict.fromkeys(map(ord, _ORDINARY), " ")

_WORD = re.compile(rf"(?:[^\s{re.escape(_ORDINARY)}]|['’](?=s))+", re.IGNORECASE)
_DAY_ID = re.compile("day-(0|[1-9][0-9]{0,4})")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_ASCII_ID = re.compile("[A-Za-z0-9][A-Za-z0-9_-]*")


@lru_cache(maxsize=50_000)
def name_key(label: str) -> str:
    """What two spellings of one name share: their words, case folded, without ordinary punctuation.

    Letters, digits and marks of every script count, and so do signs that change the meaning.

    >>> name_key("The Bitter-Lesson!") == name_key("the bitter lesson")
    True
    >>> name_key("C") == name_key("C++")
    False
    """
    text = unicodedata.normalize("NFKC", label).casefold().replace("'s", "s").replace("’s", "s")
    return " ".join(text.translate(_AS_SPACES).split()) or label.strip()


def singular(word: str) -> str:
    """A noun in the singular, by its ending; good enough to tell that two spellings are one name.

    >>> [singular(word) for word in ("laws", "theories", "loss", "analysis", "boxes")]
    ['law', 'theory', 'loss', 'analysis', 'box']
    """
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def one_of_kind(kind: str) -> str:
    """A kind with its article, where it has one.

    >>> one_of_kind("Claim"), one_of_kind("Agent"), one_of_kind("Evidence")
    ('a Claim', 'an Agent', 'Evidence')
    """
    if kind.casefold() in UNCOUNTED:
        return kind
    return f"{'an' if kind[:1].casefold() in tuple('aeiou') else 'a'} {kind}"


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each word of a text's name key stands in the text: its first character, and the one behind its last.

    >>> text = "Does Moore's law hold?"
    >>> [text[start:end] for start, end in word_spans(text)]
    ['Does', "Moore's", 'law', 'hold']
    """
    return [found.span() for found in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def node_id(label: str) -> str:
    """The id of a label: its words joined by hyphens; a pure function, so load order cannot matter.

    Where that loses signs or words, six hexadecimal digits of the name's digest follow, so that
    names that differ only there get ids that differ.

    >>> node_id("Compression = Understanding")
    'compression-understanding'
    >>> node_id("C++")
    'c-cedb1b'
    """
    key = name_key(label)
    if key.isascii():
        whole = "-".join(_ASCII_WORD.findall(key))
    else:
        words = "".join(char if _is_word(char) else " " for char in key).split()
        whole = _from_first_letter("-".join(words))
    short = whole if len(whole) <= MAX_ID else whole[: MAX_ID - 7].rsplit("-", 1)[0]
    if short == key.replace(" ", "-"):
        return short
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{short}-{digest}" if short else f"n-{digest}"


def is_id(text: str) -> bool:
    """Whether a text can be an id: letters, digits, marks, `-` and `_`, beginning with a letter or digit."""
    if not 0 < len(text) <= 4 * MAX_ID:
        return False
    if text.isascii():
        return _ASCII_ID.fullmatch(text) is not None
    return _begins_word(text[0]) and all(char in "-_" or _is_word(char) for char in text)


def _is_word(char: str) -> bool:
    """Whether a character can stand in an id: letters, digits and marks, as far as an IRI may hold them (RFC 3987)."""
    return unicodedata.category(char)[0] in "LNM" and char < "\U000e0000"


def _begins_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def _from_first_letter(text: str) -> str:
    """The text without leading marks and hyphens: a mark alone has nothing to stand on."""
    first = next((index for index, char in enumerate(text) if _begins_word(char)), len(text))
    return text[first:]


def day_id(day: int) -> str:
    """The id of the node that stands for a day."""
    return f"day-{day}"


def day_number(node: str) -> int | None:
    """The day that a node of this id stands for; None where it is no day's id.

    >>> day_number("day-26"), day_number("day-026"), day_number("day-break")
    (26, None, None)
    """
    found = _DAY_ID.fullmatch(node)
    return int(found.group(1)) if found else None


def day_label(day: int) -> str:
    """The label of the node that stands for a day."""
    return f"Day {day}"


def own_part(contributor: str) -> str:
    """The name of the part that is a contributor's own.

    >>> own_part("ada")
    'by:ada'
    """
    return f"{CONTRIBUTED}{contributor}"


_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U0001d159\U000e0100-\U000e01ef]"
)
"""Signs that show nothing though Unicode counts them among letters, marks and symbols: fillers, selectors, blanks."""


def visible(text: str) -> str:
    """What of a text can be seen: without spaces, formats such as the zero-width space, and fillers.

    >>> visible("\u200b \u3164\ufeff"), visible("Ye\u00adast")
    ('', 'Yeast')
    """
    if text.isascii():
        return "".join(text.split())
    return "".join(one for one in text if unicodedata.category(one)[0] not in "ZC" and not _BLANK.match(one))


def without_pictographs(text: str) -> str:
    """Words without the pictures that few fonts have, which would be drawn as empty boxes.

    >>> without_pictographs("How 🤗 works at 20 °C")
    'How works at 20 °C'
    """
    kept = (sign for sign in text if not (sign >= _PICTOGRAPHS and unicodedata.category(sign) in _DRAWN_AS_BOXES))
    return " ".join("".join(kept).replace("\ufe0f", "").split())
