"""The small pictures of kinds in lists: each shape as on the drawing, so that colour is never the only sign."""

from collections.abc import Mapping

from ontology.vocabulary import Vocabulary

PATHS: Mapping[str, str] = {
    "rounded": "M5 1.5h6a4.5 4.5 0 0 1 0 9H5a4.5 4.5 0 0 1 0-9z",
    "box": "M1.5 1.5h13v9h-13z",
    "note": "M1.5 1.5h9.5l3.5 3.5v5.5h-13zM11 1.5V5h3.5",
    "box3d": "M1.5 4l3-2.5h10V8l-3 2.5h-10zM1.5 4h10v6.5M11.5 4l3-2.5",
    "cds": "M1.5 1.5h8.8L14.8 6l-4.5 4.5H1.5z",
    "folder": "M1.5 10.5v-7h7l1.2-2h4.8v9z",
    "component": "M3.5 1.5h11v9h-11zM1.5 3h4v2h-4zM1.5 7h4v2h-4z",
    "cylinder": "M2 3v6c0 1 2.7 1.8 6 1.8S14 10 14 9V3c0-1-2.7-1.8-6-1.8S2 2 2 3zM2 3c0 1 2.7 1.8 6 1.8S14 4 14 3",
    "tab": "M1.5 10.5v-9H7v2h7.5v7z",
    "ellipse": "M8 1.2c3.8 0 6.8 2.1 6.8 4.8S11.8 10.8 8 10.8 1.2 8.7 1.2 6 4.2 1.2 8 1.2z",
    "octagon": "M4.5 1.2h7l3.3 3v3.6l-3.3 3h-7l-3.3-3V4.2z",
    "hexagon": "M4.2 1.2h7.6L15 6l-3.2 4.8H4.2L1 6z",
    "diamond": "M8 .8 15 6l-7 5.2L1 6z",
    "parallelogram": "M4.5 1.5h10.3l-3.3 9H1.2z",
    "triangle": "M8 .8l6.8 10H1.2z",
    "house": "M1.5 5 8 .8 14.5 5v5.8h-13z",
    "invhouse": "M1.5 1.2h13V7L8 11.2 1.5 7z",
    "trapezium": "M4.2 1.5h7.6l3.2 9H1z",
    "invtrapezium": "M1 1.5h14l-3.2 9H4.2z",
}
"""Shapes of Graphviz as SVG paths, 16 wide and 12 high."""


def swatch_of(vocabulary: Vocabulary, kind: str) -> tuple[str, str]:
    """The path of a kind's shape, and a letter in it where the shape has no path of its own.

    >>> from ontology.vocabulary import read_vocabulary
    >>> swatch_of(read_vocabulary(), "Claim")
    ('M1.5 1.5h13v9h-13z', '')
    >>> swatch_of(read_vocabulary(), "Recipe")
    ('M1.5 1.5h13v9h-13z', 'R')
    """
    known = vocabulary.kinds.get(kind)
    path = PATHS.get(known.shape) if known else None
    return (path, "") if path else (PATHS["box"], kind[:1].upper())
