"""Ordinals in digits: 3.º, 1er, 2e, der 3. Platz."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.languages.language import Language

_MAX_RAISED_ORDINAL = 20  # above it a raised letter is the sign of degrees; chosen by reading pages, no measurement
_MAX_TOPIC_CHARS = 60  # searched for a word of the weather

_NOUN_BEHIND = re.compile(r"\s(?!(?:con|sopra|sotto|bajo|sobre|entre|pero|hasta)\b)(?:[a-zà-ÿ]{4,}|[A-ZÀ-Þ]{2,5}\b)")


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rule for digits with the ending of the ordinal; none for a language without such endings."""
    endings = language.word_set("ordinals.endings")
    if not endings:
        return ()
    degrees = language.word_set("ordinals.degrees")
    agreeing = language.word_set("ordinals.agreeing")  # endings without a gender: "10^ giornata"

    provisions = language.word_set("identifiers.provisions")
    article = re.compile(language.find_pattern("date_article"))
    temperature = re.compile(language.find_pattern("temperature"))

    def read(match: re.Match[str]) -> Parts | None:
        number, ending = int(match["number"]), match["ending"]
        # "36º" and "-4º" are degrees, "36º festival" is an ordinal.
        before = match.string[max(0, match.start() - _MAX_TOPIC_CHARS) : match.start()]
        may_be_degrees = ending in degrees and not _NOUN_BEHIND.match(match.string, match.end())
        word = before.split()[-1:]
        is_named = article.search(before) or (word and word[0].lower() in provisions)
        is_large = number > _MAX_RAISED_ORDINAL and not is_named
        if may_be_degrees and (is_large or temperature.search(before)):
            return None
        if ending in agreeing:
            found = language.nouns.find_agreement(match.string, match.start(), match.end())
            return say(match, language.say_ordinal(number, found.feminine))
        return say(match, language.say_raised(number, ending))

    forms = "|".join(map(re.escape, sorted(endings, key=len, reverse=True)))
    temperature_behind = r"\s[CF]\b|\s?[-–]\s?[\d,.]{1,5}\s?[°º]\s?C"
    pattern = rf"(?<![\w.,−-])(?P<number>\d{{1,3}})(?P<ending>{forms})(?!\w|{temperature_behind})"
    return (Rule("ordinal", frozenset({TIED}), pattern, read),)
