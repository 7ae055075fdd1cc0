"""The line from notes files to documents."""

from collections.abc import Mapping, Sequence

from conceptmap.notes.document.asserting import Asserting, name_lesson
from conceptmap.notes.document.builder import Builder, Index
from conceptmap.notes.document.deriving import Deriving
from conceptmap.notes.document.loaded import Loaded
from conceptmap.notes.document.names import Names
from conceptmap.notes.document.naming import name_derived
from conceptmap.notes.document.stating import Stating
from conceptmap.notes.document.stored import Stored
from conceptmap.notes.lesson.leads import leads_of
from conceptmap.notes.outline.grammar import Grammar
from conceptmap.notes.outline.paging import outlines_of, report_courses, report_duplicates
from conceptmap.notes.outline.topics import Outline
from conceptmap.notes.page.front import FrontMatter, read_front_matter
from conceptmap.notes.page.markdown import markdown_parser
from conceptmap.notes.page.source import read_source
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
    leads = leads_of(vocabulary)
    parser = markdown_parser()
    outlines = [outline for file in files for outline in outlines_of(file, parser, grammar, leads, findings)]
    report_duplicates(outlines, findings)
    report_courses(outlines, findings)
    outlines.sort(key=lambda outline: (outline.day, outline.part))
    stored = Stored(known, {PartKey(outline.day, outline.part) for outline in outlines})
    names = Names(outlines, stored, findings)
    ids = {id(outline): name_lesson(outline.lesson, names) for outline in outlines if outline.lesson}
    name_derived(outlines, names)
    builders = _built(outlines, vocabulary, names, stored, findings, ids)
    return Reading(
        notes=tuple(builder.document(map) for builder in builders if not builder.outline.dayless),
        problems=tuple(sorted(set(findings.problems), key=lambda one: (one.file, one.line, one.column))),
        warnings=tuple(sorted(set(findings.warnings), key=lambda one: (one.file, one.line, one.column))),
    )


def _built(
    outlines: Sequence[Outline],
    vocabulary: Vocabulary,
    names: Names,
    stored: Stored,
    findings: Findings,
    ids: Mapping[int, dict[str, str]],
) -> list[Builder]:
    """One builder an outline: what is stated in any note first, then what rules find, trees and prose last."""
    index = Index()
    builders = [Builder(outline, vocabulary, index) for outline in outlines]
    for builder in builders:
        Stating(builder, names, findings).state()
    loaded = Loaded(builders, index, stored)
    rules = [Deriving(builder, vocabulary, names, loaded, findings) for builder in builders]
    for rule in rules:
        rule.derive_lists()
    for builder in builders:
        if lesson := builder.outline.lesson:
            Asserting(builder, vocabulary, names, loaded).state(lesson, ids[id(builder.outline)])
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
