"""Note marks, which are silent ([1], [2, 3], raised digits, daggers, asterisks), and inserted letters ([t]he)."""

from __future__ import annotations

import re

from exporter.normalize import LETTER, NUMERIC, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety
from exporter.script import Word

_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE_LABEL_PATTERN = r"\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}|[a-z]|note\s\d{1,3}|citation needed"


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for note marks and inserted letters."""

    def silence_mark(match: re.Match[str]) -> Parts:
        """Leave out the mark and a space before it."""
        text, start = match.string, match.start()
        return (Word("", start - (text[start - 1 : start] == " "), match.end()),)

    def read_inserted_letters(match: re.Match[str]) -> Parts:
        """Join an editor's letters to the word they begin: "[t]he"."""
        return (Word(match[1] + match[2], match.start(), match.end()),)

    return (
        # "A*"
        Rule(
            "grade",
            frozenset({LETTER}),
            r"(?<![\w.'’])[A-Z](?=\*(?![\w*]))\*",
            lambda match: say(match, f"{match.group()[0]} star"),
        ),
        # "a 5* hotel"
        Rule(
            "grade",
            frozenset({TIED}),
            r"(?<![\w.,])(?P<stars>[1-7])\*(?=\s(?:hotels?|resorts?|reviews?|ratings?|luxury|accommodation|service)\b)",
            lambda match: say(match, f"{variety.say_number(match['stars'])} star"),
        ),
        # The mark of "early.[1]".
        Rule("note mark", frozenset("["), rf"(?<=[\w.,;:!?\"”’)\]])\[(?:{_NOTE_LABEL_PATTERN})\](?!\w)", silence_mark),
        # Letters of an editor: "[t]he".
        Rule("letters put in", frozenset("["), r"(?<!\w)\[([^\W\d_]{1,3})\]([^\W\d_]{1,40})", read_inserted_letters),
        # "not.†", "vary.*"
        Rule("note mark", frozenset("†‡*"), r"(?<=[\w.,;:!?\"”’)])(?:[†‡]{1,3}|\*{1,3}(?![\w*]))", silence_mark),
        # After fewer than four letters, another number than a year, or a sum in brackets it is an exponent.
        Rule(
            "note mark",
            frozenset({NUMERIC}),
            rf"(?:(?<=[^\W\d_]{{4}})|(?<=[.,;:!?\"”’%])|(?<=\))(?<![+−-]\w\))(?<![+−-]\s\w\))|(?<=\b1[5-9]\d\d)|(?<=\b20\d\d))[{_RAISED_DIGITS}]{{1,3}}(?!\w)",
            silence_mark,
        ),
    )
