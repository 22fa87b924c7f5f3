"""Fetches the pictures of an article that are on the web, several at a time, each once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import msgspec

from exporter.article import Article, Resource
from exporter.errors import Notice, SourceError
from exporter.sources.http_client import Client, HttpRequest
from exporter.sources.markup import is_web_address
from exporter.sources.picture_limit import OVER_LIMIT, ByteBudget

MAX_WORKERS = 4
"""Pictures that are fetched at a time; browsers open 6 connections to a host."""

MAX_PICTURE_BYTES = 40_000_000
"""Bytes of one picture; chosen: above photographs as cameras write them."""

MAX_PICTURES = 2_000
"""Pictures of one article that are fetched; chosen: about 4 minutes at the pace below."""

_PICTURE_REQUEST = HttpRequest("image/*, */*;q=0.1", MAX_PICTURE_BYTES, pace_seconds=0.1, max_tries=2)
_NON_PICTURE_TYPES = ("text/", "application/json", "application/xhtml", "audio/", "video/")


def fetch_pictures(article: Article, client: Client, max_bytes: int) -> tuple[Article, tuple[Notice, ...]]:
    """Return the article with the bytes of its pictures; one that cannot be fetched stays as it is, with a notice.

    All that are fetched have at most `max_bytes` together.
    """
    names = {resource.source: resource.name for resource in article.resources if _is_remote(resource)}
    addresses = list(names)[:MAX_PICTURES]
    if not addresses:
        return article, ()
    budget = ByteBudget(max_bytes)
    with ThreadPoolExecutor(min(MAX_WORKERS, len(addresses))) as pool:
        answers = dict(
            zip(addresses, pool.map(lambda address: _fetch_picture(client, address, budget), addresses), strict=True)
        )
    filled = tuple(_fill_resource(resource, answers.get(resource.source, "")) for resource in article.resources)
    notices = tuple(Notice(names[address], answer) for address, answer in answers.items() if isinstance(answer, str))
    return msgspec.structs.replace(article, resources=filled), notices


def _is_remote(resource: Resource) -> bool:
    return not resource.data and not resource.path and is_web_address(resource.source)


def _fetch_picture(client: Client, address: str, budget: ByteBudget) -> bytes | str:
    """Return the bytes of a picture, or the text of the notice that says why it cannot be fetched."""
    try:
        page = client.get(address, _PICTURE_REQUEST)
    except SourceError as error:
        return f"{address} could not be fetched ({error.cause}): to keep it, save the page with its pictures"
    if not page.data or page.media_type.startswith(_NON_PICTURE_TYPES):
        return f"{address} is not a picture ({page.media_type or 'empty'}): to keep it, save the page with its pictures"
    return page.data if budget.take(len(page.data)) else f"{address}: {OVER_LIMIT}"


def _fill_resource(resource: Resource, answer: bytes | str) -> Resource:
    fits = isinstance(answer, bytes) and _is_remote(resource)
    return msgspec.structs.replace(resource, data=answer) if fits else resource
