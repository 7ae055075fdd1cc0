"""Resuming: a part of a question that leaves out what another part says, with that put in.

`How long does A take, and how long B?` asks of B what the first part asks of A; `what speaks for and what speaks
against A?` asks both of A. To a rule, names of the map are `§` with a number, days `¤`, and `|` ends a clause.
"""

from collections.abc import Callable, Sequence

NAME, DAYS, BREAK = "§", "¤", "|"
WH = frozenset("what which who whom when where why how".split())
ALIKE = frozenset(["what", "which"])
"""Question words that may stand for one another."""
JOINING = frozenset([BREAK, "and", "or", "but"])
AUXILIARIES = frozenset("do does did is are was were has have had can could will would must should the a an".split())
"""Words that a part may have of its own, whatever the first has."""
PREPOSITIONS = frozenset("of for in on at with by from about before after to against under".split())
MAX_SHARING = 3
"""Words of a name before the noun that it shares with the next."""
CHOOSING = frozenset("both between".split())
Says = Callable[[Sequence[str]], bool]
"""Whether words are a verb of a relation."""


def resumed(tokens: list[str], says: Says, words_of: Callable[[str], str]) -> list[str]:
    """The tokens with what is left out put in; `says` tells verbs, `words_of` the words of a name."""
    tokens = ["and" if token in ("+", "&") else token for token in tokens]
    if JOINING.isdisjoint(tokens):
        return tokens
    parts = _parts(tokens)
    if len(parts) < 2:
        return _once(tokens, words_of)
    whole = [parts[0]]
    for part in parts[1:]:
        lead = [token for token in part[:2] if token in JOINING]
        body = part[len(lead) :]
        before = [token for token in whole[-1] if token != BREAK]
        before = before[1:] if before[0] in JOINING else before
        if again := _again(before, body):
            whole.append([*lead, *again])
            continue
        if len(whole) == 1 and (object_ := _object_of(body)) and not _names(before) and _ends_in_verb(before, says):
            whole[0] = [*whole[0], *object_]
        whole.append(part)
    return _once([token for part in whole for token in part], words_of)


def headed(tokens: list[str], words_of: Callable[[str], str], is_name: Callable[[str], bool]) -> list[str]:
    """With the noun that two names share behind the first too: `the X or the Y distribution`."""
    for at in range(1, len(tokens) - 1):
        behind = at + 1 + (tokens[at + 1] in ("the", "a", "an"))
        if tokens[at] not in JOINING or behind >= len(tokens) or tokens[behind][0] != NAME:
            continue
        head = words_of(tokens[behind]).split()[1:][-1:]
        for length in range(1, min(MAX_SHARING, at) + 1) if head else ():
            own = tokens[at - length : at]
            if not any(token[0] in (NAME, DAYS, BREAK) for token in own) and is_name(" ".join((*own, *head))):
                return [*tokens[:at], *head, *tokens[at:]]
    return tokens


def _parts(tokens: Sequence[str]) -> list[list[str]]:
    """The questions that are joined: each begins with `and` or the end of a clause and a question word behind."""
    parts: list[list[str]] = [[]]
    for at, token in enumerate(tokens):
        following = [one for one in tokens[at : at + 3] if one not in JOINING][:1]
        if token in JOINING and following and following[0] in WH and parts[-1] and not JOINING.issuperset(parts[-1]):
            parts.append([])
        parts[-1].append(token)
    return parts if any(token in WH for token in parts[0]) else [list(tokens)]


def _names(tokens: Sequence[str]) -> list[int]:
    return [at for at, token in enumerate(tokens) if token[0] in (NAME, DAYS)]


def _again(before: Sequence[str], body: Sequence[str]) -> list[str] | None:
    """What the part before asks, of what this part names, where it says no more: `and which in B`."""
    places, others = _names(body), _names(before)
    if len(places) != 1 or not others or body[0] not in WH or not _is_same_word(before, body[0]):
        return None
    said = {*before, *AUXILIARIES}
    asked = next(at for at, token in enumerate(before) if token in WH)
    others = [at for at in others if at > asked]
    own = [token for token in body[1:] if token[0] not in (NAME, DAYS)]
    if not said.issuperset(own) or not CHOOSING.isdisjoint(before):
        return None
    governing = _governing(body, places[0])
    fitting = [at for at in others if _governing(before, at) == governing] or (others if not governing else [])
    # What is asked for stands right behind the question word: `what price has A?`.
    fitting = [at for at in fitting if at > asked + 1] or fitting if len(fitting) > 1 else fitting
    if len(fitting) != 1:
        return None
    left_out = [token for token in before if token not in body and token not in AUXILIARIES and token not in ALIKE]
    if not any(token != before[fitting[0]] for token in left_out):
        return None
    again = list(before)
    again[fitting[0]] = body[places[0]]
    return again[asked:]


def _is_same_word(before: Sequence[str], word: str) -> bool:
    return word in before or (word in ALIKE and not ALIKE.isdisjoint(before))


def _governing(tokens: Sequence[str], at: int) -> str:
    """The preposition before a name, articles apart."""
    before = next((token for token in reversed(tokens[:at]) if token not in ("the", "a", "an")), "")
    return before if before in PREPOSITIONS else ""


def _object_of(body: Sequence[str]) -> list[str]:
    """The one name at the end of a part, with its article."""
    places = _names(body)
    if len(places) != 1 or places[0] != len(body) - 1:
        return []
    return [*(token for token in body[-2:-1] if token in ("the", "a", "an")), body[-1]]


def _ends_in_verb(before: Sequence[str], says: Says) -> bool:
    """Whether a part ends in a verb of a relation that lacks its object: `what speaks for`."""
    return any(says(before[start:]) for start in range(max(len(before) - 3, 1), len(before)))


def _once(tokens: list[str], words_of: Callable[[str], str]) -> list[str]:
    """`The price of A and the price of B` as `the price of A and B`: what is said again before a name is left out."""
    for at, token in enumerate(tokens):
        if token not in ("and", "or") or at == 0 or tokens[at - 1][0] not in (NAME, DAYS):
            continue
        for length in range(min(at - 1, len(tokens) - at - 2), 0, -1):
            said = tokens[at - 1 - length : at - 1]
            again = tokens[at + 1 : at + 1 + length]
            following = tokens[at + 1 + length]
            told = any(one not in AUXILIARIES and one not in PREPOSITIONS for one in said)
            alike = [*map(words_of, said)] == [*map(words_of, again)]
            if alike and following[0] in (NAME, DAYS) and told and WH.isdisjoint(said):
                return [*tokens[: at + 1], *tokens[at + 1 + length :]]
    return tokens
