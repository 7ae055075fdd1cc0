"""Questions joined by `and` or `or`: two in one, one about several names, one with two conditions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from conceptmap.ask.form import Composed, Form, Query
from conceptmap.ask.forms.combined import Both, InParts
from conceptmap.ask.forms.related import Related
from conceptmap.ask.frame_words import PRONOUNS
from conceptmap.ask.lexicon import KindWord, Noun, Verb
from conceptmap.ask.parse import ParsedQuestion, Unclear
from conceptmap.ask.spans import Span
from conceptmap.ask.words import ARTICLES, IGNORABLE, OPENERS, QUESTION_WORDS

SUPPOSING = frozenset("if because since given although though while unless as once whenever".split())
"""Words that open a clause which asks nothing by itself: `if A, what follows?`."""
PARTITIVE = frozenset("of out among amongst from".split())
"""Words that open what something is chosen from: `out of all methods, which …?`."""
MAX_MEANT = 3
"""So many answers of a first question may be what the second calls `it` or `they`."""
MAX_ALTERNATIVES = 4
"""So many readings of each part are combined: the likelier come first."""


def first_reading(question: ParsedQuestion) -> Query:
    """The likeliest reading of a part that finds something, else the likeliest. Raises `Unclear` without any."""
    queries: list[Query] = list(islice(question.read(), MAX_ALTERNATIVES))
    if not queries:
        raise Unclear("a part of the question is not understood")
    if len(queries) == 1:
        return queries[0]
    return next((query for query in queries if query.exists(question.view)), queries[0])


def next_steps(question: ParsedQuestion, query: Query) -> Query:
    """The query for what is next alone, unless all is asked for: of two things at once, farther ones are too many."""
    if not isinstance(query, Related) or question.asks_for("chain"):
        return query
    direct = replace(query, chain=False)
    return direct if direct.exists(question.view) else query


def conjunctions(question: ParsedQuestion) -> list[Span]:
    """Where `and` or `or` stands."""
    return question.cue_spans("and", "or")


def _read_parts(question: ParsedQuestion) -> Iterator[Composed]:
    """`When did A come up, and who …?`: two questions, each with a question word of its own."""
    for place in _starts_of_questions(question):
        left, right = question.before(place), question.after(place)
        if len(left.named) == 1 and _refers_back(right) and _has_relation(right):
            named = left.named[0]  # `what supports A, and what opposes it?`
            right = question.part(right.places.union(range(named.start, named.end)).__contains__)
        if _asks(left) and not right.is_empty and not _refers_back(right):
            first, second = (next_steps(question, first_reading(part)) for part in (left, right))
            if any(_says_of_nothing(query, part) for query, part in ((first, left), (second, right))):
                raise Unclear("a part of the question is not understood")
            yield Composed(InParts((first, *_of_answers(first, second, left, right))), (left, right))
            return


def _says_of_nothing(query: Query, part: ParsedQuestion) -> bool:
    """Whether a part asks for a relation to something that nobody names: `what speaks for …`, with the name misread."""
    is_open = isinstance(query, Related) and query.anchor is None and not query.filters
    return is_open and not any(part.cues(KindWord)) and not part.loose and not part.topics


def _of_answers(first: Query, second: Query, left: ParsedQuestion, right: ParsedQuestion) -> Sequence[Query]:
    """The second query; of what answers the first one, where it is said of `it` and nothing else answers.

    `What speaks against A, and which source is it from?`
    """
    view = left.view
    if second.exists(view) or len(right.named) != 1 or PRONOUNS.isdisjoint(word.text for word in left.asked):
        return (second,)
    topic = right.named[0]
    if set(right.nodes(topic)).isdisjoint(node for one in left.named for node in left.nodes(one)):
        return (second,)
    found = [one.id for one in first.find(view) if one.id]
    if not 0 < len(found) <= MAX_MEANT:
        return (second,)
    queries = [first_reading(right.meaning(topic, node)) for node in found]
    return queries if all(query.exists(view) for query in queries) else (second,)


def _refers_back(part: ParsedQuestion) -> bool:
    """Whether a part only means what stands before it: `of the two claims, which one …?`."""
    said = {part.text(one) for one in part.spans}
    return not part.topics and not said.isdisjoint({"one", "ones", "it", "them", "they", "these", "those"})


def _asks(part: ParsedQuestion) -> bool:
    """Whether a part asks something by itself: `for A, what …?` only names what it is about first."""
    opener = part.opener
    asks = opener is not None and part.words[opener.start].text in OPENERS | QUESTION_WORDS
    if opener is not None and part.words[opener.start].text in SUPPOSING:
        return False
    if not asks and opener is not None and part.words[opener.start].text in PARTITIVE:
        return False
    if not asks and not (part.topics or part.days or any(part.cues(KindWord))):
        return False  # `hang on, …`
    joining = {one.start for one in part.cue_spans("and", "or", "both")}
    return not part.is_empty and (asks or any(one.meanings and one.start not in joining for one in part.spans))


def _starts_of_questions(question: ParsedQuestion) -> Iterator[int]:
    """Where a second question begins: behind `and` or a comma stands a question word or an opener."""
    joined = {one.end for one in conjunctions(question)}
    starts = [one.start for one in question.spans]
    for before, one in pairwise(question.spans):
        new_clause = question.words[one.start].clause != question.words[before.start].clause
        asks = not QUESTION_WORDS.isdisjoint(question.text(one).split()[:2]) or (
            before.end in joined and question.text(one).split()[0] in OPENERS
        )
        if asks and (new_clause or before.end in joined) and one.start != starts[0]:
            yield one.start


def _read_names(question: ParsedQuestion) -> Iterator[Composed]:
    """`What supports A and B?`: an answer for each name; with `both`, what they share."""
    if question.asks_for("or") and question.asks_for("first", "last", "most", "least", "degree"):
        return  # `which comes first, A or B?` is no question about each
    group, places = _coordinated(question)
    if len(group) < 2 or question.word_before(group[0][0]) == "between":
        return
    parts = []
    for number in range(len(group)):
        hidden = {*places, *(place for other, one in enumerate(group) if other != number for place in range(*one))}
        parts.append(question.hiding(hidden))
    queries = tuple(next_steps(question, first_reading(part)) for part in parts)
    if question.asks_for("or") and question.is_yes_or_no:  # `is it A or B that …?` wants the one that is so
        view = question.view
        queries = tuple(one for one in queries if one.verdict(view, one.find(view)) == "yes") or queries
    stressed = " AND " in question.whole and not question.whole.isupper()
    at_once = question.asks_for("both") or stressed or _are_traits(question, group)
    yield Composed(Both(queries) if at_once else InParts(queries), (*parts, question.part(places.__contains__)))


def _are_traits(question: ParsedQuestion, group: Sequence[tuple[int, int]]) -> bool:
    """Whether `and` joins traits of the same things, `cheap and gentle methods`, not of two sorts of them.

    `The cheap and the gentle ones` are two sorts.
    """
    starts = {start for start, _ in group}
    topics = [topic for topic in question.topics if topic.start in starts]
    repeated = any(question.words[start - 1].text in ARTICLES for start, _ in group[1:])
    traits = len(topics) == len(group) and not any(topic.entries("name") for topic in topics)
    return traits and not repeated and question.asks_for("and") and not question.asks_for("or")


def _coordinated(question: ParsedQuestion) -> tuple[list[tuple[int, int]], set[int]]:
    """The first group of names (values, days) that `and`, `or` or commas join, and the places of these words."""
    elements = sorted(
        [(one.start, one.end) for one in question.spans if one.days] + [(one.start, one.end) for one in question.topics]
    )
    joining = {place for one in conjunctions(question) for place in range(one.start, one.end)}
    both = {place for one in question.cue_spans("both") for place in range(one.start, one.end)}
    for first, (one, other) in enumerate(pairwise(elements)):
        if not _joined(question, one, other, joining):
            continue
        group, places = [one, other], _between(question, one, other) & (joining | _repeated(question, one, other))
        for before, after in pairwise(elements[first + 1 :]):
            if not _joined(question, before, after, joining):
                break
            group.append(after)
            places |= _between(question, before, after) & joining
        # `A, B and C`: commas before the word that joins.
        for earlier in reversed(elements[:first]):
            if not _is_comma(question, earlier, group[0]):
                break
            group.insert(0, earlier)
        return group, places | both
    return [], set()


def _between(question: ParsedQuestion, one: tuple[int, int], other: tuple[int, int]) -> set[int]:
    visible = question.places
    return {place for place in range(one[1], other[0]) if place in visible}


def _joined(question: ParsedQuestion, one: tuple[int, int], other: tuple[int, int], joining: set[int]) -> bool:
    """Whether only `and` or `or` stands between two elements, and words that say nothing, or are said again."""
    between = _between(question, one, other)
    rest = between - joining - _repeated(question, one, other)
    light = all(question.words[place].text in IGNORABLE for place in rest)
    return bool(between & joining) and light and _are_alike(question, one, other)


def _are_alike(question: ParsedQuestion, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two elements name things of a sort: days both or neither, a trait and a name never.

    A stretch of the course is named as days are.
    """
    sorts = []
    for start, _ in (one, other):
        topics = [topic for topic in question.topics if topic.start == start]
        sorts.append({match.entry.sort for topic in topics for match in topic.matches} or {"name"})
    return bool(sorts[0] & sorts[1])


def _repeated(question: ParsedQuestion, one: tuple[int, int], other: tuple[int, int]) -> set[int]:
    """The words between two elements that stood before the first: `who lost against A and who against B`."""
    before = {question.words[place].text for place in question.places if place < one[0]}
    said = {place for place in _between(question, one, other) if question.words[place].text in before - IGNORABLE}
    asked_again = {question.words[place].text for place in said} & QUESTION_WORDS
    return said if asked_again else set()


def _is_comma(question: ParsedQuestion, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] == other[0] and question.words[one[0]].clause != question.words[other[0]].clause


def _read_conditions(question: ParsedQuestion) -> Iterator[Composed]:
    """`Which claims are supported by A and opposed by B?`: what meets both conditions."""
    for span in conjunctions(question):
        left, right = question.before(span.start), question.after(span.end)
        first = next((one for one in right.spans if right.text(one) not in IGNORABLE), None)
        if first is None or left.is_empty or not any(isinstance(one, Verb | Noun) for one in first.meanings):
            continue
        if not _has_relation(left):
            continue
        queries = (first_reading(left), first_reading(right))
        either = span in question.cue_spans("or")
        yield Composed(InParts(queries) if either else Both(queries), (left, right))
        return


def _read_relative(question: ParsedQuestion) -> Iterator[Composed]:
    """`Examples of A that B replaced`: what meets the clause, or what is asked of an A that does."""
    for span in question.spans[1:]:
        if not span.loose or question.text(span) not in ("that", "which", "who", "whose"):
            continue
        if question.words[span.start].clause != question.words[span.start - 1].clause:
            continue  # a question of its own begins
        left, right = question.before(span.start), question.after(span.end)
        if left.is_empty or right.is_empty or not _has_relation(right) or _ends_in_other(left):
            continue
        if any(question.says_more_of_name(one.start) for one in right.cue_spans("not")):
            continue  # that nothing is noted does not say so of what is named
        asked, clause = first_reading(left), first_reading(right)
        both = Both((asked, clause))
        if both.find(question.view):
            yield Composed(both, (left, right))
        elif not right.asks_for("not") and asked.account(question.view).nodes & {
            one.id for one in clause.find(question.view)
        }:
            yield Composed(asked, (left, right))
        return


def _ends_in_other(left: ParsedQuestion) -> bool:
    """Whether a clause behind these words is about what is only joined to what is asked: `parts of things that …`."""
    last = left.spans[-1]
    cues = (one.start for one in left.spans if any(isinstance(meaning, Verb | Noun) for meaning in one.meanings))
    return any(start < last.start for start in cues) and not any(topic.end == last.end for topic in left.topics)


def _has_relation(part: ParsedQuestion) -> bool:
    return any(part.cues(Verb)) or any(part.cues(Noun))


CUES = {
    "and": "and; as well as; and also; plus; along with; together with",
    "or": "or; nor",
    "both": "both; at once; at the same time",
}
PARTS = Form(
    "parts",
    _read_parts,
    cues=CUES,
    examples={"two things at once": ["when did attention come up, and what is scaling laws part of?"]},
)
NAMES = Form(
    "parts",
    _read_names,
    cues=CUES,
    examples={"each of several": ["what are attention and scaling laws part of?"]},
)
CONDITIONS = Form("both", _read_conditions, cues=CUES)
RELATIVE = Form("both", _read_relative)
