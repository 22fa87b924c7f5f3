"""The episode of an edition as a file: written once, though several exporters use it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter import __version__
from exporter.cache import Cache, make_key
from exporter.concurrency import start_in_thread
from exporter.edition import Edition
from exporter.mastering.episode import Episode, build_episode
from exporter.mastering.tags import CoverPicture
from exporter.output import whole_file

_ARTWORK_CACHE = "artwork"


def write_episode(edition: Edition, path: Path) -> Episode:
    """Write the episode to `path`, unless that was done before for this edition; returns it.

    Raises `UsageError` for unreadable music, `SpeechError` and `OutputError`.
    """
    if path in edition.episodes:
        return edition.episodes[path]
    recordings = [work.recording for work in edition.works]
    cover = start_in_thread(lambda: _make_artwork(edition))  # the encoder leaves the interpreter free
    made = build_episode(recordings, edition.title, edition.config, cover)
    with whole_file(path) as temporary:
        made.write(temporary)
    edition.episodes[path] = made
    return made


def _make_artwork(edition: Edition) -> CoverPicture:
    """Return the episode's artwork, from the cache where it was drawn before: drawing costs about 35 ms."""
    articles = [work.article for work in edition.works]
    book = edition.config.book
    own_cover = Path(book.cover).read_bytes() if book.cover and Path(book.cover).is_file() else b""
    metadata = [article.metadata for article in articles]
    made_from = msgspec.msgpack.encode((edition.title, metadata, book.cover, articles[0].resources))
    name = make_key(__version__.encode(), own_cover, made_from)
    cache = Cache(edition.config.cache)
    if data := cache.get(_ARTWORK_CACHE, name):
        return msgspec.msgpack.decode(data, type=CoverPicture)
    from exporter.ebook import front_matter  # noqa: PLC0415  17 ms (Pillow), most runs find the cover in the cache

    lead = front_matter.find_lead_image(articles[0], {})
    media_type, data = front_matter.make_artwork(articles, edition.title, articles[0].metadata.language, book, lead)
    picture = CoverPicture(data, media_type)
    cache.put(_ARTWORK_CACHE, name, msgspec.msgpack.encode(picture))
    return picture
