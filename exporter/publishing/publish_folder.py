"""Publishes a folder: opens its shelf once, and lets each publisher write its files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

import msgspec

from exporter import registry
from exporter.config import PublishSettings
from exporter.errors import Notice, UsageError
from exporter.output import permit_files, sweep_temporary_files
from exporter.output_folder import own_files
from exporter.publishing import Publisher, Site
from exporter.publishing.eviction import evict_works
from exporter.publishing.shelf import open_shelf, read_state, write_state
from exporter.publishing.shelf_writer import ShelfWriter

_PODCAST_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast GUIDs (Podcasting 2.0)."""

_SCHEME = re.compile(r"^\w+://")
_WEB_ADDRESS = re.compile(r"https?://[^/?#\s]+(?:/[^?#\s]*)?", re.IGNORECASE)


class PublishedFolder(msgspec.Struct, frozen=True):
    """What was published: the number of works, the files to begin with, those that changed, and the notices.

    `evicted` is the number of works that made room, `removed` are their files. All files are names in the folder.
    """

    works: int
    names: tuple[str, ...]
    changed: tuple[str, ...]
    notices: tuple[Notice, ...]
    evicted: int = 0
    removed: tuple[str, ...] = ()


def publish(
    folder: Path, settings: PublishSettings, publishers: Sequence[str] = (), overwrite: bool = False
) -> PublishedFolder:
    """Publish a folder by the publishers of these names, or of the settings.

    `overwrite` allows files to be replaced that exporter did not make. Raises `UsageError`, `SourceError` for a folder
    that no batch has filled, and `OutputError`.
    """
    url = check_url(settings.url)
    chosen = tuple(publishers or settings.to)
    members: list[Publisher] = [registry.load("publishers", name) for name in chosen]
    eviction = evict_works(folder, settings.keep, datetime.now(UTC))
    shelf = open_shelf(folder)
    state = read_state(folder)
    guid = state.guid or make_podcast_guid(url)
    site = Site(settings, settings.title, url, guid, chosen)
    writer = ShelfWriter(folder, state.pages)
    sweep_temporary_files(folder)
    with permit_files(own_files.permit_in_folder(folder, overwrite)):
        results = [member.publish(shelf, site, writer) for member in members]
    after = msgspec.structs.replace(state, guid=guid if url else state.guid, pages=writer.pages)
    if after != state:
        write_state(folder, after)
    return PublishedFolder(
        len(shelf.works),
        tuple(name for result in results for name in result.names),
        tuple(writer.changed),
        (*shelf.notices, *eviction.notices, *(notice for result in results for notice in result.notices)),
        eviction.works,
        eviction.removed,
    )


def make_podcast_guid(url: str) -> str:
    """Return the GUID of the podcast in the folder at an address: of its feed's, without scheme and trailing slash."""
    return str(uuid5(_PODCAST_NAMESPACE, _SCHEME.sub("", f"{url}feed.xml").rstrip("/")))


def check_url(url: str) -> str:
    """Return the address of a folder with a slash at its end, or empty; raises `UsageError` if it is no web address."""
    if not url:
        return ""
    if not _WEB_ADDRESS.fullmatch(url):
        cause = "BadValue: it is not the address of a folder on the web"
        raise UsageError("setting publish.url", url, cause, "Write it as https://me.example/reading/.")
    return url.rstrip("/") + "/"
