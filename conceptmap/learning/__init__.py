"""Learning: what a learner has learned of a map, and what to learn next, in which order and on which days."""

from conceptmap.learning.learned import Learned, learned_in, marked_as
from conceptmap.learning.plans import Frontier, NextNode, Plan, Step, StudyDay, is_to_learn, next_in, plan_of

__all__ = [
    "Frontier",
    "Learned",
    "NextNode",
    "Plan",
    "Step",
    "StudyDay",
    "is_to_learn",
    "learned_in",
    "marked_as",
    "next_in",
    "plan_of",
]
