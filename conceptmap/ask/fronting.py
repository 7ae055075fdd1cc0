"""Question words left where the answer would stand, in a question of several parts: `A needs what, and what?`"""

from collections.abc import Callable, Sequence

from conceptmap.ask.words import ARTICLES, OPENERS, QUESTION_WORDS

_BREAK, _NAME = "|", "§"
_JOINING = frozenset(["and", "plus", "+", "&", _BREAK])
_OF = frozenset(["of", "for", "against"])
_LEFT = frozenset(["what", "whom", "when"])
_STANDING_IN = frozenset(["it", "that", "this", "them"])
_LONGEST = 5
"""Words of the longest verb that is looked for, and the question word behind it."""
Says = Callable[[Sequence[str]], bool]


def fronted(tokens: Sequence[str], says: Says) -> list[str]:
    """Each part that ends with its question word opened by it; a part without a subject has that of the one before.

    `says` tells the verbs of relations.
    """
    if _LEFT.isdisjoint(tokens):
        return list(tokens)
    parts = _parts(tokens)
    if len(parts) < 2 or not any(_is_left(part, says) for _, part in parts):
        return list(tokens)
    made: list[str] = []
    subject: list[str] = []
    for joint, part in parts:
        names = [place for place, token in enumerate(part) if token[0] == _NAME]
        named = part[: names[0] + 1] if names and ARTICLES.issuperset(part[: names[0]]) else []
        subject = named or subject
        if part == subject:
            continue  # `A: needs what, and …`
        made += [*joint, *_opened(part, names, subject, says)]
    return made[1:] if made[:1] == [_BREAK] else made


def _opened(part: list[str], names: Sequence[int], subject: Sequence[str], says: Says) -> list[str]:
    """A part opened by its question word, or by one that it leaves out: `one example of A`."""
    if _is_left(part, says):
        return [part[-1], *([] if names else subject), *part[:-1]]
    is_noun = not _OF.isdisjoint(part) and bool(names or part[-1] in _STANDING_IN)
    return ["what", "is", *part] if is_noun and QUESTION_WORDS.isdisjoint(part) else part


def _is_left(part: Sequence[str], says: Says) -> bool:
    """Whether a part asks by its last word alone: a verb of a relation, and the question word behind it."""
    if len(part) < 2 or part[-1] not in _LEFT or not QUESTION_WORDS.isdisjoint(part[:-1]) or part[0] in OPENERS:
        return False
    said = part[-1] == "when" or any(says(part[at:-1]) for at in range(max(0, len(part) - _LONGEST), len(part) - 1))
    return said and "or" not in part


def _parts(tokens: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """The parts, each with what joins it to the one before; names that `and` joins stay together."""
    parts: list[tuple[list[str], list[str]]] = [([], [])]
    for token in tokens:
        joint, part = parts[-1]
        if token not in _JOINING or (token != _BREAK and all(one in ARTICLES or one[0] == _NAME for one in part)):
            (part if part or token not in _JOINING else joint).append(token)
        elif part:
            parts.append(([token], []))
        else:
            joint.append(token)
    return [one for one in parts if one[1]]
