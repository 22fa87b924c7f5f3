"""ID3v2.3 tags, the version that every player reads, with chapters (CHAP, CTOC).

In a bound episode, the table of contents holds one for each article, with its headings; for players that read only the
chapters, the article stands in their titles too. Not written with mutagen, because it sorts chapters by their size, in
which order some players show them; besides, it takes 16 ms to import. Layout: id3.org, "ID3 tag version 2.3.0" and
"ID3v2 Chapter Frame Addendum".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from exporter.mastering.iso639 import find_language_code
from exporter.mastering.tags import Tags

MAX_TOC_ENTRIES = 255
"""A table of contents (CTOC) counts its entries in one byte; more chapters are nested in tables of this size."""

_UTF16_ENCODING = b"\x01"  # version 2.3 does not have UTF-8
_FRONT_COVER = b"\x03"
_ORDERED, _ORDERED_TOP_LEVEL = b"\x01", b"\x03"
_NO_BYTE_OFFSETS = b"\xff" * 8  # of a chapter's start and end: players then use its times


def build_id3_tag(tags: Tags) -> bytes:
    """Return the tag, which precedes the first MPEG frame of a file."""
    body = b"".join(_encode_frame(name, data) for name, data in _list_frames(tags))
    return b"ID3\x03\x00\x00" + _encode_syncsafe(len(body)) + body


def _list_frames(tags: Tags) -> Iterator[tuple[bytes, bytes]]:
    language = find_language_code(tags.language)
    texts = {
        b"TIT2": tags.title,
        b"TPE1": tags.artist,
        b"TCOM": tags.narrator,  # audiobook players show the composer as the narrator
        b"TALB": tags.album,
        b"TYER": tags.date[:4],
        b"TDAT": tags.date[8:10] + tags.date[5:7],
        b"TLAN": language,
        b"TLEN": str(round(1000 * tags.seconds)) if tags.seconds else "",
        b"TCON": "Speech",
        b"TCOP": tags.rights,
    }
    for name, text in texts.items():
        if text:
            yield name, _encode_text(text)
    for name, text in ((b"COMM", tags.comment), (b"USLT", tags.text)):
        if text:
            yield (
                name,
                _UTF16_ENCODING + language.encode("ascii", "replace") + _encode_terminated("") + _encode_utf16(text),
            )
    if tags.link:
        yield b"WOAF", tags.link.encode("latin-1", "replace")
    if cover := tags.cover():
        media_type = cover.media_type.encode("latin-1")
        yield b"APIC", _UTF16_ENCODING + media_type + b"\0" + _FRONT_COVER + _encode_terminated("") + cover.data
    yield from _list_chapter_frames(tags)


def _list_chapter_frames(tags: Tags) -> Iterator[tuple[bytes, bytes]]:
    chapters = tags.chapters[: MAX_TOC_ENTRIES**2]
    if not chapters:
        return
    names = [b"c%d\0" % number for number in range(len(chapters))]
    articles = [list(run) for _, run in groupby(zip(names, chapters, strict=True), key=lambda each: each[1].article)]
    tables = [b"article%d" % number for number in range(len(articles))] if len(articles) > 1 else []
    yield from _list_tables(b"toc", [table + b"\0" for table in tables] or names, tags.title, _ORDERED_TOP_LEVEL)
    for table, marks in zip(tables, articles, strict=False):
        yield from _list_tables(table, [name for name, _ in marks], marks[0][1].title, _ORDERED)
    for name, chapter in zip(names, chapters, strict=True):
        times = b"".join(round(seconds * 1000).to_bytes(4, "big") for seconds in (chapter.begin, chapter.end))
        yield b"CHAP", name + times + _NO_BYTE_OFFSETS + _encode_frame(b"TIT2", _encode_text(chapter.title))


def _list_tables(name: bytes, entries: list[bytes], title: str, flags: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield a table of contents, and those in it that hold its entries if they are too many for one."""
    parts = [entries[start : start + MAX_TOC_ENTRIES] for start in range(0, len(entries), MAX_TOC_ENTRIES)]
    within = [b"%s%d\0" % (name, number) for number in range(len(parts))] if len(parts) > 1 else []
    titled = _encode_entries(within or entries) + _encode_frame(b"TIT2", _encode_text(title))
    yield b"CTOC", name + b"\0" + flags + titled
    for inner, part in zip(within, parts, strict=False):
        yield b"CTOC", inner + _ORDERED + _encode_entries(part)


def _encode_entries(names: list[bytes]) -> bytes:
    return bytes([len(names)]) + b"".join(names)


def _encode_frame(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "big") + bytes(2) + data


def _encode_text(text: str) -> bytes:
    return _UTF16_ENCODING + _encode_utf16(text)


def _encode_utf16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le", "replace")


def _encode_terminated(text: str) -> bytes:
    return _encode_utf16(text) + bytes(2)


def _encode_syncsafe(number: int) -> bytes:
    """Encode a size with seven bits in each byte, so that it never looks like the start of an MPEG frame."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
