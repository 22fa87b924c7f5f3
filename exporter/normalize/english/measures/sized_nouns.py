"""Sizes before the noun that has them, which are in the singular: 155mm shells, 1TB and 2TB models, 100m gold."""

from __future__ import annotations

import re

from exporter.normalize.english.english_grammar import find_word_after, is_noun_next
from exporter.normalize.toml_tables import load_table

# Nouns after "12 pt" that make it one size of type.
_TYPE_NOUNS = frozenset(
    "type font fonts text typeface Times Arial Helvetica Courier Calibri headline headlines bold".split()
)
# The next of several sizes of one noun: "1TB and 2TB models".
_NEXT_SIZE = re.compile(r"(?:/|,\s|,?\s(?:and|or)\s)\d[\d.]{0,8}\s?([A-Za-z]{1,4})\b")
# The rooms of a house are listed together: "a 3BR/2BA house".
_ROOMS = frozenset(("BR", "BA", "BD", "br", "bd", "ba"))
# Nouns that end like verbs: "65W charging".
_NOUNS_IN_ING = frozenset("charging recording gaming lighting cooling heating welding".split())
# Letters before the noun: "150kW DC charging", "16GB DDR5 memory".
_CAPITALS_NEXT = re.compile(r"(?:\s[A-Z][A-Z\d-]{1,9}){1,2}(?=\s[a-z])")
# "A 7.80m long jump".
_JUMP_NEXT = re.compile(r"\s(?:long|high|triple)\sjump\b")


class SizedNouns:
    """Knows the units and the nouns of sizes."""

    def __init__(self) -> None:
        lists = load_table("en", "units")
        self.events, self.sizes, self.sized = (
            frozenset(lists[name]["words"].split()) for name in ("events", "attributive", "sized")
        )
        self.lengths = frozenset(load_table("en", "scales")["lengths"].split())

    def is_size_of_noun(self, match: re.Match[str], unit: str, end: int) -> bool:
        """Whether a size comes before its noun without an article: "155mm shells", "1TB and 2TB models"."""
        text = match.string
        if unit in self.sizes:
            end += text.startswith("+", end)  # "100W+ charging"
            end = _find_sizes_end(text, end, unit)
            if capitals := _CAPITALS_NEXT.match(text, end):
                end = capitals.end()
            following = find_word_after(text, end)
            verb = following.endswith("ing") and following not in _NOUNS_IN_ING
            return following.islower() and not verb and is_noun_next(text, end)
        following = find_word_after(text, end)
        if following in self.sized or _find_singular(following) in self.sized:
            return True
        if unit in ("pt", "pt."):
            return following in _TYPE_NOUNS
        if unit in ("mph", "kph", "km/h", "kmh", "kt", "kts"):
            return following in ("wind", "winds", "gust", "gusts")
        return (
            not match["gap"]
            and unit in ("m", "km")
            and (
                following in self.events
                or following in self.lengths
                or bool(_JUMP_NEXT.match(match.string, match.end()))
            )
        )


def _find_singular(noun: str) -> str:
    """Return the singular of a regular plural: "boxes", "batteries", "cans"."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith(("xes", "shes", "ches", "sses")) else noun.removesuffix("s")


def _find_sizes_end(text: str, end: int, unit: str) -> int:
    """Return where a list of up to five sizes ends whose first one ends here."""
    for _ in range(4):
        found = _NEXT_SIZE.match(text, end)
        if not found or (found[1] != unit and not {found[1], unit} <= _ROOMS):
            break
        end = found.end()
    return end
