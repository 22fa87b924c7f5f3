"""Times of day with a dot, as Britain writes them, among numbers with decimals: "at 8.40", "the 3.10 at York"."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.english.times.clock import ZONE_PATTERN, say_clock

# Words before a time with a dot: "at 8.40".
_TIME_BEFORE_PATTERN = "|".join(
    rf"(?<=\b{word}\s)"
    for word in ("at", "by", "until", "from", "around", "about", "before", "after", "and", "the", "The")
)
# "The train leaves at 23.45", "the 3.30 at Ascot".
_DEPARTURE_BEFORE = re.compile(
    r"\b(?:left|leav(?:es?|ing)"
    r"|depart(?:s|ed|ing)?|arriv(?:es?|ed|ing)|set off|kick(?:s|ed)?[ -]off|due|train|flight)\b"
    r"[^.,;]{0,30}\Z"
)
# Nouns after a number that is not a time of day: "delayed by 2.45 hours".
_MEASURED_NOUNS_PATTERN = (
    r"(?:m|b|tr)illion|per|hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|months?|years?|points?|times?|miles?"
    r"|met(?:er|re)s?"
)
_SERVICE_NEXT = re.compile(r"\s(?:at|from|to)\s[A-Z]|\s(?:train|service|express|bus|ferry|flight)\b")
_ZONE_NEXT = re.compile(rf"\s(?:{ZONE_PATTERN})")
_DOTTED_TIME = re.compile(r"\b\d{1,2}\.[0-5]\d\s?[ap]\.?m\b")
# Characters around a time with a dot in which another is looked for; chosen by reading news, no measurement.
_DOTTED_TIME_CONTEXT_CHARS = 100
_DAY_NEXT = re.compile(
    r"\s(?:the\s(?:next|following|same)|that|this|in\sthe|on\s\w+)\s(?:morning|day|afternoon|evening|night)\b|\stonight\b"
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for times of day with a dot."""

    def read_dotted(match: re.Match[str]) -> Parts | None:
        """Read British "at 8.40" if the hour has a leading zero or the words around speak of a time of day."""
        text, start, end = match.string, match.start(), match.end()
        if text[start - 4 : start].lower() == "the ":
            certain = bool(_SERVICE_NEXT.match(text, end))
        else:
            certain = (len(match["hour"]) == 2 and match["hour"][0] == "0") or any(
                (
                    _DAY_NEXT.match(text, end),
                    _ZONE_NEXT.match(text, end),
                    _DEPARTURE_BEFORE.search(text, max(0, start - 40), start),
                    _DOTTED_TIME.search(
                        text, max(0, start - _DOTTED_TIME_CONTEXT_CHARS), end + _DOTTED_TIME_CONTEXT_CHARS
                    ),
                )
            )
        if not certain:
            return None
        return say(match, say_clock(variety, match["hour"], match["minute"], half=False))

    tied = frozenset({TIED})
    return (
        # "the 3.10 at York", "at 8.30 GMT"
        Rule(
            "time",
            tied,
            rf"(?:{_TIME_BEFORE_PATTERN})(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\w%:/-]|[.,]\d|\s(?:{_MEASURED_NOUNS_PATTERN}))",
            read_dotted,
        ),
        # "21.00 CET", "10.30-noon", "19.00 hrs", and all but the last of "8.15, 9 and 10.45pm"
        Rule(
            "time",
            tied,
            rf"(?<![\w.,:/$£€-])(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?=\s{ZONE_PATTERN}|\s?[-–]\s?(?:noon|midnight)\b|(?<=\d\d\.\d\d)\s?hrs\b"
            r"|(?:,\s\d{1,2}(?:\.[0-5]\d)?){0,3},?\s(?:and\s|or\s|&\s)?\d{1,2}(?:\.[0-5]\d)?\s?[ap]\.?m\b)",
            lambda match: say(match, say_clock(variety, match["hour"], match["minute"], half=False)),
        ),
    )
