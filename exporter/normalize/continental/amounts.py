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


class _Reader:
    """How amounts are said."""

    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue
        self.words, self.currencies, self.units = tongue.words, tongue.forms("currencies"), tongue.forms("units")
        self.scales = {sign: said.split("/") for sign, said in spread(tongue.tables["scales"]).items()}
        self.minus, self.edge = r"(?P<minus>[-−])?", r"(?<![\w.,])"

    def number(self, match: re.Match[str], start: int) -> Word:
        first = f"{self.tongue.number(match['first'])} {self.words['to']} " if match["first"] else ""
        return Word(first + self.tongue.number(match["number"], counting=True), start, match.end("number"))

    def read_money(self, match: re.Match[str]) -> Parts:
        single, many, *_ = self.currencies[match["sign"]]
        written = match["number"]
        if match["scale"]:
            said = self.scales[match["scale"]][0 if one(written) else 1]
            counted = self.tongue.of(said, many)
            return (self.number(match, match.start()), Word(f"{said} {counted}", match.end("number"), match.end()))
        cents = _CENTS.fullmatch(written)
        if not cents or match["first"]:
            return (
                self.number(match, match.start()),
                Word(single if one(written) else many, match.end("number"), match.end()),
            )
        whole = f"{self.tongue.number(cents['whole'], counting=True)} {single if one(cents['whole']) else many}"
        part = int(cents["part"])
        joint = "con " if self.tongue.language == "es" else ""
        return (Word(f"{whole} {joint}{self.tongue.cardinal(part)}" if part else whole, match.start(), match.end()),)

    def read_scale(self, match: re.Match[str]) -> Parts:
        single, many = self.scales[match["scale"]]
        if one(match["number"]) and not match["first"]:
            return (Word(f"{'eine' if self.tongue.language == 'de' else 'un'} {single}", match.start(), match.end()),)
        return (self.number(match, match.start()), Word(many, match.end("number"), match.end()))

    def read_unit(self, match: re.Match[str]) -> Parts:
        forms = self.units[match["unit"]]
        minus = f"{self.words['minus']} " if match["minus"] else ""
        value = self.number(match, match.start())
        unit = self.tongue.of(value.text, forms[0 if one(match["number"]) and not match["first"] else 1])
        return (Word(minus + value.text, value.start, value.end), Word(unit, match.end("number"), match.end()))

    def read_percent(self, match: re.Match[str]) -> Parts:
        minus = f"{self.words['minus']} " if match["minus"] else ""
        value = self.number(match, match.start())
        return (
            Word(minus + value.text, value.start, value.end),
            Word(self.words["percent"], match.end("number"), match.end()),
        )

    def any_of(self, forms: dict[str, object]) -> str:
        return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules for amounts."""
    reader = _Reader(tongue)
    figures = frozenset({FIGURES, "-", "−"})
    signs = reader.any_of(dict(reader.currencies))
    scale = rf"(?:\s?(?P<scale>{reader.any_of(dict(reader.scales))})(?!\w))?"
    longer = {sign: said for sign, said in reader.scales.items() if len(sign) > 1}
    return (
        Rule(
            "money", figures, rf"{reader.edge}{_SPAN}{scale}[\s\u00a0\u202f]?(?P<sign>{signs})(?!\w)", reader.read_money
        ),
        Rule(
            "money",
            frozenset(sign[0].lower() if sign.isalpha() else sign[-1] for sign in reader.currencies) | {"us"},
            rf"{reader.edge}(?P<sign>{signs})\s?{_SPAN}{scale}",
            reader.read_money,
        ),
        Rule(
            "scale",
            figures,
            rf"{reader.edge}{_SPAN}\s?(?P<scale>{reader.any_of(dict(longer))})(?!\w)",
            reader.read_scale,
        ),
        Rule("percent", figures, rf"{reader.edge}{reader.minus}{_SPAN}[\s\u00a0\u202f]?%", reader.read_percent),
        Rule(
            "measure",
            figures,
            rf"{reader.edge}{reader.minus}{_SPAN}[\s\u00a0\u202f]?(?P<unit>{reader.any_of(dict(reader.units))})(?![\w/])",
            reader.read_unit,
        ),
    )
