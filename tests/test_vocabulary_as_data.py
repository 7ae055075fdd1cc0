"""A kind and a relation that only a file declares are loaded, checked, asked for and drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.draw import Selection, draw
from conceptmap.map import CourseMap
from ontology.errors import InvalidDocument
from ontology.model import EdgeKey

ADDED = """
@prefix cm: <https://w3id.org/conceptmap/vocabulary#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
cm:Taste a owl:Class ;
    rdfs:label "Taste"@en ;
    cm:noun "taste", "tastes" ;
    cm:prefix "taste", "flavour" ;
    cm:shape "octagon" ; cm:fill "#fde2e4" ; cm:stroke "#a11d33" .

cm:sweetens a owl:ObjectProperty, owl:TransitiveProperty, cm:AcyclicProperty ;
    rdfs:label "sweetens"@en ; cm:inverseLabel "is sweetened by"@en ;
    schema:domainIncludes cm:Concept, cm:Taste ;
    schema:rangeIncludes cm:Taste ;
    cm:answers cm:Direct ;
    cm:verb "sweetens", "sweeten", "mellows" ; cm:inverseVerb "is sweetened by", "is mellowed by" ;
    cm:cue [ cm:words "sweeteners", "made sweeter by" ; cm:inverse true ; cm:kind cm:Concept ] ;
    cm:lineStyle "dashed" ; cm:color "#a11d33" ; cm:arrow "diamond" .
"""

NOTE = """\
---
day: 3
course: bread
---
## Taste: Sour rye
Sharp at first.
- is sweetened by:: [[Honey]]

Sweeteners:
- Beet syrup

## Honey
- sweetens:: [[Sour rye]]

## Flavour: Malt
- sweetens:: [[Sour rye]]

```
Sour rye
│
└── Malt
```
"""


@pytest.fixture
def course(tmp_path: Path) -> Iterator[CourseMap]:
    (tmp_path / "words.ttl").write_text(ADDED)
    with open_atlas("sqlite://", vocabulary=tmp_path / "words.ttl") as atlas:
        yield atlas["bread"]


@pytest.fixture
def loaded(course: CourseMap, tmp_path: Path) -> CourseMap:
    (tmp_path / "day-03.md").write_text(NOTE)
    course.load(tmp_path / "day-03.md")
    return course


def test_it_is_loaded_by_name_inverse_prefix_and_cue(loaded: CourseMap) -> None:
    view = loaded.view()
    assert {node.id for node in view.nodes("Taste")} == {"sour-rye", "malt"}
    assert {edge.source for edge in view.edges("sweetens")} == {"honey", "malt", "beet-syrup"}
    found = view.edge(EdgeKey("beet-syrup", "sweetens", "sour-rye"))
    assert found
    assert found.how == "derived"


@pytest.mark.parametrize(
    "line, message",
    [
        ("## Claim: Rye is good\n- sweetens:: [[Sour rye]]", "day-04.md:5:.*'sweetens' cannot start at a Claim"),
        ("## Honey\n- is sweetened by:: [[Sour rye]]", "day-04.md:5:.*'sweetens' cannot end at a Concept"),
        ("## Sour rye\n- sweetens:: [[Malt]]", "'sweetens' runs in a circle: sour-rye -> malt .*day-03.md:16"),
    ],
)
def test_it_is_checked(loaded: CourseMap, tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "day-04.md").write_text(f"---\nday: 4\n---\n{line}\n")
    with pytest.raises(InvalidDocument, match=message):
        loaded.load(tmp_path / "day-04.md")


def test_what_is_nearly_its_name_is_said(loaded: CourseMap, tmp_path: Path) -> None:
    (tmp_path / "day-04.md").write_text("---\nday: 4\n---\n## Honey\n- sweetns:: [[Malt]]\n")
    (warning,) = loaded.load(tmp_path / "day-04.md").warnings
    assert "did you mean 'sweetens'" in str(warning)


@pytest.mark.parametrize(
    "question, expected",
    [
        ("what sweetens sour rye?", {"Honey", "Malt", "Beet syrup"}),
        ("what mellows Sour Rye?", {"Honey", "Malt", "Beet syrup"}),
        ("what is sweetened by honey?", {"Sour rye"}),
        ("what does malt sweeten?", {"Sour rye"}),
        ("which tastes sweeten sour rye?", {"Malt"}),
    ],
)
def test_it_is_asked_for(loaded: CourseMap, question: str, expected: set[str]) -> None:
    answer = loaded.ask(question)
    assert answer.status == "answered"
    assert {one.label for one in answer.answers} == expected


def test_it_is_drawn(loaded: CourseMap) -> None:
    dot = draw(loaded.view(), "dot", Selection(whole=True))
    assert isinstance(dot, str)
    assert "octagon" in dot
    assert "#a11d33" in dot
    assert "sweetens" in dot
    svg = draw(loaded.view(), "svg", Selection(whole=True))
    assert isinstance(svg, str)
    assert "taste" in svg.lower()
    assert draw(loaded.view()) == "Sour rye\n│\n└── is sweetened by: Malt\n"
