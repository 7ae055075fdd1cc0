"""What changes a map: comparisons, reports of writes, entries of the log, and who may write them."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Literal, NotRequired, cast

from msgspec import structs
from pydantic import Field, JsonValue
from typing_extensions import TypedDict

from conceptmap.history import NodeHistory
from conceptmap.shapes.maps import MapName, PartName, SaidNode, said_node
from conceptmap.shapes.nodes import (
    EdgeShape,
    GraphShape,
    NodeAsItStood,
    NodeShape,
    NodeStub,
    edge_shape,
    graph_shape,
    node_as_it_stood,
    node_shape,
)
from graphs.diff import Balance, Diff, Effect, FieldChange, Shift, Turn
from graphs.entries import Entry, Line
from graphs.fold import Kind
from graphs.history import ItemChange, NodeStep, PartChange, Status, Step
from graphs.ledger import WriteReport
from ontology.errors import Problem
from ontology.model import EdgeKey

if TYPE_CHECKING:
    from conceptmap.mending import Mended
    from graphs.tokens import Grant

Moved = Literal["added", "changed", "removed"]


class FieldShape(TypedDict):
    """A field before and after."""

    before: JsonValue
    after: JsonValue


class ChangedNode(NodeShape):
    """A node as it is now, and every field that was otherwise; a key of its data is the field `data.KEY`."""

    changes: dict[str, FieldShape]


class ChangedEdge(EdgeShape):
    """An edge as it is now, and every field that was otherwise."""

    changes: dict[str, FieldShape]


class ChangedShape(TypedDict):
    """What both moments have, but not alike."""

    nodes: list[ChangedNode]
    edges: list[ChangedEdge]


class BalanceShape(TypedDict):
    """How many edges directly support a node, how many oppose it, and the first less the second."""

    supports: int
    opposes: int
    balance: int


class ShiftShape(NodeShape):
    """A claim or argument that gained or lost support, with the edges that moved it."""

    direction: Literal["strengthened", "weakened"]
    before: BalanceShape
    after: BalanceShape
    edges: "MovedEdges"


class MovedEdges(TypedDict):
    """Edges that came and went."""

    added: list[EdgeShape]
    removed: list[EdgeShape]


class MergedShape(TypedDict):
    """The id of a node that is gone since it leads to another, and the id of that one."""

    node: str
    into: str


class DiffShape(TypedDict):
    """What differs between two moments; `claims` are those that gained or lost support.

    `effects` are what becomes of the strengths of claims that both have, also where only what speaks for them moved.
    """

    added: GraphShape
    removed: GraphShape
    changed: ChangedShape
    claims: list[ShiftShape]
    effects: "list[EffectShape]"
    merged: list[MergedShape]


def diff_shape(diff: Diff, effects: Iterable[Effect] = ()) -> DiffShape:
    """A diff in the shapes of the exports; what changed says field by field what it was and what it is."""
    nodes, edges = diff.nodes, diff.edges
    return {
        "added": graph_shape(nodes.added, edges.added),
        "removed": graph_shape(nodes.removed, edges.removed),
        "changed": {
            "nodes": [{**node_shape(one.after), "changes": _fields(one.fields)} for one in nodes.changed],
            "edges": [{**edge_shape(one.after), "changes": _fields(one.fields)} for one in edges.changed],
        },
        "claims": list(map(_shift_shape, diff.claims)),
        "effects": list(map(effect_shape, effects)),
        "merged": [{"node": node, "into": into.id} for node, into in sorted(diff.merged.items())],
    }


def _fields(fields: Iterable[FieldChange]) -> dict[str, FieldShape]:
    return {field: {"before": before, "after": after} for field, before, after in fields}


def _shift_shape(shift: Shift) -> ShiftShape:
    return {
        **node_shape(shift.node),
        "direction": shift.direction,
        "before": _balance_shape(shift.before),
        "after": _balance_shape(shift.after),
        "edges": {"added": list(map(edge_shape, shift.added)), "removed": list(map(edge_shape, shift.removed))},
    }


def _balance_shape(balance: Balance) -> BalanceShape:
    return {"supports": balance.supports, "opposes": balance.opposes, "balance": balance.value}


class ProblemShape(TypedDict):
    """What is wrong, where (lines and columns count from 1), and what to do about it.

    Without a line it is wrong of the file as a whole, or at no one line of it.
    `pointer` is a JSON pointer (RFC 6901) to the place in the body that was sent, where that is JSON and has one.
    """

    file: str
    line: NotRequired[int]
    column: NotRequired[int]
    what: str
    hint: str
    pointer: NotRequired[str]


def problem_shape(problem: Problem) -> ProblemShape:
    """A problem or warning with its place."""
    return cast(ProblemShape, {name: value for name, value in structs.asdict(problem).items() if value is not None})


class NodeTouch(TypedDict):
    """A node that a write adds to a part, changes in it or removes from it."""

    status: Moved
    node: str


class EdgeIdentity(TypedDict):
    """What makes an edge the same edge."""

    source: str
    relation: str
    target: str
    dimension: str | None


class EdgeTouch(TypedDict):
    """An edge that a write adds to a part, changes in it or removes from it."""

    status: Moved
    edge: EdgeIdentity


class PartReport(TypedDict):
    """What a write did to a part, and to which of the nodes and edges in it.

    `name` is what its author calls the day, if that is no number; `undated`: it is of no day.
    """

    day: int
    part: PartName
    title: str | None
    status: Status
    added: int
    changed: int
    removed: int
    changes: list[NodeTouch | EdgeTouch]
    name: NotRequired[str]
    undated: NotRequired[bool]


class EffectShape(TypedDict):
    """What becomes of a claim that was there before: it changes sides, or only its strength, which is by method."""

    node: NodeStub
    turn: Turn
    before: dict[str, float | None]
    after: dict[str, float | None]
    labels: Annotated[list[str], Field(min_length=2, max_length=2)]


def effect_shape(effect: Effect) -> EffectShape:
    """What becomes of a claim."""
    return {
        "node": {"id": effect.node, "label": effect.label, "kind": effect.kind},
        "turn": effect.turn,
        "before": {method: one if one is None else round(one, 6) for method, one in effect.before.items()},
        "after": {method: one if one is None else round(one, 6) for method, one in effect.after.items()},
        "labels": list(effect.labels),
    }


class ReportShape(TypedDict):
    """What a write did, or (`dry_run`) would do. `entries` are its numbers in the map's history.

    `claims`, where a write that is only tried would move any: what would become of those that are there.
    """

    map: MapName
    dry_run: bool
    entries: list[int]
    parts: list[PartReport]
    warnings: list[ProblemShape]
    claims: NotRequired[list[EffectShape]]


def report_shape(report: WriteReport) -> ReportShape:
    """What a write did, or would do: per part its status and every node and edge that comes, changes or goes."""
    shape: ReportShape = {
        "map": report.map,
        "dry_run": report.dry_run,
        "entries": list(report.entries),
        "parts": list(map(_part_report, report.parts)),
        "warnings": list(map(problem_shape, report.warnings)),
    }
    if report.claims:
        shape["claims"] = list(map(effect_shape, report.claims))
    return shape


def _part_report(change: PartChange) -> PartReport:
    shape: PartReport = {
        "day": change.day,
        "part": change.part,
        "title": change.title,
        "status": change.status,
        "added": change.added,
        "changed": change.changed,
        "removed": change.removed,
        "changes": list(map(_touch, change.items)),
    }
    if change.document and change.document.day_name:
        shape["name"] = change.document.day_name
    if change.undated:
        shape["undated"] = True
    return shape


def _touch(change: ItemChange) -> NodeTouch | EdgeTouch:
    subject = change.subject
    if isinstance(subject, EdgeKey):
        return {"status": change.status, "edge": cast(EdgeIdentity, subject._asdict())}
    return {"status": change.status, "node": subject}


class EntryShape(TypedDict):
    """An entry without what it says.

    `put` replaces its part, `add` joins it, `end` ends it, or undoes the entry that is its `target`. `reader` is what
    read the notes, `root` the name of the folder they were loaded from, `erased` since when document and body are gone.
    """

    entry: int
    kind: Kind
    target: int | None
    revision: int
    author: str
    time: str
    day: int
    part: PartName
    media_type: str
    reader: NotRequired[str]
    root: NotRequired[str]
    erased: NotRequired[str]


class CountedShape(EntryShape):
    """An entry, and how many nodes and edges it added to its part, changed in it and removed from it."""

    added: int
    changed: int
    removed: int


class EntryLine(CountedShape):
    """An entry of a map's history; `ends` where the part ended with it."""

    ends: bool


def entry_line(line: Line) -> EntryLine:
    """An entry in a list."""
    return {**_counted_shape(line), "ends": line.ends}


class EntryList(TypedDict):
    """Entries, newest first; `next` is the cursor of the next page."""

    entries: list[EntryLine]
    next: str | None


class StepShape(CountedShape):
    """An entry, and what it did to its part as a whole."""

    status: Status


def step_shape(step: Step) -> StepShape:
    """An entry with what it did to its part."""
    return {**_counted_shape(step.line), "status": step.status}


class NodeStepShape(EntryShape):
    """An entry that touched a node: what its document says of it, and the node as it stood then."""

    status: Moved
    said: SaidNode | None
    node: NodeAsItStood | None


class EntryStub(TypedDict):
    """An entry by number, time and place."""

    entry: int
    time: str
    day: int
    part: PartName


class NodeHistoryShape(TypedDict):
    """The entries that touched a node, newest first."""

    id: str
    first_seen: EntryStub
    last_touched: EntryStub
    history: list[NodeStepShape]


def node_history_shape(history: NodeHistory) -> NodeHistoryShape:
    """The history of a node."""
    return {
        "id": history.id,
        "first_seen": _entry_stub(history.first_seen.entry),
        "last_touched": _entry_stub(history.last_touched.entry),
        "history": list(map(_node_step_shape, history.steps)),
    }


def _node_step_shape(step: NodeStep) -> NodeStepShape:
    return {
        **_entry_shape(step.entry),
        "status": step.status,
        "said": said_node(step.said) if step.said else None,
        "node": node_as_it_stood(step.node) if step.node else None,
    }


def _counted_shape(line: Line) -> CountedShape:
    added, changed, removed = line.counts
    return {**_entry_shape(line), "added": added, "changed": changed, "removed": removed}


def _entry_shape(entry: Entry | Line) -> EntryShape:
    shape: EntryShape = {
        "entry": entry.sequence,
        "kind": entry.kind,
        "target": entry.target,
        "revision": entry.revision,
        "author": entry.author,
        "time": entry.time,
        "day": entry.day,
        "part": entry.part,
        "media_type": entry.media_type,
    }
    if entry.reader:
        shape["reader"] = entry.reader.split(",")[0]
    if entry.root is not None:
        shape["root"] = PurePath(entry.root).name
    if entry.erased is not None:
        shape["erased"] = entry.erased
    return shape


def _entry_stub(entry: Entry) -> EntryStub:
    return {"entry": entry.sequence, "time": entry.time, "day": entry.day, "part": entry.part}


class GrantShape(TypedDict):
    """A token: who has it, what it allows, on one map or (null) on all, since when and until when."""

    name: str
    scope: Literal["admin", "append", "read"]
    map: str | None
    created: str
    expires: str | None
    revoked: str | None


def grant_shape(grant: "Grant") -> GrantShape:
    """What a token allows; the token itself is nowhere."""
    return {
        "name": grant.name,
        "scope": grant.scope,
        "map": grant.map,
        "created": grant.created,
        "expires": grant.expires,
        "revoked": grant.revoked,
    }


class MendShape(TypedDict):
    """What somebody did to a node (its id) or an edge of the map, the entry that says so, and what it is called."""

    entry: int
    day: int
    by: str
    time: str
    how: Literal["changed", "ended", "refused"]
    label: str
    node: NotRequired[str]
    edge: NotRequired[dict[str, str]]


class MendList(TypedDict):
    """What was done to a map, newest first."""

    mends: list[MendShape]


def mend_list(mended: "Iterable[Mended]") -> MendList:
    """What people did to a map."""
    return {"mends": list(map(_mend_shape, mended))}


def _mend_shape(one: "Mended") -> MendShape:
    shape: MendShape = {
        "entry": one.entry,
        "day": one.day,
        "by": one.by,
        "time": one.time,
        "how": one.how,
        "label": one.label,
    }
    if isinstance(one.subject, str):
        return {**shape, "node": one.subject}
    return {**shape, "edge": {name: value for name, value in one.subject._asdict().items() if value is not None}}
