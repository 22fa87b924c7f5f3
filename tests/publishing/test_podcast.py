"""The podcast feed, as its standards and directories ask, and as real clients read it."""

from __future__ import annotations

import email.utils
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from lxml import etree
from PIL import Image

from exporter.errors import OutputError
from exporter.facts import Facts
from exporter.publishing.feed_pages import cut_pages
from exporter.publishing.notes import format_html, format_markdown
from exporter.publishing.publish_folder import make_podcast_guid
from exporter.publishing.shelf import open_shelf
from tests.publishing.shelf_builders import FILES, URL, add_work, publish_to

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
FULL = Facts(
    title="The tide mill & <others>",
    authors=("Ann Mill", "Bo Weir"),
    published="2021-08-08",
    language="en-GB",
    site="The Averill Observer",
    address="https://example.org/mill?a=1&b=2",
    description="It turned. " * 600,
    rights="© Ann Mill",
    seconds=3725.4,
    narrators=("synthetic voice (en-US)",),
    chapters=(("Start", 0.0), ("The wheel", 75.0), ("The end", 3605.0)),
    links=(("turned", "https://x.example/?a=1&b=2"),),
)


def read_feed(folder: Path, name: str = "feed.xml") -> etree._Element:
    return etree.parse(folder / name).getroot().find("channel")


def test_an_item_says_all_that_a_client_shows(tmp_path: Path) -> None:
    add_work(tmp_path, 1, FULL, FILES | {".html": b"<p>"})
    publish_to(tmp_path)
    (item,) = read_feed(tmp_path).findall("item")
    assert item.findtext("title") == FULL.title
    assert item.findtext("link") == f"{URL}work-1.html"
    assert item.findtext("pubDate") == "Sun, 01 Nov 2026 00:01:00 GMT"
    assert len(item.findtext("description").encode()) <= 4000
    assert item.findtext("description").endswith("turned.")
    assert item.find("enclosure").attrib == {
        "url": f"{URL}work-1.mp3",
        "length": str(len(FILES[".mp3"])),
        "type": "audio/mpeg",
    }
    assert item.findtext(f"{ITUNES}duration") == "3725"
    transcripts = [(it.get("type"), it.get("rel")) for it in item.findall(f"{PODCAST}transcript")]
    assert transcripts == [("application/json", None), ("text/vtt", "captions")]
    assert item.find(f"{PODCAST}chapters").get("type") == "application/json+chapters"
    assert [it.text for it in item.findall(f"{PODCAST}person")] == ["Ann Mill", "Bo Weir"]
    picture = item.find(f"{ITUNES}image").get("href").removeprefix(URL)
    assert Image.open(tmp_path / picture).size == (1400, 1400)


def test_the_channel_is_private_and_has_its_guid_for_life(tmp_path: Path) -> None:
    add_work(tmp_path, 1)
    publish_to(tmp_path)
    channel = read_feed(tmp_path)
    assert channel.findtext(f"{ITUNES}block") == "Yes"
    assert channel.findtext(f"{PODCAST}locked") == "yes"
    guid = channel.findtext(f"{PODCAST}guid")
    assert guid == make_podcast_guid(URL)
    publish_to(tmp_path, url="https://other.example/", private=False)
    channel = read_feed(tmp_path)
    assert channel.findtext(f"{PODCAST}guid") == guid
    assert channel.find(f"{ITUNES}block") is None
    assert channel.find(f"{ATOM}link").get("href") == "https://other.example/feed.xml"
    assert channel.find(f"{ITUNES}image").get("href").endswith(".jpg")
    assert channel.find(f"{ITUNES}category").get("text") == "News"


def test_the_guid_of_a_podcast_is_made_as_the_standard_says() -> None:
    """Of the feed's address without scheme and trailing slash, whatever the scheme."""
    expected = uuid5(UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), "podnews.net/feed.xml")
    assert make_podcast_guid("https://podnews.net/") == make_podcast_guid("http://podnews.net/") == str(expected)


def test_publishing_again_changes_no_file(tmp_path: Path) -> None:
    for number in range(5):
        add_work(tmp_path, number)
    publishers = ("podcast", "opds", "site", "playlist", "audiobook", "notes")
    assert publish_to(tmp_path, publishers).changed
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()}
    assert publish_to(tmp_path, publishers).changed == ()
    assert before == {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()
    }


def test_one_more_work_changes_the_first_page_only(tmp_path: Path) -> None:
    for number in range(10):
        add_work(tmp_path, number)
    publish_to(tmp_path, ["podcast"], limit=3)
    add_work(tmp_path, 10)
    changed = publish_to(tmp_path, ["podcast"], limit=3).changed
    assert [name for name in changed if name.endswith(".xml")] == ["feed.xml"]


def test_following_next_from_page_to_page_meets_every_episode(tmp_path: Path) -> None:
    for count in range(1, 12):
        add_work(tmp_path, count)
        publish_to(tmp_path, ["podcast"], limit=3)
        name, met, pages = "feed.xml", [], 0
        while name:
            channel = read_feed(tmp_path, name)
            met += [item.findtext("guid") for item in channel.findall("item")]
            links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
            assert links["self"] == URL + name
            name, pages = links.get("next", "").removeprefix(URL), pages + 1
        assert len(set(met)) == count
        assert pages <= -(-count // 3)


def test_pages_are_counted_from_the_oldest(tmp_path: Path) -> None:
    for number in range(7):
        add_work(tmp_path, number)
    pages = cut_pages(open_shelf(tmp_path).works, 3, "feed", ".xml")
    assert [(page.name, [work.stem[-1] for work in page.works]) for page in pages] == [
        ("feed.xml", ["6", "5", "4"]),
        ("feed-2.xml", ["5", "4", "3"]),
        ("feed-1.xml", ["2", "1", "0"]),
    ]


def test_without_an_address_or_sound_there_is_a_notice(tmp_path: Path) -> None:
    add_work(tmp_path, 1)
    add_work(tmp_path, 2, files={".epub": b"book"})
    assert "publish.url" in publish_to(tmp_path, ["podcast"], url="").notices[0].text
    assert not (tmp_path / "feed.xml").exists()
    published = publish_to(tmp_path, ["podcast"])
    assert [notice.text[:30] for notice in published.notices] == ["1 of 2 works have no sound and"]
    assert len(read_feed(tmp_path).findall("item")) == 1


def test_a_deleted_work_is_off_the_shelf_and_its_pages_go(tmp_path: Path) -> None:
    for number in range(7):
        add_work(tmp_path, number)
    publish_to(tmp_path, ["podcast"], limit=2)
    assert (tmp_path / "feed-3.xml").exists()
    for number in range(5):
        (tmp_path / f"work-{number}.epub").unlink()
    publish_to(tmp_path, ["podcast"], limit=2)
    assert len(read_feed(tmp_path).findall("item")) == 2
    assert not list(tmp_path.glob("feed-*.xml"))


def test_the_newest_comes_first_and_times_are_those_of_adding(tmp_path: Path) -> None:
    for number in (3, 1, 2):
        add_work(tmp_path, number)
    publish_to(tmp_path)
    channel = read_feed(tmp_path)
    assert [item.findtext("title") for item in channel.findall("item")] == ["Title 3", "Title 2", "Title 1"]
    assert channel.findtext("lastBuildDate") == channel.find("item").findtext("pubDate")
    assert email.utils.parsedate_to_datetime(channel.findtext("lastBuildDate"))


def test_notes_have_times_source_credit_and_voice() -> None:
    html, markdown = format_html(FULL), format_markdown(FULL)
    for text in (html, markdown):
        assert "(0:01:15) The wheel" in text
        assert "(1:00:05) The end" in text
        assert "By Ann Mill, Bo Weir" in text
        assert "Read by synthetic voice (en-US)" in text
        assert "© Ann Mill" in text
    assert '<a href="https://x.example/?a=1&amp;b=2">turned</a>' in html
    assert set(etree.fromstring(f"<x>{html}</x>").itertext())
    assert {element.tag for element in etree.fromstring(f"<x>{html}</x>").iter()} <= {"x", "p", "a", "ul", "li"}
    assert "[turned](<https://x.example/?a=1&b=2>)" in markdown
    assert markdown.startswith("# The tide mill & \\<others\\>\n")


@pytest.mark.parametrize("name", ["feed.xml", "opds.xml", "index.html"])
def test_a_file_of_the_user_is_not_replaced(tmp_path: Path, name: str) -> None:
    add_work(tmp_path, 1)
    (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError, match="NotOurs"):
        publish_to(tmp_path, ["podcast", "opds", "site"])
    assert (tmp_path / name).read_text() == "mine"
