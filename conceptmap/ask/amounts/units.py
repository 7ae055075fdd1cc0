"""Units of measurement: a table of what everybody knows, by dimension.

A library of units knows more of them, and reads none of the spellings that notes have.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from graphs.words import stem
from ontology.names import singular


class Unit(NamedTuple):
    """A unit: its dimension, and how an amount of it is turned into the base unit."""

    dimension: str
    factor: float = 1.0
    offset: float = 0.0
    name: str = ""


_UNITS: Mapping[str, Mapping[float, str]] = {
    "time": {
        1e-3: "ms millisecond",
        1: "s sec second",
        60: "min minute",
        3600: "h hr hour",
        86_400: "d day",
        604_800: "wk week",
        2_629_800: "month",
        31_557_600: "yr year",
        315_576_000: "decade",
        3_155_760_000: "century",
    },
    "length": {
        1e-9: "nm nanometre nanometer",
        1e-6: "µm μm micron micrometre micrometer",
        1e-3: "mm millimetre millimeter",
        1e-2: "cm centimetre centimeter",
        1: "m metre meter",
        1e3: "km kilometre kilometer",
        0.0254: "inch",
        0.3048: "ft foot feet",
        0.9144: "yd yard",
        1609.344: "mi mile",
    },
    "mass": {
        1e-6: "mg milligram",
        1e-3: "g gram gramme",
        1: "kg kilo kilogram kilogramme",
        1e3: "t tonne ton",
        0.0283495: "oz ounce",
        0.453592: "lb lbs pound",
    },
    "volume": {
        1e-3: "ml mL millilitre milliliter",
        1e-2: "cl cL centilitre centiliter",
        0.1: "dl dL decilitre deciliter",
        1: "l L litre liter",
        1e3: "m³ m3",
        0.2365882: "cup",
        0.015: "tbsp tablespoon",
        0.005: "tsp teaspoon",
        3.785412: "gallon",
    },
    "area": {1: "m² m2 sqm", 1e4: "ha hectare", 4046.856: "acre", 1e6: "km² km2"},
    "money $": {1: "$ dollar usd"},
    "money €": {1: "€ euro eur"},
    "money £": {1: "£ gbp"},
    "money ¥": {1: "¥ yen jpy"},
    "money ₹": {1: "₹ rupee inr"},
    "money chf": {1: "chf franc"},
    "share": {1: "% percent", 0.1: "‰"},
    "information": {
        0.125: "bit",
        1: "byte",
        1e3: "kB KB kilobyte",
        1e6: "MB megabyte",
        1e9: "GB gigabyte",
        1e12: "TB terabyte",
    },
    "frequency": {1: "Hz hertz", 1e3: "kHz", 1e6: "MHz", 1e9: "GHz"},
    "power": {1: "W watt", 1e3: "kW kilowatt", 1e6: "MW megawatt"},
    "energy": {1: "J joule", 1e3: "kJ kilojoule", 4.184: "cal", 4184: "kcal calorie", 3.6e6: "kWh"},
    "voltage": {1: "V volt", 1e-3: "mV"},
    "speed": {1: "m/s", 0.2777778: "kph", 0.44704: "mph", 0.5144444: "knot"},
}
"""How much of its dimension's base unit each unit is, by its names; abbreviations are read as they are spelled."""
DEGREES: Mapping[str, tuple[float, float]] = {
    "C": (1.0, 0.0),
    "F": (5 / 9, -160 / 9),
    "K": (1.0, -273.15),
    "celsius": (1.0, 0.0),
    "centigrade": (1.0, 0.0),
    "fahrenheit": (5 / 9, -160 / 9),
    "kelvin": (1.0, -273.15),
}
"""Scales of temperature: factor and offset to degrees Celsius."""
PHRASES: Mapping[tuple[str, str], tuple[str, float]] = {
    ("per", "cent"): ("share", 1.0),
    ("square", "metre"): ("area", 1.0),
    ("square", "meter"): ("area", 1.0),
    ("square", "foot"): ("area", 0.09290304),
    ("cubic", "metre"): ("volume", 1e3),
    ("cubic", "meter"): ("volume", 1e3),
}
"""Units of two words."""
COUNTED = "number of "
"""With this begins the dimension of what is counted."""
CURRENCIES = frozenset("$€£¥₹")


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Unit]:
    return {
        name: Unit(dimension, factor)
        for dimension, units in _UNITS.items()
        for factor, names in units.items()
        for name in names.split()
    }


def unit_of(word: str) -> tuple[str, float] | None:
    """The dimension of a unit of measurement and how much of the base unit it is; None for any other word.

    >>> unit_of("Hours"), unit_of("kg"), unit_of("loaves")
    (('time', 3600), ('mass', 1), None)
    """
    found = known_unit(word)
    return (found.dimension, found.factor) if found else None


def number_of(noun: str) -> str:
    """The dimension of what is counted by a noun.

    >>> number_of("words")
    'number of word'
    """
    return f"{COUNTED}{stem(noun)}"


def known_unit(word: str) -> Unit | None:
    """The unit of this name: abbreviations as they are spelled, words in whatever case and number."""
    if word in DEGREES or word.startswith("°"):
        return Unit("temperature", *DEGREES.get(word.lstrip("° ") or "C", (1.0, 0.0)))
    table = _table()
    if word in table:
        return table[word]
    key = word.casefold()
    if len(key) < 3:
        return None
    if key.rstrip("s") == "degree":
        return Unit("temperature")
    if key in DEGREES:
        return Unit("temperature", *DEGREES[key])
    return table.get(key) or table.get(singular(key))


def unit_names() -> list[str]:
    """The names of units that are written in full, in the singular."""
    return ["degree", *(name for name in _table() if len(name) > 3 and name.isalpha() and singular(name) == name)]
