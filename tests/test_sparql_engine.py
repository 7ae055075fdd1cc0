"""The engine: right answers that follow the log, and queries that cost one answer at most."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat, Store

from conceptmap.atlas import Atlas, open_atlas
from graphs.rdf.iris import BASE
from graphs.sparql import engine as engine_module
from graphs.sparql.engine import Engine
from graphs.sparql.wire import SOLUTIONS, TRIPLES, Limits, Query
from ontology.errors import AnswerTooLarge, EngineAway, InvalidQuery, NoSuchForm, QueryStopped
from ontology.model import Node

COURSE = Path(__file__).parent.parent / "conceptmap" / "course"
MAP = "robot-intelligence"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
DOUBLED = " ".join(f"BIND(CONCAT(?x{one}, ?x{one}) AS ?x{one + 1})" for one in range(31))


@pytest.fixture(scope="module")
def atlas() -> Iterator[Atlas]:
    with open_atlas("sqlite://") as atlas:
        atlas[MAP].load(COURSE)
        yield atlas


@pytest.fixture(scope="module")
def engine(atlas: Atlas) -> Iterator[Engine]:
    limits = Limits(seconds=0.7, rows=2000, size=1_000_000, memory=200_000_000)
    engine = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE, limits)
    yield engine
    engine.close()


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine without the guard before it: what the processes withstand by themselves."""
    monkeypatch.setattr(engine_module, "check_query", lambda _text: None)


def values(engine: Engine, text: str, name: str = MAP, at: int | None = None, **chosen: object) -> list[str]:
    """The values of the first variable."""
    body = json.loads(engine.answer(name, Query.model_validate({"text": text, **chosen}), at).body)
    variable = body["head"]["vars"][0]
    return [row[variable]["value"] for row in body["results"]["bindings"]]


def stored(atlas: Atlas) -> Store:
    store = Store()
    store.load(atlas[MAP].export("trig").encode(), format=RdfFormat.TRIG)
    return store


# --- Answers


def test_the_dataset_is_what_trig_exports(engine: Engine, atlas: Atlas) -> None:
    query = Query(text="CONSTRUCT WHERE { ?s ?p ?o }", triples="application/n-triples")
    wide = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE)
    answered = wide.answer(MAP, query).body
    wide.close()
    expected = {quad.triple for quad in stored(atlas)}
    assert {one.triple for one in pyoxigraph.parse(answered, format=RdfFormat.N_TRIPLES)} == expected


def test_each_day_is_a_named_graph(engine: Engine, atlas: Atlas) -> None:
    graphs = values(engine, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert graphs == sorted(f"{BASE}maps/{MAP}/days/{day}" for day in atlas[MAP].view().days())


@pytest.mark.parametrize("media_type", SOLUTIONS)
def test_solutions_are_written_as_oxigraph_writes_them(engine: Engine, atlas: Atlas, media_type: str) -> None:
    text = "SELECT ?s ?o { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } ORDER BY ?s ?o LIMIT 5"
    answer = engine.answer(MAP, Query(text=text, solutions=media_type))
    form = pyoxigraph.QueryResultsFormat.from_media_type(media_type)
    store = stored(atlas)
    store.extend([pyoxigraph.Quad(*quad.triple) for quad in store])
    results = store.query(text)
    assert isinstance(results, pyoxigraph.QuerySolutions)
    assert (answer.media_type, answer.body) == (media_type, results.serialize(format=form))


@pytest.mark.parametrize("media_type", TRIPLES)
def test_triples_come_in_the_form_that_is_asked_for(engine: Engine, media_type: str) -> None:
    answer = engine.answer(MAP, Query(text="CONSTRUCT WHERE { ?s a ?o } LIMIT 3", triples=media_type))
    form = pyoxigraph.RdfFormat.from_media_type(media_type)
    assert answer.media_type == media_type
    assert len(list(pyoxigraph.parse(answer.body, format=form))) == 3


def test_an_answer_without_a_form_is_an_error_that_lists_forms(engine: Engine) -> None:
    with pytest.raises(NoSuchForm, match="text/turtle or application/n-triples or application/ld"):
        engine.answer(MAP, Query(text="CONSTRUCT WHERE { ?s ?p ?o }", triples=None))


def test_later_days_do_not_exist_as_of_a_day(engine: Engine, atlas: Atlas) -> None:
    seen = [
        int(iri.rsplit("/", 1)[1]) for iri in values(engine, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", as_of=14)
    ]
    assert sorted(seen) == [day for day in atlas[MAP].view().days() if day <= 14]
    named = f"SELECT (COUNT(*) AS ?n) FROM <maps/{MAP}/days/26> {{ ?s ?p ?o }}"
    assert values(engine, named, as_of=25) == ["0"] != values(engine, named, as_of=26)
    assert values(engine, COUNT, default_graphs=(f"{BASE}maps/{MAP}/days/26",), as_of=25) == ["0"]


def test_a_triple_that_several_days_say_comes_once(engine: Engine, atlas: Atlas) -> None:
    triples = {quad.triple for quad in stored(atlas)}
    assert values(engine, COUNT) == [str(len(triples))]
    some = [quad for quad in stored(atlas) if quad.graph_name.value.endswith(("/5", "/26"))]
    graphs = tuple(f"{BASE}maps/{MAP}/days/{day}" for day in (5, 26))
    assert values(engine, COUNT, default_graphs=graphs) == [str(len({quad.triple for quad in some}))]
    assert len(some) > len({quad.triple for quad in some})
    early = {quad.triple for quad in stored(atlas) if int(quad.graph_name.value.rsplit("/", 1)[1]) <= 14}
    assert values(engine, COUNT, as_of=14) == [str(len(early))]


def test_from_chooses_graphs_and_the_protocol_overrides_it(engine: Engine) -> None:
    one, other = (f"{BASE}maps/{MAP}/days/{day}" for day in (5, 26))
    five = values(engine, f"SELECT (COUNT(*) AS ?n) FROM <{one}> {{ ?s ?p ?o }}")
    assert five != values(engine, f"SELECT (COUNT(*) AS ?n) FROM <{other}> {{ ?s ?p ?o }}")
    assert values(engine, f"SELECT (COUNT(*) AS ?n) FROM <{other}> {{ ?s ?p ?o }}", default_graphs=(one,)) == five
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert values(engine, named, named_graphs=(one,)) == [one]
    assert values(engine, named, default_graphs=(one,)) == []


def test_a_file_named_in_from_is_only_a_name(engine: Engine) -> None:
    assert values(engine, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }") == []


# --- Following the log


def test_a_query_sees_every_write_before_it(engine: Engine, atlas: Atlas) -> None:
    course = atlas["bread"]
    labels = 'SELECT ?l { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l FILTER(?l != "Day 1") } ORDER BY ?l'
    for label in ("Yeast", "Rye"):
        course.append(1, [Node(id="yeast", kind="Concept", label=label)], by="ada")
        assert values(engine, labels, "bread") == [label]
    course.append(1, [Node(id="rye", kind="Concept", label="Rye flour")], by="bob")
    assert values(engine, labels, "bread") == ["Rye", "Rye flour"]
    course.delete(1, "by:ada")
    assert values(engine, labels, "bread") == ["Rye flour"]
    first = next(atlas.ledger.log.entries("bread")).sequence
    assert values(engine, labels, "bread", at=first) == ["Yeast"]
    course.delete(1)
    assert values(engine, COUNT, "bread") == ["0"]


def test_a_map_that_is_told_in_many_messages_is_the_same(
    engine: Engine, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "MESSAGE", 1000)
    other = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE)
    assert values(other, COUNT) == values(engine, COUNT)
    other.close()


def test_what_the_worker_forgets_is_told_again(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "MOST_KEPT", 0)
    atlas["tea"].append(1, [Node(id="tea", kind="Concept", label="Tea")], by="ada")
    other = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE)
    first = [values(other, COUNT, name) for name in (MAP, "tea")]
    assert [values(other, COUNT, name) for name in (MAP, "tea")] == first
    assert other.kept == [("tea", None)]
    other.close()


def test_queries_that_name_graphs_and_others_count_the_same(atlas: Atlas) -> None:
    both = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    other = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE)
    before = [values(other, COUNT, as_of=day) for day in (None, 25, 5)]
    assert [values(other, both, as_of=day) for day in (None, 25, 5)] == before
    assert [values(other, COUNT, as_of=day) for day in (None, 25, 5)] == before
    other.close()


# --- Queries that must not live on

STOPPED = {
    "a product that is counted": (f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", "longer than 0.7 seconds"),
    "rows that bind nothing": (f"SELECT ?z {{ {PRODUCT} FILTER(?a = ?l) }}", "longer than 0.7 seconds"),
    "a path open at both ends": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>)*/(!<a:b>)*/(!<a:b>)* ?b . ?c (!<a:b>)* ?d }",
        "longer than 0.7 seconds",
    ),
}
TOO_LARGE = {
    "rows of names": f"SELECT ?b {{ {PRODUCT} }}",
    "bytes": f"SELECT * {{ {PRODUCT} }}",
    "triples": "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
}


@pytest.mark.parametrize("what", STOPPED)
def test_a_query_that_takes_too_much_is_stopped(engine: Engine, what: str) -> None:
    text, message = STOPPED[what]
    with pytest.raises(QueryStopped, match=message):
        engine.answer(MAP, Query(text=text))
    assert _children(engine) == []


def test_a_query_that_needs_too_much_memory_is_stopped(atlas: Atlas) -> None:
    small = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE, Limits(seconds=20, memory=30_000_000))
    text = f"SELECT (STRLEN(?x31) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {DOUBLED} }}"
    with pytest.raises(QueryStopped, match="needs more than 30 MB"):
        small.answer(MAP, Query(text=text))
    assert values(small, "SELECT ?x { VALUES ?x { 1 } }") == ["1"]
    small.close()


@pytest.mark.parametrize("what", TOO_LARGE)
@pytest.mark.parametrize("media_type", SOLUTIONS)
def test_an_answer_that_is_too_large_stops_the_work(engine: Engine, what: str, media_type: str) -> None:
    with pytest.raises(AnswerTooLarge, match="LIMIT"):
        engine.answer(MAP, Query(text=TOO_LARGE[what], solutions=media_type))


def test_other_queries_go_on_meanwhile(engine: Engine) -> None:
    with ThreadPoolExecutor(3) as pool:
        slow = [pool.submit(engine.answer, MAP, Query(text=STOPPED["a product that is counted"][0])) for _ in range(2)]
        time.sleep(0.1)
        assert values(engine, "SELECT ?x { VALUES ?x { 1 } }") == ["1"]
        assert not any(one.done() for one in slow)
        assert [type(one.exception()) for one in slow] == [QueryStopped, QueryStopped]


CRASHES = {
    "parentheses": "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "groups": "ASK " + "{" * 20_000 + "}" * 20_000,
    "a long path": "SELECT * { ?a " + "/".join(["<a:b>"] * 20_000) + " ?b }",
    "a long sum": "ASK { FILTER(" + "1+" * 20_000 + "1) }",
}


@pytest.mark.parametrize("what", CRASHES)
def test_a_crash_costs_one_answer(engine: Engine, unguarded: None, what: str) -> None:
    values(engine, COUNT)  # so that there is a worker, whichever test comes first
    before = engine.worker
    with pytest.raises(QueryStopped, match="crashed"):
        engine.answer(MAP, Query(text=CRASHES[what]))
    assert values(engine, "SELECT ?x { VALUES ?x { 1 } }") == ["1"]
    assert engine.worker == before


def test_a_worker_that_ended_is_started_again(atlas: Atlas) -> None:
    restarts: list[str] = []
    other = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE, on_restart=lambda: restarts.append("once"))
    count, before = values(other, COUNT), other.worker
    assert before is not None
    os.kill(before, signal.SIGKILL)
    time.sleep(0.1)
    assert values(other, COUNT) == count
    assert other.worker not in (None, before)
    assert restarts == ["once"]
    other.close()


def test_a_worker_that_ends_under_a_query_costs_that_answer(engine: Engine) -> None:
    assert values(engine, "SELECT ?x { VALUES ?x { 1 } }") == ["1"]
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(engine.answer, MAP, Query(text=STOPPED["a product that is counted"][0]))
        time.sleep(0.2)
        assert engine.worker is not None
        os.kill(engine.worker, signal.SIGKILL)
        assert isinstance(slow.exception(), EngineAway)
    assert values(engine, "SELECT ?x { VALUES ?x { 1 } }") == ["1"]


# --- What a query's process cannot do


def test_a_query_cannot_open_a_connection(engine: Engine, unguarded: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(InvalidQuery):
            engine.answer(MAP, Query(text=f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
        text = f"SELECT ?x {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} BIND(1 AS ?x) }}"
        assert values(engine, text) == ["1"]
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux shows the threads of a process")
def test_the_worker_has_one_thread_so_that_a_fork_is_a_whole_copy(engine: Engine) -> None:
    values(engine, COUNT)
    assert len(list(Path(f"/proc/{engine.worker}/task").iterdir())) == 1


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows the environment of a process")
def test_the_worker_knows_nothing_of_the_store(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCEPTMAP_STORE", "postgresql://ada:secret@127.0.0.1/maps")
    other = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE)
    assert values(other, "SELECT ?x { VALUES ?x { 1 } }") == ["1"]
    assert b"secret" not in Path(f"/proc/{other.worker}/environ").read_bytes()
    other.close()


def test_closing_ends_the_worker_and_its_queries(atlas: Atlas) -> None:
    other = Engine(atlas.ledger.log, atlas.ledger.vocabulary, BASE, Limits(seconds=30))
    failed: list[object] = []

    def ask() -> None:
        try:
            other.answer(MAP, Query(text=STOPPED["a product that is counted"][0]))
        except QueryStopped as error:
            failed.append(error)

    asking = Thread(target=ask)
    asking.start()
    while other.worker is None or not _children(other):
        time.sleep(0.02)
    other.close()
    asking.join(5)
    assert len(failed) == 1
    assert other.worker is None


@pytest.mark.parametrize("text", ["SELECT * {", "", "SELECT ?x { ?x <%zz ?y }", "ASK { ?s ?p '\ud800' }"])
def test_what_is_no_sparql_is_said(engine: Engine, text: str) -> None:
    with pytest.raises(InvalidQuery):
        engine.answer(MAP, Query(text=text))


@pytest.mark.parametrize("media_type", [SOLUTIONS[1], TRIPLES[3]])
def test_what_xml_cannot_hold_is_no_answer_in_xml(engine: Engine, media_type: str) -> None:
    for text in (
        r"SELECT ('\u0001' AS ?x) {}",
        r"CONSTRUCT { <a:b> <a:c> '\uFFFF' } {}",
        "CONSTRUCT { <a:b> <a:1> 1 } {}",
    ):
        query = Query(text=text, solutions=media_type, triples=media_type)
        if text.startswith("SELECT") == (media_type in SOLUTIONS):
            with pytest.raises(NoSuchForm, match="cannot be written in the form that was asked for"):
                engine.answer(MAP, query)


def test_a_byte_order_mark_before_a_query_is_left_out(engine: Engine) -> None:
    assert values(engine, "\ufeffSELECT ?x { VALUES ?x { 1 } }") == ["1"]
    with pytest.raises(InvalidQuery, match="U\\+FEFF has no place here"):
        engine.answer(MAP, Query(text="SELECT ?x\n\ufeff{ VALUES ?x { 1 } }"))


XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
MISTAKES = {
    "SELECT (<http://example.org/f>(1) AS ?x) {}": "there is no function <http://example.org/f>",
    "ASK { ?s ?p ?o FILTER(<x:f>(?o)) }": "there is no function <x:f>",
    "CONSTRUCT { ?s ?p ?x } { ?s ?p ?o BIND(<x:f>(?o) AS ?x) }": "there is no function <x:f>",
    "SELECT ?s { ?s ?p ?o } ORDER BY <x:f>(?s)": "there is no function <x:f>",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (<x:f>(?s))": "there is no function <x:f>",
    XSD + "SELECT (xsd:integer(1, 2) AS ?x) {}": "takes 1 value and is given 2",
    "SELECT (STRLENG('a') AS ?x) {}": "column 9: there is no function 'STRLENG'; did you mean 'STRLEN'",
    "SELECT (STRLEN('a', 'b') AS ?x) {}": "STRLEN takes 1 value and is given 2",
    "SELECT (NOW(1) AS ?x) {}": "NOW takes 0 values and is given 1",
    "SELECT (REGEX('a') AS ?x) {}": "REGEX takes 2 to 3 values and is given 1",
    "SELECT * { ?s skos:prefLabel ?o }": "begin with PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
    "SELECT * { ?s http://a.example/b ?o }": "an IRI stands between < and >",
    "SELECT * { ?s <http://[> ?o }": "the IRI before this is none",
    "SELECT * { ?s ?p ?o FILTER(COUNT(?o) > 1) }": "count in SELECT or HAVING",
    "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }": "that GROUP BY does not name",
    "SELECT ?s (1 AS ?s) {}": "SELECT gives two columns one name",
    "SELECT (1 AS ?s) { ?s ?p ?o }": "choose another name",
    "SELECT * { ?s ?p ?o BIND(1 AS ?s) }": "sets a variable that has a value",
    "SELECT * { ?s ?p ?o": "line 1, column 10: the { that opens here is never closed",
    "SELECT * { ?s ?p ?o } }": "this } closes nothing",
    "SELECT * { ?s ?p (1} }": "closes another bracket",
    "ASK {} ASK {}": "a second query begins here",
    "MATCH (n) RETURN n": "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not 'MATCH'",
    '{"query": "ASK {}"}': "not '{'",
    "# nothing": "there is no query",
    "PREFIX a: <a:>": "there is no query",
    "SELECT * { ?s ?p “a” }": "U\\+201C .* quotes in SPARQL are",
    "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999": "LIMIT and OFFSET take a whole number",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_in_a_query_is_told_in_plain_words(engine: Engine, text: str) -> None:
    with pytest.raises(InvalidQuery, match=MISTAKES[text]):
        engine.answer(MAP, Query(text=text))


def test_a_syntax_error_has_its_place(engine: Engine) -> None:
    with pytest.raises(InvalidQuery) as caught:
        engine.answer(MAP, Query(text="SELECT *\n{ ?s ?p }"))
    assert caught.value.line == 2
    assert len(str(caught.value)) < 300


def _children(engine: Engine) -> list[str]:
    children = Path(f"/proc/{engine.worker}/task/{engine.worker}/children")
    return children.read_text().split() if children.exists() else []
