"""Hundredths of a currency alone, and shillings and pence: 4.2¢, 12p, US64.1¢, 2s 6d."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, GLUED, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    FRACTION_PATTERN,
    NUMBER_PATTERN,
    Variety,
    is_one,
    say_mixed_number,
)
from exporter.normalize.english.money.currencies import Currencies
from exporter.script import Word


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for cents, pence and shillings."""
    rates = Currencies(variety.british).rates
    rate_words = "|".join(sorted(map(re.escape, rates), key=len, reverse=True))

    def read_old_money(match: re.Match[str]) -> Parts:
        """Read shillings and pence, as they were until 1971: "2s 6d"."""
        shillings, pence = match["shillings"], match["pence"]
        unit = "shilling" if is_one(shillings) else "shillings"
        last = "penny" if is_one(pence) else "pence"
        end = match.end("shillings")
        return (
            Word(f"{variety.say_number(shillings)} {unit}", match.start(), end),
            Word(f"and {variety.say_number(pence)} {last}", end, match.end()),
        )

    def read_cents(match: re.Match[str]) -> Parts:
        pence = match["unit"] in ("p", "P")
        before = ("minus " if match["minus"] else "") + (
            f"{variety.say_number(match['low'])} to " if match["low"] else ""
        )
        unit = ("penny", "pence") if pence else ("cent", "cents")
        rate = f" {rates[match['rate']]}" if match["rate"] else ""
        return (
            Word(
                before + say_mixed_number(variety, match["first"] + (match["mixed"] or "")),
                match.start(),
                match.start("unit"),
            ),
            Word(
                unit[0 if is_one(match["first"]) and not match["mixed"] else 1] + rate, match.start("unit"), match.end()
            ),
        )

    return (
        # "2s 6d"
        Rule(
            "money",
            frozenset({TIED}),
            r"(?<![\w.,])(?P<shillings>\d{1,2})s\.?\s(?P<pence>1?\d)d(?!\w)",
            read_old_money,
        ),
        # "4.2¢", "12p"
        Rule(
            "money",
            frozenset({FOLLOWED, GLUED, "-", "−"}),
            # Most numbers have no such unit: that is found out first, since it is quicker than to read the number.
            r"(?=[^A-Za-z¢]{1,60}+[¢cpP])"
            rf"(?P<minus>(?<![\w)-])[-−])?(?:(?<![\w.,:/])|(?<=\bUS)|(?<=\bAU)|(?<=\bc\.)|(?<=\bc))(?:(?P<low>{NUMBER_PATTERN})[-–])?(?P<first>{NUMBER_PATTERN})(?P<mixed>{FRACTION_PATTERN})?\s?(?P<unit>¢|(?<=[\d½¼¾])[cp](?![^\W_])|(?<=\.\d)P(?![^\W_])|(?<=\.\d\d)P(?![^\W_]))(?:/(?P<rate>{rate_words})(?![^\W_])(?:\.(?=\s[a-z(]|[,;)]))?)?",
            read_cents,
        ),
        # The country of "US64.1¢".
        Rule(
            "initialism",
            frozenset({"us", "au"}),
            rf"(?<!\w)(?P<country>US|AU)(?={NUMBER_PATTERN}\s?¢)",
            lambda match: say(match, "-".join(match["country"])),
        ),
    )
