"""Formats that are written and read: what comes back is the map minus the listed losses."""

import io
import json
import zipfile
from pathlib import Path

import httpx2
import pytest
from hypothesis import given

from conceptmap.atlas import open_atlas
from conceptmap.formats import FORMATS, SentFile, readers
from conceptmap.formats.loss import facts_of
from dialogues import in_process
from exchange import differences, maps, written
from graphs.view import View
from made_documents import BREAD
from ontology.model import EndValues
from ontology.rules import completed
from services import MAP, served
from small_maps import document, edge, node, view


@pytest.mark.parametrize("name", readers())
@given(one=maps())
def test_a_map_comes_back_minus_the_losses_that_are_listed(name: str, one: View) -> None:
    assert differences(name, one) == ([], [])


@pytest.mark.parametrize("name", readers())
def test_a_value_of_a_comparison_that_is_a_space_comes_back(name: str) -> None:
    values = EndValues(source="sour", target=" ")
    compared = edge("Rye", "contrasts with", "Wheat", values=values, dimension="Taste")
    whole = completed(document(1, node("Rye"), node("Wheat"), compared))
    assert differences(name, view(whole)) == ([], [])


@pytest.mark.parametrize("name", ["jsonld", "turtle", "trig", "rdfxml", "ntriples", "skos"])
def test_a_map_without_anything_comes_back_so(name: str) -> None:
    assert differences(name, view()) == ([], [])


@pytest.mark.parametrize("name", readers())
def test_a_course_comes_back_minus_the_losses_that_are_listed(name: str) -> None:
    assert differences(name, view(completed(BREAD))) == ([], [])


RDF = ("jsonld", "turtle", "trig", "rdfxml", "ntriples")


@pytest.mark.parametrize("name", RDF)
def test_a_whole_map_comes_in_under_another_name(name: str) -> None:
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].put(BREAD)
        made = written(FORMATS[name], atlas["bread"].view())
        atlas["copy"].put_all(atlas["copy"].read_files(made, form=name).documents)
        assert facts_of(atlas["copy"].view()) == facts_of(atlas["bread"].view())
        assert [one.map for one in atlas["copy"].view().documents()] == ["copy"]


THESAURUS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <http://example.org/> .
:rye a skos:Concept ; skos:prefLabel "Rye"@en, "Roggen"@de ; skos:altLabel "Rye grain"@en ; skos:broader :grain ;
  skos:definition "A hardy grain."@en ; skos:related :wheat ; skos:exactMatch <http://other.example/7> .
:wheat a skos:Concept ; skos:prefLabel "Wheat"@en ; skos:broader :grain , :gone .
:grain a skos:Concept ; skos:prefLabel "Grain"@en, "Getreide"@de .
:other a skos:Concept ; skos:prefLabel "Other"@en ; skos:broader :rye .
:another a skos:Concept ; skos:prefLabel "Other"@en ; skos:broader :wheat .
:flours a skos:Collection ; skos:prefLabel "For flour"@en ; skos:member :rye, :wheat .
"""


def test_a_thesaurus_of_others_becomes_concepts_and_what_it_says_elsewhere_is_listed() -> None:
    with open_atlas("sqlite://") as atlas:
        course = atlas["grains"]
        found = course.read_files([SentFile("grains.ttl", THESAURUS.encode())])
        course.put_all(found.documents)
        rye = course.card("Roggen")
        assert (rye.node.label, rye.node.text, rye.day) == ("Rye", "A hardy grain.", None)
        assert {*rye.node.aliases} == {"Rye grain", "Roggen"} and rye.node.data == {
            "exactMatch": "http://other.example/7"
        }
        assert {(link.label, link.other.label) for link in rye.links} == {
            *(("part of", "Grain"), ("about", "Wheat"), ("part of", "For flour"), ("has part", "Other")),
        }
        assert len([node for node in course.view().nodes() if node.label == "Other"]) == 2
    assert {one.fact.id for one in found.losses if one.reason == "refused"} == {
        "http://example.org/wheat broader http://example.org/gone"
    }


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.rdf", '<!DOCTYPE r [<!ENTITY a "b">]><r/>', "a.rdf:1: a document type (<!DOCTYPE …>)"),
        ("a.ttl", "@prefix : <http://e.org/> . :a :b", "a.ttl:1"),
        ("a.ttl", "<http://e.org/a> a <http://www.w3.org/2002/07/owl#Class> .", "no skos:Concept in its 1 triples"),
        ("a.csv", "", "there is nothing in it"),
        ("a.csv", 'source,target\n"a,b', "a.csv:2: no table"),
        ("a.csv", "x,y\n1,2\n", "no table of nodes or edges (columns: x, y)"),
        ("a.xyz", "x", "no format goes with '.xyz'"),
        ("a.md", "x", "notes are read with `conceptmap load`"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    name: str, text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    (tmp_path / name).write_text(text)
    status, _, err = in_process(["--map", "m", "import", name], "")
    assert status == 3 and said in err and "Traceback" not in err


def zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def test_tables_of_other_programs_are_known_by_their_columns_and_what_has_no_place_is_listed() -> None:
    people = "uid;name;clan\n1;Sun;monkeys\n2;Zhu;pigs\n".encode("utf-16")
    ties = b"from_uid,to_uid,relation,weight\r1,2,teaches,3\rZhu,Sha,knows,\r"
    with open_atlas("sqlite://") as atlas:
        files = [SentFile("t/people.csv", people), SentFile("t/ties.csv", ties), SentFile("t/log.csv", b"a,b\n1,2\n")]
        found = atlas["m"].read_files(files, day=3)
        atlas["m"].put_all(found.documents)
        view = atlas["m"].view()
        assert sorted(str(edge.key) for edge in view.edges()) == ["sun about zhu", "zhu about sha"]
        assert view.node("sun").data == {"clan": "monkeys"}
        assert [edge.note for edge in view.edges_from("sun")] == ["teaches"]
        assert view.days() == (3,)
    assert "t/log.csv: neither nodes nor edges" in str(found.warnings[0])
    assert [(one.fact.id, one.fact.field) for one in found.losses if one.reason == "no place"] == [
        ("1 teaches 2", "weight")
    ]


def test_names_that_differ_in_a_sign_are_one_node_and_a_table_without_ids_is_known_by_the_ends_of_edges() -> None:
    people = b'name,role,label\n"Craft, W",x,NA\n"Craft, W.",y,NA\n"May, S",z,NA\n'
    ties = b'from,to\n"Craft, W","May, S"\n"Craft, W.","May, S"\n'
    with open_atlas("sqlite://") as atlas:
        found = atlas["m"].read_files([SentFile("t/people.csv", people), SentFile("t/ties.csv", ties)])
        atlas["m"].put_all(found.documents)
        assert {node.label for node in atlas["m"].view().nodes()} == {"Craft, W", "May, S"}
        assert atlas["m"].view().edge_count == 1
    lost = [(one.fact.id, one.reason) for one in found.losses]
    assert lost == [("Craft, W.", "joined"), ("craft-w about may-s", "joined")]


def test_a_zip_file_that_leads_out_of_its_folder_or_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_atlas("sqlite://") as atlas:
        for data, said in [
            (zipped({"../x.csv": "source,target\na,b\n"}), "leads out of the folder"),
            (zipped({"a.csv": "source,target\na,b\n" * 100}), "is too much"),
            (b"PK\x03\x04torn", "no ZIP file that can be read"),
        ]:
            monkeypatch.setattr("conceptmap.formats.reading.MOST_BYTES", 500)
            with pytest.raises(Exception, match=said):
                atlas["m"].read_files([SentFile("a.zip", data)])


def test_over_http_maps_go_out_and_come_in() -> None:
    with served() as service:
        service.put_notes(2)
        packed = service.get(f"{MAP}/export.csv.zip")
        assert packed.headers["content-type"] == "application/zip"
        with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
            assert archive.namelist() == ["nodes.csv", "edges.csv", "cites.csv"]
        assert service.get(f"{MAP}/export.csv.zip").content == packed.content
        lost = service.get(f"{MAP}/losses/json").json()
        assert lost["said"].startswith("lost: of nodes") and lost["total"] == len(lost["losses"]) > 0
        assert service.get(f"{MAP}/losses/cvs").status_code == 400

        def sent_to(path: str) -> httpx2.Response:
            return service.client.post(path, content=packed.content, headers=service.headers())

        address = "/maps/copy/import?name=tables.zip"
        assert sent_to(f"{address}&dry_run=true").status_code == 200
        sent = sent_to(address)
        assert (sent.status_code, sent.json()["lost"]["total"]) == (201, 0)
        assert sent_to(address).status_code == 200
        graphs = [json.loads(service.get(f"/maps/{one}/export.json").text) for one in ("copy", MAP.rpartition("/")[2])]
        assert graphs[0] == graphs[1]
        refused = sent_to(f"{MAP}/import?name=tables.zip")
        assert refused.status_code == 409 and "was read from notes" in refused.json()["detail"]


@pytest.mark.parametrize("suffix", ["jsonld", "ttl", "trig", "nt", "rdf"])
def test_a_whole_map_goes_in_where_it_came_out_in_every_form_of_rdf(suffix: str) -> None:
    with served() as service:
        service.put_notes(2)
        out = service.get(f"{MAP}/export.{suffix}")
        headers = service.headers(Content_Type=out.headers["content-type"])

        def put(path: str) -> httpx2.Response:
            return service.client.put(path, content=out.content, headers=headers)

        first = put(f"{MAP}?overwrite=true").json()["parts"]
        assert [(one["added"], one["changed"], one["removed"]) for one in first] == [(0, 0, 0)]
        assert {one["status"] for one in put(MAP).json()["parts"]} == {"unchanged"}
        refused = put("/maps/copy")
        assert refused.status_code == 400 and MAP.rpartition("/")[2] in refused.text
        assert put("/maps/copy?rename=true").status_code == 201
        assert service.get("/maps/copy/export.json").text == service.get(f"{MAP}/export.json").text
