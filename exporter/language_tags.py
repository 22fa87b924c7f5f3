"""The one rule for language tags: what a page may state, what a user may ask for, and what a book may carry."""

from __future__ import annotations

import re

LANGUAGE_TAG_PATTERN = (
    r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{3}){0,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?"
    r"(?:[-_](?:[A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*(?:[-_][A-WY-Za-wy-z\d](?:[-_][A-Za-z\d]{2,8})+)*"
    r"(?:[-_]x(?:[-_][A-Za-z\d]{1,8})+)?"
)
"""RFC 5646: language, script, region, variants, extensions, private use; as programs write it, also with ``_``."""

_LANGUAGE_TAG = re.compile(LANGUAGE_TAG_PATTERN)


def parse_language_tag(text: str) -> str:
    """Return what is stated as a BCP 47 tag (``en_GB`` is ``en-GB``), or empty where it is none."""
    return text.replace("_", "-") if _LANGUAGE_TAG.fullmatch(text) else ""
