"""Articles that were written as JSON come back whole."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given

from exporter.article import Article, Figure, Metadata, Resource, to_json
from exporter.article_json import view
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.readers import Read, read, saved_article
from tests.builders import article, articles

SETTINGS = InputSettings()
NOTICES = (Notice("page", "a row of buttons was dropped"),)


@given(articles())
def test_what_show_writes_comes_back_without_loss(whole: Article) -> None:
    document = Document("a.json", json.dumps(view(whole, NOTICES)).encode())
    assert saved_article.recognises(document)
    assert saved_article.read(document, SETTINGS) == Read(whole, NOTICES)


@given(articles())
def test_the_model_itself_comes_back_without_loss(whole: Article) -> None:
    assert saved_article.read(Document("a.json", to_json(whole)), SETTINGS) == Read(whole)


def test_a_picture_comes_back_with_its_bytes() -> None:
    whole = Article(Metadata(), (Figure(image="a.png"),), resources=(Resource("a.png", data=b"\x89PNG\x00\xff"),))
    assert saved_article.read(Document("a.json", json.dumps(view(whole)).encode()), SETTINGS).article == whole


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.png", "img/../../x.png"])
@pytest.mark.parametrize("folder", [None, "/home/somebody/articles"])
def test_a_path_outside_its_folder_is_forgotten(path: str, folder: str | None) -> None:
    whole = Article(Metadata(), (), resources=(Resource("a.png", path=path), Resource("b.png", source="b.png")))
    found = saved_article.read(Document("a.json", to_json(whole), folder=folder), SETTINGS)
    assert found.article.resources == (Resource("a.png"), Resource("b.png", source="b.png"))
    assert [notice.subject for notice in found.notices] == ["a.png"]


def test_a_path_inside_its_folder_is_kept() -> None:
    whole = Article(Metadata(), (), resources=(Resource("a.png", path="/home/somebody/articles/img/a.png"),))
    assert saved_article.read(Document("a.json", to_json(whole), folder="/home/somebody/articles"), SETTINGS) == Read(
        whole
    )


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b'{"schema": 1, "cues": []}',
        b'{"schema": "1", "metadata": {}, "blocks": []}',
        b"Words.",
        b"[" * 10**5,
    ],
)
def test_other_json_is_not_ours_and_never_read_as_prose(data: bytes) -> None:
    assert not saved_article.recognises(Document("a.txt", data))
    with pytest.raises(SourceError):
        read(Document("a.json", data), SETTINGS)


@pytest.mark.parametrize(
    "data",
    [
        b'{"schema": 2, "metadata": {}, "blocks": []}',
        b'{"schema": 1, "metadata": {}, "blocks": [{"kind": "no-such-kind"}]}',
        b'{"schema": 1, "metadata": {}, "blocks": [' + b'{"kind": "aside", "blocks": [' * 300 + b"]}" * 300 + b"]}",
    ],
    ids=["newer", "unknown", "nested"],
)
def test_what_cannot_be_an_article_is_an_error(data: bytes) -> None:
    with pytest.raises(SourceError, match="exporter show --json"):
        read(Document("a.json", data), SETTINGS)


def test_settings_and_carrier_add_what_the_article_lacks() -> None:
    document = Document("a.json", to_json(article("Words.", title="")), title="A feed's title", published="2024-05-17")
    metadata = read(document, InputSettings(language="nl")).article.metadata
    assert metadata == Metadata(title="A feed's title", published="2024-05-17", language="nl", source="a.json")


def test_json_by_any_writer_is_the_same() -> None:
    whole = article("## Heading", "Words.")
    assert msgspec.json.encode(view(whole)) == json.dumps(view(whole), separators=(",", ":")).encode()
