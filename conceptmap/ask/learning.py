"""How long it takes to learn a thing: `which topic takes longest to learn?` is asked of what a course plans for it.

`to learn` says no more than that where the notes give such a time for most of what they teach; a time that a thing
takes when it is done, such as that of baking, is another, and then the words stay.
"""

from collections.abc import Collection, Sequence

from conceptmap.ask.idiom import AGENT, LEARNER, Idiom, N, idiom
from graphs.fields import field_index, field_words
from graphs.view import View

_UNITS = frozenset("minute minutes min mins hour hours day days week weeks".split())
_TIMES = _UNITS | frozenset("duration time period".split())
_OF_LEARNING = frozenset("learning learn study studying reading teaching lesson course".split())
"""Words of the name of a field that says how long one needs to learn a thing."""
MIN_PLANNED = 4
"""Of so many things a course plans the time at least."""

_LEARN = (
    r"(?:learn|study|master|understand|grasp|read|cover|finish|complete|pick up|get through|go through|work through|"
    r"get into|get to know|get the hang of|do|teach)(?: about)?"
)
_LEARNED = r"(?:learned|learnt|studied|mastered|understood|read|covered|finished|completed|done|taught|picked up)"
_LONG = (
    r"(?:long|longer|longest|short|shorter|shortest|quick|quicker|quickest|fast|faster|fastest|slow|slower|slowest|"
    r"time|minutes|hours|days|weeks)"
)
_THE_N = rf"((?:(?:the|an?) )?{N})"
_WHO = rf"(?: (?:me|us|{AGENT}|{LEARNER}|my [a-z]+|on average|roughly|about))*"
_HOW_LONG = r"(?:how (?:long|much time|many minutes|many hours|many days|many weeks))"
_AT_END = r"(?= (?:\||than|or|and|§\d+ or|the §\d+ or)(?!\S)|$)"
_WORDS = "learn study master understand grasp read cover finish complete pick get go work do teach"

LEARNING: tuple[Idiom, ...] = (
    idiom(
        _WORDS,
        rf"({_HOW_LONG})(?: (?:does|do|did|will|would|should|must|can) (?:it|{AGENT}|{LEARNER}))?"
        rf"(?: (?:take|need|plan|spend|require|last|set aside|want|reckon with|have))*{_WHO} (?:to|for|on|in order to)"
        rf" {_LEARN} {_THE_N}(?= \||$)",
        r"\1 does \2 take",
    ),
    idiom(
        _WORDS,
        rf"(?:the )?time (?:that )?(?:is |was )?(?:needed|required|necessary|it takes|(?:one|you|i|we) needs?)"
        rf"{_WHO} to {_LEARN} {_THE_N}(?= \||$)",
        r"how long does \1 take",
    ),
    idiom(
        _WORDS,
        rf"(does|do|will|would) it take{_WHO} (longer|(?:more|less) time|(?:more|fewer|less) (?:minutes|hours)) to "
        rf"{_LEARN} {_THE_N} than (?:(?:it does )?(?:to {_LEARN} )?)?",
        r"\1 \3 take \2 than ",
    ),
    idiom(
        f"{_WORDS} learned learnt studied mastered understood finished completed taught done",
        rf"({_LONG})((?: [a-z]+| {N})*?){_WHO} to (?:{_LEARN}(?: it| them)?|be {_LEARNED}){_AT_END}",
        r"\1\2",
    ),
    idiom(
        "learned learnt studied mastered understood read covered finished completed done taught picked",
        rf"(?:can|could|may) be {_LEARNED} (?:in|within)(?= (?:less than|under|at most|no more than|not more than))",
        "take",
    ),
)
"""In the order in which they are tried."""


def times_learning(view: View, nodes: Collection[str], kinds: Collection[str]) -> bool:
    """Whether the times that the notes give for some nodes, or for nodes of some kinds, are those of learning them."""
    index = field_index(view)
    planned: dict[str, frozenset[str]] = {}
    others: set[str] = set()
    for field in index.fields:
        words = frozenset(field_words(field).split())
        if words.isdisjoint(_TIMES):
            continue
        owners = [node for node in index.owners(field) if view.has_node(node)]
        of_learning = words <= _UNITS | _OF_LEARNING or not words.isdisjoint(_OF_LEARNING)
        if of_learning and _is_planned(view, owners):
            planned[field] = frozenset(owners)
        else:
            others.update(owners)
    known = frozenset[str]().union(*planned.values())
    if nodes:
        return bool(planned) and known.issuperset(nodes) and others.isdisjoint(nodes)
    if kinds:
        within = view.vocabulary.within(kinds)
        known = frozenset(node for node in known if view.kind(node) in within)
        others = {node for node in others if view.kind(node) in within}
    return bool(known) and not others


def _is_planned(view: View, owners: Sequence[str]) -> bool:
    """Whether most of a kind of thing has it."""
    if len(owners) < MIN_PLANNED:
        return False
    kind = view.kind(owners[0])
    of_kind = sum(1 for node in view.ids_of_kind(kind) if view.has_node(node))
    return 2 * sum(view.kind(node) == kind for node in owners) >= of_kind
