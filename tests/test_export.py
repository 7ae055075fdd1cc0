import json
from typing import Any

from conceptmap.formats.json_graph import write_json
from graphs.view import View
from small_maps import document, edge, mention, node, origin, view


def exported(view: View) -> dict[str, Any]:
    data: dict[str, Any] = json.loads("".join(write_json(view)))
    return data


def test_nodes_stand_by_id_and_edges_by_identity() -> None:
    nodes = (node("Short", aliases=["Brief"]), node("Long"), mention("Day 1", "Day"))
    said = edge("Short", "contrasts with", "Long", dimension="Taste", values={"source": "plain", "target": "deep"})
    about = edge("Long", "about", "Short", origin=origin(1, "derived"))
    assert exported(view(document(1, *nodes, said, about), document(3, node("Long")))) == {
        "nodes": [
            {"id": "day-1", "label": "Day 1", "kind": "Day", "aliases": [], "days": [1]},
            {"id": "long", "label": "Long", "kind": "Concept", "aliases": [], "days": [1, 3]},
            {"id": "short", "label": "Short", "kind": "Concept", "aliases": ["Brief"], "days": [1]},
        ],
        "edges": [
            {
                "source": "long",
                "relation": "about",
                "target": "short",
                "dimension": None,
                "values": None,
                "days": [1],
                "how": "derived",
            },
            {
                "source": "short",
                "relation": "contrasts with",
                "target": "long",
                "dimension": "Taste",
                "values": {"source": "plain", "target": "deep"},
                "days": [1],
                "how": "stated",
            },
        ],
    }


def test_an_empty_map_exports_as_empty_lists() -> None:
    assert exported(view()) == {"nodes": [], "edges": []}


def test_every_end_of_an_edge_is_among_the_nodes_as_of_every_day() -> None:
    said = [
        document(day, node(f"N{day}"), mention(f"N{day - 1}"), edge(f"N{day}", "requires", f"N{day - 1}"))
        for day in range(1, 6)
    ]
    for as_of in range(7):
        data = exported(view(*said, as_of=as_of))
        assert {end for one in data["edges"] for end in (one["source"], one["target"])} <= {
            one["id"] for one in data["nodes"]
        }


def test_text_of_every_script_is_written_as_it_is() -> None:
    assert "深度学习" in "".join(write_json(view(document(1, node("深度学习")))))
