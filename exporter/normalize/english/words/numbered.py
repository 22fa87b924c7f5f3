"""Abbreviations before a number: No. 5, ch. iv, pp. 3-8, Apt. #4C."""

from __future__ import annotations

from exporter.normalize import Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.abbreviation_lists import make_list_rule
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import load_table


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for abbreviations before a number."""
    del variety  # the same in all varieties
    lists = load_table("en", "abbreviations")
    return (
        # Between two amounts: "51% v. 49%".
        Rule(
            "reference",
            frozenset("v"),
            r"(?:(?<=%\s)|(?<=\d\s))v\.?(?=\s[$£€]?\d)",
            lambda match: say(match, "versus"),
        ),
        make_list_rule(
            "reference",
            lists["numbered"],
            r"(?=\s{0,2}[#(]?(?:\d|[IVXLC]{2,9}\b|[ivx]{2,9}\b|I(?=[,;:)–-]|\s(?:of|and\s[IVX]{1,5})\b)|[A-HJ-Z]\d?\b(?!\.\w)|[A-Z]{1,3}[-\s]?\d))",
            final=False,
        ),
        make_list_rule("reference", lists["numbered without a dot"], r"(?=\s(?:\d|[IVXLC]{1,9}\b))", final=False),
        # "petition #1094"
        Rule(
            "reference",
            frozenset({"#", "№"}),
            r"(?<!\w)[#№]\s?(?P<number>[1-9]\d{3})(?![\w/-]|[.,]\d)",
            lambda match: say(match, f"number {english_numerals.say_designation(match['number'])}"),
        ),
        # "Apt. #4C"
        Rule(
            "reference",
            frozenset({"#", "№"}),
            r"(?<!\w)[#№]\s?(?=\d{1,6}[A-Z]?(?!\w)|[A-Z]{1,4}-?\d)",
            lambda match: say(match, "number"),
        ),
    )
