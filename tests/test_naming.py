"""Which nodes words mean: by their names however these are written, by what is joined to them, by their texts."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.ask.asking import ask, lexicon_of
from conceptmap.ask.cutting import spans_of, words_of
from conceptmap.ask.naming import fitting, told_by
from conceptmap.ask.spans import EXACT, PARTIAL
from graphs.view import View
from graphs.words import word_index
from small_maps import document, edge, node, view

CLAIM = ("Claim",)


@pytest.fixture(scope="module")
def bread() -> View:
    return view(
        document(
            1,
            node("Salt", text="It slows the yeast, and tightens gluten."),
            node("Steam", aliases=["Vapour"]),
            node("Crust", text="The brown skin of a loaf."),
            node("Salt keeps bread fresh", "Claim"),
            node("Too much salt kills the yeast", "Claim"),
            node("Ovens are too dry", "Claim"),
            node("Vapours of the oven make the crust shine", "Claim"),
            node("A lid works as well", "Claim"),
            edge("Ovens are too dry", "about", "Steam"),
            edge("A lid works as well", "part of", "Crust"),
        ),
        document(2, node("Late bakers salt late", "Claim")),
    )


def test_what_is_said_about_a_node_stands_for_it(bread: View) -> None:
    assert fitting(bread, "steam", CLAIM) == ["ovens-are-too-dry"]


def test_what_belongs_to_a_node_stands_for_it_where_nothing_is_about_it(bread: View) -> None:
    assert fitting(bread, "crust", CLAIM) == ["a-lid-works-as-well"]


def test_names_that_hold_its_name_stand_for_it_where_nothing_is_joined(bread: View) -> None:
    found = fitting(bread, "salt", CLAIM)
    assert found == ["salt-keeps-bread-fresh", "too-much-salt-kills-the-yeast", "late-bakers-salt-late"]
    assert fitting(bread.up_to(1), "salt", CLAIM) == found[:2]


def test_nothing_stands_for_a_node_that_nobody_speaks_of(bread: View) -> None:
    assert fitting(bread, "salt", ("Evidence",)) == []
    assert fitting(bread, "a-lid-works-as-well", CLAIM) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["tightening"], "salt"),
        (["brown", "skin"], "crust"),
        (["loaves"], "crust"),
        (["yeast"], None),
        (["brown", "gluten"], None),
        (["brown", "skin", "loaf"], None),
        ([], None),
    ],
)
def test_words_that_one_text_alone_has_tell_of_its_node(bread: View, words: Sequence[str], found: str | None) -> None:
    assert told_by(bread, words) == found


@pytest.fixture(scope="module")
def robots() -> View:
    return view(
        document(
            1,
            node("Vision-language-action model"),
            node("Large language models"),
            node("LLM scaling"),
            node("NLP"),
            node("Hand-crafted features", text="Edges and corners that vision used.", data={"domain": "vision"}),
            node("Backpropagation"),
            node("Colour constancy"),
            node("Sweeter planners"),
            node("Corn"),
            node("Very simple"),
            node("Prediction of actions"),
            node("Longer chunks mean fewer decisions and less drift", "Claim"),
        )
    )


def named(view: View, question: str) -> dict[str, float]:
    """The keys of the names that runs of a question's words mean, each with its score."""
    lexicon, index = lexicon_of(view.vocabulary), word_index(view)
    spans = spans_of(words_of(question, lexicon, index), lexicon, index, view)
    return {match.entry.key: match.score for span in spans for match in span.named}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("what are VLAs?", "vision language action model"),
        ("what are VLAMs?", "vision language action model"),
        ("what is natural language processing?", "nlp"),
        ("what leads to large language model scaling?", "llm scaling"),
        ("what are handcrafted features?", "hand crafted features"),
        ("what are features built by hand?", "hand crafted features"),
        ("what is back propagation?", "backpropagation"),
        ("what is back-propagation?", "backpropagation"),
        ("what is color constancy?", "colour constancy"),
        ("what are sweet planners?", "sweeter planners"),
        ("what is action prediction?", "prediction of actions"),
        ("what is hand-crafted vision features?", "hand crafted features"),
        ("do long chunks mean fewer decisions and so less drift?", "longer chunks mean fewer decisions and less drift"),
    ],
)
def test_a_name_is_understood_however_it_is_written(robots: View, said: str, key: str) -> None:
    score = named(robots, said)[key]
    assert PARTIAL < score < EXACT


def test_words_that_only_a_longer_name_has_together_mean_it() -> None:
    said = view(document(1, node("Flour"), node("Strong flour makes tall bread", "Claim"), node("Tall tales")))
    assert set(named(said, "what supports strong flour?")) == {"strong flour makes tall bread"}
    assert set(named(said, "what supports flour?")) == {"flour"}


@pytest.mark.parametrize("said", ["what is NLP?", "what is a Vision Language Action model?", "what is corn?"])
def test_an_exact_name_scores_highest(robots: View, said: str) -> None:
    assert max(named(robots, said).values()) == EXACT


@pytest.mark.parametrize(
    "said",
    [
        "what is a corner?",
        "what is an NLA?",
        "Large Medium vs Large Small?",
        "what are hand-crafted finance features?",
        "do longer chunks mean fewer decisions and less money and drift?",
    ],
)
def test_what_another_word_is_in_is_no_name(robots: View, said: str) -> None:
    assert all(score <= PARTIAL for score in named(robots, said).values())


QUESTIONS = (
    "what supports {0}?",
    "what does {1} lead to?",
    "is {1} part of {2}?",
    "what is {2}?",
    "when was {1} introduced?",
    "which claims are there about {2}?",
    "what do I need before {1}?",
    "how many examples of {2} are there?",
    "what is part of {2} other than {1}?",
    "why {0}?",
)
SYLLABLES = ("zor", "bal", "fim", "kud", "vep", "gax", "lom", "jit")
NAMES = st.lists(
    st.lists(st.sampled_from(SYLLABLES), min_size=3, max_size=4).map("".join), min_size=3, max_size=3, unique=True
).filter(lambda names: len({name[:5] for name in names}) == 3)


def course(names: Sequence[str]) -> View:
    claim, concept, whole = names
    return view(
        document(
            1,
            node(claim, "Claim"),
            node(concept),
            node(whole, text="The whole."),
            node("Base"),
            node("Sign", "Evidence"),
            edge("Sign", "supports", claim),
            edge(claim, "about", whole),
            edge(concept, "leads to", "Base"),
            edge(concept, "part of", whole),
            edge("Base", "part of", whole),
            edge("Base", "example of", whole),
            edge(concept, "requires", "Base"),
        )
    )


@given(NAMES, st.sampled_from(QUESTIONS))
def test_other_names_in_question_and_map_change_nothing_else(names: list[str], question: str) -> None:
    known = ["gradient", "momentum", "learning"]
    reply, other = ask(course(known), question.format(*known)), ask(course(names), question.format(*names))
    renamed = dict(zip(known, names, strict=True))
    assert other.status == reply.status
    assert [one.label for one in other.answers] == [renamed.get(one.label, one.label) for one in reply.answers]


@pytest.mark.parametrize("word", ["what", "not", "when", "use", "large"])
def test_an_id_that_is_an_ordinary_word_takes_it_from_no_question(word: str) -> None:
    nodes = [node("Yeast", text="A fungus."), node("What is small?", text="A hundred lines.", id=word)]
    map_view = view(document(1, *nodes, node("Bread", "Claim"), edge("Yeast", "supports", "Bread")))
    assert [one.label for one in ask(map_view, "what is yeast?").answers] == ["Yeast"]
    assert [one.label for one in ask(map_view, "what supports bread?").answers] == ["Yeast"]
    assert [one.label for one in ask(map_view, "what is small?").answers] == ["What is small?"]


def test_a_label_that_is_an_ordinary_word_is_a_name() -> None:
    assert [one.label for one in ask(view(document(1, node("Use", text="U."))), "what is use?").answers] == ["Use"]


def test_a_relation_that_is_not_read_is_not_passed_over_where_a_node_is_called_as_its_kind() -> None:
    map_view = view(document(1, node("Yeast", text="A."), node("Claim", "Claim"), edge("Yeast", "supports", "Claim")))
    assert "Claim" not in {one.label for one in ask(map_view, "what supports claim?").answers}
