"""Quantities: amounts as people write them (`~$100/hour`, `24-27 °C`, `500+ words`, `half an hour`), to be compared."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import inf, isclose, isfinite
from typing import NamedTuple

from conceptmap.ask.amounts.units import CURRENCIES, DEGREES, PHRASES, Unit, known_unit, number_of
from graphs.words import STOP_WORDS
from ontology.names import singular

MAX_QUANTITY = 80
"""Characters up to which a text can be one quantity; longer ones are sentences that may hold several."""

_ONES = dict(
    zip(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen
        """.split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SCALES = {
    "dozen": 12.0,
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_ATTACHED = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "bn": 1e9, "T": 1e12}
"""What may stand at the end of a number without a space: `7B`."""
FARTHEST = 6
"""So many words before an amount may belong to it: `no more than between $ …`."""
_FRACTIONS = {"half": 0.5, "quarter": 0.25, "quarters": 0.25, "½": 0.5, "¼": 0.25, "¾": 0.75}

_BOUNDS: Mapping[str, tuple[str, ...]] = {
    "about": (
        *"~ ≈ about around roughly approximately approx circa ca nearly almost exactly just only".split(),
        "some",
    ),
    "from": ("at least", "no less than", "not less than", "minimum of", "minimum", "min", "≥", "> =", "from"),
    "above": ("more than", "over", "above", "greater than", ">"),
    "to": ("at most", "up to", "no more than", "not more than", "maximum of", "maximum", "max", "within", "≤", "< ="),
    "below": ("less than", "fewer than", "under", "below", "<"),
}
_BOUND_OF = {tuple(phrase.split()): sort for sort, phrases in _BOUNDS.items() for phrase in phrases}
_LESSER = frozenset(
    "shorter smaller lower colder cooler cheaper lighter younger quicker fewer thinner narrower earlier".split()
)
"""Comparatives that ask for less; any other word in `-er` asks for more."""

_TOKEN = re.compile(
    r"\d{4}-\d{2}(?:-\d{2})?(?![\w-])|\d+(?:[.,]\d+)*(?:e[+-]?\d+\b)?|[^\W\d_][^\W_]*|°\s?[CFK]?(?!\w)|\S"
)
SCALE = "scale "
"""With this begins the dimension of what is told by a number behind a word: `pH 5`, `grade 3`."""
_ON_A_SCALE = re.compile(
    r"(?P<scale>(?!about|some|around|over|under|min|max|ca)[^\W\d_]{2,10}) (?P<size>\d+(?:[.,]\d+)?)"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """All amounts from `low` to `high` in the base unit of a dimension; `unit` as it was written.

    The dimension is that of the unit (`time`, `mass`, `money €`), of two units the one per the other, of no unit empty,
    and of anything else its noun's stem (`number of word`). Without `closed`, the one finite end does not count.
    """

    low: float
    high: float
    dimension: str
    unit: str = ""
    closed: bool = True

    @property
    def magnitude(self) -> float:
        """One number to order by: the middle, or the end that there is."""
        if isfinite(self.low) and isfinite(self.high):
            return self.low + (self.high - self.low) / 2
        return self.low if isfinite(self.low) else self.high

    def holds(self, other: "Quantity") -> bool:
        """Whether all of another quantity lies in this one; `500+ words` is taken for what `500 words` asks for."""
        if other.dimension != self.dimension:
            return False
        if self.low == self.high:
            return _alike(self.low, other.low) and (_alike(self.high, other.high) or other.high == inf)
        if not self.closed and (_alike(self.low, other.low) or _alike(self.high, other.high)):
            return False
        low, high = self.low <= other.low or _alike(self.low, other.low), other.high <= self.high
        return low and (high or _alike(self.high, other.high))


class Placed(NamedTuple):
    """A quantity that a text holds: where it begins and ends (its unit included)."""

    quantity: Quantity
    start: int
    end: int


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return self.text.casefold()


def _alike(one: float, other: float) -> bool:
    return one == other or isclose(one, other, rel_tol=1e-9)


def quantity_of(text: str) -> Quantity | None:
    """The quantity that a text begins with and holds no other beside; None for any other text.

    >>> quantity_of("24-27 °C")
    Quantity(low=24.0, high=27.0, dimension='temperature', unit='°C', closed=True)
    >>> quantity_of("70 per cent for our daily loaf").low
    70.0
    >>> quantity_of("pH 5.5").dimension
    'scale ph'
    >>> quantity_of("1 part starter, 2 parts flour")
    """
    return _quantity_of(text) if len(text) <= MAX_QUANTITY else None


@lru_cache(maxsize=20_000)
def _quantity_of(text: str) -> Quantity | None:
    if named := _ON_A_SCALE.fullmatch(text):
        size = float(named["size"].replace(",", "."))
        return Quantity(size, size, f"{SCALE}{named['scale'].casefold()}", named["scale"])
    if _MONTH.fullmatch(text):
        return _month(text)
    found = list(quantities_in(text))
    tokens = _tokens(text)
    return found[0].quantity if len(found) == 1 and found[0].start == tokens[0].start else None


def quantities_in(text: str) -> Iterator[Placed]:
    """The quantities in a text, in their order.

    >>> [text[one.start : one.end] for text in ["For two and a half hours at 220 °C."] for one in quantities_in(text)]
    ['two and a half hours', '220 °C']
    """
    tokens, place = _tokens(text), 0
    opening = [at for at in range(len(tokens)) if _opens(tokens, at)]
    while opening and place < len(tokens):
        while opening and opening[0] < place:
            opening.pop(0)
        within_reach = opening and opening[0] <= place + FARTHEST
        found = _quantity_at(tokens, place) if within_reach else None
        if found is None:
            place += 1
        else:
            quantity, end = found
            yield Placed(quantity, tokens[place].start, tokens[end - 1].end)
            place = end


def _opens(tokens: Sequence[_Token], place: int) -> bool:
    """Whether an amount may begin with this word, by the word and the one behind it."""
    word = tokens[place].key
    if word in ("a", "an"):
        after = _key(tokens, place + 1)
        return after in _SCALES or after == "couple" or known_unit(after) is not None
    if word[:3].capitalize() in _MONTHS and _MONTH.fullmatch(word.capitalize()):
        return True
    return word[0].isdecimal() or word in _ONES or word in _TENS or word in _FRACTIONS


def _tokens(text: str) -> list[_Token]:
    return [_Token(found.group(), *found.span()) for found in _TOKEN.finditer(text)]


def _quantity_at(tokens: Sequence[_Token], start: int) -> tuple[Quantity, int] | None:
    """A date; or a bound, an amount or a range of them, and the unit."""
    if dated := _date(tokens, start):
        return dated
    bound, place = _bound(tokens, start)
    if month := _from_month(tokens, start, bound, place):
        return month
    between = _key(tokens, place) == "between"
    first = _measured(tokens, place + between)
    if first is None:
        return None
    amount, place, unit = first
    ends = [amount, amount]
    if more := _or_more(tokens, place):
        bound, place = "from", place + more
        unit, place = _unit(tokens, place) if unit is None else (unit, place)
    elif _key(tokens, place) == "or" and (open_ended := _OPEN_ENDED.get(_key(tokens, place + 1))):
        bound, place = open_ended, place + 2
    elif _key(tokens, place) in ("-", "–", "—", "to", "and") and (between or _key(tokens, place) != "and"):
        second = _measured(tokens, place + 1)
        if second and (unit is None or second[2] is not None):
            ends[1], place, last = second
            return _ranged([_based(amount, unit or last), _based(ends[1], last)], bound, unit or last), place
    return _ranged([_based(one, unit) for one in ends], bound, unit), place


_OPEN_ENDED = {
    **dict.fromkeys("longer later over above higher upwards larger bigger".split(), "from"),
    **dict.fromkeys("less fewer shorter under below lower smaller earlier sooner".split(), "to"),
}
"""What stands behind `or` at the end of a bound that holds its end: `20 minutes or less`."""


def _or_more(tokens: Sequence[_Token], place: int) -> int:
    """How many words or signs say `or more` here."""
    if _key(tokens, place) == "+":
        return 1
    return 2 if [_key(tokens, place), _key(tokens, place + 1)] == ["or", "more"] else 0


def _ranged(ends: list[float], bound: str, unit: Unit | None) -> Quantity:
    low, high = sorted(ends)
    quantity = Quantity(low, high, unit.dimension if unit else "", unit.name if unit else "")
    if bound in ("from", "above"):
        return replace(quantity, high=inf, closed=bound == "from")
    if bound in ("to", "below"):
        return replace(quantity, low=-inf, closed=bound == "to")
    return quantity


def _based(amount: float, unit: Unit | None) -> float:
    return amount if unit is None else amount * unit.factor + unit.offset


def _measured(tokens: Sequence[_Token], start: int) -> tuple[float, int, Unit | None] | None:
    """An amount with its unit, if it has one: `$100`, `20 min`, `1 h 30 min`, `an hour and a half`."""
    currency = _key(tokens, start) in CURRENCIES
    found = _amount(tokens, start + currency)
    if found is None:
        return None
    amount, place = found
    if currency:
        unit: Unit | None = Unit(f"money {tokens[start].text}", name=tokens[start].text)
    else:
        unit, place = _unit(tokens, place)
        if unit is None and _key(tokens, place) == "-" and known_unit(_text(tokens, place + 1)):  # a 4-week course
            unit, place = _unit(tokens, place + 1)
    if unit is not None and unit.dimension == "time":
        amount, place = _with_rest(tokens, place, amount, unit)
    if unit is not None:
        unit, place = _per(tokens, place, unit)
    return amount, place, unit


def _with_rest(tokens: Sequence[_Token], place: int, amount: float, unit: Unit) -> tuple[float, int]:
    """`1 h 30 min`, `2 hours and 30 minutes`, `an hour and a half`: the smaller units as part of the greater one."""
    after = place + (_key(tokens, place) == "and")
    if after > place and _key(tokens, after) == "a" and _key(tokens, after + 1) in _FRACTIONS:
        return amount + _FRACTIONS[_key(tokens, after + 1)], after + 2
    rest = _amount(tokens, after)
    if rest is None:
        return amount, place
    smaller, end = _unit(tokens, rest[1])
    if smaller is None or smaller.dimension != unit.dimension or smaller.factor >= unit.factor:
        return amount, place
    return amount + rest[0] * smaller.factor / unit.factor, end


def _per(tokens: Sequence[_Token], place: int, unit: Unit) -> tuple[Unit, int]:
    """`per hour`, `/hour`, `an hour`: one unit for each of another."""
    word = _key(tokens, place)
    if word not in ("per", "/", "a", "an", "each"):
        return unit, place
    below, end = _unit(tokens, place + 1)
    if below is None or (word not in ("per", "/") and known_unit(tokens[place + 1].text) is None):
        return unit, place
    named = f"{unit.name} per {below.name}"
    return Unit(f"{unit.dimension} per {below.dimension}", unit.factor / below.factor, name=named), end


def _unit(tokens: Sequence[_Token], place: int) -> tuple[Unit | None, int]:
    """The unit at a place, or the noun that is counted, and the place behind it."""
    if place >= len(tokens):
        return None, place
    pair = (_key(tokens, place), singular(_key(tokens, place + 1)))
    if pair in PHRASES:
        return Unit(*PHRASES[pair], name=" ".join(pair)), place + 2
    if pair[0].rstrip("s") == "degree" and (scale := DEGREES.get(_text(tokens, place + 1).capitalize()[:1])):
        named = _text(tokens, place + 1)
        if named in DEGREES or named.casefold() in DEGREES:
            return Unit("temperature", *scale, name=named), place + 2
    word = tokens[place].text
    if known := known_unit(word):
        return known._replace(name=word), place + 1
    key = word.casefold()
    compares = _key(tokens, place + 1) == "than"  # `day 5 longer than` counts nothing
    if not key[0].isalpha() or key in STOP_WORDS or key in _NOT_COUNTED or _is_number(key) or compares:
        return None, place
    return Unit(number_of(key), name=word), place + 1


_NOT_COUNTED = frozenset(
    """
    about after all also although and as because before between but during each else ever every except here how i if
    into is it just later like more most much next not now off once only or other out over per same since so some
    still such than that their then there these they this those though through under until up very was we what when
    where which while who why without yet you
    """.split()
)
"""Words behind a number that are not what it counts."""


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or not."""
    return word.isdecimal() or _is_number(word)


def _is_number(word: str) -> bool:
    return word in _ONES or word in _TENS or word in _SCALES or word in _FRACTIONS


def _amount(tokens: Sequence[_Token], place: int) -> tuple[float, int] | None:
    """A number in digits or in words, and the place behind it."""
    if place >= len(tokens):
        return None
    word = tokens[place].key
    if word[0].isdecimal():
        return _digits(tokens, place)
    if word in _ONES and _key(tokens, place + 1) == "quarters" and (found := _fraction(tokens, place + 1)):
        return _ONES[word] * found[0], found[1]
    if found := _fraction(tokens, place + (word == "a")):
        return found
    if word in ("a", "an"):
        after = _key(tokens, place + 1)
        if after in _SCALES:
            return _in_words(tokens, place + 1, 1.0)
        if after == "couple":
            return 2.0, place + 2 + (_key(tokens, place + 2) == "of")
        return (1.0, place + 1) if len(after) > 1 and known_unit(after) else None
    return _in_words(tokens, place, 0.0) if word in _ONES or word in _TENS or word in _FRACTIONS else None


def _fraction(tokens: Sequence[_Token], place: int) -> tuple[float, int] | None:
    """`half an hour`, `quarter of an hour`, `half a dozen`: the place of the unit follows, if there is one."""
    share = _FRACTIONS.get(_key(tokens, place))
    place += 1 + (_key(tokens, place + 1) == "of")
    if share is None or _key(tokens, place) not in ("a", "an"):
        return None
    after = _key(tokens, place + 1)
    if after in _SCALES:
        return share * _SCALES[after], place + 2
    return (share, place + 1) if len(after) > 1 and known_unit(after) else None


def _digits(tokens: Sequence[_Token], place: int) -> tuple[float, int] | None:
    """`1,000`, `2,5`, `2.5`, `7B`, `2 million`, `1/2`, `2½`."""
    text = tokens[place].text
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    try:
        amount = float(text)
    except ValueError:  # such as a version, 1.2.3
        return None
    place += 1
    following = _text(tokens, place)
    attached = place < len(tokens) and tokens[place].start == tokens[place - 1].end
    if attached and following in _ATTACHED:
        return amount * _ATTACHED[following], place + 1
    if following in _FRACTIONS and len(following) == 1:
        return amount + _FRACTIONS[following], place + 1
    if attached and following == "/" and _text(tokens, place + 1).isdecimal() and float(_text(tokens, place + 1)):
        return amount / float(_text(tokens, place + 1)), place + 2
    if following.casefold() in _SCALES:
        return amount * _SCALES[following.casefold()], place + 1
    return _and_fraction(tokens, place, amount)


def _in_words(tokens: Sequence[_Token], place: int, amount: float) -> tuple[float, int]:
    """`twenty-five`, `two hundred`, `a dozen`, `two and a half`."""
    total = 0.0
    while place < len(tokens):
        word = tokens[place].key
        if word in _ONES or word in _TENS:
            amount += _ONES.get(word, 0) + _TENS.get(word, 0)
        elif word in _FRACTIONS:
            amount += _FRACTIONS[word]
        elif word in _SCALES:
            amount = (amount or 1.0) * _SCALES[word]
            if _SCALES[word] >= 1e3:
                total, amount = total + amount, 0.0
        elif not (word == "-" and _key(tokens, place - 1) in _TENS and _key(tokens, place + 1) in _ONES):
            break
        place += 1
    return _and_fraction(tokens, place, total + amount)


def _and_fraction(tokens: Sequence[_Token], place: int, amount: float) -> tuple[float, int]:
    """`… and a half`, before a unit."""
    if [_key(tokens, place), _key(tokens, place + 1)] == ["and", "a"] and _key(tokens, place + 2) in _FRACTIONS:
        return amount + _FRACTIONS[_key(tokens, place + 2)], place + 3
    return amount, place


def _bound(tokens: Sequence[_Token], place: int) -> tuple[str, int]:
    """What says that an amount is a bound, and the place behind it: `at least`, `<`, `longer than`."""
    for length in (3, 2, 1):
        words = tuple(one.key for one in tokens[place : place + length])
        if len(words) == length and words in _BOUND_OF:
            end = place + length + (_key(tokens, place + length) == "." and words[-1] in ("min", "max", "ca", "approx"))
            return _BOUND_OF[words], end
    word, then = _key(tokens, place), _key(tokens, place + 1)
    if then == "than" and len(word) > 3 and word.endswith("er"):
        return "below" if word in _LESSER else "above", place + 2
    if _key(tokens, place + 2) == "than" and word in ("more", "less"):
        return "above" if word == "more" else "below", place + 3
    return "", place


def _date(tokens: Sequence[_Token], place: int) -> tuple[Quantity, int] | None:
    """`2026-03-07`, `2026-03`; `7 March 2026`, `March 7`, which without a year has its place in any year."""
    text = tokens[place].text
    if len(text) in (7, 10) and text[4] == "-":
        number = _day_number(*map(int, (*text.split("-"), "1")[:3]))
        return (Quantity(number, number, "date"), place + 1) if number is not None else None
    for day, month in ((place, place + 1), (place + 1, place)):
        number_of_month = _MONTHS.get(_text(tokens, month)[:3])
        if number_of_month and _MONTH.fullmatch(_text(tokens, month)) and _text(tokens, day).isdecimal():
            year = _text(tokens, place + 2)
            dated = len(year) == 4 and year.isdecimal()
            number = _day_number(int(year) if dated else 2000, number_of_month, int(_text(tokens, day)[:4]))
            if number is not None:
                return Quantity(number, number, "date" if dated else OF_YEAR), place + 2 + dated
    return None


def _month(text: str) -> Quantity:
    """All days of a month, in any year."""
    number = _MONTHS[text[:3].capitalize()]
    first = date(2000, number, 1).toordinal()
    last = date(2000, number, monthrange(2000, number)[1]).toordinal()
    return Quantity(float(first), float(last), OF_YEAR, text)


def _from_month(tokens: Sequence[_Token], start: int, bound: str, place: int) -> tuple[Quantity, int] | None:
    """`Later than July`, `before June`: what comes of the year on one side of a month."""
    if not bound:
        bound, place = _BESIDE_MONTH.get(_key(tokens, start), ""), start + 1
    name = _text(tokens, place).capitalize()
    if not bound or not _MONTH.fullmatch(name) or _key(tokens, place + 1).isdecimal():
        return None
    month = _month(name)
    low, high = {
        "from": (month.low, inf),
        "above": (month.high, inf),
        "to": (-inf, month.high),
        "below": (-inf, month.low),
    }.get(bound, (month.low, month.high))
    return Quantity(low, high, OF_YEAR, name, closed=bound in ("from", "to")), place + 1


OF_YEAR = "day of a year"
"""The dimension of dates that have their place in any year."""
_BESIDE_MONTH = {"after": "above", "before": "below", "until": "to", "till": "to", "by": "to", "since": "from"}
_MONTHS = dict(zip("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), range(1, 13), strict=True))
_MONTH = re.compile(
    "Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?"
)


def _day_number(year: int, month: int, day: int) -> float | None:
    try:
        return float(date(year, month, day).toordinal())
    except ValueError:
        return None


def _key(tokens: Sequence[_Token], place: int) -> str:
    return tokens[place].key if 0 <= place < len(tokens) else ""


def _text(tokens: Sequence[_Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""
