"""Verbalizes formulas: LaTeX in the words of a language, as a lecturer reads it aloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exporter.narration import latex_commands
from exporter.narration.latex_commands import has_sum, is_name
from exporter.narration.latex_tokens import split_latex
from exporter.normalize.toml_tables import load_table

_MAX_GROUP_TOKENS = 500
"""Tokens in which the end of a group is looked for (bounds the time)."""

_MAX_NESTING_DEPTH = 40  # of groups, to keep within Python's recursion limit; deeper tokens are said as they stand


def verbalize_latex(latex: str, language: str) -> str:
    """Return a formula in the words of a language (a BCP 47 tag), its numbers in digits.

    In a language without `formulas.toml`, operators are their signs.
    """
    words = load_table(language.partition("-")[0].lower(), "formulas") or load_table("any", "formulas")
    return _LatexReader(split_latex(latex, words["decimal"]), words).read_all()


class _LatexReader:
    """Reads the tokens of a formula from left to right.

    A comma marks where a sum ends that is a numerator, a power or an index: else ``(a+b)/2`` would be ``a+b/2``.
    """

    def __init__(self, tokens: list[str], words: dict[str, Any]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._bounds_end = -1
        self._open_sets = 0
        self._symbols: dict[str, str] = words["symbols"]
        self._commands: dict[str, str] = words["commands"]
        self._phrases: dict[str, str] = words["phrases"]

    def read_all(self) -> str:
        """Read the whole formula."""
        said = []
        while self._at < len(self._tokens):
            said.append(self._read_sequence())
            self._at += 1  # the end of a group or an environment that has no beginning
        return _tidy_commas(" ".join(filter(None, said)))

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        mark = self._peek()
        self._at += 1
        return mark

    def _skip(self, mark: str) -> None:
        if self._peek() == mark:
            self._at += 1

    def _read_sequence(self, *ends: str) -> str:
        """Read up to one of `ends`, a closing brace or the end of an environment, which stays unread."""
        said: list[str] = []
        while (mark := self._peek()) and mark not in ends and mark != "}" and not mark.startswith("\\end"):
            before = self._at
            said.append(self._read_term())
            if self._at == before:
                self._at += 1
        return " ".join(filter(None, said))

    def _read_up_to(self, end: str) -> str:
        """Read up to the sign that closes a group, and past it."""
        if self._depth > _MAX_NESTING_DEPTH:
            return ""
        self._depth += 1
        inner = self._read_sequence(end)
        self._depth -= 1
        self._skip(end)
        return inner

    def _read_term(self) -> str:
        """Read an atom with its superscripts, subscripts and argument."""
        mark = self._peek()
        if mark in latex_commands.BIG_OPERATORS:
            return self._read_big_operator(self._next())
        atom = self._read_atom()
        while self._peek() in ("^", "_", "'"):
            match self._next():
                case "^":
                    atom = self._read_superscript(atom)
                case "_":
                    atom = self._read_subscript(atom, "log_base" if mark == "\\log" else "index")
                case _:
                    atom = self._fill_phrase("marked", atom, self._symbols["'"])
        if atom and self._peek() in latex_commands.BRACKETS and is_name(mark) and not self._is_factor(mark):
            return self._fill_phrase("function", atom, self._read_up_to(latex_commands.BRACKETS[self._next()]))
        return self._fill_phrase("of", atom) if mark in latex_commands.FUNCTION_COMMANDS else atom

    def _is_factor(self, name: str) -> bool:
        """Whether a letter before a bracket multiplies it: ``a(b+c)``, not ``f(b+c)`` and not ``x(t)``."""
        return name in latex_commands.VARIABLES and has_sum(
            self._tokens[self._at + 1 : self._find_end(self._at + 1, ")")]
        )

    def _find_end(self, start: int, ends: Sequence[str]) -> int:
        """Return the position of the first of `ends` outside of inner groups; that of `start` if it is not near."""
        depth = 0
        for position in range(start, min(start + _MAX_GROUP_TOKENS, len(self._tokens))):
            mark = self._tokens[position]
            if not depth and mark in ends:
                return position
            depth += (mark in ("{", "(")) - (mark in ("}", ")"))
            if depth < 0:
                break
        return start

    def _is_after_term(self, position: int) -> bool:
        """Whether a letter, a number or a group stands before a token, so that it goes on with that."""
        before = self._tokens[position - 1] if position and position != self._bounds_end else ""
        return bool(before) and before not in latex_commands.BEFORE_TERMS

    def _read_argument(self) -> tuple[str, bool]:
        """Read an atom; also return whether it is a sum or a relation."""
        start = self._at
        said = self._read_atom()
        inner = self._tokens[start : self._at]
        return said, has_sum(inner[1:-1] if inner[:1] == ["{"] else inner)

    def _read_digit_or_group(self) -> tuple[str, bool]:
        """Read an argument as TeX takes it: without braces, it is one digit."""
        mark = self._peek()
        if mark.isdigit() and len(mark) > 1:
            self._tokens[self._at : self._at + 1] = [mark[0], mark[1:]]
        return self._read_argument()

    def _read_superscript(self, base: str) -> str:
        first = self._peek()
        is_degree = self._tokens[self._at : self._at + 3] == ["{", "\\circ", "}"] or first == "\\circ"
        power, is_sum = self._read_argument()
        if power in latex_commands.ORDINAL_ENDINGS:
            return base + power
        if first in latex_commands.TRANSPOSED or (power == "T" and base.isupper()):
            return self._fill_phrase("transposed", base)
        if is_degree:
            return self._fill_phrase("marked", base, self._commands["degree"])
        if first in latex_commands.RAISED_MARKS or power in {
            self._commands["prime"],
            self._commands["star"],
            self._symbols["*"],
        }:
            return self._fill_phrase("marked", base, power)
        name = {"2": "squared", "3": "cubed", f"{self._symbols['-']} 1": "inverse"}.get(power)
        return self._fill_phrase(name, base) if name else self._fill_phrase("power", base, power) + "," * is_sum

    def _read_subscript(self, base: str, phrase: str) -> str:
        index, is_sum = self._read_argument()
        return self._fill_phrase(phrase, base, index) + "," * is_sum

    def _read_big_operator(self, command: str) -> str:
        """Read a sum, an integral or a limit with its bounds."""
        said = self._commands[command[1:]]
        below = above = ""
        while self._peek() in ("^", "_"):
            if self._next() == "_":
                below = self._read_atom()
            else:
                above = self._read_atom()
        self._bounds_end = self._at
        if below:
            said = self._fill_phrase(
                "as" if command in latex_commands.LIMITS else "from" if above else "over", said, below
            )
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
            return self._read_up_to("}")
        if mark == "(":
            return self._read_bracket()
        if mark in latex_commands.BARS:
            return self._read_bars(latex_commands.BARS[mark])
        if mark in latex_commands.ROUNDED:
            end, phrase = latex_commands.ROUNDED[mark]
            return self._fill_phrase(phrase, self._read_up_to(end))
        if mark in latex_commands.FRACTION_COMMANDS:
            return self._read_fraction()
        if mark.startswith("\\"):
            return self._read_command(mark)
        if mark == ":" and not self._is_between_numbers():
            return ","
        if mark in self._symbols:
            return self._symbols[mark]
        return mark if mark[:1].isalnum() or mark[-1:].isdigit() or mark in ",%" else ""

    def _is_between_numbers(self) -> bool:
        """Whether the token that was read last, a colon, is that of a ratio."""
        return self._at > 1 and self._tokens[self._at - 2][-1:].isdigit() and self._peek()[:1].isdigit()

    def _read_command(self, mark: str) -> str:
        if mark.endswith("}"):
            return self._read_words_or_environment(mark)
        if mark in latex_commands.BINOMIAL_COMMANDS:
            return self._fill_phrase("binomial", self._read_digit_or_group()[0], self._read_digit_or_group()[0])
        if mark == "\\sqrt":
            return self._read_root()
        if mark == "\\ce":
            return self._read_chemistry()
        if mark == "\\not":
            return self._read_negation()
        if mark in latex_commands.STYLE_COMMANDS:
            return self._read_atom()
        if mark in latex_commands.STACKED_COMMANDS:
            above, below = self._read_atom(), self._read_atom()
            return f"{below}, {above},"
        if mark in latex_commands.LABELLED_ARROWS:
            return f"{self._commands['to']}, {self._read_atom()},"
        if mark == "\\$" and self._peek()[:1].isdigit():
            return f"${self._next()}"
        if mark[1:] in self._phrases:
            return self._fill_phrase(mark[1:], self._read_atom())
        return self._name_command(mark)

    def _name_command(self, mark: str) -> str:
        match mark:
            case "\\\\":
                return ","
            case "\\{" | "\\}":
                self._open_sets += 1 if mark == "\\{" else -1
                return ""
            case "\\mid":
                return self._phrases["such_that"] if self._open_sets > 0 else self._commands["mid"]
            case "\\%" | "\\#":
                return mark[1:]
            case _:
                return self._commands.get(mark[1:], mark[1:] if mark[1:].isalpha() else "")

    def _read_words_or_environment(self, mark: str) -> str:
        """Read words, which stand in braces of their own, or what an environment holds."""
        if not mark.startswith(("\\begin", "\\end")):
            return mark.partition("{")[2].replace("\\_", " ").translate(latex_commands.MARKUP).strip()
        inner = self._read_sequence()
        if self._peek().startswith("\\end"):
            self._at += 1
        return (
            self._fill_phrase(latex_commands.MATRICES[mark], inner) + "," if mark in latex_commands.MATRICES else inner
        )

    def _read_bracket(self) -> str:
        """Read what stands in brackets; a sum that something is done with is set off."""
        start = self._at
        end = self._find_end(start, ")")
        is_sum = has_sum(self._tokens[start:end])
        is_whole = start == 1 and end == len(self._tokens) - 1
        inner = self._read_up_to(")")
        if not is_sum or is_whole:
            return inner
        factor = f"{self._commands['times']} " if self._is_after_term(start - 1) else ""
        return f"{factor}{self._fill_phrase('quantity', inner)},"

    def _read_bars(self, phrase: str) -> str:
        """Read an absolute value or a norm; a bar after a term, or without a second one, is a condition."""
        if self._peek() == "_":
            self._at += 1
            return self._fill_phrase("evaluated", self._read_atom())
        bars = [bar for bar, kind in latex_commands.BARS.items() if kind == phrase]
        end = self._find_end(self._at, bars)
        if self._is_after_term(self._at - 1) or end == self._at:
            return self._name_command("\\mid") if phrase == "absolute" else ""
        pause = "," * has_sum(self._tokens[self._at : end])
        inner = self._read_sequence(*bars)
        self._at += 1
        return self._fill_phrase(phrase, inner) + pause

    def _read_fraction(self) -> str:
        is_joined = self._is_after_term(self._at - 1)
        (above, is_sum_above), (below, is_sum_below) = self._read_digit_or_group(), self._read_digit_or_group()
        if above.isdecimal() and below.isdecimal() and int(above) < int(below) <= latex_commands.LARGEST_SAID_FRACTION:
            return f"{above}/{below}"
        pause = ", " if is_sum_above and not is_joined else ""
        return pause + self._fill_phrase("fraction", above + "," * is_sum_above, below + "," * is_sum_below)

    def _read_root(self) -> str:
        if self._peek() != "[":
            inner, is_sum = self._read_digit_or_group()
            return self._fill_phrase("root", inner) + "," * is_sum
        self._at += 1
        degree = self._read_up_to("]")
        inner, is_sum = self._read_digit_or_group()
        said = self._fill_phrase("cube_root", inner) if degree == "3" else self._fill_phrase("nth_root", inner, degree)
        return said + "," * is_sum

    def _read_negation(self) -> str:
        """Read a relation that is struck through."""
        match self._next():
            case "=":
                return self._symbols["≠"]
            case "\\in":
                return self._commands["notin"]
            case relation:
                return f"{self._commands['neg']} {self._read_token(relation)}"

    def _read_chemistry(self) -> str:
        """Read a formula of chemistry as it is written: the rules of the text know it."""
        self._skip("{")
        end = self._find_end(self._at, "}")
        written = "".join(self._tokens[self._at : end]).replace("->", f" {self._commands['to']} ")
        self._at = end + 1
        return written.replace("+", f" {self._symbols['+']} ").translate(latex_commands.MARKUP)

    def _fill_phrase(self, phrase: str, *parts: str) -> str:
        return self._phrases[phrase].format(*parts).strip()


def _tidy_commas(said: str) -> str:
    """Put commas behind the word before them, each once, and none at an end."""
    words: list[str] = []
    for word in said.split():
        core = word.rstrip(",")
        if core:
            words.append(core)
        if core != word and words and not words[-1].endswith(","):
            words[-1] += ","
    return " ".join(words).rstrip(",")
