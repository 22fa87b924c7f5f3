"""Pages: what they and their sites are called."""

from __future__ import annotations

import pytest

from tests.readers.test_html import DAYS, parsed

CALLED = [
    ("The mill in May — The Daily Mill", "<h1>The mill in May</h1>", "The mill in May", "The Daily Mill"),
    ("The mill in May | The Daily Mill", "", "The mill in May", "The Daily Mill"),
    ("The mill in May | The Daily Mill | The Daily Mill", "", "The mill in May", "The Daily Mill"),
    ("The Daily Mill - The mill in May", "", "The mill in May", "The Daily Mill"),
    ("The Daily Mill: The mill in May", "<h1>The mill in May</h1>", "The mill in May", "The Daily Mill"),
    ("The mill in May: why it turns", "<h1>The mill in May</h1>", "The mill in May", "dailymill.example"),
    ("Der Mai in der Mühle » DailyMill.example", "", "Der Mai in der Mühle", "DailyMill.example"),
    ("The mill in May - by Ann Lee - Letters", "<h1>The mill in May</h1>", "The mill in May", "dailymill.example"),
    ("Old mills - Mill Forum", "<h1>Mill Forum</h1><h2>Old mills</h2>", "Old mills", "dailymill.example"),
    ("Valley Diary: Old mills", "<h1>Valley Diary</h1><h3>Old mills</h3>", "Old mills", "dailymill.example"),
    ("The mill in May | Mill News", "<h1>The mill in May</h1><h2>Mill News</h2>", "The mill in May",
     "dailymill.example"),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "heading", "title", "site"), CALLED)
def test_the_name_of_the_site_is_no_part_of_the_title(whole: str, heading: str, title: str, site: str) -> None:
    page = f"<!DOCTYPE html><html><head><title>{whole}</title></head><body><nav>Home</nav>{heading}{DAYS}</body></html>"
    metadata = parsed(page, url="https://dailymill.example/2024/mill").article.metadata
    assert (metadata.title, metadata.site) == (title, site)


def test_the_section_before_the_site_s_name_goes_too() -> None:
    head = '<meta property="og:site_name" content="The Daily Mill"><meta property="article:section" content="Culture">'
    page = f"<!DOCTYPE html><html><head><title>Old mills | Culture | The Daily Mill</title>{head}</head><body>{DAYS}"
    assert parsed(page).article.metadata.title == "Old mills"


def test_of_several_articles_in_a_page_s_data_its_own_is_read() -> None:
    other = (
        '{"@type": "NewsArticle", "headline": "The pond in June", "author": "Bo Chan", "datePublished": "2020-01-01"}'
    )
    own = '{"@graph": [{"@type": "NewsArticle", "headline": "The mill in May", "author": "Ann Lee"}]}'
    scripts = "".join(f'<script type="application/ld+json">{data}</script>' for data in (other, own))
    page = f"<!DOCTYPE html><html><head>{scripts}</head><body><h1>The mill in May</h1>{DAYS}</body></html>"
    assert parsed(page).article.metadata.authors == ("Ann Lee",)


OPENINGS = [
    ('<header><h1>Old mills</h1><p>They turn again, after forty years of rest in the weeds.</p></header>', True),
    ("<header><h1>Old mills</h1><h2>They turn again, after forty years of rest.</h2></header>", True),
    ("<header><h1>Old mills</h1><p>Ann has written of mills and of ponds for more than ten years now.</p></header>",
     False),
    ("<header><h1>Old mills</h1><p>Subscribe</p></header>", False),
]  # fmt: skip


@pytest.mark.parametrize(("above", "kept"), OPENINGS)
def test_what_stands_under_the_title_opens_the_article(above: str, kept: bool) -> None:
    head = '<title>Old mills</title><meta name="author" content="Ann Lee">'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><nav>Home</nav>{above}<div>{DAYS * 3}</div></body></html>"
    first = parsed(page).article.blocks[0]
    assert ("On day 0" not in str(first)) is kept


def test_what_opens_the_article_twice_is_read_once() -> None:
    twice = "<p>They turn again, after forty years of rest in the weeds by the pond, and nobody knows why they do.</p>"
    above = f"<header><h1>Old mills</h1>{twice}</header>"
    head = f'<title>Old mills</title><meta name="description" content="{twice[3:-4]}">'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><nav>Home</nav>{above}<div>{twice}{DAYS}"
    assert [str(block).count("They turn") for block in parsed(page).article.blocks[:2]] == [1, 0]
