"""The command that shows which kinds and relations there are."""

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import AsJson, VocabularyFile
from conceptmap.cli.terminal import Span, line, show_json, table

if TYPE_CHECKING:
    from ontology.vocabulary import Kind, Relation, Vocabulary

MOST_WORDS = 4
"""Words of a kind or relation that are shown: some have fifty."""


def vocabulary(
    context: typer.Context,
    *,
    file: VocabularyFile = None,
    turtle: Annotated[bool, typer.Option("--turtle", help="All declarations as Turtle, yours behind.")] = False,
    json: AsJson = False,
) -> None:
    """List the kinds and relations that notes can use.

    Those of your own vocabulary stand first. A relation is shown with its name for the way back, with the kinds that
    it may join, and with words that questions and notes have for it.
    """
    from conceptmap.shapes.vocabulary import vocabulary_shape
    from ontology.own_vocabulary import read_own_vocabulary

    if json and turtle:
        raise typer.BadParameter("--json and --turtle are two forms of the same; choose one")
    words = read_own_vocabulary(file or context.obj.vocabulary)
    if turtle:
        line(words.turtle.decode().rstrip())
    elif json:
        show_json(vocabulary_shape(words))
    else:
        _show(words)


def _show(words: "Vocabulary") -> None:
    """Kinds, then relations, one's own first."""
    first = True
    for is_own in (True, False):
        kinds = [one for one in words.kinds.values() if one.is_own == is_own]
        relations = [one for one in words.relations.values() if one.is_own == is_own]
        whose = "Your" if is_own else "Built-in"
        for heading, rows in (("kinds", _kind_rows(kinds)), ("relations", _relation_rows(words, relations))):
            if rows:
                line(*([] if first else ["\n"]), (f"{whose} {heading}", "bold"))
                table(rows)
                first = False


def _kind_rows(kinds: "Sequence[Kind]") -> list[tuple[Span, ...]]:
    rows: list[tuple[Span, ...]] = []
    for kind in kinds:
        above = f"a sub-kind of {' and '.join(kind.parents)}" if kind.parents else ""
        rows.append((f"  {kind.name}", (_few([*kind.prefixes, *kind.nouns], kind.name), "dim"), above))
    return rows


def _relation_rows(words: "Vocabulary", relations: "Sequence[Relation]") -> list[tuple[Span, ...]]:
    return [_relation_row(words, one) for one in relations]


def _relation_row(words: "Vocabulary", relation: "Relation") -> tuple[Span, ...]:
    ends = f"{_any_of(words, relation.sources)} → {_any_of(words, relation.targets)}"
    back = "(both ways)" if relation.symmetric else relation.inverse
    said = _few([*relation.verbs, *relation.wordings], relation.name)
    return (f"  {relation.name}", back, ends, (said, "dim")) if relation.is_own else (f"  {relation.name}", back, ends)


def _few(words: Sequence[str], name: str) -> str:
    """The first words that say something besides the name."""
    found = list(dict.fromkeys(one for one in words if one.casefold() != name.casefold()))
    return ", ".join(found[:MOST_WORDS]) + (" …" if len(found) > MOST_WORDS else "")


def _any_of(words: "Vocabulary", kinds: "Set[str]") -> str:
    """The kinds that an end may have, without those that are sub-kinds of others there."""
    widest = [kind for kind in words.kinds if kind in kinds and kinds.isdisjoint(words.kinds[kind].parents)]
    return ", ".join(widest) or "any"
