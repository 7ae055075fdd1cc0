"""Words: the closed classes of English that rules go by, and what can be told of a phrase by them alone.

What means a relation or announces what follows is in the vocabulary; here is what holds English together, whatever a
course is about. Words are in small letters.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from conceptmap.notes.page.inline import ARROW, is_chain
from ontology.names import name_key, singular

ARTICLES = frozenset("a an the".split())
PRONOUNS = frozenset(
    "i you he she it we they this that these those them him her us me one who what which there here each both "
    "itself themselves everything something nothing anything such".split()
)
POSSESSIVES = frozenset("my your his its our their".split())
AUXILIARIES = frozenset(
    "is are was were be been being am has have had do does did will would can could may might must shall should "
    "isn't aren't wasn't weren't doesn't don't didn't hasn't haven't won't cannot can't couldn't wouldn't".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for from to with without into onto over under between among through during against about as "
    "than like unlike per via within across after before since until toward towards upon near behind beyond "
    "around along amid despite except below above inside outside beside besides throughout underneath".split()
)
CONJUNCTIONS = frozenset("and or but nor so yet if because while when where whereas although though unless".split())
COMPARATIVES = frozenset("more less fewer better worse lower higher faster slower larger smaller greater most".split())
"""Words that compare amounts: `more data = better models` defines nothing."""

OPENERS = frozenset("it this that these those they we you i there here he she its their".split())
"""Words that point back: a sentence that begins with one says nothing by itself."""

POINTING = frozenset("it they this these each every both".split())
"""Words before a noun or verb that point to what the sentence before speaks of: `Each round has four steps`."""

DIVIDING = frozenset("goes passes comes takes runs falls splits moves proceeds".split())
"""Verbs before a number of parts: `A frog goes through four phases`, `Money takes three forms`."""

THRIVING = frozenset(
    "works helps holds shines wins succeeds applies lives comes goes is work help hold explains predicts gives means "
    "shows says needs does adds buys brings takes".split()
)
"""Verbs behind `where it` or `what it` that do not announce doubts."""

NO_NAMES = frozenset(
    "last rest reason result idea point difference neither either none case way nobody anybody somebody everybody "
    "everyone someone thing things people answer question problem example fact figure table graph plot chart code "
    "section lecture chapter notebook picture diagram page etc lesson exercise sentence paragraph row equation".split()
)
"""Words that by themselves name nothing: they point into the text around them, or to nobody in particular."""

SPEAKERS = frozenset("i i'm i've i'll me my we we're we've we'll us our you you're you've you'll your let's".split())
"""Words by which a writer speaks of herself or to the reader: what is said so belongs to no map of a course."""

QUESTION_WORDS = frozenset("what which who whom whose when where why how".split())
"""Words that begin a question, or a clause that stands for what is not told."""

NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty "
    "hundred thousand million billion half several many few some all".split()
)
"""Words that count: `has three layers` announces a list, and `three` names nothing."""

FUNCTION_WORDS = (
    ARTICLES
    | PRONOUNS
    | POSSESSIVES
    | AUXILIARIES
    | PREPOSITIONS
    | CONJUNCTIONS
    | QUESTION_WORDS
    | {"not", "no", "just"}
)
"""Words that only join others: no name begins or ends with one, but with an article."""

ADVERBS = frozenset(
    "not no also only just still even already soon often always never elsewhere fast again away here there well "
    "differently alone together almost too very".split()
)
"""Words behind a verb that are no object of it; no name ends with one."""

LIST_NOUNS = frozenset(
    "aspects cases classes clues concepts conditions consequences criteria details dimensions directions effects "
    "elements examples exercises facts factors features forms goals hints ideas implications ingredients instances "
    "issues items kinds lessons limits links materials methods models notes objections options parts phases points "
    "principles problems properties questions readings reasons references resources results rules sections signs "
    "skills sources stages steps strategies tasks techniques terms things threads tips tools topics types uses ways "
    "words works arguments components pieces objectives outcomes prerequisites requirements".split()
)
"""Nouns in the plural that announce a list; they look like verbs."""

BARE_ADVERBS = frozenset(
    "still mostly largely almost entirely heavily often now today mainly chiefly always already".split()
)
"""Words between those of a cue or device, which say the same without them: `is still mostly full of`."""

JOINING = frozenset("so thus hence but therefore".split())
"""Cues that stand alone above a list; among other words they only join sentences."""

HAVING = frozenset("has have had".split())
"""Verbs that give the subject of a statement its parts: `The stack has three layers`."""

OF_A_CUE = frozenset("of for against in to on".split())
"""Prepositions between a cue and what its list is about: `Objections to scaling`."""

PAST_FORMS = frozenset(
    "beat won lost showed made did found gave took came went led kept held brought drove grew rose fell outran outdid "
    "overcame overtook cut set put hit ran saw knew built wrote met outgrew undid ate taught flew fought fed bought "
    "caught sold sent slept spent swam swept threw understood wore became began broke chose drew felt forgot got "
    "heard lay meant paid shook sang sank shrank split spread stood struck swung told thought".split()
)
"""Irregular verbs by which evidence tells what has happened; the others end in `-ed`."""

SENTENCE_ADVERBS = frozenset(
    "however thus hence therefore moreover furthermore nevertheless nonetheless indeed instead otherwise meanwhile "
    "finally similarly likewise also then next here there say perhaps accordingly consequently besides".split()
)
"""Words that begin a sentence and only join it to the one before."""

SUBORDINATORS = frozenset(
    "because if when while where unless although though since as after before until once whereas whenever".split()
)
"""Words that begin a clause which only says when, why or how another holds."""

IMPERATIVES = frozenset(
    "notice note recall remember suppose assume let consider see take imagine use try run write read show compute "
    "check observe think look make define call start begin click open go add set".split()
)
"""Verbs by which a text tells its reader to do something; what such a sentence says is no statement."""

CHANGES = frozenset("added fixed updated improved removed changed introduced renamed moved deprecated switched".split())
"""Words with which a list of changes begins its items: they tell of a product, and claim nothing."""

LIGHT_VERBS = frozenset(
    "makes gives takes keeps lets gets goes comes becomes brings puts allows depends says tells seems remains lies "
    "grows falls".split()
)
"""Common verbs of the third person that are hardly ever nouns in the plural: `thickness makes timing less certain`."""

IRREGULAR_PLURALS = frozenset("feet teeth men women children people mice data media criteria phenomena".split())

IN_NAMES = frozenset("of without for in with".split())
"""Function words that may stand inside a name: `will cover laws of scale (Day 3)` announces the laws of scale."""

BASE_FORMS = {
    "are": "is", "was": "is", "were": "is", "am": "is", "been": "is",
    "taught": "teach", "brought": "bring", "built": "build", "beat": "beat", "beaten": "beat", "gave": "give",
    "given": "give", "took": "take", "taken": "take", "led": "lead", "made": "make", "held": "hold", "kept": "keep",
    "won": "win", "lost": "lose", "found": "find", "said": "say", "told": "tell", "saw": "see", "seen": "see",
    "came": "come", "went": "go", "gone": "go", "outdid": "outdo", "overtook": "overtake", "overcame": "overcome",
    "shown": "show", "drove": "drive", "driven": "drive", "foresaw": "foresee", "meant": "mean", "drew": "draw",
    "grew": "grow", "grown": "grow", "arose": "arise", "arisen": "arise", "fell": "fall", "rose": "rise",
    "stood": "stand", "spoke": "speak", "forecast": "forecast", "left": "leave", "met": "meet", "set": "set",
}  # fmt: skip
"""Irregular forms of verbs of the vocabulary, and what they are forms of: no stemmer knows them."""

WORD = re.compile(r"[^\W_]+(?:[-'’/*+][^\W_]+)*[*+]*")
DAYS_MARKED = re.compile(r"\s*\((?:see |from |cf\.? )?days? ([0-9]{1,5})(?:\s*[-–—]\s*([0-9]{1,5}))?\)", re.IGNORECASE)
"""Days in brackets behind a name: `planning (Day 27)`, `the project (Days 29-30)`."""

UNIT_NAMED = re.compile(
    r"\b(?:phase|week|part|module|unit|chapter|block|term|stage)\s+(?:[IVXLC]+|\d{1,3})\b", re.IGNORECASE
)
"""The name of a unit of a course: `Phase II`, `Week 4`."""

_SENTENCE_END = re.compile(r"(?<=[.?!…])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9À-Þ$])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|et al|cf|vs|etc|Dr|Mr|Ms|Prof|St|No|Fig|approx)|\b[A-Z])\.$")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*\.?$")
_INNER = re.compile(r"\s*\([^()]*\)")
_COMMAS = re.compile(r"\s*(?:,\s*(?:and|or)\s+|,|;|\s+and\s+|\s+or\s+|\s+&\s+)\s*")
_QUOTE = re.compile(r"\A[\"“](.+)[\"”]\Z", re.DOTALL)
_CUT = re.compile(r"\s+(?:with|that|which|who|whose)\s+.*")
_MADE = re.compile(r"\A\w+ly\s+\w+(?:ed|en|ing)\s+(?=\w)")

NEAR = 4
"""Words at an end of a phrase among which a device must stand to tell what the phrase is: `a trade-off between`."""

MAX_WORDS_OF_NAME = 6
"""Words of a phrase that may name a thing; a longer one is nearly always a clause."""


def words_of(text: str) -> list[str]:
    """The words of a text as they are written.

    >>> words_of("Sim-to-real gap (A*)")
    ['Sim-to-real', 'gap', 'A*']
    """
    return WORD.findall(text)


def lower_words(text: str) -> list[str]:
    """The words of a text in small letters, with straight apostrophes."""
    return WORD.findall(text.lower().replace("’", "'"))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each with its end sign.

    >>> sentences_of("Heat moves. Where to? Follow e.g. the pan.")
    ['Heat moves.', 'Where to?', 'Follow e.g. the pan.']
    """
    found: list[list[str]] = []
    for piece in _SENTENCE_END.split(text):
        if found and _ABBREVIATION.search(found[-1][-1][-8:]):
            found[-1].append(piece)
        elif piece.strip():
            found.append([piece.strip()])
    return [" ".join(pieces) for pieces in found]


@lru_cache(maxsize=20_000)
def concept_key(label: str) -> str:
    """What spellings of one concept share: no article in front, the last word in the singular.

    >>> concept_key("The Scaling Laws") == concept_key("scaling law")
    True
    """
    words = name_key(label).split()
    begin = 0
    while len(words) - begin > 1 and words[begin] in ARTICLES:
        begin += 1
    return " ".join([*words[begin:-1], singular(words[-1])]) if words else ""


def without_article(text: str) -> str:
    """A phrase without the article or possessive in front of it."""
    first, _, rest = text.strip().partition(" ")
    return rest.strip() if rest and first.lower() in ARTICLES | POSSESSIVES else text.strip()


def capitalised(text: str) -> str:
    """A phrase that begins with a capital, unless its first word is spelled in a way of its own."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first[1:] == first[1:].lower() else text


def is_name(text: str, longest: int = MAX_WORDS_OF_NAME) -> bool:
    """Whether a phrase may name a thing: short, no clause, no pronoun, nothing that only joins words at its ends.

    `longest`: its words at most; fewer where it is cut out of a sentence, whose other words may have come with it.
    """
    words = lower_words(text)
    if not 0 < len(words) <= longest or re.search(r"[.?!:;,\"“”]", text.rstrip(".")):
        return False
    if words[0] in FUNCTION_WORDS - ARTICLES or words[-1] in FUNCTION_WORDS | ADVERBS:
        return False
    return not any(word in AUXILIARIES | PRONOUNS for word in words)


def verb_at(words: Sequence[str]) -> int:
    """Where the verb of a plain statement stands in its small-letter words; 0 if none can be told.

    >>> verb_at("robot learning faces a different world".split()), verb_at("key threads to weave".split())
    (2, 0)
    """
    for index, word in enumerate(words[1:], 1):
        if word in AUXILIARIES:
            return index
        if word in FUNCTION_WORDS or word in LIST_NOUNS or index + 1 >= len(words) or words[index - 1] in ARTICLES:
            continue
        following = words[index + 1]
        third_person = word.endswith("s") and not word.endswith(("ss", "us", "'s"))
        told = following in ARTICLES | POSSESSIVES | COMPARATIVES | ADVERBS | {"another", "other", "every", "no"}
        placed = following in PREPOSITIONS and following != "of"
        closed = index + 2 < len(words) and words[index + 2] in ARTICLES | POSSESSIVES | {"another", "other"}
        plural = words[index - 1].endswith("s")
        if (third_person and (told or placed)) or (plural and (told or (placed and closed))):
            return index
    return 0


def is_statement(text: str) -> bool:
    """Whether words before a colon say something that may be true: a subject and a verb, and no reader addressed."""
    words = lower_words(text)
    if len(words) < 3 or words[0] in FUNCTION_WORDS - ARTICLES - POSSESSIVES:
        return False
    if not SPEAKERS.isdisjoint(words) or any(word in ("following", "below", "these") for word in words):
        return False
    if words[-2] in NUMBERS and words[-1].endswith("s"):
        return False
    return verb_at(words) > 0


def is_verb_form(words: list[str]) -> bool:
    """Whether a phrase can be the verb of a sentence: inflected, or with an auxiliary; no bare noun such as `needs`."""
    first = words[0]
    return len(words) > 1 or first.endswith(("s", "ed")) or first in BASE_FORMS or first in FUNCTION_WORDS


def without_last(text: str, count: int) -> str:
    """A text without its last `count` words; empty if it has fewer."""
    found = list(WORD.finditer(text))
    return text[: found[-count].start()].strip(" ,;–—-") if count <= len(found) else ""


def without_first(text: str, count: int) -> str:
    """A text without its first `count` words; empty if it has no more."""
    found = list(WORD.finditer(text))
    return text[found[count].start() :].strip() if count < len(found) else ""


class Bracketed(NamedTuple):
    """Words, and what stood in brackets behind them."""

    words: str
    inside: str | None


def bracketed(text: str) -> Bracketed:
    """Take off the brackets behind a phrase.

    >>> bracketed("Motion planners (RRT, A*)")
    Bracketed(words='Motion planners', inside='RRT, A*')
    """
    found = _BRACKETS.search(text)
    return (
        Bracketed(text[: found.start()].strip(), found[1].strip()) if found and found.start() else Bracketed(text, None)
    )


DURATION = "duration"
"""The field that says how long a day or a topic takes."""
_LENGTH_OF_TIME = re.compile(
    r"(?:about|ca\.?|~|≈)?\s*\d+(?:[.,]\d+)?(?:\s*(?:-|–|to)\s*\d+(?:[.,]\d+)?)?\+?\s*"
    r"(?:h|hrs?|hours?|min|mins|minutes?)\.?(?:\s*\d+\s*(?:min|mins|minutes?)\.?)?",
    re.IGNORECASE,
)


def is_length_of_time(text: str) -> bool:
    """Whether a text is how long something takes, in hours or minutes, and says no more.

    >>> [is_length_of_time(text) for text in ("45 min", "2.5 hours", "1 h 30 min", "3 hours of rest", "Week 4")]
    [True, True, True, False, False]
    """
    return _LENGTH_OF_TIME.fullmatch(text.strip()) is not None


def without_quotes(text: str) -> str:
    """What stands in quotation marks, where all of a text does; else the text."""
    quoted = _QUOTE.match(text)
    return quoted[1] if quoted else text


def without_brackets(text: str) -> str:
    """A text without anything in brackets."""
    return " ".join(_INNER.sub("", text).split())


def is_spelled(text: str) -> bool:
    """Whether words are spelled as the name of one thing: `T5-XXL`, `James Webb`; not `Open text`."""
    words = text.split()
    inner = any(word[1:] != word[1:].lower() or any(map(str.isdigit, word)) for word in words)
    return inner or (len(words) > 1 and all(word[0].isupper() for word in words))


def without_days(text: str) -> str:
    """A text without the days in brackets that say when its names came up.

    >>> without_days("Gluten (Day 2) and its strength (see Days 3-4)")
    'Gluten and its strength'
    """
    return DAYS_MARKED.sub("", text)


def without_end_sign(text: str) -> str:
    """A text without the full stop or comma that ends it."""
    text = text.strip()
    return text[:-1].rstrip() if text.endswith((".", ",", ";")) and not text.endswith(("...", "etc.")) else text


def chain_of(text: str) -> list[str]:
    """The parts of a text that is names joined by arrows; empty if it is anything else."""
    parts = [without_end_sign(part) for part in ARROW.split(text)]
    return parts if is_chain(parts) else []


def names_in(text: str, longest: int = 5) -> list[str]:
    """The names that a text lists by commas and `and`; empty if any part is no name.

    >>> names_in("parse trees, grammars, and ontologies")
    ['parse trees', 'grammars', 'ontologies']
    """
    parts = [without_article(without_end_sign(part)) for part in _COMMAS.split(without_end_sign(text)) if part.strip()]
    return parts if parts and all(is_name(part, longest) for part in parts) else []


def instances_in(inside: str | None) -> list[str]:
    """The instances that brackets list: two or more short names, no numbers."""
    names = names_in(inside.removeprefix("e.g. ").removeprefix("such as "), 3) if inside else []
    plain = [name for name in names if not any(word in NUMBERS or word.isdigit() for word in lower_words(name))]
    return plain if len(plain) > 1 and len(plain) == len(names) else []


def term_in(inside: str | None) -> str | None:
    """The term that brackets give for what stands before them: two to four words that only name."""
    words = lower_words(inside or "")
    if inside is None or not 2 <= len(words) <= 4 or re.search(r"[\d,;:?!$]", inside):
        return None
    common = FUNCTION_WORDS | ARTICLES | COMPARATIVES | NUMBERS
    return inside if not any(word in common for word in words) and not words[0].endswith("ly") else None


def head_of(text: str) -> str:
    """An example's name: without what is told of it behind `with` or `that`, and how it was made.

    >>> head_of("Carefully engineered state machines with many states")
    'state machines'
    """
    return without_article(_MADE.sub("", _CUT.sub("", without_end_sign(text))))


def split_at_colon(text: str) -> tuple[str, str] | None:
    """The name before a colon and the words behind it; None where there is no such name."""
    name, colon, rest = text.partition(":")
    if not colon or not rest.strip() or not is_name(without_article(name), 5) or "://" in text[: len(name) + 3]:
        return None
    return name.strip(), rest.strip()
