"""Exports of reading lists, and shortcuts to pages: made here in the shapes that the programs write."""

from __future__ import annotations

import json
import plistlib

import pytest

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import read
from exporter.sources import LinkedPage, json_lists
from exporter.sources.reading_lists import parse_date
from tests.sources.test_containers import LONG, make_zip, open_container, read_data

SETTINGS = InputSettings()
FOG = "https://quay.example/fog"
RAIN = "https://quay.example/rain"


def dump(value: object) -> bytes:
    return json.dumps(value).encode()


LINK_LISTS = (
    "karakeep.json linkwarden.json goodlinks.json omnivore.json pinboard.json pocket-api.json omnivore.csv "
    "readwise.csv links-and-labels.csv read-and-unread.html"
).split()
"""Exports of the same two pages: the first is unread."""


@pytest.mark.parametrize("name", LINK_LISTS)
def test_an_export_leads_to_its_pages(name: str) -> None:
    first, second = open_container(read_data(name).encode())
    assert isinstance(first, LinkedPage)
    assert isinstance(second, LinkedPage)
    assert (first.url, second.url, second.title) == (FOG, RAIN, "")
    assert first.tags in (("sea",), ())
    assert first.title in ("Fog", "")


UNREAD = [name for name in LINK_LISTS if name not in ("linkwarden.json", "links-and-labels.csv")]


@pytest.mark.parametrize("name", UNREAD)
def test_what_was_read_may_be_left_out(name: str) -> None:
    found = open_container(read_data(name).encode(), settings=InputSettings(unread=True))
    assert [part.url for part in found if isinstance(part, LinkedPage)] == [FOG]


def test_the_text_in_an_export_is_the_article() -> None:
    note = {"createdAt": 1, "tags": [], "content": {"type": "text", "text": f"{LONG}\n\n{LONG}"}}
    saved = {"url": FOG, "title": "Fog", "tags": ["sea"], "author": "Ann Lee", "publishedAt": "2024-05-17"}
    items = [{"bookmarks": [note, {"url": FOG, "tags": []}]}, [saved | {"content": f"<p>{LONG}</p>"}]]
    for value in items:
        whole, *_ = open_container(dump(value))
        assert isinstance(whole, Document)
        assert LONG[:50].encode() in whole.data
    said = read(whole, SETTINGS).article.metadata
    assert (said.title, said.authors, said.published, said.tags) == ("Fog", ("Ann Lee",), "2024-05-17", ("sea",))


def test_omnivore_has_its_texts_in_files_of_their_own() -> None:
    fog = {"slug": "fog", "title": "Fog", "url": FOG, "labels": ["sea"], "savedAt": "2024-05-17", "author": "Ann Lee"}
    items = [fog, {"slug": "rain", "title": "Rain", "url": RAIN, "labels": [], "savedAt": "2024-05-16T09:00:00Z"}]
    files = {
        "metadata_0_to_2.json": dump(items),
        "content/fog.html": f"<div><p>{LONG}</p></div>",
        "highlights/fog.md": "x",
    }
    whole, link = open_container(make_zip(files))
    assert isinstance(whole, Document)
    said = read(whole, SETTINGS).article.metadata
    assert (said.title, said.authors, said.source) == ("Fog", ("Ann Lee",), FOG)
    assert isinstance(link, LinkedPage)
    assert link.url == RAIN


OTHERS = [
    b'{"name": "a", "repository": {"url": "https://a.example/"}}',
    b'[{"name": "Ann", "url": "https://a.example/"}]',  # people
    b'{"schema": 1, "metadata": {"source": "https://a.example/"}, "blocks": []}',
    b'{"rss": {"channel": {"link": "https://a.example/", "item": [{"link": "https://a.example/", "created": "x"}]}}}',
]


@pytest.mark.parametrize("data", OTHERS)
def test_other_json_is_no_list(data: bytes) -> None:
    assert not json_lists.recognises(Document("a.json", data))


DATES = [
    ("2024-05-17", "2024-05-17"),
    (1715936400, "2024-05-17T09:00:00+00:00"),
    ("1715936400", "2024-05-17T09:00:00+00:00"),
    (1715936400000, "2024-05-17T09:00:00+00:00"),
    ("yesterday", None),
    (None, None),
]


@pytest.mark.parametrize(("value", "expected"), DATES)
def test_dates_are_iso(value: object, expected: str | None) -> None:
    assert parse_date(value) == expected


SHORTCUTS = [
    plistlib.dumps({"URL": FOG}),
    plistlib.dumps({"URL": FOG}, fmt=plistlib.FMT_BINARY),
    f"[InternetShortcut]\r\nURL={FOG}\r\nIconIndex=0\r\n".encode(),
    f"[{{000214A0-0000-0000-C000-000000000046}}]\nProp3=19\n[InternetShortcut]\nURL={FOG}\n".encode(),
    f"[Desktop Entry]\nType=Link\nName=Fog\nURL={FOG}\n".encode(),
]


@pytest.mark.parametrize("data", SHORTCUTS)
def test_a_shortcut_leads_to_its_page(data: bytes) -> None:
    assert open_container(data) == [LinkedPage(FOG)]


@pytest.mark.parametrize(
    "data", [plistlib.dumps({"URL": "file:///etc/passwd"}), b"[InternetShortcut]\nURL=mailto:a@b\n"]
)
def test_a_shortcut_to_something_else_is_an_error(data: bytes) -> None:
    (error,) = open_container(data)
    assert isinstance(error, SourceError)
