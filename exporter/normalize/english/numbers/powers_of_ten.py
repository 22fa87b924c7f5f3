"""Powers of ten with their factors and units: 3 × 10^8 m/s, 14.2 × 10⁹/L, 10⁻⁵ g."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, Parts, Rule
from exporter.normalize.english.english_grammar import NUMBER_PATTERN, RAISED_AND_LOWERED, Variety
from exporter.normalize.english.measures.units import RATE_PATTERN, UNIT_PATTERN, load_units
from exporter.script import Word

# "10^13", "10⁻⁵", and where a copy has lost what was raised: "10−13", "3 × 10-5".
_CARET_PATTERN = r"(?:\^(?=[-−\d])|(?=−\d)|(?:(?<=[x×]10)|(?<=[x×]\s10))(?=-\d))"
_POWER_OF_TEN_PATTERN = rf"(?:10(?:{_CARET_PATTERN}(?P<ten>[-−]?\d{{1,3}})(?!\d)|(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]{{1,3}})))"


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for powers of ten."""
    unit_names = load_units(variety.british)

    def read_power_of_ten(match: re.Match[str]) -> Parts:
        exponent = (match["ten"] or match["raised"]).translate(RAISED_AND_LOWERED).replace("−", "-")
        power = variety.say_ordinal(int(exponent)) if exponent[:1] != "-" else variety.say_number(exponent)
        times = f"{variety.say_number(match['number'])} times " if match["number"] else ""
        number = Word(f"{times}ten to the {power}", match.start(), match.start("after"))
        if match["rate"] and (rate := unit_names.say_divisors("", match["rate"])):
            return (number, Word(rate, match.start("after"), match.end("rate")))
        if not match["unit"]:
            return (number,)
        said = unit_names.say_rate(match["unit"], match["exponent"] or "", match["over"] or "", single=False)
        end = match.end() - (match.end() == match.end("dot"))
        return (number, Word(said, match.start("after"), end)) if said else (number,)

    return (
        # A neighbour of the rules for measures, of which the longest reading wins.
        Rule(
            "measure",
            frozenset({FOLLOWED, "-", "−"}),
            rf"(?<![\w.,])(?:(?P<number>(?:[-−])?{NUMBER_PATTERN})\s?[x×]\s?)?{_POWER_OF_TEN_PATTERN}(?P<after>)(?:(?P<rate>{RATE_PATTERN})|\s?{UNIT_PATTERN})?",
            read_power_of_ten,
        ),
    )
