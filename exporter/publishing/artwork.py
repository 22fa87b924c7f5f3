"""Artwork of podcasts and episodes: square JPEGs, drawn like the covers of the books.

The name of a file changes with its content, as directories of podcasts ask: they keep a picture by its address.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from exporter.ebook.cover import CoverText, draw_artwork
from exporter.ebook.typography import set_line
from exporter.ebook.xhtml import clean_line, clean_title, text_direction
from exporter.facts import Facts
from exporter.publishing.shelf import ShelvedWork
from exporter.publishing.shelf_writer import ShelfWriter
from exporter.ui_strings import format_date, is_date, join_names

PODCAST_STEM = "artwork"
"""What the names of the podcast's own artwork begin with."""

_DESIGN = 1
"""The number of the design: another one gives all files new names."""

MAX_DRAWN = 50
"""The newest works that get artwork of their own; drawing one takes 25 ms, and the artwork of a work stays."""


def write_artwork(writer: ShelfWriter, title: str) -> str:
    """Write the artwork of a podcast, and return the name of its file."""
    return _write(writer, PODCAST_STEM, CoverText(clean_title(title)))


class ArtworkNames:
    """The names of the artwork of works: writes it for the newest, and finds that of the others."""

    def __init__(self, writer: ShelfWriter, works: Sequence[ShelvedWork]) -> None:
        for work in works[:MAX_DRAWN]:
            _write(writer, work.stem, _make_text(work.facts))
        folders = {work.stem.rpartition("/")[0] for work in works} | {""}
        self._names = {name for folder in folders for name in _list_pictures(writer.folder, folder)}
        self._stems = {name.rpartition("-")[0] for name in self._names}

    def find(self, work: ShelvedWork) -> str:
        """Return the name of the artwork of a work; empty if it has none."""
        if work.stem not in self._stems:
            return ""
        name = _choose_name(work.stem, _make_text(work.facts))
        return name if name in self._names else ""


def _list_pictures(folder: Path, inner: str) -> Iterator[str]:
    """Yield the names of the pictures in a folder within a folder, or, if that is empty, in the folder itself."""
    before = f"{inner}/" if inner else ""
    for name in os.listdir(folder / inner):  # noqa: PTH208  of 70,000 files, a Path for each takes most of the time
        if name.endswith(".jpg"):
            yield before + name


def _make_text(facts: Facts) -> CoverText:
    tag, date = facts.language, (facts.published or "")[:10]
    return CoverText(
        set_line(clean_title(facts.title), tag),
        set_line(clean_line(facts.site), tag),
        clean_line(join_names(facts.authors, tag)),
        clean_line(format_date(date, tag)) if is_date(date) else "",
        text_direction(tag) == "rtl",
    )


def _write(writer: ShelfWriter, stem: str, text: CoverText) -> str:
    name = _choose_name(stem, text)
    if not writer.has(name):
        writer.write(name, draw_artwork(text))
    return name


def _choose_name(stem: str, text: CoverText) -> str:
    digest = blake2b(msgspec.msgpack.encode((_DESIGN, text)), digest_size=4).hexdigest()
    return f"{stem}-{digest}.jpg"
