"""A question's SPARQL finds in the RDF what the answer gives; so does that of any query over any small map."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from conceptmap import open_atlas
from conceptmap.ask import Days, Found, Query
from conceptmap.ask.filters import Filters
from conceptmap.ask.forms.called import Called
from conceptmap.ask.forms.came_up import CameUpBefore
from conceptmap.ask.forms.combined import Both, Holding, InParts, Named, Several, Without
from conceptmap.ask.forms.compare import Compare
from conceptmap.ask.forms.contested import Contested, IsContested, OnOneLeg
from conceptmap.ask.forms.count import Count
from conceptmap.ask.forms.describe import Describe
from conceptmap.ask.forms.doing import Doing
from conceptmap.ask.forms.done import Done
from conceptmap.ask.forms.exceeds import HasMore, HasMoreJoined, OfTwo
from conceptmap.ask.forms.extreme import ByValue
from conceptmap.ask.forms.falling import IfFallen, Topples
from conceptmap.ask.forms.figure import Figure
from conceptmap.ask.forms.having import WithField
from conceptmap.ask.forms.holds import Holds
from conceptmap.ask.forms.introduced import IntroducedOn
from conceptmap.ask.forms.joined import AtRelation, Joined, Numbered
from conceptmap.ask.forms.most import AtAnEnd, FirstOf, MostJoined
from conceptmap.ask.forms.needed import CanBeWithout
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.of_pair import HasLevel, MoreOfPair
from conceptmap.ask.forms.path import PathBetween
from conceptmap.ask.forms.related import Related
from conceptmap.ask.forms.stated import HasValue, IsNoted, IsSo
from conceptmap.ask.forms.strength import Strength, Stronger
from conceptmap.ask.forms.strongest import Strongest
from conceptmap.ask.forms.taught import Explained
from conceptmap.ask.forms.value import ValueOf
from conceptmap.ask.forms.whether import Exists, IsAmong
from conceptmap.ask.sparql import NoSparql
from conceptmap.map import CourseMap
from graphs.rdf.iris import Iris
from graphs.rdf.write import write_trig
from graphs.view import View
from ontology.model import MAX_DAY, Document, Edge, Node
from ontology.names import day_id, name_key, node_id
from ontology.terms import DAY
from small_maps import VOCABULARY, document, edge, mention, node, view

TESTS = Path(__file__).parent
COURSES = {"robot-intelligence": TESTS.parent / "conceptmap" / "course", "bread": TESTS / "courses" / "bread"}

Row = tuple[str | None, str | None]


@pytest.fixture(scope="module")
def courses() -> Iterator[dict[str, CourseMap]]:
    with open_atlas("sqlite://") as atlas:
        loaded = {name: atlas[name] for name in COURSES}
        for name, course in loaded.items():
            course.load(COURSES[name])
        yield loaded


def store_of(view: View) -> Store:
    store = Store()
    store.load(write_trig(view.documents(), view.vocabulary), format=RdfFormat.TRIG)
    return store


def selected(view: View, sparql: str) -> set[Row]:
    """The ids and values that the query binds over the view's documents."""
    found = store_of(view).query(sparql, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    iris = Iris(next((document.map for document in view.documents()), "map"))
    has_values = any(variable.value == "value" for variable in found.variables)
    rows: set[Row] = set()
    for row in found:
        subject, value = row["node"], row["value"] if has_values else None
        assert isinstance(subject, NamedNode)
        rows.add((iris.node_id(subject.value), value.value if isinstance(value, Literal) else None))
    return rows


def ids(rows: set[Row]) -> set[str | None]:
    return {one for one, _ in rows}


def assert_same(view: View, query: Query, found: list[Found]) -> None:
    """What SPARQL finds is what the answers are."""
    try:
        sparql = query.sparql(view)
    except NoSparql as reason:
        assert str(reason)
        return
    rows = selected(view, sparql)
    if isinstance(query, Compare) and query.names_only:
        named = {name_key(one.label) for one in found}
        assert {name_key(value or "") for _, value in rows} == named
    elif isinstance(query, Compare):
        values = {(view.node(one or "").label, value) for one, value in rows if value is not None}
        assert values == {(one.of, one.label) for one in found if one.id is None}
        assert values or ids(rows) == {one.id for one in found}
    elif isinstance(query, Describe) and query.aspect == "formula":
        assert ids(rows) == {one.id or query.node for one in found}
    elif isinstance(query, ValueOf):
        assert {view.node(one or "").label for one in ids(rows)} == {one.of for one in found}
        said = [json.loads(value or "") for _, value in rows]
        written = {str(one) for value in said for one in (value if isinstance(value, list) else [value])}
        assert all(any(one.label.startswith(value) for value in written) for one in found)
    elif isinstance(query, PathBetween):
        assert ids(rows) >= {one.id for one in found} >= {query.start, query.end}
    else:
        assert ids(rows) == {one.id for one in found if one.id}


ASKED = {
    "robot-intelligence": [
        ("what supports the bitter lesson?", Related),
        ("what could override the bitter lesson?", Related),
        ("what does more compute lead to?", Related),
        ("what does compression = understanding lead to on day 26?", Related),
        ("trace everything that more compute leads to", Related),
        ("what follows from more compute?", Related),
        ("what is required for scaling laws?", Related),
        ("what does information theory unlock?", Related),
        ("what is part of scaling laws?", Related),
        ("give the historical evidence from speech", Related),
        ("which claims came up between day 5 and day 25?", NewOn),
        ("what did day 5 establish?", NewOn),
        ("what comes up on day 27?", NewOn),
        ("what is new since day 27?", NewOn),
        ("what was introduced on day 12?", NewOn),
        ("open questions on day 26", OfKind),
        ("which questions are about the bitter lesson?", OfKind),
        ("list all methods", OfKind),
        ("what is not part of anything?", Without),
        ("which hand-crafted methods does classic robotics use?", Related),
        ("when was information theory introduced?", IntroducedOn),
        ("which day covered transformers?", IntroducedOn),
        ("language vs robotics on data cost?", Compare),
        ("how do language and robotics differ?", Compare),
        ("which dimensions are compared between language and robotics?", Compare),
        ("formula for scaling laws?", Describe),
        ("what is the format of day 26?", ValueOf),
        ("which question needs the most words?", ByValue),
        ("which nodes have a gist?", WithField),
        ("what is the bitter lesson?", Describe),
        ("does deep blue support the bitter lesson?", Holds),
        ("does more compute lead to better compression?", Holds),
        ("how do you get from more compute to better compression?", PathBetween),
        ("which claims support language models scaling and lead to the bitter lesson?", Both),
        ("what are attention and scaling laws part of?", InParts),
        ("what supports the bitter lesson, apart from AlphaGo?", Without),
        ("which claims are not supported?", Without),
        ("does the third prompt need more words than the first prompt?", HasMore),
        ("does robotics have more parts than language?", HasMoreJoined),
        ("was attention introduced before information theory?", CameUpBefore),
        ("more compute leads to lower loss?", IsSo),
        ("is the evaluation of language perplexity?", HasValue),
        ("did AlphaGo beat Lee Sedol?", IsNoted),
        ("can I understand scaling laws without information theory?", CanBeWithout),
        ("is attention a concept?", IsAmong),
        ("which methods came up first?", FirstOf),
        ("which claim has the most evidence?", MostJoined),
        ("how long does day 26 take?", ValueOf),
        ("is there any evidence for the bitter lesson?", Exists),
        ("how many pieces of evidence support the bitter lesson?", Count),
        ("how strong is the bitter lesson?", Strength),
        ("which is better supported, the bitter lesson or robot learning scales like language?", Stronger),
        ("what speaks most against the model just memorizing?", Strongest),
        ("which claims are contested?", Contested),
        ("is the bitter lesson contested?", IsContested),
        ("which claims rest on one piece of evidence?", OnOneLeg),
        ("what would make the bitter lesson fall?", Topples),
        ("what if Deep Blue falls?", IfFallen),
        ("what has more than one part?", Numbered),
        ("what requires something that came up on day 5?", Joined),
    ],
    "bread": [
        ("how many guests preferred the loaf that rose for a night?", Figure),
        ("what speaks for slow dough tasting better?", Related),
        ("what do i need before i can start shaping?", Related),
        ("what does understanding a starter unlock?", Related),
        ("which parts does baking have?", Related),
        ("any evidence from the pizzeria?", OfKind),
        ("which methods are done by hand?", OfKind),
        ("open questions about the starter", OfKind),
        ("which questions did day 2 leave us with?", OfKind),
        ("what was new on day 5?", NewOn),
        ("what was new before day 3?", NewOn),
        ("when did we first meet surface tension?", IntroducedOn),
        ("sourdough vs yeasted bread: shelf life", Compare),
        ("how do sourdough and yeasted bread differ?", Compare),
        ("which keeps longer, sourdough or yeasted bread?", MoreOfPair),
        ("does sourdough need a lot of effort?", HasLevel),
        ("formula of hydration", Describe),
        ("what is autolyse?", Describe),
        ("how does one do autolyse?", Done),
        ("what is the word for a short oval loaf?", Called),
        ("what stores heat below the loaf?", Doing),
        ("which topic explains how wet a dough is?", Explained),
        ("how do you get from steam to open crumb?", PathBetween),
        ("which is hotter, cold retarding or the maillard reaction?", ByValue),
    ],
}
QUESTIONS = [(name, *asked) for name, table in ASKED.items() for asked in table]


@pytest.mark.parametrize("as_of", [None, 5])
@pytest.mark.parametrize(("name", "question", "sort"), QUESTIONS)
def test_sparql_finds_what_the_answer_gives(
    courses: dict[str, CourseMap], name: str, question: str, sort: type, as_of: int | None
) -> None:
    course = courses[name].as_of(as_of)
    reply = course.ask(question)
    if as_of is None:
        assert isinstance(reply.query, sort)
    if reply.query is not None:
        assert_same(course.view(), reply.query, list(reply.answers))


VALUES = {
    "robot-intelligence": [("day-26", "hours"), ("day-26", "format"), ("the-bitter-lesson", "gist")],
    "bread": [("cold-retarding", "duration"), ("stretch-and-fold", "trait"), ("week-1", "hours"), ("flour", "hours")],
}


@pytest.mark.parametrize(("name", "node", "field"), [(name, *one) for name, table in VALUES.items() for one in table])
def test_sparql_finds_the_values_of_fields(courses: dict[str, CourseMap], name: str, node: str, field: str) -> None:
    seen, query = courses[name].view(), ValueOf((node,), (field,))
    assert_same(seen, query, query.find(seen))


def test_every_sort_of_query_is_asked() -> None:
    ours = {
        one
        for base in (Query, Several, AtAnEnd, OfTwo, AtRelation)
        for one in base.__subclasses__()
        if one.__module__.startswith("conceptmap.")
    }
    within_others = {
        AtRelation.__name__,
        Several.__name__,
        AtAnEnd.__name__,
        OfTwo.__name__,
        Named.__name__,
        Holding.__name__,
    }
    assert {sort.__name__ for _, _, sort in QUESTIONS} == {one.__name__ for one in ours} - within_others


# Any small map, any query.

NAMES = ["Yeast", "Flour", "Über-Teig", "Bakery test", "Why rest?"]
KINDS = dict(zip(NAMES, ["Concept", "Method", "Concept", "Evidence", "Question"], strict=True))
DOMAINS = {"Bakery test": 'It\'s a "Bakery" \\ x', "Flour": ["hand-made", "old {}"], "Yeast": "hand made"}
FACETS = [("domain", name_key('It\'s a "Bakery" \\ x')), ("domain", "hand made"), ("domain", "old"), ("domain", "none")]
DIMENSIONS = [None, "Taste", "Price per 'kg'"]
FORMULAS = {"Yeast": "x^2", "Flour": 'a"b\\c', "Über-Teig": "x^2"}
RELATIONS = ["supports", "leads to", "requires", "part of", "contrasts with", "answers"]
names = st.sampled_from(NAMES)
days = st.integers(0, 4)


def said(name: str, *, is_mention: bool) -> Node:
    if is_mention:
        return mention(name, KINDS[name])
    data = {"domain": DOMAINS[name]} if name in DOMAINS else {}
    return node(name, KINDS[name], data=data, formula=FORMULAS.get(name))


def compared(source: str, target: str, dimension: str | None) -> Edge:
    """The two values depend on their ends, so that no document takes back what another says."""
    values = {"source": f"{source}: {dimension}", "target": f"{target}: {dimension}"} if dimension else None
    return edge(source, "contrasts with", target, dimension=dimension, values=values)


edges = (
    st.builds(edge, names, st.sampled_from(RELATIONS), names)
    | st.builds(edge, names, st.sampled_from(RELATIONS), names)
    | st.builds(compared, names, names, st.sampled_from(DIMENSIONS))
    | st.builds(edge, names, st.just("introduced on"), days.map(lambda day: f"Day {day}"))
    | st.builds(edge, days.map(lambda day: f"Day {day}"), st.just("asks"), names)
)


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    made = []
    for day in draw(st.lists(days, min_size=1, max_size=4, unique=True)):
        items = [one for one in draw(st.lists(edges, min_size=2, max_size=12)) if one.source != one.target]
        defined = draw(st.lists(names, max_size=3, unique=True))
        ends = {end for one in items for end in (one.source, one.target)}
        nodes = [
            said(name, is_mention=name not in defined) for name in NAMES if node_id(name) in ends or name in defined
        ]
        nodes += [mention(f"Day {one}", DAY) for one in range(5) if day_id(one) in ends or one == day]
        made.append(document(day, *nodes, *{one.key: one for one in items}.values()))
    return made


anchors = names.map(node_id) | names.map(node_id) | days.map(day_id)
ranges = st.tuples(st.integers(-1, 5), st.integers(-1, 5) | st.just(MAX_DAY)).map(lambda pair: Days(*sorted(pair)))
filters = st.one_of(
    st.just(Filters()),
    st.builds(Filters, days=ranges),
    st.builds(Filters, facets=st.sampled_from(FACETS).map(lambda facet: (facet,))),
    st.builds(Filters, near=anchors.map(lambda one: (one,))),
    st.builds(Filters, kinds=st.sampled_from([("Concept",), ("Concept", "Question", "Day")]), open=st.booleans()),
    st.builds(Filters, kinds=st.just(("Concept", "Method")), days=ranges, facets=st.just((FACETS[1],))),
)
relations = st.sampled_from([VOCABULARY.relations[name] for name in RELATIONS])
sets: st.SearchStrategy[Query] = st.one_of(
    st.builds(Related, relations, anchors, inverse=st.booleans(), filters=filters)
    | st.builds(Related, relations, st.none(), inverse=st.booleans(), filters=filters),
    st.builds(Related, relations, anchors, inverse=st.booleans(), chain=st.just(True)),
    st.builds(OfKind, st.sampled_from([("Concept",), ("Question", "Method")]), filters),
    st.builds(NewOn, ranges, st.builds(Filters, kinds=st.sampled_from([(), ("Concept",)]))),
)
simple: st.SearchStrategy[Query] = st.one_of(
    sets,
    st.builds(IntroducedOn, anchors),
    st.builds(
        Compare,
        st.lists(names.map(node_id), max_size=2, unique=True).map(tuple),
        st.sampled_from([None, *(name_key(one) for one in DIMENSIONS if one)]),
    ).filter(lambda query: len(query.nodes) == 2 or query.dimension is not None),
    st.builds(Compare, names.map(lambda name: (node_id(name),)), names_only=st.just(True)),
    st.builds(Describe, anchors, st.sampled_from(["text", "formula"])),
    st.builds(Holds, names.map(node_id), relations, names.map(node_id)).filter(
        lambda query: query.source != query.target
    ),
    st.builds(
        ValueOf,
        st.lists(anchors, min_size=1, max_size=2, unique=True).map(tuple),
        st.sampled_from([("domain",), ("none",), ("domain", "none")]),
    ),
    st.builds(PathBetween, anchors, anchors).filter(lambda query: query.start != query.end),
)
pairs = st.tuples(sets, sets)
queries: st.SearchStrategy[Query] = st.one_of(
    simple,
    st.builds(Both, pairs),
    st.builds(InParts, pairs),
    st.builds(Without, sets, sets | st.builds(Named, anchors.map(lambda one: (one,)))),
    st.builds(IsAmong, anchors, sets),
    st.builds(Exists, sets),
    st.builds(Count, sets),
)


def named_in(query: Query) -> set[str]:
    """The nodes that a query names."""
    return set(re.findall(rf"'({'|'.join([*map(node_id, NAMES), *(day_id(day) for day in range(5))])})'", repr(query)))


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(documents(), queries, st.sampled_from([None, 2]))
def test_sparql_finds_what_any_query_finds(made: list[Document], query: Query, as_of: int | None) -> None:
    map_view = view(*made, as_of=as_of)
    if all(map_view.has_node(one) for one in named_in(query)):
        assert_same(map_view, query, query.find(map_view))
