"""Teasers: cards that lead to other pages of the site, recognised by their links and not by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from exporter.readers.page import own_statements
from exporter.readers.page.dom import Element, count_link_chars, name_words, text_of
from exporter.readers.page.element_index import ElementIndex

TEASER = "boilerplate: a teaser of another article"

MAX_PLAIN_CHARS = 250
"""Characters of running text up to which a doubtful part of a page is boilerplate (chosen by reading pages)."""

_MAX_CARD_LEVELS = 6
"""Elements from a link upwards that may be the card of another article (chosen by reading pages)."""

_MAX_LABEL_RUN_CHARS = 60
"""A longer run of text between two tags is running text, not a label (chosen by reading pages)."""

_MIN_HEADLINE_WORDS = 3
"""Words of a link that may be the headline of another article; fewer may be a name, or "read more"."""

_MAX_CARD_SHARE = 0.25
"""Share of an article's text in cards; with more, the article is a list of other pages (chosen by reading pages)."""

_ORIGIN = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", re.IGNORECASE)
"""Scheme and host of an address (RFC 3986)."""

HEADLINE_TAGS = ("h2", "h3", "h4", "h5", "h6")
_PICTURE_TAGS = ("img", "picture")
_PAGE_TAGS = frozenset({"body", "article", "main", "html"})
_CARD_TAGS = frozenset({"div", "section", "aside", "li", "ul", "ol", "a", "span", "header", "p"})


def is_teaser(element: Element, attributes: Mapping[str, str]) -> bool:
    """Whether a part is a teaser: a headline with a link, in a card or in an article within the article."""
    if element.tag == "a":
        return not attributes.get("href", "#").startswith("#") and (
            _is_link_preview(element) or _is_card_picture(element)
        )
    if element.tag == "article":
        if next(element.iterancestors("article"), None) is None:
            return False
    elif "card" not in attributes.get("class", "").lower() or "card" not in name_words(attributes["class"]):
        return False
    return (
        _is_linked_headline(next(element.iter(*HEADLINE_TAGS), None)) and count_plain_chars(element) < MAX_PLAIN_CHARS
    )


def find_others(body: Element, index: ElementIndex, address: str, heading: Element | None) -> Mapping[Element, str]:
    """Find what belongs to other articles of the site, and say what each is.

    `address` is the page's own, or empty. `heading` shows the title, which may link to the page itself.
    """
    cards = dict.fromkeys(find_cards(body, index, address, heading), TEASER)
    return {**cards, **dict.fromkeys(_find_other_articles(body, heading), "another article, with a title of its own")}


def _find_other_articles(body: Element, heading: Element | None) -> Iterator[Element]:
    """Yield the articles beside that of the title which have a title, too: pages that scroll on hold several.

    Its title is a heading of level 1, or the first heading of one that is marked like the article of the title.
    """
    own = None if heading is None else next(heading.iterancestors("article"), None)
    if heading is None or own is None:
        return
    around, style = (own, *own.iterancestors()), own.get("class")
    for article in body.iter("article"):
        if article in around or own in article.iterancestors():
            continue
        headings = [*islice(article.iter("h1", *HEADLINE_TAGS), 1)] if style and article.get("class") == style else []
        if any(first.tag == heading.tag for first in headings) or next(article.iter("h1"), None) is not None:
            yield article


def find_cards(body: Element, index: ElementIndex, address: str, heading: Element | None) -> frozenset[Element]:
    """Find the cards: the elements around a picture and a headline that lead to one other page of the site."""
    host = find_host(address)
    found: set[Element] = set()
    links: dict[str, list[Element]] = defaultdict(list)
    for link in body.iter("a"):
        if (target := link.get("href", "").strip()) and target != address:
            links[target].append(link)
    title = () if heading is None else (heading, *heading.iterancestors())
    judged: dict[Element, bool | None] = {}
    for target, same in links.items():
        if not is_own_page(target, host):
            continue
        around = {holder for link in same if _is_picture_link(link) for holder in _iter_card_holders(link)}
        for link in same:
            if len(text_of(link).split()) >= _MIN_HEADLINE_WORDS and (around or _is_within_headline(link)):
                found.update(card for card in _find_card(link, around, judged) if card not in title)
    return frozenset(found - _find_listed(found, body, index))


def _find_listed(cards: Collection[Element], body: Element, index: ElementIndex) -> set[Element]:
    """Return those cards that are the article itself: a list of what the site holds."""
    own = own_statements.find_own_element(body, index) if cards else None
    within = {card for card in cards if own in card.iterancestors()}
    listed = sum(len(text_of(card)) for card in within)
    return within if own is not None and listed > _MAX_CARD_SHARE * len(text_of(own)) else set()


def find_host(address: str) -> str:
    """Return the host of an address, without www; empty if it has none."""
    found = _ORIGIN.match(address)
    return _read_host(found[0]) if found else ""


@lru_cache
def _read_host(origin: str) -> str:
    try:
        return (urlsplit(origin).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_own_page(address: str, host: str) -> bool:
    """Whether an address leads to another page of the same site: a relative one, or one of its host."""
    if address.startswith("/") and not address.startswith("//"):
        return True  # most links
    if address.startswith("#") or ":" in address.partition("/")[0].replace("https:", "").replace("http:", ""):
        return False
    other = find_host(address)
    return not other or (bool(host) and (f".{other}".endswith(f".{host}") or f".{host}".endswith(f".{other}")))


def _find_card(headline: Element, around: Collection[Element], judged: dict[Element, bool | None]) -> Iterator[Element]:
    """Yield the smallest element around a headline's link that holds a picture, which leads to the same page, too.

    `around` are the elements around pictures that link to the same page. `judged` remembers what was found of others.
    """
    is_headline = _is_within_headline(headline)
    for holder in _iter_card_holders(headline):
        if holder not in judged:
            judged[holder] = _may_be_card(holder)
        if judged[holder] is None:
            return
        if judged[holder] and (is_headline or holder in around):
            yield holder
            return


def _iter_card_holders(link: Element) -> Iterator[Element]:
    """Yield a link and the elements around it that may be a card, from within."""
    yield link
    yield from islice(link.iterancestors(), _MAX_CARD_LEVELS - 1)


def _may_be_card(holder: Element) -> bool | None:
    """Return whether an element with little text holds a picture; None if it is too large, as all around it are."""
    if holder.tag in _PAGE_TAGS or holder.tag == "figure" or count_plain_chars(holder) >= MAX_PLAIN_CHARS:
        return None
    return holder.tag in _CARD_TAGS and next(holder.iter(*_PICTURE_TAGS), None) is not None


def _is_within_headline(link: Element) -> bool:
    """Whether a link is a headline, or holds one."""
    if next(link.iter(*HEADLINE_TAGS), None) is not None:
        return True
    return any(holder.tag in HEADLINE_TAGS for holder in link.iterancestors())


def _is_picture_link(link: Element) -> bool:
    """Whether a link holds a picture and no words."""
    return next(link.iter(*_PICTURE_TAGS), None) is not None and not text_of(link)


def _is_card_picture(link: Element) -> bool:
    """Whether a link holds only a picture, and another one beside it, with words, leads to the same page."""
    address = link.get("href", "")
    if not address or address.startswith("#") or text_of(link) or next(link.iter("img", "picture"), None) is None:
        return False
    holder = link
    for _ in range(_MAX_CARD_LEVELS):
        holder = holder.getparent()
        if holder is None or holder.tag in _PAGE_TAGS or holder.tag == "figure":
            return False
        if any(other is not link and other.get("href") == address and text_of(other) for other in holder.iter("a")):
            return True
    return False


def _is_link_preview(link: Element) -> bool:
    """Whether a link holds a headline and more: a picture, a kicker, an excerpt."""
    headline = next(link.iter(*HEADLINE_TAGS), None)
    if headline is None or count_plain_chars(link) >= MAX_PLAIN_CHARS:
        return False
    return next(link.iter("img", "picture"), None) is not None or len(text_of(link)) > len(text_of(headline))


def _is_linked_headline(headline: Element | None) -> bool:
    """Whether a headline is a link, or in one; two fifths suffice, since some repeat the words for screen readers."""
    if headline is None:
        return False
    return (
        count_link_chars(headline) * 5 >= len(text_of(headline)) * 2
        or next(headline.iterancestors("a"), None) is not None
    )


def count_plain_chars(element: Element) -> int:
    """Return the number of characters in runs of text longer than a label, less those of links."""
    runs = (len(text.strip()) for text in element.itertext())
    return sum(length for length in runs if length > _MAX_LABEL_RUN_CHARS) - count_link_chars(element)
