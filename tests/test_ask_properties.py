"""Whatever is typed: asking never fails or dawdles, invents nothing, cites what it says, and keeps to its day."""

import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from conceptmap import open_atlas
from conceptmap.ask import Answer, ask
from conceptmap.ask.asking import MAX_CHARACTERS, MAX_WORDS, lexicon_of
from conceptmap.shapes.answer import answer_shape
from graphs.view import View
from ontology.names import name_key

TESTS = Path(__file__).parent
COURSES = {"robot-intelligence": TESTS.parent / "conceptmap" / "course", "bread": TESTS / "courses" / "bread"}
AS_OF = (None, 0, 3, 14, 26)
SLOWEST = 1.0
"""Seconds; a question takes a few thousandths, and a slow machine must not fail here."""

CANARY = "qzjxv"
FRAGMENTS = [
    f"> }} ; DROP ALL ; SELECT * WHERE {{ ?{CANARY} ?p ?o }} #",
    f"the bitter lesson> . ?s <{CANARY}> ?o . <x",
    f"' || true) {CANARY} FILTER('",
    f'" . ?x ?y "{CANARY}',
    f'\\u003E \\" {CANARY} \\n \\',
    f"$({CANARY}); rm -rf / && `{CANARY}` | cat > /etc/passwd",
    f"<script>{CANARY}()</script> &amp; <!-- {CANARY} --> ]]>",
    f"../../{CANARY}%00%0a${{jndi:ldap://{CANARY}}} {{{{7*7}}}} %s %n {{0.__class__}}",
    f"'; DROP TABLE entries; -- {CANARY}",
]
WHOLE = [
    "",
    " ",
    "?",
    "\x00",
    "\ud800",
    "\udfff\ud800 the bitter lesson \udc00?",
    "\u202ewhat supports the bitter lesson?\u202c",
    "a" * MAX_CHARACTERS,
    "ﷺ" * MAX_CHARACTERS,
    "e\u0301" * (MAX_CHARACTERS // 2),
    "what supports the bitter lesson? " * 3_000,
    "x" * 100_000,
    "\n" * 100_000,
    "day " * MAX_WORDS,
    "day 999999999999",
    "day -1",
    "day ٣ day ² day ⅷ day 五",
    "what is new on day " + "9" * 1_900,
    " ".join(f"day {10**12 + number}" for number in range(5_000)),
    " ".join(["day 5 to 26"] * 14),
    " ".join(["supports"] * MAX_WORDS),
    " ".join(["lesson"] * MAX_WORDS),
    " ".join(["lessn"] * MAX_WORDS),
    " ".join(["loss"] * 30 + ["supports"] * 30),
]


@pytest.fixture(scope="module")
def views() -> Iterator[list[View]]:
    """Both courses as of several days, and a map with nothing in it."""
    with open_atlas("sqlite://") as atlas:
        for name, folder in COURSES.items():
            atlas[name].load(folder)
        found = [atlas[name].as_of(day).view() for name in COURSES for day in AS_OF]
        yield [*found, View(atlas.ledger.view("empty").fold, atlas.ledger.vocabulary)]


def words_of(view: View) -> list[str]:
    """All that a question about a map may be made of: its names, its days, and every word that asks."""
    names = [name for node in view.nodes() for name in (node.id, *node.names)]
    dimensions = [edge.dimension for edge in view.edges() if edge.dimension]
    asking = sorted(lexicon_of(view.vocabulary).words)
    numbers = [f"day {day}" for day in (0, 1, 5, 14, 26, 30, 99_999, 100_000, 999_999_999_999)]
    return [*names, *dimensions, *asking, *asking, *numbers]


def misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) + 1)
    return word[:at] + chance.choice(["", word[at : at + 1] * 2, "x", "'", "-"]) + word[at + 1 :]


def salads(view: View, count: int, seed: int) -> Iterator[str]:
    """Questions made of words that mean something, in no order, some misspelt, some with a fragment of a language."""
    chance = random.Random(seed)
    words = words_of(view)
    for _ in range(count):
        chosen = chance.choices(words, k=chance.randint(1, 7))
        if chance.random() < 0.3:
            chosen = [misspelt(word, chance) for word in chosen]
        if chance.random() < 0.3:
            chosen.insert(chance.randrange(len(chosen)), chance.choice(FRAGMENTS))
        yield " ".join(chosen) + chance.choice(["", "?", "!", " \x07", "\n"])


def noises(count: int, seed: int) -> Iterator[str]:
    """Strings of any characters at all, lone surrogates and controls among them."""
    chance = random.Random(seed)
    ranges = [(0, 0x80), (0, 0x20), (0x20, 0x3000), (0xD800, 0xE000), (0, 0x110000)]
    for _ in range(count):
        low, high = chance.choice(ranges)
        yield "".join(chr(chance.randrange(low, high)) for _ in range(chance.randint(0, 60)))


def sparql_of(reply: Answer) -> str:
    return reply.explanation.partition("sparql:\n")[2]


def assert_honest(view: View, question: str) -> None:
    """What holds of every reply to anything."""
    start = time.process_time()
    # Offers are several questions more: every eighth reply has them.
    reply = ask(view, question, explained=True, offering=len(question) % 8 == 0)
    assert time.process_time() - start < SLOWEST
    assert (reply.status == "answered") == bool(reply.answers)
    assert reply.status != "ambiguous" or len(reply.candidates) > 1
    for found in reply.answers:
        assert found.id is None or view.has_node(found.id)
        assert found.cites
        assert all(cite.file and view.sees(cite.day) for cite in found.cites)
        assert all(view.has_node(step.id) for step in found.path)
    assert all(view.has_node(one.id) for one in reply.candidates)
    assert_printable(reply)
    assert_safe(sparql_of(reply))


def assert_printable(reply: Answer) -> None:
    """Any terminal and any program can take it; what was typed comes back without its controls."""
    text = f"{reply.sentence}\n{reply.explanation}"
    text.encode()
    json.dumps(answer_shape(reply), ensure_ascii=False).encode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", text)


def assert_safe(sparql: str) -> None:
    """It is a query that only selects, and what was typed is not in it."""
    assert CANARY not in sparql
    if "SELECT" in sparql:
        Store().query(sparql)


def test_strings_with_a_meaning_are_answered_honestly(views: list[View]) -> None:
    for seed, view in enumerate(views):
        for question in salads(view, 4 * settings().max_examples, seed):
            assert_honest(view, question)


def test_strings_without_a_meaning_are_answered_honestly(views: list[View]) -> None:
    for seed, view in enumerate(views):
        for question in noises(4 * settings().max_examples, seed):
            assert_honest(view, question)


@given(st.text(st.characters(exclude_categories=()), max_size=200) | st.text(" ?abdeilnorst'-0159", max_size=60))
def test_any_string_is_answered_honestly(views: list[View], question: str) -> None:
    assert_honest(views[0], question)


@pytest.mark.parametrize("question", [*WHOLE, *FRAGMENTS], ids=range(len(WHOLE) + len(FRAGMENTS)))
def test_hostile_strings_are_answered_honestly(views: list[View], question: str) -> None:
    for view in (views[0], views[len(AS_OF) + 2], views[-1]):
        assert_honest(view, question)
        assert_honest(view, f"what supports {question}?")


def test_long_questions_take_no_longer_than_longest_ones(views: list[View]) -> None:
    reply = ask(views[0], "what supports the bitter lesson? " * 100_000)
    assert reply.status == "unknown"
    assert "too long" in reply.sentence


@pytest.mark.parametrize("name", list(COURSES))
@pytest.mark.parametrize("question", ["what is {}?", "when was {} introduced?", "what leads to {}?"])
def test_what_only_later_days_name_is_taken_for_nothing_else(views: list[View], name: str, question: str) -> None:
    whole = views[list(COURSES).index(name) * len(AS_OF)]
    early = View(whole.fold, whole.vocabulary, as_of=whole.days()[0])
    late = [node for node in whole.nodes("Concept") if not early.has_node(node.id)]
    assert late
    for node in late:
        if not any(early.named(one) for one in node.names):
            assert ask(early, question.format(node.label)).answers == (), node.label


def test_asking_twice_gives_the_same(views: list[View]) -> None:
    for question in salads(views[0], 200, 77):
        replies = [ask(views[0], question, offering=False) for _ in range(2)]
        assert replies[0] == replies[1]


def test_case_and_punctuation_change_no_answer(views: list[View]) -> None:
    for question in ("what supports the bitter lesson", "when was attention introduced", "day 5 brings"):
        assert name_key(question) == question
        replies = [ask(views[0], form) for form in (question, question.upper() + "??", f"  «{question}»…")]
        assert len({reply.answers for reply in replies}) == 1
        assert replies[0].answers
