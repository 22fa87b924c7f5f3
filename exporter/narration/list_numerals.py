"""The number of a list item, written as the list writes it: 3, c, C, iii or III."""

from __future__ import annotations

from exporter.normalize.roman_values import format_roman


def format_numeral(number: int, numerals: str) -> str:
    """Write a number in HTML's list type (1, a, A, i or I); in digits if the type cannot express it."""
    if number < 1 or numerals not in ("a", "A", "i", "I"):
        return str(number)
    written = _format_letters(number) if numerals in "aA" else format_roman(number)
    return written.upper() if numerals.isupper() else written.lower()


def _format_letters(number: int) -> str:
    written = ""
    while number:
        number, place = divmod(number - 1, 26)
        written = chr(ord("a") + place) + written
    return written
