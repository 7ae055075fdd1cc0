from itertools import product

import pytest

from ontology import terms
from ontology.gate import read
from ontology.names import name_key
from small_maps import VOCABULARY

ENDS = [
    ("supports", "is supported by", "Evidence Claim Argument Concept Method", "Claim Argument Evidence"),
    ("opposes", "is opposed by", "Evidence Claim Argument Concept Method Question", "Claim Argument Evidence"),
    ("undercuts", "is undercut by", "Evidence Claim Argument", "Argument Evidence"),
    ("premise of", "has premise", "Evidence Claim", "Argument"),
    ("leads to", "follows from", "Concept Claim Method Evidence", "Concept Claim Method Question"),
    ("requires", "unlocks", "Concept Method Claim Day Question", "Concept Method Claim Source Day"),
    ("part of", "has part", "", "Concept Method Unit Claim"),
    ("about", "is discussed by", "", ""),
    ("example of", "has example", "", "Concept Method Claim"),
    ("contrasts with", "contrasts with", "", ""),
    ("replaces", "is replaced by", "Concept Method Evidence", "Concept Method"),
    ("predicts", "is predicted by", "Claim Concept", "Claim"),
    ("asks", "is asked by", "", "Question"),
    ("answers", "is answered by", "Claim Evidence Reflection", "Question"),
    ("cites", "is cited by", "", "Source"),
    ("introduced on", "introduces", "", "Day"),
    ("outperforms", "is outperformed by", "Agent Method Concept", "Agent Method Concept"),
]


def test_the_kinds_in_their_order() -> None:
    kinds = "Concept Claim Evidence Argument Question Reflection Method Source Unit Day Agent"
    assert list(VOCABULARY.kinds) == kinds.split()


def test_the_relations_in_their_order() -> None:
    assert list(VOCABULARY.relations) == [name for name, *_ in ENDS]


def test_our_own_vocabulary_keeps_the_rules_of_its_values() -> None:
    for one in (*VOCABULARY.kinds.values(), *VOCABULARY.relations.values()):
        assert read(type(one), one) == one


@pytest.mark.parametrize("name, inverse, sources, targets", ENDS, ids=[one[0] for one in ENDS])
def test_a_relations_inverse_and_ends(name: str, inverse: str, sources: str, targets: str) -> None:
    relation = VOCABULARY.relations[name]
    assert relation.inverse == inverse
    assert relation.sources == set(sources.split())
    assert relation.targets == set(targets.split())


def test_the_logic_of_the_relations() -> None:
    relations = VOCABULARY.relations.values()
    assert {one.name for one in relations if one.symmetric} == {"contrasts with"}
    assert {one.name for one in relations if one.transitive} == {"leads to", "requires", "part of"}
    assert {one.name for one in relations if one.acyclic} == {"requires", "part of"}
    assert {one.name for one in relations if one.answers_chain} == {"requires"}
    assert {one.name: one.polarity for one in relations if one.polarity} == {
        "supports": 1,
        "opposes": -1,
        "undercuts": -1,
    }


def test_every_term_that_the_program_handles_itself_is_declared() -> None:
    names = {value for name, value in vars(terms).items() if name.isupper() and isinstance(value, str)} | terms.HUBS
    assert names <= VOCABULARY.kinds.keys() | VOCABULARY.relations.keys()


def test_no_two_relations_share_a_name_either_way() -> None:
    for one, other in product(VOCABULARY.relations.values(), repeat=2):
        if one is not other:
            assert not {name_key(one.name), name_key(one.inverse)} & {name_key(other.name), name_key(other.inverse)}


def test_every_name_is_read_in_its_direction() -> None:
    for one in VOCABULARY.relations.values():
        forward, backward = VOCABULARY.direction(one.name.upper()), VOCABULARY.direction(one.inverse)
        assert forward
        assert backward
        assert (forward.relation, forward.inverse) == (one, False)
        assert (backward.relation, backward.inverse) == (one, not one.symmetric)


def test_what_is_no_relation_has_no_direction() -> None:
    assert VOCABULARY.direction("likes") is None
    assert "likes" not in VOCABULARY.direction_names


def test_kinds_are_found_by_what_stands_before_a_colon() -> None:
    found = VOCABULARY.kind_by_prefix
    assert {word: found[word].name for word in ("claim", "thesis", "system", "day")} == {
        "claim": "Claim",
        "thesis": "Claim",
        "system": "Method",
        "day": "Day",
    }


def test_every_kind_and_relation_can_be_told_apart_in_a_picture() -> None:
    kinds = [(kind.shape, kind.fill, kind.stroke) for kind in VOCABULARY.kinds.values()]
    lines = [(one.line_style, one.color, one.arrow) for one in VOCABULARY.relations.values()]
    assert len(set(kinds)) == len(kinds)
    assert len({shape for shape, *_ in kinds}) == len(kinds)
    assert len(set(lines)) == len(lines)


def test_a_cue_heads_the_list_of_one_relation_only() -> None:
    words = [name_key(word) for one in VOCABULARY.relations.values() for cue in one.cues for word in cue.words]
    assert len(set(words)) == len(words)


SHARED = {"is founded on", "rests on", "rests upon", "is based on", "is based upon", "weakens", "is good for"}
SHARED |= {"derives from", "is derived from", "is made from", "is made out of"}
"""Verbs of two relations: which one is meant is told by the kind of the node, or by what the map has of the two."""


def test_a_verb_or_inverse_verb_means_one_relation_in_one_direction() -> None:
    relations = VOCABULARY.relations.values()
    both = [{*one.verbs, *one.wordings, *one.inverse_verbs, *one.inverse_wordings} for one in relations]
    verbs = [name_key(verb) for said in both for verb in said if verb not in SHARED]
    assert len(set(verbs)) == len(verbs)
