"""Positions of players before their names: "QB Dak Prescott", "RHP Gerrit Cole"."""

from __future__ import annotations

from exporter.normalize import Rule, say
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for positions, which are read before a first and a last name."""
    del variety  # the same in all varieties
    positions: dict[str, str] = load_table("en", "initialisms")["positions"]
    return (
        Rule(
            "position",
            frozenset(map(find_anchor, positions)),
            rf"(?<![\w.-])(?:{'|'.join(positions)})(?=\s[A-Z][\w.'’-]{{1,20}}\s[A-Z][\w'’-]{{0,20}}[a-z])",
            lambda match: say(match, positions[match.group()]),
        ),
    )
