"""Ordinals in digits: 3.º, 1er, 2e, der 3. Platz."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.languages.language import Language

_MAX_RAISED_ORDINAL = 20  # above it a raised letter is the sign of degrees; chosen by reading pages, no measurement

_NOUN_BEHIND = re.compile(r"\s(?!(?:con|sopra|sotto|bajo|sobre|entre|pero|hasta)\b)[a-zà-ÿ]{4,}")


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rule for digits with the ending of the ordinal; none for a language without such endings."""
    endings = language.word_set("ordinals.endings")
    if not endings:
        return ()
    degrees = language.word_set("ordinals.degrees")

    def read(match: re.Match[str]) -> Parts | None:
        number, ending = int(match["number"]), match["ending"]
        # "36º" and "-4º" are degrees, "36º festival" is an ordinal.
        if ending in degrees and number > _MAX_RAISED_ORDINAL and not _NOUN_BEHIND.match(match.string, match.end()):
            return None
        return say(match, language.say_raised(number, ending))

    forms = "|".join(map(re.escape, sorted(endings, key=len, reverse=True)))
    pattern = rf"(?<![\w.,−-])(?P<number>\d{{1,3}})(?P<ending>{forms})(?!\w)"
    return (Rule("ordinal", frozenset({TIED}), pattern, read),)
