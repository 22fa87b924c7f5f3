"""Times of day, with time zones and as spans: 9:20 p.m. ET, 2-5 p.m., 0855 GMT."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end, find_word_before, spell_letters
from exporter.script import Word

_HALF_OF_DAY_PATTERN = r"(?P<half>(?i:[ap])\.?\s?(?i:m)(?![^\W_])\.?)"
_ZONE_PATTERN = (
    r"(?P<zone>(?:[ECMP][SD]?T|A[KS][SD]?T|GMT|UTC|BST|IST|JST|KST|CES?T|EES?T|WES?T|AES?T|AED?T|HST|MSK)\b"
    r"|(?i:[ecmp]\.\s?[sd]\.\s?t\b\.?))"
)
# Words before "1:25" that make it a ratio.
_RATIO_BEFORE = re.compile(r"\b(?:ratio|odds|scale)\b[^.,;]*\Z")
_RATIO_NEXT = re.compile(r"(?:\s[a-z][a-z-]+){0,3}\s(?:ratios?|odds|scale|dilution)\b")

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
# Words before "0600".
_WORDS_BEFORE_HOURS = frozenset("at by until from around before after mon tue tues wed thu thurs fri sat sun".split())
_SERVICE_NEXT = re.compile(r"\s(?:at|from|to)\s[A-Z]|\s(?:train|service|express|bus|ferry|flight)\b")
_ZONE_NEXT = re.compile(rf"\s(?:{_ZONE_PATTERN})")
_DOTTED_TIME = re.compile(r"\b\d{1,2}\.[0-5]\d\s?[ap]\.?m\b")
# Characters around a time with a dot in which another is looked for; chosen by reading news, no measurement.
_DOTTED_TIME_CONTEXT_CHARS = 100
_DAY_NEXT = re.compile(
    r"\s(?:the\s(?:next|following|same)|that|this|in\sthe|on\s\w+)\s(?:morning|day|afternoon|evening|night)\b|\stonight\b"
)


class _TimeReader:
    """Reads times of day."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def say_clock(self, hour: str, minute: str | None, half: bool) -> str:
        number, minutes = int(hour), int(minute or 0)
        said = "zero" if number == 0 and not half else self.variety.say_cardinal(number)
        if minutes:
            return f"{said} {english_numerals.say_two_digits(minutes)}"
        if minute is None or half:
            return said
        if number > 12 or number == 0:
            return f"{said} hundred" if number else "zero o'clock"
        return f"{said} o'clock"

    def read_twelve_hour_clock(self, match: re.Match[str]) -> Parts:
        end = find_abbreviation_end(match.string, match.end("half"))
        parts = [
            Word(
                self.say_clock(match["hour"], match["minute"], half=True),
                match.start(),
                match.end("minute") if match["minute"] else match.end("hour"),
            ),
            Word(
                spell_letters(_join_letters(match["half"])),
                match.start("half"),
                end if not match["zone"] else match.end("half"),
            ),
        ]
        if match["zone"]:
            bracketed = match.end() > match.end("zone")
            end = match.end() if bracketed else find_abbreviation_end(match.string, match.end("zone"))
            parts.append(Word(spell_letters(_join_letters(match["zone"])), match.start("zone"), end))
        return tuple(parts)

    def read_clock_time(self, match: re.Match[str]) -> Parts | None:
        if not match["zone"] and self.is_ratio(match):
            return None
        said = self.say_clock(match["hour"], match["minute"], half=False)
        if not match["zone"]:
            return say(match, said)
        return (
            Word(said, match.start(), match.end("minute")),
            Word(
                spell_letters(_join_letters(match["zone"])),
                match.start("zone"),
                find_abbreviation_end(match.string, match.end("zone")),
            ),
        )

    def is_ratio(self, match: re.Match[str]) -> bool:
        """Whether the words around two numbers with a colon make them a ratio."""
        return bool(_RATIO_BEFORE.search(match.string[max(0, match.start() - 24) : match.start()])) or bool(
            _RATIO_NEXT.match(match.string, match.end())
        )

    def read_clock_span(self, match: re.Match[str]) -> Parts | None:
        """Read "8:30–11"."""
        if self.is_ratio(match):
            return None
        first_end = match.end("first_minute") if match["first_minute"] else match.end("first")
        first = self.say_clock(match["first"], match["first_minute"], half=False)
        last = self.say_clock(match["hour"], match["late_minute"] or match["minute"], half=False)
        return (Word(first, match.start(), first_end), Word(f"to {last}", first_end, match.end()))

    def read_dotted(self, match: re.Match[str]) -> Parts | None:
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
        return say(match, self.say_clock(match["hour"], match["minute"], half=False))

    def read_military(self, match: re.Match[str]) -> Parts:
        """Read "0700 GMT": "oh seven hundred G M T"."""
        hour, minute = int(match["hour"]), int(match["minute"])
        said = f"{english_numerals.say_two_digits(hour) if hour else 'zero'} {_say_military_minute(minute)}"
        written = match.group()
        zone = (
            spell_letters(_join_letters(match["zone"])) if match["zone"] else "Zulu" if written[-1] == "Z" else "hours"
        )
        return (Word(said, match.start(), match.end("minute")), Word(zone, match.end("minute"), match.end()))

    def read_span(self, match: re.Match[str]) -> Parts:
        """Read "5-7 p.m.": the first time without its half of the day."""
        first = self.say_clock(match["first"], match["first_minute"], half=True)
        return (
            Word(first, match.start(), match.end("first_minute") if match["first_minute"] else match.end("first")),
            Word("to", match.end("first_minute") if match["first_minute"] else match.end("first"), match.start("hour")),
            *_begin_at(self.read_twelve_hour_clock(match), match.start("hour")),
        )

    def read_short_half(self, match: re.Match[str]) -> Parts:
        """Read each time of "11a-7p"."""
        last = "last_" if match["last"] else ""
        said = self.say_clock(match[last.rstrip("_") or "hour"], match[f"{last}minute"], half=True)
        return say(match, f"{said} {match[f'{last}half'].upper()}-M")

    def read_time_dash(self, match: re.Match[str]) -> Parts:
        return say(match, "to")

    def read_zone_offset(self, match: re.Match[str]) -> Parts:
        sign = {"+": "plus ", "-": "minus ", "−": "minus "}.get(match["sign"] or "", "")
        said = self.say_clock(match["hour"], match["minute"], half=False)
        return say(match, f"{spell_letters(match['name'])} {sign}{said}")

    def read_zones(self, match: re.Match[str]) -> Parts:
        """Read "9/8c": the hour of a program in Eastern and in Central time."""
        hours = (self.variety.say_cardinal(int(match[name])) for name in ("hour", "central"))
        return say(match, f"{', '.join(hours)} Central")

    def read_early(self, match: re.Match[str]) -> Parts | None:
        """Read "at 0600": four digits with a leading zero, after a preposition of time."""
        if find_word_before(match.string, match.start()).rstrip(".") not in _WORDS_BEFORE_HOURS:
            return None
        hour = english_numerals.say_two_digits(int(match["hour"]))
        return say(match, f"{hour} {_say_military_minute(int(match['minute']))}")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for times."""
    reader = _TimeReader(variety)
    figures = frozenset({FOLLOWED})
    return (
        # "UTC-5"
        Rule(
            "time",
            frozenset({"gmt", "utc"}),
            r"(?P<name>GMT|UTC)\s?(?P<sign>[+−-])?(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?!\d)",
            reader.read_zone_offset,
        ),
        # "2-5 p.m. ET"
        Rule(
            "time",
            figures,
            rf"(?<![\w.,:/$£€])(?P<first>[01]?\d)(?:[:.](?P<first_minute>[0-5]\d))?"
            rf"(?:\s?[-–—]\s?|\sto\s)(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s?{_HALF_OF_DAY_PATTERN}(?:\s?{_ZONE_PATTERN})?",
            reader.read_span,
        ),
        # Each time of "11a-7p", "8:30a–noon".
        Rule(
            "time",
            frozenset({TIED}),
            r"(?<![\w.:/$£€-])(?P<hour>1?\d)(?::(?P<minute>[0-5]\d))?(?P<half>[ap])(?=\s?[-–—]\s?(?:1?\d(?::[0-5]\d)?[ap](?!\w)|noon|midnight|close))"
            r"|(?:(?<=\d[ap][-–—])|(?<=\d[ap]\s[-–—]\s)|(?<=noon[-–—]))(?P<last>1?\d)(?::(?P<last_minute>[0-5]\d))?(?P<last_half>[ap])(?!\w)",
            reader.read_short_half,
        ),
        # With a half of the day: "9:20 p.m.", "11 a.m. ET".
        Rule(
            "time",
            figures,
            rf"(?<![\w.:$£€])(?:(?<!/)|(?<=[A-Z]T/))(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s?{_HALF_OF_DAY_PATTERN}(?:,?\s?\(?{_ZONE_PATTERN}\)?)?",
            reader.read_twelve_hour_clock,
        ),
        # The dash of "noon–8 p.m.".
        Rule(
            "time",
            frozenset({"-", "–", "—"}),
            r"(?:(?<=[mM\d.])|(?<=[mM\d.]\s)|(?<=noon)|(?<=night))[-–—](?=\s?\d{1,2}(?:[:.][0-5]\d)?\s?[ap]\.?m\b)|(?:(?<=\d[ap])|(?<=noon))[-–—](?=1?\d(?::\d\d)?[ap]\b)|(?<=noon)[-–—](?=1?\d(?::[0-5]\d)?(?![\w-]))"
            r"|(?:(?<=[pa]m)|(?<=[pa]\.m\.)|(?<=\b\d)|(?<=\d[ap])|(?<=:\d\d))[-–—](?=(?:noon|midnight|close|late|dusk|dawn|sunset|sunrise)\b)",
            reader.read_time_dash,
        ),
        # The colon of "at :15 past".
        Rule("time", frozenset(":"), r"(?<![\w:]):(?=[0-5]\d(?!\w))", lambda match: say(match, "")),
        *_make_bare_time_rules(reader),
    )


def _make_bare_time_rules(reader: _TimeReader) -> tuple[Rule, ...]:
    """Return the rules for times without a half of the day."""
    figures, tied = frozenset({FOLLOWED}), frozenset({TIED})
    return (
        # Spans: "8:30–11", "12–1:30".
        Rule(
            "time",
            tied,
            r"(?<![\w.,/$£€:-])(?P<first>[01]?\d|2[0-4])(?::(?P<first_minute>[0-5]\d))?\s?[-–—]\s?"
            r"(?P<hour>[01]?\d|2[0-4])(?(first_minute)(?::(?P<late_minute>[0-5]\d))?|:(?P<minute>[0-5]\d))(?![\w%:/-]|[.,]\d)",
            reader.read_clock_span,
        ),
        # On the 24-hour clock or without a half of the day: "7:30", "16:10".
        Rule(
            "time",
            tied,
            rf"(?<![\w.,$£€:])(?:(?<!/)|(?<=[A-Z]T/))(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:%]|[.,]\d)(?:\s?{_ZONE_PATTERN})?",
            reader.read_clock_time,
        ),
        # "0855 GMT", "0630 hrs"
        Rule(
            "time",
            figures,
            rf"(?<![\w.,/$£€:])(?P<hour>[01]\d|2[0-4]|\d(?=\d\d\s?[A-Z]))(?P<minute>[0-5]\d)\s?(?:{_ZONE_PATTERN}|Z\b|hours?\b|hrs\b(?:\.(?=\s[a-z]|,))?)",
            reader.read_military,
        ),
        # "9/8c"
        Rule("time", tied, r"(?<![\w.,/-])(?P<hour>1?\d)/(?P<central>1?\d)c(?:entral)?(?!\w)", reader.read_zones),
        # "the 3.10 at York", "at 8.30 GMT"
        Rule(
            "time",
            tied,
            rf"(?:{_TIME_BEFORE_PATTERN})(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\w%:/-]|[.,]\d|\s(?:{_MEASURED_NOUNS_PATTERN}))",
            reader.read_dotted,
        ),
        # "at 0600"
        Rule(
            "time",
            frozenset({NUMBER}),
            r"(?<!\w)(?P<hour>0\d)(?P<minute>[0-5]\d)(?![\w%]|[.,:/-]\d)",
            reader.read_early,
        ),
    )


def _say_military_minute(minute: int) -> str:
    return english_numerals.say_two_digits(minute) if minute else "hundred"


def _join_letters(written: str) -> str:
    return written.replace(".", "").replace(" ", "").upper()


def _begin_at(parts: Parts, start: int) -> Parts:
    first, *rest = parts
    return (Word(first.text, start, first.end), *rest)
