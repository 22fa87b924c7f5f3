"""Censored words: f**k, s---, bull****."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, has_vowel
from exporter.script import Word

# Letters around a star that hides a vowel; two may be factors of a product.
_MIN_VISIBLE_LETTERS = 3
_VISIBLE_LETTERS_BEFORE = re.compile(r"(?<![\w*])[A-Za-z]{1,5}\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for censored words, which are read as "bleep"."""
    del variety  # the same in all varieties

    def read_censored(match: re.Match[str]) -> Parts | None:
        found = _VISIBLE_LETTERS_BEFORE.search(match.string[max(0, match.start() - 6) : match.start()])
        if not found:
            return None
        visible, hidden = len(found.group()), len(match["hidden"])
        # Behind three or more letters two signs are emphasis or a pair of dashes, and stars at the end mark a note.
        if visible > 2 and (hidden == 2 or (match["hidden"][0] == "*" and hidden < 4 and not match["ending"])):
            return None
        # One star hides a vowel: "sh*t", as opposed to the product "a*b".
        if hidden == 1 and (has_vowel(found.group()) or visible + len(match["ending"]) < _MIN_VISIBLE_LETTERS):
            return None
        return (Word("bleep", match.start() - visible, match.end()),)

    return (
        Rule(
            "censored",
            frozenset("*-_"),
            r"(?P<hidden>\*{2,8}|-{3,8}|_{3,8}|\*(?=[b-df-hj-np-tv-z]))(?P<ending>[a-z]{0,6})(?!\w)",
            read_censored,
        ),
        # Letters hidden by several signs: "F#%KED".
        Rule(
            "censored",
            frozenset({CAPITALS, LETTER, MIXED}),
            r"(?<![\w@#$%&*!])[A-Za-z]{1,3}(?=[@#$%*!&]{0,5}[@#%!])[@#$%*!&]{2,6}[A-Za-z]{1,6}(?!\w)",
            lambda match: say(match, "bleep"),
        ),
        # One sign for a vowel: "b!tch".
        Rule(
            "censored",
            frozenset({"b", "sh", "f"}),
            r"(?<!\w)(?i:b[!1]tch(?:es)?|sh[!1]t|f@ck\w{0,4})(?!\w)",
            lambda match: say(match, "bleep"),
        ),
        # A swear word in signs: "@#$%!".
        Rule(
            "censored",
            frozenset("@#$%&*!"),
            r"(?<![\w@#$%&*!])(?=[@#$%&*!]{0,6}[@#%&])(?=[@#$%&*!]{0,6}[$*!])[@#$%&*!]{4,8}(?!\w)",
            lambda match: say(match, "bleep"),
        ),
    )
