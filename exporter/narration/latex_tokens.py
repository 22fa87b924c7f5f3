"""Splits LaTeX into the tokens that are said: layout, colours and labels are left out, words and numbers are whole."""

from __future__ import annotations

import re
from functools import cache

_LAYOUT = re.compile(
    r"\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*\.?"
    r"|\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|nonumber|notag|hline|hfill)(?![A-Za-z])"
    r"|(?<!\\)(?:\\[,;:! &]|[~$])"
    r"|\\(?:tag\*?|label|[hv]space\*?|[hv]?phantom|color|textcolor|colorbox|eqref|ref)\s*\{[^{}]*\}"
)
_PAUSE = re.compile(r"\\(?:q?quad|colon)(?![A-Za-z])|;")
_ROW_SPACING = re.compile(r"(\\\\)\s*\[[^\[\]]*\]")
_COLUMNS = re.compile(r"(\\begin\{(?:array|tabular|alignat\*?)\})\s*\{[^{}]*\}")
_OPERATOR_OVER_BOUND = re.compile(r"\\underset\s*\{([^{}]*)\}\s*\{\s*(\\[A-Za-z]+)\s*\}")
_PAIR_OF_NUMBERS = re.compile(r"(?:(?<=[\[(])|(?<=\\\{))(\d+),(\d+)(?=\s*\\?[\])}])")
_DECIMAL_POINT = re.compile(r"\d+\.(?!\d{3}(?!\d))\d+")
_WORDS = r"\\(?:text(?:rm|it|bf|sf|tt|normal)?|mbox|hbox|operatorname\*?|mathrm|mathit)\s*\{(?:[^{}\\^_]|\\[_%#])*\}"
_CHEMICAL_FORMULA = r"\\mathrm\s*\{(?:[A-Z][a-z]?(?:_(?:\d|\{\d+\}))?)+\}"
_ENVIRONMENT = r"\\(?:begin|end)\s*\{[A-Za-z]+\*?\}"
_NUMBERS = {
    ".": r"\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+",
    ",": r"\d+(?:[.,]\d+)*",
}
"""Numbers by the decimal sign: where it is a point, the comma of ``[0,1]`` parts two numbers."""


def split_latex(latex: str, decimal: str) -> list[str]:
    r"""Return the tokens of a formula, in a language whose decimal sign is `decimal`.

    A token is a command, a group of words (``\text{for all}``), the beginning or end of an environment, a number, or
    one character.
    """
    text = _OPERATOR_OVER_BOUND.sub(r"\2_{\1}", latex.replace("{,}", ",").replace(":=", r"\coloneqq "))
    text = _PAUSE.sub(",", _LAYOUT.sub(" ", _COLUMNS.sub(r"\1", _ROW_SPACING.sub(r"\1 ", text))))
    tokens: list[str] = _compile_tokens(decimal).findall(_PAIR_OF_NUMBERS.sub(r"\1, \2", text))
    if decimal == ",":  # authors write the point of TeX in any language
        tokens = [token.replace(".", ",") if _DECIMAL_POINT.fullmatch(token) else token for token in tokens]
    return tokens


@cache
def _compile_tokens(decimal: str) -> re.Pattern[str]:
    return re.compile(rf"{_WORDS}|{_CHEMICAL_FORMULA}|{_ENVIRONMENT}|\\[A-Za-z]+|\\.|{_NUMBERS[decimal]}|\S", re.DOTALL)
