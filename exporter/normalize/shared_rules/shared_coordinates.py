"""Degrees with minutes and seconds of arc, as on a map (48°51'24" N), and points of the compass (5 km al SE)."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, Parts, Rule, say
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.languages.language import Language

_MAX_DISTANCE_CHARS = 24  # searched for a unit of length and a preposition


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rule for coordinates; the table `directions` names what follows them."""
    directions: dict[str, str] = language.tables.get("directions", {})

    def count(written: str, sign: str) -> str:
        unit = language.say_unit(sign, language.is_one(written))
        return f"{language.say_number(written.lstrip('0') or '0', language.nouns.agree_with(unit))} {unit}"

    def read(match: re.Match[str]) -> Parts:
        said = [count(match["degrees"], "°"), count(match["minutes"], "min")]
        if match["seconds"]:
            said.append(count(match["seconds"], "s"))
        if match["direction"]:
            said.append(directions[match["direction"]])
        return say(match, " ".join(said))

    compass = re.compile(language.find_pattern("compass"))

    def read_point(match: re.Match[str]) -> Parts | None:
        """Read a point of the compass after a distance or a wind."""
        before = match.string[max(0, match.start() - _MAX_DISTANCE_CHARS) : match.start()]
        return say(match, directions[match.group()]) if compass.search(before) else None

    seconds = r"(?:\s?(?P<seconds>\d{1,2}(?:[.,]\d{1,3})?)(?:''|[\"″”]))?"
    direction = rf"(?:\s?(?P<direction>{'|'.join(directions) or '(?!)'})(?!\w))?"
    pattern = rf"(?<![\w.,])(?P<degrees>\d{{1,3}})[°º]\s?(?P<minutes>\d{{1,2}})['′’]{seconds}{direction}"
    point = rf"(?:{'|'.join(directions) or '(?!)'})(?![\w-])"
    return (
        Rule("measure", frozenset({FIGURES}), pattern, read),
        Rule("compass", frozenset({CAPITALS, LETTER}), rf"(?<![\w.-]){point}", read_point),
    )
