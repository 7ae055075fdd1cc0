"""Export formats: what is added to their list works everywhere, and what stands in it is documented."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Event

import httpx2
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from conceptmap.atlas import open_atlas
from conceptmap.formats import FORMATS, Format, by_suffix
from conceptmap.formats.indented import indented
from dialogues import in_process
from graphs.rdf.iris import PREFIXES, Iris
from graphs.rdf.write import document_triples, n_triples_pieces, rdf_xml_pieces, trig_pieces, turtle_pieces
from graphs.view import View
from made_documents import BREAD
from ontology.terms import DAY
from ontology.vocabulary import read_vocabulary
from services import MAP, Served, running, served
from small_maps import document, edge, mention, node, view

DOCS = Path(__file__).parent.parent / "docs"
VOCABULARY = read_vocabulary()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def write_labels(view: View, base: str | None = None) -> Iterator[str]:
    return (f"{node.label} <{base or ''}{node.id}>\n" for node in view.nodes() if node.kind != DAY)


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Format:
    toy = Format("toy", "one label a line", write_labels, (".toy", ".labels"), "text/x-toy")
    monkeypatch.setitem(FORMATS, toy.name, toy)
    return toy


@pytest.fixture
def service(toy: Format) -> Iterator[Served]:
    with served() as service:
        service.put_notes(2)
        yield service


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tea.md").write_text("---\nday: 1\n---\n## Concept: Tea\nLeaves in water.\n")
    with open_atlas(tmp_path / "maps.db") as atlas:
        atlas["tea"].load("tea.md")
    return tmp_path


@pytest.mark.parametrize("words", [["--format", "toy"], ["-o", "map.toy"], ["-o", "MAP.Labels"]])
def test_a_new_format_can_be_exported(words: list[str], toy: Format, folder: Path) -> None:
    status, out, err = in_process(["export", *words], "")
    written = Path(words[1]).read_text() if words[0] == "-o" else out
    assert (status, written, err) == (0, "Tea <tea>\n", "")


def test_the_help_offers_a_new_format(toy: Format) -> None:
    _, out, _ = in_process(["export", "--help"], "")
    assert "toy one label a line" in " ".join(out.split())


def test_a_format_that_is_not_there_is_met_with_those_that_are(toy: Format, folder: Path) -> None:
    status, _, err = in_process(["export", "--format", "pdf"], "")
    assert status == 2
    assert f"{', '.join(FORMATS)}\n" in err
    status, _, err = in_process(["export", "-o", "map.pdf"], "")
    assert status == 2
    assert ".ttl" in err and ".toy, .labels" in err


@pytest.mark.parametrize("path", ["/export.toy", "/export.labels", ".toy"])
def test_the_service_offers_a_new_format_by_its_suffix(path: str, service: Served) -> None:
    answer = service.get(f"{MAP}{path}")
    assert answer.headers["content-type"] == "text/x-toy; charset=utf-8"
    assert "Fermentation <https://conceptmap.example/fermentation>" in answer.text.splitlines()


def test_the_service_negotiates_a_new_format(service: Served) -> None:
    answer = service.get(MAP, headers={"Accept": "application/json;q=0.5, text/x-toy"})
    assert "Fermentation <" in answer.text
    refused = service.get(f"{MAP}/export.pdf")
    assert (refused.status_code, "toy" in refused.json()["detail"]) == (400, True)
    assert "text/x-toy" in str(service.get("/openapi.json").json()["paths"]["/maps/{map}/export.{suffix}"])


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_every_format_is_documented(form: Format) -> None:
    suffixes = " ".join(f"`{one}`" for one in form.suffixes)
    assert f"| `{form.name}` | {suffixes} | {form.help} |" in (DOCS / "command-line.md").read_text(encoding="utf-8")
    for suffix in form.suffixes:
        assert suffix in (DOCS / "http.md").read_text(encoding="utf-8")


@pytest.fixture
def streaming(monkeypatch: pytest.MonkeyPatch, service: Served) -> Served:
    """A service that sends every export while it is made."""
    service.append(
        3, "nodes", [{"kind": "Concept", "label": f"N {number}", "text": "x" * 500} for number in range(300)]
    )
    monkeypatch.setattr("api.service.STREAMED", 0)
    return service


FORMS = [*by_suffix()]


@pytest.mark.parametrize("query", ["", "?as_of=2", "?at=1"])
@pytest.mark.parametrize("suffix", FORMS)
def test_a_streamed_export_is_the_export(suffix: str, query: str, streaming: Served) -> None:
    course = streaming.atlas["bread"].as_of(2 if "as_of" in query else None).at(1 if "at" in query else None)
    for encoding in ("identity", "gzip"):
        answer = streaming.get(f"{MAP}/export{suffix}{query}", headers={"Accept-Encoding": encoding})
        assert answer.text == course.export(by_suffix()[suffix].name)
        assert answer.headers.get("content-encoding", "identity") == encoding
        assert (answer.headers["vary"], answer.headers["cache-control"]) == ("Accept, Accept-Encoding", "no-cache")
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", [f"{MAP}/export.ttl", f"{MAP}.ttl"])
def test_a_streamed_export_has_a_strong_tag_that_changes_with_the_map(path: str, streaming: Served) -> None:
    first = streaming.get(path)
    tag = first.headers["etag"]
    again = streaming.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    plain = streaming.get(path, headers={"If-None-Match": tag, "Accept-Encoding": "identity"})
    assert (plain.status_code, plain.headers["etag"]) == (304, tag.replace("-gzip", ""))
    head = streaming.client.head(path)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert streaming.get(f"{path}?as_of=2").headers["etag"] != tag
    streaming.append(3, "nodes", [{"kind": "Concept", "label": "New"}])
    news = streaming.get(path, headers={"If-None-Match": tag})
    assert (news.status_code, news.headers["etag"] != tag) == (200, True)


def test_the_tag_of_a_streamed_map_is_a_condition_of_its_replacement(streaming: Served) -> None:
    got = streaming.get(f"{MAP}.jsonld")
    sent = streaming.headers("admin", Content_Type="application/ld+json", If_Match=got.headers["etag"])
    assert [streaming.client.put(MAP, content=got.content, headers=sent).status_code for _ in range(2)] == [200, 412]


def test_the_work_ends_when_its_client_goes_away(toy: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = Event()

    def endless(view: View, base: str | None = None) -> Iterator[str]:
        try:
            while True:
                yield "more\n" * 1000
        finally:
            ended.set()

    monkeypatch.setitem(FORMATS, toy.name, replace(toy, write=endless))
    monkeypatch.setattr("api.service.STREAMED", 0)
    with served() as service, running(service.app) as url:
        service.put_notes(2)
        with httpx2.stream("GET", f"{url}{MAP}/export.toy") as answer:
            assert next(answer.iter_bytes()).startswith(b"more\n")
        assert ended.wait(10)
        assert service.get(MAP).status_code == 200


LARGE = tuple(f"Topic {number}" for number in range(1000))


@pytest.fixture(scope="module")
def large() -> View:
    nodes = [node(name, text="x" * 100) for name in LARGE]
    edges = [edge(one, "requires", other) for one, other in pairwise(LARGE)]
    return view(document(1, *nodes, *edges), document(2, *map(mention, LARGE), edge(LARGE[0], "part of", LARGE[1])))


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_no_piece_of_an_export_grows_with_the_map(form: Format, large: View) -> None:
    written = form.write(large, None)
    pieces = [one for file in written for one in file.pieces] if isinstance(written, list) else list(written)
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 100_000


@given(VALUES)
def test_json_piece_by_piece_is_what_the_library_writes_at_once(value: object) -> None:
    listed = {"one": [value, value], "none": [], "two": value}
    opened = {"one": iter([value, value]), "none": iter([]), "two": value}
    assert "".join(indented(opened)) == json.dumps(listed, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_rdf_piece_by_piece_is_what_the_serializer_writes_at_once(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [BREAD, *(structs.replace(BREAD, day=day, part="more.md") for day in (2, 3))]
    triples = {one: None for said in documents for one in document_triples(said, VOCABULARY)}
    quads = {
        Quad(one.subject, one.predicate, one.object, NamedNode(Iris(said.map).day(said.day))): None
        for said in documents
        for one in document_triples(said, VOCABULARY)
    }
    monkeypatch.setattr("graphs.rdf.write.BATCH", batch)
    turtle = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    assert b"".join(turtle_pieces(documents, VOCABULARY)) == turtle
    trig = serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES)
    assert b"".join(trig_pieces(documents, VOCABULARY)) == trig
    for form, pieces in (("nt", n_triples_pieces), ("xml", rdf_xml_pieces)):
        read = rdflib.Graph().parse(data=b"".join(pieces(documents, VOCABULARY)), format=form)
        assert set(read) == set(rdflib.Graph().parse(data=turtle, format="turtle"))
