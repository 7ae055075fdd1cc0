"""What comes of something, and what it opens up: `if A happens, what then?`, `now that I know A, what next?`"""

from conceptmap.ask.idiom import AGENT, LEARNER, Idiom, N, idiom

_THE_N = rf"(?:(?:the|an?|this|that|my|our|your) )?({N})"
_WHO = rf"(?:{AGENT}|he|she|me|us|him|her|them|{LEARNER}|(?:my|our|his|her) [a-z]+)"
_IF = (
    r"(?:(?:if|suppose|supposing|given|once|when|whenever|after|say|assume|assuming|grant|granted|granting|imagine|let|"
    r"as soon as|now that|provided|take)(?: (?:that|us|say|one|we|you|i|people|grants?|accepts?|believes?|for granted|"
    r"takes?|have|has|had|got|gets?|use|uses|agrees?(?: to| with)?|for a moment|now))* )"
)
_IS_SO = (
    r"(?: (?:happens|occurs|holds|is true|is right|is so|is there|is the case|sets in|comes about|shows up|takes place|"
    r"arises|appears|starts|begins))?"
)
_DIRECT = r"(?: \|)?(?: (directly|immediately|next))?"
_AT_LAST = r"(?: \|)?(?: (?:in the end|eventually|ultimately|finally|at last|in the long run|then))?"
_MAY = (
    r"(?: (?:then|next|will|would|does|do|are|is|can|could|should|may|might|must|has|have|to|be|one|we|you|us|i|people|"
    r"driven|forced|bound|led|entitled|able|allowed|therefore|thus|logically|naturally|necessarily))*"
)
_COMES_OF_IT = (
    r"(?:what(?: are| is)? (?:the )?(?:consequences?|effects?|results?|outcomes?|upshot|implications?)(?: of "
    r"(?:it|that|"
    r"this))?|"
    rf"what{_MAY} (?:follows?(?: from (?:it|that|this|there))?|happens?(?: next| then| after that)?|results?|"
    r"goes wrong next|"
    r"comes? next|comes? (?:out )?of (?:it|that|this)|conclude|infer|deduce|"
    r"(?:it|that|this) (?:do|cause|mean|bring(?: about)?|lead to|give(?: me| us| you)?|result in|produce|entail|imply|"
    r"trigger|end in|end up in|make happen|have as (?:a )?(?:consequence|result|effect))|"
    rf"(?:get|gain|have|see|expect|end up with)(?: (?:out of|from) (?:it|that|this))?)|"
    rf"where (?:does|will|would|do|did) (?:it|that|this) (?:land|leave|get|take|lead|bring)(?: {_WHO})?|what then|"
    r"and then|then what)"
)
"""What asks for what comes of the thing that was just named."""
_KNOWING = (
    r"(?:know|knows|known|understand|understands|understood|learned|learnt|mastered|grasped|studied|covered|finished|"
    r"completed|read|got|have|has|had|done|met|can do|done with|through with|finished with|familiar with|"
    r"comfortable with|at home (?:with|in)|got through|gone through|worked through|been through|got to grips with|"
    r"got the hang of|got a grip on|got a handle on|got (?:my|your|his|her|our|their|one s) head (?:a)?round|"
    r"wrapped (?:my|your|his|her|our|their|one s) head (?:a)?round)"
)
"""What somebody has done who has learned something."""
_KNOWN_BEHIND = (
    r"(?: (?:down|down pat|by heart|under (?:my|our|his|her|their) belt|behind (?:me|us|him|her|them)|sorted))?"
)
_HAVE = (
    r"(?:(?:once|when|after|as soon as|having|now that|now|so|ok|okay|right|well|if|since|already|finally) )*"
    rf"(?:{_WHO} )?(?:(?:ve|s|m|am|is|are|have|has|had|already|now|finally|just|think|at last) )*"
)
_GO_ON = (
    rf"(?:what (?:else |topics? |things? )?(?:(?:can|could|may|might|will|do|does|should|would|shall|is|are) "
    rf"(?:{_WHO} )?"
    r"(?:then |next |now |only |really |first |properly |go on to |be able to |move on to |start to |ready to |"
    r"free to )*"
    r"(?:do|learn|tackle|understand|study|take on|get to|go on to|move on to|approach|build|try|attempt|read|go "
    r"on with|"
    r"turn to|start|ready for))"
    rf"|where (?:does|will|would|can|could|do) (?:(?:that|it|this) (?:take|get|lead|bring) {_WHO}|{_WHO} go)"
    r"(?: on)?|what (?:comes?|is|s)(?= next))"
)
_NEXT = (
    r"(?: (?:next|then|now|with (?:it|that|this)|straight|right|directly|immediately|after (?:it|that|this)|from there|"
    r"on|afterwards))*"
)
_MISSING = (
    r"(?:stops? working|breaks?(?: down)?|falls? (?:apart|flat|over)|collapses?|(?:does|do|will|would) not work|"
    r"(?:doesn|don|won|wouldn) t work|fails?|goes? wrong|(?:is|are|be|becomes?|gets?) (?:impossible|lost|unthinkable|"
    r"incomprehensible|out of reach|beyond reach|left hanging(?: in the air)?|stuck|blocked|closed)|"
    r"makes? no sense|hangs? in the air|(?:can ?not|can t|could not) (?:be )?(?:learned|learnt|understood|done|"
    r"made|used|"
    r"happen|work|exist|grasped|tackled))"
)
"""What happens to a thing that lacks what it requires."""
_WITHOUT = (
    rf"(?:without(?: knowing| learning| having(?: learned| learnt| understood)?| understanding)? {_THE_N}|"
    rf"(?:if|when|where) (?:nobody|no one|{_WHO}) (?:had |has |have )?(?:ever |never )*(?:learned|learnt|learn|taught|"
    rf"teach|known|knew|know|met|understood|understand|heard of|covered) {_THE_N})"
)

FOLLOWING: tuple[Idiom, ...] = (
    # `Once I know A, what can I tackle next?`, `what can I tackle next, now that I know A?`
    idiom(
        "what where",
        rf"(?:(?<=\| )|^){_HAVE}{_KNOWING}(?: about)? {_THE_N}{_KNOWN_BEHIND}(?: \|)? (?:(?:\||and|so|now|but|"
        rf"then|well) )*"
        rf"{_GO_ON}{_NEXT} (?:next|straight|right|directly|immediately)(?: (?:after |with |from )?(?:it|that|"
        rf"this|there))?"
        r"(?= \||$)",
        r"what does \1 directly unlock",
    ),
    idiom(
        "what where",
        rf"(?:(?<=\| )|^){_HAVE}{_KNOWING}(?: about)? {_THE_N}{_KNOWN_BEHIND}(?: \|)? (?:(?:\||and|so|now|but|"
        rf"then|well) )*"
        rf"{_GO_ON}{_NEXT}(?= \||$)",
        r"what does \1 unlock",
    ),
    idiom(
        "once when after soon now having",
        rf"{_GO_ON}{_NEXT}(?: \|)? (?:once|when|after|as soon as|now that|having) (?:{_WHO} )?(?:ve |have |has |"
        rf"am |is |m )?"
        rf"{_KNOWING}(?: about)? {_THE_N}{_KNOWN_BEHIND}(?= \||$)",
        r"what does \1 unlock",
    ),
    idiom(
        "bit slice chunk portion fragment piece",
        rf"what (is|are|was|were) {_THE_N} (?:an? )?(?:bits?|slices?|chunks?|portions?|fragments?|pieces?) of(?= \||$)",
        r"what \1 \2 part of",
    ),
    idiom(
        "up open opens opened possible accessible reach",
        rf"what (?:(?:will|would|can|does|do) )*(?:opens? up|(?:is|becomes?|be) (?:possible|accessible|open)|"
        rf"(?:comes?|is|be) "
        rf"within reach) (?:after|with|through|by|once {_WHO} (?:{_KNOWING}|(?:have|has|had) {_KNOWING}))(?: "
        rf"having| learning| "
        rf"knowing)? {_THE_N}(?= \||$)",
        r"what does \1 unlock",
    ),
    idiom("doors", rf"what doors (?:does|do|will|would|can) {_THE_N} open(?: up)?(?= \||$)", r"what does \1 unlock"),
    idiom(
        "why",
        rf"why (?:does|do|did|will|would|should) {_THE_N} (?:happen|occur|arise|come about|exist|take place|"
        rf"appear|set in|ensue)"
        r"(?= \||$)",
        r"why \1",
    ),
    # What is to come, by what somebody holds.
    idiom(
        "going judging true right holds correct believe trust",
        rf"(?:going by|judging by|to judge by|by the light of|if (?:{AGENT} )?(?:believe|trust|follow|go by|accept)) "
        rf"{_THE_N}(?= \||$)|if {_THE_N} (?:is true|is right|holds|is correct|is to be believed)(?= \||$)",
        r"according to \1\2",
    ),
    idiom(
        "ought should bound will going shall",
        r"what (?:ought to|should|is bound to|are bound to|is going to|will|shall)(?: eventually| finally| one "
        r"day| some day)?"
        rf" (?:happen(?: to)?|become of|come of|come)(?= [^|]*(?:\| )?according to {_THE_N})",
        "what will be predicted of",
    ),
    idiom(
        "use bother choose pick rely go",
        rf"why (?:would|should|do|does|did|must) {AGENT} (?:(?:ever|even|want to|have to) )*(?:use|bother with|"
        rf"go for|choose|"
        rf"pick|rely on)(?= {_THE_N})",
        "why use",
    ),
    # What gives A, how one gets it, and what A does.
    idiom(
        "how",
        rf"how (?:can|could|would|should|might|do|does|did) {AGENT} (?:get|make|achieve|obtain|produce|bring "
        rf"about|reach|"
        rf"create|cause) {_THE_N}(?= \||$)",
        r"what leads to \1",
    ),
    idiom(
        "gives gave",
        rf"what (?:gives|gave|would give|could give)(?: us| me| you| one)? {_THE_N}(?= \||$)",
        r"what leads to \1",
    ),
    idiom("good", rf"what good (?:does|do|did|would|will|is|are) {_THE_N}(?: do)?(?= \||$)", r"what is \1 good for"),
    # `What makes A?`
    idiom(
        "makes made make",
        rf"what (?:makes|made|will make|would make|could make|might make) {_THE_N}(?= \||$)",
        r"what leads to \1",
    ),
    # `What stops working without A?`
    idiom(
        "without if when where",
        rf"(what|which(?: [a-z]+)?) (?:(?:will|would|could|might|can|then) )*{_MISSING} {_WITHOUT}(?= \||$)",
        r"\1 requires \2\3",
    ),
    # `If A, what follows?`, `what happens if A?`, and both for all that comes of it in the end.
    idiom(
        "end eventually ultimately finally last long",
        rf"(?:(?<=\| )|^){_IF}?{_THE_N}{_IS_SO} \| (?:(?:and|then|so|but) )*{_COMES_OF_IT}(?: \|)? (?:in the end|"
        rf"eventually|"
        rf"ultimately|finally|at last|in the long run)(?= \||$)",
        r"what does \1 lead to in the end",
    ),
    idiom(
        "end",
        rf"(?:(?<=\| )|^){_IF}?{_THE_N}{_IS_SO} \| (?:(?:and|then|so|but) )*what{_MAY} (?:end up|land|wind up) with"
        r"(?: then)?(?= \||$)",
        r"what does \1 lead to in the end",
    ),
    idiom(
        "what where then",
        rf"(?:(?<=\| )|^){_IF}?{_THE_N}{_IS_SO} \| (?:(?:and|then|so|but) )*{_COMES_OF_IT}{_DIRECT}{_AT_LAST}(?= \||$)",
        r"what does \1 \2 lead to",
    ),
    idiom(
        "if when once after soon whenever",
        r"what(?: (?:will|would|does|do|can|could|may|might))* (?:happens?|follows?|comes of it|results?|(?:do |does )?"
        rf"{AGENT} (?:get|end up with|gain|see|expect))(?: next| then)?{_DIRECT} "
        rf"(?:if|when|once|after|as soon as|whenever|given)(?: {AGENT})?(?: (?:have|has|got|gets?|use|uses|there is))? "
        rf"{_THE_N}{_IS_SO}(?= \||$)",
        r"what does \2 \1 lead to",
    ),
    # No comma between: `if A what happens?`, `A and then what?`.
    idiom(
        "if when whenever once suppose supposing",
        rf"(?:(?<=\| )|^)(?:if|when|whenever|once|suppose|supposing)(?: {AGENT} (?:have|has|had|got|gets?|use|uses))? "
        rf"{_THE_N}{_IS_SO} (?:then )?{_COMES_OF_IT}{_DIRECT}(?= \||$)",
        r"what does \1 \2 lead to",
    ),
    idiom(
        "then",
        rf"(?:(?<=\| )|^){_THE_N} (?:(?:and|so) )?then (?:what|what{_MAY} happens?|what comes of (?:it|that|this))"
        rf"{_DIRECT}(?= \||$)",
        r"what does \1 \2 lead to",
    ),
    idiom(
        "end eventually ultimately finally last long",
        rf"what(?: (?:will|would|does|do))* happens? (?:if|when|once|after|as soon as|whenever|given) {_THE_N}{_IS_SO} "
        r"(?:in the end|eventually|ultimately|finally|at last|in the long run)(?= \||$)",
        r"what does \1 lead to in the end",
    ),
    idiom(
        "if when once after soon whenever",
        r"what(?: (?:will|would|does|do))* happens? (?:in the end|eventually|ultimately|finally|at last|in the "
        r"long run) "
        rf"(?:if|when|once|after|as soon as|whenever|given) {_THE_N}{_IS_SO}(?= \||$)",
        r"what does \1 lead to in the end",
    ),
)
