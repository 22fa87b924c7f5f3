"""Years and spans of years; and numbers that look like years but count something."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    DASH_PATTERN,
    Variety,
    find_word_after,
    find_word_before,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# After a number without a preposition of time: "the 1,508" written as "the 1508 enrolled patients".
_COUNTED_PARTICIPLE_NEXT = re.compile(r"\s[a-z]{2,20}ed\s[a-z]{2,20}s\b")


class _YearReader:
    """Reads years."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        words = load_table("en", "years")
        self.leading, self.counted, self.verbs = (
            frozenset(words[name].split()) for name in ("leading", "counted", "verbs")
        )

    def is_year(self, match: re.Match[str]) -> bool:
        """Whether four figures are a year, judged by the words around them."""
        number = int(match["year"])
        if find_word_before(match.string, match.start()).rstrip(".") in self.leading:
            return not _is_counted(
                find_word_after(match.string, match.end()), self.counted, self.verbs, 1000 <= number < 1900
            )
        following = find_word_after(match.string, match.end())
        if 1900 <= number < 2060:
            return following.lower() not in self.counted
        if _COUNTED_PARTICIPLE_NEXT.match(match.string, match.end()):
            return False
        return 1000 < number < 2000 and not _is_counted(following, self.counted, self.verbs, True)

    def read_year(self, match: re.Match[str]) -> Parts | None:
        return say(match, self.variety.say_year(int(match["year"]))) if self.is_year(match) else None

    def read_span(self, match: re.Match[str]) -> Parts | None:
        first, last = int(match["year"]), match["last"]
        if (len(last) == 2 and int(last) <= first % 100) or (len(last) == 4 and int(last) < first):
            return None
        if len(last) == 2 and int(last) < 10:
            last = str(first // 100) + last
        said = self.variety.say_year(int(last)) if len(last) == 4 else english_numerals.say_two_digits(int(last))
        joint = "" if match["slash"] else "to "
        return (
            Word(self.variety.say_year(first), *match.span("year")),
            Word(joint + said, match.end("year"), match.end("last")),
        )

    def read_span_in_decade(self, match: re.Match[str]) -> Parts | None:
        first, last = int(match["year"]), int(match["last"])
        if last <= first % 10:
            return None
        return (
            Word(self.variety.say_year(first), *match.span("year")),
            Word(
                f"to {english_numerals.say_two_digits(first % 100 // 10 * 10 + last)}", match.end("year"), match.end()
            ),
        )

    def read_short(self, match: re.Match[str]) -> Parts:
        return say(match, english_numerals.say_two_digits(int(match["year"])))

    def read_short_span(self, match: re.Match[str]) -> Parts:
        return (
            Word(english_numerals.say_two_digits(int(match["year"])), match.start(), match.end("year")),
            Word(f"to {english_numerals.say_two_digits(int(match['last']))}", match.end("year"), match.end()),
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for years."""
    reader = _YearReader(variety)
    followed = frozenset({FOLLOWED})
    return (
        # "2018-19"
        Rule(
            "years",
            followed,
            rf"(?<![\w.,/$£€])(?P<year>1\d{{3}}|20\d\d)(?:{DASH_PATTERN}|(?P<slash>\s?/\s?))(?P<last>\d\d(?:\d\d)?)(?![\w%/]|[.,]\d|{DASH_PATTERN}\d)",
            reader.read_span,
        ),
        # "Juno, 1662-5"
        Rule(
            "years",
            frozenset({TIED}),
            r"(?:(?<=\()|(?<=[,;]\s)|(?<=\bin\s)|(?<=\bof\s)|(?<=\bc\.\s))(?P<year>1[0-9]\d\d)[-–](?P<last>[1-9])(?![\w%/-]|[.,]\d)",
            reader.read_span_in_decade,
        ),
        # The dash of "2007-'11".
        Rule("span", frozenset("-–—"), r"(?<=\b[12]\d{3})[-–—](?=['’‘]\d\d(?![\w'’]))", lambda match: say(match, "to")),
        # "'08-'09"
        Rule(
            "years",
            frozenset({"'", "’", "‘"}),
            r"(?<!\w)['’‘](?P<year>\d\d)[-–]['’‘]?(?P<last>\d\d)(?![\w'’])",
            reader.read_short_span,
        ),
        # The "'22" of "Q3'22".
        Rule("year", frozenset("'’"), r"(?<=\b[QH][1-4])['’](?P<year>\d\d)(?![\w'’])", reader.read_short),
        # "'23"
        Rule("year", frozenset({"'", "’", "‘"}), r"(?<!\w)['’‘](?P<year>\d\d)(?![\w'’])(?!['’])", reader.read_short),
        # "est. 1902", "in 2016"
        Rule(
            "year",
            frozenset({NUMBER}),
            r"(?:(?<![\d.,/$£€#])|(?<=\bc\.))(?P<year>[12]\d{3})(?![\d%°]|[.,:/]\d|[^\W\d_])",
            reader.read_year,
        ),
    )


def _is_counted(following: str, counted: frozenset[str], verbs: frozenset[str], strict: bool) -> bool:
    """Whether the word after a number names what is counted."""
    word = following.lower()
    if word in counted:
        return True
    return (
        strict
        and following.islower()
        and word.endswith("s")
        and word not in verbs
        and not word.endswith(("ss", "us", "'s", "’s"))
    )
