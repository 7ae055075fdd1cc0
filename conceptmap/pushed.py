"""A folder of notes as it goes to a service, and what the service tells of it: the same as where notes are loaded."""

import base64
import binascii
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, NamedTuple, NotRequired, Self, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from typing_extensions import TypedDict

from conceptmap.folder import Folder, LoadReport, QuestionCounts
from conceptmap.notes import DerivedItem, Explanation, NoteFile
from conceptmap.shapes.changes import EffectShape, PartReport, ProblemShape, ReportShape, problem_shape, report_shape
from graphs.diff import Effect
from graphs.fold import PartKey
from graphs.history import PartChange
from ontology.errors import Problem
from ontology.gate import CLOSED
from ontology.model import MAX_DAY, Document

_EXAMPLE: JsonDict = {
    "files": [{"path": "notes/day-02.md", "place": "day-02.md", "base": "notes", "text": "## Yeast\nA fungus.\n"}]
}
_PATH = Field(min_length=1, max_length=1000)


class SentFile(BaseModel):
    """A file of notes: its path with the folder's name, as messages show it, and its text, or else its bytes in Base64.

    `place` is its path below the top of its repository or vault, and `base` what that is called; by default the path
    below the folder, and the folder. `day` is given to a note that does not say its own.
    """

    model_config = CLOSED

    path: Annotated[str, _PATH]
    text: str | None = None
    base64: str | None = None
    place: Annotated[str, _PATH] | None = None
    base: Annotated[str, _PATH] | None = None
    day: Annotated[int, Field(strict=True, ge=0, le=MAX_DAY)] | None = None

    @model_validator(mode="after")
    def _have_a_body(self) -> Self:
        if (self.text is None) == (self.base64 is None):
            raise ValueError("a file has 'text' or 'base64'")
        try:
            base64.b64decode(self.base64 or "", validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValueError("this is no Base64") from error
        return self

    @property
    def body(self) -> bytes:
        """The bytes of the file."""
        if self.base64 is not None:
            return base64.b64decode(self.base64)
        return (self.text or "").encode("utf-8", "surrogatepass")


class SentFolder(BaseModel):
    """A folder of notes: all of its files that are to be read, and the places of all files in it, read or not.

    Where `places` are left out, no part of the folder is taken for one whose file is gone.
    """

    model_config = CLOSED | ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    files: tuple[SentFile, ...] = Field(min_length=1)
    places: tuple[Annotated[str, _PATH], ...] | None = None

    @model_validator(mode="after")
    def _name_each_once(self) -> Self:
        path, times = Counter(one.path for one in self.files).most_common(1)[0]
        if times > 1:
            raise ValueError(f"the file {path!r} stands there {times} times")
        return self

    def notes(self, folder: str) -> list[NoteFile]:
        """The files as they are read; the folder is where they are kept in step."""
        return [
            NoteFile(
                one.path,
                one.body,
                one.day,
                place=one.place or one.path.removeprefix(f"{folder}/"),
                base=one.base or folder,
                root=folder,
            )
            for one in self.files
        ]

    def folders(self, folder: str) -> list[Folder]:
        """The folder as it is kept in step, where it was sent whole."""
        return [] if self.places is None else [Folder(folder, frozenset(self.places))]


def sent_file(file: NoteFile) -> dict[str, object]:
    """A file as `SentFile` reads it."""
    try:
        said: dict[str, object] = {"text": file.body.decode()}
    except UnicodeDecodeError:
        said = {"base64": base64.b64encode(file.body).decode()}
    known = {"path": file.path, "place": file.place, "base": file.base or None, "day": file.day}
    return {**{name: value for name, value in known.items() if value is not None}, **said}


class RenamedShape(TypedDict):
    """A part that has another name by now."""

    day: int
    part: str
    former_day: int
    former_part: str


class PlaceShape(TypedDict):
    """A part of a day."""

    day: int
    part: str


class QuestionsShape(TypedDict):
    """How many questions of the notes were asked and answered, answered newly, and no longer."""

    asked: int
    answered: int
    won: int
    lost: int


class ItemShape(TypedDict):
    """What a line became, and by which rule."""

    rule: str
    file: str
    line: int
    what: str


class ReadShape(TypedDict):
    """How much of a note was read; `unread` are the numbers of lines with words that became nothing."""

    path: str
    name: str
    nodes: int
    edges: int
    lines: int
    unread: list[int]
    items: NotRequired[list[ItemShape]]


class LoadShape(ReportShape):
    """What loading a folder did, or would do.

    `refused` are the problems of notes that were left out while the others were stored; `gone` the parts whose files
    are no more, and that still stand; `notes` those that were read: what stands as its file is was not.
    """

    refused: list[ProblemShape]
    renamed: list[RenamedShape]
    gone: list[PlaceShape]
    questions: QuestionsShape | None
    notes: list[ReadShape]


def load_shape(report: LoadReport, read: Sequence[Explanation], *, explain: bool = False) -> LoadShape:
    """What a load did, with what became of each line where that is to be explained."""
    counts = report.question_counts
    return {
        **report_shape(report),
        "refused": list(map(problem_shape, report.refused)),
        "renamed": [
            {"day": new.day, "part": new.part, "former_day": old.day, "former_part": old.part}
            for old, new in report.renamed
        ],
        "gone": [{"day": one.day, "part": one.part} for one in report.gone],
        "questions": cast(QuestionsShape, counts._asdict()) if counts else None,
        "notes": [_read_shape(one, explain=explain) for one in read],
    }


def _read_shape(one: Explanation, *, explain: bool) -> ReadShape:
    shape: ReadShape = {
        "path": one.path,
        "name": one.name,
        "nodes": one.nodes,
        "edges": one.edges,
        "lines": one.lines,
        "unread": list(one.unread),
    }
    if explain:
        shape["items"] = [cast(ItemShape, item._asdict()) for item in one.items]
    return shape


class Told(NamedTuple):
    """What a service told of a load: its report, how much was read, and what became of questions."""

    report: LoadReport
    read: list[Explanation]
    questions: QuestionCounts | None


def read_load(shape: LoadShape) -> Told:
    """What a service told of a load; what is new in it is left out. Raises `LookupError` or `TypeError` for others."""
    report = LoadReport(
        shape["map"],
        tuple(_part(shape["map"], one) for one in shape["parts"]),
        tuple(map(read_problem, shape["warnings"])),
        tuple(map(read_problem, shape["refused"])),
        tuple(shape["entries"]),
        dry_run=shape["dry_run"],
        claims=tuple(map(_effect, shape.get("claims", ()))),
        renamed=tuple(
            (PartKey(one["former_day"], one["former_part"]), PartKey(one["day"], one["part"]))
            for one in shape["renamed"]
        ),
        gone=tuple(PartKey(one["day"], one["part"]) for one in shape["gone"]),
    )
    said = shape["questions"]
    counts = QuestionCounts(said["asked"], said["answered"], said["won"], said["lost"]) if said else None
    return Told(report, [_explanation(one) for one in shape["notes"]], counts)


def read_problem(shape: ProblemShape) -> Problem:
    """A problem that a service told."""
    return Problem(
        file=shape["file"], line=shape["line"], column=shape["column"], what=shape["what"], hint=shape["hint"]
    )


def _effect(one: EffectShape) -> Effect:
    node, (before, after) = one["node"], one["labels"]
    return Effect(node["id"], node["label"], node["kind"], one["turn"], one["before"], one["after"], (before, after))


def _part(name: str, one: PartReport) -> PartChange:
    day, part, undated = one["day"], one["part"], one.get("undated", False)
    document = Document(map=name, day=day, part=part, undated=undated, day_name=one.get("name"))
    counts = one["added"], one["changed"], one["removed"]
    return PartChange(day, part, one["status"], *counts, one["title"], document=document, undated=undated)


def _explanation(one: ReadShape) -> Explanation:
    items = tuple(DerivedItem(item["rule"], item["file"], item["line"], item["what"]) for item in one.get("items", ()))
    return Explanation(one["path"], one["name"], one["nodes"], one["edges"], items, one["lines"], tuple(one["unread"]))
