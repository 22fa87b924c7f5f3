"""Roman numerals, only where they are numbers: monarchs, wars, chapters, centuries, sequels."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule, say
from exporter.normalize.english import numerals
from exporter.normalize.english.grammar import Variety, after, before
from exporter.normalize.roman import value
from exporter.normalize.tables import table

_NAME = re.compile(r"([^\W\d_]+)\.?\s+\Z")
_INITIAL = re.compile(r"\.\s?[A-Z]")
_NAMES = re.compile(r"[A-Z][^\W\d]*\.?\s(?:[A-Z][^\W\d]*\.?\s)?[A-Z][^\W\d]+,?\s\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for Roman numerals."""
    lists = table("en", "romans")
    regnal, sections, lettered, ordinals, pronouns, never = (
        frozenset(lists[name].split()) for name in ("regnal", "sections", "lettered", "ordinal", "pronoun", "never")
    )
    capital_regnal = frozenset(name.upper() for name in regnal)

    def read(match: re.Match[str]) -> Parts | None:
        written, ending = match["roman"], match["ending"] or ""
        number = value(written)
        if number is None:
            return None
        text, start, following = match.string, match.start(), after(match.string, match.end())
        if len(written) == 1 and (written not in "IVX" or _INITIAL.match(text, match.end())):
            return None
        name = _NAME.search(text[max(0, start - 24) : start])
        word = name.group(1) if name else ""
        if word in regnal or word in capital_regnal:
            if written == "I" and following.lower() in pronouns:
                return None
            return say(match, f"the {variety.ordinal(number)}{ending}")
        if match["last"]:
            return span(match, number) if word.lower().removesuffix("s") in sections else None
        if word.lower() in sections:
            if len(written) == 1 and (word.lower() not in lettered or word.islower() or following.lower() in pronouns):
                return None
            return say(match, cardinal(number) + ending)
        if following.lower() in ordinals and len(written) > 1:
            return say(match, variety.ordinal(number))
        if len(written) == 1 or written in never:
            return None
        return alone(match, number, following)

    def span(match: re.Match[str], first: int) -> Parts | None:
        last = value(match["last"])
        return say(match, f"{cardinal(first)} to {cardinal(last)}") if last else None

    def cardinal(number: int) -> str:
        return numerals.year(number) if number >= 1000 else variety.cardinal(number)

    def alone(match: re.Match[str], number: int, following: str) -> Parts | None:
        """Read a numeral of two or more letters that no word before it explains."""
        if number >= 1000:
            return say(match, numerals.year(number)) if len(match["roman"]) > 3 else None
        previous = match.string[max(0, match.start() - 40) : match.start()]
        if number > 39 or not (previous.strip() or following or match.string[match.end() :].strip()):
            return None
        if number in (2, 3, 4) and _NAMES.search(previous) and not following[:1].isupper():
            return say(match, f"the {variety.ordinal(number)}")
        return say(match, variety.cardinal(number))

    def read_lower(match: re.Match[str]) -> Parts | None:
        number = value(match["roman"].upper())
        if number is None or before(match.string, match.start()) not in sections:
            return None
        return say(match, variety.cardinal(number))

    lower = frozenset("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx".split())
    return (
        Rule(
            "roman",
            frozenset({CAPITALS, LETTER, MIXED}),
            r"(?<![\w.'’&-])(?P<roman>[MDCLXVI]{1,15})(?:(?P<ending>['’]s)|[-–](?P<last>[IVXLC]{1,9}))?(?![\w'’&]|-[A-Za-z]|\.\w)",
            read,
        ),
        Rule("roman", lower, r"(?<![\w.])(?P<roman>[xvi]{2,6})(?!\w)", read_lower),
    )
