"""Words that add nothing to others beside them: `no evidence to back it`, `in order to run A`, `even indirectly`."""

from conceptmap.ask.idiom import AGENT, AUDIENCE, AUX, Idiom, N, idiom

_THE_N = rf"((?:(?:the|an?) )?{N})"
_IT = r"(?:it|them|this|that|these|those)"
_HAVE = r"(?:has|have|had|having|got|without|with|lacks?|lacking|lacked|is there|are there|(?:is|are) left with)"
_SOME = r"(?:(?: got)?(?: not| n?t)?(?: (?:any|no|some|the|much|enough|at least))*)"
_BACKS = (
    r"(?:back|support|prove|confirm|corroborate|substantiate|bolster|underpin|uphold|justify|strengthen|buttress|"
    r"prop|hold|shore|sustain|defend|vouch for|speak for|speak in favou?r of|argue for|count for|show)(?:s|es)?"
)
_DENIES = (
    r"(?:contradict|refute|oppose|dispute|counter|rebut|disprove|undermine|weaken|attack|challenge|question|"
    r"speak against|argue against|count against|object to|go against|tell against)(?:s|es)?"
)
_MAY = r"(?:would |could |can |might |may |will )?"
_BACKING = (
    rf"(?:(?:to|that|which) {_MAY}{_BACKS}(?: {_IT})?(?: up)?|(?:standing |lying )?behind(?: {_IT})?|"
    rf"(?:backing|supporting|speaking for) {_IT}(?: up)?|(?:on|in) (?:its|their) (?:side|favou?r|support))"
)
"""What a piece of evidence does for what it is evidence for, where that was named before."""
_AT_END = r"(?= (?:\||and|but|or|nor)(?!\S)|$)"
_NOTING = (
    r"(?:(?:to be )?(?:said|noted|raised|brought|put forward|given|recorded|listed|stated|adduced|written|speaking|"
    r"going|standing|going on) )?"
)

_INDIRECTLY = (
    r"(?:(?:either |be it |whether )?directly or (?:even |only )?indirectly|"
    r"(?:even if only|even if|even|if only|at least|albeit|be it only|be it|perhaps|possibly|maybe|also) indirectly|"
    r"in (?:some|any|one|whatever) (?:way or (?:another|other)|way or the other|roundabout way|indirect way|way)|"
    r"one way or (?:another|the other)|by (?:some|any|whatever) (?:route|path|detour)|"
    r"directly or (?:by way of|via|through) (?:something|some|other|others|another|anything)"
    r"(?: (?:else|other|things?|steps?|topics?|nodes?))*|"
    r"through (?:some|any) (?:chain|number of steps)|in (?:several|any number of|however many) steps|somehow)"
)
"""What says that any number of steps will do."""
_RUN = (
    r"(?:run|apply|carry out|perform|execute|implement|employ|conduct|operate|deploy|set up|put into practice|"
    r"put to use|make use of|work with|practise|practice|try|try out|pull off|go about|get going with|get started with|"
    r"use|do)"
)
"""What one does with a method or an idea that one has learned."""
_BEING = (
    r"(?:(?:ending|winding|finishing) up (?:in|with|at)|landing in|getting into|running into|being in|"
    r"finding (?:oneself|yourself|myself|ourselves) in|entering|reaching|having|using|applying|running|employing|"
    r"adopting|deploying|doing|carrying out|performing|working with|making use of|putting to use)"
)
"""What one does with a thing or is in, where the thing itself is meant."""
_PAIR = r"(?:two|three|four|2|3|4|a few|a couple of|some|several)(?: quick| short| small| simple)?"
_EARLIER = r"(?:earlier|previous|prior|preceding)"
_SESSIONS = r"(?:days|lessons|lectures|sessions|classes|notes|weeks)"

NEEDLESS: tuple[Idiom, ...] = (
    # `No evidence to back it`, `nothing to be said against it`.
    idiom(
        "back backs backing support supports supporting prove proves confirm confirms corroborate corroborates "
        "substantiate substantiates bolster underpin underpins uphold justify justifies strengthen prop hold shore "
        "sustain defend vouch speak speaks speaking argue argues count counts show shows behind side favour favor",
        rf"({_HAVE}{_SOME}) (?:evidence|proof|support|backing|confirmation|data|observations?|findings?|arguments?|"
        rf"reasons?|grounds?|facts?)(?: at all| whatsoever)? {_BACKING}{_AT_END}",
        r"\1 support",
    ),
    idiom(
        "contradict contradicts refute refutes oppose opposes dispute counter rebut disprove undermine undermines "
        "weaken weakens attack challenge challenges question speak speaks argue argues count counts object go tell",
        rf"({_HAVE}{_SOME}) (?:evidence|proof|data|findings?|arguments?|reasons?|grounds?|facts?)(?: at all)? "
        rf"(?:to|that|which) {_MAY}{_DENIES}(?: {_IT})?{_AT_END}",
        r"\1 objections",
    ),
    idiom(
        "nothing anything something",
        rf"({_HAVE}) (nothing|anything|something)(?: at all| whatsoever)? "
        rf"(?:{_BACKING}|{_NOTING}for (?:it|them)|to show for (?:it|them|itself|themselves)){_AT_END}",
        r"\1 \2 support",
    ),
    idiom(
        "nothing anything something",
        rf"({_HAVE}) (nothing|anything|something)(?: at all| whatsoever)? "
        rf"(?:(?:to|that|which) {_MAY}{_DENIES}(?: {_IT})?|{_NOTING}against {_IT}){_AT_END}",
        r"\1 \2 objections",
    ),
    idiom("nothing", r"nothing (support|objections)(?= |$)", r"no \1"),
    idiom("anything something", r"(?:any|some)thing (support|objections)(?= |$)", r"any \1"),
    # `What does ending up in A cause?`
    idiom(
        "up landing getting running being finding entering reaching having using applying employing adopting deploying "
        "doing carrying performing working making putting",
        rf"((?:do|does|did|will|would|can|could|may|might|should)|(?:results?|effects?|consequences?|outcomes?|upshot|"
        rf"point|purpose|benefits?) of) {_BEING} {_THE_N}(?= |$)",
        r"\1 \2",
    ),
    # `Two things: …`, `which two statements of earlier days …?`
    idiom(
        "things questions points facts",
        rf"(?:^|(?<=\| ))(?:(?:could|can|would|will) you )?(?:please )?(?:(?:tell|give) (?:me|us) |i (?:want|need|have)"
        rf"(?: to know)? )?{_PAIR} (?:things|questions|points|facts)(?: please| for you| for me)*"
        rf"(?: (about|on|regarding) {_THE_N})?(?= \|)",
        r"\1 \2",
    ),
    idiom(
        "earlier previous prior preceding",
        rf"((?:what|which)(?: (?:two|three|four|five|[2-9]))?) ([a-z]+) (?:of|from) (?:the )?({_EARLIER}) {_SESSIONS}",
        r"\1 \3 \2",
    ),
    idiom("reasons reason", rf"for (?:what|which) reasons?(?= {AUX} )", "why"),
    idiom(
        "order sequence",
        r"(?:\| )?in (?:the )?(?:right |correct |proper |logical |causal |chronological )?(?:order|sequence)"
        r"(?: please)?(?= \||$)",
        "| step by step",
    ),
    idiom(
        "that which",
        rf"(?:that|which) (?:i|we|you|one) (?:can|could|may|might|should|shall|will|would|am to|want to|would like to) "
        rf"(?:show|tell|give|present|explain|name|mention|quote|use|put|hand|pass on|read out|teach)"
        rf"(?: (?:to|for|with|in|on|at))? (?:(?:my|our|the|an?|some) )?(?:{AUDIENCE})(?= \||$)",
        "",
    ),
    # In however many steps, and in one.
    idiom(
        "indirectly way route path detour chain steps somehow directly",
        rf"^((?:{AUX}|shall) [^|]*?)(?: \|)? {_INDIRECTLY}(?: \|)?(?= |$)",
        r"\1",
    ),
    idiom(
        "indirectly way route path detour chain steps somehow",
        rf"^([^|]*{N}[^|]*?)(?: \|)? {_INDIRECTLY}$",
        r"\1 | directly or indirectly",
    ),
    idiom(
        "step hop jump",
        r"(?:in|with|by) (?:just |only |exactly )?(?:one|a|1)(?: single)? (?:step|hop|jump)(?= \||$)",
        "directly",
    ),
    # `In order to run A`.
    idiom(
        "run apply carry perform execute implement employ conduct operate deploy set put make work practise practice "
        "try pull go get use do",
        rf"((?:needed|required|necessary|in place|know|learn|understand|have|need)(?: first| beforehand)?) "
        rf"(?:in order )?to (?:be able to )?{_RUN} {_THE_N}(?= \||$)",
        r"\1 before \2",
    ),
    idiom(
        "practice use work operation",
        rf"(?:in order )?to (?:put|bring|set) {_THE_N} (?:into practice|to use|to work|into use)(?= \||$)",
        r"before \1",
    ),
    idiom(
        "get gain have obtain win",
        rf"what (do|does|did|can|could|would|will) (?:{AGENT}) (?:ultimately |eventually |then |usually )*"
        rf"(?:get|gain|obtain|win|have)(?: back)? (?:out of|from|through|by|thanks to) {_THE_N}(?= \||$)",
        r"what does \2 lead to",
    ),
    idiom(
        "instead place lieu",
        rf"{_THE_N} (is|was|are|were|comes|came|goes|stands|works) (?:there )?(?:instead|in place|in lieu) of what"
        rf"(?= \||$)",
        r"what does \1 replace",
    ),
)  # fmt: skip
"""In the order in which they are tried."""
