"""The list of all maps: what each is called, how much is in it, its days, and its last change."""

from collections.abc import Sequence
from dataclasses import dataclass

from conceptmap.atlas import Atlas
from conceptmap.values import Extent, Line


@dataclass(frozen=True, slots=True)
class ListedMap:
    """A map as the list shows it."""

    name: str
    extent: Extent
    last: Line | None

    @property
    def title(self) -> str:
        """Its name in words.

        >>> ListedMap("robot-intelligence", Extent((), 0, 0), None).title
        'Robot intelligence'
        """
        words = self.name.replace("-", " ").replace("_", " ").strip()
        return words[:1].upper() + words[1:] or self.name

    @property
    def days(self) -> str:
        """Its days in words.

        >>> ListedMap("a", Extent((1, 5, 30), 9, 9, 0, ("1", "30")), None).days
        '3 days, from day 1 to day 30'
        >>> ListedMap("a", Extent((), 9, 9, 2), None).days
        '2 undated notes'
        """
        days, names = self.extent.days, self.extent.names or ("", "")
        first, last = (f"day {name}" if name.isdigit() else name for name in names)
        said = [f"{len(days)} days, from {first} to {last}" if len(days) > 1 else first] if days else []
        if undated := self.extent.undated:
            said.append(f"{undated} undated note{'s' if undated != 1 else ''}")
        return ", ".join(said)


def maps_listed(atlas: Atlas, names: Sequence[str]) -> list[ListedMap]:
    """These maps, each with what is in it now; those that changed last come first."""
    extents = atlas.extents()
    found = [ListedMap(name, extents.get(name, Extent((), 0, 0)), _last(atlas, name)) for name in names]
    return sorted(found, key=lambda one: one.last.time if one.last else "", reverse=True)


def _last(atlas: Atlas, name: str) -> Line | None:
    return next(iter(atlas[name].lines(limit=1)), None)
