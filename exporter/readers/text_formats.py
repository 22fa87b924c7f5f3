"""Formats that are written in letters and hold no prose: data, programs, tables, subtitles, headers of messages.

Read as prose they would be spoken bracket by bracket; they are refused by name. Whatever is not plainly one of them is
text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from exporter.document import Document

_SAMPLE_CHARS = 32_000
"""Characters at the beginning by which a format is recognised."""

_TAIL_BYTES = 200
"""Bytes at the end in which the last bracket or tag is searched."""

_SUFFIXES = {
    suffix: name
    for name, suffixes in (
        (
            "a program's source",
            ".py .js .mjs .ts .tsx .jsx .c .h .cc .cpp .hpp .cs .java .kt .go .rs .rb .php .pl .lua",
        ),
        ("a program's source", ".swift .r .sh .bash .zsh .bat .ps1 .sql .css .scss .less .vue"),
        ("data or settings", ".json .jsonl .ndjson .geojson .yaml .yml .toml .ini .cfg .conf .plist .properties .env"),
        ("a table", ".csv .tsv"),
        ("subtitles", ".srt .vtt .ass .ssa .lrc .sbv"),
        ("a list of records", ".ics .vcf .bib .ris .enw"),
        ("XML", ".svg .xml .xsl .xsd .kml .gpx .fb2"),
        ("LaTeX source", ".tex"),
        ("PostScript", ".ps .eps"),
        ("a patch", ".patch .diff"),
    )
    for suffix in suffixes.split()
}
"""Suffixes of such files. A file of this name that another reader takes is read."""

_PREFIXES = {
    "WEBVTT": "subtitles", "[Script Info]": "subtitles", "HTTP/1": "an answer of a web server",
    "HTTP/2": "an answer of a web server", "#!/": "a program's source", "%!PS": "PostScript",
    "\\documentclass": "LaTeX source", "\\documentstyle": "LaTeX source", "BEGIN:V": "a list of records",
    "TY  - ": "a list of records", "-----BEGIN ": "a key or a certificate", "diff --git ": "a patch",
    "#EXTM3U": "a playlist", "<?xml": "XML",
}  # fmt: skip
"""How such files begin, to the letter."""

# Patterns are strings: `re` compiles one when a text first needs it, and most texts need none.
_STARTS = (
    ("0123456789", r"\d+\s*\n\d\d:\d\d:\d\d[,.]\d{3} --> ", "subtitles"),
    ("[", r"(?:\[\d\d:\d\d[.:]\d\d\].*\n){3}", "subtitles"),
    ("[", r"\[[\w .:-]{1,60}\]\s*\n(?:[;#].*\n)*[\w .-]{1,60}\s*=", "settings"),
    ("@", r"@\w+\{[\w:.-]+,", "a list of records"),
    ("-", r"--- \S.*\n\+\+\+ \S", "a patch"),
    ("%", r"(?:%.*\n\s*)+\\(?:documentclass|documentstyle)\b", "LaTeX source"),
    ("<", r"<!DOCTYPE\s+(?!html)\w", "XML"),
)
"""First characters, pattern and name of other beginnings."""

_MESSAGE_HEADERS = (
    r"(?:[A-Za-z][A-Za-z0-9-]*: .*\n(?:[ \t].*\n)*)*?(?:MIME-Version|Content-Type|Message-ID|Received|Delivered-To): "
)
_FIRST_HEADER = r"[A-Za-z][A-Za-z0-9-]*: "
_JSON_START = r"[\[{]\s*(?:[\[{\"\]}]|-?\d)"
_TAG = r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>"
_CSS_RULE = r"[^{}\n]{1,200}\{\s*[\w-]+\s*:[^{}]*\}"

_MIN_TAGS, _MIN_TAG_SHARE = 10, 0.3
"""Tags, and their share of all characters, from which a text is markup."""

_MIN_CSS_SHARE = 0.8
"""Share of characters in rules of CSS, from which a text is a style sheet."""

_MIN_BLOB_CHARS, _MAX_BLOB_SPACES = 400, 0.02
"""Characters from which a text of ASCII with so small a share of white space is encoded data."""

_MIN_TABLE_ROWS, _MIN_TABLE_COLUMNS, _MAX_HEADER_CHARS = 3, 3, 30
"""Lines and columns from which a text is a table, and the longest name of a column."""


def name_format(document: Document) -> str:
    """Return what a document is ("JSON", "subtitles") if it is no prose; empty for text."""
    text = document.data[:_SAMPLE_CHARS].decode("utf-8", "replace").lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    if found := next((name for prefix, name in _PREFIXES.items() if text.startswith(prefix)), ""):
        return found
    for first, pattern, name in _STARTS:
        if text[:1] in first and re.match(pattern, text, re.IGNORECASE):
            return name
    if re.match(_FIRST_HEADER, text) and re.match(_MESSAGE_HEADERS, text, re.IGNORECASE):
        return "a message"
    for recognises, name in _CHECKS:
        if recognises(document.data, text):
            return name
    return _SUFFIXES.get(document.suffix, "")


def _is_json(data: bytes, text: str) -> bool:
    """Whether text is JSON, whole or cut off; a line of prose may begin with a bracket, too."""
    if text[:1] not in ("[", "{") or not re.match(_JSON_START, text):
        return False
    try:
        msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        return True
    except (msgspec.DecodeError, UnicodeDecodeError):
        return data[-_TAIL_BYTES:].rstrip()[-1:] in (b"]", b"}") and '":' in text
    return True


def _is_markup(_data: bytes, text: str) -> bool:
    if text.count("</") < _MIN_TAGS // 2:
        return False
    tags = [len(tag) for tag in re.findall(_TAG, text)]
    return len(tags) >= _MIN_TAGS and sum(tags) >= _MIN_TAG_SHARE * len(text)


def _is_lone_element(data: bytes, text: str) -> bool:
    """Whether text is one element of XML from its beginning to its end."""
    begin = re.match(r"<([A-Za-z][\w:-]*)[\s>]", text)
    return begin is not None and data[-_TAIL_BYTES:].rstrip().endswith(f"</{begin[1]}>".encode())


def _is_style_sheet(_data: bytes, text: str) -> bool:
    return "{" in text and sum(map(len, re.findall(_CSS_RULE, text))) >= _MIN_CSS_SHARE * len(text)


def _is_encoded(_data: bytes, text: str) -> bool:
    words = text.split()
    return len(text) >= _MIN_BLOB_CHARS and text.isascii() and len(words) <= _MAX_BLOB_SPACES * len(text)


def _is_table(_data: bytes, text: str) -> bool:
    """Whether all lines have as many fields as the first, which names the columns."""
    lines = text.split("\n")[:50]
    header = lines[0].split(",")
    if len(header) < _MIN_TABLE_COLUMNS or len(lines) < _MIN_TABLE_ROWS:
        return False
    rows = [re.sub(r'"[^"]*"', "", line).count(",") for line in lines[:-1] if line.strip()]
    names = [name.strip().strip('"') for name in header]
    return (
        len(rows) >= _MIN_TABLE_ROWS
        and set(rows) == {len(header) - 1}
        and all(0 < len(name) <= _MAX_HEADER_CHARS and not name.endswith(".") for name in names)
    )


_CHECKS: tuple[tuple[Callable[[bytes, str], bool], str], ...] = (
    (_is_json, "JSON"),
    (_is_lone_element, "XML"),
    (_is_markup, "markup"),
    (_is_style_sheet, "a style sheet"),
    (_is_encoded, "encoded data"),
    (_is_table, "a table"),
)
