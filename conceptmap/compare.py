"""Two states of a map compared: points in time, or what is and what a write would make of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from conceptmap.difference_words import InWords, plain
from conceptmap.notebook import MOST_ROWS, heading, html, markdown_list, marked, unfolding
from graphs.diff import Diff, Effect, diff
from graphs.fold import Event, PartKey
from graphs.ledger import WriteReport
from graphs.view import View
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from conceptmap.draw import Renderer


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two views of a map."""

    before: View
    after: View
    diff: Diff

    @property
    def title(self) -> str:
        """The map's name and the two points in time: their days, and their entries where these differ."""
        names = {view.map for view in (self.before, self.after) if view.map}
        points = f"{self._point(self.before)} → {self._point(self.after)}"
        return f"{' '.join(sorted(names))}: {points}" if names else points

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What becomes of the claims that both have."""
        from conceptmap.meaning.effects import effects_of, touched_by_diff  # noqa: PLC0415  (a picture does without)

        touched = touched_by_diff(self.before, self.diff)
        return effects_of(self.before, self.after, touched) if touched else ()

    @property
    def words(self) -> InWords:
        """The same in words."""
        from conceptmap.meaning.effects import strengths_moved  # noqa: PLC0415  (likewise)

        effects = [(one, strengths_moved(one)) for one in self.effects]
        return InWords(self.diff, self.after.vocabulary, self.label, effects)

    def __repr__(self) -> str:
        return f"<{self.title}: {self.words.summary()}>"

    def _repr_html_(self) -> str:
        parts = [heading(self.title), self.words.summary()]
        for name, lines in self.words.sections():
            parts += [heading(name), unfolding(_items(map(plain, lines)), MOST_ROWS)]
        return html(*parts)

    def _repr_markdown_(self) -> str:
        parts = [f"**{marked(self.title)}**", marked(self.words.summary())]
        for name, lines in self.words.sections():
            parts += [f"**{marked(name)}**", markdown_list([marked(plain(one)) for one in lines])]
        return "\n\n".join(parts)

    def label(self, node: str) -> str:
        """The label of a node that either view has, the newer one if it can be."""
        return (self.after if self.after.has_node(node) else self.before).node(node).label

    def draw(self, *, whole: bool = False, renderer: "Renderer | None" = None) -> str:
        """One SVG of all that differs and what is next to it, and, `whole`, of both drawn maps."""
        # Graphviz and XML are imported when a picture is asked for: the text must not wait.
        from conceptmap.draw import draw_difference  # noqa: PLC0415  (text must not wait for it)

        return draw_difference(self.before, self.after, self.diff, self.title, whole=whole, renderer=renderer)

    def _point(self, view: View) -> str:
        words = []
        if self.before.day != self.after.day or self.before.entry == self.after.entry:
            words.append("nothing" if view.day is None else view.day_in_words(view.day))
        if self.before.entry != self.after.entry:
            words.append(f"entry {view.entry}")
        return ", ".join(words)


def _items(lines: Iterable[str]) -> list[Markup]:
    """Lines as items of a list, each with those that stand farther in below it."""
    items: list[Markup] = []
    for line in lines:
        if line.startswith(" ") and items:
            items[-1] += Markup("<br><small>{}</small>").format(line)
        else:
            items.append(Markup.escape(line))
    return items


def compare(before: View, after: View) -> Comparison:
    """The comparison of two views of a map."""
    return Comparison(before, after, diff(before, after))


@dataclass(frozen=True)
class Proposal:
    """A dry run's report, and the documents that it met. The map may go on meanwhile: nothing here reads it later."""

    report: WriteReport
    events: tuple[Event, ...]
    sequence: int
    vocabulary: Vocabulary

    @cached_property
    def comparison(self) -> Comparison:
        """The map as it is, compared with what it would be. Costs as much as folding the map twice."""
        before = View.of(self.events, self.vocabulary)
        after = View.of((*self.events, *_news(self.report, self.sequence)), self.vocabulary)
        return compare(before, after)


def view_after(view: View, report: WriteReport) -> View:
    """What a dry run would make of the view that it met."""
    return view.followed_by(_news(report, view.entry))


def _news(report: WriteReport, sequence: int) -> list[Event]:
    """What a dry run would add to a map that stands at this entry."""
    return [
        Event(sequence + 1, PartKey(part.day, part.part), part.document, kind=part.kind)
        for part in report.parts
        if part.status != "unchanged"
    ]
