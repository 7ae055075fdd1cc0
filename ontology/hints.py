"""Hints for names that are not known: which known ones were probably meant."""

from collections.abc import Callable, Iterable, Sequence, Set

MIN_LIKENESS = 72
"""Of 100: `abuot` is 80 like `about` and is meant, `motion` is 67 like `nation` and is another word."""

MIN_LIKENESS_OF_HOLDERS = 75
"""The same where a long name may hold the given one: more of them do, so they must be more like it."""

MAX_BEHIND = 12
"""How far a name may be behind the nearest one: farther, and it is another name that only looks a little like it."""

MIN_SHARE = 45
"""Of all letters of both names, how many per cent must match: a short name is like any long one that holds it."""

_LETTERS = ((8, 2), (4, 1))
"""From how many letters on a name may be misspelt in how many: two more make `glutenin` of `gluten`."""


def nearest(name: str, names: Iterable[str], limit: int = 3, *, holding: bool = False) -> list[str]:
    """The names that are most like a name, best first, case and punctuation apart; none that are unlike it.

    Of names that are alike the first stands first. `holding`: a long name that holds the given one is like it, too.

    >>> nearest("motion", ["notion", "nation"])
    ['notion']
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  (50 ms that only a mistake must pay)

    choices = sorted(names) if isinstance(names, Set) else list(dict.fromkeys(names))
    cutoff, clean = MIN_LIKENESS_OF_HOLDERS if holding else MIN_LIKENESS, utils.default_process
    found = process.extract(name, choices, scorer=fuzz.WRatio, processor=clean, limit=limit, score_cutoff=cutoff)
    return [
        choice
        for choice, score, _ in found
        if holding or (score >= found[0][1] - MAX_BEHIND and fuzz.ratio(name, choice, processor=clean) >= MIN_SHARE)
    ]


def misspelt(name: str, names: Iterable[str]) -> list[str]:
    """The names (name keys) that one is by a letter or two, changed, left out, added or swapped; the nearest alone.

    Names with other digits are other names, and very short ones are too like each other.

    >>> misspelt("yeats", ["yeast", "wheat"]), misspelt("week 2", ["week 1"]), misspelt("pea", ["tea"])
    (['yeast'], [], [])
    """
    from rapidfuzz import process  # noqa: PLC0415  (50 ms that only a link to nothing must pay)
    from rapidfuzz.distance import OSA  # noqa: PLC0415  (likewise)

    letters = next((most for length, most in _LETTERS if len(name) >= length), 0)
    if not letters:
        return []
    choices = names if isinstance(names, Sequence) else list(names)
    found = process.extract(name, choices, scorer=OSA.distance, score_cutoff=letters, limit=None)
    digits = list(filter(str.isdigit, name))
    near = sorted((distance, one) for one, distance, _ in found if list(filter(str.isdigit, one)) == digits)
    return [one for distance, one in near[:2] if distance == near[0][0]]


def meant(names: Sequence[str], quoted: Callable[[str], str] = repr) -> str:
    """The question whether one of these names was meant; empty where there are none.

    >>> meant(["Yeast", "Salt"])
    "did you mean 'Yeast' or 'Salt'?"
    """
    return f"did you mean {' or '.join(map(quoted, names))}?" if names else ""


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint with the one or two nearest names; empty if nothing is near.

    >>> did_you_mean("require", ["requires", "supports"])
    "did you mean 'requires'?"
    """
    return meant(nearest(name, names, limit=2))
