"""Real clients read what is published: podcast apps, parsers, the catalogues of e-readers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import feedparser
import podcastparser
import pytest

from exporter.facts import Facts
from tests.ebook.browser import reported
from tests.publishing.conftest import Script
from tests.publishing.shelf_builders import FILES, add_work, publish_to

TWO = ("Ann Mill", "Bo Weir")


def fill(folder: Path, count: int = 3) -> None:
    for number in range(count):
        facts = Facts(title=f"Title {number}", authors=TWO, seconds=61.0, language=("en", "de")[number % 2])
        add_work(folder, number, facts, FILES | {".readaloud.epub": b"read aloud"})


def test_one_added_one_retitled_and_an_upgrade_are_one_new_episode(
    tmp_path: Path, address: str, gpo: Callable[..., str]
) -> None:
    site = tmp_path / "site"
    fill(site)
    publish_to(site, url=address)
    gpo("subscribe", f"{address}feed.xml")
    assert "3 new episodes" in gpo("pending")
    gpo("download")
    downloads = sorted((tmp_path / "gpodder" / "Downloads").rglob("*.mp3"))
    assert [path.read_bytes() for path in downloads] == [FILES[".mp3"]] * 3
    add_work(site, 0, Facts(title="Another title", seconds=70.0), FILES | {".mp3": b"ID3 longer sound"})
    add_work(site, 3)
    publish_to(site, url=address)
    assert "1 new episode" in gpo("update")
    assert "Title 3" in gpo("pending")


def test_gpodder_follows_the_archive_pages(tmp_path: Path, address: str, gpo: Callable[..., str]) -> None:
    site = tmp_path / "site"
    fill(site, 7)
    publish_to(site, url=address, limit=2)
    gpo("subscribe", f"{address}feed.xml")
    assert "7 new episodes" in gpo("pending")


def test_parsers_of_python_see_every_episode(tmp_path: Path) -> None:
    fill(tmp_path)
    publish_to(tmp_path)
    parsed = feedparser.parse((tmp_path / "feed.xml").read_bytes())
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == ["Title 2", "Title 1", "Title 0"]
    assert parsed.entries[0].enclosures[0].length == str(len(FILES[".mp3"]))
    with (tmp_path / "feed.xml").open("rb") as file:
        podcast = podcastparser.parse("https://me.example/reading/feed.xml", file)
    assert [episode["total_time"] for episode in podcast["episodes"]] == [61, 61, 61]
    assert all(episode["enclosures"] for episode in podcast["episodes"])
    assert not feedparser.parse((tmp_path / "opds.xml").read_bytes()).bozo


def test_parsers_of_podcasting_see_the_new_tags(tmp_path: Path, run_script: Script) -> None:
    fill(tmp_path)
    publish_to(tmp_path)
    seen = run_script("parse_podcast.mjs", tmp_path / "feed.xml")
    assert seen["partytime"]["guid"]
    for item, other in zip(seen["partytime"]["items"], seen["rss"], strict=True):
        assert item["guid"] == other["guid"]
        assert item["enclosure"]["url"] == other["enclosure"]["url"]
        assert [script["type"] for script in item["podcastTranscripts"]] == ["application/json", "text/vtt"]
        assert item["podcastChapters"]["type"] == "application/json+chapters"
        assert [person["name"] for person in item["podcastPeople"]] == list(TWO)


def test_thorium_sees_all_authors_and_the_plain_book_first(tmp_path: Path, run_script: Script) -> None:
    fill(tmp_path)
    publish_to(tmp_path)
    seen = run_script("parse_catalogue.cjs", tmp_path / "opds.xml")
    assert [work["title"] for work in seen] == ["Title 2", "Title 1", "Title 0"]
    assert all(work["authors"] == list(TWO) for work in seen)
    assert all(work["types"] == ["application/epub+zip"] * 2 + ["audio/mpeg"] for work in seen)


@pytest.mark.browser
def test_readest_sees_works_and_facets_and_no_navigation(tmp_path: Path, chromium: str, engine: Path) -> None:
    fill(tmp_path / "site")
    publish_to(tmp_path / "site")
    shutil.copytree(engine, tmp_path / "engine")
    shutil.copy(Path(__file__).with_name("read_catalogue.html"), tmp_path)
    (seen,) = reported(chromium, tmp_path, "read_catalogue.html")
    assert [work["title"] for work in seen["works"]] == ["Title 2", "Title 1", "Title 0"]
    assert all(work["authors"] == list(TWO) for work in seen["works"])
    assert seen["facets"] == ["Language"]
    assert seen["navigation"] == 0
