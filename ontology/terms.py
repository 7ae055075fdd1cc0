"""The names of the kinds and relations that the program itself handles; all others it takes from the vocabulary."""

CONCEPT = "Concept"
CLAIM = "Claim"
EVIDENCE = "Evidence"
QUESTION = "Question"
METHOD = "Method"
SOURCE = "Source"
UNIT = "Unit"
DAY = "Day"
AGENT = "Agent"

SUPPORTS = "supports"
OPPOSES = "opposes"
LEADS_TO = "leads to"
REQUIRES = "requires"
PART_OF = "part of"
ABOUT = "about"
EXAMPLE_OF = "example of"
CONTRASTS_WITH = "contrasts with"
CITES = "cites"
REPLACES = "replaces"
OUTPERFORMS = "outperforms"
PREDICTS = "predicts"
ASKS = "asks"
ANSWERS = "answers"
INTRODUCED_ON = "introduced on"

HUBS = frozenset({DAY, UNIT, SOURCE})
"""Kinds that join what has little to do with each other: no walk goes on through them."""

STATEMENTS = (CLAIM, EVIDENCE, QUESTION)
"""Kinds of nodes that say or ask something of what they are about: what they hold is told of it too."""
