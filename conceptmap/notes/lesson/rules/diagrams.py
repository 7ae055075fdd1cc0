"""Trees, tables and formulas of a lesson: the names that trees and tables bring win over other spellings."""

import re
from typing import NamedTuple

from conceptmap.notes.lesson.clauses import clauses_of
from conceptmap.notes.lesson.ends import is_term
from conceptmap.notes.lesson.lesson_blocks import LessonFormula, LessonTable, LessonTree
from conceptmap.notes.lesson.rules.questions import ask_from
from conceptmap.notes.lesson.state import TABLE_HEAD, TREE_LABEL, LessonState
from conceptmap.notes.lesson.words import concept_key, is_name, lower_words, sentences_of, verb_at, without_article
from conceptmap.notes.page.inline import plain
from conceptmap.notes.page.markdown import Line, compared
from conceptmap.notes.page.tree import TreeNode, parted_day, tree_nodes
from conceptmap.notes.rule_classes import FORMULA, SYNTHESIS
from ontology.names import name_key
from ontology.terms import ABOUT, ASKS, CLAIM, CONCEPT, INTRODUCED_ON, LEADS_TO, QUESTION

_COMPARES = re.compile(r"[<>≫≪≻]|\b(?:beats?|over)\b")
_STATES = re.compile(r"[=∝≈≤≥<>:]")
_POWER = re.compile(r"[=∝≈]")
_CHOICE = re.compile(r"\\(?:arg)?\s*\\?(?:max|min|sup|inf|lim)(?![a-z])|\\operatorname")
_MAX_SYMBOL = 3
"""Letters of a word that may be a symbol of a formula; a longer one makes the label a phrase."""

_SIGNS = {
    "propto": "∝", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "Phi": "Φ", "Gamma": "Γ", "Lambda": "Λ", "Theta": "Θ", "Pi": "Π",
    "approx": "≈", "sim": "~", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "times": "×",
    "cdot": "·", "pm": "±", "infty": "∞", "rightarrow": "→", "to": "→", "Rightarrow": "⇒", "sum": "Σ", "prod": "∏",
    "int": "∫", "partial": "∂", "nabla": "∇", "in": "∈", "mid": "|", "quad": " ", "qquad": " ", "ldots": "…",
    "left": "", "right": "", "displaystyle": "",
}  # fmt: skip
_TEXT = re.compile(r"\\(?:text|mathrm|textbf|mathbf|operatorname|mathcal|mathbb)\s*\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_SCRIPT = re.compile(r"([\^_])\{([^{}]*)\}")
_SIDES = re.compile(r"\s*(?:=|∝|≈|~|≤|≥|<|>|≠)\s*")

_ARRAY = re.compile(r"\\begin\b|\\\\|&")
"""What sets formulas in lines and columns: a derivation, and no label."""

MAX_FORMULA = 120
"""Characters of LaTeX that make a label; more of them are a derivation that nobody would read in a box."""


def read_tree(state: LessonState, block: LessonTree) -> bool:
    """The names of a tree, their days and what they ask; its branches are read as those of typed notes are."""
    for drawn in tree_nodes(block.roots):
        key = _tree_node(state, drawn)
        if key and drawn.mark == "arrow":
            state.behind_arrows.add(key)
        for below in drawn.children if key else ():
            state.wholes[concept_key(plain(below.label))] = key or ""
    return True


def _tree_node(state: LessonState, drawn: TreeNode) -> str | None:
    label, line = plain(drawn.label), drawn.line
    name, colon, gist = (part.strip() for part in label.partition(":"))
    if colon and gist and _COMPARES.search(gist) and is_name(name) and drawn.mark != "arrow":
        node = state.node(name, CLAIM, line, rank=TREE_LABEL)
    else:
        states = _STATES.search(label) or verb_at(lower_words(label))
        kind = CLAIM if states and drawn.mark != "arrow" else CONCEPT
        node = state.node(label, kind, line, rank=TREE_LABEL, key=_key(label))
    if node and drawn.day is not None:
        state.edge(node, INTRODUCED_ON, state.day_node(drawn.day, line), line)
    asked, _ = parted_day(" ".join(plain(part.text) for part in drawn.asked))
    if asked:
        question = state.node(asked, QUESTION, drawn.asked[0], rank=TREE_LABEL)
        state.edge(node, ASKS, question, drawn.asked[0])
    return node


def _key(label: str) -> str | None:
    """The key of a formula, where a label is one: `L(C) ∝ C^(-α)`, `R = h²S`."""
    sides = _POWER.split(label)
    symbols = all(len(word) <= _MAX_SYMBOL or not word.isalpha() for word in lower_words(label))
    return formula_key(label) if len(sides) == 2 and symbols else None


def read_table(state: LessonState, block: LessonTable) -> bool:
    """What a table compares, the dimensions in which it does, and what its cells ask."""
    labels = compared(block.table)
    if not labels:
        return True
    header, *rows = block.table.rows
    cells = zip(labels, header[1:], strict=True)
    things = [state.node(label, CONCEPT, cell, rank=TABLE_HEAD) for label, cell in cells]
    for row in rows:
        words = plain(row[0].text)
        if not words or not is_name(words):
            continue
        dimension = state.node(words, CONCEPT, row[0], rank=TABLE_HEAD)
        for thing in things:
            state.edge(dimension, ABOUT, thing, row[0])
        for cell in row[1:]:
            text = plain(cell.text)
            if text.endswith("?") and len(lower_words(text)) > 1:
                ask_from(state, dimension, text, cell)
    return True


def read_formula(state: LessonState, block: LessonFormula) -> bool:
    """A formula by itself; it is about what the sentence before it speaks of, below a synthesis what that comes to."""
    node = formula_node(state, block.text, block.line, led=_subject_before(state))
    claim = state.claim
    if node and claim and state.nodes[claim].rule == SYNTHESIS:
        state.edge(claim, LEADS_TO, node, block.line, rule=SYNTHESIS)
    return True


def _subject_before(state: LessonState) -> str | None:
    """What the sentence before a formula speaks of."""
    sentences = sentences_of(state.led.text if state.led else "")
    last = sentences[-1:]
    if len(sentences) > 1 and not last[0].endswith((":", "：")):
        return None
    clauses = clauses_of(last[0].rstrip(":："), state.intros, state.topic) if last else []
    if (
        clauses
        and state.may_name(clauses[0].subjects[0], without_article(last[0]))
        and is_term(state, clauses[0].subjects[0])
    ):
        return clauses[0].subjects[0]
    topic = state.topic if last and last[0].endswith((":", "：")) else None
    return topic if topic and is_term(state, topic) else None


def formula_node(state: LessonState, latex: str, line: Line, led: str | None = None) -> str | None:
    """The claim that a formula is, about what `led` or its left side names; None where it says nothing of two sides.

    `led`: what the sentence before it speaks of; with it a choice of one side is a claim as well: `max E(x)`.
    """
    formula = parse_formula(latex, one_sided=led is not None and _CHOICE.match(latex.strip()) is not None)
    if formula is None:
        return None
    node = state.node(formula.label, CLAIM, line, key=formula.key, rule=FORMULA)
    if node is not None:
        state.nodes[node].formula = latex
    if subject := formula.subject if formula.subject and " " in formula.subject else led or formula.subject:
        about = state.like(subject) or state.node(subject, CONCEPT, line, rule=FORMULA)
        state.edge(node, ABOUT, about, line, rule=FORMULA)
    return node


class Formula(NamedTuple):
    """A formula's label, its key (spelled alike, it is the same formula) and what its left side names."""

    label: str
    key: str
    subject: str | None


def parse_formula(latex: str, one_sided: bool = False) -> Formula | None:
    r"""A formula as a label; None where it says nothing of two sides, unless it may be `one_sided`.

    >>> parse_formula(r"L(C) \propto C^{-\alpha}")[:2]
    ('L(C) ∝ C^(-α)', 'lc∝cα')
    """
    if not 0 < len(latex) <= MAX_FORMULA or _ARRAY.search(latex):
        return None
    text = _TEXT.sub(r"\1", latex)
    text = _ROOT.sub(r"√(\1)", _FRACTION.sub(r"(\1)/(\2)", text))
    text = _COMMAND.sub(lambda sign: f" {_SIGNS.get(sign[1], sign[1])} ", text)
    text = _SCRIPT.sub(lambda script: script[1] + _scripted(script[2].strip()), text)
    text = text.replace("\\,", " ").replace("\\;", " ").replace("\\!", "").replace("{", "(").replace("}", ")")
    label = re.sub(r"\s+(?=[\^_])", "", " ".join(text.replace("\\", "").split()))
    sides = _SIDES.split(label, maxsplit=1)
    if (len(sides) < 2 or not all(sides)) and not (one_sided and label):
        return None
    named = _TEXT.match(latex.strip())
    subject = named[1].strip() if named and is_name(named[1]) and len(named[1].strip()) > 1 else None
    return Formula(label, formula_key(label), subject)


def _scripted(text: str) -> str:
    return text if len(text) == 1 else f"({' '.join(text.split()).replace('- ', '-')})"


def formula_key(label: str) -> str:
    """The key of a formula: its letters and signs, without spaces, brackets and the marks of powers.

    >>> formula_key("R = h^2 S") == formula_key("R = h²S")
    True
    """
    return name_key(label.replace("=", "≡")).replace(" ", "").replace("^", "").replace("_", "")
