"""The coach: a sound course has nothing to look at, and each flaw is found once, at its line, with what to write."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conceptmap.atlas import open_atlas
from conceptmap.coach import RULES, Advice, Check
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile
from conceptmap.reporters import REPORTERS
from ontology.errors import WrongArguments
from small_maps import checks, document, edge, node, origin, view

DAYS = {
    1: """# Day 1: Wind

- asks:: [[What makes a boat go?]]

## Question: What makes a boat go?
- is answered by:: [[A sail works like a wing]]

## Wind
Air that moves.

## Sail
Cloth that catches wind.
- requires:: [[Wind]]
""",
    2: """# Day 2: Hull

## Hull
What floats.
- alias:: Body of the boat

## Keel
What stands below the hull.
- part of:: [[Hull]]
- leads to:: [[Course through the water]]
- contrasts with:: [[Sail]]

## Course through the water
Where the boat goes.
""",
    3: """# Day 3: Lift

## Lift
A force across the stream.
- requires:: [[Wind]], [[Pressure]]

## Pressure
What a fluid does to a wall.

## Claim: A sail works like a wing
- about:: [[Sail]], [[Lift]]
- Evidence: Tufts on the lee side lie flat
  - supports:: [[A sail works like a wing]]
  - cites:: [[Curry 1925]]

## Source: Curry 1925
Yacht Racing: the Aerodynamics of Sails.
- about:: [[Sail]]
""",
    4: """# Day 4: Rudder

## Rudder
Turns the boat.
- part of:: [[Hull]]

## Helmsman
- requires:: [[Rudder]]
""",
    5: """# Day 5: Courses

## Tacking
Going against the wind in a zigzag.
- requires:: [[Keel]], [[Lift]]

## Running
Going with the wind.
- contrasts with:: [[Tacking]]
- requires:: [[Sail]]
""",
    6: """# Day 6: Balance

## Heel
How far the boat leans.
- follows from:: [[Lift]]

## Ballast
Weight low down.
- part of:: [[Keel]]
- Claim: Ballast rights the boat
  - about:: [[Ballast]], [[Heel]]
  - cites:: [[Curry 1925]]
""",
    7: """# Day 7: Knots

## Knot
A rope that holds itself.
- has example:: [[Bowline]], [[Figure of eight]]
- part of:: [[Rigging]]

## Bowline
A loop that never slips.

## Figure of eight
A stopper.

## Rigging
All that holds the sail.
- requires:: [[Sail]]
""",
    8: """# Day 8: A debate

## Claim: Wooden hulls last longer
- about:: [[Hull]]
- Evidence: The oldest yachts afloat are of wood
  - supports:: [[Wooden hulls last longer]]
  - cites:: [[Register of classics]]
- Evidence: Shipworm eats a hull in ten years
  - opposes:: [[Wooden hulls last longer]]
  - cites:: [[Register of classics]]

## Question: What decides how long a hull lasts?
- about:: [[Wooden hulls last longer]]
- is answered by:: [[Care decides how long a hull lasts]]

## Claim: Care decides how long a hull lasts
- cites:: [[Register of classics]]

## Source: Register of classics
Who sails what, since when.
""",
    9: """# Day 9: Weather

## Front
Where two airs meet.
- leads to:: [[Wind]]

## Barometer
Tells the pressure.
- requires:: [[Pressure]]
""",
    10: """# Day 10: To write

- asks:: [[What would you change on your boat?]]

## Question: What would you change on your boat?
- about:: [[Rigging]]
- words:: 5

## Reflection: Mine
- answers:: [[What would you change on your boat?]]
- text:: I would move the ballast further down.
""",
    11: """# Day 11: An argument

## Argument: From lift to speed
- has premise:: [[A sail works like a wing]], [[A keel gives lift too]]
- supports:: [[A boat can go faster than the wind]]

## Claim: A keel gives lift too
- about:: [[Keel]]

## Claim: A boat can go faster than the wind
- about:: [[Running]]
""",
    12: """# Day 12: Review

## Seamanship
All of it together.
- has part:: [[Tacking]], [[Knot]], [[Barometer]]
- requires:: [[Helmsman]]
""",
}
"""A course of twelve days without a flaw."""


@contextmanager
def course(changed: Mapping[int, str] | None = None) -> Iterator[CourseMap]:
    """The course, with some days as they are changed."""
    with open_atlas("sqlite://") as atlas:
        files = [NoteFile(f"day-{day:02}.md", text.encode()) for day, text in {**DAYS, **(changed or {})}.items()]
        atlas["sailing"].load_notes(files)
        yield atlas["sailing"]


def found(changed: Mapping[int, str] | None = None) -> list[Check]:
    with course(changed) as sailing:
        return sailing.check()


def test_a_course_without_a_flaw_has_nothing_to_look_at() -> None:
    assert [(one.rule, one.what) for one in found()] == []


def added(day: int, text: str) -> dict[int, str]:
    """A day with more below it."""
    return {day: f"{DAYS[day]}\n{text}"}


def swapped(day: int, old: str, new: str) -> dict[int, str]:
    """A day with other words in one place."""
    assert old in DAYS[day]
    return {day: DAYS[day].replace(old, new, 1)}


def circle(*names: str, first: str = "") -> str:
    """Concepts each of which contrasts with the next, the last with the first."""
    nexts = [*names[1:], names[0]]
    return first + "\n".join(
        f"## {one}\n- contrasts with:: [[{other}]]\n" for one, other in zip(names, nexts, strict=True)
    )


LETTERS = "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa".split()
MORE = "Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu".split()
FRONT = "---\nday: 12\nquestions:\n  - {}\n---\n"
CITED = "- cites:: [[Curry 1925]]"
CLASSIC = "- cites:: [[Register of classics]]"
FLAG = "".join(f"- has part:: [[{one}]]\n" for one in LETTERS[:10])

FLAWS: dict[str, tuple[dict[int, str], str]] = {
    "unanswered": ({12: FRONT.format("what does the hull require?") + DAYS[12]}, "what does the hull require?"),
    "ambiguous": (
        {
            **added(2, "## Boom of the sail\n- alias:: Spar\n- part of:: [[Sail]]\n"),
            **added(7, "## Boom of the harbour\n- alias:: Spar\n- requires:: [[Knot]]\n"),
            12: FRONT.format("what does spar require?") + DAYS[12],
        },
        "what does spar require?",
    ),
    "other-answers": (
        {12: FRONT.format("ask: what does the sail require?\n    answers: Keel") + DAYS[12]},
        "what does the sail require?",
    ),
    "misspelt": (added(4, "## Tiller\n- part of:: [[Rudder]]\n- require:: a hand\n"), "## Tiller"),
    "undefined": (
        added(4, "## Tiller\n- part of:: [[Steering gear]]\n- contrasts with:: [[Rudder]]\n"),
        "part of:: [[Steering",
    ),
    "contested": (
        swapped(3, f"  {CITED}", f"  - opposes:: [[A sail works like a wing]]\n  {CITED}"),
        "- supports:: [[A sail works",
    ),
    "circular-support": (
        added(
            11,
            "## Claim: Keels are wings\n- supports:: [[Hulls are wings]]\n\n"
            "## Claim: Hulls are wings\n- supports:: [[Keels are wings]]\n- about:: [[Hull]]\n",
        ),
        "- supports:: [[Keels are wings]]",
    ),
    "half-argument": (
        added(11, "## Argument: From hope\n- supports:: [[A boat can go faster than the wind]]\n"),
        "## Argument: From hope",
    ),
    "unsupported-claim": (added(4, "## Claim: Keels should be long\n- about:: [[Keel]]\n"), "## Claim: Keels"),
    "idle-evidence": (added(4, f"## Evidence: A model drifted\n- about:: [[Keel]]\n{CITED}\n"), "## Evidence: A model"),
    "unread-weight": (swapped(11, "lift too\n- about", "lift too\n- weight:: high\n- about"), "## Claim: A keel gives"),
    "claim-that-asks": (
        added(4, f"## Claim: Is a long keel better?\n- about:: [[Keel]]\n{CITED}\n"),
        "## Claim: Is a long",
    ),
    "late-prerequisite": (
        swapped(2, "- part of:: [[Hull]]", "- part of:: [[Hull]]\n- requires:: [[Heel]]"),
        "requires:: [[Heel]]",
    ),
    "unwritten-prompt": (swapped(10, "words:: 5", "words:: 50"), "## Question: What would"),
    "no-cross-link": (
        {9: "# Day 9: Weather\n\n## Front\nAirs meet.\n- leads to:: [[Barometer]]\n\n## Barometer\nTells.\n"},
        "## Front",
    ),
    "island": (added(12, "## Dinghy\n- has part:: [[Oar]]\n\n## Oar\nOf wood.\n"), "## Dinghy"),
    "silencer": (swapped(5, "Going against", "<!-- conceptmap: skip allone -->\nGoing against"), "allone"),
    "open-question": (added(2, "## Question: Who built the first boat?\n- about:: [[Hull]]\n"), "## Question: Who"),
    "one-sided": (
        added(
            8,
            "## Claim: Steel lasts for ever\n- about:: [[Hull]]\n"
            f"- Claim: Rust holes every plate\n  - opposes:: [[Steel lasts for ever]]\n  {CLASSIC}\n",
        ),
        "## Claim: Steel",
    ),
    "undiscussed-conflict": (
        added(
            9,
            "## Claim: A red sky means wind\n- about:: [[Front]]\n"
            f"- Evidence: Nine evenings of ten were right\n  - supports:: [[A red sky means wind]]\n  {CLASSIC}\n"
            f"- Evidence: It was red before the calm\n  - opposes:: [[A red sky means wind]]\n  {CLASSIC}\n",
        ),
        "## Claim: A red sky",
    ),
    "unsourced-evidence": (swapped(3, f"  {CITED}\n", ""), "- Evidence: Tufts"),
    "vague-link": (
        swapped(4, "- requires:: [[Rudder]]", "- requires:: [[Rudder]]\n- about:: [[Hull]]"),
        "- about:: [[Hull]]",
    ),
    "redundant-requires": (
        swapped(7, "- requires:: [[Sail]]", "- requires:: [[Sail]], [[Wind]]"),
        "- requires:: [[Sail]], [[Wind]]",
    ),
    "bridge": (
        added(
            12, circle(*LETTERS, first="## Signals\n- part of:: [[Seamanship]]\n- has part:: [[Alfa]], [[Lima]]\n\n")
        ),
        "- part of:: [[Seamanship]]",
    ),
    "too-many-parts": (added(12, f"## Flag\n- contrasts with:: [[Sail]]\n{FLAG}\n{circle(*LETTERS[:10])}"), "## Flag"),
    "hub": (
        added(
            12,
            "## Radio\n- contrasts with:: [[Sail]], [[Hull]]\n\n"
            + "\n".join(f"## {one}\n- requires:: [[Radio]]\n" for one in [*LETTERS, *MORE]),
        ),
        "## Radio",
    ),
    "crowded-day": (
        added(
            12,
            circle(
                *LETTERS,
                *MORE,
                *(f"{one} flag" for one in LETTERS),
                first="## Signals\n- part of:: [[Seamanship]]\n- requires:: [[Alfa]], [[Lima]]\n\n"
                "## Code\n- requires:: [[Sail]], [[Mike]]\n\n",
            ),
        ),
        "## Seamanship",
    ),
    "long-label": (
        added(7, "## A cloth that is sewn of many narrow panels of cloth\n- part of:: [[Rigging]]\n"),
        "## A cloth",
    ),
    "two-in-one": (added(7, "## Bowline/Figure of eight\n- part of:: [[Rigging]]\n"), "## Bowline/"),
    "alike": (added(9, "## Bow line\n- part of:: [[Rigging]]\n"), "## Bow line"),
    "alone": (added(9, "## Concept: Biscuit\nTo eat.\n"), "## Concept: Biscuit"),
}
"""By rule: the days that have its flaw, and the line that it is told at."""

ELSEWHERE = {"vocabulary", "undeclared", "guessed", "no-focus-question"}
"""Rules whose flaw is of another kind than a few lines of a note: they have tests of their own."""


def test_every_rule_has_a_flaw_that_it_is_tried_on() -> None:
    assert FLAWS.keys() | ELSEWHERE == RULES.keys()


@pytest.mark.parametrize("rule", FLAWS)
def test_a_flaw_is_found_once_at_its_line_and_nothing_else_is(rule: str) -> None:
    changed, at = FLAWS[rule]
    day, line = next((day, text[: text.index(at)].count("\n") + 1) for day, text in changed.items() if at in text)
    told = found(changed)
    assert [(one.rule, one.cites[0].file, one.cites[0].lines and one.cites[0].lines[0]) for one in told] == [
        (rule, f"day-{day:02}.md", line)
    ], [one.what for one in told]


def written(changed: Mapping[int, str], advice: Advice) -> dict[int, str]:
    """The days once somebody has written what is advised."""
    day = advice.key.day
    lines = {**DAYS, **changed}[day].splitlines()
    at = advice.line or next(number for number, line in enumerate(lines, 1) if line.startswith("# "))
    lines[at - 1 : at] = [*([lines[at - 1]] if advice.way == "below" else []), *advice.markdown.splitlines()]
    return {**changed, day: "\n".join(lines) + "\n"}


TO_BE_MEANT = {"unwritten-prompt", "too-many-parts"}
"""Rules whose advice only begins what is to be done."""


MEANT = {
    "what shows it": "Tufts on the lee side lie flat",
    "what answers it": "A sail works like a wing",
    "who says so": "Curry 1925",
    "something on the map": "Hull",
    "something of an earlier day": "Wind",
    "a claim that it begins with": "A sail works like a wing",
    "the claim that it speaks for": "A keel gives lift too",
    "the claim that it ends with": "A sail works like a wing",
    "the best that can be said for it": "The oldest yachts afloat are of wood",
}
"""What an author may write for the words of an advice."""

FOLLOWS = {
    "claim-that-asks": ["open-question"],
    "undiscussed-conflict": ["open-question"],
    "one-sided": ["undiscussed-conflict"],
}
"""What there is to look at next."""


@pytest.mark.parametrize("rule", sorted(FLAWS.keys() - TO_BE_MEANT))
def test_a_flaw_is_mended_by_writing_what_is_advised(rule: str) -> None:
    changed, _ = FLAWS[rule]
    (told,) = found(changed)
    if told.advice is None:
        pytest.skip("what is to be done depends on what is meant")
    markdown = told.advice.markdown
    for words, name in MEANT.items():
        markdown = markdown.replace(words, name)
    then = found(written(changed, replace(told.advice, markdown=markdown)))
    assert [one.rule for one in then] == FOLLOWS.get(rule, []), [one.what for one in then]


def test_the_page_lists_the_rules_as_they_are() -> None:
    rows = [f"| `{one.name}` | {one.severity} | {one.help} | {one.source} |" for one in RULES.values()]
    table = "\n".join(["| rule | | what is right | after |", "|---|---|---|---|", *rows])
    assert table in (Path(__file__).parent.parent / "docs" / "checks.md").read_text()


def places(checks: list[Check]) -> list[tuple[str, str]]:
    return [(one.rule, one.cites[0].place) for one in checks]


LONG = "## Claim: Keels should be long\n{}- about:: [[Keel]]\n"


@pytest.mark.parametrize(
    "text",
    [
        LONG.format("<!-- conceptmap: skip unsupported-claim -->\n"),
        LONG.format("<!--conceptmap: skip unsupported-claim (we take it as given) -->\n"),
        "## Claim: Keels should be long <!-- conceptmap: skip unsupported-claim -->\n- about:: [[Keel]]\n",
        "## More\n<!-- conceptmap: skip unsupported-claim -->\n#" + LONG.format(""),
        "- Claim: Keels should be long <!-- conceptmap: skip unsupported-claim -->\n  - about:: [[Keel]]\n",
    ],
    ids=["below its heading", "with a reason", "beside it", "in the section around it", "beside an item"],
)
def test_a_comment_silences_a_rule_where_it_stands(text: str) -> None:
    assert found(added(4, text)) == []


def test_a_comment_below_the_title_silences_a_rule_in_the_whole_note() -> None:
    said = DAYS[4].replace("# Day 4: Rudder\n", "# Day 4: Rudder\n<!-- conceptmap: skip unsupported-claim -->\n")
    assert found({4: said + "\n" + LONG.format("")}) == []
    assert places(found({4: said, **added(2, LONG.format(""))})) == [
        ("unsupported-claim", "day-02.md:16-17"),
        ("silencer", "day-04.md:2"),
    ]


def test_what_is_said_of_a_day_is_silenced_for_the_whole_note() -> None:
    changed, _ = FLAWS["no-cross-link"]
    title = "# Day 9: Weather\n"
    assert found({9: changed[9].replace(title, f"{title}<!-- conceptmap: skip no-cross-link -->\n")}) == []


@pytest.mark.parametrize(
    "comment, what",
    [
        ("skip unsuported-claim", "names no rule: there is no 'unsuported-claim'; did you mean 'unsupported-claim'?"),
        ("skip alone", "silences nothing: 'alone' finds nothing here"),
        ("ignore alone", "silences nothing: it is no list of rules"),
    ],
)
def test_a_comment_that_silences_nothing_is_told(comment: str, what: str) -> None:
    (told,) = found(swapped(5, "Going against", f"<!-- conceptmap: {comment} -->\nGoing against"))
    assert told.rule == "silencer" and told.cites[0].place == "day-05.md:4" and what in told.what


def test_a_comment_in_a_block_of_code_is_an_example() -> None:
    assert found(added(5, "```\n<!-- conceptmap: skip alone -->\n```\n")) == []


def test_a_comment_is_not_told_of_where_its_rule_was_not_asked() -> None:
    with course(swapped(5, "Going against", "<!-- conceptmap: skip alone -->\nGoing against")) as sailing:
        assert sailing.check("island", "silencer") == []
        assert [one.rule for one in sailing.check(skip=["island"])] == ["silencer"]


def test_rules_are_chosen_by_name_and_a_wrong_one_is_refused_with_the_nearest() -> None:
    with course(FLAWS["alone"][0]) as sailing:
        assert sailing.check("island") == [] and sailing.check(skip=["alone"]) == []
        assert [one.rule for one in sailing.check("alone", "island")] == ["alone"]
        with pytest.raises(WrongArguments, match="did you mean 'alone'"):
            sailing.check("allone")


def test_a_course_without_any_question_has_no_focus() -> None:
    first = (
        DAYS[1].replace("- asks:: [[What makes a boat go?]]\n", "").replace("## Question: What makes a boat go?\n", "")
    )
    quiet = {
        1: first.replace("- is answered by:: [[A sail works like a wing]]\n", ""),
        6: DAYS[6].replace("  - cites:: [[Curry 1925]]\n", "  - status:: given\n"),
        8: "# Day 8\n",
        10: "# Day 10\n",
    }
    (told,) = found(quiet)
    assert (told.rule, told.cites[0].place) == ("no-focus-question", "day-01.md:5-6")
    assert told.advice is not None
    assert [one.rule for one in found(written(quiet, told.advice))] == ["undefined"]


def test_what_is_found_is_valid_sarif_with_what_each_rule_asks() -> None:
    remarks = [one.remark() for changed, _ in FLAWS.values() for one in found(changed)]
    log = json.loads("".join(REPORTERS["sarif"].write(remarks)))
    rules = {one["id"]: one["fullDescription"]["text"] for one in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules == {name: RULES[name].help for name in FLAWS}
    assert all("region" in one["locations"][0]["physicalLocation"] for one in log["runs"][0]["results"])
    if not (schema := os.environ.get("CONCEPTMAP_SARIF_SCHEMA")):
        pytest.skip("NOT CHECKED: CONCEPTMAP_SARIF_SCHEMA names no copy of OASIS's sarif-schema-2.1.0.json")
    jsonschema.validate(log, json.loads(Path(schema).read_text(encoding="utf-8")))


def test_many_islands_and_long_chains_are_told_in_few_words() -> None:
    chain = [f"n{number}" for number in range(400)]
    edges = [edge(one, "supports", other) for one, other in pairwise([*chain, chain[0]])]
    said = document(1, *(node(one, "Claim", origin=origin(1)) for one in chain), *edges)
    (circle,) = checks(view(said), "circular-support")
    assert len(circle.what) < 200 and circle.what.endswith("and so on back to 'n0': reasons in a circle")
    assert len(checks(view(document(1, *said.nodes, *edges[:-1])), "bridge")) == 3


def test_a_node_that_requires_thousands_is_not_tried_against_each_of_them() -> None:
    said: dict[str, Any] = {"origin": origin(1)}
    names = [f"n {number}" for number in range(4000)]
    edges = [edge("hub", "requires", name, **said) for name in names] + [edge("n 7", "requires", "n 8", **said)]
    (found,) = checks(
        view(document(1, *(node(name, **said) for name in ("hub", *names)), *edges)), "redundant-requires"
    )
    assert found.what == "'hub' requires 'n 8' through 'n 7' already"
