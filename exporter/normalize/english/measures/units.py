"""Names of units of measure: alone, as powers and as rates."""

from __future__ import annotations

import re
from functools import cache

from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import load_table

# A divisor: "s", "m²", "sq. ft", "100 km", "1,000 cu. ft".
_COUNT_PATTERN = r"(?:\d{1,3}(?:,\d{3})?(?:\.\d{1,2})?\s?)?"
_DIVISOR_PATTERN = (
    rf"{_COUNT_PATTERN}(?:(?:sq|cu)\.?\s)?[µμ]?[A-Za-z]{{1,9}}"
    # The last is what a copy has left of "mg/m²".
    r"(?:[²³]|\^[23]|(?<=m|t|s)[23](?!\d)|(?:(?<=/m)|(?<=/cm))\s[23](?!\d|\.\d|\s?%))?"
)
# The divisors of a unit: "/s", "/min./ft²", "per hour", " s⁻¹".
_DIVISORS_PATTERN = (
    rf"(?:(?:\s?/\s?|\sper\s){_DIVISOR_PATTERN}(?:\.?/{_DIVISOR_PATTERN}){{0,2}}"
    r"|\s?/\s?\([A-Za-z]{1,4}[²³]?(?:[\s·⋅][A-Za-z]{1,4}[²³]?){1,2}\)"
    r"|(?<!\sin)(?:[\s·⋅.][A-Za-z]{1,4}(?:[⁻−][¹²³]|[−-][123](?!\d))){1,3})"  # not "one in K-3"
)
# The divisors of a number: "/L", "/mm³".
RATE_PATTERN = rf"/{_DIVISOR_PATTERN}(?![^\W_])"
_DIVISOR = re.compile(
    r"\s?(?:/|per\b)?\(?[\s·⋅.]?(?:(?P<count>\d[\d,.]*)\s?)?(?:(?P<area>sq|cu)\.?\s)?(?P<unit>[µμ]?[A-Za-z]+)[⁻−-]?(?:\s(?=[23]\b))?(?P<power>(?:\^?[23]|[²³])?)[¹1]?"
)
# Divisors with "squared" after them ("per second squared"); c is the speed of light.
_DIVISORS_SQUARED_AFTER = {"s": "second", "c": "C"}
# A unit as written, with its power before or behind it, its rate, and a dot that may be its own.
UNIT_PATTERN = (
    r"(?:(?P<power>(?i:sq\.?|cu\.?|square|cubic))[\s-])?"
    r"(?P<unit>[MRL][⊕☉]|k?N[·⋅]m|in\.?-?lbs?(?!\w)|[kMG]?[gt]CO[2₂](?:eq?)?|fl\.?\s?oz|lbs?\.?\s?ft(?!\w)|ft\.?\s?lbs?(?!\w)|ac(?:re)?-ft|deg\.?\s?[CF](?!\w)|⁰\s?[CF](?!\w)|[°º˚∘◦\u030a℃℉]\s?(?:B[xé]|[CFc])?(?![^\W_])|[µμ]?[A-Za-zΩΩÅÅ]{1,9})(?P<dot>\.)?"
    r"(?P<exponent>[²³]|[⁻−][¹²³123](?!\d)|(?<=cm)-1(?!\d)|\^[23]|(?<=m|t|n|i)[23](?!\d))?"
    rf"(?:(?P<over>{_DIVISORS_PATTERN})(?:\.(?=\s[a-z(]|[,;)]))?)?(?![^\W_])"
)


# Units after "1.5m" or "300k", which make the letter a scale: "1.5m km".
LARGE_UNIT_PATTERN = r"\s(?:sq|cu|km|mi|ha|kg|lbs?|ft|bbl|b/d|bpd|boe(?:/d)?|[kMG]Wh)\b"


class UnitNames:
    """The names of units in one variety of English."""

    def __init__(self, british: bool) -> None:
        lists = load_table("en", "units")
        swaps = lists["british"] if british else {}
        self.careful = frozenset(lists["careful"]["words"].split())
        self._names: dict[str, tuple[str, str]] = {}
        for said, forms in lists["units"].items():
            for american, other in swaps.items():
                said = said.replace(american, other)  # noqa: PLW2901
            single, many = said.split("/")
            for form in forms.split():
                self._names[form] = (single, many)
        self._plurals = frozenset(many for _, many in self._names.values())
        self._written_divisors = frozenset(lists["divisors"]["words"].split())
        self._kinds = [frozenset(forms.split()) for forms in lists["kinds"].values()]
        self._squares = frozenset(lists["powers"]["square"].split())
        self._cubes = frozenset(lists["powers"]["cubic"].split())

    def list_sure_words(self) -> frozenset[str]:
        """Return, in lower case, the units of two letters or more that are units also without a number."""
        sure = (form for form in self._names.keys() - self.careful if len(form) > 1 and form.isalpha())
        return frozenset(form.lower() for form in sure)

    def is_name(self, word: str) -> bool:
        """Whether a word is the plural name of a unit: "miles" before "/40 km" is no count of things."""
        return word in self._plurals

    def is_dotted(self, unit: str) -> bool:
        """Whether a unit is also written with a dot of its own."""
        return f"{unit}." in self._names

    def is_always_dotted(self, unit: str) -> bool:
        """Whether a unit is only written with a dot of its own: "8 fath." but never "8 fath"."""
        return f"{unit}." in self._names and unit not in self._names

    def is_written_divisor(self, word: str) -> bool:
        """Whether a word is a thing that rates are for: "flush", "tablet"."""
        return word in self._written_divisors

    def are_of_one_kind(self, first: str, second: str) -> bool:
        """Whether two units measure the same: grams and ounces, hours and minutes."""
        return any(first in kind and second in kind for kind in self._kinds)

    def say_unit(self, unit: str, power: str, single: bool) -> str | None:
        """Return the name of a unit with its power, or None if it is not a unit."""
        names = self._names.get(unit)
        if not names:
            return None
        if power[:1] in ("⁻", "−", "-"):
            return f"per {self._say_divisor(unit, power[1:].strip('¹1'))}"
        said = names[0 if single else 1]
        if power.lower() in self._squares:
            return f"square {said}"
        return f"cubic {said}" if power.lower() in self._cubes else said

    def say_rate(self, unit: str, power: str, over: str, single: bool) -> str | None:
        """Return the name of a unit and its divisors ("kilometers per second"), or None if one is not a unit."""
        if whole := self.say_unit(f"{unit}{over.replace(' ', '')}", power, single):
            return whole
        name, rate = self.say_unit(unit, power, single), self.say_divisors(unit, over)
        return f"{name} {rate}".rstrip() if name and rate is not None else None

    def say_divisors(self, unit: str, over: str) -> str | None:
        """Return the divisors of a unit ("per second"), or None if one is not a unit."""
        names = [self._say_counted_divisor(unit, found) for found in _DIVISOR.finditer(over)]
        said = [f"per {name}" for name in names if name]
        return " ".join(said) if len(said) == len(names) else None

    def _say_counted_divisor(self, unit: str, found: re.Match[str]) -> str | None:
        """Return the name of a divisor with its number; None for another size of the same kind ("200 g/7 oz")."""
        divisor, power = found["unit"], found["power"] or found["area"] or ""
        if not found["count"]:
            written = divisor if "per" in found[0] or divisor in self._written_divisors else None
            return self._say_divisor(divisor, power) or written
        if self.are_of_one_kind(unit, divisor):
            return None
        said = self.say_unit(divisor, power, single=found["count"] == "1")
        return said and f"{Variety().say_number(found['count'])} {said}"

    def _say_divisor(self, unit: str, power: str) -> str | None:
        """Return the name of a divisor: "square meter", but "second squared"."""
        if unit == "d":
            return "day"
        if unit not in _DIVISORS_SQUARED_AFTER:
            return self.say_unit(unit, power, single=True)
        return f"{_DIVISORS_SQUARED_AFTER[unit]} squared" if power in self._squares else _DIVISORS_SQUARED_AFTER[unit]


@cache
def load_units(british: bool) -> UnitNames:
    """Return the names of units in one variety of English."""
    return UnitNames(british)
