"""What contributors append: nodes and edges in one entry, and problems that point into what was sent."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services import MAP, Json, Served, served

YEAST = {"id": "yeast", "kind": "Concept", "label": "Yeast"}
DOUGH = {"kind": "Concept", "label": "Dough"}
RISES = {"source": "dough", "relation": "requires", "target": "yeast"}
BOTH = {"nodes": [YEAST, DOUGH], "edges": [RISES]}


@pytest.fixture
def service() -> Iterator[Served]:
    with served() as service:
        yield service


def post(service: Served, body: Any, path: str = "", **headers: str) -> httpx2.Response:
    return service.client.post(f"{MAP}/days/2{path}", json=body, headers=service.headers("append", **headers))


def pointers(answer: httpx2.Response) -> list[str | None]:
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), answer.text
    return [one.get("pointer") for one in answer.json()["problems"]]


def at(pointer: str, value: Any) -> Any:
    """The value that a JSON pointer leads to (RFC 6901, section 4)."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def test_nodes_and_edges_between_them_come_in_one_entry(service: Served) -> None:
    answer = post(service, BOTH)
    assert (answer.status_code, answer.json()["entries"]) == (201, [1])
    assert answer.headers["location"] == f"{MAP}/days/2?part=by%3Aappend"
    assert [one["target"] for one in service.get(f"{MAP}/export.json").json()["edges"]] == ["yeast"]
    assert len(service.get(f"{MAP}/history").json()["entries"]) == 1


@pytest.mark.parametrize("body", [{"nodes": [YEAST]}, {"nodes": [YEAST], "edges": []}])
def test_nodes_may_come_without_edges(service: Served, body: Json) -> None:
    assert post(service, body).status_code == 201


def test_all_or_nothing_is_stored(service: Served) -> None:
    assert pointers(post(service, {"nodes": [YEAST, DOUGH], "edges": [RISES, {**RISES, "target": "salt"}]})) == [
        "/edges/1/target"
    ]
    assert service.get(MAP).status_code == 404


def test_it_is_like_the_other_two_ways_to_append(service: Served) -> None:
    assert service.client.post(f"{MAP}/days/2", json=BOTH).status_code == 401
    read = service.client.post(f"{MAP}/days/2", json=BOTH, headers=service.headers("read"))
    assert read.status_code == 403
    sent = service.headers("append", Content_Type="text/turtle")
    assert service.client.post(f"{MAP}/days/2", content=b"", headers=sent).status_code == 415
    dry = service.client.post(f"{MAP}/days/2?dry_run=true", json=BOTH, headers=service.headers("append"))
    assert (dry.status_code, dry.json()["entries"], dry.json()["parts"][0]["added"]) == (200, [], 4)
    first = post(service, BOTH, Idempotency_Key="one")
    again = post(service, BOTH, Idempotency_Key="one")
    assert again.json() == first.json() and again.headers["idempotency-replayed"] == "true"
    assert post(service, {"nodes": [YEAST]}, Idempotency_Key="one").status_code == 409


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, [""]),
        ([], [""]),
        ({"nodes": [YEAST], "edge": []}, ["/edge"]),
        ({"nodes": {}}, ["/nodes"]),
        ({"nodes": [YEAST, 3]}, ["/nodes/1"]),
        ({"nodes": [YEAST, {"kind": "Concept"}]}, ["/nodes/1", "/nodes/1"]),
        ({"nodes": [{**YEAST, "label": " "}]}, ["/nodes/0/label"]),
        ({"nodes": [{**YEAST, "aliases": ["a", 1]}]}, ["/nodes/0/aliases/1"]),
        ({"nodes": [{**YEAST, "a/b~c": 1}]}, ["/nodes/0/a~1b~0c"]),
        ({"nodes": [{**YEAST, "from": {"how": "guessed"}}]}, ["/nodes/0/from/how"]),
        ({"nodes": [YEAST, DOUGH], "edges": [{**RISES, "place": -1}]}, ["/edges/0/place"]),
        ({"nodes": [YEAST, {**DOUGH, "kind": "Concpet"}]}, ["/nodes/1/kind"]),
        ({"nodes": [{**YEAST, "id": "day-1"}]}, ["/nodes/0/id"]),
        ({"nodes": [{**YEAST, "mention": True, "text": "A fungus."}]}, ["/nodes/0/mention"]),
        ({"nodes": [YEAST, DOUGH], "edges": [{**RISES, "relation": "requres"}]}, ["/edges/0/relation"]),
        ({"edges": [RISES]}, ["/edges/0/source", "/edges/0/target"]),
        ({"nodes": [YEAST], "edges": [{**RISES, "source": "yeast"}]}, ["/edges/0/target"]),
        ({"nodes": [YEAST, DOUGH], "edges": [{**RISES, "relation": "supports"}]}, ["/edges/0/target"]),
        ({"nodes": [YEAST, DOUGH], "edges": [{**RISES, "relation": "undercuts"}]}, ["/edges/0/source"]),
        ({"nodes": [YEAST, DOUGH], "edges": [{**RISES, "place": 1}]}, ["/edges/0"]),
        (BOTH | {"edges": [RISES, {**RISES, "source": "yeast", "target": "dough"}]}, ["/edges/1"]),
    ],
)
def test_a_problem_points_to_its_place_in_what_was_sent(service: Served, body: Any, found: list[str]) -> None:
    assert pointers(post(service, body)) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"nodes": [YEAST, {**YEAST, "label": "Wild yeast"}]}, ["/nodes/1"]),
        ({"nodes": [YEAST, {**YEAST, "kind": "Method"}]}, ["/nodes/1"]),
        (BOTH | {"edges": [RISES, {**RISES, "note": "slowly"}]}, ["/edges/1"]),
        (BOTH | {"edges": [RISES, {**RISES, "refusal": True}]}, ["/edges/1"]),
    ],
)
def test_what_stands_twice_in_one_body_is_refused(service: Served, body: Any, found: list[str]) -> None:
    answer = post(service, body)
    assert (answer.status_code, pointers(answer)) == (400, found)
    (problem,) = answer.json()["problems"]
    assert "2 times" in problem["what"]
    assert found[0].replace("1", "0") in problem["hint"] and found[0] in problem["hint"]


def test_what_the_map_does_not_allow_is_pointed_to_as_well(service: Served) -> None:
    assert service.put_notes(1).status_code == 201
    assert pointers(post(service, {"nodes": [DOUGH, {**YEAST, "kind": "Claim"}]})) == ["/nodes/1/kind"]
    circle = {"source": "yeast", "relation": "requires", "target": "fermentation"}
    assert pointers(post(service, {"edges": [circle]})) == ["/edges/0"]


@pytest.mark.parametrize(("path", "found"), [("/nodes", "/nodes/0/kind"), ("/edges", "/edges/0/relation")])
def test_either_half_alone_has_pointers_too(service: Served, path: str, found: str) -> None:
    items = {"/nodes": {**YEAST, "kind": "x"}, "/edges": {"source": "day-2", "relation": "x", "target": "day-2"}}
    answer = post(service, {path[1:]: [items[path]]}, path)
    assert pointers(answer)[0] == found


def test_problems_in_notes_have_lines_and_no_pointers(service: Served) -> None:
    assert pointers(service.put_notes(2, "## Claim: A\n- kind:: Clam\n")) == [None]


CORRECTED = {**YEAST, "label": "Baker's yeast", "text": "A fungus that bakers breed.", "correction": True}
REFUSED = {"source": "fermentation", "relation": "requires", "target": "yeast", "refusal": True}


def shown(service: Served, query: str = "") -> tuple[str, list[str]]:
    """The label of the node yeast, and the relations of all edges to it."""
    data = service.get(f"{MAP}/export.json{query}").json()
    label = next(one["label"] for one in data["nodes"] if one["id"] == "yeast")
    return label, [one["relation"] for one in data["edges"] if one["target"] == "yeast"]


def put_derived(service: Served, day: int) -> None:
    """Put notes by a program that derived an edge."""
    nodes = [YEAST, {"id": "fermentation", "kind": "Concept", "label": "Fermentation"}]
    edge = {**REFUSED, "refusal": False, "from": {"how": "derived"}}
    sent = service.headers("admin", Content_Type="application/ld+json")
    put = service.client.put(f"{MAP}/days/{day}", json={"nodes": nodes, "edges": [edge]}, headers=sent)
    assert put.status_code == 201, put.text


def test_a_correction_and_a_refusal_outlast_later_notes_until_they_are_undone(service: Served) -> None:
    put_derived(service, 1)
    assert shown(service) == ("Yeast", ["requires"])
    sent = {"nodes": [CORRECTED], "edges": [REFUSED]}
    assert post(service, sent).json()["entries"] == [2]
    assert shown(service) == ("Baker's yeast", [])
    put_derived(service, 3)
    assert shown(service) == ("Baker's yeast", [])
    assert shown(service, "?as_of=1") == ("Yeast", ["requires"])
    assert shown(service, "?at=1") == ("Yeast", ["requires"])
    turtle = service.get(f"{MAP}/days/2.ttl").text
    assert "doc:correction true" in turtle and "doc:refusal true" in turtle and "cm:requires" not in turtle.split(";")
    undone = service.client.post(f"{MAP}/history/2/revert", headers=service.headers("append"))
    assert undone.status_code == 201, undone.text
    assert shown(service) == ("Yeast", ["requires"])
    newest = service.get(f"{MAP}/history?limit=1").json()["entries"][0]
    assert (newest["kind"], newest["target"], newest["ends"]) == ("end", 2, False)


def test_a_refusal_leaves_what_is_stated(service: Served) -> None:
    put_derived(service, 1)
    assert post(service, {"edges": [{**REFUSED, "refusal": False}]}, "/edges").status_code == 201
    refused = service.client.post(f"{MAP}/days/1", json={"edges": [REFUSED]}, headers=service.headers("admin"))
    assert refused.status_code == 201
    assert shown(service) == ("Yeast", ["requires"])


def test_notes_can_neither_correct_nor_refuse(service: Served) -> None:
    sent = service.headers("admin", Content_Type="application/ld+json")
    for body in ({"nodes": [CORRECTED]}, {"nodes": [YEAST, {**YEAST, "id": "fermentation"}], "edges": [REFUSED]}):
        assert service.client.put(f"{MAP}/days/1", json=body, headers=sent).status_code == 400


def test_a_part_with_both_put_back_as_it_was_got_says_the_same(service: Served) -> None:
    put_derived(service, 1)
    post(service, {"nodes": [CORRECTED], "edges": [REFUSED]})
    path = f"{MAP}/days/2?part=by:append"
    for kind in ("application/ld+json", "text/turtle"):
        got = service.get(path, headers={"Accept": kind})
        sent = service.headers("admin", Content_Type=kind, If_Match=got.headers["etag"])
        put = service.client.put(path, content=got.content, headers=sent)
        assert (put.status_code, put.json()["parts"][0]["changes"]) == (200, []), put.text


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["Concept", "yeast", "a/b"])
KEYS = st.sampled_from(["id", "kind", "label", "aliases", "data", "from", "lines", "how", "source", "values", "a/~b"])
ITEMS = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))
BODIES = st.dictionaries(st.sampled_from(["nodes", "edges", "more"]), st.lists(ITEMS, max_size=3) | ITEMS, max_size=3)


@pytest.fixture(scope="module")
def same() -> Iterator[Served]:
    with served(write_rate=0) as service:
        yield service


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES)
def test_whatever_is_sent_pointers_lead_to_something_in_it(same: Served, body: Any) -> None:
    answer = same.client.post(f"{MAP}/days/2?dry_run=true", json=body, headers=same.headers("append"))
    assert answer.status_code in (200, 400)
    for one in answer.json().get("problems", ()):
        if "pointer" in one:
            at(one["pointer"], body)


def test_the_part_of_a_contributor_is_given_as_notes_that_load_back(service: Served) -> None:
    text = "My *own* words:\n\n- one\n- [[Yeast]]\n\n    code"
    post(service, {"nodes": [{"id": "mine", "kind": "Reflection", "label": "Mine", "text": text}]})
    notes = service.get(f"{MAP}/days/2.md?part=by:append")
    assert notes.headers["content-type"].startswith("text/markdown")
    assert "## Reflection: Mine" in notes.text
    assert service.put_notes(2, notes.text.replace("part: by:append", "part: again"), part="again").status_code == 201
    assert service.get(f"{MAP}/nodes/mine").json()["text"] == text


def mended(service: Served, body: Json, **options: str) -> httpx2.Response:
    return service.client.post(f"{MAP}/mends", json=body, headers=service.headers("append"), params=options)


def test_a_node_and_an_edge_are_mended_listed_and_taken_back(service: Served) -> None:
    service.put_notes(2)
    edge = {"source": "Fermentation", "relation": "requires", "target": "Yeast"}
    assert mended(service, {"do": "end", "edge": edge}, dry_run="true").json()["entries"] == []
    ended = mended(service, {"do": "end", "edge": edge})
    assert ended.status_code == 201 and ended.headers["location"] == f"{MAP}/days/2?part=by%3Aappend"
    assert mended(service, {"do": "change", "node": "Yeast", "label": "Leaven", "kind": "Method"}).status_code == 201
    node = service.get(f"{MAP}/nodes/yeast").json()
    assert (node["label"], node["kind"]) == ("Leaven", "Method")
    found = service.get(f"{MAP}/mends").json()["mends"]
    assert [(one["how"], one["label"], one["by"]) for one in found] == [
        ("changed", "Leaven", "append"),
        ("ended", "Fermentation requires Leaven", "append"),
    ]
    assert found[1]["edge"] == {"source": "fermentation", "relation": "requires", "target": "yeast"}
    (entry,) = ended.json()["entries"]
    assert service.client.post(f"{MAP}/history/{entry}/revert", headers=service.headers("append")).status_code == 201
    assert len(service.get(f"{MAP}/mends").json()["mends"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"do": "end"},
        {"do": "end", "node": "yeast", "label": "Leaven"},
        {"do": "end", "node": "yeast", "edge": {"source": "a", "relation": "b", "target": "c"}},
        {"do": "change", "node": "yeast"},
        {"do": "change", "node": "yeast", "turned": True},
        {"do": "erase", "node": "yeast"},
    ],
)
def test_a_mend_that_says_nothing_definite_is_refused(service: Served, body: Json) -> None:
    service.put_notes(2)
    assert mended(service, body).status_code == 400


def test_a_proposal_is_refused_once_and_what_is_stated_is_not(service: Served) -> None:
    service.put_notes(2)
    said = {"do": "refuse", "node": "A no-knead dough rose as high after 18 hours"}
    assert mended(service, said).status_code == 201
    assert mended(service, said).status_code == 404
    assert mended(service, {"do": "refuse", "node": "Yeast"}).status_code == 409
