"""Which reader a document gets, and what none of them reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import registry
from exporter.article import Metadata, to_json
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError, UsageError
from exporter.readers import Read, read
from tests.builders import article

SETTINGS = InputSettings()
PAGE = b"<!DOCTYPE html><html><head><title>A title</title></head><body><p>Words of a paragraph.</p></body></html>"
MARKED = b"# A title\n\n*By Ann Lee* | 17 May 2024\n\nWords of a *paragraph*.\n"
PLAIN = b"A title\n\nBy Ann Lee\n\nWords of a paragraph, and then some more of them.\n"


def chosen(document: Document) -> str:
    return next(name for name in registry.TABLE["readers"] if registry.load("readers", name).recognises(document))


@pytest.mark.parametrize(
    ("data", "reader"),
    [(PAGE, "html"), (MARKED, "markdown"), (PLAIN, "text"), (PLAIN.decode().encode("utf-16"), "text")],
)
@pytest.mark.parametrize("name", ["a", "-", "a.txt", "a.dat"])
def test_content_chooses_the_reader(name: str, data: bytes, reader: str) -> None:
    assert chosen(Document(name, data)) == reader


def test_the_user_may_choose_another() -> None:
    assert "<title>" in str(read(Document("a.html", PAGE), InputSettings(reader="text")).article)


def test_a_reader_that_nobody_has_is_a_wrong_use() -> None:
    with pytest.raises(UsageError, match="Did you mean 'markdown'"):
        read(Document("a.md", MARKED), InputSettings(reader="markdwon"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", "an office document"),
        (bytes(60) + b"BOOKMOBI" + bytes(100), "a Kindle book"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
        (bytes(range(256)) * 4, "no text"),
        (b"\x7fELF" + bytes(100), "a program"),
        (b"Text, and then \x00\x01\x02\x03\x04\x05\x06\x07", "no text"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_what_is_no_text_is_an_error_that_says_what_it_is(name: str, data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=f"UnknownFormat: it is .*{words}"):
        read(Document(name, data), SETTINGS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_in_any_encoding_is_text(encoding: str) -> None:
    words = "Das Café öffnet um neun, und der Zug fährt über die Brücke. " * 3
    assert "Café" in str(read(Document("a.txt", words.encode(encoding)), SETTINGS).article.blocks)


@pytest.mark.parametrize(
    ("document", "title", "source"),
    [
        (Document("notes/old_swing-bridge.json", b""), "Old swing bridge", "notes/old_swing-bridge.json"),
        (Document("-", b""), "Untitled", None),
        (Document("x", b"", url="https://a.example/a%20page/the-bridge.html?x=1"), "The bridge", "https://a.example/a%20page/the-bridge.html?x=1"),
        (Document("x", b"", url="https://a.example/", title="Said by the feed"), "Said by the feed", "https://a.example/"),
        (Document("2024.json", b""), "Untitled", "2024.json"),
    ],
)  # fmt: skip
def test_every_article_has_a_title_and_a_source(document: Document, title: str, source: str | None) -> None:
    data = to_json(article("Words.", title=""))
    found = read(Document(document.name, data, document.url, title=document.title), SETTINGS).article.metadata
    assert (found.title, found.source) == (title, source)


def test_another_packages_reader_is_asked_before_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that brings a reader: really installed metadata, found through the entry points of the path."""
    (tmp_path / "roman.py").write_text(
        "from exporter.article import Article, Metadata\nfrom exporter.readers import Read\n"
        "def recognises(document): return document.data.startswith(b'ROMAN')\n"
        "def read(document, settings): return Read(Article(Metadata(title='Read by another'), ()))\n"
    )
    metadata = tmp_path / "roman-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: roman\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[exporter.readers]\nroman = roman\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = read(Document("a.roman", b"ROMAN \x00\x01\x02"), SETTINGS)
    assert isinstance(found, Read)
    assert found.article.metadata == Metadata(title="Read by another", source="a.roman")
