"""Dashes between words, however they are typed; they become one dash, at which speech engines pause."""

from __future__ import annotations

from exporter.normalize import Rule, say
from exporter.normalize.english.english_grammar import Variety


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for punctuation."""
    del variety  # the same in all varieties
    return (
        # "Then -- suddenly"
        Rule("dash", frozenset("-"), r"(?<=\s)--?-?(?=\s)|(?<=[^\s-])--(?=[^\s-])", lambda match: say(match, "—")),
        # "The vote – her third"
        Rule("dash", frozenset("–―"), r"(?<=\s)[–―](?=\s)", lambda match: say(match, "—")),
        # "poetry / prose"
        Rule("dash", frozenset("/|"), r"(?<=\s)[/|](?=\s)", lambda match: say(match, "—")),
    )
