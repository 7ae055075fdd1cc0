"""Markdown inside a line, by markdown-it-py: its links, its code and formulas, and the words without any markup."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline, backtick, html_inline, image, link
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from conceptmap.notes.page.citations import is_citation
from conceptmap.notes.page.dialects import NOTE_SUFFIXES, is_reference
from conceptmap.notes.page.dialects.myst import read_role

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
"""`ontology.model.unsafe_character` as one expression, for files of megabytes."""

MAX_INLINE_NESTING = 60
"""Depth of emphasis and links in each other; what is deeper stays as it is written."""

MAX_CACHED = 500
"""Characters of a text whose reading is kept: labels, cells and items are read again and again, long paragraphs not."""

MAX_ROLE = 1000
"""Characters in which the content of a role ends."""

MAX_HIGHLIGHT = 1000
"""Characters in which a highlight ends: a paragraph."""

MAX_WORDS_IN_CHAIN = 10
"""Words between two arrows that are still a name; more of them are a sentence with an arrow in it."""

MAX_LOOKED_AT = 30
"""How often a text is looked through, on the average, for the ends of brackets that open no link: each bracket that
never closes takes a look at all that follows it, and a paragraph holds few of them."""

LOOKED_AT_ALWAYS = 5_000
"""Characters that are looked at so in any text: a line may be nothing but brackets."""

ARROW = re.compile(r"-{1,2}>|→|⟶|⇒|=>")
_TASK = re.compile(r"\[[ xX/-]\]\s")
_LOOKED_AT = "characters looked at in vain"
_HIGHLIGHT_ENDS = "where highlights end"
_WIKI_LINK = re.compile(r"[!#]?\[\[([^\[\]\n]+)\]\]")
_LINKS = re.compile(r"\[\[[^\[\]\n]+\]\]|\]\(|\}`")
_SHOWN = re.compile(r"\[\[|<!--|\}`")
_ROLE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}(`+)")
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*:|//|#")
_ATTACHMENT = re.compile(
    r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|flac|m4a|mp3|ogg|wav|webm|3gp|mkv|mov|mp4|ogv|pdf|canvas|base|excalidraw)\Z",
    re.I,
)
"""Ends of the names of files that a note may show and that are no notes."""

_MARKUP = re.compile(r"[*_`\\\[<&~=]")
_HIDDEN = re.compile(r"[`<$]")
_VISIBLE = re.compile(r"[^\n]")
_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)>")
_END_TAG = re.compile(r"</([A-Za-z][A-Za-z0-9-]*)>")
_WITHOUT_END = frozenset("br hr img wbr input p li dt dd tr td th".split())
"""HTML elements that have no end tag, or whose end tag pages leave out."""

Rule: TypeAlias = Callable[[StateInline, bool], bool]
"""A rule of markdown-it: it takes what stands at the state's place and answers whether it did."""


class Link(NamedTuple):
    """A link to a note or node: the name it leads to, the words shown, and where it stands in its text (0-based).

    The name of a Markdown link is the path that it says, with `./` before it and without the file's ending.
    """

    name: str
    shown: str
    start: int
    end: int

    def moved(self, by: int) -> "Link":
        """The link where its text has been moved by so many characters."""
        return self._replace(start=self.start + by, end=self.end + by)


class Inline(NamedTuple):
    """A text as Markdown reads it.

    `plain`: its words without Markdown; `shown`: as written, but with wiki links by their words and without embeds and
    comments; `masked`: as written, with code, formulas and comments blanked out, every other character in its place;
    `links`: those to notes and nodes, embeds among them.
    """

    plain: str
    shown: str
    masked: str
    links: tuple[Link, ...]


def plain(text: str) -> str:
    """Words without Markdown: links as shown, emphasis, code marks, tags and escapes gone, entities read.

    >>> plain("The **bitter** [[Lesson|lesson]] of `C++` &amp; A*")
    'The bitter lesson of C++ & A*'
    >>> plain("Why a [`List<T>`](http://x/a_(b)) is no List&lt;U>")
    'Why a List<T> is no List<U>'
    """
    return read_inline(text).plain if _MARKUP.search(text) else " ".join(text.split())


def shown(text: str) -> str:
    """Running text as it is read: wiki links by their words, embeds and comments gone, code and the rest as written.

    >>> shown("the [[Yeast|yeasts]] in `[[code]]`")
    'the yeasts in `[[code]]`'
    """
    return read_inline(text).shown if _SHOWN.search(text) else text


def without_comments(text: str) -> str:
    """The text as it is written, but without comments.

    >>> without_comments("a <!-- b --> `<!-- c -->`")
    'a  `<!-- c -->`'
    """
    if "<!--" not in text:
        return text
    tokens = _parser().inline.parse(text, _parser(), {}, [])
    return _with(text, [(token.meta["span"], "") for token in tokens if "span" in token.meta and _is_comment(token)])


def masked(text: str) -> str:
    """The text with code, formulas and comments replaced by spaces; every other character keeps its place.

    >>> masked("a `b:: c` d")
    'a         d'
    """
    return read_inline(text).masked if _HIDDEN.search(text) else text


def links_in(text: str) -> tuple[Link, ...]:
    """The links of a text to notes and nodes, from left to right; pictures and other addresses are none.

    >>> links_in("see [[Yeast|the yeasts]], not ![[yeast.png]]")
    (Link(name='Yeast', shown='the yeasts', start=4, end=24),)
    >>> [link.name for link in links_in("see [rye](../grain/rye%20flour.md#milling), not [this](http://x/y.md)")]
    ['../grain/rye flour#milling']
    """
    return read_inline(text).links if _LINKS.search(text) else ()


MAX_WORDS_SIDE_BY_SIDE = 2
"""Words of each of several names in one part of a chain; longer ones may be one name with a comma."""


def is_chain(parts: Sequence[str]) -> bool:
    """Whether the words that arrows part are a chain: two or more short names, no sentences, not all of them measured.

    >>> is_chain(["compute", "lower loss"]), is_chain(["compute"]), is_chain(["It rises. Then", "bread"])
    (True, False, False)
    >>> is_chain(["25 mm", "48x"])
    False
    """
    measured = all(part[:1].isdigit() for part in parts)
    return (
        len(parts) > 1
        and not measured
        and all(
            part and len(part.split()) <= MAX_WORDS_IN_CHAIN and not re.search(r"[.:;?!]\s", part) for part in parts
        )
    )


def is_task(item: str) -> bool:
    """Whether an item of a list is something to do.

    >>> is_task("[x] Buy flour"), is_task("[Flour](flour.md)")
    (True, False)
    """
    return _TASK.match(item) is not None


def listed_in(part: str) -> list[str]:
    """The names that one part of a chain lists, which stand side by side in it.

    >>> listed_in("{aperture, shutter}"), listed_in("blur, shake"), listed_in("a slow rise, cold")
    (['aperture', 'shutter'], ['blur', 'shake'], ['a slow rise, cold'])
    """
    in_braces = part.startswith("{") and part.endswith("}")
    names = [name for name in re.split(r"\s*[,;]\s*(?:and\s+|or\s+)?", part[1:-1] if in_braces else part) if name]
    return names if in_braces or all(len(name.split()) <= MAX_WORDS_SIDE_BY_SIDE for name in names) else [part]


def runs_on(lines: Sequence[str]) -> bool:
    """Whether a chain of arrows goes on from one line to the next, so that lines are not read one by one."""
    return any(ARROW.match(line.strip()) or line.rstrip().endswith(("->", "→", "⟶", "⇒", "=>")) for line in lines)


def read_inline(text: str) -> Inline:
    """Read a text as a whole; long texts anew each time, so that what is kept stays small."""
    return _kept(text) if len(text) <= MAX_CACHED else _read(text)


def _read(text: str) -> Inline:
    source = f"{text} " if text.startswith("$") else text  # a formula's rule takes the last character for one before
    tokens = _parser().inline.parse(source, _parser(), {}, [])
    ends = {end[1].lower(): end.start() for end in _END_TAG.finditer(text)}
    words = "".join(_words(token, ends) for token in tokens)
    found = [(token.meta["span"], token) for token in tokens if "span" in token.meta]
    hidden = [span for span, token in found if _is_hidden(token)]
    links = tuple(token.meta["link"] for _, token in found if "link" in token.meta)
    replaced = [
        (span, token.meta.get("shown", "")) for span, token in found if "shown" in token.meta or _is_comment(token)
    ]
    return Inline(
        " ".join(UNSAFE.sub("", words).split()),  # character references can bring in what no text may hold
        _with(text, replaced),
        _with(text, [(span, _VISIBLE.sub(" ", text[slice(*span)])) for span in hidden]),
        links,
    )


_kept = lru_cache(maxsize=4096)(_read)
"""4,096 readings: the labels, cells and items of some twenty notes, which a load looks at several times each."""


def _with(text: str, parts: Sequence[tuple[tuple[int, int], str]]) -> str:
    """A text with some of its spans, from left to right, replaced."""
    if not parts:
        return text
    kept, position = [], 0
    for (start, end), instead in parts:
        kept += [text[position:start], instead]
        position = end
    return "".join(kept) + text[position:]


def _is_comment(token: Token) -> bool:
    return token.type == "html_inline" and token.content.startswith("<!--")


def _is_hidden(token: Token) -> bool:
    return token.type in ("code_inline", "math_inline", "math_inline_double") or _is_comment(token)


def _words(token: Token, ends: Mapping[str, int]) -> str:
    """What a reader sees of a token; formulas stay as they are written."""
    match token.type:
        case "text" | "text_special":
            return token.content
        case "code_inline":
            return token.content.strip()
        case "softbreak" | "hardbreak":
            return " "
        case "wiki_link":
            return str(token.meta["shown"])
        case "math_inline" | "math_inline_double":
            return f"{token.markup}{token.content}{token.markup}"
        case "html_inline":
            return "" if _is_html(token, ends) else token.content
    return ""


def _is_html(token: Token, ends: Mapping[str, int]) -> bool:
    """Whether a tag is HTML, and not the `<T>` of `List<T>`: it has attributes, is ended, or needs no end.

    `ends`: where the last end tag of each name stands.
    """
    bare = _TAG.fullmatch(token.content)
    if bare is None:
        return True
    name = bare[1].lower()
    return name in _WITHOUT_END or ends.get(name, -1) > token.meta["span"][0]


@cache
def _parser() -> MarkdownIt:
    """A parser of inline Markdown."""
    return taught(MarkdownIt("commonmark", {"maxNesting": MAX_INLINE_NESTING}))


def taught(parser: MarkdownIt) -> MarkdownIt:
    """The parser, which now reads what notes hold inside a line: wiki links, formulas, what is struck through.

    A dollar beside a space or a digit is money and no formula.
    """
    rules = parser.enable("strikethrough").inline.ruler
    rules.at("backticks", _placed(backtick))
    rules.at("html_inline", _placed(html_inline))
    rules.before("escape", "math_inline", _placed(math_inline_dollar(False, False, True)))
    rules.before("link", "wiki_link", _wiki_link)
    rules.before("wiki_link", "citation", _citation)
    rules.before("emphasis", "highlight", _highlight)
    rules.before("backticks", "role", _role)
    rules.at("link", _bounded(_leading(link)))
    rules.at("image", _bounded(image))
    return parser


def _placed(rule: Rule) -> Rule:
    """A rule that also notes where the token that it made stands; markdown-it itself keeps no places inside a line."""

    def run(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and len(state.tokens) > count:
            state.tokens[-1].meta["span"] = (start, state.pos)
        return found

    return run


def _bounded(rule: Rule) -> Rule:
    """The rule of links or images, asked only where a label and an address follow, and not of too many brackets."""

    def run(state: StateInline, silent: bool) -> bool:
        start = state.pos + (state.src[state.pos] == "!")
        if state.src[start : start + 1] != "[":
            return False
        if state.src not in state.env:
            state.env[state.src] = state.src.rfind("](")
        looked_at = state.env.get(_LOOKED_AT, 0)
        if start > state.env[state.src] or looked_at > MAX_LOOKED_AT * len(state.src) + LOOKED_AT_ALWAYS:
            return False
        end = parseLinkLabel(state, start, start == state.pos)
        if end < 0 or not state.src.startswith("](", end):
            state.env[_LOOKED_AT] = looked_at + (state.posMax if end < 0 else end) - start
            return False
        return rule(state, silent)

    return run


def _leading(rule: Rule) -> Rule:
    """The rule of links that also notes which note a link leads to, if it leads to one."""

    def run(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            opening = state.tokens[count if state.tokens[count].type == "link_open" else count + 1]
            if name := _note_at(str(opening.attrs["href"])):
                words = "".join(_words(token, {}) for token in state.tokens[count + 1 :])
                words = " ".join(words.split())
                opening.meta |= {"span": (start, state.pos), "link": Link(name, words, start, state.pos)}
        return found

    return run


def _note_at(address: str) -> str | None:
    """The name of the note that an address leads to: its path without the ending, and the heading behind `#`."""
    path, sign, heading = unquote(address).partition("#")
    if _ADDRESS.match(address) or not path.lower().endswith(NOTE_SUFFIXES) or "\n" in path:
        return None
    stem = path.rpartition(".")[0]
    return f"{'' if stem.startswith(('.', '/')) else './'}{stem}{sign}{heading}"


def _highlight(state: StateInline, silent: bool) -> bool:
    """The signs around `==highlighted words==`: nothing is shown of them, where a pair encloses words."""
    ends: set[int] = state.env.setdefault(_HIGHLIGHT_ENDS, set())
    at, text = state.pos, state.src
    if text[at : at + 2] != "==":
        return False
    if at not in ends:
        end = text.find("==", at + 3, at + MAX_HIGHLIGHT)
        if end < 0 or end + 2 > state.posMax or text[at + 2] in " =" or text[end - 1] in " =":
            return False
        ends.add(end)
    if not silent:
        state.push("highlight", "", 0)
    state.pos += 2
    return True


def _role(state: StateInline, silent: bool) -> bool:
    """A role of MyST, such as ``{ref}`the tides <tides>` ``: a link, a formula, or words without their sign."""
    if state.src[state.pos] != "{" or (found := _ROLE.match(state.src, state.pos, state.posMax)) is None:
        return False
    end = state.src.find(found[2], found.end(), min(state.posMax, found.end() + MAX_ROLE))
    if end < 0:
        return False
    span, role = (state.pos, end + len(found[2])), read_role(found[1].lower(), state.src[found.end() : end])
    if not silent and role.formula:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup, token.meta = role.words, "$", {"span": span}
    elif not silent:
        token = state.push("wiki_link", "", 0)
        token.meta = {"span": span, "shown": role.words}
        if role.name:
            token.meta["link"] = Link(role.name, role.words, *span)
    state.pos = span[1]
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    """A citation such as `[@key, p. 33]`, which is no word of what is said."""
    if state.src[state.pos] != "[" or (end := is_citation(state.src, state.pos)) is None or end > state.posMax:
        return False
    if not silent:
        state.pending = state.pending.rstrip()
        state.push("citation", "", 0)
    state.pos = end
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """`[[Name]]`, `[[Name|as said]]`, the tag `#[[Name]]`, and an embed `![[Name]]`, of which nothing is shown."""
    found = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if found is None or _cuts_code(state, *found.span(1)):
        return False
    if not silent:
        token = state.push("wiki_link", "", 0)
        name, words = _named(found[1])
        embed = found[0].startswith("!")
        token.meta = {"span": found.span(), "shown": "" if embed else words}
        if name and not _ATTACHMENT.search(name):
            token.meta["link"] = Link(name, words, state.src.index("[[", state.pos), found.end())
    state.pos = found.end()
    return True


def _cuts_code(state: StateInline, start: int, end: int) -> bool:
    """Whether code begins between two places and ends behind them; code binds stronger than a link."""
    before, at = state.pos, state.src.find("`", start, end)
    while 0 <= at < end:
        state.pos = at
        state.md.inline.skipToken(state)
        at = state.src.find("`", state.pos, end) if state.pos <= end else end + 1
    state.pos = before
    return at > end


def _named(inside: str) -> tuple[str, str]:
    """The name that a link leads to, and the words that are shown for it."""
    name, _, words = inside.replace("\\|", "|").partition("|")
    name = plain(name.strip().lstrip("#"))
    return name, plain(words) or _place_shown(name)


def _place_shown(name: str) -> str:
    """What is shown of a link to a place: the last heading; for a block its note, or nothing for its identifier."""
    if is_reference(name):
        return ""
    note, sign, place = name.partition("#^") if "#^" in name else name.rpartition("#")
    if not sign or not place or place[0].isspace():
        return name
    return note if sign == "#^" else place
