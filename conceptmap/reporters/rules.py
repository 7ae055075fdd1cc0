"""The rules that remarks are made by: their names, which stay, and how each is known by the words of a problem."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, which programs may count on, what it asks in a sentence, and what its problems say."""

    name: str
    help: str
    words: str = ""


_RULES = (
    Rule(
        "unreadable",
        "A file can be read.",
        r"cannot be read|there is no (such file or )?folder|not a notes file|no notebook|holds no notes",
    ),
    Rule("encoding", "A file is UTF-8, without characters that no text needs.", r"UTF-8|character U\+|an escape here"),
    Rule(
        "front-matter",
        "The front matter is a mapping in YAML with keys that can be read.",
        r"front matter\b(?! says)|is one line of at most",
    ),
    Rule("day", "A note has one day.", r"day is a whole number|front matter says day|before the first day|undated and"),
    Rule("part", "A note is one part of its day.", r"part name|reads as a file name|duplicate day|differ only by case"),
    Rule("course", "Notes that are loaded together are of one course.", r"the course is|the notes are of"),
    Rule("second-note", "A day has one note, or several on purpose.", r"too: both are kept as parts"),
    Rule("foreign-part", "Nobody's work is replaced unseen.", r"was (put|written) by"),
    Rule("emptied", "A note that said something goes on to say something.", r"the note says nothing"),
    Rule("unknown-kind", "A kind is one of the vocabulary.", r"unknown kind|is no kind, but|no list of a known kind"),
    Rule("two-kinds", "A node has one kind.", r" is an? .+ here|is of the kind .+ here|marked as a mention"),
    Rule("unknown-relation", "A relation is one of the vocabulary.", r"unknown relation"),
    Rule("no-target", "A relation names what it leads to.", r"names no target"),
    Rule(
        "wrong-ends", "A relation joins nodes of the kinds that it may.", r"cannot (start|end) at|cannot be joined to"
    ),
    Rule("circle", "A relation that orders things does not run in a circle.", r"runs in a circle"),
    Rule("loop", "An edge joins two nodes.", r"both are .+ left out|join one node to itself|cannot become"),
    Rule("unread-field", "A field stands where fields are read.", r"is not read"),
    Rule("ambiguous-name", "A name means one node.", r"ambiguous name|two headings"),
    Rule("unknown-name", "A name is that of a node.", r"unknown name|is no id|cannot have the id"),
    Rule("lost-link", "A link leads somewhere.", r"leads nowhere"),
    Rule("renamed", "A node that is called otherwise is the same one.", r"it is the same node"),
    Rule(
        "too-long",
        "A label, text or tree has a length that can be shown.",
        r"characters|too long|levels deep|more words",
    ),
    Rule("question", "The map answers the questions that its notes list.", r"no longer answers|questions?\b"),
)

OTHER = Rule("notes", "Notes say what can be kept.")
"""The rule of a problem that none of the others knows."""

SHAPES_FILE = Rule("shapes-file", "A file of shapes says what its author means.")
"""The rule of what is told of a file of shapes itself."""

SHAPE = Rule("shape", "Nodes and edges fit the shape of this name.")
"""What a rule asks that none of us wrote: a shape of a file of shapes, by its own name."""

RULES: Mapping[str, Rule] = {one.name: one for one in (*_RULES, SHAPES_FILE, SHAPE, OTHER)}
"""The rules of problems of notes and files by their names; those of `check` are `conceptmap.coach.RULES`."""

_OWN_WORDS = re.compile(r"'[^']*'|“[^”]*”")
"""Names and texts of notes, which may hold any words."""


def rule_of(what: str) -> Rule:
    """The rule that a problem breaks.

    >>> rule_of("unknown kind 'Clam'").name, rule_of("the map no longer answers 'What is rye?': nothing says it").name
    ('unknown-kind', 'question')
    """
    words = _OWN_WORDS.sub("", what)
    return next((one for one in _RULES if re.search(one.words, words)), OTHER)
