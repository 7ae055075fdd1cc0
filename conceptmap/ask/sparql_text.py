"""How terms and groups of a SPARQL query are written: short names where they are safe, and lines a person can read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import indent

from pyoxigraph import Literal, NamedNode

from conceptmap.ask.query import Days
from graphs.rdf.iris import PREFIXES, Iris, kind_iri, relation_iri
from graphs.view import View
from ontology.model import MAX_DAY
from ontology.vocabulary import Relation, Vocabulary

_LOCAL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_PLAIN_TEXT = re.compile(r"[^'\\\x00-\x1f\x7f\ud800-\udfff]*")


@dataclass(frozen=True)
class Terms:
    """The names of a map's nodes and of its vocabulary's terms: prefixed where the local name is plain ASCII."""

    iris: Iris
    vocabulary: Vocabulary

    @classmethod
    def of(cls, view: View) -> "Terms":
        """The names of a view's map."""
        return cls(Iris(view.map or "map"), view.vocabulary)

    @property
    def prefixes(self) -> dict[str, str]:
        """What every prefix stands for; the empty one for the nodes of the map."""
        return {"": self.iris.nodes, **PREFIXES}

    def node(self, node: str) -> str:
        """The node of this id.

        >>> from ontology.vocabulary import read_vocabulary
        >>> terms = Terms(Iris("bread"), read_vocabulary())
        >>> terms.node("yeast"), terms.node("hüpf"), terms.relation("leads to")
        (':yeast', '<https://conceptmap.example/maps/bread/nodes/hüpf>', 'cm:leadsTo')
        """
        return self._term(self.iris.node(node))

    def relation(self, name: str) -> str:
        """The property of a relation."""
        return self._term(relation_iri(name, self.vocabulary))

    def kind(self, name: str) -> str:
        """The class of a kind."""
        return self._term(kind_iri(name, self.vocabulary))

    def path(self, relation: Relation) -> str:
        """A step by a relation; a symmetric one is stated in either direction."""
        name = self.relation(relation.name)
        return f"({name}|^{name})" if relation.symmetric else name

    def declared(self, text: str) -> list[str]:
        """The PREFIX lines that a query needs."""
        used = {one for one in self.prefixes if re.search(rf"(?<!\w){one}:", text)}
        return [f"PREFIX {one}: <{iri}>" for one, iri in self.prefixes.items() if one in used]

    def _term(self, iri: str) -> str:
        for prefix, start in self.prefixes.items():
            if iri.startswith(start) and _LOCAL_NAME.fullmatch(iri.removeprefix(start)):
                return f"{prefix}:{iri.removeprefix(start)}"
        return str(NamedNode(iri))


def text(value: str) -> str:
    r"""A text as a literal: in single quotes where nothing in it needs an escape.

    >>> print(text('"domain":"Speech"'), text("it's\n"))
    '"domain":"Speech"' "it's\n"
    """
    return f"'{value}'" if _PLAIN_TEXT.fullmatch(value) else str(Literal(value))


def group(patterns: Iterable[str]) -> str:
    """A group of patterns, one to a line."""
    return "{\n" + indent("\n".join(patterns), "  ") + "\n}"


def either(*branches: Iterable[str]) -> str:
    """Groups of which each adds its solutions."""
    return " UNION ".join(map(group, branches))


def one_of(variable: str, terms: Iterable[str]) -> tuple[list[str], str]:
    """What stands for any one of some terms: a single one itself, of several a variable, and the line that binds it.

    >>> one_of("?kind", ["cm:Claim"]), one_of("?kind", ["cm:Claim", "cm:Concept"])
    (([], 'cm:Claim'), (['VALUES ?kind { cm:Claim cm:Concept }'], '?kind'))
    """
    several = list(terms)
    return ([], several[0]) if len(several) == 1 else ([f"VALUES {variable} {{ {' '.join(several)} }}"], variable)


def is_node(node: str) -> str:
    """`?node` is this one."""
    return f"VALUES ?node {{ {node} }}"


def joined(variable: str, other: str) -> list[str]:
    """Some edge, whichever way it runs, joins two nodes."""
    return [f"[] rdf:subject|rdf:object {variable} , {other} .", f"FILTER({variable} != {other})"]


def within(days: Days) -> str:
    """`?day` lies in a range of days."""
    if days.first == days.last:
        return f"FILTER(?day = {days.first})"
    first = [f"?day >= {days.first}"] if days.first > 0 else []
    last = [f"?day <= {days.last}"] if days.last < MAX_DAY else []
    return f"FILTER({' && '.join([*first, *last]) or 'true'})"
