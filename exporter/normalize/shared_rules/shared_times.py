"""Times of day (14:30, 14h30, 14.30 Uhr) and durations (2:05:31)."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.agreement import Agreement
from exporter.normalize.languages.language import Language

# Hours are feminine in the Romance languages ("une heure"), and "ein Uhr" in German.
_HOUR_AGREEMENT = Agreement(counts=True, feminine=True, form="nominative n")


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for times."""
    many = language.words["hours"]
    one = language.words.get("hour", many)
    full_hour = language.words.get("full_hour", "{hour} {hours}")
    clock = language.words.get("clock", "{hour} {hours} {minute}")
    # "une" in French; elsewhere minutes are said as they are counted.
    minute_agreement = Agreement(counts=True, feminine="minute" in language.nouns.feminine)

    def say_hours(match: re.Match[str], template: str) -> str:
        number = int(match["hour"])
        name = one if language.is_one(str(number)) else many
        return template.format(hour=language.say_cardinal(number, _HOUR_AGREEMENT), hours=name)

    def read(match: re.Match[str]) -> Parts | None:
        if int(match["hour"]) > 24:
            return None
        minute = int(match["minute"])
        if not minute:
            return say(match, say_hours(match, full_hour))
        hour = int(match["hour"])
        said = clock.format(
            hour=language.say_cardinal(hour, _HOUR_AGREEMENT),
            hours=one if language.is_one(str(hour)) else many,
            minute=language.say_cardinal(minute, minute_agreement),
            padded=language.say_number(match["minute"]),
            named=many if match.groupdict().get("name") else "",
        )
        return say(match, said.strip())

    def read_whole(match: re.Match[str]) -> Parts | None:
        return say(match, say_hours(match, "{hour} {hours}")) if int(match["hour"]) <= 24 else None

    def read_hours(match: re.Match[str]) -> Parts | None:
        """Read "8–18 Uhr"."""
        if int(match["first"]) > 24 or int(match["hour"]) > 24:
            return None
        first = language.say_cardinal(int(match["first"]), _HOUR_AGREEMENT)
        return say(match, f"{first} {language.words['to']} {say_hours(match, '{hour} {hours}')}")

    def read_long(match: re.Match[str]) -> Parts:
        """Read hours, minutes and seconds."""
        found = [(int(match["hours"]), "h"), (int(match["minutes"]), "min"), (int(match["seconds"]), "s")]
        said = []
        for number, sign in found:
            unit = language.say_unit(sign, single=number == 1)
            said.append(f"{language.say_cardinal(number, language.nouns.agree_with(unit))} {unit}")
        return say(match, f"{said[0]}, {said[1]} {language.words['and']} {said[2]}")

    def read_pair(match: re.Match[str]) -> Parts:
        """Read minutes and seconds before their unit: "1:23 minutos"."""
        return say(match, f"{language.say_cardinal(int(match['first']))} {language.say_number(match['second'])}")

    def read_duration(match: re.Match[str]) -> Parts:
        """Read "1h30", "2h01'09"": how long something lasts."""
        said = language.say_duration(int(match["hours"]), int(match["minutes"]))
        seconds = int(match["seconds"] or 0)
        if not seconds:
            return say(match, said)
        unit = language.say_unit("s", single=seconds == 1)
        return say(match, f"{said} {language.say_cardinal(seconds, language.nouns.agree_with(unit))} {unit}")

    def read_seconds(match: re.Match[str]) -> Parts:
        """Read seconds and their hundredths: "9"58"."""
        unit = language.say_unit("s", single=int(match["second"]) == 1)
        return say(match, f"{language.say_cardinal(int(match['second']))} {unit} {language.say_number(match['part'])}")

    lasting = language.find_pattern("lasting")
    hours = r"(?P<hours>\d{1,2})\s?h\s?(?P<minutes>[0-5]\d)"
    figures = frozenset({FIGURES})
    edge = r"(?<![\w.,:/])"
    hour = rf"{edge}(?P<hour>[0-2]?\d)"
    measured = rf"(?=\s{language.find_pattern('duration')})"
    return (
        Rule(
            "time",
            figures,
            rf"{edge}{hours}\s?(?:m(?:in)?\.?\s?|['’′]\s?)(?P<seconds>[0-5]\d)(?:[\"″”]|''|\s?s\b)?(?!\w)",
            read_duration,
        ),
        Rule("time", figures, rf"{lasting}{hours}(?P<seconds>)(?:\s?min\b\.?|m\b|['’′])?(?!\w)", read_duration),
        Rule("time", figures, rf"{edge}(?P<second>\d{{1,2}})[\"″”s](?P<part>\d\d)(?!\w)", read_seconds),
        Rule("time", figures, rf"{edge}(?P<hours>\d\d?):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?![\d:])", read_long),
        Rule("time", figures, rf"{edge}(?P<first>\d\d?):(?P<second>[0-5]\d(?:,\d{{1,3}})?){measured}", read_pair),
        Rule("time", figures, hour + language.find_pattern("minutes"), read),
        Rule("time", figures, hour + language.find_pattern("full_hour"), read_whole),
        Rule(
            "time",
            figures,
            rf"{edge}(?<!-)(?P<first>\d{{1,2}})\s?[-–]\s?(?P<hour>\d{{1,2}})(?:{language.find_pattern('full_hour')})",
            read_hours,
        ),
    )
