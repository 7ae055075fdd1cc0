"""Maps to draw, made from documents and not from notes."""

from graphs.view import View
from ontology.model import Document, Edge
from small_maps import document, edge, mention, node
from small_maps import view as view_of

QUESTION = "Can we find a single architecture that scales from toy tasks to real-world robot intelligence?"


def under(parent: str, child: str, place: int, relation: str = "part of") -> Edge:
    """A placed edge; `part of` runs up to the parent, every other relation down to the child."""
    if relation == "part of":
        return edge(child, relation, parent, place=place, parent="target")
    return edge(parent, relation, child, place=place, parent="source")


def robot_course() -> list[Document]:
    """Days 5, 14, 25 and 26 of a course on robot intelligence, as far as its drawn map goes."""
    return [
        document(
            5,
            node("Information Theory", place=1),
            node("Compression = Understanding", "Claim"),
            under("Information Theory", "Compression = Understanding", 1),
        ),
        document(
            14,
            node("Transformer", "Method", place=2),
            node("Attention = Dynamic routing", "Claim"),
            node("Same arch scales to any size", "Claim"),
            under("Transformer", "Attention = Dynamic routing", 1),
            under("Transformer", "Same arch scales to any size", 2),
        ),
        document(
            25,
            mention("Compression = Understanding", "Claim"),
            node("Scaling Laws"),
            node("L(C) ∝ C^(-α)", "Claim"),
            node("Chinchilla: 20 tokens/param", "Claim"),
            node("More compute = better compression", "Claim"),
            under("Compression = Understanding", "Scaling Laws", 1),
            under("Scaling Laws", "L(C) ∝ C^(-α)", 1),
            under("Scaling Laws", "Chinchilla: 20 tokens/param", 2),
            under("Scaling Laws", "More compute = better compression", 3),
        ),
        document(
            26,
            mention("Transformer", "Method"),
            node("The Bitter Lesson", "Claim", data={"gist": "scale > cleverness"}),
            node("Implication for VLAs"),
            node(QUESTION, "Question"),
            under("Transformer", "The Bitter Lesson", 3),
            under("The Bitter Lesson", "Implication for VLAs", 1, "leads to"),
            under("Implication for VLAs", QUESTION, 1, "asks"),
        ),
    ]


def robot_view(as_of: int | None = None) -> View:
    """The course on robot intelligence."""
    return view_of(*robot_course(), as_of=as_of)


COLD = "What happens to the crust when the dough stays in the cold for two whole days before it is baked?"


def bread_view(as_of: int | None = None) -> View:
    """A course on bread: three roots, an aside under one that keeps its trunk, and edges beside the drawn map."""
    return view_of(
        document(
            1,
            node("Flour", place=1, text="Ground grain."),
            node("Yeast", place=2),
            node("Gluten"),
            under("Flour", "Gluten", 1),
            title="What bread is made of",
        ),
        document(
            2,
            mention("Yeast"),
            node("Fermentation"),
            node("Time beats kneading", "Claim", data={"gist": "wait > work"}),
            node("A no-knead dough rose as high after 18 hours", "Evidence"),
            under("Yeast", "Fermentation", 1),
            under("Fermentation", "Time beats kneading", 1, "leads to"),
            edge("A no-knead dough rose as high after 18 hours", "supports", "Time beats kneading"),
            title="Why bread rises",
        ),
        document(
            3,
            mention("Flour"),
            mention("Yeast"),
            mention("Fermentation"),
            node("Cold proof", "Method"),
            node("Warm proof", "Method"),
            node(COLD, "Question"),
            node("Oven", place=3),
            node("Steam", "Method"),
            edge("Fermentation", "requires", "Yeast"),
            under("Flour", "Cold proof", 2, "leads to"),
            under("Cold proof", COLD, 1, "asks"),
            under("Oven", "Steam", 1),
            edge(
                "Cold proof",
                "contrasts with",
                "Warm proof",
                dimension="Flavour",
                values={"source": "deep", "target": "plain"},
            ),
            edge(
                "Cold proof",
                "contrasts with",
                "Warm proof",
                dimension="Time",
                values={"source": "2 days", "target": "2 hours"},
            ),
            title="Baking",
        ),
        as_of=as_of,
    )
