"""What is found in the sky, named by its year: C/2023 A3, SN 2023ixf."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, sayable, spell


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for comets and supernovae."""

    def read_transient(match: re.Match[str]) -> Parts:
        """Read the name of a supernova: "SN 2023ixf", "AT 2018cow"."""
        letters = match["letters"].upper()
        said = match["letters"] if len(letters) > 1 and sayable(letters) else spell(letters)
        return say(match, f"{variety.year(int(match['year']))} {said}")

    return (
        Rule(
            "comet",
            frozenset("acdpx"),
            r"(?<![\w/])(?P<kind>[ACDPX])/(?P<year>[12]\d{3})(?=\s[A-Z]\d?)",
            lambda match: say(match, f"{match['kind']} {variety.year(int(match['year']))}"),
        ),
        Rule(
            "transient",
            frozenset({TIED}),
            r"(?<=\b(?:SN|AT)\s)(?P<year>[12]\d{3})(?P<letters>[A-Z]|[a-z]{2,4})(?!\w)",
            read_transient,
        ),
    )
