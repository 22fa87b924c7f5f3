"""Names with figures: A-6, D940, AF447, 11-S, Covid-19, and what a cross or a slash joins."""

from __future__ import annotations

import re

from exporter.normalize import CODE, TIED, Parts, Rule
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.continental.initialisms import letters
from exporter.normalize.continental.tongue import Tongue
from exporter.script import Word

_SHORT = 3  # of so few letters with a figure each is said: CO2, AF447


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules for names with figures."""

    def number(figures: str) -> str:
        return tongue.digits(figures) if figures[0] == "0" or len(figures) > 4 else tongue.cardinal(int(figures))

    def read_code(match: re.Match[str]) -> Parts:
        name = match["name"]
        said = " ".join(name) if len(name) < _SHORT and name.isupper() else letters(tongue, name) or name
        return (Word(said, *match.span("name")), Word(number(match["number"]), match.end("name"), match.end()))

    def read_day(match: re.Match[str]) -> Parts:
        return (
            Word(number(match["number"]), *match.span("number")),
            Word(match["name"], match.end("number"), match.end()),
        )

    def read_joined(match: re.Match[str]) -> Parts:
        joint = tongue.words["times" if match["joint"] in "xX×" else "over"]
        return (
            Word(number(match["first"]), *match.span("first")),
            Word(joint, match.end("first"), match.start("last")),
            Word(number(match["last"]), *match.span("last")),
        )

    edge = r"(?<![\w.,/-])"
    return (
        Rule(
            "code",
            frozenset({CODE}),
            rf"(?<!\w){tongue.elision}(?P<name>[^\W\d_]{{1,24}})[-‑–]?(?P<number>\d{{1,6}})(?![\w,]|\.\d)",
            read_code,
        ),
        Rule(
            "code",
            frozenset({TIED}),
            rf"{edge}(?P<number>\d{{1,2}})[-‑](?P<name>[A-Z](?:[a-zà-ÿ]{{2,12}})?)(?!\w)",
            read_day,
        ),
        Rule(
            "joined",
            frozenset({FIGURES}),
            rf"{edge}(?P<first>\d{{1,4}})(?P<joint>\s?[xX×]\s?|/)(?P<last>\d{{1,4}})(?![\w/]|[.,]\d)",
            read_joined,
        ),
    )
