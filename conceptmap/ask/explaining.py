"""Explaining: how a question was understood, for programs (`understood`) and for people (`explain`)."""

from textwrap import indent
from typing import assert_never

from conceptmap.ask.answer import JOINED_TO, Answer, Meant, Named, Piece, Understood
from conceptmap.ask.frame import Frame
from conceptmap.ask.lexicon import IntentWord, KindWord, Meaning, Noun, Verb
from conceptmap.ask.query import (
    Compare,
    Describe,
    Filters,
    Holds,
    IntroducedOn,
    NewOn,
    OfKind,
    PathBetween,
    Query,
    Related,
    Select,
)
from conceptmap.ask.segments import Segment
from conceptmap.ask.sparql import as_sparql, why_not
from graphs.view import View


def understood(view: View, intent: str, query: Query, ignored: tuple[str, ...]) -> Understood:
    """What a question was taken to mean: the intent, the query's parts, and the words left aside."""
    return Understood(intent, tuple(Piece(name, meant) for name, meant in _parts(view, query).items()), ignored)


def explain(frame: Frame, reply: Answer) -> str:
    """The words, what each run of them means with its score, the query, and the query as SPARQL."""
    lines = ["words:"]
    for one in frame.segments:
        said = " ".join(word.said for word in frame.words[one.start : one.end])
        lines.append(f"  {said!r}: {_meanings(one)}")
    lines.append("query:")
    meant = reply.understood.as_json() if reply.understood else {}
    lines += [f"  {name}: {value}" for name, value in meant.items()] or ["  none"]
    return "\n".join([*lines, "sparql:", indent(_sparql(frame.view, reply.query), "  ")])


def _sparql(view: View, query: Query | None) -> str:
    if query is None:
        return "none"
    return as_sparql(view, query) or f"none: {why_not(query)}"


def _parts(view: View, query: Query) -> dict[str, Meant]:
    match query:
        case Select():
            return {**_base(view, query.base), **_filters(view, query.filters)}
        case NewOn():
            return {"days": query.days, **_filters(view, query.filters)}
        case IntroducedOn():
            return {"of": _node(view, query.node)}
        case Compare():
            dimension: dict[str, Meant] = {"dimension": query.dimension} if query.dimension else {}
            return {"of": tuple(_node(view, node) for node in query.nodes), **dimension}
        case Describe():
            return {"aspect": query.aspect, "of": _node(view, query.node)}
        case PathBetween():
            return {"from": _node(view, query.start), "to": _node(view, query.end)}
        case Holds():
            return {
                "relation": query.relation.name,
                "source": _node(view, query.source),
                "target": _node(view, query.target),
            }
        case _:
            assert_never(query)


def _base(view: View, base: Related | OfKind) -> dict[str, Meant]:
    if isinstance(base, OfKind):
        return {"kinds": base.kinds} if base.kinds else {}
    says = base.relation.inverse_says if base.inverse else base.relation.says
    of: dict[str, Meant] = {} if base.anchor is None else {"of": _node(view, base.anchor)}
    return {"relation": says, **of, "chain": base.chain}


def _filters(view: View, filters: Filters) -> dict[str, Meant]:
    parts: dict[str, Meant] = {}
    if filters.kinds:
        parts["kinds"] = filters.kinds
    if filters.days:
        parts["days"] = filters.days
    if filters.facets:
        parts["facets"] = dict(filters.facets)
    if filters.near:
        parts[JOINED_TO] = tuple(_node(view, node) for node in filters.near)
    if filters.open:
        parts["open"] = True
    return parts


def _node(view: View, node: str) -> Named:
    return Named(node, view.node(node).label)


def _meanings(segment: Segment) -> str:
    names = [f"{match.entry.sort} {match.entry.key!r} ({match.score:.2f})" for match in segment.named]
    days = [f"days {segment.days.first} to {segment.days.last}"] if segment.days else []
    return "; ".join([*days, *names, *map(_cue, segment.meanings)]) or "-"


def _cue(meaning: Meaning) -> str:
    match meaning:
        case Verb():
            return f"verb of {meaning.relation.inverse if meaning.inverse else meaning.relation.name!r}"
        case Noun():
            return f"noun for the {'source' if meaning.source else 'target'} of {meaning.relation.name!r}"
        case KindWord():
            return f"kind {meaning.kind}"
        case IntentWord():
            return f"asks for {meaning.intent}"
