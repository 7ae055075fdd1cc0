"""Names: runs of words that name something in the map, whole, spelled otherwise, or with other words in between."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import chain

from conceptmap.ask.kept import told_of
from conceptmap.ask.lexicon import Lexicon
from conceptmap.ask.sameness import denies, in_name, is_turned
from conceptmap.ask.spans import CORRECTED, EXACT, GAPPED, INFLECTED, PARTIAL, REORDERED, SHORT_FORM, Match, Span, Word
from conceptmap.ask.thesaurus import senses
from conceptmap.ask.words import ARTICLES, DROPPED, GLUE, IGNORABLE, ORDINARY, QUESTION_WORDS
from graphs.view import View
from graphs.words import MAX_INITIALS, STOP_WORDS, IndexedName, WordIndex, stem, stems
from ontology.names import name_key
from ontology.terms import STATEMENTS

MAX_NAME = 24
"""Words of the longest name that is looked for whole: more than any title has, and cutting stays quick."""
MAX_GAPPED = 8
"""Words of the longest run in which one is passed over; each is looked up once for every word left out."""
MIN_SHARED = 0.25
"""Dice coefficient below which loose words share too little with a name to mean it: one word of seven, say."""
MAX_POSTINGS = 3000
"""A word that so many names have tells none from another, and going through them all would take milliseconds."""
MAX_BESIDE = 3
"""Words of a name beside two that it writes as one."""
MIN_COMMON = 3
"""So many words must a longer name share with words among which others stand; of fewer, too many names have them."""
MIN_LIKENESS = 0.7
"""Dice coefficient of such a name and the words; among five words one may be another."""
MAX_PART = 4
"""Words of the longest part of names that is preferred to shorter names in it."""
MAX_COMMON_POSTINGS = 200
"""A word that more names have is not followed to them: the rarer ones lead there."""
SENTENCE = 5
"""Words of a name that is a sentence, whatever it names."""
MAX_LIKE = 10
"""So many names that share most words are compared."""
MAX_SHORT_FOR = 8
"""Names that a short form may mean, as many as are listed; letters that more begin with say nothing."""
SHORTEST_FORM = 2
"""Letters of the shortest form of a name: `RL`."""
_AUXILIARIES = frozenset("do does did didn doesn don has have had can could will would should may might must".split())
_ASKED_WITHIN = frozenset("what which who whom".split())
_REASONS = frozenset("reason reasons ground grounds cause causes explanation explanations".split())
"""Words behind which `for which` joins what they are given for."""
_COMMON = IGNORABLE | QUESTION_WORDS | ORDINARY
_LIGHT_STEMS = frozenset(map(stem, IGNORABLE))
_MAKING = tuple(map(stem, "make build craft design engineer construct".split()))
"""What is made by hand is told by any of these: hand-crafted, built by hand."""


def partial_names(words: Sequence[Word], index: WordIndex, view: View, *, said: bool = False) -> tuple[Match, ...]:
    """Names that share words with some loose ones, best first: all of these, or all of the name's, or most of both.

    The score is the Dice coefficient of the two sets of stems, scaled below that of whole names. Of words that begin
    and end no name by themselves, `said` takes one for what is named all the same.
    """
    wanted = {root for word in words if word.text not in IGNORABLE for root in word.roots}
    wanted = wanted or {word.stem for word in words if said or word.text not in STOP_WORDS | GLUE}
    if all(word.derived for word in words if word.stem in wanted) or all(map(str.isdecimal, wanted)):
        return ()
    found: dict[IndexedName, float] = {}
    for root in wanted:
        for entry in index.holders(root) if index.count(root) <= MAX_POSTINGS else ():
            held = set(stems(entry.key.split()))
            shared = len(wanted & held)
            if entry.sort != "facet" and (shared in (len(wanted), len(held)) or 3 * shared >= len(wanted | held) * 2):
                found[entry] = 2 * shared / (len(wanted) + len(held))
    found = {entry: score for entry, score in found.items() if score >= MIN_SHARED}
    seen = [Match(entry, PARTIAL * score) for entry, score in found.items() if _visible(entry, index, view)]
    return tuple(sorted(seen, key=lambda match: (-match.score, match.entry)))


def name_spans(words: Sequence[Word], index: WordIndex, view: View) -> Iterator[Span]:
    """Names, facets and dimensions of the map: whole, spelled otherwise, or with other words in between."""
    heavy = [number for number, word in enumerate(words) if word.text not in STOP_WORDS] or list(range(len(words)))
    known = [all(map(index.knows_stem, words[number].roots)) for number in heavy]
    for first in range(len(heavy)):
        unknown = 0
        for length in range(1, min(MAX_NAME, len(heavy) - first) + 1):
            unknown += not known[first + length - 1]
            if unknown > 1:
                break
            run = heavy[first : first + length]
            entries = index.phrase([root for number in run for root in words[number].roots]) if not unknown else []
            # A name that only later days give still stands for itself, not for names that share a word with it.
            found = _seen(entries, index, view) if entries else ()
            found = found or tuple(sorted(entry for entry in entries if entry.sort == "name"))
            if length == 1:
                found = tuple(entry for entry in found if _calls(words[run[0]], entry, index, view))
            if found:
                yield from _whole(words, run, found, index, view)
            elif 3 <= length <= MAX_GAPPED and words[run[0]].clause == words[run[-1]].clause:
                yield from _gapped(words, run, index, view)
    yield from _spelled_otherwise(words, heavy, index, view)
    yield from _alike(words, index, view)


def _calls(word: Word, entry: IndexedName, index: WordIndex, view: View) -> bool:
    """Whether one word calls something by an entry: not by an id alone that is an ordinary word, such as `what`."""
    if entry.sort != "name" or word.text not in _COMMON:
        return True
    return word.text not in QUESTION_WORDS and any(_called(entry, index, view))


def _called(entry: IndexedName, index: WordIndex, view: View) -> Iterator[str]:
    """The nodes that are called so by a label or alias: of a sentence, an id has only how it begins."""
    for node in index.owners_in(view, entry):
        if entry.key in map(name_key, view.node(node).names):
            yield node


def _spelled_otherwise(words: Sequence[Word], heavy: Sequence[int], index: WordIndex, view: View) -> Iterator[Span]:
    """Names that write two of the words as one, or that are short for them, or they for it: `sour dough`, `VLA`."""
    letters = "".join(words[number].text[0] for number in heavy)
    for first, number in enumerate(heavy):
        if words[number].is_short:
            yield from _short([number], meant_by_letters(words[number].said, index), index, view)
        for pair in _pairs(words, heavy[first : first + 2], index):
            for begin in range(max(0, first - MAX_BESIDE), first + 1):
                for end in range(first + 2, min(first + 2 + MAX_BESIDE, len(heavy)) + 1):
                    beside = (*heavy[begin:first], *heavy[first + 2 : end])
                    roots = [*pair, *(root for one in beside for root in words[one].roots)]
                    yield from _short(heavy[begin:end], index.phrase(roots), index, view)
        # Of two letters too many words are short for others.
        for length in range(SHORTEST_FORM + 1, min(MAX_INITIALS, len(heavy) - first) + 1):
            said = {words[number].text for number in heavy[first : first + length]}
            if index.knows(letters[first : first + length]) and QUESTION_WORDS.isdisjoint(said):
                form = stem(letters[first : first + length])
                for end in range(first + length, min(first + length + 1, len(heavy)) + 1):
                    rest = (root for one in heavy[first + length : end] for root in words[one].roots)
                    yield from _short(heavy[first:end], index.phrase([form, *rest]), index, view)


def meant_by_letters(said: str, index: WordIndex) -> list[IndexedName]:
    """The names whose words begin with the letters of one; none where too many do."""
    if not SHORTEST_FORM <= len(said) <= MAX_INITIALS + 1:
        return []
    found = index.initialled(said) or index.initialled(said.removesuffix("s"))
    return found if len(found) <= MAX_SHORT_FOR else []


def _short(run: Sequence[int], entries: Iterable[IndexedName], index: WordIndex, view: View) -> Iterator[Span]:
    """The span of a run that means names spelled otherwise, if there are some."""
    matches = tuple(Match(entry, SHORT_FORM) for entry in _seen(entries, index, view))
    if matches:
        yield Span(run[0], run[-1] + 1, named=matches, weight=SHORT_FORM * len(run) + 0.15 * (len(run) - 1))


def _pairs(words: Sequence[Word], pair: Sequence[int], index: WordIndex) -> Iterator[tuple[str, ...]]:
    """The stems for which two words stand: written as one (`sour dough`), or what is made by hand in other words."""
    one, other = (words[number] for number in pair) if len(pair) == 2 else (None, None)
    if one is None or other is None or one.clause != other.clause:
        return
    if pair[1] - pair[0] == 1 and (one.text + other.text).isalpha() and index.knows_stem(stem(one.text + other.text)):
        yield (stem(one.text + other.text),)
    for hand, made in ((one, other), (other, one)):
        if hand.stem == "hand" and made.stem in _MAKING:
            yield from (("hand", root) for root in _MAKING if root != made.stem and index.knows_stem(root))


def _whole(
    words: Sequence[Word], run: Sequence[int], found: tuple[IndexedName, ...], index: WordIndex, view: View
) -> Iterator[Span]:
    """The words of entries, all of them: exactly, else (within a clause) inflected, corrected or in another order.

    A facet of one word counts only exactly: `learned` is a trait, `learn` is not.
    """
    spellings = _spellings(words, run)
    exact = tuple(entry for entry in found if entry.key in spellings)
    if not exact and words[run[0]].clause != words[run[-1]].clause:
        return
    if len(run) == 1 and words[run[0]].derived:
        return  # `corner` may be derived from `corn`, or not
    bent = any(words[number].corrected or words[number].derived for number in run)
    ordered = bool(exact) or _in_order(words, run, found)
    score = EXACT if exact else CORRECTED if bent else INFLECTED if ordered else REORDERED
    if not ordered:
        found = tuple(entry for entry in found if not says_other(words, run, entry, index, view))
    dimensions = tuple(entry for entry in found if entry.sort == "dimension" and entry not in exact)
    matches = tuple(
        Match(entry, score)
        for entry in (*exact, *dimensions) or found
        if exact or len(run) > 1 or entry.sort != "facet"
    )
    if matches:
        # The light words of an exact name are its own: `Result of A` is no result of A.
        length = run[-1] + 1 - run[0] if exact else len(run)
        weight = score * length + (0.3 if exact else 0.15) * (length - 1)
        only_facets = all(match.entry.sort == "facet" for match in matches)
        yield Span(run[0], run[-1] + 1, named=matches, weight=0.97 * weight if only_facets else weight)


def _in_order(words: Sequence[Word], run: Sequence[int], found: tuple[IndexedName, ...]) -> bool:
    """Whether the words stand as in the name, at most with articles or forms of `be` between them."""
    between = {word.text for word in words[run[0] : run[-1] + 1]} & (STOP_WORDS - DROPPED)
    roots = tuple(root for number in run for root in words[number].roots)
    return not between and any(roots == stems(entry.key.split()) for entry in found)


def _spellings(words: Sequence[Word], run: Sequence[int]) -> set[str]:
    """The words of a run as they stand, and with the light words before them: `by hand`."""
    said = [word.said for word in words[: run[-1] + 1]]
    starts = [run[0]]
    while starts[-1] > 0 and len(starts) < 3 and words[starts[-1] - 1].text in STOP_WORDS:
        starts.append(starts[-1] - 1)
    return {" ".join(said[start:]) for start in starts}


def _gapped(words: Sequence[Word], run: Sequence[int], index: WordIndex, view: View) -> Iterator[Span]:
    """A name in its order with one word in between that its text explains: `hand-crafted vision features`."""
    for gap in range(1, len(run) - 1):
        kept = [root for number in (*run[:gap], *run[gap + 1 :]) for root in words[number].roots]
        entries = index.phrase(kept)
        if not entries:
            continue
        found = _seen(entries, index, view)
        names = tuple(
            Match(entry, GAPPED)
            for entry in found
            if entry.sort == "name"
            and stems(entry.key.split()) == tuple(kept)
            and _explains(view, index, entry, [words[run[gap]]])
        )
        if names and not any(entry.sort == "name" for entry in index.phrase(words[run[gap]].roots)):
            yield Span(run[0], run[-1] + 1, named=names, weight=GAPPED * len(run) + 0.2)
            return


def _alike(words: Sequence[Word], index: WordIndex, view: View) -> Iterator[Span]:
    """Longer names that share most of their words with words that stand together: of claims, that people reword.

    The others of these words must say nothing, or stand in what the map tells of the name.
    """
    places: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        for root in word.roots if word.text not in STOP_WORDS else ():
            places.setdefault(root, []).append(number)
    if len(places) < MIN_COMMON:
        return
    lists = (names for names in map(index.names_of, places) if len(names) <= MAX_COMMON_POSTINGS)
    counts = Counter(chain.from_iterable(lists))
    often = nsmallest(MAX_LIKE, (name for name in counts if counts[name] > 1), key=lambda name: (-counts[name], name))
    for entry in (IndexedName("name", name) for name in often):
        held = set(stems(entry.key.split()))
        shared = sorted({number for root in held for number in places.get(root, ())})
        if len(shared) < MIN_COMMON or words[shared[0]].clause != words[shared[-1]].clause:
            continue
        if asks_within(words, shared[0]):
            continue
        said = [number for number in range(shared[0], shared[-1] + 1) if words[number].text not in STOP_WORDS]
        others = [words[number] for number in said if number not in shared]
        likeness = 2 * len(shared) / (len(said) + len(held))
        if not MIN_LIKENESS <= likeness < 1 or not any(_called(entry, index, view)):
            continue
        if _explains(view, index, entry, others) and not says_other(words, said, entry, index, view):
            score = PARTIAL + (GAPPED - PARTIAL) * likeness
            yield Span(shared[0], shared[-1] + 1, named=(Match(entry, score),), weight=score * len(shared))


def asks_within(words: Sequence[Word], start: int) -> bool:
    """Whether a question asks for a part of the sentence that begins here: `what beat A?`, `what did A beat?`."""
    before = [word.text for word in words[:start] if word.text not in ARTICLES][-3:]
    if len(before) > 2 and before[1:] == ["for", "which"] and before[0] in _REASONS:
        return False
    before = before[-2:]
    auxiliary = before[-1:] and before[-1] in _AUXILIARIES
    return not _ASKED_WITHIN.isdisjoint(before[:-1] if auxiliary else before[-1:])


def says_other(words: Sequence[Word], run: Sequence[int], entry: IndexedName, index: WordIndex, view: View) -> bool:
    """Whether words that a statement has say something else: the reverse of it, or what it denies."""
    own = entry.key.split()
    kinds = map(view.kind, index.owners_in(view, entry))
    if entry.sort != "name" or (len(own) < SENTENCE and not any(kind in STATEMENTS for kind in kinds)):
        return False
    at: dict[str, list[int]] = {}
    for place, word in enumerate(own):
        at.setdefault(stem(word), []).append(place)
    places = in_name(at[root] for number in run for root in words[number].roots if root in at)
    said = [word.text for word in words[run[0] : run[-1] + 1]]
    if not places:
        return False
    known = senses()
    pivots = [at for at, word in enumerate(own) if any(map(known.is_change, known.of([stem(word)])))]
    return is_turned(places, said, entry.key, pivots) or denies(said) != denies(own[min(places) : max(places) + 1])


def part_spans(words: Sequence[Word], lexicon: Lexicon, index: WordIndex, view: View) -> Iterator[Span]:
    """Words that stand together in names that have more: `strong flour` is part of a claim before `flour` is a name."""
    plain = [
        word.text not in IGNORABLE | QUESTION_WORDS and not lexicon.meanings((word.stem,), (word.text,))
        for word in words
    ]
    for start in range(len(words) - 1):
        for end in range(start + 2, min(start + MAX_PART, len(words)) + 1):
            run = words[start:end]
            if not plain[end - 1] or not plain[start] or run[0].clause != run[-1].clause:
                break
            roots = {root for word in run for root in word.roots}
            if not all(word.derived for word in run) and (matches := tuple(_with_all(roots, index, view))):
                yield Span(start, end, named=matches, weight=matches[0].score * len(run))


def _with_all(roots: set[str], index: WordIndex, view: View) -> list[Match]:
    """The names that have all of some stems and more, best first; none where all of these are in very many."""
    found: list[Match] = []
    rarest = min(roots, key=lambda root: len(index.names_of(root)))
    names = index.names_of(rarest)
    for name in names if len(names) <= MAX_COMMON_POSTINGS else ():
        if all(index.has_name(root, name) for root in roots):
            score = PARTIAL * 2 * len(roots) / (len(roots) + len(set(stems(name.split()))))
            if score >= PARTIAL * MIN_SHARED and _visible(entry := IndexedName("name", name), index, view):
                found.append(Match(entry, score))
    return sorted(found, key=lambda match: (-match.score, match.entry))


def _explains(view: View, index: WordIndex, entry: IndexedName, words: Sequence[Word]) -> bool:
    """Whether words say nothing by themselves, or stand in the names, text and values of something called so."""
    wanted = {word.stem for word in words if not _is_light(word)}
    return not wanted or any(wanted <= told_of(view, node, values=True) for node in index.owners_in(view, entry))


def _is_light(word: Word) -> bool:
    if word.corrected:
        return False  # `steep` is not as light as `step`
    return word.text in IGNORABLE or (word.stem in _LIGHT_STEMS and not word.text.endswith("ly"))


def _seen(entries: Iterable[IndexedName], index: WordIndex, view: View) -> tuple[IndexedName, ...]:
    return tuple(sorted(entry for entry in entries if _visible(entry, index, view)))


def _visible(entry: IndexedName, index: WordIndex, view: View) -> bool:
    """Whether an entry belongs to something that exists as of the view's day."""
    return view.as_of is None or any(index.owners_in(view, entry))
