"""Language tags as documents state them."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def language_tag(text: str) -> str:
    """Return what is stated as a BCP 47 tag (``en_GB`` is ``en-GB``), or empty where it is none."""
    tag = text.replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""
