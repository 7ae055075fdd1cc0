"""Formulas: a readable label for LaTeX, what a formula is about, and what it sums up."""

import re
from typing import NamedTuple

from conceptmap.notes.lesson.lesson_blocks import LessonFormula
from conceptmap.notes.lesson.state import LessonState
from conceptmap.notes.lesson.words import is_name
from conceptmap.notes.page.blocks import Line
from conceptmap.notes.rule_classes import FORMULA, SYNTHESIS
from ontology.names import name_key
from ontology.terms import ABOUT, CLAIM, CONCEPT, LEADS_TO

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

MAX_FORMULA = 300
"""Characters of LaTeX that make a label; more of them are a derivation that nobody would read in a box."""


def read_formula(state: LessonState, block: LessonFormula) -> bool:
    """A formula by itself; below a synthesis it is what the synthesis comes to."""
    node = formula_node(state, block.text, block.line)
    claim = state.claim
    if node and claim and state.nodes[claim].rule == SYNTHESIS:
        state.edge(claim, LEADS_TO, node, block.line, rule=SYNTHESIS)
    return True


def formula_node(state: LessonState, latex: str, line: Line) -> str | None:
    """The claim that a formula is, about what its left side names; None where it says nothing of two sides."""
    formula = parse_formula(latex)
    if formula is None:
        return None
    node = state.node(formula.label, CLAIM, line, key=formula.key, rule=FORMULA)
    if node is not None:
        state.nodes[node].formula = latex
    if formula.subject:
        state.edge(node, ABOUT, state.node(formula.subject, CONCEPT, line, rule=FORMULA), line, rule=FORMULA)
    return node


class Formula(NamedTuple):
    """A formula's label, its key (spelled alike, it is the same formula) and what its left side names."""

    label: str
    key: str
    subject: str | None


def parse_formula(latex: str) -> Formula | None:
    r"""A formula as a label; None where it says nothing of two sides.

    >>> parse_formula(r"L(C) \propto C^{-\alpha}")[:2]
    ('L(C) ∝ C^(-α)', 'lc∝cα')
    """
    if not 0 < len(latex) <= MAX_FORMULA:
        return None
    text = _TEXT.sub(r"\1", latex)
    text = _ROOT.sub(r"√(\1)", _FRACTION.sub(r"(\1)/(\2)", text))
    text = _COMMAND.sub(lambda sign: f" {_SIGNS.get(sign[1], sign[1])} ", text)
    text = _SCRIPT.sub(lambda script: script[1] + _scripted(script[2].strip()), text)
    text = text.replace("\\,", " ").replace("\\;", " ").replace("\\!", "").replace("{", "(").replace("}", ")")
    label = re.sub(r"\s+(?=[\^_])", "", " ".join(text.replace("\\", "").split()))
    sides = _SIDES.split(label, maxsplit=1)
    if len(sides) < 2 or not all(sides):
        return None
    named = _TEXT.match(latex.strip())
    subject = named[1].strip() if named and is_name(named[1]) else None
    return Formula(label, formula_key(label), subject)


def _scripted(text: str) -> str:
    return text if len(text) == 1 else f"({' '.join(text.split()).replace('- ', '-')})"


def formula_key(label: str) -> str:
    """The key of a formula: its letters and signs, without spaces, brackets and the marks of powers.

    >>> formula_key("R = h^2 S") == formula_key("R = h²S")
    True
    """
    return name_key(label.replace("=", "≡")).replace(" ", "").replace("^", "").replace("_", "")
