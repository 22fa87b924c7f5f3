"""Where a long sentence takes breath: at a clause, never in a number or a name."""

from __future__ import annotations

import re

LONGEST = 30
"""Words that are said in one breath."""

_SHORTEST = 5  # words on either side of a breath

# Strong places first: a semicolon, colon or dash; then a comma before a word that opens a clause. A comma before a
# capital or a figure may stand in a name, a place or a date.
_STRONG = re.compile(r"[;:]\s+|\s*[—–]\s+|\s+[—–]\s*|\)\s+")
_WEAK = re.compile(
    r",[\"”’]?\s+(?=(?:and|but|or|nor|so|yet|which|who|whom|whose|where|when|while|although|though|because|since|as|if|"
    r"unless|until|after|before|with|without|including|according|[a-z]+ing)\b)"
)
_LAST_RESORT = re.compile(r",[\"”’]?\s+(?=[a-zà-öø-ÿ])|\s+(?=(?:and|but|which|who|because|while|that)\s)")
_WORD = re.compile(r"\w\S*")


def breaths(text: str) -> list[tuple[int, int]]:
    """Cut a sentence into stretches that tile it, each short enough to be said in one breath where that is possible."""
    if text.count(" ") < LONGEST:
        return [(0, len(text))]
    words = [match.start() for match in _WORD.finditer(text)]
    return _cut(text, words, 0, len(text))


def _cut(text: str, words: list[int], start: int, end: int) -> list[tuple[int, int]]:
    inside = [word for word in words if start <= word < end]
    if len(inside) <= LONGEST:
        return [(start, end)]
    first, last = inside[_SHORTEST], inside[-_SHORTEST]
    middle = (start + end) / 2
    for pattern in (_STRONG, _WEAK, _LAST_RESORT):
        places = [match.end() for match in pattern.finditer(text, first, last)]
        if places:
            place = min(places, key=lambda place: abs(place - middle))
            return _cut(text, inside, start, place) + _cut(text, inside, place, end)
    return [(start, end)]
