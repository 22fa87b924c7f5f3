"""Punctuation that gives a sentence its breath: dashes between words, in every way they are typed."""

from __future__ import annotations

from exporter.normalize import Rule, say
from exporter.normalize.english.english_grammar import Variety


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for punctuation."""
    del variety  # a breath is the same everywhere
    return (
        # "Then -- suddenly"
        Rule("dash", frozenset("-"), r"(?<=\s)--?-?(?=\s)|(?<=[^\s-])--(?=[^\s-])", lambda match: say(match, "—")),
        # "The vote – her third"
        Rule("dash", frozenset("–―"), r"(?<=\s)[–―](?=\s)", lambda match: say(match, "—")),
        # "poetry / prose"
        Rule("dash", frozenset("/|"), r"(?<=\s)[/|](?=\s)", lambda match: say(match, "—")),
    )
