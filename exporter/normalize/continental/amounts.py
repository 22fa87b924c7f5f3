"""Money, percentages and measures: a number and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule
from exporter.normalize.continental.agreement import Agreement
from exporter.normalize.continental.number_words import NUMBER, Verbalizer
from exporter.normalize.toml_tables import expand_forms
from exporter.script import Word

_NUMBER_OR_SPAN = rf"(?:(?P<first>{NUMBER})\s?[-–]\s?)?(?P<number>{NUMBER})"
_OPTIONAL_SPACE = r"[\s\u00a0\u202f]?"
_NUMBER_EDGE = r"(?<![\w.,])"
_OPTIONAL_MINUS = r"(?P<minus>[-−])?"
# Hundredths of a currency follow its name: "fünf Euro neunundneunzig".
_WITH_CENTS = re.compile(r"(?P<whole>.*),(?P<part>\d\d)")
_PRECEDING_WORD = re.compile(r"([^\W\d_]+)\s\Z")
# A unit's dot is the sentence's too where nothing follows.
_TEXT_END = re.compile(r"[\"'”’»)\]]{0,4}\s{0,8}\Z")


class _ContinentalAmountReader:
    """How amounts are said."""

    def __init__(self, tongue: Verbalizer) -> None:
        self.tongue = tongue
        self.words, self.currencies = tongue.words, tongue.forms("currencies")
        scales = expand_forms(tongue.tables["scales"]).items()
        self.scales = {sign.replace("_", " "): said.split("/") for sign, said in scales}
        self.units = tongue.units

    def number(self, match: re.Match[str], start: int, noun: str) -> Word:
        """Say the number, or the two of a span, as many of a noun."""
        agreement = self.agreement(match, noun)
        first = f"{self.tongue.number(match['first'], agreement)} {self.words['to']} " if match["first"] else ""
        minus = f"{self.words['minus']} " if match.groupdict().get("minus") else ""
        return Word(minus + first + self.tongue.number(match["number"], agreement), start, match.end("number"))

    def agreement(self, match: re.Match[str], noun: str) -> Agreement:
        before = _PRECEDING_WORD.search(match.string[max(0, match.start() - 24) : match.start()])
        return self.tongue.nouns.counted(noun.partition(" ")[0], before[1] if before else "")

    def counted(self, match: re.Match[str], single: str, many: str) -> Parts:
        """Say a number and its noun."""
        noun = single if self.tongue.is_one(match["number"]) and not match["first"] else many
        value = self.number(match, match.start(), noun)
        return (value, Word(self.tongue.of(value.text, noun), value.end, self.end(match)))

    def read_money(self, match: re.Match[str]) -> Parts:
        single, many, *_ = self.currencies[match["sign"]]
        if match["scale"]:
            singular, plural = self.scales[match["scale"]]
            scale = singular if self.tongue.is_one(match["number"]) else plural
            value = self.number(match, match.start(), scale)
            parts: Parts = (value, Word(f"{scale} {self.tongue.of(scale, many)}", value.end, match.end("said")))
        elif (cents := _WITH_CENTS.fullmatch(match["number"])) and not match["first"]:
            said = self.cents(match, cents)
            parts = (Word(said, match.start(), match.end("said")),)
        else:
            value, counted = self.counted(match, single, many)
            parts = (value, Word(counted.text, value.end, match.end("said")))
        if match["per"]:
            per = match["per"]
            unit = self.tongue.unit(per, single=True) if per in self.units else per
            parts = (*parts, Word(f"{self.words['per']} {unit}", match.end("said"), match.end()))
        return parts

    def cents(self, match: re.Match[str], amount: re.Match[str]) -> str:
        """Say a sum with its hundredths, or these alone."""
        single, many, cent, cents = self.currencies[match["sign"]]
        part = int(amount["part"])
        if amount["whole"] == "0" and part and cent:
            noun = cent if part == 1 else cents
            return f"{self.tongue.cardinal(part, self.tongue.nouns.counted(noun))} {noun}"
        noun = single if self.tongue.is_one(amount["whole"]) else many
        said = f"{self.tongue.number(amount['whole'], self.agreement(match, noun))} {noun}"
        joint = f"{self.words['cents']} " if self.words.get("cents") else ""
        return f"{said} {joint}{self.tongue.cardinal(part)}" if part else said

    def read_scale(self, match: re.Match[str]) -> Parts:
        return self.counted(match, *self.scales[match["scale"]])

    def read_unit(self, match: re.Match[str]) -> Parts:
        sign = match["unit"]
        return self.counted(match, self.tongue.unit(sign, single=True), self.tongue.unit(sign, single=False))

    def read_percent(self, match: re.Match[str]) -> Parts:
        value = self.number(match, match.start(), self.words["percent"])
        return (value, Word(self.words["percent"], value.end, match.end()))

    def end(self, match: re.Match[str]) -> int:
        """Where an amount ends, without a dot that ends the text."""
        ends = match.group().endswith(".") and _TEXT_END.match(match.string, match.end())
        return match.end() - 1 if ends else match.end()


def _join_alternatives(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


def rules(tongue: Verbalizer) -> tuple[Rule, ...]:
    """Return the rules for amounts."""
    reader = _ContinentalAmountReader(tongue)
    signed = frozenset({FIGURES, "-", "−"})
    figures = frozenset({FIGURES})
    signs = _join_alternatives(reader.currencies)
    scale = rf"(?:{_OPTIONAL_SPACE}(?P<scale>{_join_alternatives(reader.scales)})(?!\w))?"
    per = rf"(?:/(?P<per>{_join_alternatives(reader.units)}|[^\W\d_]{{3,12}})(?!\w))?"
    openings = frozenset(sign[0].lower() if sign.isalpha() else sign[-1] for sign in reader.currencies) | {"us"}
    longer = (sign for sign in reader.scales if len(sign) > 1)
    return (
        Rule(
            "money",
            signed,
            rf"{_NUMBER_EDGE}{_OPTIONAL_MINUS}(?P<said>{_NUMBER_OR_SPAN}(?:,[-–]{{1,2}})?{scale}{_OPTIONAL_SPACE}(?P<sign>{signs})(?!\w)){per}",
            reader.read_money,
        ),
        Rule(
            "money",
            openings,
            rf"{_NUMBER_EDGE}(?P<said>(?P<sign>{signs})\s?{_NUMBER_OR_SPAN}{scale}){per}",
            reader.read_money,
        ),
        Rule(
            "scale",
            figures,
            rf"{_NUMBER_EDGE}{_NUMBER_OR_SPAN}{_OPTIONAL_SPACE}(?P<scale>{_join_alternatives(longer)})(?!\w)",
            reader.read_scale,
        ),
        Rule(
            "percent",
            signed,
            rf"{_NUMBER_EDGE}{_OPTIONAL_MINUS}{_NUMBER_OR_SPAN}{_OPTIONAL_SPACE}-?%",
            reader.read_percent,
        ),
        Rule(
            "measure",
            signed,
            rf"{_NUMBER_EDGE}{_OPTIONAL_MINUS}{_NUMBER_OR_SPAN}{_OPTIONAL_SPACE}(?P<unit>{_join_alternatives(reader.units)})(?![\w/²³])",
            reader.read_unit,
        ),
    )
