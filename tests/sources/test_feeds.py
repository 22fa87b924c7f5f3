"""Feeds that are wrong in a byte, in a name or in a type; short entries whose pages cannot be had."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from exporter.article import Article, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import read
from exporter.sources import LinkedPage, feeds, open_documents
from tests.sources.server import Server

SETTINGS = InputSettings()
FERRY = "The ferry left the quay at nine, an hour late, and nobody on board had expected it to leave at all that day."
BELLS = "Mind the gap & the bells."
MARKUP = f"<p>{FERRY} {FERRY} {FERRY}</p><p><em>Mind</em> the gap &amp; the bells.</p>"
ESCAPED = MARKUP.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(item: str, before: str = '<?xml version="1.0" encoding="utf-8"?>', title: str = "Ferry") -> str:
    entry = f"<item><title>{title}</title>{item}</item>"
    return f"{before}<rss version='2.0' {NAMESPACES}><channel><title>Quay</title>{entry}</channel></rss>"


def atom(content: str, namespace: str = "http://www.w3.org/2005/Atom") -> str:
    return f"<feed xmlns='{namespace}'><title>Quay</title><entry><title>Ferry</title>{content}</entry></feed>"


def read_entry(feed: str | bytes) -> Article:
    """Return the article of the only entry of a feed."""
    data = feed.encode() if isinstance(feed, str) else feed
    document = Document("feed.xml", data)
    assert feeds.recognises(document)
    (entry,) = feeds.contents(document, SETTINGS)
    assert isinstance(entry, Document), entry
    return read(entry, SETTINGS).article


DESCRIPTION = f"<description>{ESCAPED}</description>"
BROKEN = {
    "Windows bytes": rss(DESCRIPTION, title="Caf\xe9 \x96 d\xe9j\xe0 vu").encode("latin-1"),
    "a control character in the title": rss(DESCRIPTION, title="Ferry\x08"),
    "a control character in the text": rss(DESCRIPTION.replace("quay", "quay\x0b", 1)),
    "a reference to a control character": rss(DESCRIPTION, title="Ferry&#8;"),
    "a comment before the declaration": rss(DESCRIPTION, before='\n<!-- made at nine -->\n<?xml version="1.0"?>\n'),
    "warnings before the declaration": rss(
        DESCRIPTION, before='<br />\n<b>Warning</b>: no such &file;<?xml version="1.0"?>'
    ),
    "plain warnings before the declaration": rss(DESCRIPTION, before='Warning: 1 < 2 in x.php\n<?xml version="1.0"?>'),
    "an element that is never closed": rss(f"{DESCRIPTION}<author>").replace("</rss>", ""),
    "a bare ampersand": rss(DESCRIPTION, title="Rails & ferries"),
    "an undeclared prefix": rss(f"<content:encoded>{ESCAPED}</content:encoded>").replace(NAMESPACES, ""),
    "a blank line first": "\n" + rss(DESCRIPTION),
    "UTF-16": rss(DESCRIPTION, before='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"),
    "Russian called UTF-8": rss(DESCRIPTION, title="Паром ушёл в девять").encode("cp1251"),
    "two declarations": rss(DESCRIPTION, before='<?xml version="1.0"?><?xml version="1.0"?>'),
    "bytes of zero": rss(DESCRIPTION, title="Fer\0ry"),
    "UTF-8 called Latin-1": rss(DESCRIPTION, before='<?xml version="1.0" encoding="iso-8859-1"?>', title="Café"),
}


@pytest.mark.parametrize("feed", BROKEN.values(), ids=BROKEN)
def test_one_wrong_byte_costs_a_feed_nothing(feed: str | bytes) -> None:
    blocks = [block_text(block) for block in read_entry(feed).blocks]
    assert blocks[0].startswith(FERRY)
    assert blocks[1:] == [BELLS]


def test_the_letters_of_a_broken_feed_are_right() -> None:
    assert read_entry(BROKEN["Windows bytes"]).metadata.title == "Café – déjà vu"
    assert read_entry(BROKEN["UTF-8 called Latin-1"]).metadata.title == "Café"
    assert read_entry(rss(DESCRIPTION, title="It&#146;s")).metadata.title == "It’s"


RSS_1 = (
    f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {NAMESPACES}>'
    f"<channel/><item><title>Ferry</title><dc:description>In short.</dc:description>{DESCRIPTION}</item></rdf:RDF>"
)
PICTURE = "<media:content url='a.jpg'><media:title>a.jpg</media:title><media:text>X</media:text></media:content>"
CDATA = f"<![CDATA[{MARKUP}]]>"
PACKED = base64.b64encode(MARKUP.encode()).decode()
ATOM_03 = "http://purl.org/atom/ns#"
JSON_ITEM = {"id": 7, "title": "Ferry", "content_html": MARKUP, "tags": None}
CONTENTS = {
    "RSS": rss(DESCRIPTION),
    "RSS with a picture before": rss(PICTURE + DESCRIPTION),
    "RSS with a picture behind": rss(DESCRIPTION + PICTURE),
    "RSS with a short description": rss(f"<description>Short.</description><content:encoded>{CDATA}</content:encoded>"),
    "RSS with a section that was escaped": rss(f"<description>&lt;![CDATA[{ESCAPED}]]&gt;</description>"),
    "RSS that was escaped twice": rss(f"<description>{ESCAPED.replace('&', '&amp;')}</description>"),
    "RSS with elements": rss(f"<description>{MARKUP}</description>"),
    "RSS with a field of Atom": rss(f"<content xmlns='http://www.w3.org/2005/Atom' type='html'>{ESCAPED}</content>"),
    "RSS 1.0": RSS_1,
    "Atom": atom(f"<content type='html'>{ESCAPED}</content>"),
    "Atom with a prefix": (
        f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>Ferry</a:title>"
        f"<a:content type='html'>{ESCAPED}</a:content></a:entry></a:feed>"
    ),
    "Atom without a type": atom(f"<content>{ESCAPED}</content>"),
    "Atom in base64": atom(f"<content type='application/octet-stream'>{PACKED}</content>"),
    "Atom 0.3 in base64": atom(f"<content type='text/html' mode='base64'>{PACKED}</content>", ATOM_03),
    "Atom 0.3": atom(f"<content type='text/html' mode='escaped'>{ESCAPED}</content>", ATOM_03),
    "JSON Feed": json.dumps({"version": "https://jsonfeed.org/version/1", "items": [JSON_ITEM]}),
}  # fmt: skip


@pytest.mark.parametrize("feed", CONTENTS.values(), ids=CONTENTS)
def test_the_article_of_an_entry_is_found(feed: str) -> None:
    article = read_entry(feed)
    assert [block_text(block) for block in article.blocks] == [f"{FERRY} {FERRY} {FERRY}", BELLS]
    assert article.metadata.title == "Ferry"


def test_plain_text_of_atom_is_plain() -> None:
    article = read_entry(atom(f"<content type='text'>The sign reads &lt;no entry&gt;.\n\n{FERRY}</content>"))
    assert [block_text(block) for block in article.blocks] == ["The sign reads <no entry>.", FERRY]


TITLES = [
    ("<title>Fog &lt;b&gt;today&lt;/b&gt;</title>", "rss", "Fog today"),
    ("<title>The &lt;b&gt; tag</title>", "rss", "The <b> tag"),
    ("<title>Fish &amp;amp; chips</title>", "rss", "Fish & chips"),
    ("<title><![CDATA[Fish & chips]]></title>", "rss", "Fish & chips"),
    ("<title>The &lt;b&gt;bold&lt;/b&gt; tag</title>", "atom", "The <b>bold</b> tag"),
    ("<title type='html'>The &lt;b&gt;bold&lt;/b&gt; tag</title>", "atom", "The bold tag"),
]


@pytest.mark.parametrize(("title", "kind", "expected"), TITLES)
def test_titles_are_plain_text(title: str, kind: str, expected: str) -> None:
    feed = rss(DESCRIPTION) if kind == "rss" else CONTENTS["Atom"]
    assert read_entry(feed.replace("<title>Ferry</title>", title)).metadata.title == expected


def test_an_entry_without_a_title_is_called_by_its_first_words() -> None:
    feed = rss(f"<description>{FERRY}</description>", title="")
    assert (
        read_entry(feed).metadata.title
        == "The ferry left the quay at nine, an hour late, and nobody on board had expected …"
    )
    assert read_entry(rss("<description>Fog.</description>", title="")).metadata.title == "Fog."


def test_a_damaged_item_costs_no_other() -> None:
    feed = {"version": "https://jsonfeed.org/version/1", "items": [{"title": ["no"]}, {"content_text": FERRY}, "no"]}
    found = list(feeds.contents(Document("feed.json", json.dumps(feed).encode()), SETTINGS))
    assert [type(item) for item in found] == [SourceError, Document, SourceError]


def open_feed(server: Server, folder: Path, item: str) -> list[Document | SourceError]:
    path = folder / "feed.xml"
    path.write_text(rss(item.replace("SERVER", server.address)))
    return list(open_documents([str(path)], SETTINGS))


BEGINNING = "Only its beginning."
SHORT = f"<link>SERVER/ferry</link><description>{BEGINNING}</description>"
PAGE = f"<html><title>Ferry</title><body><article><h1>Ferry</h1><p>{FERRY}</p><p>{FERRY}</p></article></body></html>"
WALL = "<html><title>Log in</title><body>Log in to read on.</body></html>"
EMPTY = "<html><title>Ferry</title><body><script>draw()</script></body></html>"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, {}, PAGE.encode()), FERRY),
        ((404, {}, b"gone"), BEGINNING),
        ((200, {}, WALL.encode()), BEGINNING),
        ((200, {}, EMPTY.encode()), BEGINNING),
    ],
    ids=["a page", "gone", "a wall", "a page without text"],
)
@pytest.mark.usefixtures("no_waiting")
def test_the_text_of_the_feed_is_read_where_the_page_cannot_be(
    server: Server, tmp_path: Path, answer: tuple[int, dict[str, str], bytes], expected: str
) -> None:
    server.pages["/ferry"] = answer
    (document,) = open_feed(server, tmp_path, SHORT)
    assert isinstance(document, Document)
    found = read(document, SETTINGS)
    assert block_text(found.article.blocks[0]) == expected
    told = [notice.text for notice in found.notices if "this is the text of the feed" in notice.text]
    assert len(told) == (expected == BEGINNING)


@pytest.mark.usefixtures("no_waiting")
def test_a_page_that_cannot_be_had_is_an_error_if_the_feed_has_no_text(server: Server, tmp_path: Path) -> None:
    (error,) = open_feed(server, tmp_path, "<link>SERVER/ferry</link>")
    assert isinstance(error, SourceError)


def item(title: str, date: str, tag: str) -> str:
    link = f"<link>https://quay.example/{title}</link>"
    return f"<item><title>{title}</title>{link}<pubDate>{date}</pubDate><category>{tag}</category></item>"


MANY = rss("").replace(
    "<item><title>Ferry</title></item>",
    item("old", "2024-01-02", "Boats")
    + item("newest", "Fri, 17 May 2024 09:30:00 +0100", "Fog")
    + item("new", "2024-05-16T10:00:00Z", "boats")
    + item("undated", "", "fog"),
)
CHOICES = [
    (InputSettings(), ["old", "newest", "new", "undated"]),
    (InputSettings(limit=2), ["newest", "new"]),
    (InputSettings(limit=9), ["old", "newest", "new", "undated"]),
    (InputSettings(since="2024-05-17"), ["newest", "undated"]),
    (InputSettings(tags=("boats",)), ["old", "new"]),
    (InputSettings(tags=("boats",), limit=1), ["new"]),
    (InputSettings(unread=True), ["old", "newest", "new", "undated"]),
]


@pytest.mark.parametrize(("settings", "expected"), CHOICES)
def test_items_are_chosen_by_date_tag_and_number(settings: InputSettings, expected: list[str]) -> None:
    found = list(feeds.contents(Document("feed.xml", MANY.encode()), settings))
    assert [part.title for part in found if isinstance(part, LinkedPage)] == expected
