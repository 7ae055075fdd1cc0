"""Labels that nobody can see are refused, and names that look like others warned of, wherever they enter."""

from pathlib import Path

import pytest

from conceptmap.alike import look_alikes
from conceptmap.atlas import open_atlas
from graphs.confusables import latin
from ontology.model import Node
from ontology.names import visible
from services import MAP, served

RAIN = "r\u0430in"
"""With a Cyrillic a."""
INVISIBLE = ("\u200b", "\u00ad", "\u2060\ufeff", "\u3164", "\u2800", "\u115f\u1160", "\u200d", "\ufe0f", "\U000e0100")
TURTLE = (
    "@prefix cm: <https://w3id.org/conceptmap/vocabulary#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
    '<https://conceptmap.example/maps/bread/nodes/x> a cm:Concept ; skos:prefLabel "%s" .'
)


@pytest.mark.parametrize("label", INVISIBLE)
def test_a_label_that_nobody_can_see_is_refused_at_every_door(label: str) -> None:
    with served() as service:
        service.put_notes(2)
        node = {"id": "x", "kind": "Concept", "label": label}
        answers = {
            "append": service.append(2, "nodes", [node]),
            "append without an id": service.append(2, "nodes", [{"kind": "Concept", "label": label}]),
            "an alias": service.append(2, "nodes", [{**node, "label": "X", "aliases": [label]}]),
            "rename": service.client.post(
                f"{MAP}/nodes/yeast/rename", json={"label": label}, headers=service.headers("append")
            ),
            "form": service.client.post(
                f"{MAP}/page/add/node",
                data={"label": label, "kind": "Concept", "day": "2"},
                headers=service.headers("append"),
            ),
            "turtle": service.client.put(
                f"{MAP}/days/3", content=(TURTLE % label).encode(), headers=service.headers(Content_Type="text/turtle")
            ),
            "document": service.client.put(
                f"{MAP}/days/3", json={"nodes": [node]}, headers=service.headers(Content_Type="application/ld+json")
            ),
            **{
                text: service.put_notes(3, text % label)
                for text in (
                    "## %s\n- kind:: Concept\n",
                    "## Claim: %s\n",
                    "## A\n- about:: [[%s]]\n",
                    "## A\n- aliases:: %s\n",
                )
            },
        }
        assert {what: one.status_code for what, one in answers.items() if one.status_code != 400} == {}
        assert {node["label"] for node in service.get(f"{MAP}/nodes").json()["nodes"]}.isdisjoint(INVISIBLE)


def test_a_note_with_such_a_label_is_told_with_its_line_and_keeps_no_other_from_being_stored(tmp_path: Path) -> None:
    (tmp_path / "day-01.md").write_text("## Yeast\n\n## \u200b\n- kind:: Concept\n", encoding="utf-8")
    (tmp_path / "day-02.md").write_text("## Rye\n", encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        (problem,) = atlas["bread"].load(tmp_path, strict=False).refused
        assert problem.file.endswith("day-01.md")
        assert (problem.line, problem.what) == (3, "label: a label needs at least one visible character")
        assert atlas["bread"].view().node("rye").label == "Rye"


def test_what_is_bold_and_invisible_is_no_name() -> None:
    with served() as service:
        assert service.put_notes(2, "# Day 2: Bread\n\n**\u200b** is a fungus.\n").status_code == 201


@pytest.mark.parametrize(("text", "seen"), [("a\u200bb", "ab"), (" \t", ""), ("é", "é"), ("\U0001f600", "\U0001f600")])
def test_what_can_be_seen_of_a_text(text: str, seen: str) -> None:
    assert visible(text) == seen


# --- Look-alikes


@pytest.mark.parametrize(
    "label", [RAIN, "\u0433\u0430\u0456n", "R\u0410in", "ra\u0131n", "Ra\u00adin", "ra\u200bin", "r\u03b1in"]
)
def test_a_new_name_that_looks_like_another_is_warned_of(label: str) -> None:
    with served() as service:
        service.append(2, "nodes", [{"kind": "Concept", "label": "Rain"}])
        appended = service.append(2, "nodes", [{"kind": "Concept", "label": label}], query="?dry_run=true")
        noted = service.put_notes(3, f"## {label}\n- kind:: Concept\n", part="x")
    for answer in (appended, noted):
        (warning,) = answer.json()["warnings"]
        assert "looks like another node, 'Rain' (rain): U+" in warning["what"]
        assert warning["hint"].startswith("write both in the same letters, or if they are one: conceptmap merge ")
    assert noted.json()["warnings"][0]["line"] == 1


def test_a_plain_name_is_warned_of_where_a_look_alike_stands() -> None:
    with served() as service:
        service.append(2, "nodes", [{"kind": "Concept", "label": RAIN}])
        (warning,) = service.append(2, "nodes", [{"kind": "Concept", "label": "Rain"}]).json()["warnings"]
        assert f"'Rain' (rain) looks like another node, '{RAIN}' ({RAIN})" in warning["what"]
        assert f"U+0430 in '{RAIN}' is CYRILLIC SMALL LETTER A" in warning["what"]


def test_look_alikes_follow_what_is_written_and_undone() -> None:
    with open_atlas("sqlite://") as atlas:
        course = atlas["bread"]
        assert course.view(missing_ok=True).looking_like("rain") == set()
        for id in (RAIN, "\u0433\u0430in", "sun"):
            course.append(1, [Node(id=id, kind="Concept", label=id)], by="ada")
        assert course.view().looking_like("rain") == {RAIN, "\u0433\u0430in"}
        assert course.view().looking_like(RAIN) == {"\u0433\u0430in"}
        course.append(2, [Node(id="rain", kind="Concept", label="Rain")], by="bob")
        assert course.as_of(1).view().looking_like(RAIN) == {"\u0433\u0430in"}
        assert course.view().looking_like(RAIN) == {"\u0433\u0430in", "rain"}
        course.delete(1)
        assert course.view().looking_like("rain") == set()


def test_the_page_shows_the_warning_before_it_is_saved() -> None:
    with served() as service:
        service.append(2, "nodes", [{"kind": "Concept", "label": "Rain"}])
        form = {"label": RAIN, "kind": "Concept", "day": "2"}
        answer = service.client.post(f"{MAP}/page/add/node", data=form, headers=service.headers("append"))
        assert "looks like another node" in answer.text


def test_two_of_one_load_are_warned_of_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "day-01.md"
    file.write_text(f"## Rain\n- kind:: Concept\n\n## {RAIN}\n- kind:: Concept\n", encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        report = atlas["bread"].load(tmp_path)
        found = [(one.file.endswith("day-01.md"), one.line) for one in report.warnings if "looks like" in one.what]
        assert found == [(True, 1), (True, 4)]
        assert atlas["bread"].load(tmp_path).warnings == ()


def test_names_in_one_script_are_no_look_alikes() -> None:
    with open_atlas("sqlite://") as atlas:
        course = atlas["bread"]
        for number, label in enumerate(("Rain", "дождь", "βροχή", "Café", "cafe\u0301 au lait", "雨")):
            node = Node(id=f"n{number}", kind="Concept", label=label)
            assert course.append(1, [node], by="ada").warnings == ()
        assert list(look_alikes(course.view(), course.view().documents())) == []


def test_letters_of_full_width_are_the_same_name_and_no_look_alike() -> None:
    assert latin("ｒａｉｎ") == "rain"
    with served() as service:
        service.append(2, "nodes", [{"kind": "Concept", "label": "Rain"}])
        report = service.append(2, "nodes", [{"kind": "Concept", "label": "ｒａｉｎ"}]).json()
        assert report["warnings"] == []
