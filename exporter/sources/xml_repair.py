"""Repairs XML that a parser refuses: wrong bytes, control characters, entities of HTML, words before the beginning."""

from __future__ import annotations

import re
from html.entities import html5

from exporter.readers.page.html_encoding import decode_html

_MAX_PROLOGUE_CHARS = 4_000
"""Characters in which the XML declaration is searched: programs print warnings and comments before it."""

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not allow, and those from U+007F to U+009F, which are always meant to be others.

To list those that it allows, and exclude them, would take ten times as long to compile: 7 ms.
"""

_NUMBER_REFERENCE = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_REFERENCE = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};)(?:(\w{2,31};))?")
_DECLARATION = "<?xml"


def decode_xml(data: bytes, charset: str = "") -> str:
    """Return the text of XML without characters that it must not hold; `charset` is that of its HTTP headers.

    Of the characters from U+0080 to U+009F those of Windows-1252 are meant, as in HTML.
    """
    text = decode_html(data, charset).lstrip("\ufeff \t\r\n")
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub(lambda found: _replace_control(ord(found[0])), text)
    return _NUMBER_REFERENCE.sub(_replace_number, text) if "&#" in text else text


def repair_xml(text: str) -> str:
    """Return XML with numeric references only, beginning with its declaration or its first tag.

    A parser that goes on after an error forgets even the entities that are its own.
    """
    begin = text.find(_DECLARATION, 0, _MAX_PROLOGUE_CHARS)
    return _REFERENCE.sub(_replace_entity, text[max(0, begin) :])


def _replace_control(code: int) -> str:
    return bytes([code]).decode("cp1252", "ignore") if 0x80 <= code <= 0x9F else ""


def _replace_number(found: re.Match[str]) -> str:
    """Return a numeric reference as it is, or what it stands for if it is a control character."""
    code = int(found[1]) if found[1] else int(found[2], 16)
    if code > 0x10FFFF:
        return ""
    return _replace_control(code) if _FORBIDDEN.match(chr(code)) else found[0]


def _replace_entity(found: re.Match[str]) -> str:
    """Write an entity of HTML as numeric references, and any other ampersand as one."""
    name = found[1] or ""
    character = html5.get(name, "")
    return "".join(f"&#{ord(part)};" for part in character) if character else f"&#38;{name}"
