"""Idioms: habits of English that ask nothing, or ask by many words what few ask. See `framing`, which takes them away.

A rule is a pattern over the words of a question (`§1` a name of the map, `¤1` days, `|` the end of a clause) and what
stands in its place. It may fire only where one of its words is there, so that most questions cost nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from conceptmap.ask.frame_words import AGENTS

N = r"§\d+"
"""A name of the map."""
N_OR_DAYS = r"[§¤]\d+"
"""A name, or days."""

_AGENT = rf"(?:{'|'.join(sorted(AGENTS))})"

_DETERMINER = r"(?:the|a|an|each|every|any|some|my|our|your)"
_LEARNER = (
    rf"(?:{_DETERMINER} )?(?:good |average )?(?:student|candidate|learner|reader|pupil|examinee|participant|"
    rf"trainee|apprentice|"
    r"beginner|newcomer|novice|applicant|class)s?"
)
_AUDIENCE = (
    "reader|readers|student|students|pupil|pupils|class|classmates|colleagues|colleague|boss|teacher|professor|"
    "tutor|audience|"
    "listeners|viewers|followers|friend|friends|kids|children|son|daughter|wife|husband|mum|mom|mother|dad|"
    "father|sister|brother|"
    "grandmother|grandma|neighbour|neighbor|team|group|exam|test|quiz|homework|assignment|report|article|"
    "presentation|talk|"
    "slides|blog|newsletter|podcast|sidebar|column|records|file|files|apprentices|apprentice|trainees|guests|"
    "family|revision|notes|own notes|cheat sheet|"
    "interest|sake|benefit"
)

_COURSE = "lesson|course|note|notes|map|text|page|class|lecture|material|book|diary"
_PRESENTS = (
    "present|cover|mention|name|give|list|discusse?|describe|treat|introduce|show|deal|contain|have|talk|bring "
    "up|teache?|tell|use|offer|include|"
    "presents|covers|mentions|names|gives|lists|discusses|describes|treats|introduces|shows|deals|contains|has|"
    "talks|brings up|teaches|tells|uses|offers|includes|"
    "presented|covered|mentioned|named|gave|given|listed|discussed|described|treated|introduced|showed|shown|"
    "dealt|had|talked|brought up|taught|told|used|met|seen|learned|learnt|studied"
)
"""What a course does with all that it holds."""
_NAMING = "name|list|state|explain|give|tell|describe|say|identify|mention|define|outline|recall|compare"
_CAN = r"(?:can|could|may|might|will|would|shall|should|must|do|does|did|am|are|is|was|were|be|been|able to|going to)"
_STUDIED = (
    r"(?:start|begin|tackle|learn|study|studie|understand|grasp|make|mak|try|attempt|use|us|approach|get|gett|"
    r"move|mov|work|read|take|tak|dive|div|"
    r"go|look|do|handle|handl|teach|practi[sc]e|practi[sc]|play|write|writ|reach|come|turn|proceed|continue|"
    r"face|fac|open|enter|hit|do|touch|deal|meet|jump|"
    r"attack|explore|explor|embark|set|follow|do)(?:t|n|p)?(?:s|es|ed|ing)?"
)
_THERE = (
    r"(?:be|been|happen|exist|occur|come|be there|be present|be available|be in place|be met|be given|be done|"
    r"be ready|hold|be sorted|be settled|be clear|be understood|be known|be covered|be learned|be learnt|be taught)"
)  # fmt: skip
_BEFORE = "before|first|beforehand|already|so that|in order"
_FIRST = rf"(?:(?:[^|]* )?(?:{_BEFORE})|(?:in place |there |present |given )?for)"
_WORKS = (
    r"(?:can|could|may|might|will|would|to|is|was|were|are|is able to|are able to|(?:even )?be)? ?(?:be |become )?"
    r"(?:work|exist|happen|function|run|succeed|make sense|possible|done|made|understood|used|learned|learnt|"
    r"come about|take place|start|begin|be)"
)
_WH = r"(?:what|which|who|whom|where|when|why|how)"
_AUX = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|would|will|should|might|must|may)"

_STANCE = (
    "idea|notion|view|belief|position|opinion|suggestion|contention|theory|impression|conviction|fact|"
    "proposition|proposal|"
    "supposition|intuition|hypothesis|conjecture|doctrine|dogma|theorem|insight|conclusion|principle|saying|"
    "rule|premise|point|"
    "suspicion|hunch|feeling|worry|hope|story|line|prediction that says|claim|thesis|statement|assertion|argument"
)
"""What is held to be so: `the view that A` is A."""


@dataclass(frozen=True, slots=True)
class Idiom:
    """A pattern, what stands in its place, and the words without one of which it cannot be there."""

    words: frozenset[str]
    pattern: str
    plain: str

    def reworded(self, text: str) -> str:
        """The text with plain words in the place of whole words that the pattern matches."""
        return _compiled(self.pattern).sub(self.plain, text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Made when a question first has one of its words: all of them together would delay each start."""
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


def _idiom(words: str, pattern: str, plain: str) -> Idiom:
    return Idiom(frozenset(words.split()), pattern, plain)


_OPPONENT = "opponent|critic|sceptic|skeptic|doubter|adversary|detractor"
_SUPPORTER = "supporter|defender|advocate|proponent|champion|believer in|adherent|follower|friend"
_SOMEBODY = rf"(?:{_AGENT}|{_LEARNER}|an? (?:{_OPPONENT}|{_SUPPORTER}|author|expert|scholar|debater|lawyer))"
_ABLE = r"(?:(?:ever|actually|really|even|still|also|already|possibly|now|then|best|be able to|have to|want to|get to) )*"
_PRESENT = (
    r"(?:bring|put|hold) (?:forward|forth|up)|come up with|point (?:to|at|out)|say|cite|quote|name|offer|adduce|advance|"
    r"raise|present|produce|give|have|list|show|use|invoke|mention|rely on|fall back on|appeal to|refer to|call on|"
    r"draw on|muster|marshal|find|see|know of|make|collect|gather|argue|plead|allege|observe|measure|note|write down"
)
"""What somebody does with what speaks for something or against it."""
_PRESENTED = (
    r"(?:brought|put|held) (?:forward|forth|up)|come up with|pointed (?:to|at|out)|said|cited|quoted|named|offered|"
    r"adduced|advanced|raised|presented|produced|given|listed|shown|used|invoked|mentioned|relied on|"
    r"referred to|found|seen|made|collected|gathered|argued|pleaded|alleged|observed|measured|noted|written down|"
    r"recorded|reported|got|had|established|discovered|published"
)
_SPEAKING = (
    r"to (?:back|support|prop|bolster|justify|defend|prove|corroborate|underpin|strengthen|confirm|buttress|"
    r"substantiate|refute|contradict|counter|disprove|rebut|challenge|dispute|undermine|attack|oppose|weaken|"
    r"question|show)|against|in favou?r of|in support of|on behalf of|in defen[cs]e of|for or against"
)
"""What speaks for something or against it, behind what is presented."""
_DROPPED = (
    r"(?:abandon|drop|ditch|discard|scrap|retire|shelve|axe|dump|bin|jettison|sideline|swap|trade|exchange|reject|"
    r"give up|cast aside|leave behind|pass over|phase out|throw (?:out|away|overboard|aside)|"
    r"do away with|get rid of|kick out|chuck out|toss (?:out|aside|away)|push aside|turn away from|"
    r"move away from|swap out|trade in)"
)
"""What is done with what something else takes the place of."""
_DROPPED_PAST = (
    r"(?:abandoned|dropped|ditched|discarded|scrapped|retired|shelved|axed|dumped|binned|jettisoned|sidelined|"
    r"swapped|traded|exchanged|rejected|given up|cast aside|left behind|passed over|phased out|"
    r"thrown (?:out|away|overboard|aside)|done away with|got rid of|kicked out|chucked out|"
    r"tossed (?:out|aside|away)|pushed aside|swapped out|traded in)"
)
_IN_FAVOUR = r"(?:for|in favou?r of|in exchange for|to make (?:room|way|place) for)"

_NOBODY = "nobody|no one|no body|none"
_MEMBER = "piece|part|component|branch|section|element|member|chapter|subset|subtopic|subfield|bit"
_COMING, _CAME = "turn|show|crop|pop", "turn|show|cropp|popp"
"""Verbs that with `up` say that something comes up; and how they begin before `ed` and `ing`."""
_AT_SOME_TIME = (
    r"(?= (?:\||before|after|on|in|earlier|later|first|between|during|since|until|by|from|only|again|here|there|"
    r"anywhere|too|¤\d+)(?!\S)|$)"
)
"""What follows where something comes up, and not where one turns something up."""

IDIOMS: tuple[Idiom, ...] = (
    # Who presents what speaks for something: `which facts could a candidate bring forward in favour of A?`
    _idiom(
        "opponent critic sceptic skeptic doubter adversary detractor",
        rf"what (?:{_CAN}|{_AUX}) (?:an?|the|any|some) (?:{_OPPONENT})s? of ((?:(?:the|an?) )?{N}) {_ABLE}(?:{_PRESENT})",
        r"what opposes \1",
    ),
    _idiom(
        "supporter defender advocate proponent champion believer adherent",
        rf"what (?:{_CAN}|{_AUX}) (?:an?|the|any|some) (?:{_SUPPORTER})s? of ((?:(?:the|an?) )?{N}) {_ABLE}(?:{_PRESENT})",
        r"what supports \1",
    ),
    _idiom(
        "can could may might would will should shall must do does did",
        rf"((?:what|which)(?: [a-z]+){{0,3}}) (?:can|could|may|might|would|will|should|shall|must|do|does|did) "
        rf"(?:{_SOMEBODY}) {_ABLE}(?:{_PRESENT})(?= (?:{_SPEAKING})(?!\S))",
        r"\1",
    ),
    _idiom(
        "have has had",
        rf"((?:what|which)(?: [a-z]+){{0,3}}) (?:have|has|had) (?:{_SOMEBODY}) {_ABLE}(?:{_PRESENTED})"
        rf"(?= (?:{_SPEAKING})(?!\S))",
        r"\1",
    ),
    # One step, and what comes of it in the end.
    _idiom(
        "straight squarely immediately firmly",
        r"(?:straight|squarely|immediately|firmly) (on|upon|from|into|out of|after|before)|(?<=lead |eads )straight (to)",
        r"directly \1\2",
    ),
    _idiom("away once off", r"(?:right away|straight away|at once|straight off|right off)(?= \||$)", "directly"),
    _idiom(
        "later",
        rf"((?:what|which) (?:(?!com|came|intro|appear|mention|new|taught|cover|learn|met|meet|§|¤)\S+ )+"
        rf"(?:(?:the|an?) )?{N}) later(?: on)?(?= \||$)",
        r"\1",
    ),
    # What is dropped for something.
    _idiom(
        "for favour favor exchange way room place",
        rf"(?:{_DROPPED_PAST}) {_IN_FAVOUR}(?= (?:(?:the|an?) )?{N})",
        "replaced by",
    ),
    _idiom(
        "for favour favor exchange way room place",
        rf"(?:do|does|did|will|would|can|could|should) (?:{_AGENT}) (?:{_DROPPED}) {_IN_FAVOUR}(?= (?:(?:the|an?) )?{N})",
        "is replaced by",
    ),
    _idiom(
        "instead place lieu",
        rf"what (?:(?:do|does|did|can|could|should|would|will) (?:{_AGENT}) (?:use|have|take|do|work with|rely on)|"
        rf"(?:is|was|are|were|can be|could be|gets?) (?:used|done|taken|employed|preferred))"
        rf"(?: now| nowadays| today| these days| currently| by now)? (?:instead|in place|in lieu) of"
        rf"((?: (?:the|an?))? {N})(?: (?:now|nowadays|today|these days|currently|by now))?",
        r"what replaces\1",
    ),
    _idiom(
        "before until till",
        rf"what (?:did (?:{_AGENT}) (?:use|have|do|work with|rely on|make do with)|was used|were used|was there)"
        rf"( (?:in|for) (?:(?:the|an?) )?{N})? (?:before|until|till) ((?:(?:the|an?) )?{N}) (?:came along and )?"
        rf"(?:took over|took its place|took their place|took the place of it|replaced it|replaced them|replaced that|"
        rf"superseded it|superseded them|supplanted it|supplanted them|displaced it|pushed it out|ousted it)",
        r"what did \2 replace\1",
    ),
    # What comes up, and when.
    _idiom("up", rf"(?:{_COMING})(s?) up{_AT_SOME_TIME}", r"come\1 up"),
    _idiom("up", rf"(?:{_CAME})ed up{_AT_SOME_TIME}", "came up"),
    _idiom("up", rf"(?:{_CAME})ing up{_AT_SOME_TIME}", "coming up"),
    _idiom(
        "introduced meet met encounter encountered",
        rf"(?:are|is|were|was|do|does|did|will|shall) (?:{_LEARNER}|{_AGENT}) (?:going to |first )?"
        rf"(?:be introduced to|introduced to|meet|encounter|get to know|come across|first hear of|first hear about)"
        rf"(?= (?:(?:the|an?) )?{N}(?: \||$))",
        "is introduced",
    ),
    _idiom("wise", r"(?:topic|content|subject|material|theme) wise", ""),
    _idiom(
        "excluded exclusive included",
        r"\| (?:(?:both|the) )?(?:days |ends |bounds )?(?:themselves )?(?:excluded|exclusive|not included)(?= \||$)",
        "",
    ),
    _idiom(
        "throw teach show tell give hit learn hear talk read",
        rf"what (?:did|do|does|will) (?:{_AGENT}|the (?:{_COURSE})s?) (?:(?:throw at|teach|show|tell|give|hit) "
        rf"(?:us|me|you|them)(?: with| about)?|(?:learn|hear|talk|read) (?:about|of))(?= (?:on |in ){N_OR_DAYS})",
        "what is new",
    ),
    _idiom(
        "everything all anything whatever",
        r"(?:everything|all|anything|whatever)(?: that| which)? (?:is|was|gets|got|will be) "
        r"(?:covered|introduced|taught|treated|discussed|mentioned|new|presented)(?= (?:before|after|since|"
        r"between|until|from) )",
        "what comes up",
    ),
    _idiom(
        "remains remain stays stay waits wait left unresolved undecided unanswered unsettled unclear",
        r"what (?:still |yet )?(?:(?:remains?|stays?|waits?|is|has|needs)(?: still| yet| left)? "
        r"(?:to be (?:answered|asked|settled|decided|resolved|cleared up|found out|clarified)|unanswered|"
        r"undecided|unresolved|unsettled|unclear))",
        "what are the open questions",
    ),
    # What is needed first: `need to understand A` is said of what A needs, `need to understand before A` as well.
    _idiom(
        "need needs have has ought",
        rf"(?:do|does|did|would|will|should) (?:{_AGENT}|{_LEARNER}) (?:still |really |also |first )?"
        rf"(?:need|have|ought) to(?: have)?(?= (?:know|understand|learn|read|study|see|master|cover|do|grasp|have|"
        rf"understood|known|learned|learnt|read|studied|done|mastered|covered)(?: (?:(?:the |an? )?{N}|"
        rf"about|already))? "
        rf"(?:before|first|beforehand))",
        "must we",
    ),
    _idiom(
        "done",
        rf"(must|should) ({_AGENT}) (?:have )?done(?= (?:right |just |immediately |directly )?before)",
        r"\1 \2 know",
    ),
    _idiom(
        "right just immediately directly",
        rf"what (?:must|should) {_AGENT} (?:have )?(?:know|known|understand|understood|learn|learned|"
        rf"learnt|do|done|read|"
        rf"studied) (?:right|just|immediately|"
        rf"directly) before (?:{_AGENT} )?(?:can )?(?:{_STUDIED} )?(?:(?:with|to|on) )?"
        rf"((?:(?:the|an?) )?{N})(?= \||$)",
        r"what does \1 directly require",
    ),
    _idiom(
        "so",
        rf"(?:to have |to do |to know )?so(?: that)? {_AGENT} can (?:do|use|start|understand|learn|study|make|follow|"
        rf"get to)(?= (?:(?:the|an?) )?{N})",
        "for",
    ),
    _idiom("now", rf"now that(?= {_AGENT} (?:know|understand|have|learned|learnt|did|finished|studied))", "once"),
    _idiom("that this it them", r"(?<=next) with (?:that|this|it|them)(?= \||$)", ""),
    # What somebody has to show for something.
    _idiom(
        "have got",
        rf"(?:do|does|did|have|has) (?:{_AGENT}|the (?:{_COURSE})s?) (?:have|got|know of) (?:an?|any|some|one) "
        rf"([a-z]+) (for|of|against)(?= (?:(?:the|an?) )?{N})",
        r"give the \1 \2",
    ),
    _idiom(
        "have got",
        rf"(?:do|does|did|have|has) (?:{_AGENT}|the (?:{_COURSE})s?) (?:have|got) (?:anything|something)(?: at all)? "
        rf"(?:that|which)(?= [a-z]+s )",
        "does anything",
    ),
    _idiom(
        "know",
        rf"(?:how|from what|whence) (?:do|can|could|did|would) {_AGENT} (?:even |actually |really )?know(?: that)?"
        rf"(?= (?:the )?{N}(?: \||$))",
        "why",
    ),
    _idiom(
        "find know learn ask clear understand",
        rf"what (?:do|did|would|does) {_AGENT} (?:still )?(?:want|need|have|wish|like|"
        rf"hope) to (?:find out|know|learn|ask|"
        rf"clear up|understand|work out)(?: still| yet)? (?:about|regarding|concerning)(?= (?:(?:the|an?) )?{N})",
        "what are the open questions about",
    ),
    _idiom("end", r"ends? up (?:giving|producing|causing|creating|yielding|bringing|making)", "lead to"),
    _idiom(
        "answer answers",
        rf"(which|what) ([a-z]*questions) (?:have|has|do|did) {_AGENT} (?:not|never)(?: yet)? (?:got|get|"
        rf"have|had|found|find)"
        rf"(?: an?| any)? answers?(?: to)?(?: yet| so far)?(?= \||$)",
        r"\1 \2 are not answered",
    ),
    _idiom("supposed meant", r"(?:supposed|meant) to be about", "about"),
    # Two verbs that have one object, and one verb that has two subjects.
    _idiom(
        "and",
        rf"(what|which|who) ([a-z]+(?: [a-z]+)?)(?: \|)? and (?:\1 )?([a-z]+(?: (?:for|against|from|to|on|of))) "
        rf"((?:(?:the|an?) )?{N})(?= \||$)",
        r"\1 \2 \4 and \1 \3 \4",
    ),
    _idiom(
        "longer shorter more less fewer",
        rf"(?:does|do|did|will|would) ((?:(?:the|an?) )?{N} or (?:(?:the|an?) )?{N}) (take|last|need|run|"
        rf"go on|have|cost)s? "
        r"(longer|shorter|(?:more|less|fewer)(?: [a-z]+)?)(?= \||$)",
        r"which \2 \3 | \1",
    ),
    _idiom(
        "supposed meant expected required",
        rf"(?:am|are|is) ({_AGENT}) (?:supposed|meant|expected|required) to",
        r"must \1",
    ),
    _idiom("top", r"(built|based|founded|builds?|rests?|resting|stands?) on top of", r"\1 on"),
    _idiom("later", r"(used|needed|required|useful|good) for later(?: on)?(?= \||$)", r"\1 for"),
    _idiom(
        "written noted standing given recorded put",
        r"(?:written|noted|standing|given|recorded|put)(?: down)? (?:next to|beside|by|with|for) (?:them|it|him|her)",
        "",
    ),
    _idiom(
        "write note give find have list record put",
        rf"(?:for|to|of|about|against) (which|what) ([a-z]+) (?:did|do|does|have|has) {_AGENT} (?:not|"
        rf"never) (?:yet )?(?:write|"
        rf"note|give|find|have|list|record|put|wrote|noted|given|found|had|listed|"
        rf"recorded)(?: down)? (?:any|an?) ([a-z]+)"
        r"(?: yet| so far)?(?= \||$)",
        r"\1 \2 has no \3",
    ),
    _idiom(
        "need",
        rf"what (?:do|does|did|would|will) {_AGENT} need(?: to have| to be there)? (?:so that|"
        rf"in order that|in order for) "
        rf"((?:(?:the|an?) )?{N}) {_WORKS}s?",
        r"what is needed for \1",
    ),
    # Step by step.
    _idiom(
        "come go move travel arrive proceed pass",
        rf"how (?:do|does|did|can|could|would) {_AGENT} (?:come|go|move|travel|arrive|proceed|pass) from "
        rf"((?:(?:the|an?) )?{N}) (?:until|till|to|up to|on to)(?= (?:(?:the|an?) )?{N})",
        r"how do you get from \1 to",
    ),
    _idiom(
        "step steps stepwise",
        r"(?:\| )?(?:one step after the other|one step after another|one step at a time|step after step|stepwise|"
        r"step for step|in single steps)",
        "step by step",
    ),
    _idiom(
        "explain show describe",
        rf"(?:explain|show|describe)(?: to)?(?: me| us)?(?: step by step)? how"
        rf"(?= (?:the )?{N} (?:ends?|leads?|becomes?|turns?|results?|gets?|brings?|causes?|produces?))",
        "how does",
    ),
    _idiom(
        "how",
        rf"how (?:does|do|did|can|could) ((?:(?:the|an?) )?{N}) (?:eventually |finally |in the end |ultimately )?"
        rf"(?:leads? (?:up )?to|ends? (?:up )?in|brings? about|turns? into|becomes?|results? in|causes?|"
        rf"produces?|gets? to)"
        rf" ((?:(?:the|an?) )?{N})(?= \||$)",
        r"how do you get from \1 to \2",
    ),
    # Who says so.
    _idiom(
        "whom who which author authors testimony authority whose",
        rf"(?:from|by|on) (?:whom|(?:which|what) (?:author|source|writer|witness)s?|whose (?:testimony|"
        rf"authority|word|"
        rf"account|report)) (?:do|did|can|could) {_AGENT} (?:have|know|learn|hear|take|get)(?: of| about)?"
        rf"(?: (?:it|the (?:[a-z]+ )?(?:story|tale|report|news|fact|claim|account|idea|information)))?"
        rf"(?: that)?(?= (?:the )?{N})",
        "what is cited by",
    ),
    _idiom("who", r"who or what|what or who|who or which", "what"),
    # What a note says of a thing, and the time that it takes.
    _idiom(
        "marked flagged tagged labelled labeled listed recorded classed ticked",
        r"(?:marked|flagged|tagged|labell?ed|listed|recorded|classed|ticked)(?: down| off)? as(?: being)?",
        "noted as",
    ),
    _idiom(
        "eat eats swallow swallows consume consumes burn burns gobble gobbles",
        r"(?:eat|swallow|consume|burn|gobble)(s?)(?: up)?(?= (?:more|less|fewer|at|up|over|under|the|"
        r"most|least|\d+))",
        r"take\1",
    ),
    _idiom("or", r"or (?:nah|what|no)(?=$)", ""),
    # Nobody, where that is no node of the map.
    _idiom(
        "nobody one body none",
        rf"(which|what) ((?:of (?:our|the|these|my|your) )?[a-z]+s) (?:has|have|did|does) (?:{_NOBODY}) "
        rf"(?:ever |yet |so far )?([a-z]+ed)(?: up to now| until now| so far| yet| till now| to date)?(?= \||$)",
        r"\1 \2 are not \3",
    ),
    _idiom(
        "nobody one body none",
        rf"(?:is there an? ([a-z]+)|(?:which|what) ([a-z]+)) (?:for|to|of|against) which (?:{_NOBODY}) "
        rf"(?:has |have |ever |could )*(?:put forward|gives?|gave|given|brings?|brought(?: forward)?|offers?|offered|"
        rf"names?|named|finds?|found|adduced|made|had|has|have)(?: any| an?)? ([a-z]+)"
        r"(?: at all)?(?: \| (?:and )?which one is it)?",
        r"which \1\2 has no \3",
    ),
    # Two on both hands.
    _idiom("hand", r"on the one hand", ""),
    _idiom("other", r"on the other(?: hand|(?= \||$))", ""),
    _idiom(
        "either both or and",
        rf"(?:either |both )?(on|upon|from|of|with|to|against|for|under|in) ((?:the )?{N}) (or|and) \1"
        rf"(?= (?:the )?{N})",
        r"\1 \2 \3",
    ),
    # What is greater is what it is part of.
    _idiom(
        "bigger larger broader wider greater",
        rf"((?:{_MEMBER}) of) (what|which) (?:bigger|larger|broader|wider|greater)(?: [a-z]+)?(?= \||$)",
        r"\1 \2",
    ),
    _idiom("that this it", rf"^((?:the )?{N}) \| (?:that|this|it) (is|was)(?= (?:an? )?(?:{_MEMBER})(?!\S))", r"\1 \2"),
    _idiom("again", r"again(?=$)", ""),
    # `The claim about A, what does it support?`
    _idiom(
        "it",
        rf"^the ([a-z]+) (about|of|on|against|for) ((?:the )?{N}) \| (what|who|when|where|why|how) "
        rf"(does|did|is|was|has) (?:it|that one)",
        r"\4 \5 the \1 \2 \3",
    ),
    _idiom("y", r"y n", "yes or no"),
    _idiom("managed manages manage went goes", r"(?:managed|manages|manage|went on|goes on) to", ""),
    _idiom("count counts counted", rf"(?:counts?|counted) as(?= (?:an? )?(?:{_MEMBER}) of)", "is"),
    _idiom(
        "many",
        rf"of how many ([a-z]+) (?:consists?|is|are|do|does) ((?:the )?{N})(?: made(?: up)?| composed| consist)?",
        r"how many \1 does \2 consist of",
    ),
    # Of what is counted, as people say it whose language has one word for both: `how much topics are there?`.
    _idiom(
        "much",
        r"how much(?= (?!(?:is|was|does|has|its|less|this|thus|us|gas|mass|loss|news|stress|success)"
        r"(?!\S))[a-z]+[a-rt-z]s (?:are|were|was|is|have|has|do|did|does|in|on|there)(?!\S))",
        "how many",
    ),
    _idiom("claim", r"(?:lays?|laid|laying) claim to", "has"),
    # In haste.
    _idiom("w", r"w o", "without"),
    # What only makes a question word stronger.
    _idiom(
        "earth world hell heck devil deuce name ever exactly precisely actually",
        rf"({_WH}(?: much| many| long)?) (?:on (?:this )?earth|in (?:all )?(?:the|this) (?:whole )?(?:wide "
        rf")?world|(?:in )?(?:the )?(?:hell|heck|devil|deuce)|"
        r"in (?:god|heaven) s name|in the name of (?:god|heaven)|ever|exactly|precisely|actually)",
        r"\1",
    ),
    # How a question is led in: `would you happen to know what …`.
    _idiom(
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
    _idiom("how", r"how come|how is it that|how is it possible that|how comes it that", "why"),
    _idiom("why", r"why (?:is|was) it(?: the case)? that|why (?:should|would|must) it be that", "why"),
    _idiom("reason reasons cause", r"(?:for )?what(?: is| was)? (?:the )?reasons? (?:is it |was it )?that", "why"),
    _idiom(
        "reasons reason grounds arguments",
        r"(reasons?|grounds|arguments?)(?: (?:that )?(?:people|they|you|we|one|scholars|experts|authors|notes) "
        r"(?:can |could |do )?(?:give|gave|cite|name|offer|have|put forward|bring forward|come up with)(?:s|"
        r"n)?)? (?:for (?:why|which|the fact that|believing that|thinking that|saying that)|why|that(?= (?:the )?§))",
        r"\1 for",
    ),
    _idiom(
        "why",
        rf"why (?:should|would|must|do|does|did|can|could) {_AGENT} (?:have to |be made to )?(?:ever |even |"
        rf"actually |still )?(?:believe|think|accept|say|claim|hold|suppose|assume|trust|agree|conclude|be sure|"
        rf"be certain|be confident)(?: in| with)?(?: that)?",
        "why",
    ),
    _idiom(
        "makes made make",
        rf"what (?:makes|made|could make|would make|might make) (?:{_AGENT}|us|me|them|anyone) (?:so )?(?:think|"
        rf"believe|say|suppose|assume|claim|hold|conclude|sure|certain|confident)(?: that)?",
        "why",
    ),
    _idiom(
        "reason reasons",
        r"what (?:is|are|was|were)(?: the| some| any| a)?(?= reasons? (?:against|to|behind|not) )",
        "give the",
    ),
    # The matter that is spoken of.
    _idiom("comes came", r"(?:when|where|if|once) it (?:comes|came|gets) (?:down )?to", "about"),
    _idiom(
        "far insofar concerned",
        rf"(?:as far as|so far as|in so far as|insofar as|where) (?:the )?({N}) (?:goes|go|is concerned|are "
        rf"concerned|was concerned|were concerned)",
        r"about \1",
    ),
    _idiom(
        "regard regards respect reference relation connection",
        r"with (?:regard|regards|respect|reference|relation) to|in (?:regard|respect|reference|relation) (?:to|"
        r"of)|in connection with|as regards",
        "about",
    ),
    _idiom("subject topic matter question score issue", r"(?:on|in) the (?:subject|topic|matter|question|score|"
        r"issue) of", "about"),
    _idiom("case", r"in the case of", "about"),
    _idiom("speaking talking", rf"(?:speaking|talking) (?:of|about)(?= (?:the )?{N} \|)", ""),
    _idiom("as", rf"as (?:for|to)(?= (?:the )?{N})", "about"),
    _idiom(
        "lesson course notes note map text page class lecture material book diary we",
        rf"(?:that|which) (?:(?:the|this|our|your|my) (?:{_COURSE})s? (?:itself )?|we (?:have |had )?(?:already "
        rf"|just )?)(?:{_PRESENTS})(?: us)?(?: of| about| on| with)?(?: so far| here| us)?(?= \||$)",
        "",
    ),
    _idiom(
        "need require",
        rf"((?:what|which) [^|]*?)(?:do|does|did|would|will|must|should) (?:{_AGENT}) (?:still |also |always |"
        rf"really |first )?(?:need|require)(?: first)? (?:(?:in order )?to (?:get|make|do|have|obtain|produce|"
        rf"build|achieve|reach|create|form|develop|use|start|start with|begin|begin with|understand|grasp|"
        rf"follow|master|tackle|attempt|bake|explain)|for|in order for) ((?:the |a |an )?{N})",
        r"\1is needed for \2",
    ),
    # Who is to know: `the candidate should name …`.
    _idiom(
        "like want wish ask expect",
        rf"(?:i|we) (?:should |would |d |will |ll )?(?:like|want|wish|ask|expect) {_LEARNER} to(?= (?:{_NAMING}))",
        "",
    ),
    _idiom(
        "name list state explain give tell describe say identify mention define outline recall compare",
        rf"{_LEARNER}(?: (?:should|must|has to|have to|needs? to|ought to|is to|are to|can|could|may|might|will|"
        rf"would|(?:is|are|be) (?:expected|asked|required|supposed|able|invited) to))+(?= (?:{_NAMING}))",
        "",
    ),
    _idiom(
        "name give list mention state show find cite",
        r"(name|give|list|mention|state|show|find|cite)( me| us)?(?: at least| just| up to)? (?:two|three|four|"
        r"five|six|seven|ten|a few|a couple of|a handful of|several|some|any two|any three)(?= [a-z]+s | §)",
        r"\1\2",
    ),
    _idiom("five child", r"as if i (?:were|was) (?:five|a child|ten)|like i (?:m|am|were|was) (?:five|a child|"
        r"ten)", ""),
    _idiom(
        "before yet earlier",
        r"that (?:had not|hadn t|was not|wasn t|were not|weren t|had never|has not|hasn t) (?:come up|been "
        r"there|appeared|been mentioned|been covered|been seen|been introduced|there|known|mentioned|covered|in "
        r"the notes) (?:before|yet|earlier|until then)",
        "",
    ),
    _idiom(
        "without",
        rf"what (?:can|could|do|does|would|is it that)(?:not| not| t| never| it)? ?(?:{_AGENT}) (?:can(?:not| "
        rf"not| t) )?(?:have|do|get|make|use|understand|manage|start|study|learn) ((?:the |an? )?{N}) without",
        r"what does \1 need",
    ),
    # What is held to be so.
    _idiom(
        "that whereby",
        rf"(?:(?:the|a|an|any|this|his|her|their|our|your) )?(?:{_STANCE}) that(?= (?:(?:the|a|an) )?{N})",
        "",
    ),
    _idiom(
        "that",
        r"(?:(?:the|a|an|any|this|his|her|their|our|your) )?(?:idea|notion|view|belief|position|opinion|"
        r"contention|theory|impression|conviction|intuition|suspicion|hunch|feeling|story|line|boast|rumou?r|"
        r"tale|legend|myth|accusation|charge|proverb|doctrine|dogma|hypothesis|proposition) that",
        "",
    ),
    _idiom(
        "offered given adduced cited put raised brought advanced presented listed quoted stated lodged made "
        "levelled leveled",
        r"(?:(?:which|that) )?(?:are|were|is|was|have been|has been|can be|could be|might be) (?:offered|given|"
        r"adduced|cited|put forward|raised|brought forward|advanced|presented|listed|quoted|stated|lodged|made|"
        r"levell?ed)(?= (?:for|against|to|in favou?r of|in support of) )",
        "",
    ),
    _idiom(
        "view views position positions opinion belief development developments matter matters subject subjects "
        "discovery",
        rf"(which|what) (?:views?|positions?|opinions?|beliefs?|developments?|matters?|subjects?|discovery|"
        rf"discoveries)(?= (?:{_AUX}|[a-z]+s?) )",
        r"\1 things",
    ),
    _idiom("understood meant intended", r"what (?:is|are) (?:to be )?(?:understood|intended) by", "what is meant by"),
    _idiom("now nowadays today days currently", r"(use|used|do|done|have|get) (?:now|nowadays|today|these days|"
        r"currently)(?= (?:instead|in place|in lieu) )", r"\1"),
    _idiom(
        "unanswered open undecided unresolved unsettled",
        rf"(?:what|which)(?: questions?)? (?:does|do|did|has|have) ((?:the |this )?(?:{N_OR_DAYS}|course|lesson|"
        rf"notes|map)) (?:leave|left) (?:still )?(?:open|unanswered|undecided|unresolved|unsettled)",
        r"which questions are open on \1",
    ),
    _idiom(
        "two three four five few couple several",
        r"^(?:two|three|four|five|a few|a couple of|several)(?= [a-z]+s (?:of|for) )",
        "",
    ),
    _idiom(
        "idea notion thought phenomenon term word expression phrase label",
        rf"the (?:(?:very |whole )?(?:idea|notion|thought|phenomenon) of|term|word|expression|phrase|label)(?= "
        rf"(?:the )?{N})",
        "",
    ),
    # Which one of a set.
    _idiom(
        "which",
        r"(?:out of|of|from|from among|among|amongst) (?:all )?(?:of )?(?:the |these |those |my |our )?([^|"
        r"§¤]+) (?:\| )?which(?: one| ones| of them| of these| of those)?",
        r"which \1",
    ),
    # `Does anything speak against A, and if so, what?`
    _idiom(
        "so",
        r"(?:does|do|did|can|could|might|may|will|would|has|have|is|are|was|were) (?:there )?(?:anything|"
        r"something) ([^|]+?) (?:\| )?(?:and )?(?:\| )?if so (?:\| )?(?:what|which)(?: is it)?",
        r"what \1",
    ),
    _idiom(
        "so", r"(?:is|are|was|were) there (?:any )?([^|]+?) (?:\| )?(?:and )?(?:\| )?if so (?:\| )?(?:which|"
        r"what)(?: ones?)?", r"which \1"
    ),
    # Asides.
    _idiom(
        "turn life days more longer chance all fact place course matter speak effect way memory hand record",
        r"in (?:its|their|his|her) turn|by any chance|if at all|in fact|as a matter of fact|in the first place|"
        r"after all|of course|for that matter|"
        r"so to speak|as it were|in effect|in a way|from memory|for the life of me|off hand|for the record|if "
        r"you like|if possible|"
        r"at all|along the way|in the end of the day|at the end of the day",
        "",
    ),
    _idiom("sentence sentences line lines word", r"in (?:one|a|two|a single|three) (?:sentences?|lines?|words?)", ""),
    _idiom("english words terms nutshell", r"in (?:plain|simple|easy|a few|my own|your own|other) (?:english|"
        r"words|terms)|in a nutshell", ""),
    _idiom(
        _AUDIENCE.replace("|", " "),
        rf"for (?:my|our) (?:\S+ )?(?:{_AUDIENCE})|for the (?:exam|test|quiz|readers|audience|record|class)",
        "",
    ),
    # Somebody else who wants to know.
    _idiom(
        "my our",
        rf"(?:my|our) (?:old |little |younger |older |elder )?[a-z]+ (?:(?:wants|wanted|would like|d like|needs|"
        rf"needed|is keen|is dying) to (?:know|learn|find out|hear)|(?:asks|asked|wonders|wondered|keeps asking|"
        rf"is asking|is wondering)(?: me| us)?)(?= {_WH} )",
        "",
    ),
    _idiom("supposed meant", rf"what ((?:the |an? )?{N}) (?:supposed|meant) to (?:be|mean)", r"what is \1"),
    # What is said to be so: `what is A supposed to be?`
    _idiom(
        "supposed meant said thought believed understood taken known considered",
        rf"(is|are|was|were) ((?:the |an? )?{N}) (?:supposed|meant|said|thought|believed|taken|considered|"
        rf"known) to (?:be|mean)(?! \S+ed\b)",
        r"\1 \2",
    ),
    _idiom(
        "supposed meant said thought believed understood taken known considered",
        rf"(?:is|are) ((?:the |an? )?{N}|it|they|that|that one) (?:supposed|meant|said|thought|believed|taken|"
        rf"considered|known) to(?! be)",
        r"does \1",
    ),
    _idiom(
        "say claim think believe hold argue maintain reckon",
        rf"why (?:do |does |did |would |should )?(?:people|they|we|you|some|some people|many|many people|"
        rf"experts|scholars|anyone|anybody|the notes|the author) (?:say|says|claim|claims|think|thinks|believe|"
        rf"believes|hold|holds|argue|argues|maintain|maintains|reckon|reckons)(?: that)?(?= (?:(?:the|an?) )?{N})",
        "why",
    ),
    _idiom(
        "that which",
        rf"(?:that|which) {_LEARNER} (?:should|must|has to|have to|can|could|needs? to|ought to) (?:know|"
        rf"recogni[sz]e|name|remember|learn|have heard of|be able to (?:name|recogni[sz]e|recall))",
        "",
    ),
    _idiom("notes course", r"as (?:the|your|our|my) (?:notes|course|map) (?:have it|has it|say|says|put it|puts "
        r"it|tell us|tells us)", ""),
    _idiom(
        "dump reel rattle shout catch buzz write print enumerate spell run walk take fill hit hand pass pull "
        "fetch display recite count tick jot quote output state itemise itemize",
        r"^(?:dump|reel off|rattle off|shout out|catch me up on|buzz in with|write out|print(?: out)?|enumerate|"
        r"spell out|run me through|run through|walk me through|take me through|fill me in on|hit me with|hand "
        r"me|pass me|pull up|fetch|display|recite|count off|tick off|jot down|quote(?: me)?|output|state|"
        r"itemi[sz]e)(?: for me)?",
        "give",
    ),
    _idiom("dump reel rattle print enumerate", r"(?<=\| )(?:dump|reel off|rattle off|print(?: out)?|enumerate)",
    "give"),
    # `A is called what?`
    _idiom("what", r"(?:gotta |must |need to |have to )know what before", "what must i know before"),
    # What there is to show for it.
    _idiom(
        "evidence grounds ground basis strength reasons",
        rf"(?:on|upon|by) (?:the )?(?:what|which) (?:evidence|grounds?|basis|strength|reasons?) (?:is|was|do|"
        rf"does|did|can|could) (?:it|they|people|we|anyone|anybody|one|he|she|the notes|the author) (?:be "
        rf")?(?:claimed?|said|say|says|believed?|held|hold|argued?|maintain|maintained|asserted?|think|thought|"
        rf"stated?|conclude|concluded|inferred|infer)(?: that)?(?= (?:(?:the|an?) )?{N})",
        "what is the evidence for",
    ),
    # Where in the course.
    _idiom(
        "where",
        rf"where (was|were|is|are|did|do|does) ((?:the |an? )?{N}) (first )?(brought up|covered|mentioned|"
        rf"discussed|talked about|dealt with|come up|turn up|crop up|taught|explained|defined)",
        r"when \1 \2 \3\4",
    ),
    # What comes within reach.
    _idiom(
        "once when after soon having",
        rf"what (?:else )?(?:can|could|may|might|will|do|does) (?:{_AGENT} )(?:then |next |go on to |be able to "
        rf"|move on to )*(?:do|learn|tackle|understand|study|take on|get to|go on to|move on to|approach|"
        rf"build)(?: next| then)? (?:once|when|after|as soon as) (?:{_AGENT} )?(?:have |has )?(?:know|knows|"
        rf"known|understand|understood|have|has|got|learned|learnt|mastered|grasped|studied|covered|done)(?: "
        rf"about)? ((?:the |an? )?{N})",
        r"what does \1 unlock",
    ),
    _idiom(
        "once when after soon having",
        rf"(?:once|when|after|as soon as|having) (?:{_AGENT} )?(?:have |has )?(?:know|knows|known|understand|"
        rf"understood|have|has|got|learned|learnt|mastered|grasped|studied|covered|done)(?: about)? ((?:the |"
        rf"an? )?{N}) \| what (?:else )?(?:can|could|may|might|will|do|does) (?:{_AGENT} )(?:then |next |go on "
        rf"to |be able to |move on to )*(?:do|learn|tackle|understand|study|take on|get to|go on to|move on to|"
        rf"approach|build)(?: next| then)?",
        r"what does \1 unlock",
    ),
    _idiom(
        "without",
        rf"({N}) (?:cannot|can not|can t|cant|could not|couldn t|does not|doesn t|would not|wouldn t|will not|"
        rf"won t) (?:even )?(?:do|work|exist|function|happen|be|live|survive|get by|manage|go|run|start|make "
        rf"sense|be had|be done|be made|be understood) without(?= \||$)",
        r"\1 needs",
    ),
    _idiom(
        "without",
        rf"(?:can|could|does|would|will) ((?:the |an? )?{N}) (?:not|never) (?:do|work|exist|function|happen|be|"
        rf"live|survive|get by|manage|go|run|start|make sense|be had|be done|be made|be understood) without(?= \||$)",
        r"does \1 need",
    ),
    _idiom(
        "without",
        rf"without (what|which [^|§]+?) (?:can|could|does|do|did|would|will|is|are) ((?:the |an? )?{N}) (?:not |"
        rf"never |be )*(?:do|work|exist|function|happen|live|survive|get by|manage|go|run|start|make sense|"
        rf"possible|impossible|unthinkable|understood)",
        r"\1 does \2 need",
    ),
    # What must be there first.
    _idiom(
        "to",
        r"(?<=needs) (?:in order )?to (?:work|function|run|succeed|be possible|make sense|happen|exist)(?= \||$)|"
        r"(?<=need) (?:in order )?to (?:work|function|run|succeed|be possible|make sense|happen|exist)(?= \||$)",
        "",
    ),
    _idiom("order", r"in order(?= (?:to|for) )", ""),
    _idiom(
        "to",
        rf"(?:in order )?to (?:be able to )?(?:follow|understand|grasp|get|get into|get to|do|make|learn|master|"
        rf"tackle|study|use|make sense of|reach|begin|start)(?: with| on)?(?= (?:(?:the|an?) )?{N} \|)",
        "before",
    ),
    _idiom(
        "order",
        rf"(needs?|requires?|needed|required|necessary) in order to (?:be able to )?(?:follow|understand|grasp|"
        rf"get|get into|get to|do|make|learn|master|tackle|study|use|make sense of|reach|begin|start)(?: with| "
        rf"on)?(?= (?:(?:the|an?) )?{N})",
        r"\1 for",
    ),
    _idiom(
        "grip handle grasp command understanding knowledge idea feel",
        r"have (?:an? |some |the )?(?:good |firm |solid |basic |clear |working |sound )?(?:grip on|handle on|"
        r"grasp of|command of|understanding of|knowledge of|idea of|feel for)",
        "know",
    ),
    _idiom(
        "first",
        rf"(?:should|must|do|can|need|have|would|ought)(?: to)? ({_AGENT}) (?:have to |need to |want to |best "
        rf")?(?:look at|read|know|learn|go through|see|study|understand|have|need|do|cover|master|go over) "
        rf"first before",
        r"must \1 know before",
    ),
    _idiom("belt fingertips", r"(?:have )?(?:got )?(?:under (?:my|your|our|their|one s|his|her) belt|at (?:my|"
        r"your|our) fingertips)", "know"),
    _idiom(
        "before",
        rf"before (?:even )?(?:{_AGENT} |{_LEARNER} |(?:my|our) [a-z]+ )?(?:{_CAN} |even |ever |actually |"
        rf"really |want to |try to |"
        rf"hope to |get to |dare to )*(?:{_STUDIED}|make sense|get to grips)"
        r"(?: (?:of|on|with|to|into|at|about|in|up|down|out|through|over|upon|my|your|our|the|a|an|any|doing|"
        r"learning|making|studying|reading|working|using|writing|it|of))*"
        rf"(?= {N_OR_DAYS})",
        "before",
    ),
    _idiom(
        "have has had",
        rf"(?:have|has|had)(?: got)? to"
        rf"(?= (?:know|understand|learn|master|read|{_THERE}|have|see|do|study|get) {_FIRST})",
        "must",
    ),
    _idiom(
        "need needs needed ought supposed",
        rf"(?:needs?|needed|ought|supposed) to(?= (?:{_THERE}|have) {_FIRST})",
        "must",
    ),
    _idiom("must should", rf"(?:must|should) {_THERE} (?:first |beforehand )?(?:so that|in order that|in order for|for) "
        rf"((?:the |an? )?{N}) {_WORKS}", r"is needed for \1"),
    _idiom("needed required necessary needs", rf"(needed|required|necessary) (?:so that|in order that|in order "
        rf"for|for) ((?:the |a )?{N}) {_WORKS}", r"\1 for \2"),
    _idiom(
        "grasped understood learned learnt mastered read studied covered met seen known done",
        r"(?:need|needs|ought|have|has|must|should)(?: i| we| you| one| they)?(?: to)? have "
        r"(?:grasped|understood|learned|learnt|mastered|read|studied|covered|met|seen|known|done)",
        "must know",
    ),
    _idiom(
        "beforehand advance",
        r"((?:must|should|need to|have to|ought to) (?:know|learn|understand|read)) (?:already )?(?:beforehand|"
        r"in advance)(?= \||$)",
        r"\1 before it",
    ),
    _idiom("there", r"(?:is|are|was|were) there (?:anything|something)(?: (?:in|on) (?:the|this|my|our) "
        r"(?:course|notes?|map|lesson|material))? (?:that|which)(?= [a-z]+s )", "does anything"),
    _idiom("before", rf"must {_THERE} (?:first )?before", "is needed before"),
    _idiom(
        "before", r"(?:must|should) (?:already |first |really )?(?:have(?: (?:read|seen|understood|learned|"
        r"learnt|mastered|studied|covered|met))?|be (?:familiar|comfortable|acquainted|clear|at home) (?:with|"
        r"about|in)|understand|master|grasp|do|get) before",
        "must know before",
    ),
    # `Break A down into its parts`, `trace A back to its causes`.
    _idiom(
        "its their",
        rf"(?:break|divide|split|separate|decompose|dissect|take|cut|carve|chop|analyse|analyze|unpack|resolve|"
        rf"trace|reduce|dismantle)(?:ing)? (?:the |a )?({N})(?: down| up| apart| out| back)? (?:in|into|to) "
        rf"(?:its|their)(?: (?:main|individual|single|separate|constituent|smaller|own|various|different|"
        rf"basic))? ([a-z]+)",
        r"give the \2 of \1",
    ),
    # What comes of it: `if A, what follows?`
    _idiom(
        "follow follows happens happen result results comes come conclude infer deduce next",
        rf"(?:(?:if|suppose|given|once|when|after|say|assume|assuming|grant|granted|granting|imagine|let)(?: "
        rf"(?:that|us|say|one|we|you|i|grants?|accepts?|believes?|for granted|takes?|agrees?(?: to| with)?|for "
        rf"a moment|now))* )?(?:the |a |an )?({N})(?: (?:happens|occurs|holds|is true|is right|is so|is "
        rf"there))? \| (?:and |then |so )*what"
        r"(?: (?:then|next|will|would|does|do|are|is|can|could|should|may|might|must|we|one|you|us|driven|"
        r"forced|bound|led|entitled|able|allowed|to|have|therefore|thus|logically|naturally))*"
        r" (?:follows?|happens?|results?|comes? next|comes? (?:out )?of (?:it|this|that)|conclude|infer|"
        r"deduce)(?: next| then| from (?:it|this|that|there))?(?= \||$)",
        r"what does \1 lead to",
    ),
    _idiom(
        "thing whole topic heading category umbrella subject unit area picture group structure framework system",
        r"(?:the |a |some )?(?:bigger|larger|wider|broader|higher|greater|overall|overarching) (?:thing|whole|"
        r"topic|heading|"
        r"category|umbrella|subject|unit|area|picture|group|structure|framework|system)"
        r"(?=.* (?:part|belong|belongs|fall|falls|sit|sits|under|fit|fits|go|goes|within) ?)",
        "whole",
    ),
    # Which way an arrow goes.
    _idiom("where", rf"where (does|do|did|will|would|can|could|might) ((?:the )?{N}) (?:then |finally |"
        rf"eventually )?(?:lead|take|go|get|bring|point|branch)(?: (?:me|us|you|one|her|him|them))?(?: to)?(?: "
        rf"next| then)?", r"what \1 \2 "
        r"lead to"),
    _idiom("where", rf"where (does|do|did|will|would|can|could|might) ((?:the )?{N}) (?:come|stem|spring|arise|"
        rf"originate|derive|flow|result|grow|emerge)(?: out)?(?: from| of)?", r"what \1 \2 come from"),
    _idiom("whence", rf"whence (does|do|did|comes|come) ((?:the )?{N})(?: come)?", r"what does \2 come from"),
    _idiom("where", rf"where (does|do|did|would|should) ((?:the )?{N}) (?:belong|fit|sit|hang)(?: in| to| under|"
        rf" into)?", r"what \1 \2 belong to"),
    # `Which of its parts`, `its place`: see `HELD`.
)  # fmt: skip
"""In the order in which they are tried."""

IDIOM_WORDS: frozenset[str] = frozenset().union(*(idiom.words for idiom in IDIOMS))
"""Words that a rule knows, and that are no misspellings of others."""
