"""The coach: rules by which a map is looked at as a careful teacher would, what they find, and the line to write.

`RULES` is the one list of them. Each looks at a `Survey` of a view, and gives `Check`s.
"""

from conceptmap.coach.advice import Advice, Way
from conceptmap.coach.check import SEVERITIES, Check, Rule
from conceptmap.coach.coach import Coach
from conceptmap.coach.rules import RULES, chosen_rules
from conceptmap.coach.silencing import MARK, Note

__all__ = ["MARK", "RULES", "SEVERITIES", "Advice", "Check", "Coach", "Note", "Rule", "Way", "chosen_rules"]
