"""The command that says who may read and write over HTTP: token create, list and revoke."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from conceptmap.cli.options import AsJson, Store, checked_map_name, opened_atlas
from conceptmap.cli.terminal import line, message, show_json, table

if TYPE_CHECKING:
    from conceptmap.atlas import Atlas
    from conceptmap.values import Grant

# The same words stand where tokens are kept; a help text must not wait for importing that.
Scope = Literal["admin", "append", "read"]


def token(
    context: typer.Context,
    action: Annotated[Literal["create", "list", "revoke"], typer.Argument(metavar="create|list|revoke")],
    holder: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Whose token; --name says the same.")] = None,
    *,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Who will hold the token.")] = None,
    scope: Annotated[
        Scope | None, typer.Option("--scope", help="read; append: also add to the own part; admin: also put and end.")
    ] = None,
    only: Annotated[str | None, typer.Option("--map", metavar="MAP", help="Only for this map (else for all).")] = None,
    days: Annotated[
        float | None, typer.Option("--days", metavar="D", min=0, help="How many days it is good for (else for ever).")
    ] = None,
    json: AsJson = False,
    store: Store = None,
) -> None:
    """Create, list or revoke the tokens of the service.

    `create` prints the token, this once: what is stored cannot be turned back into it. With `--map` it is good for
    that map only. What is appended with a token goes into the part `by:NAME`.
    """
    name = holder or name
    if action != "list" and not name:
        raise typer.BadParameter("whose token? name the holder with --name NAME")
    with opened_atlas(context, store) as atlas:
        if action == "create":
            _create(atlas, str(name), scope, checked_map_name(only), days)
        elif action == "revoke":
            atlas.tokens.revoke(str(name))
            message(f"the token of {name!r} is good no longer")
        else:
            _show(atlas.tokens.grants(), json=json)


def _create(atlas: "Atlas", name: str, scope: Scope | None, only: str | None, days: float | None) -> None:
    from ontology.names import is_id, node_id

    if scope is None:
        raise typer.BadParameter("what may it do? choose --scope read, append or admin")
    if not is_id(name) or len(name) > 100:
        raise typer.BadParameter(f"{name!r} cannot name a holder; write {node_id(name)[:100]!r}", param_hint="'--name'")
    line(atlas.tokens.create(name, scope, only, days))
    message("keep it well: it is not shown again")


def _show(grants: list["Grant"], *, json: bool) -> None:
    if json:
        from conceptmap.shapes.changes import grant_shape

        show_json(list(map(grant_shape, grants)))
    elif grants:
        table([_row(grant) for grant in grants])
    else:
        message("there are no tokens; create one with: conceptmap token create --name NAME --scope append")


def _row(grant: "Grant") -> tuple[str | tuple[str, str], ...]:
    until = f"revoked {grant.revoked}" if grant.revoked else f"until {grant.expires}" if grant.expires else "for ever"
    return ((grant.name, "bold"), grant.scope, grant.map or "all maps", f"since {grant.created}", until)
