"""Identifiers with digits read in ways of their own: M7.8, C/2023 A3, S4E3, runway 27L, order #100234."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    Variety,
    has_context,
    is_pronounceable,
    spell_letters,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# The name of a part before a list of its numbers: "Chapters 01, 02 and ".
_NUMBERED_PART_BEFORE = re.compile(
    r"([^\W\d_]+)\.?\s[#(]?(?:\d{1,4}(?:[-–]\d{1,4})?(?:,\s(?:and\s|or\s)?|\s(?:and|or|to|&)\s))*\Z"
)
_PAIRED_NUMBER = re.compile(r"[1-9]\d{3}")
# What has a number in somebody's files: "order #", "badge No. ".
_FILED_BEFORE = re.compile(r"([^\W\d_]+)\s(?:#|[Nn]umber\s|[Nn]o\.\s)\Z")
_MAX_PART_LIST_CHARS = 48  # searched for that name


class _IdentifierReader:
    """Reads the identifiers that depend on word lists or on the variety of English."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "identifiers")
        self.filed = frozenset(lists["filed"].split())
        self.padded = frozenset(lists["padded"].split())
        self.comets, self.transients = (lists[name].split() for name in ("comets", "transients"))

    def read_magnitude(self, match: re.Match[str]) -> Parts | None:
        """Read the "M7.8" of an earthquake."""
        return (
            say(match, f"magnitude {self.variety.say_number(match['number'])}")
            if has_context("quakes", match)
            else None
        )

    def read_padded_number(self, match: re.Match[str]) -> Parts | None:
        """Read numbers without their leading zeros after the name of a part: "Chapter 07"; not "Agent 007"."""
        near = match.string[max(0, match.start() - _MAX_PART_LIST_CHARS) : match.start()]
        found = _NUMBERED_PART_BEFORE.search(near)
        if (not found or found[1].lower() not in self.padded) and match["of"] is None:
            return None
        first = Word(self.variety.say_number(match["number"]), match.start(), match.end("number"))
        if not match["last"]:
            return (first,)
        return (first, Word(f"to {self.variety.say_number(match['last'])}", match.end("number"), match.end()))

    def read_file_number(self, match: re.Match[str]) -> Parts | None:
        """Read the number of an order, a badge or a claim: four digits in pairs, more one by one."""
        near = match.string[max(0, match.start() - _MAX_PART_LIST_CHARS) : match.start()]
        found = _FILED_BEFORE.search(near)
        if not found or found[1].lower() not in self.filed:
            return None
        said = (
            (english_numerals.say_designation if _PAIRED_NUMBER.fullmatch(part) else english_numerals.say_digits)(part)
            for part in filter(None, match.groups())
        )
        return say(match, " ".join(said))

    def read_wind(self, match: re.Match[str]) -> Parts | None:
        """Read "24015G25KT": the direction digit by digit, the speed, and the gusts."""
        if not (match["direction"] and match["unit"].isupper()) and not match["gust"]:
            return None
        direction = f"{english_numerals.say_digits(match['direction'])} at " if match["direction"] else ""
        gust = f" gusting {self.variety.say_cardinal(int(match['gust']))}" if match["gust"] else ""
        unit = " knots" if match["unit"] else ""
        return say(match, f"{direction}{self.variety.say_cardinal(int(match['speed']))}{gust}{unit}")

    def read_comet(self, match: re.Match[str]) -> Parts:
        """Read the kind and the year of a comet: "C/2023"."""
        return say(match, f"{match['kind']} {self.variety.say_year(int(match['year']))}")

    def read_transient(self, match: re.Match[str]) -> Parts:
        """Read the year and the letters of a supernova: "SN 2023ixf", "AT 2018cow"."""
        letters = match["letters"].upper()
        said = match["letters"] if len(letters) > 1 and is_pronounceable(letters) else spell_letters(letters)
        return say(match, f"{self.variety.say_year(int(match['year']))} {said}")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for identifiers."""
    reader = _IdentifierReader(variety)
    return (*_catalog_rules(reader), *_number_rules(reader))


def _catalog_rules(reader: _IdentifierReader) -> tuple[Rule, ...]:
    """Return the rules for earthquakes, comets, supernovae, airports, spans of codes and episodes."""
    return (
        # "M7.8"
        Rule(
            "magnitude",
            frozenset({"m", "mw"}),
            r"(?<![\w.])Mw?\s?(?P<number>\d\.\d)(?!\w|[.,]\d)",
            reader.read_magnitude,
        ),
        # "Kepler-452b", "TRAPPIST-1e"
        Rule(
            "planet",
            frozenset({CODE}),
            r"(?<![\w.-])(?P<star>[A-Z][A-Za-z]{2,11})-(?P<number>\d{1,4})(?P<letter>[b-i])(?!\w)",
            _read_planet,
        ),
        # "C/2023 A3"
        Rule(
            "comet",
            frozenset(kind.lower() for kind in reader.comets),
            rf"(?<![\w/])(?P<kind>{'|'.join(reader.comets)})/(?P<year>[12]\d{{3}})(?=\s[A-Z]\d?)",
            reader.read_comet,
        ),
        # "SN 2023ixf"
        Rule(
            "transient",
            frozenset({TIED}),
            rf"(?<=\b(?:{'|'.join(reader.transients)})\s)(?P<year>[12]\d{{3}})(?P<letters>[A-Z]|[a-z]{{2,4}})(?!\w)",
            reader.read_transient,
        ),
        # "LHR–JFK"
        Rule("airports", frozenset("–"), r"(?<=\b[A-Z]{3})–(?=[A-Z]{3}\b)", lambda match: say(match, "to")),
        # "J10–J11"
        Rule(
            "codes",
            frozenset({CODE}),
            r"(?<!\w)(?P<letter>[A-Z])(?P<first>\d{1,3})[-–](?P=letter)(?P<last>\d{1,3})(?!\w)",
            _read_code_span,
        ),
        # "3A–3D"
        Rule(
            "codes",
            frozenset({TIED}),
            r"(?<![\w.,/$£€-])(?P<number>\d{1,4})(?P<first>[A-Z])[-–](?P=number)(?P<last>[A-Z])(?!\w)",
            _read_letter_span,
        ),
        # "S4E3"
        Rule(
            "episode",
            frozenset({CODE}),
            r"(?<!\w)S(?P<season>\d{1,2})(?:E|,?\sEp?\.?\s?)(?P<episode>\d{1,3})(?!\w)",
            _read_episode,
        ),
    )


def _number_rules(reader: _IdentifierReader) -> tuple[Rule, ...]:
    """Return the rules for padded numbers, runways and area codes."""
    return (
        # "Chapter 07", "part 03 of 12", "Chapters 01-03"
        Rule(
            "padded number",
            frozenset({NUMBER}),
            r"(?<![\w.,:/$£€-])0{1,3}(?P<number>[1-9]\d{0,2})(?:\s?[-–]\s?0{0,3}(?P<last>[1-9]\d{0,2}))?(?![\w%°/-]|[.,:]\d)"
            r"(?P<of>(?=\sof\s\d))?",
            reader.read_padded_number,
        ),
        # "runway 09L", "Runways 10R and 28L"
        Rule(
            "runway",
            frozenset({NUMBER, "/", "-", "–"}),
            r"(?:(?<=\b[Rr]unway\s)|(?<=\b[Rr]unways\s)|(?<=\bRWY\s)|(?<=\b[Rr]wy\.\s)|(?<=\d[LRC]\sand\s)|(?<=\d[LRC],\s)|(?<=\d[LRC])[/–-]|(?<=[Rr]unway\s\d\d)[/–-])"
            r"(?P<number>\d{1,2})(?P<side>[LRC])?(?!\w|[.,]\d)",
            _read_runway,
        ),
        # "flight level": "FL350"
        Rule(
            "flight level",
            frozenset({CODE, "fl"}),
            r"(?<![\w-])FL\s?(?P<level>\d{3})(?!\w)",
            lambda match: say(match, f"flight level {english_numerals.say_digits(match['level'])}"),
        ),
        # A wind in reports for pilots, with its direction and its gusts: "24015G25KT".
        Rule(
            "wind",
            frozenset({TIED}),
            r"(?<!\w)(?P<direction>\d{3})?(?P<speed>\d{2,3})(?:G(?P<gust>\d{2,3}))?(?P<unit>\s?(?:KT|kts?|knots)\b|(?<=\dG\d\d))(?!\w)",
            reader.read_wind,
        ),
        # The registration of an American aircraft: "N8967E".
        Rule(
            "registration",
            frozenset({CODE}),
            r"(?<![\w.-])N\d{3,4}[A-HJ-NP-Z]{1,2}(?!\w)",
            _read_registration,
        ),
        # The registration of an aircraft or a car: "tail number N305DN".
        Rule(
            "registration",
            frozenset({CODE, LETTER, CAPITALS, NUMBER}),
            r"(?:(?<=\btail\snumber\s)|(?<=\bregistration\s)|(?<=\bregistered\s)|(?<=\bregistered\sas\s)|(?<=\breg\.\s)|(?<=\bregistration\snumber\s)"
            r"|(?<=\bplate\s)|(?<=\blicense\splate\s))(?=[A-Z0-9]{0,7}-?\d|[A-Z]{1,2}-[A-Z]{3,4}\b)(?!\d{1,4}(?![\w-]))[A-Z0-9]{1,7}(?:[-\s][A-Z0-9]{2,5})?(?!\w)",
            _read_registration,
        ),
        # The number of a vehicle: 17 letters and digits without I, O and Q.
        Rule(
            "registration",
            frozenset({CODE, CAPITALS, TIED}),
            r"(?<![\w-])(?=(?:[A-Z]{0,8}\d){4})(?=\d{0,6}[A-Z])[A-HJ-NPR-Z\d]{17}(?!\w)",
            _read_registration,
        ),
        # The end of a card's number: "ending in 4821".
        Rule(
            "card number",
            frozenset({NUMBER}),
            r"(?<=\bending\sin\s)\d{4}(?![\w-]|[.,]\d)|(?<![\w.,/$£€-])(?:\d{4}[\s-]){3}\d{4}(?![\w-]|[.,]\d)",
            lambda match: say(match, ", ".join(map(english_numerals.say_digits, re.findall(r"\d{4}", match.group())))),
        ),
        # "order #100234", "badge No. 4471"
        Rule(
            "file number",
            frozenset({NUMBER}),
            r"(?:(?<=#)|(?<=\b[Nn]umber\s)|(?<=\b[Nn]o\.\s))(?P<number>\d{4,12})(?:-(?P<part>\d{1,8}))?(?![\w%]|[.,:/-]\d)",
            reader.read_file_number,
        ),
        # "Res. 24-07", "Ordinance 2024-15"
        Rule(
            "file number",
            frozenset({TIED}),
            r"(?:(?<=\bOrd\.\s)|(?<=\bRes\.\s)|(?<=\b[Oo]rdinance\s)|(?<=\b[Rr]esolution\s)|(?<=\b[Bb]ill\s)|(?<=\b[Cc]ase\s)"
            r"|(?<=\b[Dd]ocket\s)|(?<=\b[Pp]etition\s))(?P<number>\d{2,4})-(?P<part>\d{1,6})(?![\w-])",
            _read_ordinance,
        ),
        # "04417-220": a number that only names something.
        Rule(
            "digits",
            frozenset({TIED}),
            r"(?<![\w.,/:$£€#-])0\d{1,8}-\d{1,9}(?!\w)",
            lambda match: say(match, english_numerals.say_digits(match.group())),
        ),
        # "area codes 718 and 347"
        Rule(
            "area code",
            frozenset({NUMBER}),
            r"(?:(?<=\b[Aa]rea\scode\s)|(?<=\b[Aa]rea\scodes\s)|(?<=\b[Aa]rea\scode\s\()|(?<=\b[Aa]rea\scodes\s\d{3}\sand\s)|(?<=\b[Aa]rea\scodes\s\d{3},\s))\d{3}(?![\w-]|[.,]\d)"
            r"|(?<!\w)[2-9]\d\d(?=\sarea\scodes?\b)",
            lambda match: say(match, english_numerals.say_digits(match.group())),
        ),
    )


def _read_planet(match: re.Match[str]) -> Parts:
    """Read a planet's star, its number in a catalog, and its own letter."""
    number = f"{english_numerals.say_designation(match['number'])} {match['letter'].upper()}"
    return (Word(match["star"], *match.span("star")), Word(number, match.start("number"), match.end()))


def _read_code_span(match: re.Match[str]) -> Parts | None:
    """Read "J10–J11"; numbers that do not rise are not a span."""
    if int(match["first"]) >= int(match["last"]):
        return None
    first, last = (f"{match['letter']} {english_numerals.say_designation(match[name])}" for name in ("first", "last"))
    return say(match, f"{first} to {last}")


def _read_letter_span(match: re.Match[str]) -> Parts | None:
    """Read "3A–3D"; letters that do not rise are not a span."""
    if match["first"] >= match["last"]:
        return None
    number = english_numerals.say_designation(match["number"])
    return say(match, f"{number} {match['first']} to {number} {match['last']}")


def _read_ordinance(match: re.Match[str]) -> Parts:
    """Read a year and a number in it: "24-07" is "twenty-four oh seven"."""
    said = (
        english_numerals.say_two_digits(int(part)) if len(part) == 2 else english_numerals.say_designation(part)
        for part in match.groups()
    )
    return say(match, " ".join(said))


def _read_registration(match: re.Match[str]) -> Parts:
    """Read letters and digits one by one."""
    pieces = re.findall(r"[A-Z]+|\d+", match.group())
    return say(
        match,
        " ".join(english_numerals.say_digits(piece) if piece.isdecimal() else spell_letters(piece) for piece in pieces),
    )


def _read_runway(match: re.Match[str]) -> Parts:
    """Read the two digits of a runway, and its side where several run side by side: "two seven left"."""
    side = {"L": " left", "R": " right", "C": " center"}.get(match["side"] or "", "")
    return say(match, english_numerals.say_digits(match["number"]) + side)


def _read_episode(match: re.Match[str]) -> Parts:
    season, episode = (english_numerals.say_cardinal(int(match[name])) for name in ("season", "episode"))
    return say(match, f"season {season} episode {episode}")
