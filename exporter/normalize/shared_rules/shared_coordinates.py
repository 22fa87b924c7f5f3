"""Degrees with minutes and seconds of arc, as of a place on a map: 48°51'24" N."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language


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

    seconds = r"(?:\s?(?P<seconds>\d{1,2}(?:[.,]\d{1,3})?)(?:''|[\"″”]))?"
    direction = rf"(?:\s?(?P<direction>{'|'.join(directions) or '(?!)'})(?!\w))?"
    pattern = rf"(?<![\w.,])(?P<degrees>\d{{1,3}})[°º]\s?(?P<minutes>\d{{1,2}})['′’]{seconds}{direction}"
    return (Rule("measure", frozenset({FIGURES}), pattern, read),)
