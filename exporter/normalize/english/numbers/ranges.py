"""Two or more numbers with dashes or colons: spans, scores, votes, ratios."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import NUMBER_PATTERN, Variety, find_word_after
from exporter.script import Word

# After two shares of a hundred: "a 60-40 split".
_DIVIDED_NOUNS = frozenset(
    "split splits portfolio portfolios mix rule partnership partners basis blend chance odds deal ownership custody"
    " venture proposition call".split()
)
_CHROMA_SAMPLINGS = frozenset(("4:2:0", "4:2:2", "4:4:4", "4:1:1"))
# Unlike `DASH_PATTERN`: a minus sign between spaces is not a span.
_SPAN_DASH_PATTERN = r"(?:[-‐‑–—−]|\s[–—-]\s)"


class _RangeReader:
    """Reads spans, scores and ratios."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def read_span(self, match: re.Match[str]) -> Parts | None:
        first, last = match["first"], match["last"]
        if last[0] == "0" and last[1:2].isdecimal():
            return self.read_shortened_span(match)
        if _is_split(match):
            return (
                Word(self.variety.say_number(first), *match.span("first")),
                Word(self.variety.say_number(last), match.end("first"), match.end()),
            )
        if self.variety.british and "0" in (first, last) and max(len(first), len(last)) < 3:
            said = ("nil" if figures == "0" else self.variety.say_number(figures) for figures in (first, last))
            return (Word(next(said), *match.span("first")), Word(next(said), match.end("first"), match.end()))
        return (
            Word(self.variety.say_number(first), *match.span("first")),
            Word(f"to {self.variety.say_number(last)}", match.end("first"), match.end()),
        )

    def read_shortened_span(self, match: re.Match[str]) -> Parts | None:
        """Read "pp. 1,204–07": the last number without its first figures."""
        first, last = match["first"], match["last"]
        if len(last) != 2 or len(first) < 3:
            return None
        return (
            Word(self.variety.say_number(first), *match.span("first")),
            Word(f"to {english_numerals.say_two_digits(int(last))}", match.end("first"), match.end()),
        )

    def read_ratio(self, match: re.Match[str]) -> Parts:
        first, last = self.variety.say_number(match["first"]), match["last"]
        if _is_clock_result(match.group()):
            return say(match, f"{first} {english_numerals.say_two_digits(int(last))}")
        if match["end"]:
            return say(match, f"{first}, {self.variety.say_number(last)} to {self.variety.say_number(match['end'])}")
        return (
            Word(first, *match.span("first")),
            Word(f"to {self.variety.say_number(last)}", match.end("first"), match.end()),
        )

    def read_ages(self, match: re.Match[str]) -> Parts | None:
        """Read "18-29s": the people of these ages."""
        if int(match["first"]) >= int(match["last"]):
            return None
        last = english_numerals.pluralize_number(self.variety.say_number(match["last"]))
        return (
            Word(self.variety.say_number(match["first"]), *match.span("first")),
            Word(f"to {last}", match.end("first"), match.end()),
        )

    def read_ratios(self, match: re.Match[str]) -> Parts:
        """Read 3:2:1; a chroma sampling (4:2:2) is read without "to"."""
        joint = " " if match.group() in _CHROMA_SAMPLINGS else " to "
        return say(match, joint.join(map(self.variety.say_number, match.group().split(":"))))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for spans and scores."""
    reader = _RangeReader(variety)
    figures = frozenset({FOLLOWED})
    tied = frozenset({TIED})
    edge = r"(?<![\w.,/:$£€#-])"
    return (
        # Four numbers or more: "12-14-22-31".
        Rule(
            "digits",
            tied,
            rf"{edge}\d{{1,2}}(?:[-–]\d{{1,2}}){{3,9}}(?![\w%/-]|[.,:]\d)",
            lambda match: say(match, " ".join(map(variety.say_number, re.findall(r"\d+", match.group())))),
        ),
        # "ages 11-16", "an 80-75 win"
        Rule(
            "span",
            figures,
            rf"{edge}(?P<first>{NUMBER_PATTERN}){_SPAN_DASH_PATTERN}(?P<last>{NUMBER_PATTERN})(?![\w%/]|-(?!fold)|[.,:]\d)",
            reader.read_span,
        ),
        # Ages: "18-29s", "the 25–34s".
        Rule(
            "span",
            tied,
            rf"{edge}(?P<first>[1-9]\d)(?:[-–]|-to-)(?P<last>[1-9][1-9])s(?!\w)",
            reader.read_ages,
        ),
        # Two with a colon: "odds of 3:1".
        Rule(
            "ratio",
            figures,
            rf"{edge}(?P<first>{NUMBER_PATTERN}):\s?(?P<last>{NUMBER_PATTERN})(?:[-–](?P<end>\d{{1,3}}))?(?![\w%:]|[.,]\d)",
            reader.read_ratio,
        ),
        # More than two: "3:2:1".
        Rule("ratio", tied, rf"{edge}\d{{1,2}}(?::\d{{1,2}}){{2,4}}(?![\w%:]|[.,]\d)", reader.read_ratios),
    )


def _is_split(match: re.Match[str]) -> bool:
    """Whether two shares of a hundred name how something is divided: "a 60-40 split"."""
    first, last = match["first"], match["last"]
    if not (first.isdecimal() and last.isdecimal()) or int(first) + int(last) != 100:
        return False
    return find_word_after(match.string, match.end()).lower() in _DIVIDED_NOUNS


def _is_clock_result(written: str) -> bool:
    """Whether this is a result in minutes and seconds ("41:30"), not a ratio ("60:40") or a pair ("40: 12")."""
    first, _, second = written.partition(":")
    if not (len(second) == 2 and second.isdecimal() and first.isdecimal()):
        return False
    return int(second) < 60 and 24 < int(first) < 60 and int(first) + int(second) != 100
