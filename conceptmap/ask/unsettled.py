"""How people ask for what is still open, and for what was used before something else came: see `idioms`."""

from conceptmap.ask.idiom import COURSE, NOBODY, Idiom, N, idiom

_SETTLED = (
    r"(?:answered|settled|resolved|solved|decided|cleared up|figured out|found out|worked out|clarified|replied to)"
)
_OPEN = "open|unanswered|undecided|unresolved|unsettled|unsolved|without (?:an?|any) (?:answer|reply|response)"
_NOBODY_HAS = (
    rf"(?:(?:{NOBODY}) (?:has|have|had|could|can|did)|(?:has|have|had|could|can|did) (?:{NOBODY})|(?:{NOBODY}))"
    r"(?: (?:yet|ever|so far|been able to|really|still))*"
)
_NOT_YET = r"(?: (?:yet|so far|until now|up to now|till now|to date))?"
_ABOUT = r"(?= (?:(?:about|on|regarding|concerning|in) |\||$)|$)"
_QUESTIONS = r"((?:open |unanswered )?(?:questions?|problems?)(?: (?:about|on|regarding|concerning) (?:(?:the|an?) )?"
_QUESTIONS += rf"{N})?)"
_NOTES = rf"(?:the|this|our|your|my) (?:[a-z]+ )?(?:{COURSE})s?"
_THE_N = rf"((?:(?:the|an?) )?{N})"
# What `came up` or `was introduced` may have been before that in the course alone.
_CAME = (
    r"(?:came (?:along|about|in|around|round|into use)|arrived|took over|existed|"
    r"(?:was|were) (?:there|around|invented|available|developed))"
)

UNSETTLED: tuple[Idiom, ...] = (
    # `What has nobody answered yet about A?`, `what nobody knows about A`
    idiom(
        "nobody one body none", rf"what {_NOBODY_HAS} {_SETTLED}{_NOT_YET}{_ABOUT}", "what are the open questions"
    ),
    idiom(
        "nobody one body none",
        rf"what (?:does (?:{NOBODY}) know|(?:{NOBODY}) knows){_NOT_YET}(?= (?:about|regarding|concerning) )",
        "what are the open questions",
    ),
    idiom(
        "not t",
        rf"what (?:is|are|was|has|s|isn|hasn)(?: still)? (?:not|t)(?: yet)?(?: been)? {_SETTLED}{_NOT_YET}"
        r"(?= (?:about|regarding|concerning) )",
        "what are the open questions",
    ),
    idiom("air", r"(?:still )?up in the air", "open"),
    # `Questions about A that nobody has answered`
    idiom(
        "nobody one body none",
        rf"{_QUESTIONS}(?: (?:that|which|to which))? {_NOBODY_HAS} (?:{_SETTLED}|given an answer|got an answer(?: to)?)"
        rf"{_NOT_YET}(?= \||$)",
        r"open \1",
    ),
    # Whether anything is: `does anything remain to be asked about A?`
    idiom(
        "anything something",
        r"(?:does|do|did) (?:anything|something)(?: still)? (?:remain|stay|need|wait)(?: still)? "
        r"(?:to be (?:asked|answered|settled|decided|resolved|cleared up|found out|clarified|solved)|"
        rf"{_OPEN}){_ABOUT}",
        "are there open questions",
    ),
    idiom(
        "anything something",
        r"(?:is|are) (?:there )?(?:anything|something)(?: still)? left "
        rf"(?:to (?:be )?(?:asked?|answer(?:ed)?|settled?|decided?|resolved?|clarify|clarified|solved?)|{_OPEN})"
        rf"{_ABOUT}",
        "are there open questions",
    ),
    # What the notes leave so.
    idiom(
        "leave left leaves",
        rf"(which|what) (questions?) (?:has|have|had|does|do|did) {_NOTES} (?:leave|left)(?: still)? (?:{_OPEN})"
        rf"{_ABOUT}",
        r"\1 \2 are open",
    ),
    idiom(
        "leaves left leave",
        rf"(questions?) (?:that|which) {_NOTES} (?:leaves?|left|has left|have left)(?: still)? (?:{_OPEN}){_ABOUT}",
        r"\1 that are open",
    ),
    idiom(
        "answer reply response",
        r"(questions?) (?:are|were|is|was|go|went|have been|has been|stay|stayed|remain|remained)(?: still| yet)? "
        rf"(?:left |standing |gone )?without (?:an?|any) (?:answer|reply|response)(?: yet| so far)?{_ABOUT}",
        r"\1 are open",
    ),
    # `What did people use for B before A came along?`
    idiom(
        "before",
        r"what (?:did (?:people|they|everybody|everyone|folks?|one) (?:use|rely on|have|work with|make do with|"
        r"do with)|was (?:in use|used|common|there))(?: (?:instead|up to then))?"
        rf"((?: (?:for|in) (?:(?:the|an?) )?(?:{N}|[a-z]+(?: [a-z]+)?))?) before {_THE_N} {_CAME}(?= \||$)",
        r"what does \2 replace\1",
    ),
)  # fmt: skip
"""In the order in which they are tried."""
