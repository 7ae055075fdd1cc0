"""Formulas as MathML, and lines of text as HTML: nothing of a document becomes markup but what is listed here."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert
from markupsafe import Markup, escape

MOST = 2000
"""Characters of a formula that is converted, which takes some 65 ms; longer ones are no formulas that anybody reads."""
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_TAGS = frozenset(
    "math mrow mi mo mn mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mstyle "
    "mpadded mphantom menclose mmultiscripts mprescripts none ms".split()
)
_ATTRIBUTES = frozenset(
    "display stretchy mathvariant linethickness rowspacing columnspacing columnalign rowalign columnlines rowlines "
    "accent accentunder fence separator form lspace rspace width height depth voffset minsize maxsize largeop "
    "movablelimits displaystyle scriptlevel notation symmetric".split()
)
_INLINE = re.compile(r"\$([^$\n]{1,500})\$|\*\*([^*\n]+)\*\*|\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]|`([^`\n]+)`")


def mathml(formula: str, *, block: bool = False) -> Markup:
    r"""A LaTeX formula as MathML; one that cannot be read, or would bring other markup, as its source.

    >>> mathml("x^2")
    Markup('<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>')
    >>> mathml("\\text{<script>}")
    Markup('<code>\\text{&lt;script&gt;}</code>')
    """
    root = _read(formula, "block" if block else "inline") if len(formula) <= MOST else None
    return Markup("<code>{}</code>").format(formula) if root is None else Markup("").join(_written(root))


def inline(text: str) -> Markup:
    """A label or another line, with formulas, emphasis and code; links are shown as their words.

    >>> inline("Bread **needs** [[Yeast|it]].")
    Markup('Bread <strong>needs</strong> it.')
    """
    pieces: list[Markup] = []
    at = 0
    for found in _INLINE.finditer(text):
        pieces += [escape(text[at : found.start()]), _marked(found)]
        at = found.end()
    return Markup("").join([*pieces, escape(text[at:])])


def _marked(found: re.Match[str]) -> Markup:
    formula, strong, target, words, code = found.groups()
    if formula is not None:
        return mathml(formula)
    if strong is not None:
        return Markup("<strong>{}</strong>").format(strong)
    return Markup("<code>{}</code>").format(code) if code is not None else escape(words or target)


def _read(formula: str, display: str) -> Element | None:
    try:
        root = ElementTree.fromstring(convert(formula, display=display))
    except Exception:  # the converter meets a wrong formula with whatever error it falls over
        return None
    return root if all(_is_known(element) for element in root.iter()) else None


def _is_known(element: Element) -> bool:
    return element.tag.startswith(_MATHML) and element.tag.removeprefix(_MATHML) in _TAGS


def _written(element: Element) -> Iterator[Markup]:
    tag = element.tag.removeprefix(_MATHML)
    known = ((name, value) for name, value in element.items() if name in _ATTRIBUTES)
    yield Markup("<{}{}>").format(
        Markup(tag), Markup("").join(Markup(' {}="{}"').format(Markup(name), value) for name, value in known)
    )
    yield escape(element.text or "")
    for child in element:
        yield from _written(child)
        yield escape(child.tail or "")
    yield Markup("</{}>").format(Markup(tag))
