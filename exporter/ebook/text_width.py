"""Estimates of the width of text, and the rooms that the style sheet has rules for."""

from __future__ import annotations

import unicodedata

_ROOMS_EM = (20, 24, 28, 34, 40, 48, 56, 68, 80)
"""The widths for which the style sheet has rules, in ems of the text around."""

_ANY_SCREEN_EM = 17.0
"""What is up to this wide fits any screen: 320 pixels at 16 pixels an em, less the margins of the page."""

# Widths of characters in ems: generous means of bold text faces, so that what is estimated to fit does fit.
DIGIT_EM, POINT_EM = 0.62, 0.4
_WIDE_EM, _CAPITAL_EM, _OTHER_EM = 1.05, 0.8, 0.62
_NARROW_CHARS = frozenset(" .,:;'’!|()[]/ijlIftr-")


def measure_text(text: str) -> float:
    """Estimate the width of a text on one line, in ems."""
    return sum(map(_measure_char, text))


def _measure_char(char: str) -> float:
    if char in _NARROW_CHARS:
        return POINT_EM
    if char.isupper():
        return _CAPITAL_EM
    return _WIDE_EM if char > "\u2e7f" and unicodedata.east_asian_width(char) in "WF" else _OTHER_EM


def name_room(width: float) -> str:
    """Return the class of what needs this width in ems: empty if it fits any screen, else ``room-N`` or ``room-none``.

    The style sheet compares N with the width of the page; ``room-none`` is for what no page has room for.
    """
    if width <= _ANY_SCREEN_EM:
        return ""
    return f"room-{next((room for room in _ROOMS_EM if width <= room), 'none')}"
