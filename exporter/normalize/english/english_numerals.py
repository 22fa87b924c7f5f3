"""Numbers in words: what every rule for figures says in the end. Pure arithmetic, no context."""

from __future__ import annotations

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
# Short scale, as in all English news today.
_SCALES = (
    "_ thousand million billion trillion quadrillion quintillion sextillion septillion octillion nonillion decillion"
).split()
_LARGEST = 10 ** (3 * len(_SCALES))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def cardinal(number: int, british: bool = False) -> str:
    """Say how many: "one hundred twenty-three", with "and" in British English; digit by digit beyond the names."""
    if number < 0:
        return f"minus {cardinal(-number, british)}"
    if number >= _LARGEST:
        return digits(_decimal(number))
    if number < 1000:
        return _below_thousand(number, british)
    words = []
    rest, scale = number, 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            said = _below_thousand(group, british)
            if scale:
                said = f"{said} {_SCALES[scale]}"
            elif british and group < 100:
                said = f"and {said}"
            words.append(said)
        scale += 1
    return " ".join(reversed(words))


def _below_thousand(number: int, british: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    said = f"{_ONES[hundreds]} hundred"
    if not rest:
        return said
    return f"{said} and {_below_hundred(rest)}" if british else f"{said} {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def _decimal(number: int) -> str:
    """Write an integer of any length; `str` refuses more than 4,300 digits."""
    digits_ = []
    while number:
        number, rest = divmod(number, 10**4000)
        digits_.append(f"{rest:04000d}")
    return "".join(reversed(digits_)).lstrip("0")


def ordinal(number: int, british: bool = False) -> str:
    """Say which one: "twenty-first"."""
    said = cardinal(number, british)
    at = max(said.rfind(" "), said.rfind("-")) + 1
    last = said[at:]
    if last.endswith("y"):
        return f"{said[:-1]}ieth"
    return said[:at] + _ORDINALS.get(last, f"{last}th")


def digits(written: str, zero: str = "zero") -> str:
    """Say figures one by one; other characters are left out."""
    return " ".join(zero if figure == 0 else _ONES[figure] for figure in _figures(written))


def _figures(written: str) -> list[int]:
    return [int(character) for character in written if character.isdecimal()]


def year(number: int, british: bool = False) -> str:
    """Say a year of one to four figures: "nineteen oh five", "two thousand seven", "twenty twenty-one"."""
    century, rest = divmod(number, 100)
    if number < 1000 or number > 9999:
        return pairs(number) if number < 1000 else cardinal(number, british)
    if century % 10 == 0 and rest < 10:
        return cardinal(number, british)
    if not rest:
        return f"{_below_hundred(century)} hundred"
    return f"{_below_hundred(century)} {two(rest)}"


def two(number: int) -> str:
    """Say two figures after others: "oh five", "twenty-one"."""
    return f"oh {_ONES[number]}" if number < 10 else _below_hundred(number)


def pairs(number: int) -> str:
    """Say a number that names something (a house, a flight): "twelve eleven", "seven thirty-seven", "three oh five"."""
    hundreds, rest = divmod(number, 100)
    if not hundreds or number > 9999:
        return cardinal(number)
    if not rest:
        return cardinal(number) if hundreds % 10 == 0 else f"{_below_hundred(hundreds)} hundred"
    return f"{_below_hundred(hundreds)} {two(rest)}"


def designation(written: str) -> str:
    """Say the figures of a name, in pairs as far as that is usual: "three twenty", "three point five", "zero seven"."""
    if "." in written:
        first, *rest = written.split(".")
        return " point ".join((designation(first), *(digits(part) for part in rest)))
    if len(written) == 5 and written[0] != "0" and written.endswith("00") and written[2] != "0":
        return f"{cardinal(int(written[:2]))} {cardinal(int(written[2:]))}"
    if written[0] == "0" or len(written) > 4:
        return digits(written)
    return pairs(int(written))


def plural(said: str) -> str:
    """Put number words in the plural: "eighties", "sixes", "two thousands"."""
    if said.endswith("y"):
        return f"{said[:-1]}ies"
    return f"{said}es" if said.endswith("x") else f"{said}s"


_DENOMINATORS = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def fraction(numerator: int, denominator: int, british: bool = False) -> str:
    """Say a fraction: "one half", "three quarters", "five sixteenths"."""
    singular, many = _DENOMINATORS.get(denominator) or _parts(denominator, british)
    return f"{cardinal(numerator, british)} {singular if numerator == 1 else many}"


def _parts(denominator: int, british: bool) -> tuple[str, str]:
    said = ordinal(denominator, british)
    return said, f"{said}s"
