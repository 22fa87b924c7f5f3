"""Pages that are large, and what is meant to cost much: they are read in full, or refused in two lines."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable
from email.message import EmailMessage

import pytest

from exporter.article import Figure
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import read
from tests.sources.test_containers import LONG, PNG, make_book, make_chapter, make_warc, open_container, read_data


@pytest.mark.parametrize("location", ["", "https://quay.example/fog"])
def test_a_page_with_long_pictures_within_is_read(location: str) -> None:
    """A page of 20 MB, which the parser refuses: its pictures are taken out before."""
    pictures = [PNG + bytes((number,)) * 3_000_000 for number in range(5)]
    uris = [f"data:image/png;base64,{base64.b64encode(picture).decode()}" for picture in pictures]
    body = "".join(f"<p>{LONG}</p><img src='{uri}' alt='A quay'>" for uri in (*uris, uris[0]))
    page = f"<html><body><article><h1>Fog</h1>{body}<p>{LONG}</p></article></body></html>"
    article = read(Document("page.html", page.encode(), location=location), InputSettings()).article
    assert [resource.data for resource in article.resources] == pictures
    assert sum(isinstance(block, Figure) for block in article.blocks) == 6


def make_mhtml(html: str, pictures: dict[str, bytes]) -> bytes:
    """Return a page as browsers save it, with its pictures."""
    page = EmailMessage()
    page["Snapshot-Content-Location"] = "https://quay.example/fog"
    page["Subject"] = "Fog"
    page.set_content(html, subtype="html")
    for address, data in pictures.items():
        page.add_related(data, "image", "png", headers=[f"Content-Location: {address}"])
    page.get_payload()[0]["Content-Location"] = "https://quay.example/fog"
    return bytes(page)


def make_page(addresses: Iterable[str]) -> str:
    """Return a page that shows the pictures at some addresses, each with words before it."""
    shown = "".join(f"<p>{LONG}</p><img src='{address}' alt='A quay'>" for address in addresses)
    return f"<html><head><title>Fog</title></head><body><article><h1>Fog</h1>{shown}</article></body></html>"


def test_a_saved_page_may_have_many_megabytes_of_pictures() -> None:
    pictures = {f"https://quay.example/{n}.png": PNG + bytes((n,)) * 1_100_000 for n in range(26)}
    (document,) = open_container(make_mhtml(make_page(pictures), pictures))
    assert isinstance(document, Document)
    article = read(document, InputSettings()).article
    assert [resource.data for resource in article.resources] == list(pictures.values())


@pytest.mark.parametrize("kind", ["mhtml", "warc"])
def test_a_picture_that_is_shown_many_times_is_there_once(kind: str) -> None:
    address = "https://quay.example/a.png"
    page, picture = make_page([address] * 400), PNG + bytes(1_000_000)
    archives = {
        "mhtml": lambda: make_mhtml(page, {address: picture}),
        "warc": lambda: make_warc(
            gzipped=False,
            pages={"https://quay.example/fog": ("text/html", page.encode()), address: ("image/png", picture)},
        ),
    }
    (document,) = open_container(archives[kind]())
    assert isinstance(document, Document)
    assert [part.data for part in document.parts] == [picture]
    article = read(document, InputSettings()).article
    assert [resource.data for resource in article.resources] == [picture]
    assert sum(isinstance(block, Figure) for block in article.blocks) == 400


def test_a_picture_of_all_chapters_counts_once() -> None:
    """Sixty chapters show a picture of a megabyte, and the book may have two."""
    package = read_data("book.opf")
    items = "".join(f'<item id="x{n}" href="text/x{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(60))
    spine = "".join(f'<itemref idref="x{n}"/>' for n in range(60))
    package = package.replace("</manifest>", f"{items}</manifest>").replace("</spine>", f"{spine}</spine>")
    picture = PNG + random.Random(1).randbytes(1_000_000)
    chapter = make_chapter("Fog", f"<p>{LONG}</p><p><img src='../img/a.png' alt='A quay'/></p>")
    chapters: dict[str, str | bytes] = {f"OEBPS/text/x{n}.xhtml": chapter for n in range(60)}
    book = make_book(**chapters, **{"OEBPS/book.opf": package, "OEBPS/img/a.png": picture})
    found = open_container(book, settings=InputSettings(largest=2_000_000))
    assert len([item for item in found if isinstance(item, Document) and item.parts]) == 61
    assert not [item for item in found if not isinstance(item, Document)]
