"""The catalogue: the newest works first, pages, facets, and links that hold under any address."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlparse

import pytest
from lxml import etree

from exporter.facts import Facts
from tests.publishing.shelf_builders import FILES, add_work, publish_to

ATOM = {"a": "http://www.w3.org/2005/Atom", "d": "http://purl.org/dc/terms/", "o": "http://opds-spec.org/2010/catalog"}
FULL = Facts(
    title="The tide mill",
    authors=("Ann Mill", "Bo Weir"),
    published="2021-08-08T12:55:00-04:00",
    language="en-GB",
    site="The Averill Observer",
    section="Places",
    tags=("mills", "Places"),
    address="https://example.org/mill",
    description="It turned.",
)


def read_feed(path: Path) -> etree._Element:
    return etree.parse(path).getroot()


def links(element: etree._Element) -> list[tuple[str, str]]:
    found = element.findall("a:link", ATOM)
    return [(link.get("rel").removeprefix("http://opds-spec.org/"), link.get("href")) for link in found]


def test_an_entry_says_all_that_a_reader_shows(tmp_path: Path) -> None:
    files = {".epub": b"book", ".readaloud.epub": b"aloud", ".mp3": b"ID3", ".html": b"<p>"}
    add_work(tmp_path, 1, FULL, files)
    publish_to(tmp_path, ["opds"])
    (entry,) = read_feed(tmp_path / "opds.xml").findall("a:entry", ATOM)
    assert entry.findtext("a:id", None, ATOM).startswith("urn:uuid:")
    assert entry.findtext("a:published", None, ATOM) == "2021-08-08T16:55:00Z"
    assert entry.findtext("d:issued", None, ATOM) == "2021-08-08"
    assert entry.findtext("d:language", None, ATOM) == "en-GB"
    assert entry.findtext("d:publisher", None, ATOM) == "The Averill Observer"
    assert [name.text for name in entry.findall("a:author/a:name", ATOM)] == ["Ann Mill", "Bo Weir"]
    assert [category.get("term") for category in entry.findall("a:category", ATOM)] == ["Places", "mills"]
    found = links(entry)
    assert ("alternate", "work-1.html") in found
    assert [href for relation, href in found if relation == "acquisition/open-access"] == [
        *("work-1.epub", "work-1.readaloud.epub", "work-1.mp3")
    ]
    assert [relation for relation, href in found if href.endswith(".jpg")] == ["image", "image/thumbnail"]


def test_the_root_is_an_acquisition_feed_of_the_newest_without_navigation(tmp_path: Path) -> None:
    for number in range(120):
        add_work(tmp_path, number)
    publish_to(tmp_path, ["opds"])
    feed = read_feed(tmp_path / "opds.xml")
    titles = [title.text for title in feed.findall("a:entry/a:title", ATOM)]
    assert titles == [f"Title {number}" for number in range(119, 69, -1)]
    found = dict(links(feed))
    assert found["self"] == found["start"] == found["sort/new"] == "opds.xml"
    assert all("kind=acquisition" in link.get("type") for link in feed.findall("a:link", ATOM))


def test_next_leads_to_every_work_and_previous_back(tmp_path: Path) -> None:
    for number in range(120):
        add_work(tmp_path, number)
    publish_to(tmp_path, ["opds"])
    name, met, before = "opds.xml", [], ""
    while name:
        feed = read_feed(tmp_path / name)
        found = dict(links(feed))
        assert found.get("previous", "") == before
        met += [entry.text for entry in feed.findall("a:entry/a:id", ATOM)]
        before, name = name, found.get("next", "")
    assert len(set(met)) == 120


def test_all_links_into_the_folder_are_relative_and_lead_to_files(tmp_path: Path) -> None:
    for number in range(60):
        add_work(tmp_path, number, Facts(title=str(number), language=("en", "de")[number % 2], site=f"S{number % 3}"))
    publish_to(tmp_path, ["opds"])
    for path in tmp_path.glob("opds*.xml"):
        for link in read_feed(path).iter(f"{{{ATOM['a']}}}link"):
            assert not urlparse(link.get("href")).scheme
            assert (tmp_path / link.get("href")).is_file()


def test_facets_divide_the_works(tmp_path: Path) -> None:
    for number, language in enumerate(("en", "de", "en")):
        add_work(tmp_path, number, Facts(title=str(number), language=language, site="The same", published="2021"))
    publish_to(tmp_path, ["opds"])
    found = read_feed(tmp_path / "opds.xml").findall("a:link[@rel='http://opds-spec.org/facet']", ATOM)
    group = f"{{{ATOM['o']}}}facetGroup"
    assert [(link.get(group), link.get("title")) for link in found] == [("Language", "de"), ("Language", "en")]
    english = read_feed(tmp_path / found[1].get("href"))
    assert [title.text for title in english.findall("a:entry/a:title", ATOM)] == ["2", "0"]
    active = english.findall(f"a:link[@{{{ATOM['o']}}}activeFacet='true']", ATOM)
    assert [link.get("title") for link in active] == ["en"]


def test_opds_2_has_publications_and_nothing_beside_them(tmp_path: Path) -> None:
    add_work(tmp_path, 1, FULL)
    publish_to(tmp_path, ["opds"])
    document = json.loads((tmp_path / "opds.json").read_text())
    assert sorted(document) == ["links", "metadata", "publications"]
    (publication,) = document["publications"]
    assert publication["metadata"]["author"] == ["Ann Mill", "Bo Weir"]
    assert [link["href"] for link in publication["links"]] == ["work-1.epub", "work-1.mp3"]
    assert publication["links"][0]["size"] == len(FILES[".epub"])
    assert (tmp_path / publication["images"][0]["href"]).is_file()


@pytest.mark.parametrize("suffixes", [[".vtt"], [".txt", ".vtt"]])
def test_a_work_with_nothing_to_download_is_not_in_it(tmp_path: Path, suffixes: list[str]) -> None:
    add_work(tmp_path, 1, files=dict.fromkeys(suffixes, b"x"))
    publish_to(tmp_path, ["opds"])
    assert read_feed(tmp_path / "opds.xml").findall("a:entry", ATOM) == []
