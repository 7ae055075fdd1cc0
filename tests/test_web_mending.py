"""Mending on the page: forms that look before they save, one click for proposals, and the list of what was changed."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx2
import pytest

from services import MAP, NOTES, Served, served

EVIDENCE = "a-no-knead-dough-rose-as-high-after-18-hours"
EDGE = {"source": "fermentation", "was_relation": "requires", "target": "yeast"}


@pytest.fixture
def service() -> Iterator[Served]:
    with served() as service:
        assert service.put_notes(2).status_code == 201
        yield service


def send(service: Served, what: str, /, **fields: str) -> httpx2.Response:
    """Send a form as the script does, with the token in the header; a form with a token is sent without a script."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if "token" not in fields:
        headers |= service.headers("append")
    return service.client.post(f"{MAP}/page/{what}", content=urlencode(fields).encode(), headers=headers)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def saved(service: Served, what: str, /, **fields: str) -> httpx2.Response:
    looked = send(service, f"add/{what}", **fields, step="look")
    assert looked.status_code == 200, looked.text
    return send(service, f"add/{what}", **fields, step="save", seen=field(looked.text, "seen"))


def test_the_panel_leads_to_the_forms_and_these_show_what_is_there(service: Served) -> None:
    panel = service.get(f"{MAP}/page?focus=yeast").text
    assert f"{MAP}/page/mend?focus=yeast" in panel
    form = service.get(f"{MAP}/page/mend?focus=yeast").text
    assert field(form, "label") == "Yeast" and "A fungus." in form and "End it" in form
    edge = service.get(f"{MAP}/page/mend?edge=fermentation requires yeast").text
    assert "Turn it round" in edge and field(edge, "was_relation") == "requires"


def test_a_label_is_looked_at_saved_and_undone(service: Served) -> None:
    answer = saved(service, "change", node="yeast", label="Leaven", kind="Concept", text="A fungus.")
    assert answer.status_code == 201 and "Undo" in answer.text
    assert service.atlas["bread"].node("yeast").label == "Leaven"
    assert send(service, "undo", entry=field(answer.text, "entry")).status_code == 200
    assert service.atlas["bread"].node("yeast").label == "Yeast"


def test_what_hangs_on_a_node_is_shown_before_it_ends(service: Served) -> None:
    looked = send(service, "add/end", node="yeast", step="look")
    assert "Fermentation" in looked.text and "gone" in looked.text
    assert service.atlas["bread"].view().has_node("yeast")
    assert saved(service, "end", node="yeast").status_code == 201
    assert not service.atlas["bread"].view().has_node("yeast")


def test_an_edge_added_meanwhile_is_not_ended_unseen(service: Served) -> None:
    looked = send(service, "add/end", node="yeast", step="look")
    added = {"source": "time-beats-kneading", "relation": "about", "target": "yeast"}
    assert service.append(2, "edges", [added]).status_code == 201
    answer = send(service, "add/end", node="yeast", step="save", seen=field(looked.text, "seen"))
    assert answer.status_code == 412 and "changed meanwhile" in answer.text


def test_a_note_that_changed_since_the_form_was_opened_is_told(service: Served) -> None:
    was = field(service.get(f"{MAP}/page/mend?focus=yeast").text, "was")
    service.put_notes(2, NOTES.replace("A fungus.", "A living thing."), If_Match="*")
    said = {"node": "yeast", "label": "Yeast", "kind": "Concept", "text": "Some fungus.", "was": was}
    answer = send(service, "add/change", **said, step="look")
    assert answer.status_code == 400 and "since you opened the form" in answer.text
    again = send(service, "add/change", **{**said, "was": field(answer.text, "was")}, step="look")
    assert again.status_code == 200


def test_an_edge_is_retyped_turned_round_and_ended(service: Served) -> None:
    assert saved(service, "change-edge", **EDGE, relation="leads to", turned="1").status_code == 201
    edges = {(one.source, one.relation, one.target) for one in service.atlas["bread"].view().edges()}
    assert ("yeast", "leads to", "fermentation") in edges and ("fermentation", "requires", "yeast") not in edges
    turned = {"source": "yeast", "was_relation": "leads to", "target": "fermentation"}
    assert saved(service, "end-edge", **turned).status_code == 201
    assert "yeast" not in {one.source for one in service.atlas["bread"].view().edges("leads to")}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"label": " "}, "Give it a name"),
        ({"label": "Fermentation"}, "names another node"),
        ({"kind": ""}, "Choose a kind"),
        ({"kind": "Agent"}, "cannot end at an Agent"),
    ],
)
def test_a_mistake_is_told_in_words(service: Served, fields: dict[str, str], words: str) -> None:
    said = {"node": "yeast", "label": "Yeast", "kind": "Concept", "text": "A fungus.", **fields}
    answer = send(service, "add/change", **said, step="look")
    assert answer.status_code == 400 and words in answer.text.replace("&#39;", "'")


def test_a_proposal_is_refused_with_one_click_listed_and_taken_back(service: Served) -> None:
    assert "Confirm" in service.get(f"{MAP}/page?focus={EVIDENCE}").text
    assert "Confirm" not in service.get(f"{MAP}/page?focus=yeast").text
    answer = send(service, "decide", node=EVIDENCE, decision="refuse")
    assert answer.status_code == 201 and "Refused" in answer.text
    service.put_notes(2, f"{NOTES}\n## Salt\n- about:: [[Yeast]]\n", If_Match="*")
    assert not service.atlas["bread"].view().has_node(EVIDENCE)
    assert "A no-knead dough rose" in service.get(f"{MAP}/page/mended").text
    assert send(service, "take-back", entry=field(answer.text, "entry")).status_code == 200
    assert service.atlas["bread"].view().has_node(EVIDENCE)


def test_without_a_script_the_token_is_a_field_and_the_answer_a_page(service: Served) -> None:
    answer = send(service, "decide", node=EVIDENCE, decision="confirm", token=service.tokens["append"])
    assert answer.status_code == 201 and answer.text.startswith("<!doctype html>")
    assert service.tokens["append"] not in answer.text
    assert not service.atlas["bread"].node(EVIDENCE).is_derived
    assert send(service, "decide", node=EVIDENCE, decision="confirm", token="wrong").status_code == 401


def test_a_text_and_a_note_can_be_emptied_looked_at_and_undone(service: Served) -> None:
    course = service.atlas["bread"]
    said = {"node": "yeast", "label": "Yeast", "kind": "Concept", "text": ""}
    looked = send(service, "add/change", **said, step="look")
    assert looked.status_code == 200 and "A fungus." in looked.text
    answer = saved(service, "change", **said)
    assert answer.status_code == 201 and course.node("yeast").text is None
    course.revert(int(re.findall(r"entry=?[^0-9]{0,20}(\d+)", answer.text)[0]))
    assert course.node("yeast").text == "A fungus."
    assert saved(service, "change-edge", **EDGE, relation="requires", note="to rise").status_code == 201
    assert [edge.note for edge in course.view().edges("requires")] == ["to rise"]
    assert saved(service, "change-edge", **EDGE, relation="requires", note="").status_code == 201
    assert all(edge.note is None for edge in course.view().edges("requires"))


def test_a_note_and_a_text_are_emptied_over_http(service: Served) -> None:
    edge = {"source": "fermentation", "relation": "requires", "target": "yeast"}
    changes: list[dict[str, object]] = [
        {"node": "yeast", "text": ""},
        {"edge": edge, "note": "to rise"},
        {"edge": edge, "note": ""},
    ]
    for change in changes:
        said = {"do": "change", **change}
        assert service.client.post(f"{MAP}/mends", json=said, headers=service.headers("append")).status_code == 201
    assert service.atlas["bread"].node("yeast").text is None
    assert all(one.note is None for one in service.atlas["bread"].view().edges("requires"))
