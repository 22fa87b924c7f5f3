"""Measures: numbers with units, and spans of them: 5 km, 10–15 mg/dL, −3.5 °C, 3/4 hour, 500 sq ft, 3 × 10^8 m/s."""

from __future__ import annotations

import re

from exporter.normalize import CODE, FOLLOWED, LETTER, NUMERIC, POWER, Parts, Rule, say
from exporter.normalize.english import english_numerals
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
    find_word_before,
    has_context,
    is_attributive,
    is_noun_next,
    is_one,
    is_year_first,
    say_mixed_number,
)
from exporter.normalize.english.measures.sized_nouns import SizedNouns
from exporter.normalize.english.measures.unit_contexts import WORDS_BEFORE_SECONDS, UnitContexts
from exporter.normalize.english.measures.units import LARGE_UNIT_PATTERN, RATE_PATTERN, UNIT_PATTERN, load_units
from exporter.script import Word

# Hours before "12 m" make it minutes: "3 h 12 m".
_HOURS_BEFORE = re.compile(r"\d\s?h(?:rs?)?\.?\s?\Z")
# Text after a unit's dot that does not begin a sentence.
_SENTENCE_GOES_ON = re.compile(r"[,;:)]|\s[a-z]")
# Letters before "35W" that make it a road: "I-35W".
_ROAD_LETTER_BEFORE = re.compile(r"\b(?!T-)[A-Z]{1,2}-\Z")
# Words after "12 nm" that make it nautical miles.
_WORDS_AFTER_NAUTICAL_MILES = frozenset(
    "N S E W NE NW SE SW NNE NNW SSE SSW ENE ESE WNW WSW"
    " off from offshore north south east west northeast northwest southeast southwest out away range".split()
)
# Look-alikes of the degree sign, and the lowered figure of "tCO₂".
_SIGN_VARIANTS = str.maketrans("º˚∘₂", "°°°2")
# The parts of a measure in two units: "5 lb 4 oz".
_LARGER_BEFORE = re.compile(r"(?<![\w.,])\d[\d,]{0,6}\s?([A-Za-z]{1,4})\.?,?\s\Z")
_SMALLER_NEXT = re.compile(r",?\s\d{1,2}(?:\.\d)?\s?([A-Za-z]{1,4})\b\.?")
# Other durations near "2m" make it minutes: "rest for 30s, then for 2m".
_DURATIONS_NEAR = re.compile(r"(?<![\w.])\d{1,3}(?:s|h(?:\d{1,2}m)?)\b")
# Several values of one unit: "2.4/5/6 GHz", "128/256GB"; but "1/2 hp" is a fraction.
_VALUE_PATTERN = r"\d{1,4}(?:\.\d{1,2})?"
_LISTED_PATTERN = (
    rf"(?P<listed>(?:{_VALUE_PATTERN}/){{2,3}}{_VALUE_PATTERN}"
    rf"|{_VALUE_PATTERN}/{_VALUE_PATTERN}(?=[\s-]?[kKMGT](?:i?B|Hz|bps)\b))"
)
# A count before "/unit": "0.8 spaces/unit", "9%/yr.", "n = 10/group", "5:02/mi.".
_COUNT_BEFORE = re.compile(r"\d[\d.,:]{0,9}(?:[kKmMB]|bn)?(?:%|\s(?:[a-z]{1,15}\s)?[a-z]{2,15}s|\s[a-z]{2,6}\.)?\Z")
# An amount before "a kWh".
_AMOUNT_BEFORE = re.compile(r"\d[\d.,]{0,12}(?:¢|[cp])?(?:\s[a-z]{2,10}\.?){0,2}\sa\s\Z")
_WHOLE_NUMBER_FIRST = re.compile(r"[-−]?\d(?!/)")
_FRACTION_ALONE = re.compile(r"\d+/\d+")
# Before the dash of "2 h–6 h", "6 mos.–5 yrs.".
_MEASURE_BEFORE = re.compile(r"\d\s?([A-Za-z]{1,5})\.?\Z")


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
            parts.append(Word(f"{self.say_fraction(match['first'])} {joint}", match.start(), match.end("joint")))
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

    def say_fraction(self, written: str) -> str:
        """Say a number that may be a fraction or end in one: "3/4", "1 3/4", "5½"."""
        if not _FRACTION_ALONE.fullmatch(written):
            return say_mixed_number(self.variety, written)
        over, under = map(int, written.split("/"))
        return english_numerals.say_fraction(over, under, self.variety.british)

    def say_value(self, match: re.Match[str]) -> str:
        said = self.say_fraction((match["sign"] or "") + match["last"] + (match["mixed"] or ""))
        scale = match["scale"]
        plus = " plus" if match["plus"] else ""
        return f"{said} {SCALE_WORDS[scale]}" if scale else said + plus

    def say_unit(self, match: re.Match[str], unit: str) -> str | None:
        power = match["exponent"] or match["power"] or ""
        if unit == "nm" and find_word_after(match.string, match.end()) in _WORDS_AFTER_NAUTICAL_MILES:
            unit = "nmi"
        if unit == "kt" and has_context("blasts", match, 40):
            unit = "kiloton"
        if unit == "fps" and has_context("ballistics", match):
            unit = "ft/s"
        if unit == "pt" and (find_word_after(match.string, match.end()) == "of" or has_context("pints", match, 30)):
            unit = "pt."
        if unit == "t" and match["dot"] and is_noun_next(match.string, match.end()):
            unit = "tsp"
        if match["dot"] and self.unit_names.is_always_dotted(unit):
            unit = f"{unit}."
        if unit == "GB" and match["mixed"]:
            return "games back"
        if unit == "pg" and match["dot"] and match["gap"] == "-":
            unit = "pp"
        if unit == "g" and not match["over"] and has_context("forces", match, 60):
            return "G"
        if unit == "m" and self.is_minutes(match):
            unit = "min"
        if unit in ("kb", "Mb") and has_context("genes", match):
            unit += "p"
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

    def is_minutes(self, match: re.Match[str]) -> bool:
        """Whether "m" is minutes: after hours, or after "for" near another duration."""
        text, start = match.string, match.start()
        if _HOURS_BEFORE.search(text[max(0, start - 8) : start]):
            return True
        near = _DURATIONS_NEAR.search(text, max(0, start - 30), match.end() + 30)
        return bool(near) and not match["gap"] and find_word_before(text, start) in WORDS_BEFORE_SECONDS

    def read_compound(self, match: re.Match[str]) -> Parts | None:
        """Read a unit with its divisors that no number stands before: "in mg/dL", "kg·m⁻³"."""
        if match["unit"] in self.unit_names.careful and match["over"][0] == "/":
            return None
        said = self.unit_names.say_rate(match["unit"], "", match["over"], single=False)
        return say(match, said) if said else None

    def read_divisor(self, match: re.Match[str]) -> Parts | None:
        """Read "people per km²", "cents per kWh", "3¢ a kWh", "cells/mL"."""
        before = match.string[max(0, match.start() - 30) : match.start()]
        if before.endswith("a ") and not (match["unit"][0].islower() and _AMOUNT_BEFORE.search(before)):
            return None
        said = self.unit_names.say_unit(match["unit"], match["exponent"] or match["power"] or "", single=True)
        if not said and self.unit_names.is_written_divisor(match["unit"]) and _COUNT_BEFORE.search(before):
            said = match["unit"]
        if not said:
            return None
        per = "per " if match.string[match.start()] == "/" else ""
        return (Word(per + said, match.start(), find_abbreviation_end(match.string, match.end())),)

    def read_unit_dash(self, match: re.Match[str]) -> Parts | None:
        """Read the dash between two measures of one unit or of one kind."""
        unit = match["unit"]
        before = _MEASURE_BEFORE.search(match.string, max(0, match.start() - 9), match.start())
        if not before or not self.unit_names.say_unit(unit, "", single=True):
            return None
        return say(match, "to") if before[1] == unit or self.unit_names.are_of_one_kind(before[1], unit) else None

    def read_count_rate(self, match: re.Match[str]) -> Parts | None:
        """Read the rate of a count: "4 doses/24 h"."""
        if not _COUNT_BEFORE.search(match.string[max(0, match.start() - 30) : match.start()]):
            return None
        said = self.unit_names.say_divisors("", match["rate"])
        return say(match, said) if said else None


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for measures."""
    reader = _MeasureReader(variety)
    figures = frozenset({FOLLOWED, "-", "−", "+", "±", "~", "≈", "<", ">", "≤", "≥", ".", NUMERIC})
    divisor = (
        r"(?:(?P<power>sq|cu|square|cubic)\.?\s)?(?P<unit>[µμ]?[A-Za-z]{2,9}|m(?=[²³]))(?P<exponent>[²³]|(?<=m|t|n|i)[23])?"
        r"(?:\.(?=\s[a-z(]|[,;)])|(?![\w/'’-]|\.\w))"
    )
    return (
        # "per kWh", "3¢ a kWh"
        Rule(
            "measure",
            reader.unit_names.list_sure_words() | {POWER, CODE, "sq", "cu", "square", "cubic"},
            rf"(?:(?<=\bper\s)|(?<=\sa\s)){divisor}",
            reader.read_divisor,
        ),
        # "kg·m⁻³", "mg/dL"
        Rule(
            "measure",
            reader.unit_names.list_sure_words() | {POWER, LETTER, "m", "g", "s"},
            r"(?<![\w.,/°-])(?<!\d\s)(?P<unit>[µμ]?[A-Za-z]{1,4})"
            r"(?P<over>/(?:[µμ]?[A-Za-z]{1,4})[²³]?|(?:[·⋅][A-Za-z]{1,4}[⁻−][¹²³]){1,3})(?![\w/'’-])",
            reader.read_compound,
        ),
        # The dash of "2 h–6 h", "6 mos.–5 yrs.".
        Rule(
            "span",
            frozenset("-–"),
            rf"(?<=[A-Za-z.])[-–](?={NUMBER_PATTERN}\s?(?P<unit>[A-Za-z]{{1,5}})\b)",
            reader.read_unit_dash,
        ),
        # How long a drug is taken: the "x" of "500 mg x 10 d".
        Rule(
            "dose",
            frozenset({"x", "×", LETTER}),
            r"(?<=[a-zA-Z)]\s)[x×]\s?(?=\d{1,3}\s?(?:d|days?|wks?|weeks?|mos?|months?|h|hrs?|hours?|min|mins|minutes)\b)",
            lambda match: say(match, "for"),
        ),
        # "cells/mm³"
        Rule("measure", frozenset("/"), rf"(?<=[\w%][\w%.])/{divisor}", reader.read_divisor),
        # The rate of "4 doses/24 h".
        Rule("measure", frozenset("/"), rf"(?<=[a-z]s)(?=/\d)(?P<rate>{RATE_PATTERN})", reader.read_count_rate),
        # "10–15 mg/dL"
        Rule(
            "measure",
            figures,
            rf"(?<![\d^])(?<!\b[a-z]-)(?<!\d[eE]-)(?:(?!\d{{1,3}}-\d{{1,2}}/\d)(?P<first>{FIRST_MINUS_PATTERN}{NUMBER_PATTERN}{FRACTION_PATTERN}?|[½¼¾⅓⅔⅛⅜⅝⅞]|[1-9]/\d{{1,2}}(?={RANGE_PATTERN}[1-9]/\d))(?:\s?°(?:(?=[^°]{{1,12}}°)|(?P<same>[CF])(?=[^°]{{1,12}}°(?P=same))))?(?P<joint>{RANGE_PATTERN}))?(?P<sign>{SIGN_PATTERN})"
            rf"(?P<last>{_LISTED_PATTERN}|\d{{1,2}}/\d{{1,2}}(?![\d/])|1/\d{{3,4}}(?=\s?s(?:ec)?\b)|{NUMBER_PATTERN}|(?=[½¼¾⅓⅔⅛⅜⅝⅞]))(?:(?<!/\d)(?<!/\d\d)(?P<mixed>{FRACTION_PATTERN}))?"
            rf"(?P<plus>\+|-plus)?(?:[\s-]?(?P<scale>(?<=[\s-])(?:thousand|million|billion|trillion|mln|bln|[bmt]n|(?:thou|mil|bil|tril)\.)|(?<!\s)(?:[KMBT]|[bm]l?n|[mk](?={LARGE_UNIT_PATTERN})))(?=[\s-]))?(?P<gap>\s?|-|/){UNIT_PATTERN}",
            reader.read_measure,
        ),
    )
