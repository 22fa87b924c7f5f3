"""The targets of links: in the book, on the web, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit, urlunsplit

import msgspec

from exporter.article import Article, Heading, all_blocks, inline_text
from exporter.ebook.xhtml import clean_line

_LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Labels of letters and digits (RFC 1123; other letters for names not yet in Punycode) or an address, and a port.
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_](?:[\w-]{0,61}[^\W_])?\.?(?::\d{1,4}|:[1-5]\d{4})?")
_SAFE_CHARS = "/:?!$&'()*+,;=@~%-._"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class LinkedArticle(msgspec.Struct, frozen=True):
    """An article of the book that links lead to: the path of its first document, and its anchors by their names."""

    href: str
    anchors: Mapping[str, str]

    def find_anchor(self, fragment: str) -> str:
        """Return the anchor that a fragment of the article's address names, or an empty text."""
        return self.anchors.get(fragment) or self.anchors.get(_make_slug(unquote(fragment))) or ""


def list_anchors(article: Article) -> dict[str, str]:
    """Return the anchors of an article by what links call them: names first, then the words of headings."""
    anchors = {name: block.anchor for block in all_blocks(article) if block.anchor for name in block.names}
    anchors.setdefault("", "title")
    for block in all_blocks(article):
        if isinstance(block, Heading) and block.anchor and (slug := _make_slug(inline_text(block.content))):
            anchors.setdefault(slug, block.anchor)
    return anchors


def link_articles(articles: Sequence[Article], hrefs: Iterable[str]) -> list[LinkedArticle]:
    """Return the articles of a book as links find them; `hrefs` has the first document of each."""
    return [LinkedArticle(href, list_anchors(article)) for article, href in zip(articles, hrefs, strict=True)]


def make_resolver(
    articles: Sequence[Article], linked: Sequence[LinkedArticle], number: int
) -> Callable[[str], str | None]:
    """Make the function that turns the target of a link into its `href` in the book, or None.

    The links are those of article `number`, from 0. Whether the place in another article is in its first document, and
    in the book at all, is not known here: see `chapter.relink_articles`.
    """
    base, own = articles[number].metadata.source or "", linked[number]
    others = {
        normalize_address(article.metadata.source): each
        for article, each in zip(articles, linked, strict=True)
        if article.metadata.source
    }

    def resolve(target: str) -> str | None:
        target = clean_line(target)
        if target.startswith("#"):
            found, fragment = own, target[1:]
        else:
            target = urljoin(base, target) if _is_web(base) else target
            address, fragment = urldefrag(target)
            if (other := others.get(normalize_address(address))) is None:
                return make_external_url(target)
            found = other
        anchor = found.find_anchor(fragment)
        if found.href == own.href:
            return f"#{anchor}" if anchor else None
        name = found.href.rsplit("/", 1)[-1]
        return f"{name}#{anchor}" if fragment and anchor else name

    return resolve


def _make_slug(text: str) -> str:
    return "-".join(re.findall(r"\w+", text.lower()))


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def normalize_address(source: str) -> str:
    """Return an address without what differs between its spellings: scheme, `www.`, fragment, last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", source).partition("#")[0].rstrip("/")


def make_external_url(target: str) -> str | None:
    """Return a URL as a valid URL string (EPUB 3.3), or None if it cannot be a link."""
    try:
        parts = urlsplit(clean_line(target))
    except ValueError:
        return None
    web = parts.scheme in {"http", "https"}
    if parts.scheme not in _LINK_SCHEMES or (web and not _is_host(parts.netloc)) or not (web or parts.path):
        return None
    quoted = (
        quote(_STRAY_PERCENT.sub("%25", part), safe=_SAFE_CHARS) for part in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme, parts.netloc if web else "", *quoted))


def _is_host(name: str) -> bool:
    """Whether this is a valid host name, with or without a port; international names are allowed."""
    if name.isascii() and "xn--" not in name.lower():
        return bool(_HOST.fullmatch(name))
    try:
        # The name is valid if it can be encoded, and its encoded form decoded.
        name.encode("idna").decode("idna")
    except UnicodeError:
        return False
    return bool(_HOST.fullmatch(name))


def name_host(url: str) -> str:
    """Return the host of a URL without `www.`, for display."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
