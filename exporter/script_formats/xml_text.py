"""Text in XML."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_NOT_XML_CHARS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def remove_invalid(text: str) -> str:
    """Return text without the characters that XML 1.0 forbids."""
    return _NOT_XML_CHARS.sub("", text)


def escape_text(text: str) -> str:
    """Return text as the content of an element."""
    return escape(remove_invalid(text))
