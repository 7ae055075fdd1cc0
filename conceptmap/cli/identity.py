"""The commands on what a node is called and which nodes are one: rename and merge."""

from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import AsJson, MapName, Store, opened_course
from conceptmap.cli.reports import show_report
from conceptmap.cli.terminal import message, show_json

if TYPE_CHECKING:
    from conceptmap.values import WriteReport

By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Your name, under which it is kept (else your login name).", show_default=False
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")]


def rename(
    context: typer.Context,
    node: Annotated[
        str, typer.Argument(metavar="NODE", help="Its id, label or alias.", autocompletion=completing.node)
    ],
    label: Annotated[str, typer.Argument(metavar="LABEL", help="The new label.")],
    *,
    by: By = None,
    dry_run: DryRun = False,
    json: AsJson = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Give a node another label.

    Its id stays, and its former names still find it, in links and in questions. `revert` undoes it.
    """
    with opened_course(context, name, store) as course:
        report = course.rename(node, label, by=_contributor(by), dry_run=dry_run)
    _show(report, f"{node!r} is called {label!r} already", json=json)


def merge(
    context: typer.Context,
    node: Annotated[
        str,
        typer.Argument(metavar="NODE", help="The node that becomes part of the other.", autocompletion=completing.node),
    ],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The node that stays.", autocompletion=completing.node)],
    *,
    by: By = None,
    dry_run: DryRun = False,
    json: AsJson = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Make one node of two that mean the same.

    All that is said of NODE, its texts, edges and names, is said of INTO from then on, also by later notes. `revert`
    undoes it.
    """
    with opened_course(context, name, store) as course:
        report = course.merge(node, into, by=_contributor(by), dry_run=dry_run)
    _show(report, f"{node!r} and {into!r} are one already", json=json)


def _contributor(by: str | None) -> str:
    """The name of the part; by default that of who is logged in."""
    from getpass import getuser

    from ontology.names import is_id, node_id

    if by is None:
        try:
            by = node_id(getuser())
        except (OSError, KeyError):  # nobody with a name, as in a container
            by = "owner"
    if not is_id(by):
        raise typer.BadParameter(f"{by!r} cannot name a contributor; write {node_id(by)!r}", param_hint="'--by'")
    return by


def _show(report: "WriteReport", nothing: str, *, json: bool) -> None:
    from conceptmap.shapes.changes import report_shape

    if json:
        show_json(report_shape(report))
        return
    for warning in report.warnings:
        message(f"warning: {warning}", "yellow")
    if not report.parts:
        message(nothing)
        return
    show_report(report)
    if report.entries:
        message(f"undo it with: conceptmap revert {report.entries[0]}")
