"""Measures: what people ask of things by degree (how long, how hot, how heavy), in general English."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from conceptmap.ask.amounts.units import number_of, unit_names, unit_of
from graphs.words import STOP_WORDS, stem


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: the dimensions of its quantities, the fields that hold it, and how it is asked for.

    `fields` are nouns that a field is called by, `asks` phrases (with semicolons between them), `more` and `less` the
    adjectives of either end, `verbs` what things do to have it, and other words that go with it.
    """

    name: str
    dimensions: tuple[str, ...] = ()
    fields: str = ""
    asks: str = ""
    more: str = ""
    less: str = ""
    verbs: str = ""

    def has_dimension(self, dimension: str) -> bool:
        """Whether quantities of a dimension are of this measure: in whatever currency, also for each of something."""
        whole = dimension.partition(" per ")[0]
        return dimension in self.dimensions or {whole, whole.partition(" ")[0]} & {*self.dimensions} > set()

    @property
    def noun(self) -> str:
        """What it is called in a sentence."""
        return self.fields.split()[0]

    @property
    def field_stems(self) -> frozenset[str]:
        """The stems of the nouns that a field of this measure is called by."""
        return _stems_of(self.fields)


@lru_cache(maxsize=100)
def _stems_of(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


MEASURES: Sequence[Measure] = (
    Measure(
        "time",
        ("time",),
        "duration time period",
        "how long; how much time; for how long; what length of time; what duration",
        "long lengthy slow",
        "short quick brief fast",
        """
        take last spend plan schedule reserve need require allow run keep leave set aside section sit stay stand rest
        remain wait lie alone busy occupy occupied stretch hold held
        """,
    ),
    Measure(
        "length",
        ("length", number_of("words"), number_of("pages")),
        "length distance height width depth thickness diameter radius altitude breadth",
        "how far; what distance",
        "long tall high wide deep thick far broad",
        "short low narrow shallow thin near",
    ),
    Measure(
        "temperature",
        ("temperature",),
        "temperature temp heat thermometer",
        "what temperature; which temperature; at what temperature",
        "hot warm",
        "cold cool",
        "need require set keep reach get start begin happen occur",
    ),
    Measure("mass", ("mass",), "weight mass", "how much weigh; what weigh", "heavy", "light", "weigh"),
    Measure("volume", ("volume",), "volume capacity"),
    Measure("area", ("area",), "area surface"),
    Measure(
        "size",
        ("length", "area", "volume", "information"),
        "size dimensions area volume capacity",
        "what size",
        "big large",
        "small little tiny",
    ),
    Measure(
        "money",
        ("money",),
        "price cost fee rent wage salary budget money",
        "how much cost; what cost; how much money; how much pay; how much charge; what price",
        "expensive costly pricey",
        "cheap affordable",
        "cost pay charge spend need",
    ),
    Measure(
        "text",
        (number_of("words"), number_of("pages"), number_of("characters"), number_of("lines")),
        "words pages length",
        "how much write; how much text; how much writing; how much read; how long text",
        "wordy",
        "",
        "write ask need require want contain fill read",
    ),
    Measure(
        "ratio",
        (),
        "ratio proportion mixture mix quantities",
        """
        in what proportion; in what proportions; what proportion; what proportions; which proportions; in what amounts;
        in which amounts; what amounts; in what ratio; what ratio; which ratio; mixing ratio; mixing proportions;
        in what quantities; what quantities; what mixture
        """,
        "",
        "",
        "mix combine blend stir take use add",
    ),
    Measure("age", (), "age born founded", "", "old", "young"),
    Measure("speed", ("speed", "length per time"), "speed pace velocity", "what speed", "fast quick", "slow"),
    Measure(
        "share", ("share",), "percentage share proportion fraction", "what percentage; what share; what proportion"
    ),
    Measure("frequency", ("frequency",), "frequency interval", "how often; how frequently"),
    Measure("information", ("information",), "memory storage"),
    Measure("power", ("power",), "power wattage", "", "powerful strong", "weak"),
    Measure("energy", ("energy",), "energy calories"),
    Measure(
        "date",
        ("date", "day of a year"),
        "date due deadline published year season month",
        """
        what date; which date; what year; which year; what month; which month; what season; which season;
        what time of year; which time of year; what time of the year; which time of the year
        """,
    ),
    Measure(
        "place",
        (),
        "place location venue room address url link site website city town country region where",
        """
        where; what place; which place; what places; which places; whereabouts; what location; which location;
        what city; which city; what town; which town; what country; which country; what region; which region; what room;
        which room; what address; what link; which link
        """,
        verbs="stay lie stand sit live locate situate station base keep meet find be house settle place hold",
    ),
    Measure("person", (), "author teacher tutor lecturer speaker owner editor writer who by", "who; by whom; whom"),
)
EXTREMES: Mapping[str, int] = {
    **dict.fromkeys("most highest greatest largest biggest maximum longest".split(), 1),
    **dict.fromkeys("fewest least lowest smallest minimum shortest".split(), -1),
}
"""Words before a field or a unit that ask for the greatest (1) or the least (-1) of its values: `the most hours`."""
DATED: Mapping[str, int] = dict.fromkeys("last latest final".split(), 1) | dict.fromkeys("first earliest".split(), -1)
"""Words for the last (1) or the first (-1) of dates."""
COMPARATIVES: Mapping[str, int] = {
    **dict.fromkeys("more higher greater larger bigger longer taller wider deeper".split(), 1),
    **dict.fromkeys("fewer less lower smaller shorter lesser narrower".split(), -1),
}
"""Words before what is compared that ask for more of it (1) or for less (-1): `a lower temperature`."""
BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Asked:
    """Words of a question (`end` excluded) that ask for measures: for the value, or (`order` not 0) for an extreme.

    `order` is 1 for the most and -1 for the least; `compares` for a comparative (`longer`), not a superlative.
    """

    start: int
    end: int
    measures: tuple[str, ...]
    order: int = 0
    compares: bool = False


def measures_in(words: Sequence[str]) -> Iterator[Asked]:
    """All runs of words (lower case) that ask for measures, longer and shorter ones.

    >>> [(one.measures, one.order) for one in measures_in("which is the longest".split())]
    [(('time', 'length'), 1)]
    >>> [one.measures for one in measures_in("how many minutes".split())]
    [('time',)]
    """
    for start in range(len(words)):
        for length in range(1, min(_table().longest, len(words) - start) + 1):
            key = tuple(words[start : start + length])
            for (order, compares), measures in _table().asks.get(key, {}).items():
                yield Asked(start, start + length, tuple(measures), order, compares)
        if words[start : start + 2] == ["how", "much"]:
            yield from _much(words, start)
        if tuple(words[start : start + 2]) in (("how", "many"), ("what", "number")):
            end = start + 2 + (words[start + 2 : start + 3] == ["of"])
            if end < len(words) and words[end] not in STOP_WORDS:
                yield Asked(start, end + 1, (counted(words[end]),))
        if words[start] in EXTREMES or words[start] in COMPARATIVES:
            yield from _extreme(words, start)
        if words[start] in DATED:
            yield from _extreme_date(words, start)


def _extreme(words: Sequence[str], start: int) -> Iterator[Asked]:
    """`The most hours`, `the least time`, `the greatest amount of time`."""
    noun = start + 1
    if tuple(words[noun : noun + 2]) in _AMOUNTS:
        noun += 2
    compares = words[start] in COMPARATIVES
    order = COMPARATIVES[words[start]] if compares else EXTREMES[words[start]]
    if noun < len(words) and unit_of(words[noun]):
        yield Asked(start, noun + 1, (counted(words[noun]),), order, compares)
    elif noun < len(words) and (measures := called_by(stem(words[noun]))):
        yield Asked(start, noun + 1, measures, order, compares)


def _extreme_date(words: Sequence[str], start: int) -> Iterator[Asked]:
    """`The last in the year`, `the earliest season`."""
    behind = start + 1 + (tuple(words[start + 1 : start + 2]) == ("one",))
    for length in (3, 1):
        if tuple(words[behind : behind + length]) in _IN_YEAR:
            yield Asked(start, behind + length, ("date",), DATED[words[start]])
            return


_IN_YEAR = frozenset(
    [
        *((one, "the", noun) for one in ("in", "of", "during") for noun in ("year", "season", "calendar")),
        *((noun,) for noun in ("season", "month", "date")),
    ]
)
"""What stands behind a word for the first or the last of dates."""
_AMOUNTS = frozenset((word, "of") for word in "amount number quantity share deal".split())


def _much(words: Sequence[str], start: int) -> Iterator[Asked]:
    """`How much do I have to write?`: the verb stands behind words that say nothing."""
    for place in range(start + 3, min(start + FAR, len(words))):
        if words[place - 1] not in _BETWEEN:
            return
        if measures := _table().asks.get(("how", "much", words[place]), {}).get((0, False)):
            yield Asked(start, place + 1, tuple(measures))
            return


FAR = 9
"""So far behind `how much` the verb stands, with `does one have to` between."""
_BETWEEN = STOP_WORDS | frozenset(
    "do does did would will should must can could have has had i we you one people need needs to it this that".split()
)


def counted(noun: str) -> str:
    """The measure that a unit belongs to; of any other noun the dimension of what it counts.

    >>> counted("minutes"), counted("words")
    ('time', 'number of word')
    """
    unit = unit_of(noun)
    return unit[0] if unit else number_of(noun)


@dataclass(frozen=True, slots=True)
class _Table:
    asks: Mapping[tuple[str, ...], Mapping[tuple[int, bool], list[str]]]
    longest: int


@lru_cache(maxsize=1)
def _table() -> _Table:
    asks: dict[tuple[str, ...], dict[tuple[int, bool], list[str]]] = {}

    def learn(phrase: str, measure: str, order: int = 0, *, compares: bool = False) -> None:
        names = asks.setdefault(tuple(phrase.split()), {}).setdefault((order, compares), [])
        if measure not in names:
            names.append(measure)

    for measure in MEASURES:
        for phrase in filter(None, map(str.strip, measure.asks.split(";"))):
            learn(phrase, measure.name)
        for adjectives, order in ((measure.more, 1), (measure.less, -1)):
            for adjective in adjectives.split():
                learn(f"how {adjective}", measure.name)
                for comparative, superlative in degrees(adjective):
                    learn(comparative, measure.name, order, compares=True)
                    learn(superlative, measure.name, order)
                learn(f"less {adjective}", measure.name, -order, compares=True)
                learn(f"least {adjective}", measure.name, -order)
    return _Table(asks, max(map(len, asks)))


def verbs_of(measure: str) -> frozenset[str]:
    """The stems of the verbs of a measure; of what is only counted, of those that go with any number."""
    known = BY_NAME.get(measure)
    return _stems_of(known.verbs if known else "have has need require want ask use write contain go goes take call")


@lru_cache(maxsize=4096)
def called_by(root: str) -> tuple[str, ...]:
    """The measures that a noun with this stem names: `temperature`, `price`."""
    return tuple(one.name for one in MEASURES if one.dimensions and one.name != "date" and root in one.field_stems)


def phrases_that_measure() -> str:
    """All phrases that ask how great something is, with semicolons between them."""
    units = (f"how many {name}s" for name in unit_names())
    told = (" ".join(words) for words, asked in _table().asks.items() if (0, False) in asked)
    return "; ".join(
        [*units, *(phrase for phrase in told if not {"who", "whom", "where", "date"} & set(phrase.split()))]
    )


def words_of_degree() -> str:
    """All words that compare, and those for an extreme, with semicolons between them."""
    told = (" ".join(words) for words, asked in _table().asks.items() if any(order for order, _ in asked))
    return "; ".join(phrase for phrase in told if phrase.split()[0] not in ("more", "less"))


def degrees(adjective: str) -> list[tuple[str, str]]:
    """The comparatives and superlatives of an adjective.

    >>> degrees("hot"), degrees("heavy")
    ([('more hot', 'most hot'), ('hotter', 'hottest')], [('more heavy', 'most heavy'), ('heavier', 'heaviest')])
    """
    if adjective == "far":
        root = "farth"
    elif adjective.endswith("y"):
        root = f"{adjective[:-1]}i"
    elif adjective.endswith("e"):
        root = adjective[:-1]
    elif (
        len(adjective) <= 4 and adjective[-1] not in "wy" and adjective[-2] in "aeiou" and adjective[-3] not in "aeiou"
    ):
        root = f"{adjective}{adjective[-1]}"
    else:
        root = adjective
    periphrastic = (f"more {adjective}", f"most {adjective}")
    return [periphrastic] if len(adjective) > 7 else [periphrastic, (f"{root}er", f"{root}est")]
