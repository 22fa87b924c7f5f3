"""Bonds: credit ratings ("BBB minus") and yield curves between two terms ("2s10s")."""

from __future__ import annotations

from exporter.normalize import TIED, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, has_context


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for bonds."""
    return (
        # "2s10s"
        Rule(
            "curve",
            frozenset({TIED}),
            r"(?<![\w.])(?P<first>[1-9]|10)s/?(?P<last>5|10|20|30)s(?!\w)",
            lambda match: say(
                match,
                " ".join(english_numerals.pluralize_number(variety.say_number(match[at])) for at in ("first", "last")),
            ),
        ),
        # "BBB-" near words of debtors.
        Rule(
            "credit rating",
            frozenset("-−"),
            r"(?:(?<=\b[A-D])|(?<=\bAA)|(?<=\bBB)|(?<=\bAAA|\bBBB|\bCCC))[-−](?=[\s,.;:)\"”’]|\Z)",
            lambda match: say(match, "minus") if has_context("debtors", match) else None,
        ),
    )
