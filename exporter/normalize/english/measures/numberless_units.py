"""Units without a number before them: per kWh, in kg, cells/mL, 73 (9) kg, the dash of 2 h–6 h."""

from __future__ import annotations

import re

from exporter.normalize import CODE, LETTER, POWER, Parts, Rule, say
from exporter.normalize.english.english_grammar import NUMBER_PATTERN, Variety, find_abbreviation_end
from exporter.normalize.english.measures.units import RATE_PATTERN, UNIT_PATTERN, load_units
from exporter.script import Word

# A count before "/unit": "0.8 spaces/unit", "9%/yr.", "n = 10/group", "5:02/mi.".
_COUNT_BEFORE = re.compile(r"\d[\d.,:]{0,9}(?:[kKmMB]|bn)?(?:%|\s(?:[a-z]{1,15}\s)?[a-z]{2,15}s|\s[a-z]{2,6}\.)?\Z")
# After a unit without a number: "measured in kg, ...".
_LISTED_NEXT = re.compile(r"\s?[(;,.):]|\s(?:and|or|for|of|to|at|by|from|per|is|are|was|were|than)\b|\Z")
# An amount before "a kWh".
_AMOUNT_BEFORE = re.compile(r"\d[\d.,]{0,12}(?:¢|[cp])?(?:\s[a-z]{2,10}\.?){0,2}\sa\s\Z")
# Before the dash of "2 h–6 h", "6 mos.–5 yrs.".
_MEASURE_BEFORE = re.compile(r"\d\s?([A-Za-z]{1,5})\.?\s?\Z")


class _UnitReader:
    """Reads units on their own."""

    def __init__(self, variety: Variety) -> None:
        self.unit_names = load_units(variety.british)

    def read_compound(self, match: re.Match[str]) -> Parts | None:
        """Read a unit with its divisors that no number stands before: "in mg/dL", "kg·m⁻³"."""
        if match["unit"] in self.unit_names.careful and match["over"][0] == "/":
            return None
        said = self.unit_names.say_rate(match["unit"], "", match["over"], single=False)
        return say(match, said) if said else None

    def read_spread_unit(self, match: re.Match[str]) -> Parts | None:
        """Read the unit of "73 (9) kg", a mean with its standard deviation."""
        if match["unit"] in self.unit_names.careful - {"m"}:
            return None
        power = match["exponent"] or match["power"] or ""
        said = self.unit_names.say_rate(match["unit"], power, match["over"] or "", single=False)
        return (Word(said, match.start(), match.end() - (match.end() == match.end("dot"))),) if said else None

    def read_divisor(self, match: re.Match[str]) -> Parts | None:
        """Read "people per km²", "cents per kWh", "3¢ a kWh", "cells/mL"."""
        before = match.string[max(0, match.start() - 30) : match.start()]
        if before.endswith("in "):
            said = self.unit_names.say_unit(match["unit"], match["exponent"] or match["power"] or "", single=False)
            listed = match["unit"][0].islower() and _LISTED_NEXT.match(match.string, match.end())
            return say(match, said) if said and listed else None
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
        spaced = match.string[match.start() - 1] == " "
        same = before[1] == unit or (not spaced and self.unit_names.are_of_one_kind(before[1], unit))
        return say(match, "to") if same else None

    def read_count_rate(self, match: re.Match[str]) -> Parts | None:
        """Read the rate of a count: "4 doses/24 h"."""
        before = match.string[max(0, match.start() - 30) : match.start()]
        if not _COUNT_BEFORE.search(before) or self.unit_names.is_name(before.split()[-1]):
            return None
        said = self.unit_names.say_divisors("", match["rate"])
        return say(match, said) if said else None


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for units without a number before them."""
    reader = _UnitReader(variety)
    divisor = (
        r"(?:(?P<power>sq|cu|square|cubic)\.?\s)?(?P<unit>[µμ]?[A-Za-z]{2,9}|m(?=[²³]))(?P<exponent>[²³]|(?<=m|t|n|i)[23])?"
        r"(?:\.(?=\s[a-z(]|[,;)])|(?![\w/'’-]|\.\w))"
    )
    return (
        # "per kWh", "3¢ a kWh"
        Rule(
            "measure",
            reader.unit_names.list_sure_words() | {POWER, CODE, "sq", "cu", "square", "cubic"},
            rf"(?:(?<=\bper\s)|(?<=\sa\s)|(?<=\bin\s)){divisor}",
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
        # The unit of "73 (9) kg", "1.80 [0.8] m"
        Rule(
            "measure",
            reader.unit_names.list_sure_words() | {"m", "g"},
            rf"(?:(?<=\d\)\s)|(?<=\d\]\s)){UNIT_PATTERN}",
            reader.read_spread_unit,
        ),
        # The dash of "2 h–6 h", "6 mos.–5 yrs.", "5g - 15g".
        Rule(
            "span",
            frozenset("-–"),
            rf"(?:(?<=[A-Za-z.])[-–]|(?<=[A-Za-z.]\s)[-–]\s)(?={NUMBER_PATTERN}\s?(?P<unit>[A-Za-z]{{1,5}})\b)",
            reader.read_unit_dash,
        ),
        # How long a drug is taken: the "x" of "500 mg x 10 d".
        Rule(
            "dose",
            frozenset({"x", "×", LETTER}),
            r"(?<=[a-zA-Z)]\s)[x×]\s?(?=\d{1,3}\s?(?:d|days?|wks?|weeks?|mos?|months?|h|hrs?|hours?|min|mins|minutes|cycles|courses|doses)\b)",
            lambda match: say(match, "for"),
        ),
        # "cells/mm³"
        Rule("measure", frozenset("/"), rf"(?<=[\w%][\w%.])/{divisor}", reader.read_divisor),
        # The rate of "4 doses/24 h".
        Rule("measure", frozenset("/"), rf"(?<=[a-z]s)(?=/\d)(?P<rate>{RATE_PATTERN})", reader.read_count_rate),
    )
