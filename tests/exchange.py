"""Maps to be written in a format and read again, and the comparison of what went out with what came in."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from conceptmap.formats import FORMATS, Format
from conceptmap.formats.format import Given, Reading, SentFile
from conceptmap.formats.loss import covered, facts_of
from graphs.consistency import check
from graphs.view import View
from ontology.model import Document, Edge, EndValues, Node, Origin
from ontology.names import node_id, visible
from ontology.rules import completed
from small_maps import VOCABULARY, view

NASTY = st.one_of(
    st.sampled_from(
        [
            *(
                'say "so"',
                "it's",
                "a | b",
                "[[x]] y",
                "]]",
                "a\tb",
                "# one",
                "- x",
                "= 1 + 1",
                "@x",
                "+x",
                "<b>&amp;</b>",
            ),
            *(
                "日本語",
                "שלום עולם",
                "🤗 hug",
                "C++",
                "C",
                "a,b;c",
                "a: b",
                "x::y",
                "--> y",
                "{#id}",
                "`x`",
                "%% y",
                "a / b",
            ),
            *("L" * 300, "con", "..", "e\u0301", "é", "The end.", "1. x", "key: [a]", "'", "\\", "null", "true", "12"),
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Cf", "Co", "Zl", "Zp"]),
        min_size=1,
        max_size=30,
    ),
)
LABELS = NASTY.map(lambda text: " ".join(text.split())).filter(visible)
TEXTS = st.one_of(
    NASTY, st.builds("{}\n\n{}".format, NASTY, NASTY), st.sampled_from(["a\nb", "- a\n- b\n\n```\n# x\n```"])
)
ORIGINS = st.one_of(
    st.just(Origin(how="stated")),
    st.builds(Origin, how=st.just("derived"), rule=st.just("cue"), lines=st.just((3, 4)), quote=NASTY),
    st.builds(Origin, how=st.just("stated"), lines=st.just((7, 7)), quote=st.none()),
)
KINDS = [kind for kind in VOCABULARY.kinds if kind != "Day"]
RELATIONS = list(VOCABULARY.relations)


@st.composite
def maps(draw: st.DrawFn, most: int = 7) -> View:
    """Maps that may be stored, with labels that other formats have signs for, of up to three parts."""
    labels = draw(st.lists(LABELS, min_size=1, max_size=most, unique_by=node_id))
    kinds = {node_id(label): draw(st.sampled_from(KINDS)) for label in labels}
    documents: list[Document] = []
    for number in range(draw(st.integers(1, 3))):
        one = completed(draw(_documents(labels, kinds, number)))
        if not check(view(*documents), [one]):
            documents.append(one)
    return view(*documents)


@st.composite
def _documents(draw: st.DrawFn, labels: Sequence[str], kinds: dict[str, str], number: int) -> Document:
    nodes = {}
    for label in draw(st.lists(st.sampled_from(labels), min_size=1, unique=True)):
        said: dict[str, Any] = {
            "id": node_id(label),
            "kind": kinds[node_id(label)],
            "label": label,
            "origin": draw(ORIGINS),
        }
        if draw(st.integers(0, 3)) == 0:
            nodes[node_id(label)] = Node(**said, mention=True)
            continue
        nodes[node_id(label)] = Node(
            **said,
            aliases=tuple(draw(st.lists(LABELS, max_size=2, unique=True))),
            text=draw(st.none() | TEXTS),
            formula=draw(st.none() | st.just(r"a < b \to \frac{1}{2}")),
            data=draw(
                st.dictionaries(
                    st.sampled_from(["hours", "a key"]), NASTY | st.integers(0, 9) | st.lists(NASTY), max_size=2
                )
            ),
            place=draw(st.none() | st.integers(0, 5)),
        )
    ids = list(nodes)
    edges: dict[object, Edge] = {}
    for _ in range(draw(st.integers(0, 5)) if len(ids) > 1 else 0):
        source, target = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
        relation = VOCABULARY.relations[draw(st.sampled_from(RELATIONS))]
        if not relation.allows(kinds[source], kinds[target]):
            relation = VOCABULARY.relations["contrasts with"]
        compared = relation.symmetric and draw(st.booleans())
        edge = Edge(
            source=source,
            relation=relation.name,
            target=target,
            dimension=draw(LABELS) if compared else None,
            values=EndValues(source=draw(NASTY), target=draw(NASTY)) if compared else None,
            note=draw(st.none() | NASTY),
            origin=draw(ORIGINS),
        )
        turned = edge.key._replace(source=target, target=source)
        if not (relation.symmetric and turned in edges):  # else one part would say one thing twice
            edges.setdefault(edge.key, edge)
    day = draw(st.sampled_from([0, 1, 2, 26]))
    undated = day == 0
    document = Document(map="bread", day=day, part=f"note {number}.md", undated=undated, title=draw(st.none() | LABELS))
    return document.with_assertions(tuple(nodes.values()), tuple(edges.values()))


def written(format: Format, one: View) -> list[SentFile]:
    """The files that a format writes of a map."""
    made = format.write(one, None)
    if isinstance(made, list):
        return [SentFile(file.path, "".join(file.pieces).encode()) for file in made]
    return [SentFile(f"map{(format.suffixes or ('.txt',))[0]}", "".join(made).encode())]


def read_again(name: str, one: View) -> tuple[View, Given]:
    """A map that went out in a format and came in again, into an empty one."""
    format = FORMATS[name]
    assert format.reader is not None
    files = written(format, one)
    found = format.reader.read(files, Reading(View.of((), VOCABULARY), "bread", files[0].path))
    documents = [completed(document) for document in found.documents]
    assert [finding for _, finding in check(View.of((), VOCABULARY), documents)] == []
    return view(*documents), found


def differences(name: str, one: View) -> tuple[list[str], list[str]]:
    """What came back otherwise and is no loss, and losses of what came back as it was."""
    other, _ = read_again(name, one)
    losses = list(FORMATS[name].losses(one))
    before, after = facts_of(one), facts_of(other)
    changed = {fact for fact in before.keys() | after.keys() if before.get(fact) != after.get(fact)}
    unlisted = [f"{fact}: {before.get(fact)!r} -> {after.get(fact)!r}" for fact in changed if not covered(losses, fact)]
    unreal = [
        str(loss) for loss in losses if not (loss.fact in changed or any(loss.fact[:2] == fact[:2] for fact in changed))
    ]
    return sorted(unlisted), sorted(unreal)
