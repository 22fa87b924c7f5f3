"""Verbalizes formulas: LaTeX in the words of a language, as a lecturer reads it aloud."""

from __future__ import annotations

import re
from typing import Any

from exporter.normalize.toml_tables import load_table

_LATEX_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:[.,]\d+)*|\S")
_FRACTION_COMMANDS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"})
_BIG_OPERATORS = frozenset({"\\sum", "\\prod", "\\int", "\\iint", "\\oint", "\\lim"})
_FUNCTION_COMMANDS = frozenset(
    f"\\{name}" for name in ("sin", "cos", "tan", "log", "ln", "exp", "max", "min", "det", "arg")
)
_TEXT_COMMANDS = frozenset({"\\text", "\\mathrm", "\\textrm", "\\operatorname", "\\mbox", "\\textit", "\\mathit"})
_STYLE_COMMANDS = frozenset({"\\mathbf", "\\mathbb", "\\mathcal", "\\boldsymbol", "\\mathsf", "\\bm", "\\boxed"})
_ENVIRONMENT_COMMANDS = frozenset({"\\begin", "\\end"})
_RAISED_MARKS = frozenset({"\\circ", "\\prime", "\\star", "\\ast", "\\dagger", "'", "*"})
# Spacing and size: they are not said.
_LAYOUT_TOKENS = frozenset(
    f"\\{name}"
    for name in "left right big Big bigl bigr Bigl Bigr displaystyle textstyle limits nolimits quad qquad".split()
) | {"&", "$", "{", "}", "~", "\\ ", "\\,", "\\;", "\\:", "\\!", "\\&"}
_MAX_NESTING_DEPTH = 40  # of groups, to keep within Python's recursion limit; deeper tokens are said as they stand


def verbalize_latex(latex: str, language: str) -> str:
    """Return a formula in the words of a language (a BCP 47 tag), its numbers in digits.

    Empty for a language without `formulas.toml`.
    """
    words = load_table(language.partition("-")[0].lower(), "formulas")
    return _LatexReader(latex, words).read_all() if words else ""


class _LatexReader:
    """Reads the tokens of a formula from left to right."""

    def __init__(self, latex: str, words: dict[str, Any]) -> None:
        self._tokens = _LATEX_TOKEN.findall(latex)
        self._at = 0
        self._depth = 0
        self._symbols: dict[str, str] = words["symbols"]
        self._commands: dict[str, str] = words["commands"]
        self._phrases: dict[str, str] = words["phrases"]

    def read_all(self) -> str:
        """Read the whole formula."""
        said = []
        while self._at < len(self._tokens):
            said.append(self._read_sequence())
            self._at += 1  # a closing brace without an opening one
        return " ".join(filter(None, said))

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        mark = self._peek()
        self._at += 1
        return mark

    def _read_sequence(self, *ends: str) -> str:
        """Read up to one of `ends` or a closing brace, which stays unread."""
        said: list[str] = []
        while (mark := self._peek()) and mark not in ends and mark != "}":
            before = self._at
            said.append(self._read_term())
            if self._at == before:
                self._at += 1
        return " ".join(filter(None, said)).replace(" ,", ",")

    def _read_term(self) -> str:
        """Read an atom with its superscripts, subscripts and argument."""
        mark = self._peek()
        if mark in _BIG_OPERATORS:
            return self._read_big_operator(self._next())
        atom = self._read_atom()
        while self._peek() in ("^", "_"):
            atom = (
                self._read_superscript(atom)
                if self._next() == "^"
                else self._fill_phrase("index", atom, self._read_atom())
            )
        # "h(t)" and "sin x": a letter or a function before a bracket is applied to it.
        if atom and self._peek() == "(" and (mark.isalpha() or mark in _FUNCTION_COMMANDS):
            self._next()
            inner = self._read_sequence(")")
            self._next()
            return self._fill_phrase("function", atom, inner)
        return self._fill_phrase("of", atom) if mark in _FUNCTION_COMMANDS else atom

    def _read_superscript(self, base: str) -> str:
        first = self._peek()
        power = self._read_atom()
        if first in _RAISED_MARKS or power in {self._commands["circ"], self._commands["prime"], self._commands["star"]}:
            return self._fill_phrase("marked", base, power)
        name = {"2": "squared", "3": "cubed", f"{self._symbols['-']} 1": "inverse"}.get(power)
        return self._fill_phrase(name, base) if name else self._fill_phrase("power", base, power)

    def _read_big_operator(self, command: str) -> str:
        """Read a sum, an integral or a limit with its bounds."""
        said = self._commands[command[1:]]
        below = above = ""
        while self._peek() in ("^", "_") or self._peek() in _LAYOUT_TOKENS - {"{", "}"}:
            mark = self._next()
            if mark == "_":
                below = self._read_atom()
            elif mark == "^":
                above = self._read_atom()
        if below:
            said = self._fill_phrase("as" if command == "\\lim" else "from" if above else "over", said, below)
        if above:
            said = self._fill_phrase("until", said, above)
        return self._fill_phrase("of", said)

    def _read_atom(self) -> str:
        """Read a letter, a number, a command with its arguments, or a group."""
        if self._depth > _MAX_NESTING_DEPTH:
            return self._next()
        self._depth += 1
        try:
            return self._read_token(self._next())
        finally:
            self._depth -= 1

    def _read_token(self, mark: str) -> str:
        if mark == "{":
            inner = self._read_sequence()
            self._next()
            return inner
        if mark in _FRACTION_COMMANDS:
            return self._fill_phrase("fraction", self._read_atom(), self._read_atom())
        if mark == "\\binom":
            return self._fill_phrase("binomial", self._read_atom(), self._read_atom())
        if mark == "\\sqrt":
            return self._read_root()
        if mark in _TEXT_COMMANDS:
            return self._read_letters()
        if mark in _STYLE_COMMANDS:
            return self._read_atom()
        if mark in _ENVIRONMENT_COMMANDS:
            self._read_letters()
            return ""
        if mark == "\\\\":
            return ","
        if mark.startswith("\\") and mark[1:] in self._phrases:
            return self._fill_phrase(mark[1:], self._read_atom())
        return self._name_token(mark)

    def _name_token(self, mark: str) -> str:
        if mark in _LAYOUT_TOKENS:
            return ""
        if mark.startswith("\\"):
            return self._commands.get(mark[1:], mark[1:] if mark[1:].isalpha() else "")
        if mark in self._symbols:
            return self._symbols[mark]
        return mark if mark.isalnum() or mark in ",;" else ""

    def _read_root(self) -> str:
        if self._peek() != "[":
            return self._fill_phrase("root", self._read_atom())
        self._next()
        degree = self._read_sequence("]")
        self._next()
        return (
            self._fill_phrase("cube_root", self._read_atom())
            if degree == "3"
            else self._fill_phrase("nth_root", self._read_atom(), degree)
        )

    def _read_letters(self) -> str:
        """Read the letters of a group as a word."""
        if self._peek() != "{":
            return self._read_atom()
        self._next()
        letters = ""
        while (mark := self._next()) and mark != "}":
            letters += mark.lstrip("\\")
        return letters

    def _fill_phrase(self, phrase: str, *parts: str) -> str:
        return self._phrases[phrase].format(*parts).strip()
