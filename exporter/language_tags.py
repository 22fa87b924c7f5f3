"""Language tags (BCP 47), as pages state them, users set them and books contain them."""

from __future__ import annotations

import re

LANGUAGE_TAG_PATTERN = (
    r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{3}){0,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?"
    r"(?:[-_](?:[A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*(?:[-_][A-WY-Za-wy-z\d](?:[-_][A-Za-z\d]{2,8})+)*"
    r"(?:[-_]x(?:[-_][A-Za-z\d]{1,8})+)?"
)
"""Pattern of RFC 5646: language, script, region, variants, extensions, private use; ``_`` may stand for ``-``."""

OTHER_TAGS = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}
"""Tags of a language whose tables have another name (BCP 47: Norwegian in two forms; withdrawn tags)."""

_LANGUAGE_TAG = re.compile(LANGUAGE_TAG_PATTERN)


def parse_language_tag(text: str) -> str:
    """Return a language tag with hyphens (``en_GB`` as ``en-GB``), or empty if the text is not a language tag."""
    return text.replace("_", "-") if _LANGUAGE_TAG.fullmatch(text) else ""
