"""Suggesting: the words that suggest what a question asks for, more loosely than a question may be read.

They only put offers in order, of which a person chooses: what they suggest wrongly answers nothing.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from graphs.words import STOP_WORDS, stem
from ontology.names import name_key
from ontology.terms import (
    ANSWERS,
    ASKS,
    CITES,
    CONTRASTS_WITH,
    EXAMPLE_OF,
    INTRODUCED_ON,
    LEADS_TO,
    OPPOSES,
    OUTPERFORMS,
    PART_OF,
    PREDICTS,
    REPLACES,
    REQUIRES,
    SUPPORTS,
)
from ontology.vocabulary import Kind, Relation, Vocabulary

Cues = frozenset[frozenset[str]]
"""Words and phrases, each as the stems of its words."""
Sense = Literal["verb", "inverse", "source", "target", ""]
"""Which end a phrase asks for: a verb by its place (`inverse`: one of the target), a noun that of its own."""


class Suggestion(NamedTuple):
    """A phrase, by the stems of its words, that suggests a family of questions: a relation, or one of `ASKING`."""

    family: str
    roots: frozenset[str]
    sense: Sense


class Suggestions(NamedTuple):
    """The phrases of a vocabulary by the first of their stems, and how many families each stem suggests."""

    by_root: Mapping[str, tuple[Suggestion, ...]]
    families: Mapping[str, int]
    words: tuple[str, ...]
    """All words of the phrases, sorted."""

    def shortest(self, letters: str) -> str:
        """The shortest word that begins with these letters, of several the one learned first; empty without any."""
        first = bisect_left(self.words, letters)
        found = self.words[first : bisect_right(self.words, letters, first, key=lambda word: word[: len(letters)])]
        least = min(map(len, found), default=0)
        likely = [word for word in found if len(word) == least]
        return next((word for word in self.families if word in likely), "") if len(likely) > 1 else "".join(likely)


ASKING: Mapping[str, str] = {
    "text": """
        meant; meaning; mean; define; definition; explain; describe; tell about; understood by; idea
    """,
    "formula": "formula; equation; expression; mathematically; symbols; calculate; computed",
    "when": """
        when; day; date; introduce; first; start; begin; week; come up; meet; appear; mention; cover; taught; session;
        lesson; learn; since; lecture
    """,
    "compare": """
        compare; comparison; versus; vs; differ; different; difference; between; contrast; than; against; unlike; same;
        alike; similar; distinguish; side by side; more; less; rather; other; whereas; both
    """,
    "dimensions": "dimension; aspect; criterion; criteria; compare; differ; respect; way; point",
    "new": """
        new; introduce; learn; bring; cover; add; show; come up; taught; first; topic; establish; appear; happen; debut;
        enter
    """,
    "open": """
        open question; open; unanswered; unclear; unsolved; unknown; remain; settle; undecided; unresolved; question;
        leave; figure out; still; yet; puzzle; wonder; ask
    """,
    "question": "answer; question",
    "list": "list; every; all; which; name; give",
    "count": "how many; number; count; total",
    "way": "get from; path; chain; step; stage; connect; end up; trace; become; link; lead; way; route; joined; via",
    "strong": """
        strong; strength; founded; convincing; convinced; solid; firm; weak; sure; certain; reliable; trust; credible;
        plausible; hold up; well supported; confident; established; stand
    """,
    "falls": "fall; topple; wrong; overturn; refute; give up; untrue; false; collapse; break; disprove; change mind",
    "contested": "contested; dispute; controversial; debate; disagree; agree; undisputed; doubt; both sides",
    "most": "most; greatest; largest; highest; biggest; maximum; longest; more than any other; top; best",
    "least": "least; fewest; lowest; smallest; minimum; shortest; less than any other",
    "none": "no; none; nothing; without; lack; not; missing; never; any; anything; nobody; zero",
    "first": "first; earliest; begin; start; oldest",
    "last": "last; latest; newest; recent; final",
    "before": "before; earlier; until; prior; previous; former; already; old",
    "after": "after; later; since; following; afterwards; next; then",
}
"""The families of questions but those for a relation, each with the phrases that suggest it."""

HINTS: Mapping[str, tuple[str, str, str, str]] = {
    SUPPORTS: (
        "show; demonstrate; indicate; suggest; convince; establish; underline; illustrate; stand behind; ground; found",
        "base on; stand on; lean on; built",
        """
        why; because; reason; believe; premise; basis; how know; how come; true; evidence; favour; think; claim; proof;
        reasoning; sign; grounds; good; sense
        """,
        "",
    ),
    OPPOSES: (
        """
        push back; count against; attack; question; doubt; weaken; hurt; harm; spoil; threaten; criticise; criticize;
        damage; worry; stop; struggle
        """,
        "suffer",
        """
        wrong with; wrong; problem; trouble; objection; weakness; flaw; drawback; downside; doubt; shortcoming; catch;
        against; but; however; difficulty; obstacle; worry; risk; disadvantage; contra; not
        """,
        "",
    ),
    REQUIRES: (
        "need; must; have to; presuppose; stand on; rest on; work; cannot; do without; inherit; take up",
        "allow; permit; let; open; possible; help; serve; good for",
        "next; afterwards; later; after; follow; then; lost without; left hanging; further; go on; capable",
        """
        before; first; beforehand; prior; in place; already; without; earlier; precondition; essential; necessary;
        ready; prepare; preparation; know; start; begin; ingredient; there
        """,
    ),
    LEADS_TO: (
        "bring; produce; make; result; end; give; turn; yield; trigger; drive; affect; mean; imply; create; improve",
        "come from; stem; grow out; arise; spring; owe",
        "why; cause; because; behind; reason; origin; explain; due; responsible; how come; source; whence; fault",
        """
        effect; result; consequence; then; happen; outcome; implication; upshot; conclude; conclusion; follow; get out;
        so; lead; if; suppose; therefore
        """,
    ),
    PART_OF: (
        "belong; sit; file; lie; fall under; stand; hang",
        "consist; contain; include; comprise; hold; cover; split; divide; break down; made; have; house",
        """
        part; child; children; component; piece; step; stage; section; ingredient; element; member; branch; below;
        under; inside; in; within; made up; group; subtopic
        """,
        "whole; bigger; larger; containing; under; above; belong; home; where; family; group; place",
    ),
    EXAMPLE_OF: (
        "illustrate; count as; belong; instance",
        "",
        "example; instance; such as; case; like; sort; kind; type; name; form; variety; few; some",
        "kind; sort; type; category; class; special case; family; general; group",
    ),
    REPLACES: (
        "take over; take place; supersede; succeed; come after; push out; stand in; do away; drive out",
        "give way; make room; yield",
        "instead; now; newer; later; place; successor; today; modern; no longer; any more; anymore; alternative; took",
        "before; formerly; previous; old; earlier; predecessor; used to; former",
    ),
    CONTRASTS_WITH: (
        "differ; contrast; compare; set against; put against; put up against; distinguish",
        "",
        "opposite; counterpart; alternative; rival; versus; against; unlike; other; difference; different; instead",
        "",
    ),
    OUTPERFORMS: (
        "win; beat; defeat; better; overtake; surpass; outdo; exceed; superior; stronger; faster; count against",
        "lose; lost; worse; weaker; inferior; fall behind",
        "winner; victor; champion; win",
        "loser; victim; beaten; lose",
    ),
    PREDICTS: (
        "expect; foresee; forecast; promise",
        "",
        "",
        "will; future; expect; eventually; happen; prognosis; someday",
    ),
    ANSWERS: ("respond; reply; settle; solve", "", "answer; reply; response; solution", ""),
    ASKS: ("ask; pose; raise; set; want", "", "", "question; task; exercise; open; unanswered; prompt; assignment"),
    CITES: (
        "quote; refer; reference; read; link",
        "",
        "",
        "source; reference; literature; reading; book; paper; article",
    ),
    INTRODUCED_ON: ("", "", "", ""),
}
"""Further words for the relations that come with the program: verbs of a source, of a target; what asks for sources,
and for targets. None of them is sure enough to be read so."""


@lru_cache(maxsize=2_048)
def as_cues(*phrases: str) -> Cues:
    """Words and phrases as the stems of their words, without the light ones."""
    words = ([word for word in name_key(one).split() if word not in STOP_WORDS] for one in phrases)
    return frozenset(frozenset(map(stem, said)) for said in words if said)


def of_kind(kind: str) -> str:
    """The family of questions for what is of a kind."""
    return f"kind {kind}"


@lru_cache(maxsize=128)
def cues_of_kind(kind: Kind) -> Cues:
    """The words and phrases for a kind."""
    return as_cues(kind.name, *kind.nouns)


@lru_cache(maxsize=32)
def suggestions(vocabulary: Vocabulary) -> Suggestions:
    """The phrases that suggest the families of questions of a vocabulary."""
    found: dict[tuple[str, frozenset[str]], Sense] = {}
    for relation in vocabulary.relations.values():
        for sense, phrases in _phrases_of(relation):
            for roots in as_cues(*phrases):
                found.setdefault((relation.name, roots), sense)
    for kind in vocabulary.kinds.values():
        found.update({(of_kind(kind.name), roots): "" for roots in cues_of_kind(kind)})
    for family, said in ASKING.items():
        found.update({(family, roots): "" for roots in as_cues(*said.split(";"))})
    by_root: dict[str, list[Suggestion]] = defaultdict(list)
    families: Counter[str] = Counter()
    for (family, roots), sense in found.items():
        by_root[min(roots)].append(Suggestion(family, roots, sense))
        families.update(roots)
    return Suggestions({root: tuple(one) for root, one in by_root.items()}, families, tuple(sorted(families)))


def _phrases_of(relation: Relation) -> list[tuple[Sense, tuple[str, ...]]]:
    """What suggests a relation, the surer senses first: a noun that is a verb too (`support`) is taken for the verb."""
    verbs, inverse_verbs, sources, targets = (tuple(one.split(";")) for one in HINTS.get(relation.name, ("",) * 4))
    return [
        ("verb", (relation.says, *relation.verbs, *relation.wordings)),
        ("inverse", (relation.inverse_says, *relation.inverse_verbs, *relation.inverse_wordings)),
        ("source", relation.source_nouns),
        ("target", relation.target_nouns),
        ("verb", verbs),
        ("inverse", inverse_verbs),
        ("source", sources),
        ("target", targets),
    ]
