"""The command that brings what was mended on the map, or appended by others, into the notes."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.elsewhere import Token, checked_token, map_named, name_of, service_at
from conceptmap.cli.options import MapName, Store, Yes, checked_map_name, opened_atlas
from conceptmap.cli.terminal import busy, message
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.disk import Found
    from conceptmap.note_patches import Left, Patch
    from conceptmap.notes import NoteFile
    from conceptmap.pulling import Remote


def pull(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of notes, as it was loaded.")],
    *,
    yes: Yes = False,
    origin: Annotated[
        str | None, typer.Option("--from", metavar="URL", help="The service that has the map (else the store).")
    ] = None,
    token: Token = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Bring into the notes what was mended on the map, or appended by others.

    Shows it as a patch, and asks before it writes; where nobody can be asked, it writes only with --yes. All other
    lines of the notes keep their bytes. What the notes say then is no contribution any more, and loading them adds
    nothing. With the token of a service that may put notes, they are pushed there too, and the contributions end there.
    """
    from conceptmap.disk import course_of, find_notes

    if not folder.is_dir():
        what = f"{folder} is a file; name the folder it is in" if folder.exists() else f"there is no folder {folder}"
        raise typer.BadParameter(what, param_hint="'FOLDER'")
    found = find_notes([folder])
    if origin is not None:
        _pull_from(context, origin, token, name, folder, found, yes=yes)
        return
    with opened_atlas(context, store) as atlas:
        chosen = checked_map_name(name or context.obj.map) or course_of(found.files)
        course = atlas.chosen(chosen)
        with busy(f"reading {counted(len(found.files), 'note')}"):
            patch = course.patch(found.files, folder.name)
        if shown(patch, found.given) and (yes or may_write(patch)):
            write(patch, folder, found)
            report = course.take_into_notes(patch, patched(found.files, patch), found.folders)
            message(f"the notes say it now: {counted(len(report.entries), 'entry', 'entries')} in the map's history")


def _pull_from(
    context: typer.Context, url: str, token: str | None, name: str | None, folder: Path, found: "Found", *, yes: bool
) -> None:
    """The same from a service, which is told afterwards if the token allows that."""
    from conceptmap.atlas import open_atlas
    from conceptmap.pulling import Remote

    service, named = service_at(url, "'--from'")
    chosen = map_named(checked_map_name(name or named or context.obj.map), found)
    remote = Remote(service, chosen, checked_token(token) if token else "")
    with open_atlas("sqlite://", vocabulary=context.obj.vocabulary) as atlas:
        course = atlas[chosen]
        with busy(f"reading {counted(len(found.files), 'note')}"):
            tags = remote.fetch(course)
            patch = course.patch(found.files, folder.name)
    if not (shown(patch, found.given) and (yes or may_write(patch))):
        return
    write(patch, folder, found)
    if not remote.token:
        message(f"written; say it to the service too: conceptmap push {folder} --to {url}")
        return
    _push(remote, folder)
    remote.settle(patch.kept, tags)
    message("the notes say it now, here and on the service")


def _push(remote: "Remote", folder: Path) -> None:
    """Put the notes as they are now on the service."""
    from conceptmap.disk import find_notes
    from conceptmap.pushing import Push

    push = Push(remote.service, remote.map, name_of(folder), remote.token, overwrite=True, say=message)
    with busy("pushing the notes"):
        push.send(find_notes([folder]))


def shown(patch: "Patch", given: Mapping[str, str]) -> bool:
    """Show a patch, and what does not go into the notes; whether there is anything to do."""
    typer.echo(patch.unified(given), nl=False)
    for one in patch.left:
        message(f"stays on the map: {one.label} (by {one.by}): {one.why}", "yellow")
        for line in by_hand(one, given):
            message(f"  {line}")
    if not patch.taken:
        message("there is nothing to bring into the notes")
        return False
    words = f"{counted(patch.taken, 'change')} of {counted(len({key.part for key in patch.kept}), 'contributor')}"
    verb = "goes" if patch.taken == 1 else "go"
    where = f"{verb} into {counted(len(patch.files), 'note')}" if patch.files else "stand in the notes already"
    message(f"{words} {where}")
    return True


def by_hand(left: "Left", given: Mapping[str, str]) -> Iterator[str]:
    """What a person may write to say it in the notes, and where."""
    if (hand := left.by_hand) is None:
        return
    path = given.get(hand.path, hand.path)
    if not hand.lines:
        yield f"by hand: take out or reword {path}:{hand.line}" if hand.line else f"by hand: look at {path}"
        return
    yield f"by hand: write at the end of {path}, then look at what else that changes (`conceptmap load --dry-run`)"
    yield from (f"    {line}" for line in hand.lines)


def may_write(patch: "Patch") -> bool:
    """Whether the notes may be written: somebody at a terminal is asked."""
    if not sys.stdin.isatty():
        message("nothing was written: nobody can be asked here; say --yes to write it")
        return False
    return typer.confirm("Write this into the notes?" if patch.files else "End the contributions?", err=True)


def write(patch: "Patch", folder: Path, found: "Found") -> None:
    """Write the files of a patch."""
    from conceptmap.disk import write_notes

    write_notes({_file(folder, found.given, path): pair for path, pair in patch.files.items()})


def patched(files: "Sequence[NoteFile]", patch: "Patch") -> "list[NoteFile]":
    """The notes as a patch makes them."""
    from conceptmap.notes import NoteFile

    known = {file.path for file in files}
    sample = files[0]
    new = [
        NoteFile(path, body, place=path.rpartition("/")[2], base=sample.base, root=sample.root)
        for path, (_, body) in patch.files.items()
        if path not in known
    ]
    return [
        *(replace(file, body=patch.files[file.path][1]) if file.path in patch.files else file for file in files),
        *new,
    ]


def _file(folder: Path, given: Mapping[str, str], path: str) -> Path:
    """Where a note is: the paths of notes begin with the folder's name."""
    return Path(given[path]) if path in given else folder / path.rpartition("/")[2]
