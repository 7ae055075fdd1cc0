"""Changes: `turn the temperature up`, `if loss falls`, `a raised temperature`, where the map has a name for that.

Such a name says by a word before a thing how that is or which way it goes: `Higher temperature`, `Lower loss`. A
question may say it by a verb, behind the thing, or by another word of the same direction.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from conceptmap.ask.frame_words import AGENTS
from conceptmap.ask.spans import Word
from conceptmap.ask.words import ARTICLES, IGNORABLE, QUESTION_WORDS
from graphs.view import View
from graphs.words import stem

UP = "higher more greater larger bigger increased increasing rising raised growing".split()
DOWN = "lower less fewer smaller reduced reducing falling lowered decreased decreasing shrinking declining".split()
"""Words before a thing that tell which way it goes; each stands for any of its list."""
_TURNS = frozenset(map(stem, "turn crank push drive scale step jack pump dial ramp go goes went gone".split()))
"""Verbs that with `up` or `down` tell which way."""
_GOES = {stem(verb): UP for verb in "increase raise boost heighten enlarge rise rose grow grew climb".split()} | {
    stem(verb): DOWN for verb in "decrease reduce lower lessen diminish shrink fall fell drop sink sank decline".split()
}
"""Verbs, and nouns, that tell which way by themselves."""
_IS = frozenset("is are was were be gets get becomes become turns runs stays".split())
_GETS = frozenset("get gets got getting gotten make makes made making render renders rendered rendering".split())
"""Verbs that say how something becomes by a word behind it: `get A wrong`, `make A warmer`."""
_WHERE = frozenset("in of on at inside within for".split())
_OWN = ARTICLES | frozenset("my our your its their his her this that these those".split())
_DOERS = AGENTS | _OWN | frozenset("to he she and or if when once after by of with from for in".split())
_LEADS = "leads to"
LONGEST = 3
"""Words of a thing that changes."""


class _Change(NamedTuple):
    """The places of the words that say a change, the words for it, and the places of the thing's words."""

    start: int
    end: int
    how: str
    thing: range


def changed(words: Sequence[Word], view: View) -> list[Word] | None:
    """The words with the map's name for a change in the place of what says it; None where they say none."""
    for at, word in enumerate(words):
        if change := next(_changes(words, at, word, view), None):
            if change.start and words[change.start - 1].text in AGENTS and not change.how.startswith(_LEADS):
                change = change._replace(start=change.start - 1)  # whoever it is who turns it up
            how = [Word(one, one, stem(one), word.clause) for one in change.how.split()]
            plainer = [*words[: change.start], *how, *(words[one] for one in change.thing), *words[change.end :]]
            return changed(plainer, view) or plainer
    return None


def _changes(words: Sequence[Word], at: int, word: Word, view: View) -> Iterator[_Change]:
    """What the word at a place says, alone or with those around it."""
    if word.text in _DIRECTED:
        if any(_named_behind(words, at + 1, [word.text], view)):
            return  # the map itself calls it so
        for how, thing in _named_behind(words, at + 1, _DIRECTED[word.text], view):
            yield _Change(at, thing.stop, how, thing)
    if word.stem in _TURNS:
        yield from _turned(words, at, view)
    if word.stem in _GOES:
        yield from _going(words, at, _GOES[word.stem], view)
    if word.text in _GETS:
        yield from _getting(words, at, view)
    if word.text in _IS:
        yield from _being(words, at, view)


def _turned(words: Sequence[Word], at: int, view: View) -> Iterator[_Change]:
    """`Turn up A`, `turn A up`, `A goes up`."""
    for particle, mods in _PARTICLES.items():
        if _text(words, at + 1) == particle:
            for how, thing in _named_behind(words, at + 2, mods, view):
                yield _Change(at, thing.stop, how, thing)
            for how, thing in _named_before(words, at, mods, view):
                yield _Change(thing.start, at + 2, how, thing)
        for how, thing in _named_behind(words, at + 1, mods, view):
            if _text(words, thing.stop) == particle:
                yield _Change(at, thing.stop + 1, how, thing)


def _going(words: Sequence[Word], at: int, mods: Sequence[str], view: View) -> Iterator[_Change]:
    """`Raise A`, `a rise in A`, `A rises`; `B raises A` says that it leads there."""
    skipped = _text(words, at + 1) in ("in", "of")
    for how, thing in _named_behind(words, at + 1 + skipped, mods, view):
        yield _Change(at, thing.stop, f"{_LEADS} {how}" if _is_done_by_a_thing(words, at) else how, thing)
    for how, thing in _named_before(words, at, mods, view):
        yield _Change(thing.start, at + 1, how, thing)


def _getting(words: Sequence[Word], at: int, view: View) -> Iterator[_Change]:
    """`Get A wrong`, `make A warmer`; what makes people get A wrong leads there."""
    for place in range(at + 2, min(at + 2 + LONGEST + 1, len(words))):
        how = words[place].text
        if how in IGNORABLE or words[place].clause != words[at].clause:
            continue
        for _, thing in _named_behind(words, at + 1, [how], view):
            if thing.stop == place:
                yield _Change(at, place + 1, f"{_LEADS} {how}" if _is_done_by_a_thing(words, at) else how, thing)


def _being(words: Sequence[Word], at: int, view: View) -> Iterator[_Change]:
    """`A is wrong`, `A in the simulator is wrong`."""
    how = _text(words, at + 1)
    where = next((one for one in range(max(0, at - LONGEST), at) if words[one].text in _WHERE), at)
    for end in {at, where} if how and how not in IGNORABLE else ():
        for _, thing in _named_before(words, end, [how], view):
            yield _Change(thing.start, at + 2, how, range(thing.start, at))


def _text(words: Sequence[Word], at: int) -> str:
    return words[at].text if at < len(words) else ""


def _is_done_by_a_thing(words: Sequence[Word], at: int) -> bool:
    """Whether it is something that makes the change, as in `what reduces the loss?`, and nobody does it."""
    before = words[at - 1].text if at else ""
    return bool(before) and not words[at].text.endswith("ing") and before not in _DOERS


def _named_behind(words: Sequence[Word], at: int, mods: Iterable[str], view: View) -> Iterator[tuple[str, range]]:
    """The thing whose words begin at a place, articles apart, and how the map says of it one of some words."""
    while at < len(words) and words[at].text in _OWN:
        at += 1
    for end in range(min(at + LONGEST, len(words)), at, -1):
        longer = " ".join(word.text for word in words[at : end + 1])
        if not view.names.get(longer):  # `raise the loss function` is not said of the loss
            yield from _named(words, range(at, end), mods, view)


def _named_before(words: Sequence[Word], at: int, mods: Iterable[str], view: View) -> Iterator[tuple[str, range]]:
    """The thing whose words end at a place; not of `which loss is lower?`, nor of a `small error` the error."""
    for start in range(max(0, at - LONGEST), at):
        before = words[start - 1].text if start else ""
        if before not in ("what", "which", "whose") and (not before or before in IGNORABLE | QUESTION_WORDS):
            yield from _named(words, range(start, at), mods, view)


def _named(words: Sequence[Word], thing: range, mods: Iterable[str], view: View) -> Iterator[tuple[str, range]]:
    if len({words[place].clause for place in thing}) > 1:
        return
    name = " ".join(words[place].text for place in thing)
    yield from ((how, thing) for how in mods if view.names.get(f"{how} {name}"))


_DIRECTED = {word: words for words in (UP, DOWN) for word in words}
_PARTICLES = {"up": UP, "down": DOWN}
