"""Decades: les années 80, die 80er, los 90."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule
from exporter.normalize.continental.number_words import Verbalizer
from exporter.script import Word


def rules(verbalizer: Verbalizer) -> tuple[Rule, ...]:
    """Return the rule for decades; none in Spanish, which says them as plain numbers."""

    def read_german(match: re.Match[str]) -> Parts:
        number = int(match["number"])
        said = verbalizer.say_year(number) if number > 999 else verbalizer.say_cardinal(number)
        hyphen = (match["years"] or "").startswith("-")  # "1990er-Jahre" are two words
        return (Word(f"{said}er", match.start(), match.end("ending") + hyphen),)

    def read_french(match: re.Match[str]) -> Parts:
        # "vingt" takes its plural only if it counts something.
        return (Word(verbalizer.say_cardinal(int(match["number"])).removesuffix("s"), *match.span("number")),)

    if verbalizer.language == "de":
        pattern = r"(?<![\w.,])(?P<number>(?:1\d|20)?\d\d|[2-9])(?P<ending>er)(?P<years>[\s-]Jahren?)?(?!\w)"
        return (Rule("decade", frozenset({TIED}), pattern, read_german),)
    if verbalizer.language == "fr":
        return (Rule("decade", frozenset({FIGURES}), r"(?<=[Aa]nnées )(?P<number>80)(?!\d)", read_french),)
    return ()
