"""Names of currencies, and currencies without a sum: the A$, EUR/USD, 83.12/$."""

from __future__ import annotations

import re
from typing import NamedTuple

from exporter.normalize import CAPITALS, LETTER, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import expand_forms, load_table
from exporter.script import Word


class Currency(NamedTuple):
    """Names of a currency in singular and plural, and of its hundredths, which are empty where not in use."""

    one: str
    many: str
    cent: str
    cents: str


class Currencies:
    """The signs and codes of currencies, and what prices are for."""

    def __init__(self, british: bool) -> None:
        lists = load_table("en", "money")
        names = {name: Currency(*forms) for name, forms in lists["names"].items()}
        self.codes: dict[str, str] = lists["codes"]
        self.signs = {sign: names[name] for sign, name in (lists["signs"] | self.codes).items()}
        self.behind = {sign: names[name] for sign, name in lists["behind"].items()}
        self.guarded = frozenset(lists["guarded"].split())
        rates = expand_forms(lists["rates"]) | lists["spaced"]
        self.rates = {form: said.replace("liter", "litre") if british else said for form, said in rates.items()}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for currencies without a sum."""
    currencies = Currencies(variety.british)
    signs, codes = currencies.signs, "|".join(currencies.codes)

    def read_currency_pair(match: re.Match[str]) -> Parts:
        """Read two currencies against each other: EUR/USD."""
        first, last = (signs[match[name]].one for name in ("first", "last"))
        return (Word(first, *match.span("first")), Word(last, match.end("first"), match.end()))

    return (
        # The "/$" of "83.12/$".
        Rule(
            "rate",
            frozenset("/"),
            r"(?<=\d)/(?P<sign>[$€£])(?!\s?\d)",
            lambda match: say(match, f"to the {signs[match['sign']].one}"),
        ),
        # A currency without a sum: "the A$ fell".
        Rule(
            "money",
            frozenset({LETTER, CAPITALS}),
            r"(?<!\w)(?P<sign>A|AU|C|CA|NZ|HK|S|US)\$(?!\s?\d)",
            lambda match: say(match, signs[match.group()].one),
        ),
        # "EUR/USD"
        Rule(
            "currencies",
            frozenset(code.lower() for code in currencies.codes),
            rf"(?<![\w/])(?P<first>{codes})/(?P<last>{codes})(?![\w/])",
            read_currency_pair,
        ),
    )
