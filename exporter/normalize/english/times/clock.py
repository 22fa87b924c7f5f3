"""What times of day share: the patterns of their halves and zones, and their words."""

from __future__ import annotations

from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety

HALF_OF_DAY_PATTERN = r"(?P<half>(?i:[ap])\.?\s?(?i:m)(?![^\W_])\.?)"
ZONE_PATTERN = (
    r"(?P<zone>(?:[ECMP][SD]?T|A[KS][SD]?T|GMT|UTC|BST|IST|JST|KST|CES?T|EES?T|WES?T|AES?T|AED?T|HST|MSK)\b"
    r"|(?i:[ecmp]\.\s?[sd]\.\s?t\b\.?))"
)


def say_clock(variety: Variety, hour: str, minute: str | None, half: bool) -> str:
    """Return the words of a time of day; `half` says that a half of the day follows."""
    number, minutes = int(hour), int(minute or 0)
    said = "zero" if number == 0 and not half else variety.say_cardinal(number)
    if minutes:
        return f"{said} {english_numerals.say_two_digits(minutes)}"
    if minute is None or half:
        return said
    if number > 12 or number == 0:
        return f"{said} hundred" if number else "zero o'clock"
    return f"{said} o'clock"


def join_letters(written: str) -> str:
    """Return the letters of "p.m." or "E.S.T." as capitals without dots."""
    return written.replace(".", "").replace(" ", "").upper()
