"""Idioms: habits of English that ask nothing, or ask by many words what few ask. See `framing`, which takes them away.

Each is tried only where one of its words is there, so that most questions cost nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from conceptmap.ask.doubting import DOUBTING
from conceptmap.ask.following import FOLLOWING
from conceptmap.ask.granting import GRANTING
from conceptmap.ask.handling import HANDLING
from conceptmap.ask.idiom import (
    AGENT,
    AT_SOME_TIME,
    AUDIENCE,
    AUX,
    CAME,
    CAN,
    COMING,
    COURSE,
    FIRST,
    LEARNER,
    MEMBER,
    N_OR_DAYS,
    NAMING,
    NOBODY,
    PRESENTS,
    STANCE,
    STUDIED,
    THERE,
    WH,
    WORKS,
    Idiom,
    N,
    idiom,
)
from conceptmap.ask.needing import NEEDING
from conceptmap.ask.needless import NEEDLESS
from conceptmap.ask.pairs import PAIRS
from conceptmap.ask.parting import PARTING
from conceptmap.ask.presenting import PRESENTING
from conceptmap.ask.unsettled import UNSETTLED

IDIOMS: tuple[Idiom, ...] = (
    idiom("single", r"(without|not|t) (?:even )?(?:an?|one|any) single(?: (?:piece|bit|shred|scrap) of)?", r"\1 any"),
    idiom("hand ready", r"have (?:ready|at hand|to hand|close at hand|at the ready)", "have"),
    idiom(
        "have possess own",
        rf"what (?:must|should|shall|ought|does|do|will|would|to) (?:{AGENT}|one|i|we|you) "
        r"(?:to |need to )?(?:have|possess|own)"
        r"(?: first)? (?:in order )?to (?:be able to )?[a-z]+(?= (?:(?:the|an?) )?§)",
        "what is needed for",
    ),
    idiom(
        "need",
        r"need (?:to )?(?:have |know )?(?:(?:under (?:my|your|our|their|one s|his|her) belt|at (?:my|your|our) "
        r"fingertips) )?for",
        "need for",
    ),
    *PRESENTING,
    *PAIRS,
    *GRANTING,
    *DOUBTING,
    *FOLLOWING,
    *NEEDING,
    *NEEDLESS,
    *PARTING,
    *HANDLING,
    *UNSETTLED,
    # What comes up, and when.
    idiom("up", rf"(?:{COMING})(s?) up{AT_SOME_TIME}", r"come\1 up"),
    idiom("up", rf"(?:{CAME})ed up{AT_SOME_TIME}", "came up"),
    idiom("up", rf"(?:{CAME})ing up{AT_SOME_TIME}", "coming up"),
    idiom(
        "introduced meet met encounter encountered",
        rf"(?:are|is|were|was|do|does|did|will|shall) (?:{LEARNER}|{AGENT}) (?:going to |first )?"
        rf"(?:be introduced to|introduced to|meet|encounter|get to know|come across|first hear of|first hear about)"
        rf"(?= (?:(?:the|an?) )?{N}(?: \||$))",
        "is introduced",
    ),
    idiom("wise", r"(?:topic|content|subject|material|theme) wise", ""),
    idiom(
        "excluded exclusive included",
        r"\| (?:(?:both|the) )?(?:days |ends |bounds )?(?:themselves )?(?:excluded|exclusive|not included)(?= \||$)",
        "",
    ),
    idiom(
        "throw teach show tell give hit learn hear talk read",
        rf"what (?:did|do|does|will) (?:{AGENT}|the (?:{COURSE})s?) (?:(?:throw at|teach|show|tell|give|hit) "
        rf"(?:us|me|you|them)(?: with| about)?|(?:learn|hear|talk|read) (?:about|of))(?= (?:on |in ){N_OR_DAYS})",
        "what is new",
    ),
    idiom(
        "everything all anything whatever",
        r"(?:everything|all|anything|whatever)(?: that| which)? (?:is|was|gets|got|will be) "
        r"(?:covered|introduced|taught|treated|discussed|mentioned|new|presented)(?= (?:before|after|since|"
        r"between|until|from) )",
        "what comes up",
    ),
    idiom(
        "remains remain stays stay waits wait left unresolved undecided unanswered unsettled unclear",
        r"what (?:still |yet )?(?:(?:remains?|stays?|waits?|is|has|needs)(?: still| yet| left)? "
        r"(?:to be (?:answered|asked|settled|decided|resolved|cleared up|found out|clarified)|unanswered|"
        r"undecided|unresolved|unsettled|unclear))",
        "what are the open questions",
    ),
    # What is needed first: `need to understand A` is said of what A needs, `need to understand before A` as well.
    idiom(
        "need needs have has ought",
        rf"(?:do|does|did|would|will|should) (?:{AGENT}|{LEARNER}) (?:still |really |also |first )?"
        rf"(?:need|have|ought) to(?: have)?(?= (?:know|understand|learn|read|study|see|master|cover|do|grasp|have|"
        rf"understood|known|learned|learnt|read|studied|done|mastered|covered)(?: (?:(?:the |an? )?{N}|"
        rf"about|already))? "
        rf"(?:before|first|beforehand))",
        "must we",
    ),
    idiom(
        "done",
        rf"(must|should) ({AGENT}) (?:have )?done(?= (?:right |just |immediately |directly )?before)",
        r"\1 \2 know",
    ),
    idiom(
        "right just immediately directly",
        rf"what (?:must|should) {AGENT} (?:have )?(?:know|known|understand|understood|learn|learned|"
        rf"learnt|do|done|read|"
        rf"studied) (?:right|just|immediately|"
        rf"directly) before (?:{AGENT} )?(?:can )?(?:{STUDIED} )?(?:(?:with|to|on) )?"
        rf"((?:(?:the|an?) )?{N})(?= \||$)",
        r"what does \1 directly require",
    ),
    idiom(
        "so",
        rf"(?:to have |to do |to know )?so(?: that)? {AGENT} can (?:do|use|start|understand|learn|study|make|follow|"
        rf"get to)(?= (?:(?:the|an?) )?{N})",
        "for",
    ),
    idiom("now", rf"now that(?= {AGENT} (?:know|understand|have|learned|learnt|did|finished|studied))", "once"),
    idiom("that this it them", r"(?<=next) with (?:that|this|it|them)(?= \||$)", ""),
    # What somebody has to show for something.
    idiom(
        "have got",
        rf"(?:do|does|did|have|has) (?:{AGENT}|the (?:{COURSE})s?) (?:have|got|know of) (?:an?|any|some|one) "
        rf"([a-z]+) (for|of|against)(?= (?:(?:the|an?) )?{N})",
        r"give the \1 \2",
    ),
    idiom(
        "have got",
        rf"(?:do|does|did|have|has) (?:{AGENT}|the (?:{COURSE})s?) (?:have|got) (?:anything|something)(?: at all)? "
        rf"(?:that|which)(?= [a-z]+s )",
        "does anything",
    ),
    idiom(
        "know",
        rf"(?:how|from what|whence) (?:do|can|could|did|would) {AGENT} (?:even |actually |really )?know(?: that)?"
        rf"(?= (?:the )?{N}(?: \||$))",
        "why",
    ),
    idiom(
        "find know learn ask clear understand",
        rf"what (?:do|did|would|does) {AGENT} (?:still )?(?:want|need|have|wish|like|"
        rf"hope) to (?:find out|know|learn|ask|"
        rf"clear up|understand|work out)(?: still| yet)? (?:about|regarding|concerning)(?= (?:(?:the|an?) )?{N})",
        "what are the open questions about",
    ),
    idiom("end", r"ends? up (?:giving|producing|causing|creating|yielding|bringing|making)", "lead to"),
    idiom(
        "answer answers",
        rf"(which|what) ([a-z]*questions) (?:have|has|do|did) {AGENT} (?:not|never)(?: yet)? (?:got|get|"
        rf"have|had|found|find)"
        rf"(?: an?| any)? answers?(?: to)?(?: yet| so far)?(?= \||$)",
        r"\1 \2 are not answered",
    ),
    idiom("supposed meant", r"(?:supposed|meant) to be about", "about"),
    # Two verbs that have one object, and one verb that has two subjects.
    idiom(
        "and",
        rf"(what|which|who) ([a-z]+(?: [a-z]+)?)(?: \|)? and (?:\1 )?([a-z]+(?: (?:for|against|from|to|on|of))) "
        rf"((?:(?:the|an?) )?{N})(?= \||$)",
        r"\1 \2 \4 and \1 \3 \4",
    ),
    idiom(
        "longer shorter more less fewer",
        rf"(?:does|do|did|will|would) ((?:(?:the|an?) )?{N} or (?:(?:the|an?) )?{N}) (take|last|need|run|"
        rf"go on|have|cost)s? "
        r"(longer|shorter|(?:more|less|fewer)(?: [a-z]+)?)(?= \||$)",
        r"which \2 \3 | \1",
    ),
    idiom(
        "supposed meant expected required",
        rf"(?:am|are|is) ({AGENT}) (?:supposed|meant|expected|required) to",
        r"must \1",
    ),
    idiom("top", r"(built|based|founded|builds?|rests?|resting|stands?) on top of", r"\1 on"),
    idiom("later", r"(used|needed|required|useful|good) for later(?: on)?(?= \||$)", r"\1 for"),
    idiom(
        "written noted standing given recorded put",
        r"(?:written|noted|standing|given|recorded|put)(?: down)? (?:next to|beside|by|with|for) (?:them|it|him|her)",
        "",
    ),
    idiom(
        "write note give find have list record put",
        rf"(?:for|to|of|about|against) (which|what) ([a-z]+) (?:did|do|does|have|has) {AGENT} (?:not|"
        rf"never) (?:yet )?(?:write|"
        rf"note|give|find|have|list|record|put|wrote|noted|given|found|had|listed|"
        rf"recorded)(?: down)? (?:any|an?) ([a-z]+)"
        r"(?: yet| so far)?(?= \||$)",
        r"\1 \2 has no \3",
    ),
    idiom(
        "need",
        rf"what (?:do|does|did|would|will) {AGENT} need(?: to have| to be there)? (?:so that|"
        rf"in order that|in order for) "
        rf"((?:(?:the|an?) )?{N}) {WORKS}s?",
        r"what is directly needed for \1",
    ),
    idiom(
        "everything all",
        r"(?:everything|all|all things|all the things) (?:that|which) (?:is|are|was|were|has been|have been) "
        r"(new|covered|introduced|added|taught|treated|discussed)",
        r"what is \1",
    ),
    # Step by step.
    idiom(
        "come go move travel arrive proceed pass",
        rf"how (?:do|does|did|can|could|would) {AGENT} (?:come|go|move|travel|arrive|proceed|pass) from "
        rf"((?:(?:the|an?) )?{N}) (?:until|till|to|up to|on to)(?= (?:(?:the|an?) )?{N})",
        r"how do you get from \1 to",
    ),
    idiom(
        "step steps stepwise stage move stop link hop bit piece rung station",
        r"(?:\| )?(?:one step after the other|one step after another|one step at a time|step after step|stepwise|"
        r"step for step|in single steps|(?P<one>stage|move|stop|link|hop|bit|piece|rung|station) by (?P=one))",
        "step by step",
    ),
    idiom(
        "explain show describe",
        rf"(?:explain|show|describe)(?: to)?(?: me| us)?(?: step by step)? how"
        rf"(?= (?:the )?{N} (?:ends?|leads?|becomes?|turns?|results?|gets?|brings?|causes?|produces?))",
        "how does",
    ),
    idiom(
        "how",
        rf"how (?:does|do|did|can|could) ((?:(?:the|an?) )?{N}) (?:eventually |finally |in the end |ultimately )?"
        rf"(?:leads? (?:up )?to|ends? (?:up )?in|brings? about|turns? into|becomes?|results? in|causes?|"
        rf"produces?|gets? to)"
        rf" ((?:(?:the|an?) )?{N})(?= \||$)",
        r"how do you get from \1 to \2",
    ),
    # Who says so.
    idiom(
        "whom who which author authors testimony authority whose",
        rf"(?:from|by|on) (?:whom|(?:which|what) (?:author|source|writer|witness)s?|whose (?:testimony|"
        rf"authority|word|"
        rf"account|report)) (?:do|did|can|could) {AGENT} (?:have|know|learn|hear|take|get)(?: of| about)?"
        rf"(?: (?:it|the (?:[a-z]+ )?(?:story|tale|report|news|fact|claim|account|idea|information)))?"
        rf"(?: that)?(?= (?:the )?{N})",
        "what is cited by",
    ),
    idiom("who", r"who or what|what or who|who or which", "what"),
    # To decide, to prefer and to cost, in more words.
    idiom(
        "call calls shots say mind minds decision decisions",
        r"(?:makes?|made|calls?|called|has|have|had|makes? up|made up|takes?|took) "
        r"(?:the |its |their |his |her |your )?(?:call|shots|say|final say|minds?|decisions?)(?: on| about| over)?",
        "decides",
    ),
    idiom(
        "who", r"who((?: (?:in|at|of) the \S+)?) (?:went|goes|opted|plumped|opts) for", r"who\1 preferred"
    ),
    idiom("back", r"set (?:me|you|us|one|them|him|her|people|anyone|somebody) back", "cost"),
    idiom(
        "my our",
        r"(?:my|our) (?:son|daughter|kid|child|wife|husband|mother|mum|mom|father|dad|brother|sister|nephew|niece|"
        r"cousin|aunt|uncle|friend|pupil|student|class|colleague|neighbour|grandmother|grandfather|partner)"
        r"(?= (?:be|have|need|spend|take|sit|get|must|should|has|needs|spends|takes|sits|gets|is|am)\b)",
        "i",
    ),
    # What a note says of a thing, and the time that it takes.
    idiom(
        "marked flagged tagged labelled labeled listed recorded classed ticked",
        r"(?:marked|flagged|tagged|labell?ed|listed|recorded|classed|ticked)(?: down| off)? as(?: being)?",
        "noted as",
    ),
    idiom(
        "eat eats swallow swallows consume consumes burn burns gobble gobbles",
        r"(?:eat|swallow|consume|burn|gobble)(s?)(?: up)?(?= (?:more|less|fewer|at|up|over|under|"
        r"the (?:most|least|whole|best part)|most|least|\d+))",
        r"take\1",
    ),
    idiom("or", r"or (?:nah|what|no)(?=$)", ""),
    # Nobody, where that is no node of the map.
    idiom(
        "nobody one body none",
        rf"(which|what) ((?:of (?:our|the|these|my|your) )?[a-z]+s) (?:has|have|did|does) (?:{NOBODY}) "
        rf"(?:ever |yet |so far )?([a-z]+ed)(?: up to now| until now| so far| yet| till now| to date)?(?= \||$)",
        r"\1 \2 are not \3",
    ),
    idiom(
        "nobody one body none",
        rf"(?:is there an? ([a-z]+)|(?:which|what) ([a-z]+)) (?:for|to|of|against) which (?:{NOBODY}) "
        rf"(?:has |have |ever |could )*(?:put forward|gives?|gave|given|brings?|brought(?: forward)?|offers?|offered|"
        rf"names?|named|finds?|found|adduced|made|had|has|have)(?: any| an?)? ([a-z]+)"
        r"(?: at all)?(?: \| (?:and )?which one is it)?",
        r"which \1\2 has no \3",
    ),
    # Two on both hands.
    idiom("hand", r"on the one hand", ""),
    idiom("other", r"on the other(?: hand|(?= \||$))", ""),
    idiom(
        "either both or and",
        rf"(?:either |both )?(on|upon|from|of|with|to|against|for|under|in) ((?:the )?{N}) (or|and) \1"
        rf"(?= (?:the )?{N})",
        r"\1 \2 \3",
    ),
    # What is greater is what it is part of.
    idiom(
        "bigger larger broader wider greater",
        rf"((?:{MEMBER}) of) (what|which) (?:bigger|larger|broader|wider|greater)(?: [a-z]+)?(?= \||$)",
        r"\1 \2",
    ),
    idiom("that this it", rf"^((?:the )?{N}) \| (?:that|this|it) (is|was)(?= (?:an? )?(?:{MEMBER})(?!\S))", r"\1 \2"),
    idiom("again", r"again(?=$)", ""),
    # `The claim about A, what does it support?`
    idiom(
        "it",
        rf"^the ([a-z]+) (about|of|on|against|for) ((?:the )?{N}) \| (what|who|when|where|why|how) "
        rf"(does|did|is|was|has) (?:it|that one)",
        r"\4 \5 the \1 \2 \3",
    ),
    idiom("y", r"y n", "yes or no"),
    idiom("managed manages manage went goes", r"(?:managed|manages|manage|went on|goes on) to", ""),
    idiom("count counts counted", rf"(?:counts?|counted) as(?= (?:an? )?(?:{MEMBER}) of)", "is"),
    idiom(
        "many",
        rf"of how many ([a-z]+) (?:consists?|is|are|do|does) ((?:the )?{N})(?: made(?: up)?| composed| consist)?",
        r"how many \1 does \2 consist of",
    ),
    # Of what is counted, as people say it whose language has one word for both: `how much topics are there?`.
    idiom(
        "much",
        r"how much(?= (?!(?:is|was|does|has|its|less|this|thus|us|gas|mass|loss|news|stress|success)"
        r"(?!\S))[a-z]+[a-rt-z]s (?:are|were|was|is|have|has|do|did|does|in|on|there)(?!\S))",
        "how many",
    ),
    idiom("claim", r"(?:lays?|laid|laying) claim to", "has"),
    # In haste.
    idiom("w", r"w o", "without"),
    # What only makes a question word stronger.
    idiom(
        "earth world hell heck devil deuce name ever exactly precisely actually",
        rf"({WH}(?: much| many| long)?) (?:on (?:this )?earth|in (?:all )?(?:the|this) (?:whole )?(?:wide "
        rf")?world|(?:in )?(?:the )?(?:hell|heck|devil|deuce)|"
        r"in (?:god|heaven) s name|in the name of (?:god|heaven)|ever|exactly|precisely|actually)",
        r"\1",
    ),
    # How a question is led in: `would you happen to know what …`.
    idiom(
        "know tell say remember recall explain remind idea clue wonder wondering wondered curious forget forgot "
        "forgotten figure "
        "work find interested curious hear learn see understand",
        r"(?:^|(?<=\| ))(?:(?:would|do|could|can|might|may|will) (?:you|i|we|anyone|anybody|someone|somebody) "
        r"(?:please |kindly |perhaps |possibly |maybe |just |quickly |happen to |be able to |be so kind as to "
        r")*(?:know|tell me|tell us|say|remember|recall|explain|explain to me|remind me|let me know|have "
        r"(?:any|an) (?:idea|clue)|give me an idea|help me find out|help me understand|help me see|know by any "
        r"chance|be told|ask)|(?:i|we) (?:would |should |d |ll |will |am |m |was |were |do |really |just |"
        r"always |often |also |still |have |had |can ?(?:no|t) |can not |cannot |could not |couldn t |don t |"
        r"do not |didn t |keep )*(?:like to|love to|want to|wish to|need to|be glad to|be happy to|be keen to|"
        r"be interested to|interested to|curious to|keen to|trying to|try to|hoping to|hope to)? ?(?:know|"
        r"learn|hear|see|find out|understand|work out|figure out|remember|recall|tell|say|wonder|wondering|"
        r"wondered|curious|forget|forgot|forgotten|ask|no idea|no clue)|(?:any|no) (?:idea|ideas|clue)|remind "
        r"me|tell me|let me know)(?: about)?(?= (?:(?:on|in|to|of|from|for|by|with|under|at) )?(?:what|which|"
        r"who|whom|when|where|why|how)(?: |$))",
        "",
    ),
    # Why.
    idiom("how", r"how come|how is it that|how is it possible that|how comes it that", "why"),
    idiom("why", r"why (?:is|was) it(?: the case)? that|why (?:should|would|must) it be that", "why"),
    idiom("reason reasons cause", r"(?:for )?what(?: is| was)? (?:the )?reasons? (?:is it |was it )?that", "why"),
    idiom(
        "give gave offer offered cite cited name named",
        rf"what (reasons?|grounds|arguments?|evidence|proofs?|facts) (?:do|does|did|can|could|would) (?:{AGENT}) "
        rf"(?:give|offer|cite|name|have|put forward|bring forward|come up with)"
        rf"(?= (?:for|against|in favou?r of)(?!\S))",
        r"what are the \1",
    ),
    idiom(
        "give gave offer offered cite cited name named",
        rf"what (?:(?:do|does|did|can|could|would) (?:{AGENT}) "
        rf"(?:give|offer|cite|name|put forward|bring forward|adduce)|"
        rf"(?:is|are|was|were) (?:given|offered|cited|named|put forward|brought forward|adduced))"
        rf" as (?:an? |the |their |some )?(reasons?|grounds|arguments?|evidence|proofs?|facts)"
        rf"(?= (?:for|against|in favou?r of|that|why)(?!\S))",
        r"what are the \1",
    ),
    idiom(
        "reasons reason grounds arguments",
        r"(reasons?|grounds|arguments?)(?: (?:that )?(?:people|they|you|we|one|scholars|experts|authors|notes) "
        r"(?:can |could |do )?(?:give|gave|cite|name|offer|have|put forward|bring forward|come up with)(?:s|"
        r"n)?)? (?:for (?:why|which|the fact that|believing that|thinking that|saying that)|why|that(?= (?:the )?§))",
        r"\1 for",
    ),
    idiom(
        "why",
        rf"why (?:should|would|must|do|does|did|can|could) {AGENT} (?:have to |be made to )?(?:ever |even |"
        rf"actually |still )?(?:believe|think|accept|say|claim|hold|suppose|assume|trust|agree|conclude|be sure|"
        rf"be certain|be confident)(?: in| with)?(?: that)?",
        "why",
    ),
    idiom(
        "makes made make",
        rf"what (?:makes|made|could make|would make|might make) (?:{AGENT}|us|me|them|anyone) (?:so )?(?:think|"
        rf"believe|say|suppose|assume|claim|hold|conclude|sure|certain|confident)(?: that)?",
        "why",
    ),
    idiom(
        "reason reasons",
        r"what (?:is|are|was|were)(?: the| some| any| a)?(?= reasons? (?:against|to|behind|not) )",
        "give the",
    ),
    # The matter that is spoken of.
    idiom("comes came", r"(?:when|where|if|once) it (?:comes|came|gets) (?:down )?to", "about"),
    idiom(
        "far insofar concerned",
        rf"(?:as far as|so far as|in so far as|insofar as|where) (?:the )?({N}) (?:goes|go|is concerned|are "
        rf"concerned|was concerned|were concerned)",
        r"about \1",
    ),
    idiom(
        "regard regards respect reference relation connection",
        r"with (?:regard|regards|respect|reference|relation) to|in (?:regard|respect|reference|relation) (?:to|"
        r"of)|in connection with|as regards",
        "about",
    ),
    idiom("subject topic matter question score issue", r"(?:on|in) the (?:subject|topic|matter|question|score|"
        r"issue) of", "about"),
    idiom("case", r"in the case of", "about"),
    idiom("speaking talking", rf"(?:speaking|talking) (?:of|about)(?= (?:the )?{N} \|)", ""),
    idiom("as", rf"as (?:for|to)(?= (?:the )?{N})", "about"),
    idiom(
        "lesson course notes note map text page class lecture material book diary we",
        rf"(?:that|which) (?:(?:the|this|our|your|my) (?:{COURSE})s? (?:itself )?|we (?:have |had )?(?:already "
        rf"|just )?)(?:{PRESENTS})(?: us)?(?: of| about| on| with)?(?: so far| here| us)?(?= \||$)",
        "",
    ),
    idiom(
        "need require",
        rf"((?:what|which) [^|]*?)(?:do|does|did|would|will|must|should) (?:{AGENT}) (?:still |also |always |"
        rf"really |first )?(?:need|require)(?: first)? (?:(?:in order )?to (?:get|make|do|have|obtain|produce|"
        rf"build|achieve|reach|create|form|develop|use|start|start with|begin|begin with|understand|grasp|"
        rf"follow|master|tackle|attempt|bake|explain)|for|in order for) ((?:the |a |an )?{N})",
        r"\1is needed for \2",
    ),
    # Who is to know: `the candidate should name …`.
    idiom(
        "like want wish ask expect",
        rf"(?:i|we) (?:should |would |d |will |ll )?(?:like|want|wish|ask|expect) {LEARNER} to(?= (?:{NAMING}))",
        "",
    ),
    idiom(
        "name list state explain give tell describe say identify mention define outline recall compare",
        rf"{LEARNER}(?: (?:should|must|has to|have to|needs? to|ought to|is to|are to|can|could|may|might|will|"
        rf"would|(?:is|are|be) (?:expected|asked|required|supposed|able|invited) to))+(?= (?:{NAMING}))",
        "",
    ),
    idiom(
        "name give list mention state show find cite",
        r"(name|give|list|mention|state|show|find|cite)( me| us)?(?: at least| just| up to)? (?:two|three|four|"
        r"five|six|seven|ten|a few|a couple of|a handful of|several|some|any two|any three)(?= [a-z]+s | §)",
        r"\1\2",
    ),
    idiom("five child", r"as if i (?:were|was) (?:five|a child|ten)|like i (?:m|am|were|was) (?:five|a child|"
        r"ten)", ""),
    idiom(
        "before yet earlier",
        r"that (?:had not|hadn t|was not|wasn t|were not|weren t|had never|has not|hasn t) (?:come up|been "
        r"there|appeared|been mentioned|been covered|been seen|been introduced|there|known|mentioned|covered|in "
        r"the notes) (?:before|yet|earlier|until then)",
        "",
    ),
    idiom(
        "without",
        rf"what (?:can|could|do|does|would|is it that)(?:not| not| t| never| it)? ?(?:{AGENT}) (?:can(?:not| "
        rf"not| t) )?(?:have|do|get|make|use|understand|manage|start|study|learn) ((?:the |an? )?{N}) without",
        r"what does \1 need",
    ),
    # What is held to be so.
    idiom(
        "that whereby",
        rf"(?:(?:the|a|an|any|this|his|her|their|our|your) )?(?:{STANCE}) that"
        rf"(?= (?:(?:the|an?|with|in|at|on|for|under|after) )?{N})",
        "",
    ),
    idiom(
        "that",
        r"(?:(?:the|a|an|any|this|his|her|their|our|your) )?(?:idea|notion|view|belief|position|opinion|"
        r"contention|theory|impression|conviction|intuition|suspicion|hunch|feeling|story|line|boast|rumou?r|"
        r"tale|legend|myth|accusation|charge|proverb|doctrine|dogma|hypothesis|proposition|expectation|assumption|"
        r"presumption|allegation|speculation|prospect|forecast|promise|fear|concern|verdict|judge?ment|adage) that",
        "",
    ),
    idiom(
        "offered given adduced cited put raised brought advanced presented listed quoted stated lodged made "
        "levelled leveled",
        r"(?:(?:which|that) )?(?:are|were|is|was|have been|has been|can be|could be|might be) (?:offered|given|"
        r"adduced|cited|put forward|raised|brought forward|advanced|presented|listed|quoted|stated|lodged|made|"
        r"levell?ed)(?= (?:for|against|to|in favou?r of|in support of) )",
        "",
    ),
    idiom("understood meant intended", r"what (?:is|are) (?:to be )?(?:understood|intended) by", "what is meant by"),
    idiom("now nowadays today days currently", r"(use|used|do|done|have|get) (?:now|nowadays|today|these days|"
        r"currently)(?= (?:instead|in place|in lieu) )", r"\1"),
    idiom(
        "unanswered open undecided unresolved unsettled",
        rf"(?:what|which)(?: questions?)? (?:does|do|did|has|have) ((?:the |this )?(?:{N_OR_DAYS}|course|lesson|"
        rf"notes|map)) (?:leave|left) (?:still )?(?:open|unanswered|undecided|unresolved|unsettled)",
        r"which questions are open on \1",
    ),
    idiom(
        "two three four five few couple several",
        r"^(?:two|three|four|five|a few|a couple of|several)(?= [a-z]+s (?:of|for) )",
        "",
    ),
    idiom(
        "idea notion thought phenomenon term word expression phrase label",
        rf"the (?:(?:very |whole )?(?:idea|notion|thought|phenomenon) of|term|word|expression|phrase|label)(?= "
        rf"(?:the )?{N})",
        "",
    ),
    # Which one of a set.
    idiom(
        "which",
        r"(?:out of|of|from|from among|among|amongst) (?:all )?(?:of )?(?:the |these |those |my |our )?([^|"
        r"§¤]+) (?:\| )?which(?: one| ones| of them| of these| of those)?",
        r"which \1",
    ),
    # `Does anything speak against A, and if so, what?`
    idiom(
        "so",
        r"(?:does|do|did|can|could|might|may|will|would|has|have|is|are|was|were) (?:there )?(?:anything|"
        r"something) ([^|]+?) (?:\| )?(?:and )?(?:\| )?if so (?:\| )?(?:what|which)(?: is it)?",
        r"what \1",
    ),
    idiom(
        "so", r"(?:is|are|was|were) there (?:any )?([^|]+?) (?:\| )?(?:and )?(?:\| )?if so (?:\| )?(?:which|"
        r"what)(?: ones?)?", r"which \1"
    ),
    # Asides.
    idiom(
        "turn life days more longer chance all fact place course matter speak effect way memory hand record",
        r"in (?:its|their|his|her) turn|by any chance|if at all|in fact|as a matter of fact|in the first place|"
        r"after all|of course|for that matter|"
        r"so to speak|as it were|in effect|in a way|from memory|for the life of me|off hand|for the record|if "
        r"you like|if possible|"
        r"at all|along the way|in the end of the day|at the end of the day",
        "",
    ),
    idiom("sentence sentences line lines word", r"in (?:one|a|two|a single|three) (?:sentences?|lines?|words?)", ""),
    idiom("english words terms nutshell", r"in (?:plain|simple|easy|a few|my own|your own|other) (?:english|"
        r"words|terms)|in a nutshell", ""),
    idiom(
        "for",
        rf"for (?:my|our) (?:[^\s§¤|]+ ){{0,3}}(?:{AUDIENCE})(?!\S)|for the (?:exam|test|quiz|readers|audience|"
        rf"record|class)",
        "",
    ),
    # Somebody else who wants to know.
    idiom(
        "my our a an the one some",
        rf"(?:my|our|an?|the|one|some) (?:old |little |younger |older |elder )?[a-z]+ "
        rf"(?:(?:wants|wanted|would like|d like|needs|"
        rf"needed|is keen|is dying) to (?:know|learn|find out|hear)|(?:asks|asked|wonders|wondered|keeps asking|"
        rf"is asking|is wondering)(?: me| us)?)(?= {WH} )",
        "",
    ),
    idiom("supposed meant", rf"what ((?:the |an? )?{N}) (?:supposed|meant) to (?:be|mean)", r"what is \1"),
    # What is said to be so: `what is A supposed to be?`
    idiom(
        "supposed meant said thought believed understood taken known considered",
        rf"(is|are|was|were) ((?:the |an? )?{N}) (?:supposed|meant|said|thought|believed|taken|considered|"
        rf"known) to (?:be|mean)(?! \S+ed\b)",
        r"\1 \2",
    ),
    idiom(
        "supposed meant said thought believed understood taken known considered",
        rf"(?:is|are) ((?:the |an? )?{N}|it|they|that|that one) (?:supposed|meant|said|thought|believed|taken|"
        rf"considered|known) to(?! be)",
        r"does \1",
    ),
    idiom(
        "say claim think believe hold argue maintain reckon",
        rf"why (?:do |does |did |would |should )?(?:people|they|we|you|some|some people|many|many people|"
        rf"experts|scholars|anyone|anybody|the notes|the author) (?:say|says|claim|claims|think|thinks|believe|"
        rf"believes|hold|holds|argue|argues|maintain|maintains|reckon|reckons)(?: that)?(?= (?:(?:the|an?) )?{N})",
        "why",
    ),
    idiom(
        "that which",
        rf"(?:that|which) {LEARNER} (?:should|must|has to|have to|can|could|needs? to|ought to) (?:know|"
        rf"recogni[sz]e|name|remember|learn|have heard of|be able to (?:name|recogni[sz]e|recall))",
        "",
    ),
    idiom("notes course", r"as (?:the|your|our|my) (?:notes|course|map) (?:have it|has it|say|says|put it|puts "
        r"it|tell us|tells us)", ""),
    idiom(
        "dump reel rattle shout catch buzz write print enumerate spell run walk take fill hit hand pass pull "
        "fetch display recite count tick jot quote output state itemise itemize",
        r"^(?:dump|reel off|rattle off|shout out|catch me up on|buzz in with|write out|print(?: out)?|enumerate|"
        r"spell out|run me through|run through|walk me through|take me through|fill me in on|hit me with|hand "
        r"me|pass me|pull up|fetch|display|recite|count off|tick off|jot down|quote(?: me)?|output|state|"
        r"itemi[sz]e)(?: for me)?",
        "give",
    ),
    idiom("dump reel rattle print enumerate", r"(?<=\| )(?:dump|reel off|rattle off|print(?: out)?|enumerate)",
    "give"),
    # `A is called what?`
    idiom("what", r"(?:gotta |must |need to |have to )know what before", "what must i know before"),
    # What there is to show for it.
    idiom(
        "evidence grounds ground basis strength reasons",
        rf"(?:on|upon|by) (?:the )?(?:what|which) (?:evidence|grounds?|basis|strength|reasons?) (?:is|was|do|"
        rf"does|did|can|could) (?:it|they|people|we|anyone|anybody|one|he|she|the notes|the author) (?:be "
        rf")?(?:claimed?|said|say|says|believed?|held|hold|argued?|maintain|maintained|asserted?|think|thought|"
        rf"stated?|conclude|concluded|inferred|infer)(?: that)?(?= (?:(?:the|an?) )?{N})",
        "what is the evidence for",
    ),
    # Where in the course.
    idiom(
        "where",
        rf"where (was|were|is|are|did|do|does) ((?:the |an? )?{N}) (first )?(brought up|covered|mentioned|"
        rf"discussed|talked about|dealt with|come up|turn up|crop up|taught|explained|defined)",
        r"when \1 \2 \3\4",
    ),
    idiom(
        "without",
        rf"({N}) (?:cannot|can not|can t|cant|could not|couldn t|does not|doesn t|would not|wouldn t|will not|"
        rf"won t) (?:even )?(?:do|work|exist|function|happen|be|live|survive|get by|manage|go|run|start|make "
        rf"sense|be had|be done|be made|be understood) without(?= \||$)",
        r"\1 needs",
    ),
    idiom(
        "without",
        rf"(?:can|could|does|would|will) ((?:the |an? )?{N}) (?:not|never) (?:do|work|exist|function|happen|be|"
        rf"live|survive|get by|manage|go|run|start|make sense|be had|be done|be made|be understood) without(?= \||$)",
        r"does \1 need",
    ),
    idiom(
        "without",
        rf"without (what|which [^|§]+?) (?:can|could|does|do|did|would|will|is|are) ((?:the |an? )?{N}) (?:not |"
        rf"never |be )*(?:do|work|exist|function|happen|live|survive|get by|manage|go|run|start|make sense|"
        rf"possible|impossible|unthinkable|understood)",
        r"\1 does \2 need",
    ),
    # What must be there first.
    idiom(
        "to",
        r"(?<=needs) (?:in order )?to (?:work|function|run|succeed|be possible|make sense|happen|exist)(?= \||$)|"
        r"(?<=need) (?:in order )?to (?:work|function|run|succeed|be possible|make sense|happen|exist)(?= \||$)",
        "",
    ),
    idiom("order", r"in order(?= (?:to|for) )", ""),
    idiom(
        "to",
        rf"(?:in order )?to (?:be able to )?(?:follow|understand|grasp|get|get into|get to|do|make|learn|master|"
        rf"tackle|study|use|make sense of|reach|begin|start)(?: with| on)?(?= (?:(?:the|an?) )?{N} \|)",
        "before",
    ),
    idiom(
        "order",
        rf"(needs?|requires?|needed|required|necessary) in order to (?:be able to )?(?:follow|understand|grasp|"
        rf"get|get into|get to|do|make|learn|master|tackle|study|use|make sense of|reach|begin|start)(?: with| "
        rf"on)?(?= (?:(?:the|an?) )?{N})",
        r"\1 for",
    ),
    idiom(
        "grip handle grasp command understanding knowledge idea feel",
        r"have (?:an? |some |the )?(?:good |firm |solid |basic |clear |working |sound )?(?:grip on|handle on|"
        r"grasp of|command of|understanding of|knowledge of|idea of|feel for)",
        "know",
    ),
    idiom(
        "first",
        rf"(?:should|must|do|can|need|have|would|ought)(?: to)? ({AGENT}) (?:have to |need to |want to |best "
        rf")?(?:look at|read|know|learn|go through|see|study|understand|have|need|do|cover|master|go over) "
        rf"first before",
        r"must \1 know before",
    ),
    idiom("own", r"on (?:its|their|his|her) own", "alone"),
    idiom("belt fingertips", r"(?:need )?(?:to )?(?:have )?(?:got )?"
        r"(?:under (?:my|your|our|their|one s|his|her) belt|at (?:my|"
        r"your|our) fingertips)", "know"),
    idiom(
        "before",
        rf"before (?:even )?(?:{AGENT} |{LEARNER} |(?:my|our) [a-z]+ )?(?:{CAN} |even |ever |actually |"
        rf"really |want to |try to |"
        rf"hope to |get to |dare to )*(?:{STUDIED}|make sense|get to grips)"
        r"(?: (?:of|on|with|to|into|at|about|in|up|down|out|through|over|upon|my|your|our|the|a|an|any|doing|"
        r"learning|making|studying|reading|working|using|writing|it|of))*"
        rf"(?= {N_OR_DAYS})",
        "before",
    ),
    idiom(
        "have has had",
        rf"(?:have|has|had)(?: got)? to"
        rf"(?= (?:know|understand|learn|master|read|{THERE}|have|see|do|study|get) {FIRST})",
        "must",
    ),
    idiom(
        "need needs needed ought supposed",
        rf"(?:needs?|needed|ought|supposed) to(?= (?:{THERE}|have) {FIRST})",
        "must",
    ),
    idiom("must should", rf"(?:must|should) {THERE} (?:first |beforehand )?(?:so that|in order that|in order for|for) "
        rf"((?:the |an? )?{N}) {WORKS}", r"is directly needed for \1"),
    idiom("needed required necessary needs", rf"(needed|required|necessary) (?:so that|in order that|in order "
        rf"for|for) ((?:the |a )?{N}) {WORKS}", r"\1 for \2"),
    idiom(
        "grasped understood learned learnt mastered read studied covered met seen known done",
        r"(?:need|needs|ought|have|has|must|should)(?: i| we| you| one| they)?(?: to)? have "
        r"(?:grasped|understood|learned|learnt|mastered|read|studied|covered|met|seen|known|done)",
        "must know",
    ),
    idiom(
        "beforehand advance",
        r"((?:must|should|need to|have to|ought to) (?:know|learn|understand|read)) (?:already )?(?:beforehand|"
        r"in advance)(?= \||$)",
        r"\1 before it",
    ),
    idiom("there", r"(?:is|are|was|were) there (?:anything|something)(?: (?:in|on) (?:the|this|my|our) "
        r"(?:course|notes?|map|lesson|material))? (?:that|which)(?= [a-z]+s )", "does anything"),
    idiom("before", rf"must {THERE} (?:first )?before", "is needed before"),
    idiom(
        "before", r"(?:must|should) (?:already |first |really )?(?:have(?: (?:read|seen|understood|learned|"
        r"learnt|mastered|studied|covered|met))?|be (?:familiar|comfortable|acquainted|clear|at home) (?:with|"
        r"about|in)|understand|master|grasp|do|get) before",
        "must know before",
    ),
    # `Break A down into its parts`, `trace A back to its causes`.
    idiom(
        "its their",
        rf"(?:break|divide|split|separate|decompose|dissect|take|cut|carve|chop|analyse|analyze|unpack|resolve|"
        rf"trace|reduce|dismantle)(?:ing)? (?:the |a )?({N})(?: down| up| apart| out| back)? (?:in|into|to) "
        rf"(?:its|their)(?: (?:main|individual|single|separate|constituent|smaller|own|various|different|"
        rf"basic))? ([a-z]+)",
        r"give the \2 of \1",
    ),
    idiom(
        "thing whole topic heading category umbrella subject unit area picture group structure framework system",
        r"(?:the |a |some )?(?:bigger|larger|wider|broader|higher|greater|overall|overarching) (?:thing|whole|"
        r"topic|heading|"
        r"category|umbrella|subject|unit|area|picture|group|structure|framework|system)"
        r"(?=.* (?:part|belong|belongs|fall|falls|sit|sits|under|fit|fits|go|goes|within) ?)",
        "whole",
    ),
    # What a course calls itself and its days.
    idiom(
        "programme program curriculum syllabus",
        r"(of|in) (?:the|this|our|your|my) (?:programme|program|curriculum|syllabus)",
        r"\1 the course",
    ),
    idiom(
        "session lecture meeting class",
        rf"(?:the )?(?:session|lecture|meeting|class) (?:of|on|for)(?= {N_OR_DAYS})",
        "",
    ),
    # What is named first, and asked for behind it.
    idiom(
        "it that they those this",
        rf"^((?:the|an?|any|some) (?!{N} )(?:(?!(?:{WH}|{AUX}) )[^| ]+ )+)\| "
        r"(?:so |and )?what (is|was|are|were) (?:it|that|they|those|these|this)(?: again| please)?$",
        r"what \2 \1",
    ),
    # Which way an arrow goes.
    idiom("where", rf"where (does|do|did|will|would|can|could|might) ((?:(?:the|an?) )?{N}) (?:then |finally |"
        rf"eventually )?(?:lead|take|go|get|bring|point|branch)(?: (?:me|us|you|one|her|him|them))?(?: to)?(?: "
        rf"next| then)?", r"what \1 \2 "
        r"lead to"),
    idiom("where", rf"where (does|do|did|will|would|can|could|might) ((?:(?:the|an?) )?{N}) (?:come|stem|spring|arise|"
        rf"originate|derive|flow|result|grow|emerge)(?: out)?(?: from| of)?", r"what \1 \2 come from"),
    idiom("whence", rf"whence (does|do|did|comes|come) ((?:the )?{N})(?: come)?", r"what does \2 come from"),
    idiom("where", rf"where (does|do|did|would|should) ((?:the )?{N}) (?:belong|fit|sit|hang)(?: in| to| under|"
        rf" into)?", r"what \1 \2 belong to"),
    # `Which of its parts`, `its place`: see `HELD`.
)  # fmt: skip
"""In the order in which they are tried."""


@cache
def _by_word() -> Mapping[str, Sequence[int]]:
    """The places of the idioms by the words without one of which they cannot be there."""
    found: dict[str, list[int]] = {}
    for place, one in enumerate(IDIOMS):
        for word in one.words:
            found.setdefault(word, []).append(place)
    return found


def next_idiom(words: Iterable[str], start: int) -> int | None:
    """The place of the first idiom from a place on that may be among some words; None where none may."""
    known = _by_word()
    places = [held[at] for word in words if (held := known.get(word)) and (at := bisect_left(held, start)) < len(held)]
    return min(places, default=None)


@cache
def idiom_words() -> frozenset[str]:
    """Words that idioms know, and that are no misspellings of others."""
    within = (re.findall(r"(?<![a-z\\])[a-z]{5,}(?![a-z?])", idiom.pattern) for idiom in IDIOMS)
    return frozenset().union(*within, *(idiom.words for idiom in IDIOMS))
