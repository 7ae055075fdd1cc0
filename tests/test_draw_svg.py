import re
from dataclasses import replace
from typing import get_args
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from msgspec import structs

from conceptmap.draw import Arrangement, Part, Selection, draw, draw_svg, find_renderer, picture_of
from conceptmap.draw.labels import word_name
from conceptmap.draw.theme import DARK, LIGHT, Paper, style_sheet
from drawn_maps import bread_view, robot_view
from graphs.view import View
from small_maps import VOCABULARY, document, edge, mention, node
from small_maps import view as view_of
from test_draw_formats import HOSTILE, hostile_view

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "style", "rect", "text", "g", "path", "polygon", "polyline", "ellipse"}


def drawn(view: View, selection: Selection | None = None) -> Element:
    return ElementTree.fromstring(str(draw(view, "svg", selection or Selection(whole=True))))


def groups(root: Element, css: str) -> dict[str, Element]:
    """The groups of a class, by id."""
    found = [one for one in root.iter(f"{SVG}g") if css in (one.get("class") or "").split()]
    return {one.get("id") or "": one for one in found}


def words(group: Element, tag: str = "title") -> str:
    """The text of a group's first element of a tag."""
    return group.findtext(f"{SVG}{tag}") or ""


@pytest.mark.parametrize("words", [2, 12, 40])
def test_the_words_of_a_source_stand_between_its_cap_and_its_foot(words: int) -> None:
    root = drawn(view_of(document(1, node("Bread " * words, "Source", id="book"), node("Yeast"))))
    source = groups(root, "kind_source")["n_book"]
    numbers = [float(one) for path in source.iter(f"{SVG}path") for one in re.findall(r"-?[\d.]+", path.get("d") or "")]
    top, foot = min(numbers[1::2]), max(numbers[1::2])
    lines = [float(text.get("y") or 0) for text in source.iter(f"{SVG}text")]
    assert min(lines) - 10 > top + (foot - top) * 2 / 11 - 1  # letters stand ten pixels above their line
    assert max(lines) + 2 < foot


def test_the_file_says_what_it_is() -> None:
    root = drawn(robot_view(), Selection())
    assert root.get("role") == "img"
    assert words(root) == "bread as of day 26"
    assert words(root, "desc") == "A concept map of 12 nodes and 10 edges in 4 days."
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == ("map_title", "map_description")
    assert [one.get("id") for one in root][:2] == ["map_title", "map_description"]


def test_on_a_page_it_is_a_group_whose_nodes_take_the_focus() -> None:
    root = ElementTree.fromstring(str(draw(bread_view(), "svg", inline=True)))
    assert root.get("role") == "group"
    nodes = [one for name, one in groups(root, "node").items() if name.startswith("n_")]
    assert [one.get("tabindex") for one in nodes] == ["0"] + ["-1"] * (len(nodes) - 1)
    assert {one.get("role") for one in nodes} == {"img"}
    assert "tabindex" not in str(draw(bread_view(), "svg"))


def test_a_page_makes_links_of_the_parts_and_brings_the_style_sheet() -> None:
    def linked(part: Part) -> Part:
        if part.node is None or part.group is not None:
            return part
        return replace(part, link=f"/?focus={part.node.id}&x=<", attributes={"data-said": 'a "b" & <c>'})

    picture = picture_of(bread_view(), Selection())
    root = ElementTree.fromstring(draw_svg(picture, find_renderer(), inline=True, decorate=linked))
    links = {one.get("href"): one for one in root.iter(f"{SVG}a")}
    assert list(links) == [f"/?focus={node.id}&x=<" for node in picture.nodes]
    flour = links["/?focus=flour&x=<"]
    assert flour.get("data-said") == 'a "b" & <c>'
    assert [one.tag.removeprefix(SVG) for one in flour] == ["title", "g"]
    assert (flour[1].get("id"), words(flour), words(flour[1], "desc")) == (
        "n_flour", "Flour (Concept, day 1)", "Ground grain."
    )  # fmt: skip
    assert root.find(f"{SVG}style") is None


def test_a_line_is_read_behind_both_of_its_ends() -> None:
    order = [one.get("id") or "" for one in drawn(bread_view()).iter(f"{SVG}g")]
    for place, name in enumerate(order):
        if name.startswith("e_"):
            source, _, target = name.removeprefix("e_").split(".")
            assert order.index(f"n_{source}") < place and order.index(f"n_{target}") < place


def test_stand_ins_are_seen_and_not_heard() -> None:
    ideas = [document(day, node(f"Idea {day}")) for day in range(1, 6)]
    last = document(6, node("Idea 6"), mention("Idea 1"), edge("Idea 6", "requires", "Idea 1"))
    root = drawn(view_of(*ideas, last))
    (ghost,) = groups(root, "ghost").values()
    assert (ghost.get("id"), ghost.get("aria-hidden")) == ("g_6_idea_1", "true")
    assert "stands for a node far from here" in [one.text for one in root.findall(f"{SVG}text")]
    assert words(groups(root, "edge")["e_idea_6.requires.idea_1"]) == "Idea 6 requires Idea 1"


def test_nodes_and_edges_carry_ids_classes_and_titles() -> None:
    root = drawn(bread_view())
    nodes, edges = groups(root, "node"), groups(root, "edge")
    nodes = {name: one for name, one in nodes.items() if name.startswith("n_")}
    assert nodes["n_time_beats_kneading"].get("class") == "node kind_claim day_2"
    assert words(nodes["n_time_beats_kneading"]) == "Time beats kneading: wait > work (Claim, day 2)"
    assert (words(nodes["n_flour"]), words(nodes["n_flour"], "desc")) == ("Flour (Concept, day 1)", "Ground grain.")
    assert len(nodes) == len(list(bread_view().nodes()))
    line = edges["e_cold_proof.contrasts_with.warm_proof"]
    assert line.get("class") == "edge relation_contrasts_with"
    assert words(line) == "Cold proof contrasts with Warm proof"
    assert words(line, "desc") == "Flavour: deep / plain\nTime: 2 days / 2 hours"
    drawn_parts = [one for name, one in (nodes | edges).items() if not name.startswith("legend")]
    assert all(words(one) and words(one, "desc") for one in drawn_parts)


@pytest.mark.parametrize("relation", ["part of", "requires"])
@pytest.mark.parametrize("end", ["source", "target"])
def test_lines_that_share_their_way_begin_where_they_share_it(relation: str, end: str) -> None:
    leaves = ("Bran", "Germ", "Hull")
    ends = [("Grain", leaf) if end == "source" else (leaf, "Grain") for leaf in leaves]
    nodes = [node("Grain", place=1), *(node(leaf) for leaf in leaves)]
    view = view_of(document(1, *nodes, *(edge(one, relation, other) for one, other in ends)))
    root = drawn(view, Selection(whole=True))
    edges = [line for name, line in groups(root, "edge").items() if not name.startswith("legend")]
    lines = [path.get("d", "") for line in edges for path in line.iter(f"{SVG}path")]
    assert len(lines) == 3 and len({line.partition("C")[0] for line in lines}) == 1


def test_ids_are_unique() -> None:
    view = view_of(document(1, *(node(name, id=name) for name in ("a-b", "a_b", "a--b", "a-_b", "面", "A-b"))))
    names = [one.get("id") for one in drawn(view).iter() if one.get("id")]
    assert len(names) == len(set(names))


def test_days_are_frames_in_order_and_nodes_follow_the_reading_order() -> None:
    root = drawn(bread_view())
    assert list(groups(root, "cluster")) == ["day_1", "day_2", "day_3"]
    order = [name for name in groups(root, "node") if name.startswith("n_")]
    days = [re.sub(r".*day_", "", groups(root, "node")[name].get("class") or "") for name in order]
    assert days == sorted(days)


def test_the_legend_of_a_timeline_stands_above_it() -> None:
    root = ElementTree.fromstring(str(draw(robot_view(), "svg", arrangement="timeline")))
    legend = [one.text for one in list(root)[: [one.get("id") for one in root].index("map")] if one.tag == f"{SVG}text"]
    assert legend == ["bread as of day 26", "Concept", "Claim", "Question", "Method", "leads to", "part of", "asks"]


def places(view: View, arrangement: Arrangement) -> dict[str, tuple[float, float]]:
    """Where in the file the first words of each node stand."""
    root = ElementTree.fromstring(str(draw(view, "svg", Selection(whole=True), arrangement=arrangement)))
    page = next(one for one in root if one.get("id") == "map")
    left, top = map(float, re.findall(r"-?[\d.]+", page.get("transform") or ""))
    found = {name: one.find(f"{SVG}text") for name, one in groups(page, "node").items() if name.startswith("n_")}
    return {
        name: (left + float(text.get("x") or 0), top + float(text.get("y") or 0))
        for name, text in found.items()
        if text is not None
    }


@pytest.mark.parametrize("arrangement", get_args(Arrangement))
def test_in_the_file_too_a_day_that_is_added_moves_nothing(arrangement: Arrangement) -> None:
    for day in (1, 2):
        before, after = places(bread_view(day), arrangement), places(bread_view(day + 1), arrangement)
        stay = {name: place for name, place in before.items() if not name.startswith("n_day")}
        assert stay
        assert all(after[name] == pytest.approx(place, abs=0.2) for name, place in stay.items())


def test_the_legend_names_what_occurs_and_nothing_else() -> None:
    root = drawn(robot_view(), Selection())
    legend = [one.text for one in root.findall(f"{SVG}text")][1:]
    assert legend == ["Concept", "Claim", "Question", "Method", "leads to", "part of", "asks"]


def test_older_days_stand_left_of_newer_ones() -> None:
    root = drawn(robot_view(), Selection())
    frames = {name: frame.find(f"{SVG}path") for name, frame in groups(root, "cluster").items()}
    outlines = {name: path.get("d") or "" for name, path in frames.items() if path is not None}
    left = {name: min(map(float, re.findall(r"[ML](-?[\d.]+),", outline))) for name, outline in outlines.items()}
    assert left["day_5"] < left["day_25"]
    assert left["day_14"] < left["day_26"]


def test_hostile_labels_are_shown_as_they_are_and_nothing_else_gets_in() -> None:
    root = drawn(hostile_view())
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= TAGS
    attributes = {name for one in root.iter() for name in one.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name or "src" in name}
    nodes = groups(root, "node")
    for i, label in enumerate(HOSTILE):
        shown = "".join(one.text or "" for one in nodes[f"n_hostile_{i}"].findall(f"{SVG}text"))
        full = re.sub(r"\s", "", label)
        assert re.sub(r"\s", "", shown) == full or (shown.endswith("…") and full.startswith(re.sub(r"\s|…", "", shown)))
        assert words(nodes[f"n_hostile_{i}"]).startswith(label.strip())


def test_kinds_differ_by_shape_and_relations_by_line_not_only_by_colour() -> None:
    kinds, relations = VOCABULARY.kinds.values(), VOCABULARY.relations.values()
    assert len({kind.shape for kind in kinds}) == len(kinds)
    assert len({(one.line_style, one.arrow) for one in relations}) == len(relations)


def test_an_empty_map_is_a_picture_that_says_so() -> None:
    texts = [one.text for one in drawn(view_of(), Selection()).iter(f"{SVG}text")]
    assert texts == ["An empty map", "Nothing is placed on the map."]


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert draw(bread_view(), "svg") == draw(bread_view(), "svg")


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rules(sheet: str) -> dict[str, dict[str, str]]:
    """Selector -> property -> value."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        values = dict(re.findall(r"([\w-]+): ([^;]+);", body))
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(values)
    return found


def every_kind_and_relation() -> View:
    kinds = [node(f"A {name}", name) for name in VOCABULARY.kinds]
    joins = [edge("A Concept", name, "A Claim") for name in VOCABULARY.relations]
    return view_of(document(1, *kinds, *joins))


@pytest.mark.parametrize("paper", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_shapes_stand_out_in_light_and_dark(paper: Paper) -> None:
    sheet = words(drawn(every_kind_and_relation()), "style")
    assert all(f".relation_{word_name(name)} path" in sheet for name in VOCABULARY.relations if name != "introduced on")
    light, dark = sheet.split("@media (prefers-color-scheme: dark) {")
    found = rules(light if paper is LIGHT else dark)
    ink = found["svg.map text"]["fill"]
    grounds = [found[".paper"]["fill"], found[".cluster path"]["fill"]]
    quiet = [found[name]["fill"] for name in ("svg.map .quiet", "svg.map .day text", "svg.map .ghost text")]
    assert all(contrast(color, ground) >= 4.5 for color in (ink, *quiet) for ground in grounds)
    assert all(contrast(found[".stand path"]["stroke"], ground) >= 3 for ground in grounds)
    for selector, values in found.items():
        if re.match(r"\.(kind|relation)_\w+ path", selector):
            assert all(contrast(values["stroke"], ground) >= 3 for ground in grounds), selector
        if selector.startswith(".kind_"):
            assert contrast(ink, values["fill"]) >= 4.5, selector


@pytest.mark.parametrize("hue", ["#0000ff", "#ff0000", "#00ff00", "#800080", "#000000", "#ffffff", "#123456"])
def test_any_colour_of_a_vocabulary_becomes_legible_on_dark(hue: str) -> None:
    relation = structs.replace(next(iter(VOCABULARY.relations.values())), color=hue)
    kind = structs.replace(next(iter(VOCABULARY.kinds.values())), fill=hue, stroke=hue)
    found = rules(style_sheet([kind], [relation]).split("dark) {")[1])
    assert contrast(found[f".relation_{relation.name} path"]["stroke"], DARK.panel) >= 4.5
    assert contrast(found[f".kind_{kind.name.lower()} path"]["fill"], DARK.ink) >= 4.5


def test_a_new_kind_and_relation_are_drawn_without_code() -> None:
    kind = structs.replace(VOCABULARY.kinds["Concept"], name="Theorem", shape="octagon", fill="#ffeeee")
    relation = structs.replace(VOCABULARY.relations["supports"], name="proves", line_style="bold", arrow="box")
    view = view_of(
        document(1, node("Pythagoras", "Theorem"), node("Distance", "Claim"), edge("Pythagoras", "proves", "Distance"))
    )
    view.vocabulary = structs.replace(
        VOCABULARY,
        kinds={**VOCABULARY.kinds, "Theorem": kind},
        relations={**VOCABULARY.relations, "proves": relation},
    )
    root = drawn(view)
    assert groups(root, "kind_theorem")
    assert groups(root, "relation_proves")
    assert ".kind_theorem path" in words(root, "style")


def test_a_kind_or_relation_that_nobody_declared_is_drawn_plainly() -> None:
    view = view_of(document(1, node("A", "Riddle"), node("B"), edge("A", "hints at", "B")))
    root = drawn(view)
    assert groups(root, "kind_riddle")
    assert groups(root, "relation_hints_at")


def test_a_picture_holds_the_words_of_a_text_and_no_more_than_a_tooltip_has_room_for() -> None:
    said = document(1, node("Rye", text="A **dark** [[bread]].\n\n- kept"), node("Salt", text="word " * 1000))
    nodes = groups(drawn(view_of(said)), "node")
    assert words(nodes["n_rye"], "desc") == "A dark bread.\n\n- kept"
    assert words(nodes["n_salt"], "desc").endswith("word …")
    assert len(words(nodes["n_salt"], "desc")) < 610
