"""Money, percentages and measures: a number and what it counts."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule
from exporter.normalize.continental.tongue import NUMBER, Tongue, one
from exporter.normalize.tables import spread
from exporter.script import Word

_SPAN = rf"(?:(?P<first>{NUMBER})\s?[-–]\s?)?(?P<number>{NUMBER})"
# Hundredths of a currency follow its name: "fünf Euro neunundneunzig".
_CENTS = re.compile(r"(?P<whole>.*),(?P<part>\d\d)")


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules for amounts."""
    words, currencies, units = tongue.words, tongue.forms("currencies"), tongue.forms("units")
    scales = {sign: said.split("/") for sign, said in spread(tongue.tables["scales"]).items()}

    def number(match: re.Match[str], start: int) -> Word:
        first = f"{tongue.number(match['first'])} {words['to']} " if match["first"] else ""
        return Word(first + tongue.number(match["number"], counting=True), start, match.end("number"))

    def read_money(match: re.Match[str]) -> Parts:
        single, many, *_ = currencies[match["sign"]]
        written = match["number"]
        if match["scale"]:
            said = scales[match["scale"]][0 if one(written) else 1]
            counted = tongue.of(said, many)
            return (number(match, match.start()), Word(f"{said} {counted}", match.end("number"), match.end()))
        cents = _CENTS.fullmatch(written)
        if not cents or match["first"]:
            return (
                number(match, match.start()),
                Word(single if one(written) else many, match.end("number"), match.end()),
            )
        whole = f"{tongue.number(cents['whole'], counting=True)} {single if one(cents['whole']) else many}"
        part = int(cents["part"])
        joint = "con " if tongue.language == "es" else ""
        return (Word(f"{whole} {joint}{tongue.cardinal(part)}" if part else whole, match.start(), match.end()),)

    def read_scale(match: re.Match[str]) -> Parts:
        single, many = scales[match["scale"]]
        if one(match["number"]) and not match["first"]:
            return (Word(f"{'eine' if tongue.language == 'de' else 'un'} {single}", match.start(), match.end()),)
        return (number(match, match.start()), Word(many, match.end("number"), match.end()))

    def read_unit(match: re.Match[str]) -> Parts:
        forms = units[match["unit"]]
        minus = f"{words['minus']} " if match["minus"] else ""
        value = number(match, match.start())
        unit = tongue.of(value.text, forms[0 if one(match["number"]) and not match["first"] else 1])
        return (Word(minus + value.text, value.start, value.end), Word(unit, match.end("number"), match.end()))

    def read_percent(match: re.Match[str]) -> Parts:
        minus = f"{words['minus']} " if match["minus"] else ""
        value = number(match, match.start())
        return (
            Word(minus + value.text, value.start, value.end),
            Word(words["percent"], match.end("number"), match.end()),
        )

    def any_of(forms: dict[str, object]) -> str:
        return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))

    figures = frozenset({FIGURES, "-", "−"})
    signs = any_of(dict(currencies))
    scale = rf"(?:\s?(?P<scale>{any_of(dict(scales))})(?!\w))?"
    # A single letter is a scale only before a currency.
    longer = {sign: said for sign, said in scales.items() if len(sign) > 1}
    minus, edge = r"(?P<minus>[-−])?", r"(?<![\w.,])"
    return (
        Rule("money", figures, rf"{edge}{_SPAN}{scale}[\s\u00a0\u202f]?(?P<sign>{signs})(?!\w)", read_money),
        Rule(
            "money",
            frozenset(sign[0].lower() if sign.isalpha() else sign[-1] for sign in currencies) | {"us"},
            rf"{edge}(?P<sign>{signs})\s?{_SPAN}{scale}",
            read_money,
        ),
        Rule("scale", figures, rf"{edge}{_SPAN}\s?(?P<scale>{any_of(dict(longer))})(?!\w)", read_scale),
        Rule("percent", figures, rf"{edge}{minus}{_SPAN}[\s\u00a0\u202f]?%", read_percent),
        Rule(
            "measure",
            figures,
            rf"{edge}{minus}{_SPAN}[\s\u00a0\u202f]?(?P<unit>{any_of(dict(units))})(?![\w/])",
            read_unit,
        ),
    )
