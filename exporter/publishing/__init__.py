"""Publishing: a folder that a batch filled becomes a podcast feed, a catalogue, pages and playlists.

A publisher is a module with the function of `Publisher`; `exporter.registry` lists them. It reads the shelf (the facts
in the folder's manifest) and opens no finished file. Publishing again without a change changes no byte of any file.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

import msgspec

from exporter.config import PublishSettings
from exporter.errors import Notice
from exporter.publishing.shelf import Shelf
from exporter.publishing.shelf_writer import ShelfWriter


class Site(msgspec.Struct, frozen=True):
    """How a folder is published: the settings, the title of the whole, the podcast's GUID, the publishers at work.

    `url` is the address of the folder with a slash at its end, or empty: then all links are relative.
    """

    settings: PublishSettings
    title: str
    url: str = ""
    guid: str = ""
    publishers: tuple[str, ...] = ()


class Published(msgspec.Struct, frozen=True):
    """The files of a publisher that a reader begins with, as names in the folder, and its notices."""

    names: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class Publisher(Protocol):
    """What `exporter.publishing.publish` calls of each publisher."""

    def publish(self, shelf: Shelf, site: Site, writer: ShelfWriter) -> Published:
        """Write the files of this publisher; raises `OutputError`."""
        ...


def find_common_language(languages: Collection[str]) -> str:
    """Return the language of most works; of equally many the first in the alphabet, and ``en`` of none."""
    return min(set(languages), key=lambda tag: (-list(languages).count(tag), tag), default="en")
