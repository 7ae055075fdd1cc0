"""Pages that are one nested list, as Logseq keeps them: the list's own items are the blocks of the page."""

from collections.abc import Iterator, Sequence

from conceptmap.notes.page.markdown import Block, Heading, Item, Items, Line, Paragraph

MAX_WORDS_OF_HEAD = 8
"""Words of an item that may head what is nested below it; more of them are a sentence."""

LEVEL = 2
"""Of the heading that such an item becomes: below the title of its page."""


def lifted(blocks: Sequence[Block], *, journal: bool) -> list[Block]:
    """The blocks of a page, with the items of its outermost list as blocks; as they are where it is no such list.

    An item that begins with a heading, or is a short name above nested items, is a heading; a sentence is a paragraph;
    other items stay a list; fields come first, for they are the page's. `journal`: only headings and links head a
    section, for the rest is what happened.
    """
    lists = [block for block in blocks if isinstance(block, Items)]
    on_top = blocks[: len(blocks) - len(lists)]
    whole = (
        bool(lists)
        and not any(one.ordered for one in lists)
        and all(isinstance(one, Items) for one in blocks[len(on_top) :])
    )
    if not whole or not all(isinstance(one, Paragraph) for one in on_top):
        return list(blocks)
    items = [item for one in lists for item in one.items]
    fields = [item for item in items if len(item.blocks) == 1 and item.head and _is_field(item.head)]
    on_top = [*on_top, *(item.head for item in fields if item.head)]
    own = set(map(id, fields))
    return [*on_top, *_joined(_lift([item for item in items if id(item) not in own], journal))]


def _lift(items: Sequence[Item], journal: bool) -> Iterator[Block]:
    for item in items:
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Heading):
            yield first
            yield from _nested(item, journal)
        elif (head := item.head) and (line := _heads(item, head, journal)):
            yield Heading(LEVEL, line, line.number)
            yield from item.blocks[1:]
        elif head and len(item.blocks) == 1 and _is_sentence(head):
            yield head
        else:
            yield Items((item,), item.last)


def _nested(item: Item, journal: bool) -> Iterator[Block]:
    """What is below a heading: the items of a list stay one, unless headings are among them."""
    for block in item.blocks[1:]:
        if isinstance(block, Items) and any(one.blocks and isinstance(one.blocks[0], Heading) for one in block.items):
            yield from _lift(block.items, journal)
        else:
            yield block


def _heads(item: Item, head: Paragraph, journal: bool) -> Line | None:
    """The line of an item that heads what is nested below it; None where it is a sentence, a field or a lead."""
    line = head.lines[0]
    whole_link = len(line.links) == 1 and (line.links[0].start, line.links[0].end) == (0, len(line.text))
    if len(head.lines) > 1 or not any(isinstance(block, Items) for block in item.blocks[1:]):
        return None
    if whole_link:
        return line
    if journal or line.links or "::" in line.masked or line.text.startswith("[") or line.text[-1:] in ".:;,!?":
        return None
    return line if len(line.text.split()) <= MAX_WORDS_OF_HEAD else None


def _is_sentence(head: Paragraph) -> bool:
    text = head.lines[-1].text
    return text.endswith((".", "!", "?")) or sum(len(line.text.split()) for line in head.lines) > MAX_WORDS_OF_HEAD


def _is_field(head: Paragraph) -> bool:
    return all("::" in line.masked for line in head.lines)


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks, with lists that follow each other as one."""
    waiting: list[Items] = []
    for block in blocks:
        if isinstance(block, Items) and not block.ordered:
            waiting.append(block)
            continue
        yield from _one_list(waiting)
        waiting.clear()
        yield block
    yield from _one_list(waiting)


def _one_list(lists: Sequence[Items]) -> Iterator[Items]:
    if lists:
        yield Items(tuple(item for one in lists for item in one.items), lists[-1].last)
