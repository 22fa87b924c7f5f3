"""Login walls: pages that ask for a login, for consent or for a captcha in place of an article.

A server sends them under the article's address or redirects to them, with a status of success. They are recognised by
their title or the parts of their address, and by being short: a long page is an article whatever its title.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from exporter.data_tables import read_table
from exporter.linear_patterns import SPACES
from exporter.sources.http_response import LOG_IN, HttpPage, fetch_error

_MAX_WALL_CHARS = 2_500
"""Characters of visible text that a wall has at most: a privacy notice with its choices; chosen, not measured."""

_MAX_TITLE_CHARS = 100_000  # the title is searched in so much of the page

_INVISIBLE_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_TITLE = re.compile(r"<title\b[^>]*>([^<]{1,300})", re.IGNORECASE)
_SITE_SEPARATOR = re.compile(rf"{SPACES}[|–—·:-]\s+|\.{{3}}|…")


def check_page(asked: str, page: HttpPage) -> None:
    """Raise `SourceError` if a page is a wall; `asked` is the URL that was requested."""
    html = page.data.decode(page.charset if page.charset in ("utf-8", "iso-8859-1") else "utf-8", "replace")
    found = _TITLE.search(html[:_MAX_TITLE_CHARS])
    title = _SITE_SEPARATOR.split(unescape(found[1]).strip().casefold())[0].strip() if found else ""
    redirect_parts = _split_url(page.url) - _split_url(asked)
    if title not in _load_words("titles") and not redirect_parts.intersection(_load_words("places")):
        return
    if len(" ".join(_TAG.sub(" ", _INVISIBLE_MARKUP.sub(" ", html)).split())) <= _MAX_WALL_CHARS:
        where = f" at {page.url}" if page.url != asked else ""
        raise fetch_error(asked, f"Wall: the server sends {title or 'a login'!r}{where} instead of the page", LOG_IN)


def _split_url(url: str) -> set[str]:
    """Return the labels of a URL's host and the parts of its path, without their suffixes."""
    address = urlsplit(url.casefold())
    return {*(address.hostname or "").split("."), *(part.partition(".")[0] for part in address.path.split("/"))}


@cache
def _load_words(kind: str) -> frozenset[str]:
    table: dict[str, list[str]] = read_table(Path(__file__).with_suffix(".toml"))
    return frozenset(table[kind])
