"""Roman numerals: parsed and formatted."""

from __future__ import annotations

_ROMAN_FIGURES = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def parse_roman(written: str) -> int | None:
    """Return the value of a Roman numeral in capitals, or None if it is not well-formed or 4000 or more."""
    total, rest = 0, written
    for worth, figure in _ROMAN_FIGURES:
        while rest.startswith(figure) and total < 4000:
            total += worth
            rest = rest[len(figure) :]
    return total if total and not rest and format_roman(total) == written else None


def format_roman(number: int) -> str:
    """Write a positive number as a Roman numeral in capitals."""
    out = ""
    for worth, figure in _ROMAN_FIGURES:
        count, number = divmod(number, worth)
        out += figure * count
    return out
