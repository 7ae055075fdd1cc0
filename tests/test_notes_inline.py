"""Markdown inside a line: what its words are, where its links stand, and what is never read for syntax."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.notes.page.inline import MAX_CACHED, links_in, masked, plain, read_inline, shown
from conceptmap.notes.page.markdown import Heading, Items, Line, Paragraph, Table, markdown_parser, read_blocks
from conceptmap.notes.values import Findings
from ontology.vocabulary import Vocabulary
from small_notes import document, edges, read
from steps import calls_in

WORDS = {
    "**snake_case**": "snake_case",
    "a *b* **c** ***d*** __e__ _f_ ~~g~~": "a b c d e f g",
    "**_part of_**": "part of",
    "snake_case_name and A* and 2 * 3": "snake_case_name and A* and 2 * 3",
    "*not closed": "*not closed",
    "[words](http://x/a_(b))": "words",
    '[words](<a b> "title") and [a *b*](c)': "words and a b",
    "*[words](a)* and **[[Yeast|yeasts]]**": "words and yeasts",
    "[[**Wild** yeast|the *wild* one]]": "the wild one",
    "[[Yeast]] and [[#Yeast]] and [[Yeast#Wild]]": "Yeast and Yeast and Wild",
    "[[F#]], [[Yeast#^b1]], [[Yeast#Wild#Rye]] and [[C# or D]]": "F#, Yeast, Rye and C# or D",
    "==very== old, a == b == c and ==": "very old, a == b == c and ==",
    "#[[autumn sky]] #tag": "autumn sky #tag",
    "![a picture](a.png) words ![[yeast.png]]": "words",
    "<https://example.org/a_b_c> and <a@example.org>": "https://example.org/a_b_c and a@example.org",
    "`C++` and `` a`b `` and `*raw*`": "C++ and a`b and *raw*",
    "a ` tick": "a ` tick",
    r"\*starred\* and \[[Yeast]] and \d": r"*starred* and [[Yeast]] and \d",
    "R&amp;D &lt;b&gt; &#945; AT&T": "R&D <b> α AT&T",
    "&#x202e;right to left": "right to left",
    "$a_b * c_d$ and $$x^*$$": "$a_b * c_d$ and $$x^*$$",
    "$5 *less* than $6": "$5 less than $6",
    "A list<T> grows, dict<str, int> too": "A list<T> grows, dict<str, int> too",
    "<lambda> <map>, Vec<U>, Set<object>": "<lambda> <map>, Vec<U>, Set<object>",
    "<b>bold</b>, H<sub>2</sub>O, line<br>break, <a href='x'>y</a>": "bold, H2O, linebreak, y",
    "<T>words</T>": "words",
    "a <!-- never *said* --> b": "a b",
    "one  \ntwo\nthree": "one two three",
    "[^1] and [text][ref]": "[^1] and [text][ref]",
}


@pytest.mark.parametrize(("text", "words"), WORDS.items(), ids=WORDS)
def test_the_words_of_a_text_are_those_that_markdown_shows(text: str, words: str) -> None:
    assert plain(text) == words


SHOWN = {
    "the [[Yeast|**wild** yeasts]] in `[[code]]`": "the wild yeasts in `[[code]]`",
    "a *b* ![[c.png]]<!-- d --> $e$": "a *b*  $e$",
    "`<!-- code -->`": "`<!-- code -->`",
    r"\[[no link]]": r"\[[no link]]",
}


@pytest.mark.parametrize(("text", "words"), SHOWN.items(), ids=SHOWN)
def test_running_text_keeps_its_markdown_but_for_wiki_links(text: str, words: str) -> None:
    assert shown(text) == words


MASKED = {
    "a `b:: [[c]]` d": "a             d",
    "a\n`b\nc` d": "a\n  \n   d",
    "$a::b$ is 5 for $5": "       is 5 for $5",
    "$a$ 5": "    5",
    "x <!-- y:: --> z": "x              z",
    "<b>x</b>": "<b>x</b>",
}


@pytest.mark.parametrize(("text", "blanked"), MASKED.items(), ids=MASKED)
def test_code_formulas_and_comments_are_blanked_out(text: str, blanked: str) -> None:
    assert masked(text) == blanked


LINKS = {
    "see [[Yeast|the yeasts]] and [[Vec<T>]]": [("Yeast", "the yeasts"), ("Vec<T>", "Vec<T>")],
    "**[[A]]** *a [[B|c]]* [[*D*|**e**]]": [("A", "A"), ("B", "c"), ("D", "e")],
    "`[[A]]` ![[B]] \\[[C]] $[[D]]$ <!-- [[E]] -->": [("B", "B")],
    "[[]] [[#]] [[a\nb]] [[a[0]]]": [],
    "[[A `b]]` c]]": [],
    "[[A `b`]] and [[a ` b]]": [("A b", "A b"), ("a ` b", "a ` b")],
    "[[A\\|b]]": [("A", "b")],
    "[x [[A]] y](z)": [("A", "A")],
}


@pytest.mark.parametrize(("text", "names"), LINKS.items(), ids=LINKS)
def test_links_lead_to_names_as_headings_are_read(text: str, names: list[tuple[str, str]]) -> None:
    assert [(link.name, link.shown) for link in links_in(text)] == names


PIECE = st.sampled_from(
    "word *a* **b** _c_ [[Yeast]] [[Wild|x]] [[*W*]] `code` `[[no]]` ![[embed]] $x$ $ ` [d](e) <b> </b> <T> &amp; \\*"
    " \\ [[ ]] <!-- [[f]] --> \n".split(" ")
)
TEXT = st.lists(PIECE, max_size=12).map(" ".join)


@given(TEXT)
def test_a_link_stands_where_its_brackets_stand(text: str) -> None:
    for link in links_in(text):
        assert text[link.start : link.start + 2] == "[["
        assert text[link.end - 2 : link.end] == "]]"
        assert masked(text)[link.start : link.end].startswith("[[")
    assert len(masked(text)) == len(text)


@given(TEXT)
def test_a_link_of_a_line_stands_at_its_place_in_the_file(text: str) -> None:
    note = f"  {text}\n\n- item [[A]]\n  > quoted [[B]]\n\n## Heading [[C]]\n"
    lines = note.split("\n")

    def check(line: Line) -> None:
        for link in line.links:
            number, column = line.place_of(link)
            assert lines[number - 1][column - 1 :].startswith(line.text[link.start : link.end])

    for block in read_blocks(markdown_parser(), "a.md", lines, 1, Findings()):
        match block:
            case Paragraph():
                list(map(check, block.lines))
            case Heading():
                check(block.line)
            case Items():
                list(
                    map(
                        check,
                        (
                            line
                            for item in block.items
                            for inner in item.blocks
                            if isinstance(inner, Paragraph)
                            for line in inner.lines
                        ),
                    )
                )


@given(st.text(st.characters(categories=["L", "N", "Zs"], include_characters=".,;:!?()'-+=/#{}|→"), max_size=60))
def test_text_without_signs_stays_as_it_is(text: str) -> None:
    assert plain(text) == " ".join(text.split())
    assert (shown(text), masked(text), links_in(text)) == (text, text, ())


INNER = st.recursive(
    st.sampled_from(["yeast", "a_b", "C++", "List<T>", "5", "Wild yeast"]),
    lambda one: st.one_of(
        one.map("**{}**".format),
        one.map("_{}_".format),
        one.map("[{}](http://x/a_(b))".format).filter(lambda text: text.count("[") == 1),
        one.map("[[Yeast|{}]]".format).filter(lambda text: text.count("[") == 2),
        st.lists(one, min_size=1, max_size=3).map(" ".join),
    ),
    max_leaves=6,
)


@given(INNER)
def test_words_without_markup_have_none_to_lose(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(max_size=40))
def test_any_text_is_read_whether_its_reading_is_kept_or_not(text: str) -> None:
    long = text + " " * MAX_CACHED
    assert read_inline(long).plain == read_inline(text).plain
    assert read_inline(long).links == read_inline(text).links


@pytest.mark.parametrize("sign", ["[", "![", "[[a` ", "[a](b(", "[`]`", "*a", "~~a", "<a ", "$x ", "<T>", "\\", "a]("])
def test_hostile_signs_take_linear_time(sign: str) -> None:
    texts = [sign * (size // len(sign)) + "](x)" for size in (4_000, 8_000)]
    one, two = (calls_in(partial(read_inline, text)) for text in texts)
    assert two < 2.6 * one


def test_a_paragraph_may_hold_many_brackets_that_open_no_link() -> None:
    citations = " ".join(f"[{number}]" for number in range(150))
    assert plain(f"{citations} [words](x)").endswith("[149] words")


def test_generic_types_are_names_of_their_own(vocabulary: Vocabulary) -> None:
    note = "## Claim: A Stack<T> shrinks\n- about:: [[Heap]]\n\n## Claim: A Stack<U> shrinks\n- about:: [[Time]]\n\n"
    got = document(vocabulary, note + "## Heap\n- requires:: [[Vec<T>]]\n\n## Time\n\n## Vec<T>\n")
    assert [node.label for node in got.nodes if node.kind == "Claim"] == ["A Stack<T> shrinks", "A Stack<U> shrinks"]
    assert len({node.id for node in got.nodes}) == 5
    assert sum(edge.relation == "about" for edge in got.edges) == 2


@pytest.mark.parametrize(
    "key", ["**requires**::", "**requires::**", "*requires* ::", "**_requires_** ::", "__requires__::"]
)
def test_a_key_may_be_emphasised(key: str, vocabulary: Vocabulary) -> None:
    got = document(vocabulary, f"## A\n1. {key} [[B]]\n\n## B\n")
    assert edges(got) == ["a requires b"]


def test_names_with_signs_are_found_as_their_headings_are_read(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "## **C**#\n- leads to:: [[C#]], [[`C++`]], [[.NET]]\n\n## `C++`\n\n## .NET\n\n## C\n")
    stated = [(edge.source, edge.target) for edge in got.edges if edge.origin.how == "stated"]
    assert stated[1:] == [("c-951a4d", "c-cedb1b"), ("c-951a4d", "net")]


def test_columns_count_signs_as_they_are_written(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, "## A\n**about** `x` &amp; [[Day 2!]], *[[Day 3!]]*\n- about:: **[[Day 4!]]**\n")
    assert [(one.line, one.column) for one in (*reading.problems, *reading.warnings)] == [(3, 13), (2, 21), (2, 34)]


def test_a_cell_stands_behind_the_one_before_it() -> None:
    table = read_blocks(markdown_parser(), "a.md", ["| a | a \\| b | [[X]] | [[X]] |", "|-|-|-|-|"], 1, Findings())[0]
    assert isinstance(table, Table)
    assert [cell.column for cell in table.rows[0]] == [3, 7, 16, 24]
