"""Pages: when they were published, and what only looks like it."""

from __future__ import annotations

import pytest

from exporter.article import block_text
from exporter.readers import publication_dates
from tests.readers.test_html import parsed
from tests.readers.test_html_authors import LONG


def published(title: str, below: str = "", *, language: str = "en", url: str = "") -> str | None:
    """The date of a page whose title stands among some lines, in a language and at an address."""
    page = f'<!DOCTYPE html><html lang="{language}"><body><nav>Home</nav><article>{title}{LONG}{below}</article></body>'
    return parsed(page, url=url or "https://mill.example/a").article.metadata.published


HEADING = "<h1>The mill in May</h1>"
SHOWN = [
    (f'{HEADING}<div class="meta">Posted <time datetime="2024-05-03T09:00:00+01:00">3 May</time> by Ann</div>', "",
     "2024-05-03T09:00:00+01:00"),
    (f"{HEADING}<p>3 May 2024</p>", "", "2024-05-03"),
    (f"<div><span>3 May 2024</span></div>{HEADING}", "", "2024-05-03"),
    (f"{HEADING}<p>Published 3 May 2024. Updated 5 May 2024</p>", "", "2024-05-03"),
    (f"{HEADING}<p>Updated 5 May 2024</p>", "", "2024-05-05"),
    (f"{HEADING}<p>Updated 5 May 2024</p>", "<h6>3 May 2024 <i>| Originally published</i></h6>", "2024-05-03"),
    (HEADING, '<p class="date">December 3, 2025.</p>', "2025-12-03"),
    (HEADING, "<p>Published: 3 May 2024</p>", "2024-05-03"),
    (f"{HEADING}<blockquote>We turn! <a>May 3, 2024</a></blockquote>", "", None),
    (f'{HEADING}<figure><img src="//a.example/a.jpg"><figcaption>The mill on May 3, 2024</figcaption></figure>', "",
     None),
    (f'{HEADING}<ul><li itemprop="datePublished" content="2024-05-03T18:41:00+02:00">3. 5. 2024</li></ul>', "",
     "2024-05-03T18:41:00+02:00"),
    (f'{HEADING}<abbr itemprop="datePublished" title="2012-05-03T08:12:00-07:00">8:12 AM</abbr>', "",
     "2012-05-03T08:12:00-07:00"),
    (f'{HEADING}<ul><li><time datetime="2024-05-03">3 May</time> {"The old dam is mended " * 6}</li></ul>', "", None),
    (f"{HEADING}<p>on 14-ago-2024 7:20:30</p>", "", "2024-08-14T07:20:30"),
    (HEADING, "<p>3 May 1911: the first ferry</p>", None),
    (HEADING, "<p>3 May 1911 – the first ferry</p>", None),
    (f"{HEADING}<p>3 May 2024 – Ann Lee</p>", "", "2024-05-03"),
    (f"{HEADING}<dl><dt>Born</dt><dd>3 May 1911</dd></dl>", "", None),
    (f"{HEADING}<dl><dt>Published</dt><dd>3 May 2024</dd></dl>", "", "2024-05-03"),
    (HEADING, "<div class=comment>Bo <time datetime='2024-05-04'>4 May</time><p>So it does.</p></div>", None),
    (HEADING, "<aside><a href=/weir><time datetime='2024-05-04'>4 May</time> The weir leaks</a></aside>", None),
    (f"{HEADING}<a href=/a><time datetime='2024-05-03'>3 May</time></a>", "", "2024-05-03"),
    (f"{HEADING}<a href=/a><time datetime='2024-05-03'>3 May</time><time datetime='2024-05-04'>4 May</time></a>", "",
     "2024-05-03"),
    (f"<div><h2 class=date-header>Friday, 3 May 2024</h2><div><div><div>{HEADING}</div></div></div></div>",
     "", "2024-05-03"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "below", "date"), SHOWN)
def test_a_date_counts_for_what_it_is_called_and_where_it_stands(title: str, below: str, date: str | None) -> None:
    assert published(title, below) == date


LABELLED_TIMES = [
    ("(Updated 6:01 am)", True),
    ("Stand: 09:15 Uhr", True),
    ("Published at 10.15 GMT", True),
    ("6:01 am", False),
    ("The train at 6:01 am", False),
]


@pytest.mark.parametrize(("line", "labelled"), LABELLED_TIMES)
def test_a_time_of_day_with_a_label_alone_is_no_text(line: str, labelled: bool) -> None:
    assert publication_dates.is_labelled_time(line) is labelled
    article = parsed(f"<article><h1>The mill in May</h1><p>{line}</p>{LONG}</article>").article
    assert any(line in block_text(block) for block in article.blocks) is not labelled


STATED = [
    ('<meta name="published_on" content="2024-05-03T09:00:00Z">', "2024-05-03T09:00:00Z"),
    ('<meta property="og:article:published_time" content="2024-05-03">', "2024-05-03"),
    ('<meta name="pubdate" content="20240503T090000+0200">', "2024-05-03T09:00:00+02:00"),
    ('<meta name="pub_date" content="20240503">', "2024-05-03"),
    ('<meta name="publishid" content="2024050398765">', None),
    ('<meta name="dc.date" content="2024-05-04"><meta name="publish-date" content="2024-05-03">', "2024-05-03"),
    ('<meta property="article:modified_time" content="2024-05-03">', None),
    ('<meta name="lastpublished" content="2024-05-03">', None),
]


@pytest.mark.parametrize(("head", "date"), STATED)
def test_an_element_that_says_so_by_its_name_holds_the_date(head: str, date: str | None) -> None:
    assert published(f"{head}{HEADING}") == date


def test_the_date_of_a_page_s_foot_is_not_the_article_s() -> None:
    foot = '<footer><p class="date">3 May 2024</p></footer>'
    page = f"<!DOCTYPE html><html><body><h1>The mill in May</h1>{LONG}{foot}</body></html>"
    assert parsed(page).article.metadata.published is None
    assert parsed(page.replace("<h1>", "<article><h1>")).article.metadata.published == "2024-05-03"


WRITTEN = [
    ("Publié le 3 mai 2024 à 09h15 - Mis à jour le 4 mai 2024 à 10h00", "fr", "2024-05-03T09:15:00"),
    ("Veröffentlicht am 03.05.2024, 09:15 Uhr", "de", "2024-05-03T09:15:00"),
    ("Stand: 03.05.2024, 09:15 Uhr", "de", "2024-05-03T09:15:00"),
    ("3 de mayo de 2024 | 09:15", "es", "2024-05-03T09:15:00"),
    ("03/05/2024 às 09h15", "pt-BR", "2024-05-03T09:15:00"),
    ("3 maggio 2024 alle 09:15", "it", "2024-05-03T09:15:00"),
    ("3 mei 2024 om 09:15", "nl", "2024-05-03T09:15:00"),
    ("3 maj 2024 kl. 09.15", "sv", "2024-05-03T09:15:00"),
    ("3. toukokuuta 2024", "fi", "2024-05-03"),
    ("3 maja 2024, 09:15", "pl", "2024-05-03T09:15:00"),
    ("3 мая 2024, 09:15", "ru", "2024-05-03T09:15:00"),
    ("3 Mayıs 2024 09:15", "tr", "2024-05-03T09:15:00"),
    ("2024년 5월 3일", "ko", "2024-05-03"),
    ("2024年5月3日 09:15", "zh", "2024-05-03T09:15:00"),
    ("٣ مايو ٢٠٢٤", "ar", "2024-05-03"),
    ("May 3rd, 2024 at 9:15 AM ET", "en", "2024-05-03T09:15:00-04:00"),
    ("Fri 3 May 2024 09.15 BST", "en", "2024-05-03T09:15:00+01:00"),
    ("2 days ago", "en", None),
    ("On May 3, 1999, the mill burned down and nobody wept over it.", "en", None),
]


@pytest.mark.parametrize(("line", "language", "date"), WRITTEN)
def test_dates_are_read_as_newspapers_write_them(line: str, language: str, date: str | None) -> None:
    assert published(f"{HEADING}<p>{line}</p>", language=language) == date


ADDRESSES = [
    ("https://mill.example/2024/05/03/the-mill", "2024-05-03"),
    ("https://mill.example/news/2024-05-03-the-mill.html", "2024-05-03"),
    ("https://mill.example/2024/05/the-mill", None),
    ("https://mill.example/2024/13/03/the-mill", None),
]


@pytest.mark.parametrize(("url", "date"), ADDRESSES)
def test_an_address_may_tell_the_day(url: str, date: str | None) -> None:
    assert published(HEADING, url=url) == date


ORDERS = [
    ("03/05/2024", "en-US", "", "2024-03-05"),
    ("03/05/2024", "en-GB", "", "2024-05-03"),
    ("03/05/2024", "fr", "", "2024-05-03"),
    ("03/05/2024", "en", "https://mill.co.uk/a", "2024-05-03"),
    ("03/05/2024", "en", "https://mill.gov/a", "2024-03-05"),
    ("03-05-2024", "en-US", "", "2024-03-05"),
    ("03-05-2024", "en-AU", "", "2024-05-03"),
    ("03.05.2024", "de", "", "2024-05-03"),
    ("13/05/2024", "en-US", "", "2024-05-13"),
]


@pytest.mark.parametrize(("written", "language", "url", "date"), ORDERS)
def test_day_and_month_stand_in_the_order_of_the_country(written: str, language: str, url: str, date: str) -> None:
    assert published(f"{HEADING}<p>{written}</p>", language=language, url=url) == date


def test_a_date_in_words_tells_how_numbers_are_meant() -> None:
    head = '<meta property="article:published_time" content="03-09-2026">'
    assert published(f"{head}{HEADING}<p>Published March 9, 2026</p>") == "2026-03-09"
    assert published(f"{head}{HEADING}<p>Published September 3, 2026</p>") == "2026-09-03"


STATED = '<script type="application/ld+json">{{"@type":"Article","headline":"x","datePublished":"{}"}}</script>'
EXACT = [
    ("2024-05-03", "2024-05-03T09:00:00+02:00", "", "2024-05-03T09:00:00+02:00"),
    ("2024-05-03 09:00:00.0", "2024-05-03T09:00:00+02:00", "", "2024-05-03T09:00:00+02:00"),
    ("2024-05-03", "2024-06-01T09:00:00+02:00", "", "2024-05-03"),
    ("2024-05-03T22:30:00Z", "", "2024-05-04T00:30:00+02:00", "2024-05-04T00:30:00+02:00"),
    ("2024-05-03T22:30:00Z", "", "2024-05-04T06:00:00+02:00", "2024-05-03T22:30:00Z"),
]


@pytest.mark.parametrize(("linked", "meta", "shown", "date"), EXACT)
def test_of_what_agrees_the_most_exact_is_told(linked: str, meta: str, shown: str, date: str) -> None:
    head = STATED.format(linked) + f'<meta property="article:published_time" content="{meta}">'
    assert published(f'{head}{HEADING}<time datetime="{shown}">May</time>') == date
