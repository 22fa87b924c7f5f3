"""Names with numbers in lists of science and transport: M7.8, C/2023 A3, SN 2023ixf, Kepler-452b, LHR–JFK, S4E3."""

from __future__ import annotations

import re

from exporter.normalize import CODE, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, has_context, is_pronounceable, spell_letters
from exporter.normalize.toml_tables import load_table
from exporter.script import Word


class _DesignationReader:
    """Reads the names that depend on word lists or on the variety of English."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "identifiers")
        self.comets, self.transients = (lists[name].split() for name in ("comets", "transients"))

    def read_magnitude(self, match: re.Match[str]) -> Parts | None:
        """Read the "M7.8" of an earthquake."""
        return (
            say(match, f"magnitude {self.variety.say_number(match['number'])}")
            if has_context("quakes", match)
            else None
        )

    def read_comet(self, match: re.Match[str]) -> Parts:
        """Read the kind and the year of a comet: "C/2023"."""
        return say(match, f"{match['kind']} {self.variety.say_year(int(match['year']))}")

    def read_transient(self, match: re.Match[str]) -> Parts:
        """Read the year and the letters of a supernova: "SN 2023ixf", "AT 2018cow"."""
        letters = match["letters"].upper()
        said = match["letters"] if len(letters) > 1 and is_pronounceable(letters) else spell_letters(letters)
        return say(match, f"{self.variety.say_year(int(match['year']))} {said}")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for earthquakes, comets, supernovae, airports, spans of codes and episodes."""
    reader = _DesignationReader(variety)
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
        # The launches of a constellation: "Starlink 10-5".
        Rule(
            "launch",
            frozenset({TIED}),
            r"(?:(?<=\bStarlink\s)|(?<=\bGroup\s)|(?<=\bTransporter\s))(?P<group>\d{1,2})-(?P<flight>\d{1,3})(?!\w|[.,]\d)",
            lambda match: say(match, " ".join(map(variety.say_cardinal, map(int, match.group("group", "flight"))))),
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


def _read_episode(match: re.Match[str]) -> Parts:
    season, episode = (english_numerals.say_cardinal(int(match[name])) for name in ("season", "episode"))
    return say(match, f"season {season} episode {episode}")
