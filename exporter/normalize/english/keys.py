"""Keyboard shortcuts: Ctrl+Alt+Del, Cmd-Q."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import load_table


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for keyboard shortcuts."""
    del variety  # the same in all varieties
    keys: dict[str, str] = load_table("en", "identifiers")["keys"]

    def say_key(written: str) -> str:
        if written in keys:
            return keys[written]
        return f"F {english_numerals.say_pairs(int(written[1:]))}" if written[1:].isdecimal() else written

    def read_keys(match: re.Match[str]) -> Parts:
        return say(match, " ".join(map(say_key, re.split(r"\s?[+-]\s?", match.group()))))

    names = "|".join(keys)
    return (
        Rule(
            "keys",
            frozenset(name.lower() for name in keys),
            rf"(?<![\w+])(?:{names})(?:\s?[+-]\s?(?:{names}|F\d{{1,2}}|[A-Z0-9])(?!\w)){{1,4}}",
            read_keys,
        ),
    )
