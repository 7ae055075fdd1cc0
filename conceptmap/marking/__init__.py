"""Marking: a learner's map held against the course's, proposition by proposition.

A proposition is what the map of Novak and Gowin (*Learning How to Learn*, 1984) is made of: two things and the words
that join them. How far two maps have the same ones is told as Ruiz-Primo and Shavelson do (1996): convergence and
salience.
"""

from conceptmap.marking.alignment import Alignment, TakenFor, Unknown
from conceptmap.marking.class_marks import ClassMark, ClassMarks, Shared
from conceptmap.marking.criterion import Criterion
from conceptmap.marking.marks import Marks, mark
from conceptmap.marking.meant import Meant, meant_in, read_meanings
from conceptmap.marking.pairing import Extra, Mark, Outcome
from conceptmap.marking.propositions import LearnerMap, LearnerNode, Proposition, Said, propositions_of

__all__ = [
    "Alignment",
    "ClassMark",
    "ClassMarks",
    "Criterion",
    "Extra",
    "LearnerMap",
    "LearnerNode",
    "Mark",
    "Marks",
    "Meant",
    "Outcome",
    "Proposition",
    "Said",
    "Shared",
    "TakenFor",
    "Unknown",
    "mark",
    "meant_in",
    "propositions_of",
    "read_meanings",
]
