"""Abbreviations in running text: companies, months, weekdays, and those that need no context."""

from __future__ import annotations

from exporter.normalize import Rule
from exporter.normalize.english.abbreviation_lists import WORD_START, make_list_rule
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import load_table


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for abbreviations."""
    del variety  # the same in all varieties
    lists = load_table("en", "abbreviations")
    return (
        make_list_rule("abbreviation", lists["inner"], final=False),
        make_list_rule("abbreviation", lists["final"]),
        make_list_rule("abbreviation", lists["without a dot"], r"(?!\.[\w,;:)–-]|\.\s{1,8}[a-z\d]|[&/])"),
        make_list_rule("month", lists["months"]),
        make_list_rule("month", lists["months"], edge=r"(?<=mid-)"),
        # The second of two may be tied to the first: "Tues.-Sat.".
        make_list_rule("weekday", lists["weekdays"], edge=rf"(?:{WORD_START}|(?<=\w[.\w]-))"),
    )
