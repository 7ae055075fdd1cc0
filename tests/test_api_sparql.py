"""SPARQL over HTTP: the protocol in its three forms, what is refused, and what a hostile query costs."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from api.app import create_app
from api.settings import Settings
from conceptmap.atlas import open_atlas
from mutated_queries import LIMITS, PIECES, SEEDS, WAYS, changed

COURSE = Path(__file__).parent.parent / "conceptmap" / "course"
BASE = "https://maps.example/"
MAP = "/maps/robot-intelligence"
SPARQL = f"{MAP}/sparql"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    chosen = Settings(base=BASE, sparql_seconds=0.7, sparql_rows=2000, sparql_bytes=1_000_000)
    with open_atlas("sqlite://") as atlas:
        atlas["robot-intelligence"].load(COURSE)
        with TestClient(create_app(atlas, chosen)) as client:
            yield client


def count(client: TestClient, **parameters: str) -> int:
    answer = client.get(SPARQL, params={"query": COUNT, **parameters})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_the_three_forms_of_a_query_give_one_answer(client: TestClient) -> None:
    answers = [
        client.get(SPARQL, params={"query": COUNT}),
        client.post(SPARQL, data={"query": COUNT}),
        client.post(SPARQL, content=COUNT, headers={"Content-Type": "application/sparql-query; charset=utf-8"}),
    ]
    assert {(one.status_code, one.content) for one in answers} == {(200, answers[0].content)}
    assert answers[0].headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("accept", "select", "construct"),
    [
        (None, "application/sparql-results+json", "text/turtle"),
        ("*/*", "application/sparql-results+json", "text/turtle"),
        ("application/json", "application/sparql-results+json", "application/ld+json"),
        ("application/xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("text/xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("application/sparql-results+xml", "application/sparql-results+xml", None),
        ("text/csv", "text/csv", None),
        ("text/tab-separated-values", "text/tab-separated-values", None),
        ("application/n-triples", None, "application/n-triples"),
        ("application/ld+json", None, "application/ld+json"),
        ("application/rdf+xml, application/n-triples;q=0.5", None, "application/rdf+xml"),
        ("text/csv, text/turtle;q=0.5, application/n-triples", "text/csv", "application/n-triples"),
        ("image/png", None, None),
    ],
)
def test_the_form_is_negotiated_by_the_kind_of_answer(
    client: TestClient, accept: str | None, select: str | None, construct: str | None
) -> None:
    headers = {"Accept": accept} if accept else {"Accept": ""}
    queries = {"SELECT ?s { ?s ?p ?o } LIMIT 2": select, "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 2": construct}
    for query, expected in queries.items():
        answer = client.get(SPARQL, params={"query": query}, headers=headers)
        if expected is None:
            assert (answer.status_code, answer.json()["status"]) == (406, 406)
            assert answer.json()["forms"]
        else:
            assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, expected)


def test_graphs_and_days_can_be_chosen(client: TestClient) -> None:
    five, all_days = f"{BASE}maps/robot-intelligence/days/5", count(client)
    assert 0 < count(client, **{"default-graph-uri": five}) < count(client, as_of="25") < all_days
    assert count(client, **{"named-graph-uri": five}) == 0
    graphs = client.get(
        SPARQL, params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": five}
    )
    assert [row["g"]["value"] for row in graphs.json()["results"]["bindings"]] == [five]
    form = urlencode({"query": COUNT, "default-graph-uri": five})
    posted = client.post(SPARQL, content=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert int(posted.json()["results"]["bindings"][0]["n"]["value"]) == count(client, **{"default-graph-uri": five})
    first = client.get(f"{MAP}/history").json()
    assert first


def test_without_a_query_the_service_describes_itself(client: TestClient) -> None:
    answer = client.get(SPARQL)
    triples = list(pyoxigraph.parse(answer.content, format=RdfFormat.TURTLE))
    names = {one.object.value for one in triples if isinstance(one.object, pyoxigraph.NamedNode)}
    assert {f"{BASE}maps/robot-intelligence/sparql", f"{BASE}maps/robot-intelligence/days/26"} <= names
    assert any(name.endswith("UnionDefaultGraph") for name in names)
    plain = client.get(SPARQL, headers={"Accept": "application/n-triples"})
    assert len(list(pyoxigraph.parse(plain.content, format=RdfFormat.N_TRIPLES))) == len(triples)


def test_an_answer_has_a_tag_and_is_not_sent_twice(client: TestClient) -> None:
    first = client.get(SPARQL, params={"query": COUNT})
    again = client.get(SPARQL, params={"query": COUNT}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Accept" in first.headers["vary"]


REFUSED = {
    "SERVICE": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "LOAD": "LOAD <http://127.0.0.1:9/>",
    "an update": "INSERT DATA { <a:a> <b:b> <c:c> }",
}
WRONG = {
    "an unknown function": "SELECT (<http://example.org/f>(1) AS ?x) {}",
    "a function in a filter": "ASK { ?s ?p ?o FILTER(<http://example.org/f>(?o)) }",
    "no SPARQL": "SELECT * { ?s ?p }",
    "nothing": "",
    "nesting": "ASK " + "{" * 5000 + "}" * 5000,
    "a path": "SELECT * { ?a " + "/".join(["<a:b>"] * 5000) + " ?b }",
    "a surrogate": "ASK { ?s ?p '\\uD800' }",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_writes_or_reaches_out_is_refused_with_a_hint(client: TestClient, what: str) -> None:
    for answer in (
        client.get(SPARQL, params={"query": REFUSED[what]}),
        client.post(SPARQL, data={"query": REFUSED[what]}),
    ):
        assert answer.status_code == 403
        assert answer.headers["content-type"] == "application/problem+json"
        assert "not allowed" in answer.json()["detail"]


def test_a_prefix_that_is_spelled_like_an_update_is_none(client: TestClient) -> None:
    query = "PREFIX load: <http://example.org/> PREFIX service: <x:> SELECT * { ?s load:of ?o ; service:by ?p }"
    assert client.get(SPARQL, params={"query": query}).json()["results"]["bindings"] == []


def test_five_thousand_addresses_can_be_asked_for_and_a_mark_before_the_query_is_read(client: TestClient) -> None:
    addresses = " ".join(f"<{BASE}maps/robot-intelligence/nodes/no-node-{number}>" for number in range(5000))
    query = f"\ufeffSELECT * {{ VALUES ?s {{ {addresses} }} ?s ?p ?o }}".encode()
    answers = [
        client.post(SPARQL, content=query, headers={"Content-Type": "application/sparql-query"}),
        client.post(SPARQL, data={"query": query.decode()}),
    ]
    assert [one.json()["results"]["bindings"] for one in answers] == [[], []]


def test_updates_by_the_protocol_are_refused_with_a_hint(client: TestClient) -> None:
    answers = [
        client.post(SPARQL, data={"update": "CLEAR ALL"}),
        client.post(SPARQL, content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}),
        client.get(SPARQL, params={"update": "CLEAR ALL"}),
    ]
    assert [one.status_code for one in answers] == [403] * 3
    assert all("PUT or POST" in one.json()["detail"] for one in answers)


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_query_is_said(client: TestClient, what: str) -> None:
    answer = client.post(SPARQL, content=WRONG[what].encode(), headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == 400, answer.text
    assert answer.json()["detail"]


def test_a_syntax_error_has_its_place(client: TestClient) -> None:
    problem = client.get(SPARQL, params={"query": "SELECT *\n{ ?s ?p }"}).json()
    assert (problem["line"], problem["column"] > 1) == (2, True)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"ASK {}", "", 415),
        (b"\xff", "application/sparql-query", 400),
        (b"query=%ff", "application/x-www-form-urlencoded", 400),
        (b"query=ASK+%7B%7D&query=ASK+%7B%7D", "application/x-www-form-urlencoded", 400),
        (b"a=1", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 2000), "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_wrong_request_is_no_mistake_of_the_service(
    client: TestClient, content: bytes, kind: str, status: int
) -> None:
    assert client.post(SPARQL, content=content, headers={"Content-Type": kind}).status_code == status


def test_a_map_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/maps/tea/sparql", params={"query": COUNT}).status_code == 404
    assert client.get("/maps/tea/sparql").status_code == 404
    assert client.get("/maps/tea/rdf-graphs?default").status_code == 404


def test_other_requests_go_on_while_a_query_is_stopped(client: TestClient) -> None:
    with ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(client.get, SPARQL, params={"query": SLOW}) for _ in range(3)]
        time.sleep(0.1)
        assert client.get(f"{MAP}/days").status_code == 200
        assert not any(one.done() for one in slow)
        assert [one.result().status_code for one in slow] == [503] * 3
    assert "longer than 0.7 seconds" in slow[0].result().json()["detail"]


def test_an_answer_that_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.get(SPARQL, params={"query": "SELECT ?b { ?a ?b ?c . ?d ?e ?f }"})
    assert answer.status_code == 413
    assert "LIMIT" in answer.json()["detail"]


# --- Whatever is sent


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(WAYS), st.sampled_from(PIECES)), max_size=6),
    st.sampled_from([" ", "", "\n"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_told_as_a_mistake_of_the_service(
    client: TestClient, seed: str, changes: list[tuple[int, str, str]], between: str
) -> None:
    text = changed(seed, changes, between)
    answer = client.post(SPARQL, content=text.encode(), headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code in (200, 400, 403, 413) or any(one in answer.json()["detail"] for one in LIMITS)
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"


# --- Graphs by name


def test_a_graph_is_read_by_its_name(client: TestClient) -> None:
    whole = client.get(f"{MAP}/rdf-graphs?graph={quote(f'{BASE}maps/robot-intelligence/days/5', safe='')}")
    assert whole.headers["content-type"].split(";")[0] == "text/turtle"
    assert client.get(f"{MAP}/rdf-graphs?graph=days/5").content == whole.content
    triples = len(list(pyoxigraph.parse(whole.content, format=RdfFormat.TURTLE)))
    assert triples == count(client, **{"default-graph-uri": f"{BASE}maps/robot-intelligence/days/5"})
    union = client.get(f"{MAP}/rdf-graphs?default")
    assert len(list(pyoxigraph.parse(union.content, format=RdfFormat.TURTLE))) == count(client)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?graph=days/5&default", 400),
        ("?graph=days/6", 404),
        ("?graph=days/26&as_of=25", 404),
        ("?graph=file:///etc/passwd", 404),
        ("?graph=http://other.example/maps/robot-intelligence/days/5", 404),
        ("?graph=days/%EF%BC%95", 404),
    ],
)
def test_a_graph_that_is_not_there_is_said(client: TestClient, query: str, status: int) -> None:
    for method in ("GET", "HEAD"):
        answer = client.request(method, f"{MAP}/rdf-graphs{query}")
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_graph_comes_as_turtle_alone(client: TestClient) -> None:
    assert client.get(f"{MAP}/rdf-graphs?default", headers={"Accept": "image/png"}).status_code == 406


# --- For those who run the service


def test_health_and_metrics_answer(client: TestClient) -> None:
    assert [client.get(f"/health/{one}").json()["status"] for one in ("live", "ready")] == ["live", "ready"]
    assert client.get("/maps/robot-intelligence/sparql", params={"query": "ASK {}"}).status_code == 200
    text = client.get("/metrics").text
    assert 'conceptmap_entries{map="robot-intelligence"} 9.0' in text
    assert 'conceptmap_requests_total{method="GET",route="/maps/{map}/sparql",status="200"}' in text


def test_every_answer_has_an_id(client: TestClient) -> None:
    assert client.get("/health/live", headers={"X-Request-ID": "build-7"}).headers["x-request-id"] == "build-7"
    assert len(client.get("/nothing").headers["x-request-id"]) == 16


def test_the_operations_are_described(client: TestClient) -> None:
    paths = json.loads(client.get("/openapi.json").content)["paths"]
    assert {"get", "post"} <= set(paths["/maps/{map}/sparql"])
    assert {"/health/live", "/health/ready", "/metrics"} <= set(paths)
