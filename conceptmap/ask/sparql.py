"""How a query is written as SPARQL: terms with short names where that is safe, and patterns that a person can read.

Nothing of a question can become syntax: ids are letters, digits, `-` and `_`, IRIs come from the vocabulary, and
texts, which are the map's own spellings, are written as literals. Where a later note gives a comparison or a facet a
new value, answers know only that; the RDF holds what each note says, so there the former value is found as well.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import indent

from pyoxigraph import Literal, NamedNode

from conceptmap.ask.spans import Days
from graphs.rdf.iris import PREFIXES, Iris, kind_iri, relation_iri
from graphs.view import View
from ontology.model import MAX_DAY
from ontology.terms import DAY, INTRODUCED_ON
from ontology.vocabulary import Relation, Vocabulary

_LOCAL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_PLAIN_TEXT = re.compile(r"[^'\\\x00-\x1f\x7f\ud800-\udfff]*")


class NoSparql(Exception):
    """SPARQL cannot say a query; the message says why."""


@dataclass(frozen=True)
class ShortNames:
    """The names of a map's nodes and of its vocabulary's terms: prefixed where the local name is plain ASCII."""

    iris: Iris
    vocabulary: Vocabulary

    @classmethod
    def of(cls, view: View) -> "ShortNames":
        """The names of a view's map."""
        return cls(Iris(view.map or "map"), view.vocabulary)

    @property
    def prefixes(self) -> dict[str, str]:
        """What every prefix stands for; the empty one for the nodes of the map."""
        return {"": self.iris.nodes, **PREFIXES}

    def node(self, node: str) -> str:
        """The node of this id.

        >>> from ontology.vocabulary import read_vocabulary
        >>> names = ShortNames(Iris("bread"), read_vocabulary())
        >>> names.node("yeast"), names.node("hüpf"), names.relation("leads to")
        (':yeast', '<https://conceptmap.example/maps/bread/nodes/hüpf>', 'cm:leadsTo')
        """
        return self._term(self.iris.node(node))

    def narrower(self, kinds: Iterable[str]) -> list[str]:
        """These kinds and their sub-kinds, in the order of the vocabulary."""
        found = self.vocabulary.within(kinds)
        known = [kind for kind in self.vocabulary.kinds if kind in found]
        return [*known, *sorted(found.difference(known))]

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


def first_defined(variable: str) -> str:
    """The first day that defines `?node`."""
    return f"""\
SELECT ?node (MIN(?d) AS {variable}) WHERE {{
  ?document doc:day ?d ; doc:node ?said .
  ?said doc:of ?node .
  FILTER NOT EXISTS {{ ?said doc:mention true }}
  FILTER NOT EXISTS {{ ?document doc:undated true }}
}} GROUP BY ?node"""


FIRST_SEEN = """\
SELECT ?node (MIN(?d) AS ?seen) WHERE {
  ?document doc:day ?d ; doc:node/doc:of ?node .
  FILTER NOT EXISTS { ?document doc:undated true }
} GROUP BY ?node"""
"""The first day that defines or mentions `?node`."""


def number_of(day_node: str, variable: str) -> str:
    """The number of a day's node."""
    return f"BIND(xsd:integer(STRAFTER(STR({day_node}), STR(:day-))) AS {variable})"


def day_node(variable: str) -> str:
    """The node of the day whose number is `?day`."""
    return f"BIND(IRI(CONCAT(STR(:day-), STR(?day))) AS {variable})"


def introduction(names: ShortNames) -> list[str]:
    """`?day` of `?node`: as stated (a day is its own), else the first that defines it, else that mentions it."""
    stated = f"""\
SELECT ?node (MIN(?d) AS ?stated) WHERE {{
  ?node {names.relation(INTRODUCED_ON)}? ?on .
  ?on a {names.kind(DAY)} .
  {number_of("?on", "?d")}
}} GROUP BY ?node"""
    firsts = [f"OPTIONAL {group([one])}" for one in (stated, first_defined("?defined"), FIRST_SEEN)]
    return ["?node a ?sort .", *firsts, "BIND(COALESCE(?stated, ?defined, ?seen) AS ?day)"]
