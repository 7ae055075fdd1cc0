"""Hints for names that are not known: which known ones were probably meant."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set

MIN_LIKENESS = 72
"""Of 100: `abuot` is 80 like `about` and is meant, `motion` is 67 like `nation` and is another word."""

MIN_LIKE_WORD = 0.65
"""A word is like another from here on: `lesson` and `leson` are 0.83, `scale` and `scaling` 0.57."""

MIN_HELD = 70
"""Of 100: so much of the words of a name must a longer name hold; one short word of four may be missing."""

MAX_WEIGHED = 60
"""Names that are weighed word by word, of those that look most like the given one: it takes a millisecond."""

MAX_BEHIND = 12
"""How far a name may be behind the nearest one: farther, and it is another name that only looks a little like it."""

MAX_BEHIND_HOLDER = 8
"""The same of names that hold it: of those that say much besides none, where another says little."""

MIN_SHARE = 45
"""Of all letters of both names, how many per cent must match: a short name is like any long one that holds it."""

MOST_LISTED = 30
"""Names that are listed where none is near: all kinds, relations and formats, but not a thousand maps."""

_LETTERS = ((8, 2), (4, 1))
"""From how many letters on a name may be misspelt in how many: two more make `glutenin` of `gluten`."""


def nearest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """The names that are most like a name, best first, case and punctuation apart; none that are unlike it.

    Of names that are alike the first stands first.

    >>> nearest("motion", ["notion", "nation"]), nearest("sgv", ["svg", "png"])
    (['notion'], ['svg'])
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  (50 ms that only a mistake must pay)

    choices, clean = _listed(names), utils.default_process
    found = process.extract(name, choices, scorer=fuzz.WRatio, processor=clean, limit=limit, score_cutoff=MIN_LIKENESS)
    near = [
        choice
        for choice, score, _ in found
        if score >= found[0][1] - MAX_BEHIND and fuzz.ratio(name, choice, processor=clean) >= MIN_SHARE
    ]
    return list(dict.fromkeys([*_swapped(clean(name), choices, clean), *near]))[:limit]


def _swapped(name: str, choices: Iterable[str], clean: Callable[[str], str]) -> Iterator[str]:
    """The choices that are a name but for two letters that changed places, which in a short name is much."""
    pairs = [name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)]
    return (choice for choice in choices if len(name) > 2 and clean(choice) != name and clean(choice) in pairs)


def holding(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """The names that hold a name, or words that are spelt much like its words; those first that say least besides.

    >>> holding("scalling", ["How does loss fall with scaling?", "Scaling laws", "Language models scale"])
    ['Scaling laws', 'How does loss fall with scaling?']
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  (likewise)

    choices, clean = _listed(names), utils.default_process
    found = process.extract(name, choices, scorer=fuzz.WRatio, processor=clean, limit=MAX_WEIGHED, score_cutoff=1)
    words = clean(name).split()
    weighed = sorted(((_held(words, clean(choice).split()), choice) for choice, *_ in found), key=lambda one: -one[0])
    if not weighed:
        return []
    near = [choice for weight, choice in weighed if weight >= max(MIN_HELD, weighed[0][0] - MAX_BEHIND_HOLDER)]
    return near[:limit]


def _held(words: Sequence[str], others: Sequence[str]) -> float:
    """How much of a name's words a longer name holds (of 100), and how little it says besides, which counts a fifth.

    0 where it holds too little. What is written as one word, or as two, is held as well.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415  (likewise)

    def likeness(one: str, other: str) -> float:
        like: float = OSA.normalized_similarity(one, other, score_cutoff=MIN_LIKE_WORD)
        return like if list(filter(str.isdigit, one)) == list(filter(str.isdigit, other)) else 0

    if not words or not others:
        return 0
    best = {word: max((likeness(word, other), len(other)) for other in others) for word in words}
    letters, all_letters = sum(map(len, words)), sum(map(len, others))
    held = sum(len(word) * best[word][0] for word in words) / letters
    share = sum(length for like, length in best.values() if like) / all_letters
    if (whole := likeness("".join(words), "".join(others))) > held:
        held = share = whole
    return 100 * (0.8 * held + 0.2 * min(1, share)) if 100 * held >= MIN_HELD else 0


def _listed(names: Iterable[str]) -> list[str]:
    return sorted(names) if isinstance(names, Set) else list(dict.fromkeys(names))


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


def no_such(what: str, name: str, names: Iterable[str], listed: Iterable[str] = ()) -> str:
    """That something is not there, and what is: the nearest names, else all of them, or those that are to be listed.

    >>> no_such("kind", "Clam", ["Claim", "Concept"])
    "there is no kind 'Clam'; did you mean 'Claim'?"
    >>> no_such("kind", "Rye", ["Claim", "Concept"])
    "there is no kind 'Rye'; there are Claim, Concept"
    """
    return f"there is no {what} {name!r}; {near_or_all(name, list(names), list(listed))}"


def near_or_all(name: str, names: Sequence[str], listed: Sequence[str] = ()) -> str:
    """The names that may be meant, as a question, else those that are to be listed (all), of very many the first."""
    if near := did_you_mean(name, names):
        return near
    shown = listed or names
    if len(shown) == 1:
        return f"there is only {shown[0]!r}"
    more = f" and {len(shown) - MOST_LISTED} more" if len(shown) > MOST_LISTED else ""
    return f"there are {', '.join(shown[:MOST_LISTED])}{more}"


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint with the one or two nearest names; empty if nothing is near.

    >>> did_you_mean("require", ["requires", "supports"])
    "did you mean 'requires'?"
    """
    return meant(nearest(name, names, limit=2))
