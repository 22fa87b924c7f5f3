"""Pages: who wrote them, in the many ways in which pages say so, and who did not."""

from __future__ import annotations

import pytest

from tests.readers.test_html import DAYS, parsed

LONG = "".join(f"<p>{DAYS.replace('<p>', '').replace('</p>', ' ')}</p>" for _ in range(3))


def authors(head: str, above: str = "", below: str = "") -> tuple[str, ...]:
    """Whom a page names that has something in its head, right under its title, or below its text."""
    page = (
        f'<!DOCTYPE html><html lang="en"><head><title>The mill in May</title>{head}</head><body><nav>Home</nav>'
        f"<article><h1>The mill in May</h1>{above}{LONG}{below}</article></body></html>"
    )
    return parsed(page, url="https://dailymill.example/2024/mill").article.metadata.authors


def stated(author: str, more: str = "") -> str:
    article = f'{{"@type":"NewsArticle","headline":"The mill in May","author":{author}{more}}}'
    return f'<script type="application/ld+json">{article}</script>'


def person(name: str, more: str = "") -> str:
    return stated(f'{{"@type":"Person","name":"{name}"{more}}}')


PUBLISHER = ',"publisher":{"@type":"Organization","name":"Le Moulin"}'
STATED = [
    (stated('"By Ann Lee"'), "Ann Lee"),
    (stated('"By Ann Lee, Political Editor"'), "Ann Lee"),
    (stated('["Ann Lee","Bo Chan"]'), "Ann Lee, Bo Chan"),
    (stated('{"@type":"Person","name":["Ann Lee","Bo Chan"]}'), "Ann Lee, Bo Chan"),
    (stated('[{"@type":"Person","name":"Ann Lee"},{"@type":"Person","name":"Ann Lee"}]'), "Ann Lee"),
    (stated('[{"@type":"Person","name":"Ann Lee"},{"@type":"Person","name":"Friends of Old Mills on a Page"}]'),
     "Ann Lee"),
    (stated('[{"@type":"Organization","name":"Mill Agency"},{"@type":"Person","name":"Mill-Desk"}]'),
     "Mill Agency, Mill-Desk"),
    (person("Ann Lee, Bo Chan and Cy Dole"), "Ann Lee, Bo Chan, Cy Dole"),
    (person("Anna Lehmann und Bernd Koch"), "Anna Lehmann, Bernd Koch"),
    (person("Anne Leroux et Benoît Caron"), "Anne Leroux, Benoît Caron"),
    (person("Ana López y Benito Chan"), "Ana López, Benito Chan"),
    (person("Ana Ortega y Gasset"), "Ana Ortega y Gasset"),
    (person("Ann Lee (@annlee)"), "Ann Lee"),
    (person("ann.lee@mill.example (Ann Lee)"), "Ann Lee"),
    (person("Ann Lee | The Daily Mill"), "Ann Lee"),
    (person("Anna Lehmann, dpa"), "Anna Lehmann"),
    (person("Reuters"), "Reuters"),
    (person("Alexa"), "Alexa"),
    (person("Staff"), ""),
    (stated('{"@type":"Person","givenName":"Ann","familyName":"Lee"}'), "Ann Lee"),
    (stated('{"@type":"Person","name":"Le Moulin avec AFP"}', PUBLISHER), "Le Moulin avec AFP"),
    ('<meta name="author" content="@annlee">', ""),
    ('<meta name="author" content="https://social.example/annlee">', ""),
    ('<meta name="author" content="Microsoft Office User">', ""),
    ('<meta name="author" content="Ann Lee, PhD">', "Ann Lee"),
    ('<meta name="author" content="Dr. Ann Lee, M.D., and Bo Chan, RN">', "Dr. Ann Lee, Bo Chan"),
    ('<meta name="author" content="The Daily Mill">', "The Daily Mill"),
    ('<meta property="article:author" content="Ann Lee"><meta property="article:author" content="Bo Chan">',
     "Ann Lee, Bo Chan"),
    ('<meta name="description" content="A day by the water, writes Ann Lee">', "Ann Lee"),
    ('<meta name="twitter:creator" content="@dailymill">', ""),
]  # fmt: skip


@pytest.mark.parametrize(("head", "names"), STATED)
def test_what_a_page_states_is_taken_apart_into_names(head: str, names: str) -> None:
    assert ", ".join(authors(head)) == names


SIGNED = [
    ('<div class="byline">By <span>Ann Lee</span>, <span>Bo Chan</span> and <span>Cy Dole</span></div>',
     "Ann Lee, Bo Chan, Cy Dole"),
    ('<p><a href="/by/ann-lee" class="a">Ann Lee</a> <i>Reporter</i></p><p><a href="/by/bo-chan" class="a">Bo Chan</a>',
     "Ann Lee, Bo Chan"),
    ("<div>By <a>Ann Lee</a><sup>1</sup>, <a>Bo Chan</a><sup>2</sup> &amp; <a>Cy Dole</a></div>",
     "Ann Lee, Bo Chan, Cy Dole"),
    ("<div>By <b>Ann Lee</b><button>Follow</button><span>New York</span></div>", "Ann Lee"),
    ("<p>By Ann Lee<br>Staff Writer</p>", "Ann Lee"),
    ("<p>By Ann Lee | May 3, 2024 | 5 min read</p>", "Ann Lee"),
    ("<p>By Ann Lee Updated 3 May 2024</p>", "Ann Lee"),
    ("<p>Von Anna Lehmann, Berlin</p>", "Anna Lehmann"),
    ("<p>Von Anna Lehmann , Redakteurin für Kultur 03.05.2024, 8:40 Uhr</p>", "Anna Lehmann"),
    ("<p>Kommentar von <b>Anna Lehmann</b></p>", "Anna Lehmann"),
    ("<p>Par Anne Leroux, à Lyon</p>", "Anne Leroux"),
    ("<p>Soumis par <span>Anne Leroux</span> le ven 03/05/2024</p>", "Anne Leroux"),
    ("<p>Por Ana López, Madrid</p>", "Ana López"),
    ("<p>Di Anna Rossi</p>", "Anna Rossi"),
    ("<p>Door Anna de Vries</p>", "Anna de Vries"),
    ("<p>Автор: Анна Лебедева</p>", "Анна Лебедева"),
    ("<p>作者：王小明</p>", "王小明"),
    ('<div itemprop="author" itemscope><span itemprop="name">Ann Lee</span></div>', "Ann Lee"),
    ('<div class="p-author h-card"><a class="u-url" href="/">Ann Lee</a></div>', "Ann Lee"),
    ('<a class="article-title__author" href="/ann">Ann Lee</a>', "Ann Lee"),
    ('<a rel="author" href="/ann">Ann Lee</a>', "Ann Lee"),
    ('<a href="https://letters.example/@ann">Ann Lee</a>', "Ann Lee"),
    ('<p>Reviewed by <a href="/authors/bo">Bo Chan</a> — Written by <a href="/authors/ann">Ann Lee</a></p>', "Ann Lee"),
    ('<p class="meta"><span class="date">May 3, 2024</span> by <span class="author">millwright</span></p>',
     "millwright"),
    ("<p>By TDM, in <a>News</a> · 3 May 2024</p>", "TDM"),
    ("<p>Friday | 3 May 2024 | 15:49 by Ann Lee in <a>News</a></p>", "Ann Lee"),
    ("<small>3 May 2024, 15:49 by <i>Ann Lee</i></small>", "Ann Lee"),
    ("<div><span>Ann Lee </span> | 3 May 2024</div>", "Ann Lee"),
    ("<div>3 May 2024 · Ann Lee</div>", "Ann Lee"),
    ("<div>3 May 2024 · Old mills</div>", ""),
    ("<div>Ann Lee<br>The Old Miller<br>Fri, 3 May 2024</div>", ""),
    ('<p><a href="/tag/old-weir">Old Weir</a> 3 May 2024</p>', ""),
    ('<img alt="Bo Chan."><p>Bo Chan.</p>', ""),
    ("<p>保存する</p>", ""),
    ("<p>By <a>ANN LEE, Executive Editor</a></p>", "Ann Lee"),
    ("<p>By</p><p>Follow Us On Twitter</p>", ""),
    ("<p>by</p><p>Taboola</p>", ""),
    ("<p>作者：责任编辑：王小明</p>", ""),
    ('<p>Theme: <a rel="author">The Twenty Mills Theme</a></p>', ""),
    ('<p>Reviewed by <a href="/authors/bo-chan">Bo Chan</a></p>', ""),
    ("<p>Photos by Bo Chan</p>", ""),
    ("<p>Edited by Bo Chan</p>", ""),
    ("<p>Illustration: Bo Chan</p>", ""),
    ("<p>By Popular Demand, the mill opens for a week and everyone is asked to come and see it turn.</p>", ""),
    ("<p>By Monday the water had gone down.</p>", ""),
    ("<p>By the numbers</p>", ""),
    ("<p>af</p><p>é</p>", ""),
    ('<p class="media-author">Bo Chan</p>', ""),
    ('<div class="related"><h3>The old dam</h3><p>By Bo Chan</p></div>', ""),
]  # fmt: skip


@pytest.mark.parametrize(("above", "names"), SIGNED)
def test_a_byline_is_read_in_the_pieces_in_which_it_stands(above: str, names: str) -> None:
    assert ", ".join(authors("", above)) == names


GUESTS = [
    "<p>This is a guest post by Ann Lee, who keeps a mill.</p>",
    "<p><em>Guest post by Ann Lee.</em></p>",
    "<p>Ein Gastbeitrag von Ann Lee</p>",
]


@pytest.mark.parametrize("line", GUESTS)
def test_a_guest_goes_before_whoever_owns_the_page(line: str) -> None:
    assert authors('<meta name="author" content="Joe Hill">', line) == ("Ann Lee",)


RANKED = [
    (person("Ann Lee"), "<p>By Bo Chan</p>", "", "Bo Chan"),
    (person("Ann Lee"), "<p>By Bo Chan</p><p>Checked: Ann Lee</p>", "", "Ann Lee"),
    (person("Ann Lee"), '<div class="quote"><p class="quote__author">Bo Chan</p></div>', "", "Ann Lee"),
    (person("Ann Lee, Reuters"), "<p>Ann Lee, Reuters</p>", "", "Ann Lee, Reuters"),
    (person("The Daily Mill"), "<p>Bo Chan</p>", "", "Bo Chan"),
    (person("Reuters"), "<p>Bo Chan</p>", "", "Reuters"),
    ("", "<p>Bo Chan</p><p>Cy Dole</p>", "", ""),
    ('<meta property="og:site_name" content="Ann Lee">', '<p class="byline">By Ann Lee</p>', "", "Ann Lee"),
    (person("admin"), "<p>By Ann Lee</p>", "", "Ann Lee"),
    (person("Mill D", ',"url":"https://dailymill.example/author/admin/"'), "<p>By Ann Lee</p>", "", "Ann Lee"),
    (stated('{"@type":"Organization","name":"The Daily Mill"}'), "<p>By Ann Lee</p>", "", "Ann Lee"),
    ('<meta name="author" content="TDM">', "<p>by Dr. Ann Lee, PhD and Bo Chan, MPH | Mill Lab</p>", "",
     "Dr. Ann Lee, Bo Chan"),
    (person("The Daily Mill"), "", "<p>Written by Bo Chan</p>", "Bo Chan"),
    ('<meta name="author" content="Dora Mill"><meta property="og:site_name" content="DM">', "",
     "<p>Author: Bo Chan (rl)</p>", "Bo Chan"),
    ("", "", "<p>By Bo Chan</p>", "Bo Chan"),
    ('<meta name="author" content="Éditions Le Moulin"><meta property="og:site_name" content="Le Moulin">',
     '<a rel="author">Ann Lee</a> / <a rel="author">Bo Chan</a>', "", "Ann Lee, Bo Chan"),
    ('<meta name="author" content="104363">', "", "<aside><a rel=author>Ann Lee</a></aside><p>By Bo Chan</p>",
     "Ann Lee"),
    ('<meta property="article:author" content="https://dailymill.example/who/ann">', "",
     '<aside><a href="https://dailymill.example/who/ann/">Ann Lee</a></aside><p>By Bo Chan</p>', "Ann Lee"),
    ('<meta name="author" content="Valley Broadcasting Corporation">', "",
     "<p>Posted by <a rel=author>Ann Lee</a> on a Monday</p>", "Ann Lee"),
    ("", "", "<a rel=author>Ann Lee</a><a rel=author>Bo Chan</a>", ""),
    ('<meta name="description" content="Old Mills">', "", "", ""),
    ('<meta name="description" content="Bo Chan">', "<p>Bo Chan</p><p>Cy Dole</p>", "", "Bo Chan"),
    ("", "", "<h6>3 May 2024 | Originally published</h6><p>Authored by:</p><a>Ann Lee</a>", "Ann Lee"),
    ("", "", '<div class="comments"><p class="comment-author">Zed Roe</p></div>', ""),
]  # fmt: skip


@pytest.mark.parametrize(("head", "above", "below", "names"), RANKED)
def test_people_go_before_desks_and_these_before_the_site(head: str, above: str, below: str, names: str) -> None:
    assert ", ".join(authors(head, above, below)) == names
