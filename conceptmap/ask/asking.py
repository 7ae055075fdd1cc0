"""Asking: from the text of a question to the answer, by the first of the forms of question that can read it.

Every reply keeps the answer contract (see `contract`): rather no answer than one to another question. There is no
language model here; the same question to the same map has the same answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from textwrap import indent

from conceptmap.ask.answer import Answer, Candidate, Understood
from conceptmap.ask.askable import Askable, is_countable
from conceptmap.ask.contract import fitting, wanted
from conceptmap.ask.form import Form, asking, said_of
from conceptmap.ask.forms import FORMS
from conceptmap.ask.found import Found
from conceptmap.ask.kept import kept
from conceptmap.ask.known import known_answers
from conceptmap.ask.lexicon import KindWord, Lexicon, Meaning, Noun, Verb
from conceptmap.ask.offers import completions_for, offers_for
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.reading import Reader, Reading
from conceptmap.ask.retelling import (
    MARGIN,
    MAX_TELLINGS,
    Telling,
    apart,
    by_parts,
    reasoned,
    retold,
    tellings,
    unknown_to_all,
)
from conceptmap.ask.spans import Span
from conceptmap.ask.sparql import NoSparql
from conceptmap.ask.titles import by_title
from graphs.view import UNDATED, View
from graphs.words import IndexedName, nearest_names
from ontology.names import day_label, day_number, name_key, singular, word_spans
from ontology.terms import INTRODUCED_ON
from ontology.vocabulary import Vocabulary

MAX_WORDS = 60
"""No sentence that asks one thing is longer; the time of cutting grows with the square of the words."""
MAX_CHARACTERS = 2_000
"""Room for that many words of any language; more is no question, and is not even split into words."""
MAX_DAY_NAME = 8
"""Words of the longest name of a day that is looked for, such as a date with its weekday and year."""
MAX_CANDIDATES = 8
"""Of an ambiguous name so many are listed: what a person reads through before asking again."""
MAX_NEAR = 3
"""So many names are offered for one that is unknown."""


def ask(view: View, question: str, *, explained: bool = False, offering: bool = True, retelling: bool = True) -> Answer:
    """Answer a question from what a view holds; `explained` adds how it was understood, and the query as SPARQL.

    Where it is not answered, `offering` adds questions that can be answered. `retelling`: names may be told in other
    words.
    """
    if len(question) > MAX_CHARACTERS or len(name_key(question).split()) > MAX_WORDS:
        return Answer(question, "unknown", f"The question is too long; ask it in at most {MAX_WORDS} words.")
    # Half a character (a lone surrogate) stands in no name, and no reply could be written that repeats it.
    question = question.encode(errors="replace").decode()
    numbered = by_title(_numbered(question, view), view)
    reader = Reader(numbered, view, lexicon_of(view.vocabulary))
    with asking():
        answer, unclear = _answer(reader, numbered)
        if answer.status != "answered" and retelling and (told := _retold(reader, numbered, answer, unclear)):
            answer, reader = told
    answer = replace(answer, question=question)
    if offering and answer.status != "answered":
        answer = replace(answer, offers=offers_for(view, question, _plain(reader.question), _answers_of))
    if answer.status == "unknown" and unclear and not answer.offers:  # whole questions say more than near names
        answer = replace(answer, candidates=_near(reader.question, unclear))
    return answer if not explained else answer.explained(_explanation(reader.question, answer))


def completions_of(view: View, typed: str, limit: int) -> list[str]:
    """Whole questions with an answer that what is typed may become, the likeliest first; at most `limit`."""
    return completions_for(view, typed, limit, _answers_of)


def _answers_of(view: View, one: Askable) -> tuple[Found, ...]:
    """What answers a whole question that was made up from the map."""
    return kept(_found_for, view, one)


def _found_for(view: View, one: Askable) -> tuple[Found, ...]:
    """The same; the question is read where it could mean something else."""
    if not _named_days(one.question, view):
        known = known_answers(view, one, lexicon_of(view.vocabulary))
        if known is not None:
            return known
    reply = ask(view, one.question, offering=False, retelling=False)
    return reply.answers if reply.status == "answered" else ()


def _plain(parsed: ParsedQuestion) -> str:
    """A question in the plainer words as which it was read."""
    return " ".join(word.said for word in parsed.words)


def _numbered(question: str, view: View) -> str:
    """The question with the number of each day that it calls by the day's own name: of `Lecture 3` it is `day 3`."""
    asked = question.casefold()
    for name, day in _named_days(question, view):
        if name.casefold() in asked:
            pattern = rf"(?<!\w){re.escape(name)}(?!\.?\w)"
            question = re.sub(pattern, f"day {day}", question, flags=re.IGNORECASE)
    return question


def _named_days(question: str, view: View) -> list[tuple[str, int]]:
    """The days that a question may call by names of their own, and these names, the longest first."""
    words = name_key(question).split()
    runs = {
        " ".join(words[start:end])
        for start, end in combinations(range(len(words) + 1), 2)
        if end - start <= MAX_DAY_NAME
    }
    days = {day_number(node) for run in runs for node in view.names.get(run, ())}
    if name_key(UNDATED) in words:
        days.add(0)
    named = {view.day_label(day): day for day in days if day is not None}
    own = {label: day for label, day in named.items() if label != day_label(day)}
    return sorted(own.items(), key=lambda one: -len(one[0]))


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary and of the forms of question, made once."""
    return _lexicon(vocabulary, tuple(FORMS))


@lru_cache(maxsize=32)
def _lexicon(vocabulary: Vocabulary, forms: tuple[Form, ...]) -> Lexicon:
    return Lexicon(vocabulary, [cue for form in forms for cue in form.cues.items()])


def _answer(reader: Reader, question: str) -> tuple[Answer, str]:
    """The answer of the likeliest query that finds something; that of the likeliest, where none does.

    With it come the words that name nothing, or several, if that is why there is none.
    """
    parsed = reader.question
    try:
        readings = _readings(reader)
        likeliest = next((one for one in readings if one.query.exists(parsed.view)), readings[0])
        return _answered(parsed, question, likeliest), ""
    except Ambiguous as several:
        return _asked_back(parsed, question, several), several.topic.words
    except Unclear as gap:
        return Answer(question, "unknown", f"The map does not say: {gap.reason}."), gap.words


def _retold(reader: Reader, question: str, unread: Answer, unclear: str) -> tuple[Answer, Reader] | None:
    """The answer where words of the question tell of a name in other words; None where they tell of none."""
    parsed = reader.question
    found: list[tuple[Telling, Answer, Reader]] = []
    told = tellings(parsed.asked, parsed.index, parsed.view, reasoned(parsed))
    if unread.understood is not None:
        told = [one for one in told if not one.is_noun]  # the words were read, unless they are those of a sentence
    elif unread.status == "ambiguous":
        told = [one for one in told if one.says_more(parsed.asked, unclear)]
    told += by_parts(parsed)[: MAX_TELLINGS - len(told)]
    unknown = unknown_to_all(parsed.asked, reader.lexicon, parsed.index) if told else frozenset()
    for some in (*((one,) for one in told), *apart(told)):
        if found and (len(some) > 1 or found[0][0].score - some[0].score >= MARGIN):
            break
        if not unknown.issubset(place for one in some for place in range(one.start, one.end)):
            continue  # what nothing explains stays unexplained
        again = Reader(question, parsed.view, reader.lexicon, retold(parsed.asked, some))
        answer, _ = _answer(again, question)
        if answer.status == "answered" and not _dates_event(again.question, answer):
            found.append((some[0], answer, again))
    if not found:
        return None
    telling, answer, again = found[0]
    if len({one.node for one, _, _ in found}) > 1:
        words = " ".join(word.text for word in parsed.asked[telling.start : telling.end])
        topic = Topic(telling.start, telling.end, words, "", ())
        return _asked_back(parsed, question, Ambiguous(topic, [one.node for one, _, _ in found])), reader
    return answer, again


def _dates_event(parsed: ParsedQuestion, answer: Answer) -> bool:
    """Whether the day of a note is all that answers, and it is not asked when something came up."""
    comes_up = any(verb.relation.name == INTRODUCED_ON for _, verb in parsed.cues(Verb))
    is_day = answer.query is not None and answer.query.gives == {"day"}
    return is_day and not (comes_up and wanted(parsed) == "day")


def _asked_back(parsed: ParsedQuestion, question: str, several: Ambiguous) -> Answer:
    """The answer that asks which of several is meant."""
    topic, candidates = several.topic, _candidates(parsed.view, several.candidates)
    lead, listed = f"{topic.words!r} can mean", "; ".join(one.label for one in candidates)
    again = tuple(replace(one, question=_asked_again(parsed, question, topic, one.label)) for one in candidates)
    return Answer(question, "ambiguous", f"{lead}: {listed}.", candidates=again, lead=lead)


def _answered(parsed: ParsedQuestion, question: str, reading: Reading) -> Answer:
    view, query = parsed.view, reading.query
    found = tuple(query.find(view))
    if several := _one_is_meant(parsed, found):
        raise several
    understood = Understood(reading.form.name, tuple(query.pieces(view)), query.missing(view))
    found = fitting(parsed, query, found)
    if not found:
        return Answer(question, "unknown", f"The map does not say {query.missing(view)}.", understood, query=query)
    says = query.sentence(view, found)
    ending = said_of(query.lead(view), found)
    lead = says.removesuffix(ending) if says.endswith(ending) else ""  # some queries have sentences of their own
    verdict = query.verdict(view, found)
    return Answer(question, "answered", says, understood, found, query=query, lead=lead, verdict=verdict)


def _one_is_meant(parsed: ParsedQuestion, found: Sequence[Found]) -> Ambiguous | None:
    """That `how long is the essay?` means one of several, and nothing says which one; None for any other question."""
    view = parsed.view
    if parsed.topics or parsed.days:
        return None
    for span, word in parsed.cues(KindWord):
        noun = parsed.text(span)
        is_one = span.start > 0 and parsed.words[span.start - 1].text == "the" and singular(noun) == noun
        if not is_one or not is_countable(view.vocabulary.kinds[word.kind]):
            continue
        owners = (view.named(one.of) if one.of else [one.id] for one in found)
        nodes = dict.fromkeys(node for several in owners for node in several if node and view.kind(node) == word.kind)
        if len(nodes) > 1:
            return Ambiguous(Topic(span.start, span.end, noun, "", ()), list(nodes))
    return None


def _readings(reader: Reader) -> list[Reading]:
    """What the question may mean, the likeliest first. Raises `Unclear` or `Ambiguous`."""
    for topic in reader.question.to_come:
        raise Unclear(f"{topic.words!r} names nothing as of day {reader.question.view.as_of}", topic.words)
    try:
        return reader.readings()
    except Unclear as unread:
        if not reader.look_closer():
            raise
        try:
            return reader.readings()
        except Unclear:
            raise unread from None


def _asked_again(parsed: ParsedQuestion, question: str, topic: Topic, label: str) -> str | None:
    """The question with a label in the place of a topic's words; None where these are not spelled as they were read."""
    spans, words = word_spans(question), parsed.words[topic.start : topic.end]
    first, last = words[0].at, words[-1].at
    if first is None or last is None or last - first != len(words) - 1 or last >= len(spans):
        return None
    if [name_key(question[start:end]) for start, end in spans[first : last + 1]] != [word.said for word in words]:
        return None
    return question[: spans[first][0]] + label + question[spans[last][1] :]


def _candidates(view: View, nodes: Sequence[str]) -> tuple[Candidate, ...]:
    found = [view.node(node) for node in nodes[:MAX_CANDIDATES]]
    return tuple(Candidate(node.id, node.label, node.kind, node.aliases) for node in found)


def _near(parsed: ParsedQuestion, words: str) -> tuple[Candidate, ...]:
    """What may have been meant by words that name nothing: the likest of the names that have such a word in them."""
    view = parsed.view
    found = nearest_names(view, words, MAX_CANDIDATES)
    nodes = (node for key in found for node in sorted(parsed.index.owners_in(view, IndexedName("name", key))))
    return _candidates(view, tuple(dict.fromkeys(nodes))[:MAX_NEAR])


def _explanation(parsed: ParsedQuestion, answer: Answer) -> str:
    """The words, what each run of them means with its score, the query, and the query as SPARQL."""
    lines = ["words:"]
    for span in parsed.spans:
        said = " ".join(word.said for word in parsed.words[span.start : span.end])
        lines.append(f"  {said!r}: {'; '.join(_meanings(span)) or '-'}")
    lines.append("query:")
    if understood := answer.understood:
        lines += [f"  {understood.asked}", f"  intent: {understood.intent}"]
        lines += [f"  {piece.name}: {piece.words}" for piece in understood.pieces if piece.words]
    else:
        lines.append("  none")
    try:
        sparql = answer.query.sparql(parsed.view) if answer.query else "none"
    except NoSparql as reason:
        sparql = f"none: {reason}"
    return "\n".join([*lines, "sparql:", indent(sparql, "  ")])


def _meanings(span: Span) -> Iterator[str]:
    """All that a run of words may mean."""
    if span.days:
        yield f"days {span.days.first} to {span.days.last}"
    for entry, score in span.named:
        yield f"{entry.sort} {entry.key!r} ({score:.2f})"
    yield from map(_meaning, span.meanings)


def _meaning(meaning: Meaning) -> str:
    if isinstance(meaning, Verb):
        return f"verb of {meaning.relation.inverse if meaning.inverse else meaning.relation.name!r}"
    if isinstance(meaning, Noun):
        return f"noun for the {'source' if meaning.source else 'target'} of {meaning.relation.name!r}"
    return f"kind {meaning.kind}" if isinstance(meaning, KindWord) else f"asks for {meaning.cue}"
