"""How answers are said: lists that end before they become a wall of text, and numbers with their units."""

from collections.abc import Sequence

MOST_SAID = 8
"""So many answers are said and shown at once: what a reader takes in at a glance; the others are counted."""


def listed(words: Sequence[str], most: int = MOST_SAID) -> str:
    """Words as a list within a sentence; of more than `most` the first, and how many more there are.

    >>> listed(["Flour", "Water"])
    'Flour; Water'
    >>> listed(["Flour", "Water", "Salt", "Yeast"], most=2)
    'Flour; Water; and 2 more'
    """
    more = len(words) - most
    return "; ".join([*words[:most], *([f"and {more} more"] if more > 0 else [])])


def quantity(value: float | str, unit: str = "") -> str:
    """A value with its unit, the unit in the singular where the value is one.

    >>> quantity(2.5, "hours"), quantity(1, "hours"), quantity(3.0), quantity(70, "%"), quantity(230, "°C")
    ('2.5 hours', '1 hour', '3', '70%', '230 °C')
    """
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if str(number) == "1" and len(unit) > 3 and unit.endswith("s") and not unit.endswith(("ss", "us")):
        unit = unit[:-1]
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".rstrip()
