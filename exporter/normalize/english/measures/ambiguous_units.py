"""Units whose letters stand for several: knots or kilotons, nanometers or nautical miles, points or pints."""

from __future__ import annotations

import re
from collections.abc import Callable

from exporter.normalize.english.english_grammar import find_word_after, find_word_before, has_context, is_noun_next
from exporter.normalize.english.measures.unit_contexts import WORDS_BEFORE_SECONDS

# Hours before "12 m" make it minutes: "3 h 12 m".
_HOURS_BEFORE = re.compile(r"\d\s?h(?:rs?)?\.?\s?\Z")
# Kilometers beside "162 nm".
_KILOMETERS_NEAR = re.compile(r"\dk?\s?km\b|\bmi\b|\bmiles\b")
# Words after "12 nm" that make it nautical miles.
_WORDS_AFTER_NAUTICAL_MILES = frozenset(
    "N S E W NE NW SE SW NNE NNW SSE SSW ENE ESE WNW WSW"
    " off from offshore north south east west northeast northwest southeast southwest out away range".split()
)
# Other durations near "2m" make it minutes: "rest for 30s, then for 2m".
_DURATIONS_NEAR = re.compile(r"(?<![\w.])\d{1,3}(?:s|h(?:\d{1,2}m)?)\b")


def choose_unit(match: re.Match[str], unit: str) -> str:
    """Return what a unit stands for in its sentence: a form of ``units.toml``, or a key of `UNITS_SAID_WHOLE`."""
    other, is_other = _OTHERS.get(unit, (unit, None))
    return other if is_other and is_other(match) else unit


def _is_nautical(match: re.Match[str]) -> bool:
    """Whether "nm" is nautical miles: thousands of them, or near kilometers, aircraft or a quarter of the sky."""
    text = match.string
    return (
        "," in match["last"]
        or find_word_after(text, match.end()) in _WORDS_AFTER_NAUTICAL_MILES
        or bool(_KILOMETERS_NEAR.search(text, max(0, match.start() - 14), match.end() + 14))
        or has_context("aviation", match)
    )


def _is_minutes(match: re.Match[str]) -> bool:
    """Whether "m" is minutes: after hours, or after "for" near another duration."""
    text, start = match.string, match.start()
    if _HOURS_BEFORE.search(text[max(0, start - 8) : start]):
        return True
    near = _DURATIONS_NEAR.search(text, max(0, start - 30), match.end() + 30)
    return bool(near) and not match["gap"] and find_word_before(text, start) in WORDS_BEFORE_SECONDS


def _is_pints(match: re.Match[str]) -> bool:
    return find_word_after(match.string, match.end()) == "of" or has_context("pints", match, 30)


UNITS_SAID_WHOLE = {"games back": "games back", "G": "G"}
"""Units without a plural or powers."""
# What else the letters stand for, and whether they do.
_OTHERS: dict[str, tuple[str, Callable[[re.Match[str]], bool]]] = {
    "nm": ("nmi", _is_nautical),
    "m": ("min", _is_minutes),
    "pt": ("pt.", _is_pints),
    "ps": ("PS", lambda match: has_context("engines", match, 40)),
    "kt": ("kiloton", lambda match: has_context("blasts", match, 40)),
    "fps": ("ft/s", lambda match: has_context("ballistics", match)),
    "kb": ("kbp", lambda match: has_context("genes", match)),
    "Mb": ("Mbp", lambda match: has_context("genes", match)),
    "g": ("G", lambda match: not match["over"] and has_context("forces", match, 60)),
    "GB": ("games back", lambda match: bool(match["mixed"])),
    "t": ("tsp", lambda match: bool(match["dot"]) and is_noun_next(match.string, match.end())),
    "pg": ("pp", lambda match: bool(match["dot"]) and match["gap"] == "-"),
}
