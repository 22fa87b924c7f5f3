"""What pilots write: runway 27L, FL350, 24015G25KT, N8967E."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, spell_letters
from exporter.normalize.english.identifiers.identifiers import read_registration


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for runways, flight levels, winds and tail numbers."""

    def read_wind(match: re.Match[str]) -> Parts | None:
        """Read "24015G25KT": the direction digit by digit, the speed, and the gusts."""
        if not (match["direction"] and match["unit"].isupper()) and not match["gust"]:
            return None
        direction = f"{english_numerals.say_digits(match['direction'])} at " if match["direction"] else ""
        gust = f" gusting {variety.say_cardinal(int(match['gust']))}" if match["gust"] else ""
        unit = " knots" if match["unit"] else ""
        return say(match, f"{direction}{variety.say_cardinal(int(match['speed']))}{gust}{unit}")

    return (
        # "runway 09L", "Runways 10R and 28L"
        Rule(
            "runway",
            frozenset({NUMBER, "/", "-", "–"}),
            r"(?:(?<=\b[Rr]unway\s)|(?<=\b[Rr]unways\s)|(?<=\bRWY\s)|(?<=\b[Rr]wy\.\s)|(?<=\b[Rr]wy\s)|(?<=\d[LRC]\sand\s)|(?<=\d[LRC],\s)|(?<=\d[LRC],\sthen\s)|(?<=\d[LRC])[/–-]|(?<=[Rr]unway\s\d\d)[/–-])"
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
        # Heights above the sea and the ground: "2,300 ft msl".
        Rule(
            "height",
            frozenset({"msl", "amsl", "agl", "asl"}),
            r"(?<![\w.])(?:a?msl|agl|(?<=\s)asl)(?!\w)",
            lambda match: say(match, spell_letters(match.group().upper())),
        ),
        # "Flight BA 2490"
        Rule(
            "flight",
            frozenset({CAPITALS}),
            r"(?:(?<=\b[Ff]light\s)|(?<=\b[Ff]lights\s))(?P<airline>[A-Z]{2,3})\s(?P<number>\d{3,4})(?!\w|[.,]\d)",
            lambda match: say(
                match, f"{spell_letters(match['airline'])} {english_numerals.say_designation(match['number'])}"
            ),
        ),
        # "squawk 7700"
        Rule(
            "squawk",
            frozenset({NUMBER}),
            r"(?=\d{4}(?!\d))(?:(?<=\b[Ss]quawk\s)|(?<=\b[Ss]quawks\s)|(?<=\b[Ss]quawking\s)|(?<=\b[Ss]quawked\s)|(?<=\bsquawk\scode\s)|(?<=\btransponder\scode\s))[0-7]{4}(?!\w)"
            r"|(?<![\w.,$£€])7[567]00(?=[”\"’']?\s(?:emergency\s)?(?:squawk|code|alert|transponder)\b)",
            lambda match: say(match, english_numerals.say_digits(match.group())),
        ),
        # A wind in reports for pilots, with its direction and its gusts: "24015G25KT".
        Rule(
            "wind",
            frozenset({TIED}),
            r"(?<!\w)(?P<direction>\d{3})?(?P<speed>\d{2,3})(?:G(?P<gust>\d{2,3}))?(?P<unit>\s?(?:KT|kts?|knots)\b|(?<=\dG\d\d))(?!\w)",
            read_wind,
        ),
        # The registration of an American aircraft: "N8967E".
        Rule(
            "registration",
            frozenset({CODE}),
            r"(?<![\w.-])N\d{3,4}[A-HJ-NP-Z]{1,2}(?!\w)",
            read_registration,
        ),
    )


def _read_runway(match: re.Match[str]) -> Parts:
    """Read the two digits of a runway, and its side where several run side by side: "two seven left"."""
    side = {"L": " left", "R": " right", "C": " center"}.get(match["side"] or "", "")
    return say(match, english_numerals.say_digits(match["number"]) + side)
