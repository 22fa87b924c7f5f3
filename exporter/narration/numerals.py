"""The number of an item as its list writes it: 3, c, C, iii or III."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numeral(number: int, numerals: str) -> str:
    """Write a number in HTML's list type: 1, a, A, i or I; figures where it cannot be written so."""
    if number < 1 or numerals not in ("a", "A", "i", "I"):
        return str(number)
    written = _letters(number) if numerals in "aA" else _roman(number)
    return written.upper() if numerals.isupper() else written


def _letters(number: int) -> str:
    written = ""
    while number:
        number, place = divmod(number - 1, 26)
        written = chr(ord("a") + place) + written
    return written


def _roman(number: int) -> str:
    written = ""
    for value, digits in (*_ROMAN, *_ROMAN_SMALL):
        times, number = divmod(number, value)
        written += digits * times
    return written
