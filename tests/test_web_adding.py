"""Adding to a map by the page's forms: what they offer, what they find wrong, and what they save."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx2
import pytest

from api.errors import BadRequest
from api.web.form_input import Form, Mistakes, entered_edge, entered_node, read_form
from api.web.positions import positions
from api.web.prompts import named_in
from conceptmap.reflections import Goal, count_words, prompts_of
from graphs.tokens import Scope
from graphs.view import View
from services import MAP, Served, served

QUESTIONS = """---
title: What to write
course: bread
---
## Question: Why does bread rise, and what slows it? {#why-rise}
- is asked by:: [[Day 3]]
- words:: 300

## Question: Is salt needed?
- is asked by:: [[Day 3]]
"""


@pytest.fixture
def service() -> Iterator[Served]:
    """A service with two days of a map."""
    with served() as service:
        assert service.put_notes(2).status_code == 201
        assert service.put_notes(3, QUESTIONS).status_code == 201
        yield service


def send(service: Served, what: str, scope: Scope = "append", /, **fields: str | list[str]) -> httpx2.Response:
    headers = service.headers(scope, Content_Type="application/x-www-form-urlencoded")
    body = urlencode({"day": "2", **fields}, doseq=True)
    return service.client.post(f"{MAP}/page/{what}", content=body.encode(), headers=headers)


def seen(answer: httpx2.Response) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


def mistake(answer: httpx2.Response, field: str) -> str:
    """What is said beside a field, where the field points at it."""
    assert answer.status_code == 400
    assert re.search(rf'aria-describedby="[^"]*{field}-error" aria-invalid="true"', answer.text), answer.text
    found = re.search(rf'id="{field}-error">([^<]*)<', answer.text)
    assert found
    return found[1]


def view_of(service: Served) -> View:
    return service.atlas["bread"].view()


NODE = {
    "kind": "Evidence",
    "label": "Cold dough rose after two days",
    "relation": "supports",
    "other": "Time beats kneading",
}


def test_looking_shows_the_change_and_saves_nothing(service: Served) -> None:
    answer = send(service, "add/node", **NODE, step="look")
    assert answer.status_code == 200
    assert "What it would change" in answer.text
    assert "data:image/svg+xml;base64," in answer.text
    assert not view_of(service).has_node("cold-dough-rose-after-two-days")
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_what_was_looked_at_is_saved_in_the_holders_part(service: Served) -> None:
    looked = send(service, "add/node", **NODE, step="look")
    saved = send(service, "add/node", **NODE, step="save", seen=seen(looked))
    assert saved.status_code == 201
    node = view_of(service).node("cold-dough-rose-after-two-days")
    assert [one.part for one in node.assertions] == ["by:append"]
    assert [edge.target for edge in view_of(service).edges_from(node.id, "supports")] == ["time-beats-kneading"]


def test_what_was_not_looked_at_is_shown_first(service: Served) -> None:
    looked = send(service, "add/node", **NODE, step="look")
    other = {**NODE, "label": "Another name"}
    answer = send(service, "add/node", **other, step="save", seen=seen(looked))
    assert answer.status_code == 200
    assert "What it would change" in answer.text
    assert not view_of(service).has_node("another-name")


def test_a_change_meanwhile_is_told_and_nothing_typed_is_lost(service: Served) -> None:
    looked = send(service, "add/node", **NODE, step="look")
    said = {"kind": "Evidence", "label": NODE["label"], "text": "Seen by somebody else."}
    assert service.append(2, "nodes", [said]).status_code == 201
    answer = send(service, "add/node", **NODE, step="save", seen=seen(looked))
    assert answer.status_code == 412
    assert "changed meanwhile" in answer.text
    assert 'value="Cold dough rose after two days"' in answer.text
    again = send(service, "add/node", **NODE, step="save", seen=seen(answer))
    assert again.status_code == 201


def test_a_write_elsewhere_does_not_hinder(service: Served) -> None:
    looked = send(service, "add/node", **NODE, step="look")
    service.put_notes(5, "---\ncourse: bread\n---\n## Oven\n- kind:: Method\n")
    assert send(service, "add/node", **NODE, step="save", seen=seen(looked)).status_code == 201


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"kind": ""}, "node-kind", "Choose a kind"),
        ({"label": " "}, "node-label", "Give it a name"),
        ({"label": "x" * 501}, "node-label", "at most 500"),
        ({"label": "Yeast"}, "node-label", "The map has a Concept of this name"),
        ({"day": "two"}, "node-day", "A whole number"),
        ({"day": "1"}, "node-day", "first comes up on day 2"),
        ({"other": "Time beats needing"}, "node-other", "did you mean “Time beats kneading”?"),
        ({"other": ""}, "node-other", "Name a node"),
        ({"relation": ""}, "node-relation", "Choose a relation"),
        ({"other": "Yeast"}, "node-relation", "cannot end at a Concept, only at an Argument, Claim or Evidence"),
    ],
)
def test_a_mistake_stands_beside_its_field(service: Served, changes: dict[str, str], field: str, words: str) -> None:
    answer = send(service, "add/node", **{**NODE, **changes}, step="look")
    assert words in mistake(answer, field).replace("&#39;", "'")


def test_an_inverse_name_turns_the_edge_round(service: Served) -> None:
    form = Form({"day": ["2"], "source": ["Yeast"], "relation": ["unlocks"], "target": ["Fermentation"]})
    (edge,) = entered_edge(form, view_of(service), "ana").edges
    assert (edge.source, edge.relation, edge.target) == ("fermentation", "requires", "yeast")


def test_a_comparison_keeps_its_values_at_their_ends(service: Served) -> None:
    values = {"source": "Yeast", "relation": "contrasts with", "target": "Fermentation", "value_source": "living"}
    form = Form({name: [value] for name, value in {"day": "2", **values}.items()})
    with pytest.raises(Mistakes, match="dimension"):
        entered_edge(form, view_of(service), "ana")
    form = Form({**form.values, "dimension": ["What it is"]})
    (edge,) = entered_edge(form, view_of(service), "ana").edges
    assert edge.values is not None and (edge.values.source, edge.values.target) == ("living", "")


def test_aliases_are_read_with_commas(service: Served) -> None:
    form = read_form(b"day=2&kind=Concept&label=Levain&aliases=sourdough%2C+starter%2C&text=a%0D%0Ab")
    (node,) = entered_node(form, view_of(service), "ana").nodes
    assert (node.aliases, node.text) == (("sourdough", "starter"), "a\nb")


@pytest.mark.parametrize(("what", "scope", "status"), [("node", "read", 403), ("notes", "append", 403)])
def test_a_token_that_may_not_write_is_refused(service: Served, what: str, scope: Scope, status: int) -> None:
    assert send(service, f"add/{what}", scope, **NODE, notes="x").status_code == status
    assert service.client.post(f"{MAP}/page/add/{what}", data={}).status_code == 401


def test_what_may_be_chosen_is_narrowed_to_what_is_allowed(service: Served) -> None:
    found = service.get(f"{MAP}/page/add/choices?relation=supports&source=Yeast&words=time&end=1").json()
    assert found["ends"][1] == "Only Claim, Evidence or Argument"
    assert found["names"] == [{"value": "Time beats kneading", "about": "Claim, day 2"}]
    assert "undercuts" not in found["relations"] and "supports" in found["relations"]
    none = service.get(f"{MAP}/page/add/choices?relation=supports&words=yeast&end=1").json()
    assert none["names"] == []


def test_notes_are_looked_at_put_and_replaced(service: Served) -> None:
    notes = "---\nday: 4\n---\n## Claim: Salt slows yeast\n- about:: [[Yeast]]\n"
    looked = send(service, "add/notes", "admin", part="day-04.md", notes=notes, on="", step="look")
    assert "Salt slows yeast" in looked.text and "Day 4, day-04.md" in looked.text
    fields = {"part": "day-04.md", "notes": notes, "on": ""}
    assert send(service, "add/notes", "admin", **fields, step="save", seen=seen(looked)).status_code == 201
    assert service.get(f"{MAP}/days/4.md?part=day-04.md").text == notes


def test_notes_that_changed_meanwhile_are_not_overwritten(service: Served) -> None:
    fields = {"part": "notes", "on": "2", "notes": "---\ncourse: bread\n---\n## Flour\n- kind:: Concept\n"}
    looked = send(service, "add/notes", "admin", **fields, step="look")
    theirs = "---\ncourse: bread\n---\n## Water\n- kind:: Concept\n"
    assert service.put_notes(2, theirs, If_Match="*").status_code == 200
    answer = send(service, "add/notes", "admin", **fields, step="save", seen=seen(looked))
    assert answer.status_code == 412
    assert "## Flour" in answer.text
    assert service.get(f"{MAP}/days/2.md?part=notes").text == theirs


def test_a_look_warns_of_other_notes_questions_by_their_file(service: Served) -> None:
    asks = "---\nquestions:\n  - ask: what is rye?\n    answers: nothing\n---\n# Day 3\n"
    assert service.put_notes(3, asks, part="asks.md").status_code == 201
    node = send(service, "add/node", kind="Concept", label="Rye", text="A grain.", step="look")
    rye = "## Rye\nA grain.\n- kind:: Concept\n"
    notes = send(service, "add/notes", "admin", part="rye.md", on="4", notes=rye, step="look")
    for answer in (node, notes):
        assert "asks.md, line 3: the map no longer answers" in answer.text
        assert "data-line" not in answer.text


def test_a_warning_of_notes_leads_to_its_line(service: Served) -> None:
    answer = send(service, "add/notes", "admin", part="n.md", on="2", notes="## Rye\n- kind:: Concept\n", step="look")
    assert "Read with care" in answer.text
    assert 'data-line="1"' in answer.text


def test_a_problem_in_notes_names_line_and_column(service: Served) -> None:
    notes = "## Claim: Salt slows yeast\n- kind:: Clam\n"
    answer = send(service, "add/notes", "admin", part="n.md", on="4", notes=notes, step="look")
    assert answer.status_code == 400
    assert 'data-line="2" data-column="3"' in answer.text
    assert "did you mean" in answer.text


def test_undo_takes_back_only_what_was_not_built_upon(service: Served) -> None:
    looked = send(service, "add/node", **NODE, step="look")
    saved = send(service, "add/node", **NODE, step="save", seen=seen(looked))
    entry = re.search(r'name="entry" value="(\d+)"', saved.text)
    assert entry
    service.append(2, "nodes", [{"kind": "Concept", "label": "Oven"}])
    assert send(service, "undo", entry=entry[1]).status_code == 412
    assert view_of(service).has_node("cold-dough-rose-after-two-days")
    last = service.get(f"{MAP}/history").json()["entries"][0]["entry"]
    assert send(service, "undo", entry=str(last)).status_code == 200
    assert not view_of(service).has_node("oven")
    assert send(service, "undo", entry="1").status_code == 403, "it is somebody else's"


def test_the_prompts_of_a_day_come_with_their_goals(service: Served) -> None:
    found = prompts_of(view_of(service), 3)
    assert [(one.question.label[:9], one.goal) for one in found] == [
        ("Why does ", Goal(300, least=False)),
        ("Is salt n", None),
    ]
    page = service.get(f"{MAP}/page/write").text
    assert "About 300 words" in page and "Is salt needed?" in page


@pytest.mark.parametrize("words", ["300+", "at least 300"])
def test_a_goal_may_be_the_least_that_is_asked_for(service: Served, words: str) -> None:
    service.put_notes(3, QUESTIONS.replace("300", words), If_Match='"r1"')
    page = service.get(f"{MAP}/page/write?day=3").text
    assert "At least 300 words" in page and "0 words of at least 300" in page and '<progress max="300"' in page


def test_a_text_is_linked_to_the_nodes_that_it_names(service: Served) -> None:
    text = "The yeast works in fermentation; see [[Time beats kneading]]. Fermentation again."
    found = [node.id for node in named_in(view_of(service), text, "")]
    assert found == ["time-beats-kneading", "yeast", "fermentation"]


def test_a_reflection_answers_its_question_and_is_about_what_stays_ticked(service: Served) -> None:
    fields = {"day": "3", "question": "why-rise", "text": "Yeast makes gas, and fermentation takes time."}
    looked = send(service, "add/reflection", **fields, step="look")
    assert re.findall(r'name="about" value="([^"]+)" checked', looked.text) == ["yeast", "fermentation"]
    saved = send(service, "add/reflection", **fields, about=["yeast"], looked="1", seen=seen(looked), step="save")
    assert saved.status_code == 201
    (reflection,) = view_of(service).nodes("Reflection")
    assert (reflection.text, reflection.data) == (fields["text"], {"words": 7})
    links = {edge.relation: edge.target for edge in view_of(service).edges_from(reflection.id)}
    assert links == {"answers": "why-rise", "about": "yeast"}
    page = service.get(f"{MAP}/page/write?day=3").text
    assert "7 words stored of 300" in page
    assert f">\n{fields['text']}</textarea>" not in page
    assert f">\n{fields['text']}</textarea>" in service.get(f"{MAP}/page/write?day=3&continue={reflection.id}").text


def test_names_of_the_map_are_given_for_linking(service: Served) -> None:
    assert service.get(f"{MAP}/page/write/names").json()["names"] == ["fermentation", "time beats kneading", "yeast"]


def test_a_reflection_is_kept_as_it_was_typed_and_given_back_as_notes(service: Served) -> None:
    text = "    Yeast first,\n\n- *then*  \n  more\n\n## Claim: no\n```\n$x$ \\[[y]]"
    fields = {"day": "3", "question": "why-rise", "text": f"\n{text}\n\n"}
    looked = send(service, "add/reflection", **fields, step="look")
    assert send(service, "add/reflection", **fields, looked="1", seen=seen(looked), step="save").status_code == 201
    (reflection,) = view_of(service).nodes("Reflection")
    assert reflection.text == text
    assert f"text::\n{text}\n" in service.get(f"{MAP}/days/3.md?part=by:append").text


def test_words_are_counted_without_a_script(service: Served) -> None:
    fields = {"day": "3", "question": "why-rise", "text": "Yeast makes gas."}
    looked = send(service, "add/reflection", **fields, step="look")
    assert "3 words of 300" in looked.text and 'value="3"' in looked.text


def test_an_empty_reflection_is_a_mistake(service: Served) -> None:
    answer = send(service, "add/reflection", day="3", question="why-rise", text=" ")
    assert mistake(answer, "why-rise-text") == "Write something first"


def test_a_question_that_the_day_does_not_ask_is_not_found(service: Served) -> None:
    fields = {"question": "why-rise", "text": "Yeast makes gas."}
    assert send(service, "add/reflection", "append", **fields, day="2").status_code == 404
    assert send(service, "add/reflection", "append", day="3").status_code == 404


def test_a_goal_of_very_many_digits_is_none(service: Served) -> None:
    service.put_notes(3, QUESTIONS.replace("300", "9" * 5000), If_Match='"r1"')
    answer = service.get(f"{MAP}/page/write?day=3")
    assert (answer.status_code, "<progress" in answer.text) == (200, False)


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "1.5", " "])
@pytest.mark.parametrize(("what", "field"), [("add/node", "day"), ("add/reflection", "day"), ("undo", "entry")])
def test_what_is_no_number_is_a_mistake_and_no_trouble(service: Served, what: str, field: str, number: str) -> None:
    assert send(service, what, "append", **{field: number}).status_code in (400, 404)


def test_a_form_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(BadRequest, match="UTF-8"):
        read_form(b"label=%FF")


@pytest.mark.parametrize(("text", "words"), [("", 0), (" one  two\nthree ", 3)])
def test_words_are_what_spaces_part(text: str, words: int) -> None:
    assert count_words(text) == words


def test_positions_are_the_same_each_time_and_no_two_dots_meet(service: Served) -> None:
    view = view_of(service)
    found = positions(view)
    assert found == positions(view)
    assert sorted(found["ids"]) == view.node_ids()
    places = list(zip(found["at"][::2], found["at"][1::2], strict=True))
    apart = [(a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for i, a in enumerate(places) for b in places[:i]]
    assert min(apart) >= 49
    assert len(found["edges"]) % 2 == 0 and max(found["edges"]) < len(found["ids"])
    assert service.get(f"{MAP}/page/positions").json()["ids"] == found["ids"]
