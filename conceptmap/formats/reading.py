"""Reading files of other programs: which format they are in, and what they say."""

import io
import stat
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from conceptmap.formats import Reader, readers, suffixes_read
from conceptmap.formats.format import Given, Reading, SentFile
from conceptmap.notes import NOTE_SUFFIXES
from conceptmap.plain_words import counted
from graphs.view import View
from ontology.errors import InvalidDocument, Problem, WrongArguments
from ontology.hints import near_or_all, no_such
from ontology.names import DEFAULT_PART, node_id

MOST_BYTES = 64_000_000
"""Of all files of one import together, unpacked: the notes of a large vault have five."""

MOST_FILES = 20_000
"""Files of one import."""

_SAVED_AS = {".cmap": "CmapTools can export it as CXL (File, Export Cmap As), which is read"}
"""What to do with files that only their own program reads."""


def read_files(
    files: Sequence[SentFile],
    view: View,
    map: str,
    *,
    form: str | None = None,
    day: int | None = None,
    part: str | None = None,
    most: int | None = None,
) -> Given:
    """What files say, read for a map as it stands. Raises `InvalidDocument`, or `WrongArguments` for no such `form`.

    A ZIP file counts as the folder that is in it. Together they may have so many bytes at `most` (None: `MOST_BYTES`),
    unpacked.
    """
    if len(files) == 1 and PurePosixPath(files[0].path).suffix.lower() in NOTE_SUFFIXES and form is None:
        raise _refused(files[0].path, "this is a note", "notes are read with `conceptmap load`")
    name = part or _part_name(files)
    sent, files = files, [one for file in files for one in unpacked(file, most)]
    if not files:
        hint = _SAVED_AS.get(PurePosixPath(sent[0].path).suffix.lower()) or f"{', '.join(sorted(suffixes_read()))} are"
        raise _refused(sent[0].path, "there is no file in it that is read", hint)
    if (size := sum(len(one.data) for one in files)) > (most or MOST_BYTES) or len(files) > MOST_FILES:
        what = f"{size:,} bytes in {counted(len(files), 'file')} are too much"
        raise _refused(files[0].path, what, "import it in pieces")
    if not size:
        raise _refused(files[0].path, "there is nothing in it", "look whether it was saved")
    reader = _reader(files, form)
    return reader.read(files, Reading(view, map, name, day))


def _reader(files: Sequence[SentFile], form: str | None) -> Reader:
    """The reader of the format that is named, or that most of the files are in: a vault also holds canvases."""
    known = readers()
    if form is not None:
        if form not in known:
            raise WrongArguments(no_such("format that can be read", form, known), list(known))
        return known[form]
    counts = {
        name: sum(one.path.lower().endswith(reader.suffixes) and reader.recognises(one.data) for one in files)
        for name, reader in known.items()
    }
    if most := max(counts.values()):
        return next(known[name] for name, count in counts.items() if count == most)
    suffix = PurePosixPath(files[0].path).suffix
    hint = (
        _SAVED_AS.get(suffix.lower())
        or f"{near_or_all(suffix, sorted(suffixes_read()))}; or say which format it is: {', '.join(known)}"
    )
    raise _refused(files[0].path, f"no format goes with {suffix or 'a file without a suffix'!r}", hint)


def _part_name(files: Sequence[SentFile]) -> str:
    """What the part is called that a file, or a folder of files, becomes."""
    first = PurePosixPath(files[0].path)
    name = first.name if len(files) == 1 else first.parts[0]
    clean = "".join(char if char.isprintable() and char not in "?#" else "-" for char in name).strip(". ")
    return clean[-200:] or DEFAULT_PART if clean else node_id(name)


def unpacked(file: SentFile, most: int | None = None) -> Iterator[SentFile]:
    """The files in a ZIP file that may be read, together no larger than `most`; any other file itself."""
    if not file.data.startswith(b"PK\x03\x04"):
        yield file
        return
    left = most or MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            members = [member for member in archive.infolist() if _is_read(member)]
            paths = [_inside(member.filename, file.path) for member in members]
            if len(members) > MOST_FILES or sum(member.file_size for member in members) > left:
                raise _refused(file.path, "what is packed in it is too much", "import it in pieces")
            for member, path in zip(members, paths, strict=True):
                with archive.open(member) as stream:
                    data = stream.read(left + 1)  # it may be more than the file says
                left -= len(data)
                if left < 0:
                    raise _refused(file.path, "what is packed in it is too much", "import it in pieces")
                yield SentFile(path, data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise _refused(
            file.path, f"no ZIP file that can be read: {error}", "pack it again, without a password"
        ) from error


def _inside(name: str, archive: str) -> str:
    """The path of a member, if it stays inside the folder that the archive is."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise _refused(archive, f"{name!r} in it leads out of the folder", "pack it again, without such paths")
    return str(path)


def _is_read(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file that some format is read from; links to other files are none."""
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return not (member.is_dir() or is_link or _is_hidden(member.filename)) and member.filename.lower().endswith(
        tuple(suffixes_read())
    )


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in name.split("/")) or "__MACOSX" in name


def _refused(file: str, what: str, hint: str) -> InvalidDocument:
    return InvalidDocument([Problem(file=file, line=None, column=None, what=what, hint=hint)])
