"""Control characters: removed from what is read, since they command a terminal, break XML, and are spoken as letters.

Removed are terminal escape sequences (ECMA-48), the other C0 and C1 controls but tab and line breaks, the noncharacters
that XML forbids (U+FFFE and U+FFFF), and Unicode's explicit directional formatting characters, which can make text look
like other text (Unicode UAX 9; CVE-2021-42574). The direction of a passage has a field of its own in the model.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from exporter.article import Article

_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
_REMOVED = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # a control sequence: colours, movements of the cursor
    "|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?"  # a command to the operating system: titles, links
    f"|{_CONTROL}"
)
_ORDINARY_BYTES = bytes(code for code in range(0x7F) if code >= ord(" ") or chr(code) in "\t\n\r")
_CONTROL_BYTES = re.compile(  # the same characters in UTF-8
    rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xef\xbf[\xbe\xbf]"
)
# The same characters as JSON holds them; a text that spells one of these escapes is looked at in vain.
_SUSPECTED = re.compile(
    rb"\\u00[01]|\\[bf]|\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xef\xbf[\xbe\xbf]"
)


def remove_controls(text: str) -> str:
    """Return a text without control characters and escape sequences."""
    return _REMOVED.sub("", text) if holds_controls(text.encode("utf-8", "surrogatepass")) else text


def holds_controls(data: bytes) -> bool:
    """Whether a text in UTF-8 holds a character that `remove_controls` removes."""
    # To delete the ordinary bytes first takes a fifth of the time of a search in all of them.
    return _CONTROL_BYTES.search(data.translate(None, _ORDINARY_BYTES)) is not None


def clean_article(article: Article) -> Article:
    """Return an article none of whose texts holds control characters; most articles are returned as they are."""
    try:
        if not _SUSPECTED.search(msgspec.json.encode(msgspec.structs.replace(article, resources=()))):
            return article
    except UnicodeEncodeError:  # the name of a file that is not Unicode
        pass
    plain = msgspec.to_builtins(article, builtin_types=(bytes,))
    return msgspec.convert(_clean_strings(plain), Article, builtin_types=(bytes,))


def _clean_strings(value: Any) -> Any:
    match value:
        case str():
            return remove_controls(value)
        case dict():
            return {name: _clean_strings(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_clean_strings(inner) for inner in value]
        case _:
            return value
