"""Pages: what they and their sites are called."""

from __future__ import annotations

import pytest

from exporter.article import block_text
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


HEADLINES = [
    ("The old mill turns again", "Mill: what to know", "The old mill turns again", "The old mill turns again"),
    ("The old mill turns again", "Mill: what to know", "Mill: what to know", "Mill: what to know"),
    ("The old mill turns again", "Mill: what to know", "", "The old mill turns again"),
    ("Valley: ‘The mill’ turns", "Valley: 'The mill' turns", "Valley: 'The mill' turns", "Valley: ‘The mill’ turns"),
    ("<i>Valley</i><b>The mill turns</b>", "Valley: The mill turns", "Valley: The mill turns",
     "Valley: The mill turns"),
    ("The wa\u00adter mill turns", "The water mill turns", "", "The water mill turns"),
    ("<svg><title>video</title><path d='M0 0h9'/></svg>The mill turns", "The mill turns", "", "The mill turns"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "headline", "og_title", "title"), HEADLINES)
def test_the_page_s_own_headline_goes_before_the_one_for_search_engines(
    heading: str, headline: str, og_title: str, title: str
) -> None:
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{headline}"}}</script>'
    head = f'<title>{headline}</title><meta property="og:title" content="{og_title}">{data}'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><nav>Home</nav><h1>{heading}</h1>{DAYS}</body></html>"
    assert parsed(page).article.metadata.title == title


@pytest.mark.parametrize(
    ("og_title", "whole", "site"),
    [
        ("磨坊今天又转了", "磨坊今天又转了_山谷_磨坊日报", "磨坊日报"),
        ("The mill turns", "The mill turns | Valley | The Daily Mill", "The Daily Mill"),
        ("", "The mill turns | The Daily Mill", "The Daily Mill"),
        ("", "The mill turns: why it does", None),
    ],
)
def test_a_saved_page_is_of_the_site_in_its_title(og_title: str, whole: str, site: str | None) -> None:
    head = f'<title>{whole}</title><meta property="og:title" content="{og_title}">'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><h1>{og_title or 'The mill turns'}</h1>{DAYS}</body></html>"
    assert parsed(page).article.metadata.site == site


def test_a_heading_may_be_the_beginning_of_the_title_for_search_engines() -> None:
    head = '<title>Grinding all day? Lee and Chan on water</title><meta property="og:title" content="Lee: On water">'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><h1>Grinding all day?</h1>{DAYS}</body></html>"
    assert parsed(page).article.metadata.title == "Grinding all day?"


@pytest.mark.parametrize(("holder", "title"), [("article", "Light on the hill"), ("div", "Valley lamp: what to know")])
def test_a_short_heading_is_the_title_if_it_is_the_article_s(holder: str, title: str) -> None:
    head = "<title>Valley lamp: what to know</title>"
    body = f"<nav>Home</nav><{holder}><h1>Light on the hill</h1>{DAYS}</{holder}>"
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    assert parsed(page).article.metadata.title == title


SITES = [
    ("The mill turns | Mill24", "mill24.example", '"Mill24 Website"', "Mill24"),
    ("The mill turns | MILL", "www1.mill.example", '"mill.example"', "MILL"),
    ("The mill turns | Daily Mill", "dailymill.example", '"The Daily Mill"', "The Daily Mill"),
    ("The mill turns | Valley", "dailymill.example", '"Mill Press"', "Mill Press"),
]


@pytest.mark.parametrize(("whole", "host", "publisher", "site"), SITES)
def test_of_several_names_the_site_s_is_that_of_its_host(whole: str, host: str, publisher: str, site: str) -> None:
    data = f'{{"@type":"NewsArticle","headline":"The mill turns","publisher":{publisher}}}'
    head = f'<title>{whole}</title><script type="application/ld+json">{data}</script>'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><h1>The mill turns</h1>{DAYS}</body></html>"
    assert parsed(page, url=f"https://{host}/mill").article.metadata.site == site


def test_a_heading_in_the_article_is_the_title_also_within_an_aside() -> None:
    page = f"<!DOCTYPE html><html><head><title>Mills to see</title></head><body>{{}}{DAYS}"
    heading = "<h1>Twelve old mills of the valley</h1>"
    inner = parsed(page.format(f"<aside><article>{heading}</article></aside>")).article.metadata.title
    outer = parsed(page.format(f"<aside>{heading}</aside>")).article.metadata.title
    assert (inner, outer) == ("Twelve old mills of the valley", "Mills to see")


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


def test_what_stands_between_a_story_and_the_title_again_stays() -> None:
    card = "<h2>The mill in May</h2><ul><li>one sack of rye</li><li>water</li></ul>"
    story = f"<p>{'On day 1 the miller rose before the sun, and walked to the pond by the lane, as ever. ' * 2}</p>" * 2
    inner = f"{story}<h2>How to grind</h2>{story}{card}{DAYS}"
    page = f"<html><body><header><h1>The mill in May</h1></header><article>{inner}</article>"
    texts = [block_text(block) for block in parsed(page).article.blocks]
    assert "How to grind" in texts
