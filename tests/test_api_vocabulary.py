"""The vocabulary in force over HTTP, and the forms of the page that offer it."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from conceptmap.draw.theme import DARK, LIGHT
from ontology.own_vocabulary import with_added
from services import Served, served
from small_vocabularies import COOKING, COOKING_NOTES


@pytest.fixture(scope="module")
def cooking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = tmp_path_factory.mktemp("words") / "cooking.ttl"
    file.write_text(COOKING)
    with served(vocabulary=file) as service:
        service.put_notes(1, COOKING_NOTES["day-01.md"].replace("course: cooking", "course: bread"))
        yield service


ADDRESS = "/maps/bread/vocabulary"


def test_it_has_kinds_and_relations_as_json(cooking: Served) -> None:
    told = cooking.get(ADDRESS).json()
    assert [one["name"] for one in told["kinds"] if one["own"]][:2] == ["Recipe", "Ingredient"]
    uses = next(one for one in told["relations"] if one["name"] == "uses")
    assert (uses["inverse"], uses["sources"], uses["targets"]) == ("is used in", ["Recipe"], ["Ingredient", "Flour"])
    assert told["undeclared"] == {"kinds": [], "relations": []}


def test_it_has_all_declarations_as_turtle(cooking: Served) -> None:
    answer = cooking.get(ADDRESS, headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert answer.content == with_added(COOKING.encode()).turtle


def test_it_has_an_entity_tag_and_no_other_form(cooking: Served) -> None:
    first = cooking.get(ADDRESS)
    assert cooking.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert cooking.get(ADDRESS, headers={"Accept": "text/csv"}).status_code == 406


def test_what_a_map_uses_besides_is_named(tmp_path: Path) -> None:
    store, file = f"sqlite:///{tmp_path}/maps.db", tmp_path / "cooking.ttl"
    file.write_text(COOKING)
    with served(store, vocabulary=file) as service:
        service.put_notes(1, COOKING_NOTES["day-01.md"].replace("course: cooking", "course: bread"))
        tag = service.get("/maps/bread/export.ttl").headers["etag"]
    with served(store, named="again-") as service:
        assert service.get(ADDRESS).json()["undeclared"] == {
            "kinds": ["Flour", "Ingredient", "Oven setting", "Recipe", "Technique"],
            "relations": ["bakes at", "calls for", "uses"],
        }
        assert service.get("/maps/bread/nodes/baguette").json()["kind"] == "Recipe"
        assert service.get("/maps/bread/diagram.svg?all=true").status_code == 200
        assert service.get("/maps/bread/export.ttl").headers["etag"] != tag
        assert service.get("/?map=bread", follow_redirects=True).status_code == 200


def test_undeclared_kinds_can_be_read_on_the_page_in_any_light(cooking: Served) -> None:
    page = cooking.get("/maps/bread/page").text
    sheets = [cooking.get(one).text for one in re.findall(r'href="(/static/[^"]+theme.css)"', page)]
    light, _, dark = sheets[0].partition("@media")
    for rules, paper in ((light, LIGHT), (dark, DARK)):
        assert f"[class*=kind_] polygon {{ fill: {paper.paper}; stroke: {paper.neutral}; }}" in rules
        assert rules.index("[class*=kind_]") < rules.index(".kind_concept")
    assert 'class="kind_oven_setting"' in page


def test_the_forms_of_the_page_offer_own_kinds_and_relations(cooking: Served) -> None:
    entered = {"kind": "Recipe", "label": "Focaccia", "relation": "uses", "other": "Wheat flour", "day": "1"}
    headers = cooking.headers("append", Content_Type="application/x-www-form-urlencoded")
    body = urlencode({**entered, "step": "look"}).encode()
    answer = cooking.client.post("/maps/bread/page/add/node", content=body, headers=headers)
    assert answer.status_code == 200
    assert "What it would change" in answer.text
    for words in ("Recipe", "Oven setting", "is the oven setting of", "pairs with"):
        assert re.search(rf'<option[^>]*value="{words}"|<option[^>]*>{words}<', answer.text), words


def test_lists_of_a_wider_kind_have_narrower_ones(cooking: Served) -> None:
    nodes = cooking.get("/maps/bread/nodes?kind=ingredient").json()["nodes"]
    assert {one["kind"] for one in nodes} == {"Ingredient", "Flour"}
    found = cooking.get("/maps/bread/nodes?kind=ingredient&q=wheat").json()["nodes"]
    assert [one["label"] for one in found] == ["Wheat flour"]


def test_queries_and_exports_have_the_iris_of_the_file(cooking: Served) -> None:
    query = "SELECT ?node WHERE { ?node a <https://example.org/course#Recipe> ; <https://example.org/course#uses> [] }"
    answer = cooking.get(
        "/maps/bread/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    assert [one["node"]["value"].rpartition("/")[2] for one in answer.json()["results"]["bindings"]][:1] == ["baguette"]
    for suffix in ("ttl", "trig", "jsonld"):
        assert "https://example.org/course#uses" in cooking.get(f"/maps/bread/export.{suffix}").text
