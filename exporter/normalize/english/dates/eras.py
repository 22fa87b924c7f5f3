"""Years with an era or a mark before them: 900 BC, 2200–2030 and 2000–1850 BC, 3350–3030 cal BC, c1850, b.1950."""

from __future__ import annotations

import re

from exporter.normalize import CODE, FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    DASH_PATTERN,
    Variety,
    find_abbreviation_end,
    has_context,
    spell_letters,
)
from exporter.script import Word

_CENTURY = 100  # years
_ERA_PATTERN = r"(?:(?:BCE?|AD|CE)(?!\w)|(?:B\.C(?:\.E)?|A\.D|C\.E)(?!\w)\.?)"

# Before a year without a space.
_LIFE_WORDS = {"c": "circa", "ca": "circa", "b": "born", "d": "died", "r": "reigned", "fl": "flourished"}


class _EraReader:
    """Reads years with an era."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def read_era(self, match: re.Match[str]) -> Parts:
        calibrated = match["calibrated"]
        era = Word(
            ("calibrated " if calibrated else "") + spell_letters(match["era"].replace(".", "").upper()),
            match.start("calibrated" if calibrated else "era"),
            find_abbreviation_end(match.string, match.end()),
        )
        year = self.say_any_year(match["year"])
        if not match["first"]:
            return (Word(year, *match.span("year")), era)
        first = Word(self.say_any_year(match["first"]), *match.span("first"))
        return (first, Word(f"to {year}", first.end, match.end("year")), era)

    def read_span_before_era(self, match: re.Match[str]) -> Parts | None:
        """Read a span that falls, in a list before an era."""
        if int(match["first"]) <= int(match["year"]):
            return None
        first = Word(self.say_any_year(match["first"]), *match.span("first"))
        return (first, Word(f"to {self.say_any_year(match['year'])}", first.end, match.end()))

    def read_reign(self, match: re.Match[str]) -> Parts | None:
        """Read a span that rises by less than a century, near words of history."""
        if not (0 < int(match["year"]) - int(match["first"]) < _CENTURY and has_context("reigns", match)):
            return None
        first = Word(self.say_any_year(match["first"]), *match.span("first"))
        return (first, Word(f"to {self.say_any_year(match['year'])}", first.end, match.end()))

    def say_any_year(self, written: str) -> str:
        return self.variety.say_number(written) if "," in written else self.variety.say_year(int(written))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for eras."""
    reader = _EraReader(variety)
    followed = frozenset({FOLLOWED})
    return (
        # "900 BC"
        Rule(
            "era",
            followed,
            rf"(?<![\d,.])(?:(?P<first>\d{{1,3}},\d{{3}}|\d{{1,4}}){DASH_PATTERN})?(?P<year>\d{{1,3}},\d{{3}}|\d{{1,4}})"
            rf"\s?(?P<calibrated>cal\.?\s)?(?P<era>{_ERA_PATTERN})",
            reader.read_era,
        ),
        # The first span of "2200–2030 and 2000–1850 BC".
        Rule(
            "era",
            frozenset({TIED}),
            rf"(?<![\d,.])(?P<first>\d{{1,4}})[-–](?P<year>\d{{1,4}})(?=(?:,\s\d{{1,4}}[-–]\d{{1,4}}){{0,3}},?\s(?:and|or)\s\d{{1,4}}[-–]\d{{1,4}}\s{_ERA_PATTERN})",
            reader.read_span_before_era,
        ),
        # A reign: "Theodosius I (379-395)".
        Rule(
            "era",
            frozenset({TIED}),
            r"(?<=\()(?P<first>[1-9]\d{2})[-–](?P<year>[1-9]\d{2})(?=\))",
            reader.read_reign,
        ),
        # The dash of "27 BC–AD 14".
        Rule(
            "era",
            frozenset("-–—"),
            r"(?:(?<=BC)|(?<=BCE)|(?<=B\.C\.))(?<!\w{4})[-–—](?=(?:AD|CE|A\.D\.|C\.E\.)?\s?\d)"
            r"|(?<=BC\s)[-–—](?=\s(?:AD\s|CE\s)?\d)",
            lambda match: say(match, "to"),
        ),
        # The "c" of "c1850", the "b." of "b.1950".
        Rule(
            "life",
            frozenset({CODE, *_LIFE_WORDS}),
            rf"(?<![\w.])(?:c|(?P<short>{'|'.join(_LIFE_WORDS)})\.)(?P<year>[12]\d{{3}})(?!\w|[.,]\d)",
            lambda match: say(match, f"{_LIFE_WORDS[match['short'] or 'c']} {variety.say_year(int(match['year']))}"),
        ),
        # The year of "(Auburn-2009)".
        Rule(
            "year",
            frozenset("-–"),
            r"(?<=[a-z]{2})[-–](?P<year>(?:19|20)\d\d)(?=[),;:]|\.?\s|\.?\Z)",
            lambda match: say(match, f" {variety.say_year(int(match['year']))}"),
        ),
    )
