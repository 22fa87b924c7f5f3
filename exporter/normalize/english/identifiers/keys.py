"""Keyboard shortcuts (Ctrl+Alt+Del, Cmd-Q) and options of commands (--verbose, -rf)."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, has_context, spell_letters
from exporter.normalize.toml_tables import load_table
from exporter.script import Word


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for keyboard shortcuts and options."""
    del variety  # the same in all varieties
    keys: dict[str, str] = load_table("en", "identifiers")["keys"]

    def say_key(written: str) -> str:
        if written in keys:
            return keys[written]
        if written.isdecimal():
            return english_numerals.say_digits(written)
        return f"F {english_numerals.say_pairs(int(written[1:]))}" if written[1:].isdecimal() else written

    def read_keys(match: re.Match[str]) -> Parts:
        return say(match, " ".join(map(say_key, re.split(r"\s?[+-]\s?", match.group()))))

    def read_option(match: re.Match[str]) -> Parts | None:
        """Read the dashes of an option, and its letters one by one if there are at most three behind one dash."""
        named = match["name"] or match.string[match.end() : match.end() + 1].isalpha()
        if not named or not has_context("commands", match):
            return None
        dashes = Word(" ".join("dash" for _ in match["dashes"]), *match.span("dashes"))
        return (dashes, Word(spell_letters(match["name"].upper()), *match.span("name"))) if match["name"] else (dashes,)

    names = "|".join(keys)
    return (
        Rule(
            "keys",
            frozenset(name.lower() for name in keys),
            rf"(?<![\w+])(?:{names})(?:\s?[+-]\s?(?:{names}|F\d{{1,2}}|[A-Z0-9])(?!\w)){{1,4}}",
            read_keys,
        ),
        # "--verbose", "-rf"
        Rule(
            "option",
            frozenset("-"),
            r"(?:(?<=\s)|(?<=[\"“‘'(/]))(?P<dashes>--?)(?P<name>[A-Za-z](?![\w-])|(?<!--)[a-z]{2,3}(?![\w-]))?(?=[A-Za-z][\w-]{1,30}|[\s=,.;:!?)'\"”’]|\Z)",
            read_option,
        ),
    )
