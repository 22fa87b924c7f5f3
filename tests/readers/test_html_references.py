"""Pages: threads, whose comments are the article, and lists of references, which only look like boilerplate."""

from __future__ import annotations

import pytest

from exporter.article import block_text
from tests.readers.test_html import parsed


def comment(name: str, text: str) -> str:
    head = f'<div class="comment-header"><b>{name}</b></div>'
    return f'<div class="timeline-comment">{head}<div class="comment-body"><p>{text}</p></div></div>'


FIRST = "This fixes the gate, which had been left open since the storm of last spring."
SECOND = "The hinge might break in the next storm, so take the old one from the barn."


def test_a_page_of_comments_alone_is_a_thread_and_keeps_them() -> None:
    thread = f"<html><body><header><nav>Home</nav></header>{comment('Ann', FIRST)}{comment('Bo', SECOND)}</body></html>"
    texts = [block_text(block) for block in parsed(thread).article.blocks]
    assert {FIRST, SECOND} <= set(texts)
    article = f"<html><body><article><h1>The gate</h1><p>{FIRST} {FIRST}</p></article>{comment('Bo', SECOND)}"
    assert SECOND not in [block_text(block) for block in parsed(article).article.blocks]


REFERENCES = [
    ("Further reading", "https://a.example/x", "https://b.example/y", True),
    ("Sources", "https://a.example/x", "https://b.example/y", True),
    ("Further reading", "/x", "/y", False),
    ("Related", "https://a.example/x", "https://b.example/y", False),
    ("Sources", "https://a.example/x", "https://a.example/y", False),
]


@pytest.mark.parametrize(("heading", "first", "second", "kept"), REFERENCES)
def test_a_list_that_leads_to_other_sites_is_the_article_s_own(
    heading: str, first: str, second: str, kept: bool
) -> None:
    items = f'<li><a href="{first}">A history of mills</a></li><li><a href="{second}">Water</a></li>'
    text = f"<p>{FIRST} {SECOND}</p>" * 3
    page = f"<html><body><nav>Home</nav><article><h1>The gate</h1>{text}<h2>{heading}</h2><ul>{items}</ul></article>"
    texts = [block_text(block) for block in parsed(page, url="https://mill.example/a").article.blocks]
    assert (heading in texts, any("Water" in text for text in texts)) == (kept, kept)


def test_a_poll_is_no_part_of_the_text() -> None:
    poll = '<div class="post-poll"><h3>Is it a good gate?</h3><ul><li>Yes</li><li>No</li></ul></div>'
    article = parsed(f"<html><body><article><h1>The gate</h1><p>{FIRST}</p>{poll}<p>{SECOND}</p></article>").article
    assert [block_text(block) for block in article.blocks] == [FIRST, SECOND]
