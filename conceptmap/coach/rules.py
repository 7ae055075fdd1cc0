"""The rules of `check`: the one list, from which command line, service, tools and documentation are derived."""

from collections.abc import Collection, Iterable, Mapping

from conceptmap.coach import asked, claims, joins, names, order, stored
from conceptmap.coach.check import SEVERITIES, Rule
from conceptmap.coach.silencing import HELP, SILENCER
from ontology.errors import WrongArguments
from ontology.hints import no_such

_RULES = (
    *asked.COMPETENCY,
    stored.VOCABULARY,
    stored.UNDECLARED,
    names.MISSPELT,
    names.UNDEFINED,
    claims.CONTESTED,
    claims.CIRCULAR,
    claims.HALF_ARGUMENT,
    claims.UNSUPPORTED,
    claims.IDLE,
    claims.UNREAD_WEIGHT,
    names.CLAIM_THAT_ASKS,
    order.LATE,
    asked.UNWRITTEN,
    joins.NO_CROSS_LINK,
    joins.ISLAND,
    Rule(SILENCER, "warning", HELP, lambda survey: ()),
    asked.OPEN,
    claims.ONE_SIDED,
    claims.UNDISCUSSED,
    claims.UNSOURCED,
    joins.VAGUE_LINK,
    order.REDUNDANT,
    joins.BRIDGE,
    joins.TOO_MANY_PARTS,
    joins.HUB,
    joins.CROWDED_DAY,
    names.LONG_LABEL,
    names.TWO_IN_ONE,
    names.ALIKE,
    joins.ALONE,
    asked.NO_FOCUS,
    stored.GUESSED,
)

RULES: Mapping[str, Rule] = {
    rule.name: rule for rule in sorted(_RULES, key=lambda rule: SEVERITIES.index(rule.severity))
}
"""All rules by their names, the gravest first; what they find is listed in this order."""


def chosen_rules(wanted: Collection[str] = (), skipped: Iterable[str] = ()) -> list[str]:
    """The names of the rules that are wanted (all, if none is named) and not skipped. Raises `WrongArguments`."""
    skipped = set(skipped)
    for name in (*wanted, *skipped):
        if name not in RULES:
            raise WrongArguments(no_such("rule", name, RULES), tuple(RULES))
    return [name for name in RULES if (not wanted or name in wanted) and name not in skipped]
