"""Whatever a page says of itself, feeds, catalogue, index and notes stay well-formed, and say the same."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from zipfile import ZipFile

import feedparser
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from exporter.facts import Facts
from exporter.publishing.feed_xml import clean_xml_text, cut_text, element
from tests.publishing.shelf_builders import add_work, publish_to

NASTY = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.lists(
        st.sampled_from(["]]>", "<![CDATA[", "&", "<b>", '"', "'", "\0", "\x0b", "\r", "\ufffe", "שלום", "\u202e"])
    ).map("".join),
)
ANY_FACTS = st.builds(
    Facts,
    title=NASTY,
    authors=st.lists(NASTY, max_size=2).map(tuple),
    published=st.one_of(st.none(), NASTY, st.sampled_from(["2021", "0001-01-01T00:00:00+14:00", "9999-12-31"])),
    language=st.sampled_from(["en", "ar", "und"]),
    site=NASTY,
    section=NASTY,
    address=st.one_of(st.just(""), NASTY.map("https://example.org/{}".format)),
    description=NASTY,
    tags=st.lists(NASTY, max_size=2).map(tuple),
    rights=NASTY,
    narrators=st.lists(NASTY, max_size=1).map(tuple),
    chapters=st.lists(st.tuples(NASTY, st.floats(0, 1e5)), max_size=3).map(tuple),
    links=st.lists(st.tuples(NASTY, NASTY), max_size=2).map(tuple),
)


@settings(max_examples=60)
@given(ANY_FACTS)
@example(Facts(title="]]>", description="a]]>b", rights="]]]]>>"))
def test_any_facts_are_published_well_formed(facts: Facts) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        add_work(folder, 1, facts)
        publish_to(folder, ("podcast", "opds", "site", "playlist", "audiobook", "notes"))
        item = etree.parse(folder / "feed.xml").getroot().find("channel/item")
        assert item.findtext("title") == clean_xml_text(facts.title)
        assert not feedparser.parse((folder / "feed.xml").read_bytes()).bozo
        for path in folder.glob("opds*.xml"):
            etree.parse(path)
        json.loads((folder / "opds.json").read_bytes())
        html.fromstring((folder / "index.html").read_bytes())
        with ZipFile(folder / "work-1.audiobook") as book:
            assert json.loads(book.read("manifest.json"))["readingOrder"][0]["href"] == "work-1.mp3"
        lines = (folder / "playlist.m3u8").read_text().splitlines()
        assert [line for line in lines if not line.startswith("#")] == ["work-1.mp3"]


@given(st.text())
def test_any_text_comes_back_from_xml(text: str) -> None:
    """Lone surrogates and the other characters that XML forbids are left out."""
    read = etree.fromstring(element("x", text, {"y": text}).encode())
    assert (read.text or "") == clean_xml_text(text)


@given(st.text(), st.integers(10, 100))
def test_a_text_is_cut_to_bytes(text: str, most: int) -> None:
    cut = cut_text(text, most)
    assert len(cut.encode()) <= most
    assert cut.removesuffix("…") in clean_xml_text(text) or not cut


def test_a_text_is_cut_behind_a_sentence() -> None:
    assert cut_text("One is here. Two is here. Three", 28) == "One is here. Two is here."
    assert cut_text("One word after the other and no end", 20) == "One word after…"
