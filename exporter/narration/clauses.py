"""Where a long sentence takes breath: at a clause, never in a number or a name."""

from __future__ import annotations

import re
from functools import cache

from exporter.normalize.toml_tables import table

LONGEST = 30
"""Words that are said in one breath; in a script that sets no spaces, characters."""

_SHORTEST = 7  # words on either side of a breath
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # kana and ideographs
_STRONG = r"[；：]|[;:]\s+|\s*[—–]\s+|\s+[—–]\s*|\)\s+"
_COMMA = r",[\"”’»]?\s+"
_WIDE_COMMA = "[、，]"
_SMALL = r"(?=[a-zà-öø-ÿ])"
_NOWHERE = r"(?!)"
_WORD = re.compile(rf"[{_WIDE}]|\w[^\s{_WIDE}]*")
_UNSPACED = re.compile(f"[{_WIDE}]{{4}}")


def breaths(text: str, language: str) -> list[tuple[int, int]]:
    """Cut a sentence into stretches that tile it, each short enough to be said in one breath where that is possible."""
    if text.count(" ") < LONGEST and (text.isascii() or not _UNSPACED.search(text)):
        return [(0, len(text))]
    words = [match.start() for match in _WORD.finditer(text)]
    return _cut(text, words, (0, len(text)), _places(language.partition("-")[0].lower()))


@cache
def _places(language: str) -> tuple[re.Pattern[str], ...]:
    """Where to breathe, the best places first.

    They are semicolons, colons, dashes and brackets; a comma before a word that opens a clause; any comma, or a word
    that joins clauses. A comma before a capital or a figure may stand in a name, a place or a date.
    """
    lists = table(language, "sentences")
    ending = lists.get("clause_ending", "")
    opening = [*map(re.escape, lists.get("clauses", "").split()), *([rf"[a-z]+{ending}"] if ending else [])]
    joining = "|".join(lists.get("joints", "").split())
    clause = rf"{_COMMA}(?=(?:{'|'.join(opening)})\b)" if opening else _NOWHERE
    # Never behind a word that leans on the next one: "in the | that", "and | that".
    leaning = "".join(rf"(?<!\b{word})" for word in lists.get("leaning", "").split())
    joint = rf"{leaning}\s+(?=(?:{joining})\s)" if joining else _NOWHERE
    return re.compile(_STRONG), re.compile(clause), re.compile(rf"{_WIDE_COMMA}|{_COMMA}{_SMALL}|{joint}")


def _cut(
    text: str, words: list[int], span: tuple[int, int], places: tuple[re.Pattern[str], ...]
) -> list[tuple[int, int]]:
    start, end = span
    inside = [word for word in words if start <= word < end]
    if len(inside) <= LONGEST:
        return [span]
    middle = (start + end) / 2
    for pattern in places:
        if found := [match.end() for match in pattern.finditer(text, inside[_SHORTEST], inside[-_SHORTEST])]:
            place = min(found, key=lambda place: abs(place - middle))
            return _cut(text, inside, (start, place), places) + _cut(text, inside, (place, end), places)
    return [span]
