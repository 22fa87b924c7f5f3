"""Censored words: f**k, s---, bull****."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule
from exporter.normalize.english.english_grammar import Variety
from exporter.script import Word

_VISIBLE_LETTERS_BEFORE = re.compile(r"(?<![\w*])[A-Za-z]{1,5}\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for censored words, which are read as "bleep"."""
    del variety  # the same in all varieties

    def read_censored(match: re.Match[str]) -> Parts | None:
        found = _VISIBLE_LETTERS_BEFORE.search(match.string[max(0, match.start() - 6) : match.start()])
        # Two signs behind three or more letters are a mark of emphasis or a pair of dashes.
        if not found or (len(found.group()) > 2 and len(match["hidden"]) == 2):
            return None
        return (Word("bleep", match.start() - len(found.group()), match.end()),)

    return (Rule("censored", frozenset("*-_"), r"(?P<hidden>\*{2,8}|-{3,8}|_{3,8})[a-z]{0,4}(?!\w)", read_censored),)
