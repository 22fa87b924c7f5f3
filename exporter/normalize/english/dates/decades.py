"""Decades: the 1980s, mid-'90s, 1960s-80s, in his 70s."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    DASH_PATTERN,
    SECONDS_NOUNS,
    Variety,
    find_word_after,
    find_word_before,
)
from exporter.script import Word

# Words before a bare "70s" that is a decade of a century, a life or a scale, not a number of seconds.
_WORDS_BEFORE_DECADES = frozenset(
    "the his her their my our your its in high low lower upper mid early late and roaring to since from"
    " swinging through into".split()
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for decades."""

    def say_full_decade(written: str) -> str:
        return english_numerals.pluralize_number(variety.say_year(int(written)))

    def say_short_decade(written: str) -> str:
        return english_numerals.pluralize_number(variety.say_cardinal(int(written)))

    def read_full_decade(match: re.Match[str]) -> Parts | None:
        if match["decade"] == "1000" and find_word_before(match.string, match.start()) != "the":
            return None
        return say(match, say_full_decade(match["decade"]))

    def read_short_decade(match: re.Match[str]) -> Parts | None:
        text, start = match.string, match.start()
        # "Mid-70s", but "I-70's" is a road.
        tied = text[start - 1 : start] in ("-", "–") and not text[start - 2 : start - 1].isupper()
        if find_word_after(text, match.end()) in SECONDS_NOUNS:
            return None
        certain = match["mark"] or tied
        return (
            say(match, say_short_decade(match["decade"]))
            if certain or find_word_before(text, start) in _WORDS_BEFORE_DECADES
            else None
        )

    def read_decade_span(match: re.Match[str]) -> Parts:
        first, last = match["first"], match["last"]
        said = say_full_decade(last) if len(last) == 4 else say_short_decade(last)
        return (
            Word(
                say_full_decade(first) if len(first) == 4 else say_short_decade(first),
                match.start(),
                match.end("first"),
            ),
            Word(f"to {said}", match.end("first"), match.end()),
        )

    quote = r"['’‘]"
    quotes = frozenset({"'", "’", "‘"})
    anchors = quotes | {TIED}
    return (
        # "1970s–80s"
        Rule(
            "decade",
            anchors,
            rf"(?<![\w.,/$£€]){quote}?(?P<first>[12]\d\d0|[1-9]0)(?:{quote}?s)?{DASH_PATTERN}{quote}?(?P<last>[12]\d\d0|[1-9]0){quote}?s(?!\w)",
            read_decade_span,
        ),
        # The dash of "1920s-early 1930s".
        Rule("decade", frozenset("-–"), r"(?<=0s)[-–](?=(?:early|mid|late)\b)", lambda match: say(match, "to")),
        # "the 1960s"
        Rule("decade", quotes | {NUMBER}, rf"(?<![\w.,/$£€])(?P<decade>[12]\d\d0)\s?{quote}?s(?!\w)", read_full_decade),
        # "'90s"
        Rule(
            "decade", anchors, rf"(?<![\w.,/$£€])(?P<mark>{quote})?(?P<decade>[1-9]0){quote}?s(?!\w)", read_short_decade
        ),
    )
