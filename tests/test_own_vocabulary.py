"""A vocabulary of one's own: what it adds, how that looks, what it takes from the built-in words, what is wrong."""

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap import open_atlas
from conceptmap.draw import Selection, draw
from conceptmap.draw.theme import DARK, toned
from ontology.errors import InvalidVocabulary
from ontology.looks import CONTRAST, SHAPES, KindLooks, LineLooks, contrast, kind_looks, line_looks
from ontology.own_vocabulary import read_own_vocabulary, with_added
from small_maps import VOCABULARY
from small_vocabularies import COOKING, COOKING_NOTES, LAW, LAW_NOTES, PREFIXES

COOKING_WORDS, LAW_WORDS = with_added(COOKING.encode()), with_added(LAW.encode())


def problems(declarations: str) -> list[str]:
    """What is wrong with these declarations, without the place: `1: …` is the first line behind the prefixes."""
    with pytest.raises(InvalidVocabulary) as caught:
        with_added(f"{PREFIXES}{declarations}".encode())
    above = PREFIXES.count("\n")
    return [f"{(one.line or 0) - above}: {one.what}; {one.hint}" for one in caught.value.problems]


# What is added.


def test_what_is_added_stands_behind_what_is_built_in_and_narrower_kinds_behind_wider_ones() -> None:
    added = [name for name in COOKING_WORDS.kinds if name not in VOCABULARY.kinds]
    assert added == ["Recipe", "Ingredient", "Flour", "Technique", "Oven setting"]
    assert list(COOKING_WORDS.kinds)[: len(VOCABULARY.kinds)] == list(VOCABULARY.kinds)
    assert [one.name for one in COOKING_WORDS.relations.values() if one.is_own] == [
        "uses",
        "calls for",
        "bakes at",
        "pairs with",
    ]


def test_a_relation_may_join_the_sub_kinds_of_its_ends_too() -> None:
    assert COOKING_WORDS.relations["uses"].allows("Recipe", "Flour")
    assert COOKING_WORDS.relations["requires"].allows("Technique", "Technique")
    assert not COOKING_WORDS.relations["requires"].allows("Recipe", "Technique")
    assert COOKING_WORDS.within(["Ingredient", "Claim"]) == {"Ingredient", "Flour", "Claim"}


def test_a_class_without_a_name_of_its_own_is_no_kind() -> None:
    union = "[ a owl:Class ; owl:unionOf ( cm:Claim cm:Evidence ) ]"
    inverse = "[] a owl:ObjectProperty ; owl:inverseOf :uses ."
    words = with_added(
        f'{PREFIXES}:Oven a owl:Class ; rdfs:label "Oven" ; rdfs:subClassOf {union} . {inverse}'.encode()
    )
    assert [(one.name, one.parents) for one in words.kinds.values() if one.is_own] == [("Oven", ())]
    assert words.relations.keys() == VOCABULARY.relations.keys()


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert with_added(b"\xef\xbb\xbf" + COOKING.encode()).kinds == COOKING_WORDS.kinds


def test_sub_kinds_may_stand_before_what_they_belong_to_however_many_there_are() -> None:
    looks = 'cm:shape "box" ; cm:fill "#ffffff" ; cm:stroke "#000000"'
    kinds = [
        f'<urn:{n}> a owl:Class ; rdfs:label "K{n}" ; {looks} ; rdfs:subClassOf <urn:{n + 1}> .' for n in range(999)
    ]
    last = f'<urn:999> a owl:Class ; rdfs:label "K999" ; {looks} .'
    words = with_added("\n".join((PREFIXES, *kinds, last)).encode())
    assert [name for name in words.kinds if name not in VOCABULARY.kinds][:2] == ["K999", "K998"]


def test_a_word_that_is_built_in_means_what_the_file_says() -> None:
    assert "uses" in VOCABULARY.relations["requires"].verbs
    assert "uses" not in COOKING_WORDS.relations["requires"].verbs
    assert "is used in" not in COOKING_WORDS.relations["requires"].inverse_wordings
    assert "technique" not in COOKING_WORDS.kinds["Method"].nouns
    assert COOKING_WORDS.kind("technique") == COOKING_WORDS.kinds["Technique"]
    assert "overrules" not in LAW_WORDS.relations["opposes"].verbs


def test_words_and_ends_are_added_to_built_in_kinds_and_relations() -> None:
    said = """
    cm:Evidence cm:noun "exhibit" ; cm:prefix "exhibit" .
    :Case a owl:Class ; rdfs:label "Case" .
    cm:supports schema:domainIncludes :Case ; cm:wording "speaks in aid of" .
    """
    words = with_added(f"{PREFIXES}{said}".encode())
    assert words.kind_by_prefix["exhibit"].name == "Evidence"
    assert words.relations["supports"].allows("Case", "Claim")
    assert "speaks in aid of" in words.relations["supports"].wordings


def test_a_name_that_is_no_verb_is_said_with_one() -> None:
    decided = LAW_WORDS.relations["decided by"]
    assert (decided.says, decided.inverse_says) == ("is decided by", "decided")


def test_the_whole_vocabulary_is_turtle_that_can_be_read_again() -> None:
    assert COOKING in COOKING_WORDS.turtle.decode()
    assert b"cm:Concept a owl:Class" in COOKING_WORDS.turtle


# How it looks.


def test_all_kinds_and_lines_of_a_course_can_be_told_apart() -> None:
    for words in (COOKING_WORDS, LAW_WORDS):
        kinds = [(one.shape, one.fill, one.stroke) for one in words.kinds.values()]
        lines = [(one.line_style, one.color, one.arrow) for one in words.relations.values()]
        assert len(set(kinds)) == len(kinds)
        assert len({shape for shape, *_ in kinds}) == len(kinds)
        assert len(set(lines)) == len(lines)


@given(st.lists(st.text("abcdefgh ", min_size=1), max_size=40, unique_by=str.casefold))
def test_looks_follow_from_names_and_can_be_seen_on_any_paper(names: list[str]) -> None:
    kinds: list[KindLooks] = []
    lines: list[LineLooks] = []
    for name in names:
        assert kind_looks(name, kinds) == kind_looks(name, kinds)
        kinds.append(kind_looks(name, kinds))
        lines.append(line_looks(name, lines))
    for kind, line in zip(kinds, lines, strict=True):
        assert contrast("#1b1b1b", kind.fill) > 12
        assert min(contrast(kind.stroke, "#ffffff"), contrast(kind.stroke, kind.fill)) >= CONTRAST
        assert contrast(line.color, "#ffffff") >= CONTRAST
        assert contrast(toned(kind.stroke, 0.75), DARK.panel) >= CONTRAST
        assert contrast(toned(line.color, 0.75), DARK.paper) >= CONTRAST
        assert contrast(DARK.ink, toned(kind.fill, 0.17)) >= 7
    assert len(set(kinds)) == len(kinds)
    assert len(set(lines)) == len(lines)
    few = kinds[: len(SHAPES)]
    assert len({one.shape for one in few}) == len(few)


def test_what_is_said_of_looks_counts() -> None:
    words = with_added(f"{PREFIXES}:Taste a owl:Class ; rdfs:label 'Taste' ; cm:shape 'ellipse' .".encode())
    assert words.kinds["Taste"].shape == "ellipse"
    assert words.kinds["Taste"].fill.startswith("#")


# Notes, questions, pictures.


def write(folder: Path, notes: Mapping[str, str], vocabulary: str) -> Path:
    """A folder of notes, with the vocabulary beside it; returns the vocabulary's file."""
    folder.mkdir()
    for name, text in notes.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder.parent / "words.ttl").write_text(vocabulary)
    return folder.parent / "words.ttl"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("which ingredients does Baguette use?", {"Wheat flour", "Yeast"}),
        ("which flours does the rye loaf need?", {"Rye flour"}),
        ("what does the baguette bake at?", {"240 °C"}),
        ("which recipes are baked at 240 °C?", {"Baguette", "Rye loaf"}),
        ("which techniques does Baguette call for?", {"Scoring"}),
        ("which methods are there?", {"Scoring"}),
        ("what goes well with caraway?", {"Rye flour"}),
        ("which ingredients were introduced on day 2?", {"Rye flour", "Caraway"}),
        ("how many ingredients are there?", {"4"}),
        ("is Rye flour an ingredient?", {"Rye flour"}),
    ],
)
def test_a_cooking_course_is_asked_in_its_own_words(tmp_path: Path, question: str, expected: set[str]) -> None:
    vocabulary = write(tmp_path / "notes", COOKING_NOTES, COOKING)
    with open_atlas("sqlite://", vocabulary=vocabulary) as atlas:
        assert not atlas["cooking"].load(tmp_path / "notes").warnings
        answer = atlas["cooking"].ask(question)
    assert answer.status == "answered"
    assert {one.label for one in answer.answers} == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("which case overruled Plessy v. Ferguson?", {"Brown v. Board of Education"}),
        ("does Brown v. Board of Education overrule Plessy v. Ferguson?", {"Brown v. Board of Education"}),
        ("which act does Griggs v. Duke Power construe?", {"Civil Rights Act of 1964"}),
        ("who decided Plessy v. Ferguson?", {"Supreme Court"}),
        (
            "which authorities are there?",
            {
                "Brown v. Board of Education",
                "Plessy v. Ferguson",
                "Griggs v. Duke Power",
                "Civil Rights Act of 1964",
            },
        ),
    ],
)
def test_a_law_course_is_asked_in_its_own_words(tmp_path: Path, question: str, expected: set[str]) -> None:
    vocabulary = write(tmp_path / "notes", LAW_NOTES, LAW)
    with open_atlas("sqlite://", vocabulary=vocabulary) as atlas:
        atlas["law"].load(tmp_path / "notes")
        answer = atlas["law"].ask(question)
    assert answer.status == "answered"
    assert {one.label for one in answer.answers} == expected


def test_it_is_drawn_in_every_form(tmp_path: Path) -> None:
    vocabulary = write(tmp_path / "notes", COOKING_NOTES, COOKING)
    with open_atlas("sqlite://", vocabulary=vocabulary) as atlas:
        atlas["cooking"].load(tmp_path / "notes")
        view = atlas["cooking"].view()
    kind, line = COOKING_WORDS.kinds["Recipe"], COOKING_WORDS.relations["bakes at"]
    svg = str(draw(view, "svg", Selection(whole=True)))
    assert ".kind_recipe polygon" in svg
    assert kind.fill in svg
    assert line.color in svg
    dot = str(draw(view, "dot", Selection(whole=True)))
    assert kind.shape in dot
    assert "Oven setting" in dot
    assert f"fill:{kind.fill}" in str(draw(view, "mermaid", Selection(whole=True)))
    only = str(draw(view, "dot", Selection(kinds=frozenset(["Ingredient"]))))
    assert "Wheat flour" in only
    assert "Baguette" not in only


# What is wrong.


@pytest.mark.parametrize(
    ("declarations", "expected"),
    [
        (":Recipe a owl:Class .", '1: :Recipe has no name; add: rdfs:label "Recipe"'),
        (
            ":bakesAt a owl:ObjectProperty ; cm:inverseLabel 'x' .",
            '1: :bakesAt has no name; add: rdfs:label "bakes at"',
        ),
        (
            ':uses a owl:ObjectProperty ; rdfs:label "uses" .',
            "1: 'uses' has no name for the way back; add cm:inverseLabel \"is used by\", or the words that fit; "
            "or owl:SymmetricProperty",
        ),
        (
            'cm:Claim a owl:Class ; rdfs:label "Holding" .',
            "1: cm:Claim is built in, and stays as it is; declare a kind of your own: "
            ":OwnClaim rdfs:subClassOf cm:Claim; to a built-in one only words and ends are added",
        ),
        (
            ':Thesis a owl:Class ;\n  rdfs:label "claim" .',
            "2: 'claim' is a built-in kind ('Claim'); choose another name, or leave this out and use the built-in one",
        ),
        (
            ':on a owl:ObjectProperty ; rdfs:label "leads to" ; cm:inverseLabel "is led to by" .',
            "1: 'leads to' is a built-in relation; choose another name, or leave this out and use the built-in one",
        ),
        (
            ':Recipe a owl:Class ; rdfs:label "Recipe" ;\n  cm:nuon "dish" .',
            "2: cm:nuon is no property of a vocabulary; did you mean 'cm:noun'?",
        ),
        (
            ':Recipe a owl:Class ; rdfs:label "Recipe" ; rdfs:subClassOf cm:Metod .',
            "1: there is no kind cm:Metod; did you mean 'cm:Method'?",
        ),
        (
            ':Recipe a owl:Class ; rdfs:label "Recipe" ; cm:verb "bakes" .',
            "1: cm:verb does not belong here; there are cm:fill, cm:noun, cm:prefix, cm:shape, cm:stroke",
        ),
        (
            ':Recipe a owl:Class ; rdfs:label "Recipe" ; cm:shape "hexagn" .',
            "1: 'hexagn' can be no cm:shape; did you mean 'hexagon'?",
        ),
        (
            ':Recipe a owl:Class ; rdfs:label "Recipe: a list" .',
            "1: 'Recipe: a list' can be no name: it has ':' in it; write a short one in plain words",
        ),
        (
            ':A a owl:Class ; rdfs:label "Aa" ; rdfs:subClassOf :B .\n:B a owl:Class ; rdfs:label "Bb" ;'
            " rdfs:subClassOf :A .",
            "1: a kind cannot be a sub-kind of itself: :A -> :B -> :A; leave out one rdfs:subClassOf",
        ),
        (
            ':Dish a owl:Class ; rdfs:label "Dish" .\n:Recipe a owl:Class ; rdfs:label "Recipe" ; cm:noun "dishes" .',
            "2: 'dishes' means :Dish already, at line 6; keep it in one place, or choose other words",
        ),
        (
            ':fits a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:label "fits" ; cm:wording "leads to" .',
            "1: 'leads to' is the built-in relation 'leads to'; choose other words",
        ),
        (
            ':Sunday a owl:Class ; rdfs:label "Sunday" ; rdfs:subClassOf cm:Day .',
            "1: a Day can have no sub-kinds; days are made from the notes; leave this out",
        ),
        (
            ':uses a owl:ObjectProperty ; rdfs:label "uses" ; cm:inverseLabel "is used in" ;'
            ' schema:rangeIncludes "Claim" .',
            "1: schema:rangeIncludes is no kind; write its name without quotes, as cm:Concept",
        ),
        (
            ":Recipe rdfs:label 'Recipe' ; cm:noun 'dish' .",
            "1: :Recipe is declared nowhere; write: :Recipe a owl:Class "
            "for a kind, a owl:ObjectProperty for a relation",
        ),
        ("cm:Clam cm:noun 'x' .", "1: cm:Clam is declared nowhere; did you mean 'cm:Claim'?"),
        (":Recipe a rdfs:Class .", "1: :Recipe is a rdfs:Class; write: :Recipe a owl:Class"),
        ("cm:about schema:domainIncludes cm:Day .", "1: cm:about may join every kind there already; leave this out"),
        ("", '-5: it declares no kind and no relation; for a kind write: :Recipe a owl:Class ; rdfs:label "Recipe" .'),
    ],
)
def test_what_is_wrong_is_told_with_what_to_write(declarations: str, expected: str) -> None:
    assert problems(declarations) == [expected]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_lines() -> None:
    found = problems(
        """:Recipe a owl:Class .
:uses a owl:ObjectProperty ; rdfs:label "uses" ;
    schema:domainIncludes :Recipy ;
    cm:colour "red" .
"""
    )
    assert [one.partition(":")[0] for one in found] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a:b a owl:Class .",
            "words.ttl:1:1: no Turtle: The prefix a: has not been declared; write at the top: @prefix a:",
        ),
        ("\n\nthis is none", "words.ttl:3:"),
        ("@prefix cm: <https://x.example/", "words.ttl:1:"),
    ],
)
def test_a_mistake_of_syntax_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "words.ttl").write_text(text)
    with pytest.raises(InvalidVocabulary) as caught:
        read_own_vocabulary(tmp_path / "words.ttl")
    assert message in str(caught.value)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"# fine\n\n:Rec\xe9pe a owl:Class ."])
def test_bytes_that_are_no_text_say_so(data: bytes) -> None:
    with pytest.raises(InvalidVocabulary, match="no UTF-8 text"):
        with_added(data)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without an end")
def test_a_file_is_read_no_further_than_a_vocabulary_may_be_long() -> None:
    with pytest.raises(InvalidVocabulary, match="at most 1000000 bytes"):
        read_own_vocabulary(Path("/dev/zero"))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidVocabulary, match=r"nowhere.ttl: the vocabulary cannot be read: no such file"):
        read_own_vocabulary(tmp_path / "nowhere.ttl")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        with_added((PREFIXES + text).encode("utf-8", "surrogatepass"))
    except InvalidVocabulary as error:
        assert error.problems


def test_no_two_wordings_of_a_course_clash() -> None:
    for one, other in combinations((COOKING_WORDS.relations["uses"], COOKING_WORDS.relations["requires"]), 2):
        assert not set(one.verbs) & set(other.verbs)
