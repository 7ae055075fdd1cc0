"""The names of the kinds and relations that the program itself handles; all others it takes from the vocabulary."""

CONCEPT = "Concept"
CLAIM = "Claim"
EVIDENCE = "Evidence"
ARGUMENT = "Argument"
QUESTION = "Question"
REFLECTION = "Reflection"
METHOD = "Method"
SOURCE = "Source"
UNIT = "Unit"
DAY = "Day"
AGENT = "Agent"

SUPPORTS = "supports"
OPPOSES = "opposes"
UNDERCUTS = "undercuts"
PREMISE_OF = "premise of"
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

VAGUE = frozenset({ABOUT, ASKS, CITES, INTRODUCED_ON})
"""Relations that say no more than that two things are spoken of together."""

STATEMENTS = (CLAIM, EVIDENCE, QUESTION)
"""Kinds of nodes that say or ask something of what they are about: what they hold is told of it too."""
