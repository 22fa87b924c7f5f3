"""Numbers in English words: arithmetic without context."""

from __future__ import annotations

_WORDS_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_WORDS_FOR_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
# The short scale: a billion is a thousand million.
_WORDS_FOR_THOUSANDS = (
    "_ thousand million billion trillion quadrillion quintillion sextillion septillion octillion nonillion decillion"
).split()
_FIRST_UNNAMED = 10 ** (3 * len(_WORDS_FOR_THOUSANDS))
_IRREGULAR_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def say_cardinal(number: int, british: bool = False) -> str:
    """Say how many: "one hundred twenty-three", with "and" in British English; digit by digit from 10³³ on."""
    if number < 0:
        return f"minus {say_cardinal(-number, british)}"
    if number >= _FIRST_UNNAMED:
        return say_digits(_write_decimal(number))
    if number < 1000:
        return _say_below_thousand(number, british)
    words = []
    rest, scale = number, 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            said = _say_below_thousand(group, british)
            if scale:
                said = f"{said} {_WORDS_FOR_THOUSANDS[scale]}"
            elif british and group < 100:
                said = f"and {said}"
            words.append(said)
        scale += 1
    return " ".join(reversed(words))


def _say_below_thousand(number: int, british: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _say_below_hundred(rest)
    said = f"{_WORDS_BELOW_TWENTY[hundreds]} hundred"
    if not rest:
        return said
    return f"{said} and {_say_below_hundred(rest)}" if british else f"{said} {_say_below_hundred(rest)}"


def _say_below_hundred(number: int) -> str:
    if number < 20:
        return _WORDS_BELOW_TWENTY[number]
    tens, ones = divmod(number, 10)
    return f"{_WORDS_FOR_TENS[tens]}-{_WORDS_BELOW_TWENTY[ones]}" if ones else _WORDS_FOR_TENS[tens]


def _write_decimal(number: int) -> str:
    """Write an integer of any length; `str` refuses more than 4,300 digits."""
    digits_ = []
    while number:
        number, rest = divmod(number, 10**4000)
        digits_.append(f"{rest:04000d}")
    return "".join(reversed(digits_)).lstrip("0")


def say_ordinal(number: int, british: bool = False) -> str:
    """Say which one: "twenty-first"."""
    said = say_cardinal(number, british)
    at = max(said.rfind(" "), said.rfind("-")) + 1
    last = said[at:]
    if last.endswith("y"):
        return f"{said[:-1]}ieth"
    return said[:at] + _IRREGULAR_ORDINALS.get(last, f"{last}th")


def say_digits(written: str, zero: str = "zero") -> str:
    """Say figures one by one; other characters are left out."""
    return " ".join(zero if figure == 0 else _WORDS_BELOW_TWENTY[figure] for figure in _list_digits(written))


def _list_digits(written: str) -> list[int]:
    return [int(character) for character in written if character.isdecimal()]


def say_year(number: int, british: bool = False) -> str:
    """Say a year of one to four figures: "nineteen oh five", "two thousand seven", "twenty twenty-one"."""
    century, rest = divmod(number, 100)
    if number < 1000 or number > 9999:
        return say_pairs(number) if number < 1000 else say_cardinal(number, british)
    if century % 10 == 0 and rest < 10:
        return say_cardinal(number, british)
    if not rest:
        return f"{_say_below_hundred(century)} hundred"
    return f"{_say_below_hundred(century)} {say_two_digits(rest)}"


def say_two_digits(number: int) -> str:
    """Say two figures after others: "oh five", "twenty-one"."""
    return f"oh {_WORDS_BELOW_TWENTY[number]}" if number < 10 else _say_below_hundred(number)


def say_pairs(number: int) -> str:
    """Say a number that names something (a house, a flight): "twelve eleven", "seven thirty-seven", "three oh five"."""
    hundreds, rest = divmod(number, 100)
    if not hundreds or number > 9999:
        return say_cardinal(number)
    if not rest:
        return say_cardinal(number) if hundreds % 10 == 0 else f"{_say_below_hundred(hundreds)} hundred"
    return f"{_say_below_hundred(hundreds)} {say_two_digits(rest)}"


def say_designation(written: str) -> str:
    """Say the figures of a name, in pairs as far as that is usual: "three twenty", "three point five", "zero seven"."""
    if "." in written:
        first, *rest = written.split(".")
        return " point ".join((say_designation(first), *(say_digits(part) for part in rest)))
    if len(written) == 5 and written[0] != "0" and written.endswith("00") and written[2] != "0":
        return f"{say_cardinal(int(written[:2]))} {say_cardinal(int(written[2:]))}"
    if written[0] == "0" or len(written) > 4:
        return say_digits(written)
    return say_pairs(int(written))


def pluralize_number(said: str) -> str:
    """Put number words in the plural: "eighties", "sixes", "two thousands"."""
    if said.endswith("y"):
        return f"{said[:-1]}ies"
    return f"{said}es" if said.endswith("x") else f"{said}s"


_IRREGULAR_DENOMINATORS = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def say_fraction(numerator: int, denominator: int, british: bool = False) -> str:
    """Say a fraction: "one half", "three quarters", "five sixteenths"."""
    singular, many = _IRREGULAR_DENOMINATORS.get(denominator) or _name_parts(denominator, british)
    return f"{say_cardinal(numerator, british)} {singular if numerator == 1 else many}"


def _name_parts(denominator: int, british: bool) -> tuple[str, str]:
    said = say_ordinal(denominator, british)
    return said, f"{said}s"
