"""Data URIs: the bytes of pictures within the page, and which of them are placeholders."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from urllib.parse import unquote, unquote_to_bytes

from exporter.document import DocumentPart
from exporter.readers.page import inline_svg

MAX_URI_CHARS = 30_000_000
"""Limit on the characters of one data URI."""

MAX_PARSED_CHARS = 8_000_000
"""Characters of a page with its pictures: libxml's parser refuses longer texts and attributes, from 10 million on."""

_MIN_MOVED_CHARS = 20_000
"""Characters of a data URI that is moved out of a page: shorter ones are not what makes it long."""

_MIN_FULL_PICTURE_CHARS = 1500
"""A longer data URI is not a placeholder (chosen by reading pages; no measurement)."""

_MAX_PLACEHOLDER_PIXELS = 32
"""Width or height up to which so short a picture is a blurred preview or an icon (chosen by reading pages)."""

_MIN_BITS_PER_PIXEL = 0.1
"""Bits for each pixel, below which a picture shows only one colour (chosen by reading pages)."""

_SUFFIXES_BY_TYPE = {
    "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp",
    "image/svg+xml": ".svg", "image/avif": ".avif", "image/bmp": ".bmp",
}  # fmt: skip
_DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.=-]+)*),", re.IGNORECASE)
_PICTURE_URI = re.compile(rf"data:image/[\w.+-]{{1,20}};base64,[\w+/=%]{{{_MIN_MOVED_CHARS},}}+", re.IGNORECASE)
_SIZE_FIELDS = {".png": (b"\x89PNG", 16, ">II"), ".gif": (b"GIF8", 6, "<HH")}
"""Signature of a file type, byte offset of width and height, and their `struct` format."""


def is_data_uri(address: str) -> bool:
    """Whether a URL is a data URI."""
    return address[:5].lower() == "data:"


def move_pictures_out(text: str) -> tuple[str, tuple[DocumentPart, ...]]:
    """Return a page that is too long for the parser without its embedded pictures, and these as files beside it."""
    parts: dict[str, DocumentPart] = {}

    def name_picture(found: re.Match[str]) -> str:
        uri = found[0]
        if uri not in parts:
            suffix, data = decode_data_uri(uri) or ("", b"")
            parts[uri] = DocumentPart(f"embedded-{len(parts) + 1}{suffix}", data)
        return parts[uri].address

    if len(text) > MAX_PARSED_CHARS:
        text = _PICTURE_URI.sub(name_picture, text)
    return text, tuple(part for part in parts.values() if part.data)


def decode_data_uri(address: str) -> tuple[str, bytes] | None:
    """Return the suffix and the bytes of a picture; None if it is not one, is broken, or is too large."""
    head = _DATA_URI.match(address)
    if (
        head is None
        or len(address) > MAX_URI_CHARS
        or (suffix := _SUFFIXES_BY_TYPE.get((head[1] or "").lower())) is None
    ):
        return None
    payload = address[head.end() :]
    try:
        data = (
            base64.b64decode(unquote(payload) + "==", validate=False)
            if ";base64" in head[2].lower()
            else unquote_to_bytes(payload)
        )
    except (binascii.Error, ValueError):
        return None
    return (suffix, data) if data else None


def picture_suffix(media_type: str) -> str:
    """Return the suffix of a picture's media type; empty for any other type."""
    return _SUFFIXES_BY_TYPE.get(media_type.lower(), "")


def is_placeholder_uri(address: str) -> bool:
    """Whether a data URI is an empty or blurred placeholder that a script replaces."""
    if len(address) >= _MIN_FULL_PICTURE_CHARS:
        return False
    suffix, data = decode_data_uri(address) or ("", b"")
    if suffix == ".svg":
        return not inline_svg.has_drawing(data)
    begin, at, numbers = _SIZE_FIELDS.get(suffix, (b"", 0, ""))
    if not begin or not data.startswith(begin) or len(data) < at + struct.calcsize(numbers):
        return True  # so short, it is not a whole picture in other formats
    size: tuple[int, int] = struct.unpack_from(numbers, data, at)
    width, height = size
    return min(width, height) <= _MAX_PLACEHOLDER_PIXELS or len(data) * 8 < _MIN_BITS_PER_PIXEL * width * height
