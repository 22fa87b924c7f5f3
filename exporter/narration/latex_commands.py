"""The commands and signs of LaTeX by what they do in a formula that is read aloud."""

from __future__ import annotations

from collections.abc import Sequence

FRACTION_COMMANDS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"})
BINOMIAL_COMMANDS = frozenset({"\\binom", "\\dbinom", "\\tbinom"})
BIG_OPERATORS = frozenset(
    f"\\{name}"
    for name in "sum prod coprod int iint iiint oint bigcup bigcap lim limsup liminf max min sup inf argmax "
    "argmin".split()
)
LIMITS = frozenset({"\\lim", "\\limsup", "\\liminf"})
FUNCTION_COMMANDS = frozenset(
    f"\\{name}"
    for name in "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln lg exp det arg gcd Pr Re Im".split()
)
GREEK_COMMANDS = frozenset(
    f"\\{name}"
    for name in "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho "
    "sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)
VARIABLES = frozenset("abcdkmnpqrxyz")
"""Letters that a bracket with a sum multiplies; all others, and all before a single term, are functions of it."""

STYLE_COMMANDS = frozenset(
    "\\mathbf \\mathbb \\mathcal \\mathfrak \\mathscr \\boldsymbol \\mathsf \\mathtt \\mathrm \\mathit \\bm \\boxed "
    "\\operatorname \\underbrace \\overbrace \\smash \\cancel \\text \\textrm \\textit \\textbf \\mbox".split()
)
"""Commands that only say how a group looks; words without markup are tokens of their own (`latex_tokens`)."""

STACKED_COMMANDS = frozenset({"\\overset", "\\underset", "\\stackrel"})
LABELLED_ARROWS = frozenset({"\\xrightarrow", "\\xleftarrow"})
SUM_OPERATORS = frozenset("+ - − ± = < > ≤ ≥ ≠ ≈ \\pm \\mp \\le \\leq \\ge \\geq \\ne \\neq \\approx \\to".split())
BEFORE_TERMS = (
    frozenset("( [ { \\{ , ; / * × : ! ^ _ & \\\\ \\times \\cdot \\mid \\in \\lfloor \\lceil \\langle".split())
    | SUM_OPERATORS
    | FUNCTION_COMMANDS
    | BIG_OPERATORS
)
"""Tokens after which a term begins: brackets, signs between terms, functions."""

BRACKETS = {"(": ")", "[": "]"}
BARS = {"|": "absolute", "\\vert": "absolute", "\\lvert": "absolute", "\\rvert": "absolute"} | {
    "\\|": "norm", "\\Vert": "norm", "\\lVert": "norm", "\\rVert": "norm", "‖": "norm",
}  # fmt: skip
ROUNDED = {"\\lfloor": ("\\rfloor", "floor"), "\\lceil": ("\\rceil", "ceiling")}
MARKUP = dict.fromkeys(map(ord, "_{}\\"))
"""Signs of LaTeX that are left out of words and of formulas of chemistry (for `str.translate`)."""

RAISED_MARKS = frozenset({"\\prime", "\\star", "\\ast", "\\dagger", "*", "+", "-"})
TRANSPOSED = frozenset({"\\top", "\\intercal"})
ORDINAL_ENDINGS = frozenset({"th", "st", "nd", "rd"})
MATRICES = {f"\\begin{{{kind}matrix}}": "matrix" for kind in ("", "p", "b", "B", "small")} | {
    "\\begin{vmatrix}": "determinant"
}
LARGEST_SAID_FRACTION = 10
"""Denominator up to which a proper fraction of whole numbers is left to the rules of numbers: one half."""


def is_name(mark: str) -> bool:
    """Whether a token can be the name of a function."""
    if mark.isalpha() or mark in FUNCTION_COMMANDS or mark in GREEK_COMMANDS or mark in STYLE_COMMANDS:
        return True
    return mark.endswith("}") and not mark.startswith(("\\begin", "\\end"))


def has_sum(tokens: Sequence[str]) -> bool:
    """Whether tokens hold a sum or a relation, and are no list.

    A sign in front does not count, nor do those in inner groups.
    """
    depth, is_sum = 0, False
    for position, mark in enumerate(tokens):
        depth += (mark in ("{", "(")) - (mark in ("}", ")"))
        if not depth and mark == ",":
            return False
        is_sum = is_sum or (not depth and position > 0 and mark in SUM_OPERATORS)
    return is_sum
