"""The service as a careful client meets it: reads, writes, conditions, pages, forms."""

import gzip
import json
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from starlette.requests import Request

from api.errors import TABLE, problem_of, slug
from api.requests import until_met
from api.responses import SECURITY
from api.responses import cursor as cursor_of
from conceptmap.map import CourseMap
from ontology.errors import (
    ConceptMapError,
    DrawingFailed,
    InvalidDocument,
    InvalidVocabulary,
    Problem,
    StaleRevision,
    StoreCorrupted,
    StoreFull,
    StoreUnavailable,
)
from services import MAP, NOTES, Served, served

READS = (
    "/maps",
    MAP,
    f"{MAP}/days",
    f"{MAP}/days/2",
    f"{MAP}/days/2?part=notes",
    f"{MAP}/days/2.md",
    f"{MAP}/days/2.ttl",
    f"{MAP}/days/2.jsonld",
    f"{MAP}/nodes",
    f"{MAP}/nodes?q=yeast",
    f"{MAP}/nodes/yeast",
    f"{MAP}/nodes/time-beats-kneading/supporters",
    f"{MAP}/nodes/time-beats-kneading/opponents",
    f"{MAP}/nodes/fermentation/requirements",
    f"{MAP}/nodes/yeast/path?to=fermentation",
    f"{MAP}/scores",
    f"{MAP}/what-if?without=time-beats-kneading",
    f"{MAP}/nodes/time-beats-kneading/score",
    f"{MAP}/nodes/time-beats-kneading/score/history",
    f"{MAP}/ask?q=what+supports+time+beats+kneading%3F",
    f"{MAP}/questions",
    f"{MAP}/checks",
    f"{MAP}/diagram.svg",
    f"{MAP}/diagram.png",
    f"{MAP}/diagram.dot",
    f"{MAP}/diagram.txt",
    f"{MAP}/diagram.mmd",
    f"{MAP}/export.json",
    f"{MAP}/export.jsonld",
    f"{MAP}/export.ttl",
    f"{MAP}/export.trig",
    f"{MAP}/diff?from=1&to=2",
    f"{MAP}/diff.svg?from=1&to=2",
    f"{MAP}/history",
    "/openapi.json",
    "/docs",
)
YEAST = {"id": "yeast", "kind": "Concept", "label": "Yeast"}


@pytest.fixture(scope="module")
def bread() -> Iterator[Served]:
    """A service that is only read."""
    with served() as service:
        assert service.put_notes(2).status_code == 201
        service.append(3, "nodes", [{"kind": "Concept", "label": "Salt"}, YEAST])
        yield service


@pytest.fixture
def empty() -> Iterator[Served]:
    """A service on an empty store."""
    with served() as service:
        yield service


@pytest.mark.parametrize("path", READS)
def test_every_read_has_a_strong_tag_and_answers_304(bread: Served, path: str) -> None:
    first = bread.get(path)
    assert first.status_code == 200, first.text
    tag = first.headers["etag"]
    assert tag.startswith('"') and tag.endswith('"')
    again = bread.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert bread.get(path, headers={"If-None-Match": '"other"'}).content == first.content


@pytest.mark.parametrize("path", READS)
def test_every_answer_is_secured_and_says_what_it_depends_on(bread: Served, path: str) -> None:
    headers = bread.get(path).headers
    assert {name.decode(): value.decode() for name, value in SECURITY}.items() <= dict(headers).items()
    assert headers["vary"] == "Accept, Accept-Encoding"
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", READS)
def test_head_is_get_without_the_body(bread: Served, path: str) -> None:
    got, head = bread.get(path), bread.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize("path", READS)
def test_compressed_and_plain_answers_are_the_same_but_for_their_tags(bread: Served, path: str) -> None:
    plain = bread.get(path, headers={"Accept-Encoding": "identity"})
    packed = bread.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.content == plain.content
    if packed.headers.get("content-encoding") == "gzip":
        assert packed.headers["etag"] == plain.headers["etag"].removesuffix('"') + '-gzip"'
        assert int(packed.headers["content-length"]) < len(plain.content)


def test_a_tag_of_one_encoding_answers_for_the_other(bread: Served) -> None:
    tag = bread.get(f"{MAP}/nodes/yeast", headers={"Accept-Encoding": "gzip"}).headers["etag"]
    plain = {"Accept-Encoding": "identity", "If-None-Match": tag}
    assert bread.get(f"{MAP}/nodes/yeast", headers=plain).status_code == 304


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        (f"{MAP}/days/2", None, "application/json"),
        (f"{MAP}/days/2", "text/turtle", "text/turtle; charset=utf-8"),
        (f"{MAP}/days/2", "application/ld+json, text/turtle;q=0.9", "application/ld+json"),
        (f"{MAP}/days/2", "text/markdown", "text/markdown; charset=utf-8"),
        (f"{MAP}/days/2.ttl", "application/json", "text/turtle; charset=utf-8"),
        (MAP, "application/trig", "application/trig"),
        (f"{MAP}.ttl", "application/json", "text/turtle; charset=utf-8"),
        (f"{MAP}/nodes/yeast.json", "text/html", "application/json"),
        (f"{MAP}/diff?from=1&to=2", "image/svg+xml", "image/svg+xml"),
        (f"{MAP}/diff.json?from=1&to=2", "image/svg+xml", "application/json"),
    ],
)
def test_the_suffix_then_accept_choose_the_form(bread: Served, path: str, accept: str | None, kind: str) -> None:
    assert bread.get(path, headers={"Accept": accept or "*/*"}).headers["content-type"] == kind


def test_a_request_with_two_accept_headers_leaves_others_their_form(bread: Served) -> None:
    path = f"{MAP}/days/2"
    kinds = ("text/turtle", "application/json")
    both = bread.client.get(path, headers=[("Accept", kind) for kind in kinds])
    assert both.headers["content-type"].startswith(kinds[0])
    for kind in kinds:
        assert bread.get(path, headers={"Accept": kind}).headers["content-type"].startswith(kind)


def test_a_form_that_is_not_there_is_406(bread: Served) -> None:
    answer = bread.get(f"{MAP}/days/2", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]


def test_notes_come_back_as_they_were_sent(bread: Served) -> None:
    assert bread.get(f"{MAP}/days/2", headers={"Accept": "text/markdown"}).text == NOTES


def test_a_day_is_its_parts_merged(empty: Served) -> None:
    empty.put_notes(2)
    empty.append(2, "nodes", [{**YEAST, "text": "Lives on sugar."}])
    day = empty.get(f"{MAP}/days/2").json()
    assert [part["part"] for part in day["parts"]] == ["by:append", "notes"]
    (yeast,) = (node for node in day["nodes"] if node["id"] == "yeast")
    assert (yeast["text"], yeast["parts"]) == ("Lives on sugar.", ["notes", "by:append"])
    part = empty.get(f"{MAP}/days/2?part=by:append").json()
    assert {node["id"] for node in part["nodes"]} == {"yeast", "day-2"}


@pytest.mark.parametrize("kind", ["application/ld+json", "text/turtle"])
def test_a_part_put_back_in_the_form_it_was_got_says_the_same(empty: Served, kind: str) -> None:
    empty.put_notes(2)
    got = empty.get(f"{MAP}/days/2?part=notes", headers={"Accept": kind})
    sent = empty.headers(Content_Type=kind, If_Match=got.headers["etag"])
    put = empty.client.put(f"{MAP}/days/2", content=got.content, headers=sent)
    assert put.status_code == 200, put.text
    assert put.json()["parts"][0]["changes"] == []
    assert empty.get(f"{MAP}/days/2?part=notes", headers={"Accept": kind}).content == got.content


def test_a_map_put_back_as_it_was_exported_changes_nothing(empty: Served) -> None:
    empty.put_notes(2)
    empty.append(2, "nodes", [YEAST])
    got = empty.get(f"{MAP}.jsonld")
    sent = empty.headers(Content_Type="application/ld+json", If_Match=got.headers["etag"])
    put = empty.client.put(MAP, content=got.content, headers=sent)
    assert [part["changes"] for part in put.json()["parts"]] == [[], []]


def test_putting_a_map_leaves_what_others_appended(empty: Served) -> None:
    empty.put_notes(2)
    documents = [one for one in empty.get(f"{MAP}.jsonld").json()]
    empty.put_notes(4, "## Claim: Salt slows yeast\n")
    empty.append(2, "nodes", [YEAST])
    sent = empty.headers(Content_Type="application/ld+json", If_Match="*")
    put = empty.client.put(MAP, content=json.dumps(documents), headers=sent)
    assert {(part["part"], part["day"], part["status"]) for part in put.json()["parts"]} >= {("notes", 4, "removed")}
    assert [part["part"] for part in empty.get(f"{MAP}/days/2").json()["parts"]] == ["by:append", "notes"]


def test_replacing_needs_the_revision_it_replaces(empty: Served) -> None:
    created = empty.put_notes(2)
    assert (created.status_code, created.headers["etag"]) == (201, '"r1"')
    assert created.headers["location"] == f"{MAP}/days/2?part=notes"
    missing = empty.put_notes(2, "## Claim: Other\n")
    assert (missing.status_code, missing.headers["etag"]) == (428, '"r1"')
    replaced = empty.put_notes(2, "## Claim: Other\n", If_Match='"r1"')
    assert (replaced.status_code, replaced.headers["etag"]) == (200, '"r2"')
    stale = empty.put_notes(2, If_Match='"r1"')
    assert (stale.status_code, stale.json()["current"]) == (412, 2)
    assert empty.put_notes(2, If_Match="*").headers["etag"] == '"r3"'


def test_the_same_bytes_again_are_unchanged_without_a_condition(empty: Served) -> None:
    empty.put_notes(2)
    again = empty.put_notes(2)
    assert (again.status_code, again.headers["etag"]) == (200, '"r1"')
    assert ([one["status"] for one in again.json()["parts"]], again.json()["entries"]) == (["unchanged"], [])
    assert empty.put_notes(2, If_None_Match="*").status_code == 412
    assert empty.put_notes(2, NOTES + "\n").status_code == 428
    assert [one["entry"] for one in empty.get(f"{MAP}/history").json()["entries"]] == [1]


def test_bytes_that_no_longer_stand_are_not_the_same(empty: Served) -> None:
    empty.put_notes(2)
    empty.put_notes(2, "## Claim: Other\n", If_Match='"r1"')
    assert empty.put_notes(2).status_code == 428
    assert empty.client.delete(f"{MAP}/days/2?part=notes", headers=empty.headers()).status_code == 200
    assert empty.put_notes(2).status_code == 201


def test_the_same_bytes_in_another_form_are_not_the_same(empty: Served) -> None:
    empty.put_notes(2)
    document = empty.get(f"{MAP}/days/2.jsonld?part=notes").content
    sent = {kind: empty.headers(Content_Type=kind) for kind in ("application/ld+json", "application/json")}
    put = [
        empty.client.put(f"{MAP}/days/2", content=document, headers={**sent[kind], **more}).status_code
        for kind, more in [
            ("application/ld+json", {}),
            ("application/ld+json", {"If-Match": "*"}),
            ("application/ld+json", {}),
            ("application/json", {}),
        ]
    ]
    assert put == [428, 200, 200, 428]


def test_overwriting_puts_whatever_stands_but_conditions_still_hold(empty: Served) -> None:
    def put(notes: str, **headers: str) -> tuple[int, str]:
        sent = empty.headers("admin", Content_Type="text/markdown", **headers)
        answer = empty.client.put(f"{MAP}/days/2?overwrite=true", content=notes, headers=sent)
        return answer.status_code, answer.headers.get("etag", "")

    assert put(NOTES) == (201, '"r1"')
    assert put("## Claim: Other\n") == (200, '"r2"')
    assert put("## Claim: Other\n") == (200, '"r2"')
    assert put(NOTES, If_Match='"r1"')[0] == 412
    assert put(NOTES, If_None_Match="*")[0] == 412
    assert put(NOTES, If_Match="*") == (200, '"r3"')


@pytest.mark.parametrize(("condition", "tries"), [(None, 3), ("*", 3), ('"r1"', 1)])
def test_a_write_that_names_no_revision_is_tried_again_where_another_came_between(
    empty: Served, condition: str | None, tries: int
) -> None:
    tried: list[str] = []

    def write(course: CourseMap) -> str:
        tried.append(course.name)
        if len(tried) < 3:
            raise StaleRevision(2, "notes", 1, 2)
        return "written"

    headers = [] if condition is None else [(b"if-match", condition.encode())]
    work = until_met(Request({"type": "http", "headers": headers}), write)
    with pytest.raises(StaleRevision) if tries == 1 else nullcontext():
        assert work(empty.atlas["bread"]) == "written"
    assert len(tried) == tries


def test_a_condition_in_several_lines_is_one_list(empty: Served) -> None:
    empty.put_notes(2)
    headers = [*empty.headers(Content_Type="text/markdown").items(), ("If-Match", '"r7"'), ("If-Match", '"r1"')]
    assert empty.client.put(f"{MAP}/days/2", content="## Claim: Other\n", headers=headers).status_code == 200


def test_a_map_and_a_graph_that_are_put_again_are_unchanged_without_a_condition(empty: Served) -> None:
    empty.put_notes(2)
    sent = empty.headers(Content_Type="application/ld+json")
    for address, body in ((MAP, f"{MAP}.jsonld"), (f"{MAP}/rdf-graphs?graph=days/2", f"{MAP}/days/2.jsonld")):
        document = empty.get(body).content
        more = "&" if "?" in address else "?"
        statuses = [
            empty.client.put(one, content=document, headers=sent).status_code
            for one in (f"{address}{more}overwrite=true", address)
        ]
        assert statuses == [200, 200]
        other = document.replace(b"A fungus.", b"A living thing.")
        assert empty.client.put(address, content=other, headers=sent).status_code == 428
        assert empty.client.put(address, content=document, headers={**sent, "If-Match": "*"}).status_code == 200


def test_what_is_contributed_again_is_unchanged(empty: Served) -> None:
    empty.put_notes(2)
    said = [{"id": "salt", "kind": "Concept", "label": "Salt"}]
    assert [empty.append(2, "nodes", said).status_code for _ in range(2)] == [201, 200]
    own = empty.get(f"{MAP}/days/2.jsonld?part=by:append").content
    sent = empty.headers(Content_Type="application/ld+json")
    put = [
        empty.client.put(f"{MAP}/days/2?part=by:append{more}", content=own, headers=sent)
        for more in ("", "&overwrite=true", "")
    ]
    assert [one.status_code for one in put] == [428, 200, 200]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_Match": '"r1"'}, 200),
        ({"If_Match": '"other", "r1-abc"'}, 200),
        ({"If_Match": 'W/"r1"'}, 412),
        ({"If_Match": '"r11"'}, 412),
        ({"If_Match": '"x1"'}, 412),
        ({"If_Match": "r1"}, 400),
        ({"If_None_Match": "*"}, 412),
    ],
)
def test_conditions_of_a_write(empty: Served, headers: dict[str, str], status: int) -> None:
    empty.put_notes(2)
    assert empty.put_notes(2, "## Claim: Other\n", **headers).status_code == status


def test_conditions_of_a_write_to_what_is_not_there(empty: Served) -> None:
    assert empty.put_notes(2, If_Match="*").status_code == 412
    assert empty.put_notes(2, If_None_Match="*").status_code == 201


def test_any_form_of_a_part_gives_the_tag_that_replaces_it(empty: Served) -> None:
    empty.put_notes(2)
    for suffix in ("md", "ttl", "jsonld", "json"):
        tag = empty.get(f"{MAP}/days/2.{suffix}?part=notes").headers["etag"]
        assert empty.put_notes(2, If_Match=tag).json()["parts"][0]["status"] == "unchanged"


def test_a_nightly_put_of_the_notes_never_wipes_what_others_appended(empty: Served) -> None:
    empty.put_notes(2)
    assert empty.append(2, "nodes", [{"kind": "Claim", "label": "Warm dough is quicker"}]).status_code == 201
    edge = {"source": "yeast", "relation": "about", "target": "warm-dough-is-quicker"}
    assert empty.append(2, "edges", [edge]).status_code == 201
    assert empty.put_notes(2, "## Claim: All new\n", If_Match='"r1"').status_code == 200
    labels = {node["label"] for node in empty.get(f"{MAP}/nodes").json()["nodes"]}
    assert labels == {"Warm dough is quicker", "Yeast", "All new", "Day 2"}


def test_a_dry_run_says_exactly_what_would_change_and_changes_nothing(empty: Served) -> None:
    empty.put_notes(2)
    before = empty.get(MAP).json()
    sent = empty.headers(Content_Type="text/markdown", If_Match="*")
    notes = NOTES.replace("A fungus.", "Fungi.")
    would = empty.client.put(f"{MAP}/days/2?dry_run=true", content=notes, headers=sent).json()
    assert would["dry_run"] and would["entries"] == []
    assert would["parts"][0]["changes"] == [{"status": "changed", "node": "yeast"}]
    assert empty.append(2, "nodes", [YEAST], "?dry_run=1").status_code == 200
    assert empty.client.delete(f"{MAP}/days/2?dry_run=true", headers=empty.headers()).json()["parts"][0]["removed"]
    assert empty.client.delete(f"{MAP}?dry_run=true", headers=empty.headers()).status_code == 200
    undo = empty.client.post(f"{MAP}/history/1/revert?dry_run=true", headers=empty.headers()).json()
    assert undo["parts"][0]["status"] == "removed"
    assert empty.get(MAP).json() == before
    done = empty.client.put(f"{MAP}/days/2", content=notes, headers=sent).json()
    assert done == {**would, "dry_run": False, "entries": [2]}


def test_mistakes_in_notes_are_named_by_line_and_column(empty: Served) -> None:
    answer = empty.put_notes(2, "## Claim: A\n- kind:: Clam\n- requires:: Nowhere\n")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    places = [(one["file"], one["line"]) for one in answer.json()["problems"]]
    assert ("notes", 2) in places and ("notes", 3) in places
    assert empty.get(MAP).status_code == 404


def test_notes_that_declare_another_day_or_map_are_refused(empty: Served) -> None:
    answer = empty.put_notes(2, "---\nday: 3\ncourse: wine\n---\n## Claim: A\n")
    assert [(one["line"], one["what"]) for one in answer.json()["problems"]] == [
        (2, "the notes are of day 3"),
        (3, "the notes are of 'wine'"),
    ]


def test_a_second_note_of_a_day_is_another_part_and_said(empty: Served) -> None:
    empty.put_notes(2, part="day-02.md")
    answer = empty.put_notes(2, "## Claim: A\n")
    assert answer.status_code == 201
    assert [one["what"] for one in answer.json()["warnings"]] == [
        "day 2 has 'day-02.md' too: both are kept as parts of it"
    ]


def test_repeating_an_append_under_its_key_does_it_once(empty: Served) -> None:
    first = empty.append(2, "nodes", [YEAST], Idempotency_Key="one")
    again = empty.append(2, "nodes", [YEAST], Idempotency_Key="one")
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    other = empty.append(2, "nodes", [{**YEAST, "text": "Other."}], Idempotency_Key="one")
    assert other.status_code == 409
    elsewhere = empty.append(3, "nodes", [YEAST], Idempotency_Key="one")
    assert elsewhere.status_code == 409
    assert empty.append(2, "nodes", [{**YEAST, "text": "Other."}], Idempotency_Key="two").status_code == 201
    assert len(empty.get(f"{MAP}/history").json()["entries"]) == 2


def test_a_key_is_kept_where_the_append_said_nothing_new(empty: Served) -> None:
    empty.append(2, "nodes", [YEAST])
    assert empty.append(2, "nodes", [YEAST], Idempotency_Key="one").status_code == 200
    empty.append(2, "nodes", [{**YEAST, "text": "Other."}])
    assert empty.append(2, "nodes", [YEAST], Idempotency_Key="one").json()["entries"] == []
    assert empty.get(f"{MAP}/nodes/yeast").json()["text"] == "Other."


def test_a_refused_append_leaves_its_key_free(empty: Served) -> None:
    wrong = {**YEAST, "kind": "Fungus"}
    assert empty.append(2, "nodes", [wrong], Idempotency_Key="one").status_code == 400
    assert empty.append(2, "nodes", [YEAST], Idempotency_Key="one").status_code == 201


def test_a_node_without_an_id_gets_the_one_its_label_makes(empty: Served) -> None:
    empty.append(2, "nodes", [{"kind": "Claim", "label": "Time beats kneading"}])
    assert empty.get(f"{MAP}/nodes/time-beats-kneading").json()["kind"] == "Claim"


@pytest.mark.parametrize("query", ["", "&q=c", "&kind=concept"])
def test_pages_hold_everything_once(empty: Served, query: str) -> None:
    empty.append(2, "nodes", [{"kind": "Concept", "label": f"C {number}"} for number in range(7)])
    path, seen, pages = f"{MAP}/nodes?limit=3{query}", [], 0
    while path:
        answer = empty.get(path)
        seen += [node["id"] for node in answer.json()["nodes"]]
        path = answer.links["next"]["url"] if "next" in answer.links else ""
        assert bool(path) == (answer.json()["next"] is not None)
        pages += 1
    assert {f"c-{number}" for number in range(7)} <= set(seen)
    assert len(seen) == len(set(seen)) and pages >= 3


def test_days_maps_and_history_have_pages_too(empty: Served) -> None:
    for day in range(1, 6):
        empty.append(day, "nodes", [YEAST])
    days = empty.get(f"{MAP}/days?limit=2")
    assert [one["day"] for one in empty.get(days.links["next"]["url"]).json()["days"]] == [3, 4]
    newest = empty.get(f"{MAP}/history?limit=2")
    assert [one["entry"] for one in newest.json()["entries"]] == [5, 4]
    assert [one["entry"] for one in empty.get(newest.links["next"]["url"]).json()["entries"]] == [3, 2]
    assert "next" not in empty.get("/maps?limit=1").links


@pytest.mark.parametrize("number", [-(10**30), -1, 0, 10**30])
def test_a_cursor_past_either_end_is_an_empty_page_or_the_first(bread: Served, number: int) -> None:
    first = bread.get(f"{MAP}/history").json()["entries"]
    page = bread.get(f"{MAP}/history?cursor={cursor_of(number)}")
    assert page.json()["entries"] == (first if number > 0 else [])


@pytest.mark.parametrize("cursor", ["x", "bm8", "WzFd", "W3RydWVd", "%00", "WyJhIiwgImIiXQ"])
def test_a_foreign_cursor_is_refused(bread: Served, cursor: str) -> None:
    assert bread.get(f"{MAP}/nodes?cursor={cursor}").status_code == 400


def test_a_diff_lists_what_the_later_day_adds(bread: Served) -> None:
    diff = bread.get(f"{MAP}/diff?from=1&to=2").json()
    assert "fermentation" in {node["id"] for node in diff["added"]["nodes"]}
    assert diff["removed"] == {"nodes": [], "edges": []}
    same = bread.get(f"{MAP}/diff?from=2&to=2").json()
    assert same["added"] == same["removed"] == same["changed"] == {"nodes": [], "edges": []}


def test_every_read_is_as_of_a_day_and_at_an_entry(empty: Served) -> None:
    empty.append(1, "nodes", [YEAST])
    empty.append(5, "nodes", [{"kind": "Concept", "label": "Salt"}])
    empty.append(1, "nodes", [{"kind": "Concept", "label": "Flour"}])

    def ids(query: str) -> set[str]:
        return {one["id"] for one in empty.get(f"{MAP}/nodes?{query}").json()["nodes"]}

    assert ids("as_of=1") == {"day-1", "yeast", "flour"}
    assert ids("at=2") == {"day-1", "day-5", "yeast", "salt"}
    assert ids("as_of=1&at=2") == {"day-1", "yeast"}
    assert empty.get(f"{MAP}/days/5?as_of=4").status_code == 404
    assert [len(empty.get(f"/maps?as_of={day}").json()["maps"]) for day in (0, 1, 5)] == [0, 1, 1]
    assert empty.get(f"{MAP}/nodes/salt?as_of=4").status_code == 404
    assert [one["entry"] for one in empty.get(f"{MAP}/history?as_of=1").json()["entries"]] == [3, 1]
    assert [one["entry"] for one in empty.get(f"{MAP}/history?at=2").json()["entries"]] == [2, 1]
    assert "Salt" not in empty.get(f"{MAP}/diagram.txt?all=true&as_of=1").text


def test_reverting_an_entry_restores_what_its_part_said_before(empty: Served) -> None:
    empty.put_notes(2)
    empty.put_notes(2, "## Claim: Other\n", If_Match='"r1"')
    assert empty.client.post(f"{MAP}/history/2/revert", headers=empty.headers()).status_code == 201
    assert empty.get(f"{MAP}/days/2.md").text == NOTES
    assert empty.client.post(f"{MAP}/history/99/revert", headers=empty.headers()).status_code == 404


def test_an_ended_map_is_gone_but_its_history_is_not(empty: Served) -> None:
    empty.put_notes(2)
    entry = empty.get(MAP).headers["etag"]
    assert empty.client.delete(MAP, headers=empty.headers(If_Match='"e99"')).status_code == 412
    assert empty.client.delete(MAP, headers=empty.headers(If_Match=entry)).status_code == 200
    assert empty.get(MAP).status_code == 404
    assert empty.get("/maps").json()["maps"] == []
    assert [one["ends"] for one in empty.get(f"{MAP}/history").json()["entries"]] == [True, False]
    assert empty.client.post(f"{MAP}/history/2/revert", headers=empty.headers()).status_code == 201
    assert empty.get(f"{MAP}/days/2.md").text == NOTES


def test_deleting_a_part_keeps_the_others(empty: Served) -> None:
    empty.put_notes(2)
    empty.append(2, "nodes", [YEAST])
    path = f"{MAP}/days/2?part=notes"
    assert empty.client.delete(path, headers=empty.headers(If_Match='"r7"')).status_code == 412
    assert empty.client.delete(path, headers=empty.headers(If_Match='"r1"')).status_code == 200
    assert empty.client.delete(path, headers=empty.headers()).status_code == 404
    assert {one["id"] for one in empty.get(f"{MAP}/nodes").json()["nodes"]} == {"day-2", "yeast"}
    assert empty.put_notes(2).headers["etag"] == '"r3"'


def test_the_graph_of_a_day_is_put_by_its_address(empty: Served) -> None:
    empty.put_notes(2)
    turtle = empty.get(f"{MAP}/days/2.ttl").content
    sent = empty.headers(Content_Type="text/turtle", If_Match="*")
    put = empty.client.put(f"{MAP}/rdf-graphs", params={"graph": "days/2"}, content=turtle, headers=sent)
    assert (put.status_code, put.json()["parts"][0]["changes"]) == (200, [])
    other = empty.client.put(f"{MAP}/rdf-graphs", params={"graph": "http://x/"}, content=turtle, headers=sent)
    assert other.status_code == 400


ASKS = "---\nquestions:\n  - what does fermentation require?\n  - what is rye?\n---\n# Day 3\n"


def test_a_put_warns_of_questions_that_the_map_no_longer_answers(empty: Served) -> None:
    assert empty.put_notes(2).json()["warnings"] == []
    assert empty.put_notes(3, ASKS, part="asks.md").json()["warnings"] == []
    sent = empty.headers("admin", Content_Type="text/markdown", If_Match="*")
    put = empty.client.put(f"{MAP}/days/2?dry_run=true", content=b"## Salt\n", headers=sent)
    (warning,) = put.json()["warnings"]
    assert (warning["file"], warning["line"]) == ("asks.md", 3)
    assert warning["what"].startswith("the map no longer answers 'what does fermentation require?': The map does not")
    assert empty.client.put(f"{MAP}/days/2", content=b"## Salt\n", headers=sent).json()["warnings"] == [warning]
    assert empty.put_notes(2, "## Pepper\n", If_Match="*").json()["warnings"] == []


def test_a_contribution_warns_of_questions_too_and_is_answered_the_same_under_its_key(empty: Served) -> None:
    empty.put_notes(3, "---\nquestions:\n  - ask: what is rye?\n    answers: nothing\n---\n# Day 3\n", part="asks.md")
    rye = {"kind": "Concept", "label": "Rye", "text": "A grain."}
    first, again = (empty.append(2, "nodes", [rye], Idempotency_Key="one").json() for _ in range(2))
    assert [one["what"].split(":")[0] for one in first["warnings"]] == ["the map no longer answers 'what is rye?'"]
    assert again == first


def test_what_to_look_at_again_is_listed_by_rule_and_page_with_what_to_write(empty: Served) -> None:
    empty.put_notes(2, "## Claim: Rye is better\n- about:: [[Rye]]\n<!-- conceptmap: skip undefined -->\n")
    found = empty.get(f"{MAP}/checks").json()
    (claim,) = found["checks"]
    assert (claim["rule"], claim["severity"], found["next"]) == ("unsupported-claim", "warning", None)
    assert claim["advice"]["markdown"] == "- is supported by:: [[what shows it]]"
    assert empty.get(f"{MAP}/checks?skip=unsupported-claim").json()["checks"] == []
    assert empty.get(f"{MAP}/checks?rule=alone&rule=island").json()["checks"] == []
    assert "did you mean 'alone'" in empty.get(f"{MAP}/checks?rule=allone").json()["detail"]


def test_the_questions_that_the_map_must_answer_are_listed_as_of_a_day(empty: Served) -> None:
    empty.put_notes(2)
    empty.put_notes(3, ASKS, part="asks.md")
    first = empty.get(f"{MAP}/questions?limit=1").json()
    (other,) = empty.get(f"{MAP}/questions?limit=1&cursor={first['next']}").json()["questions"]
    assert [(one["file"], one["line"], one["outcome"]) for one in (*first["questions"], other)] == [
        ("asks.md", 3, "ok"),
        ("asks.md", 4, "unanswered"),
    ]
    assert empty.get(f"{MAP}/questions?as_of=2").json() == {"questions": [], "next": None}
    assert empty.get(f"{MAP}/days/3").json()["questions"][1] == {"ask": "what is rye?", "line": 4}


def classes(error: type[ConceptMapError]) -> Iterator[type[ConceptMapError]]:
    """An error class and all below it."""
    yield error
    for below in error.__subclasses__():
        yield from classes(below)


@pytest.mark.parametrize("error", list(dict.fromkeys(classes(ConceptMapError))), ids=slug)
def test_every_class_of_errors_has_its_status(error: type[ConceptMapError]) -> None:
    assert error in TABLE
    assert 400 <= TABLE[error].status < 600


def test_an_error_is_one_shape_whatever_it_is() -> None:
    shapes = [
        json.loads(problem_of(error).body)
        for error in (InvalidDocument([Problem(file="a.md", what="x")]), ValueError("secret"), KeyError("/etc/passwd"))
    ]
    assert all({"type", "title", "status", "detail", "problems"} <= shape.keys() for shape in shapes)
    assert "secret" not in str(shapes) and "passwd" not in str(shapes)


@pytest.mark.parametrize(
    "error",
    [
        *(error("sqlite:////srv/secret/maps.db is locked") for error in (StoreUnavailable, StoreFull, StoreCorrupted)),
        DrawingFailed("/srv/secret/dot did not answer"),
        InvalidVocabulary([Problem(file="/srv/secret/words.ttl", what="no Turtle")]),
    ],
    ids=lambda error: slug(type(error)),
)
def test_where_things_are_is_told_to_the_log_only(error: ConceptMapError) -> None:
    answer = problem_of(error)
    assert answer.status >= 500
    assert b"secret" not in answer.body


def test_a_mistake_of_the_service_says_nothing_of_itself(empty: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(empty.atlas.ledger.log), "living_maps", lambda *_: 1 / 0)
    answer = empty.get("/maps")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "ZeroDivision" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_error_is_explained_where_its_type_points(bread: Served) -> None:
    page = bread.get("/docs").text
    assert all(f'id="{slug(error)}"' in page for error in TABLE)
    assert "<script" not in page and "http" not in page.replace("https://conceptmap.example", "")


def test_pages_of_other_origins_may_call_only_where_a_setting_lets_them() -> None:
    asked = {"Origin": "https://learn.example", "Access-Control-Request-Method": "PUT"}
    with served() as closed:
        assert "access-control-allow-origin" not in closed.get("/maps", headers=asked).headers
    with served(cors="https://learn.example, https://other.example") as opened:
        for _ in range(2):  # made, then ready
            headers = opened.get("/openapi.json", headers=asked).headers
            assert headers["access-control-allow-origin"] == "https://learn.example"
            assert "ETag" in headers["access-control-expose-headers"]
        assert opened.client.options(MAP, headers=asked).status_code == 200
        foreign = opened.get("/maps", headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in foreign.headers


def test_packed_answers_are_the_same_bytes_every_time(bread: Served) -> None:
    with bread.client.stream("GET", "/docs", headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert gzip.decompress(raw) == bread.get("/docs", headers={"Accept-Encoding": "identity"}).content


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nodes/yeast?as_fo=3", "'as_fo'; did you mean 'as_of'?"),
        ("/export.json?as_of=1&fresh=7", "'fresh'; there are as_of, at"),
        ("/ask?q=what%3F&Q=1", "'Q'; did you mean 'q'?"),
        ("/diff?from=0&to=2&whole=true", "'whole'"),
        ("/sparql?querry=ASK{}", "'querry'; did you mean 'query'?"),
    ],
)
def test_a_parameter_that_an_address_does_not_take_is_refused_with_the_near_one(
    bread: Served, path: str, said: str
) -> None:
    answer = bread.get(f"{MAP}{path}")
    assert answer.status_code == 400
    assert said in answer.json()["detail"]


def test_a_mistyped_parameter_of_a_write_stores_nothing(bread: Served) -> None:
    before = bread.get(MAP).json()["entry"]
    answer = bread.append(1, "nodes", [{"kind": "Concept", "label": "New"}], "?dryrun=true")
    assert answer.status_code == 400
    assert "did you mean 'dry_run'?" in answer.json()["detail"]
    assert bread.get(MAP).json()["entry"] == before


def test_what_others_put_into_the_link_to_a_page_changes_nothing_and_is_kept_once(bread: Served) -> None:
    bare = bread.get(f"{MAP}/page?focus=yeast")
    followed = bread.get(f"{MAP}/page?focus=yeast&utm_source=letter&fbclid=7")
    assert followed.status_code == 200
    assert (followed.content, followed.headers["ETag"]) == (bare.content, bare.headers["ETag"])


def test_health_is_told_whatever_a_machine_adds_to_the_address(bread: Served) -> None:
    assert bread.get("/health/live?now=1764430000").status_code == 200
