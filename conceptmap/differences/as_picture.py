"""A difference as one picture."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from conceptmap.differences.form import DiffForm

if TYPE_CHECKING:
    from conceptmap.compare import Comparison


def write_svg(found: "Comparison", *, whole: bool = False) -> Iterator[str]:
    """The SVG of all that differs and what is next to it, and, `whole`, of both drawn maps."""
    yield found.draw(whole=whole)


FORM = DiffForm("svg", "both maps in one picture", write_svg, (".svg",), "image/svg+xml")
