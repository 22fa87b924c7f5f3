"""Pages as many makers lay them out: folded panels, frames, forums, boxes, rows of links, pages without an address."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.article import Aside, Figure, Heading, Link, Paragraph, all_blocks, block_text, inline_runs, inline_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import Read, html
from exporter.readers.article_texts import list_texts

PROSE = "The ferry leaves at nine, whatever the weather, and comes back when everybody has been fetched home."
OTHER = "Nobody on the island can remember a winter in which it stayed in the harbour for more than a day."
STORY = f"<p>{PROSE}</p><p>{OTHER}</p>" * 12
HEAD = "<h1>The ferry</h1>"


def read_page(body: str, head: str = "", url: str = "", folder: Path | None = None) -> Read:
    page = f"<!DOCTYPE html><html lang=en><head><title>The ferry</title>{head}</head>{body}</html>"
    document = Document("a.html", page.encode(), url=url, folder=str(folder) if folder else None)
    return html.read(document, InputSettings())


def texts_of(found: Read) -> list[str]:
    return [text.strip() for _, text in list_texts(found.article)]


def post(name: str, text: str, attributes: str) -> str:
    head = f"<div class=post-meta><span itemprop=author>{name}</span></div>"
    return f"<div {attributes}>{head}<div class=cooked><p>{text}</p></div></div>"


LAYOUTS = {
    "a panel below a heading": (
        f"{HEAD}<h2><button aria-controls=a>Does it run?</button></h2><div id=a hidden><p>It runs all year.</p></div>",
        ("Does it run?", "It runs all year."),
        (),
    ),
    "a panel below a button": (
        f"{HEAD}<button aria-controls=a>And dogs?</button><div id=a style='display:none'>They pay half the fare.</div>",
        ("And dogs?", "They pay half the fare."),
        (),
    ),
    "a menu below a button": (
        f"<button aria-controls=a>Menu</button><div id=a hidden><a href=/x>News of the day.</a></div>{HEAD}{STORY}",
        (),
        ("Menu", "News of the day."),
    ),
    "a form around text": (f"{HEAD}<form><input type=hidden><p>{PROSE}</p></form>", (PROSE,), ()),
    "a forum": (
        f"<nav>Home</nav>{HEAD}{post('ann', PROSE, '')}{post('bo', OTHER, 'itemprop=comment')}"
        f"{post('cy', PROSE[:-1] + ', too.', 'itemprop=comment')}",
        (PROSE, OTHER, "bo", "cy"),
        (),
    ),
    "an article with answers of another look": (
        f"<nav>Home</nav><article>{HEAD}<div class=story>{STORY}</div></article>"
        f"{post('bo', 'I was there.', 'class=comment')}{post('cy', 'So was I, by the gate.', 'class=comment')}",
        (PROSE,),
        ("I was there.",),
    ),
    "a recipe named again below its story": (
        f"<nav>Home</nav><article>{HEAD}<div><p>{PROSE}</p><h3>You need</h3><ul><li>A coat.</li></ul><h2>The ferry</h2>"
        f"<p>{OTHER}</p></div></article>",
        ("You need", "A coat."),
        (),
    ),
    "rows of links around a short page": (
        f"<div>{HEAD}<p><a href=a.html>Mills</a> | <a href=b.html>Locks</a></p><p>{PROSE}</p>"
        f"<p><a href=c.html>« Back</a> <a href=d.html>On »</a></p></div>",
        (PROSE,),
        ("Mills", "On »"),
    ),
    "text between line breaks": (
        f"<nav>Home</nav>{HEAD}<div>{PROSE}<br><br>{OTHER * 20}<br><div><br></div><div>{PROSE[:-1]}, too.</div></div>"
        f"<ul><li>{'Old mills and locks. ' * 9}</ul>",
        (PROSE, OTHER, "too."),
        (),
    ),
    "excerpts of other pages": (
        f"<nav>Home</nav><div>{HEAD}{STORY}<h2><a href=/lock>The lock</a></h2><div><p>{PROSE[:60]} […]</p></div></div>",
        (OTHER,),
        ("The lock", "[…]"),
    ),
    "a link that a sentence introduces": (
        f"<nav>Home</nav><article>{HEAD}{STORY}<p>{PROSE[:-1]}; whoever wants to come along writes to the keeper:</p>"
        f"<p><a href=mailto:k@ferry.example>k@ferry.example</a></p><p>{OTHER}</p></article>",
        ("k@ferry.example",),
        (),
    ),
    "a section that says by a modifier that it holds an advertisement": (
        f"<nav>Home</nav><article>{HEAD}{STORY}<section class='part part--ads'><h2>On board</h2><p>{OTHER * 3}</p>"
        f"</section><div class='box box--related'><a href=/b>The old lock</a></div><p>{PROSE}</p></article>",
        ("On board", OTHER),
        ("The old lock",),
    ),
    "a licence below the text": (
        f"<nav>Home</nav><article>{HEAD}{STORY}<p>The words of this page are under a Creative Commons licence.</p>"
        "</article>",
        (OTHER,),
        ("Creative Commons",),
    ),
    "a standfirst by microdata, and a list of facts": (
        f"<nav>Home</nav><div>{HEAD}<div class=teaser-text itemprop=description>{PROSE}</div><dl class=article-info>"
        f"<dd>Hits: 120</dd></dl></div><div itemprop=articleBody><p>{OTHER}</p>{STORY}</div>",
        (PROSE,),
        ("Hits",),
    ),
    "a day without a year": (
        f"<nav>Home</nav><article>{HEAD}<div>Nov 9</div><p>Updated 15.59 | Published 14.14</p>{STORY}</article>",
        (PROSE,),
        ("Nov 9", "Updated"),
    ),
    "a standfirst that is called a teaser": (
        f"<nav>Home</nav><article><header>{HEAD}<div class=teaser-text>{OTHER[:60]}</div></header>{STORY}</article>",
        (OTHER[:60],),
        (),
    ),
}
META = f"<meta name=description content='{OTHER[:60]}'><meta property=article:published_time content=2021-11-09>"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_a_layout_shows_is_kept_and_what_leads_away_is_not(layout: str) -> None:
    body, kept, left_out = LAYOUTS[layout]
    texts = texts_of(read_page(f"<body>{body}</body>", META))
    assert [word for word in kept if not any(word in text for text in texts)] == []
    assert [word for word in left_out if word in "\n".join(texts)] == []


def test_a_box_around_the_whole_article_is_opened() -> None:
    blocks = read_page(f"<body><nav>Home</nav>{HEAD}<aside>{STORY}</aside></body>").article.blocks
    assert blocks
    assert not any(isinstance(block, Aside) for block in blocks)


def test_relative_links_of_a_page_without_an_address_are_words() -> None:
    body = f"<body>{HEAD}<p>Ask <b>the <a href=/w>warden</a></b> at <a href=https://b.example/>the gate</a>.</p></body>"
    for url, targets in (
        ("", ["https://b.example/"]),
        ("https://a.example/x", ["https://a.example/w", "https://b.example/"]),
    ):
        article = read_page(body, url=url).article
        runs = [inline for block in all_blocks(article) for run in inline_runs(block) for inline in run]
        found = [
            part for inline in runs for part in (inline, *getattr(inline, "content", ())) if isinstance(part, Link)
        ]
        assert [link.target for link in found] == targets
        assert block_text(article.blocks[0]) == "Ask the warden at the gate."


def test_the_frames_of_a_page_are_read_and_not_what_stands_for_them(tmp_path: Path) -> None:
    (tmp_path / "nav.html").write_text("<a href=main.html>Start</a><br><a href=b.html>Letters</a>")
    (tmp_path / "main.html").write_text(f"<h2>The lock</h2><p>{PROSE}</p>")
    frames = "<frameset cols='9,*'><frame src=nav.html><frameset><frame src=main.html></frameset>"
    texts = texts_of(
        read_page(f"{frames}<noframes><body>No <b>frames</b>.</body></noframes></frameset>", folder=tmp_path)
    )
    assert PROSE in texts
    assert not {"Start Letters", "No frames."} & set(texts)


def test_a_standfirst_in_a_heading_is_a_paragraph() -> None:
    lead = f"{PROSE} {OTHER}"
    body = f"<body><nav>Home</nav><article>{HEAD}<h2>{lead}</h2><p>{PROSE}</p><h2>On board</h2>{STORY}</article></body>"
    blocks = read_page(body).article.blocks
    assert [type(block) for block in blocks[:3]] == [Paragraph, Paragraph, Heading]
    assert [block_text(block) for block in blocks[:3]] == [lead, PROSE, "On board"]


def test_the_emblem_of_a_site_is_no_lead_picture() -> None:
    body = f"<nav>Home</nav><div><img src=/ferry-logo.png>{HEAD}{STORY}<img src=/quay.jpg></div>"
    article = read_page(f"<body>{body}</body>", url="https://ferry.example/a").article
    assert [block.image for block in article.blocks if isinstance(block, Figure)] == ["quay.jpg"]
    assert article.metadata.cover is None


def test_a_heading_is_the_title_where_the_page_states_its_site_only() -> None:
    page = f"<html><title>ferry.info</title><body><nav><h2>Menu</h2></nav><h3>Night boats</h3>{STORY}</body></html>"
    article = html.read(Document("a.html", page.encode(), url="https://ferry.info/9"), InputSettings()).article
    assert article.metadata.title == "Night boats"


CAPTIONS = {
    "<div><img src=a.jpg><blockquote class=image-caption><p>The first post.</p></blockquote></div>": "The first post.",
    "<div class=thumb><div><img src=a.jpg><div class=thumbcaption>The light</div></div></div>": "The light",
    "<div><b role=button><lit-image data-src=a.jpg></lit-image></b><p class=img-caption>At sea</div>": "At sea",
    "<figure><picture><source srcset='a.webp 2x'></picture><figcaption>The lock.</figcaption></figure>": "The lock.",
    "<figure><img src=a.jpg><figcaption><b>At noon.</b><i>Lou Park, The Bay Post</i></figcaption></figure>": "At noon.",
    "<figure><img src=a.jpg><p class=caption>The mole at noon<i> / Fot. Jan Kos / AFP</i></figure>": "The mole at noon",
}


@pytest.mark.parametrize(("figure", "caption"), CAPTIONS.items())
def test_captions_of_other_makers(figure: str, caption: str) -> None:
    found = read_page(f"<body><nav>Home</nav><article>{HEAD}<p>{PROSE}</p>{figure}{STORY}</article></body>")
    figures = [block for block in found.article.blocks if isinstance(block, Figure)]
    assert [inline_text(block.caption) for block in figures] == [caption]


def test_the_name_of_the_site_may_stand_first_in_the_title() -> None:
    head = "<html><head><title>Bay Courier - The ferry is late</title></head>"
    page = f"{head}<body><h2>The ferry is late</h2>{STORY}</body>"
    article = html.read(Document("a.html", page.encode()), InputSettings()).article
    assert article.metadata.title == "The ferry is late"
    assert not any(isinstance(block, Heading) for block in article.blocks)
