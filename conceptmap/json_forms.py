"""Hits, checks, maps, walks and write reports as JSON data: one form for the command line and the service."""

from typing import Any

from conceptmap.card import step_cites
from conceptmap.check import Check
from conceptmap.export import cite_json, edge_json, node_json
from graphs.history import ItemChange, PartChange
from graphs.ledger import WriteReport
from graphs.view import FoldedNode, View, cite
from graphs.walks import Path, steps_to
from graphs.words import Hit
from ontology.errors import Problem
from ontology.model import EdgeKey


def hit_json(hit: Hit) -> dict[str, Any]:
    """A found node."""
    cites = list(map(cite_json, hit.cites))
    return {**node_json(hit.node), "text": hit.node.text, "day": hit.day, "where": hit.where, "cites": cites}


def check_json(found: Check) -> dict[str, Any]:
    """One thing to look at."""
    cites = list(map(cite_json, found.cites))
    return {"rule": found.rule, "node": found.node, "what": found.what, "cites": cites}


def map_json(name: str, view: View) -> dict[str, Any]:
    """A map's size."""
    return {
        "name": name,
        "days": list(view.days()),
        "nodes": len(view.node_ids()),
        "edges": sum(1 for _ in view.edge_keys()),
    }


def path_json(view: View, walk: Path | None) -> dict[str, Any]:
    """The nodes in order and the edges between them; both empty where there is no path."""
    nodes, edges = (walk.nodes, walk.edges) if walk else ((), ())
    return {
        "nodes": [node_json(view.node(node)) for node in nodes],
        "edges": [{**edge_json(edge), "cites": [cite_json(cite(one)) for one in edge.assertions]} for edge in edges],
    }


def reached_json(view: View, start: FoldedNode, relation: str, found: dict[str, str]) -> list[dict[str, Any]]:
    """All that a walk found from a node, nearest first: the ids on the way to each, and where the last step is said."""
    return [
        {
            **node_json(view.node(node)),
            "day": view.introduced_on(node),
            "path": list(steps_to(found, start.id, node)),
            "cites": list(map(cite_json, step_cites(view, before, relation, node))),
        }
        for node, before in found.items()
    ]


def report_json(report: WriteReport) -> dict[str, Any]:
    """What a write did, or would do: per part its status and every node and edge that comes, changes or goes."""
    return {
        "map": report.map,
        "dry_run": report.dry_run,
        "entries": list(report.entries),
        "parts": list(map(_part_json, report.parts)),
        "warnings": list(map(problem_json, report.warnings)),
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem or warning with its place."""
    return problem.model_dump()


def _part_json(change: PartChange) -> dict[str, Any]:
    return {
        "day": change.day,
        "part": change.part,
        "title": change.title,
        "status": change.status,
        "added": change.added,
        "changed": change.changed,
        "removed": change.removed,
        "changes": list(map(_item_json, change.items)),
    }


def _item_json(change: ItemChange) -> dict[str, Any]:
    if isinstance(change.subject, EdgeKey):
        return {"status": change.status, "edge": change.subject._asdict()}
    return {"status": change.status, "node": change.subject}
