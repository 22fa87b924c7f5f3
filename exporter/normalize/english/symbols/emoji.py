"""Emoji: read by their Unicode names, repeated ones once; other pictures, or on demand all, are silent."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import PICTURE, Parts, Rule, say
from exporter.normalize.toml_tables import load_table

# Variation selectors, keycaps, skin tones and tags say how an emoji looks; a joiner makes one picture of several.
_MODIFIERS_PATTERN = r"[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]{0,8}"
# Not the signs of music, nor the stars of ratings.
_EMOJI_CHAR_PATTERN = "(?![♭♮♯★☆⯨])[\u203c-\u2bff\u3030\u303d\U0001f000-\U0001faff]"
_ONE_PICTURE_PATTERN = _EMOJI_CHAR_PATTERN + _MODIFIERS_PATTERN
_EMOJI_PATTERN = rf"[\U0001f1e6-\U0001f1ff]{{2}}|{_ONE_PICTURE_PATTERN}(?:\u200d{_ONE_PICTURE_PATTERN}){{0,4}}"
_REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
_INDICATOR_TO_LETTER = ord("A") - _REGIONAL_INDICATORS.start
_DIGIT = re.compile(r"\d")
# Arrows, boxes, bullets and pointing dingbats, which stand in the same blocks of Unicode as emoji.
_SILENT_PICTURES = re.compile("[\u203c-\u22ff\u2500-\u25ff\u2700-\u2704\u2717-\u2718\u2794-\u2bff]")


def rules(named: bool) -> tuple[Rule, ...]:
    """Return the rule for emoji, which are read by name if `named`, else left out."""

    def read_emoji(match: re.Match[str]) -> Parts:
        return say(match, _name_emoji(match["one"]) if named else "")

    return (
        Rule(
            "emoji",
            frozenset({PICTURE}),
            rf"(?<![MRL](?=☉))(?!↦|◦\s?[CF]\b)(?P<one>{_EMOJI_PATTERN})(?:\s?(?P=one)){{0,50}}",
            read_emoji,
        ),
    )


def _name_emoji(written: str) -> str:
    """Return the name of an emoji; empty for a picture that is not read."""
    names: dict[str, str] = load_table("en", "emoji")["names"]
    if ord(written[0]) in _REGIONAL_INDICATORS:
        letters = "-".join(chr(ord(letter) + _INDICATOR_TO_LETTER) for letter in written)
        return names.get(written, f"flag of {letters}")
    if name := names.get(written) or names.get(written[0]):
        return name
    if _SILENT_PICTURES.match(written):
        return ""
    said = (unicodedata.name(character, "") for character in written if re.match(_EMOJI_CHAR_PATTERN, character))
    # A skin tone alone has a number in its Unicode name and is not read.
    return " and ".join(name.lower().replace("-", " ") for name in said if name and not _DIGIT.search(name))
