"""The units of measure and how they are said, alone, as powers and as rates."""

from __future__ import annotations

from functools import cache

from exporter.normalize.tables import table

# A unit as written, with its power before or behind it, its rate, and a dot that may be its own.
UNIT = (
    r"(?:(?P<power>sq\.?|cu\.?|square|cubic)\s)?"
    r"(?P<unit>[°º℃℉]\s?[CFc]?(?![^\W_])|[µμ]?[A-Za-zΩΩ]{1,6})(?P<dot>\.)?"
    r"(?P<exponent>[²³]|\^[23]|(?<=m|t|n|i)[23](?!\d))?"
    r"(?:(?:\s?/\s?|\sper\s)(?P<over>[A-Za-z]{1,6})(?P<over_exponent>[²³]|\^[23]|(?<=m|t)[23](?!\d))?(?:\.(?=\s[a-z]|,))?)?(?![^\W_])"
)


class Units:
    """The table of units in one variety of English."""

    def __init__(self, british: bool) -> None:
        lists = table("en", "units")
        swaps = lists["british"] if british else {}
        self.careful = frozenset(lists["careful"]["words"].split())
        self._names: dict[str, tuple[str, str]] = {}
        for said, forms in lists["units"].items():
            for american, other in swaps.items():
                said = said.replace(american, other)  # noqa: PLW2901
            single, many = said.split("/")
            for form in forms.split():
                self._names[form] = (single, many)
        self._squares = frozenset(lists["powers"]["square"].split())
        self._cubes = frozenset(lists["powers"]["cubic"].split())

    def dotted(self, unit: str) -> bool:
        """Whether a unit is also written with a dot of its own."""
        return f"{unit}." in self._names

    def name(self, unit: str, power: str, single: bool) -> str | None:
        """Say a unit with its power, or return None if there is none such."""
        names = self._names.get(unit)
        if not names:
            return None
        said = names[0 if single else 1]
        if power in self._squares:
            return f"square {said}"
        return f"cubic {said}" if power in self._cubes else said

    def rate(self, unit: str, power: str, over: str | None, over_power: str, single: bool) -> str | None:
        """Say a unit with the one that it is divided by: "meters per square second"."""
        said = self.name(unit, power, single)
        if said is None or not over:
            return said
        divisor = self.name(over, over_power, single=True)
        return f"{said} per {divisor}" if divisor else None


@cache
def units(british: bool) -> Units:
    """Return the units as one variety of English says them."""
    return Units(british)
