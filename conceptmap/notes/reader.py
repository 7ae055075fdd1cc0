"""The line from notes files to documents."""

from collections.abc import Sequence

from conceptmap.notes.builder import Builder
from conceptmap.notes.deriving import Deriving, Loaded
from conceptmap.notes.front import read_front_matter
from conceptmap.notes.grammar import Grammar
from conceptmap.notes.markdown import markdown_parser
from conceptmap.notes.names import Names
from conceptmap.notes.naming import name_derived
from conceptmap.notes.outline import Outline
from conceptmap.notes.paging import outlines_of, report_courses, report_duplicates
from conceptmap.notes.source import read_source
from conceptmap.notes.stating import Stating
from conceptmap.notes.stored import Stored
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
    outlines = [outline for file in files for outline in outlines_of(file, parser, grammar, findings)]
    report_duplicates(outlines, findings)
    report_courses(outlines, findings)
    outlines.sort(key=lambda outline: (outline.day, outline.part))
    stored = Stored(known, {PartKey(outline.day, outline.part) for outline in outlines})
    names = Names(outlines, stored, findings)
    name_derived(outlines, names)
    builders = _built(outlines, vocabulary, names, stored, findings)
    return Reading(
        notes=tuple(builder.document(map) for builder in builders),
        problems=tuple(sorted(set(findings.problems), key=lambda one: (one.file, one.line, one.column))),
        warnings=tuple(sorted(set(findings.warnings), key=lambda one: (one.file, one.line, one.column))),
    )


def _built(
    outlines: Sequence[Outline], vocabulary: Vocabulary, names: Names, stored: Stored, findings: Findings
) -> list[Builder]:
    """One builder an outline: what is stated in any note first, then what rules find, trees and prose last."""
    builders = [Builder(outline, vocabulary) for outline in outlines]
    for builder in builders:
        Stating(builder, names, findings).state()
    loaded = Loaded(builders, stored)
    rules = [Deriving(builder, vocabulary, names, loaded, findings) for builder in builders]
    for rule in rules:
        rule.derive_lists()
    for rule in rules:
        rule.derive_trees()
    for rule in rules:
        rule.derive_links()
    return builders


def declared_course(files: Sequence[NoteFile]) -> str | None:
    """The map that the notes' front matter names as their `course`; None if none does."""
    sources = (read_source(file.path, file.body, Findings()) for file in files)
    courses = (read_front_matter(source.path, source.lines, Findings()).course for source in sources)
    return next((course for course in courses if course), None)
