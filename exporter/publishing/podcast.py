"""A podcast feed: ``feed.xml``, RSS 2.0 with the tags of Apple and of Podcasting 2.0, and its archive pages.

What clients know an episode by never changes: its GUID is the UUID of the work. `pubDate` is the time at which the work
was added, so that an old article that was saved today comes on top.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import format_datetime
from functools import partial

from exporter.assets import styles_folder
from exporter.errors import Notice
from exporter.publishing import Published, Site, find_common_language
from exporter.publishing.artwork import ArtworkNames, write_artwork
from exporter.publishing.feed_pages import FeedPage, cut_pages
from exporter.publishing.feed_xml import XML_DECLARATION, cdata, cut_text, element, link_to, wrap
from exporter.publishing.notes import format_html
from exporter.publishing.shelf import Shelf, ShelvedWork
from exporter.publishing.shelf_writer import ShelfWriter

FEED_NAME, STYLE_NAME = "feed.xml", "feed.css"
FEED_TYPE = "application/rss+xml"

MAX_DESCRIPTION_BYTES = 4000
"""The longest description that Apple takes."""

_NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
)
_TRANSCRIPTS = ((".transcript.json", "application/json", ""), (".vtt", "text/vtt", "captions"))
"""Suffix, type and relation of transcripts: clients that take only one take the last."""


def publish(shelf: Shelf, site: Site, writer: ShelfWriter) -> Published:
    """Write the feed; without an address none, since its links must be whole."""
    works = tuple(work for work in shelf.works if work.sound)
    notices = []
    if silent := len(shelf.works) - len(works):
        text = f"{silent} of {len(shelf.works)} works have no sound and are not in it: add audio to --to of the batch"
        notices.append(Notice(FEED_NAME, text))
    if not site.url:
        text = "a podcast needs an address: set publish.url (or --url), or run exporter serve"
        return Published((), (Notice(FEED_NAME, text),))
    artwork = write_artwork(writer, site.title)
    names = ArtworkNames(writer, works)
    pages = cut_pages(works, site.settings.limit, "feed", ".xml")
    writer.forget_pages("feed-", [page.name for page in pages])
    for page in pages:
        pictures = tuple(map(names.find, page.works))
        source = (site, page.key, artwork, pictures)
        writer.write_page(page.name, source, partial(_render, site, page, artwork, pictures))
    writer.write(STYLE_NAME, (styles_folder() / "publish" / STYLE_NAME).read_bytes())
    return Published((FEED_NAME,), tuple(notices))


def _render(site: Site, page: FeedPage, artwork: str, pictures: tuple[str, ...]) -> bytes:
    items = "".join(_format_item(work, site, name) for work, name in zip(page.works, pictures, strict=True))
    channel = wrap("channel", *_describe_channel(site, page, artwork), items)
    style = f'<?xml-stylesheet type="text/css" href="{STYLE_NAME}"?>\n'
    return f'{XML_DECLARATION}{style}<rss version="2.0" {_NAMESPACES}>\n{channel}</rss>\n'.encode()


def _describe_channel(site: Site, page: FeedPage, artwork: str) -> Iterator[str]:
    settings = site.settings
    yield _link("self", site.url, page.name)
    if page.is_archive:
        yield element("fh:archive")
        yield _link("current", site.url, FEED_NAME)
    if page.next:
        yield _link("next", site.url, page.next)
        yield _link("prev-archive", site.url, page.next)
    yield element("title", site.title)
    yield element("link", site.url + ("index.html" if "site" in site.publishers else ""))
    yield element("description", settings.description or f"{site.title}: articles, read aloud.")
    yield element("language", find_common_language([work.facts.language for work in page.works]))
    if page.works:
        yield element("lastBuildDate", format_datetime(page.works[0].added, usegmt=True))
    yield element("generator", "exporter")
    yield element("itunes:author", settings.author or site.title)
    yield element("itunes:image", attributes={"href": link_to(site.url, artwork)})
    yield element("itunes:category", attributes={"text": settings.category})
    yield element("itunes:explicit", "true" if settings.explicit else "false")
    yield element("itunes:type", "episodic")
    if settings.email:
        yield wrap(
            "itunes:owner",
            element("itunes:name", settings.author or site.title),
            element("itunes:email", settings.email),
        )
    if settings.private:
        yield element("itunes:block", "Yes")
        yield element("podcast:block", "yes")
    yield element("podcast:locked", "yes" if settings.private else "no")
    yield element("podcast:guid", site.guid)
    yield element("podcast:medium", "podcast")


def _format_item(work: ShelvedWork, site: Site, picture: str) -> str:
    return wrap("item", *_describe_item(work, site, picture))


def _describe_item(work: ShelvedWork, site: Site, picture: str) -> Iterator[str]:
    facts, url, sound = work.facts, site.url, work.sound
    yield element("title", facts.title)
    if page := work.files.get(".html"):
        yield element("link", link_to(url, page.name))
    elif facts.address:
        yield element("link", facts.address)
    yield element("guid", work.urn, {"isPermaLink": "false"})
    yield element("pubDate", format_datetime(work.added, usegmt=True))
    yield element("description", cut_text(facts.description or facts.title, MAX_DESCRIPTION_BYTES))
    yield cdata("content:encoded", format_html(facts))
    if sound:
        attributes = {"url": link_to(url, sound.name), "length": str(sound.size), "type": work.sound_type}
        yield element("enclosure", attributes=attributes)
    yield element("itunes:duration", str(round(facts.seconds)))
    if facts.authors:
        yield element("itunes:author", ", ".join(facts.authors))
    if picture:
        yield element("itunes:image", attributes={"href": link_to(url, picture)})
    yield element("itunes:explicit", "true" if site.settings.explicit else "false")
    yield element("itunes:episodeType", "full")
    for suffix, media_type, relation in _TRANSCRIPTS:
        if file := work.files.get(suffix):
            attributes = {"url": link_to(url, file.name), "type": media_type, "language": facts.language}
            yield element("podcast:transcript", attributes=attributes | ({"rel": relation} if relation else {}))
    if file := work.files.get(".chapters.json"):
        attributes = {"url": link_to(url, file.name), "type": "application/json+chapters"}
        yield element("podcast:chapters", attributes=attributes)
    for author in facts.authors:
        yield element("podcast:person", author, {"role": "author", "group": "writing"})


def _link(relation: str, url: str, name: str) -> str:
    return element("atom:link", attributes={"rel": relation, "href": link_to(url, name), "type": FEED_TYPE})
