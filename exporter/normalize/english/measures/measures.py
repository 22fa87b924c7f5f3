"""Measures: numbers with units, and spans of them: 5 km, 10–15 mg/dL, −3.5 °C, 3/4 hour, 500 sq ft, 3 × 10^8 m/s."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, NUMERIC, Parts, Rule
from exporter.normalize.english.english_grammar import (
    FIRST_MINUS_PATTERN,
    FRACTION_PATTERN,
    NUMBER_PATTERN,
    RANGE_PATTERN,
    SCALE_WORDS,
    SECONDS_NOUNS,
    SIGN_PATTERN,
    Variety,
    find_abbreviation_end,
    find_word_after,
    is_attributive,
    is_noun_next,
    is_one,
    is_year_first,
    say_mixed_number,
)
from exporter.normalize.english.measures.ambiguous_units import UNITS_SAID_WHOLE, choose_unit
from exporter.normalize.english.measures.sized_nouns import SizedNouns
from exporter.normalize.english.measures.unit_contexts import UnitContexts
from exporter.normalize.english.measures.units import LARGE_UNIT_PATTERN, UNIT_PATTERN, load_units
from exporter.script import Word

# Text after a unit's dot that does not begin a sentence.
_SENTENCE_GOES_ON = re.compile(r"[,;:)]|\s[a-z]")
# Letters before "35W" that make it a road: "I-35W".
_ROAD_LETTER_BEFORE = re.compile(r"\b(?!T-)[A-Z]{1,2}-\Z")
# Look-alikes of the degree sign, and the lowered figure of "tCO₂".
_SIGN_VARIANTS = str.maketrans("º˚∘◦⁰\u030a₂", "°°°°°°2")
# The parts of a measure in two units: "5 lb 4 oz".
_LARGER_BEFORE = re.compile(r"(?<![\w.,])\d[\d,]{0,6}\s?([A-Za-z]{1,4})\.?,?\s\Z")
_SMALLER_NEXT = re.compile(r",?\s\d{1,2}(?:\.\d)?\s?([A-Za-z]{1,4})\b\.?")
# Several values of one unit: "2.4/5/6 GHz", "128/256GB"; but "1/2 hp" is a fraction.
_VALUE_PATTERN = r"\d{1,4}(?:\.\d{1,2})?"
_LISTED_PATTERN = (
    rf"(?P<listed>(?:{_VALUE_PATTERN}/){{2,3}}{_VALUE_PATTERN}"
    rf"|{_VALUE_PATTERN}/{_VALUE_PATTERN}(?=[\s-]?[kKMGT](?:i?B|Hz|bps)\b))"
)
_WHOLE_NUMBER_FIRST = re.compile(r"[-−]?\d(?!/)")


class _MeasureReader:
    """Reads measures."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.unit_names = load_units(variety.british)
        self.contexts = UnitContexts()
        self.sized_nouns = SizedNouns()

    def read_measure(self, match: re.Match[str]) -> Parts | None:
        # "From 1900 to 76.4 years": the last number is offered again without the first.
        if is_year_first(match) or _ROAD_LETTER_BEFORE.search(match.string[max(0, match.start() - 3) : match.start()]):
            return None
        unit = match["unit"].replace(" ", "").translate(_SIGN_VARIANTS)
        end, is_rate = match.end(), bool(match["over"])
        said = self.say_unit(match, unit)
        if said is None and is_rate:
            # "180°C/gas mark 4": the word after the slash is not a unit.
            end, is_rate = match.start("over"), False
            power = match["exponent"] or match["power"] or ""
            said = self.unit_names.say_unit(unit, power, self.is_single(match, unit, end))
        if said is None or not self.contexts.is_unit(match, unit, is_rate):
            return None
        parts = []
        if match["first"]:
            joint = match["joint"].strip()
            joint = joint if joint.isalpha() else "to"
            parts.append(
                Word(f"{say_mixed_number(self.variety, match['first'])} {joint}", match.start(), match.end("joint"))
            )
        if match["listed"] or (unit == "mpg" and "/" in match["last"]):  # in the city and on highways
            values = ", ".join(map(self.variety.say_number, match["last"].split("/")))
            said = "miles per gallon" if unit == "mpg" else said
            return (Word(values, *match.span("last")), Word(said, match.start("gap"), end))
        number_end = max(match.end("last"), match.end("mixed"), match.end("scale"), match.end("plus"))
        parts.append(Word(self.say_value(match), match.start("last") if parts else match.start(), number_end))
        own_dot = (
            self.unit_names.is_dotted(unit) or end != match.end("dot") or _SENTENCE_GOES_ON.match(match.string, end)
        )
        last = find_abbreviation_end(match.string, end) if own_dot else match.end("dot") - 1
        return (*parts, Word(said, match.start("gap"), last))

    def say_value(self, match: re.Match[str]) -> str:
        said = say_mixed_number(self.variety, (match["sign"] or "") + match["last"] + (match["mixed"] or ""))
        scale = match["scale"]
        plus = " plus" if match["plus"] else ""
        return f"{said} {SCALE_WORDS[scale]}" if scale else said + plus

    def say_unit(self, match: re.Match[str], unit: str) -> str | None:
        power = match["exponent"] or match["power"] or ""
        unit = choose_unit(match, unit)
        if unit in UNITS_SAID_WHOLE:
            return UNITS_SAID_WHOLE[unit]
        if match["dot"] and self.unit_names.is_always_dotted(unit):
            unit = f"{unit}."
        if match["gap"] == "/":
            said = self.unit_names.say_unit(unit, power, single=True)
            return f"per {said}" if said else None
        return self.unit_names.say_rate(unit, power, match["over"] or "", self.is_single(match, unit, match.end()))

    def is_single(self, match: re.Match[str], unit: str, end: int) -> bool:
        """Whether a unit is in the singular: after one and after a fraction, and before the noun that has the size.

        `end` is where the measure ends.
        """
        last, mixed = match["last"], match["mixed"]
        one = not last or is_one(last) or ("/" in last and not match["listed"])
        if one and not (last and mixed) and not match["scale"] and not _WHOLE_NUMBER_FIRST.match(match["first"] or ""):
            return True
        if match["gap"] == "-" and not unit.endswith("yrs"):
            return True
        text, following = match.string, find_word_after(match.string, match.end())
        if unit == "s" and following in SECONDS_NOUNS:
            return True
        # "A 4x400m relay", "5.56×45mm rounds".
        crossed = text[max(0, match.start() - 2) : match.start()].rstrip()[-1:] in ("x", "×")
        return (
            is_attributive(text, *self.find_compound(match, unit))
            or self.sized_nouns.is_size_of_noun(match, unit, end)
            or (crossed and following not in self.sized_nouns.lengths | {"x"} and is_noun_next(text, match.end()))
        )

    def find_compound(self, match: re.Match[str], unit: str) -> tuple[int, int]:
        """Return the span of a measure with the larger or the smaller one beside it: "a 5 lb 4 oz baby"."""
        text, start, end = match.string, match.start(), self.find_unit_end(match, unit)
        larger = _LARGER_BEFORE.search(text, max(0, start - 16), start)
        if larger and self.unit_names.are_of_one_kind(larger[1], unit):
            start = larger.start()
        smaller = _SMALLER_NEXT.match(text, match.end())
        if smaller and self.unit_names.are_of_one_kind(unit, smaller[1]):
            end = smaller.end()
        return start, end

    def find_unit_end(self, match: re.Match[str], unit: str) -> int:
        """Return where the unit ends: before a dot that is not its own."""
        return match.end() - (match.end() == match.end("dot") and not self.unit_names.is_dotted(unit))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for measures."""
    reader = _MeasureReader(variety)
    figures = frozenset({FOLLOWED, "-", "−", "+", "±", "~", "≈", "<", ">", "≤", "≥", ".", NUMERIC})
    return (
        # "10–15 mg/dL"
        Rule(
            "measure",
            figures,
            rf"(?<![\d^])(?<!\b[a-z]-)(?<![a-z]−)(?<!\d[eE]-)(?:(?!\d{{1,3}}-\d{{1,2}}/\d)(?P<first>{FIRST_MINUS_PATTERN}{NUMBER_PATTERN}{FRACTION_PATTERN}?|[½¼¾⅓⅔⅛⅜⅝⅞]|[1-9]/\d{{1,2}}(?={RANGE_PATTERN}[1-9]/\d))(?:\s?°(?:(?=[^°]{{1,12}}°)|(?P<same>[CF])(?=[^°]{{1,12}}°(?P=same))))?(?P<joint>{RANGE_PATTERN}))?(?P<sign>{SIGN_PATTERN})"
            rf"(?P<last>{_LISTED_PATTERN}|\d{{1,2}}/\d{{1,2}}(?![\d/])|1/\d{{3,4}}(?=\s?s(?:ec)?\b)|{NUMBER_PATTERN}|(?=[½¼¾⅓⅔⅛⅜⅝⅞]))(?:(?<!/\d)(?<!/\d\d)(?P<mixed>{FRACTION_PATTERN}))?"
            rf"(?P<plus>\+|-plus)?(?:[\s-]?(?P<scale>(?<=[\s-])(?:thousand|million|billion|trillion|mln|bln|[bmt]n|(?:thou|mil|bil|tril)\.)|(?<!\s)(?:[KMBT]|[bm]l?n|[mk](?={LARGE_UNIT_PATTERN})))(?=[\s-]))?(?P<gap>\s?|-|/){UNIT_PATTERN}",
            reader.read_measure,
        ),
    )
