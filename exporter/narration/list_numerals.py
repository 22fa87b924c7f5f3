"""The number of an item as its list writes it: 3, c, C, iii or III."""

from __future__ import annotations

_ROMAN = {
    "m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40,
    "x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1,
}  # fmt: skip


def format_numeral(number: int, numerals: str) -> str:
    """Write a number in HTML's list type: 1, a, A, i or I; figures where it cannot be written so."""
    if number < 1 or numerals not in ("a", "A", "i", "I"):
        return str(number)
    written = _format_letters(number) if numerals in "aA" else _format_roman(number)
    return written.upper() if numerals.isupper() else written


def _format_letters(number: int) -> str:
    written = ""
    while number:
        number, place = divmod(number - 1, 26)
        written = chr(ord("a") + place) + written
    return written


def _format_roman(number: int) -> str:
    written = ""
    for digits, value in _ROMAN.items():
        times, number = divmod(number, value)
        written += digits * times
    return written
