"""Media types by name: what a machine's own table says differs from machine to machine."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from exporter.publishing.opds import CATALOGUE_JSON_TYPE, CATALOGUE_TYPE
from exporter.publishing.podcast import FEED_TYPE
from exporter.publishing.shelf import SOUND_TYPES

DEFAULT_TYPE = "application/octet-stream"

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".lrc": "text/plain; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".vtt": "text/vtt; charset=utf-8",
        ".srt": "application/x-subrip; charset=utf-8",
        ".json": "application/json",
        ".chapters.json": "application/json+chapters",
        ".ssml": "application/ssml+xml",
        ".epub": "application/epub+zip",
        ".audiobook": "application/audiobook+zip",
        ".m3u8": "application/vnd.apple.mpegurl",
        ".jpg": "image/jpeg",
        ".png": "image/png",
        **SOUND_TYPES,
    }
)

_DOCUMENT_TYPES = {"feed.xml": FEED_TYPE, "opds.xml": CATALOGUE_TYPE, "opds.json": CATALOGUE_JSON_TYPE}
"""Types of feeds; their further pages are called ``feed-1.xml`` and so on."""

CROSS_ORIGIN_SUFFIXES = (".vtt", ".json")
"""Files that the players of other sites may read: transcripts and chapters (Podcasting 2.0)."""


def choose_media_type(name: str) -> str:
    """Return the media type of a file: by its longest suffix that has one."""
    stem, dot, suffix = name.rpartition(".")
    root = f"{stem.partition('-')[0]}{dot}{suffix}"
    if root in _DOCUMENT_TYPES:
        return _DOCUMENT_TYPES[root]
    parts = name.split(".")
    suffixes = (f".{'.'.join(parts[place:])}" for place in range(1, len(parts)))
    return next((_TYPES[each] for each in suffixes if each in _TYPES), DEFAULT_TYPE)
