"""Sameness: that words which a name has, too, say the same as it, and not the reverse or the opposite.

Of `A beats B`, `B beats A` has all words, and so has, with one more, `A does not beat B`.
"""

from collections.abc import Collection, Iterable, Sequence

from conceptmap.ask.words import DENIED, DENYING

TURNING = frozenset(["by"])
"""Words with which the same is said the other way round: `B is beaten by A`."""
OPENING = frozenset("with in on at for from under without if when given after before by over".split())
"""Words with which a name begins whose first part may as well stand last: `With A, B`."""


def is_turned(places: Sequence[int], said: Iterable[str], name: str, pivots: Collection[int] = ()) -> bool:
    """Whether words stand in another order than in a name, which may turn round what it says.

    `places` are those of the words in the name, in the order in which they are said; `said` are all that stand there.
    On the sides of a word at one of the `pivots` stand two things that are compared.
    """
    if name.partition(" ")[0] in OPENING or not TURNING.isdisjoint(said):
        return False
    for at, place in enumerate(places):
        if place in pivots and any(one > place for one in places[:at]) and not any(one < place for one in places[:at]):
            return True  # `B beats …`
    # What stands left of a word, it and what stands right of it, said from the right to the left.
    return any(
        max(places[:at], default=place) > place > min(places[at + 1 :], default=place)
        for at, place in enumerate(places)
    )


def in_name(choices: Iterable[Sequence[int]]) -> list[int]:
    """The place in a name of each of some words that may be at several: the next one that is not taken yet."""
    places: list[int] = []
    for choice in choices:
        free = [place for place in choice if place not in places] or list(choice)
        last = places[-1] if places else -1
        places.append(min(free, key=lambda place: (place < last, place)))
    return places


def denies(words: Iterable[str]) -> bool:
    """Whether words deny what they say: once, or three times."""
    return sum(word in DENYING or word in DENIED for word in words) % 2 == 1
