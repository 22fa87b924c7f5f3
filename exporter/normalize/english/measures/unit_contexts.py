"""Short units that are also words or letters: whether "5 m", "13A", "45s" or "3 in" is a measure in its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

from exporter.normalize.english.english_grammar import SECONDS_NOUNS, find_word_after, find_word_before, has_context
from exporter.normalize.toml_tables import load_table

# Words before "70s" that make it seconds, not a decade.
WORDS_BEFORE_SECONDS = frozenset(
    "in took takes take taking wait waited waits pause pauses for of after every within about around last lasts lasted"
    " under"
    " over is was are sleep sleeps timeout= timeout timeouts held hold holds rest".split()
)
# Words before "14F" and "53L" that make it a place, not a temperature or a volume: "Seat 14F", "Gate 10C".
WORDS_BEFORE_SEATS = frozenset(
    "seat seats row gate room apartment apt. no. unit suite block exit pier flat bay stand section form"
    " schedule".split()
)
# Nouns after "13A", and words before it, that make it amperes.
_AMP_NOUNS = frozenset(
    "fuse fuses circuit circuits breaker breakers plug plugs charger chargers socket sockets outlet outlets supply"
    " current"
    " connector switch cable adapter motor load relay output input".split()
)
_WORDS_BEFORE_AMPS = frozenset("draws draw drawing rated pulls current carries carry carrying".split())
# Around "35.6 N" on a map.
_POSITION_NEAR = re.compile(r"\b[Ll](?:at|ong|atitude|ongitude)\b|\d\s?[EWS]\b")
# Words before "14 d" and "2 y".
_WORDS_BEFORE_PERIODS = frozenset("for after at within over every in than of to about x × + and".split())
# Minutes before "51 s" make it seconds: "4 m 51 s".
_MINUTES_BEFORE = re.compile(r"\d\s?m(?:ins?)?\.?,?\s\Z")
# Another duration near "45s" makes it seconds.
_LONGER_DURATION_NEAR = re.compile(r"\d\s?(?:h(?:\d{1,2}m)?|m|ms|mins?|hrs?)\b")
# Bedrooms before "2 BA" make it bathrooms.
_BEDROOMS_BEFORE = re.compile(r"\d\s?B[RD],?\s\Z")
# A voltage or a power near "15 A" makes it amperes.
_ELECTRICITY_NEAR = re.compile(r"\d\s?(?:k?V|k?W|Ω|Hz)\b")
# Feet before "7 in" make it inches.
_FEET_BEFORE = re.compile(r"\b(?:ft|feet|foot)\.?,?\s\Z")
# Words before "9W" that make it a road: "Route 9W".
_WORDS_BEFORE_ROADS = frozenset("route rte. rt. highway hwy. exit road us u.s. interstate".split())
# Before a space and "s" stand seconds, or a year in a bad copy: "1990 s".
_MIN_YEAR_DIGITS = 4
# Words after "5 AU" that make it a distance, and the kinds of current after "230 V".
_WORDS_AFTER_DISTANCES = frozenset(("from", "away", "across", "wide", "in"))
_CURRENTS = frozenset(("AC", "DC", "RMS"))

_Check = Callable[[re.Match[str], str], bool]
"""Whether a match is a measure, asked with the word after it."""


class UnitContexts:
    """Decides by the words around whether a careful unit is one."""

    def __init__(self) -> None:
        lists = load_table("en", "units")
        self.careful, self.spaced, events = (
            frozenset(lists[name]["words"].split()) for name in ("careful", "spaced", "events")
        )
        self.lengths = frozenset(load_table("en", "scales")["lengths"].split()) | events
        self.checks: dict[str, _Check] = {
            "pc": lambda match, _: has_context("stars", match, 60),
            "st": lambda match, _: match["last"][-1:] != "1" or match["last"].endswith("11"),
            "c": lambda match, following: bool(match["dot"]) and following.islower(),
            "AU": lambda match, following: "." in match["last"] or not following or following in _WORDS_AFTER_DISTANCES,
            "d": _is_period,
            "y": _is_period,
            "s": _is_seconds,
            "in": _is_inches,
            "A": _is_amperes,
            "T": lambda match, following: bool(match["dot"]) and following.islower(),
            "U": lambda match, following: match["gap"] == " " and following in ("of", "insulin", "heparin"),
            "BA": _is_bathrooms,
            "J": _is_letter_unit,
            "N": _is_newtons,
            **dict.fromkeys("KVL", _is_electric_or_liquid),
            "W": _is_watts,
            "m": self.is_meters,
            "b": self.is_meters,
        }

    def is_unit(self, match: re.Match[str], unit: str, is_rate: bool) -> bool:
        """Whether a match of a measure is one; `is_rate` says that a divisor was read behind its unit."""
        if _is_pressure_or_caliber(match, unit):
            return False
        if unit not in self.careful or is_rate or match["exponent"] or match["power"]:
            return True
        check = self.checks.get(unit, self.is_tied)
        return check(match, find_word_after(match.string, match.end()))

    def is_tied(self, match: re.Match[str], following: str) -> bool:
        """Whether the unit is tied to its number, or is one that also stands behind a space."""
        del following
        return match["gap"] == "" or bool(match["dot"]) or match["unit"] in self.spaced

    def is_meters(self, match: re.Match[str], following: str) -> bool:
        """Whether "m" and "b" are units and not millions or billions of what follows."""
        if match["gap"] and not match["dot"]:
            return match["unit"] in self.spaced
        many = following.islower() and following.endswith("s") and following != "across"
        return not many or (match["unit"] == "m" and following in self.lengths)


def _is_period(match: re.Match[str], following: str) -> bool:
    """Whether "14 d" is days and "3.2 y" years."""
    before = find_word_before(match.string, match.start())
    return match["gap"] == " " and (
        not following
        or "." in match["last"]
        or before in _WORDS_BEFORE_PERIODS
        or following in ("after", "later", "old", "apart")
    )


def _is_seconds(match: re.Match[str], following: str) -> bool:
    """Whether "45s" is seconds and not a decade or a plural."""
    text, start, number = match.string, match.start(), match["last"]
    return (
        "." in number
        or "/" in number
        or (match["gap"] == " " and len(number) < _MIN_YEAR_DIGITS)
        or find_word_before(text, start) in WORDS_BEFORE_SECONDS
        or following in SECONDS_NOUNS
        or bool(_MINUTES_BEFORE.search(text[max(0, start - 8) : start]))
        or (number[-1:] != "0" and len(number) < 3 and not match["gap"] and _is_near_durations(match))
    )


def _is_near_durations(match: re.Match[str]) -> bool:
    """Whether another duration or a word for delays stands near."""
    start, end = match.span()
    return has_context("delays", match, 40) or any(
        _LONGER_DURATION_NEAR.search(match.string, *span) for span in ((max(0, start - 30), start), (end, end + 20))
    )


def _is_inches(match: re.Match[str], following: str) -> bool:
    """Whether "7 in" is inches and not the preposition."""
    tied = match["dot"] or not match["gap"]
    return bool(tied or _FEET_BEFORE.search(match.string[max(0, match.start() - 6) : match.start()])) or (
        not following and "." in match["last"]
    )


def _is_amperes(match: re.Match[str], following: str) -> bool:
    near = _ELECTRICITY_NEAR.search(match.string, match.end(), match.end() + 12)
    previous = find_word_before(match.string, match.start())
    return "." in match["last"] or following in _AMP_NOUNS or previous in _WORDS_BEFORE_AMPS or bool(near)


def _is_bathrooms(match: re.Match[str], following: str) -> bool:
    del following
    start = match.start()
    return not match["gap"] or bool(_BEDROOMS_BEFORE.search(match.string[max(0, start - 8) : start]))


def _is_newtons(match: re.Match[str], following: str) -> bool:
    on_map = _POSITION_NEAR.search(match.string, max(0, match.start() - 16), match.end() + 10)
    on_road = find_word_before(match.string, match.start()) in _WORDS_BEFORE_ROADS
    return not on_map and not on_road and _is_letter_unit(match, following)


def _is_letter_unit(match: re.Match[str], following: str) -> bool:
    return (match["gap"] == " " or "." in match["last"]) and not following[:1].isupper()


def _is_watts(match: re.Match[str], following: str) -> bool:
    on_road = find_word_before(match.string, match.start()) in _WORDS_BEFORE_ROADS
    return not on_road and _is_electric_or_liquid(match, following)


def _is_electric_or_liquid(match: re.Match[str], following: str) -> bool:
    """Whether K, V, W or L is a unit: tied to its number, or behind a space and before no name."""
    if match["gap"] == "-":  # "a 6.2-L V8", "a 60-W bulb"
        return "." in match["last"] or following.islower()
    if match["gap"] != " ":
        is_seat = find_word_before(match.string, match.start()) in WORDS_BEFORE_SEATS
        return match["gap"] == "" and match["unit"] != "K" and not is_seat
    current = match["unit"] == "V" and following in _CURRENTS
    return current or not (following[:1].isupper() or following[:1].isdecimal())


def _is_pressure_or_caliber(match: re.Match[str], unit: str) -> bool:
    """Whether this is a blood pressure ("90/60 mm Hg") or the caliber of a gun (".45 cal")."""
    if "/" in match["last"]:
        return unit == "mm" and find_word_after(match.string, match.end()) == "Hg"
    return unit == "cal" and "." in match.string[max(0, match.start("last") - 1) : match.start("last") + 1]
