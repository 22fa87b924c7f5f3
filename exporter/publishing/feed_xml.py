"""XML of feeds, as text: elements whose text is escaped, and cleaned of what XML 1.0 forbids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that are not in XML 1.0 (section 2.2): most control characters, surrogates, U+FFFE and U+FFFF."""

_SPECIAL = re.compile("[^\t\n\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""These, and the characters that are escaped."""

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("\r"): "&#13;"}
_PLAIN_NAME = re.compile(r"[\w.~-]+", re.ASCII)  # that is not changed by encoding: nearly all
_SENTENCE_END = re.compile(r"[.!?…。！？]['\")»”’\]]*(?=\s|$)")


def clean_xml_text(text: str) -> str:
    """Remove the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def element(tag: str, text: str | None = None, /, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element that holds a text, on a line of its own; None makes an empty element."""
    stated = "".join(f' {name}="{_escape(value)}"' for name, value in (attributes or {}).items())
    return f"<{tag}{stated}/>\n" if text is None else f"<{tag}{stated}>{_escape(text)}</{tag}>\n"


def wrap(tag: str, *children: str) -> str:
    """Return an element that holds elements."""
    return f"<{tag}>\n{''.join(children)}</{tag}>\n"


def cdata(tag: str, markup: str) -> str:
    """Return an element that holds markup as a CDATA section."""
    return f"<{tag}><![CDATA[{clean_xml_text(markup).replace(']]>', ']]]]><![CDATA[>')}]]></{tag}>\n"


def link_to(base: str, name: str) -> str:
    """Return the address of a file: percent-encoded, relative if the base is empty."""
    return base + (name if _PLAIN_NAME.fullmatch(name) else quote(name.encode("utf-8", "surrogateescape")))


def format_utc(moment: datetime) -> str:
    """Format a time in UTC by RFC 3339, as Atom has it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def cut_text(text: str, max_bytes: int) -> str:
    """Cut a text to a number of bytes in UTF-8, behind its last whole sentence, else behind its last whole word."""
    data = clean_xml_text(text).encode("utf-8", "replace")
    if len(data) <= max_bytes:
        return data.decode()
    start = data[: max_bytes - len("…".encode())].decode("utf-8", "ignore")
    ends = [found.end() for found in _SENTENCE_END.finditer(start)]
    return start[: ends[-1]] if ends and ends[-1] > len(start) // 2 else start.rsplit(None, 1)[0] + "…"


def _escape(text: str) -> str:
    return clean_xml_text(text).translate(_ESCAPES) if _SPECIAL.search(text) else text
