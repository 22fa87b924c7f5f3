"""Powers, formulas and units without a number: 3 × 10⁸, m^2, CO₂, cells/mL, pro km²."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, MIXED, POWER, Parts, Rule, say
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.languages.language import NUMBER, Language
from exporter.script import Word

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ₀₁₂₃₄₅₆₇₈₉", "0123456789-+n0123456789")
_FORMULA_PIECE = re.compile(r"[A-Za-z]+|\d+")


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for powers and formulas with lowered digits."""
    words = language.words

    def read_power(match: re.Match[str]) -> Parts:
        exponent = match["exponent"].translate(_RAISED).replace("−", "-").lstrip("^+")
        number = exponent.lstrip("-")
        said = language.say_cardinal(int(number)) if number.isdecimal() else number
        sign = f"{words['minus']} " if exponent.startswith("-") else ""
        base = match["base"]
        said_base = language.say_number(base) if base[0].isdecimal() else base
        factor = f"{language.say_number(match['factor'])} {words['times']} " if match["factor"] else ""
        power = words["power"].format(exponent=sign + said)
        parts = (
            Word(factor + said_base, match.start(), match.end("base")),
            Word(power, match.end("base"), match.end("exponent")),
        )
        if not match["unit"]:
            return parts
        return (*parts, Word(language.say_unit(match["unit"], single=False), *match.span("unit")))

    def read_formula(match: re.Match[str]) -> Parts:
        pieces = _FORMULA_PIECE.findall(match.group().translate(_RAISED))
        said = (language.say_cardinal(int(piece)) if piece.isdecimal() else "-".join(piece.upper()) for piece in pieces)
        return say(match, " ".join(said))

    signs = "|".join(map(re.escape, sorted(language.unit_signs, key=len, reverse=True)))
    return (
        Rule(
            "power",
            frozenset({FIGURES, POWER, LETTER}),
            rf"(?<![\w.,])(?:(?P<factor>{NUMBER})\s?[×x·]\s?)?(?P<base>{NUMBER}|(?<!\d\s)(?<!/)(?!m[²³])[A-Za-z])"
            rf"(?P<exponent>[⁻⁺]?[⁰¹²³⁴-⁹]{{1,3}}|ⁿ|\^[-−]?\d{{1,3}}(?!\w))(?!\w)(?:[\s\u00a0\u202f](?P<unit>{signs})(?![\w/²³]))?",
            read_power,
        ),
        Rule(
            "formula",
            frozenset({CAPITALS, CODE, LETTER, MIXED, POWER, ""}),
            r"(?<!\w)(?=[A-Za-z]{1,6}[₀-₉])(?:[A-Z][a-z]?[₀-₉]{0,2}){1,6}(?!\w)",
            read_formula,
        ),
    )
