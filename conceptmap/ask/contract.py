"""The answer contract: whether a query may answer a question at all. Every reply passes here.

It may, where what it gives is of the type that the question word asks for, and where every word of the question that
says something is taken up: by a name, a relation, a value, a day or a word of the form of question that was read.
What cannot be taken up could have asked for something else: rather no answer than one to another question.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, takewhile

from conceptmap.ask.form import Account, Form, Query, Wanted
from conceptmap.ask.found import Found
from conceptmap.ask.kept import told_of
from conceptmap.ask.lexicon import FormWord, KindWord, Noun, Verb
from conceptmap.ask.names import says_other
from conceptmap.ask.parse import ParsedQuestion, PlacedDays, Topic
from conceptmap.ask.roles import stands_for_any
from conceptmap.ask.senses import people
from conceptmap.ask.spans import GAPPED, Span
from conceptmap.ask.words import (
    ARTICLES,
    ATTRIBUTES,
    COURSE_WORDS,
    COURTESY,
    DEGREES,
    DO,
    IGNORABLE,
    LIGHT,
    NARROWING,
    NUMBERS,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    WHO_WORDS,
)
from graphs.view import View
from graphs.words import STOP_WORDS, IndexedName, stem, stems
from ontology.names import day_id, name_key
from ontology.terms import (
    ABOUT,
    AGENT,
    ASKS,
    CITES,
    CONTRASTS_WITH,
    EXAMPLE_OF,
    HUBS,
    INTRODUCED_ON,
    OPPOSES,
    OUTPERFORMS,
    PREMISE_OF,
    QUESTION,
    REPLACES,
    SOURCE,
    STATEMENTS,
    SUPPORTS,
    UNIT,
)

MIN_CONTEXT = 0.4
"""The score from which on words name enough to say where something stands: half of a name of two words."""
REASONED = frozenset([SUPPORTS, EXAMPLE_OF, PREMISE_OF])
"""Relations whose nouns (`example`, `reason`, `premise`) may stand for whatever another relation is asked for."""
_OF_CLAIMS = frozenset([SUPPORTS, OPPOSES])
ADVERBIAL = frozenset("beyond by like per under within".split())
"""Words that with a noun behind them tell how something is; what is asked for stands behind none of them."""
LIGHT_WORDS = IGNORABLE | QUESTION_WORDS | frozenset(map(stem, IGNORABLE))
NAMED_ALONE: frozenset[Wanted] = frozenset(["meaning", "day"])
"""Where this is asked for, what else the text of a node says of it does not matter: `where were the ships of A?`."""
DEGREE_STEMS = frozenset(map(stem, ATTRIBUTES | DEGREES | frozenset(NUMBERS)))
LIGHT_CUES = LIGHT | COURTESY | COURSE_WORDS | QUESTION_WORDS
"""Words that say nothing by themselves; those that give a cue are lighter."""

UNIVERSAL = frozenset("all every each everything everyone everybody always several".split())
"""Words that are light where a list is asked for, and not in `is every A a B?`."""

SHORTEST_MANNER = 4
"""Letters that a word has which tells how by its ending: more than `only`."""

_DETERMINING = frozenset("which what the these those all any".split())
"""Words right before what tells of the thing that is asked for."""

OF_DAYS = frozenset(["new", "first"])
"""Cues that only say that something comes up on the days that a question names."""

TELLS_BY_ITSELF: frozenset[Wanted] = frozenset(["day", "number", "reasons", "meaning"])
"""What also answers a question without a question word: `introduction of A`."""


def wanted(question: ParsedQuestion) -> Wanted:
    """What the question word asks for."""
    words = question.question_words
    if question.asks_for("when"):
        return "day"
    if question.asks_for("count"):
        return "number"
    if question.asks_for("why"):
        return "reasons"
    if not WHO_WORDS.isdisjoint(words) and not _is_relative(question):
        return "agents"
    if "where" in words:
        return "place"
    if question.is_yes_or_no:
        return "truth"
    return "way" if "how" in words else "any"


def _is_relative(question: ParsedQuestion) -> bool:
    """Whether `who` or `whose` stands behind what it says more of: `everything whose season is June`."""
    return question.is_relative(next(at for at in sorted(question.places) if question.words[at].text in WHO_WORDS))


ASKED: Mapping[Wanted, str] = {
    "day": "when",
    "number": "how many",
    "truth": "whether that is so",
    "reasons": "why",
    "agents": "who",
    "meaning": "what that is",
    "way": "how",
    "place": "where",
    "any": "what is asked for",
}
"""What a question wants to know, as the end of `nothing tells …`."""


def mistaken(
    question: ParsedQuestion, query: Query, explained: Collection[int] = (), parts: Collection[int] = ()
) -> str | None:
    """That a query does not tell what the question word asks for; None where it does.

    `explained` are the places of words that are taken up already, those of `parts` by queries of their own. Whatever
    has taken up the words: yes or no is answered by yes or no.
    """
    if "truth" not in query.gives and question.is_yes_or_no and question.hiding(parts).is_yes_or_no:
        return f"nothing tells {ASKED['truth']}"
    loose = {question.text(one) for one in question.spans if one.loose}
    if question.is_yes_or_no and not UNIVERSAL.isdisjoint(loose):
        return "nothing tells whether that is so of each of them"
    if question.is_yes_or_no and "truth" not in query.gives:
        return f"nothing tells {ASKED['truth']}"
    type_wanted = wanted(question.hiding(explained))
    if type_wanted == "truth" and not question.is_yes_or_no:
        type_wanted = "any"
    if type_wanted == "agents":
        type_wanted = "any"  # whether they are agents only the answers tell: see `fits`
    if type_wanted == "any" and question.is_yes_or_no and "truth" in query.gives:
        return None
    if type_wanted in query.gives or (type_wanted == "any" and query.gives & TELLS_BY_ITSELF):
        return None
    return f"nothing tells {ASKED[type_wanted]}"


def unexplained(question: ParsedQuestion, query: Query, form: Form, explained: Collection[int] = ()) -> list[str]:
    """The words that a query leaves unexplained, in order; none where it may answer.

    `explained` are the places of words that parts of the query took up already.
    """
    left = _left_over(question, query, form, explained)
    account = query.account(question.view)
    return [
        question.words[place].said for place in chain(left, _reversed(question, account), _cut_short(question, account))
    ]


def _left_over(question: ParsedQuestion, query: Query, form: Form, explained: Collection[int]) -> Iterator[int]:
    """The places of the words that nothing takes up."""
    view, account = question.view, query.account(question.view)
    known: frozenset[str] | None = None
    topics = {place: topic for topic in question.topics for place in range(topic.start, topic.end)}
    attributes = set(_attributes(question))
    governors = {
        place
        for one in question.days
        if one.governor is not None and account.days
        for place in _governors(question, one)
    }
    loose = set(question.loose)
    said: set[tuple[str, ...]] = set()
    for span in question.spans:
        places = [place for place in range(span.start, span.end) if place not in explained]
        if not places or _opens_range(question, places, governors):
            continue
        topic = topics.get(span.start)
        if topic is not None and span.start not in loose and _takes_up_name(question, account, topic):
            continue
        again, attribute = _says_again(question, span, said), span.start in attributes
        taken_up = not attribute and _takes_up_cue(question, span, account, form)
        if (taken_up and not again) or _is_apposition(question, span, account):
            continue
        if any(one.start == span.start and _takes_up_days(question, one, account) for one in question.days):
            continue
        if topic is not None and (_is_context(question, account, topic) or question.is_map(topic)):
            continue
        if account.relations - {ABOUT} and stands_for_any(question, span):
            continue
        # Light words say something together: `used for`, `comes from`.
        relates = len(places) > 1 and any(isinstance(one, Verb | Noun) for one in span.meanings)
        for place in places:
            word = question.words[place]
            narrows = word.text in NARROWING and not question.named and question.is_had(place)
            manner = word.text.endswith("ly") and len(word.text) > SHORTEST_MANNER
            acts = "meaning" in query.gives and place == _acting(question)
            owner = word.text in COURSE_WORDS and _is_owner(question, topics, place)
            ends = word.text in ARTICLES and word is question.words[-1]  # the note A
            light = not (word.corrected or relates or narrows or attribute or acts or owner or ends) and (
                word.text in (LIGHT_WORDS if span.loose else LIGHT_CUES)
                or (span.loose and word.stem in LIGHT_WORDS and not manner)
            )
            if light or word.stem in account.told or (word.text in account.implied and _is_of_asked(question, place)):
                continue
            if word.stem in account.fields and question.word_before(place) not in ("what", "which"):
                continue
            known = known if known is not None else account.stems | _words_of(view, account, query)
            is_asked = "meaning" in query.gives and question.is_asked_for(place)
            if not span.loose or manner or is_asked or word.stem not in known:
                yield place


def _is_of_asked(question: ParsedQuestion, place: int) -> bool:
    """Whether the word at a place tells of what is asked for: `which older …`; nothing before it may say more."""
    before = [word.text for word in question.words[:place]]
    if before[-1:] in (["which"], ["what"]):
        return True
    light = all(one in LIGHT_CUES or one in NUMBERS for one in before)
    return light and any(one in _DETERMINING or one in NUMBERS for one in before[-1:])


def _is_owner(question: ParsedQuestion, names: Collection[int], place: int) -> bool:
    """Whether the word at a place says whose a thing is: `the pitch of the note`, where names of the map say `note`."""
    before = [at for at in range(place) if question.words[at].text not in ARTICLES][-2:]
    of = len(before) > 1 and question.words[before[1]].text == "of" and before[0] in names
    return of and question.index.knows_stem(question.words[place].stem)


def _acting(question: ParsedQuestion) -> int | None:
    """The place of what a name does, where that is asked: of `what does A give off?`, that of `give`."""
    ends = {topic.start: topic.end for topic in question.topics if topic.entries("name")}
    for place in sorted(question.places):
        if question.words[place].text in DO:
            named = next(
                (at for at in range(place + 1, len(question.words)) if question.words[at].text not in ARTICLES), -1
            )
            end = ends.get(named)
            return end if end in question.places and question.words[end].text in _ACTING else None
    return None


_ACTING = frozenset("give take make get put go come let find show see try help use".split())
"""Light verbs that behind `what does A` are what is asked."""


def _reversed(question: ParsedQuestion, account: Account) -> Iterator[int]:
    """The places of words that say by two parts of a statement that is taken up the reverse of what it says."""
    parts = [topic for topic in question.topics if not topic.whole]
    for node in account.nodes if len(parts) > 1 else ():
        of_it = [topic for topic in parts if topic.entries("name") and node in dict(question.nodes(topic))]
        if len(of_it) > 1 and question.view.kind(node) in STATEMENTS:
            run = range(min(topic.start for topic in of_it), max(topic.end for topic in of_it))
            heavy = [place for place in run if question.words[place].text not in STOP_WORDS]
            entry = IndexedName("name", name_key(question.view.node(node).label))
            if says_other(question.words, heavy, entry, question.index, question.view):
                yield from heavy


def _cut_short(question: ParsedQuestion, account: Account) -> Iterator[int]:
    """The places of words that state more than the statement that they are a part of: `that dough tastes better`.

    Of `Slow dough tastes better` the beginning is left out, which narrows what it says; and of what speaks for a claim
    or against it no word in the midst of that tells.
    """
    for topic in question.topics:
        nodes = [node for node, _ in question.nodes(topic) if node in account.nodes]
        is_word = topic.end - topic.start == 1 and not topic.whole and not account.relations.isdisjoint(_OF_CLAIMS)
        if not nodes or not (is_word or _is_stated(question, topic)):
            continue
        said = {root for word in question.words for root in word.roots}
        keys = [
            entry.key
            for entry in topic.entries("name")
            if any(question.view.kind(node) in STATEMENTS for node in question.index.owners_in(question.view, entry))
        ]
        if keys and not any(_begins_with(key, said) for key in keys):
            yield from range(topic.start, topic.end)


def _begins_with(name: str, said: Collection[str]) -> bool:
    """Whether the first word of a name that says something is among those that are said."""
    return stems(name.split())[0] in said


def _is_stated(question: ParsedQuestion, topic: Topic) -> bool:
    """Whether a part of a name stands as a statement of its own: `that A is B`, `why does A B?`."""
    before = question.word_before(topic.start)
    governor = question.words[max(topic.start - 2, 0)]
    own = {root for entry in topic.entries("name") for root in stems(entry.key.split())}
    # `who was it that …?`, `the loaf that …` of a sentence about a loaf
    cleft = before == "that" and (governor.text == "it" or governor.stem in own)
    is_part = all(match.score < GAPPED for match in topic.matches) and not cleft
    return is_part and (before == "that" or (before in OPENERS and question.asks_for("why")))


def _attributes(question: ParsedQuestion) -> Iterator[int]:
    """The places of words that say right before a name what sort of it is meant: `the last A` is not `A`.

    Before a name that itself stands before what is asked for they may tell of that: `the first A questions`.
    """
    kinds = {span.start for span, _ in question.cues(KindWord)}
    for topic in question.topics:
        if kinds.isdisjoint({topic.start, topic.end}) and topic.entries("name"):
            yield from _attribute(question, topic.start - 1)
    for placed in question.days:
        yield from _attribute(question, placed.start - 1)


def _attribute(question: ParsedQuestion, place: int) -> Iterator[int]:
    """The place, if the word there says something of what follows it."""
    words = question.words
    if place in question.places and words[place].text in ATTRIBUTES and words[place].clause == words[place + 1].clause:
        yield place


def _says_again(question: ParsedQuestion, span: Span, said: set[tuple[str, ...]]) -> bool:
    """Whether a span names a relation in the words of one before it (`said`), as in `the parts of the parts of A`."""
    roots = tuple(word.stem for word in question.words[span.start : span.end])
    if not any(isinstance(one, Verb | Noun) for one in span.meanings):
        return False
    again = roots in said
    said.add(roots)
    return again


def _opens_range(question: ParsedQuestion, places: Sequence[int], governors: Collection[int]) -> bool:
    """Whether words only open a range of days: `after`, and `comes after` where days follow."""
    return places[0] in governors or (
        places[-1] in governors and all(question.words[one].stem in LIGHT_WORDS for one in places[:-1])
    )


def _governors(question: ParsedQuestion, placed: PlacedDays) -> tuple[int, ...]:
    """The places of the words that open a range: of `only after day 5` both."""
    at = placed.governor
    if at is None:
        return ()
    return (at - 1, at) if at > 0 and question.words[at - 1].text == "only" else (at,)


def fitting(question: ParsedQuestion, query: Query, found: Sequence[Found]) -> tuple[Found, ...]:
    """What of that which was found may answer: `who` asks for somebody who acts, `which week` for what is called so."""
    if wanted(question) == "agents" and "agents" not in query.gives:
        agents = question.view.vocabulary.within([AGENT])
        cited = frozenset([SOURCE]) if CITES in query.account(question.view).relations else frozenset()
        return tuple(found) if all(one.kind in agents | cited or _is_of_people(one) for one in found) else ()
    # A unit is a week, a phase or a module by its name: `which week …?` asks for no phase.
    units = {question.words[span.start].stem for span, word in question.cues(KindWord) if word.kind == UNIT}
    if not units or units == {stem("unit")}:
        return tuple(found)
    return tuple(one for one in found if one.kind != UNIT or units & set(stems(name_key(one.label).split())))


def _is_of_people(found: Found) -> bool:
    """Whether a thing is called by a noun for people: `human champions`, `head of state`."""
    words = [*takewhile(lambda word: word not in PREPOSITIONS, name_key(found.label).split())]
    return found.kind not in STATEMENTS and not people().isdisjoint(map(stem, words[-1:]))


def _takes_up_name(question: ParsedQuestion, account: Account, topic: Topic) -> bool:
    if any(node in account.nodes for node, _ in question.nodes(topic)):
        return True
    if account.stems.issuperset(stems(topic.words.split())):
        return True  # a value says it, or a text that is looked for
    return any(entry.sort != "name" and entry.key in account.values for entry in (one.entry for one in topic.matches))


def _is_context(question: ParsedQuestion, account: Account, topic: Topic) -> bool:
    """Whether a name only says where another stands, and the map joins the two: `A in terms of B`.

    A small part of a name says less than that, and days and the like are joined to too much.
    """
    if topic.preposition not in ("in", "of", "from", "on", "under", "to") or topic.matches[0].score < MIN_CONTEXT:
        return False
    if question.is_asked_for(topic.start):
        return False
    following = question.words[topic.end].text if topic.end in question.places else ""
    if not {"and", "or"}.isdisjoint({question.word_before(topic.start), following}):
        return False  # of `A and B`, B is asked about as A is
    view = question.view
    nodes = [node for node, _ in question.nodes(topic)]
    others = [node for node in account.nodes if view.has_node(node) and view.kind(node) not in HUBS]
    edges = (edge for one in nodes for other in others for edge in view.edges_between(one, other))
    return any(edge.relation not in _APART for edge in edges)


_APART = frozenset([CONTRASTS_WITH, OPPOSES, OUTPERFORMS, REPLACES])
"""Relations of what is told apart: neither is said of one within the other."""


def _takes_up_days(question: ParsedQuestion, placed: PlacedDays, account: Account) -> bool:
    """Whether days are asked for, or only say where a name that is taken up comes from: `the A of day 5`."""
    said, view = placed.said, question.view
    if placed.days in account.days or (said.first == said.last and day_id(said.first) in account.nodes):
        return True
    before = question.word_before(placed.start)
    from_there = (view.has_node(node) and said.has(view.introduced_on(node)) for node in account.nodes)
    return before in ("of", "from") and placed.governor is None and any(from_there)


def _takes_up_cue(question: ParsedQuestion, span: Span, account: Account, form: Form) -> bool:
    if _is_adverbial(question, span):
        return False
    # `supports` may be read as a noun, too, but then nobody says what is asked for.
    is_noun_alone = not any(isinstance(one, Verb) for one in span.meanings)
    others = is_noun_alone and account.relations - {ABOUT}
    for meaning in span.meanings:
        if isinstance(meaning, FormWord) and (meaning.cue in form.cues or (account.days and meaning.cue in OF_DAYS)):
            return True
        if isinstance(meaning, Verb | Noun) and meaning.relation.name in account.relations:
            return True
        if isinstance(meaning, Verb) and account.days and _is_done_on_days(meaning, account):
            return True
        if isinstance(meaning, Noun) and others and meaning.source and meaning.relation.name in REASONED:
            return True
        if isinstance(meaning, KindWord) and meaning.kind in account.kinds:
            return True
    return False


def _is_adverbial(question: ParsedQuestion, span: Span) -> bool:
    """Whether a noun only tells how something is: `within reason`, `like a pro`, `by law`."""
    if question.text(span) == "days" and question.words[span.start - 1].text in ("these", "those"):
        return question.word_before(span.start - 1) != "of"  # `these days` is now
    at = next((one for one in reversed(range(span.start)) if question.words[one].text not in ARTICLES), None)
    governs = any(one.start == at and one.loose and question.text(one) in ADVERBIAL for one in question.spans)
    return governs and not any(isinstance(one, Verb) for one in span.meanings)


def _is_done_on_days(verb: Verb, account: Account) -> bool:
    """Whether a verb only says that something comes up: `questions raised on day 3` are those of that day."""
    name = verb.relation.name
    return name == INTRODUCED_ON or (name == ASKS and account.kinds == {QUESTION})


def _is_apposition(question: ParsedQuestion, span: Span, account: Account) -> bool:
    """Whether a kind is only said of a node that is taken up: `the claim that A`, `the method A`."""
    kinds = {one.kind for one in span.meanings if isinstance(one, KindWord)}
    named = [topic for topic in question.topics if span.end <= topic.start <= span.end + 2 or topic.end == span.start]
    nodes = {node for topic in named for node, _ in question.nodes(topic)} & account.nodes
    within = question.view.vocabulary.within(kinds)
    return any(question.view.kind(node) in within for node in nodes)


def _words_of(view: View, account: Account, query: Query) -> set[str]:
    """The stems of the words that tell of the nodes taken up: these words explain themselves.

    Those of texts do not where a text or a day is asked for, nor do words of degree, truth or number.
    """
    nodes = [view.node(node) for node in account.nodes if view.has_node(node)]
    named = {root for node in nodes for name in node.names for root in stems(name_key(name).split())}
    told = (
        {root for node in nodes for root in told_of(view, node.id)}
        if query.gives.isdisjoint(NAMED_ALONE)
        else set[str]()
    )
    return named | (told - DEGREE_STEMS)
