"""The line from notes files to documents."""

from collections.abc import Mapping, Sequence

from conceptmap.notes.document.batch import Batch, Builder, Index
from conceptmap.notes.document.from_fields import FromFields
from conceptmap.notes.document.from_lesson import FromLesson, name_lesson
from conceptmap.notes.document.from_rules import FromRules
from conceptmap.notes.document.names import Existing, Names, name_derived
from conceptmap.notes.lesson import read_lesson
from conceptmap.notes.outline.outliner import Outliner
from conceptmap.notes.outline.split_notes import report_courses, report_duplicates, split_notes
from conceptmap.notes.outline.topics import Grammar, Outline
from conceptmap.notes.page.blocks import Block
from conceptmap.notes.page.front import FrontMatter, read_front_matter
from conceptmap.notes.page.markdown import markdown_parser, read_source
from conceptmap.notes.values import Findings, NoteFile, Reading
from graphs.fold import PartKey
from graphs.view import View
from ontology.vocabulary import Vocabulary


def read_notes(files: Sequence[NoteFile], *, vocabulary: Vocabulary, known: View, map: str) -> Reading:
    """Read notes together, against the map as it is known.

    Never raises for any bytes: problems and warnings of all files come back with whatever documents
    could be built, so that a caller can add its own findings before it decides.
    """
    findings = Findings()
    grammar = Grammar(vocabulary)
    parser = markdown_parser()
    outlines = [
        _outlined(outline, blocks, grammar, findings)
        for file in files
        for outline, blocks in split_notes(file, parser, findings)
    ]
    report_duplicates(outlines, findings)
    report_courses(outlines, findings)
    outlines.sort(key=lambda outline: (outline.day, outline.part))
    existing = Existing(known, {PartKey(outline.day, outline.part) for outline in outlines})
    names = Names(outlines, existing, findings)
    ids = {id(outline): name_lesson(outline.lesson, names) for outline in outlines if outline.lesson}
    name_derived(outlines, names)
    builders = _built(outlines, vocabulary, names, existing, findings, ids)
    return Reading(
        notes=tuple(builder.document(map) for builder in builders if not builder.outline.dayless),
        problems=tuple(sorted(set(findings.problems), key=lambda one: (one.file, one.line, one.column))),
        warnings=tuple(sorted(set(findings.warnings), key=lambda one: (one.file, one.line, one.column))),
    )


def _outlined(outline: Outline, blocks: Sequence[Block], grammar: Grammar, findings: Findings) -> Outline:
    """Read a note's blocks into its outline; by the rules for lessons, if nobody has annotated it."""
    Outliner(outline, grammar, findings).read(blocks)
    if not outline.is_annotated:
        outline.take_lesson(read_lesson(blocks, grammar.vocabulary, outline.day))
    return outline


def _built(
    outlines: Sequence[Outline],
    vocabulary: Vocabulary,
    names: Names,
    existing: Existing,
    findings: Findings,
    ids: Mapping[int, dict[str, str]],
) -> list[Builder]:
    """One builder an outline: what is stated in any note first, then what rules find, trees and prose last."""
    index = Index()
    builders = [Builder(outline, vocabulary, index) for outline in outlines]
    for builder in builders:
        FromFields(builder, names, findings).state()
    batch = Batch(builders, index, existing)
    rules = [FromRules(builder, vocabulary, names, batch, findings) for builder in builders]
    for rule in rules:
        rule.derive_lists()
    for builder in builders:
        if lesson := builder.outline.lesson:
            FromLesson(builder, vocabulary, names, batch).state(lesson, ids[id(builder.outline)])
    for rule in rules:
        rule.derive_trees()
    for rule in rules:
        rule.derive_links()
    return builders


def declared_course(files: Sequence[NoteFile]) -> str | None:
    """The map that the notes' front matter names as their `course`; None if none does."""
    return next((front.course for front in map(read_declared, files) if front.course), None)


def read_declared(file: NoteFile) -> FrontMatter:
    """What a note's front matter says, as far as it can be read."""
    source = read_source(file.path, file.body, Findings())
    return read_front_matter(source.path, source.lines, Findings())
