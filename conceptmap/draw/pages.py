"""Pages: where the groups of a picture go, one after the other; none moves when another comes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from conceptmap.draw.layers import Block, packed
from conceptmap.draw.routes import COLUMN, GUTTER

ROW = 11
"""Pixels of a row; a node takes an even number of rows, so that nodes of any size can stand level."""
BAND = 5
"""The most columns of a timeline, and of a usual group of a map: about as wide as a large screen at 100 %."""
_WIDER = (8, 10)
"""Columns that are tried, too, for a group that is larger than a screen."""
_SHAPE = 1.5
"""A group, and the page as a whole, is so much wider than high, as screens are, where it can be."""
_BENT = 1.3
"""The page may be so many times wider or higher than that while it grows."""
_DEPTH = 40
"""Rows of the first band: room for a day of some nodes, or for two days of a few below each other."""
_FULL = 60
"""Rows of a group that is as high as a screen: it may be wider than a screen, too."""

WIDTHS = range(BAND, 17)
"""Columns that are tried for a page on which nothing has to stay."""
PRICES = ((0.3, 1), (1, 2), (2, 1))
"""What a cell that the page grows by, and one that is lost, costs beside one that is taken: none is best for all."""

Parts = Callable[[int], list[Block]]
"""The blocks of a group, none of more than so many columns."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a group goes: its block, the first column and row, and how many rows it takes with its frame.

    `right` and `bottom` are those of the new region that it begins, if it begins one.
    """

    block: Block
    column: int
    row: int
    rows: int
    right: int = 0
    bottom: int = 0


class Page(Protocol):
    """Finds room for groups in their order."""

    def spot(self, parts: Parts, extra: int) -> Spot:
        """Where a group would go whose frame takes `extra` rows."""

    def take(self, spot: Spot) -> None:
        """Put a group there."""


class Bands:
    """Each group is a band as wide as the page, the next one below."""

    def __init__(self) -> None:
        self._down = 0

    def spot(self, parts: Parts, extra: int) -> Spot:
        """See `Page`."""
        block = packed(parts(BAND), BAND)
        return Spot(block, 0, self._down, block.rows + extra)

    def take(self, spot: Spot) -> None:
        """See `Page`."""
        self._down += spot.rows


class Sheet:
    """A page that grows to the right and down by turns, so that it keeps its shape and is full at any time.

    What it grows by is a region: a stack right of all that is there, or a band below. A band is filled by stacks from
    left to right, and a stack by groups from the top down, as a newspaper is. Before it grows, what is free below
    earlier groups is filled; a later group always begins below or right of where each earlier group begins.
    """

    def __init__(self) -> None:
        self._across = self._down = 0
        self._right = self._bottom = self._top = 0
        self._column = self._wide = self._row = 0
        self._filled: list[int] = []
        self._corners: list[tuple[int, int]] = []

    def spot(self, parts: Parts, extra: int) -> Spot:
        """See `Page`."""
        choices = list(packings(parts))
        below = [one for one in choices if one.columns >= self._wide] or choices[-1:]
        if self._across:
            block = min(below, key=lambda one: _screen(max(self._wide, one.columns), one.rows + extra))
            end = self._column + block.columns
            if self._row + block.rows + extra <= self._bottom and end <= self._right:
                return Spot(block, self._column, self._row, block.rows + extra)
        block = min(choices, key=lambda one: _screen(one.columns, one.rows + extra))
        rows = block.rows + extra
        if self._across and self._column + self._wide + block.columns <= self._right:
            return Spot(block, self._column + self._wide, self._top, rows)
        return min(self._holes(choices, extra), key=lambda one: (one.row, one.column), default=None) or min(
            self._regions(block, rows), key=self._cost
        )

    def take(self, spot: Spot) -> None:
        """See `Page`."""
        if spot.right:
            self._right, self._bottom, self._top = spot.right, spot.bottom, spot.row
        if spot.right or spot.column > self._column:
            self._column, self._wide = spot.column, 0
        self._wide, self._row = max(self._wide, spot.block.columns), spot.row + spot.rows
        self._across = max(self._across, spot.column + spot.block.columns)
        self._down = max(self._down, self._row)
        self._corners.append((spot.column, spot.row))
        self._filled += [0] * (self._across - len(self._filled))
        right = spot.column + spot.block.columns
        self._filled[spot.column : right] = [self._row] * spot.block.columns

    def _holes(self, choices: Sequence[Block], extra: int) -> Iterator[Spot]:
        """Where a group can stand below others so that the page stays as large as it is."""
        for block in choices:
            for column in range(self._across - block.columns + 1):
                row = max(self._filled[column : column + block.columns])
                is_behind = all(column >= x or row >= y for x, y in self._corners)
                if is_behind and row + block.rows + extra <= self._down:
                    ends = (end for end in range(column, self._across) if self._filled[end] > row)
                    yield Spot(block, column, row, block.rows + extra, next(ends, self._across), self._down)

    def _regions(self, block: Block, rows: int) -> Iterator[Spot]:
        """The new regions that a group may begin, a band and a stack."""
        depth = rows if self._down else max(rows, _DEPTH)
        yield Spot(block, 0, self._down, rows, max(self._across, block.columns, BAND), self._down + depth)
        if self._across:
            yield Spot(block, self._across, 0, rows, self._across + block.columns, max(self._down, rows))

    def _cost(self, spot: Spot) -> float:
        """The cells of the page with a region; more where it would be out of shape or a quarter of it nearly empty."""
        right, bottom = spot.column + spot.block.columns, spot.row + spot.rows
        across, down = max(self._across, right), max(self._down, bottom)
        filled = [*self._filled, *[0] * (across - self._across)]
        filled[spot.column : right] = [bottom] * spot.block.columns
        return _page_cost(filled, down)


class Filled:
    """A page of so many columns: each group goes where the page grows by the least, and leaves the least room above."""

    def __init__(self, columns: int, growth: float, loss: float) -> None:
        self.columns = columns
        self._growth = growth
        self._loss = loss
        self._filled = [0] * columns

    def empty(self) -> "Filled":
        """Another one like it, on which nothing stands."""
        return Filled(self.columns, self._growth, self._loss)

    def spot(self, parts: Parts, extra: int) -> Spot:
        """See `Page`."""
        return self.best(packings(parts), extra)

    def best(self, blocks: Iterable[Block], extra: int) -> Spot:
        """Where the group of one of these blocks would go whose frame takes `extra` rows."""
        return min(self._spots(blocks, extra), key=self._price)

    def take(self, spot: Spot) -> None:
        """See `Page`."""
        self._filled[spot.column : spot.column + spot.block.columns] = [spot.row + spot.rows] * spot.block.columns

    def cost(self) -> float:
        """The cells of the page, more where it is out of shape or a quarter of it nearly empty."""
        return _page_cost(self._filled, max(self._filled))

    def _spots(self, blocks: Iterable[Block], extra: int) -> Iterator[Spot]:
        for block in blocks:
            for column in range(self.columns - block.columns + 1):
                row = max(self._filled[column : column + block.columns])
                yield Spot(block, column, row, block.rows + extra)

    def _price(self, spot: Spot) -> tuple[float, int]:
        """What the cells cost that the page grows by, that the group takes and that nothing takes any more; the row."""
        lost = sum(spot.row - row for row in self._filled[spot.column : spot.column + spot.block.columns])
        grown = max(0, spot.row + spot.rows - max(self._filled)) * self.columns
        return self._growth * grown + self._loss * lost + spot.block.columns * spot.rows, spot.row


def _page_cost(filled: Sequence[int], down: int) -> float:
    """The cells of a page; more where it is out of shape or a quarter of it nearly empty."""
    shape = len(filled) * (COLUMN + GUTTER) / (down * ROW)
    bent = max(1.0, _SHAPE / _BENT / shape, shape / _SHAPE / _BENT)
    return len(filled) * down * bent**2 * (1 + _emptiest(filled, down) ** 2)


def _emptiest(filled: Sequence[int], down: int) -> float:
    """The share of the emptiest quarter of a page that is below what its columns are filled with."""
    half, least = len(filled) // 2, down / 2
    sides = [side for side in (filled[:half], filled[half:]) if side]
    return max(sum(down - max(row, least) for row in side) / (least * len(side)) for side in sides)


def _screen(columns: int, rows: int) -> float:
    """How high a screen, in pixels, holds so many columns and rows."""
    return max(columns * (COLUMN + GUTTER) / _SHAPE, rows * ROW)


def packings(parts: Parts) -> Iterator[Block]:
    """The blocks of a group as one block, from the narrowest to the widest; wider than a band where it is large."""
    found = parts(BAND)
    for columns in range(max(part.columns for part in found), BAND + 1):
        block = packed(found, columns)
        yield block
        if block.columns < columns:
            return
    if block.rows > _FULL:
        for columns in _WIDER:
            yield packed(parts(columns), columns)
