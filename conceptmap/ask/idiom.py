"""An idiom: a pattern over the words of a question and what stands in its place; and what patterns are made of.

In a pattern `§1` is a name of the map, `¤1` days, and `|` the end of a clause. See `framing`, which uses them.
"""

import re
from dataclasses import dataclass
from functools import cache

from conceptmap.ask.frame_words import AGENTS

N = r"§\d+"
"""A name of the map."""
N_OR_DAYS = r"[§¤]\d+"
"""A name, or days."""

AGENT = rf"(?:{'|'.join(sorted(AGENTS))})"

DETERMINER = r"(?:the|a|an|each|every|any|some|my|our|your)"
LEARNER = (
    rf"(?:{DETERMINER} )?(?:good |average )?(?:student|candidate|learner|reader|pupil|examinee|participant|"
    rf"trainee|apprentice|"
    r"beginner|newcomer|novice|applicant|class)s?"
)
AUDIENCE = (
    "reader|readers|student|students|pupil|pupils|class|classmates|colleagues|colleague|boss|teacher|professor|"
    "tutor|audience|"
    "listeners|viewers|followers|friend|friends|kids|children|son|daughter|wife|husband|mum|mom|mother|dad|"
    "father|sister|brother|"
    "grandmother|grandma|neighbour|neighbor|team|group|exam|test|quiz|homework|assignment|report|article|"
    "presentation|talk|"
    "slides|blog|newsletter|podcast|sidebar|column|records|file|files|apprentices|apprentice|trainees|guests|"
    "family|revision|notes|own notes|cheat sheet|"
    "interest|sake|benefit|posts?|blog post|essay|thesis|dissertation|paper|videos?|handouts?|flashcards|cards|poster|"
    "leaflet|letter|email|mail|diary|journal|reading group|book club|study group|journal club|meeting|panel|interview|"
    "viva|oral|course work|coursework|speech|chapter|script|workshop|tutorial|lecture|memory|curiosity"
)

COURSE = "lesson|course|note|notes|map|text|page|class|lecture|material|book|diary"
PRESENTS = (
    "present|cover|mention|name|give|list|discusse?|describe|treat|introduce|show|deal|contain|have|talk|bring "
    "up|teache?|tell|use|offer|include|"
    "presents|covers|mentions|names|gives|lists|discusses|describes|treats|introduces|shows|deals|contains|has|"
    "talks|brings up|teaches|tells|uses|offers|includes|"
    "presented|covered|mentioned|named|gave|given|listed|discussed|described|treated|introduced|showed|shown|"
    "dealt|had|talked|brought up|taught|told|used|met|seen|learned|learnt|studied"
)
"""What a course does with all that it holds."""
NAMING = "name|list|state|explain|give|tell|describe|say|identify|mention|define|outline|recall|compare"
CAN = r"(?:can|could|may|might|will|would|shall|should|must|do|does|did|am|are|is|was|were|be|been|able to|going to)"
STUDIED = (
    r"(?:start|begin|tackle|learn|study|studie|understand|grasp|make|mak|try|attempt|use|us|approach|get|gett|"
    r"move|mov|work|read|take|tak|dive|div|"
    r"go|look|do|handle|handl|teach|practi[sc]e|practi[sc]|play|write|writ|reach|come|turn|proceed|continue|"
    r"face|fac|open|enter|hit|do|touch|deal|meet|jump|"
    r"attack|explore|explor|embark|set|follow|do)(?:t|n|p)?(?:s|es|ed|ing)?"
)
THERE = (
    r"(?:be|been|happen|exist|occur|come|be there|be present|be available|be in place|be met|be given|be done|"
    r"be ready|hold|be sorted|be settled|be clear|be understood|be known|be covered|be learned|be learnt|be taught)"
)  # fmt: skip
BEFORE = "before|first|beforehand|already|so that|in order"
FIRST = rf"(?:(?:[^|]* )?(?:{BEFORE})|(?:in place |there |present |given )?for)"
WORKS = (
    r"(?:can|could|may|might|will|would|to|is|was|were|are|is able to|are able to|(?:even )?be)? ?(?:be |become )?"
    r"(?:work|exist|happen|function|run|succeed|make sense|possible|done|made|understood|used|learned|learnt|"
    r"come about|take place|start|begin|be)"
)
WH = r"(?:what|which|who|whom|where|when|why|how)"
AUX = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|would|will|should|might|must|may)"

STANCE = (
    "idea|notion|view|belief|position|opinion|suggestion|contention|theory|impression|conviction|fact|"
    "proposition|proposal|"
    "supposition|intuition|hypothesis|conjecture|doctrine|dogma|theorem|insight|conclusion|principle|saying|"
    "rule|premise|point|"
    "suspicion|hunch|feeling|worry|hope|story|line|prediction that says|claim|thesis|statement|assertion|argument|"
    "expectation|assumption|presumption|presupposition|prospect|forecast|promise|boast|fear|concern|surmise|guess|"
    "thought|verdict|judgement|judgment|stance|tenet|axiom|maxim|adage|rumour|rumor|allegation|speculation"
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


ARTICLE, ANY_ARTICLE = "(?:the )?", "(?:(?:the|an?|this|that|these|those) )?"
"""Where a pattern allows an article, it allows any."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Made when a question first has one of its words: all of them together would delay each start."""
    return re.compile(rf"(?<!\S)(?:{pattern.replace(ARTICLE, ANY_ARTICLE)})(?!\S)")


def idiom(words: str, pattern: str, plain: str) -> Idiom:
    """An idiom; `words` are those without one of which it cannot be there."""
    return Idiom(frozenset(words.split()), pattern, plain)


NOBODY = "nobody|no one|no body|none"
MEMBER = "piece|part|component|branch|section|element|member|chapter|subset|subtopic|subfield|bit"
COMING, CAME = "turn|show|crop|pop", "turn|show|cropp|popp"
"""Verbs that with `up` say that something comes up; and how they begin before `ed` and `ing`."""
AT_SOME_TIME = (
    r"(?= (?:\||before|after|on|in|earlier|later|first|between|during|since|until|by|from|only|again|here|there|"
    r"anywhere|too|¤\d+)(?!\S)|$)"
)
"""What follows where something comes up, and not where one turns something up."""
