"""Numbers of technology: resolutions (1080p), status codes (404), hexadecimal numbers (0x80), standards (802.11ax)."""

from __future__ import annotations

import re

from exporter.normalize import CODE, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, has_context, spell_letters
from exporter.normalize.toml_tables import load_table


class _TechnologyReader:
    """Reads the numbers that depend on word lists or on the variety of English."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "identifiers")
        self.standards, self.graphics_cards = (lists[name].split() for name in ("standards", "graphics_cards"))
        self.unmistakable_resolutions = frozenset(lists["unmistakable_resolutions"].split())
        self.resolutions = (*lists["resolutions"].split(), *self.unmistakable_resolutions)

    def read_resolution(self, match: re.Match[str]) -> Parts | None:
        """Read "1080p"; "1440p" is pence where no word of screens stands near."""
        if match["lines"] not in self.unmistakable_resolutions and not has_context("screens", match):
            return None
        return say(match, f"{english_numerals.say_pairs(int(match['lines']))} {match['scan'].upper()}")

    def read_standard(self, match: re.Match[str]) -> Parts | None:
        """Read a standard by its number, parts and year."""
        number, parts, year = match["number"], match["parts"], match["year"]
        if not (parts or year):
            return None
        figures = self.variety.say_number if "00" in number else english_numerals.say_designation
        said = [figures(number), *map(self.variety.say_number, parts.split("-")[1:])]
        return say(match, " ".join(said) + (f", {self.variety.say_year(int(year))}" if year else ""))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for resolutions, graphics cards, status codes, hexadecimal numbers, standards and apertures."""
    reader = _TechnologyReader(variety)
    standards = "|".join(rf"(?<=\b{re.escape(body)}\s)" for body in reader.standards)
    return (
        # "1080p"
        Rule(
            "resolution",
            frozenset({TIED}),
            rf"(?<![\w.,$£€])(?P<lines>{'|'.join(reader.resolutions)})(?P<scan>[pi])(?!\w)",
            reader.read_resolution,
        ),
        # "4070 Ti"
        Rule(
            "graphics card",
            frozenset({NUMBER}),
            rf"(?<![\w.,$£€])\d{{4}}(?=\s(?:{'|'.join(reader.graphics_cards)})\b)",
            lambda match: say(match, english_numerals.say_pairs(int(match.group()))),
        ),
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
            rf"(?:{standards})(?P<number>\d{{3,5}})(?P<parts>(?:-\d{{1,3}}){{0,2}})(?::(?P<year>(?:19|20)\d\d))?(?![\w-]|[.,:]\d)",
            reader.read_standard,
        ),
        # "802.11ax"
        Rule(
            "standard",
            frozenset({TIED}),
            r"(?<![\w.,])802\.(?P<part>\d{1,2})(?P<letters>[a-z]{0,2}(?:/[a-z]{1,2}){0,4})(?!\w)",
            _read_wireless_standard,
        ),
        # The cores and threads of a processor: "8C/16T".
        Rule(
            "processor",
            frozenset({TIED}),
            r"(?<![\w.,/])(?P<cores>\d{1,3})C/(?P<threads>\d{1,3})T(?!\w)",
            lambda match: say(
                match, f"{variety.say_number(match['cores'])} cores, {variety.say_number(match['threads'])} threads"
            ),
        ),
        # The lanes of a bus: "PCIe 4.0 x16".
        Rule(
            "lanes",
            frozenset({CODE}),
            r"(?:(?<=\bPCIe\s)|(?<=\bPCIe\s\d\s)|(?<=\bPCIe\s\d\.\d\s))x(?P<lanes>\d{1,2})(?!\w)",
            lambda match: say(match, f"X {variety.say_number(match['lanes'])}"),
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
        # "f/2.8"
        Rule("aperture", frozenset("fƒ"), r"(?<!\w)[fƒ]/(?=\d)", lambda match: say(match, "F")),
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
