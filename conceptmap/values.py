"""The values that the façade takes and gives, under one name for all who use it.

What is read: `View` is the folded graph as of a day; it gives `FoldedNode` and `FoldedEdge`, each with its
assertions, and `cite` makes of one of these the `Citation` that says where it stands. A `Walk` is a path, a `Hit` what
a search finds; `nearest_labels` are what a misspelt name may mean. An `Extent` says how much there is, `extent_of` a
view.

What is in the log: an `Entry` with what it says, a `Line` without it, a `Step` or `NodeStep` with what it changed. A
`PartKey` is a day and the name of a part of it.

Of a view (or a map that is held) no more may be read than a bound allows: until a `Deadline`, or an `Allowance`, which
raises `Exhausted`. What takes items `in_time` ends at the deadline that somebody keeps.

What is erased: an `Erasure` for each entry.

What a write does: a `WriteReport` with a `PartChange` for each part. `Beside` is what is stored in the transaction of a
write.

What differs between two views: `Changes` of nodes and edges, with a `FieldChange` for each field; a `Shift` is a claim
that gained or lost support.

Who may do what: a `Grant` allows a `Scope`. A `KeyedRequest` has an idempotency key; `IdempotencyKeys` keep its answer,
and `AlreadyAnswered` is raised where it was answered before. `Rates` count how often each client does something.
`Learners` keep a `Mark` for each node that a learner has learned.
"""

from graphs.bounds import Allowance, Deadline, Exhausted, in_time
from graphs.diff import Changes, FieldChange, Shift
from graphs.entries import Entry, Line
from graphs.erasing import Erasure
from graphs.fold import PartKey
from graphs.history import NodeStep, PartChange, Step
from graphs.idempotency import AlreadyAnswered, IdempotencyKeys, KeyedRequest
from graphs.learners import Learners, Mark, checked_learner
from graphs.ledger import Beside, WriteReport
from graphs.rates import Rates
from graphs.search import Hit
from graphs.sizes import Extent, extent_of
from graphs.tokens import Grant, Scope
from graphs.view import UNDATED, Citation, FoldedEdge, FoldedNode, View, cite
from graphs.walks import Path as Walk
from graphs.words import nearest_labels

__all__ = [
    "UNDATED",
    "Allowance",
    "AlreadyAnswered",
    "Beside",
    "Changes",
    "Citation",
    "Deadline",
    "Entry",
    "Erasure",
    "Exhausted",
    "Extent",
    "FieldChange",
    "FoldedEdge",
    "FoldedNode",
    "Grant",
    "Hit",
    "IdempotencyKeys",
    "KeyedRequest",
    "Learners",
    "Line",
    "Mark",
    "NodeStep",
    "PartChange",
    "PartKey",
    "Rates",
    "Scope",
    "Shift",
    "Step",
    "View",
    "Walk",
    "WriteReport",
    "checked_learner",
    "cite",
    "extent_of",
    "in_time",
    "nearest_labels",
]
