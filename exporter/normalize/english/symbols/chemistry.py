"""Chemistry in running text: CO₂, H2O, SO₄²⁻, ¹⁴C, Pu-238."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, MIXED, NUMERIC, POWER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import RAISED_AND_LOWERED, Variety, has_context, spell_letters
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_ELEMENT_PATTERN = (
    r"(?:A[cglmrstu]|B[aehikr]?|C[adeflmorsu]?|D[bsy]|E[rsu]|F[elmr]?|G[ade]|H[efgos]?|I[nr]?|Kr?|L[airuv]|M[gnot]|"
    r"N[abdeip]?|O[gs]?|P[abdmortu]?|R[abefghnu]|S[bcegimnr]?|T[abehil]|U|V|W|Xe|Yb?|Z[nr])"
)
# A formula whose digits stand on the line and whose letters are no capitals of another name: "MgCl2", "Na2SO4".
_PLAIN_FORMULA = re.compile(r"(?=[A-Z]\w*[A-Z])(?=[A-Za-z]*\d)(?=\w*[a-z])\w{4,}")
_FORMULA_PART = re.compile(r"([A-Za-z]+)(\d*)")
_SIGNS = {"+": "plus", "-": "minus"}


class _ChemistryReader:
    """Reads formulas, ions and isotopes."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "science")
        self.elements: dict[str, str] = lists["elements"]
        self.formulas = frozenset(lists["formulas"].split())

    def read_ion(self, match: re.Match[str]) -> Parts:
        """Read "SO₄²⁻": "S-O four two minus"; "Ca²⁺": "calcium two plus"."""
        formula = self.elements.get(match["formula"]) or self.say_formula(
            match["formula"].translate(RAISED_AND_LOWERED)
        )
        charge = " ".join(
            _SIGNS.get(sign) or self.variety.say_number(sign) for sign in match["charge"].translate(RAISED_AND_LOWERED)
        )
        return (Word(formula, *match.span("formula")), Word(charge, *match.span("charge")))

    def read_formula(self, match: re.Match[str]) -> Parts | None:
        written = match.group().translate(RAISED_AND_LOWERED)
        if written == match.group() and written not in self.formulas and not _PLAIN_FORMULA.fullmatch(written):
            return None
        return say(match, self.say_formula(written))

    def say_formula(self, written: str) -> str:
        said = []
        for letters, count in _FORMULA_PART.findall(written):
            said.append(spell_letters(letters.upper()))
            if count:
                said.append(self.variety.say_number(count))
        return " ".join(said)

    def read_grade(self, match: re.Match[str]) -> Parts | None:
        """Read "10-10-10", the grade of a fertilizer."""
        if not has_context("fertilizers", match):
            return None
        return say(match, " ".join(map(self.variety.say_number, match.group().split("-"))))

    def read_isotope(self, match: re.Match[str]) -> Parts | None:
        """Read ¹⁴C: "carbon fourteen"."""
        element = self.elements.get(match["element"])
        return (
            say(match, f"{element} {english_numerals.say_pairs(int(match['mass'].translate(RAISED_AND_LOWERED)))}")
            if element
            else None
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for chemistry."""
    reader = _ChemistryReader(variety)
    return (
        # "¹⁴C"
        Rule(
            "isotope",
            frozenset({NUMERIC}),
            r"(?<![\w])(?P<mass>[⁰¹²³⁴-⁹]{1,3})(?P<element>[A-Z][a-z]?)(?!\w)",
            reader.read_isotope,
        ),
        # "Pu-238"
        Rule(
            "isotope",
            frozenset({CODE}),
            r"(?<![\w-])(?P<element>[A-Z][a-z])-(?P<mass>[1-9]\d{0,2})(?![\w-]|[.,]\d)",
            reader.read_isotope,
        ),
        # "a 10-10-10 fertilizer"
        Rule("grade", frozenset({TIED}), r"(?<![\w.,/-])\d{1,2}-\d{1,2}-\d{1,2}(?![\w/-]|[.,]\d)", reader.read_grade),
        # "SO₄²⁻", "Ca²⁺"
        Rule(
            "formula",
            frozenset({LETTER, CAPITALS, MIXED, CODE, POWER}),
            rf"(?<![\w])(?P<formula>(?:{_ELEMENT_PATTERN}[₀-₉]{{0,3}}){{1,6}})(?P<charge>[²³⁴-⁹]?[⁺⁻])(?!\w)",
            reader.read_ion,
        ),
        # "CO2", "H₂O"
        Rule(
            "formula",
            frozenset({LETTER, CAPITALS, MIXED, CODE, "he", "na", "ca", "fe", "li", "al", "si", "mg"}),
            rf"(?<![\w])(?:{_ELEMENT_PATTERN}[₀-₉\d]{{0,3}}){{1,6}}(?![\w-])",
            reader.read_formula,
        ),
    )
