"""Pictures and framed pages that come in the same container as a page: found by any address, given once each."""

from __future__ import annotations

import pytest

from exporter.addresses import AddressIndex
from exporter.article import Figure, Image
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import Read, read
from exporter.sources.packed_files import list_addresses
from tests.sources.test_containers import LONG, PNG, make_zip, open_container

SETTINGS = InputSettings()

FOUND = [
    ("a.png", "page.html", "a.png"),
    ("./a.png", "page.html", "a.png"),
    ("../img/a.png", "text/page.html", "img/a.png"),
    ("a%20b.png", "page.html", "a b.png"),
    ("page_files\\a.png", "page.html", "page_files/a.png"),
    ("page_files/a.png?w=640#x", "page.html", "page_files/a.png"),
    ("file:///C:/Users/ann/page_files/a.png", "saved/page.html", "saved/page_files/a.png"),
    ("C:\\Users\\ann\\page_files\\a.png", "page.html", "page_files/a.png"),
    ("/img/a.png", "https://quay.example/fog/", "https://quay.example/img/a.png"),
    ("/img/a.png", "quay/2024/fog.html", "quay/img/a.png"),
    ("//cdn.example/a.png", "https://quay.example/fog", "https://cdn.example/a.png"),
    ("https://quay.example/a.png?w=1", "https://quay.example/fog", "https://quay.example/a.png?w=1"),
    ("cid:a@b", "https://quay.example/fog", "cid:a@b"),
    ("A.png", "notes/page.md", "attachments/a.png"),
]


@pytest.mark.parametrize(("address", "location", "expected"), FOUND)
def test_an_address_means_a_file_of_the_container(address: str, location: str, expected: str) -> None:
    assert AddressIndex(["other/b.png", expected]).find(address, location) == expected


@pytest.mark.parametrize("address", ["", "b.png", "data:image/png;base64,AAAA", "http://[bad", "img/../../../x.png"])
def test_other_addresses_mean_none(address: str) -> None:
    assert AddressIndex(["img/a.png"]).find(address, "page.html") is None


def test_a_name_that_several_files_have_means_none() -> None:
    assert AddressIndex(["x/a.png", "y/a.png"]).find("a.png", "page.md") is None


def test_addresses_are_listed_wherever_they_stand() -> None:
    text = (
        "<img src=\"a.png?x=1&amp;y=2\" srcset='b.png 1x, c.png 2x' data-src=d.png> style=\"url('e f.png')\"\n"
        '![words](g.png "title") ![[h.png|300]] [i]: j.png\n[k]: <l.png>'
    )
    found = set(list_addresses(text))
    assert {"a.png?x=1&y=2", "b.png", "c.png", "d.png", "e f.png", "g.png", "h.png", "l.png"} <= found


def page(picture: str) -> str:
    return (
        f"<html><body><article><h1>Fog</h1><p>{LONG}</p><figure>{picture}</figure><p>{LONG}</p></article></body></html>"
    )


ZIPPED = {
    "beside": {"fog.html": page("<img src=a.png>"), "a.png": PNG},
    "in the browser's folder": {"fog.html": page("<img src=fog_files/a.png>"), "fog_files/a.png": PNG},
    "in a folder with an umlaut": {"nähe.html": page('<img src="n%C3%A4he-Dateien/a.png">'), "nähe-Dateien/a.png": PNG},
    "with backslashes": {"fog.html": page(r"<img src=fog_files\a.png>"), "fog_files/a.png": PNG},
    "among others' folders": {"s/fog.html": page("<img src=../a.png>"), "a.png": PNG, "__MACOSX/._fog.html": b"\0"},
    "of many sizes": {
        "fog.html": page("<picture><source srcset='b.webp 2x'><img src=//a.example/a.png srcset='a.png 1x'></picture>"),
        "a.png": PNG,
    },
    "in Markdown": {"fog.md": f"# Fog\n\n{LONG}\n\n![The quay](img/a.png)\n\n{LONG}", "img/a.png": PNG},
    "as note apps embed it": {"notes/fog.md": f"# Fog\n\n{LONG}\n\n![[a.png]]\n", "attachments/a.png": PNG},
}  # fmt: skip


def read_only(found: list[object]) -> Read:
    (document,) = found
    assert isinstance(document, Document), document
    return read(document, SETTINGS)


@pytest.mark.parametrize("files", ZIPPED.values(), ids=ZIPPED)
def test_a_zip_archive_brings_its_pictures(files: dict[str, bytes | str]) -> None:
    found = read_only(list(open_container(make_zip(files))))
    (resource,) = found.article.resources
    assert (resource.name, resource.data) == ("a.png", PNG)
    shown = [part.image for part in found.article.blocks if isinstance(part, Figure)]
    assert shown == ["a.png"]


def test_pictures_may_be_left_out() -> None:
    (document,) = open_container(make_zip(ZIPPED["beside"]), settings=InputSettings(images=False))
    assert isinstance(document, Document)
    assert document.parts == ()


def test_a_picture_that_is_shown_often_is_kept_once() -> None:
    body = "".join(f"<p>{LONG}</p><img src=./a.png><img src=a.png?{number}>" for number in range(50))
    found = read_only(
        list(open_container(make_zip({"fog.html": f"<article><h1>Fog</h1>{body}</article>", "a.png": PNG})))
    )
    assert len(found.article.resources) == 1
    assert sum(isinstance(block, Figure | Image) for block in found.article.blocks) == 100


def test_pictures_over_the_limit_are_left_out_and_said() -> None:
    files = {"fog.html": page("<img src=a.png><img src=b.png>"), "a.png": PNG, "b.png": PNG + b"x"}
    (document,) = open_container(make_zip(files), settings=InputSettings(largest_pictures=len(PNG) + 5))
    assert isinstance(document, Document)
    assert [part.address for part in document.parts] == ["a.png"]
    assert [notice.subject for notice in document.notices] == ["b.png"]


def test_pages_of_a_browsers_folder_belong_to_its_page() -> None:
    frame = page("")
    files = {"fog.html": page("<iframe src='fog_files/frame.html'></iframe>"), "fog_files/frame.html": frame}
    (document,) = open_container(make_zip(files))
    assert isinstance(document, Document)
    assert [(part.address, part.data) for part in document.parts] == [("fog_files/frame.html", frame.encode())]


def test_what_is_no_article_is_not_taken_from_an_archive() -> None:
    files = {
        "a.md": f"# Fog\n\n{LONG}",
        "b.json": '{"a": 1}',
        "c.css": "p {}",
        "d.dat": "x",
        "README": f"Fog\n\n{LONG}",
    }
    names = [item.name for item in open_container(make_zip(files), "z.zip") if isinstance(item, Document)]
    assert names == ["z.zip:README", "z.zip:a.md"]
