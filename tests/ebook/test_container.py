"""The archive: the same bytes whenever and wherever it is made, and what devices look for in its package."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import msgspec
import pytest

from exporter import ebook
from exporter.config import Config
from tests.ebook.books import everything, made, member, properties


def test_the_same_articles_make_the_same_bytes_in_any_time_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made([everything(), everything()], tmp_path / "first.epub").read_bytes()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert made([everything(), everything()], tmp_path / "second.epub").read_bytes() == first
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_mimetype_comes_first_and_media_are_stored(tmp_path: Path) -> None:
    with zipfile.ZipFile(made([everything()], tmp_path / "book.epub")) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "mimetype"
    stored = {entry.filename.rpartition(".")[2] for entry in entries if entry.compress_type == zipfile.ZIP_STORED}
    assert stored == {"mimetype", "jpg", "png"}
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_a_book_changed_when_its_article_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = made([everything()], tmp_path / "book.epub")
    assert properties(book, "dcterms:modified") == ["2021-08-08T16:55:00Z"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    book = made([everything()], tmp_path / "book.epub")
    assert properties(book, "dcterms:modified") == ["1970-01-02T00:00:00Z"]


def test_the_package_says_what_the_article_does(tmp_path: Path) -> None:
    package = member(made([everything()], tmp_path / "book.epub"), "EPUB/content.opf")
    said = {
        name: [element.text for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")]
        for name in ("title", "creator", "date", "publisher", "source", "language", "subject", "rights")
    }
    assert said == {
        "title": ['The tide & the <mill>: "A" story'],
        "creator": ["Ana Díaz", "Bo Li"],
        "date": ["2021-08-08T12:55:00-04:00"],
        "publisher": ["The Paper"],
        "source": ["https://example.org/tide"],
        "language": ["en"],
        "subject": ["Science", "sea", "mills"],
        "rights": ["© 2021 The Paper"],
    }
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_book_too_large_to_be_sent_is_noticed(tmp_path: Path) -> None:
    book = msgspec.structs.replace(ebook.build([everything()], Config()), max_bytes=1000)
    (notice,) = ebook.write(book, tmp_path / "a.epub")
    assert "more than can be sent" in notice.text
