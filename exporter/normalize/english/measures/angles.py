"""Angles in degrees, minutes and seconds of arc, and positions on the map: 62° 40′ 12″, 45°N."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import NUMBER_PATTERN, Variety, is_one
from exporter.script import Word

_COMPASS_POINTS = {"N": "north", "S": "south", "E": "east", "W": "west"}
_LEADING_ZERO = re.compile(r"\A0(?=\d)")
_ARC_UNITS = ("degree", "minute", "second")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for angles; degrees alone are a measure."""

    def read_angle(match: re.Match[str]) -> Parts | None:
        if not (match["minute"] or match["towards"]):
            return None
        said = [
            f"{variety.say_number(_LEADING_ZERO.sub('', match[unit]))} {unit if is_one(match[unit]) else f'{unit}s'}"
            for unit in _ARC_UNITS
            if match[unit]
        ]
        if match["towards"]:
            said.append(_COMPASS_POINTS[match["towards"]])
        return say(match, " ".join(said))

    def read_bare(match: re.Match[str]) -> Parts:
        """Read "latitude 12.3 N", as weather services write it."""
        return (
            Word(variety.say_number(match["degree"]), *match.span("degree")),
            Word(_COMPASS_POINTS[match["towards"]], match.end("degree"), match.end()),
        )

    def read_position(match: re.Match[str]) -> Parts:
        """Read "40N, 70W"."""
        said = [
            f"{variety.say_number(match[name])} {_COMPASS_POINTS[match[f'{name}_towards']]}"
            for name in ("first", "last")
        ]
        return (
            Word(said[0], match.start(), match.end("first_towards")),
            Word(said[1], match.start("last"), match.end()),
        )

    return (
        # "latitude 18.4 N"
        Rule(
            "angle",
            frozenset({NUMBER}),
            rf"(?:(?<=\b[Ll]at\.\s)|(?<=\b[Ll]ong\.\s)|(?<=\b[Ll]atitude\s)|(?<=\b[Ll]ongitude\s))(?P<degree>{NUMBER_PATTERN})"
            r"\s?(?P<towards>[NSEW])(?!\w)",
            read_bare,
        ),
        # "40N 70W"
        Rule(
            "angle",
            frozenset({TIED}),
            rf"(?:(?<![\w.,])|(?<=\.\.))(?P<first>{NUMBER_PATTERN})(?P<first_towards>[NS]),?\s(?P<last>{NUMBER_PATTERN})(?P<last_towards>[EW])(?!\w)",
            read_position,
        ),
        # "41° 43′ 55″ N"
        Rule(
            "angle",
            frozenset({TIED, "-", "−"}),
            rf"(?<![\w.,])(?P<degree>[-−]?{NUMBER_PATTERN})\s?[°º](?:\s?(?P<minute>\d{{1,2}}(?:\.\d{{1,3}})?)['’′]"
            r"(?:\s?(?P<second>\d{1,2}(?:\.\d{1,3})?)(?:[\"”″]|''))?)?(?:\s?(?P<towards>[NSEW])(?!\w))?",
            read_angle,
        ),
    )
