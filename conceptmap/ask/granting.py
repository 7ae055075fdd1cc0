"""Whether it is so, as people put it: `would you say that A …?`, `does A count as a B?`."""

from conceptmap.ask.idiom import Idiom, N, idiom

_SAYER = r"(?:you|one|we|i|people|somebody|someone|anybody|anyone|they)"
_SAYING = r"(?:say|agree|argue|claim|conclude|maintain|hold|think|believe|grant|accept|confirm|suppose|put it)"
_AUX = r"(?:would|do|does|did|can|could|may|might|should|must|will)"
_COUNTING = (
    r"(?:count|qualify|pass|rank|class|go|be (?:said to be|regarded|considered|classed|seen|treated|deemed|viewed|"
)
_COUNTING += r"counted|thought of|classified|labelled|described|called|taken))"

GRANTING: tuple[Idiom, ...] = (
    # `Would you say (that) A is a B?`
    idiom(
        "say agree argue claim conclude maintain hold think believe grant accept confirm suppose put",
        rf"(?:(?<=\| )|^){_AUX} {_SAYER} (?:also |really |then |rather |therefore )?"
        rf"{_SAYING}(?: it)?(?: then)?(?: that)?"
        rf"(?= (?:(?:the|an?) )?{N} (?!\||$))",
        "is it true that",
    ),
    idiom(
        "true",
        rf"is it true that ((?:(?:the|an?) )?{N}) (is|are|was|were)(?= (?!not )[a-z§])",
        r"\2 \1",
    ),
    # `Would A count as a B?`, `can A be regarded as B?`, `is A considered a B?`
    idiom(
        "count qualify pass rank class go be",
        rf"{_AUX} ((?:(?:the|an?) )?{N}) (?:ever |really |still |also |properly |even )?{_COUNTING}(?: as| for)?"
        r"(?= (?:(?:the|an?|one of) )?[a-z§])",
        r"is \1",
    ),
    idiom(
        "considered regarded classed seen treated deemed viewed counted thought classified",
        rf"(is|are|was|were) ((?:(?:the|an?) )?{N}) (?:ever |really |still |also |generally |usually )?"
        r"(?:considered|deemed|"
        r"(?:considered|regarded|classed|seen|treated|viewed|counted|thought of|classified) as)(?: to be)?"
        r"(?= (?:(?:the|an?|one of) )?[a-z§])",
        r"\1 \2",
    ),
    # `Is A nothing but B?`
    idiom(
        "nothing",
        rf"((?:is|are|was|were) (?:(?:the|an?) )?{N}|{N} (?:is|are|was|were)) (?:really |in fact |at bottom )?nothing "
        r"(?:but|more than|other than|else than|else but)",
        r"\1",
    ),
    # `Does A count in favour of B?`
    idiom("favour favor", r"(?:count|counts|tell|tells|weigh|weighs|militate|militates) in favou?r of", "support"),
    idiom("count counts tell tells weigh weighs militate", r"(?:count|tell|weigh|militate)s? against", "oppose"),
    # What sets two things apart.
    idiom(
        "not different unlike other distinct",
        rf"(?:how|in what way|in what ways|in which way) (?:is|are) ((?:(?:the|an?) )?{N}) "
        rf"(?:not (?:quite )?(?:the same as|like)|different from|different to|unlike|"
        rf"other than|distinct from) ((?:(?:the|an?) )?{N})(?= \||$)",
        r"how do \1 and \2 differ",
    ),
    idiom(
        "distinguish distinguishes sets separates tell differs",
        rf"(?:what (?:distinguishes|sets|separates|differentiates)|how (?:can|do|does|could|would|should) {_SAYER} "
        rf"(?:tell|distinguish|separate)) ((?:(?:the|an?) )?{N}) (?:apart )?from ((?:(?:the|an?) )?{N})(?: apart)?"
        r"(?= \||$)",
        r"how do \1 and \2 differ",
    ),
)
"""In the order in which they are tried."""
