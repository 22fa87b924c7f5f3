"""Teasers of other articles, recognised by their links; what looks like one may be the article."""

from __future__ import annotations

import pytest

from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import html
from exporter.readers.article_texts import list_texts

PROSE = "The ferry leaves at nine, whatever the weather, and comes back when everybody has been fetched home."
IMAGE = "<img src=/bath.jpg alt=''>"
HEADLINE = "The bath opens late this year"

TEASERS = {
    "picture and words lead to one page": f"<div><div><a href=/b>{IMAGE}</a></div><div><a href=/b>{HEADLINE}</a>"
    "<p>Sea water comes in only in June.</p></div></div>",
    "headline and picture": f"<div><div>{IMAGE}</div><h3><a href=https://a.example/b>{HEADLINE}</a></h3></div>",
    "another article in the list": f"<ol><li><a href=/b><div>{HEADLINE}</div></a></li>"
    "<li><a href=/c><div>A pier for all</div></a></li></ol>",
    "with a question mark": f"<ul><li><b>Bath:</b> <a href=/b>{HEADLINE}?</a></li><li><a href=/c>So what!</a></ul>",
    "a link around a block": f"<div><a href=/b><div>{HEADLINE}</div></a></div>",
}
OWN = {
    "a shop's page": f"<div>{IMAGE}<h3><a href=https://shop.example/b>{HEADLINE}</a></h3><p>{PROSE}</p></div>",
    "the text below": f"<div>{IMAGE}<h3><a href=/b>{HEADLINE}</a></h3><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></div>",
    "a list with a sentence": f"<ul><li><a href=/b>{HEADLINE}</a> and nobody knows why.</li><li>So be it.</li></ul>",
    "a list that a heading opens": f"<h2>Sources</h2><ul><li><a href=https://b.example/>{HEADLINE}</a></li></ul>",
}


def read_texts(body: str, story: str = f"<p>{PROSE}</p>" * 8) -> str:
    page = "<!DOCTYPE html><html lang=en><head><title>The ferry</title><link rel=canonical href=https://a.example/a>"
    page += f"</head><body><nav>Home</nav><article><h1>The ferry</h1>{story}{body}{story}</article></body></html>"
    article = html.read(Document("a.html", page.encode()), InputSettings()).article
    return "\n".join(text for _, text in list_texts(article))


@pytest.mark.parametrize("body", TEASERS.values(), ids=TEASERS)
def test_teasers_go(body: str) -> None:
    assert HEADLINE not in read_texts(body)


@pytest.mark.parametrize("body", OWN.values(), ids=OWN)
def test_what_the_article_says_stays(body: str) -> None:
    assert HEADLINE in read_texts(body)


def test_an_article_that_lists_pages_of_its_site_keeps_them() -> None:
    dishes = ("Fish in a coat of salt", "Soup of the harbour", "Bread with three seeds")
    card = "<div><div>{}</div><h3><a href=/{}>{}</a></h3><p>{}</p></div>"
    cards = "".join(card.format(IMAGE, number, dish, PROSE) for number, dish in enumerate(dishes))
    assert all(dish in read_texts(cards, f"<p>{PROSE}</p>") for dish in dishes)


def test_a_second_article_below_the_first_goes() -> None:
    second = f"</article><article><h1>The pier</h1><p>{HEADLINE}, says the harbour.</p>" + "<p>So.</p>" * 9
    assert HEADLINE not in read_texts(second)


def test_a_second_article_with_the_markup_of_the_first_goes() -> None:
    parts = (
        f"<article class=item><h2>{title}</h2><p>{PROSE} {title}.</p></article>" for title in ("The pier", "A gull")
    )
    page = f"<html><head><title>The ferry</title></head><body><article class=item><h2>The ferry</h2><p>{PROSE * 9}</p>"
    document = Document("a.html", f"{page}</article>{''.join(parts)}</body></html>".encode())
    assert [text for _, text in list_texts(html.read(document, InputSettings()).article)] == [PROSE * 9]
