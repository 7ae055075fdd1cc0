"""Notes that are hard to read: every sign of Markdown and of the notes' own syntax, repeated, nested and left open.

A case makes a text of about so many characters. What is linear takes twice as long for a text of twice the size.
"""

from collections.abc import Callable, Iterator
from itertools import count

Make = Callable[[int], str]

SIGNS = (
    *"`*_~<>&|#[](){}$\\!=+-:;,.?%^@/\"'\t",
    *(
        "``",
        "**",
        "***",
        "__",
        "~~",
        "==",
        "<!--",
        "-->",
        "<!",
        "<?",
        "<![CDATA[",
        "</",
        "<a ",
        '<a b="',
        "<a b='",
        "&#",
    ),
    *("&amp;", "&a", "[[", "]]", "![[", "#[[", "[[a|", "[[a#", "](", "[a](", "[a](<", "![", "![a](b", "[^1]", "[^"),
    *("[a]: b", "$$", "$a$", "$1 ", "\\(", "\\[", "\\\\", "::", "a::", "(a:: ", "[a:: ", "{a}`", "{a}``", "{{<", "{{"),
    *("{%", "{:", "{#", "{.a}", ":::", "%%", "^a", "![", "[!note]", "→", "->", "-->", "=>", "⇒", "├── ", "└── ", "│ "),
    *("│", "— ", "–", "…", "：", "、", "„", "“", "é", "é", "\u200b", "a\u0301", "́", "👍🏽", "中", "\u00a0", "．", "ß"),
    *(
        "- ",
        "* ",
        "+ ",
        "1. ",
        "1) ",
        "> ",
        ">",
        "# ",
        "###### ",
        "| a ",
        "|-",
        "    ",
        "\\|",
        "```",
        "~~~",
        "---",
        "===",
    ),
    *(
        "1",
        "12 ",
        "1.5 ",
        "3 kg ",
        "10%",
        "$10 ",
        "2024-01-02 ",
        "1 May 2024 ",
        "May ",
        "day 3 ",
        "(day 3) ",
        "Day 3: ",
    ),
    *(
        "a",
        "A",
        "a ",
        "A ",
        "a-",
        "a, ",
        "A, ",
        "a and ",
        "and ",
        "or ",
        "a. ",
        "A. ",
        "a? ",
        "a: ",
        "a; ",
        "a (",
        "a) ",
    ),
    *(
        '"a ',
        "'a ",
        "a' ",
        "a/",
        "a — ",
        "a - ",
        "a such as ",
        "a is ",
        "is a ",
        "of ",
        "a of ",
        "the ",
        "that ",
        "which ",
    ),
    *("than ", "more than ", "between a and ", "a versus b ", "a vs. ", "not ", "because ", "so ", "if ", "called "),
    *("known as ", "kinds of a ", "types of ", "such as ", "e.g. ", "unlike ", "there are ", "falls into ", "Aa Bb "),
    *("Aa ", "AB ", "(AB) ", "a (AB) ", "a supports b. ", "a requires ", "requires ", "leads to ", "- a:: ", "a | b\n"),
)
"""The signs, one by one and as they are typed together; words that rules for lessons look for."""

LINES = (
    *("- a", "1. a", "> a", "# a", "## A", "a:: b", "- requires:: [[B]]", "| a | b |", "a -> b", "a → b → c", "[[a]]"),
    *("├── a", "│", "└── a", "    a", "\ta", "```", "~~~", "$$", "$$ a $$", "---", "===", "***", "<div>", "<!--", "%%"),
    *("[a]: b", "[^1]: a", ":::", "```{note}", ":a: b", "(a)=", "+++", "a  ", "a\\", "- [ ] a", "- ", "-", "> ", ">"),
    *("## Claim: A", "Claim:", "- Evidence:", "Evidence:", "Examples:", "There are three kinds:", "A is a B.", "Day 3"),
    *("# Day 3", "2024-01-02", "## 2024-01-02", "A: b", "Q: a?", "a?", "What is a?", "![[a]]", "{{< a >}}", "{% a %}"),
    *("A supports B.", "A leads to B because C.", "**A**", "**A**: b", "*a*", "`a`", "\\", "&", "<", "|", "|-|", "a|b"),
    *("Term\n: what it is", "a\n===", "a\n---", "| a |\n|---|", "- a\n\n  b", "> - a", "- > a", "$a$", "\u200b", "a^b"),
)
"""Lines, for notes of many equal ones."""

OPENERS = (
    *(("[", "]"), ("(", ")"), ("{", "}"), ("<", ">"), ("[[", "]]"), ("*", "*"), ("**", "**"), ("_", "_"), ("~~", "~~")),
    *(("[a](", ")"), ("![a](", ")"), ("$", "$"), ("==", "=="), ("(a:: ", ")"), ("[a:: ", "]"), ("<a>", "</a>")),
    *(
        ('"', '"'),
        ("“", "”"),
        ("<!--", "-->"),
        ("%%", "%%"),
        ("{{< ", " >}}"),
        ("[a][", "]"),
        ("`", "`"),
        ("*a _b ", "_*"),
    ),
)
"""What encloses, for text nested in itself."""

MARKERS = ("- ", "* ", "+ ", "1. ", "1) ", "> ", ">", "- > ", "> - ", "1. - ", "- [ ] ", "-\t", "   - ")
"""What begins a block inside another."""


def cases() -> dict[str, Make]:
    """The cases by name: the sign and how it is repeated."""
    return dict(_cases())


def _cases() -> Iterator[tuple[str, Make]]:
    for sign in dict.fromkeys(SIGNS):
        yield f"{sign!r} in one line", _filled(sign)
        yield f"{sign!r} apart in one line", _filled(f"{sign} ")
        yield f"{sign!r} with words in one line", _filled(f"a{sign}b c")
        yield f"{sign!r} then words", lambda size, sign=sign: f"a b{_filled(sign)(size)} a"  # type: ignore[misc]
        yield f"{sign!r} in a heading", lambda size, sign=sign: f"# {_filled(sign)(size)}\n\na"  # type: ignore[misc]
        yield f"{sign!r} in an item", lambda size, sign=sign: f"- {_filled(sign)(size)}"  # type: ignore[misc]
        yield f"{sign!r} in a field", lambda size, sign=sign: f"# A\n- requires:: {_filled(sign)(size)}"  # type: ignore[misc]
        yield f"{sign!r} in lines", _filled(f"{sign}\n")
        yield f"{sign!r} in paragraphs", _filled(f"{sign}\n\n")
        yield f"{sign!r} of growing length", _growing(sign)
        yield f"{sign!r} of growing length in lines", _growing(sign, "\n")
        yield f"{sign!r} in front matter", lambda size, sign=sign: f"---\na: {_filled(sign)(size)}\n---\nb"  # type: ignore[misc]
        yield f"{sign!r} in a table", _table(sign)
        yield f"{sign!r} in code", lambda size, sign=sign: f"```\n{_filled(sign)(size)}\n```"  # type: ignore[misc]
    for line in dict.fromkeys(LINES):
        yield f"many lines {line!r}", _filled(f"{line}\n")
        yield f"many paragraphs {line!r}", _filled(f"{line}\n\n")
        yield f"numbered lines {line!r}", _numbered(f"{line}\n")
        yield f"numbered paragraphs {line!r}", _numbered(f"{line}\n\n")
        yield f"items {line!r}", _filled("- " + line.replace("\n", "\n  ") + "\n")
        yield f"quoted {line!r}", _filled("> " + line.replace("\n", "\n> ") + "\n")
        yield f"tree {line!r}", lambda size, line=line: f"```tree\n{_filled(line + chr(10))(size)}\n```"  # type: ignore[misc]
    for before, behind in OPENERS:
        yield f"nested {before}…{behind}", _nested(before, behind)
        yield f"nested apart {before}…{behind}", _nested(f"{before}a ", f" b{behind}")
        yield f"pairs {before}a{behind}", _filled(f"{before}a{behind} ")
        yield f"pairs apart {before}…", _filled(f"{before}a b\n")
    for marker in MARKERS:
        yield f"deep {marker!r}", _deep(marker)
        yield f"deep {marker!r} in one line", _filled(marker)
        yield f"deep {marker!r} in one line, often", lambda size, marker=marker: _filled(f"{marker * 20}a\n")(size)  # type: ignore[misc]
        yield f"steps {marker!r}", _steps(marker)


def _filled(part: str) -> Make:
    return lambda size: part * (size // len(part) + 1)


def _numbered(part: str) -> Make:
    def make(size: int) -> str:
        made, length = [], 0
        for number in count(1):
            made.append(part.replace("a", f"a{number}").replace("A", f"A{number}").replace("B", f"B{number}"))
            length += len(made[-1])
            if length > size:
                break
        return "".join(made)

    return make


def _growing(sign: str, between: str = " ") -> Make:
    """One, two, three, … of a sign, each run longer than all before it."""

    def make(size: int) -> str:
        made, length = [], 0
        for number in count(1):
            made.append(sign * number)
            length += len(made[-1]) + 1
            if length > size:
                break
        return between.join(made)

    return make


def _nested(before: str, behind: str) -> Make:
    def make(size: int) -> str:
        depth = size // (len(before) + len(behind)) + 1
        return f"{before * depth}a{behind * depth}"

    return make


def _deep(marker: str) -> Make:
    """Each line with one marker more than the one before it."""

    def make(size: int) -> str:
        made, length = [], 0
        for depth in count(1):
            made.append(f"{marker * depth}a")
            length += len(made[-1]) + 1
            if length > size:
                break
        return "\n".join(made)

    return make


def _steps(marker: str) -> Make:
    """Each line indented more than the one before it."""

    def make(size: int) -> str:
        made, length = [], 0
        for depth in count():
            made.append(f"{' ' * len(marker) * depth}{marker}a")
            length += len(made[-1]) + 1
            if length > size:
                break
        return "\n".join(made)

    return make


def _table(sign: str) -> Make:
    return lambda size: f"| a | b |\n|---|---|\n| {sign * (size // len(sign) + 1)} | c |"
