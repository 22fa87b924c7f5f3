"""Counties and companies by "Co.": Co. Durham, Mercer Co., N.J., the Acme Milling Co."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    Variety,
    find_abbreviation_end,
    find_word_before,
    join_longest_first,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_WORDS_BEFORE_COUNTIES = frozenset("in of from near across to".split())
_NAME_BEFORE = re.compile(r"[A-Z][\w'’.-]*\s\Z")


class _CountyReader:
    """Reads counties."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        places = load_table("en", "places")
        self.counties, self.county_nouns = (frozenset(places[name].split()) for name in ("counties", "county_nouns"))

    def read_county(self, match: re.Match[str]) -> Parts | None:
        if match["name"] in self.county_nouns:
            return say(match, "County")
        if _NAME_BEFORE.search(match.string, max(0, match.start() - 24), match.start()):
            return None
        certain = match["name"] in self.counties or (
            self.variety.british and find_word_before(match.string, match.start()) in _WORDS_BEFORE_COUNTIES
        )
        return say(match, "County") if certain else None


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for counties and companies."""
    reader = _CountyReader(variety)
    state = join_longest_first(load_table("en", "abbreviations")["places"])
    return (
        # "Co. Durham"
        Rule("county", frozenset({"co"}), r"(?<!\w)Co\.?(?=\s(?P<name>[A-Z]\w{1,20}))", reader.read_county),
        # "Mercer Co., N.J."
        Rule(
            "county",
            frozenset({"co", CAPITALS}),
            rf"(?<=[A-Za-z]\s)C[oO]\.(?=,\s(?:{state})(?!\w))",
            lambda match: say(match, "County"),
        ),
        # "THE ACME MILLING CO."
        Rule("company", frozenset({CAPITALS}), r"(?:(?<=[A-Z]{3}\s)|(?<=&\s))CO\.", _read_company),
    )


def _read_company(match: re.Match[str]) -> Parts:
    return (Word("Company", match.start(), find_abbreviation_end(match.string, match.end())),)
