"""What fields of a node say of learning it: `minutes` is how long it takes, each `goal` what one can do afterwards."""

import math
import re
from collections.abc import Mapping

from ontology.values import JsonValue

MINUTES = "minutes"
GOALS = ("goal", "goals")
"""One field for each goal; the second one heads a list of them."""

MOST_MINUTES = 100_000
"""Some seventy days: what is longer is no time that somebody sits down for."""

_NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,3})?")


def minutes_in(value: JsonValue) -> float | None:
    """The minutes that a value is, a number alone; None where it is none, or no time at all.

    >>> minutes_in("20"), minutes_in(7.5), minutes_in("7,5"), minutes_in("half an hour"), minutes_in("0")
    (20.0, 7.5, 7.5, None, None)
    """
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value.strip().replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and 0 < value <= MOST_MINUTES else None


def goals_in(data: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """The goals that fields state, in order.

    >>> goals_in({"goal": ["explain why dough rises", "name two flours"], "minutes": "20"})
    ('explain why dough rises', 'name two flours')
    """
    values = (data[key] for key in GOALS if key in data)
    listed = (one for value in values for one in (value if isinstance(value, list) else [value]))
    return tuple(dict.fromkeys(one.strip() for one in listed if isinstance(one, str) and one.strip()))
