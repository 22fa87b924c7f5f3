"""Times of day, with time zones and as spans: 9:20 p.m. ET, 2-5 p.m., 0855 GMT."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end, spell_letters
from exporter.normalize.english.times.clock import HALF_OF_DAY_PATTERN, ZONE_PATTERN, join_letters, say_clock
from exporter.script import Word

# Words before "1:25" that make it a ratio.
_RATIO_BEFORE = re.compile(r"\b(?:ratio|odds|scale)\b[^.,;]*\Z")
_RATIO_NEXT = re.compile(r"(?:\s[a-z][a-z-]+){0,3}\s(?:ratios?|odds|scale|dilution)\b")


class _TimeReader:
    """Reads times of day."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def read_twelve_hour_clock(self, match: re.Match[str]) -> Parts:
        # The stop of "7pm." is the sentence's.
        dotted = "." in match["half"][:-1]
        end = (
            find_abbreviation_end(match.string, match.end("half"))
            if dotted
            else match.end("half") - match["half"].count(".")
        )
        parts = [
            Word(
                say_clock(self.variety, match["hour"], match["minute"], half=True),
                match.start(),
                match.end("minute") if match["minute"] else match.end("hour"),
            ),
            Word(
                spell_letters(join_letters(match["half"])),
                match.start("half"),
                end if not match["zone"] else match.end("half"),
            ),
        ]
        if match["zone"]:
            bracketed = match.end() > match.end("zone")
            end = match.end() if bracketed else find_abbreviation_end(match.string, match.end("zone"))
            parts.append(Word(spell_letters(join_letters(match["zone"])), match.start("zone"), end))
        return tuple(parts)

    def read_clock_time(self, match: re.Match[str]) -> Parts | None:
        if not match["zone"] and self.is_ratio(match):
            return None
        said = say_clock(self.variety, match["hour"], match["minute"], half=False)
        if not match["zone"]:
            return say(match, said)
        return (
            Word(said, match.start(), match.end("minute")),
            Word(
                spell_letters(join_letters(match["zone"])),
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
        first = say_clock(self.variety, match["first"], match["first_minute"], half=False)
        last = say_clock(self.variety, match["hour"], match["late_minute"] or match["minute"], half=False)
        return (Word(first, match.start(), first_end), Word(f"to {last}", first_end, match.end()))

    def read_span(self, match: re.Match[str]) -> Parts:
        """Read "5-7 p.m.": the first time without its half of the day."""
        first = say_clock(self.variety, match["first"], match["first_minute"], half=True)
        return (
            Word(first, match.start(), match.end("first_minute") if match["first_minute"] else match.end("first")),
            Word("to", match.end("first_minute") if match["first_minute"] else match.end("first"), match.start("hour")),
            *_begin_at(self.read_twelve_hour_clock(match), match.start("hour")),
        )

    def read_short_half(self, match: re.Match[str]) -> Parts:
        """Read each time of "11a-7p"."""
        last = "last_" if match["last"] else ""
        said = say_clock(self.variety, match[last.rstrip("_") or "hour"], match[f"{last}minute"], half=True)
        return say(match, f"{said} {match[f'{last}half'].upper()}-M")

    def read_time_dash(self, match: re.Match[str]) -> Parts:
        return say(match, "to")

    def read_zone_offset(self, match: re.Match[str]) -> Parts:
        sign = {"+": "plus ", "-": "minus ", "−": "minus "}.get(match["sign"] or "", "")
        said = say_clock(self.variety, match["hour"], match["minute"], half=False)
        return say(match, f"{spell_letters(match['name'])} {sign}{said}")

    def read_numeric_offset(self, match: re.Match[str]) -> Parts:
        if not int(match["hour"] + match["minute"]):
            return say(match, "U-T-C")
        sign = "plus" if match["sign"] == "+" else "minus"
        return say(match, f"U-T-C {sign} {say_clock(self.variety, match['hour'], match['minute'], half=True)}")

    def read_zones(self, match: re.Match[str]) -> Parts:
        """Read "9/8c": the hour of a program in Eastern and in Central time."""
        hours = (self.variety.say_cardinal(int(match[name])) for name in ("hour", "central"))
        return say(match, f"{', '.join(hours)} Central")


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
        # The "+0200" of "17:55:16 +0200".
        Rule(
            "time",
            frozenset("+-−"),
            r"(?:(?<=:\d\d\s)|(?<=:\d\d))(?P<sign>[+−-])(?P<hour>\d\d):?(?P<minute>\d\d)(?![\w:])",
            reader.read_numeric_offset,
        ),
        # "2-5 p.m. ET"
        Rule(
            "time",
            figures,
            rf"(?<![\w.,:/$£€])(?P<first>[01]?\d)(?:[:.](?P<first_minute>[0-5]\d))?"
            rf"(?:\s?[-–—]\s?|\sto\s)(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s?{HALF_OF_DAY_PATTERN}(?:\s?{ZONE_PATTERN})?",
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
            rf"(?<![\w.:$£€])(?:(?<!/)|(?<=[A-Z]T/))(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s?{HALF_OF_DAY_PATTERN}(?:,?\s?(?P<open>\()?{ZONE_PATTERN}(?(open)\)|))?",
            reader.read_twelve_hour_clock,
        ),
        # The dash of "noon–8 p.m.".
        Rule(
            "time",
            frozenset({"-", "–", "—"}),
            r"(?:(?<=[mM\d.])|(?<=[mM\d.]\s)|(?<=noon)|(?<=night))[-–—](?=\s?\d{1,2}(?:[:.][0-5]\d)?\s?[ap]\.?m\b)|(?:(?<=\d[ap])|(?<=noon))[-–—](?=1?\d(?::\d\d)?[ap]\b)|(?<=noon)[-–—](?=1?\d(?::[0-5]\d)?(?![\w-]))"
            r"|(?:(?<=[pa]m)|(?<=[pa]\.m\.)|(?<=\b\d)|(?<=\d[ap])|(?<=[:.][0-5]\d))[-–—](?=(?:noon|midnight|close|late|dusk|dawn|sunset|sunrise)\b)",
            reader.read_time_dash,
        ),
        # The colon of "at :15 past".
        Rule("time", frozenset(":"), r"(?<![\w:]):(?=[0-5]\d(?!\w))", lambda match: say(match, "")),
        *_make_bare_time_rules(reader),
    )


def _make_bare_time_rules(reader: _TimeReader) -> tuple[Rule, ...]:
    """Return the rules for times without a half of the day."""
    tied = frozenset({TIED})
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
            rf"(?<![\w.,$£€:])(?:(?<!/)|(?<=[A-Z]T/))(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:%]|[.,]\d)(?:\s?{ZONE_PATTERN})?",
            reader.read_clock_time,
        ),
        # "9/8c"
        Rule(
            "time",
            tied,
            r"(?<![\w.,/-])(?P<hour>1?\d)/(?P<central>1?\d)(?:c(?:entral)?|\s?C(?:T|entral))(?!\w)",
            reader.read_zones,
        ),
    )


def _begin_at(parts: Parts, start: int) -> Parts:
    first, *rest = parts
    return (Word(first.text, start, first.end), *rest)
