"""Pages: what each construct becomes, what is a page at all, what its facts are, and what may never pass."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.account import list_dropped
from exporter.article import Figure, Table, all_blocks, block_text, inline_text, to_json
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, html
from exporter.readers.page.main_content import PassageMatcher, remove_space
from tests.conftest import GOLDEN

SETTINGS = InputSettings()
FOLDER = GOLDEN / "html"
CASES = sorted(path.name for path in FOLDER.glob("*.html"))
PROSE = "<p>The ferry leaves at nine, whatever the weather, and comes back when everybody has been fetched home.</p>"


def parsed(text: str | bytes, name: str = "a.html", **facts: str) -> Read:
    data = text.encode() if isinstance(text, str) else text
    return html.read(Document(name, data, **facts), SETTINGS)


def told(found: Read) -> str:
    """The article in the model's own terms, a part a line; paths are told from the golden folder on."""
    article = found.article
    facts = {key: value for key, value in msgspec.to_builtins(article.metadata).items() if value}
    parts = [facts, *msgspec.to_builtins((*article.blocks, *article.notes))]
    for resource in article.resources:
        place = Path(resource.path).relative_to(FOLDER).as_posix() if resource.path else ""
        data = resource.data.decode("utf-8", "replace")
        parts.append({"resource": resource.name, "source": resource.source[:60], "path": place, "data": data})
    parts += [{"notice": notice.subject, "text": notice.text} for notice in found.notices]
    parts += [msgspec.to_builtins(each) for each in list_dropped(found.account)]
    return "".join(msgspec.json.encode(part).decode() + "\n" for part in parts)


@pytest.mark.parametrize("name", CASES)
def test_each_construct_becomes_what_it_means(name: str, golden: Callable[[str, str], None]) -> None:
    document = Document(name, (FOLDER / name).read_bytes(), folder=str(FOLDER))
    golden(f"html/{name.removesuffix('.html')}.jsonl", told(html.read(document, SETTINGS)))


PAGES = [
    "<!DOCTYPE html><title>x</title>",
    "\ufeff\n<!-- saved from url=(0014)about:internet -->\n<html><body>x",
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">\n<html>',
    "<HTML><BODY>x",
    "<p>A fragment.</p>",
    '<div class="a">\n<p>A fragment.</p>\n</div>\n',
]
NO_PAGES = [
    "The tag <p> begins a paragraph, and </p> ends it.",
    "<p> is the tag of a paragraph",
    "# Title\n\n<div>raw</div>\n",
    '<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>',
    '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "a < b and c > d",
    "",
]


@pytest.mark.parametrize("text", PAGES)
def test_a_page_is_known_by_its_content(text: str) -> None:
    assert html.recognises(Document("-", text.encode()))
    assert html.recognises(Document("-", text.encode("utf-16")))


@pytest.mark.parametrize("text", NO_PAGES)
def test_a_text_that_only_mentions_tags_is_no_page(text: str) -> None:
    assert not html.recognises(Document("-", text.encode()))


def test_markdown_that_begins_with_a_tag_is_left_to_its_own_reader() -> None:
    assert not html.recognises(Document("README.md", b'<p align="center">x</p>'))
    assert html.recognises(Document("README.md", b"<!DOCTYPE html><p>x</p>"))


def test_what_its_carrier_calls_a_page_needs_one_tag_only() -> None:
    assert html.recognises(Document("x", b"words and <b>words</b>", media_type="text/html; charset=utf-8"))
    assert not html.recognises(Document("x", b"words and words", media_type="text/html"))


ENCODED = [
    ("Smørrebrød", "utf-8", "", ""),
    ("Smørrebrød", "utf-8", "iso-8859-1", ""),  # UTF-8 that decodes goes before a wrong claim
    ("Smørrebrød", "cp1252", "", ""),
    ("naïve “quotes”", "cp1252", "iso-8859-1", ""),  # browsers read Latin-1 as Windows-1252
    ("Привет, как дела сегодня", "cp1251", "windows-1251", ""),
    ("Привет, как дела сегодня", "koi8-r", "", "koi8-r"),
    ("日本語の文章です", "shift_jis", "shift_jis", ""),
    ("日本語の文章です", "iso2022_jp", "iso-2022-jp", ""),
    ("日本語の文章です", "utf-16", "", ""),
    ("Łódź", "utf-8-sig", "iso-8859-2", ""),
    ("words", "ascii", "no-such-encoding", "utf-16"),
]


@pytest.mark.parametrize(("words", "encoding", "meta", "header"), ENCODED)
def test_bytes_are_read_in_the_encoding_they_have(words: str, encoding: str, meta: str, header: str) -> None:
    claim = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    page = f"<!DOCTYPE html><html><head>{claim}</head><body><p>{words}</p></body></html>".encode(encoding)
    assert block_text(parsed(page, charset=header).article.blocks[0]) == words


FACTS = [
    ('<meta property="og:title" content="The mill"><title>The mill - Daily</title>', "title", "The mill"),
    ("<title>The mill | Daily</title><meta property='og:site_name' content='Daily'>", "title", "The mill"),
    ('<meta name="author" content="By Ann Lee and Bo Chan">', "authors", ("Ann Lee", "Bo Chan")),
    ('<meta property="article:published_time" content="2020-02-03T04:05:06+0100">', "published",
     "2020-02-03T04:05:06+01:00"),
    ('<meta name="date" content="3 February 2020">', "published", "2020-02-03"),
    ('<meta property="article:modified_time" content="2020-02-04">', "modified", "2020-02-04"),
    ('<meta property="og:locale" content="pt_BR">', "language", "pt-BR"),
    ('<script type="application/ld+json">{"@type": "Article", "author": "Ann Lee"</script>', "authors", ()),
    ('<script type="application/ld+json">[{"@type": "WebSite", "name": "Daily"}];</script>', "site", "Daily"),
    ('<script type="application/ld+json">{"@type": ["Thing", "schema:BlogPosting"], "headline": "Tom &amp; Ann",'
     '"author": [{"@type": "Organization", "name": "Daily"}], "copyrightHolder": "Daily"}</script>', "title",
     "Tom & Ann"),
    ('<link rel="canonical" href="https://www.daily.example/mill">', "source", "https://www.daily.example/mill"),
    ('<link rel="canonical" href="https://www.daily.example/mill">', "site", "daily.example"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "field", "value"), FACTS)
def test_facts_come_from_what_the_page_states(head: str, field: str, value: object) -> None:
    found = parsed(f"<!DOCTYPE html><html><head>{head}</head><body>{PROSE}</body></html>")
    assert getattr(found.article.metadata, field) == value


def test_the_visible_byline_and_date_are_found_beside_the_title() -> None:
    found = parsed(
        "<!DOCTYPE html><title>The mill</title><body><nav>x</nav><h1>The mill</h1><div class=meta><span>By Ann Lee"
        f"</span> <span class=date>3 February 2020, 14:00</span></div>{PROSE}{PROSE}"
    )
    assert found.article.metadata.authors == ("Ann Lee",)
    assert found.article.metadata.published == "2020-02-03T14:00:00"
    assert [block_text(block) for block in found.article.blocks] == [PROSE[3:-4]] * 2


def test_links_and_pictures_are_made_absolute_against_the_base() -> None:
    page = f'<html><head><base href="/b/"></head><body>{PROSE}<p><a href="c?d=1#e">x</a> y</p><img src="p.jpg"></body>'
    article = html.read(Document("a.html", page.encode(), url="https://ex.example/a/"), SETTINGS).article
    assert b'"target":"https://ex.example/b/c?d=1#e"' in to_json(article)
    assert article.resources[0].source == "https://ex.example/b/p.jpg"


def test_files_outside_the_page_s_folder_are_never_used(tmp_path: Path) -> None:
    inside = tmp_path / "page"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (inside / "own.png").write_bytes(b"x")
    (inside / "leap.png").symlink_to(tmp_path / "secret.png")
    names = ("own.png", "../secret.png", "leap.png", f"file://{tmp_path}/secret.png", f"{tmp_path}/secret.png",
             "..%2Fsecret.png", "sub/../../secret.png", "\0.png")  # fmt: skip
    page = "<html><body>" + PROSE + "".join(f'<p><img src="{name}"></p>' for name in names)
    article = parsed(page, folder=str(inside)).article
    assert [resource.path for resource in article.resources if resource.path] == [str(inside / "own.png")]


def test_no_pictures_are_taken_where_none_are_wanted() -> None:
    page = f'<html><body>{PROSE}<figure><img src="https://a.example/a.jpg"><figcaption>Words.</figcaption></figure>'
    article = html.read(Document("a.html", page.encode()), InputSettings(images=False)).article
    assert article.resources == ()
    assert article.blocks[-1] == Figure(caption=article.blocks[-1].caption)  # type: ignore[union-attr]


HARMFUL = [
    "<script>alert('harm')</script>",
    "<p onclick='harm()'>x</p>",
    "<a href='java\tscript:harm()'>x</a>",
    "<a href='vbscript:harm()'>x</a>",
    "<a href='data:text/html,harm'>x</a>",
    "<iframe src='https://harm.example'></iframe>",
    "<object data='harm.swf'></object>",
    "<svg width=300 height=300><g onload='harm()'><script>harm()</script><rect/></g></svg>",
    "<svg width=300 height=300><foreignObject><body>harm</body></foreignObject><rect/></svg>",
    "<svg width=300 height=300><style>@import url(https://harm.example)</style><rect/></svg>",
    "<svg width=300 height=300><use href='https://harm.example#a'/><rect/></svg>",
    "<math><mi href='javascript:harm()' onclick='harm()'>x</mi><annotation-xml><p>harm</p></annotation-xml></math>",
    "<img src='javascript:harm()'>",
    "<style>harm</style>",
    "<noscript>harm</noscript>",
    "<template><p>harm</p></template>",
    "<input value='harm'><button>harm</button><select><option>harm</option></select>",
    "<!-- harm -->",
]


@pytest.mark.parametrize("harm", HARMFUL)
def test_what_could_do_harm_never_passes(harm: str) -> None:
    found = parsed(f"<!DOCTYPE html><html><body><h1>Title</h1>{PROSE}{harm}{PROSE}</body></html>")
    assert b"harm" not in to_json(found.article)
    assert not any("harm" in notice.subject for notice in found.notices)
    assert all(b"harm" not in resource.data for resource in found.article.resources)


def test_external_entities_are_not_read() -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yy">]><html><body>{PROSE}<p>&x;&y;</p>'
    assert "root:" not in to_json(parsed(page).article).decode()


BOMBS = [
    "<div>" * 100_000,
    "<p>" + "word " * 4_000_000,
    "<p>x</p>" * 450_000,
    "<p " + " ".join(f'a{n}="x"' for n in range(30_000)) + ">x</p>",
]


@pytest.mark.parametrize("bomb", BOMBS, ids=["depth", "text", "elements", "attributes"])
def test_bombs_end_in_an_error(bomb: str) -> None:
    with pytest.raises(SourceError, match="TooLarge"):
        parsed(f"<!DOCTYPE html><html><body>{bomb}")


LONG = {
    "facts": '<script type="application/ld+json">[' + "1," * 1_000_000 + "1]</script>",
    "bold lines": "<p><strong>A line in bold</strong></p>" * 20_000,
    "links to one page": "<div>" + "<a href=/b>A bath opens late</a><a href=/b><img src=b.jpg></a>" * 10_000 + "</div>",
    "pictures of one name": "".join(f'<img src="https://a.example/{number}/a.jpg">' for number in range(20_000)),
    "notes in the margin": "<p>" + 'x<label>1</label><span class="sidenote">A note</span>' * 30_000 + "</p>",
}


@pytest.mark.parametrize("part", LONG.values(), ids=LONG)
def test_long_pages_are_read_in_linear_time(part: str) -> None:
    """Time that grew with the square of these would be minutes."""
    assert parsed(f"<!DOCTYPE html><html><body><nav>Home</nav>{PROSE}{part}").article.blocks


DEEP = (
    "b",
    "span",
    "blockquote",
    "ul><li",
    "ol><li><p",
    "dl><dd",
    "aside",
    "details",
    "figure",
    "a href=x",
    "sup",
    "q",
)


@pytest.mark.parametrize("tag", DEEP)
def test_deep_nesting_keeps_its_words(tag: str) -> None:
    levels = 200 // (2 * tag.count(">") + 1)
    page = f"<!DOCTYPE html><html><body>{PROSE}" + f"<{tag}>" * levels + "<i>deepest words</i>"
    blocks = list(all_blocks(parsed(page).article))
    assert any("deepest words" in block_text(block) for block in blocks)


@pytest.mark.parametrize("page", ["", "  \n", "<html></html>"])
def test_a_page_without_text_is_an_error(page: str) -> None:
    with pytest.raises(SourceError):
        parsed(page)


TAGS = st.sampled_from(
    "p div span a b i em ul ol li table tr td th h1 h2 h3 h4 blockquote figure figcaption img pre code dl dt dd br hr "
    "sup section article aside header footer nav details summary math mi svg rect q ruby rt picture source form".split()
)
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.sampled_from(['<a href="#a">1</a>', '<p id="a">', "<img src=a.png alt=A>", "&nbsp;", '<td colspan="9">']),
    st.text(alphabet="ab. \n<>&\"'é日\u200b\xad", max_size=12),
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40))
def test_any_soup_is_read_and_written(pieces: list[str]) -> None:
    page = "<!DOCTYPE html><html><body><h1>T</h1>" + PROSE + "".join(pieces)
    article = parsed(page).article
    assert to_json(article)
    known = {resource.name for resource in article.resources}
    assert all(block.image in known for block in all_blocks(article) if isinstance(block, Figure) and block.image)


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="abc déf", min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=12))
def test_a_page_without_furniture_loses_no_word(paragraphs: list[str]) -> None:
    page = "<!DOCTYPE html><html><body>" + "".join(f"<p>{words}</p>" for words in paragraphs)
    read = " ".join(block_text(block) for block in parsed(page).article.blocks)
    assert read.split() == " ".join(paragraphs).split()


def test_what_a_feed_or_a_book_carries_is_taken_whole_under_the_title_it_gives() -> None:
    page = (
        '<h2>First part</h2><div class="related"><p>Words.</p></div><p>Read more</p><aside><p>More words.</p></aside>'
    )
    article = html.read(Document("chapter", page.encode(), title="The chapter", whole=True), SETTINGS).article
    assert article.metadata.title == "The chapter"
    assert [block_text(block) for block in article.blocks] == ["First part", "Words.", "Read more", "More words."]


def test_addresses_without_a_scheme_are_of_the_web() -> None:
    page = f'<html><body>{PROSE}<p>x <a href="//ok.example/a">y</a></p><img src="//ok.example/p.png"></body></html>'
    article = parsed(page).article
    assert b'"target":"https://ok.example/a"' in to_json(article)
    assert article.resources[0].source == "https://ok.example/p.png"


def test_a_guess_at_the_date_comes_after_what_a_feed_says() -> None:
    page = f'<html><head><meta name="x" content="y"></head><body>{PROSE}<p>Last changed: 2019-01-02</p></body></html>'
    document = Document("a.html", page.encode(), published="2020-05-06")
    assert html.read(document, SETTINGS).article.metadata.published == "2020-05-06"


DAYS = "".join(
    f"<p>On day {n} the miller rose before the sun, and walked to the pond by the lane, as ever.</p>" for n in range(9)
)
CLOSINGS = [
    "<p>Words like <abbr title='Sea level rise'>SLR</abbr>, <kbd>Ctrl</kbd>+<kbd>C</kbd>, <q>quoted</q> and "
    "<small>small print</small> close the piece.</p>",
    "<p>The area of the pond is <math><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></math>, which the keeper of the mill "
    "worked out by hand in the winter of that year.</p>",
    "<p>The keeper wrote it all down<sup><a href='#fn1' id='r1'>1</a></sup>, and nobody found a mistake in it.</p>"
    "<ol class='footnotes'><li id='fn1'>A note. <a href='#r1'>↩</a></li></ol>",
]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_an_article_keeps_its_last_paragraph_whatever_stands_in_it(closing: str) -> None:
    body = f"<article><h1>The mill</h1>{DAYS}<h2>The end</h2>{closing}</article>"
    page = f"<!DOCTYPE html><html><body><nav>Home</nav>{body}<footer>© Daily</footer></body></html>"
    *_, heading, last = parsed(page).article.blocks
    assert block_text(heading) == "The end"
    assert block_text(last)[:10] == closing[3:13]


CAPTIONED = [
    ("<div><picture>{}</picture><div>The mill in May</div><div>© Ann Lee/Reuters</div></div>",
     "The mill in May", "Ann Lee/Reuters"),
    ("<div class='slide-info'>{}<span class='slide-info__description'><p>The mill in May. (AP Photo/Ann "
     "Lee)</p></span></div>", "The mill in May.", "AP Photo/Ann Lee"),
    ("<figure>{}<figcaption>The mill in May. (AP Photo/Ann Lee) <span class='credit'>AP Photo</span>"
     "</figcaption></figure>", "The mill in May.", "AP Photo/Ann Lee"),
    ("<figure>{}<figcaption>The mill in May. (Archive) <span class='credit'>Ann Lee</span></figcaption>"
     "</figure>", "The mill in May. (Archive)", "Ann Lee"),
]  # fmt: skip


@pytest.mark.parametrize(("picture", "caption", "credit"), CAPTIONED)
def test_a_picture_keeps_its_words_and_its_owner_s_name(picture: str, caption: str, credit: str) -> None:
    part = picture.format("<img src='//a.example/a.jpg'>")
    blocks = parsed(f"<!DOCTYPE html><html><body><h1>The mill</h1>{part}{DAYS}</body></html>").article.blocks
    found = [block for block in blocks if isinstance(block, Figure)]
    assert [(inline_text(figure.caption), figure.credit) for figure in found] == [(caption, credit)]
    assert "Ann Lee" not in "".join(map(block_text, blocks[1:]))


def test_a_head_cell_that_spans_rows_makes_them_part_of_the_head() -> None:
    head = "<tr><th rowspan=2>Ward</th><th colspan=2>Votes</th></tr><tr><th>For</th><th>Against</th></tr>"
    rows = "<tr><th>Quay</th><th>none</th><th>none</th></tr>"
    blocks = parsed(f"<!DOCTYPE html><html><body><h1>The vote</h1>{DAYS}<table>{head}{rows}</table>").article.blocks
    assert [(len(block.head), len(block.rows)) for block in blocks if isinstance(block, Table)] == [(2, 1)]


LINKED = "".join(
    f"<li><a href='https://a.example/{word}'>A {word} for the mill</a></li>" for word in ("sail", "stone", "sack")
)
ELSEWHERE = [
    '<article class="x"><a href="/b"><h2>Another mill burns</h2></a><p>All that we know.</p></article>',
    '<div class="display-card"><h5><a href="/b">Another mill burns</a></h5><p>All that we know.</p></div>',
    '<section aria-label="Newsletter signup"><h3>The Miller</h3><p>News of mills, every week.</p></section>',
    '<div class="single-cta"><p>Learn all about mills, for a coin a month. <a href="/s">Subscribe!</a></p></div>',
    '<a href="/b"><img src="/b.png"><h3>Another mill burns</h3></a>',
    "<aside data-nosnippet><h4>The May number</h4><p>Six mills and a ford</p></aside>",
    '<div class="related__container"><h2>More from the valley</h2></div>',
    f"<form><h3>The Miller, on Fridays</h3>{PROSE}{PROSE}{PROSE}<input type='email'></form>",
    "<blockquote><p>Want more of mills?</p><ul>" + LINKED + "</ul></blockquote>",
    "<ul>" + LINKED + "</ul>",
    "<p>▶ <a href='https://a.example/b'>Another mill burns</a> in the next valley</p>",
    "<p>Read more: <a href='https://a.example/b'>Another mill burns in the next valley</a></p>",
]
HERE = [
    '<figure aria-label="Share prices"><img src="//a.example/b.png"><figcaption>Prices of mills.</figcaption></figure>',
    f"<article><h2>Monday</h2>{DAYS}</article>",
    f'<div class="display-card"><h2>The wheel</h2>{PROSE}</div>',
    f'<section aria-label="The newsletter that changed how the mills of the valley work">{PROSE}</section>',
    f'<div class="article-content-with-related"><h3>The weir</h3>{PROSE}</div>',
    f'<div class="paywall-content">{PROSE}</div>',
    "<p class='paywall'>Nobody in the valley had seen the water stand as low as it did in that year.</p>",
    "<h2>To bring</h2><ul>" + LINKED + "</ul>",
    "<p>What a miller brings:</p><ul>" + LINKED + "</ul>",
    f"<a href='https://a.example/b'><h3>The wheel</h3></a>{PROSE}",
    "<ul><li><img src='https://a.example/1.png'></li><li><img src='https://a.example/2.png'></li></ul>",
    f'<h2><span>The wheel</span><span class="label">Water</span></h2>{PROSE}',
]


def sides(part: str) -> list[str]:
    body = f"<nav>Home</nav><main><article><h1>A mill</h1>{DAYS}{part}{DAYS}</article></main>"
    page = f"<!DOCTYPE html><html><head><title>A mill</title></head><body>{body}</body></html>"
    return [block_text(block) for block in parsed(page).article.blocks]


@pytest.mark.parametrize("part", ELSEWHERE)
def test_what_leads_to_other_articles_is_no_part_of_this_one(part: str) -> None:
    assert sides(part) == sides("")


@pytest.mark.parametrize("part", HERE)
def test_what_only_looks_like_it_stays(part: str) -> None:
    assert len(sides(part)) > len(sides(""))


def test_a_title_that_the_page_only_states_is_no_heading_of_its_text() -> None:
    head = '<title>A mill</title><meta property="og:title" content="What is new: of ponds and mills">'
    shown = "<h2><span>What is new</span><div>Of ponds and mills</div></h2>"
    page = f"<head>{head}</head><body><nav>Home</nav><article><div>{shown}{DAYS}</div></article></body>"
    assert block_text(parsed(f"<!DOCTYPE html><html>{page}</html>").article.blocks[0]).startswith("On day 0")


def test_the_parts_of_a_heading_stand_apart() -> None:
    assert "The wheel Water" in sides(HERE[-1])
    assert "Ann Mill of the wheel" in sides(f"<h2><a href='/a'>Ann Mill</a><em>of the wheel</em></h2>{PROSE}")


def test_a_list_of_links_stays_where_the_article_announces_it() -> None:
    assert "A sail for the mill" in "".join(sides(f"<h2>To bring</h2><ul>{LINKED}</ul>"))


BOLD = [
    ("<strong>The old wheel</strong>", "heading"),
    ("<strong>T</strong><strong>he old</strong><strong> wheel</strong>", "heading"),
    ("<strong>The old</strong> wheel", "paragraph"),
    ("<strong>The old wheel turns.</strong>", "paragraph"),
]


@pytest.mark.parametrize(("line", "kind"), BOLD)
def test_a_line_that_is_bold_as_a_whole_is_a_heading(line: str, kind: str) -> None:
    blocks = parsed(f"<article><h1>A mill</h1>{DAYS}<p>{line}</p>{DAYS}</article>").article.blocks
    assert [type(block).__name__.lower() for block in blocks if "wheel" in block_text(block)] == [kind]


def test_a_list_of_questions_keeps_its_heading() -> None:
    questions = f"<h2>FAQ</h2><h3>Does it turn?</h3>{DAYS}<h3>Does it grind?</h3>{DAYS}"
    assert "FAQ" in sides(f"{questions}<h2>Tags</h2><h2>Menu</h2>")


CLOSED = [
    "<p>Steph Miller writes about mills and ponds, and lives in the valley with two dogs and a cat.</p>",
    "<p>More mills to see:</p><ul>" + LINKED + "</ul>",
    "<h3>Stephanie Miller</h3>",
    "<p>Additional reporting by Bo Chan</p>",
    "<p>mit dpa</p>",
    "<aside><h3>Other books of Stephanie Miller</h3><p>The weir, a novel</p></aside>",
    "<p>Follow the mill on <a href='https://a.example/x'>its page at a.example</a></p>",
]


@pytest.mark.parametrize("closing", CLOSED)
def test_what_stands_behind_the_last_paragraph_goes(closing: str) -> None:
    head = '<title>A mill</title><meta name="author" content="Stephanie Miller">'
    body = f"<nav>Home</nav><article><h1>A mill</h1>{DAYS}{{}}</article>"
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    shown = [parsed(page.format(part)).article.blocks for part in (closing, "")]
    assert shown[0] == shown[1]


def test_a_list_below_the_last_paragraph_stays() -> None:
    parts = "<ol><li>Rise early.</li><li>Walk.</li></ol>"
    boxes = "".join(f"<div><div>{day}</p></div></div>" for day in DAYS.split("</p>")[:-1])
    last = (
        "<div><div><p>The miller has three rules, which hang above the door of the mill:</p>" + parts + "</div></div>"
    )
    page = f"<!DOCTYPE html><html><body><nav>Home</nav><main><h1>A mill</h1>{boxes}{last}</main></body></html>"
    assert block_text(parsed(page).article.blocks[-1]) == "Rise early.\nWalk."


def test_a_list_of_references_stays_with_its_heading() -> None:
    days = "".join(f"<div><div>{day}</p></div></div>" for day in DAYS.split("</p>")[:-1])
    sources = "<h2>Sources</h2><ol class='c-references'><li>Lee, A., Mills. 1899.</li><li>Roe, B., Ponds.</li></ol>"
    body = f"<nav>Home</nav><main><h1>A mill</h1>{days}<div>{sources}</div></main>"
    page = f"<!DOCTYPE html><html><body>{body}</body></html>"
    heading, references = parsed(page).article.blocks[-2:]
    assert (block_text(heading), len(block_text(references).split("\n"))) == ("Sources", 2)


def slides(caption: str, text: str) -> int:
    """How many of five pictures above a text are shown."""
    figure = "<figure><img src='https://a.example/{0}.jpg'><figcaption>{1} {0}.</figcaption></figure>"
    shown = "".join(figure.format(number, caption) for number in range(5))
    page = f"<!DOCTYPE html><html><body><nav>Home</nav><article><h1>A mill</h1>{shown}{text}</article></body></html>"
    return sum(isinstance(block, Figure) for block in parsed(page).article.blocks)


def test_a_slide_show_above_the_text_leaves_its_first_picture_unless_it_is_the_article() -> None:
    assert slides("View", DAYS) == 1
    assert slides("The miller, the pond and the wheel, seen from the lane on the morning of day", PROSE) == 5


def test_a_page_that_lays_its_article_out_needs_no_extractor() -> None:
    page = f"<html><body><nav>Home</nav><main><article><h1>A mill</h1>{DAYS}</article></main></body></html>"
    program = (
        "import sys; from exporter.config import InputSettings; from exporter.document import Document; "
        "from exporter.readers import html; html.read(Document('a', sys.argv[1].encode()), InputSettings()); "
        "sys.exit('trafilatura' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, page], check=True)


def test_a_body_that_a_style_hides_is_the_reader_s_all_the_same() -> None:
    notice = (
        "<div style='display:none'><p>This offer is only shown to those who have not been here before, ever.</p></div>"
    )
    body = f"<div id='articleBody' style='display: none'>{PROSE * 3}</div>"
    page = f"<body><main><h1>The ferry</h1><p>Log in.</p>{notice}{body}</main>"
    words = " ".join(map(block_text, parsed(page).article.blocks))
    assert "whatever the weather" in words
    assert "This offer" not in words


@pytest.mark.parametrize(
    ("passage", "matched"),
    [
        ("The mill opens on Monday.", True),
        ("The mill\nopens   on Monday.", True),  # white space does not count
        ("The miller, who has ground flour for forty years [1], retires in the spring of the next year.", True),
        ("Subscribe to our newsletter, which comes every Friday, and never miss a story again.", False),
    ],
)
def test_a_passage_is_matched_if_most_of_it_was_selected(passage: str, matched: bool) -> None:
    selected = (
        "The mill opens on Monday. The miller, who has ground flour for forty years, "
        "retires in the spring of the next year."
    )
    assert PassageMatcher(remove_space(selected)).match(passage) is matched
