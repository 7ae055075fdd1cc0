"""The structure of a map in words: what lies apart, what holds it together, what stands in its middle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from conceptmap.notebook import bullets, heading, html, markdown_list, marked
from conceptmap.plain_words import counted
from conceptmap.structure import MOST, SAMPLED, Standing, Structure, structure_of
from conceptmap.ways import named, says, verb_of
from graphs.view import FoldedNode, View
from ontology.terms import STATEMENTS

MOST_TOLD = 5
"""Of each sort so many are told first: what a reader takes in, the others are counted."""
LEAST_CUT_OFF = 3
"""Ideas from which on it is told what cuts them off: one or two at an end of the map are no news."""
LEAST_JOINS = 5
"""Joins from which on an idea is told as a hub."""
LEAST_SHARE = 0.05
"""Of the shortest ways, from which on an idea is told to stand between."""
MOST_NAMED = 4
"""Members of an island or a group that are named."""

Said = str | FoldedNode
"""A piece of a line: words, or a node that stands there by its label."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line about some nodes."""

    pieces: tuple[Said, ...]

    def __str__(self) -> str:
        return "".join(one if isinstance(one, str) else named(one) for one in self.pieces)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one sort, the most telling first, and how many more there are; `about` says what they are."""

    title: str
    about: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is to say of a map's structure, and the structure itself."""

    structure: Structure
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """How much there is."""
        return f"{counted(len(self.structure.ideas), 'idea')}, {counted(len(self.structure.joins), 'join')}"

    def __repr__(self) -> str:
        said = [line for one in self.sections for line in (f"{one.title}:", *(f"  {line}" for line in _lines(one)))]
        return "\n".join([self.title, *said])

    def _repr_markdown_(self) -> str:
        said = [f"**{one.title}**\n\n{markdown_list([marked(line) for line in _lines(one)])}" for one in self.sections]
        return "\n\n".join([f"**{self.title}**", *said])

    def _repr_html_(self) -> str:
        said = (heading(one.title, one.about) + bullets(_lines(one)) for one in self.sections)
        return html(heading(self.title), Markup("").join(said))


def _lines(section: Section) -> list[str]:
    return [*map(str, section.lines), *([f"and {section.more} more"] if section.more else [])]


def overview_of(view: View, most: int = MOST_TOLD) -> Overview:
    """The structure of a view in words, at most so many lines of a sort. It costs a look at all nodes and edges."""
    structure = structure_of(view)
    teller = _Teller(view, structure)
    sections = (
        ("Islands", "ideas of different islands have no way to each other", teller.islands()),
        ("What holds it together", "ideas without which others lose their way to the rest", teller.articulations()),
        ("Bridges", "relations that are the only way from one side to the other", teller.bridges()),
        ("Hubs", "ideas that are joined to many", teller.hubs()),
        ("In the middle", teller.how_between, teller.between()),
        ("Groups", "ideas that are joined to each other more than to the rest", teller.groups()),
    )
    found = [Section(title, about, tuple(lines[:most]), max(len(lines) - most, 0)) for title, about, lines in sections]
    return Overview(structure, tuple(one for one in found if one.lines))


def standing_lines(standing: Standing | None) -> list[str]:
    """What is to be said where an idea stands; mostly nothing."""
    said: list[str] = []
    if standing is None:
        return said
    if standing.cut_off >= LEAST_CUT_OFF:
        said.append(f"stands between {standing.cut_off} ideas and the rest: {_falls(len(standing.pieces) + 1)}")
    if standing.island is not None and standing.island > 1:
        said.append(f"is on an island: nothing joins these {standing.island} ideas to the rest of the map")
    return said


def _falls(pieces: int) -> str:
    return f"without it the map falls {'in two' if pieces == 2 else f'into {pieces} pieces'}"


class _Teller:
    """Words for each sort, the most telling first."""

    def __init__(self, view: View, structure: Structure) -> None:
        self._view, self._structure = view, structure
        self.how_between = "ideas on many of the shortest ways between two others"
        if structure.sampled:
            self.how_between += f", estimated from the ways of {SAMPLED} ideas"

    def islands(self) -> list[Line]:
        islands = [one for one in self._structure.islands if len(one) > 1]
        alone = [one[0] for one in self._structure.islands if len(one) == 1]
        said = [self._around(f"{len(one)} ideas around ", self._hub_of(one), one) for one in islands]
        if alone:
            are = "is" if len(alone) == 1 else "are"
            said.append(Line((f"{counted(len(alone), 'idea')} {are} joined to no other: ", *self._names(alone))))
        return said if len(self._structure.islands) > 1 else []

    def articulations(self) -> list[Line]:
        return [
            self._line(one.node, f"stands between {one.cut_off} ideas and the rest: {_falls(len(one.pieces))}")
            for one in self._structure.articulations
            if one.cut_off >= LEAST_CUT_OFF
        ]

    def bridges(self) -> list[Line]:
        return [self._bridge(*one.ends, one.sides) for one in self._structure.bridges if one.cut_off >= LEAST_CUT_OFF]

    def hubs(self) -> list[Line]:
        found = [(idea, joins) for idea, joins in self._structure.degrees.items() if joins >= LEAST_JOINS]
        found.sort(key=lambda one: (-one[1], one[0]))
        return [self._line(idea, f"is joined to {joins} ideas") for idea, joins in found]

    def between(self) -> list[Line]:
        if self._structure.is_too_large:
            return [Line((f"not looked for: the map has more than {MOST} ideas",))]
        found = [(idea, share) for idea, share in self._structure.between.items() if share >= LEAST_SHARE]
        found.sort(key=lambda one: (-one[1], one[0]))
        about = "about " if self._structure.sampled else ""
        return [self._line(idea, f"lies on {about}{share:.0%} of them") for idea, share in found]

    def groups(self) -> list[Line]:
        if self._structure.is_too_large:
            return [Line((f"not looked for: the map has more than {MOST} ideas",))]
        found = [one for one in self._structure.groups if len(one.members) >= LEAST_CUT_OFF]
        return [self._around(f"{len(one.members)} ideas around ", one.centre, one.members) for one in found]

    def _bridge(self, one: str, other: str, sides: tuple[int, int]) -> Line:
        edge = self._view.edges_between(one, other)[0]
        if edge.source != one:
            one, other, sides = other, one, (sides[1], sides[0])
        of_them = f": only this joins {sides[0]} ideas with {sides[1]}"
        return Line((self._view.node(one), f" {says(self._view, edge, one)} ", self._view.node(other), of_them))

    def _around(self, words: str, centre: str, members: Sequence[str]) -> Line:
        others = sorted(set(members) - {centre}, key=self._rank)
        return Line((words, self._view.node(centre), *((": ", *self._names(others)) if others else ())))

    def _rank(self, node: str) -> tuple[bool, int, str]:
        """What names a group best: terms before statements, then what has most joins."""
        return self._view.kind(node) in STATEMENTS, -self._structure.degrees[node], node

    def _hub_of(self, ideas: Iterable[str]) -> str:
        return min(ideas, key=lambda one: (-self._structure.degrees[one], one))

    def _names(self, ideas: Sequence[str]) -> list[Said]:
        """The first of some ideas, and how many more there are."""
        said: list[Said] = []
        for one in ideas[:MOST_NAMED]:
            said += ["; "] * bool(said) + [self._view.node(one)]
        more = len(ideas) - MOST_NAMED
        return [*said, *([f"; and {more} more"] if more > 0 else [])]

    def _line(self, node: str, words: str) -> Line:
        found = self._view.node(node)
        return Line((found, f" {verb_of(found, words)}"))
