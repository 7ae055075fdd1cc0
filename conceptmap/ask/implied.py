"""What a relation says of its ends anyway: what is replaced is older, what something is part of larger.

`Which older methods did A replace?` asks the same as without `older`; of another relation, or at its other end, it
does not.
"""

from ontology.terms import CONTRASTS_WITH, OPPOSES, OUTPERFORMS, PART_OF, REPLACES, SUPPORTS

_OLDER = "old older earlier former previous prior preceding obsolete outdated"
_NEWER = "new newer later modern recent subsequent"
_SAID: dict[str, tuple[str, str]] = {
    # of the source, of the target
    REPLACES: (_NEWER, _OLDER),
    OUTPERFORMS: ("better superior stronger", "weaker inferior worse"),
    PART_OF: ("smaller", "bigger larger wider broader"),
    CONTRASTS_WITH: ("different", "different"),
    SUPPORTS: ("supporting", ""),
    OPPOSES: ("opposing contrary conflicting contradicting", ""),
}

EARLIER = frozenset("earlier previous prior preceding former older".split())
"""What is said of all that came up before something else."""

LATER = frozenset("later subsequent newer".split())
"""What is said of all that came up after something else."""


def implied(relation: str, *, source: bool) -> frozenset[str]:
    """The adjectives that say no more of what stands at an end of a relation than that it does."""
    of_source, of_target = _SAID.get(relation, ("", ""))
    return frozenset((of_source if source else of_target).split())
