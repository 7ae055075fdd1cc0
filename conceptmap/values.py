"""The values that the façade takes and gives, under one name for all who use it.

What is read: `View` is the folded graph as of a day; it gives `FoldedNode` and `FoldedEdge`, each with its `Asserted`
assertions, and `cite` makes of one of these the `Citation` that says where it stands. A `Walk` is a path, a `Hit` what
a search finds; `nearest_labels` are what a misspelt name may mean.

What is in the log: an `Entry` with what it says, a `Line` without it, a `Step` or `NodeStep` with what it changed. A
`PartKey` is a day and the name of a part of it.

What a write does: a `WriteReport` with a `PartChange` for each part and an `ItemChange` for each node and edge; a
`Proposal` is one that was only tried. `Beside` is what is stored in the transaction of a write.

What differs between two views: a `Diff`, in which `Changes` of nodes and edges hold a `Change` with a `FieldChange` for
each field; a `Shift` is a claim that gained or lost support, from one `Balance` to another.

Who may do what: a `Grant` allows a `Scope`. A `KeyedRequest` has an idempotency key; `AlreadyAnswered` is raised where
it was answered before.
"""

from graphs.diff import Balance, Change, Changes, Diff, FieldChange, Shift
from graphs.entries import Entry
from graphs.fold import Asserted, PartKey
from graphs.history import ItemChange, NodeStep, PartChange, Step
from graphs.idempotency import AlreadyAnswered, KeyedRequest
from graphs.ledger import Beside, WriteReport
from graphs.log import Line
from graphs.tokens import Grant, Scope
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from graphs.walks import Path as Walk
from graphs.words import Hit, nearest_labels

__all__ = [
    "AlreadyAnswered",
    "Asserted",
    "Balance",
    "Beside",
    "Change",
    "Changes",
    "Citation",
    "Diff",
    "Entry",
    "FieldChange",
    "FoldedEdge",
    "FoldedNode",
    "Grant",
    "Hit",
    "ItemChange",
    "KeyedRequest",
    "Line",
    "NodeStep",
    "PartChange",
    "PartKey",
    "Scope",
    "Shift",
    "Step",
    "View",
    "Walk",
    "WriteReport",
    "cite",
    "nearest_labels",
]
