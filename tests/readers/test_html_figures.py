"""Pictures with captions and credits: marked in many ways, or by nothing but their place and their words."""

from __future__ import annotations

import pytest

from exporter.article import Figure, inline_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import html

PROSE = "The ferry leaves at nine, whatever the weather, and comes back when everybody has been fetched home."
WORDS = "Men wait at the pier for the ferry"
IMAGE = "<img src=https://a.example/pier.jpg alt=''>"

FIGURES = [
    # The caption's element has no name that says so.
    (f"<div>{IMAGE}<p>{WORDS}. <span>IMAGO/Nico Hill</span></p></div>", f"{WORDS}.", "IMAGO/Nico Hill"),
    (f"<div><span>Foto: Ann Hill</span>{IMAGE}<div>{WORDS}</div></div>", WORDS, "Ann Hill"),
    (f"<div><span>{IMAGE}</span><p>{WORDS}</p><p>Image: The Harbour Office / Facebook</p></div>", WORDS,
     "The Harbour Office / Facebook"),
    (f"<div><img src=/a.jpg alt='{WORDS} on Monday'><div>{WORDS}</div></div>", WORDS, ""),
    (f"<figure>{IMAGE}<div>{WORDS}</div></figure>", WORDS, ""),
    (f"<figure>{IMAGE}<figcaption>© Ann Hill/Reuters<br>{WORDS}</figcaption></figure>", WORDS, "Ann Hill/Reuters"),
    (f"<figure>{IMAGE}<figcaption>{WORDS}. REUTERS/Ann Hill -</figcaption></figure>", f"{WORDS}.", "REUTERS/Ann Hill"),
    (f"<figure><img src=/a.jpg title='{WORDS} | Bildquelle: AFP / Ann Hill'><p>{WORDS}.</p></figure>", f"{WORDS}.",
     "AFP / Ann Hill"),
    # A click enlarges the picture, or a script shows it above the page.
    (f"<button><figure>{IMAGE}</figure><figcaption>{WORDS}</figcaption></button>", WORDS, ""),
    (f"<div role=button><figure>{IMAGE}<figcaption>{WORDS}</figcaption></figure></div>", WORDS, ""),
    (f"<div class=ui-modal><figure>{IMAGE}<figcaption>{WORDS}</figcaption></figure></div>", WORDS, ""),
    (f"<div class='image-container image-lightbox'>{IMAGE}<span class=image-caption>{WORDS}</span></div>", WORDS, ""),
    # Drupal says in the name of the field that its label is hidden.
    (f"<div><div class='field field--label-visually_hidden'><p class=visually-hidden>Image</p>{IMAGE}</div>"
     f"<span class=legend>{WORDS} (AFP / Ann Hill)</span></div>", WORDS, "AFP / Ann Hill"),
    # A stroke divides the photographer from the agency.
    (f"<figure>{IMAGE}<figcaption><span>{WORDS}.</span> <span class=credit>Photo by Ann Hill</span> / "
     "<span class=distributor>Harbour News</span></figcaption></figure>", f"{WORDS}.", "Ann Hill / Harbour News"),
    (f"<figure>{IMAGE}<figcaption>{WORDS}. Photo by <a href=/u>Ann Hill</a> / <a href=/s class=source>Piers</a>"
     "</figcaption></figure>", f"{WORDS}.", "Ann Hill, Piers"),
    (f"<div><a class=lightbox href=/b.jpg>{IMAGE}</a><p class=caption>{WORDS} (foto di Ann Hill)</p></div>", WORDS,
     "Ann Hill"),
]  # fmt: skip

OTHERS = [
    f"<div>{IMAGE}<p>Then press the dough flat, and leave it alone for an hour or two.</p></div>",
    f"<figure>{IMAGE}<span>Close</span></figure>",
    "<figure><a href=/b><div>Another ferry</div><div>A long description of another ferry.</div></a></figure>",
    f"<form class=newsletter>{IMAGE}<h3>The pier</h3><p class=image-text>News of the harbour, weekly.</p></form>",
]


def read_figures(body: str) -> list[Figure]:
    story = f"<p>{PROSE}</p>" * 8
    page = f"<!DOCTYPE html><html lang=en><title>The ferry</title><nav>Home</nav><article><h1>The ferry</h1>{story}"
    page += f"{body}{story}</article></html>"
    blocks = html.read(Document("a.html", page.encode()), InputSettings()).article.blocks
    return [block for block in blocks if isinstance(block, Figure)]


@pytest.mark.parametrize(("body", "caption", "credit"), FIGURES)
def test_a_picture_has_its_caption_and_credit(body: str, caption: str, credit: str) -> None:
    assert [(inline_text(found.caption), found.credit) for found in read_figures(body)] == [(caption, credit)]


@pytest.mark.parametrize("body", OTHERS)
def test_what_stands_beside_a_picture_may_be_no_caption(body: str) -> None:
    assert [inline_text(found.caption) for found in read_figures(body) if found.caption] == []
