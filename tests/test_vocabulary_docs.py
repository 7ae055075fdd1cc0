"""The page on vocabularies says what the program does. Its example is run with those of the other pages."""

import re
from pathlib import Path

import pytest

from ontology.errors import InvalidVocabulary
from ontology.own_vocabulary import with_added
from ontology.vocabulary_rules import OF_KIND, OF_RELATION

PAGE = (Path(__file__).parent.parent / "docs" / "vocabulary.md").read_text("utf-8")
BLOCKS = re.findall(r"^```([\w-]+).*?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [text for name, text in BLOCKS if name == kind]


def test_the_mistakes_are_told_as_the_page_shows() -> None:
    above = "".join(line for line in blocks("turtle")[0].splitlines(keepends=True) if line.startswith("@prefix"))
    with pytest.raises(InvalidVocabulary) as caught:
        with_added(f"{above}{blocks('turtle-wrong')[0]}".encode(), "cooking.ttl")
    assert str(caught.value) + "\n" == blocks("problems")[0]


def test_every_property_of_a_kind_and_of_a_relation_is_explained() -> None:
    of_kind, of_relation = (
        PAGE.partition(f"## What a {what} has")[2].partition("\n## ")[0] for what in ("kind", "relation")
    )
    for names, section in ((OF_KIND, of_kind), (OF_RELATION, of_relation)):
        for iri in names:
            name = re.split("[#/]", iri)[-1]
            assert f":{name}`" in section or name == "type" or (name == "comment" and section is of_relation), name
