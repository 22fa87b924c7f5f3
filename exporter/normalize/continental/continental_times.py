"""Times of day (14:30, 14h30, 14.30 Uhr) and durations (2:05:31)."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule, say
from exporter.normalize.continental.agreement import Agreement
from exporter.normalize.continental.number_words import Verbalizer

# Minutes are feminine in French: "une". German uses the plain cardinal, except "ein Uhr".
_MINUTE_AGREEMENT = Agreement(counts=True, feminine=True)
_HOUR_AGREEMENT = Agreement(counts=True, feminine=True, form="nominative n")


def rules(verbalizer: Verbalizer) -> tuple[Rule, ...]:
    """Return the rules for times."""
    name = verbalizer.words["hours"]

    def hours(match: re.Match[str]) -> str:
        number = int(match["hour"])
        return f"{verbalizer.say_cardinal(number, _HOUR_AGREEMENT)} {name.removesuffix('s') if number == 1 else name}"

    def read(match: re.Match[str]) -> Parts | None:
        if int(match["hour"]) > 24:
            return None
        minute = int(match["minute"])
        if not minute:
            return say(match, hours(match))
        if verbalizer.language != "es":
            return say(match, f"{hours(match)} {verbalizer.say_cardinal(minute, _MINUTE_AGREEMENT)}")
        clock = (
            f"{verbalizer.say_cardinal(int(match['hour']), _HOUR_AGREEMENT)} {verbalizer.say_number(match['minute'])}"
        )
        return say(match, f"{clock} {name}" if match["name"] else clock)

    def read_whole(match: re.Match[str]) -> Parts | None:
        return say(match, hours(match)) if int(match["hour"]) <= 24 else None

    def read_long(match: re.Match[str]) -> Parts:
        """Read hours, minutes and seconds."""
        found = [(int(match["hours"]), "h"), (int(match["minutes"]), "min"), (int(match["seconds"]), "s")]
        said = []
        for number, sign in found:
            unit = verbalizer.say_unit(sign, single=number == 1)
            said.append(f"{verbalizer.say_cardinal(number, verbalizer.nouns.agree_with(unit))} {unit}")
        return say(match, f"{said[0]}, {said[1]} {verbalizer.words['and']} {said[2]}")

    def read_pair(match: re.Match[str]) -> Parts:
        """Read minutes and seconds before their unit: "1:23 minutos"."""
        return say(match, f"{verbalizer.say_cardinal(int(match['first']))} {verbalizer.say_number(match['second'])}")

    figures = frozenset({FIGURES})
    edge = r"(?<![\w.,:/])"
    hour = rf"{edge}(?P<hour>[0-2]?\d)"
    measured = r"(?=\s(?:minutos|horas|minutes|heures|Minuten|Stunden))"
    return (
        Rule("time", figures, rf"{edge}(?P<hours>\d\d?):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?![\d:])", read_long),
        Rule("time", figures, rf"{edge}(?P<first>\d\d?):(?P<second>[0-5]\d(?:,\d{{1,3}})?){measured}", read_pair),
        Rule("time", figures, hour + verbalizer.find_pattern("minutes"), read),
        Rule("time", figures, hour + verbalizer.find_pattern("full_hour"), read_whole),
    )
