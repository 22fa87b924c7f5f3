"""Pages: whose they are, what they are called, which picture opens them."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from exporter.article import Figure
from tests.readers.test_html import DAYS, PROSE, parsed


def test_the_only_main_heading_of_an_article_is_its_title() -> None:
    head = '<meta property="og:title" content="Ten days in the hills: what I learned">'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>How a long walk changed my mind</h1>{PROSE}"
    assert parsed(page).article.metadata.title == "How a long walk changed my mind"


def test_a_short_name_is_not_looked_for_in_those_of_pictures() -> None:
    picture = '<p><img src="//a.example/alps.jpg" alt="Alps in May"></p>'
    page = f'<html><head><meta name="author" content="Al"></head><body><h1>Hills</h1>{picture}{PROSE}</body></html>'
    assert parsed(page).article.metadata.cover == "alps.jpg"


KICKED = [
    ("Of ponds and mills: a day in May", "A day in the mill"),
    ("News from the valley: A day in the mill", "News from the valley: A day in the mill"),
]


@pytest.mark.parametrize(("stated", "title"), KICKED)
def test_a_kicker_is_part_of_the_title_only_where_the_page_says_so(stated: str, title: str) -> None:
    heading = '<h1><span class="article-kicker">News from the valley</span> - <span>A day in the mill</span></h1>'
    head = f'<meta property="og:title" content="{stated}">'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><article>{heading}{PROSE}</article></body></html>"
    assert parsed(page).article.metadata.title == title


def test_the_author_s_name_behind_the_title_is_no_site() -> None:
    head = '<link rel="canonical" href="https://ann.example/p"><meta property="og:title" content="The mill in May">'
    page = f"<html><head><title>The mill in May - by Ann Lee</title>{head}</head><body><h1>The mill in May</h1>{PROSE}"
    assert parsed(f"<!DOCTYPE html>{page}").article.metadata.site == "ann.example"


PORTRAITS = [
    '<div class="author-picture"><img src="/p/1.jpg" alt=""></div>',
    '<p><img src="/p/ann-lee-300.jpg" alt=""></p>',
    '<p><img src="/p/1.jpg" alt="Ann Lee: writes on mills"></p>',
    '<p><img src="/p/1.jpg" alt="Avatar"></p>',
    '<figure><img src="/p/1.jpg" alt=""><figcaption>By Ann Lee, 3 May 2024</figcaption></figure>',
    '<p><img src="/p/logo.svg" alt="Daily"></p>',
]


@pytest.mark.parametrize("portrait", PORTRAITS)
def test_neither_a_face_nor_a_logo_opens_an_article(portrait: str) -> None:
    page = (
        "<!DOCTYPE html><html><body><nav>Home</nav><article><header><h1>The mill</h1><p>By Ann Lee</p>"
        f'{portrait}<p><img src="/p/mill.jpg" alt="The mill in May"></p></header><div>{DAYS}</div></article>'
    )
    article = parsed(page, url="https://daily.example/").article
    assert article.metadata.authors == ("Ann Lee",)
    assert [block.alt for block in article.blocks if isinstance(block, Figure)] == ["The mill in May"]
    assert article.metadata.cover == "mill.jpg"


HEADED = "<!DOCTYPE html><html><body><article><h1>The mill by the pond</h1>{}</article></body></html>"
LONG = DAYS + f"<p>{DAYS.replace('<p>', '').replace('</p>', ' ')}</p>" * 3
BYLINES = [
    (HEADED.format(f'<div><img src="a.jpg" alt="Ann Lee"><div><p>Ann Lee</p>3 May</div></div>{LONG}'), "Ann Lee"),
    (HEADED.format(f"{LONG}<h3>Written by Ann Lee</h3><p>Ann Lee has kept a mill for years.</p>"), "Ann Lee"),
    (HEADED.format(f'{LONG}<div class="post-author"><p class="post-author__name">Ann Lee</p></div>'), "Ann Lee"),
    (HEADED.format(f'{LONG}<p class="author-name">Ann Lee</p><p class="author-name">Bo Chan</p>'), ""),
    (HEADED.format(f"{LONG}<p>By Northern Mill Hotels</p>"), ""),
    (HEADED.format(f'<figure><img src="a.jpg" alt="Ann Lee"><p>Ann Lee</p></figure>{LONG}'), ""),
    ('<meta name="author" content="Ann Lee - Tales of Mills">', "Ann Lee"),
    ('<meta name="citation_author" content="Lee, Ann B.">', "Ann B. Lee"),
    ('<meta name="author" content="Lee, Chan">', ""),
    ('<meta property="og:site_name" content="Mill News">' + HEADED.format(
        f'<p class="author">Mill News</p><p><a href="/profiles/ann-lee">Ann Lee</a></p>{LONG}'), "Ann Lee"),
    ('<link rel="canonical" href="https://dailymill.example/a"><script type="application/ld+json">{"@type": "Article",'
     '"headline": "x", "author": {"@type": "Person", "name": "Ann Lee, The Daily Mill"}}</script>', "Ann Lee"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "author"), BYLINES)
def test_who_wrote_it_is_found_where_pages_say_so(page: str, author: str) -> None:
    whole = (
        page if page.startswith("<!DOCTYPE") else f"<!DOCTYPE html><html><head>{page}</head><body>{PROSE}</body></html>"
    )
    assert parsed(whole).article.metadata.authors == ((author,) if author else ())


def data_uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def png(size: tuple[int, int], *, noise: bool) -> str:
    file = io.BytesIO()
    picture = Image.effect_noise(size, 90).quantize(4) if noise else Image.new("RGB", size, "grey")
    picture.save(file, "PNG")
    return data_uri("png", file.getvalue())


DRAWN = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {0} {0}'>{1}</svg>"
EMBEDDED = [
    (png((60, 45), noise=True), True),
    (png((20, 15), noise=True), False),
    (png((300, 200), noise=False), False),
    ("data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=", False),
    (data_uri("svg+xml", DRAWN.format(200, "<path d='M0 0h9v9z'/>").encode()), True),
    (data_uri("svg+xml", DRAWN.format(24, "<path d='M0 0h9v9z'/>").encode()), False),
    (data_uri("svg+xml", DRAWN.format(200, "<rect width='9' height='9'/>").encode()), False),
    (data_uri("svg+xml", DRAWN.format(200, "").encode()), False),
]


@pytest.mark.parametrize(("address", "shows"), EMBEDDED)
def test_a_small_picture_in_the_page_is_kept_unless_it_only_keeps_a_place(address: str, shows: bool) -> None:
    assert len(address) < 1500
    found = parsed(f'<html><body><p><img src="{address}" alt="A mill"></p>{PROSE}</body></html>').article
    assert bool(found.resources) == shows
    late = parsed(f'<html><body><p><img src="{address}" data-src="//a.example/b.jpg"></p>{PROSE}</body></html>').article
    assert late.resources[0].source == ("" if shows else "https://a.example/b.jpg")


@pytest.mark.parametrize(
    ("keywords", "kept"),
    [
        ("gear, camping, _commerce, paywall exclude, textaboveleftsmall, comments-enabled, web", ("gear", "camping")),
        ("Page Type: Article, Day: Friday, Subject: Politics, Mills", ("Mills",)),
        ("Star Trek: Picard, Mills", ("Star Trek: Picard", "Mills")),  # one title makes no record
        ("98be933f-38cf-4fba-b6c6-ad438e82010a, 100312362, 2024, the-paper.com", ("2024",)),
        ("topic/mills, Deportes/formula-1, Technik/Hardware, https://a.example/mills", ("Technik/Hardware",)),
        ("water-wheel, counterrevolutionary, never-seen", ("water-wheel", "counterrevolutionary")),
        ("Mills, Ponds & weirs, Bundesverfassungsgericht", ("Mills", "Ponds & weirs", "Bundesverfassungsgericht")),
    ],
)
def test_keywords_for_machines_are_no_subjects(keywords: str, kept: tuple[str, ...]) -> None:
    head = f'<meta name="keywords" content="{keywords}"><meta property="article:section" content="tags">'
    body = f"<h1>Hills</h1><p>A counterrevolutionary water wheel.</p>{PROSE}"
    metadata = parsed(f"<html><head>{head}</head><body><article>{body}</article></body></html>").article.metadata
    assert metadata.tags == kept
    assert metadata.section is None
