"""Feet and inches, temperatures without a degree sign, and sizes: 5'11", 6-foot-4, 98F, 25 x 7."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english.grammar import MIXED, NUMBER, Variety, after, mixed_number, one
from exporter.script import Word

# A quotation that has begun and not ended: its closing mark is no sign of inches.
_OPEN = re.compile(r"(?:[“]|(?<![\w.,!?])\")[^\"”]*\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for lengths and sizes."""

    def read_height(match: re.Match[str]) -> Parts:
        feet = Word(f"{variety.number(match['feet'])} foot", match.start(), match.end("mark"))
        return (feet, Word(mixed_number(variety, match["inches"]), match.end("mark"), match.end()))

    def read_feet(match: re.Match[str]) -> Parts:
        return (Word(f"{variety.number(match['feet'])} {'foot' if one(match['feet']) else 'feet'}", *match.span()),)

    def read_inches(match: re.Match[str]) -> Parts | None:
        text, number = match.string, match["number"]
        if _OPEN.search(text[max(0, match.start() - 200) : match.start()]):
            return None
        unit = "inch" if one(number) or after(text, match.end()).islower() else "inches"
        return (Word(f"{mixed_number(variety, number)} {unit}", match.start(), match.end()),)

    def read_temperature(match: re.Match[str]) -> Parts:
        scale = "Fahrenheit" if match["scale"] == "F" else "Celsius"
        degrees = "degree" if one(match["number"]) else "degrees"
        number = Word(variety.number(match["number"]), *match.span("number"))
        return (number, Word(f"{degrees} {scale}", match.end("number"), match.end()))

    def read_times(match: re.Match[str]) -> Parts:
        return say(match, f"{variety.number(match['number'])} times")

    def read_size(match: re.Match[str]) -> Parts:
        return (
            Word(variety.number(match["first"]), *match.span("first")),
            Word("by", match.end("first"), match.end()),
        )

    figures = frozenset({FIGURES})
    tied = frozenset({TIED})
    edge = r"(?<![\w.,/])"
    return (
        Rule(
            "height",
            tied,
            rf"{edge}(?P<feet>\d{{1,3}})(?P<mark>['’′]\s?|-?(?:ft|foot)-)"
            rf"(?P<inches>\d{{1,2}}(?:\.\d)?½?)(?:[\"”″]|''|(?![\w'’.]))",
            read_height,
        ),
        Rule("height", tied, rf"{edge}(?P<feet>\d{{1,3}})′", read_feet),
        Rule("inches", tied, rf"{edge}(?P<number>{NUMBER}{MIXED}?)[\"”″](?=[\s,.;)-]|\Z)", read_inches),
        Rule(
            "temperature",
            figures | {"-", "−"},
            r"(?<![\w.,])(?P<number>(?:[-−])?1?\d{1,2}(?:\.\d)?)"
            r"(?:\s?(?P<scale>F)|\s(?P<c>C))(?=[.,;)]|\s[a-z]|\Z)(?!\.\s?[A-Z][a-z]+\.)",
            read_temperature,
        ),
        Rule("size", frozenset({"x", "×"}), r"(?<=[\da-z][a-z.]\s)[x×](?=\s?\d)", lambda match: say(match, "by")),
        Rule(
            "times",
            tied,
            rf"{edge}(?P<number>{NUMBER})x(?=[,.;)/]|\Z|\s(?:[a-z]+er|more|less|better|worse|as|the)\b)",
            read_times,
        ),
        Rule("size", figures, rf"(?<![\w.])(?P<first>{NUMBER})\s?[x×X]\s?(?=\d)", read_size),
    )
