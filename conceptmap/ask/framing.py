"""Framing: a question in plainer words that ask the same, before it is read.

People say more than they ask: what they are reading, for whom they ask, that they wonder. They put a verb in two
parts, name in one clause what the next calls `it`, and say by an idiom what a plain word says. Each rule here takes one
such habit of English out of the way, whatever the map and the vocabulary; a rule that could mean something else does
not fire. Names of the map are never touched: to a rule they are `§`, and days `¤`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from conceptmap.ask.frame_words import (
    AGENTS,
    FRAME_WORDS,
    HELD,
    HURRIED,
    INTERJECTIONS,
    LEADS,
    ORDINALS,
    PRONOUNS,
    SESSIONS,
    SMALL_NUMBERS,
)
from conceptmap.ask.fronting import fronted
from conceptmap.ask.idioms import IDIOMS, idiom_words, next_idiom
from conceptmap.ask.learning import LEARNING, times_learning
from conceptmap.ask.lexicon import KindWord, Lexicon, Verb
from conceptmap.ask.ranging import ranged
from conceptmap.ask.resuming import headed, resumed
from conceptmap.ask.spans import Span, Word
from conceptmap.ask.words import ARTICLES, COURSE_WORDS, IGNORABLE, OPENERS, QUESTION_WORDS
from graphs.view import View
from graphs.words import WordIndex, stem, stems
from ontology.names import day_id, name_key

NAME, DAYS, BREAK = "§", "¤", "|"
LONGEST_SPLIT = 4
"""Words of the longest phrase that is looked for with something in between: `takes the place of`, without `the`."""
MAX_BESIDE = 3
"""Words of what is said beside a name by another: `the firemen`."""
FINAL = frozenset("to of from into with for on upon under against as by in".split())
"""Prepositions at the end of a phrase, which need an object of their own: `what do you file A under?`."""
OPENING_CLAUSE = frozenset("before after until".split())
PARTICLES = FINAL | frozenset("out up off down away over back".split())
"""Words behind a verb that nothing can own."""
AUXILIARIES = OPENERS | frozenset("shall".split())
THEY = frozenset("they them he him she".split())
FORMERLY = frozenset("before formerly earlier once previously originally today nowadays".split())
OWN = frozenset("my our".split())
SUPPOSING = frozenset("suppose supposing imagine assume assuming say let given consider take".split())
"""Words that begin a clause which only sets up what is asked behind it."""
HAPPENING = ARTICLES | frozenset(
    "happen happens happened occur occurs occurred exist exists arise arises there is are some".split()
)
"""All that a clause says which says that something is there."""
ASKING = frozenset("name list give tell define explain describe compare trace show please".split())
LIGHT_BESIDE = ARTICLES | frozenset([BREAK, "about", "on", "so", "ok", "and", "now"])
"""What may stand beside a name that is all that a clause says."""
SESSIONS_ASKED = frozenset("day days date dates week year time".split())
EXPLETIVE = frozenset("true correct right possible that so said clear".split())
"""Words behind an `it` that stands for nothing."""
NOTING = COURSE_WORDS | frozenset(["author", "authors"])
"""Who says what the notes say."""
TURNING = frozenset(map(stem, "break divide split turn change grow develop transform separate".split()))
"""Verbs that say the same of what is done and of who does it: `you break A into B`, `A breaks into B`."""
ABOUT_MAP = frozenset("in about throughout across within regarding concerning".split())
WITHIN_MAP = frozenset("of on from for during with".split())
"""Prepositions before the name of the map that is asked; of these, before one that says that it is a course."""
ABOUT_NAME = frozenset("about on regarding concerning".split())
BEING = frozenset("is are was were isn aren wasn weren s re".split())
BESIDE_MAP = COURSE_WORDS | ARTICLES | frozenset("this that my our whole entire thing stuff plan class subject".split())
"""Words beside that name."""
ROMAN = dict(enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1))
"""How units are numbered too: `Phase II`."""


def plainly(
    words: Sequence[Word], spans: Sequence[Span], lexicon: Lexicon, index: WordIndex, view: View
) -> list[Word] | None:
    """The words of a question that asks the same in plainer words; None where it is plain."""
    framed = _Framed(words, spans, lexicon, index, view)
    said = list(framed.tokens)
    tokens = headed(said, framed.words_said, lambda words: bool(view.names.get(words)))
    tokens = ranged(framed.numbered(framed.unmapped(tokens)), framed.days, view)
    tokens = framed.unlearned(framed.undescribed(tokens))
    tokens = framed.reworded(_joined([one for one in _clauses(tokens) if " ".join(one) not in INTERJECTIONS]))
    plainer = framed.referred(fronted(framed.unfronted(framed.unframed(tokens)), framed.is_verb_phrase))
    plainer = resumed(plainer, framed.is_verb_phrase, framed.words_said)
    tokens = tokens if plainer == tokens else framed.reworded(plainer)
    tokens = framed.gathered(tokens)
    return None if tokens == said or not tokens else list(framed.words_of(tokens))


def _in_clause(word: Word, clause: int) -> Word:
    return word if word.clause == clause else replace(word, clause=clause)


def _is_asked_of(before: Sequence[str]) -> bool:
    """Whether what stands before a name asks whether something is so of it: `is A about B?`."""
    clause = list(takewhile(lambda token: token != BREAK, reversed(before)))
    return len(clause) > 0 and clause[-1] in OPENERS and ARTICLES.issuperset(clause[:-1])


class _Framed:
    """A question as tokens: words, names as `§1`, days as `¤1`, and `|` where a clause ends."""

    def __init__(
        self, words: Sequence[Word], spans: Sequence[Span], lexicon: Lexicon, index: WordIndex, view: View
    ) -> None:
        self.words, self.spans, self.lexicon, self.index, self.view = words, spans, lexicon, index, view
        self.by_said = {_token(word): word for word in reversed(words)}
        self.tokens = self._encoded()
        self.days = frozenset(
            f"{sign}{number}" for number, one in enumerate(spans) if one.days for sign in (NAME, DAYS)
        )

    def _encoded(self) -> list[str]:
        tokens: list[str] = []
        clause = self.words[0].clause if self.words else 0
        for number, span in enumerate(self.spans):
            if self.words[span.start].clause != clause:
                clause = self.words[span.start].clause
                tokens.append(BREAK)
            if span.named and not _is_trait(span):
                tokens.append(f"{NAME}{number}")
            elif span.days is not None:
                tokens.append(f"{DAYS}{number}")
            else:
                for word in self.words[span.start : span.end]:
                    if word.clause != clause:
                        clause = word.clause
                        tokens.append(BREAK)
                    tokens.append(_token(word))
        return tokens

    def is_verb_phrase(self, words: Sequence[str]) -> bool:
        """Whether words are a verb of a relation."""
        return bool(self.lexicon.verbs(words))

    def words_said(self, token: str) -> str:
        """The words of a token."""
        if token[0] not in (NAME, DAYS):
            return token
        span = self.spans[int(token[1:])]
        return " ".join(word.said for word in self.words[span.start : span.end])

    def words_of(self, tokens: Sequence[str]) -> Iterator[Word]:
        """The words of tokens again, their clauses numbered anew."""
        clause = 0
        for token in tokens:
            if token == BREAK:
                clause += 1
            elif token[0] in (NAME, DAYS):
                span = self.spans[int(token[1:])]
                yield from (_in_clause(word, clause) for word in self.words[span.start : span.end])
            elif token in self.by_said:
                yield _in_clause(self.by_said[token], clause)
            else:
                yield Word(token, token, stem(token), clause)

    def unmapped(self, tokens: list[str]) -> list[str]:
        """Without words that only say which map is asked, by its name: `in the whole music course`, `about it`."""
        name = set(name_key(self.view.map or "").split()) - BESIDE_MAP
        if not name or name.isdisjoint(tokens):
            return tokens
        made: list[str] = []
        at = 0
        while at < len(tokens):
            end = at + 1
            while end < len(tokens) and (tokens[end] in BESIDE_MAP or tokens[end] in name):
                end += 1
            said = set(tokens[at + 1 : end])
            is_course = bool(said & (COURSE_WORDS | {"thing"}) and said & name)
            alone = name <= said and BEING.isdisjoint((tokens[0], made[-1] if made else ""))  # `was A in Rome?` asks it
            if (tokens[at] in ABOUT_MAP | WITHIN_MAP and is_course) or (tokens[at] in ABOUT_MAP and alone):
                at = end
            else:
                made.append(tokens[at])
                at += 1
        return made

    def unlearned(self, tokens: list[str]) -> list[str]:
        """Without `to learn` beside a length of time, where the map's times are those of learning."""
        text, said = " ".join(tokens), frozenset(tokens)
        for one in LEARNING:
            if not said.isdisjoint(one.words) and (made := one.reworded(text)) != text:
                spans = [self.spans[int(token[1:])] for token in tokens if token[0] == NAME]
                entries = [match.entry for span in spans for match in span.named if match.entry.sort == "name"]
                nodes = {node for entry in entries for node in self.index.owners_in(self.view, entry)}
                cues = [self.lexicon.meanings((stem(token),), (token,)) for token in tokens if token[0] != NAME]
                kinds = {cue.kind for some in cues for cue in some if isinstance(cue, KindWord)}
                return made.split() if times_learning(self.view, nodes, kinds) else tokens
        return tokens

    def undescribed(self, tokens: list[str]) -> list[str]:
        """Without what only says of a named thing what its name says: `the synthesis about compression`."""
        made: list[str] = []
        at = 0
        while at < len(tokens):
            made.append(tokens[at])
            behind = [token for token in tokens[at + 1 : at + 4] if token not in ARTICLES]
            if (
                tokens[at][0] == NAME
                and behind[:1]
                and behind[0] in ABOUT_NAME
                and behind[1:]
                and not _is_asked_of(tokens[:at])
                and self._tells(tokens[at], behind[1])
            ):
                at = tokens.index(behind[1], at)
            at += 1
        return made

    def _tells(self, name: str, token: str) -> bool:
        """Whether all that is called by a name has in its names the words of another."""
        if token[0] != NAME or name == token:
            return False
        span, other = self.spans[int(name[1:])], self.spans[int(token[1:])]
        said = {word.stem for word in self.words[other.start : other.end]}
        nodes = {node for match in span.named for node in self.index.owners_in(self.view, match.entry)}
        told = [{root for one in self.view.node(node).names for root in stems(name_key(one).split())} for node in nodes]
        return bool(told) and all(said <= roots for roots in told)

    def numbered(self, tokens: list[str]) -> list[str]:
        """Days and units by their numbers: `day three`, `the third week`, `lesson 5`."""
        vocal = [token for token in tokens if token in SMALL_NUMBERS or token in ORDINALS or token in SESSIONS]
        if not vocal:
            return tokens
        made: list[str] = []
        at = 0
        while at < len(tokens):
            one, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
            named = None
            if following in SMALL_NUMBERS or (one in SESSIONS and following.isdecimal()):
                named = self._called(one, SMALL_NUMBERS.get(following) or int(following))
            elif one in ORDINALS and following not in ("", BREAK):
                named = self._called(following, ORDINALS[one], counted=True)
            made += named or [one]
            at += 2 if named else 1
        return made

    def _called(self, noun: str, number: int, *, counted: bool = False) -> list[str] | None:
        """The name that the map has for the day or unit of a number; `counted`: as one of several in their order."""
        for name in (f"{noun} {number}", f"{noun} {ROMAN.get(number, number)}"):
            if self.view.names.get(name):
                return name.split()
        if noun in SESSIONS or noun == "day":
            days = self.view.days()
            if counted and (len(days) < number or days[number - 1] != number):
                return None
            if noun == "day" or self.view.has_node(day_id(number)):
                return ["day", str(number)]
        return None

    def reworded(self, tokens: list[str]) -> list[str]:
        """Without idioms, and hurried words written out."""
        known = {token for token in tokens if token in HURRIED and not self.index.knows(token)}
        text = " ".join(HURRIED[token] if token in known else token for token in tokens)
        at = next_idiom(text.split(), 0)
        while at is not None:
            text = IDIOMS[at].reworded(text)
            at = next_idiom(text.split(), at + 1)
        return _tidy(text.split())

    def unfronted(self, tokens: list[str]) -> list[str]:
        """`About A: how do B and C differ?` as `how do B and C differ about A?`."""
        clauses = _clauses(tokens)
        for number, (one, following) in enumerate(pairwise(clauses)):
            said = [token for token in one if token not in ARTICLES]
            if (
                len(said) == 2
                and said[0] in ("about", "for", "on", "before")
                and said[1][0] == NAME
                and _asks(following)
            ):
                if said[0] == "before" or any(token[0] == NAME for token in following):
                    clauses[number : number + 2] = [[*following, *one]]
                else:
                    clauses[number] = said[1:]
                return _joined(clauses)
        return tokens

    def unframed(self, tokens: list[str]) -> list[str]:
        """Without what only opens a sentence, and of clauses about how somebody came to ask only what they name."""
        clauses = _clauses(tokens)
        clauses = [opened for clause in clauses if (opened := _opened(clause, is_last=clause is clauses[-1]))]
        if len(clauses) < 2 or not any(_asks(clause) for clause in clauses):
            return _joined(clauses)
        told = [clause if _asks(clause) else self._bare(clause) for clause in clauses]
        for number, (before, clause) in enumerate(pairwise(clauses), 1):
            beside = clause[0] in ARTICLES and len(clause) <= MAX_BESIDE and not any(one[0] == NAME for one in clause)
            if beside and told[number - 1] != before:
                told[number] = []  # `I read about the vigiles, the firemen: …`
        return _joined(told)

    def _bare(self, clause: list[str]) -> list[str]:
        """The one name of a clause that only tells how somebody came to ask; any other clause as it is."""
        names = [token for token in clause if token[0] == NAME]
        if len(names) > 2 or any(token[0] == DAYS for token in clause):
            return clause
        told = [token for token in clause if token not in LEADS and token not in FORMERLY]
        first = told[0] if told else ""
        rest = told[2:] if first in OWN else told  # `my niece …`, whoever that is
        tells = (first in AGENTS or first in OWN or first in SUPPOSING) and all(
            token[0] == NAME or token in IGNORABLE or token in FRAME_WORDS or token in AGENTS for token in rest
        )
        if len(names) == 2:
            return [names[0], "and", names[1]] if tells else clause
        happens = bool(names) and all(token in HAPPENING or token[0] == NAME for token in clause)
        return names if tells or happens else clause

    def referred(self, tokens: list[str]) -> list[str]:
        """With the one name of the clause before in the place of what stands for it: `A: when did it come up?`."""
        if PRONOUNS.isdisjoint(tokens) and HELD.isdisjoint(tokens):
            return tokens
        parts = list(_parts(tokens))
        for number, part in enumerate(parts[1:], 1):
            before = [token for one in parts[:number] for token in one]
            names = {token for token in before if token[0] == NAME}
            if not self._introduces(before):
                continue
            if any(token[0] in (NAME, DAYS) for token in part):
                parts[number] = _with_subject(part, names)
                continue
            if len(names) == 1:
                parts[number] = _with_name(part, next(iter(names)))
            elif len(names) == 2 and len(before) == 3 and before[1] == "and":
                both = [before if token in ("they", "them") else [token] for token in part]
                parts[number] = [token for some in both for token in some]
            if parts[number] != part and all(token[0] == NAME or token in LIGHT_BESIDE for token in before):
                parts[:number] = [[]] * number
        return _tidy([token for part in parts for token in part])

    def _introduces(self, tokens: Sequence[str]) -> bool:
        """Whether a name is all that the next clause can speak of: not where this one asks for others."""
        for at, one in enumerate(tokens):
            following = tokens[at + 1] if at + 1 < len(tokens) else ""
            by_somebody = one == "what" and following in ("i", "we", "you", "one")  # `what one must know before A`
            asks_for_others = one in ("what", "which") and following not in AUXILIARIES | SESSIONS_ASKED
            asks_for_others = asks_for_others and not by_somebody
            is_verb = self._is_verb(following) or self.is_verb_phrase(tokens[at + 1 : at + 3])
            if one in ("who", "whom", "whose") or (asks_for_others and not is_verb):
                return False
        return True

    def _is_verb(self, word: str) -> bool:
        return any(isinstance(meaning, Verb) for meaning in self.lexicon.meanings((stem(word),), (word,)))

    def gathered(self, tokens: list[str]) -> list[str]:
        """Verbs of two parts put together, fronted prepositions put back, possessives behind their noun."""
        return _joined([self._with_phrases(self._with_prepositions(clause)) for clause in _clauses(tokens)])

    def _with_prepositions(self, clause: list[str]) -> list[str]:
        """`On which ground does A rest?` as `which ground does A rest on?`."""
        for start in range(len(clause) - 2):
            for length in (2, 1):
                fronted, rest = clause[start : start + length], clause[start + length :]
                asks = bool(rest) and rest[0] in ("what", "which", "whom", "where") and fronted[-1] in FINAL
                if asks and not any(token in SESSIONS_ASKED or token[0] == DAYS for token in rest):
                    at = self._verb_of(fronted, rest)
                    if at is not None:
                        behind = [token for token in rest[at : at + 2] if token not in ARTICLES]
                        end = rest.index(behind[0], at) + 1 if behind and behind[0][0] == NAME else at
                        return [*clause[:start], *rest[:end], *fronted, *rest[end:]]
        return clause

    def _verb_of(self, fronted: Sequence[str], rest: Sequence[str]) -> int | None:
        """Where the verb ends that a preposition belongs to, with its particle: `into what does A break down?`."""
        for at in range(2, len(rest)):
            if AUXILIARIES.isdisjoint(rest[1 : at + 1]) or rest[at - 1] in ARTICLES:
                continue
            for end in (at + 2, at + 1):
                if end <= len(rest) and self.lexicon.verbs((*rest[at:end], *fronted)):
                    return end
        return None

    def _with_phrases(self, clause: list[str]) -> list[str]:
        """`What sets A off?` as `what sets off A?`, `what do you file A under?` as `what is A filed under?`."""
        for place, token in enumerate(clause):
            if token[0] != NAME:
                continue
            verb = place - 1 - (clause[place - 1] in ARTICLES)
            if verb < 0 or clause[verb] in AUXILIARIES or clause[verb] in QUESTION_WORDS:
                continue
            head, behind = clause[verb], clause[place + 1 :]
            owned = behind[1:] if behind[:1] == ["s"] else behind  # of several, the apostrophe alone is left out
            if owned and owned[0] not in PARTICLES and self.lexicon.verbs((head, owned[0], "of")):
                return [*clause[: verb + 1], "the", owned[0], "of", token, *owned[1:]]
            for length in range(min(LONGEST_SPLIT, len(behind)), 0, -1):
                rest = behind[:length]
                phrases = self.lexicon.verbs((head, *rest))
                if not phrases:
                    continue
                if rest[-1] not in FINAL:
                    if any(one[0] == NAME for one in behind[length : length + 2]):
                        continue  # `need A to understand B`
                    if rest[-1] in OPENING_CLAUSE and behind[length:]:
                        continue  # `need A before it works`
                    return [*clause[: verb + 1], *rest, token, *behind[length:]]
                agent = next((at for at in range(verb) if clause[at] in AGENTS | NOTING), None)
                told = (
                    all(one in AGENTS or one in IGNORABLE for one in clause[agent:verb]) if agent is not None else False
                )
                asked = not QUESTION_WORDS.isdisjoint(clause[:agent])
                if agent and told and asked and (any(phrases) or stem(head) in TURNING):
                    return [*clause[:agent], token, head, *rest, *behind[length:]]
        return clause


def _token(word: Word) -> str:
    """A word as idioms know it: one that was misspelt is put right."""
    is_put_right = word.corrected and word.said not in HURRIED and word.text in idiom_words()
    return word.text if is_put_right else word.said


def _is_trait(span: Span) -> bool:
    """Whether a word only names a trait that things of the map have: `learned` is said of methods, and of people."""
    return span.end - span.start == 1 and all(match.entry.sort == "facet" for match in span.named)


def _clauses(tokens: Sequence[str]) -> list[list[str]]:
    clauses: list[list[str]] = [[]]
    for token in tokens:
        if token == BREAK:
            clauses.append([])
        else:
            clauses[-1].append(token)
    return [one for one in clauses if one]


def _joined(clauses: Sequence[Sequence[str]]) -> list[str]:
    joined: list[str] = []
    for clause in clauses:
        if clause:
            joined += [BREAK, *clause] if joined else clause
    return joined


def _tidy(tokens: Sequence[str]) -> list[str]:
    """Without clauses of no words."""
    return _joined(_clauses(tokens))


def _opened(clause: list[str], *, is_last: bool = False) -> list[str]:
    """A clause without words that only open it; the last may be what makes a question: `…, right?`."""
    while len(clause) > 1 and clause[0] in LEADS and (clause[1] in LEADS | QUESTION_WORDS or clause[1] in AUXILIARIES):
        clause = clause[1:]
    if " ".join(clause) in INTERJECTIONS:
        return []
    return [] if not is_last and (LEADS.issuperset(clause) or FORMERLY.issuperset(clause)) else clause


def _asks(clause: Sequence[str]) -> bool:
    return not QUESTION_WORDS.isdisjoint(clause) or clause[0] in OPENERS or clause[0] in ASKING


def _parts(tokens: Sequence[str]) -> Iterator[list[str]]:
    """The clauses with their `|` or `and` at the beginning: `when did A come up`, `and what is it part of`."""
    part: list[str] = []
    for one, following in zip(tokens, [*tokens[1:], ""], strict=True):
        if part and (one == BREAK or (one == "and" and following in QUESTION_WORDS | OPENERS and part != [BREAK])):
            yield part
            part = []
        part.append(one)
    yield part


def _with_subject(part: list[str], names: Collection[str]) -> list[str]:
    """A clause that asks for yes or no with the one name before in the place of its subject: `and is it part of B?`."""
    at = next((at for at, token in enumerate(part) if token not in (BREAK, "and", "but", "or", "so", "also")), 0)
    asks = part[at] in AUXILIARIES and part[at + 1 : at + 2] in (["it"], ["they"], ["this"], ["that"])
    if len(names) != 1 or not asks or part[at + 2 : at + 3] == [BREAK] or EXPLETIVE.intersection(part[at + 2 : at + 3]):
        return part
    return [*part[: at + 1], next(iter(names)), *part[at + 2 :]]


def _with_name(part: list[str], name: str) -> list[str]:
    """A clause with a name in the place of what stands for it."""
    made: list[str] = []
    at, has_it = 0, not {"it", "its"}.isdisjoint(part)
    while at < len(part):
        one, behind = part[at], part[at + 1 :]
        before = part[at - 1] if at else ""
        following = behind[0] if behind else BREAK
        if one in HELD and behind and not (has_it and one != "its"):
            length = next((n for n, word in enumerate(behind) if word not in IGNORABLE), 0) + 1
            made += ["the", *behind[:length], "of", name]
            at += length
        elif (one == "it" and following not in EXPLETIVE) or (one in THEY and not has_it):
            made.append(name)
        elif one in ("this", "that", "these", "those") and (before in AUXILIARIES or following == BREAK):
            made.append(name)
            at += following == "one"
        else:
            made.append(one)
        at += 1
    return made
