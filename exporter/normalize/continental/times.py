"""Times of day: 14:30, 14h30, 14.30 Uhr."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule, say
from exporter.normalize.continental.tongue import Tongue

# How each language writes the minutes behind an hour.
_WRITTEN = {
    "es": r":(?P<minute>[0-5]\d)(?![\d:])(?:\s?(?:horas|h)\b)?",
    "fr": r"(?:\s?h\s?|:)(?P<minute>[0-5]\d)(?!\w)",
    "de": r"(?:[:.](?=[0-5]\d\s?Uhr\b)|:)(?P<minute>[0-5]\d)(?![\d:])(?:\s?Uhr\b)?",
}
_WHOLE = {"es": r"\s?h\b", "fr": r"\s?h(?![\w/])", "de": r"\sUhr\b"}


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules for times."""
    name = tongue.words["hours"]

    def hour(match: re.Match[str]) -> str:
        number = int(match["hour"])
        said = _feminine(tongue, number)
        return f"{said} {name.removesuffix('s') if number == 1 else name}".rstrip()

    def read(match: re.Match[str]) -> Parts | None:
        if int(match["hour"]) > 24:
            return None
        minute = int(match["minute"])
        return say(match, f"{hour(match)} {tongue.cardinal(minute)}" if minute else hour(match))

    def read_whole(match: re.Match[str]) -> Parts | None:
        return say(match, hour(match)) if int(match["hour"]) <= 24 else None

    figures = frozenset({FIGURES})
    edge = r"(?<![\w.,:/])(?P<hour>[0-2]?\d)"
    return (
        Rule("time", figures, edge + _WRITTEN[tongue.language], read),
        Rule("time", figures, edge + _WHOLE[tongue.language], read_whole),
    )


def _feminine(tongue: Tongue, number: int) -> str:
    """Say the number of an hour, a feminine word in Spanish and French."""
    said = tongue.cardinal(number, counting=tongue.language == "de")
    if tongue.language == "es" and said.endswith("uno"):
        return f"{said[:-1]}a"
    return f"{said}e" if tongue.language == "fr" and said.endswith("un") else said
