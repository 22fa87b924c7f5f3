"""Numbers of protocols: status codes (404), hexadecimal numbers (0x80), standards (ISO 9001:2015, 802.11ax), ports."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, spell_letters
from exporter.normalize.toml_tables import load_table


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for status codes, hexadecimal numbers, standards and ports."""
    bodies = load_table("en", "identifiers")["standards"].split()
    standards = "|".join(rf"(?<=\b{re.escape(body)}\s)" for body in bodies)

    def read_standard(match: re.Match[str]) -> Parts | None:
        """Read a standard by its number, parts and year."""
        number, parts, year = match["number"], match["parts"], match["year"]
        if not (parts or year):
            return None
        figures = variety.say_number if "00" in number else english_numerals.say_designation
        said = [figures(number), *map(variety.say_number, parts.split("-")[1:])]
        return say(match, " ".join(said) + (f", {variety.say_year(int(year))}" if year else ""))

    return (
        # "a 503 error", "the 404 page"
        Rule(
            "status code",
            frozenset({NUMBER}),
            r"(?:(?<=\b[Aa]\s)|(?<=\b[Tt]he\s)|(?<=\bHTTP\s)|(?<=\bwith\s)|(?<=\breturned\s)|(?<=\breturns\s))[45]\d\d"
            r"(?=\s(?:error|page|status|response|Not\sFound|Bad\sGateway|Bad\sRequest|Forbidden|Unauthorized|Internal|Service)\b)",
            lambda match: say(match, english_numerals.say_designation(match.group())),
        ),
        # "0x80"
        Rule("hexadecimal", frozenset({TIED}), r"(?<!\w)0x(?P<figures>[0-9A-Fa-f]{1,16})(?!\w)", _read_hexadecimal),
        # The number, part and year of "ISO 9001:2015", "IEC 60601-1".
        Rule(
            "standard",
            frozenset({NUMBER}),
            rf"(?=\d{{3}})(?:{standards})(?P<number>\d{{3,5}})(?P<parts>(?:-\d{{1,3}}){{0,2}})(?::(?P<year>(?:19|20)\d\d))?(?![\w-]|[.,:]\d)",
            read_standard,
        ),
        # "802.11ax"
        Rule(
            "standard",
            frozenset({TIED}),
            r"(?<![\w.,])802\.(?P<part>\d{1,2})(?P<letters>[a-z]{0,2}(?:/[a-z]{1,2}){0,4})(?!\w)",
            _read_wireless_standard,
        ),
        # "443/tcp"
        Rule(
            "port",
            frozenset({TIED}),
            r"(?<![\w.,/])(?P<port>\d{1,5})/(?P<protocol>tcp|udp|TCP|UDP)(?!\w)",
            lambda match: say(
                match, f"{english_numerals.say_designation(match['port'])} {spell_letters(match['protocol'].upper())}"
            ),
        ),
    )


def _read_hexadecimal(match: re.Match[str]) -> Parts:
    said = (
        english_numerals.say_digits(figure) if figure.isdecimal() else figure.upper() for figure in match["figures"]
    )
    return say(match, f"zero X {' '.join(said)}")


def _read_wireless_standard(match: re.Match[str]) -> Parts:
    """Read "802.11ax": "eight oh two point eleven A-X"."""
    letters = " ".join(map(spell_letters, match["letters"].upper().split("/")))
    return say(match, f"eight oh two point {english_numerals.say_pairs(int(match['part']))} {letters}".rstrip())
