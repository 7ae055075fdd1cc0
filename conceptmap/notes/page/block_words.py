"""Blocks of Markdown as plain words."""

from collections.abc import Iterator
from functools import cache

from conceptmap.notes.page.inline import plain
from conceptmap.notes.page.markdown import (
    Block,
    Code,
    Formula,
    Heading,
    Item,
    Items,
    Paragraph,
    Quote,
    Table,
    markdown_parser,
    read_blocks,
)
from conceptmap.notes.values import Findings

_parser = cache(markdown_parser)


def words_of(text: str) -> str:
    """The words of a text, its blocks parted by empty lines."""
    blocks = read_blocks(_parser(), "", text.split("\n"), 1, Findings())
    return "\n\n".join(filter(None, map(_words, blocks)))


def _words(block: Block) -> str:
    match block:
        case Heading():
            return plain(block.line.text)
        case Paragraph():
            return plain(" ".join(line.text for line in block.lines))
        case Items():
            return "\n".join(_items(block))
        case Quote():
            return "\n\n".join(map(_words, block.blocks))
        case Table():
            return "\n".join(" | ".join(plain(cell.text) for cell in row) for row in block.rows)
        case Code():
            return "\n".join(line.text for line in block.lines)
        case Formula():
            return block.text.strip()


def _items(items: Items) -> Iterator[str]:
    for number, item in enumerate(items.items, 1):
        sign = f"{number}. " if items.ordered else "- "
        lines = _item(item).split("\n")
        yield sign + f"\n{' ' * len(sign)}".join(lines)


def _item(item: Item) -> str:
    return "\n".join(filter(None, map(_words, item.blocks)))
