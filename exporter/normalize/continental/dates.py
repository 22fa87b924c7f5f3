"""Dates: in figures, after ISO 8601, and days of the month that are ordinals."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.continental.tongue import Tongue
from exporter.script import Word


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules for dates."""
    months = tongue.tables["months"]["names"].split()

    def day(match: re.Match[str]) -> str:
        number = int(match["day"])
        if tongue.language == "de":
            return tongue.inflected(number, match.string[max(0, match.start() - 16) : match.start()])
        return tongue.words["first"] if number == 1 else tongue.cardinal(number)

    def read_figures(match: re.Match[str]) -> Parts | None:
        month = int(match["month"])
        if not (1 <= month <= len(months) and 1 <= int(match["day"]) <= 31):
            return None
        template = tongue.words["date" if match["year"] else "short_date"]
        year = tongue.year(int(match["year"])) if match["year"] else ""
        return say(match, template.format(day=day(match), month=months[month - 1], year=year))

    def read_day(match: re.Match[str]) -> Parts | None:
        if not 1 <= int(match["day"]) <= 31:
            return None
        return (Word(day(match), match.start(), match.end("suffix")),)

    figures, tied = frozenset({FIGURES}), frozenset({TIED})
    names = "|".join(months)
    year = r"(?P<year>[12]\d{3}|\d\d)"
    return (
        Rule(
            "date",
            tied,
            rf"(?<![\w./-])(?P<day>\d\d?)(?P<mark>[./-])(?P<month>\d\d?)(?P=mark){year}(?![\w/-]|\.\d)",
            read_figures,
        ),
        Rule("date", tied, r"(?<![\w./-])(?P<year>[12]\d{3})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/-])", read_figures),
        Rule(
            "date",
            figures,
            rf"(?<![\w.,])(?P<day>\d\d?)(?P<suffix>(?:er|\.|º)?)(?=\s(?:de\s)?(?:{names})(?!\w))",
            read_day,
        ),
    )
