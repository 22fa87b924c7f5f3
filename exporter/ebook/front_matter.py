"""What stands before the articles: the cover's page, and in an anthology a title page and the contents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporter.article import Article, Figure, block_text
from exporter.config import BookSettings
from exporter.ebook import book_images
from exporter.ebook.package import XHTML_TYPE, PackageItem
from exporter.ebook.typography import set_line
from exporter.ebook.ui_strings import date, is_date, listing, words
from exporter.ebook.xhtml import TYPE, Element, add, direction, line, page, titled, written

if TYPE_CHECKING:
    from exporter.ebook import cover as drawing

COVER, TITLE, CONTENTS = "text/cover.xhtml", "text/title.xhtml", "text/contents.xhtml"
_STYLE = "../css/style.css"

_NO_BREAK = "\u00a0"

_WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, a meta-analysis of 190 studies)."""

_SIGNS_A_WORD = 1.7
"""Signs of Chinese and Japanese that are read in the time of one English word (Trauzettel-Klosinski and Dietz 2012)."""


_MOST_NAMES = 12
"""Names up to which the authors of an anthology stand on its title page; its contents name them all."""


class Listed(msgspec.Struct, frozen=True):
    """An article in the contents of an anthology."""

    article: Article
    href: str


def cover(
    articles: Sequence[Article], title: str, language: str, settings: BookSettings, picture: bytes | None
) -> tuple[PackageItem, PackageItem]:
    """Make the cover, the user's own or one drawn with the lead picture, and its page.

    Raises `UsageError` where the user's own is no picture.
    """
    from exporter.ebook import cover as drawing  # noqa: PLC0415  Pillow costs: a book is checked before it is drawn

    if settings.cover:
        media_type, data = drawing.own(Path(settings.cover))
    else:
        media_type, data = drawing.draw(_words(articles, title, language), picture)
    href = f"images/cover.{book_images.SUFFIXES[media_type]}"
    html, section = _begin(language, words(language).cover, "cover")
    add(section, "img", src=f"../{href}", alt=f"{words(language).cover}: {titled(title)}", role="doc-cover")
    return (
        PackageItem("cover-image", href, media_type, data, ("cover-image",)),
        PackageItem("cover", COVER, XHTML_TYPE, written(html)),
    )


def _words(articles: Sequence[Article], title: str, language: str) -> drawing.CoverText:
    from exporter.ebook import cover as drawing  # noqa: PLC0415  see `cover`

    return drawing.CoverText(
        set_line(titled(title), language),
        set_line(line(_site(articles)), language),
        line(listing(_authors(articles), language)),
        line(_dates(articles, language)),
        direction(language) == "rtl",
    )


def lead(article: Article, pictures: Mapping[str, book_images.BookImage]) -> bytes | None:
    """Return the picture that stands for an article, or None where there is none at hand."""
    shown = (block.image for block in article.blocks if isinstance(block, Figure) and block.image)
    name = article.metadata.cover or next(shown, None)
    picture = pictures.get(name or "")
    if picture:
        return picture.data
    resource = next((resource for resource in article.resources if resource.name == name), None)
    try:
        return book_images.raster(book_images.content(resource), book_images.PROFILES["generic"])[1]
    except (OSError, ValueError):
        return None


def _site(articles: Sequence[Article]) -> str:
    """Return the publication that all articles have in common, or empty."""
    sites = {article.metadata.site or "" for article in articles}
    return sites.pop() if len(sites) == 1 else ""


def _authors(articles: Sequence[Article]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for article in articles for name in article.metadata.authors))


def _dates(articles: Sequence[Article], language: str) -> str:
    """Return when the articles were published: one date, or the first and the last."""
    found = sorted({article.metadata.published[:10] for article in articles if article.metadata.published})
    return " – ".join(dict.fromkeys(date(day, language) for day in (*found[:1], *found[-1:])))


def title_page(articles: Sequence[Article], title: str, language: str) -> PackageItem:
    """Make the title page of an anthology."""
    html, section = _begin(language, titled(title), "titlepage")
    section.set("class", "titlepage")
    add(section, "h1", set_line(titled(title), language))
    names = _authors(articles)
    byline = words(language).by.format(names=listing(names, language)) if 0 < len(names) <= _MOST_NAMES else ""
    for kind, text in (("byline", byline), ("site", _site(articles)), ("date", _dates(articles, language))):
        if text:
            add(section, "p", text, class_=kind)
    return PackageItem("title-page", TITLE, XHTML_TYPE, written(html))


def contents_page(listed: Sequence[Listed], language: str) -> PackageItem:
    """Make the contents of an anthology: each article with its authors, its date and how long it takes to read."""
    said = words(language)
    html, section = _begin(language, said.contents, "toc")
    section.set("class", "contents")
    section.set("role", "doc-toc")
    add(section, "h1", said.contents)
    entries = add(section, "ol")
    for entry in listed:
        metadata = entry.article.metadata
        item = add(entries, "li")
        add(item, "a", set_line(titled(metadata.title), metadata.language), href=entry.href.removeprefix("text/"))
        published = date(metadata.published, language) if metadata.published else ""
        if is_date(metadata.published or ""):
            published = published.replace(" ", _NO_BREAK)
        long = said.minutes.format(n=minutes(entry.article)).replace(" ", _NO_BREAK)
        add(item, "p", " · ".join(filter(None, (listing(metadata.authors, language), published, long))))
        item.tail = "\n"
    return PackageItem("contents", CONTENTS, XHTML_TYPE, written(html))


def minutes(article: Article) -> int:
    """Return how many minutes it takes to read an article, at least one."""
    text = " ".join(map(block_text, article.blocks))
    signs = len(re.findall("[\u3040-\u9fff]", text)) if not text.isascii() else 0
    return max(1, round((len(text.split()) + signs / _SIGNS_A_WORD) / _WORDS_A_MINUTE))


def _begin(language: str, title: str, kind: str) -> tuple[Element, Element]:
    html, body = page(title, language, _STYLE)
    section = add(body, "section", class_=kind)
    section.set(TYPE, kind)
    return html, section
