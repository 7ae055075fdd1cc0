"""Asking: from the text of a question to the reply."""

from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from conceptmap.ask.answer import Answer, Candidate
from conceptmap.ask.answering import find, settled
from conceptmap.ask.explaining import explain, understood
from conceptmap.ask.frame import Ambiguous, Frame, Topic, Unclear
from conceptmap.ask.lexicon import Lexicon
from conceptmap.ask.reading import Read, read
from conceptmap.ask.sentence import sentence
from graphs.view import View
from graphs.words import FUZZY_CUTOFF, STOP_WORDS, stem
from ontology.names import name_key, word_spans
from ontology.vocabulary import Vocabulary

MAX_WORDS = 60
MAX_CHARACTERS = 2_000
MAX_CANDIDATES = 8
MAX_NEAR = 3


def ask(view: View, question: str, *, explained: bool = False) -> Answer:
    """Answer a question from what a view holds; `explained` adds how it was understood, and the query as SPARQL."""
    if len(question) > MAX_CHARACTERS or len(name_key(question).split()) > MAX_WORDS:
        return Answer(question, "unknown", f"The question is too long; ask it in at most {MAX_WORDS} words.")
    # Half a character (a lone surrogate) stands in no name, and no reply could be written that repeats it.
    question = question.encode(errors="replace").decode()
    frame = Frame(question, view, lexicon_of(view.vocabulary))
    reply = _reply(frame, question)
    return reply if not explained else reply.explained(explain(frame, reply))


@lru_cache(maxsize=8)
def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary, made once."""
    return Lexicon(vocabulary)


def _reply(frame: Frame, question: str) -> Answer:
    view = frame.view
    try:
        replies = (_answered(view, question, reading) for reading in read(frame))
        first = next(replies)
        return first if first.answers else next((one for one in replies if one.answers), first)
    except Ambiguous as several:
        topic, candidates = several.topic, _candidates(view, several.candidates)
        listed = "; ".join(one.label for one in candidates)
        again = tuple(replace(one, question=_asked_again(frame, question, topic, one.label)) for one in candidates)
        return Answer(question, "ambiguous", f"{topic.words!r} can mean: {listed}.", candidates=again)
    except Unclear as gap:
        return Answer(question, "unknown", f"The map does not say: {gap.reason}.", candidates=_near(frame, gap.words))


def _answered(view: View, question: str, reading: Read) -> Answer:
    query = settled(view, reading.query)
    found = tuple(find(view, query))
    meant = understood(view, reading.intent, query, reading.ignored)
    says = sentence(view, query, found)
    return Answer(question, "answered" if found else "unknown", says, meant, found, query=query)


def _asked_again(frame: Frame, question: str, topic: Topic, label: str) -> str | None:
    """The question with a label in the place of a topic's words; None where these are not spelled as they were read."""
    spans = word_spans(question)
    if [name_key(question[start:end]) for start, end in spans] != [word.said for word in frame.words]:
        return None
    return question[: spans[topic.start][0]] + label + question[spans[topic.end - 1][1] :]


def _candidates(view: View, nodes: tuple[str, ...]) -> tuple[Candidate, ...]:
    found = [view.node(node) for node in nodes[:MAX_CANDIDATES]]
    return tuple(Candidate(node.id, node.label, node.kind, node.aliases) for node in found)


def _near(frame: Frame, words: str) -> tuple[Candidate, ...]:
    """What may have been meant by words that name nothing: the likest of the names that have such a word in them."""
    index, view = frame.index, frame.view
    said = [word for word in words.split() if word not in STOP_WORDS]
    roots = {stem(near) for word in said for near in (word, *index.near_words(word))}
    entries = {entry for root in roots for entry in index.postings.get(root, ()) if entry.sort == "name"}
    owners = {entry.key: sorted(index.owners_in(view, entry)) for entry in entries}
    seen = sorted(key for key, nodes in owners.items() if nodes)
    found = process.extract(words, seen, scorer=fuzz.WRatio, limit=MAX_CANDIDATES, score_cutoff=FUZZY_CUTOFF)
    return _candidates(view, tuple(dict.fromkeys(node for key, _, _ in found for node in owners[key]))[:MAX_NEAR])
