"""A drawing of a map for Python's prompts and notebooks: chosen, and painted when it is shown or saved."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from conceptmap.draw import DRAWINGS, Selection, by_suffix, draw
from conceptmap.draw.scope import picture_of
from conceptmap.draw.selection import Grouping
from conceptmap.notebook import html, image
from graphs.view import View
from ontology.errors import WrongArguments
from ontology.hints import no_such
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from conceptmap.draw import Arrangement


@dataclass(frozen=True, repr=False)
class DrawnMap:
    """What a selection asks of a view, to be painted when it is shown or saved; each raises `DrawingFailed`."""

    view: View
    selection: Selection
    arrangement: "Arrangement" = "map"

    def written(self, form: str = "svg") -> str | bytes:
        """The drawing in a format of `conceptmap.draw.DRAWINGS`: PNG as bytes, all others as text."""
        return draw(self.view, form, self.selection, arrangement=self.arrangement)

    def save(self, file: str | Path) -> Path:
        """Write the drawing to a file, in the format that its suffix says. Raises `WrongArguments` for one of none."""
        from conceptmap.disk import write_file  # noqa: PLC0415  (it reads notes too, for which pictures need not wait)

        file = Path(file)
        forms = by_suffix()
        if file.suffix.lower() not in forms:
            raise WrongArguments(no_such("suffix of a drawing", file.suffix or file.name, forms), tuple(forms))
        write_file(file, self.written(forms[file.suffix.lower()].name))
        return file

    @cached_property
    def svg(self) -> str:
        """The drawing as SVG."""
        return str(self.written(DRAWINGS["svg"].name))

    @property
    def title(self) -> str:
        """What it shows, in words, and what it leaves out."""
        picture = picture_of(self.view, self.selection)
        return f"{picture.heading}. {picture.notice}".strip()

    def __repr__(self) -> str:
        return f"<drawing: {self.title}>"

    def _repr_html_(self) -> str:
        return html(image(self.svg, self.title))

    def _repr_svg_(self) -> str:
        return self.svg


def selected(
    words: Vocabulary,
    *,
    focus: str | None,
    depth: int | None,
    kinds: Collection[str],
    relations: Collection[str],
    whole: bool,
    connected: bool,
    group: Grouping,
) -> Selection:
    """What is to be drawn, in the words of a vocabulary. Raises `WrongArguments` for words that it does not have."""
    if depth is not None and (focus is None or depth < 1):
        raise WrongArguments("depth says how many edges away from a focus: name one, and a depth of 1 or more", ())
    return Selection(
        whole=whole,
        focus=focus,
        depth=depth or 1,
        kinds=frozenset(_kind(words, one) for one in _several(kinds)),
        relations=frozenset(_relation(words, one) for one in _several(relations)),
        connected=connected,
        group=group,
    )


def _several(names: Collection[str]) -> Collection[str]:
    return [names] if isinstance(names, str) else names


def _kind(words: Vocabulary, name: str) -> str:
    if (kind := words.kind(name)) is None:
        raise WrongArguments(no_such("kind", name, words.kinds), tuple(words.kinds))
    return kind.name


def _relation(words: Vocabulary, name: str) -> str:
    if (direction := words.direction(name)) is None:
        known = words.relations
        raise WrongArguments(no_such("relation", name, words.direction_names, known), tuple(known))
    return direction.relation.name
