"""LaTeX commands of the signs that formulas in XML (MathML, OMML) are written with."""

from __future__ import annotations

import re
import unicodedata

BIG_OPERATORS = {
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∬": r"\iint", "∮": r"\oint", "⋃": r"\bigcup", "⋂": r"\bigcap",
}  # fmt: skip
"""Operators that have their bounds below and above."""

ACCENTS = {
    "\u0302": r"\hat", "^": r"\hat", "ˆ": r"\hat", "\u0303": r"\tilde", "~": r"\tilde", "˜": r"\tilde",
    "\u0304": r"\bar", "\u0305": r"\bar", "¯": r"\bar", "‾": r"\bar", "\u0307": r"\dot", "˙": r"\dot",
    "\u0308": r"\ddot", "¨": r"\ddot", "\u20d7": r"\vec", "→": r"\vec",
}  # fmt: skip
"""Marks over a letter, as combining characters and as signs of their own."""

_OPERATORS = {
    "·": r"\cdot", "⋅": r"\cdot", "∗": r"\ast", "÷": r"\div", "∓": r"\mp", "≪": r"\ll", "≫": r"\gg", "≃": r"\simeq",
    "≅": r"\cong", "≡": r"\equiv", "∼": r"\sim", "∝": r"\propto", "→": r"\to", "⟶": r"\to", "⇒": r"\Rightarrow",
    "⟹": r"\Rightarrow", "⇔": r"\iff", "⟺": r"\iff", "↦": r"\mapsto", "∞": r"\infty", "∈": r"\in", "∉": r"\notin",
    "⊂": r"\subset", "⊆": r"\subseteq", "∪": r"\cup", "∩": r"\cap", "∖": r"\setminus", "∅": r"\emptyset",
    "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "∧": r"\land", "∨": r"\lor", "∇": r"\nabla", "∂": r"\partial",
    "ℓ": r"\ell", "ℏ": r"\hbar", "…": r"\dots", "⋯": r"\cdots", "°": r"\circ", "∘": r"\circ", "′": r"\prime",
    "†": r"\dagger", "⟨": r"\langle", "⟩": r"\rangle", "‖": r"\|",
}  # fmt: skip
_RESERVED = re.compile(r"[#$%&_{}^]")
_GREEK_NAME = re.compile(r"GREEK (SMALL|CAPITAL) LETTER (?:FINAL )?(\w+)")


FUNCTIONS = frozenset(
    "sin cos tan cot sinh cosh tanh arcsin arccos arctan log ln exp max min sup inf det arg gcd lim".split()
)
"""Names that are commands of LaTeX; all others are words."""


def write_name(name: str) -> str:
    """Return the LaTeX of the text of a formula: a function's command, else each character's."""
    return f"\\{name} " if name in FUNCTIONS else "".join(map(write_sign, name))


def write_sign(sign: str) -> str:
    """Return the LaTeX of one character: a command for an operator or a Greek letter, else the character itself."""
    if command := BIG_OPERATORS.get(sign) or _OPERATORS.get(sign):
        return f"{command} "
    if found := _GREEK_NAME.fullmatch(unicodedata.name(sign, "")):
        letter = found[2].replace("LAMDA", "LAMBDA").lower()
        return f"\\{letter if found[1] == 'SMALL' else letter.capitalize()} "
    return escape_latex(sign)


def escape_latex(text: str) -> str:
    """Return a text with a backslash before each character that LaTeX reserves."""
    return _RESERVED.sub(lambda found: f"\\{found[0]}", text)
