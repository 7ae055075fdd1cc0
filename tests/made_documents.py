"""Documents for tests: strategies that make any valid one, and the worked example of a course on bread."""

from datetime import date

from hypothesis import strategies as st

from ontology.model import CompetencyQuestion, Document, Edge, EndValues, Node, Origin
from ontology.values import JsonValue

BREAD = Document(
    map="bread",
    day=2,
    part="day-02.md",
    title="Why bread rises",
    units=("Week 1",),
    questions=(
        CompetencyQuestion(ask="what does fermentation require?", answers=("Yeast", "日本 & <so>"), line=6),
        CompetencyQuestion(ask='what is "rye"?'),
        CompetencyQuestion(ask="what does yeast require?", answers=()),
    ),
    data={"hours": 2.5},
    nodes=(
        Node(
            id="fermentation",
            kind="Concept",
            label="Fermentation",
            aliases=("Rising", "Leavening"),
            text='Yeast turns sugar into "gas".\n\nIt takes time.',
            formula=r"C_6H_{12}O_6 \to 2\,CO_2",
            origin=Origin(lines=(7, 9), quote="## Fermentation", how="stated"),
        ),
        Node(id="yeast", kind="Concept", label="Yeast", mention=True, place=1),
        Node(
            id="time-beats-kneading",
            kind="Claim",
            label="Time beats kneading",
            origin=Origin(lines=(12, 12), how="stated"),
        ),
        Node(
            id="no-knead",
            kind="Evidence",
            label="A no-knead dough rose as high after 18 hours",
            data={"domain": "Bakery", "hours": [18, 1.5], "more": {"a": None, "b": True}},
            origin=Origin(lines=(14, 15), quote="Bakery: A no-knead dough …", how="derived", rule="cue list"),
        ),
        Node(id="short-rise", kind="Method", label="Short rise"),
        Node(id="long-rise", kind="Method", label="Long rise"),
    ),
    edges=(
        Edge(source="fermentation", relation="requires", target="yeast", place=1, parent="target"),
        Edge(
            source="no-knead",
            relation="supports",
            target="time-beats-kneading",
            note="in a cool kitchen",
            origin=Origin(lines=(14, 14), quote="Bakery: A no-knead …", how="derived", rule="cue list"),
        ),
        Edge(
            source="short-rise",
            relation="contrasts with",
            target="long-rise",
            dimension="Flavour",
            values=EndValues(source="plain", target="deep"),
        ),
        Edge(source="short-rise", relation="contrasts with", target="long-rise", dimension="Hours / day #1?"),
    ),
)


# Every character that a text may hold; unassigned ones are left out for the sake of the noncharacters among them.
_characters = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cn"),
    exclude_characters="\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
texts = st.text(_characters | st.sampled_from("\t\n\"'\\"), max_size=12)
labels = st.builds("{}{}{}".format, texts, st.sampled_from("aé語<&%1"), texts).map(lambda text: " ".join(text.split()))
parts = st.sampled_from(["notes", "day-02.md", "week 1/readme", "by:ada", ".", "日記.md", "a%2Fb", "x&y=z", "ü"]) | (
    st.text("abcxyz-_%:é ", min_size=1, max_size=8)
)
# Numbers that every JSON writer spells alike.
numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.integers(-999, 999).map(lambda one: one + 0.5)
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(texts, one, max_size=3),
    max_leaves=5,
)
data = st.dictionaries(labels, json_values, max_size=2)
lines = st.none() | st.tuples(st.integers(1, 99), st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))
origins = st.builds(
    Origin,
    lines=lines,
    quote=st.none() | texts,
    how=st.sampled_from(["stated", "derived", "imported"]),
    rule=st.none() | labels,
)
questions = st.builds(
    CompetencyQuestion,
    ask=labels,
    answers=st.none() | st.lists(labels, max_size=2).map(tuple),
    line=st.none() | st.integers(1, 99),
)
ids = st.sampled_from(["yeast", "day-2", "from", "nodes", "日本", "é", "0", "a_b", "नमस्ते"]) | (
    st.text("abc日é0", min_size=1, max_size=3)
)
KINDS = ["Concept", "Claim", "Evidence", "Day", "No kind", "a/b#c"]
RELATIONS = ["requires", "part of", "supports", "contrasts with", "no relation", "%/?"]


@st.composite
def documents(draw: st.DrawFn, day: int | None = None) -> Document:
    """Any document that the model allows, with kinds and relations that no vocabulary knows among them."""
    names = draw(st.lists(ids, unique=True, max_size=4))
    places = st.none() | st.integers(0, 9)
    nodes = tuple(
        Node(
            id=name,
            kind=draw(st.sampled_from(KINDS)),
            label=draw(labels),
            aliases=tuple(draw(st.lists(labels, max_size=2))),
            text=draw(st.none() | texts),
            formula=draw(st.none() | texts),
            data=draw(data),
            mention=draw(st.booleans()),
            correction=draw(st.booleans()),
            became=draw(st.none() | ids),
            place=draw(places),
            origin=draw(origins),
        )
        for name in names
    )
    ends = st.sampled_from(names) if names else ids
    edges = {
        edge.key: edge
        for edge in draw(
            st.lists(
                st.builds(
                    Edge,
                    source=ends,
                    relation=st.sampled_from(RELATIONS),
                    target=ends,
                    dimension=st.none() | labels,
                    values=st.none() | st.builds(EndValues, source=texts, target=texts),
                    note=st.none() | texts,
                    place=places,
                    parent=st.none() | st.sampled_from(["source", "target"]),
                    refusal=st.booleans(),
                    origin=origins,
                ),
                max_size=4,
            )
        )
    }
    return Document(
        map="bread",
        day=draw(st.integers(0, 99_999)) if day is None else day,
        part=draw(parts),
        day_name=draw(st.none() | labels),
        date=draw(st.none() | st.dates().map(date.isoformat)),
        title=draw(st.none() | labels),
        units=tuple(draw(st.lists(labels, max_size=2))),
        questions=tuple(draw(st.lists(questions, max_size=2))),
        data=draw(data),
        nodes=nodes,
        edges=tuple(edges.values()),
    )
