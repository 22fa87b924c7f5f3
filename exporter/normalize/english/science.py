"""Chemistry and mathematics in running text: CO₂, H2O, 10^6, x², a + b = c, ≥."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import CAPITALS, CODE, FOLLOWED, LETTER, MIXED, NUMERIC, POWER, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import NUMBER_PATTERN, RAISED_AND_LOWERED, Variety, spell_letters
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_ELEMENT_PATTERN = (
    r"(?:A[cglmrstu]|B[aehikr]?|C[adeflmorsu]?|D[bsy]|E[rsu]|F[elmr]?|G[ade]|H[efgos]?|I[nr]?|Kr?|L[airuv]|M[gnot]|"
    r"N[abdeip]?|O[gs]?|P[abdmortu]?|R[abefghnu]|S[bcegimnr]?|T[abehil]|U|V|W|Xe|Yb?|Z[nr])"
)
_FORMULA_PART = re.compile(r"([A-Za-z]+)(\d*)")


class _ScienceReader:
    """Reads formulas."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "science")
        self.operators: dict[str, str] = lists["operators"]
        self.elements: dict[str, str] = lists["elements"]
        self.formulas = frozenset(lists["formulas"].split())

    def read_formula(self, match: re.Match[str]) -> Parts | None:
        written = match.group().translate(RAISED_AND_LOWERED)
        if written == match.group() and written not in self.formulas:
            return None
        said = []
        for letters, count in _FORMULA_PART.findall(written):
            said.append(spell_letters(letters.upper()))
            if count:
                said.append(self.variety.say_number(count))
        return say(match, " ".join(said))

    def say_power(self, written: str) -> str:
        exponent = written.translate(RAISED_AND_LOWERED).replace("−", "-")
        if exponent == "2":
            return "squared"
        if exponent == "3":
            return "cubed"
        return (
            f"to the {self.variety.say_number(exponent)}"
            if exponent[:1] == "-"
            else f"to the {self.variety.say_ordinal(int(exponent))}"
        )

    def read_power(self, match: re.Match[str]) -> Parts:
        base = match["base"]
        said = self.variety.say_number(base) if base[0].isdecimal() else " ".join(base).replace("π", "pi")
        return (
            Word(said, *match.span("base")),
            Word(self.say_power(match["power"] or match["caret"]), match.end("base"), match.end()),
        )

    def read_operator(self, match: re.Match[str]) -> Parts:
        return say(match, self.operators[match.group()])

    def read_greek(self, match: re.Match[str]) -> Parts:
        return say(match, unicodedata.name(match.group()).split()[3].lower())

    def read_isotope(self, match: re.Match[str]) -> Parts | None:
        """Read ¹⁴C: "carbon fourteen"."""
        element = self.elements.get(match["element"])
        return (
            say(match, f"{element} {english_numerals.say_pairs(int(match['mass'].translate(RAISED_AND_LOWERED)))}")
            if element
            else None
        )

    def read_minus(self, match: re.Match[str]) -> Parts:
        return say(match, "minus")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for science."""
    reader = _ScienceReader(variety)
    super_ = r"(?:[⁺⁻]?[⁰¹²³⁴-⁹]{1,4})"
    return (
        # "¹⁴C"
        Rule(
            "isotope",
            frozenset({NUMERIC}),
            r"(?<![\w])(?P<mass>[⁰¹²³⁴-⁹]{1,3})(?P<element>[A-Z][a-z]?)(?!\w)",
            reader.read_isotope,
        ),
        # "CO2", "H₂O"
        Rule(
            "formula",
            frozenset({LETTER, CAPITALS, MIXED, CODE, "he", "na", "ca", "fe", "li", "al", "si", "mg"}),
            rf"(?<![\w])(?:{_ELEMENT_PATTERN}[₀-₉\d]{{0,3}}){{1,6}}(?![\w-])",
            reader.read_formula,
        ),
        # "πr²"
        Rule(
            "power",
            frozenset({FOLLOWED, POWER}),
            rf"(?<![\w.])(?P<base>{NUMBER_PATTERN}|[A-Za-zπ]{{1,3}})(?:(?P<power>{super_})|\^(?P<caret>[-−]?\d{{1,3}})(?!\d))",
            reader.read_power,
        ),
        *_make_operator_rules(reader),
    )


def _make_operator_rules(reader: _ScienceReader) -> tuple[Rule, ...]:
    """Return the rules for operators and Greek letters."""
    operator = "|".join(map(re.escape, sorted(reader.operators, key=len, reverse=True)))
    number = rf"(?:{NUMBER_PATTERN}|[a-zA-Z])"
    return (
        # Between two values: "n = 42".
        Rule(
            "operator",
            frozenset(reader.operators),
            r"(?:(?:(?<=[\w)])|(?<=[\w)]\s))(?P<operator>[=+*×÷·])"
            r"|(?:(?<=[\d)])|(?<=[\d)]\s)|(?<=\b[A-Za-z])|(?<=\b[A-Za-z]\s))(?P<relation>[≠≈≤≥<>]))"
            r"(?=\s?(?:[-−]?\.?\d|[a-zA-Z]\b|[($£€]))",
            reader.read_operator,
        ),
        # The dash of "10⁵–10⁶".
        Rule("span", frozenset("-–"), r"(?<=[⁰¹²³⁴-⁹])[-–](?=10[⁻⁰¹²³⁴-⁹])", lambda match: say(match, "to")),
        # "2.5 σ"
        Rule(
            "Greek letter",
            frozenset("αβγδεζηθικλμνξοπρστυφχψω"),
            r"(?<![^\W\d_])[Α-Ωα-ω](?![^\W\d_])",
            reader.read_greek,
        ),
        # The minus of "x² − 5x".
        Rule(
            "operator",
            frozenset({"-", "−", "–"}),
            rf"(?:(?:(?<=\d)|(?<=\d\s)|(?<=\b[xyzabn]\s))[-−–](?=\s?{number}\s?=)|(?<=\b[b-hj-z]\s)[-−–](?=\s\d)|(?<=[a-z][²³]\s)[-−–](?=\s[\da-z]))",
            reader.read_minus,
        ),
        # "5.2 ± 0.3"
        Rule(
            "operator",
            frozenset({"×", "÷", "±", "≠", "≈", "≤", "≥", "√", "∞", "→", "∑", "∆"}),
            rf"(?![≈≤≥]\s?[$£€]?\d)(?:{operator})",
            reader.read_operator,
        ),
    )
