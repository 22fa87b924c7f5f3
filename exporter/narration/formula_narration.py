"""Formulas in words: LaTeX as somebody would read it aloud, one line at a time."""

from __future__ import annotations

import re
from functools import cache
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
# What only sets the formula on paper.
_LAYOUT_TOKENS = frozenset(
    f"\\{name}"
    for name in "left right big Big bigl bigr Bigl Bigr displaystyle textstyle limits nolimits quad qquad".split()
) | {"&", "$", "{", "}", "~", "\\ ", "\\,", "\\;", "\\:", "\\!", "\\&"}
_MAX_NESTING_DEPTH = 40


def verbalize_latex(latex: str, language: str) -> str:
    """Return a formula in the words of a language (a BCP 47 tag), its numbers as figures; empty where we have none."""
    known = _load_formula_words(language.partition("-")[0].lower())
    return _LatexReader(latex, known).all() if known else ""


@cache
def _load_formula_words(language: str) -> dict[str, Any]:
    return load_table(language, "formulas")


class _LatexReader:
    """Reads a formula from left to right."""

    def __init__(self, latex: str, known: dict[str, Any]) -> None:
        self._tokens = _LATEX_TOKEN.findall(latex)
        self._at = 0
        self._depth = 0
        self._symbols: dict[str, str] = known["symbols"]
        self._commands: dict[str, str] = known["commands"]
        self._phrases: dict[str, str] = known["phrases"]

    def all(self) -> str:
        """The whole formula."""
        said = []
        while self._at < len(self._tokens):
            said.append(self._sequence())
            self._at += 1  # a bracket that nothing opened
        return " ".join(filter(None, said))

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        mark = self._peek()
        self._at += 1
        return mark

    def _sequence(self, *ends: str) -> str:
        """Everything up to one of `ends`, which is left where it is."""
        said: list[str] = []
        while (mark := self._peek()) and mark not in ends and mark != "}":
            before = self._at
            said.append(self._term())
            if self._at == before:
                self._at += 1
        return " ".join(filter(None, said)).replace(" ,", ",")

    def _term(self) -> str:
        """One thing with what is raised and lowered beside it."""
        mark = self._peek()
        if mark in _BIG_OPERATORS:
            return self._big(self._next())
        atom = self._atom()
        while self._peek() in ("^", "_"):
            atom = self._raised(atom) if self._next() == "^" else self._say("index", atom, self._atom())
        # "h(t)" and "sin x": a letter or a function before a bracket is applied to it.
        if atom and self._peek() == "(" and (mark.isalpha() or mark in _FUNCTION_COMMANDS):
            self._next()
            inner = self._sequence(")")
            self._next()
            return self._say("function", atom, inner)
        return self._say("of", atom) if mark in _FUNCTION_COMMANDS else atom

    def _raised(self, base: str) -> str:
        first = self._peek()
        power = self._atom()
        if first in _RAISED_MARKS or power in {self._commands["circ"], self._commands["prime"], self._commands["star"]}:
            return self._say("marked", base, power)
        name = {"2": "squared", "3": "cubed", f"{self._symbols['-']} 1": "inverse"}.get(power)
        return self._say(name, base) if name else self._say("power", base, power)

    def _big(self, command: str) -> str:
        """A sum, an integral or a limit with its bounds."""
        said = self._commands[command[1:]]
        below = above = ""
        while self._peek() in ("^", "_") or self._peek() in _LAYOUT_TOKENS - {"{", "}"}:
            mark = self._next()
            if mark == "_":
                below = self._atom()
            elif mark == "^":
                above = self._atom()
        if below:
            said = self._say("as" if command == "\\lim" else "from" if above else "over", said, below)
        if above:
            said = self._say("until", said, above)
        return self._say("of", said)

    def _atom(self) -> str:
        """One letter, number, command with its arguments, or group."""
        if self._depth > _MAX_NESTING_DEPTH:
            return self._next()
        self._depth += 1
        try:
            return self._read(self._next())
        finally:
            self._depth -= 1

    def _read(self, mark: str) -> str:
        if mark == "{":
            inner = self._sequence()
            self._next()
            return inner
        if mark in _FRACTION_COMMANDS:
            return self._say("fraction", self._atom(), self._atom())
        if mark == "\\binom":
            return self._say("binomial", self._atom(), self._atom())
        if mark == "\\sqrt":
            return self._root()
        if mark in _TEXT_COMMANDS:
            return self._letters()
        if mark in _STYLE_COMMANDS:
            return self._atom()
        if mark in _ENVIRONMENT_COMMANDS:
            self._letters()
            return ""
        if mark == "\\\\":
            return ","
        if mark.startswith("\\") and mark[1:] in self._phrases:
            return self._say(mark[1:], self._atom())
        return self._name(mark)

    def _name(self, mark: str) -> str:
        if mark in _LAYOUT_TOKENS:
            return ""
        if mark.startswith("\\"):
            return self._commands.get(mark[1:], mark[1:] if mark[1:].isalpha() else "")
        if mark in self._symbols:
            return self._symbols[mark]
        return mark if mark.isalnum() or mark in ",;" else ""

    def _root(self) -> str:
        if self._peek() != "[":
            return self._say("root", self._atom())
        self._next()
        degree = self._sequence("]")
        self._next()
        return self._say("cube_root", self._atom()) if degree == "3" else self._say("nth_root", self._atom(), degree)

    def _letters(self) -> str:
        """The letters of a group, as a word."""
        if self._peek() != "{":
            return self._atom()
        self._next()
        letters = ""
        while (mark := self._next()) and mark != "}":
            letters += mark.lstrip("\\")
        return letters

    def _say(self, phrase: str, *parts: str) -> str:
        return self._phrases[phrase].format(*parts).strip()
