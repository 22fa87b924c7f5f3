"""Normalizers by language."""

from __future__ import annotations

from functools import lru_cache

from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.normalize import Normalizer, lexicon_rules
from exporter.normalize.languages import has_language, has_region
from exporter.normalize.resolver import RuleNormalizer

# English is written and read as in Britain for these tags, as in America for all others.
_BRITISH_TAGS = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in"})

MAX_NORMALIZERS = 64
"""Normalizers that are kept; one for English takes 3 MB."""


def has_rules(language: str) -> bool:
    """Whether a language (a BCP 47 tag) has rules; the speech engine reads numbers in the others."""
    primary = _fold_tag(language).partition("-")[0]
    return primary == "en" or has_language(primary)


def load_normalizer(language: str, lexicon: Lexicon = NO_LEXICON, emoji: bool = True) -> Normalizer:
    """Return the normalizer of a language (a BCP 47 tag), with the user's lexicon before all rules.

    `emoji` says whether emoji are read by name or not at all. A language without rules keeps its text.
    """
    return _make_normalizer(_fold_tag(language), lexicon, emoji)


@lru_cache(MAX_NORMALIZERS)
def _make_normalizer(tag: str, lexicon: Lexicon, emoji: bool) -> Normalizer:
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
    """Return a tag in lower case, without what changes no rule: a page may state as many as it likes."""
    tag = language.lower().replace("_", "-")
    primary, _, region = tag.partition("-")
    has_own_rules = tag in _BRITISH_TAGS if primary == "en" else has_region(primary, region)
    return tag if has_own_rules else primary
