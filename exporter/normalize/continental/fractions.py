"""Fractions: 1/3, ½, 1 ½."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import NUMERIC, Parts, Rule, say
from exporter.normalize.continental.tongue import Tongue

# Each with what stands above its line and below.
_SIGNS = {
    sign: divmod(parts, 10)
    for sign, parts in zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", (12, 13, 23, 14, 34, 15, 25, 35, 45, 16, 56, 18, 38, 58, 78), strict=True)
}
_SIGN = f"[{''.join(_SIGNS)}]"
_FRACTION = rf"(?:(?P<above>\d{{1,2}})[/⁄](?P<below>\d{{1,2}})(?!\w|[/⁄.,]\d)|(?P<sign>{_SIGN}))"
_LARGEST = 20


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rule for fractions, by themselves and behind a whole number."""

    def read(match: re.Match[str]) -> Parts | None:
        above, below = _SIGNS[match["sign"]] if match["sign"] else (int(match["above"]), int(match["below"]))
        if not 0 < above < below <= _LARGEST:
            return None
        whole = match["whole"]
        if whole is None:
            return say(match, _part(tongue, above, below, _agreement_key(tongue, match)))
        if tongue.language == "de" and (above, below) == (1, 2):
            return say(match, "eineinhalb" if whole == "1" else f"{tongue.cardinal(int(whole))}einhalb")
        number = tongue.cardinal(int(whole))
        return say(match, f"{number} {tongue.words['and']} {_part(tongue, above, below, 'mixed')}")

    pattern = rf"(?<![\w.,/⁄])(?:(?P<whole>\d{{1,3}})(?:\s|(?={_SIGN})))?{_FRACTION}"
    return (Rule("fraction", frozenset({FIGURES, NUMERIC}), pattern, read),)


def _agreement_key(tongue: Tongue, match: re.Match[str]) -> str:
    """Which form of "half" the noun behind asks for; empty where none follows."""
    found = tongue.nouns.around(match.string, match.start(), match.end())
    if not found.counts:
        return ""
    return f"{found.one or 'ein'}" if tongue.language == "de" else "f" if found.feminine else "m"


def _part(tongue: Tongue, above: int, below: int, form: str) -> str:
    """Say a fraction below one; `form` is how a half agrees."""
    names: dict[str, str] = tongue.tables["fractions"]
    if (above, below) == (1, 2):
        return names.get(f"half {form}", names["half"])
    name = names.get(str(below)) or _name(tongue, below)
    if tongue.language == "de":
        return f"{'ein' if above == 1 else tongue.cardinal(above)} {name}"
    number = "un" if above == 1 else tongue.cardinal(above)
    return f"{number} {name}" if above == 1 or name.endswith("s") else f"{number} {name}s"


def _name(tongue: Tongue, below: int) -> str:
    """What the parts are called: mostly the ordinal."""
    match tongue.language:
        case "de":
            return f"{tongue.ordinal(below)}l".capitalize()
        case "es" if below > 10:
            return f"{tongue.cardinal(below).removesuffix('e')}avo"
        case _:
            return tongue.ordinal(below)
