"""Walls before articles: pages that ask for a login, a consent or a proof of being human, and are no articles.

A server answers them under the article's address, or leads there, as if all were well. They say little, and either
their place or their title says what they are; a page of many words is an article, wherever it stands.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from exporter.sources.http_response import LOG_IN, HttpPage, fetch_error

_MAX_WALL_CHARS = 2_500
"""Characters that a wall says at most: a privacy notice with its list of choices."""

_INVISIBLE_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_TITLE = re.compile(r"<title\b[^>]*>([^<]{1,300})", re.IGNORECASE)
_SITE_SEPARATOR = re.compile(r"\s+[|–—·:-]\s+|\.{3}|…")


def check_page(asked: str, page: HttpPage) -> None:
    """Raise `SourceError` where a wall stands in place of the page that was asked for."""
    html = page.data.decode(page.charset if page.charset in ("utf-8", "iso-8859-1") else "utf-8", "replace")
    found = _TITLE.search(html[:100_000])
    title = _SITE_SEPARATOR.split(unescape(found[1]).strip().casefold())[0].strip() if found else ""
    led = _split_url(page.url) - _split_url(asked)
    if title not in _load_words("titles") and not led.intersection(_load_words("places")):
        return
    if len(" ".join(_TAG.sub(" ", _INVISIBLE_MARKUP.sub(" ", html)).split())) <= _MAX_WALL_CHARS:
        where = f" at {page.url}" if page.url != asked else ""
        raise fetch_error(asked, f"Wall: instead of the page there is {title or 'a login'!r}{where}", LOG_IN)


def _split_url(url: str) -> set[str]:
    """The labels of a URL's host and the parts of its path."""
    address = urlsplit(url.casefold())
    return {*(address.hostname or "").split("."), *(part.partition(".")[0] for part in address.path.split("/"))}


@cache
def _load_words(kind: str) -> frozenset[str]:
    table: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return frozenset(table[kind])
