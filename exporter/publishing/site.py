"""The site: ``index.html``, the works newest first, played with one player and searched without a server.

The rows of the search are scripts, ``search-1.js`` and so on, which browsers also load from a folder. They hold works
counted from the oldest, so one more work changes the last of them only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from exporter.ebook.xhtml import clean_line, clean_title, text_direction
from exporter.publishing import Published, Site, find_common_language
from exporter.publishing.feed_xml import cut_text, link_to
from exporter.publishing.opds import CATALOGUE_NAME, CATALOGUE_TYPE
from exporter.publishing.playlist import PLAYLIST_NAME
from exporter.publishing.podcast import FEED_NAME, FEED_TYPE
from exporter.publishing.shelf import SOUND_TYPES, Shelf, ShelvedWork
from exporter.publishing.shelf_writer import ShelfWriter
from exporter.ui_strings import format_date
from exporter.web_pages.documents import page_asset, render_document
from exporter.web_pages.page_strings import load_page_strings

INDEX_NAME = "index.html"

MAX_LISTED = 200
"""The newest works that stand in the index itself; all are found by searching. Chosen: a page of about 200 kB."""

SHARD_ROWS = 2000
"""Rows of one search script: about 700 kB; chosen so that one more work rewrites little."""

MAX_LEAD_BYTES = 300

_LINKS = {
    ".epub": "book",
    ".kepub.epub": "book",
    ".readaloud.epub": "readaloud",
    **dict.fromkeys(SOUND_TYPES, "sound"),
    ".vtt": "transcript",
}
"""The files of a work that have a link, and the name of its text (`exporter.web_pages.page_strings`), by suffix."""

_ALTERNATES = (
    ("podcast", FEED_NAME, FEED_TYPE, "podcast"),
    ("opds", CATALOGUE_NAME, CATALOGUE_TYPE, "catalogue"),
    ("playlist", PLAYLIST_NAME, "application/vnd.apple.mpegurl", "playlist"),
)
"""What else a folder is published as: the publisher, its file, its media type and the name of its text."""


class IndexRow(msgspec.Struct, frozen=True, array_like=True):
    """What the index says of a work: texts, and the addresses of its page, its sound and its files."""

    id: str
    title: str
    credit: str
    lead: str
    language: str
    href: str
    sound: str
    links: tuple[tuple[str, str], ...]


def publish(shelf: Shelf, site: Site, writer: ShelfWriter) -> Published:
    """Write the index and the scripts of its search."""
    language = find_common_language([work.facts.language for work in shelf.works])
    words = load_page_strings(language).words
    shards = [*_cut_shards(shelf.works)]
    names = [f"search-{number}.js" for number in range(1, len(shards) + 1)]
    writer.forget_pages("search-", names)
    for number, (name, shard) in enumerate(zip(names, shards, strict=True), 1):
        source = (language, [work.key for work in shard])
        writer.write_page(name, source, partial(_encode_shard, number, shard, words))
    rows = [_make_row(work, words) for work in shelf.works[:MAX_LISTED]]
    index = _render(site, language, rows, len(shelf.works), len(shards))
    writer.write(INDEX_NAME, index.encode("utf-8", "replace"))
    return Published((INDEX_NAME,))


def _cut_shards(works: Sequence[ShelvedWork]) -> Iterator[Sequence[ShelvedWork]]:
    """Yield the works of each script, the oldest first; within one the newest come first."""
    for end in range(len(works), 0, -SHARD_ROWS):
        yield works[max(0, end - SHARD_ROWS) : end]


def _encode_shard(number: int, works: Sequence[ShelvedWork], words: Mapping[str, str]) -> bytes:
    return b"addRows(%d,%s);\n" % (number, msgspec.json.encode([_make_row(work, words) for work in works]))


def _make_row(work: ShelvedWork, words: Mapping[str, str]) -> IndexRow:
    facts, page, sound = work.facts, work.files.get(".html"), work.sound
    date = format_date((facts.published or "")[:10], facts.language)
    length = words["length"].format(n=max(1, round(facts.seconds / 60))) if facts.seconds else ""
    address = facts.address if facts.address.startswith(("http://", "https://")) else ""
    return IndexRow(
        work.urn,
        clean_title(facts.title),
        " · ".join(filter(None, (*map(clean_line, (", ".join(facts.authors), facts.site, date)), length))),
        cut_text(clean_line(facts.description), MAX_LEAD_BYTES),
        facts.language,
        link_to("", page.name) if page else address,
        link_to("", sound.name) if sound else "",
        tuple(
            (words[name], link_to("", work.files[suffix].name))
            for suffix, name in _LINKS.items()
            if suffix in work.files
        ),
    )


def _render(site: Site, language: str, rows: Sequence[IndexRow], count: int, shards: int) -> str:
    strings = load_page_strings(language)
    facts = {
        "title": clean_title(site.title),
        "language": strings.language,
        "direction": text_direction(strings.language),
        "words": strings.words,
        "count": count,
        "works": rows,
        "shards": shards,
        "has_older": count > len(rows),
        "alternates": [
            {"href": name, "type": media_type, "title": strings.words[word]}
            for publisher, name, media_type, word in _ALTERNATES
            if publisher in site.publishers and (site.url or publisher != "podcast")
        ],
    }
    styles = [page_asset(name) for name in ("article.css", "player.css", "index.css")]
    sources = {"script-src": "'self' file:", "media-src": "'self' file:"}
    return render_document("index.html.j2", styles, [page_asset("index.js")], sources, facts)
