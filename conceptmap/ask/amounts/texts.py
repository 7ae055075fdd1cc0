"""Texts: the numbers that stand in sentences, each with what it counts or measures."""

import re
from collections.abc import Callable, Collection, Iterator, Set
from itertools import takewhile
from typing import NamedTuple

from conceptmap.ask.amounts.fields import has_dimension, is_known, shown
from conceptmap.ask.amounts.measures import BY_NAME, verbs_of
from conceptmap.ask.amounts.quantities import Placed, Quantity, quantities_in
from conceptmap.ask.amounts.units import COUNTED
from conceptmap.ask.found import Found, cited
from graphs.fields import field_words
from graphs.view import FoldedNode, View, cite
from graphs.words import STOP_WORDS, stem
from ontology.terms import ABOUT, HUBS, PART_OF

_BEHIND = 6
"""So many words behind a number may tell what it counts: `6+ hours of direct light`."""
_CLAUSE_END = re.compile(r"[.,;:!?()]\s|[.,;:!?()]$|\s[-–—]\s|\n")
_CLAUSE_BEGIN = re.compile(r"[.;!?]\s|\n")
_WORD = re.compile(r"[^\W_]+")
_PREFIX = 5
"""Letters from which on the beginning of a word stands for it: `param` for `parameter`."""


def numbers_in_texts(view: View, node_id: str, content_stems: Collection[str], measure: str = "") -> list[Found]:
    """What statements about a node count or measure: those that hold all the asked words (as stems) and a number.

    Where one number alone goes with these words (and is of the measure, if one is asked), it is the answer, with what
    it counts: `20 tokens/param`; else the statement is. With a measure only numbers are given, and without any words
    only those that a text gives the node itself: `it takes 20 minutes`, not `I missed 20 minutes`. A measure such as
    `number of word` wants what is counted behind the number.
    """
    if not measure and not content_stems:
        return []
    node, wanted = view.node(node_id), frozenset(content_stems)
    edges = view.edges_to(node.id) if wanted else ()
    about = dict.fromkeys(edge.source for edge in edges if edge.relation in (PART_OF, ABOUT))
    statements = (node, *(one for one in map(view.node, about) if one.kind not in HUBS and one.id != node.id))
    return [found for one in statements for found in numbers_of(view, one, wanted, measure)]


def numbers_of(
    view: View,
    node: FoldedNode,
    wanted: Set[str],
    measure: str,
    accepts: Callable[[Quantity], bool] = lambda quantity: True,
) -> Iterator[Found]:
    """The same of one node alone, of numbers that are accepted."""
    values = [label for field, value in node.data.items() for label in shown(field, value)]
    texts = [text for text in (*node.names, node.text or "", *values) if text]
    if not _holds(" ".join((*texts, *map(field_words, node.data))), wanted):
        return
    newest = node.sayings[-1]
    counted = [one for text in texts for one in _counted(text, wanted, measure) if accepts(one.quantity)]
    if not wanted:
        counted = [one for one in counted if one.is_given]
    best = max((one.weight for one in counted), default=0)
    likely = [one for one in counted if one.weight == best]
    amounts = {one.amount for one in likely}
    if len(amounts) == 1 and (best or not wanted):
        # The same amount may stand in words and in figures: a number is told as one.
        in_figures = (one.label for one in (*likely, *counted) if one.amount in amounts and one.label[0].isdigit())
        yield Found(None, next(in_figures, likely[0].label), None, day=newest.day, cites=(cite(newest),), of=node.label)
    elif wanted and not measure and any(True for text in texts for _ in quantities_in(text)):
        yield cited(view, node)


class _Counted(NamedTuple):
    """A number in a text, with what it counts, and how much of the wanted words goes with it.

    What it counts stands behind it and weighs most; then comes what stands before it in its clause, then what stands
    farther before it in its line, and in the items of lists that it is nested in.
    """

    label: str
    quantity: Quantity
    weight: int
    is_given: bool

    @property
    def amount(self) -> tuple[float, float, str]:
        """How much it is of what, for each of whatever."""
        return self.quantity.low, self.quantity.high, self.quantity.dimension.partition(" per ")[0]


def _counted(text: str, wanted: Set[str], measure: str) -> Iterator[_Counted]:
    """The numbers of a text (of a measure)."""
    counts = measure.removeprefix(COUNTED) if measure.startswith(COUNTED) else ""
    places = list(_joined_places(text))
    for number, place in enumerate(places):
        if measure and not counts and not has_dimension(measure, place.quantity.dimension):
            continue
        clause_before = _CLAUSE_BEGIN.split(text[places[number - 1].end if number else 0 : place.start])[-1]
        line_before = text[text.rfind("\n", 0, place.start) + 1 : place.start]
        above = " ".join([*_items_above(text, place.start), line_before])
        limit = places[number + 1].start if number + 1 < len(places) else len(text)
        clause = _CLAUSE_END.search(text, place.end - 1, limit)
        limit = clause.start() if clause else limit
        wanted = wanted | {counts} if counts else wanted
        end, matched = place.end, set(_matches(text[place.start : place.end], wanted))
        for word in list(_WORD.finditer(text, place.end, limit))[:_BEHIND]:
            if more := _matches(word.group(), wanted):
                matched |= more
                end = end if is_known(place.quantity) else word.end()
        if counts and not (
            has_dimension(measure, place.quantity.dimension) or _counts(text[place.end : limit], counts)
        ):
            continue
        named = _matches(clause_before, wanted) - matched
        farther = _matches(above, wanted) - matched - named
        weight = 4 * len(matched) + 2 * len(named) + len(farther)
        yield _Counted(text[place.start : end], place.quantity, weight, _is_given(text[: place.start], measure))


def _is_given(before: str, measure: str) -> bool:
    """Whether what stands before a number says that something has it: a verb or noun of the measure, `for`, a colon."""
    line = before.rpartition("\n")[2].rstrip(" ~≈(*")
    words = [word.casefold() for word in _WORD.findall(line)]
    if not words or line.endswith((":", ",")) or before.rstrip(" ").endswith("("):
        return True
    known = BY_NAME.get(measure)
    nouns = known.field_stems if known else frozenset()
    return words[-1] in _GIVING or stem(words[-1]) in nouns | verbs_of(measure)


_GIVING = frozenset("for at is are of within about".split())
"""Words right before a number by which a text gives it to what it speaks of."""


def _counts(behind: str, root: str) -> bool:
    """Whether a noun is what a number counts that stands before this text: `two large fingers`, not `two of them`."""
    words = takewhile(lambda word: word not in STOP_WORDS, map(str.casefold, _WORD.findall(behind.partition("/")[0])))
    return root in map(stem, words)


def _items_above(text: str, place: int) -> Iterator[str]:
    """The lines above a place that are indented less and less: the items of the lists that it is nested in."""
    *above, line = text[:place].split("\n")
    depth = len(line) - len(line.lstrip())
    for one in reversed(above):
        if depth == 0 or not one.strip():
            return
        indent = len(one) - len(one.lstrip())
        if indent < depth:
            depth = indent
            yield one


def _joined_places(text: str) -> Iterator[Placed]:
    """The quantities of a text; `nine of twelve guests` is one."""
    held: Placed | None = None
    for place in quantities_in(text):
        between = text[held.end : place.start].split() if held else []
        joined = held is not None and between[-1:] == ["of"] and len(between) <= 2
        if held and not joined:
            yield held
        held = place._replace(start=held.start) if held and joined else place
    if held:
        yield held


def _holds(text: str, wanted: Set[str]) -> bool:
    return _matches(text, wanted) == wanted


def _matches(text: str, wanted: Set[str]) -> frozenset[str]:
    """Which of the wanted stems a text holds, in full or shortened."""
    held = set(map(stem, map(str.casefold, _WORD.findall(text))))
    short = [one for one in held if len(one) >= _PREFIX]
    return frozenset(one for one in wanted if one in held or any(one.startswith(root) for root in short))
