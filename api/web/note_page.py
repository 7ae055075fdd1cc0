"""A day's note as a page: its Markdown as HTML with an anchor for each line, and beside the lines what they made."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from api.web.formulas import mathml
from api.web.page_state import PageState, edge_words
from api.web.prose import MAX_NESTING, is_outward
from conceptmap.map import CourseMap
from conceptmap.note_lines import Made, NoteLines
from conceptmap.notes import taught
from conceptmap.values import View
from ontology.model import Edge, Node
from ontology.terms import INTRODUCED_ON

MOST_RENDERED = 40_000
"""Characters of a note that are read as Markdown at once, some 0.3 s: twenty printed pages. What is farther from the
lines that are asked for stands as it was typed, every line with its anchor."""

_TAGS = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RANGE = re.compile(r"L?([0-9]{1,7})(?:-L?([0-9]{1,7}))?")

Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MadeItem:
    """A node or edge that lines made, as it is shown beside them; `rule` is the one that read it, None where stated.

    An edge has a `relation` and a `target`. `gone`: the map shows it no more, or not yet.
    """

    first: int
    last: int
    kind: str
    label: str
    address: str
    relation: str = ""
    target: str = ""
    rule: str | None = None
    gone: bool = False


Beside = Callable[[Sequence[MadeItem], Sequence[tuple[Lines, str]]], Markup]
"""Writes what stands beside a block: what it made, and its lines that made nothing, with the reason."""


@dataclass(frozen=True, slots=True)
class NotePage:
    """A note as it is shown: what its lines made by the line where that begins, and what is cited of it.

    `ranges` are further lines that links lead to.
    """

    note: NoteLines
    cited: Lines | None
    items: Mapping[int, Sequence[MadeItem]]
    links: Mapping[str, str] = field(default_factory=dict)
    ranges: Collection[Lines] = ()

    @property
    def nodes(self) -> int:
        """How many nodes it made."""
        return sum(isinstance(one.item, Node) for one in self.note.made)

    @property
    def edges(self) -> int:
        """How many edges it made."""
        return len(self.note.made) - self.nodes

    @property
    def passages(self) -> list[tuple[Lines, str, str]]:
        """The lines that made nothing, those in a row of one reason together: their numbers, why, their first words."""
        runs = groupby(enumerate(self.note.unread.items()), key=lambda one: (one[1][0] - one[0], one[1][1]))
        found = []
        for (_, why), run in runs:
            numbers = [number for _, (number, _) in run]
            words = self.note.lines[numbers[0] - self.note.first].strip()
            found.append(((numbers[0], numbers[-1]), why, words))
        return found

    @property
    def rendered(self) -> Lines:
        """The first and the last line that are read as Markdown: all of them, or those around what is cited."""
        return _window(self.note, self.cited[0] if self.cited else self.note.first)

    def written(self, beside: Beside) -> Markup:
        """The note as HTML, with what is beside each block."""
        first, last = self.rendered
        writer = _Writer(self, beside)
        pieces = [
            writer.typed(self.note.first, first - 1),
            *writer.rendered(first, last),
            writer.typed(last + 1, self.note.last),
            writer.anchors(self.note.last + 1),
        ]
        return Markup("".join(pieces))


def note_page(
    course: CourseMap, state: PageState, day: int, part: str | None, lines: str, ranges: Collection[Lines] = ()
) -> NotePage:
    """The page of a note. Raises `UnknownEntry` where the map has no such note."""
    whole = course.as_of(None)
    note, view = whole.note_lines(day, part), whole.view()
    items: dict[int, list[MadeItem]] = {}
    for made in note.made:
        if isinstance(made.item, Edge) and made.item.relation == INTRODUCED_ON:
            continue  # each definition makes one
        items.setdefault(made.first, []).append(_item(made, view, course.name, state))
    return NotePage(note, read_lines(lines), items, _Links(view, course.name, state), ranges)


def read_lines(text: str) -> Lines | None:
    """The lines that an address names; None where it names none.

    >>> read_lines("10-18"), read_lines("L10"), read_lines("x")
    ((10, 18), (10, 10), None)
    """
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return min(first, last), max(first, last)


class _Links(Mapping[str, str]):
    """The addresses of nodes by the names that a note links to."""

    def __init__(self, view: View, name: str, state: PageState) -> None:
        self._view, self._name, self._state = view, name, state

    def __getitem__(self, name: str) -> str:
        bare = name.removeprefix("./").partition("#")[0]
        if len(found := self._view.named(bare)) != 1:
            raise KeyError(name)
        return self._state.address(self._name, **_only(focus=found[0]))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _item(made: Made, view: View, name: str, state: PageState) -> MadeItem:
    item = made.item
    rule = (item.origin.rule or "") if item.origin.how == "derived" else None
    if isinstance(item, Node):
        node = view.leads_to(item.id)
        shown = view.node(node) if view.has_node(node) else None
        address = state.address(name, **_only(focus=node))
        label, kind = (shown.label, shown.kind) if shown else (item.label, item.kind)
        return MadeItem(made.first, made.last, kind, label, address, rule=rule, gone=shown is None)
    return _edge_item(made, item, view, name, state, rule)


def _edge_item(made: Made, edge: Edge, view: View, name: str, state: PageState, rule: str | None) -> MadeItem:
    key = view.folded_key(edge.key)
    address = state.address(name, **_only(edge=edge_words(key)))
    ends = [view.node(one).label if view.has_node(one) else one for one in (key.source, key.target)]
    gone = view.edge(key) is None
    return MadeItem(made.first, made.last, "", ends[0], address, edge.relation, ends[1], rule, gone)


def _only(**chosen: str) -> dict[str, Any]:
    """Changes of a state that choose just this."""
    return {**dict.fromkeys(("focus", "edge", "q", "find", "view")), **chosen}


# Which lines are read as Markdown.


def _window(note: NoteLines, line: int) -> Lines:
    sizes = list(_passages(note))
    if sum(size for _, _, size in sizes) <= MOST_RENDERED:
        return note.first, note.last
    index = next((number for number, (_, last, _) in enumerate(sizes) if last >= line), len(sizes) - 1)
    low = high = index
    room = MOST_RENDERED - sizes[index][2]
    if room < 0:
        return line, line - 1
    while room > 0 and (low > 0 or high < len(sizes) - 1):
        before = sizes[low - 1][2] if low > 0 else room + 1
        after = sizes[high + 1][2] if high < len(sizes) - 1 else room + 1
        is_behind = high - index > 3 * (index - low) and before <= room
        if after <= room and not is_behind:
            high, room = high + 1, room - after
        elif before <= room:
            low, room = low - 1, room - before
        else:
            break
    return sizes[low][0], sizes[high][1]


def _passages(note: NoteLines) -> Iterator[tuple[int, int, int]]:
    """Lines between blank ones, code kept together: first, last, and how many characters."""
    begin, size, fence = note.first, 0, ""
    for number, line in enumerate(note.markdown, note.first):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if opened and opened[1].startswith(fence) else fence
        elif opened:
            fence = opened[1]
        size += len(line) + 1
        if not fence and not line.strip():
            yield begin, number, size
            begin, size = number + 1, 0
    if begin <= note.last:
        yield begin, note.last, size


# From Markdown to HTML.


@cache
def _parser() -> MarkdownIt:
    parser = taught(MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").disable("reference"))
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # where it leads is decided when it is written
    return parser


class _Writer:
    """Writes the pieces of a note in the order of its lines, so that each has its anchor once.

    What is put together here is HTML already: all words of the note pass `escape` on their way in.
    """

    def __init__(self, page: NotePage, beside: Beside) -> None:
        self._page = page
        self._note = page.note
        self._beside = beside
        self._next = page.note.first
        self._first = page.note.first
        self._level = 1
        self._ranges: dict[int, set[int]] = {}
        spans = [(one.first, one.last) for some in page.items.values() for one in some]
        for first, last in [*spans, *page.ranges, *([page.cited] if page.cited else [])]:
            if last > first:
                self._ranges.setdefault(first, set()).add(last)

    def anchors(self, until: int) -> str:
        """Anchors for the lines before one that have none yet, since nothing of them is shown."""
        missing = range(self._next, until)
        self._next = max(self._next, until)
        return "".join(f'{self._of_ranges(one)}<span id="L{one}"></span>' for one in missing)

    def typed(self, first: int, last: int) -> str:
        """Lines as they were typed."""
        if first > last:
            return ""
        index = first - self._note.first
        lines = self._note.lines[index : index + last - first + 1]
        return f'<pre class="typed" tabindex="0">{self._lines(lines, first)}</pre>'

    def rendered(self, first: int, last: int) -> Iterator[str]:
        """Lines as Markdown."""
        self._first = first
        if self._note.front >= first:
            front = self._note.lines[first - self._note.first : self._note.front - self._note.first + 1]
            body = self._lines(front, first)
            yield f'<details class="front"><summary>Front matter</summary><pre tabindex="0">{body}</pre></details>'
        index = first - self._note.first
        text = "\n".join(self._note.markdown[index : last - self._note.first + 1])
        tokens = _parser().parse(text, {})
        at = 0
        while at < len(tokens):
            end = _end_of(tokens, at)
            yield self._piece(tokens[at:end])
            at = end

    def _piece(self, tokens: Sequence[Token]) -> str:
        """A block that is shown by itself, or one end of what encloses others."""
        token = tokens[0]
        if token.nesting == 1 and len(tokens) == 1:
            start = token.attrGet("start")
            return f'<{token.tag} start="{int(start)}">' if start is not None else f"<{token.tag}>"
        if token.nesting == -1:
            return f"</{token.tag}>\n"
        begin, end = token.map or (self._next - self._first, self._next - self._first + 1)
        first, last = begin + self._first, end + self._first - 1
        body = self._block(tokens, first)
        items = [one for line in range(first, last + 1) for one in self._page.items.get(line, ())]
        beside = self._beside(items, self._unread(first, last))
        number = f'<a class="at" href="#L{first}" aria-label="Line {first}">{first}</a>'
        return f'<div class="row">{number}<div class="text">{body}</div>{beside}</div>\n'

    def _unread(self, first: int, last: int) -> list[tuple[Lines, str]]:
        """The lines of a block that made nothing, in runs of one reason."""
        whys = [(line, self._note.unread[line]) for line in range(first, last + 1) if line in self._note.unread]
        worded = [line for line in range(first, last + 1) if self._note.lines[line - self._note.first].strip()]
        if whys and len(whys) == len(worded):
            return [((whys[0][0], whys[-1][0]), whys[0][1])]
        runs = groupby(whys, key=lambda one: one[1])
        return [((some[0][0], some[-1][0]), why) for why, run in runs if (some := list(run))]

    def _block(self, tokens: Sequence[Token], first: int) -> str:
        token = tokens[0]
        if token.type in ("fence", "code_block"):
            lines = token.content.removesuffix("\n").split("\n") if token.content else []
            return f'<pre tabindex="0"><code>{self._lines(lines, first + (token.type == "fence"))}</code></pre>'
        if token.type == "html_block":
            lines = _TAGS.sub(lambda found: "\n" * found[0].count("\n"), token.content.removesuffix("\n")).split("\n")
            return f"<p>{self._lines(lines, first)}</p>"
        if token.type == "hr":
            return f"{self.anchors(first + 1)}<hr>"
        if token.type == "table_open":
            rows = "".join(self._table(tokens[1:-1]))
            return f'<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>{rows}</table></div>'
        inline = next((one for one in tokens if one.type == "inline"), None)
        body = self._inline(inline.children or [], first, inline.content) if inline else ""
        tag = self._heading(int(token.tag[1:])) if token.type == "heading_open" else "p"
        return f"<{tag}>{body}</{tag}>"

    def _heading(self, level: int) -> str:
        """The tag of a heading: the page has one of its own above, and none may be left out on the way down."""
        self._level = min(level + 1, self._level + 1, 6)
        return f"h{self._level}"

    def _table(self, tokens: Sequence[Token]) -> Iterator[str]:
        for token in tokens:
            if token.type == "inline":
                yield self._inline(token.children or [], (token.map or (0, 0))[0] + self._first, token.content)
            elif token.type == "th_open":
                yield '<th scope="col">'
            else:
                yield f"<{'/' if token.nesting == -1 else ''}{token.tag}>"

    def _lines(self, lines: Sequence[str], first: int) -> str:
        """Lines that are shown as they are, each with its anchor."""
        return "\n".join(f"{self._begin(number)}{escape(line)}</span>" for number, line in enumerate(lines, first))

    def _inline(self, tokens: Sequence[Token], line: int, content: str) -> str:
        """What stands in a block, line by line: what is open at the end of a line is open again in the next."""
        pieces = [self._begin(line)]
        opened: list[tuple[str, str]] = []
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                line += 1
                pieces += [*(close for _, close in reversed(opened)), "</span>"]
                pieces += ["<br>\n" if token.type == "hardbreak" else "\n"]
                pieces += [self._begin(line), *(begin for begin, _ in opened)]
            elif token.nesting == 1:
                opened.append(self._opening(token))
                pieces.append(opened[-1][0])
            elif token.nesting == -1:
                pieces.append(opened.pop()[1] if opened else "")
            else:
                pieces.append(self._single(token))
                start, stop = token.meta.get("span", (0, 0))
                line += content.count("\n", start, stop)
        return "".join([*pieces, *(close for _, close in reversed(opened)), "</span>"])

    def _opening(self, token: Token) -> tuple[str, str]:
        if token.type != "link_open":
            return f"<{token.tag}>", f"</{token.tag}>"
        address = str(token.attrGet("href") or "")
        if is_outward(address):
            return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">', "</a>"
        link = token.meta.get("link")
        if link and (known := self._page.links.get(link.name)):
            return f'<a href="{escape(known)}">', "</a>"
        return f'<span title="{escape(address)}">', "</span>"

    def _single(self, token: Token) -> str:
        if token.type == "wiki_link":
            link, words = token.meta.get("link"), escape(token.meta["shown"])
            known = self._page.links.get(link.name) if link and words else None
            return f'<a href="{escape(known)}">{words}</a>' if known else words
        if token.type.startswith("math_inline"):
            if token.type == "math_inline_double":
                formula = mathml(token.content, block=True)
                return f'<span class="display" tabindex="0" role="group" aria-label="Formula">{formula}</span>'
            return mathml(token.content)
        if token.type == "code_inline":
            return f"<code>{escape(token.content)}</code>"
        if token.type == "image":
            return f'<span class="quiet">[picture: {escape(token.content or "no words")}]</span>'
        if token.type == "html_inline":
            return "<br>" if _BREAK.fullmatch(token.content) else ""
        return "" if token.type == "highlight" else escape(token.content)

    def _begin(self, line: int) -> str:
        """Where a line begins; one that has its anchor already, as in the cells of a row, is only marked."""
        cited = self._page.cited
        classes = "line cited" if cited and cited[0] <= line <= cited[1] else "line"
        if line < self._next:
            return f'<span class="{classes}" data-line="{line}">'
        before = self.anchors(line)
        self._next = line + 1
        return f'{before}{self._of_ranges(line)}<span class="{classes}" id="L{line}" data-line="{line}">'

    def _of_ranges(self, line: int) -> str:
        """Anchors for the ranges of lines that begin here."""
        return "".join(f'<span id="L{line}-L{last}"></span>' for last in sorted(self._ranges.get(line, ())))


def _end_of(tokens: Sequence[Token], at: int) -> int:
    """Where the block that begins at a token ends: a list, an item or a quotation only opens there."""
    token = tokens[at]
    if token.nesting != 1 or token.tag in ("ul", "ol", "li", "blockquote"):
        return at + 1
    closing = token.type.replace("_open", "_close")
    return (
        next(
            index
            for index in range(at, len(tokens))
            if tokens[index].type == closing and tokens[index].level == token.level
        )
        + 1
    )
