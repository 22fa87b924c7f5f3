"""Containers: each kind is recognised by its content, and yields what it holds in order."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from exporter import registry
from exporter.article import Figure, Heading, Paragraph, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import read
from exporter.sources import Container, LinkedPage, open_documents
from tests.sources.server import Server

SETTINGS = InputSettings()
LONG = "The ferry left at nine, and nobody on the quay had expected it to leave at all. " * 6


def read_data(name: str) -> str:
    """Return the text of a file in the folder `data`."""
    return (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")


def make_png() -> bytes:
    """Return a picture that cannot be compressed: readers take small files for placeholders."""
    target = io.BytesIO()
    Image.frombytes("RGB", (40, 40), random.Random(7).randbytes(4800)).save(target, "PNG")
    return target.getvalue()


PNG = make_png()


def find_kinds(document: Document) -> list[str]:
    """Return the kinds of container that recognise a document."""
    return [name for name in registry.TABLE["sources"] if registry.load("sources", name).recognises(document)]


def open_container(
    data: bytes, name: str = "a", settings: InputSettings = SETTINGS
) -> list[Document | LinkedPage | SourceError]:
    """Return what the container that recognises these bytes holds, or its error."""
    document = Document(name, data)
    kind = find_kinds(document)[0]
    container: Container = registry.load("sources", kind)
    found: list[Document | LinkedPage | SourceError] = []
    try:
        found.extend(container.contents(document, settings))
    except SourceError as error:
        found.append(error)
    return found


def bare(link: object) -> LinkedPage:
    """Return a link without the text that stands for its page."""
    assert isinstance(link, LinkedPage)
    return msgspec.structs.replace(link, fallback=None)


def make_zip(files: dict[str, bytes | str], *, stored: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == stored else None)
    return target.getvalue()


RSS = read_data("feed.rss").replace("LONG", LONG)

LONG_GERMAN = "Die Fähre legte um neun ab, und niemand am Kai hatte erwartet, dass sie noch fahren würde. " * 6
ATOM = read_data("feed.atom").replace("LONG", LONG_GERMAN)

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Quay",
        "items": [
            {"id": "1", "url": "https://quay.example/fog", "title": "Fog", "content_html": f"<p>{LONG}</p>"}
            | {"authors": [{"name": "Ann Lee"}], "date_published": "2024-05-17T09:30:00Z", "tags": ["boats"]},
            {"id": "2", "url": "https://quay.example/more", "summary": "Short."},
        ],
    }
).encode()


def test_a_feed_brings_whole_articles_and_links_to_the_others() -> None:
    whole, link, note = open_container(RSS.encode(), "feed.xml")
    assert isinstance(whole, Document)
    assert (whole.url, whole.media_type, whole.tags) == ("https://quay.example/fog", "text/html", ("boats", "weather"))
    article = read(whole, SETTINGS).article
    said = article.metadata
    assert (said.title, said.authors, said.site) == ("Ferries & fog", ("Ann Lee",), "The Quay")
    assert (said.published, said.language) == ("2024-05-17T09:30:00+01:00", "en-GB")
    assert [block_text(block) for block in article.blocks] == [LONG.strip(), "Later", LONG.strip()]
    assert bare(link) == LinkedPage("https://quay.example/more", "Only the beginning")
    assert isinstance(note, Document)
    assert b"A note of one line." in note.data


def test_atom_is_a_feed() -> None:
    whole, link = open_container(ATOM.encode(), "feed")
    assert isinstance(whole, Document)
    said = read(whole, SETTINGS).article.metadata
    assert (said.title, said.authors, said.published) == ("Nebel", ("Jan Voss",), "2024-05-17T09:30:00Z")
    assert (said.language, said.site, said.tags) == ("de", "Hafenblatt", ("wetter",))
    assert bare(link) == LinkedPage("https://hafen.example/kurz", "Kurz")


def test_a_feed_with_the_usual_faults_is_read() -> None:
    """Entities of HTML, bare ampersands, an unclosed end; and a picture that comes along."""
    (link,) = open_container(
        b"\n<rss><channel><item><title>Cats&nbsp;&amp; dogs &eacute; &lt;b&gt;&</title><link>https://quay.example/?a=1&b=2</link>"
    )
    assert link == LinkedPage("https://quay.example/?a=1&b=2", "Cats & dogs é <b>&")
    media = '<item><media:content xmlns:media="http://search.yahoo.com/mrss/" medium="image" url="https://quay.example/a.jpg"/>'
    (whole, *_) = open_container(RSS.replace("<item>", media, 1).encode())
    assert isinstance(whole, Document)
    assert [resource.source for resource in read(whole, SETTINGS).article.resources] == ["https://quay.example/a.jpg"]


def test_json_feed_is_a_feed() -> None:
    whole, link = open_container(JSON_FEED)
    assert isinstance(whole, Document)
    assert (whole.title, whole.published, whole.tags) == ("Fog", "2024-05-17T09:30:00Z", ("boats",))
    assert bare(link) == LinkedPage("https://quay.example/more")


def test_what_a_feed_holds_is_no_more_than_html() -> None:
    """Nothing in an entry can close the page that it is put into."""
    evil = RSS.replace("Ferries &amp;amp; fog", "&lt;/title&gt;&lt;script&gt;x()&lt;/script&gt;")
    (whole, *_) = open_container(evil.encode())
    assert isinstance(whole, Document)
    assert b"<script" not in whole.data


LISTS = {
    "feeds.opml": [LinkedPage("https://quay.example/feed"), LinkedPage("https://page.example/")],
    "bookmarks.html": [
        LinkedPage("https://quay.example/fog", "Ferries in the fög", tags=("fog", "boats")),
        LinkedPage("https://hafen.example/"),
    ],
    "pocket.html": [LinkedPage("https://quay.example/fog", "Fog", tags=("boats",))],
    "instapaper.csv": [
        LinkedPage("https://quay.example/fog?a=1,2", "Fog, again", tags=("boats",)),
        LinkedPage("https://hafen.example/"),
    ],
    "pocket.csv": [LinkedPage("https://quay.example/fog", "Fog", tags=("boats", "fog"))],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_pages_gives_its_links(name: str) -> None:
    assert open_container(read_data(name).encode()) == LISTS[name]


def test_wallabag_brings_what_it_fetched() -> None:
    entries = [
        {
            "is_archived": 0,
            "is_starred": 0,
            "title": "Fog",
            "url": "https://quay.example/fog",
            "content": f"<p>{LONG}</p>",
        }
        | {
            "language": "en_GB",
            "published_at": "2024-05-17T09:30:00+0000",
            "published_by": ["Ann Lee"],
            "tags": ["boats"],
        },
        {"is_archived": 1, "title": "Gone", "url": "https://quay.example/gone", "content": None, "tags": []},
        {"is_archived": 1, "title": None, "url": None, "content": ""},
    ]
    whole, link, lost = open_container(json.dumps(entries).encode())
    assert isinstance(whole, Document)
    said = read(whole, SETTINGS).article.metadata
    assert (said.title, said.authors, said.language) == ("Fog", ("Ann Lee",), "en-GB")
    assert (said.published, said.tags) == ("2024-05-17T09:30:00+00:00", ("boats",))
    assert link == LinkedPage("https://quay.example/gone", "Gone")
    assert isinstance(lost, SourceError)


MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quay.example/fog\r\nSubject: Fog\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----X"\r\n\r\n'
    b"------X\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b"Content-Location: https://quay.example/fog\r\n\r\n"
    b'<html><head><meta charset=3D"utf-8"><title>Fog</title></head><body><article><h1>Fog</h1>'
    + f"<p>{LONG}</p>".encode().replace(b"=", b"=3D")
    + b'<figure><img src=3D"/img/a.png" srcset=3D"/img/a.png 1x, /img/b.png 2x" width=3D"640">'
    b"<figcaption>The quay at n=C3=A4ne</figcaption></figure>"
    + f"<p>{LONG}</p></article></body></html>\r\n".encode()
    + b"------X\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n"
    b"Content-Location: https://quay.example/img/a.png\r\n\r\n" + PNG + b"\r\n------X--\r\n"
)


def test_mhtml_is_the_page_with_its_pictures() -> None:
    (page,) = open_container(MHTML, "fog.mhtml")
    assert isinstance(page, Document)
    assert page.url == "https://quay.example/fog"
    article = read(page, SETTINGS).article
    (figure,) = (block for block in article.blocks if isinstance(block, Figure))
    assert block_text(figure) == "The quay at näne"
    (picture,) = (resource for resource in article.resources if resource.name == figure.image)
    assert picture.data == PNG


def make_warc(*, gzipped: bool, pages: dict[str, tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a test"}))
    for url, (kind, body) in pages.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers))
    missing = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record("https://quay.example/x", "response", io.BytesIO(b"gone"), http_headers=missing)
    )
    return target.getvalue()


PAGES = {
    "https://quay.example/fog": (
        "text/html; charset=iso-8859-1",
        f'<h1>Fög</h1><p>{LONG}</p><figure><img src="a.png" alt="The quay"></figure><p>{LONG}</p>'.encode("latin-1"),
    ),
    "https://quay.example/a.png": ("image/png", PNG),
    "https://quay.example/frame": ("text/html", b"<p>An advertisement."),
}


@pytest.mark.parametrize("gzipped", [True, False])
def test_warc_holds_pages_and_their_pictures(gzipped: bool) -> None:
    first, second = open_container(make_warc(gzipped=gzipped, pages=PAGES), "a.warc")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.url, second.url) == ("https://quay.example/fog", "https://quay.example/frame")
    article = read(first, SETTINGS).article
    assert article.metadata.title == "Fög"
    assert [resource.data for resource in article.resources] == [PNG]


def change_length(archive: bytes, by: int) -> bytes:
    """Return an uncompressed archive whose second record, a page, states another length."""
    head, _, rest = archive.partition(b"WARC-Target-URI")
    stated = re.search(rb"Content-Length: (\d+)", rest)
    assert stated
    return head + b"WARC-Target-URI" + rest.replace(stated[0], b"Content-Length: %d" % (int(stated[1]) + by), 1)


@pytest.mark.parametrize("by", [-300, -2, 20, 100_000])
def test_a_record_of_another_length_than_stated_is_told(by: int, capfd: pytest.CaptureFixture[str]) -> None:
    lines = "<p>Fog came in.</p>\n" * 60
    pages = {
        "https://quay.example/fog": ("text/html", f"<h1>Fog</h1><p>{LONG}</p>{lines}".encode()),
        "https://quay.example/rain": ("text/html", f"<h1>Rain</h1><p>{LONG}</p>".encode()),
    }
    first, *_ = open_container(change_length(make_warc(gzipped=False, pages=pages), by), "a.warc")
    assert isinstance(first, Document)
    assert first.url == "https://quay.example/fog"
    assert "is wrong: its end, or what follows it, may be missing" in first.notices[0].text
    assert capfd.readouterr() == ("", "")


def test_wacz_says_which_of_its_answers_are_pages() -> None:
    lines = b'{"format": "json-pages-1.0"}\n{"url": "https://quay.example/fog", "title": "Fog"}\n'
    files = {
        "archive/data.warc.gz": make_warc(gzipped=True, pages=PAGES),
        "pages/pages.jsonl": lines,
        "datapackage.json": b"{}",
    }
    (page,) = open_container(make_zip(files, stored="archive/data.warc.gz"), "a.wacz")
    assert isinstance(page, Document)
    assert page.url == "https://quay.example/fog"


def make_chapter(title: str, body: str, kind: str = "chapter") -> str:
    return (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f'<head><title/></head><body epub:type="{kind}"><h1>{title}</h1>{body}</body></html>'
    )


def make_book(**more: str | bytes) -> bytes:
    files: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": read_data("book.opf"),
        "OEBPS/nav.xhtml": make_chapter(
            "Contents", '<nav><ol><li><a href="text/b.xhtml#x">The second</a></li></ol></nav>'
        ),
        "OEBPS/text/title.xhtml": make_chapter("Tales of the Quay", "", "titlepage"),
        "OEBPS/text/a b.xhtml": make_chapter(
            "One", f'<p>{LONG}</p><p><img src="../img/a.png" alt="The quay"/></p><p>{LONG}</p>'
        ),
        "OEBPS/text/b.xhtml": make_chapter("", f"<p>A&nbsp;word. {LONG}</p>"),
        "OEBPS/img/a.png": PNG,
    }
    return make_zip({**files, **{name.replace("__", "/"): data for name, data in more.items()}}, stored="mimetype")


def test_a_chapter_that_the_spine_names_again_is_an_article_once() -> None:
    package = read_data("book.opf")
    again = package.replace("</spine>", re.findall(r"<itemref [^>]*/>", package)[-1] * 1_000 + "</spine>")
    assert again != package
    assert len(open_container(make_book(**{"OEBPS__book.opf": again}))) == 2


def test_each_chapter_of_a_book_is_an_article() -> None:
    one, two = open_container(make_book(), "tales.epub")
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert one.name == "tales.epub:OEBPS/text/a b.xhtml"
    article = read(one, SETTINGS).article
    said = article.metadata
    assert (said.title, said.authors, said.site) == ("One", ("Ann Lee",), "Tales of the Quay")
    assert (said.language, said.published) == ("en-GB", "2024-05-17")
    assert [type(block) for block in article.blocks] == [Paragraph, Figure, Paragraph]
    assert [resource.data for resource in article.resources] == [PNG]
    assert not any(isinstance(block, Heading) for block in article.blocks)
    second = read(two, SETTINGS).article
    assert second.metadata.title == "The second"
    assert block_text(second.blocks[0]).startswith("A\xa0word. The ferry")


def test_a_damaged_picture_costs_no_chapter() -> None:
    data = make_book()
    place = data.index(PNG[100:140])
    one, _ = open_container(data[:place] + bytes(40) + data[place + 40 :])
    assert isinstance(one, Document)
    assert read(one, SETTINGS).article.resources == ()


def test_a_book_that_is_locked_is_an_error() -> None:
    locked = '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></EncryptedData></encryption>'
    (error,) = open_container(make_book(**{"META-INF__encryption.xml": locked}))
    assert isinstance(error, SourceError)
    assert "protected" in error.cause


def test_a_zip_is_searched_as_a_folder_is() -> None:
    files = {"b.md": "# B", "a/c.txt": "Words.", "a/.x.txt": "x", "__MACOSX/b.md": "x", "a.png": PNG, "e.html": " "}
    found = open_container(make_zip(files), "a.zip")
    assert [getattr(item, "name", "error") for item in found] == ["a.zip:a/c.txt", "a.zip:b.md", "error"]


@pytest.mark.parametrize(
    "data",
    [
        b"Words of an article, with a url in it, and a title.",
        b"<!DOCTYPE html><html><head><title>News</title></head><body><p>An RSS feed: &lt;rss version></body></html>",
        b"# A title\n\nWords.",
        b'{"schema": 1, "metadata": {}, "blocks": []}',
        b"From: Ann\nTo: Bo\n\nA letter.",
        b"name,age\nAnn,7\n",
        b"\x1f\x8b\x08\x00 and so on",
        make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    ],
)
def test_an_article_is_no_container(data: bytes) -> None:
    assert find_kinds(Document("a", data)) == []


BILLION = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "' + b"x" * 1000 + b'">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 50) for n in range(8)
) + b"]><rss><channel><item><title>&i;</title><link>https://a.example/</link></item></channel></rss>"  # fmt: skip
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<rss><channel><item><title>[&secret;]</title><link>https://a.example/</link></item></channel></rss>"""


@pytest.mark.parametrize("data", [BILLION, OUTSIDE], ids=["billion laughs", "external entity"])
def test_entities_stay_unread(data: bytes) -> None:
    (item,) = open_container(data)
    assert isinstance(item, LinkedPage | SourceError)
    if isinstance(item, LinkedPage):
        assert item.title in ("&i;", "[&secret;]")


@pytest.mark.parametrize(
    "data",
    [
        b"<rss>" + b"<a>" * 100_000,
        b"<opml>" + b"<outline>" * 100_000,
        b"<feed></feed>",
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000,
        b'[{"url": "https://a.example/", "is_archived": 1}, ' + b"[" * 100_000,
        b"title,url\nno,page\n",
        read_data("bookmarks.html").replace("https:", "about:").encode(),
        MHTML[:200],
        make_warc(gzipped=True, pages={}),
        make_warc(gzipped=True, pages=PAGES)[:300],
        make_book()[:-200],
        make_zip({"META-INF/container.xml": "<container/>"}),
        make_zip({"a.png": PNG}),
        b"PK\x03\x04" + bytes(1000),
    ],
)
def test_what_is_damaged_is_an_error(data: bytes) -> None:
    (error,) = open_container(data)
    assert isinstance(error, SourceError)
    assert error.remedy


DENSE = bytes(30_000_000)
LOOSE = random.Random(1).randbytes(600_000)


@pytest.mark.parametrize("kind", ["zip", "book", "warc", "images"])
@pytest.mark.parametrize(
    ("bomb", "cause"), [(DENSE, "it unpacks to over 200 times its size"), (LOOSE, "it is over 1,000,000 bytes")]
)
def test_a_bomb_is_an_error(kind: str, bomb: bytes, cause: str) -> None:
    page = {"https://a.example/": ("text/html", bomb), "https://a.example/b": ("text/html", bomb)}
    data = {
        "zip": lambda: make_zip({"a.txt": bomb, "b.txt": bomb}),
        "book": lambda: make_book(**{"META-INF__container.xml": bomb * 2}),
        "warc": lambda: make_warc(gzipped=True, pages=page),
        "images": lambda: make_book(**{"OEBPS__img__a.png": bomb * 2}),
    }[kind]()
    found = open_container(data, settings=InputSettings(largest=1_000_000))
    errors = [item for item in found if isinstance(item, SourceError)]
    assert f"TooLarge: {cause}" in errors[0].cause


def test_records_that_nobody_reads_are_no_bomb_either() -> None:
    data = gzip.compress(b"WARC/1.0\r\n" + b"a" * 50_000_000)
    (error,) = open_container(data)
    assert isinstance(error, SourceError)
    assert "TooLarge" in error.cause


@pytest.mark.parametrize(
    "data",
    [
        MHTML.replace(b"Content-Location: https://", b"Content-Location: https://["),
        make_warc(gzipped=False, pages={"": ("text/html", b"<p>Words.")}).replace(b"WARC-Target-URI", b"WARC-Nothing"),
    ],
)
def test_odd_addresses_cost_no_other_source(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(data)
    (tmp_path / "good.txt").write_text("Words.")
    *_, last = open_documents([str(tmp_path / "odd"), str(tmp_path / "good.txt")], SETTINGS)
    assert isinstance(last, Document)


def test_archives_within_archives_end() -> None:
    data = make_zip({"a.txt": "Words."})
    for _ in range(8):
        data = make_zip({"a.zip": data, "b.epub": data})
    found = [str(item) for item in open_standard_input(data)]
    assert found
    assert all("NestingError" in item or "TooLarge" in item for item in found)


def open_standard_input(data: bytes) -> Iterator[Document | SourceError]:
    return open_documents(["-"], SETTINGS, io.BytesIO(data))


@pytest.mark.usefixtures("no_waiting")
def test_links_are_followed_each_once(server: Server, tmp_path: Path) -> None:
    """An outline names a feed twice; the feed names itself, a page, and a page that is gone."""
    at = server.address
    outline = f'<opml><body><outline xmlUrl="{at}/feed"/><outline xmlUrl="{at}/feed"/></body></opml>'
    items = "".join(f"<item><title>{name}</title><link>{at}/{name}</link></item>" for name in ("feed", "page", "gone"))
    server.pages["/feed"] = (
        200,
        {"Content-Type": "application/rss+xml"},
        f"<rss><channel>{items}</channel></rss>".encode(),
    )
    server.pages["/page"] = (200, {"Content-Type": "text/html"}, b"<p>Words.")
    (tmp_path / "feeds.opml").write_text(outline)
    found = list(open_documents([str(tmp_path / "feeds.opml")], SETTINGS))
    assert [item.name if isinstance(item, Document) else item.cause for item in found] == [
        f"{at}/page",
        "HTTP 404: Not Found",
    ]
    assert server.paths == ["/feed", "/page", "/gone"]
    assert isinstance(found[0], Document)
    assert found[0].title == "page"
