"""Directions: quarters of towns (14th St. NW, NW Portland), regions (N. Korea), winds and bearings (40 km NE of)."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end, find_word_before
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# "I-95 NB", "M4 WB": the number of a road before the direction of its lanes.
_ROAD_BEFORE = re.compile(r"\b(?:I|US|SR|CR|M|A|Hwy\.?|Highway|Rte\.?|Route|Interstate)[-\s]?\d{1,4}\s\Z")


class _DirectionReader:
    """Reads directions."""

    def __init__(self) -> None:
        places = load_table("en", "places")
        self.directions: dict[str, str] = places["directions"]
        self.pointed = frozenset(places["pointed"].split())
        self.regions = "|".join(places["regions"].split())

    def read_quadrant(self, match: re.Match[str]) -> Parts | None:
        """Read the quarter after a street ("14th St. N.W.") or the direction after a distance."""
        if find_word_before(match.string, match.start()).rstrip(".,") not in self.pointed:
            return None
        said = self.directions[match.group().replace(".", "")]
        return (Word(said, match.start(), find_abbreviation_end(match.string, match.end())),)

    def read_lanes(self, match: re.Match[str]) -> Parts | None:
        """Read the direction of the lanes of a road: "NB"."""
        if match["lanes"] is None and not _ROAD_BEFORE.search(match.string[max(0, match.start() - 16) : match.start()]):
            return None
        return say(match, f"{self.directions[match.group()[0]].lower()}bound")

    def read_direction(self, match: re.Match[str]) -> Parts:
        written = match.group().replace(".", "")
        return say(
            match,
            "-".join(self.directions[point].lower() for point in (written[0], written[1:]))
            if len(written) == 3
            else self.directions[written],
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for directions and quarters of towns."""
    del variety  # the same in all varieties
    reader = _DirectionReader()
    return (
        # "40 km NE of"
        Rule(
            "direction",
            frozenset({LETTER, CAPITALS}),
            r"(?:(?<=\b[Ww]inds\s)|(?<=\b[Ww]ind\s)|(?<=\b[Ww]inds:\s)|(?<=\b[Ww]ind:\s))(?:[NS][EW]?|[EW])(?=\s\d)|(?<![\w.-])(?:[NS][EW]?|[EW])(?=\s\d{1,2}(?:(?:[-–]|\sto\s)\d{1,2})?\s?(?:mph|kph|km/h|knots|kts?)\b)|(?:(?<=\bkm\s)|(?<=\bmi\s)|(?<=\bmi\.\s)|(?<=\bmiles\s))(?:[NS][EW]?|[EW])(?=\sof\b)"
            r"|(?:(?<=\bmph\s)|(?<=\bkm/h\s)|(?<=\bkt\s)|(?<=\bkts\s)|(?<=\bknots\s))(?:[NS][NSEW]?[EW]?|[EW][NS]?[EW]?)(?![\w-]|\.\w)"
            r"|(?:(?<=\bis\s)|(?<=\bare\s)|(?<=\blies\s)|(?<=\bjust\s)|(?<=\bwas\s))[NSEW](?=\sof\b)"
            r"|(?<![\w.])(?:NN?\.?|SS?\.?|[EW](?=[NS][EW]))[EW]\.?(?=\s(?:of|at|winds?|near|flow|gusts?|breezes?|corner|side|suburbs?|count(?:y|ies)|part|coast)\b)|(?<![\w.-])(?:NN|SS|E[NS]|W[NS])[EW](?![\w-])"
            r"|(?:(?<=\bmoved\s)|(?<=\bmoving\s)|(?<=\bheading\s)|(?<=\bheaded\s))[NSEW](?=\sat\b|[,.]?\Z|,)",
            reader.read_direction,
        ),
        # "Turn N onto", "drive S for"
        Rule(
            "direction",
            frozenset({LETTER}),
            r"(?:(?<=\b[Tt]urn\s)|(?<=\b[Gg]o\s)|(?<=\b[Hh]ead\s)|(?<=\b[Dd]rive\s)|(?<=\b[Cc]ontinue\s))[NSEW]\.?(?=\s(?:on|onto|to|along|for|at|from|past|toward)\b)",
            reader.read_direction,
        ),
        # "I-95 NB", "the SB lanes"
        Rule(
            "direction",
            frozenset({CAPITALS}),
            r"(?<![\w.-])[NSEW]B(?![\w-]|\.\w)(?P<lanes>(?=\s(?:I-\d|US\s\d|Interstate|Highway|Hwy|lanes?|traffic|ramps?|exits?|side)\b))?",
            reader.read_lanes,
        ),
        # "N. Korea"
        Rule(
            "direction",
            frozenset({LETTER}),
            rf"(?:(?<=\bin\s)[NSEW]\.(?=\s[A-Z][a-z]))|(?<![\w.])[NSEW]\.(?=\sof\b|\sSt\.\s(?:Louis|Paul)\b|\s(?:{reader.regions}|{reader.regions.upper()})\b)",
            reader.read_direction,
        ),
        # "in NW Portland"
        Rule(
            "direction",
            frozenset({CAPITALS, LETTER}),
            r"(?:(?<=\bin\s)|(?<=\bof\s)|(?<=\bfrom\s)|(?<=\bnear\s)|(?<=\bacross\s)|(?<=\binto\s))[NS]\.?[EW]\.?(?=\s[A-Z][a-z])",
            reader.read_direction,
        ),
        # "2nd St. SW", "5 miles N."
        Rule(
            "direction",
            frozenset({LETTER, CAPITALS}),
            r"(?<![\w.])(?:[NS]\.?[EW]|[NSEW](?=\.?[,;)]|\.?\Z)|(?<=[a-z.]\s)[NSEW](?=\s[a-z]))\b\.?",
            reader.read_quadrant,
        ),
    )
