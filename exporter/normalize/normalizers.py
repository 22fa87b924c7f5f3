"""Normalizers by language."""

from __future__ import annotations

from functools import cache

from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.normalize import Normalizer, lexicon_rules
from exporter.normalize.languages import has_language
from exporter.normalize.resolver import RuleNormalizer

# English is written and read as in Britain for these tags, as in America for all others.
_BRITISH_TAGS = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in"})


def has_rules(language: str) -> bool:
    """Whether a language (a BCP 47 tag) has rules; the speech engine reads numbers in the others."""
    primary = _fold_tag(language).partition("-")[0]
    return primary == "en" or has_language(primary)


@cache
def load_normalizer(language: str, lexicon: Lexicon = NO_LEXICON, emoji: bool = True) -> Normalizer:
    """Return the normalizer of a language (a BCP 47 tag), with the user's lexicon before all rules.

    `emoji` says whether emoji are read by name or not at all. A language without rules keeps its text.
    """
    tag = _fold_tag(language)
    primary = tag.partition("-")[0]
    rules = [*lexicon_rules.rules(lexicon)]
    if primary == "en":
        from exporter.normalize import english  # noqa: PLC0415  60 ms, only English needs it

        rules += english.rules(british=tag in _BRITISH_TAGS, pictures=emoji)
    elif has_language(primary):
        from exporter.normalize import shared_rules  # noqa: PLC0415  30 ms, only its languages need it

        rules += shared_rules.rules(tag)
    return RuleNormalizer(rules)


def _fold_tag(language: str) -> str:
    return language.lower().replace("_", "-")
