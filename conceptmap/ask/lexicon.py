"""The lexicon: what words and phrases of a question mean, from the vocabulary and from plain English."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graphs.words import STOP_WORDS, stem
from ontology.names import name_key, singular
from ontology.vocabulary import Relation, Vocabulary

Intent = Literal[
    "path", "chain", "compare", "dimensions", "when", "new", "define", "formula", "number", "why", "open", "about"
]

DROPPED = frozenset(
    "a an the is are was were be been being s right directly just also really still actually ever".split()
)
"""Forms of `be`, articles and adverbs: they stand anywhere in a phrase and say nothing by themselves."""

_INTENTS: dict[Intent, str] = {
    "path": """
        have to do with; has to do with; chain; trace; sequence; line of thought; path; get from; go from; way
        from; lead from; come from to; connect; connected; connection; relate; related; relation between;
        relationship; link between; linked; route; reach from; join
    """,
    "chain": """
        all the way; in the end; ultimately; indirectly; transitively; directly or indirectly; everything that;
        step by step; at last; eventually
    """,
    "compare": """
        compare; comparison; difference; difference between; differ; distinguish; versus; vs; compared; contrast;
        side by side
    """,
    "dimensions": "dimension; aspect; criterion; criteria; respect; axis; axes; dimension of comparison",
    "when": """
        when; since when; which day; what day; which days; what days; on which day; at which day; on what day;
        day on which
    """,
    "new": """
        new; newly; come up; happen; take place; learn; bring; cover; introduce; show; teach; deal with; treat;
        look at; add; in store; agenda; on the agenda; topic; subject; claim; state; say; planned; schedule; find
        out; get to know; meet
    """,
    "define": """
        define; definition; what mean; mean; meaning; meant by; explain; describe; what; tell me about; who;
        know about
    """,
    "formula": "formula; equation; law; expression; mathematical form; write as formula",
    "number": """
        how many; how much; number; value; figure; amount; quantity; numeric value; numerical value; percentage;
        ratio; rate; size; price
    """,
    "why": "why; because; because of; how come; for what reason; what reason",
    "open": """
        open; unanswered; unresolved; unsolved; still unanswered; still open; unknown; still has to figure out;
        still have to figure out; figure out; not settle; unsettled; still unclear; remain; left open; still to
        answer
    """,
    "about": """
        say about; say on; tell about; talk about; discuss; discussed; mention; teach about; know about; learn
        about; about
    """,
}

GLUE = DROPPED | frozenset(
    """
    idea ideas notion cant cannot dont doesnt isnt arent wont didnt what which who whom whose where how there any
    anything something everything all both some each every one ones thing things i me my we us our you your he she
    they them their this that these those it its and or but not no nor so as if then than also just only still
    already yet ever again too very really exactly actually simply of to in on at by for from with within into
    onto over under about between among across through during before after until till since up down out off
    according against like unlike via per do does did done doing can could may might must shall should will would
    has have had having get got gets getting let lets need please give gives given list lists listed show shows
    shown tell tells told name names named say says said state states find mention mentions mentioned know known
    knows look looks see seen want wants try ask asking use uses used using make makes made take takes put call
    called come comes go goes course lesson lessons map maps mental diagram page pages graph tree notes note
    material text book update updated other others another different same similar whole entire main major key
    important concrete specific particular certain possible first second third last next previous current
    currently today now later earlier far way ways case cases fact facts kind kinds type types sort sorts example
    lot lots many much more most few less least several good well true right playing part role apply applies
    applied terms term sense word words work works worked d ll ve t re m two three four five reserved scheduled
    planned reading read leave leaves left node nodes recommend recommends suggest suggests propose proposes hold
    holds keep keeps become becomes mr mrs etc eg ie ok hello hi thanks thank
    """.split()
)
"""Words that may stay unexplained without changing what is asked."""

COMMON = frozenset(
    """
    able above absolutely accordingly add added afterwards ahead allow allowed almost alone along alright although
    altogether always am amazing anyone anyway anywhere apart apparently appear appears around aside asked asks
    assume attempt available away back bad basic basically bear beautiful because began begin beginning begins
    behind believe below beneath beside besides best better beyond big bit brief briefly bring brings broad
    brought calls came carried carry central certainly chance change check cheers choose chosen clear clearly
    close closely coming common commonly complete completely consider considered continue correct correctly count
    crucial curious dear decide deeply definitely describe described detail details differently direct draw
    drawing drawn drew early easily easy either else end ended ends enough entirely especially essentially even
    everybody everyone exist exists expected explain explained extra face fair fairly fall falls false famous fast
    feel feels final finally fine focus follow followed forget former forward found frequently fresh full fully
    fun fundamental further future gave generally generic going gone grasp great group grow half happen happened
    happening happens hard hardly hear heard help helped helps hence here high highly honest honestly hope however
    huge imagine inside instead interested interesting introduce involve involved issue issues join keen knew
    large largely lastly late lately learns likely line little live looked looking loose low mainly manage matter
    matters maybe mean means meant meet merely met mind moment move moved moves nearly necessarily necessary
    needed neither never nevertheless nice nobody normally noted nothing notice obviously occur occurs often old
    once open opposed ordinary originally otherwise ought outside overall own pair past perfect perhaps place
    plain plainly pls plus plz point points possibly practical practically precise precisely prefer present
    presented pretty previously probably proper properly provide provided provides public purpose puts quick
    quickly quite rather reach real reality recall recently refer regard regarding related relevant rely remain
    remember remind respectively rest roughly saw saying seem seems sentence separate serious set sets share short
    shortly side simple single situation small soon speak special specifically start started starting starts step
    stick stop straight strong study stuff such sum summary suppose supposed sure surely talk talks taught teach
    therefore think thinking thinks though thought throughout thus thx together took top topic total touch toward
    towards truly trying turn turned turns typical typically understand understanding understood unfortunately
    upon useful usually various view views wait wanna was watch went were whatever whether while why wide win wins
    wish without wonder wondering working worth write writing wrong yeah yes yesterday young
    """.split()
)
"""Everyday words that say too little to ask for something else; but a name may be made of them."""

SPARED = STOP_WORDS | GLUE | COMMON
"""Words that need no explanation."""

FUTURE = frozenset("will going gonna eventually future someday".split())

_PREPOSITIONS = frozenset("to of on from under below".split())
QUESTION_WORDS = frozenset("what which who whom whose when where why how".split())
NEGATIONS = frozenset("not no never cant cannot dont doesnt isnt arent wont didnt t".split())
DENIALS = NEGATIONS - {"t"} | frozenset("none nothing nobody without except excluding neither nor".split())
"""Words that turn a question round: the map tells what is, not what is not."""
CONTRACTED = frozenset(
    """
    isn aren wasn weren don doesn didn hasn haven hadn can couldn won wouldn shan shouldn mustn mightn needn ain
    """.split()
)
"""What stands before the `'t` of a negation."""
PASSIVE = frozenset("is are was were be been being".split())
ASKS_FOR_MORE = frozenset(
    """
    who whom whose where author year date place person people invented wrote written
    """.split()
)
"""Words that ask for something no relation of a map of ideas holds, unless a name explains them."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb phrase: `SUBJECT verb OBJECT`; `inverse`: the subject is the relation's target."""

    relation: Relation
    inverse: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """What an end of a relation is called: `the NOUN of X`; `source`: the noun names the relation's source."""

    relation: Relation
    source: bool


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for a kind of node."""

    kind: str


@dataclass(frozen=True, slots=True)
class IntentWord:
    """A word that tells what sort of answer is wanted."""

    intent: Intent


Meaning = Verb | Noun | KindWord | IntentWord


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase's own words and its meaning."""

    words: tuple[str, ...]
    meaning: Meaning

    def fits(self, said: Sequence[str]) -> bool:
        """Whether words with the same stems are inflections of this phrase: no verb for a noun, no noun for a verb."""
        if isinstance(self.meaning, Noun | KindWord):
            return all(one == own or singular(one) == own for one, own in zip(said, self.words, strict=True))
        return all(
            one.endswith(_NOUN_ENDINGS) <= own.endswith(_NOUN_ENDINGS)
            for one, own in zip(said, self.words, strict=True)
        )


_NOUN_ENDINGS = ("tion", "tions", "sion", "sions", "ment", "ments", "ance", "ence", "ences")


class Lexicon:
    """Phrases by the stems of their words, without forms of `be` and articles."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._phrases: dict[tuple[str, ...], list[Phrase]] = {}
        self.words: set[str] = set(GLUE)
        for relation in vocabulary.relations.values():
            self._learn([relation.says, relation.name, *relation.verbs], Verb(relation, inverse=False))
            self._learn(
                [relation.inverse_says, relation.inverse, *relation.inverse_verbs], Verb(relation, inverse=True)
            )
            self._learn(relation.source_nouns, Noun(relation, source=True))
            self._learn(relation.target_nouns, Noun(relation, source=False))
        for kind in vocabulary.kinds.values():
            self._learn([kind.name, *kind.nouns], KindWord(kind.name))
        for intent, phrases in _INTENTS.items():
            self._learn(phrases.split(";"), IntentWord(intent))
        for relation in vocabulary.relations.values():
            self._learn_short(relation.verbs, Verb(relation, inverse=False))
            self._learn_short(relation.inverse_verbs, Verb(relation, inverse=True))
        self.longest = max(map(len, self._phrases))
        self.stems = {root for phrase in self._phrases for root in phrase}
        self.sorted_words = sorted(word for word in self.words if len(word) > 2)

    def meanings(self, roots: tuple[str, ...], said: Sequence[str]) -> tuple[Meaning, ...]:
        """What words with these stems mean, in their order of learning."""
        found = (phrase.meaning for phrase in self._phrases.get(roots, ()) if phrase.fits(said))
        return tuple(dict.fromkeys(found))

    def _learn_short(self, phrases: Sequence[str], meaning: Meaning) -> None:
        """Verbs without their preposition (`to which does it belong?`), where the rest means nothing else."""
        for phrase in phrases:
            *verb, last = name_key(phrase).split()
            if last in _PREPOSITIONS and verb and not set(verb) <= GLUE and tuple(map(stem, verb)) not in self._phrases:
                self._learn([" ".join(verb)], meaning)

    def _learn(self, phrases: Sequence[str], meaning: Meaning) -> None:
        for phrase in phrases:
            words = tuple(word for word in name_key(phrase).split() if word not in DROPPED)
            self.words.update(words)
            if words:
                self._phrases.setdefault(tuple(map(stem, words)), []).append(Phrase(words, meaning))
