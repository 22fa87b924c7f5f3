"""A playlist of all episodes, newest first: ``playlist.m3u8``, with relative names."""

from __future__ import annotations

from exporter.m3u8 import format_m3u8
from exporter.publishing import Published, Site
from exporter.publishing.shelf import Shelf
from exporter.publishing.shelf_writer import ShelfWriter

PLAYLIST_NAME = "playlist.m3u8"


def publish(shelf: Shelf, site: Site, writer: ShelfWriter) -> Published:
    """Write the playlist."""
    entries = ((work.facts.seconds, work.facts.title, work.sound.name) for work in shelf.works if work.sound)
    writer.write(PLAYLIST_NAME, format_m3u8(site.title, entries).encode("utf-8", "surrogateescape"))
    return Published((PLAYLIST_NAME,))
