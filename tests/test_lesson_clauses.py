"""Clauses: where a sentence is cut, what is its subject, and what never gets into a name."""

import pytest

from conceptmap.notes.lesson.clauses import ALSO_CALLED, IS_A, clauses_of, subject_of
from conceptmap.notes.lesson.list_intros import list_intros_of
from conceptmap.notes.lesson.phrases import noun_phrase
from ontology.terms import CONTRASTS_WITH, EXAMPLE_OF, LEADS_TO, OPPOSES, PART_OF, REPLACES, REQUIRES
from ontology.vocabulary import read_vocabulary

INTROS = list_intros_of(read_vocabulary())


def said(text: str, topic: str | None = None) -> list[tuple[str, str, str]]:
    """The clauses of known verbs as source, relation, target."""
    triples = []
    for clause in clauses_of(text, INTROS, topic):
        for subject in clause.subjects:
            for other in clause.objects if clause.relation and not clause.negated else ():
                ends = (other, subject) if clause.inverse else (subject, other)
                triples.append((ends[0], clause.relation or "", ends[1]))
    return triples


@pytest.mark.parametrize(
    ("text", "triples"),
    [
        # the object ends where a preposition, a relative word or a second verb begins
        ("Rye replaced wheat in the north.", [("Rye", REPLACES, "wheat")]),
        ("In the south, rice replaced millet.", [("rice", REPLACES, "millet")]),
        ("On Malta a small mill displaced the quern", [("small mill", REPLACES, "quern")]),
        ("Fugues build on canons and need ears.", [("Fugues", REQUIRES, "canons"), ("Fugues", REQUIRES, "ears")]),
        ("A levy depends on a register that lists every household.", [("levy", REQUIRES, "register")]),
        ("Osmosis requires a membrane (see Day 3), as cells show.", [("Osmosis", REQUIRES, "membrane")]),
        ("Grafting relies on clean cuts and the gardener must be quick.", [("Grafting", REQUIRES, "clean cuts")]),
        # lists of names
        ("Mortar consists of lime, sand and water.", [(one, PART_OF, "Mortar") for one in ("lime", "sand", "water")]),
        ("The state has two chambers, a senate and a house.", [(one, PART_OF, "state") for one in ("senate", "house")]),
        ("A cell has two walls: a skin and a coat.", [(one, PART_OF, "cell") for one in ("skin", "coat")]),
        # adverbs, passive forms, auxiliaries
        ("Gout is often caused by rich food.", [("rich food", LEADS_TO, "Gout")]),
        ("Quills were largely replaced by nibs.", [("nibs", REPLACES, "Quills")]),
        ("Tariffs can lead to smuggling.", [("Tariffs", LEADS_TO, "smuggling")]),
        ("Loud organs need much wind.", [("Loud organs", REQUIRES, "wind")]),
        # what sort of thing, other names, what it is unlike, examples
        ("A sestina is a fixed form that repeats six words.", [("sestina", IS_A, "fixed form")]),
        ("A gavotte is a special case of a dance in two beats.", [("gavotte", EXAMPLE_OF, "dance")]),
        ("Lye, also called soda, needs gloves.", [("Lye", ALSO_CALLED, "soda"), ("Lye", REQUIRES, "gloves")]),
        ("Copper, unlike iron, needs no paint.", [("Copper", CONTRASTS_WITH, "iron")]),
        ("They live on nuts such as figs and dates.", [("figs", EXAMPLE_OF, "nuts"), ("dates", EXAMPLE_OF, "nuts")]),
        ("Felt keeps out wind better than linen.", [("Felt", CONTRASTS_WITH, "linen")]),
        # the subject of the sentence before, and of a clause in commas
        ("It needs salt.", [("Topic", REQUIRES, "salt")]),
        ("Rondos, which build on songs, need a hook.", [("Rondos", REQUIRES, "songs"), ("Rondos", REQUIRES, "hook")]),
        ("Drought causes dust that leads to cough.", [("Drought", LEADS_TO, "dust"), ("dust", LEADS_TO, "cough")]),
        ("Salt prevents mould.", [("Salt", OPPOSES, "mould")]),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_into_clauses(text: str, triples: list[tuple[str, str, str]]) -> None:
    found = said(text, "Topic")
    assert found == triples


@pytest.mark.parametrize(
    "text",
    [
        "Salt does not need water.",
        "Nobody can write down what a song needs.",
        "The needs of the many are many.",
        "Its uses include glue.",
        "Which loaf needs salt?",
        "A witness who can be asked at any time is best.",
        "They need more.",
    ],
)
def test_what_is_denied_asked_or_pointed_at_is_no_clause(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Levain-7 stayed soft for a week", "Levain-7"),
        ("The old mill ground corn until 1910", None),
        ("Kepler drew the orbit as an ellipse", "Kepler"),
        ("A slow dough rose higher", "slow dough"),
        ("Beeswax seals the cut against rain", "Beeswax"),
        ("Two thirds of the widows paid no tax", None),
        ("It stayed soft", None),
        ("Higher than the church", None),
    ],
)
def test_a_sentence_names_its_subject(text: str, subject: str | None) -> None:
    assert subject_of(text, INTROS) == subject


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the price of bread in the north", "price of bread"),
        ("Transformers of the same size", "Transformers"),
        ("several old kinds that differ", "old kinds"),
        ("two models that agree", None),
        ("a model built on sand", "model"),
        ("more than a hundred", None),
        ("its price", None),
        ("what nobody knows", None),
    ],
)
def test_a_noun_phrase_ends_where_more_is_told_of_it(text: str, name: str | None) -> None:
    assert noun_phrase(text) == name
