"""The targets of links: in the book, on the web, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit, urlunsplit

from exporter.article import Article, Heading, all_blocks, inline_text
from exporter.ebook.xhtml import clean_line

_LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Labels of letters and digits (RFC 1123; other letters for names not yet in Punycode) or an address, and a port.
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_](?:[\w-]{0,61}[^\W_])?\.?(?::\d{1,4}|:[1-5]\d{4})?")
_SAFE_CHARS = "/:?!$&'()*+,;=@~%-._"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def make_resolver(article: Article, own_href: str, hrefs: Mapping[str, str]) -> Callable[[str], str | None]:
    """Make the function that turns the target of a link into its `href` in the book, or None.

    `own_href` is the document of the article itself, `hrefs` has those of all articles by their normalized sources.
    """
    anchors = {"": "title"}
    for block in all_blocks(article):
        if isinstance(block, Heading) and block.anchor and (slug := _make_slug(inline_text(block.content))):
            anchors.setdefault(slug, block.anchor)
    named = {name: block.anchor for block in all_blocks(article) if block.anchor for name in block.names}
    base = article.metadata.source or ""

    def resolve(target: str) -> str | None:
        target = clean_line(target)
        if target.startswith("#"):
            href, fragment = own_href, target[1:]
        else:
            target = urljoin(base, target) if _is_web(base) else target
            address, fragment = urldefrag(target)
            href = hrefs.get(normalize_address(address), "")
        if not href:
            return make_external_url(target)
        if href != own_href:
            return href.rsplit("/", 1)[-1]
        anchor = named.get(fragment) or anchors.get(_make_slug(unquote(fragment)))
        return f"#{anchor}" if anchor else None

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
