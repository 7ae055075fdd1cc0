"""Doubting: how people say that they hold or doubt something, and ask what speaks for it: see `idioms`."""

from conceptmap.ask.idiom import AGENT, STANCE, Idiom, N, idiom
from conceptmap.ask.presenting import OPPONENT, SUPPORTER

_HOLDER = (
    rf"(?:{AGENT}|(?:an?|the|my|some|one|our) (?:old |good |local )?(?:{OPPONENT}|{SUPPORTER}|expert|scholar|author|"
    rf"colleague|neighbour|neighbor|teacher|boss|uncle|aunt|guy|woman|man|student)s?|some|many|others|critics)"
)
_HOLDS = (
    r"(?:doubts?|questions?|disputes?|believes?|thinks?|holds?|says?|claims?|maintains?|argues?|insists?|suspects?|"
    r"supposes?|assumes?|hears?|heard|reads?|said|claimed|told me|tells me|came across|have read|have heard|"
    r"was told|am told|(?:do not|don t|does not|doesn t|cannot|can t|can not) (?:really |quite )?(?:believe|see|think|"
    r"accept|buy)|(?:am|is|are) (?:not (?:so |quite |at all )?(?:sure|certain|convinced)|sceptical|skeptical|unsure|"
    r"doubtful))"
)
"""What somebody does with what is asked about behind it: `I doubt that A. What contradicts it?`."""
_POINTING = r"(?= [^|]*(?<!\S)(?:it|that|this)(?: |\?|$))"
_BEGINNING = "with|without|if|when|in|at|on|for|from|under|after"
"""How claims begin whose first word is no part of what is found of them."""
_SOLID = "hard|solid|firm|concrete|tangible|cold"
_REASON = "facts?|evidence|proofs?|data|reasons?|arguments?|grounds?|observations?|findings?"

DOUBTING: tuple[Idiom, ...] = (
    idiom(
        """
        doubt doubts question questions dispute disputes believe believes think thinks hold holds say says claim claims
        maintain maintains argue argues insist insists suspect suspects suppose supposes assume assumes hear heard read
        reads said claimed told tells came accept buy see sure certain convinced sceptical skeptical unsure doubtful
        """,
        rf"(?:^|(?<=\| )){_HOLDER} (?:really |just |still |always |often |once |only )?{_HOLDS}"
        rf"(?: (?:the|an?|this) (?:{STANCE}))?(?: that| whether| if| of)? "
        rf"((?:(?:the|an?|{_BEGINNING}) )?{N}) \|{_POINTING}",
        r"\1 |",
    ),
    idiom(
        "rests rest", rf"(on|upon) (which|what)( [a-z]+)? rests?((?: [^|§]+?)? {N})(?= \||$)", r"\2\3 does\4 rest \1"
    ),
    idiom("reason reasons", r"for (?:what|which) reasons?(?! §)", "why"),
    idiom(_SOLID.replace("|", " "), rf"(?:{_SOLID})(?= (?:{_REASON})(?!\S))", ""),
    idiom(
        "object exception issue hold have",
        rf"what (?:might|could|can|would|may|do|does|did|should) (?:{AGENT}) (?:possibly |reasonably )?(?:object to|"
        rf"take exception to|take issue with (?:in|about)|hold against|have against)",
        "what opposes",
    ),
    idiom(
        "nicely smoothly neatly beautifully wonderfully",
        r"((?:why|how come) [^|]*?) (?:so |that )?(?:nicely|smoothly|neatly|beautifully|wonderfully)(?= \||$)",
        r"\1",
    ),
)
