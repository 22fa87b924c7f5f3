"""Versions and clauses: v2.0.1, BA.2.86, 12(b)(6)."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, spell_letters
from exporter.normalize.english.software_names import is_software_before


class _VersionReader:
    """Reads versions of programs."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def say_numbers(self, written: str) -> str:
        return " point ".join(map(self.variety.say_number, written.split(".")))

    def read_version(self, match: re.Match[str]) -> Parts:
        said = f"{'version ' if match['v'] else ''}{self.say_numbers(match['number'])}"
        if match["name"]:
            said = f"{said} {'dash ' if match['dash'] else ''}{match['name']}"
        rest = f" {'point ' if match['dot'] else ''}{self.say_numbers(match['rest'])}" if match["rest"] else ""
        return say(match, said + rest)

    def read_package(self, match: re.Match[str]) -> Parts | None:
        """Read "glibc 2.36-9": the last number counts the builds of a package."""
        if not is_software_before(match):
            return None
        return say(match, f"{self.say_numbers(match['number'])} dash {self.variety.say_number(match['build'])}")

    def read_series(self, match: re.Match[str]) -> Parts:
        """Read "2.13.x": all versions of a series."""
        return say(match, f"{self.say_numbers(match['number'])} point X")

    def read_release(self, match: re.Match[str]) -> Parts | None:
        """Read Python 3.12, Ubuntu 24.04: the second part is a number, not decimals."""
        if not is_software_before(match):
            return None
        minor = english_numerals.say_two_digits(int(match["minor"]))
        return say(match, f"{self.variety.say_number(match['major'])} point {minor}")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for versions and clauses."""
    reader = _VersionReader(variety)
    return (
        # The sign of "LibreSSL >= 2.7.1".
        Rule(
            "comparison",
            frozenset("<>"),
            r"(?<![<>=])[<>]=(?=\s?v?\d)",
            lambda match: say(match, "at least" if match.group()[0] == ">" else "at most"),
        ),
        # "Ubuntu 22.04"
        Rule("version", frozenset({TIED}), r"(?P<major>\d{1,3})\.(?P<minor>\d\d)(?!\w|[.,]\d)", reader.read_release),
        # "glibc 2.36-9"
        Rule(
            "version",
            frozenset({TIED}),
            r"(?<![\w.,$£€-])(?P<number>\d{1,3}(?:\.\d{1,3}){1,3})-(?P<build>\d{1,3})(?![\w-]|[.,]\d)",
            reader.read_package,
        ),
        # "2.13.x"
        Rule(
            "version",
            frozenset({TIED}),
            r"(?<![\w.,$£€-])(?P<number>\d{1,3}(?:\.\d{1,3}){0,2})\.[xX](?![\w-]|\.\w)",
            reader.read_series,
        ),
        # "10.15.7"
        Rule(
            "version",
            frozenset({TIED, "v"}),
            r"(?<![\w.])(?P<v>v\.?\s?)?(?P<number>\d{1,4}(?:\.\d{1,4}){2,3})"
            r"(?:(?P<dash>-)?(?P<name>(?<=-)[a-z]{1,8}|rc|beta|alpha|[a-z](?!\w))(?P<dot>\.)?(?P<rest>\d{1,3}(?:\.\d{1,3})?)?)?(?![\w]|\.\d)",
            reader.read_version,
        ),
        # The dash of "2.0-2.14.1".
        Rule(
            "version",
            frozenset("-–"),
            r"(?:(?<=\d\.\d)|(?<=\d\.\d\d))[-–](?=\d{1,3}(?:\.\d{1,3}){2}(?!\w|\.\d))",
            lambda match: say(match, "to"),
        ),
        # "v2.1"
        Rule(
            "version",
            frozenset({"v"}),
            r"(?<![\w.])(?P<v>v)(?P<number>\d{1,4}(?:\.\d{1,4}){0,3})(?P<name>)(?P<dash>)(?P<dot>)(?P<rest>)(?![\w]|\.\d)",
            reader.read_version,
        ),
        # "JN.1"
        Rule(
            "variant",
            frozenset({CAPITALS, LETTER}),
            r"(?<![\w.])(?P<letters>[A-Z]{1,3})\.(?P<numbers>\d{1,3}(?:\.\d{1,3}){0,4})(?![\w])",
            _read_variant,
        ),
    )


def _read_variant(match: re.Match[str]) -> Parts:
    """Read BA.2.86, XBB.1.5: the first dot is silent."""
    said = " point ".join(map(english_numerals.say_designation, match["numbers"].split(".")))
    return say(match, f"{spell_letters(match['letters'])} {said}")
