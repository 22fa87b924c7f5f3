"""Elements that hold the author's name: a link to the author, a line below a portrait, the only marked name."""

from __future__ import annotations

from exporter.readers import bylines
from exporter.readers.page.author_lines import leads_to_other
from exporter.readers.page.author_markup import AUTHOR_WORDS, NAME_TAGS, is_profile_link
from exporter.readers.page.dom import Element, collapse_space, name_words, text_of
from exporter.readers.page.page_metadata import PageMetadata
from exporter.readers.text_tests import MAX_BYLINE_CHARS


def find_linked_author(metadata: PageMetadata) -> list[str]:
    """Return the only person to whom the page links as its author; empty if there are two or none.

    Such a link has ``rel="author"`` (HTML Standard, 4.6.7.2), or the address that Open Graph states as the author's
    profile (``article:author``, https://ogp.me/#type_article).
    """
    profiles = {address.rstrip("/") for address in metadata.metas.get("article:author", ()) if "://" in address}
    found: dict[str, None] = {}
    for link in metadata.root.iter("a"):
        if "author" in link.get("rel", "").lower().split() or link.get("href", "").rstrip("/") in profiles:
            found |= dict.fromkeys(filter(bylines.is_person, bylines.extract_names(text_of(link))))
    return [*found] if len(found) == 1 else []


def find_portrayed_author(metadata: PageMetadata) -> list[str]:
    """Return the name that is also the alternative text of a picture above it, both beside the title; else empty."""
    alt_texts: set[str] = set()
    for element in metadata.beside if metadata.heading is not None else ():
        text = text_of(element) if element.tag in NAME_TAGS and not len(element) else ""
        if len(text) > MAX_BYLINE_CHARS:
            break
        if text in alt_texts and not text.endswith(".") and bylines.is_name(text):
            return [text]
        if element.tag == "img" and not any(holder.tag in {"figure", "a"} for holder in element.iterancestors()):
            alt_texts.add(element.get("alt", ""))
    return []


def find_only_author(metadata: PageMetadata) -> list[str]:
    """Return the name that the page marks as an author's or links to a profile; empty if there are two or none."""
    found: dict[str, None] = {}
    for element in metadata.root.iter(*NAME_TAGS):
        if not (_is_author_name(element) or is_profile_link(element)):
            continue
        text = text_of(element)
        if bylines.is_person(text) and not leads_to_other(_text_before(element)):
            found[text] = None
    return [*found] if len(found) == 1 else []


def _is_author_name(element: Element) -> bool:
    """Whether class names of an element and its parent say both "name" and "author"."""
    holder = element.getparent()
    words = name_words(f"{element.get('class', '')} {holder.get('class', '') if holder is not None else ''}")
    return "name" in words and not AUTHOR_WORDS.isdisjoint(words)


def _text_before(element: Element) -> str:
    """Return the text right before an element, within its parent."""
    before = element.getprevious()
    text = element.getparent().text if before is None else before.tail or text_of(before)
    return collapse_space(text or "")[-MAX_BYLINE_CHARS:]
