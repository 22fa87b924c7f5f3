"""Fractions and mixed numbers, written with a slash or as one character."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import FOLLOWED, NUMERIC, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    INTEGER_PATTERN,
    NUMBER_PATTERN,
    Variety,
    find_word_after,
    find_word_before,
    has_context,
    say_mixed_number,
    strip_grouping,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_BLOOD_PRESSURE = re.compile(r"pressure|\bBP\b|mm\s?Hg")
_SCORE_NEXT = re.compile(rf"\s?(?P<score>{NUMBER_PATTERN})")
# Before types of a virus: "HPV 16/18".
_VIRUS_BEFORE = re.compile(r"\b[A-Z]{2,6}[\s-]\Z")
# Before two grades of one thing: "grade 3/4 fever", "a phase 1/2 trial".
_WORDS_BEFORE_ALTERNATIVES = frozenset("grade grades phase phases type types level levels".split())
# What follows a fraction: "3/10 of voters", "9/10 mile".
_PART_NEXT = re.compile(r"\sof\b|[\s-](?:inch|mile|second|cup|acre|point|ounce|gallon|pound|percent|teaspoon|share)")
# After a part and its whole: "3/41 (7.3%)", "21/33 for 240 yards".
_SHARE_NEXT = re.compile(r"\s(?:[(\[]\d{1,3}(?:\.\d{1,3})?\s?%|for\s\d{1,3}\s(?:yards|yds)\b)")
_SCALE_NEXT = re.compile(r"[\s-]scale\b")
_EVERYDAY_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 24, 25, 32, 40, 50, 60, 64, 100, 1000))


class _FractionReader:
    """Reads fractions."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.counted = frozenset(load_table("en", "ranges")["counted"].split())

    def say_part(self, numerator: int, denominator: int, whole: bool) -> str:
        said = english_numerals.say_fraction(numerator, denominator, self.variety.british)
        return f"a{said[3:]}" if whole and numerator == 1 and denominator in (2, 4) else said

    def read_mixed(self, match: re.Match[str], numerator: int, denominator: int) -> Parts:
        if not match["whole"]:
            return say(match, self.say_part(numerator, denominator, whole=False))
        return (
            Word(self.variety.say_number(match["whole"]), *match.span("whole")),
            Word(f"and {self.say_part(numerator, denominator, whole=True)}", match.end("whole"), match.end()),
        )

    def read_fraction(self, match: re.Match[str]) -> Parts | None:
        numerator, denominator = int(match["over"]), int(match["under"])
        if not match["whole"] and _SHARE_NEXT.match(match.string, match.end()):
            return self.read_share(match)
        if (
            not match["whole"]
            and not match["nth"]
            and (denominator not in _EVERYDAY_DENOMINATORS or numerator > denominator * 12)
            and not _SCALE_NEXT.match(match.string, match.end())
        ):
            return None
        if self.is_rating(match, numerator, denominator):
            return say(match, f"{self.variety.say_cardinal(numerator)} out of {self.variety.say_cardinal(denominator)}")
        if denominator < 2 or (not match["whole"] and numerator == denominator):
            return None
        if numerator > denominator > 39 and _BLOOD_PRESSURE.search(
            match.string, max(0, match.start() - 40), match.end() + 6
        ):
            return None
        if find_word_before(match.string, match.start()) in ("compute", "calculate"):
            return say(
                match, f"{self.variety.say_cardinal(numerator)} divided by {self.variety.say_cardinal(denominator)}"
            )
        if (
            not match["whole"]
            and find_word_before(match.string, match.start()) in self.counted | _WORDS_BEFORE_ALTERNATIVES
        ) or find_word_after(match.string, match.end()) == "Marines":
            return None
        return self.read_mixed(match, numerator, denominator)

    def is_rating(self, match: re.Match[str], numerator: int, denominator: int) -> bool:
        """Whether two numbers are marks out of the highest one: "8/10 on IMDb", "rated 4/5"."""
        if match["whole"] or match["nth"] or denominator not in (5, 10, 20, 50, 100) or numerator > denominator:
            return False
        if _PART_NEXT.match(match.string, match.end()):
            return False
        return denominator == 10 or has_context("ratings", match, 50)

    def read_fraction_character(self, match: re.Match[str]) -> Parts | None:
        over, slash, under = unicodedata.normalize("NFKC", match["vulgar"]).partition("⁄")
        return self.read_mixed(match, int(over), int(under)) if slash and under else None

    def read_fraction_span(self, match: re.Match[str]) -> Parts | None:
        """Read "13½-5½", a score or a span in halves."""
        if not (match["first"] and match["last"]):
            return None
        first, last = (say_mixed_number(self.variety, match[name]) for name in ("first", "last"))
        return (Word(first, *match.span("first")), Word(f"to {last}", match.end("first"), match.end()))

    def read_span_of_fractions(self, match: re.Match[str]) -> Parts | None:
        """Read "1/2-3/4": two proper fractions."""
        said = []
        for name in ("first", "last"):
            numerator, denominator = map(int, match[name].split("/"))
            if numerator >= denominator:
                return None
            said.append(self.say_part(numerator, denominator, whole=False))
        return (Word(said[0], *match.span("first")), Word(f"to {said[1]}", match.end("first"), match.end()))

    def read_stars(self, match: re.Match[str]) -> Parts:
        """Read "★★★★☆": "four out of five stars"; one star before a number is its unit."""
        given = len(match["stars"])
        if given == 1 and not match["rest"] and (score := _SCORE_NEXT.match(match.string, match.end())):
            said = self.variety.say_number(score["score"])
            return (Word(said, match.start(), score.end()), Word("stars", score.end(), score.end()))
        said = f"{self.variety.say_cardinal(given)}{' and a half' if match['half'] else ''}"
        if match["rest"]:
            total = given + bool(match["half"]) + len(match["rest"])
            return say(match, f"{said} out of {self.variety.say_cardinal(total)} stars")
        return say(match, f"{said} {'star' if given == 1 and not match['half'] else 'stars'}")

    def read_rate(self, match: re.Match[str]) -> Parts:
        """Read "1-2/1,000": "one to two in one thousand"."""
        first = f"{self.variety.say_number(match['first'])} to " if match["first"] else ""
        return (
            Word(f"{first}{self.variety.say_number(match['over'])}", match.start(), match.end("over")),
            Word(f"in {self.variety.say_number(match['under'])}", match.end("over"), match.end()),
        )

    def read_share(self, match: re.Match[str]) -> Parts:
        """Read "3/41 (7.3%)": three of forty-one."""
        return (
            Word(self.variety.say_number(match["over"]), *match.span("over")),
            Word(f"of {self.variety.say_number(match['under'])}", match.end("over"), match.end()),
        )

    def read_pair_of_tens(self, match: re.Match[str]) -> Parts:
        """Read "150s/90s": "one fifties over nineties"."""
        over, under = (
            english_numerals.pluralize_number(english_numerals.say_pairs(int(match[name])))
            for name in ("over", "under")
        )
        return (
            Word(over, match.start(), match.end("over") + 1),
            Word(f"over {under}", match.end("over") + 1, match.end()),
        )

    def read_slashed_pair(self, match: re.Match[str]) -> Parts:
        """Read any other two numbers with a slash between them."""
        if _SHARE_NEXT.match(match.string, match.end()):
            return self.read_share(match)
        over, joint = self.variety.say_number(match["over"]), "slash"
        regiment = find_word_after(match.string, match.end()) == "Marines"
        previous = find_word_before(match.string, match.start()).rstrip(":")
        if (
            regiment
            or previous in _WORDS_BEFORE_ALTERNATIVES
            or _VIRUS_BEFORE.search(match.string, max(0, match.start() - 12), match.start())
        ):
            joint = ""
        if previous in self.counted:
            joint = "of"
        if _BLOOD_PRESSURE.search(match.string[max(0, match.start() - 40) : match.end() + 5]):
            over, joint = english_numerals.say_pairs(int(strip_grouping(match["over"]))), "over"
        return (
            Word(over, *match.span("over")),
            Word(f"{joint} {self.variety.say_number(match['under'])}".lstrip(), match.end("over"), match.end()),
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for fractions."""
    reader = _FractionReader(variety)
    figures = frozenset({FOLLOWED})
    return (
        # "★★★★☆", "★ 4.8"
        Rule("rating", frozenset("★"), r"(?P<stars>★{1,10})(?P<half>[½⯨])?(?P<rest>☆{0,9})", reader.read_stars),
        # The adjective of "a 3/4-mile track"; in inches the plural is usual.
        Rule(
            "fraction",
            figures,
            r"(?<![\w/.,-])(?<!\d\s)3/4(?=-(?:mile|acre|cup|ton|hour|time|length|scale|sleeve|size|pound|point)\b)",
            lambda match: say(match, "three quarter"),
        ),
        # "1 1/2"
        Rule(
            "fraction",
            figures,
            r"(?<![\w/.,])(?:(?P<whole>\d{1,6})[\s-])?(?P<over>\d{1,4})[/⁄](?P<under>\d{1,4})"
            r"(?P<nth>(?i:th|rd|nd)s?)?(?![\w/%]|[.,]\d)",
            reader.read_fraction,
        ),
        # "1/2-3/4 inch"
        Rule(
            "fraction",
            frozenset({TIED}),
            r"(?<![\w/.,$£€-])(?P<first>[1-9]/(?:[2-9]|10|12|16|32|64))\s?[-–]\s?(?P<last>[1-9]\d?/(?:[2-9]|10|12|16|32|64))(?![\w/%-]|[.,]\d)",
            reader.read_span_of_fractions,
        ),
        # "14½-13½"
        Rule(
            "fraction",
            figures | {NUMERIC},
            rf"(?<![\w.,$£€-])(?=[\d.–-]{{0,8}}[½¼¾])(?P<first>{NUMBER_PATTERN}?[½¼¾]?)[-–](?P<last>{NUMBER_PATTERN}?[½¼¾]?)(?![\w%-])",
            reader.read_fraction_span,
        ),
        # "1¾"
        Rule(
            "fraction",
            figures | {NUMERIC},
            r"(?:(?<![\w.,])(?P<whole>\d{1,6})\s?)?(?P<vulgar>[¼-¾⅐-⅞↉])",
            reader.read_fraction_character,
        ),
        *_make_slash_rules(reader),
    )


def _make_slash_rules(reader: _FractionReader) -> tuple[Rule, ...]:
    """Return the rules for two numbers with a slash that are no fraction: marks, rates, pairs."""
    return (
        # "7.8/10", "3.25/4.0"
        Rule(
            "rating",
            frozenset({TIED}),
            r"(?<![\w/.,])(?P<mark>\d\.\d{1,2})/(?P<most>4(?:\.00?)?|5(?:\.0)?|10)(?![\w/%]|[.,]\d)",
            lambda match: say(
                match, f"{reader.variety.say_number(match['mark'])} out of {reader.variety.say_number(match['most'])}"
            ),
        ),
        # "1-3/1,000": one to three in a thousand.
        Rule(
            "rate",
            frozenset({TIED}),
            rf"(?<![\w/.,$£€-])(?:(?P<first>{NUMBER_PATTERN})[-–])?(?P<over>{NUMBER_PATTERN})/(?P<under>1(?:0{{1,2}})?(?:,000){{1,2}})(?![\w/%]|[.,]\d)",
            reader.read_rate,
        ),
        # A blood pressure in tens: "150s/90s".
        Rule(
            "slash",
            frozenset({FOLLOWED}),
            r"(?<![\w/.,])(?P<over>\d{2,3})s/(?P<under>\d{2,3})s(?![\w/])",
            reader.read_pair_of_tens,
        ),
        # "120/80", "lap 17/44"
        Rule(
            "slash",
            frozenset({FOLLOWED}),
            rf"(?=[\d,\s]{{1,60}}+/)(?<![\w/.,])(?P<over>{INTEGER_PATTERN})\s?/\s?(?P<under>{INTEGER_PATTERN})(?![\w/%]|[.,]\d)",
            reader.read_slashed_pair,
            doubtful=True,
        ),
    )
