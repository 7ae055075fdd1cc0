"""The line from notes files to documents: a file is split into the notes of its days, and these are read together."""

import pickle
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from markdown_it import MarkdownIt

from conceptmap.notes.bibliography import is_bibliography, read_bibliography, reference_id
from conceptmap.notes.days import Given, Said, days_of
from conceptmap.notes.diary import DayOfDiary, days_in, report_preamble
from conceptmap.notes.document.assertions import assert_all
from conceptmap.notes.document.batch import Batch
from conceptmap.notes.document.mentions import learn_mentions
from conceptmap.notes.document.names import Existing, Names, name_derived
from conceptmap.notes.lesson import read_lesson
from conceptmap.notes.memory import Memory
from conceptmap.notes.outline.outliner import Outliner
from conceptmap.notes.outline.places import lead_links
from conceptmap.notes.outline.sections import sections_of
from conceptmap.notes.outline.syntax import (
    Grammar,
    Outline,
    Statement,
    Target,
    Topic,
    field_of,
    prose_links,
)
from conceptmap.notes.page.citations import citations_in
from conceptmap.notes.page.front import (
    FrontMatter,
    is_part,
    named_day,
    named_title,
    read_front_matter,
    stem_of,
)
from conceptmap.notes.page.markdown import (
    Block,
    Heading,
    Items,
    Line,
    Paragraph,
    markdown_parser,
    read_source,
)
from conceptmap.notes.page.sequence import NO_YEAR, behind_step, prefix_of, step_in
from conceptmap.notes.pages import Page, heading_day, read_page
from conceptmap.notes.parts import Claim, moved_parts, parts_of, path_key
from conceptmap.notes.values import Findings, NoteFile, Reading
from graphs.fold import PartKey
from graphs.view import View
from ontology.errors import Problem
from ontology.hints import meant, misspelt
from ontology.model import MAX_LABEL
from ontology.terms import PART_OF, SOURCE
from ontology.told import Told, telling
from ontology.vocabulary import Vocabulary

Note: TypeAlias = tuple[Outline, Sequence[Block]]
"""One day's note: its outline, which nothing has been read into yet, and its blocks."""


def read_notes(
    files: Sequence[NoteFile],
    *,
    vocabulary: Vocabulary,
    known: View,
    map: str,
    ended: Collection[PartKey] = (),
    memory: Memory | None = None,
    told: Told | None = None,
) -> Reading:
    """Read notes together, against the map as it is known.

    `ended` are parts of the map that end with this load; `memory` has what was read of files before; how far this is,
    is `told` again and again. Never raises for any bytes: problems and warnings of all files come back with whatever
    documents could be built, so that a caller can add its own findings before it decides.
    """
    findings = Findings()
    grammar = Grammar(vocabulary)
    parser = markdown_parser()
    halves = None if told is None else partial(_tell_halves, told)  # files are parsed first, then understood
    parsing = telling(files, halves, 2 * len(files))
    pages = [page for file in parsing if (page := _page_of(file, parser, findings, memory))]
    pages = _as_parts(pages, known, findings)
    understanding = telling(_split_notes(pages, known, findings), halves, 2 * len(files), len(files))
    outlines = [_outline_of(*note, grammar, findings, memory) for note in understanding]
    _report_duplicates(outlines, findings)
    _report_courses(outlines, findings)
    _report_bibliographies(pages, known, findings)
    outlines.sort(key=lambda outline: (outline.day, outline.part))
    lead_links(outlines, known, findings)
    notes = {PartKey(outline.day, outline.part): outline for outline in outlines}
    moved = tuple(sorted(set(moved_parts({key: outline.text for key, outline in notes.items()}, known))))
    existing = Existing(known, {*notes, *moved, *ended})
    names = Names(outlines, existing, findings)
    name_derived(outlines, names)
    learn_mentions(outlines, names, vocabulary, findings)
    batch = Batch(outlines, vocabulary, names, existing, findings)
    assert_all(batch)
    return Reading(
        notes=tuple(builder.document(map) for builder in batch.builders),
        problems=tuple(sorted(set(findings.problems), key=lambda one: (one.file, one.line, one.column))),
        warnings=tuple(sorted(set(findings.warnings), key=lambda one: (one.file, one.line, one.column))),
        moved=moved,
    )


def _tell_halves(told: Told, done: int, of: int) -> None:
    """Each file counts as two."""
    told(done // 2, of // 2)


def declared_course(files: Sequence[NoteFile]) -> str | None:
    """The map that the notes' front matter names as their `course`; None if none does."""
    return next((front.course for front in map(read_declared, files) if front.course), None)


def read_declared(file: NoteFile) -> FrontMatter:
    """What a note's front matter says, as far as it can be read."""
    source = read_source(file.path, file.body, Findings())
    return read_front_matter(source.path, source.lines, Findings())


def problems_of_front(file: NoteFile) -> list[Problem]:
    """What is wrong with a note's front matter, in the order of its lines."""
    findings = Findings()
    source = read_source(file.path, file.body, findings)
    read_front_matter(source.path, source.lines, findings)
    return sorted([*findings.problems, *findings.warnings], key=lambda one: (one.line, one.column))


def _page_of(file: NoteFile, parser: MarkdownIt, findings: Findings, memory: Memory | None) -> Page | None:
    if memory is None:
        return read_page(file, parser, findings)
    return memory.again(file, lambda own: read_page(file, parser, own), findings)


def _outline_of(
    outline: Outline, blocks: Sequence[Block], grammar: Grammar, findings: Findings, memory: Memory | None
) -> Outline:
    if memory is None:
        return _outlined(outline, blocks, grammar, findings)
    key = pickle.dumps((outline, blocks))
    return memory.again(key, lambda own: _outlined(outline, blocks, grammar, own), findings)


def _outlined(outline: Outline, blocks: Sequence[Block], grammar: Grammar, findings: Findings) -> Outline:
    """Read a note's blocks into its outline; by the rules for lessons, where nobody has typed what is meant."""
    if is_bibliography(outline.path):
        return _with_references(outline, findings)
    begin = outline.page.line.number
    outline.citations = citations_in(outline.source.lines[begin - 1 : outline.last], begin)
    Outliner(outline, grammar, findings).read(blocks)
    if plain := _untyped(outline, blocks):
        blocks_read = [inner for _, section in plain for block in section for inner in _without_fields(block)]
        lesson = read_lesson(blocks_read, grammar.vocabulary, outline.day)
        outline.take_lesson(lesson, {number for lines, _ in plain for number in lines})
    outline.sections = sections_of(blocks, grammar)
    _join_namespace(outline, grammar)
    return outline


def _with_references(outline: Outline, findings: Findings) -> Outline:
    """The outline of a bibliography: a source for each of what it refers to, which its key is another name of."""
    ids: Counter[str] = Counter()
    lines = outline.source.lines
    for one in read_bibliography(outline.path, "\n".join(lines), findings):
        node = reference_id(one.key)
        ids[node] += 1
        line = Line(lines[one.line - 1].strip(), one.line, 1, "")
        topic = Topic(one.label, line, one.last, kind=SOURCE, kind_at=line.position, declared=True)
        topic.explicit_id = node if ids[node] == 1 else f"{node}-{ids[node]}"
        topic.aliases, topic.texts, topic.data = [f"@{one.key}"], [one.text] if one.text else [], one.data
        outline.topics.append(topic)
        outline.references[one.key] = topic
    return outline


def _join_namespace(outline: Outline, grammar: Grammar) -> None:
    """A page whose file name has a slash, as one of Logseq may, is part of the page before the slash."""
    above = stem_of(outline.path).strip("/").rpartition("/")[0]
    direction = grammar.vocabulary.direction(PART_OF)
    if above and direction and outline.undated:
        page = outline.page
        target = Target(above, page.line.position, None)
        outline.statements.append(Statement(page, None, direction, (target,), page.line, 1))


def _without_fields(block: Block) -> Iterator[Block]:
    """A block without the paragraphs that are fields, which are data and no text."""
    if isinstance(block, Items):
        items = (replace(item, blocks=tuple(_all_without_fields(item.blocks))) for item in block.items)
        yield replace(block, items=tuple(item for item in items if item.blocks))
    elif not (isinstance(block, Paragraph) and all(map(field_of, block.lines))):
        yield block


def _all_without_fields(blocks: Sequence[Block]) -> Iterator[Block]:
    return (inner for block in blocks for inner in _without_fields(block))


def _untyped(outline: Outline, blocks: Sequence[Block]) -> list[tuple[range, list[Block]]]:
    """The sections without explicit syntax, each with its lines; none where the author types most sections."""
    begins = [0, *(block.line.number for block in blocks if isinstance(block, Heading))]
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading):
            sections.append([])
        sections[-1].append(block)
    ends = [*begins[1:], outline.last + 1]
    typed = {bisect_right(begins, number) - 1 for number in outline.typed_lines()}
    plain = [
        (range(begin, end), section)
        for number, (begin, end, section) in enumerate(zip(begins, ends, sections, strict=True))
        if number not in typed and section
    ]
    saying = sum(not all(isinstance(block, Heading) for block in section) for _, section in plain)
    return plain if len(typed) <= saying else []


def _as_parts(pages: Sequence[Page], known: View, findings: Findings) -> list[Page]:
    """The pages, each as the part of the map that it is; of names that only case tells apart one is warned of."""
    claims = [Claim(page.file.path, page.part, page.is_named, _plain_day(page)) for page in pages]
    parts = parts_of(claims, known)
    seen: dict[str, str] = {}
    for page, part in zip(pages, parts, strict=True):
        other = seen.setdefault(path_key(part), part)
        if other != part:
            what = f"the names {other!r} and {part!r} differ only by case: elsewhere they may be one file"
            findings.warn(page.file.path, (1, 1), what, "give one of them another name")
    return [replace(page, part=part if is_part(part) else page.part) for page, part in zip(pages, parts, strict=True)]


def _plain_day(page: Page) -> int | None:
    days = (page.file.day, page.front.day, named_day(page.file.path))
    return next((day for day in days if day is not None), None)


def _split_notes(pages: Sequence[Page], known: View, findings: Findings) -> Iterator[Note]:
    """The note that each file is, or the notes of each day of a diary."""
    diaries = [days_in(page) for page in pages]
    said = [
        one
        for page, sections in zip(pages, diaries, strict=True)
        if not is_bibliography(page.file.path)
        for one in ([_said_by(page, section) for section in sections] or [_said(page)])
    ]
    given = iter(days_of(said, known))
    for page, sections in zip(pages, diaries, strict=True):
        if is_bibliography(page.file.path):
            yield _bibliography(page)
        elif sections:
            report_preamble(page, sections[0].line, findings)
            yield from _diary(page, sections, [next(given) for _ in sections])
        else:
            yield _single(page, next(given), findings)


def _bibliography(page: Page) -> Note:
    """A file of references, which is of no day and stands for nothing itself."""
    outline = _outline(page, Given(None), None)
    outline.undated = True
    return outline, ()


def _said(page: Page) -> Said:
    """What a page says of its day."""
    named, first, front = named_day(page.file.path), page.first, page.front
    titled = heading_day(first) if first and (first.level == 1 or named is None) else None
    headings = (block for block in page.blocks if isinstance(block, Heading))
    inner = next((found for block in headings if (found := heading_day(block))), None)
    says = (page.file.day, front.day, titled.day if titled else None, front.tagged_day if named is None else None)
    return Said(
        page.where,
        page.part,
        next((day for day in says if day is not None), None),
        page.title,
        front.date,
        inner.day if inner else None,
        page.file.beside,
    )


def _outline(page: Page, given: Given, title: str | None) -> Outline:
    front = page.front
    top = Topic("", Line("", front.end + 1, 1, ""), front.end + 1, title=True)
    title = " ".join(title.split())[:MAX_LABEL] if title and title.strip() else None
    last = len(page.source.lines)
    outline = Outline(page.source, given.day or 0, page.part, top, title, front.units, dict(front.data), last=last)
    outline.day_name, outline.date = given.name or front.day_name, given.date or front.date
    if outline.date and outline.date.year == NO_YEAR:
        outline.date = None
    outline.own_part, outline.markdown = page.is_named, page.markdown
    outline.course = (front.course, front.at["course"]) if front.course else None
    return outline


def _said_by(page: Page, section: DayOfDiary) -> Said:
    """What a section of a diary says of its day."""
    return Said(page.where, page.part, section.day, date=section.date, is_section=True)


def _diary(page: Page, sections: Sequence[DayOfDiary], given: Sequence[Given]) -> Iterator[Note]:
    """One note a section."""
    ends = [(one.index, one.line - 1) for one in sections[1:]] + [(len(page.blocks), len(page.source.lines))]
    for section, one, (end, last) in zip(sections, given, ends, strict=True):
        outline = _outline(page, one, section.title or page.front.title)
        outline.day_name, outline.date = one.name, section.date
        outline.first, outline.last = section.line, last
        outline.page.line = outline.page.line._replace(number=outline.first)
        outline.questions = page.front.questions if section is sections[0] else ()
        own = range(outline.first, outline.last + 1)
        outline.anchors = {name: line for name, line in page.anchors.items() if line in own}
        yield outline, page.blocks[section.index : end]


def _single(page: Page, given: Given, findings: Findings) -> Note:
    """The one note of a file, of the day that it is given; undated where it is given none."""
    front, path = page.front, page.file.path
    named = named_day(path)
    if None not in (front.day, named) and named != front.day and page.file.day is None:
        what = f"the front matter says day {front.day}, the file name day {named}"
        findings.problem(path, front.at["day"], what, "correct one of them")
    title = _behind_day(front.title, given) if front.title else _headline(page, given)
    if given.day is None:
        outline = _undated(page, given, title or stem_of(path))
    else:
        outline = _outline(page, given, title or named_title(path))
    outline.anchors, outline.questions = page.anchors, front.questions
    outline.page.aliases += [alias for alias in front.aliases if alias != outline.page.label]
    outline.prose += _front_links(front, outline.page)
    return outline, page.blocks


def _front_links(front: FrontMatter, topic: Topic) -> Iterator[tuple[Topic, Target, Line]]:
    """The links in the values of front matter, such as `categories: ["[[Books]]"]`: what the note is about."""
    for key, value in front.data.items():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and "[[" in text:
                line = Line.read(text, *front.at[key])
                yield from ((topic, target, line) for target in prose_links(line))


def _undated(page: Page, given: Given, title: str) -> Outline:
    """The outline of a note without a day: its page is a concept of the title, behind a place such as `Week 3:`."""
    topic = behind_step(title)
    outline = _outline(page, given, topic)
    top = outline.page
    top.aliases += [title] if topic != title else []
    outline.undated, top.declared, top.heading, top.title = True, True, True, False
    top.label = outline.title or page.part
    return outline


def _headline(page: Page, given: Given) -> str | None:
    """The title that a heading gives: without the day that it names, if it names this one."""
    headings = [block for block in page.blocks if isinstance(block, Heading)]
    inner = next((found for block in headings if (found := heading_day(block))), None)
    for titled in (heading_day(page.first) if page.first else None, inner):
        if titled and titled.day == given.day:
            return titled.title
    return _behind_day(page.headline, given) if page.headline else None


def _behind_day(title: str, given: Given) -> str | None:
    """A title without what the day is called, if it begins with that."""
    step = step_in(title[: prefix_of(title)])
    is_own = step is not None and given.name is not None and given.name.endswith(step.name)
    return title[prefix_of(title) :].strip(" |–—:·-") or None if is_own else title


def _report_duplicates(outlines: Sequence[Outline], findings: Findings) -> None:
    """A part of a day is one note."""
    parts: dict[tuple[int, str], Outline] = {}
    for outline in outlines:
        same = parts.setdefault((outline.day, outline.part), outline)
        if same is not outline:
            what = f"duplicate day: part {outline.part!r} of day {outline.day} is at {same.path}:{same.first}:1 already"
            hint = "correct the day, or name this note's part in its front matter (part: NAME)"
            findings.problem(outline.path, (outline.first, 1), what, hint)


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1].casefold()


def _report_bibliographies(pages: Sequence[Page], known: View, findings: Findings) -> None:
    """A bibliography that a note names is loaded with it, or was before."""
    loaded = {_file_name(page.file.path) for page in pages}
    loaded |= {_file_name(key.part) for key in known.parts()}
    for page in pages:
        said = page.front.data.get("bibliography")
        for name in said if isinstance(said, list) else [said]:
            if isinstance(name, str) and _file_name(name) not in loaded:
                near = meant(misspelt(_file_name(name), [one for one in loaded if is_bibliography(one)]))
                hint = near or "put it there, or load it too (.bib, or CSL-JSON as .json)"
                what = f"the bibliography {name!r} is not there"
                findings.warn(page.file.path, page.front.at["bibliography"], what, hint)


def _report_courses(outlines: Sequence[Outline], findings: Findings) -> None:
    """Notes that are loaded together belong to one course."""
    first = next((outline for outline in outlines if outline.course), None)
    for outline in outlines:
        if first is not None and first.course and outline.course and outline.course[0] != first.course[0]:
            what = f"the course is {outline.course[0]!r} here, but {first.course[0]!r} in {first.path}"
            findings.problem(outline.path, outline.course[1], what, "load one course at a time")
